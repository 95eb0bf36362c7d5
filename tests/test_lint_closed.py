"""A closed shape that forbids what is demanded is found, with what demands it and what closes it."""

import pytest
from rdflib import Graph

from wakhan.findings import Result
from wakhan.lint.closed import RULES, check_closed
from wakhan.lint.project import Project

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
CLOSED = ":s sh:closed true ; sh:ignoredProperties ( rdf:type ) ; "
NEEDS = " sh:property [ sh:path :q ; sh:minCount 1 ] . "


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def find(shapes: str) -> list[Result]:
    ontology = ":Cat rdfs:subClassOf :Pet . :Pet rdfs:subClassOf :Animal , :Pet ."
    return list(check_closed(Project(parse(ontology), parse(shapes), parse(""), {})))


WRONG = [
    (CLOSED + "sh:node :t . :t" + NEEDS, "minCount closed"),
    (CLOSED + "sh:and ( [ sh:path :q ; sh:hasValue 1 ] ) .", "hasValue closed"),
    (":u sh:node :s , :t . :s sh:closed true . :t" + NEEDS, "minCount closed"),
    (CLOSED + "sh:targetClass :Cat . :t sh:targetClass :Cat ;" + NEEDS, "minCount closed"),
    (CLOSED + "sh:targetClass :Cat . :t sh:targetClass :Animal ;" + NEEDS, "minCount closed"),
    (CLOSED + "sh:targetClass :Cat . :Pet a owl:Class , sh:NodeShape ;" + NEEDS, "minCount closed"),
    (":s sh:targetClass :Cat ; sh:closed true ; sh:property [ sh:path :q ] .", "closed targetClass"),
    (":Cat a sh:NodeShape , owl:Class ; sh:closed true .", "closed type"),
]


@pytest.mark.parametrize(("shapes", "culprits"), WRONG)
def test_what_is_forbidden_and_demanded_is_found_with_both(shapes: str, culprits: str) -> None:
    found = [
        (result.rule, result.severity, [str(triple[1]).rpartition("#")[2] for triple in result.triples])
        for result in find(shapes)
    ]
    assert found == [("closed-shape", "violation", culprits.split())]


RIGHT = [
    CLOSED + "sh:targetClass :Cat ;" + NEEDS,
    CLOSED + "sh:property [ sh:path :q ] ; sh:node :t . :t" + NEEDS,
    ":s sh:closed true ; sh:ignoredProperties ( rdf:type :q ) ; sh:targetClass :Cat ; sh:node :t . :t" + NEEDS,
    CLOSED + "sh:node :t . :t sh:property [ sh:path :q ; sh:maxCount 1 ] .",
    CLOSED + "sh:node :t . :t sh:property [ sh:path [ sh:inversePath :q ] ; sh:minCount 1 ] .",
    CLOSED + "sh:node :t . :t sh:deactivated true ;" + NEEDS,
    CLOSED + "sh:or ( :t ) . :t" + NEEDS,
    CLOSED + "sh:targetClass :Pet . :t sh:targetClass :Cat ;" + NEEDS,  # not each pet is a cat
    CLOSED + "sh:deactivated true ; sh:node :t . :t" + NEEDS,
    ":s sh:closed false ; sh:targetClass :Cat . :t sh:targetClass :Cat ;" + NEEDS,
    ":s sh:closed true ; sh:property [ sh:path rdf:type ] ; sh:targetClass :Cat .",
    ":s sh:closed true ; sh:targetNode :tom .",
    ":s sh:closed 'yes' ; sh:targetClass :Cat .",
]


@pytest.mark.parametrize("shapes", RIGHT)
def test_what_can_be_met_is_left_in_peace(shapes: str) -> None:
    assert find(shapes) == []


def test_what_is_demanded_with_less_than_a_violation_is_a_warning() -> None:
    demand = ":t sh:property [ sh:path :q ; sh:minCount 1 ; sh:severity sh:Info ] ."
    assert [result.severity for result in find(CLOSED + "sh:node :t . " + demand)] == ["warning"]


def test_each_rule_is_known() -> None:
    assert set(RULES) == {"closed-shape"}
