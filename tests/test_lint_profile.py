"""What is not in OWL 2 RL is found at its triple, and what is in it is left in peace."""

import pytest
from rdflib import BNode, Graph
from rdflib.term import Node

from wakhan.findings import Result
from wakhan.lint.profile import RULES, check_profile
from wakhan.lint.project import Project
from wakhan.names import Triple, curie

PREFIXES = """
@prefix : <https://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
PROMISE = "<https://example.org/> a owl:Ontology ; dcterms:conformsTo <http://www.w3.org/ns/owl-profile/RL> . "
TERMS = ":p a owl:ObjectProperty . :d a owl:DatatypeProperty . :A a owl:Class . :B a owl:Class . "
SOME, ALL = "[ owl:onProperty :p ; owl:someValuesFrom :B ]", "[ owl:onProperty :p ; owl:allValuesFrom :B ]"
UNION = "[ owl:unionOf ( :A :B ) ]"


def find(ontology: str, promise: str = PROMISE) -> list[Result]:
    graph = Graph(bind_namespaces="none").parse(data=PREFIXES + promise + TERMS + ontology, format="turtle")
    nothing = Graph(bind_namespaces="none")
    return list(check_profile(Project(graph, nothing, nothing, {})))


def written(triple: Triple) -> str:
    names = Graph(bind_namespaces="none").parse(data=PREFIXES, format="turtle")

    def write(node: Node) -> str:
        return "[]" if isinstance(node, BNode) else curie(node, names)

    return " ".join(map(write, triple))


OUTSIDE = [
    ("rl-class", f":A rdfs:subClassOf {SOME} .", "[] owl:someValuesFrom :B"),
    ("rl-class", f":A rdfs:subClassOf {UNION} .", "[] owl:unionOf []"),
    ("rl-class", ":A rdfs:subClassOf [ owl:oneOf ( :a ) ] .", "[] owl:oneOf []"),
    ("rl-class", f":A rdfs:subClassOf [ owl:intersectionOf ( :B {SOME} ) ] .", "[] owl:someValuesFrom :B"),
    ("rl-class", f":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom {UNION} ] .", "[] owl:unionOf []"),
    ("rl-class", f":A rdfs:subClassOf [ owl:complementOf {ALL} ] .", "[] owl:allValuesFrom :B"),
    (
        "rl-class",
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 2 ] .",
        '[] owl:maxCardinality "2"^^xsd:integer',
    ),
    (
        "rl-class",
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality 1 ] .",
        '[] owl:minCardinality "1"^^xsd:integer',
    ),
    (
        "rl-class",
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:cardinality 1 ] .",
        '[] owl:cardinality "1"^^xsd:integer',
    ),
    ("rl-class", ":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasSelf true ] .", '[] owl:hasSelf "true"^^xsd:boolean'),
    (
        "rl-class",
        f":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; owl:onClass {ALL} ] .",
        "[] owl:allValuesFrom :B",
    ),
    ("rl-class", f"{ALL} rdfs:subClassOf :A .", "[] owl:allValuesFrom :B"),
    ("rl-class", "[ owl:complementOf :B ] rdfs:subClassOf :A .", "[] owl:complementOf :B"),
    (
        "rl-class",
        "[ owl:onProperty :p ; owl:someValuesFrom [ owl:complementOf :B ] ] rdfs:subClassOf :A .",
        "[] owl:complementOf :B",
    ),
    ("rl-class", f":A owl:equivalentClass {SOME} .", "[] owl:someValuesFrom :B"),
    ("rl-class", f":A owl:equivalentClass [ owl:intersectionOf ( :B {ALL} ) ] .", "[] owl:allValuesFrom :B"),
    ("rl-class", ":A owl:unionOf ( :B :C ) .", ":A owl:unionOf []"),
    ("rl-class", f":A owl:intersectionOf ( :B {SOME} ) .", "[] owl:someValuesFrom :B"),
    ("rl-class", f":A owl:disjointWith {ALL} .", "[] owl:allValuesFrom :B"),
    ("rl-class", f"[] a owl:AllDisjointClasses ; owl:members ( :A {ALL} ) .", "[] owl:allValuesFrom :B"),
    ("rl-class", f"{ALL} owl:disjointWith :A .", "[] owl:allValuesFrom :B"),
    ("rl-class", f"{ALL} owl:equivalentClass :A .", "[] owl:allValuesFrom :B"),
    ("rl-class", f":p rdfs:domain {UNION} .", "[] owl:unionOf []"),
    ("rl-class", f":p rdfs:range {UNION} .", "[] owl:unionOf []"),
    ("rl-class", f":a a {SOME} .", "[] owl:someValuesFrom :B"),
    ("rl-class", f"{ALL} owl:hasKey ( :p ) .", "[] owl:allValuesFrom :B"),
    (
        "rl-class",
        ":A rdfs:subClassOf [ owl:onProperties ( :d :e ) ; owl:allValuesFrom xsd:string ] .",
        "[] owl:allValuesFrom xsd:string",
    ),
    ("rl-axiom", ":A owl:disjointUnionOf ( :B :C ) .", ":A owl:disjointUnionOf []"),
    ("rl-axiom", ":p a owl:ReflexiveProperty .", ":p rdf:type owl:ReflexiveProperty"),
    ("rl-property", ":p rdfs:subPropertyOf owl:topObjectProperty .", ":p rdfs:subPropertyOf owl:topObjectProperty"),
    ("rl-property", ":a owl:topObjectProperty :b .", ":a owl:topObjectProperty :b"),
    ("rl-range", ":d rdfs:range owl:real .", ":d rdfs:range owl:real"),
    ("rl-range", ":d rdfs:range [ a rdfs:Datatype ; owl:oneOf ( 1 2 ) ] .", "[] owl:oneOf []"),
    ("rl-range", ":d rdfs:range [ a rdfs:Datatype ; owl:unionOf ( xsd:string xsd:date ) ] .", "[] owl:unionOf []"),
    (
        "rl-range",
        ":T a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; "
        "owl:withRestrictions ( [ xsd:minInclusive 1 ] ) ] .",
        "[] owl:onDatatype xsd:integer",
    ),
    (
        "rl-range",
        "[ owl:onProperty :d ; owl:someValuesFrom owl:rational ] rdfs:subClassOf :A .",
        "[] owl:someValuesFrom owl:rational",
    ),
    ("owl-range", ":p rdfs:range xsd:string .", ":p rdfs:range xsd:string"),
    ("owl-range", ":d rdfs:range :A .", ":d rdfs:range :A"),
    ("owl-kinds", ":p a owl:DatatypeProperty .", ":p rdf:type owl:DatatypeProperty"),
    ("owl-kinds", ":p a owl:AnnotationProperty .", ":p rdf:type owl:AnnotationProperty"),
    ("owl-kinds", ":A a rdfs:Datatype .", ":A rdf:type rdfs:Datatype"),
    ("owl-syntax", ":A rdfs:subClassOf [ ] .", ":A rdfs:subClassOf []"),
    ("owl-syntax", ":A rdfs:subClassOf [ owl:allValuesFrom :B ] .", "[] owl:allValuesFrom :B"),
    ("owl-syntax", ':A rdfs:subClassOf "B" .', ':A rdfs:subClassOf "B"'),
    ("owl-syntax", ":A rdfs:subClassOf _:c . _:c owl:intersectionOf ( :B _:c ) .", "[] owl:intersectionOf []"),
    ("owl-syntax", ':d rdfs:range "string" .', ':d rdfs:range "string"'),
    ("owl-simple", ":p a owl:TransitiveProperty , owl:FunctionalProperty .", ":p rdf:type owl:FunctionalProperty"),
    ("owl-simple", ":p a owl:TransitiveProperty , owl:IrreflexiveProperty .", ":p rdf:type owl:IrreflexiveProperty"),
    (
        "owl-simple",
        ":p a owl:AsymmetricProperty ; owl:propertyChainAxiom ( :q :r ) .",
        ":p rdf:type owl:AsymmetricProperty",
    ),
    (
        "owl-simple",
        ":q a owl:TransitiveProperty ; rdfs:subPropertyOf :p . :p a owl:FunctionalProperty .",
        ":p rdf:type owl:FunctionalProperty",
    ),
    (
        "owl-simple",
        ":q a owl:TransitiveProperty ; owl:inverseOf :p . :p owl:propertyDisjointWith :r .",
        ":p owl:propertyDisjointWith :r",
    ),
    (
        "owl-simple",
        ":p a owl:TransitiveProperty . [] a owl:AllDisjointProperties ; owl:members ( :p :r ) .",
        "[] owl:members []",
    ),
    (
        "owl-simple",
        ":p a owl:TransitiveProperty . :A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] .",
        "[] owl:onProperty :p",
    ),
    ("rl-thing", ":A rdfs:subClassOf owl:Thing .", ":A rdfs:subClassOf owl:Thing"),
    ("rl-thing", ":p rdfs:domain owl:Thing .", ":p rdfs:domain owl:Thing"),
    ("rl-datatype", ":d rdfs:range xsd:date .", ":d rdfs:range xsd:date"),
]


@pytest.mark.parametrize(("rule", "ontology", "triple"), OUTSIDE)
def test_what_is_outside_is_found_at_its_triple(rule: str, ontology: str, triple: str) -> None:
    severity = "info" if rule in ("rl-thing", "rl-datatype") else "violation"
    found = [(result.rule, result.severity, written(result.triples[0])) for result in find(ontology)]
    assert found == [(rule, severity, triple)]


INSIDE = [
    f"{SOME} rdfs:subClassOf :A . {UNION} rdfs:subClassOf :B . [ owl:oneOf ( :a ) ] rdfs:subClassOf :A .",
    "[ owl:onProperty :p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf :A .",
    "[ owl:onProperty [ owl:inverseOf :p ] ; owl:someValuesFrom :B ] rdfs:subClassOf :A .",
    "[ owl:onProperty :d ; owl:someValuesFrom xsd:string ] rdfs:subClassOf :A .",
    "[ owl:onProperty :p ; owl:hasValue :a ] rdfs:subClassOf [ owl:onProperty :d ; owl:hasValue 1 ] .",
    f":A rdfs:subClassOf {ALL} , [ owl:complementOf {SOME} ] , [ owl:intersectionOf ( :B {ALL} ) ] .",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality '1'^^xsd:nonNegativeInteger ] .",
    f":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass {UNION} ] .",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; owl:onClass owl:Thing ] .",
    ":A rdfs:subClassOf [ owl:onProperty :d ; owl:maxQualifiedCardinality 1 ; owl:onDataRange xsd:string ] .",
    ":A owl:equivalentClass :C , [ owl:intersectionOf ( :B [ owl:onProperty :p ; owl:hasValue :b ] ) ] .",
    f":A owl:disjointWith :B , {SOME} . [] a owl:AllDisjointClasses ; owl:members ( :A :B {UNION} ) .",
    ":A owl:hasKey ( :p :d ) . :A owl:intersectionOf ( :B :C ) .",
    ":p rdfs:domain :A ; rdfs:range :B , [ owl:complementOf :A ] . :d rdfs:domain :A ; rdfs:range xsd:string .",
    ":d rdfs:range [ a rdfs:Datatype ; owl:intersectionOf ( xsd:decimal xsd:integer ) ] .",
    ":T a rdfs:Datatype ; owl:equivalentClass xsd:string . :d rdfs:range :T .",
    ":n a owl:AnnotationProperty ; rdfs:range xsd:string ; rdfs:domain [ ] .",
    ":p a owl:TransitiveProperty , owl:SymmetricProperty . :q a owl:FunctionalProperty , owl:ObjectProperty .",
    ":p a owl:TransitiveProperty ; rdfs:subPropertyOf :q . :r a owl:FunctionalProperty ; rdfs:subPropertyOf :q .",
    ":p owl:propertyChainAxiom ( :q :r ) . :q a owl:FunctionalProperty .",
    ":A a owl:ObjectProperty . :a a :A , owl:NamedIndividual . :d a rdf:Property .",  # punning that OWL 2 allows
    ":e rdfs:range xsd:string .",  # of a property that nobody has said to be of a kind
]


@pytest.mark.parametrize("ontology", INSIDE)
def test_what_is_inside_is_left_in_peace(ontology: str) -> None:
    assert find(ontology) == []


@pytest.mark.parametrize(("axioms", "severity"), [(2, "info"), (30, "warning")])
def test_without_the_promise_it_is_only_a_warning_where_most_is_in_the_profile(axioms: int, severity: str) -> None:
    rest = "".join(f":C{number} rdfs:subClassOf :A . " for number in range(axioms))
    assert [result.severity for result in find(f":A rdfs:subClassOf {SOME} . {rest}", promise="")] == [severity]


def test_terms_of_two_kinds_are_always_a_violation() -> None:
    assert [result.severity for result in find(":p a owl:DatatypeProperty .", promise="")] == ["violation"]


def test_the_class_is_named_whose_expression_it_is() -> None:
    (result,) = find(f":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom {SOME} ] .")
    assert result.message == "Not in OWL 2 RL: :A: owl:someValuesFrom cannot stand for a superclass."


def test_a_list_in_a_circle_is_walked_once() -> None:
    found = find(f":A rdfs:subClassOf [ owl:intersectionOf _:l ] . _:l rdf:first {SOME} ; rdf:rest _:l .")
    assert [result.rule for result in found] == ["rl-class"]


def test_each_rule_has_an_example() -> None:
    assert {rule for rule, *_ in OUTSIDE} == set(RULES)
