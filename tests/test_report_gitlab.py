"""GitLab gets a Code Quality report with all that its documentation asks for."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from wakhan.findings import Finding, Place, Report, count
from wakhan.report import render_report

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What the documentation of GitLab asks for; no official schema exists."""


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


def issues(report: Report) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(render_report(report, "gitlab", read=lambda _: None))
    Draft202012Validator(SCHEMA).validate(read)
    return read


def test_a_finding_is_an_issue() -> None:
    (issue,) = issues(
        report_of(finding(place=Place(Path("./data/é.ttl"), 3, 16, 3, 27), hint="Did you mean art:narrator?"))
    )
    assert len(issue.pop("fingerprint")) == 64
    assert issue == {
        "description": "Name a speaker. Did you mean art:narrator?",
        "check_name": "shape:Claim-speaker",
        "severity": "major",
        "location": {"path": "data/é.ttl", "lines": {"begin": 3}},
    }


@pytest.mark.parametrize(("ours", "theirs"), [("violation", "major"), ("warning", "minor"), ("info", "info")])
def test_severities_are_those_of_gitlab(ours: str, theirs: str) -> None:
    assert issues(report_of(finding(severity=ours)))[0]["severity"] == theirs


def test_fingerprints_are_unique() -> None:
    assert len({issue["fingerprint"] for issue in issues(report_of(*[finding()] * 4))}) == 4


def test_a_finding_without_a_place_is_shown_at_the_first_file() -> None:
    first, second = Path("data/a.ttl"), Path("data/b.ttl")
    assert issues(report_of(finding(), files=(first, second)))[0]["location"] == {
        "path": "data/a.ttl",
        "lines": {"begin": 1},
    }
    assert issues(report_of(finding()))[0]["location"]["path"] == "."


def test_good_news_are_an_empty_list() -> None:
    assert issues(report_of()) == []
