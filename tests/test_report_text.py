"""The report for people is compact, in the order of the files, and says where to look."""

from pathlib import Path
from typing import Any

import click
import pytest

from wakhan.findings import Finding, Place, Report, count
from wakhan.report import render_report

CLAIMS, ACTORS = Path("data/claims.ttl"), Path("data/actors.ttl")
TEXTS = {
    CLAIMS: "claim:p05s1-1\n    a wk:Claim ;\n    wk:speaker art:narator ;\n.\n",
    ACTORS: 'id:a wk:label "' + "word " * 40 + '" .\n',
}


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


WHOLE = """\
data/actors.ttl
  warning Describe it. [shape:Actor]
        = focus id:a

data/claims.ttl
  1:1 info This has been said. [softened]
      1 | claim:p05s1-1
        | ^^^^^^^^^^^^^

  3:16 violation Name a speaker. [shape:Claim-speaker]
      3 |     wk:speaker art:narator ;
        |                ^^^^^^^^^^^
        = focus claim:p05s1-1, path wk:speaker
        = expected an agent
        = hint: Did you mean art:narrator?
        = see data/actors.ttl:1:1
        = see data/places.ttl

without a place
  violation The lists differ. [lists]

note: An import was not found.
2 violations, 1 warning, 1 info
"""


def test_a_whole_report() -> None:
    report = report_of(
        finding(shape="lists", focus="", path="", value="", message="The lists differ."),
        finding(
            place=Place(CLAIMS, 3, 16, 3, 27),
            expected="an agent",
            hint="Did you mean art:narrator?",
            related=(Place(ACTORS, 1, 1, 1, 5), Place(Path("data/places.ttl"))),
        ),
        finding(
            severity="warning",
            shape="shape:Actor",
            focus="id:a",
            path="",
            value="",
            message="Describe it.",
            place=Place(ACTORS),
        ),
        finding(
            severity="info",
            shape="softened",
            path="",
            value="",
            message="This has been said.",
            place=Place(CLAIMS, 1, 1, 1, 14),
        ),
        notes=("An import\nwas not found.",),
    )
    assert render_report(report, read=TEXTS.get) == WHOLE


def test_no_findings_are_said_in_two_words() -> None:
    assert render_report(report_of()) == "no findings\n"


def test_the_same_words_stand_there_with_color() -> None:
    report = report_of(finding(place=Place(CLAIMS, 3, 16, 3, 27)), finding(severity="info"))
    colored = render_report(report, read=TEXTS.get, color=True)
    assert colored != click.unstyle(colored) == render_report(report, read=TEXTS.get)


@pytest.mark.parametrize(("severity", "code"), [("violation", "31"), ("warning", "33"), ("info", "36")])
def test_each_severity_has_its_color(severity: str, code: str) -> None:
    colored = render_report(report_of(finding(severity=severity)), color=True)
    assert f"\x1b[{code}m\x1b[1m{severity}\x1b[0m" in colored


def test_without_color_nothing_is_added_but_ascii() -> None:
    assert render_report(report_of(finding(place=Place(ACTORS, 1, 100, 1, 104))), read=TEXTS.get, width=60).isascii()


@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_lines_of_source_fit_the_terminal(width: int) -> None:
    written = render_report(report_of(finding(place=Place(ACTORS, 1, 100, 1, 104))), read=TEXTS.get, width=width)
    _, _, source, carets, *_ = written.split("\n")
    assert width - 1 <= len(source) <= width
    assert source[carets.index("^") : carets.rindex("^") + 1] == TEXTS[ACTORS][99:103]


def test_findings_of_a_file_are_in_the_order_of_lines_and_files_in_that_of_numbers() -> None:
    places = [
        Place(Path("p10.ttl"), 2),
        Place(Path("p2.ttl"), 10, 1),
        Place(Path("p2.ttl"), 9, 9),
        Place(Path("p2.ttl"), 9, 2),
    ]
    written = render_report(report_of(*(finding(place=place) for place in places)), read=lambda _: None)
    heads = [line.split(" violation")[0].strip() for line in written.splitlines() if "=" not in line and line]
    assert heads[:-1] == ["p2.ttl", "9:2", "9:9", "10:1", "p10.ttl", "2"]


@pytest.mark.parametrize(("more", "said"), [(1, "1 more is"), (1200, "1,200 more are")])
def test_what_is_left_out_is_counted_and_the_way_to_it_named(more: int, said: str) -> None:
    written = render_report(Report((finding(),), {"violation": 1 + more}))
    assert written.endswith(f"violations\n{said} not shown after the first 1: raise --max-results.\n")
