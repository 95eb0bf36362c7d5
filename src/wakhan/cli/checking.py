"""The commands that check: validate and verify-source."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from wakhan import load
from wakhan.cli.options import FILE, own_dataset, print_text, root_option
from wakhan.errors import UsageError, WakhanError
from wakhan.findings import SEVERITIES, Report
from wakhan.sources import read_text, write_text

_MANY = click.Path(path_type=Path)
_MAX_RESULTS = 10_000
_TELL_NOTES = ("text", "github", "html")
_FORMATS = ("text", "github", "gitlab", "sarif", "junit", "json", "turtle", "html")


@click.command()
@click.argument("files", nargs=-1, type=_MANY)
@click.option("--shapes", multiple=True, type=_MANY, help="SHACL shapes for FILES: a file or folder; may be repeated.")
@click.option("--ontology", multiple=True, type=_MANY, help="What the words of FILES mean; may be repeated.")
@click.option("--reason", type=click.Choice(("none", "rdfs", "owl2rl")), help="What to infer from FILES first.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--output", "-o", type=FILE, help="The file to write; else it is printed.")
@click.option("--fail-on", type=click.Choice((*SEVERITIES, "never")), default="violation", show_default=True)
@click.option("--baseline", type=FILE, help="Report only what this earlier report (json or sarif) has not.")
@click.option("--changed-since", metavar="REVISION", help="Report only what stands on lines changed since then (git).")
@click.option("--max-results", type=click.IntRange(min=1), default=_MAX_RESULTS, show_default=True)
@root_option
def validate(
    files: tuple[Path, ...],
    shapes: tuple[Path, ...],
    ontology: tuple[Path, ...],
    reason: str | None,
    form: str,
    output: Path | None,
    fail_on: str,
    baseline: Path | None,
    changed_since: str | None,
    max_results: int,
    root: Path | None,
) -> None:
    """Check the dataset, or FILES together with it; or any FILES with --shapes of their own.

    Exit status: 1 if there are findings as grave as --fail-on or graver.
    """
    foreign = bool(shapes or ontology or reason)
    if foreign and not files:
        raise UsageError("nothing to check was named", hint="Name the data: wakhan validate FILES --shapes …")
    keep = None if baseline or changed_since else max_results
    with_w3c = form == "turtle"

    def check() -> Report:
        if foreign:
            from wakhan.check import check_files

            return check_files(files, shapes, ontology, reason=reason or "none", limit=keep, w3c=with_w3c)
        return (load if files else own_dataset)(root).validate(files, limit=keep, w3c=with_w3c)

    narrow = _narrowed(baseline, changed_since)
    finish(narrow(_told(check)).first(max_results), form, output, fail_on)


def _told(check: Callable[[], Report]) -> Report:
    """Return what *check* finds, or that a file cannot be parsed, which is a finding as well."""
    from wakhan.files import Unreadable

    with _status("checking"):
        try:
            return check()
        except Unreadable as error:
            return error.report()


def _status(text: str) -> AbstractContextManager[object]:
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(text)


def _narrowed(baseline: Path | None, revision: str | None) -> Callable[[Report], Report]:
    """Return what takes away the findings that were not asked for; what is wrong with the request is told at once."""
    steps: list[Callable[[Report], Report]] = []
    if baseline is not None:
        from wakhan.baseline import only_new, read_baseline

        known = read_baseline(baseline)
        steps.append(lambda report: only_new(report, known))
    if revision is not None:
        from wakhan.changes import changed_lines, only_changed

        lines = changed_lines(revision, Path.cwd())
        steps.append(lambda report: only_changed(report, lines))

    def narrow(report: Report) -> Report:
        for step in steps:
            report = step(report)
        return report

    return narrow


def finish(report: Report, form: str, output: Path | None, fail_on: str) -> None:
    """Write *report* in the format *form* and end with the status that its findings ask for."""
    from wakhan.report import relative_paths, render_report

    for note in report.notes if output is not None or form not in _TELL_NOTES else ():
        click.echo(f"wakhan: warning: {note}", err=True)
    color = output is None and _wants_color()
    text = render_report(relative_paths(report, Path.cwd()), form, color=color)
    if output is None:
        print_text(text)
    else:
        write_text(output, text)
    if fails(report, fail_on):
        sys.exit(1)


def fails(report: Report, fail_on: str) -> bool:
    """Tell whether there are findings as grave as *fail_on* or graver."""
    grave: Sequence[str] = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(report.counts[severity] for severity in grave)


def _wants_color() -> bool:
    """Tell whether the reader is a terminal that has not asked for plain text (no-color.org), or colors are forced."""
    if os.environ.get("NO_COLOR"):
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


@click.command(name="verify-source")
@click.argument("file", type=FILE)
@root_option
def verify_source(file: Path, root: Path | None) -> None:
    """Prove that every passage lies in FILE, a copy of the article, where the data say."""
    from wakhan import passages

    problems = passages.verify_source(load(root).sources.data, read_text(file))
    for problem in problems:
        click.echo(problem)
    if problems:
        raise WakhanError("this is not the text that the passages were taken from", path=file)
    click.echo("every passage is where the data say")
