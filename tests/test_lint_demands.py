"""Demands that hold together are gathered, and a value is refused only if that is sure."""

import pytest
from rdflib import SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.lint.demands import beyond, comparable, properties_of, together
from wakhan.names import local_name

PREFIXES = """
@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
S = URIRef("https://example.org/s")


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def test_shapes_are_joined_by_node_and_and_but_not_by_or_or_if_switched_off() -> None:
    graph = parse(":s sh:node :a ; sh:and ( :b ) ; sh:or ( :c ) . :a sh:node :s , :d . :d sh:deactivated true .")
    assert sorted(local_name(shape) for shape in together(graph, [S], values=False).shapes) == ["a", "b", "s"]


def test_property_shapes_are_those_of_all_the_shapes() -> None:
    graph = parse(":s sh:property :p ; sh:and ( :q ) . :p sh:path :a . :q sh:path :b . :r sh:path :c .")
    assert [local_name(part) for part in properties_of(together(graph, [S], values=False))] == ["p", "q"]


@pytest.mark.parametrize(
    ("demand", "value", "refused"),
    [
        ("sh:datatype xsd:string", Literal("a"), False),
        ("sh:datatype xsd:string", Literal("a", lang="en"), True),
        ("sh:nodeKind sh:IRI", BNode("b"), True),
        ("sh:pattern '^a'", Literal("ba"), True),
        ("sh:pattern '^a' ; sh:flags 'i'", Literal("A"), False),
        ("sh:pattern 'https'", URIRef("https://example.org/"), False),
        (r"sh:pattern '\\p{Lu}'", Literal("a"), False),  # not known here
        ("sh:pattern '('", Literal("a"), False),
        ("sh:maxLength 3", Literal("äöü"), False),
        ("sh:minLength 4", Literal("äöü"), True),
        ("sh:minInclusive 2", Literal(2.0), False),
        ("sh:minExclusive 2", Literal(2), True),
        ("sh:maxInclusive 2", Literal("3"), False),  # cannot be compared, which another demand may forbid
    ],
)
def test_a_value_is_refused_only_if_that_is_sure(demand: str, value: Node, refused: bool) -> None:
    demands = together(parse(f":s {demand} ."), [S], values=False)
    assert (demands.refuses(value) is not None) == refused


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        (Literal(1), Literal("1.5", datatype=XSD.decimal), True),
        (Literal("2021-07-10", datatype=XSD.date), Literal("2021-07-11", datatype=XSD.date), True),
        (Literal("2021-07-10", datatype=XSD.date), Literal(1), False),
        (
            Literal("2021-07-10T00:00:00", datatype=XSD.dateTime),
            Literal("2021-07-10T00:00:00Z", datatype=XSD.dateTime),
            False,
        ),
        (Literal("NaN", datatype=XSD.double), Literal(1), False),
        (Literal(True), Literal(1), False),
        (URIRef("urn:a"), Literal(1), False),
    ],
)
def test_only_numbers_and_times_of_one_kind_are_compared(one: Node, other: Node, known: bool) -> None:
    assert (comparable(one, other) is not None) == known


def test_a_bound_belongs_to_what_it_includes() -> None:
    assert [beyond(kind, Literal(2), Literal(2)) for kind in (SH.maxInclusive, SH.maxExclusive)] == [False, True]


def test_counts_are_those_of_the_shapes_whose_values_they_are() -> None:
    graph = parse(
        ":p sh:path :a ; sh:minCount 2 ; sh:maxCount 5 ; sh:node :n . :n sh:minCount 9 . "
        ":q sh:path :a ; sh:maxCount 3 ."
    )
    demands = together(graph, [URIRef("https://example.org/p"), URIRef("https://example.org/q")], values=True)
    most = demands.most()
    assert (demands.least()[0], most and most[0]) == (2, 3)
