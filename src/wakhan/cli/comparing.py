"""The command that compares two versions: diff."""

import sys
from pathlib import Path

import click

from wakhan.choices import DIFF_FORMATS
from wakhan.cli.options import FILE, print_text
from wakhan.errors import UsageError, WakhanError


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--format", "form", type=click.Choice(DIFF_FORMATS), default="text", show_default=True)
def diff(old: Path, new: Path, form: str) -> None:
    """Tell what differs between two versions, OLD and NEW, and which step of the version it asks for.

    Each is the folder of a dataset, a folder of downloads, or a file of RDF with the asserted edition. They are
    compared claim by claim: who says what now, how sure, where, and which facts come and go with it; then the things,
    the words, the shapes and the queries.

    Exit status: 0 when they say the same, 1 when they differ, 2 when one cannot be read.
    """
    from wakhan.diff import compare, read_version
    from wakhan.diff.render import render

    try:
        difference = compare(read_version(old), read_version(new))
    except WakhanError as error:  # 1 would mean that they differ
        place = (error.path, error.line, error.column)
        raise UsageError(error.message, path=place[0], line=place[1], column=place[2], hint=error.hint) from None
    print_text(render(difference, form))
    if difference:
        sys.exit(1)
