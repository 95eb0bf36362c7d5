"""The report for programs has everything, in the same order, and is whole JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

import wakhan
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


def read(report: Report) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(render_report(report, "json", read=lambda _: None))
    return value


def test_a_whole_report() -> None:
    found = finding(
        component="sh:ClassConstraintComponent",
        hint="Did you mean art:narrator?",
        expected="an agent",
        place=Place(Path("data/é.ttl"), 3, 16, 3, 27),
        related=(Place(Path("data/b.ttl"), 1),),
        terms=("<https://example.org/c>", "<https://example.org/p>", "_:b7"),
    )
    written = read(report_of(found, notes=("A note.",)))
    fingerprint = written["findings"][0].pop("fingerprint")
    assert len(fingerprint) == 64
    assert written == {
        "version": wakhan.__version__,
        "conforms": False,
        "counts": {"violation": 1, "warning": 0, "info": 0},
        "left_out": 0,
        "notes": ["A note."],
        "findings": [
            {
                "severity": "violation",
                "shape": "shape:Claim-speaker",
                "focus": "claim:p05s1-1",
                "path": "wk:speaker",
                "value": "art:narator",
                "message": "Name a speaker.",
                "source": "shapes",
                "component": "sh:ClassConstraintComponent",
                "expected": "an agent",
                "hint": "Did you mean art:narrator?",
                "terms": {"focus": "<https://example.org/c>", "path": "<https://example.org/p>", "value": ""},
                "place": {"path": "data/é.ttl", "line": 3, "column": 16, "end_line": 3, "end_column": 27},
                "related": [{"path": "data/b.ttl", "line": 1, "column": None, "end_line": None, "end_column": None}],
            }
        ],
    }


def test_keys_are_always_in_the_same_order() -> None:
    report = Report((finding(),), {"info": 0, "violation": 1})
    assert list(read(report)) == ["version", "conforms", "counts", "left_out", "notes", "findings"]
    assert list(read(report)["counts"]) == ["violation", "warning", "info"]
    assert list(read(report)["findings"][0]) == [
        "severity", "shape", "focus", "path", "value", "message", "source", "component", "expected", "hint", "terms",
        "place", "related", "fingerprint",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "conforms"), [({}, True), ({"violation": 0}, True), ({"info": 1}, False), ({"violation": 3}, False)]
)
def test_data_conform_when_nothing_is_found_or_left_out(counts: dict[str, int], conforms: bool) -> None:
    assert read(Report((), counts))["conforms"] is conforms
    assert read(Report((), counts))["left_out"] == sum(counts.values())
    assert read(Report((), counts))["counts"] == {"violation": 0, "warning": 0, "info": 0} | counts


def test_letters_are_written_and_what_a_terminal_obeys_is_escaped() -> None:
    text = "Душанбе \x1b[31m \x9b \u202e \udc80 \U000e0041"
    written = render_report(report_of(finding(message=text)), "json")
    assert "Душанбе" in written
    assert r"\u001b[31m \u009b \u202e \udc80 \udb40\udc41" in written
    assert json.loads(written)["findings"][0]["message"] == text
