"""Which terms are the ontology's own is seen from its header, or from what most of its terms have."""

import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.lint.project import Project, integer, items

PREFIXES = """
@prefix : <https://example.org/> .
@prefix far: <https://example.com/far#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
"""
MINE, FAR = "https://example.org/", "https://example.com/far#"


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def project(ontology: str, data: str = "") -> Project:
    return Project(parse(ontology), parse(""), parse(data), {})


@pytest.mark.parametrize(
    ("ontology", "own"),
    [
        ("<https://example.org> a owl:Ontology . :A a owl:Class . far:B a owl:Class .", {MINE}),
        (
            "far:o vann:preferredNamespaceUri 'https://example.org/' . :A a owl:Class . far:B a owl:Class .",
            {MINE},
        ),
        (
            "<https://example.com/far> a owl:Ontology . : a owl:Ontology . :A a owl:Class . far:B a owl:Class .",
            {MINE, FAR},
        ),
        (
            ":A a owl:Class ; rdfs:label 'a' . far:B a owl:Class . skos:C a owl:Class ; rdfs:label 'c' .",
            {MINE},
        ),
        ("", set()),
    ],
)
def test_the_own_namespaces_are_found(ontology: str, own: set[str]) -> None:
    assert project(ontology).own == own


def test_classes_and_properties_are_those_declared_and_those_used() -> None:
    both = project(":A a owl:Class . :p rdfs:subPropertyOf :q .", ":a a :B ; :r 1 .")
    names = {"A", "B"}
    assert {str(c)[len(MINE) :] for c in both.classes if str(c).startswith(MINE)} == names
    assert {str(p)[len(MINE) :] for p in both.properties if str(p).startswith(MINE)} == {"p", "q", "r"}


def test_a_term_of_two_types_is_declared_by_the_one_that_makes_it_a_term() -> None:
    term = URIRef(MINE + "p")
    declared = project(":p a :Aaa , owl:ObjectProperty .").declaration(term)
    assert declared == (term, RDF.type, URIRef("http://www.w3.org/2002/07/owl#ObjectProperty"))


@pytest.mark.parametrize(
    ("node", "number"),
    [
        (Literal(3), 3),
        (Literal("3"), None),
        (Literal(True), None),
        (Literal("x", datatype="http://www.w3.org/2001/XMLSchema#integer"), None),
        (Literal(1.5), None),
        (URIRef("urn:a"), None),
        (None, None),
    ],
)
def test_only_integers_are_integers(node: Node | None, number: int | None) -> None:
    assert integer(node) == number


def test_the_items_of_a_list_are_read_as_far_as_it_is_one() -> None:
    graph = parse(":s :p ( 1 2 ) , _:c . _:c rdf:first 3 ; rdf:rest _:c . :t :p _:o . _:o rdf:first 4 .")
    lists = [items(graph, head) for head in graph.objects(None, URIRef(MINE + "p"))]
    assert sorted([int(str(item)) for item in each] for each in lists) == [[1, 2], [3], [4]]
    assert items(graph, BNode()) == []
