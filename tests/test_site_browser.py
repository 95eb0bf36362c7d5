"""Tests of the real site in a browser: each kind of page, wide and narrow, light and dark, with and without scripts."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Browsing
    from playwright.sync_api import Page

KINDS = (
    "index.html", "things.html", "claims.html", "article.html", "map.html", "timeline.html", "graph.html",
    "ontology.html", "shape.html", "dataset.html", "404.html", "id/tajikistan.html", "id/moscow.html",
    "article/narrator.html", "claim/p04s3-5.html", "claim/p03s1-4.html", "article/p05s1.html",
    "query/csto-members.html",
)  # fmt: skip
"""A page of each kind; those with many claims or long names go before those with few."""

_FEW = """() => {
  const seen = new Map();
  for (const element of document.querySelectorAll(".card, .inner, .kind, tr, .claim, .paragraph, .passage, li, dd a")) {
    const number = seen.get(element.parentElement) ?? 0;
    seen.set(element.parentElement, number + 1);
    if (number > 3) element.remove();
  }
}"""
"""Leaves a few of what there is many of, because axe takes a second for some hundred elements."""


def axe_findings(page: "Page", *, only_colors: bool) -> list[str]:
    """Return what axe-core finds serious or critical in a page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.evaluate(_FEW)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if only_colors:
        options["runOnly"] = ["color-contrast", "link-in-text-block"]
    found = axe.Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_can_use_the_page(browsing: "Browsing", real_site_url: str, kind: str) -> None:
    light = browsing.open(f"{real_site_url}/{kind}")
    assert axe_findings(light, only_colors=False) == []
    dark = browsing.open(f"{real_site_url}/{kind}", dark=True)
    assert dark.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 23, 26)"
    assert axe_findings(dark, only_colors=True) == []
    assert browsing.problems == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_on_a_phone_without_scripts(
    browsing: "Browsing", real_site_url: str, kind: str
) -> None:
    page = browsing.open(f"{real_site_url}/{kind}", width=360, height=740, scripts=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("h1").is_visible()
    assert browsing.problems == []


@pytest.mark.parametrize("kind", ["things.html", "claims.html"])
def test_a_filter_fits_a_phone(browsing: "Browsing", real_site_url: str, kind: str) -> None:
    page = browsing.open(f"{real_site_url}/{kind}", width=360, height=740)
    assert page.locator("form").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_page_works_from_a_folder_and_in_a_sub_path(
    browsing: "Browsing", real_site: Path, serve_folder: Callable[[Path], str]
) -> None:
    above = serve_folder(real_site.parent)
    for address in (f"{above}/{real_site.name}/claim/p05s1-1.html", (real_site / "claim/p05s1-1.html").as_uri()):
        page = browsing.open(address)
        page.get_by_role("heading", level=1).get_by_role("link", name="Tajikistan").click()
        assert page.title() == "Tajikistan · Wakhan"
        page.get_by_role("navigation", name="Site").get_by_role("link", name="Things").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Things"
    assert browsing.problems == []


def test_the_keyboard_reaches_the_content_first(browsing: "Browsing", real_site_url: str) -> None:
    page = browsing.open(f"{real_site_url}/id/tajikistan.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("element => element === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def shown(page: "Page") -> int:
    return page.locator("tbody tr:visible").count()


def test_claims_are_filtered_and_the_address_remembers_it(browsing: "Browsing", real_site_url: str) -> None:
    page = browsing.open(f"{real_site_url}/claims.html")
    everything = shown(page)
    assert everything == 325
    page.get_by_label("Standing").select_option("denied")
    assert 0 < shown(page) < everything
    assert set(page.locator("tbody tr:visible .badge").all_inner_texts()) == {"denied"}
    assert page.get_by_role("status").inner_text() == f"{shown(page)} of {everything}"
    page.get_by_label("Words").fill("csto TURKMEN")
    page.get_by_label("Speaker").select_option(label="Andrei Grozin")
    assert shown(page) == 0 or all("Turkmenistan" in row for row in page.locator("tbody tr:visible").all_inner_texts())
    again = browsing.open(page.url)
    assert shown(again) == shown(page)
    assert again.get_by_label("Standing").input_value() == "denied"


def test_a_filter_is_a_link(browsing: "Browsing", real_site_url: str) -> None:
    page = browsing.open(f"{real_site_url}/claims.html#standing=planned&topic=events")
    assert shown(page) > 0
    assert set(page.locator("tbody tr:visible .badge").all_inner_texts()) == {"planned"}
    unknown = browsing.open(f"{real_site_url}/claims.html#standing=nonsense")
    assert shown(unknown) == 325
    assert browsing.problems == []


def test_a_thing_is_found_by_its_name_in_another_language(browsing: "Browsing", real_site_url: str) -> None:
    page = browsing.open(f"{real_site_url}/things.html")
    page.get_by_label("Find").fill("таджикистан")
    names = page.locator("li:visible").get_by_role("link").all_inner_texts()
    assert "Tajikistan" in names
    assert len(names) < 40
    assert page.locator("[data-group]:visible").count() < page.locator("[data-group]").count()


def test_without_scripts_all_is_shown_and_no_filter(browsing: "Browsing", real_site_url: str) -> None:
    page = browsing.open(f"{real_site_url}/claims.html#standing=denied", scripts=False)
    assert shown(page) == 325
    assert not page.locator("form").is_visible()


def test_a_drawing_has_a_variant_for_a_phone(browsing: "Browsing", real_site_url: str) -> None:
    for width, visible in ((1280, ".for-desk"), (360, ".for-phone")):
        page = browsing.open(f"{real_site_url}/map.html", width=width)
        assert page.locator(".drawing svg:visible").count() == 1
        assert page.locator(f"{visible} svg").is_visible()


def test_the_labels_of_a_filter_stand_in_a_line(browsing: "Browsing", real_site_url: str) -> None:
    page = browsing.open(f"{real_site_url}/claims.html")
    tops = page.locator("form .field label").evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
    assert len(tops) == 4
    assert max(tops) - min(tops) < 0.5


def test_a_filter_counts_what_stands_in_two_classes_once(browsing: "Browsing", real_site_url: str) -> None:
    page = browsing.open(f"{real_site_url}/things.html#find=taliban")
    names = set(page.locator("[data-words]:visible").get_by_role("link").all_inner_texts())
    total = page.locator(".lead").inner_text().split()[0]
    assert page.get_by_role("status").inner_text() == f"{len(names)} of {total}"
    assert page.locator("[data-words]:visible").count() > len(names)
