"""Data and object restrictions are told apart, and problems are named by the triple inside the expression."""

import pytest
from rdflib import OWL, RDFS, XSD, Graph, URIRef

from wakhan.lint.expressions import EQUAL, SUB, SUPER, class_problems, is_data, range_problems

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
A = URIRef("https://example.org/A")


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


@pytest.mark.parametrize(
    ("part", "places"),
    [
        ("owl:someValuesFrom :B", {SUB}),
        ("owl:allValuesFrom :B", {SUPER}),
        ("owl:hasValue :b", {SUB, SUPER, EQUAL}),
        ("owl:maxCardinality 1", {SUPER}),
        ("owl:minCardinality 1", set()),
        ("owl:hasSelf true", set()),
    ],
)
def test_a_restriction_has_its_places(part: str, places: set[str]) -> None:
    graph = parse(f":A rdfs:subClassOf [ owl:onProperty :p ; {part} ] .")
    ((_, via, node),) = graph.triples((A, RDFS.subClassOf, None))
    assert {
        place for place in (SUB, SUPER, EQUAL) if not list(class_problems(graph, node, place, (A, via, node)))
    } == places


@pytest.mark.parametrize(
    ("filler", "more", "data"),
    [
        ("xsd:string", "", True),
        (":B", "", False),
        (":B", ":p a owl:DatatypeProperty .", True),
        (":T", ":T a rdfs:Datatype .", True),
        ("xsd:string", ":p a owl:ObjectProperty .", False),
    ],
)
def test_a_data_restriction_is_known_by_property_or_filler(filler: str, more: str, data: bool) -> None:
    graph = parse(f":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom {filler} ] . {more}")
    ((node, _, value),) = graph.triples((None, OWL.someValuesFrom, None))
    assert is_data(graph, node, value) == data


def test_a_range_in_a_range_is_looked_into() -> None:
    graph = parse(":d rdfs:range [ owl:intersectionOf ( xsd:string owl:real ) ] .")
    ((prop, via, node),) = graph.triples((None, RDFS.range, None))
    (problem,) = range_problems(graph, node, (prop, via, node))
    assert (problem.rule, problem.triple[1]) == ("rl-range", OWL.intersectionOf)
    assert list(range_problems(graph, XSD.string, (prop, via, node))) == []
