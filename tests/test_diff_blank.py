"""Blank nodes are the same where the same is said of them, whatever they are called."""

import pytest
from rdflib import BNode, Graph, URIRef

from wakhan.diff.blank import named_by_content, text
from wakhan.sources import parse_turtle

LIST = "<urn:s> <urn:p> ( 1 [ <urn:q> 2 ] ) ."
CIRCLE = "_:a <urn:p> _:b . _:b <urn:p> _:a ; <urn:q> 1 . "


def named(turtle: str) -> set[tuple[object, ...]]:
    return set(named_by_content(parse_turtle(turtle)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("_:a <urn:p> _:b . _:b <urn:q> 1 .", "_:y <urn:q> 1 . _:x <urn:p> _:y ."),
        ("_:a <urn:p> _:b . _:b <urn:p> _:a .", "_:c <urn:p> _:d . _:d <urn:p> _:c ."),
        ("<urn:s> <urn:p> [ <urn:q> 1 ] , [ <urn:q> 1 ] .", "<urn:s> <urn:p> [ <urn:q> 1 ] ."),
    ],
)
def test_the_same_in_other_names_is_the_same(one: str, other: str) -> None:
    assert named(one) == named(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("_:a <urn:p> _:b . _:b <urn:q> 1 .", "_:a <urn:p> _:b . _:b <urn:q> 2 ."),
        (LIST, LIST.replace("2", "3")),
        ("_:a <urn:p> _:b . _:b <urn:p> _:a .", "_:a <urn:p> _:a ."),
        ("<urn:s> <urn:p> [ <urn:q> 1 ] .", "<urn:s> <urn:p> [ ] ."),
        (CIRCLE + "<urn:s> <urn:p> _:a .", CIRCLE + "<urn:s> <urn:p> _:b ."),
    ],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert named(one) != named(other)


def test_a_difference_deep_inside_is_one_of_what_leads_there() -> None:
    def said(number: int) -> set[object]:
        graph = named_by_content(parse_turtle(f"<urn:s> <urn:p> [ <urn:q> [ <urn:r> ( {number} ) ] ] ."))
        return set(graph.objects(URIRef("urn:s")))

    assert said(1) == said(1)
    assert said(1) != said(2)


def test_a_name_does_not_depend_on_the_rest_of_the_graph() -> None:
    more = LIST + "<urn:other> <urn:p> [ <urn:q> 9 ] ."
    assert named(LIST) < named(more)


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ("<urn:s> <urn:p> [ a <urn:C> ; <urn:q> 1 ] .", "[a <urn:C> ; <urn:q> 1]"),
        ("<urn:s> <urn:p> ( 1 <urn:x> ( ) ) .", "(1 <urn:x> rdf:nil)"),
        ("<urn:s> <urn:p> _:a . _:a <urn:q> _:a .", "[<urn:q> […]]"),
    ],
)
def test_a_blank_node_is_written_with_what_is_said_of_it(turtle: str, words: str) -> None:
    graph: Graph = parse_turtle(turtle)
    node = graph.value(URIRef("urn:s"), URIRef("urn:p"))
    assert isinstance(node, BNode)
    assert text(graph, node) == words
