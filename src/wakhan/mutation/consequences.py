"""Keep a closure in step with small changes: what no longer follows is taken out, what now follows is put in.

A closure from the beginning takes seconds, and a change of one triple moves a handful of conclusions. So those that
rest on a triple that is gone are taken out with all that rests on them, those that can be proved otherwise are put
back, and then what the new triples bring is added (delete and rederive). The rules are those of ``wakhan.rules``.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from wakhan.matching import fill, is_legal, match, matches, places_of
from wakhan.names import Triple, new_graph
from wakhan.rules import rules_of


class Difference(NamedTuple):
    """How a closure differs from what it was."""

    gone: frozenset[Triple]
    new: frozenset[Triple]


class Closure:
    """A graph with all that follows from it, which can be changed.

    Args:
        graph: What is asserted. It is not changed.
        closed: The closure of *graph*, where it is known from another ``Closure``.

    Attributes:
        graph: The closure.
    """

    def __init__(self, graph: Iterable[Triple], closed: Iterable[Triple] | None = None) -> None:
        self.asserted = set(graph)
        self.graph = new_graph()
        for triple in self.asserted if closed is None else closed:
            self.graph.add(triple)
        axioms = new_graph()
        for triple in self.asserted:
            axioms.add(triple)
        rules = rules_of(axioms)
        self._bodies = places_of([(rule, place, part) for rule in rules for place, part in enumerate(rule.body)])
        self._heads = places_of([(rule, 0, rule.head) for rule in rules if rule.body])
        self._groundless = {rule.head for rule in rules if not rule.body and is_legal(rule.head)}
        if closed is None:
            self._spread({*self.asserted, *self._groundless}, set())

    @contextmanager
    def changed(self, removed: Iterable[Triple], added: Iterable[Triple]) -> Iterator[Difference]:
        """Change what is asserted, and the closure with it, and afterwards change it back; give what it changed.

        The lists of the ontology (property chains, unions) must not be among the changes.
        """
        wanted = set(added)
        lost, won = self.asserted.intersection(removed) - wanted, wanted - self.asserted
        try:
            yield self._change(lost, won)
        finally:
            self._change(won, lost)

    def _change(self, lost: set[Triple], won: set[Triple]) -> Difference:
        self.asserted -= lost
        self.asserted |= won
        gone = self._consequences(lost)
        for triple in gone:
            self.graph.remove(triple)
        back = self._rederived(gone)
        new = self._spread(won, gone)
        return Difference(frozenset(gone - back - new), frozenset(new - gone))

    def _consequences(self, lost: Iterable[Triple]) -> set[Triple]:
        """Return *lost* and all that some proof rests on it, as long as nothing is taken out."""
        found, queue = set(lost), list(lost)
        while queue:
            for conclusion in self._steps(queue.pop()):
                if conclusion not in found and conclusion in self.graph and conclusion not in self.asserted:
                    found.add(conclusion)
                    queue.append(conclusion)
        return found

    def _rederived(self, gone: Collection[Triple]) -> set[Triple]:
        """Put back what of *gone* is still asserted or follows from what is left; return it."""
        back: set[Triple] = set()
        for triple in gone:
            if triple not in back and self._follows(triple):
                back |= self._spread({triple}, set())
        return back

    def _follows(self, triple: Triple) -> bool:
        if triple in self.asserted or triple in self._groundless:
            return True
        for rule, _ in (*self._heads.get(triple[1], ()), *self._heads.get(None, ())):
            binding = match(rule.head, triple, {})
            if binding is not None and next(matches(list(rule.body), binding, self.graph), None) is not None:
                return True
        return False

    def _spread(self, triples: Collection[Triple], known: Collection[Triple]) -> set[Triple]:
        """Add *triples* and what follows from them; return what was not there, or is among the *known*."""
        new = {triple for triple in triples if triple not in self.graph or triple in known}
        queue = list(triples)
        for triple in queue:
            self.graph.add(triple)
        while queue:
            for conclusion in list(self._steps(queue.pop())):
                if conclusion not in self.graph:
                    self.graph.add(conclusion)
                    new.add(conclusion)
                    queue.append(conclusion)
        return new

    def _steps(self, triple: Triple) -> Iterator[Triple]:
        """Yield what follows in one step from *triple* and others of the closure."""
        for rule, place in (*self._bodies.get(triple[1], ()), *self._bodies.get(None, ())):
            first = match(rule.body[place], triple, {})
            if first is not None:
                rest = [part for at, part in enumerate(rule.body) if at != place]
                for binding in matches(rest, first, self.graph):
                    conclusion = fill(rule.head, binding)
                    if is_legal(conclusion):
                        yield conclusion
