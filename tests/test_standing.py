"""Tests of the standing of claims."""

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef

from wakhan.claimview import ClaimView
from wakhan.names import ART, CLAIM, FACTUALITIES, ID, WK, local_name
from wakhan.standing import MARKS, STANDINGS, how, source, standing

NARRATOR = ART.narrator


def claim(factuality: URIRef | None, speaker: URIRef | None) -> ClaimView:
    return ClaimView(CLAIM.c, ID.a, WK.visited, ID.b, factuality, speaker, ART.p01s1, None, ())


def test_only_what_the_narrator_affirms_is_a_fact() -> None:
    facts = [
        (factuality, speaker)
        for factuality in (*FACTUALITIES, None)
        for speaker in (NARRATOR, ID.somebody, None)
        if standing(claim(factuality, speaker), NARRATOR) == "fact"
    ]
    assert facts == [(WK.Affirmed, NARRATOR)]


def test_without_a_narrator_nothing_is_a_fact() -> None:
    assert standing(claim(WK.Affirmed, None), None) == "reported"
    assert standing(claim(WK.Affirmed, ID.somebody), None) == "reported"


@pytest.mark.parametrize("factuality", FACTUALITIES[1:])
def test_less_than_affirmed_stands_by_its_own_word(factuality: URIRef) -> None:
    for speaker in (NARRATOR, ID.somebody):
        assert standing(claim(factuality, speaker), NARRATOR) == local_name(factuality).lower()


def test_a_factuality_that_nobody_knows_looks_like_no_fact() -> None:
    assert standing(claim(WK.Certain, NARRATOR), NARRATOR) == "mentioned"
    assert standing(claim(None, NARRATOR), NARRATOR) == "mentioned"


def test_every_standing_has_a_mark_of_its_own_shape() -> None:
    assert list(MARKS) == list(STANDINGS)
    assert len(set(MARKS.values())) == len(MARKS)


def test_the_source_is_told_in_words() -> None:
    graph = Graph()
    graph.add((NARRATOR, RDF.type, WK.Narrator))
    graph.add((ID.somebody, RDFS.label, Literal("Ann", lang="en")))
    told = [
        source(claim(factuality, speaker), graph)
        for factuality, speaker in (
            (WK.Affirmed, NARRATOR),
            (WK.Planned, NARRATOR),
            (WK.Denied, NARRATOR),
            (WK.Denied, ID.somebody),
            (WK.Affirmed, ID.somebody),
            (WK.Unknown, None),
        )
    ]
    assert told == [
        "stated by the article",
        "according to the article",
        "denied by the article",
        "denied by Ann",
        "according to Ann",
        "according to nobody named",
    ]


def test_how_sure_who_is_is_told_without_a_word_twice() -> None:
    graph = Graph()
    graph.add((NARRATOR, RDF.type, WK.Narrator))
    graph.add((ID.somebody, RDFS.label, Literal("Ann", lang="en")))
    told = [
        how(claim(factuality, speaker), graph)
        for factuality in (WK.Affirmed, WK.Denied, WK.Planned)
        for speaker in (NARRATOR, ID.somebody)
    ]
    assert told == [
        *("stated by the article", "according to Ann", "denied by the article", "denied by Ann"),
        *("planned, according to the article", "planned, according to Ann"),
    ]
