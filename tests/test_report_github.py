"""GitHub gets workflow commands that it can read, whatever the data hold."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from wakhan.findings import Finding, Place, Report, count
from wakhan.report import render_report


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


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as the runner does: kind, properties and message."""
    match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert match is not None, line
    properties = dict(each.split("=", 1) for each in match[2].split(","))
    return match[1], {key: unquote(value) for key, value in properties.items()}, unquote(match[3])


def commands(report: Report) -> list[tuple[str, dict[str, str], str]]:
    return [read_command(line) for line in render_report(report, "github").splitlines() if line.startswith("::")]


def test_a_finding_is_a_command_with_its_place() -> None:
    place = Place(Path("data/a b.ttl"), 3, 16, 3, 27)
    kind, properties, message = commands(report_of(finding(place=place, hint="Did you mean art:narrator?")))[0]
    assert kind == "error"
    assert properties == {
        "file": "data/a b.ttl",
        "line": "3",
        "endLine": "3",
        "col": "16",
        "endColumn": "27",
        "title": "shape:Claim-speaker",
    }
    assert message.split("\n") == [
        "Name a speaker.",
        "focus claim:p05s1-1, path wk:speaker, value art:narator",
        "Did you mean art:narrator?",
    ]


def test_a_place_of_several_lines_has_no_columns() -> None:
    _, properties, _ = commands(report_of(finding(place=Place(Path("a.ttl"), 3, 16, 5, 2))))[0]
    assert properties == {"file": "a.ttl", "line": "3", "endLine": "5", "title": "shape:Claim-speaker"}


@pytest.mark.parametrize("place", [None, Place(Path("a.ttl")), Place(Path("a.ttl"), 2), Place(Path("a.ttl"), 2, 3)])
def test_what_is_not_known_is_not_told(place: Place | None) -> None:
    _, properties, _ = commands(report_of(finding(place=place)))[0]
    assert len(properties) == 1 + sum(part is not None for part in place or ())


def test_signs_of_the_commands_are_escaped_in_the_data() -> None:
    found = finding(
        shape="a,b:c%d=e::f",
        message="50 % off\r\n::error::x, y: z",
        focus="",
        path="",
        value="",
        place=Place(Path("a,b:%.ttl")),
    )
    line, *_ = render_report(report_of(found), "github").splitlines()
    assert line == ("::error file=a%2Cb%3A%25.ttl,title=a%2Cb%3Ac%25d=e%3A%3Af::50 %25 off ::error::x, y: z")


def test_the_worst_come_first_because_ten_of_a_kind_are_shown() -> None:
    found = [
        finding(severity=severity, focus=f"id:{n}")
        for n, severity in enumerate(("info", "violation", "warning", "violation"))
    ]
    assert [kind for kind, _, _ in commands(report_of(*found))] == ["error", "error", "warning", "notice"]


def test_the_last_line_is_plain_and_counts() -> None:
    assert render_report(report_of(finding()), "github").splitlines()[-1] == "1 violation"
    assert render_report(report_of(), "github") == "no findings\n"
    assert "1 more is not shown" in render_report(Report((finding(),), {"violation": 2}), "github").splitlines()[-1]
