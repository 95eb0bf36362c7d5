"""What is told of a dataset is what stands in its data."""

from pathlib import Path

import wakhan
from wakhan.metadata.about import HOME, about

ROOT = Path(__file__).parents[1]
CATALOG = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://example.org/mine/dataset> a dcat:Dataset ;
    dcterms:title "Mine"@en ; dcterms:language "en" ; dcat:keyword "b"@en, "a"@en ;
    dcterms:license <https://example.org/licence> .
"""
PLACES = """
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix id: <https://w3id.org/wakhan/id/> .
id:arland geo:lat 10.5 ; geo:long -20.0 .
id:mr-cee geo:lat "north" ; geo:long 3.0 .
id:nowhere geo:lat 1.0 ; geo:long 2.0 .
"""


def test_wakhan_is_its_own_publisher_and_has_the_version_of_the_package() -> None:
    found = about(wakhan.load(ROOT))
    assert (found.base, found.version, found.publisher) == (HOME, wakhan.__version__, "The Wakhan developers")
    assert (found.stating, found.facts) == (196, 172)
    assert sum(found.claims.values()) == 325
    assert "United States" not in {place.name for place in found.places}, "no claim names it"
    assert "Tajikistan" in {place.name for place in found.places}


def test_another_dataset_has_what_it_says_and_no_more(tiny_root: Path) -> None:
    (tiny_root / "data/catalog.ttl").write_text(CATALOG)
    found = about(wakhan.load(tiny_root))
    assert (str(found.iri), found.base) == ("https://example.org/mine/dataset", "https://example.org/mine/")
    assert (found.title, found.languages, found.keywords) == ("Mine", ("en",), ("a", "b"))
    assert (found.version, found.publisher, found.issued, found.article_date) == (None, None, None, None)
    assert found.claims == {
        "Affirmed": 1, "Denied": 1, "Planned": 2, "Expected": 0, "Possible": 0, "Unknown": 0, "Mentioned": 0,
    }  # fmt: skip
    assert (found.stating, found.facts) == (1, 1)
    assert found.description == "What an article states: claims (4), and the facts that follow from them (1)."


def test_a_dataset_that_does_not_describe_itself_is_named_after_its_narrator(tiny_root: Path) -> None:
    assert str(about(wakhan.load(tiny_root)).iri) == "https://w3id.org/wakhan/dataset"


def test_a_place_counts_where_a_claim_names_it_and_its_position_is_a_number(tiny_root: Path) -> None:
    (tiny_root / "data/places.ttl").write_text(PLACES)
    (place,) = about(wakhan.load(tiny_root)).places
    assert (place.name, place.latitude, place.longitude, place.same_as) == ("Arland", 10.5, -20.0, ())


def test_each_part_has_an_address_of_its_own() -> None:
    found = about(wakhan.load(ROOT))
    assert str(found.file("a.nt")) == "https://w3id.org/wakhan/data/a.nt"
    assert str(found.query("csto-members")) == "https://w3id.org/wakhan/query/csto-members"
    assert str(found.edition("facts")) == "https://w3id.org/wakhan/data/void.ttl#facts"
