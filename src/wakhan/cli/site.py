"""The command that writes the site."""

import sys
from pathlib import Path

import click

from wakhan.cli.options import FILE, own_dataset, print_text, root_option
from wakhan.errors import UsageError


@click.command()
@click.option("--out", type=FILE, help="The folder to write.  [default: dist/site in the folder of the dataset]")
@root_option
def site(out: Path | None, root: Path | None) -> None:
    """Write the site: a page and its data for each IRI, for any host of files; or nothing when something is wrong."""
    try:
        from wakhan.site import build_site, to_text
    except ModuleNotFoundError as error:
        missing = f"{error.name} is not installed, which the site is made with"
        raise UsageError(missing, hint='Install it with: pip install "wakhan[publish]"') from None

    base = own_dataset(root).root
    target = base / "dist" / "site" if out is None else out
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("building the site") as status:
            report = build_site(base, target, lambda step: status.update(step))
    else:
        report = build_site(base, target)
    print_text(to_text(report))
    if not report.written:
        sys.exit(1)
