"""The SPARQL texts of shapes are read, and whatever SHACL forbids in them is found."""

import pytest
from rdflib import SH, Graph, Literal, URIRef

from wakhan.findings import Result
from wakhan.lint.constraints import RULES, check_constraints
from wakhan.lint.project import Project

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DECLARED = """
:all owl:imports :more . :more sh:declare [ sh:prefix "p" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .
"""
ONTOLOGY = (
    '<https://example.org/> a owl:Ontology . :knows a owl:ObjectProperty . :Person a owl:Class ; rdfs:label "person" .'
)


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def find(shapes: str) -> list[Result]:
    return list(check_constraints(Project(parse(ONTOLOGY), parse(DECLARED + shapes), parse(""), {})))


def constraint(select: str, more: str = "") -> str:
    return f':s sh:targetClass :Person ; sh:sparql :c . :c sh:prefixes :all ; {more} sh:select """{select}""" .'


def validator(ask: str) -> str:
    return f':v sh:parameter [ sh:path :limit ] ; sh:validator :c . :c sh:prefixes :all ; sh:ask """{ask}""" .'


WRONG = [
    ("sparql-syntax", constraint("SELECT $this WHERE { $this p:knows }")),
    ("sparql-syntax", constraint("SELECT $this WHERE { $this p:knows ?x FILTER(?x >) }")),
    ("sparql-syntax", constraint("")),
    ("sparql-prefix", constraint("SELECT $this WHERE { $this q:knows ?x }")),
    ("sparql-prefix", ":s sh:sparql :c . :c sh:select 'SELECT $this { $this p:knows ?x }' ."),
    ("sparql-select", constraint("SELECT ?x WHERE { $this p:knows ?x }")),
    ("sparql-select", constraint("SELECT $this ?value WHERE { $this p:knows ?vale }")),
    ("sparql-select", constraint("ASK { $this p:knows ?x }")),
    ("sparql-select", ":s sh:target :c . :c sh:prefixes :all ; sh:select 'SELECT ?x { ?x p:knows ?y }' ."),
    ("sparql-select", ":s sh:target :c . :c sh:prefixes :all ; sh:select 'SELECT * { ?x p:knows ?y }' ."),
    ("sparql-pre-binding", constraint("SELECT $this WHERE { $this p:knows ?x MINUS { ?x p:knows ?y } }")),
    ("sparql-pre-binding", constraint("SELECT $this WHERE { $this p:knows ?x FILTER EXISTS { ?x ?y ?z MINUS {} } }")),
    ("sparql-pre-binding", constraint("SELECT $this WHERE { $this p:knows ?x VALUES ?x { p:Person } }")),
    ("sparql-pre-binding", constraint("SELECT $this WHERE { $this p:knows ?x } VALUES ?x { p:Person }")),
    ("sparql-pre-binding", constraint("SELECT $this WHERE { SERVICE <https://a.org/> { $this p:knows ?x } }")),
    ("sparql-pre-binding", constraint("SELECT $this WHERE { BIND (1 AS $this) }")),
    ("sparql-pre-binding", constraint("SELECT (1 AS $this) WHERE { ?x p:knows ?y }")),
    ("sparql-pre-binding", constraint("SELECT $this WHERE { { SELECT ?x { ?x p:knows ?y } } }")),
    ("sparql-pre-binding", constraint("SELECT $this WHERE { { SELECT * { $this p:knows ?y } } }")),
    ("sparql-pre-binding", validator("ASK { { SELECT $this ?value { $this p:knows ?value } } }")),
    ("sparql-pre-binding", validator("ASK { BIND (1 AS ?value) }")),
    ("sparql-pre-binding", validator("ASK { BIND (1 AS ?limit) }")),
    ("undeclared-term", constraint("SELECT $this WHERE { $this p:knwos ?x }")),
]


@pytest.mark.parametrize(("rule", "shapes"), WRONG)
def test_a_mistake_is_found_at_the_text(rule: str, shapes: str) -> None:
    assert [(r.rule, r.focus) for r in find(shapes)] == [(rule, URIRef("https://example.org/c"))]
    assert find(shapes)[0].triples[0][1] in (SH.select, SH.ask)


