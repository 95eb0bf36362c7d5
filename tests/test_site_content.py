"""Tests of what pages are made of."""

from pathlib import Path

import pytest
from rdflib import RDF, Literal
from rdflib.namespace import XSD

from wakhan.dataset import Dataset
from wakhan.law import statements
from wakhan.names import ART, CLAIM, ID, WK, local_name
from wakhan.site.content import Content


@pytest.fixture
def content(tiny_root: Path) -> Content:
    return Content(Dataset(tiny_root))


def test_claims_are_found_by_all_that_they_name(content: Content) -> None:
    planned = content.claim[CLAIM["p01s3-1"]]
    assert content.by_subject[ID["mr-cee"]] == [planned]
    assert planned in content.by_object[ID.borland]
    assert content.by_property[WK.visited] == [planned]
    assert content.by_passage[ART.p01s3] == [planned, content.claim[CLAIM["p01s3-2"]]]
    assert content.by_speaker[ID["mr-cee"]] == [content.claim[CLAIM["p01s3-2"]]]
    assert content.by_triple[ID["mr-cee"], WK.visited, ID.borland] == [planned]
    assert content.namings[Literal("in May", lang="en")][0].claim == planned


def test_claims_come_in_the_order_of_the_article(content: Content) -> None:
    assert [local_name(view.iri) for view in content.claims] == ["p01s1-1", "p01s2-1", "p01s3-1", "p01s3-2"]
    assert [local_name(passage) for passage in content.passages] == ["p01s1", "p01s2", "p01s3"]


def test_facts_are_those_of_the_law(content: Content) -> None:
    assert set(content.facts) == {each.triple for each in statements(content.graph) if each.is_fact}
    assert {view.iri for view in content.claims if content.standing(view) == "fact"} == {CLAIM["p01s1-1"]}


def test_things_are_what_is_described_and_is_no_claim_and_no_passage(content: Content) -> None:
    assert [local_name(thing) for thing in content.things] == [
        "arland", "borland", "mr-cee", "narrator", "pact", "visit-in-may",
    ]  # fmt: skip


def test_a_fact_comes_with_the_claims_behind_it_only(content: Content) -> None:
    [fact] = content.with_claims(content.facts)
    assert [view.iri for view in fact.claims] == [CLAIM["p01s1-1"]]


def test_what_points_to_a_thing_is_no_fact_and_no_claim(content: Content) -> None:
    assert ID.pact not in content.incoming  # Arland is a member of it, which is a fact
    assert content.incoming[ART.article] == [
        (passage, passage_of) for passage, passage_of in content.incoming[ART.article]
    ]
    assert {subject for subject, _ in content.incoming[ART.article]} == set(content.passages)


def test_a_type_reads_well_before_a_vowel(content: Content) -> None:
    assert content.verb(RDF.type, WK.Event) == "is an"
    assert content.verb(RDF.type, WK.Visit) == "is a"
    assert content.verb(WK.visited, ID.arland) == "visited"


def test_days_are_written_as_people_do(content: Content) -> None:
    assert content.label(Literal("P2D", datatype=XSD.dayTimeDuration)) == "2 days"
    assert content.label(Literal("P1D", datatype=XSD.dayTimeDuration)) == "1 day"
    assert content.label(Literal("P2D")) == "P2D"


def test_another_voice_is_told_when_the_article_says_the_same(tiny_root: Path) -> None:
    path = tiny_root / "data/claims/p01.ttl"
    more = """
claim:p01s1-2
    a wk:Claim ;
    rdf:subject id:arland ;
    rdf:predicate wk:memberOf ;
    rdf:object id:pact ;
    wk:factuality wk:Affirmed ;
    wk:speaker id:mr-cee ;
    wk:passage art:p01s1 ;
.
"""
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    content = Content(Dataset(tiny_root))
    reported = content.claim[CLAIM["p01s1-2"]]
    assert content.standing(reported) == "reported"
    assert [view.iri for view in content.vouched(reported)] == [CLAIM["p01s1-1"]]
    assert content.vouched(content.claim[CLAIM["p01s1-1"]]) == []


def test_the_article_is_described_but_is_none_of_the_things_that_claims_are_about(tiny_root: Path) -> None:
    with (tiny_root / "data/article.ttl").open("a", encoding="utf-8") as file:
        file.write('\nart:article a wk:Article ; rdfs:label "an article"@en .\n')
    content = Content(Dataset(tiny_root))
    assert ART.article in content.described
    assert set(content.described) - set(content.things) == {ART.article}
