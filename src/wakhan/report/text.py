"""A report for people: what is wrong, file by file, with the line and the words that are meant."""

from typing import Protocol

import click

from wakhan.findings import Finding, Report, counted
from wakhan.report.places import by_file
from wakhan.report.snippet import WIDTH, Lines, Snippet, snippet
from wakhan.report.words import about, one_line, path_text, place_text, position_text, visible

COLORS = {"violation": "red", "warning": "yellow", "info": "cyan"}
"""What each severity looks like on a terminal; its word stands there too."""

_INDENT = 8
"""Where what belongs to a finding begins; the number of a line stands before it."""


class _Paint(Protocol):
    def __call__(self, text: str, *, fg: str | None = None, bold: bool | None = None, dim: bool | None = None) -> str:
        """Return *text* with the escapes of a color and weight."""


def to_text(report: Report, lines: Lines, *, color: bool = False, width: int = WIDTH) -> str:
    """Return *report* for people: grouped by file, each finding with its line, and at the end how many there are.

    Without color there is no escape in it, and what this adds to the words of the data is plain ASCII.

    Args:
        report: What a check found.
        lines: The lines of the files.
        color: Whether to write escapes for colors.
        width: How many cells a line of source may take with its number.
    """
    paint: _Paint = click.style if color else _plain
    blocks = []
    for path, findings in by_file(report).items():
        blocks.append(paint("without a place" if path is None else visible(path_text(path)), bold=True))
        blocks += ["\n".join(_finding(each, lines, paint, width)) + "\n" for _, each in findings]
    notes = [paint("note: ", bold=True) + one_line(note) for note in report.notes]
    return "\n".join([*blocks, *notes, *_ending(report, paint)]) + "\n"


def left_out_text(report: Report) -> str:
    """Return how many findings are not shown and how to see them, or nothing if all are."""
    if not report.left_out:
        return ""
    are = "is" if report.left_out == 1 else "are"
    return f"{report.left_out:,} more {are} not shown after the first {len(report.findings):,}: raise --max-results."


def _finding(finding: Finding, lines: Lines, paint: _Paint, width: int) -> list[str]:
    fg = COLORS.get(finding.severity)
    place = finding.place
    where = position_text(place) if place else ""
    head = [f"  {where}"] if where else [" "]
    head += [
        paint(finding.severity, fg=fg, bold=True),
        one_line(finding.message),
        paint(f"[{visible(finding.shape)}]", dim=True),
    ]
    shown = snippet(finding.place, lines, width - _INDENT - 2, "..." if paint is _plain else "…")
    source = _source(shown, fg, paint) if shown else []
    return [" ".join(head), *source, *_notes(finding, shown.marked if shown else "", paint)]


def _source(shown: Snippet, fg: str | None, paint: _Paint) -> list[str]:
    marked = paint(shown.marked, fg=fg) if shown.marked else ""
    number = paint(f"{shown.line:>{_INDENT - 1}} |", dim=True)
    source = [f"{number} {shown.before}{marked}{shown.after}".rstrip()]
    if shown.underline:
        blanks = len(shown.underline) - len(shown.underline.lstrip())
        carets = paint(shown.underline.lstrip(), fg=fg, bold=True)
        source.append(f"{paint(' ' * _INDENT + '|', dim=True)} {' ' * blanks}{carets}")
    return source


def _notes(finding: Finding, marked: str, paint: _Paint) -> list[str]:
    notes = about(finding, marked)
    if finding.hint:
        notes.append(paint("hint:", bold=True) + f" {one_line(finding.hint)}")
    notes += [f"see {place_text(place)}" for place in finding.related]
    return [f"{' ' * _INDENT}{paint('=', dim=True)} {note}" for note in notes]


def _ending(report: Report, paint: _Paint) -> list[str]:
    worst = next((severity for severity, number in report.counts.items() if number), None)
    ending = [paint(counted(report.counts), fg=COLORS[worst] if worst else "green", bold=True)]
    left_out = left_out_text(report)
    return [*ending, left_out] if left_out else ending


def _plain(text: str, *, fg: str | None = None, bold: bool | None = None, dim: bool | None = None) -> str:
    return text
