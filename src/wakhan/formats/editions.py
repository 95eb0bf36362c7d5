"""The editions of one dataset, each made when it is first asked for, and in the order in which people read."""

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import Any, TypeVar

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from wakhan.export import canonical, edition, to_ntriples
from wakhan.formats.context import Context, context_of
from wakhan.names import Triple, natural_key
from wakhan.reason import union
from wakhan.sources import Sources
from wakhan.turtle import FIRST_PREDICATES, SECTIONS

T = TypeVar("T")

_RANKS: dict[Node, int] = {predicate: rank for rank, predicate in enumerate(FIRST_PREDICATES)}


class Editions:
    """The editions of a dataset.

    Args:
        sources: The files of the dataset, read.
    """

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.graph = cache(self._graph)
        """The graph of an edition, by its name; its blank nodes have the labels of RDFC-1.0."""
        self.ntriples = cache(self._ntriples)
        """The canonical N-Triples of an edition, by its name."""
        self._made: dict[object, Any] = {}

    def made(self, make: Callable[["Editions"], T]) -> T:
        """Return what *make* makes of the editions, which several files are written from; it is made once."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def _graph(self, name: str) -> Graph:
        return canonical(edition(self.sources, name))

    def _ntriples(self, name: str) -> str:
        return to_ntriples(self.graph(name))

    @cached_property
    def context(self) -> Context:
        """The JSON-LD context that serves all editions."""
        return context_of(union(self.graph("inferred"), self.graph("shapes")))


def in_reading_order(graph: Graph) -> Iterator[tuple[Node, list[tuple[Node, Node]]]]:
    """Yield each subject of *graph* with its predicates and objects, in the order of the Turtle files.

    Sections by kind, terms by IRI as people count, and of each term its type first.
    """
    kinds = {kind: number for number, kind in enumerate(SECTIONS.values()) if kind is not None}
    sections = {subject: len(kinds) for subject in graph.subjects()}
    for subject, kind in graph.subject_objects(RDF.type):
        if isinstance(kind, URIRef) and kind in kinds:
            sections[subject] = min(sections[subject], kinds[kind])
    for subject in sorted(sections, key=lambda node: (sections[node], natural_key(node))):
        yield subject, sorted(graph.predicate_objects(subject), key=_statement_key)


def triples_in_reading_order(graph: Graph) -> list[Triple]:
    """Return the triples of *graph* in the order of the Turtle files."""
    return [(subject, predicate, value) for subject, said in in_reading_order(graph) for predicate, value in said]


def _statement_key(statement: tuple[Node, Node]) -> tuple[int, str, tuple[str, str]]:
    predicate, value = statement
    return _RANKS.get(predicate, len(_RANKS)), str(predicate), natural_key(value.n3())
