"""The command ``wakhan``: it reads arguments, prints, and says what went wrong in one line."""

import gc
import sys

import click

import wakhan
from wakhan.cli import asking, checking, comparing, corpus, making, scoring, serve, serving, site
from wakhan.cli.group import TellingGroup, tell

_GARBAGE = 100_000
"""So many new objects the garbage collector waits for: triples are no garbage, and to go through them often is slow."""
_OWN_MISTAKE = 70
"""The exit status for what should never happen, as sysexits.h has it: neither a finding nor misuse."""


def _tell_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:  # to look it up takes as long as to start
        click.echo(f"wakhan {wakhan.__version__}")
        ctx.exit()


@click.group(cls=TellingGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """Who is said to do what at the borders of Afghanistan, July 2021: one news article as linked data.

    Exit status: 0 when all is well, 1 when something is found wrong, 2 when the command is misused.
    """


for command in (
    *(asking.ask, asking.query, asking.show, asking.sparql, asking.why),
    *(checking.lint, checking.validate, checking.verify_source),
    scoring.mutate,
    comparing.diff,
    corpus.corpus,
    *(making.build, making.export, making.facts, making.format_files),
    *(serving.load, serving.reason),
    serve.serve,
    site.site,
):
    cli.add_command(command)


def main() -> None:
    """Run the command; what it writes is UTF-8 everywhere, and even a mistake of its own is told in a line."""
    gc.set_threshold(_GARBAGE)
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
