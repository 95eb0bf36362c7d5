"""A report as JSON for programs, with all that is known of each finding."""

from pathlib import Path

import wakhan
from wakhan.findings import SEVERITIES, Finding, Place, Report
from wakhan.report.fingerprint import fingerprints
from wakhan.report.snippet import Lines
from wakhan.report.words import path_text, to_json


def to_json_report(report: Report, lines: Lines) -> str:
    """Return *report* as a JSON object.

    It has ``version`` (of wakhan), ``conforms`` (as in SHACL: there are no findings of any severity), ``counts`` by
    severity, ``left_out`` (how many were counted and are not listed), ``notes`` and ``findings``. A finding has the
    fields of ``wakhan.findings.Finding``, an empty text for what it does not have and null without a place, and its
    ``fingerprint``, which stays the same when lines move. Keys are always in the same order.

    Args:
        report: What a check found.
        lines: The lines of the files.
    """
    prints = fingerprints(report.findings, lines)
    return to_json(
        {
            "version": wakhan.__version__,
            "conforms": not any(report.counts.values()),
            "counts": {severity: report.counts.get(severity, 0) for severity in SEVERITIES},
            "left_out": report.left_out,
            "notes": list(report.notes),
            "findings": [_finding(each, own) for each, own in zip(report.findings, prints, strict=True)],
        }
    )


def _finding(finding: Finding, own: str) -> dict[str, object]:
    return {
        "severity": finding.severity,
        "shape": finding.shape,
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "message": finding.message,
        "source": finding.source,
        "component": finding.component,
        "expected": finding.expected,
        "hint": finding.hint,
        "terms": dict(zip(("focus", "path", "value"), map(_lasting, finding.terms), strict=True)),
        "place": _place(finding.place),
        "related": [_place(place) for place in finding.related],
        "fingerprint": own,
    }


def _lasting(term: str) -> str:
    """Return a term as N-Triples has it; nothing for a blank node, whose label is another one in each run."""
    return "" if term.startswith("_:") else term


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    return {key: path_text(part) if isinstance(part, Path) else part for key, part in place._asdict().items()}
