"""Tests of the addresses of pages and the ways between them."""

import pytest
from rdflib import Literal, URIRef

from wakhan.names import CLAIM, ID, QUERY, SHAPE, WK
from wakhan.site.links import BASE, Links, page_of, root_of


@pytest.mark.parametrize(
    ("iri", "page"),
    [
        ("id/tajikistan", "id/tajikistan.html"),
        ("claim/p05s1-1", "claim/p05s1-1.html"),
        ("claim/a00001/p05s1-1", "claim/a00001/p05s1-1.html"),
        ("article/p05s1", "article/p05s1.html"),
        ("query/csto-members", "query/csto-members.html"),
        ("ontology#Alliance", "ontology.html#Alliance"),
        ("ontology", "ontology.html"),
        ("shape#Claim-speaker", "shape.html#Claim-speaker"),
        ("shape", "shape.html"),
        ("dataset", "dataset.html"),
        ("", "index.html"),
    ],
)
def test_the_address_of_a_page_is_the_path_of_its_iri(iri: str, page: str) -> None:
    assert page_of(URIRef(BASE + iri)) == page


@pytest.mark.parametrize(
    "iri",
    ["id/", "id/..", "id/.hidden", "id/a?b", "id/a#b", "id/a/../b", "id/a//b", "elsewhere/a", "ontology/0.1.0"],
)
def test_an_iri_that_would_lead_out_of_its_folder_has_no_page(iri: str) -> None:
    assert page_of(URIRef(BASE + iri)) is None


def test_the_iri_of_somebody_else_has_no_page() -> None:
    assert page_of(URIRef("https://example.org/id/tajikistan")) is None
    assert page_of(Literal(f"{BASE}id/tajikistan")) is None


def test_a_link_goes_up_as_often_as_the_page_is_deep() -> None:
    links = Links(["id/tajikistan.html", "claim/p05s1-1.html"])
    assert links.href(ID.tajikistan, "index.html") == "id/tajikistan.html"
    assert links.href(ID.tajikistan, "claim/p05s1-1.html") == "../id/tajikistan.html"
    assert links.from_page("id/tajikistan.html")(CLAIM["p05s1-1"]) == "../claim/p05s1-1.html"
    assert (root_of("index.html"), root_of("id/tajikistan.html")) == ("", "../")


def test_there_is_no_link_to_a_page_or_section_that_is_not_there() -> None:
    links = Links(["ontology.html", "ontology.html#Alliance"])
    assert links.href(WK.Alliance, "index.html") == "ontology.html#Alliance"
    assert links.href(WK.Nothing, "index.html") is None
    assert links.href(SHAPE.Claim, "index.html") is None
    assert links.href(QUERY.nothing, "index.html") is None


def test_a_link_elsewhere_is_an_address_of_the_web_or_nothing() -> None:
    links = Links([])
    assert (
        links.href(URIRef("https://www.wikidata.org/entity/Q863"), "index.html")
        == "https://www.wikidata.org/entity/Q863"
    )
    for iri in ("javascript:alert(1)", "data:text/html,x", "urn:isbn:1", "file:///etc/passwd"):
        assert links.href(URIRef(iri), "index.html") is None
    assert links.href(Literal("https://example.org/"), "index.html") is None


def test_a_name_that_is_escaped_in_the_iri_is_found_under_the_name_of_its_file() -> None:
    links = Links(["id/caf%C3%A9.html"])
    assert links.href(ID["caf%C3%A9"], "index.html") == "id/caf%25C3%25A9.html"
