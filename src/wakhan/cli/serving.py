"""The commands that work inside a SPARQL store which somebody runs: load and reason."""

from pathlib import Path

import click

import wakhan
from wakhan.choices import EDITIONS
from wakhan.cli.options import FILE, root_option
from wakhan.errors import UsageError

_TIMEOUT = 300.0

endpoint_option = click.option(
    "--endpoint", required=True, metavar="URL", help="Where the store is queried, such as http://localhost:7878/query."
)
graph_option = click.option("--graph", metavar="IRI", help="The graph; else the default graph of the store.")
update_option = click.option("--update-endpoint", metavar="URL", help="Where updates go, if it cannot be guessed.")
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=_TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="How long one answer may take.",
)


@click.command()
@endpoint_option
@graph_option
@click.option("--edition", type=click.Choice(EDITIONS), default="asserted", show_default=True)
@click.option(
    "--store-endpoint", metavar="URL", help="Where graphs go (Graph Store protocol), if it cannot be guessed."
)
@update_option
@timeout_option
@root_option
def load(
    endpoint: str,
    graph: str | None,
    edition: str,
    store_endpoint: str | None,
    update_endpoint: str | None,
    timeout: float,
    root: Path | None,
) -> None:
    """Put one edition of the dataset in the place of a graph of a SPARQL store.

    A user and a password, or a token, are taken from WAKHAN_USER, WAKHAN_PASSWORD and WAKHAN_TOKEN.
    """
    from wakhan import export
    from wakhan.servers.endpoint import Endpoint
    from wakhan.servers.upload import upload

    if store_endpoint and update_endpoint:
        raise UsageError("--store-endpoint and --update-endpoint are two ways of loading", hint="Give one of them.")
    server = Endpoint(endpoint, store_url=store_endpoint, update_url=update_endpoint, timeout=timeout)
    text = export.to_ntriples(export.edition(wakhan.load(root).sources, edition))
    loaded = upload(
        server,
        text,
        graph,
        way="store" if store_endpoint else "update" if update_endpoint else None,
        progress=lambda done, every: click.echo(f"sent {done} of {every} triples", err=True),
    )
    by = {"store": "the Graph Store protocol", "update": "SPARQL updates"}[loaded.way]
    click.echo(f"{_named(graph)}: {loaded.before} triples before, {loaded.after} now ({edition} edition, by {by})")


@click.command()
@endpoint_option
@graph_option
@update_option
@click.option("--rules", type=FILE, help="The rules, as SPARQL updates.  [default: those of OWL 2 RL]")
@click.option("--rounds", type=click.IntRange(min=1), default=100, show_default=True, help="How often to send them.")
@timeout_option
def reason(
    endpoint: str, graph: str | None, update_endpoint: str | None, rules: Path | None, rounds: int, timeout: float
) -> None:
    """Add to a graph of a SPARQL store what follows from it by OWL 2 RL."""
    from wakhan.servers.endpoint import Endpoint
    from wakhan.servers.materialize import materialize, read_rules

    done = materialize(
        Endpoint(endpoint, update_url=update_endpoint, timeout=timeout),
        read_rules(rules),
        graph,
        rounds=rounds,
        progress=lambda number, new: click.echo(f"round {number}: {new} new triples", err=True),
    )
    times = f"{done.rounds} round{'' if done.rounds == 1 else 's'}"
    click.echo(f"{_named(graph)}: {done.before} triples before, {done.after} now ({times})")


def _named(graph: str | None) -> str:
    return "the default graph" if graph is None else f"<{graph}>"
