"""Run the application on a port until somebody ends it."""

import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import FrameType

from uvicorn import Config, Server

from wakhan.dataset import Dataset
from wakhan.errors import UsageError, WakhanError
from wakhan.protocol.app import PATH, Access, application
from wakhan.protocol.endpoint import SparqlEndpoint
from wakhan.protocol.files import Files
from wakhan.protocol.limits import Limits
from wakhan.protocol.patience import patient
from wakhan.protocol.pool import Pool
from wakhan.protocol.resources import Resources
from wakhan.protocol.served import Described, Source

_LONGEST_HEAD = 2**17  # bytes
_SHUTDOWN_SECONDS = 3


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a port; 0 takes a free one.

    Raises:
        UsageError: There is no such host here.
        WakhanError: The port is taken, or may not be used.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise UsageError(f"there is no host of this name: {host}") from None
    listening = socket.socket(family, kind, proto)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        taken = error.errno == errno.EADDRINUSE
        hint = "Choose another one with --port, or 0 for any that is free." if taken else None
        why = "is in use" if taken else f"cannot be used: {error.strerror}"
        raise WakhanError(f"port {port} of {host} {why}", hint=hint) from None
    return listening


def address_of(listening: socket.socket) -> str:
    """Return the address under which a listening socket is reached, such as ``http://127.0.0.1:7878``."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def run(
    source: Source,
    dataset: Dataset,
    listening: socket.socket,
    *,
    site: Path | None = None,
    workers: int = 2,
    limits: Limits | None = None,
    ready: Callable[[str], object] = lambda address: None,
    log: Callable[[Access], object] = lambda access: None,
) -> None:
    """Serve until the process is told to end (SIGINT or SIGTERM).

    Args:
        source: What is asked.
        dataset: The dataset, of which the data of each IRI are made.
        listening: Where requests come in.
        site: The folder of the built site.
        workers: How many queries may run at once.
        limits: What no request can go beyond.
        ready: Is told the address as soon as requests are answered.
        log: Is told of each request.

    Raises:
        WakhanError: No queries can be run.
    """
    serving = _serve(source, dataset, listening, site, workers, limits or Limits(), ready, log)
    with contextlib.closing(listening):
        asyncio.run(serving)


async def _serve(
    source: Source,
    dataset: Dataset,
    listening: socket.socket,
    site: Path | None,
    workers: int,
    limits: Limits,
    ready: Callable[[str], object],
    log: Callable[[Access], object],
) -> None:
    pool = Pool(
        source.nquads,
        size=workers,
        limits=limits,
        prefixes=source.prefixes,
        base=source.base,
        default_graph=(source.iri, source.edition),
    )
    triples = await pool.start()
    home = source.iri.removeprefix(source.base)
    resources = Resources(None if site is None else Files(site), Described(dataset, source.base), source.base, home)
    endpoint = SparqlEndpoint(pool, source, resources, limits, triples)
    config = Config(
        application(endpoint, resources, log),
        http=patient(limits),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level=logging.ERROR,
        access_log=False,
        server_header=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=limits.idle_seconds,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
    )
    address = address_of(listening)
    await _Server(config, lambda: ready(f"{address}{PATH}"), pool.stop).serve([listening])


class _Server(Server):
    """A server that says when it is ready, for which to be ended is no failure, and that then waits for no query."""

    def __init__(self, config: Config, ready: Callable[[], object], stop: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._ready = ready
        self._stop = stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._stop()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        def end(number: int, frame: FrameType | None) -> None:
            self.handle_exit(number, frame)

        before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
