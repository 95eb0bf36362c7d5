"""The commands that check: validate, lint and verify-source."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import wakhan
from wakhan.choices import ENGINES, REPORT_FORMATS, SEVERITIES
from wakhan.cli.options import FILE, own_dataset, print_text, root_option, status
from wakhan.errors import UsageError, WakhanError

if TYPE_CHECKING:
    from wakhan.findings import Report

_MAX_RESULTS = 10_000
_TELL_NOTES = ("text", "github", "html")


_F = TypeVar("_F", bound=Callable[..., object])


def _report_options(command: _F) -> _F:
    """Add what all commands that check have: how to report what, and when to fail."""
    for option in reversed(
        (
            click.option("--format", "form", type=click.Choice(REPORT_FORMATS), default="text", show_default=True),
            click.option("--output", "-o", type=FILE, help="The file to write; else it is printed."),
            click.option(
                "--also",
                multiple=True,
                metavar="FORMAT=FILE",
                help="Write the report in this form too; may be repeated.",
            ),
            click.option(
                "--fail-on", type=click.Choice((*SEVERITIES, "never")), default="violation", show_default=True
            ),
            click.option("--baseline", type=FILE, help="Report only what this earlier report (json, sarif) has not."),
            click.option(
                "--changed-since", metavar="REVISION", help="Report only what stands on lines changed since then (git)."
            ),
            click.option("--max-results", type=click.IntRange(min=1), default=_MAX_RESULTS, show_default=True),
            root_option,
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--shapes", multiple=True, type=FILE, help="SHACL shapes for FILES: a file or folder; may be repeated.")
@click.option("--ontology", multiple=True, type=FILE, help="What the words of FILES mean; may be repeated.")
@click.option("--reason", type=click.Choice(("none", "rdfs", "owl2rl")), help="What to infer from FILES first.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="What checks the shapes: both find the same.  [default: fast, where it is installed]",
)
@_report_options
def validate(
    files: tuple[Path, ...],
    shapes: tuple[Path, ...],
    ontology: tuple[Path, ...],
    reason: str | None,
    engine: str | None,
    root: Path | None,
    max_results: int,
    form: str,
    **options: Any,  # noqa: ANN401 (as click gives them)
) -> None:
    """Check the dataset, or FILES together with it; or any FILES with --shapes of their own.

    Exit status: 1 if there are findings as grave as --fail-on or graver.
    """
    foreign = bool(shapes or ontology or reason) or (root is None and _are_foreign(files))
    if foreign and not files:
        raise UsageError("nothing to check was named", hint="Name the data: wakhan validate FILES --shapes …")
    limit = _limit(max_results, options)
    w3c = form == "turtle"

    def check() -> "Report":
        if foreign:
            from wakhan.check import check_files

            return check_files(files, shapes, ontology, reason=reason or "none", limit=limit, w3c=w3c, engine=engine)
        return (wakhan.load if files else own_dataset)(root).validate(files, limit=limit, w3c=w3c, engine=engine)

    _finish(check, max_results, form, **options)


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--shapes", multiple=True, type=FILE, help="SHACL shapes: a file or folder; may be repeated.")
@click.option("--ontology", multiple=True, type=FILE, help="What the words mean; may be repeated.")
@click.option("--queries", type=FILE, help="The folder of the stored queries.")
@_report_options
def lint(
    files: tuple[Path, ...],
    shapes: tuple[Path, ...],
    ontology: tuple[Path, ...],
    queries: Path | None,
    root: Path | None,
    max_results: int,
    form: str,
    **options: Any,  # noqa: ANN401 (as click gives them)
) -> None:
    """Check the shapes, the ontology and the queries themselves: of the dataset, or those named, which FILES use.

    Exit status: 1 if there are findings as grave as --fail-on or graver.
    """
    from wakhan.lint.run import lint_dataset, lint_files

    if form == "turtle":
        raise UsageError("only `wakhan validate` makes a SHACL validation report", hint="Choose another --format.")
    limit = _limit(max_results, options)

    def check() -> "Report":
        if files or shapes or ontology or queries:
            return lint_files(files, ontology, shapes, queries, limit=limit)
        return lint_dataset(own_dataset(root).sources, limit=limit)

    _finish(check, max_results, form, **options)


def _are_foreign(files: Sequence[Path]) -> bool:
    """Tell whether *files* have nothing to do with a dataset: there is none around, and none of our words in them."""
    from wakhan.names import WK
    from wakhan.sources import is_around

    if not files or is_around(Path.cwd()):
        return False
    return not any(str(WK) in file.read_text("utf-8", "replace") for file in files if file.is_file())


def _limit(max_results: int, options: Mapping[str, object]) -> int | None:
    """Return how many findings the check must keep: all, if some will be taken away afterwards."""
    return None if options["baseline"] or options["changed_since"] else max_results


def _finish(
    check: Callable[[], "Report"],
    max_results: int,
    form: str,
    *,
    output: Path | None,
    also: tuple[str, ...],
    fail_on: str,
    baseline: Path | None,
    changed_since: str | None,
) -> None:
    """Check, write the report, and end with the status that the findings ask for."""
    from wakhan.report import relative_paths, render_report
    from wakhan.sources import write_text

    others = [_form_and_file(text) for text in also]
    narrow = _narrowed(baseline, changed_since)
    report = relative_paths(narrow(check() if form == "turtle" else _told(check)).first(max_results), Path.cwd())
    for note in report.notes if output is not None or form not in _TELL_NOTES else ():
        click.echo(f"wakhan: warning: {note}", err=True)
    color = output is None and _wants_color()
    for other, path in others:
        write_text(path, render_report(report, other))
    text = render_report(report, form, color=color)
    if output is None:
        print_text(text)
    else:
        write_text(output, text)
    grave: Sequence[str] = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    if any(report.counts[severity] for severity in grave):
        sys.exit(1)


def _form_and_file(text: str) -> tuple[str, Path]:
    form, _, name = text.partition("=")
    if form not in REPORT_FORMATS or form == "turtle" or not name:
        forms = ", ".join(each for each in REPORT_FORMATS if each != "turtle")
        raise UsageError(f"not a format and a file: {text!r}", hint=f"Write FORMAT=FILE; formats are {forms}.")
    return form, Path(name)


def _told(check: Callable[[], "Report"]) -> "Report":
    """Return what *check* finds, or that a file cannot be parsed, which is a finding as well."""
    from wakhan.files import Unreadable

    with status("checking"):
        try:
            return check()
        except Unreadable as error:
            return error.report()
        except WakhanError as error:
            if error.line is None:
                raise
            return Unreadable([error]).report()


def _narrowed(baseline: Path | None, revision: str | None) -> Callable[["Report"], "Report"]:
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

    def narrow(report: "Report") -> "Report":
        for step in steps:
            report = step(report)
        return report

    return narrow


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
    from wakhan.sources import read_text

    problems = passages.verify_source(wakhan.load(root).sources.data, read_text(file))
    for problem in problems:
        click.echo(problem)
    if problems:
        raise WakhanError("this is not the text that the passages were taken from", path=file)
    click.echo("every passage is where the data say")
