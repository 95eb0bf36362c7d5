"""The passages fit their article, and only theirs."""

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from wakhan.names import ART, WK
from wakhan.passages import verify_source
from wakhan.sources import load_sources

OA = "http://www.w3.org/ns/oa#"


@pytest.fixture
def data(tiny_root: Path) -> Graph:
    return load_sources(tiny_root).data


def test_own_article_fits(data: Graph, tiny_article: str) -> None:
    assert verify_source(data, tiny_article) == []


def test_changed_letter_is_found(data: Graph, tiny_article: str) -> None:
    assert verify_source(data, tiny_article.replace("no border", "No border")) == [
        "art:p01s2: the text at 24 to 54 does not have the digest wk:sha256"
    ]


def test_code_points_count(data: Graph, tiny_article: str) -> None:
    found = verify_source(data, tiny_article.replace("Arland", "\U0001f600rland", 1))
    assert found == ["art:p01s1: the text at 0 to 23 does not have the digest wk:sha256"]


@pytest.mark.parametrize(
    ("end", "value", "problems"),
    [
        (
            "start",
            20,
            ["art:p01s2: the text at 20 to 54 does not have", "art:p01s2: overlaps with art:p01s1"],
        ),
        ("start", 60, ["art:p01s2: oa:start and oa:end must be", "art:p01s3: the text at 23 to 55, before it"]),
        ("end", 900, ["art:p01s2: oa:start and oa:end must be", "art:p01s3: the text at 23 to 55, before it"]),
        ("end", "54", ["art:p01s2: oa:start and oa:end must be", "art:p01s3: the text at 23 to 55, before it"]),
        ("end", 50, ["art:p01s2: the text at 24 to 50 does not have", "art:p01s3: the text at 50 to 55, before it"]),
    ],
)
def test_wrong_place_is_found(data: Graph, tiny_article: str, end: str, value: int | str, problems: list[str]) -> None:
    data.set((ART.p01s2, URIRef(OA + end), Literal(value)))
    found = verify_source(data, tiny_article)
    assert [one[: len(start)] for one, start in zip(found, problems, strict=True)] == problems


def test_text_without_passage_is_found_and_not_quoted(data: Graph, tiny_article: str) -> None:
    found = verify_source(data, tiny_article + "And more.")
    assert found == ["the end: the text at 89 to 99, before it, is in no passage"]


def test_doubled_values_are_found(data: Graph, tiny_article: str) -> None:
    data.add((ART.p01s1, WK.sha256, Literal("0")))
    data.add((ART.p01s2, URIRef(OA + "end"), Literal(55)))
    found = verify_source(data, tiny_article)
    assert [line.split(":", 2)[1] for line in found] == ["p01s1", "p01s2", "p01s3"]


def test_no_passage_at_all_is_a_problem(tiny_article: str) -> None:
    assert verify_source(Graph(), tiny_article) == ["there are no passages to verify"]
