"""Which stored queries answer otherwise when a dataset is damaged."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import Graph

from wakhan.engine import bound_text, run_fast
from wakhan.errors import UsageError
from wakhan.mutation.consequences import Closure
from wakhan.names import Triple, new_graph
from wakhan.ntriples import line_of
from wakhan.query import StoredQuery, bind_parameters, stored_queries
from wakhan.rows import Row

_BINDING = re.compile(r"(?P<name>\w+)=(?P<value>.+)")


class Question(NamedTuple):
    """A stored query with its parameters bound."""

    name: str
    text: str
    inference: bool


class QueryKiller:
    """The stored queries, each with its defaults and with the other values that a stored answer has.

    Args:
        data: The data.
        ontology: What the words mean.
        queries: The folder of the stored queries.
        answers: The folder of their answers, whose names tell other values of the parameters; it may be missing.
    """

    def __init__(self, data: Graph, ontology: Graph, queries: Path, answers: Path) -> None:
        self._fixed = set(ontology)
        self._closure = Closure({*data, *ontology})
        self._asserted, self._closed = _store({*data, *ontology}), _store(self._closure.graph)
        graph = new_graph() + ontology + data
        self._questions = [
            question
            for stored in stored_queries(queries).values()
            for question in _questions(stored, graph, answers / stored.name)
        ]
        self._whole = self._answers()

    def changed(self, removed: Collection[Triple], added: Collection[Triple]) -> tuple[str, ...]:
        """Return the names of the queries that answer otherwise after a change, in their order."""
        lost = {triple for triple in removed if triple not in self._fixed}
        with self._closure.changed(lost, added) as difference:
            steps = ((self._asserted, lost, set(added)), (self._closed, difference.gone, difference.new))
            for store, gone, new in steps:
                _change(store, gone, new)
            try:
                answers = self._answers()
            finally:
                for store, gone, new in steps:
                    _change(store, new, gone)
        changed = (q.name for q, old, new in zip(self._questions, self._whole, answers, strict=True) if old != new)
        return tuple(dict.fromkeys(changed))

    def _answers(self) -> list[tuple[bool | None, list[Row]]]:
        rows = (run_fast(self._closed if q.inference else self._asserted, q.text) for q in self._questions)
        return [(each.boolean, each.terms) for each in rows]


def _questions(stored: StoredQuery, graph: Graph, answers: Path) -> Iterator[Question]:
    values = [{}, *(_binding(path) for path in sorted(answers.glob("*=*.csv")))]
    for params in values:
        try:
            text = bound_text(stored.text, bind_parameters(stored, params, graph))
        except UsageError:  # another dataset than Wakhan's need not have what the query asks about
            continue
        yield Question(stored.name, text, stored.inference)


def _binding(path: Path) -> dict[str, str]:
    match = _BINDING.fullmatch(path.stem)
    return {match["name"]: match["value"]} if match else {}


def _store(triples: Iterable[Triple]) -> ox.Store:
    store = ox.Store()
    store.extend(_quads(triples))
    return store


def _change(store: ox.Store, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
    for quad in _quads(removed):
        store.remove(quad)
    store.extend(_quads(added))


def _quads(triples: Iterable[Triple]) -> Iterator[ox.Quad]:
    text = "".join(map(line_of, triples))
    return iter(ox.parse(text, ox.RdfFormat.N_TRIPLES, lenient=True, rename_blank_nodes=False))
