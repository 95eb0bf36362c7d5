"""For each kind of constraint it is said what was expected and what was found, and what was probably meant."""

import re

import pytest
from rdflib import SH, Graph, URIRef

from wakhan.describe import describe
from wakhan.expected import _PHRASES, Graphs
from wakhan.findings import Finding
from wakhan.reason import union
from wakhan.shacl import check

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def findings(data: str, constraints: str, ontology: str = "") -> list[Finding]:
    shapes = parse(f":S a sh:NodeShape ; sh:targetNode :x ; {constraints} .\n:T a sh:NodeShape ; sh:class :Town .")
    graphs = Graphs(union(parse(data), parse(ontology)), shapes, parse(ontology))
    return describe(check(parse(data), shapes).results, graphs)


def only(data: str, constraints: str, ontology: str = "") -> Finding:
    (finding,) = findings(data, constraints, ontology)
    return finding


CASES = [
    (":x :q 1 .", "sh:property [ sh:path :p ; sh:minCount 1 ]", ":p: expected at least 1 value, found none."),
    (":x :p 1 .", "sh:property [ sh:path :p ; sh:minCount 2 ]", ":p: expected at least 2 values, found 1."),
    (":x :p 1 , 2 .", "sh:property [ sh:path :p ; sh:maxCount 1 ]", ":p: expected at most 1 value, found 2."),
    (
        ":x :p :y . :y a :Man .",
        "sh:property [ sh:path :p ; sh:class :Town ]",
        "an instance of :Town, found :y (a :Man)",
    ),
    (':x :p "1" .', "sh:property [ sh:path :p ; sh:datatype xsd:date ]", 'a value of the datatype xsd:date, found "1"'),
    (":x :p 1 .", "sh:property [ sh:path :p ; sh:nodeKind sh:IRI ]", "an IRI, found 1"),
    (":x :p 1 .", "sh:property [ sh:path :p ; sh:minInclusive 2 ]", "a value of at least"),
    (":x :p 3 .", "sh:property [ sh:path :p ; sh:maxInclusive 2 ]", "a value of at most"),
    (":x :p 2 .", "sh:property [ sh:path :p ; sh:minExclusive 2 ]", "a value above"),
    (":x :p 2 .", "sh:property [ sh:path :p ; sh:maxExclusive 2 ]", "a value below"),
    (':x :p "a" .', "sh:property [ sh:path :p ; sh:minLength 2 ]", "at least 2 characters"),
    (':x :p "ab" .', "sh:property [ sh:path :p ; sh:maxLength 1 ]", "at most 1 character,"),
    (':x :p "ab" .', 'sh:property [ sh:path :p ; sh:pattern "^x" ]', 'a text that matches "^x"'),
    (':x :p "a"@fr .', 'sh:property [ sh:path :p ; sh:languageIn ( "en" "de" ) ]', "in one of the languages en, de"),
    (':x :p "a"@en , "b"@en .', "sh:property [ sh:path :p ; sh:uniqueLang true ]", "one text a language"),
    (":x :p 1 ; :q 1 , 2 .", "sh:property [ sh:path :p ; sh:equals :q ]", "the same values as those of :q"),
    (":x :p 1 ; :q 1 .", "sh:property [ sh:path :p ; sh:disjoint :q ]", "no value that :q has too"),
    (":x :p 2 ; :q 1 .", "sh:property [ sh:path :p ; sh:lessThan :q ]", "less than the values of :q"),
    (":x :p 2 ; :q 1 .", "sh:property [ sh:path :p ; sh:lessThanOrEquals :q ]", "no more than the values of :q"),
    (":x :p 2 .", "sh:property [ sh:path :p ; sh:hasValue 1 ]", "the value 1 for :p."),
    (":x :p :d .", "sh:property [ sh:path :p ; sh:in ( :a :b :c ) ]", "one of :a, :b, :c, found :d"),
    (":x :q 2 .", "sh:node :T", "a node that conforms to the shape :T"),
    (":x a :Town .", "sh:not :T", "a node that does not conform to the shape :T"),
    (":x :q 2 .", "sh:and ( :T [ sh:class :Firm ] )", "a node that conforms to all of 2 shapes"),
    (":x :q 2 .", "sh:or ( :T )", "a node that conforms to one of :T"),
    (":x :q 2 .", "sh:xone ( :T )", "a node that conforms to exactly one of :T"),
    (
        ":x :p :y .",
        "sh:property [ sh:path :p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape :T ]",
        "at least 1 fitting value for :p.",
    ),
    (
        ":x :p :y . :y a :Town .",
        "sh:property [ sh:path :p ; sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape :T ]",
        "at most 0 fitting values for :p.",
    ),
]


