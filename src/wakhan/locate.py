"""Find where in the files the things stand that a check found.

A result speaks of a node, a property and a value. What is looked for is, the best first: the triple that is wrong (the
place is its value, or the property where that is misspelt), the values that are there where one is missing or too many,
the beginning of what is said of the node, and at last where the node is mentioned. A triple that nobody wrote is traced
to those that it follows from.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, SH, Literal, URIRef
from rdflib.term import Node

from wakhan.expected import Graphs
from wakhan.files import Source
from wakhan.findings import Place, Result
from wakhan.names import Triple
from wakhan.paths import last_steps

if TYPE_CHECKING:
    from wakhan.positions import Position, Positions

_WORD = re.compile(r"<?https?://[^\s<>{}|^`\\\"]*[^\s<>{}|^`\\\".,:;!?…)]|[\w-]*:[\w.-]*\w")
_COUNTED: dict[Node | None, URIRef] = {
    SH.MaxCountConstraintComponent: SH.maxCount,
    SH.QualifiedMaxCountConstraintComponent: SH.qualifiedMaxCount,
}


class Located(NamedTuple):
    """Where a result stands: the wrong value or node, its property, and other places that have a part in it."""

    place: Place | None = None
    predicate: Place | None = None
    related: tuple[Place, ...] = ()


class _Wanted(NamedTuple):
    """What to look for: one of several triples, else the beginning of what is said of a node.

    Attributes:
        triples: The triples, the best first.
        node: Whose beginning is looked for if none of the triples stands anywhere.
        at_predicate: Whether the property is what is wrong.
        skip: How many of the places are right, where there are too many.
    """

    triples: tuple[Triple, ...]
    node: Node | None
    at_predicate: bool = False
    skip: int = 0


def locate(
    results: Sequence[Result],
    graphs: Graphs,
    sources: Sequence[Source],
    premises: Callable[[Triple], Sequence[Triple]] | None = None,
) -> list[Located]:
    """Return where each of *results* stands.

    Args:
        results: What a check found.
        graphs: The data, shapes and ontology that the results are about.
        sources: The files. Those that have a part in a result are parsed a second time, with positions.
        premises: What a triple follows from that stands in no file.

    Raises:
        WakhanError: A file cannot be read again.
    """
    if not sources:
        return [Located(place=result.place) for result in results]
    wanted = [_wanted(result, graphs, sources, premises) for result in results]
    index = _Index(sources, wanted)
    return [
        Located(place=result.place) if result.place else index.located(each)
        for result, each in zip(results, wanted, strict=True)
    ]


class _Index:
    """The places of what is wanted, file by file."""

    def __init__(self, sources: Sequence[Source], wanted: Sequence[_Wanted]) -> None:
        nodes = {each.node for each in wanted} | {triple[0] for each in wanted for triple in each.triples}
        self.files: list[tuple[Source, Positions | None]] = []
        for source in sources:
            mine = {node for node in nodes if node is not None and (node, None, None) in source.graph}
            self.files.append((source, source.positions(mine) if mine else None))

    def located(self, wanted: _Wanted) -> Located:
        found = [pair for triple in wanted.triples for pair in self._of_triple(triple)]
        if found:
            if wanted.skip:
                found.sort(key=lambda pair: pair[0][1:3])
            best = found.pop(min(wanted.skip, len(found) - 1))
            value, predicate = best
            place = predicate if wanted.at_predicate and predicate else value
            related = tuple(dict.fromkeys(pair[0] for pair in found if pair[0] != value))
            return Located(place, predicate, related)
        return Located(self._of_node(wanted.node)) if wanted.node is not None else Located()

    def _of_triple(self, triple: Triple) -> Iterator[tuple[Place, Place | None]]:
        for source, positions in self.files:
            if triple in source.graph:
                statements = positions.triple(triple) if positions else ()
                if not statements:
                    yield Place(source.path), None
                for statement in statements:
                    yield _place(source, statement.object), _place(source, statement.predicate)

    def _of_node(self, node: Node) -> Place | None:
        """Return where what is said of *node* begins, best where it says what the node is."""
        places: list[tuple[bool, int, Place]] = []
        for source, positions in self.files:
            if (node, None, None) not in source.graph:
                continue
            typed = (node, RDF.type, None) in source.graph
            starts = positions.subject(node) if positions else ()
            of_type = [
                statement.subject
                for cls in source.graph.objects(node, RDF.type)
                for statement in (positions.triple((node, RDF.type, cls)) if positions else ())
            ]
            start = min(of_type or starts, default=None)
            places.append((not typed, len(places), _place(source, start)))
        return min(places)[-1] if places else None


def _place(source: Source, position: "Position | None") -> Place:
    return Place(source.path, *position) if position else Place(source.path)


def _wanted(
    result: Result,
    graphs: Graphs,
    sources: Sequence[Source],
    premises: Callable[[Triple], Sequence[Triple]] | None,
) -> _Wanted:
    if result.place is not None or (result.focus is None and not result.triples):
        return _Wanted((), None)
    triples = list(dict.fromkeys(result.triples or _offending(result, graphs)))
    skip = 0
    if result.component in _COUNTED:
        limit = graphs.shapes.value(result.shape, _COUNTED[result.component])
        skip = int(limit) if isinstance(limit, Literal) and str(limit).isdecimal() else 0
    written = [triple for triple in triples if _stands(triple, sources)]
    if triples and not written and premises is not None:
        written = list(dict.fromkeys(step for triple in triples for step in premises(triple) if _stands(step, sources)))
    node = result.focus
    if not written and (node, None, None) not in graphs.data:
        written = _mentions(node, graphs, sources)
    closed = result.component == SH.ClosedConstraintComponent
    return _Wanted(tuple(written), node, at_predicate=closed, skip=skip)


def _stands(triple: Triple, sources: Iterable[Source]) -> bool:
    return any(triple in source.graph for source in sources)


def _mentions(node: Node | None, graphs: Graphs, sources: Sequence[Source]) -> list[Triple]:
    """Return the triples whose value *node* is, for it may be a literal, or have nothing said of it."""
    found = sorted(graphs.data.triples((None, None, node)), key=lambda triple: [term.n3() for term in triple])
    return [triple for triple in found if _stands(triple, sources)]


def _offending(result: Result, graphs: Graphs) -> list[Triple]:
    """Return the triples that a result is about, the best first."""
    focus, path, value = result.focus, result.path, result.value
    if focus is None:
        return []
    if path is None:
        return _spoken_of(result, graphs)
    steps = last_steps(graphs.data, graphs.shapes, path, focus)
    if result.component == SH.UniqueLangConstraintComponent:
        return _of_one_language([triple for _, triple in steps])
    if value is None:
        return [triple for _, triple in steps]
    exact = [triple for end, triple in steps if end == value]
    # the value may be that of another property, with which the shape compares; an inferred triple stands nowhere
    return exact or _with_value(focus, value, graphs) or ([(focus, path, value)] if isinstance(path, URIRef) else [])


def _with_value(focus: Node, value: Node, graphs: Graphs) -> list[Triple]:
    return sorted(graphs.data.triples((focus, None, value)), key=lambda triple: triple[1].n3())


def _of_one_language(triples: list[Triple]) -> list[Triple]:
    """Return the triples whose language another has too, but the first of each."""
    seen: dict[str, int] = {}
    found = []
    for triple in triples:
        language = str(getattr(triple[2], "language", None) or "").lower()
        seen[language] = seen.get(language, 0) + 1
        if language and seen[language] > 1:
            found.append(triple)
    return found


def _words(text: str) -> set[str]:
    return {word.strip("<>") for word in _WORD.findall(text)}


def _spoken_of(result: Result, graphs: Graphs) -> list[Triple]:
    """Return the triples of the focus node with the value or, of a SPARQL constraint, that its message speaks of."""
    focus, value = result.focus, result.value
    if focus is None:
        return []
    queries = graphs.shapes.objects(result.shape, SH.sparql / SH.select)
    words, asked = _words(result.message), _words(" ".join(map(str, queries)))

    def among(names: set[str], node: Node) -> bool:
        return str(node) in names or graphs.write(node) in names

    by_query = result.component == SH.SPARQLConstraintComponent
    if value is not None and value != focus and (found := _with_value(focus, value, graphs)):
        return sorted(found, key=lambda triple: (not among(words, triple[1]), not among(asked, triple[1])))
    if not by_query:
        return []
    ranked = [
        (-2 * among(words, triple[1]) - among(words, triple[2]), triple[1].n3(), triple[2].n3(), triple)
        for triple in graphs.data.triples((focus, None, None))
        if among(words, triple[1])
    ]
    return [triple for *_, triple in sorted(ranked, key=lambda rank: rank[:3])][:1]
