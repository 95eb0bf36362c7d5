"""A report as Markdown shows what was found, and nothing of the data is markup."""

import random
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from wakhan.findings import Finding, Place, Report, Rule, count
from wakhan.report.markdown import to_markdown
from wakhan.report.snippet import Lines
from wakhan.report.words import visible

JOB = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "tea/ships", "GITHUB_SHA": "e6c2"}
SHIPS = Path("data/ships.ttl")
HTML = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
"""What GitHub understands, as far as it matters here."""

NASTY = [
    "*a*", "__b__", "~~c~~", "`d`", "``", "[e](https://evil.example)", "![f](g)", "<b>h</b>", "<!--", "|", "\\", "\\|",
    "&amp;", "&#124;", "$x$", "# i", "- j", "\n", "\r\n", "\t", "\x1b[31m", "\u202e", "https://evil.example", "www.k.l",
    "<https://evil.example>", "]", "(", "<script>", "</td>", "日本", "\U0001f600",
]  # fmt: skip


class Page(HTMLParser):
    """The tags, the addresses and the words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.cells: list[str] = []
        self.feed(HTML.render(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag in ("td", "h3", "p"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def finding(**parts: Any) -> Finding:  # noqa: ANN401 (any part)
    usual = {
        "severity": "violation",
        "shape": "shape:Ship-tons",
        "focus": "ship:ariel",
        "path": "tea:tons",
        "value": "8530",
        "message": "A clipper has 100 to 3,000 tons.",
        "source": "shapes",
    }
    return Finding(**(usual | parts))


def written(*findings: Finding, environment: dict[str, str] | None = None, **parts: Any) -> str:  # noqa: ANN401
    report = Report(findings, parts.pop("counts", count(findings)), **parts)
    return to_markdown(report, Lines(lambda _: None), environment or {})


def test_good_data_are_told_in_two_lines() -> None:
    text = written(files=(SHIPS, Path("data/ports.ttl")), rules={"shape:Ship": Rule("ship")})
    assert text == "### Wakhan: no findings\n\nChecked 2 files against 1 rule.\n"


def test_rules_are_counted_by_severity_the_worst_first() -> None:
    text = written(
        *[finding(shape="shape:often", severity="warning")] * 3,
        finding(shape="shape:b"),
        finding(shape="shape:a"),
        finding(shape="shape:both"),
        finding(shape="shape:both", severity="warning"),
    )
    rows = [line for line in text.splitlines() if line.startswith("| <code>")]
    assert rows == [
        "| <code>shape:both</code> | 1 | 1 |",
        "| <code>shape:a</code> | 1 |  |",
        "| <code>shape:b</code> | 1 |  |",
        "| <code>shape:often</code> |  | 3 |",
    ]
    assert "| rule | violation | warning |\n| --- | ---: | ---: |\n" in text


def test_a_finding_says_what_and_why_and_how_to_mend_it() -> None:
    (row,) = [
        line
        for line in written(finding(expected="at most 3000", hint="A zero too many?", place=Place(SHIPS, 14, 5))).split(
            "\n"
        )
        if "data/ships.ttl" in line
    ]
    assert row == (
        "| [data/ships.ttl:14:5](data/ships.ttl#L14) | violation | A clipper has 100 to 3,000 tons."
        "<br>focus <code>ship:ariel</code>, path <code>tea:tons</code>, value <code>8530</code>"
        "<br>expected at most 3000<br>A zero too many? |"
    )


@pytest.mark.parametrize(
    ("place", "links"),
    [
        (Place(SHIPS, 14, 5), ["https://github.com/tea/ships/blob/e6c2/data/ships.ttl#L14"]),
        (Place(SHIPS, 14, 5, 14, 9), ["https://github.com/tea/ships/blob/e6c2/data/ships.ttl#L14"]),
        (Place(SHIPS, 14, 5, 16, 2), ["https://github.com/tea/ships/blob/e6c2/data/ships.ttl#L14-L16"]),
        (Place(SHIPS), ["https://github.com/tea/ships/blob/e6c2/data/ships.ttl"]),
        (Place(Path("a b/(c)#?%.ttl"), 1), ["https://github.com/tea/ships/blob/e6c2/a%20b/%28c%29%23%3F%25.ttl#L1"]),
        (Place(Path("/elsewhere/shapes.ttl"), 1), []),
        (None, []),
    ],
    ids=["line", "part-of-a-line", "lines", "file", "odd-name", "outside", "nowhere"],
)
def test_a_job_of_github_links_to_the_lines_of_its_commit(place: Place | None, links: list[str]) -> None:
    assert Page(written(finding(place=place), environment=JOB)).links == links


@pytest.mark.parametrize("missing", sorted(JOB))
def test_without_a_known_commit_links_begin_in_the_repository(missing: str) -> None:
    page = Page(written(finding(place=Place(SHIPS, 3)), environment=JOB | {missing: ""}))
    assert page.links == ["data/ships.ttl#L3"]


def test_hostile_data_stay_words() -> None:
    rng = random.Random(1)

    def text() -> str:
        return "".join(rng.choices(NASTY, k=rng.randint(0, 5)))

    for _ in range(150):
        path = Path("x" + text().replace("/", ""))
        found = finding(
            **{part: text() for part in ("shape", "focus", "path", "value", "message", "expected", "hint")},
            place=Place(path, 1),
        )
        markdown = written(found, notes=("n" + text(),), environment=JOB)
        assert visible(markdown.replace("\n", "")) == markdown.replace("\n", "")
        page = Page(markdown)
        assert page.tags <= {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "br", "a"}, markdown
        assert len(page.links) == 1, markdown
        assert page.links[0].startswith("https://github.com/tea/ships/blob/e6c2/x"), markdown
        assert " ".join(visible(found.value).split()) in " ".join("".join(page.cells).split()), markdown


def test_addresses_in_the_data_do_not_become_links() -> None:
    text = written(finding(value="<https://evil.example/x>", message="See www.evil.example and http://evil.example."))
    assert "://" not in text
    assert "www." not in text


def test_many_and_long_findings_fit_into_a_summary() -> None:
    long = "|" * 10_000
    findings = [
        finding(shape=f"{number}{long}", focus=long, path=long, value=long, message=long, hint=long, expected=long,
                place=Place(Path("/".join(["|" * 200] * 5)), 1))
        for number in range(2_000)
    ]  # fmt: skip
    text = written(*findings, notes=(long,) * 5_000)
    assert len(text.encode()) < 1024 * 1024
    assert text.count("… and 1,950 more.") == 2


def test_what_is_left_out_is_told() -> None:
    assert "2 more are not shown after the first 1" in written(finding(), counts={"violation": 3})
