"""A graph that parses each query once, however often it is asked."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rdflib import Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from wakhan.names import Triple
from wakhan.shacl.run import ShapeError


class PreparedGraph(Graph):
    """A graph that parses each query once: pySHACL asks each query of a shape anew for each focus node.

    Args:
        triples: What is in it at first.
        namespaces: Whose prefixes it takes.
    """

    def __init__(self, triples: Iterable[Triple] = (), namespaces: Graph | None = None) -> None:
        super().__init__(bind_namespaces="none")  # pySHACL needs a store with contexts
        self._known: tuple[tuple[str, URIRef], ...] | None = None
        for prefix, iri in () if namespaces is None else namespaces.namespaces():
            self.bind(prefix, iri)
        for triple in triples:
            self.add(triple)

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:  # noqa: ANN401 (passed on)
        """Return the answer of a query, as ``Graph.query`` does.

        Raises:
            ShapeError: The query asks another server.
        """
        if isinstance(query_object, str):
            if self._known is None:  # pySHACL lets a query use the prefixes of the data and those that rdflib knows
                self._known = tuple(sorted((dict(Graph().namespaces()) | dict(self.namespaces())).items()))
            query_object = _prepared(query_object, self._known)
        return super().query(query_object, *args, **options)


@lru_cache(maxsize=1_000)
def _prepared(text: str, prefixes: tuple[tuple[str, URIRef], ...]) -> Query:
    query = prepareQuery(text, initNs=dict(prefixes))
    traverse(query.algebra, visitPre=_refuse_service)
    return query


def _refuse_service(part: object) -> None:
    """Let no query ask another server: pySHACL refuses it in constraints, but not in rules, targets and functions."""
    if isinstance(part, CompValue) and part.name == "ServiceGraphPattern":
        raise ShapeError("a query of the shapes asks another server (SERVICE)", hint="A shape looks at the data only.")
