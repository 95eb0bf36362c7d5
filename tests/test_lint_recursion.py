"""Shapes that refer to themselves are found at the reference, and those that say the same twice at the second."""

import pytest
from rdflib import BNode, Graph
from rdflib.term import Node

from wakhan.findings import Result
from wakhan.lint.project import Project
from wakhan.lint.recursion import RULES, check_recursion
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
    return list(check_recursion(Project(nothing, graph, nothing, {})))


def written(triple: Triple) -> str:
    names = Graph(bind_namespaces="none").parse(data=PREFIXES, format="turtle")

    def write(node: Node) -> str:
        return "[]" if isinstance(node, BNode) else curie(node, names)

    return " ".join(map(write, triple))


WRONG = [
    ("recursive-shape", ":s sh:node :s .", ":s sh:node :s"),
    ("recursive-shape", ":s sh:not :s .", ":s sh:not :s"),
    ("recursive-shape", ":s sh:property [ sh:path :q ; sh:node :s ] .", "[] sh:node :s"),
    ("recursive-shape", ":s sh:or ( [ sh:class :C ] :t ) . :t sh:and ( :s ) .", ":t sh:and []"),
    ("recursive-shape", ":t sh:and ( [ ] :t ) .", "[] rdf:first :t"),
    ("recursive-shape", ":s sh:property [ sh:path :q ; sh:qualifiedValueShape :s ] .", "[] sh:qualifiedValueShape :s"),
    (
        "duplicate-shape",
        ":s sh:property :a , :b . :a sh:path :q ; sh:minCount 1 . :b sh:path :q ; sh:minCount 1 .",
        ":s sh:property :b",
    ),
    (
        "duplicate-shape",
        ":s sh:property [ sh:path ( :p :q ) ; sh:in ( 1 2 ) ] , [ sh:path ( :p :q ) ; sh:in ( 1 2 ) ; sh:name 'n' ] .",
        ":s sh:property []",
    ),
    (
        "duplicate-shape",
        ":s sh:property :a , :b . :a sh:path :q ; sh:not [ sh:class :C ] . :b sh:path :q ; sh:not [ sh:class :C ] .",
        ":s sh:property :b",
    ),
]


@pytest.mark.parametrize(("rule", "shapes", "triple"), WRONG)
def test_a_mistake_is_found_at_its_triple(rule: str, shapes: str, triple: str) -> None:
    assert [(result.rule, written(result.triples[0])) for result in find(shapes)] == [(rule, triple)]


RIGHT = [
    ":s sh:node :t . :u sh:node :t . :t sh:property [ sh:path :q ; sh:class :C ] .",  # two ways to one shape
    ":s sh:node :t , :u . :t sh:node :u .",
    ":s sh:property [ sh:path :q ; sh:class :s ] .",  # a class is no reference to a shape
    ":s sh:property :a , :b . :a sh:path :q ; sh:minCount 1 . :b sh:path :q ; sh:maxCount 1 .",
    ":s sh:property :a , :b . :a sh:path :q ; sh:minCount 1 . :b sh:path :r ; sh:minCount 1 .",
    ":s sh:property :a , :b . :a sh:path :q ; sh:in ( 1 2 ) . :b sh:path :q ; sh:in ( 1 3 ) .",
    ":s sh:property [ sh:path :q ; sh:name 'a' ] , [ sh:path :q ; sh:name 'b' ] .",  # which demand nothing
    ":s sh:property [ sh:path :q ; sh:minCount 1 ] . :t sh:property [ sh:path :q ; sh:minCount 1 ] .",
    ":s sh:property :a , :b . :a sh:path :q ; sh:pattern 'a' . :b sh:path :q ; sh:pattern 'a' ; sh:flags 'i' .",
]


@pytest.mark.parametrize("shapes", RIGHT)
def test_what_only_looks_alike_is_left_in_peace(shapes: str) -> None:
    assert find(shapes) == []


def test_a_list_in_a_circle_is_walked_once() -> None:
    assert find(":s sh:or _:l . _:l rdf:first :t ; rdf:rest _:l . :t sh:class :C .") == []


def test_a_shape_in_itself_can_be_compared() -> None:
    found = find(":s sh:property :a , :b . :a sh:path :q ; sh:node :a . :b sh:path :q ; sh:node :b .")
    assert {result.rule for result in found} == {"recursive-shape"}


def test_each_rule_has_an_example() -> None:
    assert {rule for rule, *_ in WRONG} == set(RULES)
