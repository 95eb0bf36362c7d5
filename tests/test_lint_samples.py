"""Shapes that are alike are checked once; those that differ in their syntax never stand for each other."""

import pytest
from rdflib import SH, Graph, URIRef

from wakhan.lint.samples import samples

PREFIXES = """
@prefix : <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def shapes_left(shapes: str) -> int:
    kept, _ = samples(Graph(bind_namespaces="none").parse(data=PREFIXES + shapes, format="turtle"))
    return len(set(kept.subjects(SH.path)))


@pytest.mark.parametrize(
    "other",
    [
        ":b sh:path :r ; sh:minCount 2 .",
        ":b sh:path :q ; sh:minCount 1 ; :note 'of no concern' .",
    ],
)
def test_shapes_that_differ_in_names_and_numbers_are_alike(other: str) -> None:
    assert shapes_left(":a sh:path :q ; sh:minCount 1 . " + other) == 1


@pytest.mark.parametrize(
    "other",
    [
        ":b sh:path :q ; sh:minCount '1' .",
        ":b sh:path :q ; sh:minCount 1 , 2 .",
        ":b sh:path [ sh:inversePath :q ] ; sh:minCount 1 .",
        ":b sh:path :q ; sh:maxCount 1 .",
        ":b sh:path :q ; sh:minCount 1 . :s sh:property :b .",
        ":b sh:path :q ; sh:minCount 1 . :s sh:or ( :b ) .",
        ":b sh:path :q ; sh:minCount 1 ; a sh:NodeShape .",
        "[] sh:path :q ; sh:minCount 1 .",
    ],
)
def test_shapes_that_differ_in_syntax_are_both_kept(other: str) -> None:
    assert shapes_left(":a sh:path :q ; sh:minCount 1 . " + other) == 2


def test_what_is_inside_blank_nodes_matters_too() -> None:
    assert shapes_left(":a sh:path [ sh:inversePath :q ] . :b sh:path [ sh:zeroOrMorePath :q ] .") == 2
    assert shapes_left(":a sh:path [ sh:inversePath :q ] . :b sh:path [ sh:inversePath :r ] .") == 1


def test_what_is_left_out_is_counted_and_leaves_nothing_behind() -> None:
    text = "".join(f":s{n} sh:targetClass :C ; sh:property [ sh:path ( :q :r ) ; sh:in ( {n} ) ] . " for n in range(9))
    graph = Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")
    kept, alike = samples(graph)
    assert len(kept) * 9 == len(graph)
    assert alike[URIRef("https://example.org/s0")] == 8


def test_a_circle_has_a_form_too() -> None:
    assert shapes_left(":a sh:path _:c . _:c sh:inversePath _:c . :b sh:path _:d . _:d sh:inversePath _:d .") == 1
