"""A report as GitLab Code Quality reads it, which shows it in merge requests."""

from wakhan.findings import Finding, Report
from wakhan.report.fingerprint import fingerprints
from wakhan.report.places import anchor
from wakhan.report.snippet import Lines
from wakhan.report.words import path_text, sentences, to_json

_SEVERITIES = {"violation": "major", "warning": "minor", "info": "info"}


def to_gitlab(report: Report, lines: Lines) -> str:
    """Return *report* as a Code Quality report: a JSON list with one object a finding.

    GitLab wants a path and a line. A finding without them is shown at its rule if that lies in the repository, else
    at the first line of its file or of the first file that was checked.

    Args:
        report: What a check found, with paths from the root of the repository.
        lines: The lines of the files.
    """
    prints = fingerprints(report.findings, lines)
    return to_json([_issue(finding, report, own) for finding, own in zip(report.findings, prints, strict=True)])


def _issue(finding: Finding, report: Report, own: str) -> dict[str, object]:
    place = anchor(finding, report)
    return {
        "description": sentences(finding),
        "check_name": finding.shape,
        "fingerprint": own,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path_text(place.path), "lines": {"begin": place.line}},
    }
