"""Tests of the data beside the pages."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, Graph, URIRef

from wakhan.dataset import Dataset
from wakhan.export import edition
from wakhan.names import ART, CLAIM, ID, QUERY, WK
from wakhan.site.content import Content
from wakhan.site.data import Descriptions, written


@pytest.fixture
def dataset(tiny_root: Path) -> Dataset:
    return Dataset(tiny_root)


@pytest.fixture
def descriptions(dataset: Dataset) -> Descriptions:
    return Descriptions(Content(dataset), Graph())


@pytest.mark.parametrize(
    "iri",
    [ID.arland, ID.pact, ID["mr-cee"], ID["visit-in-may"], CLAIM["p01s2-1"], CLAIM["p01s3-2"], ART.p01s1, ART.narrator],
)
def test_every_triple_is_in_the_dataset(dataset: Dataset, descriptions: Descriptions, iri: URIRef) -> None:
    whole = set(edition(dataset.sources, "asserted"))
    found = set(descriptions.of(iri))
    assert found
    assert found <= whole


def test_a_thing_comes_with_its_facts_and_with_each_claim_that_names_it_as_a_whole(descriptions: Descriptions) -> None:
    found = descriptions.of(ID.arland)
    assert (ID.arland, WK.memberOf, ID.pact) in found
    assert set(found.subjects(RDF.type, WK.Claim)) == {CLAIM["p01s1-1"], CLAIM["p01s2-1"]}
    assert (CLAIM["p01s2-1"], WK.factuality, WK.Denied) in found
    assert (ID.arland, WK.borders, ID.borland) not in found


def test_an_object_and_a_speaker_find_their_claims(descriptions: Descriptions) -> None:
    assert (CLAIM["p01s3-1"], RDF.object, ID.borland) in descriptions.of(ID.borland)
    assert (CLAIM["p01s3-2"], WK.speaker, ID["mr-cee"]) in descriptions.of(ID["mr-cee"])


def test_a_denial_comes_with_its_negative_assertion_and_no_bare_triple(descriptions: Descriptions) -> None:
    found = descriptions.of(CLAIM["p01s2-1"])
    assert (URIRef(f"{CLAIM['p01s2-1']}/not"), RDF.type, OWL.NegativePropertyAssertion) in found
    assert (None, WK.borders, None) not in found


def test_a_passage_brings_its_claims(descriptions: Descriptions) -> None:
    assert set(descriptions.of(ART.p01s3).subjects(RDF.type, WK.Claim)) == {CLAIM["p01s3-1"], CLAIM["p01s3-2"]}


def test_the_narrator_does_not_bring_all_of_the_dataset(descriptions: Descriptions) -> None:
    assert not list(descriptions.of(ART.narrator).subjects(RDF.type, WK.Claim))


def test_a_query_is_described_by_what_the_release_says_of_it(dataset: Dataset) -> None:
    more = Graph().parse(data=f"<{QUERY.members}> <urn:p> [ <urn:q> 1 ] . <{QUERY.other}> <urn:p> 2 .", format="turtle")
    found = Descriptions(Content(dataset), more).of(QUERY.members)
    assert len(found) == 2
    assert (QUERY.other, None, None) not in found


def test_all_formats_say_the_same(descriptions: Descriptions) -> None:
    texts = written(descriptions.of(ID.arland))
    forms = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}
    sets = [set(ox.parse(texts[ending], format=form)) for ending, form in forms.items()]
    assert sets[0] == sets[1] == sets[2]
    assert len(sets[0]) == len(descriptions.of(ID.arland))
