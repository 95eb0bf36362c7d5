"""A shape that nothing can conform to is found with the triples that contradict each other, and no other shape is."""

import pytest
from rdflib import Graph

from wakhan.findings import Result
from wakhan.lint.contradictions import RULES, check_contradictions
from wakhan.lint.project import Project

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGY = """
:Cat rdfs:subClassOf :Animal . :Oak rdfs:subClassOf :Plant . :Animal owl:disjointWith :Plant .
[] a owl:AllDisjointClasses ; owl:members ( :Animal :Stone ) .
"""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def find(shapes: str) -> list[Result]:
    return list(check_contradictions(Project(parse(ONTOLOGY), parse(shapes), parse(""), {})))


def of(*properties: str) -> str:
    """Return a shape with these property shapes, all of the path :q."""
    return "".join(f":s sh:property [ sh:path :q ; {text} ] . " for text in properties)


WRONG = [
    (of("sh:minCount 2 ; sh:maxCount 1"), "minCount maxCount"),
    (of("sh:minCount 1", "sh:maxCount 0"), "minCount maxCount"),
    (of("sh:hasValue 1 , 2 ; sh:maxCount 1"), "hasValue hasValue maxCount"),
    (of("sh:maxCount 1") + ":s sh:node :t . :t sh:property [ sh:path :q ; sh:minCount 2 ] .", "minCount maxCount"),
    (
        ":s sh:and ( [ sh:path :q ; sh:maxCount 0 ] [ sh:property [ sh:path :q ; sh:minCount 1 ] ] ) .",
        "minCount maxCount",
    ),
    (
        ":s sh:property [ sh:path ( :a :b ) ; sh:minCount 1 ] , [ sh:path ( :a :b ) ; sh:maxCount 0 ] .",
        "minCount maxCount",
    ),
    (
        ":s sh:property [ sh:path :a ; sh:property [ sh:path :b ; sh:minCount 1 ] ] , "
        "[ sh:path :a ; sh:property [ sh:path :b ; sh:maxCount 0 ] ] .",
        "minCount maxCount",
    ),
    (
        of("sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 2 ; sh:maxCount 1"),
        "qualifiedMinCount maxCount",
    ),
    (
        of("sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 2 ; sh:qualifiedMaxCount 1"),
        "qualifiedMinCount qualifiedMaxCount",
    ),
    (of("sh:in ( 1 2 ) ; sh:minCount 3"), "minCount in"),
    (of("sh:in ( 1 2 ) ; sh:minCount 2", "sh:in ( 2 3 )"), "minCount in in"),
    (of("sh:datatype xsd:string ; sh:nodeKind sh:IRI"), "nodeKind datatype"),
    (of("sh:datatype xsd:string", "sh:class :C"), "datatype class"),
    (of("sh:nodeKind sh:Literal ; sh:class :C"), "nodeKind class"),
    (of("sh:nodeKind sh:IRI", "sh:nodeKind sh:BlankNodeOrLiteral"), "nodeKind nodeKind"),
    (of("sh:nodeKind sh:BlankNode ; sh:pattern 'a'"), "nodeKind pattern"),
    (of("sh:nodeKind sh:IRI ; sh:minInclusive 1"), "nodeKind minInclusive"),
    (of("sh:datatype xsd:string", "sh:datatype xsd:integer"), "datatype datatype"),
    (of("sh:datatype xsd:string ; sh:languageIn ( 'en' )"), "datatype languageIn"),
    (of("sh:node :t ; sh:datatype xsd:string") + ":t sh:datatype xsd:date .", "datatype datatype"),
    (of("sh:minLength 5 ; sh:maxLength 4"), "minLength maxLength"),
    (of("sh:minInclusive 5 ; sh:maxInclusive 4.5"), "minInclusive maxInclusive"),
    (of("sh:minExclusive 5 ; sh:maxInclusive 5"), "minExclusive maxInclusive"),
    (
        of("sh:minInclusive '2021-07-11'^^xsd:date ; sh:maxExclusive '2021-07-10'^^xsd:date"),
        "minInclusive maxExclusive",
    ),
    (of("sh:datatype xsd:date ; sh:minInclusive 5"), "datatype minInclusive"),
    (of("sh:in ( 1 2 )", "sh:in ( 3 4 )"), "in in"),
    (of("sh:in ( 1 2 ) ; sh:datatype xsd:string"), "in datatype"),
    (of("sh:in ( :a :b ) ; sh:nodeKind sh:Literal"), "in nodeKind"),
    (of("sh:in ( 'a' 'b' ) ; sh:class :C"), "in class"),
    (of("sh:in ( 'a' 'b' ) ; sh:pattern '^[cd]'"), "in pattern"),
    (of("sh:in ( 'a' 'b' ) ; sh:minLength 2"), "in minLength"),
    (of("sh:in ( 1 2 ) ; sh:minExclusive 2"), "in minExclusive"),
    (of("sh:hasValue 3 ; sh:in ( 1 2 )"), "hasValue in"),
    (of("sh:hasValue 3", "sh:datatype xsd:string"), "hasValue datatype"),
    (of("sh:hasValue 'ab' ; sh:maxLength 1"), "hasValue maxLength"),
    (of("sh:class :Cat , :Oak"), "class class disjointWith"),
    (of("sh:class :Cat", "sh:class :Stone"), "class class members"),
    (of("sh:equals :r ; sh:disjoint :r ; sh:minCount 1"), "equals disjoint"),
    (":s sh:node :t ; sh:not :t .", "not"),
    (":s sh:not :s .", "not"),
    (":s sh:nodeKind sh:Literal ; sh:property [ sh:path :q ; sh:minCount 1 ] .", "minCount nodeKind"),
]


