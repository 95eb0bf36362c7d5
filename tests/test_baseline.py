"""A baseline takes away what was known, as often as it was known, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from wakhan.baseline import narrowed, only_new, read_baseline
from wakhan.errors import UsageError, WakhanError
from wakhan.findings import Finding, Place, Report, count
from wakhan.report import render_report

CLAIMS = Path("data/claims.ttl")


def finding(focus: str, line: int = 1, **parts: Any) -> Finding:  # noqa: ANN401 (any part)
    place = Place(CLAIMS, line)
    return Finding("violation", "shape:A", focus, "wk:a", "", "Mend it.", "shapes", place=place)._replace(**parts)


def report_of(*findings: Finding) -> Report:
    return Report(findings, count(findings))


@pytest.fixture
def baseline(tmp_path: Path) -> Callable[..., frozenset[str]]:
    """Give a function that writes a report and reads it back as a baseline."""

    def written(report: Report, form: str = "json", text: str | None = None) -> frozenset[str]:
        path = tmp_path / f"baseline.{form}"
        path.write_text(render_report(report, form, read=lambda _: text), encoding="utf-8")
        return read_baseline(path)

    return written


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_only_what_is_new_is_left(form: str, baseline: Callable[..., frozenset[str]]) -> None:
    known = baseline(report_of(finding("id:a"), finding("id:b")), form)
    new = finding("id:c", severity="warning")
    left = only_new(report_of(finding("id:b", line=7), finding("id:a", message="Now mend it."), new), known)
    assert left.findings == (new,)
    assert left.counts == {"violation": 0, "warning": 1, "info": 0}
    assert left.left_out == 0


def test_json_and_sarif_are_the_same_baseline(baseline: Callable[..., frozenset[str]]) -> None:
    report = report_of(finding("id:a"), finding("id:a"), finding("a blank node"))
    assert baseline(report, "json", "x") == baseline(report, "sarif", "x")
    assert len(baseline(report)) == 3


@pytest.mark.parametrize(("known", "now", "left"), [(1, 2, 1), (2, 1, 0), (2, 2, 0), (0, 2, 2), (1, 4, 3)])
def test_equal_findings_are_taken_away_as_often_as_they_were_known(
    known: int, now: int, left: int, baseline: Callable[..., frozenset[str]]
) -> None:
    before = baseline(report_of(*[finding("id:a")] * known))
    after = only_new(report_of(*[finding("id:a")] * now), before)
    assert len(after.findings) == after.counts["violation"] == left


def test_blank_nodes_are_known_by_their_line(baseline: Callable[..., frozenset[str]]) -> None:
    known = baseline(report_of(finding("a blank node")), text="[ wk:a 1 ] .")
    again = report_of(finding("a blank node", line=2))
    assert only_new(again, known, read=lambda _: "\n  [ wk:a 1 ] .").findings == ()
    assert only_new(again, known, read=lambda _: "\n  [ wk:b 1 ] .").findings == again.findings


def test_a_baseline_fits_wherever_the_repository_lies(baseline: Callable[..., frozenset[str]], tmp_path: Path) -> None:
    known = baseline(report_of(finding("id:a"), finding("a blank node", line=2)), text="\n[ wk:a 1 ] .")
    (tmp_path / "data").mkdir()
    (tmp_path / CLAIMS).write_text("\n[ wk:a 1 ] .", encoding="utf-8")
    there = [Place(tmp_path / CLAIMS, 1), Place(tmp_path / CLAIMS, 2)]
    report = report_of(finding("id:a", place=there[0]), finding("a blank node", place=there[1]))
    assert only_new(report, known, tmp_path).findings == ()
    assert only_new(report, known, tmp_path / "data").findings == report.findings


def test_a_baseline_without_findings_takes_nothing_away(baseline: Callable[..., frozenset[str]]) -> None:
    report = report_of(finding("id:a"))
    assert only_new(report, baseline(report_of())) == report


SARIF_OF_ANOTHER: dict[str, object] = {"version": "2.1.0", "runs": [{"invocations": [], "results": [{"ruleId": "x"}]}]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("data/claims.ttl\n  1:1 violation\n", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("3", "neither"),
        ("null", "neither"),
        ("[]", "neither"),
        ("{}", "neither"),
        ('"runs"', "neither"),
        (json.dumps({"findings": [], "runs": 3}), "neither"),
        (json.dumps({"findings": {}, "left_out": 0}), "neither"),
        (json.dumps({"findings": [3], "left_out": 0}), "neither"),
        (json.dumps({"findings": [{"focus": "id:a"}], "left_out": 0}), "neither"),
        (json.dumps({"findings": [{"fingerprint": 3}], "left_out": 0}), "neither"),
        (json.dumps([{"fingerprint": "abc"}]), "neither"),
        (json.dumps(SARIF_OF_ANOTHER), "neither"),
    ],
)
def test_anything_else_is_refused_with_the_way_to_get_one(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says) as caught:
        read_baseline(path)
    assert caught.value.path == path
    assert "--format json" in (caught.value.hint or "")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_baseline_with_findings_left_out_is_refused(form: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline"
    path.write_text(render_report(Report((finding("id:a"),), {"violation": 2}), form), encoding="utf-8")
    with pytest.raises(UsageError, match="not a whole baseline"):
        read_baseline(path)


def test_a_missing_baseline_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(WakhanError, match="no such file"):
        read_baseline(tmp_path / "none.json")


def test_a_narrowed_report_counts_what_was_left_out_before_and_has_no_report_of_the_standard() -> None:
    a, b = finding("id:a"), finding("id:b")
    report = Report((a, b), {"violation": 5, "info": 1}, w3c=Graph())
    left = narrowed(report, [b])
    assert (left.findings, left.counts, left.left_out, left.w3c) == ((b,), {"violation": 4, "info": 1}, 4, None)
