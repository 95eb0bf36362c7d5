"""Media types are negotiated as RFC 9110 has it: the most specific range decides how much a type is wanted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakhan.protocol.media import (
    CSV,
    HTML,
    JSON_LD,
    N_TRIPLES,
    RESULTS_JSON,
    RESULTS_XML,
    SOLUTIONS,
    TRIPLES,
    TURTLE,
    is_compressible,
    media_type_of,
    negotiate,
    takes_gzip,
    with_charset,
)

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"
PAGES = (HTML, TURTLE, JSON_LD, N_TRIPLES)


@pytest.mark.parametrize(
    ("accept", "offered", "chosen"),
    [
        (None, SOLUTIONS, RESULTS_JSON),
        ("", SOLUTIONS, RESULTS_JSON),
        ("*/*", TRIPLES, TURTLE),
        (RDFLIB, SOLUTIONS, RESULTS_JSON),
        (JENA, PAGES, TURTLE),
        (FIREFOX, PAGES, HTML),
        (FIREFOX, SOLUTIONS, "application/xml"),
        ("text/csv", SOLUTIONS, CSV),
        ("TEXT/CSV ; charset=utf-8 ; Q=0.5", SOLUTIONS, CSV),
        ("application/sparql-results+xml, */*;q=0.1", SOLUTIONS, RESULTS_XML),
        ("text/csv;q=0.1, application/json;q=0.2", SOLUTIONS, "application/json"),
        ("text/csv, */*", SOLUTIONS, CSV),
        ("*/*, text/csv;q=0.5", SOLUTIONS, RESULTS_JSON),
        ("text/*;q=0.9, text/csv;q=0, application/*;q=0.1", SOLUTIONS, "text/tab-separated-values"),
        ("text/turtle;q=0", [TURTLE], None),
        ("*/*;q=0", SOLUTIONS, None),
        ("image/png", SOLUTIONS, None),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#a,b"', PAGES, JSON_LD),
        ("text/turtle;q=high, application/n-triples;q=0.2", PAGES, N_TRIPLES),
        ("nonsense", SOLUTIONS, None),
        (", ,text/turtle,,", PAGES, TURTLE),
    ],
)
def test_the_type_that_is_wanted_most_is_chosen(accept: str | None, offered: tuple[str, ...], chosen: str) -> None:
    assert negotiate(accept, offered) == chosen


@given(st.text(max_size=200))
def test_any_header_leads_to_a_type_that_is_offered_or_to_none(accept: str) -> None:
    assert negotiate(accept, PAGES) in (*PAGES, None)
    assert takes_gzip(accept) in (True, False)


@given(st.lists(st.tuples(st.sampled_from(PAGES), st.integers(1, 1000)), min_size=1, unique_by=lambda pair: pair[0]))
def test_the_highest_quality_wins(wanted: list[tuple[str, int]]) -> None:
    header = ", ".join(f"{name};q={quality / 1000:.3f}" for name, quality in wanted)
    most = max(quality for _, quality in wanted)
    assert (negotiate(header, PAGES), most) in wanted


@pytest.mark.parametrize(
    ("header", "takes"),
    [(None, False), ("", False), ("gzip", True), ("br, GZIP;q=0.5", True), ("gzip;q=0", False), ("*", True),
     ("identity, *;q=0", False)],
)  # fmt: skip
def test_gzip_is_used_where_it_is_taken(header: str | None, takes: bool) -> None:
    assert takes_gzip(header) is takes


def test_files_have_the_media_types_of_their_endings() -> None:
    assert media_type_of("id/tajikistan.html") == HTML
    assert media_type_of("data/wakhan.NT") == N_TRIPLES
    assert media_type_of("static/query/engine.wasm") == "application/wasm"
    assert media_type_of("a.b/README") == "text/plain"
    assert media_type_of("x.unheard-of") == "application/octet-stream"
    assert media_type_of("data/csv-metadata.json") == "application/csvm+json"
    assert media_type_of("data/other-metadata.json") == "application/json"


def test_texts_say_that_they_are_utf_8_and_packed_files_are_not_packed_again() -> None:
    assert with_charset(TURTLE) == "text/turtle; charset=utf-8"
    assert with_charset(RESULTS_JSON) == RESULTS_JSON
    assert is_compressible("image/svg+xml")
    assert not is_compressible("application/gzip")
