"""Tests of the pages of passages and of the article."""

from pathlib import Path
from typing import Any

import pytest
from rdflib import URIRef

from wakhan.dataset import Dataset
from wakhan.names import ART
from wakhan.site.content import Content
from wakhan.site.passages import Passage, passage_pages, passages, sections


def passage(name: str, kind: str = "sentence") -> Passage:
    return Passage(URIRef(ART[name]), name, kind, "", "0", "1", [], 0)


def test_passages_stand_under_their_heading_and_by_paragraph() -> None:
    names = ("title", "p01s1", "p01s2", "p02s1", "h01", "p03s1")
    found = [passage(name, {"t": "title", "h": "heading"}.get(name[0], "sentence")) for name in names]
    told = [
        (section.heading and section.heading.name, [[each.name for each in part] for part in section.paragraphs])
        for section in sections(found)
    ]
    assert told == [("title", [["p01s1", "p01s2"], ["p02s1"]]), ("h01", [["p03s1"]])]


def test_an_article_without_headings_has_one_section() -> None:
    [section] = sections([passage("p01s1"), passage("odd"), passage("p01s2")])
    assert section.heading is None
    assert [[each.name for each in part] for part in section.paragraphs] == [["p01s1"], ["odd"], ["p01s2"]]


def test_facts_are_counted(tiny_root: Path) -> None:
    found = passages(Content(Dataset(tiny_root)))
    assert [(each.name, len(each.claims), each.facts) for each in found] == [
        ("p01s1", 1, 1), ("p01s2", 1, 0), ("p01s3", 2, 0),
    ]  # fmt: skip


def test_each_passage_has_a_page_and_a_section_on_that_of_the_article(tiny_root: Path) -> None:
    *pages, article = passage_pages(Content(Dataset(tiny_root)))
    assert [page.path for page in pages] == ["article/p01s1.html", "article/p01s2.html", "article/p01s3.html"]
    assert (article.path, article.sections) == ("article.html", ("p01s1", "p01s2", "p01s3"))
    assert article.values["facts"] == 1
    assert [page.values["before"] is None for page in pages] == [True, False, False]


@pytest.mark.parametrize(
    ("claims", "facts", "told"),
    [
        (1, 1, "1 claim, a fact"),
        (1, 0, "1 claim, not a fact"),
        (2, 0, "2 claims, none of them a fact"),
        (3, 1, "3 claims, 1 of them a fact"),
        (3, 2, "3 claims, 2 of them facts"),
        (3, 3, "3 claims, all of them facts"),
    ],
)
def test_it_is_told_in_words_how_many_claims_are_facts(claims: int, facts: int, told: str) -> None:
    view: Any = None
    assert passage("p01s1")._replace(claims=[view] * claims, facts=facts).tally == told
