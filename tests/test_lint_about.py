"""The W3C's shapes for shapes and the project's shapes about terms are applied."""

import pytest
from rdflib import RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from wakhan.findings import Result
from wakhan.lint.about import RULES, about_terms, check_about, check_syntax
from wakhan.lint.project import Project, found
from wakhan.names import Triple, curie

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ABOUT = """
:Class-label a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 ; sh:message "Give it a label."@en .
:Class a sh:NodeShape ; sh:targetClass owl:Class ; sh:property :Class-label .
"""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def project(shapes: str, ontology: str = "", data: str = "") -> Project:
    return Project(parse(ontology), parse(shapes), parse(data), {})


def syntax(shapes: str) -> list[Result]:
    return list(check_syntax(project(shapes), []))


def written(triple: Triple) -> str:
    def write(node: Node) -> str:
        return "[]" if isinstance(node, BNode) else curie(node, parse(""))

    return " ".join(map(write, triple))


@pytest.mark.parametrize(
    ("shapes", "triple"),
    [
        (':s sh:property [ sh:path :q ; sh:minCount "1" ] .', '[] sh:minCount "1"'),
        (':s sh:message "a" ; sh:class :C . :s sh:message 1 .', ':s sh:message "1"^^xsd:integer'),
        (":s sh:targetNode [ ] .", ":s sh:targetNode []"),
        (":s sh:or :t .", ":s sh:or :t"),
        (":s a sh:NodeShape ; sh:severity sh:Info , sh:Warning .", ":s sh:severity sh:Warning"),
        (":s sh:languageIn ( 1 ) .", ":s sh:languageIn []"),
    ],
)
def test_what_the_w3c_forbids_is_found_at_its_triple(shapes: str, triple: str) -> None:
    found = [written(result.triples[0]) for result in syntax(shapes)]
    assert triple in found
    assert {result.rule for result in syntax(shapes)} == {"shape-syntax"}


def test_good_shapes_are_left_in_peace() -> None:
    assert syntax(ABOUT) == []


def test_what_is_told_already_is_not_told_again() -> None:
    shapes = project(':s sh:property [ sh:path :q ; sh:minCount "1" ] .')
    triple = next(iter(shapes.shapes.triples((None, SH.minCount, None))))
    assert list(check_syntax(shapes, [found("shape-parameter", "violation", triple, "")])) == []
    assert list(check_syntax(shapes, [found("shape-text", "info", triple, "")])) != []


@pytest.mark.parametrize(
    "shapes",
    [
        ":s sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .",
        ":s sh:path _:c . _:c sh:inversePath _:c .",
        ":s sh:node :s ; sh:and ( :s ) .",
        ":s sh:property :s ; sh:path 'q' .",
    ],
)
def test_circles_do_no_harm(shapes: str) -> None:
    assert {result.rule for result in syntax(shapes)} <= {"shape-syntax"}


def test_many_shapes_with_one_mistake_are_told_once() -> None:
    many = "".join(f":s{n} sh:targetClass :C{n} ; sh:property [ sh:path :q ; sh:minCount '1' ] . " for n in range(30))
    (result,) = syntax(many)
    assert "29 shapes like it" in result.message


def test_shapes_about_terms_are_applied_and_keep_their_names() -> None:
    results = list(check_about(project(ABOUT, ":A a owl:Class . :B a owl:Class ; rdfs:label 'b' ."), []))
    assert [(r.rule, r.focus, r.path, r.message, r.source) for r in results] == [
        (
            URIRef("https://example.org/Class-label"),
            URIRef("https://example.org/A"),
            RDFS.label,
            "Give it a label.",
            "lint",
        )
    ]


def test_shapes_about_data_are_not_applied_to_terms() -> None:
    shapes = ":s sh:targetClass :A ; sh:property [ sh:path rdfs:label ; sh:minCount 1 ] . "
    assert list(check_about(project(shapes, ":a a :A ."), [])) == []
    kept = about_terms(parse(shapes + ABOUT))
    assert set(kept.objects(None, SH.targetClass)) == {URIRef("http://www.w3.org/2002/07/owl#Class")}


def test_shapes_that_cannot_be_used_are_told_unless_the_reason_is_known() -> None:
    broken = project(
        ABOUT + ":Class sh:property [ sh:path rdfs:comment ; sh:pattern '(' ] .", ":A a owl:Class ; rdfs:comment 'x' ."
    )
    (result,) = check_about(broken, [])
    assert (result.rule, result.severity) == ("shape-unusable", "violation")
    assert list(check_about(broken, [found("shape-pattern", "violation", result.triples[0], "")])) == []


def test_each_rule_is_known() -> None:
    assert set(RULES) == {"shape-syntax", "shape-unusable"}