@pytest.mark.parametrize(("shapes", "culprits"), WRONG)
def test_a_contradiction_is_found_with_all_that_make_it(shapes: str, culprits: str) -> None:
    found = [
        (result.severity, sorted(str(triple[1]).rpartition("#")[2] for triple in result.triples))
        for result in find(shapes)
        if result.rule == "unsatisfiable"
    ]
    assert found == [("violation", sorted(culprits.split()))]


RIGHT = [
    of("sh:minCount 1 ; sh:maxCount 1"),
    of("sh:minCount 1") + ":t sh:property [ sh:path :q ; sh:maxCount 0 ] .",  # another shape
    of("sh:minCount 1") + ":s sh:property [ sh:path :r ; sh:maxCount 0 ] .",  # another path
    of("sh:minCount 1") + ":s sh:or ( [ sh:property [ sh:path :q ; sh:maxCount 0 ] ] [ sh:class :C ] ) .",
    of("sh:minCount 1") + ":s sh:not [ sh:property [ sh:path :q ; sh:maxCount 0 ] ] .",
    of("sh:minCount 1", "sh:maxCount 0 ; sh:deactivated true"),
    of("sh:or ( [ sh:datatype xsd:string ] [ sh:datatype xsd:date ] ) ; sh:minCount 1"),
    of("sh:xone ( [ sh:datatype xsd:string ] [ sh:nodeKind sh:IRI ] )", "sh:minCount 1"),
    of("sh:datatype xsd:string ; sh:class :C ; sh:maxCount 0"),  # of no values anything is true
    of("sh:datatype xsd:integer ; sh:minInclusive 1 ; sh:maxExclusive 2 ; sh:nodeKind sh:Literal"),
    of("sh:datatype xsd:decimal ; sh:minInclusive 1"),
    of("sh:datatype xsd:dateTime ; sh:minInclusive '2021-07-10'^^xsd:date"),
    of("sh:nodeKind sh:IRIOrLiteral ; sh:pattern 'a' ; sh:minLength 1 ; sh:maxLength 1"),
    of("sh:nodeKind sh:IRI", "sh:nodeKind sh:BlankNodeOrIRI", "sh:class :Cat , :Animal"),
    of("sh:in ( 1 2 ) ; sh:minCount 1 ; sh:datatype xsd:integer", "sh:in ( 2 3 )"),
    of("sh:in ( 'a' 'b'@en ) ; sh:pattern '^A|^B' ; sh:flags 'i'"),
    of(r"sh:in ( 'a1' 'b' ) ; sh:pattern '\\d|b'"),
    of("sh:hasValue 1 , 2 ; sh:in ( 1 2 3 ) ; sh:maxCount 2"),
    of("sh:hasValue :a ; sh:class :C ; sh:nodeKind sh:IRI"),
    of("sh:languageIn ( 'en' ) ; sh:datatype rdf:langString ; sh:in ( 'a'@en )"),
    of("sh:class :Cat , :Stray"),
    of("sh:equals :r ; sh:disjoint :r"),  # conforms without any
    of("sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 ; sh:maxCount 3"),
    ":s sh:node :t ; sh:not :u . :t sh:class :C . :u sh:class :D .",
    ":s sh:nodeKind sh:Literal ; sh:property [ sh:path [ sh:inversePath :q ] ; sh:minCount 1 ] .",
]


