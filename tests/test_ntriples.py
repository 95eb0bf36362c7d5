"""Terms are written as N-Triples does, so that a parser gives them back."""

import pyoxigraph as ox
import pytest
from rdflib import XSD, Literal, URIRef
from rdflib.term import Node

from wakhan.export import node_of
from wakhan.ntriples import line_of, lines_of, text_of

TERMS = [
    URIRef("https://example.org/a"),
    Literal('a "quoted" \\ text\r\nof two lines'),
    Literal("soon", lang="en"),
    Literal("01", datatype=XSD.integer, normalize=False),
    Literal("a hundred", datatype=XSD.integer, normalize=False),
]


@pytest.mark.parametrize("term", TERMS, ids=range(len(TERMS)))
def test_a_parser_gives_back_what_was_written(term: Node) -> None:
    subject, predicate = URIRef("urn:s"), URIRef("urn:p")
    (quad,) = ox.parse(line_of((subject, predicate, term)).encode(), format=ox.RdfFormat.N_TRIPLES)
    assert node_of(quad.object) == term
    assert text_of(term) in line_of((subject, predicate, term))


def test_many_triples_are_the_lines_of_each() -> None:
    triples = [(URIRef("urn:s"), URIRef("urn:p"), term) for term in TERMS]
    assert lines_of(triples) == "".join(map(line_of, triples))
