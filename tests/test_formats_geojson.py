"""The GeoJSON is what RFC 7946 says, and tells facts of a place from what is claimed of it."""

import json
from typing import Any

import pytest
from rdflib import URIRef

from wakhan.claimview import describe, statement
from wakhan.formats import Editions
from wakhan.formats.claimtable import claims_in_order
from wakhan.formats.geojson import to_geojson
from wakhan.formats.thingtables import GEO
from wakhan.law import statements


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
        wanted = {
            str(view.iri) for view in claims_in_order(graph) if URIRef(feature["id"]) in (view.subject, view.object)
        }
        assert {each["claim"] for each in told["facts"]} == wanted & facts
        assert {each["claim"] for each in told["claims"]} == wanted - facts
        assert (told["factCount"], told["claimCount"]) == (len(told["facts"]), len(told["claims"]))
        seen += told["claimCount"]
    assert seen > 40


def test_what_is_no_fact_says_so_in_its_own_words(features: list[dict[str, Any]], editions: Editions) -> None:
    views = {str(view.iri): view for view in claims_in_order(editions.graph("asserted"))}
    for feature in features:
        for claim in feature["properties"]["claims"]:
            assert claim["text"] == describe(views[claim["claim"]], editions.graph("asserted"))
            assert f"; {claim['factuality']} by {claim['speaker']}" in claim["text"]
            assert claim["factuality"] != "affirmed" or claim["speaker"] != "the article"
        for fact in feature["properties"]["facts"]:
            view = views[fact["claim"]]
            assert fact["text"] == statement(editions.graph("asserted"), view.subject, view.predicate, view.object)


def test_the_passage_is_where_the_claim_says(features: list[dict[str, Any]]) -> None:
    for feature in features:
        for each in (*feature["properties"]["facts"], *feature["properties"]["claims"]):
            assert each["claim"].replace("/claim/", "/article/").startswith(f"{each['passage']}-")
