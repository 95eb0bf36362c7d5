"""The commands for many articles: corpus generate, corpus build and corpus join."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wakhan.choices import SEVERITIES
from wakhan.cli.group import TellingGroup
from wakhan.cli.options import FILE, engine_option, print_text

if TYPE_CHECKING:
    from wakhan.corpus.runners import Runner

RUNNERS = ("process", "here", "spark")
_SHOWN = 20


@click.group(cls=TellingGroup)
def corpus() -> None:
    """Many articles, a folder each, over one ontology and one gazetteer."""


@corpus.command()
@click.argument("folder", type=FILE)
@click.option("--articles", type=click.IntRange(min=1), default=100, show_default=True, help="How many.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same bytes.")
@click.option("--scale", type=float, default=1.0, show_default=True, help="How large each is; 1: 5,000 triples.")
@click.option("--broken", type=click.IntRange(min=0), default=0, show_default=True, help="How many are wrong.")
def generate(folder: Path, articles: int, seed: int, scale: float, broken: int) -> None:
    """Invent a corpus in FOLDER, like the dataset that comes with the package, to try things on.

    The broken articles are listed with what is wrong.
    """
    from wakhan.corpus.generate import generate as invent
    from wakhan.sources import load_sources, packaged_root

    made = 0
    with _progress("inventing", articles) as tell:
        for article in invent(load_sources(packaged_root()), folder, articles, seed=seed, scale=scale, wrong=broken):
            made += 1
            tell(made, article.name)
            if article.fault:
                click.echo(f"{article.name}: {article.fault}")
    click.echo(f"{made:,} articles in {folder}")


@corpus.command()
@click.argument("folder", type=FILE)
@click.option("--out", "-o", type=FILE, required=True, help="The folder to build; an earlier build there goes on.")
@click.option("--runner", type=click.Choice(RUNNERS), default="process", show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="How many work at once.  [default: one a processor]")
@click.option("--compress", is_flag=True, help="Compress the parts with gzip.")
@click.option("--fail-on", type=click.Choice((*SEVERITIES, "never")), default="violation", show_default=True)
@engine_option
def build(folder: Path, out: Path, runner: str, workers: int | None, compress: bool, fail_on: str, engine: str) -> None:
    """Check each article in FOLDER by itself, draw its conclusions, and write both as N-Quads.

    An article with violations is left out and listed. A build that was stopped goes on when the command is given
    again; articles that have not changed are not built again.

    Exit status: 1 if there are findings as grave as --fail-on or graver.
    """
    from wakhan.corpus.build import build as run_build
    from wakhan.corpus.totals import to_text

    with _progress("building", None) as tell:
        summary = run_build(
            folder,
            out,
            _runner(runner),
            workers=workers or os.cpu_count() or 1,
            engine=engine,
            compress=compress,
            progress=lambda done, of, name: tell(done, name, of),
        )
    print_text(to_text(summary, _SHOWN))
    _leave(summary.counts, fail_on)


@corpus.command()
@click.argument("out", type=FILE)
@click.option("--fail-on", type=click.Choice(("clash", "never")), default="clash", show_default=True)
def join(out: Path, fail_on: str) -> None:
    """Draw the conclusions that no article of the build OUT gives alone, and list contradictions.

    Only facts are joined, never what is claimed with less.

    Exit status: 1 if articles contradict each other.
    """
    from wakhan.corpus.join import join as run_join
    from wakhan.corpus.join import to_text

    joined = run_join(out)
    print_text("".join(to_text(joined, _SHOWN)))
    if joined.clashes and fail_on == "clash":
        sys.exit(1)


def _runner(name: str) -> "Runner":
    from wakhan.corpus import runners

    if name == "spark":
        from wakhan.corpus.spark import spark

        return spark
    return runners.here if name == "here" else runners.processes


def _leave(counts: Any, fail_on: str) -> None:  # noqa: ANN401 (severity to number)
    grave = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    if any(counts[severity] for severity in grave):
        sys.exit(1)


@contextmanager
def _progress(what: str, total: int | None) -> Iterator[Callable[..., None]]:
    """Yield what shows on a terminal how far a command is: given how many are done, which was last, and of how many."""
    if not sys.stderr.isatty():
        yield lambda done, name, of=None: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def tell(done: int, name: str, of: int | None = None) -> None:
            bar.update(task, completed=done, total=of or total, description=f"{what} {name}")

        yield tell
