"""The graph has an edge for each claim that relates things, and shows which are facts."""

from xml.etree import ElementTree

import pytest
from rdflib import RDF, URIRef

from wakhan.formats import Editions
from wakhan.formats.claimtable import claims_in_order
from wakhan.formats.graphml import to_graphml
from wakhan.law import statements
from wakhan.names import CLAIM

NS = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def root(editions: Editions) -> ElementTree.Element:
    return ElementTree.fromstring(to_graphml(editions))


def data(element: ElementTree.Element) -> dict[str, str]:
    return {each.attrib["key"].partition("-")[2]: each.text or "" for each in element.iter(f"{NS}data")}


def edges(root: ElementTree.Element) -> dict[URIRef, ElementTree.Element]:
    return {CLAIM[edge.attrib["id"]]: edge for edge in root.iter(f"{NS}edge")}


def test_every_key_is_declared_and_used(root: ElementTree.Element) -> None:
    declared = {key.attrib["id"]: key.attrib for key in root.iter(f"{NS}key")}
    for kind in ("node", "edge"):
        for element in root.iter(NS + kind):
            used = {each.attrib["key"] for each in element.iter(f"{NS}data")}
            assert used == {name for name, key in declared.items() if key["for"] == kind}
    assert declared["edge-isFact"]["attr.type"] == "boolean"


def test_there_is_an_edge_for_each_claim_between_things(root: ElementTree.Element, editions: Editions) -> None:
    views = claims_in_order(editions.graph("asserted"))
    wanted = {view.iri: view for view in views if isinstance(view.object, URIRef) and view.predicate != RDF.type}
    found = edges(root)
    assert set(found) == set(wanted)
    assert len(found) == 290
    nodes = [node.attrib["id"] for node in root.iter(f"{NS}node")]
    assert len(nodes) == len(set(nodes))
    for claim, edge in found.items():
        view = wanted[claim]
        assert (edge.attrib["source"], edge.attrib["target"]) == (str(view.subject), str(view.object))
        assert data(edge)["propertyIri"] == str(view.predicate)
        assert data(edge)["speakerIri"] == str(view.speaker)
    ends = {edge.attrib[end] for edge in found.values() for end in ("source", "target")}
    assert ends == set(nodes)


def test_no_edge_is_a_fact_that_is_none_and_its_label_says_so(root: ElementTree.Element, editions: Editions) -> None:
    facts = {each.claim for each in statements(editions.graph("asserted")) if each.is_fact}
    seen = set()
    for claim, edge in edges(root).items():
        told = data(edge)
        assert told["isFact"] == ("true" if claim in facts else "false")
        if claim not in facts:
            assert told["label"] == f"{told['property']} ({told['factuality']} by {told['speaker']})"
            seen.add(told["factuality"])
        else:
            assert told["label"] == told["property"]
    assert seen == {"affirmed", "denied", "planned", "expected", "possible", "unknown", "mentioned"}


def test_nodes_have_labels_and_types(root: ElementTree.Element) -> None:
    nodes = {node.attrib["id"]: data(node) for node in root.iter(f"{NS}node")}
    assert nodes["https://w3id.org/wakhan/id/taliban"]["label"] == "Taliban"
    assert nodes["https://w3id.org/wakhan/id/tajikistan"]["type"] == "state"
    assert all(each["label"] and each["type"] for each in nodes.values())
