"""Measure how much of a dataset is put to use: claims by its queries, terms by its data, shapes by their examples."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.dataset import Dataset
from wakhan.engine import bound_text, named_by
from wakhan.errors import UsageError, WakhanError
from wakhan.lint.project import CLASSES, PROPERTIES, Project
from wakhan.names import WK, natural_key, written
from wakhan.query import Parameter, StoredQuery
from wakhan.reason import union
from wakhan.shacl import targets
from wakhan.sources import read_text

MARK = "# finds: "
"""What the first line of an example begins with; the severities and names of the shapes that it fails follow."""

_HERE = URIRef("urn:x-wakhan:here")
_AT_ONCE = 500  # so many values go into one query
_LISTED = 10  # so many names stand in one shortfall
_WHOLE = re.compile(r"(?<![\w?$:])(LIMIT|OFFSET|COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\b", re.IGNORECASE)
"""The words of queries in which a row may depend on other rows."""
_CUT = re.compile(r"(?<![\w?$:])(LIMIT|OFFSET|SELECT.*\bSELECT)\b", re.IGNORECASE | re.DOTALL)
_GROUPS = re.compile(r"\bGROUP\s+BY((?:\s+[?$]\w+)+)", re.IGNORECASE)

Bindings = Mapping[str, Node]


@dataclass(frozen=True)
class Measure:
    """How many of some things are covered.

    Attributes:
        name: What is measured, in words.
        covered: How many are covered; None where that is not known.
        total: How many there are: those covered, those missing and those implied.
        missing: Those that are not covered, as prefixed names in their order.
        implied: Those that are not covered themselves, but follow from what is; see ``Coverage.terms``.
    """

    name: str
    covered: int | None
    total: int
    missing: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the numbers in words.

        Example:
            >>> str(Measure("terms", 2, 4, ("wk:a",), ("wk:b",))), str(Measure("shapes", None, 4))
            ('2 of 4, and 1 implied', 'not known of 4')
        """
        covered = "not known" if self.covered is None else f"{self.covered:,}"
        return f"{covered} of {self.total:,}" + (f", and {len(self.implied):,} implied" if self.implied else "")

    def reaches(self, percent: float) -> bool:
        """Tell whether at least *percent* of the things are covered; where there are none, all are."""
        return self.covered is not None and self.covered * 100 >= percent * self.total


class Reach(NamedTuple):
    """How often a stored query was asked, each time with other values, and how many claims its answers name."""

    asked: int
    claims: int


@dataclass(frozen=True)
class Coverage:
    """How much of a dataset is put to use.

    Attributes:
        claims: The claims that an answer of a stored query names, with its defaults or with other values.
        selective: The same without the queries that reach every claim, for those tell nothing about any one of them.
        terms: The classes and properties of the ontology that the data use, in descriptions, facts or claims. Those are
            implied that only follow from what is used: a class above it, an inverse, the kind of a term.
        shapes: The property shapes, SPARQL constraints and closed shapes that an example makes fail.
        passages: The passages with a claim, or with a reason for none.
        queries: What each stored query reaches, by its name.
        examples: The examples that make each shape fail, by its name.
        focus_nodes: How many nodes of the dataset each shape with a target looks at, by its name.
    """

    claims: Measure
    selective: Measure
    terms: Measure
    shapes: Measure
    passages: Measure
    queries: Mapping[str, Reach]
    examples: Mapping[str, tuple[str, ...]]
    focus_nodes: Mapping[str, int]

    @property
    def measures(self) -> dict[str, Measure]:
        """The measures in the order in which they are shown, by the names that floors have."""
        return {key: getattr(self, key) for key in ("claims", "selective", "terms", "shapes", "passages")}


def coverage(dataset: Dataset, examples: Path | None = None) -> Coverage:
    """Return how much of *dataset* is put to use.

    A query is asked with its defaults, and with each other value of one parameter: those that its head allows, or all
    instances of the class. A parameter without default or value stays free, which asks for all of them at once.

    Args:
        dataset: The dataset, without violations. Its closure is made if it is not there.
        examples: The folder of the examples that the shapes are tested with. Their first lines are trusted. Where there
            are none it is not known which shapes are able to fail.

    Raises:
        WakhanError: A stored query or an example cannot be read, or a query not be run.
    """
    data, shapes, prefixes = dataset.sources.data, dataset.sources.shapes, dataset.prefixes
    claims, passages = _iris(data.subjects(RDF.type, WK.Claim)), _iris(data.subjects(RDF.type, WK.Passage))
    asked = {stored.name: list(_questions(dataset, stored)) for stored in dataset.queries.values()}
    reached = {name: _reached(dataset, dataset.queries[name], batches, claims) for name, batches in asked.items()}
    selective = [found for found in reached.values() if found != claims]
    settled = {*data.objects(None, WK.passage), *data.subjects(WK.withoutClaims)}
    failing = _failing(examples)
    by_shape = {name: failing.get(name.removeprefix("shape:"), ()) for name in _names(_testable(shapes), prefixes)}
    focus_nodes = targets(union(data, dataset.sources.ontology, shapes), shapes)  # which the shapes look at too
    return Coverage(
        claims=_measure("claims reached by queries", claims, set().union(*reached.values()), prefixes),
        selective=_measure("claims reached by selective queries", claims, set().union(*selective), prefixes),
        terms=_terms(dataset),
        shapes=_shapes(by_shape) if failing else Measure("shapes able to fail", None, len(by_shape)),
        passages=_measure("passages with claims or a reason", passages, settled, prefixes),
        queries={name: Reach(_different(asked[name]), len(reached[name])) for name in sorted(reached)},
        examples=by_shape if failing else {},
        focus_nodes={written(shape, prefixes): focus_nodes[shape] for shape in _in_order(_iris(focus_nodes))},
    )


