"""Turn terms of pyoxigraph into those of rdflib and back into lines of N-Quads, as they are written."""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib.term import Node

from wakhan.export import node_of
from wakhan.names import Triple
from wakhan.ntriples import text_of

_MOST = 200_000


class Translator:
    """Translates terms, each name once.

    Example:
        >>> triple = next(iter(ox.parse(b"<urn:a> <urn:b> 1.50 .", format=ox.RdfFormat.TURTLE))).triple
        >>> Translator().line(Translator().triple(triple))
        '<urn:a> <urn:b> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """

    def __init__(self) -> None:
        self._nodes: dict[object, Node] = {}
        self._texts: dict[Node, str] = {}

    def forget(self) -> None:
        """Forget what was translated, if it is much: most names are those of one article."""
        for known in (self._nodes, self._texts):
            if len(known) > _MOST:
                known.clear()

    def triple(self, triple: ox.Triple) -> Triple:
        """Return a triple of pyoxigraph as one of rdflib."""
        return self._node(triple.subject), self._node(triple.predicate), self._node(triple.object)

    def line(self, triple: Triple) -> str:
        """Return a triple of rdflib as N-Triples writes it, without its end."""
        subject, predicate, value = triple
        return f"{self._text(subject)} {self._text(predicate)} {self._text(value)}"

    def _node(self, term: object) -> Node:
        node = self._nodes.get(term)
        if node is None:
            node = self._nodes[term] = node_of(term)
        return node

    def _text(self, node: Node) -> str:
        text = self._texts.get(node)
        if text is None:
            text = self._texts[node] = text_of(node)
        return text


def quads(lines: Iterable[str], graph: str) -> str:
    """Return *lines* of N-Triples, without their ends, as sorted N-Quads of a graph, each once.

    Args:
        lines: The triples.
        graph: The IRI of the graph.
    """
    return "".join(f"{line} <{graph}> .\n" for line in sorted(set(lines)))
