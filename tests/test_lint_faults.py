"""A fault is told in words that say what to do, also of values that were made to confuse."""

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from wakhan.lint.faults import list_fault, path_fault, pattern_fault, value_fault

S, Q = URIRef("https://example.org/s"), URIRef("https://example.org/q")


def test_an_endless_list_is_found_out() -> None:
    graph, cells = Graph(), [BNode(), BNode()]
    for cell, rest in zip(cells, cells[::-1], strict=True):
        graph.add((cell, RDF.first, Literal(1)))
        graph.add((cell, RDF.rest, rest))
    assert list_fault(graph, cells[0]) == "is a list that goes in a circle"


def test_a_list_is_no_literal_and_a_good_one_has_no_fault() -> None:
    graph = Graph().parse(data=f"<{S}> <{Q}> ( 1 2 ) .", format="turtle")
    head = graph.value(S, Q)
    assert head is not None
    assert list_fault(graph, head) == ""
    assert list_fault(graph, Literal("a")).startswith("must be a list")


def test_a_path_through_itself_is_found_out() -> None:
    graph, one, other = Graph(), BNode(), BNode()
    graph.add((one, SH.inversePath, other))
    graph.add((other, SH.zeroOrMorePath, one))
    assert path_fault(graph, one, frozenset()) == "contains itself"


def test_a_path_that_is_used_twice_is_none_through_itself() -> None:
    text = (
        "_:i <http://www.w3.org/ns/shacl#inversePath> <urn:a> . <urn:s> <http://www.w3.org/ns/shacl#path> ( _:i _:i ) ."
    )
    graph = Graph().parse(data=text, format="turtle")
    path = graph.value(URIRef("urn:s"), SH.path)
    assert path is not None
    assert path_fault(graph, path, frozenset()) == ""


@pytest.mark.parametrize("pattern", ["^a+$", r"\p{L}\P{Lu}", r"[a-z-[aeiou]]", r"\i\c*", "[[a]"])
def test_what_some_engine_can_read_is_a_pattern(pattern: str) -> None:
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize("pattern", ["(", "a**", "[a", r"\p{L", "(?P<n>a)(?P<n>b)", "a{3,2}"])
def test_what_none_can_read_is_no_pattern(pattern: str) -> None:
    assert pattern_fault(pattern) != ""


def test_the_place_of_the_fault_is_counted_from_one() -> None:
    assert pattern_fault("ab(") == "missing ), unterminated subpattern at character 3"


@pytest.mark.parametrize("value", [Literal("x", datatype="http://www.w3.org/2001/XMLSchema#integer"), Literal(True), Q])
def test_what_is_no_number_cannot_count(value: Literal | URIRef) -> None:
    graph = Graph()
    graph.add((S, SH.path, Q))
    assert value_fault(graph, (S, SH.maxCount, value)).startswith("must be a whole number")
    assert value_fault(graph, (S, SH.maxCount, Literal(0))) == ""
