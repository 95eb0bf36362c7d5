import json
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal

from wakhan.dataset import load
from wakhan.names import ART, CLAIM, ID, WK
from wakhan.show import about, to_dict, to_text


@pytest.fixture
def graph(tiny_root: Path) -> Graph:
    return load(tiny_root).graph


def test_a_thing_has_its_facts_with_their_claims(graph: Graph) -> None:
    found = about(graph, ID.arland)
    assert found.labels == [Literal("Arland", lang="en"), Literal("Arlande", lang="fr")]
    assert found.types == [WK.State]
    assert [(f.triple, [c.iri for c in f.claims]) for f in found.facts] == [
        ((ID.arland, WK.memberOf, ID.pact), [CLAIM["p01s1-1"]])
    ]
    assert [c.iri for c in found.claims] == [CLAIM["p01s2-1"]]  # a denial is no fact
    assert found.descriptions == []
    assert found.incoming == []


def test_what_is_said_of_others_is_shown_with_the_object(graph: Graph) -> None:
    assert [fact.triple[0] for fact in about(graph, ID.pact).incoming] == [ID.arland]
    assert [c.iri for c in about(graph, ID.borland).incoming_claims] == [CLAIM["p01s2-1"], CLAIM["p01s3-1"]]


def test_what_a_speaker_says(graph: Graph) -> None:
    assert [c.iri for c in about(graph, ID["mr-cee"]).spoken] == [CLAIM["p01s3-2"]]
    assert about(graph, ART.narrator).spoken == []  # it would be nearly everything


def test_what_is_said_in_a_passage(graph: Graph) -> None:
    assert [c.iri for c in about(graph, ART.p01s3).spoken] == [CLAIM["p01s3-1"], CLAIM["p01s3-2"]]


def test_the_uses_of_a_property_and_of_a_class(graph: Graph) -> None:
    assert [c.iri for c in about(graph, WK.visited).uses] == [CLAIM["p01s3-1"]]
    assert [c.iri for c in about(graph, WK.Visit).uses] == [CLAIM["p01s3-2"]]


def test_the_text_of_a_thing(graph: Graph) -> None:
    assert to_text(about(graph, ID.arland), graph) == (
        "Arland (id:arland)\n"
        "  is: state\n"
        "  also called: Arlande (fr)\n"
        "\nThe article states\n"
        "  Arland member of the Pact  [art:p01s1]\n"
        "\nSaid of it, and not a fact\n"
        "  claim:p01s2-1: Arland borders Borland; denied by the article; "
        "in art:p01s2 (Arland and Borland have no common border.)\n"
    )


def test_the_text_of_a_claim_tells_it_as_one(graph: Graph) -> None:
    assert to_text(about(graph, CLAIM["p01s3-1"]), graph) == (
        "claim:p01s3-1\n"
        "  is: claim\n\n"
        "claim:p01s3-1  Mr. Cee visited Borland\n"
        "    planned, according to the article\n"
        "    time in words: in May\n"
        "    in art:p01s3 (Mr. Cee plans a visit to Borland.)\n"
    )


def test_the_text_of_terms_and_passages(graph: Graph) -> None:
    told = to_text(about(graph, WK.memberOf), graph)
    assert "Relates an agent to an alliance that it is in." in told
    assert "\nUsed in claims\n  claim:p01s1-1:" in told
    assert "\nSaid in this passage\n  claim:p01s3-1:" in to_text(about(graph, ART.p01s3), graph)
    assert "\nWhat it says\n  claim:p01s3-2:" in to_text(about(graph, ID["mr-cee"]), graph)


def test_the_json_of_a_thing(graph: Graph) -> None:
    told = json.loads(json.dumps(to_dict(about(graph, ID.arland), graph)))
    assert told["facts"] == [
        {
            "subject": str(ID.arland),
            "predicate": str(WK.memberOf),
            "object": str(ID.pact),
            "claims": [str(CLAIM["p01s1-1"])],
        }
    ]
    assert told["types"] == [str(WK.State)]
    assert told["claims"][0]["factuality"] == "Denied"


def test_the_type_of_an_event_is_a_fact_only_when_affirmed(graph: Graph) -> None:
    graph.add((ID["visit-in-may"], RDF.type, WK.Visit))
    assert [fact.triple[2] for fact in about(graph, ID["visit-in-may"]).facts] == [WK.Visit]
