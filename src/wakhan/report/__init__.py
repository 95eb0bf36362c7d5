"""Write what a check found, for people, for programs, and for the services that run checks."""

from collections.abc import Callable

from wakhan.errors import UsageError
from wakhan.findings import Report
from wakhan.report.fingerprint import fingerprint, fingerprints
from wakhan.report.github import to_github
from wakhan.report.gitlab import to_gitlab
from wakhan.report.html import to_html
from wakhan.report.json import to_json_report
from wakhan.report.junit import to_junit
from wakhan.report.markdown import to_markdown
from wakhan.report.places import relative_paths
from wakhan.report.sarif import to_sarif
from wakhan.report.snippet import WIDTH, Lines, Read, source_reader
from wakhan.report.text import to_text
from wakhan.report.turtle import to_turtle_report

__all__ = ["FORMATS", "Read", "fingerprint", "fingerprints", "relative_paths", "render_report", "source_reader"]

_WRITERS: dict[str, Callable[[Report, Lines], str]] = {
    "json": to_json_report,
    "html": to_html,
    "github": lambda report, _: to_github(report),
    "gitlab": to_gitlab,
    "sarif": to_sarif,
    "junit": lambda report, _: to_junit(report),
    "markdown": to_markdown,
    "turtle": lambda report, _: to_turtle_report(report),
}

FORMATS = ("text", *_WRITERS)
"""For people: text, html, markdown. For programs: json, turtle. For services: github, gitlab, sarif, junit."""


def render_report(
    report: Report, form: str = "text", *, read: Read | None = None, color: bool = False, width: int = WIDTH
) -> str:
    """Return *report* in one of the FORMATS; the text ends with the end of a line.

    Args:
        report: What a check found. For services its paths should begin in the root of the repository
            (``relative_paths``).
        form: One of FORMATS.
        read: From a path of the report to the text of the file or None; without it the files are read, from the
            current folder.
        color: Whether ``text`` may have escapes for colors.
        width: How many cells of a terminal a line of source may take in ``text``.

    Raises:
        UsageError: There is no such format, or the report lacks what it needs.
    """
    lines = Lines(read or source_reader())
    if form == "text":
        return to_text(report, lines, color=color, width=width)
    if form not in _WRITERS:
        raise UsageError(f"no format is called {form!r}", hint=f"It can be: {', '.join(FORMATS)}.")
    return _WRITERS[form](report, lines)
