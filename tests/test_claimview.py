import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal

from wakhan.claimview import as_dict, claim_lines, claim_view, claims_about, describe, statement
from wakhan.names import ART, CLAIM, ID, WK, bind

TURTLE = """
@prefix art: <https://w3id.org/wakhan/article/> .
@prefix claim: <https://w3id.org/wakhan/claim/> .
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
art:narrator a wk:Narrator .
art:title a wk:Passage ; oa:start 0 ; wk:gist "The title."@en .
art:p01s1 a wk:Passage ; oa:start 9 ; wk:gist "Borders fall."@en .
art:h01 a wk:Passage ; oa:start 40 .
id:taliban rdfs:label "Taliban"@en . id:border rdfs:label "the border"@en . id:sidorov rdfs:label "Sidorov"@en .
wk:controls rdfs:label "controls"@en . wk:degree rdfs:label "degree"@en . wk:causedBy rdfs:label "caused by"@en .
claim:p01s1-10 a wk:Claim ; rdf:subject id:taliban ; rdf:predicate wk:controls ; rdf:object id:border ;
    wk:factuality wk:Affirmed ; wk:speaker id:sidorov ; wk:passage art:p01s1 ; wk:degree "almost entirely"@en ;
    wk:causedBy claim:h01-1 .
claim:p01s1-2 a wk:Claim ; rdf:subject id:taliban ; rdf:predicate wk:controls ; rdf:object id:city ;
    wk:factuality wk:Denied ; wk:speaker art:narrator ; wk:passage art:p01s1 .
claim:h01-1 a wk:Claim ; rdf:subject id:taliban ; rdf:predicate wk:wants ; rdf:object id:border ;
    wk:factuality wk:Possible ; wk:speaker art:narrator ; wk:passage art:h01 .
claim:title-1 a wk:Claim ; rdf:subject id:taliban ; rdf:predicate wk:controls ; rdf:object id:border .
claim:broken a wk:Claim ; rdf:subject id:taliban .
claim:no-claim rdf:subject id:taliban ; rdf:predicate wk:controls ; rdf:object id:border .
"""


@pytest.fixture
def graph() -> Graph:
    return bind(Graph()).parse(data=TURTLE)


def test_claims_come_in_the_order_of_the_article(graph: Graph) -> None:
    found = [view.iri for view in claims_about(graph, ID.taliban)]
    assert found == [CLAIM[name] for name in ("p01s1-2", "p01s1-10", "h01-1", "title-1")]  # title-1 has no passage


def test_all_conditions_hold_at_once(graph: Graph) -> None:
    assert len(claims_about(graph, ID.taliban, WK.controls, ID.border)) == 2
    assert [v.iri for v in claims_about(graph, object=ID.border, speaker=ID.sidorov)] == [CLAIM["p01s1-10"]]
    assert [v.iri for v in claims_about(graph, passage=ART.h01)] == [CLAIM["h01-1"]]
    assert claims_about(graph, ID.border) == []


def test_a_view_has_the_qualifiers_and_nothing_else(graph: Graph) -> None:
    view = claim_view(graph, CLAIM["p01s1-10"])
    assert view is not None
    assert (view.factuality, view.speaker, view.passage) == (WK.Affirmed, ID.sidorov, ART.p01s1)
    assert view.gist == "Borders fall."
    assert view.qualifiers == (
        (WK.causedBy, CLAIM["h01-1"]),
        (WK.degree, Literal("almost entirely", lang="en")),
    )


def test_what_says_nothing_is_no_claim(graph: Graph) -> None:
    assert claim_view(graph, CLAIM.broken) is None
    assert claim_view(graph, CLAIM["no-claim"]) is None


def test_a_claim_in_words(graph: Graph) -> None:
    view = claims_about(graph, speaker=ID.sidorov)[0]
    assert describe(view, graph) == (
        "claim:p01s1-10: Taliban controls the border; affirmed by Sidorov; "
        "caused by: Taliban wk:wants the border (claim:h01-1, possible, according to the article); "
        "degree: almost entirely; in art:p01s1 (Borders fall.)"
    )
    assert claim_lines(view, graph)[:2] == [
        "  claim:p01s1-10  Taliban controls the border",
        "      affirmed by Sidorov",
    ]


def test_a_type_is_told_with_its_article(graph: Graph) -> None:
    assert statement(graph, ID.taliban, RDF.type, WK.Agent) == "Taliban is a wk:Agent"
    graph.add((WK.Agent, RDFS.label, Literal("agent", lang="en")))
    assert statement(graph, ID.taliban, RDF.type, WK.Agent) == "Taliban is an agent"


def test_one_line_has_no_room_for_notes(graph: Graph) -> None:
    graph.add((CLAIM["p01s1-10"], SKOS.editorialNote, Literal("A long note.", lang="en")))
    view = claims_about(graph, speaker=ID.sidorov)[0]
    assert "note" not in describe(view, graph)
    assert "      note: A long note." in claim_lines(view, graph)


def test_the_narrator_is_the_article(graph: Graph) -> None:
    assert "denied by the article" in describe(claims_about(graph, object=ID.city)[0], graph)


def test_an_incomplete_claim_is_told_as_such(graph: Graph) -> None:
    view = claim_view(graph, CLAIM["title-1"])
    assert view is not None
    assert describe(view, graph).endswith("; of no stated factuality, according to nobody named")
    assert as_dict(view, graph)["speaker"] is None


def test_json(graph: Graph) -> None:
    told = as_dict(claims_about(graph, speaker=ID.sidorov)[0], graph)
    assert told["factuality"] == "Affirmed"
    assert {"property": str(WK.degree), "value": "almost entirely"} in told["qualifiers"]  # type: ignore[operator]
