"""What stands in a shapes graph is found without pySHACL, and what it would refuse is noticed."""

import pytest
from rdflib import Graph, Namespace

from wakhan.shacl.shapesgraph import beyond, parts, roots

EX = Namespace("https://example.org/")


def parse(text: str) -> Graph:
    head = """@prefix : <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . """
    return Graph(bind_namespaces="none").parse(data=head + text, format="turtle")


def test_shapes_with_targets_are_roots_and_so_are_those_that_are_classes() -> None:
    graph = parse(":S sh:targetNode :a . :C a sh:NodeShape , rdfs:Class . :T a sh:NodeShape .")
    assert roots(graph) == [EX.C, EX.S]


def test_the_parts_of_a_shape_are_its_own() -> None:
    graph = parse(":S sh:targetNode :a ; sh:or ( :T ) ; sh:in ( :U ) . :T sh:minLength 1 . :U sh:minLength 2 .")
    assert {subject for subject, *_ in parts(graph, [EX.S]) if subject in (EX.S, EX.T, EX.U)} == {EX.S, EX.T}


@pytest.mark.parametrize(
    "text",
    [
        ":S a sh:NodeShape ; sh:path :p .",
        ":S a sh:PropertyShape .",
        ":S sh:property [ sh:path :p , :q ] .",
        ":S sh:or () .",
        ":S sh:xone :T .",
        ":S sh:targetNode :a ; sh:deactivated 1 .",
        ":S sh:rule [ ] .",
    ],
)
def test_what_only_pyshacl_can_judge_is_noticed(text: str) -> None:
    assert beyond(parse(text))
    assert beyond(parse(":S a sh:NodeShape ; sh:property [ sh:path :p ] .")) is None
