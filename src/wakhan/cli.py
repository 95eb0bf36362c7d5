"""The command ``wakhan``: it reads arguments, prints, and says what went wrong in one line."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from wakhan import Dataset, __version__, load
from wakhan.dataset import ENGINES
from wakhan.errors import UsageError, WakhanError
from wakhan.group import TellingGroup, tell
from wakhan.render import FORMATS, WIDTH, render
from wakhan.sources import is_around, read_text, write_text

if TYPE_CHECKING:
    from wakhan.rows import Rows
    from wakhan.validate import Finding

_F = TypeVar("_F", bound=Callable[..., Any])
_EDITIONS = ("asserted", "inferred", "facts")
_OWN_MISTAKE = 70
"""The exit status for what should never happen, as sysexits.h has it: neither a finding nor misuse."""

_FILE = click.Path(path_type=Path)
_root = click.option("--root", type=_FILE, help="The folder of the dataset; else the one around the current folder.")
_row_format = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
_text_format = click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
_engine = click.option("--engine", type=click.Choice(ENGINES), default="fast", show_default=True)


def _dataset(root: Path | None) -> Dataset:
    return load(root)


def _own_dataset(root: Path | None) -> Dataset:
    """Return the dataset to be changed or checked: never the packaged one when nobody asked for it."""
    if root is None and not is_around(Path.cwd()):
        raise UsageError(
            "no dataset here: neither this folder nor one above it has data/article.ttl", hint="Name one with --root."
        )
    return _dataset(root)


def _print(text: str) -> None:
    click.echo(text, nl=False)


@click.group(cls=TellingGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Who is said to do what at the borders of Afghanistan, July 2021: one news article as linked data.

    Exit status: 0 when all is well, 1 when something is found wrong, 2 when the command is misused.
    """


@cli.command()
@click.argument("name", required=False)
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--describe", is_flag=True, help="Show the question, the parameters and the text instead of the answer.")
@_row_format
@_engine
@_root
def query(name: str | None, params: tuple[str, ...], describe: bool, form: str, engine: str, root: Path | None) -> None:
    """Answer the stored query NAME; without NAME, list the stored queries."""
    from wakhan import query as queries

    dataset = _dataset(root)
    if name is None:
        _print(queries.list_text(dataset.queries))
    elif describe:
        _print(queries.to_text(dataset.stored(name)))
    else:
        _print_rows(dataset, dataset.answer(dataset.stored(name), _pairs(params), engine), form)


