"""Each mistake in the form of a shape is found at its triple, and what only looks like one is left in peace."""

import pytest
from rdflib import SH, BNode, Graph
from rdflib.term import Node

from wakhan.findings import Result
from wakhan.lint.project import Project
from wakhan.lint.shapes import RULES, check_shapes
from wakhan.names import Triple, curie

PREFIXES = """
@prefix : <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def find(shapes: str) -> list[Result]:
    graph = Graph(bind_namespaces="none").parse(data=PREFIXES + shapes, format="turtle")
    nothing = Graph(bind_namespaces="none")
    return list(check_shapes(Project(nothing, graph, nothing, {})))


def written(triple: Triple) -> str:
    names = Graph(bind_namespaces="none").parse(data=PREFIXES, format="turtle")

    def write(node: Node) -> str:
        return "[]" if isinstance(node, BNode) else curie(node, names)

    return " ".join(map(write, triple))


WRONG = [
    ("shape-parameter", ':p sh:path :q ; sh:minCount "1" .', ':p sh:minCount "1"'),
    ("shape-parameter", ":p sh:path :q ; sh:minCount -1 .", ':p sh:minCount "-1"^^xsd:integer'),
    ("shape-parameter", ":p sh:path :q ; sh:maxCount 1.0 .", ':p sh:maxCount "1.0"^^xsd:decimal'),
    ("shape-parameter", ":p sh:path :q ; sh:maxCount :one .", ":p sh:maxCount :one"),
    ("shape-parameter", ':s sh:closed "true" .', ':s sh:closed "true"'),
    ("shape-parameter", ':s sh:deactivated "yes"^^xsd:string .', ':s sh:deactivated "yes"^^xsd:string'),
    ("shape-parameter", ':s sh:pattern "a"@en .', ':s sh:pattern "a"@en'),
    ("shape-parameter", ":s sh:minInclusive :low .", ":s sh:minInclusive :low"),
    ("shape-parameter", ':s sh:class "Person" .', ':s sh:class "Person"'),
    ("shape-parameter", ":s sh:datatype [ ] .", ":s sh:datatype []"),
    ("shape-parameter", ":s sh:nodeKind sh:Iri .", ":s sh:nodeKind sh:Iri"),
    ("shape-parameter", ":s sh:nodeKind rdf:Resource .", ":s sh:nodeKind rdf:Resource"),
    ("shape-parameter", ":s sh:message :text .", ":s sh:message :text"),
    ("shape-parameter", ':s sh:node "other" .', ':s sh:node "other"'),
    ("shape-parameter", ":s sh:property :p . :p sh:datatype xsd:string .", ":s sh:property :p"),
    ("shape-parameter", ":s a sh:NodeShape ; sh:minCount 1 .", ':s sh:minCount "1"^^xsd:integer'),
    ("shape-parameter", ":s sh:datatype xsd:string , xsd:date .", ":s sh:datatype xsd:string"),
    ("shape-parameter", ":p sh:path :a , :b .", ":p sh:path :b"),
    ("shape-parameter", ":s a sh:NodeShape ; sh:path :q .", ":s sh:path :q"),
    ("shape-parameter", ":s a sh:PropertyShape .", ":s rdf:type sh:PropertyShape"),
    ("shape-list", ':s sh:in "a" .', ':s sh:in "a"'),
    ("shape-list", ":s sh:or :t .", ":s sh:or :t"),
    ("shape-list", ":s sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .", ":s sh:in []"),
    ("shape-list", ":s sh:in _:l . _:l rdf:first 1 ; rdf:rest :more .", ":s sh:in []"),
    ("shape-list", ":s sh:in _:l . _:l rdf:first 1 , 2 ; rdf:rest () .", ":s sh:in []"),
    ("shape-list", ":s sh:in _:l . _:l rdf:first 1 ; rdf:rest () , ( 2 ) .", ":s sh:in []"),
    ("shape-list", ":s sh:languageIn () .", ":s sh:languageIn rdf:nil"),
    ("shape-path", ':p sh:path "q" .', ':p sh:path "q"'),
    ("shape-path", ":p sh:path ( :q ) .", ":p sh:path []"),
    ("shape-path", ":p sh:path () .", ":p sh:path rdf:nil"),
    ("shape-path", ":p sh:path [ ] .", ":p sh:path []"),
    ("shape-path", ":p sh:path [ sh:inversePath :a ; sh:zeroOrMorePath :b ] .", ":p sh:path []"),
    ("shape-path", ":p sh:path [ sh:inversePath [ sh:alternativePath :a ] ] .", ":p sh:path []"),
    ("shape-path", ':p sh:path ( :a [ sh:zeroOrOnePath "b" ] ) .', ":p sh:path []"),
    ("shape-path", ":p sh:path _:c . _:c sh:inversePath _:c .", ":p sh:path []"),
    ("shape-pattern", ':s sh:pattern "^(a" .', ':s sh:pattern "^(a"'),
    ("shape-pattern", ':s sh:pattern "[z-a]" .', ':s sh:pattern "[z-a]"'),
    ("shape-pattern", ':s sh:pattern "a" ; sh:flags "ig" .', ':s sh:flags "ig"'),
    ("shacl-term", ":p sh:path :q ; sh:minCoutn 1 .", ':p sh:minCoutn "1"^^xsd:integer'),
    ("shacl-term", ":s a sh:NodeShap .", ":s rdf:type sh:NodeShap"),
    ("shacl-term", ":s sh:severity sh:Violaton .", ":s sh:severity sh:Violaton"),
    ("shacl-term", ":s sh:colour :red .", ":s sh:colour :red"),
    ("shape-idle", ':s sh:flags "i" .', ':s sh:flags "i"'),
    ("shape-idle", ":s sh:ignoredProperties ( :a ) .", ":s sh:ignoredProperties []"),
    ("shape-idle", ":p sh:path :q ; sh:qualifiedMinCount 1 .", ':p sh:qualifiedMinCount "1"^^xsd:integer'),
    ("shape-idle", ":p sh:path :q ; sh:qualifiedValueShape [ sh:class :C ] .", ":p sh:qualifiedValueShape []"),
    (
        "shape-text",
        ":s sh:property :a , :b , :c . :a sh:path :q ; sh:message 1 . :b sh:path :q ; sh:message 2 . :c sh:path :r .",
        ":c sh:path :r",
    ),
    (
        "shape-text",
        ':a sh:targetClass :A ; sh:name "a" . :b sh:targetClass :B ; sh:name "b" . :c sh:targetClass :C .',
        ":c sh:targetClass :C",
    ),
]


@pytest.mark.parametrize(("rule", "shapes", "triple"), WRONG)
def test_a_mistake_is_found_at_its_triple(rule: str, shapes: str, triple: str) -> None:
    assert (rule, triple) in [(result.rule, written(result.triples[0])) for result in find(shapes)]


RIGHT = [
    ":p sh:path :q ; sh:minCount 0 ; sh:maxCount 3 ; sh:uniqueLang true .",
    ":s sh:closed false ; sh:ignoredProperties ( ) .",
    ':s sh:pattern "^a" ; sh:flags "i" .',
    r':s sh:pattern "^\\p{Lu}[\\i-[:]]\\c*$" .',
    ':s sh:message "x" , "y"@en ; sh:name "n"@en ; sh:description "d" .',
    ':s sh:minInclusive 1 ; sh:maxExclusive "2021-07-11"^^xsd:date .',
    ":s sh:nodeKind sh:BlankNodeOrIRI ; sh:class :A , :B .",
    ":s sh:in ( :a 1 ) ; sh:or ( [ sh:class :C ] :t ) . :t sh:nodeKind sh:IRI .",
    ":p sh:path ( :a [ sh:inversePath :b ] [ sh:alternativePath ( :c [ sh:zeroOrMorePath :d ] ) ] ) ; sh:minCount 1 .",
    ":s sh:property [ sh:path :q ; sh:minCount 1 ] , [ sh:path :r ] .",
    ":p sh:path :q ; sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 1 .",
    ":s sh:severity :Fatal ; sh:order 1.5 ; sh:reifierShape [ sh:class :C ] .",
    ':a sh:path :q ; sh:message "x" . :b sh:path :q . :c sh:path :r . :s sh:property :a , :b , :c .',
]


@pytest.mark.parametrize("shapes", RIGHT)
def test_what_is_right_is_left_in_peace(shapes: str) -> None:
    assert find(shapes) == []


def test_a_misspelt_term_is_a_violation_with_the_right_one() -> None:
    (result,) = find(":p sh:path :q ; sh:minCoutn 1 .")
    assert (result.severity, result.hint) == ("violation", "Did you mean sh:minCount?")


def test_a_term_that_is_near_to_none_is_only_a_warning() -> None:
    (result,) = find(":s sh:colour :red .")
    assert (result.severity, result.hint) == ("warning", "")


def test_a_term_used_often_is_told_once_with_its_places() -> None:
    (result,) = find(":p sh:path :q ; sh:minCoutn 1 . :r sh:path :q ; sh:minCoutn 2 .")
    assert [triple[0] for triple in result.triples] == [result.focus, *[t[0] for t in result.triples[1:]]]
    assert len(result.triples) == 2


def test_a_shape_without_a_name_is_called_by_its_path_and_place() -> None:
    (result,) = find(':s sh:property [ sh:path :q ; sh:minCount "1" ] .')
    assert result.message.startswith("sh:minCount of the shape of :q in :s must be")


def test_what_is_absent_is_named() -> None:
    results = find(':a sh:targetClass :A ; sh:name "a" . :b sh:targetClass :B ; sh:name "b" . :c sh:targetClass :C .')
    assert [(result.path, result.value) for result in results] == [(SH.name, None)]


def test_each_rule_has_an_example() -> None:
    assert {rule for rule, _, _ in WRONG} == set(RULES)
