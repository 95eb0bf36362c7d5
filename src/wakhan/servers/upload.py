"""Load a graph into a SPARQL endpoint: it takes the place of what the graph held, or all stays as it was."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Literal, NamedTuple

from wakhan.errors import WakhanError
from wakhan.servers.endpoint import Endpoint, NoSuchAddress, checked_iri

BATCH = 1000
"""How many triples an update carries: Virtuoso takes no more than some thousands."""

Way = Literal["store", "update"]
Progress = Callable[[int, int], None]
"""Is told how many triples have been sent, and of how many."""

_STAGING = "https://w3id.org/wakhan/loading"


class Loaded(NamedTuple):
    """What was loaded.

    Attributes:
        before: How many triples the graph had.
        after: How many it has now.
        way: How they came in: ``store`` for the Graph Store protocol, ``update`` for SPARQL updates.
    """

    before: int
    after: int
    way: Way


def upload(
    endpoint: Endpoint,
    ntriples: str,
    graph: str | None = None,
    *,
    way: Way | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Put triples in the place of all that one graph of an endpoint holds; no other graph is touched.

    Args:
        endpoint: Where to load.
        ntriples: The triples, one a line, none twice.
        graph: The IRI of the graph; the default graph of the server if not given.
        way: ``store`` or ``update``; if not given, updates are only sent where graphs cannot be.
        progress: Is told how far updates have come.

    Raises:
        WakhanError: The server does not take them, or does not keep them all.
    """
    before = endpoint.count(graph)
    used = _put(endpoint, ntriples, graph, way) or _insert(endpoint, ntriples, graph, progress or _quiet)
    after, sent = endpoint.count(graph), len(ntriples.splitlines())
    if after != sent:
        raise WakhanError(
            f"{endpoint.shown}: the graph has {after} triples now, and {sent} were sent",
            hint="The server keeps some values otherwise, or the default graph is all graphs: name one with --graph.",
        )
    return Loaded(before, after, used)


def _quiet(done: int, every: int) -> None:
    """Tell nobody."""


def _put(endpoint: Endpoint, ntriples: str, graph: str | None, way: Way | None) -> Way | None:
    if way == "update":
        return None
    try:
        endpoint.put(ntriples, graph)
    except NoSuchAddress:
        if way == "store":
            raise
        return None
    return "store"


def _insert(endpoint: Endpoint, ntriples: str, graph: str | None, progress: Progress) -> Way:
    """Send updates that fill a graph beside, and let it take the place of the other at the end."""
    beside = _STAGING if graph is None else checked_iri(f"{graph}.loading")
    if endpoint.count(beside):
        raise WakhanError(
            f"{endpoint.shown}: the graph <{beside}>, in which to load, is there already",
            hint=f"If nobody else is loading, send the update: DROP GRAPH <{beside}>",
        )
    lines, done = ntriples.splitlines(), 0
    try:
        for batch in _batches(lines):
            # INSERT DATA would be shorter, but in it Virtuoso takes no blank nodes.
            endpoint.update("\n".join((f"INSERT {{ GRAPH <{beside}> {{", *batch, "} } WHERE {}")))
            done += len(batch)
            progress(done, len(lines))
        endpoint.update(f"MOVE GRAPH <{beside}> TO {'DEFAULT' if graph is None else f'GRAPH <{graph}>'}")
    except WakhanError:
        with suppress(WakhanError):  # the error before is the one to tell
            endpoint.update(f"DROP SILENT GRAPH <{beside}>")
        raise
    return "update"


def _batches(lines: list[str]) -> Iterator[list[str]]:
    """Give the lines in parts; a blank node has its name only within one update, so those with any stay together."""
    anonymous = [line for line in lines if _has_blank_node(line)]
    named = [line for line in lines if not _has_blank_node(line)]
    if anonymous:
        yield anonymous
    for start in range(0, len(named), BATCH):
        yield named[start : start + BATCH]


def _has_blank_node(line: str) -> bool:
    """Tell whether a line of canonical N-Triples has a blank node: as its subject, or as its object."""
    subject, _, rest = line.partition(" ")
    return subject.startswith("_:") or rest.partition(" ")[2].startswith("_:")
