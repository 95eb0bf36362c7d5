"""Tests of the pages of claims."""

from pathlib import Path
from typing import Any

import pytest

from wakhan.dataset import Dataset
from wakhan.denials import negative_assertions
from wakhan.names import CLAIM, ID, local_name
from wakhan.site.claims import claim_pages, negation
from wakhan.site.content import Content


@pytest.fixture
def pages(tiny_root: Path) -> dict[str, dict[str, Any]]:
    return {Path(page.path).stem: dict(page.values) for page in claim_pages(Content(Dataset(tiny_root)))}


def test_only_a_fact_shows_its_bare_triple(pages: dict[str, dict[str, Any]]) -> None:
    assert pages["p01s1-1"]["bare"].split() == ["id:arland", "wk:memberOf", "id:pact", ";", "."]
    assert [name for name, page in pages.items() if page["bare"]] == ["p01s1-1"]


def test_only_a_denial_of_the_article_shows_its_negative_assertion(pages: dict[str, dict[str, Any]]) -> None:
    assert "owl:NegativePropertyAssertion" in pages["p01s2-1"]["negative"]
    assert [name for name, page in pages.items() if page["negative"]] == ["p01s2-1"]


def test_a_denied_type_is_told_with_the_thing_that_is_not_of_it(tiny_root: Path) -> None:
    path = tiny_root / "data/claims/p01.ttl"
    text = path.read_text(encoding="utf-8").replace(
        "wk:factuality wk:Planned ;\n    wk:speaker id:mr-cee", "wk:factuality wk:Denied ;\n    wk:speaker art:narrator"
    )
    path.write_text(text, encoding="utf-8")
    found = negation(negative_assertions(Dataset(tiny_root).graph), CLAIM["p01s3-2"])
    assert len(found) == 3
    assert any(triple[0] == ID["visit-in-may"] for triple in found)


def test_claims_lead_to_those_beside_them(pages: dict[str, dict[str, Any]]) -> None:
    order = [
        tuple(None if page[side] is None else local_name(page[side].iri) for side in ("before", "after"))
        for page in pages.values()
    ]
    assert order == [(None, "p01s2-1"), ("p01s1-1", "p01s3-1"), ("p01s2-1", "p01s3-2"), ("p01s3-1", None)]


def test_links_between_claims_stand_on_both_pages(tiny_root: Path) -> None:
    path = tiny_root / "data/claims/p01.ttl"
    linked = 'wk:condition claim:p01s1-1 ;\n    wk:timeText "in May"@en'
    path.write_text(path.read_text(encoding="utf-8").replace('wk:timeText "in May"@en', linked), encoding="utf-8")
    pages = {Path(page.path).stem: dict[str, Any](page.values) for page in claim_pages(Content(Dataset(tiny_root)))}
    [(link, targets)] = pages["p01s3-1"]["links"]
    assert (local_name(link), [local_name(view.iri) for view in targets]) == ("condition", ["p01s1-1"])
    assert [str(value) for _, value in pages["p01s3-1"]["qualifiers"]] == ["in May"]
    [(prop, views)] = pages["p01s1-1"]["linked"]
    assert (local_name(prop), [local_name(view.iri) for view in views]) == ("condition", ["p01s3-1"])


def test_the_pages_of_another_article_stand_in_a_folder_of_its_own_and_foreign_claims_have_none(
    tiny_root: Path,
) -> None:
    path = tiny_root / "data/claims/p01.ttl"
    text = path.read_text(encoding="utf-8")
    text = text.replace("<https://w3id.org/wakhan/claim/>", "<https://w3id.org/wakhan/claim/a1/>")
    text = text.replace("claim:p01s1-1", "<https://example.org/c>")
    path.write_text(text, encoding="utf-8")
    pages = claim_pages(Content(Dataset(tiny_root)))
    assert [page.path for page in pages] == ["claim/a1/p01s2-1.html", "claim/a1/p01s3-1.html", "claim/a1/p01s3-2.html"]
