"""Choose the graphs that are asked: those of the request, else those of FROM in the query, else all.

This is how SPARQL 1.1 Protocol, section 2.1.4, orders them. It also lets a service refuse with 400 what it does not let
clients choose. Here a graph can be named that is there, and nothing is fetched. A graph that is not there is refused:
"no rows" would be read as "there is no such thing", though all of the data were left out. So the dataset's own
IRI, which the service description names, and that of its edition mean the default graph, where all of the data are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import pyoxigraph as ox

from wakhan.protocol.refusal import Refused
from wakhan.sparql import Token, tokens

_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})


class Graphs:
    """The graphs of one store.

    Args:
        store: The store.
        default: The IRIs that mean its default graph, the best known first.
        prefixes: Those that a query need not declare.
        base: What relative IRIs in a query are resolved against.
    """

    def __init__(self, store: ox.Store, default: Sequence[str], prefixes: dict[str, str], base: str) -> None:
        self._store = store
        self._default = default
        self._prefixes = prefixes
        self._base = base

    def chosen(self, query: str, default: Sequence[str], named: Sequence[str]) -> dict[str, Any]:
        """Return what the store has to be told of the graphs that are asked; nothing if it is all of them.

        Args:
            query: The query.
            default: The IRIs of the graphs that the request wants asked as one.
            named: The IRIs of the graphs that it wants to name.

        Raises:
            Refused: There is no such graph.
        """
        if not default and not named:
            default, named = self._clauses(query)
        if not default and not named:
            return {}
        return {
            "default_graph": [self._default_graph(_named_node(iri)) for iri in default],
            "named_graphs": [self._named_graph(_named_node(iri)) for iri in named],
        }

    def _default_graph(self, iri: ox.NamedNode) -> ox.NamedNode | ox.DefaultGraph:
        if iri.value in self._default:
            return ox.DefaultGraph()
        if self._store.contains_named_graph(iri):
            return iri
        raise Refused(400, f"There is no graph {iri} here, and none is fetched. {self._advice('FROM')}")

    def _named_graph(self, iri: ox.NamedNode) -> ox.NamedNode:
        if self._store.contains_named_graph(iri):
            return iri
        raise Refused(400, f"There is no graph with the name {iri} here. {self._advice('FROM NAMED and GRAPH')}")

    def _advice(self, words: str) -> str:
        own = f", which <{self._default[0]}> means too" if self._default else ""
        return f"Ask without {words}: the data are in the default graph{own}."

    def _clauses(self, query: str) -> tuple[list[str], list[str]]:
        """Return the IRIs after FROM, and those after FROM NAMED, as the engine resolves them."""
        parts = tokens(query)
        clauses = list(_clauses(parts))
        if not clauses:
            return [], []
        head = next(part for part in parts if part.kind == "word" and part.text.upper() not in _PROLOGUE)
        terms = " ".join(f"({term} AS ?g{number})" for number, (_, term) in enumerate(clauses))
        asked = f"{query[: head.end - len(head.text)]}\nSELECT {terms} {{}}"
        try:
            result = self._store.query(asked, base_iri=self._base, prefixes=self._prefixes)
        except SyntaxError:  # which the engine tells of the query itself, and there of the right place
            return [], []
        row = next(cast(ox.QuerySolutions, result))
        found = [(is_named, row[number].value) for number, (is_named, _) in enumerate(clauses)]
        return [iri for is_named, iri in found if not is_named], [iri for is_named, iri in found if is_named]


def _clauses(parts: Sequence[Token]) -> Iterator[tuple[bool, str]]:
    """Give the term of each FROM of a query as it is written, and whether NAMED stands before it."""
    outside = [part for part in parts if part.depth == 0]
    for number, part in enumerate(outside):
        if part.kind == "word" and part.text.upper() == "FROM":
            after = outside[number + 1 : number + 3]
            is_named = bool(after) and after[0].text.upper() == "NAMED"
            terms: Iterable[Token] = after[is_named : is_named + 1]
            yield from ((is_named, term.text) for term in terms if term.kind in ("iri", "name"))


def _named_node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise Refused(400, f"A graph has to be named by its IRI: {error}.") from None
