"""Read Turtle by pyoxigraph, ten times as fast as by rdflib, where both surely give the same.

That is where every node has a name, and nothing is written that only one of them understands or that they spell
differently. Everything else is left to rdflib, and so is every error, for it must be told with its place.
"""

import re
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import Literal
from rdflib.term import Node

from wakhan.names import Triple
from wakhan.syntax import NO_BASE, BadTerm, Document, symbol

_SPELLED = re.compile(r"@[a-z0-9-]*[A-Z]|\^\^\S*string\b")
"""A language tag that would come out in small letters; a datatype that would be left out."""
_DIRECTIVE = re.compile(r"@base\b|\bbase\s*[<#]|\bversion\s*[\"'#]", re.IGNORECASE)
"""What relative IRIs begin with, and RDF 1.2."""
_MOST = 100_000
"""So many literals are kept for the next text."""

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_literals: dict[ox.Literal, Literal] = {}


class Content(NamedTuple):
    """What a text says, and the prefixes that it declares."""

    triples: list[Triple]
    prefixes: dict[str, str]


def read_turtle(document: Document) -> Content | None:
    """Return what a document in Turtle says, or None where rdflib must read it.

    Equal terms are the same object, also those of other documents, so that they are soon compared.
    """
    text = document.text
    if document.base != NO_BASE or _SPELLED.search(text) or _DIRECTIVE.search(text):
        return None
    if len(_literals) > _MOST:
        _literals.clear()
    nodes: dict[object, Node] = {}
    triples: list[Triple] = []
    try:
        quads = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
        for quad in quads:
            triple = []
            for term in (quad.subject, quad.predicate, quad.object):
                node = nodes.get(term)
                if node is None:
                    node = nodes[term] = _node(term)
                triple.append(node)
            triples.append((triple[0], triple[1], triple[2]))
    except (SyntaxError, ValueError, TypeError, BadTerm):
        return None
    prefixes = dict(sorted(quads.prefixes.items()))
    return Content(triples, prefixes) if len(set(prefixes.values())) == len(prefixes) else None


def _node(term: object) -> Node:
    """Return a term of pyoxigraph as rdflib reads it.

    Raises:
        TypeError: It is a blank node, whose name hangs on how it is read, or no term of RDF 1.1.
    """
    if isinstance(term, ox.NamedNode):
        return symbol(term.value)
    if not isinstance(term, ox.Literal) or term.direction is not None:
        raise TypeError
    if term not in _literals:
        _literals[term] = _literal(term)
    return _literals[term]


def _literal(term: ox.Literal) -> Literal:
    if term.language is not None:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(term.value) if datatype == _STRING else Literal(term.value, datatype=symbol(datatype))
