"""The GeoJSON is what RFC 7946 says, and tells facts of a place from what is claimed of it."""

import json
from typing import Any

import pytest
from rdflib import URIRef

from wakhan.claimview import statement
from wakhan.formats import Editions
from wakhan.formats.claimtable import claims_in_order
from wakhan.formats.geojson import to_geojson
from wakhan.formats.thingtables import GEO
from wakhan.law import statements
from wakhan.names import CLAIM, WK
from wakhan.standing import STANDINGS


@pytest.fixture(scope="module")
def features(editions: Editions) -> list[dict[str, Any]]:
    found = json.loads(to_geojson(editions))
    assert found.keys() == {"type", "features"}
    assert found["type"] == "FeatureCollection"
    return list(found["features"])


def test_every_feature_is_a_point_within_the_world(features: list[dict[str, Any]]) -> None:
    for feature in features:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert feature["geometry"].keys() == {"type", "coordinates"}
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
    ids = [feature["id"] for feature in features]
    assert len(ids) == len(set(ids))


def test_every_place_with_a_position_is_there_with_its_longitude_first(
    features: list[dict[str, Any]], editions: Editions
) -> None:
    graph = editions.graph("asserted")
    assert {feature["id"] for feature in features} == {str(place) for place in graph.subjects(GEO.lat)}
    for feature in features:
        place = URIRef(feature["id"])
        told = [float(str(graph.value(place, prop))) for prop in (GEO.long, GEO.lat)]
        assert feature["geometry"]["coordinates"] == told
        assert feature["properties"]["source"], "a position comes from somewhere"


def test_every_claim_on_a_place_is_there_once_facts_apart(features: list[dict[str, Any]], editions: Editions) -> None:
    graph = editions.graph("asserted")
    facts = {str(each.claim) for each in statements(graph) if each.is_fact}
    seen = 0
    for feature in features:
        told = feature["properties"]
        place = URIRef(feature["id"])
        wanted = {
            str(view.iri)
            for view in claims_in_order(graph)
            if place in (view.subject, view.object) or (WK.location, place) in view.qualifiers
        }
        assert {each["claim"] for each in told["facts"]} == wanted & facts
        assert {each["claim"] for each in told["notFacts"]} == wanted - facts
        assert (told["factCount"], told["notFactCount"]) == (len(told["facts"]), len(told["notFacts"]))
        seen += told["notFactCount"]
    assert seen > 40


def test_what_is_no_fact_says_so_in_its_own_words(features: list[dict[str, Any]], editions: Editions) -> None:
    graph = editions.graph("asserted")
    views = {str(view.iri): view for view in claims_in_order(graph)}
    seen = set()
    for feature in features:
        for claim in feature["properties"]["notFacts"]:
            view = views[claim["claim"]]
            hedge, colon, said = claim["text"].partition(
                f": {statement(graph, view.subject, view.predicate, view.object)}"
            )
            assert colon
            assert not said or said.startswith("; ")
            assert claim["speaker"] in hedge
            assert claim["standing"] in hedge or claim["standing"] == "reported"
            assert claim["factuality"] != "affirmed" or claim["speaker"] != "the article"
            seen.add(claim["standing"])
        for fact in feature["properties"]["facts"]:
            view = views[fact["claim"]]
            assert fact["text"].startswith(statement(graph, view.subject, view.predicate, view.object))
    assert {"reported", "denied", "planned"} <= seen <= STANDINGS.keys() - {"fact"}


def test_a_text_that_is_cut_off_is_no_bare_statement(features: list[dict[str, Any]]) -> None:
    (tajikistan,) = (each["properties"] for each in features if each["properties"]["name"] == "Tajikistan")
    (visit,) = (each for each in tajikistan["notFacts"] if each["claim"] == str(CLAIM["p02s1-5"]))
    assert visit["text"].startswith("planned, according to China: Wang Yi visited Tajikistan; ")


def test_a_fact_is_told_with_what_limits_it(features: list[dict[str, Any]], editions: Editions) -> None:
    limited = dict(editions.graph("asserted").subject_objects(WK.degree))
    seen = 0
    for feature in features:
        for fact in feature["properties"]["facts"]:
            if (claim := URIRef(fact["claim"])) in limited:
                assert f"degree: {limited[claim]}" in fact["text"]
                seen += 1
    assert seen


def test_what_holds_in_a_place_is_said_of_it(features: list[dict[str, Any]]) -> None:
    (moscow,) = (each["properties"] for each in features if each["properties"]["name"] == "Moscow")
    assert {str(CLAIM[number]) for number in ("p18s3-1", "p19s3-3", "p19s3-4")} <= {
        each["claim"] for each in moscow["notFacts"]
    }


def test_the_passage_is_where_the_claim_says(features: list[dict[str, Any]]) -> None:
    for feature in features:
        for each in (*feature["properties"]["facts"], *feature["properties"]["notFacts"]):
            assert each["claim"].replace("/claim/", "/article/").startswith(f"{each['passage']}-")
