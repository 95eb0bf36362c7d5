"""Tests of the pages of stored queries."""

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from wakhan.dataset import Dataset
from wakhan.names import CLAIM, ID, WK
from wakhan.query import StoredQuery
from wakhan.site.content import Content
from wakhan.site.stored import body, cells, highlighted, query_pages, subjects


@pytest.fixture
def content(tiny_root: Path) -> Content:
    return Content(Dataset(tiny_root))


def test_sparql_is_marked_and_escaped() -> None:
    html = highlighted('SELECT ?a WHERE { ?a <urn:x> "<b>" }')
    assert '<span class="hl-k">SELECT</span>' in html
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_a_page_shows_the_answer_without_the_head(content: Content) -> None:
    [page] = query_pages(content)
    assert (page.path, page.about) == ("query/members.html", URIRef("https://w3id.org/wakhan/query/members"))
    assert page.values["variables"] == ["member", "alliance"]
    assert [[cell.term for cell in row] for row in page.values["rows"]] == [[ID.arland, ID.pact]]  # type: ignore[attr-defined]
    stored = content.dataset.queries["members"]
    assert body(stored).startswith("PREFIX")


def test_a_factuality_is_shown_as_the_claim_of_its_row_stands(content: Content) -> None:
    def shown(*row: URIRef | Literal | None) -> list[str | None]:
        return [cell.standing for cell in cells(content, row)]

    assert shown(CLAIM["p01s1-1"], WK.Affirmed, ID.arland) == ["fact", "fact", None]
    assert shown(CLAIM["p01s3-1"], WK.Planned) == ["planned", "planned"]
    assert shown(WK.Affirmed, None, Literal(1)) == [None, None, None]  # who affirms is not in the row
    assert shown(WK.Denied, Literal(1)) == ["denied", None]
    assert shown(CLAIM["p01s1-1"], WK.Denied) == ["fact", "denied"]


def test_two_claims_that_stand_apart_decide_nothing_for_their_row(content: Content) -> None:
    one, other = CLAIM["p01s1-1"], CLAIM["p01s3-1"]
    content.claim[other] = replace(content.claim[other], factuality=WK.Affirmed, speaker=ID.arland)
    assert [cell.standing for cell in cells(content, (one, other, WK.Affirmed))] == ["fact", "reported", None]


def test_another_dataset_than_that_of_the_defaults_gets_no_answer_but_a_page(tiny_root: Path) -> None:
    (tiny_root / "queries/alliances/of.rq").write_text(
        "#+ summary: Who?\n#+ parameters:\n#+   - name: alliance\n#+     default: id:nato\n"
        "SELECT ?member WHERE { ?member <https://w3id.org/wakhan/ontology#memberOf> ?alliance }\n",
        encoding="utf-8",
    )
    [_, page] = query_pages(Content(Dataset(tiny_root)))
    assert page.values["rows"] is None
    assert "id:nato" in str(page.values["failure"])


def test_that_a_question_is_stored_to_be_answered_is_no_tag_for_people() -> None:
    tags = ("alliances", "competency-question")
    assert subjects(StoredQuery("a", Path("a.rq"), "alliances", "A?", "ASK {}", tags=tags)) == ["alliances"]
