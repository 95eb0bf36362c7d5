"""A report as Markdown for the summary of a job: what was found, by rule and one by one, with links to the lines."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from wakhan.findings import SEVERITIES, Finding, Place, Report, counted
from wakhan.names import natural_key
from wakhan.report.snippet import Lines
from wakhan.report.text import left_out_text
from wakhan.report.words import details, one_line, path_text, place_text, shortened, visible

_MOST = 50
"""More rows of a table than this nobody reads, and GitHub takes 1 MiB of summary for a step."""

_LONG = 300
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]|(?<=www)\.|:(?=//)")
"""What Markdown could take for its own, within a line; the last two begin addresses, which become links."""


def to_markdown(report: Report, lines: Lines, environment: Mapping[str, str] = os.environ) -> str:
    """Return *report* as Markdown of GitHub's kind: a table of the rules and one of the first findings.

    In a job of GitHub Actions the places are links to the lines of the commit that is checked, else links from the
    root of the repository. What comes from the data is never markup.

    Args:
        report: What a check found, with paths from the root of the repository.
        lines: The lines of the files; they are not looked at.
        environment: Where to look for the variables by which GitHub tells the commit.
    """
    blocks = [f"### Wakhan: {counted(report.counts)}", _checked(report)]
    if report.findings:
        blocks += [_rules(report), _findings(report, repository(environment))]
    blocks += [_long(note) for note in (*report.notes[:_MOST], left_out_text(report)) if note]
    return "\n\n".join(filter(None, blocks)) + "\n"


def repository(environment: Mapping[str, str]) -> str:
    """Return the address that the path of a file is put behind to show it, or nothing outside of GitHub Actions.

    Example:
        >>> job = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "tea/ships", "GITHUB_SHA": "e6c2"}
        >>> repository(job), repository({})
        ('https://github.com/tea/ships/blob/e6c2/', '')
    """
    parts = [environment.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA")]
    if not all(parts):
        return ""
    server, name, commit = parts
    return f"{server}/{name}/blob/{commit}/"


def _checked(report: Report) -> str:
    files, rules = (_number(len(each), word) for each, word in ((report.files, "file"), (report.rules, "rule")))
    return f"Checked {files} against {rules}." if report.files and report.rules else ""


def _number(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _rules(report: Report) -> str:
    found: dict[str, Counter[str]] = {}
    for finding in report.findings:
        found.setdefault(finding.shape, Counter())[finding.severity] += 1
    used = [severity for severity in SEVERITIES if any(counts[severity] for counts in found.values())]
    order = sorted(found, key=lambda rule: ([-found[rule][severity] for severity in used], natural_key(rule)))
    rows = ([_code(rule), *(f"{found[rule][severity] or ''}" for severity in used)] for rule in order[:_MOST])
    return _table(["rule", *used], ["---", *["---:"] * len(used)], rows, len(order))


def _findings(report: Report, base: str) -> str:
    rows = ([_where(each.place, base), each.severity, _what(each)] for each in report.findings[:_MOST])
    return _table(["where", "severity", "what"], ["---"] * 3, rows, len(report.findings))


def _table(head: list[str], rule: list[str], rows: Iterable[list[str]], number: int) -> str:
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows])
    more = number - _MOST
    return f"{table}\n\n… and {more:,} more." if more > 0 else table


def _where(place: Place | None, base: str) -> str:
    if place is None:
        return ""
    text = _text(shortened(place_text(place)))
    if place.path.is_absolute():
        return text
    several = place.end_line is not None and place.end_line != place.line
    anchor = "" if place.line is None else f"#L{place.line}" + (f"-L{place.end_line}" if several else "")
    return f"[{text}]({base}{quote(path_text(place.path))}{anchor})"


def _what(finding: Finding) -> str:
    told = dict(details(finding))
    expected = told.pop("expected", "")
    lines = (
        _long(finding.message),
        ", ".join(f"{word} {_code(text)}" for word, text in told.items()),
        f"expected {_text(expected)}" if expected else "",
        _long(finding.hint),
    )
    return "<br>".join(filter(None, lines))


def _long(text: str) -> str:
    return _text(shortened(one_line(text), _LONG))


def _text(text: str) -> str:
    """Return *text*, which has one line, so that Markdown shows it as it is."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", text)


def _code(text: str) -> str:
    """Return *text* as code; HTML, as backticks and the lines of a table do not go together."""
    return f"<code>{_text(shortened(visible(text)))}</code>"
