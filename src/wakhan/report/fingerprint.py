"""Know a finding again in a later run."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from wakhan.findings import Finding
from wakhan.report.snippet import Lines
from wakhan.report.words import path_text

BLANK = "a blank node"
"""What findings call a node that has no name."""


def fingerprint(finding: Finding, seen: Counter[str], near: str = "") -> str:
    """Return by what *finding* is known again: 64 hexadecimal digits, the SHA-256 of what does not change by itself.

    That is the file, the rule, focus, path, value, component and source. It is neither the line, which moves when
    something is inserted above, nor the message or hint, whose words get better. Of equal findings the second, third
    and so on get their number into it, so that each has its own: *seen* counts them.

    A blank node has no name that lasts. Where focus or value is one, the text of the line at the place is taken in
    too, without the blanks around and in it; the finding is new once that line is written anew.

    Args:
        finding: What was found.
        seen: How often each was seen in this run; it is changed.
        near: The line at the place.
    """
    path = path_text(finding.place.path) if finding.place else ""
    parts = [path, finding.shape, finding.focus, finding.path, finding.value, finding.component, finding.source]
    if BLANK in (finding.focus, finding.value):
        parts.append(" ".join(near.split()))
    key = _digest(parts)
    seen[key] += 1
    return key if seen[key] == 1 else _digest([*parts, str(seen[key])])


def fingerprints(findings: Iterable[Finding], lines: Lines) -> list[str]:
    """Return the fingerprint of each of *findings*, in their order; no two are equal."""
    seen: Counter[str] = Counter()
    return [fingerprint(each, seen, (lines.line(each.place) if each.place else None) or "") for each in findings]


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()
