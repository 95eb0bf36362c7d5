"""A shape that looks at nothing is found, and so is each term in a shape that nobody knows."""

import pytest
from rdflib import SH, BNode, Graph
from rdflib.term import Node

from wakhan.findings import Result
from wakhan.lint.project import Project
from wakhan.lint.targets import RULES, check_targets, dead_queries
from wakhan.names import Triple, curie

PREFIXES = """
@prefix : <https://example.org/> .
@prefix d: <https://example.org/data/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix far: <https://example.com/far#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGY = """
<https://example.org/> a owl:Ontology .
:Person a owl:Class . :Child a owl:Class ; rdfs:subClassOf :Person . :Unicorn a owl:Class . far:Thing a owl:Class .
:knows a owl:ObjectProperty . :likes a owl:ObjectProperty .
"""
DATA = "d:ann a :Child ; :knows d:bob ; foaf:name 'Ann' . d:bob a :Child ."


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def find(shapes: str, ontology: str = ONTOLOGY, data: str = DATA) -> list[Result]:
    return list(check_targets(Project(parse(ontology), parse(shapes), parse(data), {})))


def written(triple: Triple) -> str:
    def write(node: Node) -> str:
        return "[]" if isinstance(node, BNode) else curie(node, parse(""))

    return " ".join(map(write, triple))


WRONG = [
    ("dead-target", "info", ":s sh:targetClass :Unicorn .", ":s sh:targetClass :Unicorn"),
    ("dead-target", "info", ":s sh:targetClass foaf:Group .", ":s sh:targetClass foaf:Group"),
    ("dead-target", "warning", ":s sh:targetClass far:Other .", ":s sh:targetClass far:Other"),
    ("dead-target", "warning", ":s sh:targetNode d:ann , d:cat .", ":s sh:targetNode d:cat"),
    ("dead-target", "warning", ":s sh:targetNode d:cat .", ":s sh:targetNode d:cat"),
    ("dead-target", "info", ":s sh:targetSubjectsOf :likes .", ":s sh:targetSubjectsOf :likes"),
    ("dead-target", "info", ":s sh:targetObjectsOf :likes .", ":s sh:targetObjectsOf :likes"),
    ("dead-target", "info", ":s a sh:NodeShape , owl:Class .", ":s rdf:type owl:Class"),
    ("deactivated-shape", "info", ":s sh:deactivated true .", ':s sh:deactivated "true"^^xsd:boolean'),
    ("unused-shape", "warning", ":s a sh:NodeShape ; sh:class :Person .", ":s rdf:type sh:NodeShape"),
    ("unused-shape", "warning", ":s a sh:PropertyShape ; sh:path :knows .", ":s rdf:type sh:PropertyShape"),
    ("unused-shape", "warning", ":c a sh:SPARQLConstraint .", ":c rdf:type sh:SPARQLConstraint"),
    ("unknown-shape", "violation", ":s sh:node :t .", ":s sh:node :t"),
    ("unknown-shape", "violation", ":s sh:or ( [ sh:nodeKind sh:IRI ] :t ) .", "[] rdf:first :t"),
    ("unknown-shape", "violation", ":s sh:not :t ; sh:nodeKind sh:IRI .", ":s sh:not :t"),
    ("unknown-shape", "violation", ":s sh:sparql :c .", ":s sh:sparql :c"),
    ("unknown-shape", "warning", ":s sh:node far:t .", ":s sh:node far:t"),
    ("unknown-class", "warning", "[] sh:class foaf:Persn .", "[] sh:class foaf:Persn"),
    ("unknown-class", "violation", "[] sh:class :knows .", "[] sh:class :knows"),
    ("unknown-class", "warning", "[] sh:class far:Thin .", "[] sh:class far:Thin"),
    ("unknown-property", "warning", "[] sh:path dcterms:titel .", "[] sh:path dcterms:titel"),
    ("unknown-property", "info", "[] sh:path dcterms:zzz .", "[] sh:path dcterms:zzz"),
    ("unknown-property", "violation", "[] sh:path :Unicorn .", "[] sh:path :Unicorn"),
    ("unknown-property", "warning", "[] sh:path ( :knows dcterms:titel ) .", "[] rdf:first dcterms:titel"),
    ("unknown-property", "warning", "[] sh:path [ sh:inversePath foaf:knws ] .", "[] sh:inversePath foaf:knws"),
    (
        "unknown-property",
        "warning",
        "[] sh:path [ sh:alternativePath ( foaf:knows foaf:knws ) ] .",
        "[] rdf:first foaf:knws",
    ),
    ("unknown-property", "warning", "[] sh:lessThan dcterms:isued .", "[] sh:lessThan dcterms:isued"),
    ("unknown-property", "warning", "[] sh:targetSubjectsOf foaf:nme .", "[] sh:targetSubjectsOf foaf:nme"),
    ("unknown-property", "warning", ":s sh:ignoredProperties ( rdf:typ ) .", ":s sh:ignoredProperties []"),
    ("unknown-datatype", "violation", "[] sh:datatype xsd:sting .", "[] sh:datatype xsd:sting"),
    ("unknown-datatype", "violation", "[] sh:datatype rdf:langstring .", "[] sh:datatype rdf:langstring"),
]


@pytest.mark.parametrize(("rule", "severity", "shapes", "triple"), WRONG)
def test_what_leads_nowhere_is_found(rule: str, severity: str, shapes: str, triple: str) -> None:
    found = [(result.rule, result.severity, written(result.triples[0])) for result in find(shapes)]
    assert (rule, severity, triple) in found


RIGHT = [
    ":s sh:targetClass :Person .",  # by way of its subclass
    ":s sh:targetClass :Unicorn ; sh:deactivated false ; sh:targetNode d:ann ." + " d:ann a :Unicorn .",
    ":s sh:targetNode d:ann , 'Ann' .",
    ":s sh:targetClass :Child , :Unicorn .",  # one of the two is enough
    ":s sh:targetSubjectsOf foaf:name ; sh:targetObjectsOf :knows .",
    ":s a sh:NodeShape ; sh:targetClass :Child ; sh:property :p . :p a sh:PropertyShape ; sh:path :knows .",
    "[] a sh:NodeShape ; sh:targetClass :Child ; sh:or ( :t ) ; sh:property :p . :t a sh:NodeShape .",
    "[] sh:path <https://example.com/near#anything> .",  # of a vocabulary that nobody here knows
    "[] sh:path ( rdf:rest rdf:_1 ) .",
    "[] sh:datatype rdf:langString . [] sh:datatype xsd:dateTime . [] sh:datatype far:wkt .",
    "[] sh:parameter [ sh:path :maximum ; sh:datatype xsd:integer ] .",
    "[] sh:class :Person , :Unicorn , foaf:Person .",
    ":s sh:node [ ] , :t ; sh:sparql :c . :t sh:nodeKind sh:IRI . :c sh:select 'SELECT $this { }' .",
]


@pytest.mark.parametrize("shapes", RIGHT)
def test_what_leads_somewhere_is_left_in_peace(shapes: str) -> None:
    assert find(shapes) == []


def test_a_misspelt_class_is_told_with_the_right_one() -> None:
    (result,) = (result for result in find("[] sh:class foaf:Persn .") if result.rule == "unknown-class")
    assert result.hint == "Did you mean foaf:Person?"


def test_a_shape_that_is_switched_off_needs_no_target() -> None:
    found = find(":s sh:targetClass :Unicorn ; sh:deactivated true .")
    assert [result.rule for result in found] == ["deactivated-shape"]


def test_without_data_no_target_is_dead() -> None:
    assert find(":s sh:targetClass :Unicorn ; sh:targetNode d:cat .", data="") == []


def test_without_an_ontology_a_class_that_nobody_knows_is_no_reproach() -> None:
    (result,) = find(":s sh:targetClass far:Other .", ontology="")
    assert (result.rule, result.severity) == ("dead-target", "info")


def test_of_an_own_term_that_is_not_declared_another_rule_tells() -> None:
    assert find(":s sh:targetClass :Persn . [] sh:path :knws .") == []


QUERY_TARGET = """
d:s sh:target [ sh:prefixes d:all ; sh:select 'SELECT ?this { ?this a p:%s }' ] .
d:all sh:declare [ sh:prefix 'p' ; sh:namespace 'https://example.org/' ] .
"""


@pytest.mark.parametrize(("cls", "dead"), [("Child", 0), ("Unicorn", 1)])
def test_a_target_in_sparql_is_asked(cls: str, dead: int) -> None:
    found = list(dead_queries(Project(parse(ONTOLOGY), parse(QUERY_TARGET % cls), parse(DATA), {})))
    assert [(result.rule, result.triples[0][1]) for result in found] == [("dead-target", SH.select)] * dead


def test_each_rule_has_an_example() -> None:
    assert {rule for rule, *_ in WRONG} == set(RULES)
