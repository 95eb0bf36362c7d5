"""The graph has an edge for each claim that relates things, and shows which are facts."""

from xml.etree import ElementTree

import pytest
from rdflib import RDF, URIRef

from wakhan.formats import Editions
from wakhan.formats.claimtable import claims_in_order
from wakhan.formats.graphml import to_graphml
from wakhan.formats.wording import LIMITS
from wakhan.law import statements
from wakhan.names import CLAIM, WK, local_name
from wakhan.standing import STANDINGS

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
            optional = {f"edge-{local_name(prop)}" for prop in LIMITS}
            assert used <= declared.keys()
            assert used >= {name for name, key in declared.items() if key["for"] == kind} - optional
    assert declared["edge-isFact"]["attr.type"] == "boolean"
    assert declared["edge-weight"]["attr.type"] == "double"


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
            assert not told["label"].startswith(told["property"])
            assert told["speaker"] in told["label"].partition(f": {told['property']}")[0]
            seen.add(told["factuality"])
        else:
            assert told["label"] == told["property"]
    assert seen == {"affirmed", "denied", "planned", "expected", "possible", "unknown", "mentioned"}


def test_what_limits_a_claim_is_on_its_edge_and_in_the_label_of_what_is_no_fact(
    root: ElementTree.Element, editions: Editions
) -> None:
    views = {view.iri: view for view in claims_in_order(editions.graph("asserted"))}
    seen = set()
    for claim, edge in edges(root).items():
        told = data(edge)
        for prop in LIMITS:
            values = [value for used, value in views[claim].qualifiers if used == prop]
            assert bool(values) == (local_name(prop) in told)
            if values:
                seen.add(prop)
                assert told["isFact"] == "true" or told[local_name(prop)] in told["label"]
    assert seen == set(LIMITS) - {WK.notBefore, WK.notAfter}, "the dataset has no bounds"
    found = edges(root)
    (controls,) = (each for each in map(data, found.values()) if each.get("amountText") == "85 percent")
    assert controls["label"] == "according to Taliban delegation in Moscow: controls (amount: 85 percent; time: now)"
    for number in ("p14s3-1", "p14s3-6"):
        assert data(found[CLAIM[number]])["condition"] == "p14s1-1"
        assert "expected" in data(found[CLAIM[number]])["label"]
        assert "(condition: p14s1-1)" in data(found[CLAIM[number]])["label"]


def test_who_counts_all_edges_by_their_weight_counts_the_facts(root: ElementTree.Element) -> None:
    told = [data(edge) for edge in edges(root).values()]
    for each in told:
        assert each["weight"] == ("1" if each["isFact"] == "true" else "0")
        assert (each["standing"] == "fact") == (each["isFact"] == "true")
        assert each["standing"] == each["factuality"] or each["factuality"] == "affirmed"
    assert {each["standing"] for each in told} == set(STANDINGS)
    assert sum(float(each["weight"]) for each in told) == 172


def test_the_file_says_itself_that_an_edge_need_not_be_a_fact(root: ElementTree.Element) -> None:
    about = root.find(f"{NS}desc")
    assert about is not None
    assert root[0] is about, "the schema wants it first"
    assert "no fact unless isFact" in str(about.text)
    described = {key.attrib["attr.name"]: key.findtext(f"{NS}desc") for key in root.iter(f"{NS}key")}
    assert all(name in str(described["standing"]) for name in STANDINGS)
    assert str(described["weight"]).startswith("1 for a fact, 0 for anything else")


def test_nodes_have_labels_and_types(root: ElementTree.Element) -> None:
    nodes = {node.attrib["id"]: data(node) for node in root.iter(f"{NS}node")}
    assert nodes["https://w3id.org/wakhan/id/taliban"]["label"] == "Taliban"
    assert nodes["https://w3id.org/wakhan/id/tajikistan"]["type"] == "state"
    assert all(each["label"] and each["type"] for each in nodes.values())
