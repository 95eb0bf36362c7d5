"""The command that writes the site."""

import sys
from pathlib import Path

import click

from wakhan.cli.options import FILE, print_text, published_dataset, root_option, watched
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

    base = published_dataset(root, out).root
    target = base / "dist" / "site" if out is None else out
    report = watched(lambda progress: build_site(base, target, progress))
    print_text(to_text(report))
    if not report.written:
        sys.exit(1)
