"""RDF/XML says all that a graph says, the same bytes each time, or says why it cannot."""

import random

import pytest
from rdflib import RDF, Graph, Literal, URIRef

from wakhan.errors import WakhanError
from wakhan.export import canonical, to_ntriples
from wakhan.formats import Editions
from wakhan.formats.rdfxml import to_rdfxml
from wakhan.names import ID, WK

NASTY = """
@prefix : <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:a a :C , :B ; rdfs:label "x < y & 'z' \\"q\\" ]]> \\n é"@en-GB , "" ; :n 1 , 1.0 , true ;
    :p [ :q ( 1 :b [ :r "x" ] ) ] .
:b :p :a .
"""


def test_it_says_the_same() -> None:
    graph = Graph().parse(data=NASTY, format="turtle")
    assert to_ntriples(Graph().parse(data=to_rdfxml(canonical(graph)), format="xml")) == to_ntriples(graph)


def test_one_graph_has_one_text_whatever_the_order_of_its_triples() -> None:
    triples = list(canonical(Graph().parse(data=NASTY, format="turtle")))
    texts = set()
    for seed in range(5):
        random.Random(seed).shuffle(triples)
        graph = Graph()
        for triple in triples:
            graph.add(triple)
        texts.add(to_rdfxml(graph))
    assert len(texts) == 1


@pytest.mark.parametrize("name", ["1", "a/", "a#1", "-"])
def test_a_property_without_a_name_in_xml_is_an_error(name: str) -> None:
    graph = Graph()
    graph.add((ID.a, URIRef(f"https://example.org/{name}"), Literal("x")))
    with pytest.raises(WakhanError, match="RDF/XML has no name for the property <https://example"):
        to_rdfxml(graph)


def test_elements_have_the_names_of_types_and_only_prefixes_that_are_used_are_declared(editions: Editions) -> None:
    text = to_rdfxml(editions.graph("facts")).decode()
    assert '<wk:State rdf:about="https://w3id.org/wakhan/id/tajikistan">' in text
    assert '<wk:memberOf rdf:resource="https://w3id.org/wakhan/id/csto"/>' in text
    assert 'xmlns:wk="https://w3id.org/wakhan/ontology#"' in text
    assert "xmlns:claim=" not in text
    assert text.index("<owl:Ontology") < text.index("<owl:Class") < text.index("<wk:State")


def test_every_property_of_every_edition_has_a_name(editions: Editions) -> None:
    for name in ("inferred", "shapes"):
        assert to_rdfxml(editions.graph(name)).startswith(b"<?xml")
    assert (None, RDF.type, WK.Claim) in editions.graph("inferred")
