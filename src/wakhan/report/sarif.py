"""A report as SARIF 2.1.0, the OASIS standard for what checks find; GitHub's code scanning reads it."""

import os
from pathlib import Path
from urllib.parse import quote

import wakhan
from wakhan.findings import Finding, Place, Report, Rule
from wakhan.names import natural_key
from wakhan.report.fingerprint import fingerprints
from wakhan.report.places import all_paths, anchor
from wakhan.report.snippet import Lines
from wakhan.report.text import left_out_text
from wakhan.report.words import sentences, to_json

FINGERPRINT = "wakhan/v1"
"""The name of the fingerprint; it changes when what the fingerprint is made of changes."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_PROBLEM = {"violation": "error", "warning": "warning", "info": "recommendation"}


def to_sarif(report: Report, lines: Lines) -> str:
    """Return *report* as SARIF 2.1.0 with one run.

    Relative paths begin in ``%SRCROOT%``, which the reader of the file knows; nothing tells the folders of this
    machine but the paths that lie outside of the repository. GitHub takes no result without a file and a line, so a
    finding without a place is shown at its rule if that lies in the repository, else at the first line of the first
    file that was checked.

    Args:
        report: What a check found, with paths from the root of the repository.
        lines: The lines of the files.
    """
    rules = _rules(report)
    rule_index = {name: number for number, name in enumerate(rules)}
    artifacts = {path: number for number, path in enumerate(all_paths(report))}
    prints = fingerprints(report.findings, lines)
    run = {
        "tool": {
            "driver": {
                "name": "wakhan",
                "version": wakhan.__version__,
                "informationUri": "https://w3id.org/wakhan",
                "rules": [_descriptor(name, rule) for name, rule in rules.items()],
            }
        },
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(report)}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "artifacts": [{"location": _artifact(path)} for path in artifacts],
        "results": [
            _result(finding, report, own, rule_index[finding.shape], artifacts)
            for finding, own in zip(report.findings, prints, strict=True)
        ],
    }
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rules(report: Report) -> dict[str, Rule]:
    """Return the rules that were checked and those that found something, by name."""
    found = {finding.shape: Rule(finding.shape, severity=finding.severity) for finding in report.findings}
    return dict(sorted((found | dict(report.rules)).items(), key=lambda item: natural_key(item[0])))


def _descriptor(name: str, rule: Rule) -> dict[str, object]:
    description = rule.description or rule.name or name
    return {
        "id": name,
        "name": rule.name or name,
        "shortDescription": {"text": rule.name or name},
        "fullDescription": {"text": description},
        "help": {"text": description},
        "defaultConfiguration": {"level": _LEVELS.get(rule.severity, "error")},
        "properties": {"problem.severity": _PROBLEM.get(rule.severity, "error")},
    }


def _notifications(report: Report) -> list[dict[str, object]]:
    left_out = left_out_text(report)
    told = [("note", note) for note in report.notes] + ([("warning", left_out)] if left_out else [])
    return [{"level": level, "message": {"text": text}} for level, text in told]


def _result(finding: Finding, report: Report, own: str, rule: int, artifacts: dict[Path, int]) -> dict[str, object]:
    properties = {
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "component": finding.component,
        "expected": finding.expected,
        "source": finding.source,
    }
    result: dict[str, object] = {
        "ruleId": finding.shape,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": sentences(finding)},
        "locations": [{"physicalLocation": _location(anchor(finding, report), artifacts)}],
        "partialFingerprints": {FINGERPRINT: own},
        "properties": {key: value for key, value in properties.items() if value},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _location(place, artifacts),
                "message": {"text": "This has a part in it."},
            }
            for number, place in enumerate(finding.related)
        ]
    return result


def _location(place: Place, artifacts: dict[Path, int]) -> dict[str, object]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column if place.column is not None else None,
    }
    known = {key: number for key, number in region.items() if number is not None and place.line is not None}
    location: dict[str, object] = {"artifactLocation": _artifact(place.path) | {"index": artifacts[place.path]}}
    return location | {"region": known} if known else location


def _artifact(path: Path) -> dict[str, object]:
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(os.fsencode(path.as_posix())), "uriBaseId": _ROOT}
