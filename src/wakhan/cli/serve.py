"""The command that serves: endpoint, site and data on one port."""

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import wakhan
from wakhan.cli.options import FILE, root_option
from wakhan.errors import UsageError

if TYPE_CHECKING:
    from wakhan.protocol.app import Access
    from wakhan.protocol.served import Source

_MOST_WORKERS = 4
_MEGABYTE = 2**20
_LONGEST_PATH = 200


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes a free one.")
@click.option("--site", type=FILE, help="The folder that `wakhan site` has written.  [default: dist/site, if there]")
@click.option("--inferred", is_flag=True, help="Serve also what follows by OWL 2 RL.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long one query may run.",
)
@click.option("--memory", type=click.IntRange(min=0), default=1024, show_default=True, metavar="MB",
              help="How much memory a process that runs queries may have; 0 for no limit.")  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 64), help="How many queries run at once.  [default: one a processor, up to 4]"
)
@click.option("--log/--no-log", default=True, show_default=True, help="A line a request on standard error.")
@root_option
def serve(
    host: str,
    port: int,
    site: Path | None,
    inferred: bool,
    timeout: float,
    memory: int,
    workers: int | None,
    log: bool,
    root: Path | None,
) -> None:
    """Serve the dataset: a read-only SPARQL endpoint, its IRIs as linked data, and its site.

    The first line that is printed is the address of the endpoint. Ctrl-C ends it.
    """
    _check_installed()
    from wakhan.protocol.limits import Limits
    from wakhan.protocol.served import source
    from wakhan.protocol.server import bind, run

    dataset = wakhan.load(root)
    folder = _site(site, dataset.root)
    listening = bind(host, port)  # before the work, which would be in vain if the port is taken
    asked = source(dataset, inferred=inferred)

    def ready(address: str) -> None:
        click.echo(address)
        for line in _notes(folder, asked):
            click.echo(line, err=True)

    run(
        asked,
        dataset,
        listening,
        site=folder,
        workers=workers or min(os.cpu_count() or 1, _MOST_WORKERS),
        limits=Limits(query_seconds=timeout, memory=memory * _MEGABYTE),
        ready=ready,
        log=_tell if log else lambda access: None,
    )


def _check_installed() -> None:
    """Refuse to begin without what only this command needs.

    Raises:
        UsageError: It is not installed.
    """
    for name in ("jinja2", "starlette", "uvicorn"):
        if importlib.util.find_spec(name) is None:
            missing = f"{name} is not installed, which `wakhan serve` needs"
            raise UsageError(missing, hint='Install it with: pip install "wakhan[publish]"')


def _site(site: Path | None, root: Path) -> Path | None:
    """Return the folder of the site: the one that was named, else the one beside the dataset, if it is built.

    Raises:
        UsageError: The one that was named is no site.
    """
    folder = root / "dist" / "site" if site is None else site
    if (folder / "index.html").is_file():
        return folder
    if site is not None:
        raise UsageError("no site here: there is no index.html", path=site, hint="`wakhan site --out DIR` writes one.")
    return None


def _notes(folder: Path | None, asked: "Source") -> Iterator[str]:
    """Give what a user should know about the site: that there is none, or that it is of other data."""
    from wakhan.protocol.files import Files, sha256

    if folder is None:
        yield "note: no site is built, so there are no pages, only endpoint and data; `wakhan site` makes it."
        return
    name = "wakhan-inferred.nt" if asked.inferred else "wakhan.nt"
    listed = Files(folder).checksum("data", name)
    if listed is None:
        yield f"note: {folder} does not list data/{name}, so nobody knows whether it is of the same data."
    elif listed != sha256(asked.nquads):
        yield f"warning: {folder} was built from other data than are served; `wakhan site` brings it up to date."


def _tell(access: "Access") -> None:
    """Print a request as a line, without its query."""
    path = "".join(character if character.isprintable() else "?" for character in access.path[:_LONGEST_PATH])
    click.echo(f"{access.method} {path} {access.status} {access.size} B {access.milliseconds:.1f} ms", err=True)
