"""The command that scores the shapes: mutate."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from wakhan.cli.options import own_dataset, print_json, print_text, root_option, text_format
from wakhan.errors import WakhanError


@click.command()
@click.option("--operator", "-O", "operators", multiple=True, metavar="NAME", help="A kind of damage; may be repeated.")
@click.option("--sample", type=click.IntRange(min=1), help="At most so many mutants of each kind.")
@click.option("--workers", type=click.IntRange(min=1), help="How many processes; else as many as processors.")
@click.option("--queries", is_flag=True, help="Ask the stored queries about the survivors too.")
@click.option("--min-score", type=click.FloatRange(0, 100), metavar="PERCENT", help="Fail if fewer are noticed.")
@text_format
@root_option
def mutate(
    operators: tuple[str, ...],
    sample: int | None,
    workers: int | None,
    queries: bool,
    min_score: float | None,
    form: str,
    root: Path | None,
) -> None:
    """Damage the dataset in every small way, one at a time, and say what validation does not notice."""
    from wakhan import mutation

    sources = own_dataset(root).sources
    with _Progress() as progress:
        score = mutation.mutate(
            sources, operators=operators or None, sample=sample, workers=workers, queries=queries, progress=progress
        )
    places = mutation.places(score, sources)
    if form == "json":
        print_json(mutation.to_dict(score, places))
    else:
        print_text(mutation.to_text(score, places))
    if min_score is not None and score.percent < min_score:
        raise WakhanError(f"{score.percent:.1f} % of the mutants were noticed, and at least {min_score:g} % should be")


class _Progress:
    """Shows how many mutants have been judged, on a terminal."""

    def __enter__(self) -> Callable[[int, int], None]:
        if not sys.stderr.isatty():
            return lambda done, all_: None
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(console=Console(stderr=True), transient=True)
        task = self._bar.add_task("judging mutants", total=None)
        self._bar.start()
        return lambda done, all_: self._bar.update(task, completed=done, total=all_)

    def __exit__(self, *error: object) -> None:
        bar = getattr(self, "_bar", None)
        if bar is not None:
            bar.stop()
