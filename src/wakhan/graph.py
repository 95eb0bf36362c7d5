"""A graph of rdflib that is soon copied and soon asked: what the stages of the pipeline hand to each other.

The triples stand in one dictionary, in the order in which they came. An index is made when it is first needed, for
many graphs are only copied, or gone through once.
"""

from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from typing import Any

from rdflib import Graph
from rdflib.paths import Path
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
Index = dict[Node, dict[Node, list[Triple]]]

_BY_SUBJECT, _BY_PREDICATE, _BY_OBJECT = (0, 1), (1, 2), (2, 0)
"""Where in a triple the two keys of an index stand."""


class TripleStore(SimpleMemory):
    """What rdflib takes for the store of a graph; the prefixes are kept by the class above."""

    def __init__(self) -> None:
        super().__init__()
        self.all: dict[Triple, None] = {}
        self._indexes: dict[tuple[int, int], Index] = {}

    def add(self, triple: Any, context: Any = None, quoted: bool = False) -> None:  # noqa: ANN401 (the types are rdflib's)
        """Add a triple."""
        if self._indexes and triple not in self.all:
            for keys, index in self._indexes.items():
                _put(index, keys, (triple,))
        self.all[triple] = None

    def extend(self, triples: Iterable[Triple]) -> None:
        """Add many triples, those of another such graph soonest."""
        self._indexes.clear()
        self.all.update(triples.store.all if isinstance(triples, MemoryGraph) else dict.fromkeys(triples))

    def remove(self, triple_pattern: Any, context: Any = None) -> None:  # noqa: ANN401 (the types are rdflib's)
        """Remove what fits a pattern."""
        gone = list(self.matches(triple_pattern))
        self._indexes.clear()
        for triple in gone:
            del self.all[triple]

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:  # noqa: ANN401 (the types are rdflib's)
        """Return what fits a pattern, each triple with the graphs that it is in, of which there are none."""
        return ((triple, iter(())) for triple in self.matches(triple_pattern))

    def __len__(self, context: Any = None) -> int:  # noqa: ANN401 (the type is rdflib's)
        """Return how many triples there are."""
        return len(self.all)

    def matches(self, pattern: tuple[Node | None, Node | None, Node | None]) -> Iterable[Triple]:
        """Return what fits a *pattern*, in which None stands for anything."""
        subject, predicate, value = pattern
        if subject is not None and predicate is not None and value is not None:
            return (pattern,) if pattern in self.all else ()
        if subject is not None and value is not None:
            return self._index(_BY_OBJECT).get(value, {}).get(subject, ())
        if subject is not None:
            return _found(self._index(_BY_SUBJECT), subject, predicate)
        if predicate is not None:
            return _found(self._index(_BY_PREDICATE), predicate, value)
        return self.all if value is None else _found(self._index(_BY_OBJECT), value, None)

    def _index(self, keys: tuple[int, int]) -> Index:
        if keys not in self._indexes:
            self._indexes[keys] = {}
            _put(self._indexes[keys], keys, self.all)
        return self._indexes[keys]


class MemoryGraph(Graph):
    """A graph in memory, without prefixes in the beginning.

    Args:
        triples: What is in it at first.
    """

    store: TripleStore

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        super().__init__(TripleStore(), bind_namespaces="none")
        self.store.extend(triples)

    def __iter__(self) -> Generator[Triple, None, None]:
        """Yield the triples."""
        yield from self.store.all

    def __contains__(self, triple: Any) -> bool:  # noqa: ANN401 (the type is rdflib's)
        """Tell whether anything fits a pattern."""
        subject, predicate, value = triple
        if subject is None or predicate is None or value is None or isinstance(predicate, Path):
            return any(True for _ in self.triples(triple))
        return triple in self.store.all

    def __iadd__(self, other: Iterable[Triple]) -> "MemoryGraph":
        """Add all triples of *other*."""
        self.store.extend(other)
        return self

    def __sub__(self, other: Iterable[Triple]) -> "MemoryGraph":
        """Return a graph without the triples of *other*."""
        gone = dict.fromkeys(other)
        return MemoryGraph(triple for triple in self.store.all if triple not in gone)

    def triples(self, triple: Any) -> Generator[Any, None, None]:  # noqa: ANN401 (the type is rdflib's)
        """Yield what fits a pattern, whose predicate may be a path."""
        return super().triples(triple) if isinstance(triple[1], Path) else _each(self.store.matches(triple))


def _each(triples: Iterable[Triple]) -> Generator[Triple, None, None]:
    yield from triples


def _found(index: Index, first: Node, second: Node | None) -> Iterable[Triple]:
    inner = index.get(first, {})
    return chain.from_iterable(inner.values()) if second is None else inner.get(second, ())


def _put(index: Index, keys: tuple[int, int], triples: Iterable[Triple]) -> None:
    first, second = keys
    for triple in triples:
        inner = index.get(triple[first])
        if inner is None:
            index[triple[first]] = {triple[second]: [triple]}
        elif triple[second] in inner:
            inner[triple[second]].append(triple)
        else:
            inner[triple[second]] = [triple]