def _pairs(params: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in params:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise UsageError(f"not a parameter: {text!r}", hint="Write --param NAME=VALUE.")
        if key in pairs:
            raise UsageError(f"the parameter {key!r} is given twice")
        pairs[key] = value
    return pairs


def _print_rows(dataset: Dataset, rows: "Rows", form: str) -> None:
    from wakhan.lookup import label

    width = os.get_terminal_size(1).columns if sys.stdout.isatty() else WIDTH
    _print(render(rows, form, lambda node: label(dataset.names, node), width=width))


@cli.command()
@click.argument("text")
@click.option("--inferred", is_flag=True, help="Ask also what follows by OWL 2 RL.")
@_row_format
@_engine
@_root
def sparql(text: str, inferred: bool, form: str, engine: str, root: Path | None) -> None:
    """Answer a SPARQL query, given as TEXT or as the name of a file."""
    is_file = not any(sign in text for sign in "{\n") and (text.endswith((".rq", ".sparql")) or Path(text).is_file())
    asked = read_text(Path(text)) if is_file else text
    dataset = _dataset(root)
    rows = dataset.sparql(asked, engine=engine, inferred=inferred)
    for name in dataset.unknown(asked):
        click.echo(f"wakhan: warning: the dataset has nothing that is called {name}", err=True)
    _print_rows(dataset, rows, form)


@cli.command()
@click.argument("subject")
@click.argument("property")
@click.argument("object")
@_text_format
@_root
def ask(subject: str, property: str, object: str, form: str, root: Path | None) -> None:
    """Say how the article stands to a statement: 'John Kerry' visited Moscow."""
    from wakhan import verdict

    dataset = _dataset(root)
    found = dataset.ask(subject, property, object)
    if form == "json":
        _print_json(verdict.to_dict(found, dataset.graph))
    else:
        _print(verdict.to_text(found, dataset.graph))


@cli.command()
@click.argument("name")
@_text_format
@_root
def show(name: str, form: str, root: Path | None) -> None:
    """Show all that the dataset has on NAME: a thing, a claim, a passage, a property or a class."""
    from wakhan import show as showing

    dataset = _dataset(root)
    found = dataset.show(name)
    if form == "json":
        _print_json(showing.to_dict(found, dataset.graph))
    else:
        _print(showing.to_text(found, dataset.graph))


def _print_json(value: object) -> None:
    _print(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@cli.command()
@click.argument("subject")
@click.argument("property")
@click.argument("object")
@_root
def why(subject: str, property: str, object: str, root: Path | None) -> None:
    """Say why a statement is a fact: the rules, and the sentences it rests on."""
    from wakhan.why import to_text

    dataset = _dataset(root)
    proof = dataset.why(subject, property, object)
    if proof is None:
        raise WakhanError("this is not a fact", hint=dataset.ask(subject, property, object).text)
    _print(to_text(proof, dataset.graph).rstrip("\n") + "\n")


@cli.command()
@click.argument("files", nargs=-1, type=_FILE)
@_text_format
@_root
def validate(files: tuple[Path, ...], form: str, root: Path | None) -> None:
    """Check the dataset, or FILES together with it; the worst findings come first."""
    from wakhan.validate import to_text

    findings = (_dataset if files else _own_dataset)(root).validate(files)
    if form == "json":
        _print_json([finding._asdict() for finding in findings])
    else:
        _print(to_text(findings))
    _end_if_violated(findings)


def _end_if_violated(findings: "list[Finding]") -> None:
    if any(finding.severity == "violation" for finding in findings):
        sys.exit(1)


@cli.command()
@click.option("--out", type=_FILE, help="The folder to build.  [default: dist in the folder of the dataset]")
@_root
def build(out: Path | None, root: Path | None) -> None:
    """Build what is published: all editions and their checksums, or nothing when something is wrong."""
    from wakhan.build import build as run_build
    from wakhan.build import to_text

    base = _own_dataset(root).root
    target = base / "dist" if out is None else out
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("building") as status:
            report = run_build(base, target, lambda step: status.update(step))
    else:
        report = run_build(base, target)
    _print(to_text(report))
    _end_if_violated(report.findings)


@cli.command()
@click.option("--check", is_flag=True, help="Write nothing; say what is missing or extra.")
@_root
def facts(check: bool, root: Path | None) -> None:
    """Write the facts, which follow from the narrator's claims, into the files of the data."""
    from wakhan.facts import compare_facts, rewrite_facts
    from wakhan.names import curie

    sources = _own_dataset(root).sources
    difference = compare_facts(sources)
    if not check:
        for path, text in rewrite_facts(sources).items():
            write_text(path, text)
            click.echo(f"wrote {_shown(path, sources.root)}")
        if difference.missing or difference.extra:
            click.echo(f"facts added: {len(difference.missing)}, taken away: {len(difference.extra)}")
        return
    for word, triples in (("missing", difference.missing), ("extra", difference.extra)):
        for triple in triples:
            click.echo(f"{word}: {' '.join(curie(node, sources.data) for node in triple)}")
    if difference.missing or difference.extra:
        raise WakhanError("the facts are not what the claims say", hint="`wakhan facts` mends them.")


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


@cli.command()
@click.option("--format", "form", type=click.Choice(("turtle", "ntriples")), default="turtle", show_default=True)
@click.option("--edition", type=click.Choice(_EDITIONS), default="asserted", show_default=True)
@click.option("--output", "-o", type=_FILE, help="The file to write; else it is printed.")
@_root
def export(form: str, edition: str, output: Path | None, root: Path | None) -> None:
    """Write one edition of the dataset in one format."""
    from wakhan import export as exporting

    text = exporting.export(exporting.edition(_dataset(root).sources, edition), form)
    if output is None:
        _print(text)
    else:
        write_text(output, text)


@cli.command(name="format")
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--check", is_flag=True, help="Write nothing; name the files that are not in the layout.")
@_root
def format_files(files: tuple[Path, ...], check: bool, root: Path | None) -> None:
    """Bring Turtle FILES, or all of ontology and data, into the one layout."""
    from wakhan.turtle import format_turtle

    base = root or Path() if files else _own_dataset(root).root
    paths = files or [path for name in ("ontology", "data") for path in sorted((base / name).rglob("*.ttl"))]
    formatted = {path: format_turtle(read_text(path), path) for path in paths}
    changed = {path: text for path, text in formatted.items() if path.read_bytes() != text.encode()}
    for path, text in changed.items():
        if not check:
            write_text(path, text)
        click.echo(f"{'not in the layout:' if check else 'wrote'} {_shown(path, base)}")
    if check and changed:
        raise WakhanError(f"{len(changed)} of {len(paths)} files are not in the layout", hint="Run `wakhan format`.")


@cli.command(name="verify-source")
@click.argument("file", type=_FILE)
@_root
def verify_source(file: Path, root: Path | None) -> None:
    """Prove that every passage lies in FILE, a copy of the article, where the data say."""
    from wakhan import passages

    problems = passages.verify_source(_dataset(root).sources.data, read_text(file))
    for problem in problems:
        click.echo(problem)
    if problems:
        raise WakhanError("this is not the text that the passages were taken from", path=file)
    click.echo("every passage is where the data say")


def main() -> None:
    """Run the command; what it writes is UTF-8 everywhere, and even a mistake of its own is told in a line."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    try:
        cli(prog_name="wakhan")
    except Exception as error:
        mistake = f"this is a mistake in wakhan itself: {type(error).__name__}: {error}"
        tell(f"{mistake}\n  Please report it, with the command that you gave.")
        sys.exit(_OWN_MISTAKE)