@pytest.mark.parametrize("shapes", RIGHT)
def test_what_something_can_conform_to_is_left_in_peace(shapes: str) -> None:
    assert [result for result in find(shapes) if result.rule == "unsatisfiable"] == []


def test_the_message_names_the_shape_and_what_excludes_each_other() -> None:
    (result,) = find(of("sh:datatype xsd:string ; sh:nodeKind sh:IRI"))
    words = "The shape of :q in :s: nothing can have both sh:nodeKind sh:IRI and sh:datatype xsd:string."
    assert result.message == words


def test_a_value_that_is_allowed_in_vain_is_a_warning() -> None:
    (result,) = find(of("sh:in ( 1 'b' ) ; sh:datatype xsd:integer"))
    assert (result.rule, result.severity) == ("dead-value", "warning")
    assert '"b" is allowed, but does not have sh:datatype xsd:integer' in result.message


def test_a_contradiction_between_demands_that_are_no_violations_is_a_warning() -> None:
    (result,) = find(of("sh:minCount 2 ; sh:severity sh:Info", "sh:maxCount 1"))
    assert result.severity == "warning"


def test_a_contradiction_that_two_shapes_share_is_told_once() -> None:
    shared = ":s sh:node :t . :u sh:node :t . :t sh:property [ sh:path :q ; sh:minCount 2 ; sh:maxCount 1 ] ."
    assert len(find(shared)) == 1


@pytest.mark.parametrize(
    "shapes",
    [
        ":s sh:node :t . :t sh:node :s ; sh:property [ sh:path :q ; sh:node :s ] .",
        ":s sh:and _:l . _:l rdf:first :t ; rdf:rest _:l .",
        ":s sh:property [ sh:path 'q' ; sh:in 'a' ; sh:pattern '(' ; sh:minCount 'x' ; sh:class 'C' ] .",
        ":s sh:property _:p . :t sh:property _:p . _:p sh:path _:c ; sh:minCount 1 . _:c sh:inversePath _:c .",
        ":s sh:property [ sh:in _:l ; sh:path :q ] . _:l rdf:first 1 ; rdf:rest _:l .",
        ":s sh:minInclusive 'NaN'^^xsd:double ; sh:maxInclusive 1 ; sh:minLength -1 ; sh:property :s .",
        ":s sh:property [ sh:path :q ; sh:in ( 1 ) ; sh:minInclusive 'INF'^^xsd:float ] .",
    ],
)
def test_shapes_made_to_confuse_do_no_harm(shapes: str) -> None:
    assert [result for result in find(shapes) if result.rule == "unsatisfiable"] == []


def test_each_rule_has_a_name() -> None:
    assert set(RULES) == {"dead-value", "unsatisfiable"}
