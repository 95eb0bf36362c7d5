"""Find what changed from one version to another: each term with what is said of it, the facts, and what follows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from rdflib import DCAT, OWL, RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from wakhan.diff.blank import named_by_content
from wakhan.diff.version import Version
from wakhan.facts import bare_facts
from wakhan.lookup import CLASS_TYPES, PROPERTY_TYPES
from wakhan.metadata.statistics import LINKS
from wakhan.names import WK, Triple, local_name, natural_key, new_graph
from wakhan.owl2rl import closure
from wakhan.rows import term_key

KINDS = ("claim", "thing", "passage", "term", "shape", "query", "header")
"""What a description can be about, in the order in which it is told."""

Said: TypeAlias = frozenset[tuple[Node, Node]]
"""Properties and their values."""

Descriptions: TypeAlias = dict[tuple[str, URIRef], Said]
"""What is said of each term, by its kind and IRI."""

_KINDS_OF_CLASSES: dict[str, set[Node]] = {
    "claim": {WK.Claim},
    "passage": {WK.Passage},
    "header": {OWL.Ontology, DCAT.Dataset},
    "term": {*PROPERTY_TYPES, *CLASS_TYPES, RDFS.Datatype, WK.Factuality},
}
_IDENTITIES = {*map(URIRef, LINKS), WK.sha256}
"""The properties whose values only one thing has."""


@dataclass(frozen=True)
class Change:
    """A term of which something else is said now; of one that is new nothing was said, of one that is gone nothing is.

    Attributes:
        iri: The term.
        kind: One of ``KINDS``.
        before: What was said of it, without the facts.
        after: What is said of it now.
    """

    iri: URIRef
    kind: str
    before: Said
    after: Said

    @property
    def way(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        return "added" if not self.before else "removed" if not self.after else "changed"

    @property
    def properties(self) -> list[tuple[Node, list[Node], list[Node]]]:
        """Each property that has changed, with the values that are gone and those that are new."""
        gone, new = self.before - self.after, self.after - self.before
        changed = sorted({prop for prop, _ in gone | new}, key=lambda prop: (local_name(prop), str(prop)))
        return [(prop, _values(gone, prop), _values(new, prop)) for prop in changed]


@dataclass(frozen=True)
class Difference:
    """All that differs between two versions.

    Attributes:
        old: The first version, with the new names of what was renamed.
        new: The second version.
        renamed: The old IRI to the new one, of what is otherwise told of alike.
        changes: The terms of which something else is said now, by kind and then by name.
        facts_lost: The facts that are gone.
        facts_gained: The facts that are new.
        axioms_lost: The statements without a name, such as that classes are disjoint, that are gone.
        axioms_gained: Those that are new.
        not_compared: The parts of which only one version tells anything, such as ``shapes``.
    """

    old: Version
    new: Version
    renamed: dict[URIRef, URIRef]
    changes: tuple[Change, ...]
    facts_lost: tuple[Triple, ...]
    facts_gained: tuple[Triple, ...]
    axioms_lost: tuple[Node, ...]
    axioms_gained: tuple[Node, ...]
    not_compared: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        axioms = self.axioms_lost or self.axioms_gained
        return bool(self.renamed or self.changes or self.facts_lost or self.facts_gained or axioms)

    def graph(self, kind: str, *, is_new: bool) -> Graph:
        """Return the graph in which one version tells of terms of a *kind*."""
        version = self.new if is_new else self.old
        graphs = {"shape": version.shapes, "query": version.queries}
        return graphs.get(kind) or version.graph

    def of(self, kind: str, way: str) -> list[Change]:
        """Return the changes of one kind and way, in order."""
        return [change for change in self.changes if (change.kind, change.way) == (kind, way)]

    @cached_property
    def inferences_lost(self) -> list[Triple]:
        """What followed and follows no more, of what is still there; in order."""
        return self._only_in(self._inferred[0], self._inferred[1], "removed")

    @cached_property
    def inferences_gained(self) -> list[Triple]:
        """What follows now and did not, of what was there already; in order."""
        return self._only_in(self._inferred[1], self._inferred[0], "added")

    @cached_property
    def _inferred(self) -> tuple[set[Triple], set[Triple]]:
        if not self:
            return set(), set()
        return set(closure(self.old.graph)), set(closure(self.new.graph))

    def _only_in(self, one: set[Triple], other: set[Triple], way: str) -> list[Triple]:
        aside: set[Node] = {change.iri for change in self.changes if change.way == way}
        stated = set(self.old.graph) | set(self.new.graph)
        only = one - other - stated
        return in_order(t for t in only if not any(n in aside or isinstance(n, BNode) for n in t))


def compare(old: Version, new: Version) -> Difference:
    """Return what differs between two versions, whichever way each was read.

    What has another IRI now and is otherwise the same is told once, as renamed, and not wherever it is named.

    Args:
        old: The first version.
        new: The second version.
    """
    renamed: dict[URIRef, URIRef] = {}
    parts = {"shapes": (old.shapes, new.shapes), "queries": (old.queries, new.queries)}
    not_compared = tuple(name for name, both in parts.items() if both.count(None) == 1)
    before, after = _descriptions(old, not_compared), _descriptions(new, not_compared)
    for find in (_same_things, _same_claims):  # claims name things, so it must be known first what those are called now
        if found := find(before, after):
            renamed |= found
            old = _with_names(old, found)
            before = _descriptions(old, not_compared)
    changes = [
        Change(iri, kind, before.get((kind, iri), frozenset()), after.get((kind, iri), frozenset()))
        for kind, iri in before.keys() | after.keys()
        if before.get((kind, iri)) != after.get((kind, iri))
    ]
    facts_before, facts_after = (set(bare_facts(version.graph, version.graph)) for version in (old, new))
    axioms_before, axioms_after = _axioms(old), _axioms(new)
    return Difference(
        old=old,
        new=new,
        renamed=dict(sorted(renamed.items(), key=lambda pair: natural_key(pair[0]))),
        changes=tuple(sorted(changes, key=lambda change: (KINDS.index(change.kind), natural_key(change.iri)))),
        facts_lost=tuple(in_order(facts_before - facts_after)),
        facts_gained=tuple(in_order(facts_after - facts_before)),
        axioms_lost=tuple(sorted(axioms_before - axioms_after, key=term_key)),
        axioms_gained=tuple(sorted(axioms_after - axioms_before, key=term_key)),
        not_compared=not_compared,
    )


def in_order(triples: Iterable[Triple]) -> list[Triple]:
    """Return *triples* in the order of their terms."""
    return sorted(triples, key=lambda triple: [term_key(node) for node in triple])


def _descriptions(version: Version, aside: Iterable[str]) -> Descriptions:
    """Return what *version* says of each term, without the facts and the parts that are left *aside*."""
    facts = bare_facts(version.graph, version.graph)
    kinds = {iri: _kind(version.graph, iri) for iri in set(version.graph.subjects()) if isinstance(iri, URIRef)}
    found = _said((t for t in version.graph if t not in facts), kinds)
    for name, kind, graph in (("shapes", "shape", version.shapes), ("queries", "query", version.queries)):
        if graph is not None and name not in aside:
            named = {iri: kind for iri in set(graph.subjects()) if isinstance(iri, URIRef) and _counts(graph, iri)}
            found |= _said(graph, named)
    return found


def _said(triples: Iterable[Triple], kinds: Mapping[URIRef, str]) -> Descriptions:
    found = defaultdict[tuple[str, URIRef], set[tuple[Node, Node]]](set)
    for subject, prop, value in triples:
        if isinstance(subject, URIRef) and subject in kinds:
            found[kinds[subject], subject].add((prop, value))
    return {key: frozenset(said) for key, said in found.items()}


def _counts(graph: Graph, iri: URIRef) -> bool:
    """Return whether a term of the shapes or queries is one to be told of, and not what declares the prefixes."""
    return not {OWL.Ontology, SH.PrefixDeclaration} & set(graph.objects(iri, RDF.type))


def _kind(graph: Graph, iri: URIRef) -> str:
    types = set(graph.objects(iri, RDF.type))
    for kind, classes in _KINDS_OF_CLASSES.items():
        if types & classes:
            return kind
    return "thing"


def _same_things(before: Descriptions, after: Descriptions) -> dict[URIRef, URIRef]:
    """Return what is no claim and has another IRI now: the same label and types, or the same identity elsewhere."""

    def signs(kind: str, said: Said) -> Iterator[Hashable]:
        types = frozenset(value for prop, value in said if prop == RDF.type)
        labels = frozenset(value for prop, value in said if prop == RDFS.label)
        if labels:
            yield kind, types, labels
        yield from ((kind, value) for prop, value in said if prop in _IDENTITIES)

    return _matches(before, after, signs, lambda kind: kind not in ("claim", "header", "query"))


def _same_claims(before: Descriptions, after: Descriptions) -> dict[URIRef, URIRef]:
    """Return the claims that say just the same under another IRI."""
    return _matches(before, after, lambda kind, said: iter([(kind, said)]), lambda kind: kind == "claim")


def _matches(
    before: Descriptions,
    after: Descriptions,
    signs: Callable[[str, Said], Iterator[Hashable]],
    is_meant: Callable[[str], bool],
) -> dict[URIRef, URIRef]:
    """Return the one that is new for each that is gone, where the two share a sign and no other shares it."""

    def by_sign(some: Descriptions, others: Descriptions) -> dict[Hashable, list[URIRef]]:
        found = defaultdict[Hashable, list[URIRef]](list)
        for kind, iri in some.keys() - others.keys():
            for sign in signs(kind, some[kind, iri]) if is_meant(kind) else ():
                found[sign].append(iri)
        return found

    gone, new = by_sign(before, after), by_sign(after, before)
    pairs = {
        (gone[sign][0], new[sign][0]) for sign in gone.keys() & new.keys() if len(gone[sign]) == len(new[sign]) == 1
    }
    old_names, new_names = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    return {one: other for one, other in pairs if old_names[one] == new_names[other] == 1}


def _with_names(version: Version, names: Mapping[URIRef, URIRef]) -> Version:
    """Return *version* with other IRIs for some terms."""
    known: dict[Node, Node] = dict(names.items())

    def renamed(graph: Graph | None) -> Graph | None:
        if graph is None:
            return None
        result = new_graph()
        for prefix, namespace in graph.namespaces():
            result.bind(prefix, namespace)
        for subject, prop, value in graph:
            result.add((known.get(subject, subject), known.get(prop, prop), known.get(value, value)))
        return named_by_content(result)  # what is said of blank nodes may be said of something renamed

    graph, shapes, queries = map(renamed, (version.graph, version.shapes, version.queries))
    return version if graph is None else replace(version, graph=graph, shapes=shapes, queries=queries)


def _axioms(version: Version) -> set[Node]:
    """Return the blank nodes that nothing leads to."""
    nested = set(version.graph.objects())
    return {node for node in version.graph.subjects() if isinstance(node, BNode) and node not in nested}


def _values(said: Said, prop: Node) -> list[Node]:
    return sorted((value for each, value in said if each == prop), key=term_key)
