"""Accept what an earlier check found, so that only what is new counts."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from wakhan.errors import UsageError
from wakhan.findings import Finding, Report, count
from wakhan.report.fingerprint import fingerprints
from wakhan.report.places import relative_paths
from wakhan.report.sarif import FINGERPRINT
from wakhan.report.snippet import Lines, Read, source_reader
from wakhan.sources import read_text

_TOLD = "toolExecutionNotifications"
_HINT = "Write one with `wakhan validate --format json` (or sarif) and a --max-results that holds all findings."


def read_baseline(path: Path) -> frozenset[str]:
    """Return the fingerprints of what an earlier run found, from its output in the format json or sarif.

    Raises:
        WakhanError: The file is missing or not UTF-8.
        UsageError: It is no such output, or one from which findings were left out: the next run would call them new.
    """
    try:
        output = json.loads(read_text(path))
    except (ValueError, RecursionError):
        raise UsageError("not a baseline: this is not JSON", path=path, hint=_HINT) from None
    try:
        found, left_out = _of_sarif(output) if "runs" in output else _of_json(output)
    except (AttributeError, KeyError, TypeError):
        raise UsageError(
            "not a baseline: neither the json nor the sarif output of wakhan", path=path, hint=_HINT
        ) from None
    if left_out:
        raise UsageError("not a whole baseline: findings were left out of it", path=path, hint=_HINT)
    return frozenset(found)


def only_new(report: Report, baseline: frozenset[str], root: Path = Path(), read: Read | None = None) -> Report:
    """Return *report* without what is in *baseline*.

    Equal findings have fingerprints of their own, so of two of them where the baseline has one, one is left: the
    second, as nobody can tell which of them is new.

    Args:
        report: What a check found; with all findings, as those that were left out cannot be compared and stay counted.
        baseline: The fingerprints from ``read_baseline``.
        root: Where the relative paths of the baseline begin; paths of the report that lie under it are told from there.
        read: From such a path to the text of the file, as for ``render_report``.
    """
    told = relative_paths(report, root).findings
    prints = fingerprints(told, Lines(read or source_reader(root)))
    pairs = zip(report.findings, prints, strict=True)
    return narrowed(report, (finding for finding, own in pairs if own not in baseline))


def narrowed(report: Report, kept: Iterable[Finding]) -> Report:
    """Return *report* with only the findings *kept*, and with counts that fit.

    What had been left out before stays counted. The SHACL validation report is dropped, as it would still tell all.
    """
    findings = tuple(kept)
    before, after = count(report.findings), count(findings)
    counts = {severity: number - before[severity] + after[severity] for severity, number in report.counts.items()}
    return replace(report, findings=findings, counts=counts, w3c=None)


def _of_json(output: dict[str, Any]) -> tuple[list[str], bool]:
    """Return the fingerprints, and whether findings were left out."""
    findings, left_out = output["findings"], output["left_out"]
    return [_fingerprint(each["fingerprint"]) for each in _objects(findings)], bool(left_out)


def _of_sarif(output: dict[str, Any]) -> tuple[list[str], bool]:
    runs = _objects(output["runs"])
    results = [result for run in runs for result in _objects(run["results"])]
    told = [note for run in runs for each in _objects(run["invocations"]) for note in _objects(each[_TOLD])]
    left_out = any(note.get("level") == "warning" for note in told)
    return [_fingerprint(each["partialFingerprints"][FINGERPRINT]) for each in results], left_out


def _objects(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise TypeError
    return value


def _fingerprint(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
