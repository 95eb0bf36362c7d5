"""Keep the facts of a damaged dataset in step with its claims, as ``wakhan facts`` would, but quickly."""

from collections import Counter
from collections.abc import Collection, Iterable

from rdflib import RDF, URIRef
from rdflib.term import Node

from wakhan.facts import FactsDifference, facts_from_claims
from wakhan.mutation.material import PARTS, Material
from wakhan.mutation.triples import in_order
from wakhan.names import WK, Triple, new_graph


class Bookkeeper:
    """What ``wakhan facts`` does, without looking at more claims than were touched.

    Args:
        material: The dataset, whose facts are in step with its claims.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._graph = new_graph() + material.data
        self._facts = set(material.facts)
        self._of_claim = {claim: self._fact(claim) for claim in material.claims}
        self._support = Counter(fact for fact in self._of_claim.values() if fact is not None)

    def difference(self, removed: Collection[Triple], added: Collection[Triple]) -> FactsDifference:
        """Return what the bare facts lack, and have too many of, after a change.

        Raises:
            WakhanError: The change gives the article two voices of its own.
        """
        touched = {*removed, *added}
        bare = (self._facts - set(removed)) | {triple for triple in added if self._material.is_fact(triple)}
        wanted = self._facts
        if any(predicate in (*PARTS, RDF.type, WK.factuality, WK.speaker) for _, predicate, _ in touched):
            self._change(removed, added)
            try:
                wanted = self._wanted({subject for subject, _, _ in touched})
            finally:
                self._change(added, removed)
        return FactsDifference(missing=in_order(wanted - bare), extra=in_order(bare - wanted))

    def _wanted(self, touched: Iterable[Node]) -> set[Triple]:
        if set(self._graph.subjects(RDF.type, WK.Narrator)) != {self._material.narrator}:
            return {fact for fact in facts_from_claims(self._graph) if self._material.is_fact(fact)}
        lost, gained = Counter[Triple](), set[Triple]()
        for claim in touched:
            before, after = self._of_claim.get(claim), self._fact(claim)
            if before != after:
                lost.update(() if before is None else (before,))
                gained.update(() if after is None else (after,))
        gone = {fact for fact, times in lost.items() if times >= self._support[fact]}
        return (self._facts - gone) | gained

    def _fact(self, claim: Node) -> Triple | None:
        """Return the fact that *claim* makes as the graph is now, if it makes one."""
        graph, voice = self._graph, self._material.narrator
        wanted = ((RDF.type, WK.Claim), (WK.speaker, voice), (WK.factuality, WK.Affirmed))
        if voice is None or any((claim, predicate, value) not in graph for predicate, value in wanted):
            return None
        parts = [list(graph.objects(claim, part)) for part in PARTS]
        if any(len(values) != 1 for values in parts):
            return None
        (subject,), (predicate,), (value,) = parts
        triple = (subject, predicate, value)
        is_triple = isinstance(subject, URIRef) and isinstance(predicate, URIRef)
        return triple if is_triple and self._material.is_fact(triple) else None

    def _change(self, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        for triple in removed:
            self._graph.remove(triple)
        for triple in added:
            self._graph.add(triple)