def to_dict(coverage: Coverage) -> dict[str, object]:
    """Return *coverage* as JSON can hold it: ``measures``, ``queries``, ``examples`` and ``focus_nodes``.

    Where it is not known which shapes are able to fail, their ``covered`` is null and ``examples`` is empty.
    """
    return {
        "measures": {key: asdict(measure) for key, measure in coverage.measures.items()},
        "queries": {name: reach._asdict() for name, reach in coverage.queries.items()},
        "examples": dict(coverage.examples),
        "focus_nodes": dict(coverage.focus_nodes),
    }


def shortfalls(coverage: Coverage, floors: Mapping[str, float]) -> list[str]:
    """Return in words what falls short of the *floors*; an empty list is good news.

    Args:
        coverage: What was measured.
        floors: The least that will do, in percent, by the names of ``Coverage.measures``. What is not known falls short
            of every floor.

    Raises:
        UsageError: There is no measure of such a name.
    """
    measures = coverage.measures
    for key in floors:
        if key not in measures:
            raise UsageError(f"no measure is called {key!r}", hint=f"It can be: {', '.join(measures)}.")
    return [
        f"{measure.name}: {measure}, and the floor is {floors[key]:g} %{_listed(measure.missing)}"
        for key, measure in measures.items()
        if key in floors and not measure.reaches(floors[key])
    ]


def _listed(missing: Sequence[str]) -> str:
    more = f" and {len(missing) - _LISTED:,} more" if len(missing) > _LISTED else ""
    return f"; missing: {', '.join(missing[:_LISTED])}{more}" if missing else ""


def _measure(name: str, every: AbstractSet[URIRef], some: AbstractSet[Node], prefixes: Mapping[str, str]) -> Measure:
    return Measure(name, len(every & some), len(every), tuple(_names(every - some, prefixes)))


def _questions(dataset: Dataset, stored: StoredQuery) -> Iterator[list[Bindings]]:
    """Yield what a query can be asked with, first its defaults; the bindings of one list bind the same parameters."""
    usual: dict[str, Node] = {}
    for parameter in stored.parameters:
        usual |= _bound(dataset, stored, parameter)
    # another dataset than Wakhan's may not have the default
    if all(each.name in usual or not (each.required or each.default) for each in stored.parameters):
        yield [usual]
    for parameter in stored.parameters:
        if values := _values(dataset, stored, parameter):
            yield [{**usual, **value} for value in values]


def _values(dataset: Dataset, stored: StoredQuery, parameter: Parameter) -> list[Bindings]:
    if parameter.values or parameter.cls is None:
        found = (_bound(dataset, stored, parameter, text) for text in parameter.values)
        return [value for value in found if value]
    below = dataset.graph.transitive_subjects(RDFS.subClassOf, parameter.cls)
    things = _iris(thing for kind in below for thing in dataset.graph.subjects(RDF.type, kind))
    return [{parameter.name: thing} for thing in _in_order(things)]


def _bound(dataset: Dataset, stored: StoredQuery, parameter: Parameter, text: str | None = None) -> Mapping[str, Node]:
    """Return the one *parameter* with the term that *text*, or else its default, means in the dataset, if any."""
    with suppress(UsageError):
        alone = replace(stored, parameters=(parameter,))
        return dataset.bind(alone, {} if text is None else {parameter.name: text})
    return {}


def _different(batches: Iterable[Iterable[Bindings]]) -> int:
    return len({frozenset(bindings.items()) for batch in batches for bindings in batch})