@pytest.mark.parametrize(("data", "constraints", "message"), CASES)
def test_each_kind_of_constraint_says_what_it_expects(data: str, constraints: str, message: str) -> None:
    finding = only(data, constraints)
    assert re.match("Expected |:p: expected ", finding.message)
    assert message in finding.message
    assert finding.expected in finding.message


def test_a_closed_shape_says_what_it_allows() -> None:
    finding = only(":x :q 2 .", "sh:closed true ; sh:property [ sh:path :p ] ; sh:ignoredProperties ( rdf:type )")
    assert (finding.message, finding.expected) == (
        "The shape allows no :q here.",
        "one of the properties rdf:type, :p",
    )


def test_every_component_with_a_phrase_has_a_case() -> None:
    found = {only(data, constraints).component for data, constraints, _ in CASES}
    assert found | {"sh:ClosedConstraintComponent"} == {
        f"sh:{str(component).rpartition('#')[2]}" for component in _PHRASES
    }


def test_the_message_of_the_shape_is_kept_and_what_is_expected_is_told_beside_it() -> None:
    finding = only(":x :q 1 .", 'sh:property [ sh:path :p ; sh:minCount 1 ; sh:message "Give it a p." ]')
    assert (finding.message, finding.expected) == ("Give it a p.", "at least 1 value, found none")


def test_long_lists_are_cut() -> None:
    finding = only(":x :p 0 .", f"sh:property [ sh:path :p ; sh:in ( {' '.join(map(str, range(1, 20)))} ) ]")
    assert "or 13 others" in finding.expected


@pytest.mark.parametrize(
    ("data", "constraints", "ontology", "hint"),
    [
        (":x :membreOf :y .", "sh:closed true ; sh:property [ sh:path :memberOf ]", "", "Did you mean :memberOf?"),
        (":x :membreOf :y .", "sh:closed true", ":memberOf a owl:ObjectProperty .", "Did you mean :memberOf?"),
        (":x :p :y .", "sh:closed true ; sh:property [ sh:path :memberOf ]", "", ""),
        (
            ":x :p :affrimed .",
            "sh:property [ sh:path :p ; sh:in ( :affirmed :denied ) ]",
            "",
            "Did you mean :affirmed?",
        ),
        (":x :p :pariss . :paris a :Town .", "sh:property [ sh:path :p ; sh:class :Town ]", "", "Did you mean :paris?"),
        (
            ":x :p :oslo . :paris a :Town .",
            "sh:property [ sh:path :p ; sh:class :Town ]",
            "",
            "Nothing is said of :oslo: describe it, or correct its spelling.",
        ),
        (
            ":x :p :oslo . :oslo a :Twon .",
            "sh:property [ sh:path :p ; sh:class :Town ]",
            ":Town a owl:Class .",
            "It is a :Twon. Did you mean :Town?",
        ),
        (
            ":x :speakr :y .",
            "sh:property [ sh:path :speaker ; sh:minCount 1 ]",
            "",
            "Is :speakr a misspelling of :speaker?",
        ),
        (":x :speaks :y .", "sh:property [ sh:path :speaker ; sh:minCount 1 ]", ":speaks a rdf:Property .", ""),
    ],
)
def test_what_was_probably_meant_is_asked(data: str, constraints: str, ontology: str, hint: str) -> None:
    assert only(data, constraints, ontology).hint == hint


def test_a_term_is_given_for_machines_too() -> None:
    finding = only(':x :p "1" .', "sh:property [ sh:path [ sh:alternativePath ( :p :q ) ] ; sh:datatype xsd:date ]")
    assert finding.terms == ("<https://example.org/x>", "<https://example.org/p>|<https://example.org/q>", '"1"')
    assert URIRef(f"{SH}DatatypeConstraintComponent").endswith(finding.component.removeprefix("sh:"))
