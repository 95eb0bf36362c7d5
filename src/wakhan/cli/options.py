"""The options that several commands have, and how the commands print."""

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import wakhan
from wakhan.choices import ENGINES, ROW_FORMATS
from wakhan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.status import Status

    from wakhan import Dataset

T = TypeVar("T")


class _NamedPath(click.Path):
    """A path that has a name: an empty one, such as that of an unset variable, would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        if str(value) == "":
            self.fail("the name of a file is empty", param, ctx)
        return super().convert(value, param, ctx)


FILE = _NamedPath(path_type=Path)
root_option = click.option(
    "--root",
    type=FILE,
    help="The folder of the dataset; else the one around the current folder, or to read from, the one that came along.",
)
row_format = click.option("--format", "form", type=click.Choice(ROW_FORMATS), default="table", show_default=True)
text_format = click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
engine_option = click.option("--engine", type=click.Choice(ENGINES), default="fast", show_default=True)


def own_dataset(root: Path | None) -> "Dataset":
    """Return the dataset to be changed or checked: never the packaged one when nobody asked for it.

    Raises:
        UsageError: There is none around the current folder.
    """
    from wakhan.sources import is_around

    if root is None and not is_around(Path.cwd()):
        raise UsageError(
            "no dataset here: neither this folder nor one above it has data/article.ttl", hint="Name one with --root."
        )
    return wakhan.load(root)


def published_dataset(root: Path | None, out: Path | None) -> "Dataset":
    """Return the dataset to be published: the packaged one too, where somebody names a folder for what is made of it.

    Raises:
        UsageError: There is none around the current folder, and no folder is named.
    """
    from wakhan.sources import is_around

    if root is None and out is None and not is_around(Path.cwd()):
        raise UsageError(
            "no dataset here: neither this folder nor one above it has data/article.ttl",
            hint="Name one with --root, or with --out a folder for what is made of Wakhan's own.",
        )
    return wakhan.load(root)


def watched(make: "Callable[[Callable[[str], object]], T]") -> "T":
    """Do something that tells its steps, and show them to who is watching.

    Args:
        make: What is done; it is given what it tells its steps to.
    """
    with status("reading") as bar:
        return make(bar.update if bar else lambda step: None)


def status(text: str) -> "AbstractContextManager[Status | None]":
    """Return what shows that something goes on, to who is watching; else it is None and shows nothing."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(text)


def shown(path: Path, root: Path) -> str:
    """Return *path* as it is called within the dataset in *root*."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def print_text(text: str) -> None:
    """Print a text that ends in a line end of its own."""
    click.echo(text, nl=False)


def print_bytes(content: bytes) -> None:
    """Print bytes as they are, with the ends of lines that they have."""
    click.echo(content, nl=False)


def print_json(value: object) -> None:
    """Print *value* as JSON that people can read."""
    print_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