def _reached(
    dataset: Dataset, stored: StoredQuery, batches: Iterable[list[Bindings]], claims: AbstractSet[URIRef]
) -> set[URIRef]:
    """Return the *claims* that the answers name."""
    store = dataset.inferred_store if stored.inference else dataset.store
    try:
        texts = [text for batch in batches for text in _texts(stored, batch)]
        named = set().union(*(named_by(store, text, dataset.prefixes) for text in texts))
    except UsageError as error:
        raise WakhanError(error.message, path=stored.path, hint=error.hint) from None
    return {claim for claim in claims if str(claim) in named}


def _texts(stored: StoredQuery, batch: list[Bindings]) -> Iterator[str]:
    """Yield the texts that ask a query with each of the bindings: many in one where their rows are independent."""
    body = "\n".join(line for line in stored.text.splitlines() if not line.startswith("#"))
    if not batch[0] or not _are_apart(body, batch[0]):
        yield from (bound_text(stored.text, bindings) for bindings in batch)
        return
    for start in range(0, len(batch), _AT_ONCE):
        names = sorted(batch[0])
        rows = (_row(bindings[name] for name in names) for bindings in batch[start : start + _AT_ONCE])
        marked = bound_text(stored.text, dict.fromkeys(names, _HERE))
        yield marked.replace(_row(_HERE for _ in names), " ".join(rows), 1)


def _are_apart(body: str, names: Iterable[str]) -> bool:
    """Tell whether the answer to many values of the parameters *names* is what the answers to each are together.

    All ways to put patterns together keep the rows of one solution apart from those of another. Only aggregates and
    limits look at several; but what is grouped by the parameters looks at those of one value.
    """
    if not _WHOLE.search(body):
        return True
    groups = _GROUPS.search(body)
    by = {variable[1:] for variable in groups[1].split()} if groups else set()
    return by >= set(names) and not _CUT.search(body)


def _row(terms: Iterable[Node]) -> str:
    return f"({' '.join(term.n3() for term in terms)})"


def _terms(dataset: Dataset) -> Measure:
    data, ontology, closed = dataset.sources.data, dataset.sources.ontology, dataset.closure
    own = {
        term
        for term in Project(ontology, Graph(), Graph(), {}).terms
        if any((term, RDF.type, kind) in ontology for kind in (*CLASSES, *PROPERTIES))
    }
    claimed = {kind for claim in data.subjects(RDF.predicate, RDF.type) for kind in data.objects(claim, RDF.object)}
    used = {*data.predicates(), *data.objects(None, RDF.type), *data.objects(None, RDF.predicate), *claimed} & own
    follows = _iris((*closed.predicates(), *closed.objects(None, RDF.type)))
    for up in (RDFS.subClassOf, RDFS.subPropertyOf):  # what is only claimed does not show in the closure
        follows |= _iris(above for term in used for above in ontology.transitive_objects(term, up))
    implied = (own & follows) - used
    measure = _measure("terms used by data", own, used | implied, dataset.prefixes)
    return replace(measure, covered=len(used), implied=tuple(_names(implied, dataset.prefixes)))


def _testable(shapes: Graph) -> set[URIRef]:
    """Return the shapes that could fail by themselves; one without a name counts as the nearest with one above it."""
    nodes = {
        *shapes.subjects(RDF.type, SH.PropertyShape), *shapes.objects(None, SH.property),
        *shapes.subjects(RDF.type, SH.SPARQLConstraint), *shapes.objects(None, SH.sparql),
        *shapes.subjects(SH.closed, Literal(True)),
    }  # fmt: skip
    found: set[URIRef] = set()
    seen: set[Node] = set()
    while nodes:
        seen |= nodes
        found |= _iris(nodes)
        nodes = {above for node in nodes - found for above in shapes.subjects(None, node)} - seen
    return found


def _failing(examples: Path | None) -> dict[str, tuple[str, ...]]:
    """Return the examples that make a shape fail, by its name without the prefix of the dataset's shapes."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(examples.rglob("*.ttl")) if examples is not None else ():
        first = read_text(path).partition("\n")[0]
        for finding in first.removeprefix(MARK).split(",") if first.startswith(MARK) else ():
            _, _, name = finding.strip().partition(" ")
            if name:
                found[name] = (*found.get(name, ()), path.relative_to(examples or path).as_posix())
    return found


def _shapes(by_shape: Mapping[str, tuple[str, ...]]) -> Measure:
    missing = tuple(name for name, examples in by_shape.items() if not examples)
    return Measure("shapes able to fail", len(by_shape) - len(missing), len(by_shape), missing)


def _iris(nodes: Iterable[Node | None]) -> set[URIRef]:
    return {node for node in nodes if isinstance(node, URIRef)}


def _names(nodes: Iterable[URIRef], prefixes: Mapping[str, str]) -> list[str]:
    return [written(node, prefixes) for node in _in_order(nodes)]


def _in_order(nodes: Iterable[URIRef]) -> list[URIRef]:
    return sorted(nodes, key=natural_key)
