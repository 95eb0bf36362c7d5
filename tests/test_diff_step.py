"""The step of the version follows the rule at the head of the changelog."""

from pathlib import Path

import pytest
from rdflib import Graph

from wakhan.diff import Version, compare
from wakhan.diff.step import Step, numbered, reasons, step
from wakhan.names import bind
from wakhan.sources import parse_turtle

ROOT = Path(__file__).parents[1]

PREFIXES = """
@prefix claim: <https://w3id.org/wakhan/claim/> .
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix query: <https://w3id.org/wakhan/query/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/wakhan/shape#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
"""
GRAPH = """
<https://w3id.org/wakhan/ontology> a owl:Ontology ; owl:versionInfo "1.0.0" .
wk:memberOf a owl:ObjectProperty , wk:ClaimableProperty ; rdfs:label "is a member of"@en ; rdfs:range wk:Alliance .
wk:visited a owl:ObjectProperty , wk:ClaimableProperty ; rdfs:label "visited"@en .
id:n a wk:Narrator .
id:a a wk:State ; rdfs:label "A"@en ; wk:memberOf id:b .
id:b rdfs:label "B"@en .
claim:1 a wk:Claim ; rdf:subject id:a ; rdf:predicate wk:memberOf ; rdf:object id:b ;
    wk:factuality wk:Affirmed ; wk:speaker id:n ; wk:degree "fully"@en .
"""
SHAPES = 'shape:S a sh:NodeShape ; sh:name "s"@en ; sh:targetClass wk:State .'
QUERIES = 'query:q a sh:SPARQLExecutable ; rdfs:comment "Q?"@en ; sh:select "SELECT ?a ?b { ?a ?b ?c }" .'


def graph(text: str) -> Graph:
    return bind(parse_turtle(PREFIXES + text))


def judged(old: str, new: str, add: str = "") -> list[tuple[Step, str]]:
    """Return the reasons for a change of the texts above: *old* becomes *new*, and *add* is added."""
    before = Version("old", graph(GRAPH), graph(SHAPES), graph(QUERIES))
    parts = [text.replace(old, new) if old else text for text in (GRAPH, SHAPES, QUERIES)]
    assert not old or parts != [GRAPH, SHAPES, QUERIES]
    after = Version("new", graph(parts[0] + add), graph(parts[1]), graph(parts[2]))
    return [tuple(reason) for reason in reasons(compare(before, after))]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "step", "text"),
    [
        ("wk:factuality wk:Affirmed", "wk:factuality wk:Denied", "major", "1 claim says something else: claim:1"),
        ("wk:speaker id:n", "wk:speaker id:b", "major", "1 claim says something else: claim:1"),
        ('"fully"', '"partly"', "minor", "1 claim is told of in other detail: claim:1"),
        (" ; wk:memberOf id:b .", " .", "major", "1 fact is gone"),
        ('id:b rdfs:label "B"@en .', "", "major", "1 thing is gone: id:b"),
        ('id:b rdfs:label "B"@en .', 'id:c rdfs:label "B"@en .', "major", "1 IRI has changed: id:b"),
        ('id:b rdfs:label "B"@en .', 'id:b rdfs:label "Bee"@en .', "patch", "1 thing has another wording: id:b"),
        ("rdfs:range wk:Alliance", "rdfs:range wk:Agent", "major", "1 term of the ontology means something else"),
        ('"visited"@en', '"visited"@en ; owl:deprecated true', "minor", "is deprecated: wk:visited"),
        ("rdfs:range wk:Alliance .", "rdfs:range wk:Alliance ; rdfs:domain wk:Agent .", "minor", "in other detail"),
        ('"visited"@en', '"went to"@en', "patch", "1 term of the ontology has another wording: wk:visited"),
        ('"1.0.0"', '"1.0.1"', "patch", "1 header has another text"),
        ("sh:targetClass wk:State", "sh:targetClass wk:Agent", "minor", "1 shape checks something else: shape:S"),
        ('sh:name "s"', 'sh:name "t"', "patch", "1 shape has another wording: shape:S"),
        ("SELECT ?a ?b {", "SELECT ?a {", "major", "1 stored query has lost columns or parameters: query:q"),
        ("SELECT ?a ?b {", "SELECT ?a ?b ?c {", "minor", "1 stored query asks otherwise: query:q"),
        ('"Q?"', '"Which?"', "patch", "1 stored query has another wording: query:q"),
    ],
)  # fmt: skip
def test_a_change_asks_for_its_step(old: str, new: str, step: Step, text: str) -> None:
    found = judged(old, new)
    assert any(each == step and text in words for each, words in found), found


@pytest.mark.parametrize(
    ("add", "text"),
    [
        ("wk:left a owl:ObjectProperty .", "1 term of the ontology is new: wk:left"),
        ("id:c a wk:State .", "1 thing is new: id:c"),
        ("id:b wk:visited id:a .", "1 fact is new"),
        ("[] a owl:AllDisjointClasses ; owl:members ( wk:State wk:Alliance ) .", "1 axiom is new"),
        ("wk:State rdfs:subClassOf wk:Agent .", "1 inference is new"),
    ],
)
def test_what_is_new_asks_for_a_minor_step(add: str, text: str) -> None:
    found = judged("", "", add)
    assert ("minor", text) in found
    assert {each for each, _ in found} == {"minor"}


def test_an_inference_that_is_gone_is_a_break() -> None:
    found = judged("rdfs:range wk:Alliance", "rdfs:range wk:Agent")
    assert ("major", "1 inference is gone") in found


def test_the_greatest_reason_decides_and_comes_first() -> None:
    found = judged('id:b rdfs:label "B"@en .', "id:c a wk:State .")
    assert [each for each, _ in found] == ["major", "minor"]
    before = Version("old", graph(GRAPH))
    assert step(reasons(compare(before, before))) == "none"


def test_what_is_gone_is_called_as_it_was_before() -> None:
    before = Version("old", bind(parse_turtle("@prefix own: <https://e.org/> . own:x own:p 1 .")))
    after = Version("new", bind(parse_turtle("<https://e.net/y> <https://e.org/p> 1 .")))
    assert [reason.text for reason in reasons(compare(before, after))] == [
        "1 thing is gone: own:x",
        "1 thing is new: y",
    ]


def test_numbers_tell_their_step() -> None:
    steps = [numbered("1.2.3", new) for new in ("1.2.3", "1.2.4", "1.3.0", "2.0.0", "1.2.3.1")]
    assert steps == ["none", "patch", "minor", "major", "patch"]


def test_the_rule_is_that_of_the_changelog() -> None:
    head = " ".join((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("## ")[0].split())
    assert "**major**, an inference, a query or an IRI breaks" in head
    assert "**minor**, terms are new or deprecated; **patch**, wording" in head
