"""Turn terms of pyoxigraph into those of rdflib and back into lines of N-Quads, as they are written."""

import re
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from wakhan.names import Triple

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_MOST = 200_000
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r'[\\"\n\r]')


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
            node = self._nodes[term] = _node(term)
        return node

    def _text(self, node: Node) -> str:
        text = self._texts.get(node)
        if text is None:
            text = self._texts[node] = _text(node)
        return text


def _node(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype.value == _STRING
        return Literal(
            term.value,
            lang=term.language,
            datatype=None if plain else URIRef(term.datatype.value),
            normalize=False,
        )
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise TypeError("RDF 1.1 has no triple terms")


def _text(node: Node) -> str:
    """Return a term as N-Triples writes it, also a literal that is no value of its datatype."""
    if not isinstance(node, Literal):
        return node.n3()
    text = _ESCAPED.sub(lambda match: _ESCAPES[match[0]], str(node))
    tag = f"@{node.language}" if node.language else f"^^<{node.datatype}>" if node.datatype else ""
    return f'"{text}"{tag}'


def quads(lines: Iterable[str], graph: str) -> str:
    """Return *lines* of N-Triples, without their ends, as sorted N-Quads of a graph, each once.

    Args:
        lines: The triples.
        graph: The IRI of the graph.
    """
    return "".join(f"{line} <{graph}> .\n" for line in sorted(set(lines)))
