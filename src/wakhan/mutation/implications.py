"""What follows from a damaged dataset that must not: contradictions, and facts that are none."""

from collections.abc import Collection, Iterable

from rdflib import RDF, RDFS, Graph

from wakhan.clashes import clashes
from wakhan.denials import negative_assertions
from wakhan.facts import facts_among, is_fact
from wakhan.law import back_doors, softened
from wakhan.mutation.consequences import Closure
from wakhan.mutation.killers import Hit
from wakhan.mutation.material import PARTS
from wakhan.names import WK, Triple, new_graph
from wakhan.reason import is_noise

OF_CLAIMS = {RDF.type, *PARTS, WK.factuality, WK.speaker}
"""The properties that decide what a claim makes of its triple."""

Closures = tuple[list[Triple], list[Triple]]
"""What follows from a dataset, and what follows from it without its bare facts."""


class ImplicationKiller:
    """The law of the two layers and the logic, on closures that are kept in step.

    Args:
        data: The data.
        ontology: What the words mean.
        closures: Those of another killer of the same dataset, to save the time of making them.
    """

    def __init__(self, data: Graph, ontology: Graph, closures: Closures | None = None) -> None:
        self._ontology = ontology
        self._data = new_graph() + data
        self._denials = set(negative_assertions(data))
        whole, bare = closures or (None, None)
        self._whole = Closure({*ontology, *data, *self._denials}, whole)
        self._bare = Closure({*ontology, *self._described(data)}, bare)
        doors = {Hit("violation", "back-door", t) for t in facts_among(self._bare.graph, ontology)}
        self.known = self._clashes() | self._softened() | doors

    @property
    def closures(self) -> Closures:
        """What follows from the data, for another killer."""
        return list(self._whole.graph), list(self._bare.graph)

    def hits(self, removed: Collection[Triple], added: Collection[Triple]) -> set[Hit]:
        """Return what is wrong with what follows from the data with this change, and was not wrong before.

        Raises:
            WakhanError: The change gives the article two voices of its own.
        """
        removed = [triple for triple in removed if triple not in self._ontology]
        self._change(removed, added)
        try:
            touched = any(predicate in OF_CLAIMS for _, predicate, _ in (*removed, *added))
            denials = set(negative_assertions(self._data)) if touched else self._denials
            lost, won = {*removed, *(self._denials - denials)}, {*added, *(denials - self._denials)}
            return (self._of_bare(removed, added) | self._of_whole(lost, won, touched)) - self.known
        finally:
            self._change(added, removed)

    def _of_whole(self, lost: Collection[Triple], won: Collection[Triple], touched: bool) -> set[Hit]:
        with self._whole.changed(lost, won) as difference:
            # What is gone contradicts nothing, and softens nothing unless a claim was touched.
            news = any(not is_noise(triple) for triple in difference.new)
            return (self._clashes() if news else set()) | (self._softened() if news or touched else set())

    def _of_bare(self, removed: Collection[Triple], added: Collection[Triple]) -> set[Hit]:
        with self._bare.changed(self._described(removed), self._described(added)) as difference:
            if any(predicate == RDFS.subPropertyOf for _, predicate, _ in difference.new):
                return self._doors()
            return {Hit("violation", "back-door", t) for t in facts_among(difference.new, self._ontology)}

    def _clashes(self) -> set[Hit]:
        return {Hit("violation", clash.rule, clash.terms) for clash in clashes(self._whole.graph)}

    def _softened(self) -> set[Hit]:
        found = softened(self._whole.graph, self._data)
        return {Hit("warning", "softened", (*triple, claim)) for triple, claim in found}

    def _doors(self) -> set[Hit]:
        """Return the back doors by the long way, which finds axioms too."""
        return {Hit("violation", "back-door", triple) for triple in back_doors(self._ontology, self._data)}

    def _described(self, triples: Iterable[Triple]) -> set[Triple]:
        return {triple for triple in triples if not is_fact(triple, self._ontology)}

    def _change(self, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        for triple in removed:
            self._data.remove(triple)
        for triple in added:
            self._data.add(triple)
