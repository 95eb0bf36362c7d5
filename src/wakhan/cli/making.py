"""The commands that write: build, facts, export and format."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import wakhan
from wakhan.choices import EDITIONS, FORMATS
from wakhan.cli.options import (
    FILE,
    own_dataset,
    print_bytes,
    print_text,
    published_dataset,
    root_option,
    shown,
    watched,
)
from wakhan.errors import UsageError, WakhanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wakhan import Dataset
    from wakhan.build import BuildReport


@click.command()
@click.option("--out", type=FILE, help="The folder to build.  [default: dist in the folder of the dataset]")
@root_option
def build(out: Path | None, root: Path | None) -> None:
    """Build what is published: all editions and their checksums, or nothing when something is wrong."""
    from wakhan.build import build as run_build

    _make(run_build, out, root)


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; say what is missing or extra.")
@root_option
def facts(check: bool, root: Path | None) -> None:
    """Write the facts, which follow from the narrator's claims, into the files of the data."""
    from wakhan.facts import compare_facts, rewrite_facts
    from wakhan.names import curie
    from wakhan.sources import write_text

    sources = own_dataset(root).sources
    difference = compare_facts(sources)
    if not check:
        for path, text in rewrite_facts(sources).items():
            write_text(path, text)
            click.echo(f"wrote {shown(path, sources.root)}")
        if difference.missing or difference.extra:
            click.echo(f"facts added: {len(difference.missing)}, taken away: {len(difference.extra)}")
        return
    for word, triples in (("missing", difference.missing), ("extra", difference.extra)):
        for triple in triples:
            click.echo(f"{word}: {' '.join(curie(node, sources.data) for node in triple)}")
    if difference.missing or difference.extra:
        raise WakhanError("the facts are not what the claims say", hint="`wakhan facts` mends them.")


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), help="Only this format.  [with --edition: turtle]")
@click.option("--edition", type=click.Choice(EDITIONS), help="Only this edition.  [with --format: asserted]")
@click.option("--output", "-o", type=FILE, help="The file to write, for one edition in one format; else it is printed.")
@click.option("--out", type=FILE, help="The folder to write.  [default: dist in the folder of the dataset]")
@root_option
def export(form: str | None, edition: str | None, output: Path | None, out: Path | None, root: Path | None) -> None:
    """Write the whole release: all editions in all formats, or nothing when something is wrong.

    With --format, --edition or --output, one edition in one format is printed or written to a file.
    """
    if form is None and edition is None and output is None:
        from wakhan.release import release_folder

        _make(release_folder, out, root)
        return
    if out is not None:
        raise UsageError("--out is the folder of a whole release", hint="Name the file with --output.")
    _export_one(wakhan.load(root), form or "turtle", edition or "asserted", output)


def _make(
    make: "Callable[[Path, Path, Callable[[str], object]], BuildReport]", out: Path | None, root: Path | None
) -> None:
    """Write a folder, show the steps to who is watching, and tell in the end what was done."""
    from wakhan.build import to_text

    base = published_dataset(root, out).root
    target = base / "dist" if out is None else out
    report = watched(lambda progress: make(base, target, progress))
    print_text(to_text(report))
    if report.checked.counts["violation"]:
        sys.exit(1)


def _export_one(dataset: "Dataset", form: str, edition: str, output: Path | None) -> None:
    from wakhan import formats
    from wakhan.sources import write_bytes

    is_text = formats.check(edition, form).is_text
    if output is None and not is_text:
        raise UsageError(f"{form} cannot be printed", hint="Name a file with --output.")
    content = formats.write(formats.Editions(dataset.sources), edition, form)
    if output is None:
        print_bytes(content)
    else:
        write_bytes(output, content)


@click.command(name="format")
@click.argument("files", nargs=-1, type=FILE)
@click.option("--check", is_flag=True, help="Write nothing; name the files that are not in the layout.")
@root_option
def format_files(files: tuple[Path, ...], check: bool, root: Path | None) -> None:
    """Bring Turtle FILES, or all of ontology and data, into the one layout."""
    from wakhan.sources import read_text, write_text
    from wakhan.turtle import format_turtle

    base = root or Path() if files else own_dataset(root).root
    paths = files or [path for name in ("ontology", "data") for path in sorted((base / name).rglob("*.ttl"))]
    formatted = {path: format_turtle(read_text(path), path) for path in paths}
    changed = {path: text for path, text in formatted.items() if path.read_bytes() != text.encode()}
    for path, text in changed.items():
        if not check:
            write_text(path, text)
        click.echo(f"{'not in the layout:' if check else 'wrote'} {shown(path, base)}")
    if check and changed:
        raise WakhanError(f"{len(changed)} of {len(paths)} files are not in the layout", hint="Run `wakhan format`.")
