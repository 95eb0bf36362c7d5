"""The page stands alone, is readable by all, and shows hostile data as text."""

import re
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from wakhan.findings import Finding, Place, Report, Rule, count
from wakhan.report import render_report

CLAIMS = Path("data/claims.ttl")
SOURCE = "claim:p05s1-1\n    a wk:Claim ;\n    wk:speaker art:narator ;\n.\n"
VOID = {"meta", "input", "br"}


def finding(**parts: Any) -> Finding:  # noqa: ANN401 (any part)
    usual = {
        "severity": "violation",
        "shape": "shape:Claim-speaker",
        "focus": "claim:p05s1-1",
        "path": "wk:speaker",
        "value": "art:narator",
        "message": "Name a speaker.",
        "source": "shapes",
    }
    return Finding(**(usual | parts))


def report_of(*findings: Finding, **parts: Any) -> Report:  # noqa: ANN401 (any part)
    return Report(findings, count(findings), **parts)


class Page(HTMLParser):
    """What a page is made of: its elements in order with their attributes, and the text in each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, tag: str) -> list[str]:
        return [data for name, data in self.texts if name == tag]


def page_of(report: Report) -> Page:
    return Page(render_report(report, "html", read=lambda _: SOURCE))


def test_a_finding_shows_its_line_with_the_words_marked() -> None:
    page = page_of(report_of(finding(place=Place(CLAIMS, 3, 16, 3, 27), hint="Did you mean art:narrator?")))
    assert page.text("mark") == ["art:narator"]
    assert page.text("pre") == []
    assert "    wk:speaker " in page.text("code")
    words = [data for _, data in page.texts]
    for word in (
        "violation",
        "Name a speaker.",
        "line 3:16",
        "claim:p05s1-1",
        "Did you mean art:narrator?",
        "1 violation",
    ):
        assert word in words


def test_what_else_helps_is_shown_where_there_is_any() -> None:
    rules = {
        "shape:Claim-speaker": Rule("speaker", "A claim without a speaker reads as a fact."),
        "same": Rule("", "x"),
    }
    rich = finding(expected="an agent", related=(Place(CLAIMS, 7, 1), Place(Path("b.ttl"))))
    page = page_of(report_of(rich, finding(shape="same", message="x"), rules=rules, files=(CLAIMS,)))
    assert page.text("dt") == ["focus", "path", "value", "expected", "see", "focus", "path", "value"]
    words = page.text("bdi")
    assert "A claim without a speaker reads as a fact." in words
    assert {"an agent", "data/claims.ttl:7:1", "b.ttl"} <= set(words)
    assert page.text("summary") == ["Why"]
    assert "1 file checked against 2 rules" in page.text("p")
    assert not any("checked against" in text for text in page_of(report_of(rich, rules=rules)).text("p"))


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    written = render_report(
        report_of(finding(place=Place(CLAIMS, 3)), finding(severity="info")), "html", read=lambda _: SOURCE
    )
    page = Page(written)
    assert not page.all("script") + page.all("link") + page.all("img") + page.all("iframe")
    assert "@import" not in written
    assert "url(" not in written
    for _, attributes in page.elements:
        assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")


HOSTILE = [
    "<script>alert(1)</script>",
    "</code></pre>",
    '" onclick="x',
    "'><img src=x>",
    "&lt;",
    "-->",
    "\u202eabc",
    "\x1b[0m",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_data_are_text(text: str) -> None:
    def report(word: str) -> Report:
        names = ("shape", "focus", "path", "value", "message", "hint", "expected")
        found = finding(**dict.fromkeys(names, word), place=Place(Path(word), 1, 1, 1, 3), related=(Place(Path(word)),))
        return report_of(
            found, rules={word: Rule(word, word + "."), word + "2": Rule(word)}, files=(Path(word),), notes=(word,)
        )

    def skeleton(word: str) -> list[tuple[str, list[str]]]:
        page = Page(render_report(report(word), "html", read=lambda _: word))
        return [(tag, sorted(attributes)) for tag, attributes in page.elements]

    assert skeleton(text) == skeleton("plain")
    assert "\u202e" not in render_report(report(text), "html", read=lambda _: text)


def test_links_lead_somewhere_and_addresses_are_given_once() -> None:
    found = [finding(focus=f"id:{n}", place=Place(Path(f"{n % 3}.ttl"), n + 1)) for n in range(9)]
    page = page_of(report_of(*found, finding(severity="warning")))
    addresses = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(addresses) == len(set(addresses))
    links = {(attributes["href"] or "").removeprefix("#") for attributes in page.all("a")}
    assert links <= set(addresses)
    labels = {attributes["aria-labelledby"] for attributes in page.all("section") if "aria-labelledby" in attributes}
    assert labels <= set(addresses)
    assert len(links) >= 10


def test_the_address_of_a_finding_outlives_new_lines() -> None:
    def address(line: int) -> str | None:
        (article,) = page_of(report_of(finding(place=Place(CLAIMS, line)))).all("article")
        return article["id"]

    assert address(1) == address(2)


def test_there_are_landmarks_a_language_and_one_order_of_headings() -> None:
    page = page_of(report_of(finding(place=Place(CLAIMS, 3)), finding(severity="info")))
    assert page.all("html") == [{"lang": "en"}]
    assert [len(page.all(tag)) for tag in ("header", "nav", "main", "footer", "h1", "title")] == [1] * 6
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(attributes.get("scope") for attributes in page.all("th"))


def test_a_choice_of_severities_is_there_for_two_or_more() -> None:
    assert page_of(report_of(finding(), finding(focus="id:b"))).all("input") == []
    buttons = page_of(report_of(finding(), finding(severity="info"))).all("input")
    assert [button["id"] for button in buttons] == ["show-all", "show-violation", "show-info"]
    assert [button["id"] for button in buttons if "checked" in button] == ["show-all"]


def test_each_choice_has_its_rule_in_the_style() -> None:
    written = render_report(report_of(), "html")
    for severity in ("violation", "warning", "info"):
        assert f"main:has(#show-{severity}:checked) :is(article:not(.{severity})" in written


def test_the_summary_counts_by_file_and_rule() -> None:
    found = [
        finding(place=Place(CLAIMS, 1)),
        finding(place=Place(CLAIMS, 2)),
        finding(severity="info", shape="softened"),
    ]
    page = page_of(report_of(*found))
    assert page.text("td") == ["2", "1", "2", "1"]
    assert [each["class"] for each in page.all("td") if each] == ["violation", "info", "violation", "info"]


def test_rules_that_found_nothing_are_told_unless_findings_were_left_out() -> None:
    rules = {"shape:Claim-speaker": Rule("speaker"), "shape:A": Rule("a"), "shape:B": Rule("b")}
    assert "2 rules found nothing" in page_of(report_of(finding(), rules=rules)).text("summary")
    assert page_of(Report((finding(),), {"violation": 2}, rules)).text("summary") == []


def test_good_news_are_short() -> None:
    page = page_of(report_of())
    assert "no findings" in page.text("bdi")
    assert page.all("article") + page.all("nav") == []


# --- contrast, as WCAG 2 measures it ---


def luminance(color: str) -> float:
    digits = color if len(color) == 6 else "".join(digit * 2 for digit in color)
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def mixed(color: str, ground: str, part: float) -> str:
    pairs = zip(
        *([int(c.ljust(6, c[0])[start : start + 2], 16) for start in (0, 2, 4)] for c in (color, ground)), strict=True
    )
    return "".join(f"{round(part * one + (1 - part) * two):02x}" for one, two in pairs)


def palettes() -> list[dict[str, str]]:
    written = render_report(report_of(), "html")
    blocks = re.findall(r":root \{(.*?)\}", written, re.DOTALL)
    return [dict(re.findall(r"--(\w+): #(\w+);", block)) for block in blocks]


def test_black_on_white_has_the_contrast_that_the_standard_gives() -> None:
    assert contrast("000", "ffffff") == pytest.approx(21)


@pytest.mark.parametrize("dark", [False, True])
def test_all_text_has_contrast_enough_in_light_and_dark(dark: bool) -> None:
    light_colors, dark_colors = palettes()
    colors = dark_colors if dark else light_colors
    assert set(light_colors) == set(dark_colors)
    inks = ("ink", "faint", "link", "violation", "warning", "info", "good")
    for ink, ground in product(inks, ("paper", "card", "soft")):
        assert contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)
    for tone in ("violation", "warning", "info"):
        assert contrast(colors["ink"], mixed(colors[tone], colors["soft"], 0.15)) >= 4.5, tone
