"""A report as workflow commands of GitHub Actions, which GitHub shows beside the lines of a pull request."""

from wakhan.findings import SEVERITIES, Finding, Report, counted
from wakhan.report.text import left_out_text
from wakhan.report.words import about, one_line, path_text, visible

_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}


def to_github(report: Report) -> str:
    """Return *report* as workflow commands, one a line, and a plain line with how many findings there are.

    GitHub shows 10 annotations of each kind for a step, and leaves the rest to the log; so the worst come first.
    A place of several lines has no columns, because GitHub takes them for one line only.

    Args:
        report: What a check found, with paths from the root of the repository.
    """
    worst_first = sorted(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    ending = [f"note: {one_line(note)}" for note in report.notes] + [counted(report.counts), left_out_text(report)]
    return "\n".join([*map(_command, worst_first), *filter(None, ending)]) + "\n"


def _command(finding: Finding) -> str:
    properties = [(key, visible(value)) for key, value in [*_place(finding), ("title", finding.shape)] if value]
    lines = [one_line(finding.message), *about(finding), one_line(finding.hint)]
    written = ",".join(f"{key}={_property(value)}" for key, value in properties)
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(chr(10).join(filter(None, lines)))}"


def _place(finding: Finding) -> list[tuple[str, str]]:
    if finding.place is None:
        return []
    path, line, column, end_line, end_column = finding.place
    place = [("file", path_text(path)), ("line", line), ("endLine", end_line)]
    if end_line in (line, None):
        place += [("col", column), ("endColumn", end_column)]
    return [(key, str(value)) for key, value in place if value is not None]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