RIGHT = [
    constraint("SELECT $this ?value WHERE { $this p:knows ?value . FILTER NOT EXISTS { ?value a p:Person } }"),
    constraint("SELECT $this (?x AS ?value) ?path WHERE { $this ?path ?x # MINUS {\n FILTER (?x != 'VALUES') }"),
    constraint("SELECT $this WHERE { { SELECT $this (COUNT(?x) AS ?n) { $this p:knows ?x } GROUP BY $this } }"),
    constraint("SELECT $this WHERE { { SELECT $this { $this p:knows ?x } } FILTER (bound($currentShape)) }"),
    constraint("SELECT * WHERE { $this p:knows ?x }"),
    constraint("PREFIX q: <https://example.org/> SELECT $this WHERE { $this q:knows+/^q:knows ?x }"),
    ":s sh:property [ sh:path :knows ; sh:sparql :c ] . :c sh:select 'SELECT $this ?value { $this $PATH ?value }' .",
    ":s sh:property [ sh:path :knows ; sh:sparql :c ] . :c sh:select 'SELECT $this { $this $PATH/$PATH ?x }' .",
    ":s sh:target :c . :c sh:prefixes :all ; sh:select 'SELECT ?this { ?this p:knows ?y MINUS { ?y p:knows ?z } }' .",
    ":s sh:rule :c . :c sh:prefixes :all ; sh:construct 'CONSTRUCT { $this p:knows ?y } { ?y p:knows $this }' .",
    validator("ASK { FILTER (?value > $limit) }"),
    constraint("SELECT $this WHERE { FILTER (STRSTARTS(STR($this), STR(p:))) }"),
    constraint("SELECT $this ?a ?b WHERE { { $this p:knows ?a } UNION { $this p:knows ?b } }"),
]


@pytest.mark.parametrize("shapes", RIGHT)
def test_what_shacl_allows_is_left_in_peace(shapes: str) -> None:
    assert find(shapes) == []


def test_the_line_of_the_mistake_is_told() -> None:
    (result,) = find(constraint("SELECT $this\nWHERE {\n  $this p:knows\n}"))
    assert "line 3 of the query, '$this p:knows'" in result.message


@pytest.mark.parametrize(
    "shapes",
    [
        ":s sh:sparql :c . :c sh:prefixes :elsewhere ; sh:select 'SELECT $this { $this p:knows ?x }' .",
        constraint("SELECT $this { $this q:knows ?x }") + ":more owl:imports <urn:elsewhere> .",
        "[] sh:select 'SELECT * { ?x p:knows ?y }' .",  # nobody knows what it is for
    ],
)
def test_a_prefix_that_may_be_declared_elsewhere_is_a_warning(shapes: str) -> None:
    assert [(result.rule, result.severity) for result in find(shapes)] == [("sparql-prefix", "warning")]


def test_a_misspelt_prefix_is_told_with_the_right_one() -> None:
    (result,) = find(constraint("SELECT $this { $this P:knows ?x }"))
    assert result.hint == "Did you mean p:?"


def test_a_misspelt_term_is_told_with_the_right_one() -> None:
    (result,) = find(constraint("SELECT $this { $this p:knwos ?x . ?x p:knwos ?y }"))
    assert (result.severity, result.hint) == ("violation", "Did you mean :knows?")


def test_a_variable_that_nothing_binds_is_told_with_the_right_one() -> None:
    (result,) = find(constraint("SELECT $this ?value WHERE { $this p:knows ?vale }"))
    assert (result.severity, result.hint) == ("warning", "Did you mean ?vale?")


@pytest.mark.parametrize(
    ("shown", "wrong"), [("{?x}", True), ("{$x}", True), ("{?value} of {$this} by {?path}", False)]
)
def test_a_message_shows_only_what_the_query_gives(shown: str, wrong: bool) -> None:
    found = find(constraint("SELECT $this ?value { $this p:knows ?value , ?x }", f"sh:message 'see {shown}' ;"))
    assert [(r.rule, r.triples[0][1]) for r in found] == [("sparql-message", SH.message)] * wrong


def test_values_in_a_rule_are_a_warning() -> None:
    construct = "CONSTRUCT { $this p:knows ?x } { VALUES ?x { p:Person } }"
    (result,) = find(f":s sh:rule :c . :c sh:prefixes :all ; sh:construct '{construct}' .")
    assert (result.rule, result.severity) == ("sparql-pre-binding", "warning")


def test_prefixes_that_import_each_other_are_read_once() -> None:
    assert find(constraint("SELECT $this { $this p:knows ?x }") + ":more owl:imports :all .") == []


def test_a_text_that_is_none_is_left_to_another_rule() -> None:
    assert find(":s sh:sparql [ sh:select :nothing ] .") == []
    assert Literal("x") not in parse("").objects()


def test_each_rule_has_an_example() -> None:
    assert {rule for rule, _ in WRONG} - {"undeclared-term"} == set(RULES) - {"sparql-message"}
