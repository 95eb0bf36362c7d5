"""Names are short, and only where they are right."""

import pytest
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.names import CLAIM, FACTUALITIES, ID, PREFIXES, WK, bind, curie, local_name


@pytest.mark.parametrize(
    ("node", "name"),
    [
        (WK.memberOf, "memberOf"),
        (ID.taliban, "taliban"),
        (URIRef("urn:isbn:123"), "123"),
        (URIRef("https://example.org/"), "https://example.org/"),
        (Literal("a/b"), "a/b"),
    ],
)
def test_local_name(node: Node, name: str) -> None:
    assert local_name(node) == name


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (CLAIM["p05s1-10"], "claim:p05s1-10"),
        (ID["a/b"], "<https://w3id.org/wakhan/id/a/b>"),
        (ID["a."], "<https://w3id.org/wakhan/id/a.>"),
        (URIRef("https://example.org/x"), "<https://example.org/x>"),
        (Literal('say "no"', lang="en"), '"say \\"no\\""@en'),
        (Literal("2021-07-09", datatype=XSD.date), '"2021-07-09"^^xsd:date'),
        (Literal(7), '"7"^^xsd:integer'),
        (Literal("x"), '"x"'),
        (BNode("b1"), "_:b1"),
    ],
)
def test_curie(node: Node, text: str) -> None:
    assert curie(node) == text


def test_curie_takes_the_prefixes_of_the_graph_first() -> None:
    graph = Graph(bind_namespaces="none")
    graph.bind("ex", "https://example.org/")
    graph.bind("deep", "https://example.org/deep/")
    graph.bind("w", str(WK))
    assert curie(URIRef("https://example.org/x"), graph) == "ex:x"
    assert curie(URIRef("https://example.org/deep/x"), graph) == "deep:x"
    assert curie(WK.borders, graph) == "w:borders"
    assert curie(ID.taliban, graph) == "id:taliban"


def test_bind_keeps_the_prefixes_that_a_graph_has() -> None:
    graph = Graph(bind_namespaces="none")
    graph.bind("id", "https://example.org/news/id/")
    graph.bind("o", WK)
    bound = {prefix: str(iri) for prefix, iri in bind(graph).namespaces()}
    assert bound["id"] == "https://example.org/news/id/"
    assert bound["o"] == str(WK)
    assert bound["claim"] == PREFIXES["claim"]


def test_there_are_seven_factualities_the_surest_first() -> None:
    assert [local_name(each) for each in FACTUALITIES] == (
        ["Affirmed", "Denied", "Planned", "Expected", "Possible", "Unknown", "Mentioned"]
    )
