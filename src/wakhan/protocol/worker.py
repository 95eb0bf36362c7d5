"""The process that runs queries: ``python -m wakhan.protocol.worker``, which the pool starts, asks and ends.

It is told what it needs on its standard input, in frames of a length (8 bytes, the highest first) and so many bytes:
first the setting (JSON), then the triples (N-Quads), then one question after another (JSON). It answers each with a
line of JSON that says how many bytes follow, and these bytes. It ends when its input does.

Once it has its triples it can open nothing any more, neither a file nor a connection: no query reaches beyond the
data, however it is written. Where the platform can, its memory is limited too.
"""

import contextlib
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterable
from itertools import islice
from typing import IO, Any, cast

import pyoxigraph as ox

from wakhan.protocol.graphs import Graphs
from wakhan.protocol.guard import check
from wakhan.protocol.media import JSON_LD, RDF_XML, RESULTS_JSON, RESULTS_XML
from wakhan.protocol.refusal import Refused
from wakhan.sparql import NO_SERVICE

_SHORTEST_TRIPLE = 64  # bytes, as it is written; a bound for how many triples are kept to be written
_SOLUTION_FORMATS = {"application/json": RESULTS_JSON, "application/xml": RESULTS_XML}
_TRIPLE_FORMATS = {"application/json": JSON_LD, "application/xml": RDF_XML}

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Answering:
    """A store, and how it is asked.

    Args:
        setting: ``prefixes`` that a query need not declare, the ``base`` of its relative IRIs, ``default_graph``, the
            IRIs that mean the default graph, and ``answer_bytes``, how long an answer may be.
        nquads: What is asked.
    """

    def __init__(self, setting: dict[str, Any], nquads: bytes) -> None:
        self._store = ox.Store()
        self._store.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
        self._setting = setting
        self._graphs = Graphs(self._store, setting["default_graph"], setting["prefixes"], setting["base"])

    def size(self) -> int:
        """Return how many triples there are in no graph with a name."""
        found = cast(ox.QuerySolutions, self._store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
        return int(next(found)["n"].value)

    def answer(self, question: dict[str, Any]) -> tuple[str, bytes]:
        """Return the media type and the bytes of an answer.

        Args:
            question: ``query``, ``default_graphs`` and ``named_graphs``, and the media types that the client wants
                for ``solutions`` and for ``triples``; null where it wants none.

        Raises:
            Refused: The query cannot be run, or its answer not be given.
        """
        try:
            check(question["query"])
            result = self._run(question)
            media_type = question["triples" if isinstance(result, ox.QueryTriples) else "solutions"]
            if media_type is None:
                raise Refused(406, _offer(result))
            return media_type, self._written(result, media_type)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            told = " ".join(str(error).split())
            reaches_out = isinstance(error, OSError) and "service" in question["query"].lower()
            reason = f"{NO_SERVICE}." if reaches_out else f"This is not a query that can be run: {told}"
            raise Refused(400, reason) from None

    def _run(self, question: dict[str, Any]) -> Result:
        query, setting = question["query"], self._setting
        graphs = self._graphs.chosen(query, question["default_graphs"], question["named_graphs"])
        return self._store.query(query, base_iri=setting["base"], prefixes=setting["prefixes"], **graphs)

    def _written(self, result: Result, media_type: str) -> bytes:
        out = _Bounded(self._setting["answer_bytes"])
        if isinstance(result, ox.QueryTriples):
            form = ox.RdfFormat.from_media_type(_TRIPLE_FORMATS.get(media_type, media_type))
            triples = self._triples(result)
            ox.serialize(triples, cast(IO[bytes], out), format=form, prefixes=self._used_prefixes(triples))
        else:
            results = ox.QueryResultsFormat.from_media_type(_SOLUTION_FORMATS.get(media_type, media_type))
            result.serialize(cast(IO[bytes], out), format=results)
        return bytes(out.written)

    def _triples(self, result: ox.QueryTriples) -> list[ox.Triple]:
        """Return triples, each once and always in the same order; what they are about stands together."""
        most = self._setting["answer_bytes"] // _SHORTEST_TRIPLE
        triples = list(islice(result, most + 1))
        if len(triples) > most:
            raise too_long(self._setting["answer_bytes"])
        return sorted(set(triples), key=str)

    def _used_prefixes(self, triples: Iterable[ox.Triple]) -> dict[str, str]:
        iris = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
        starts = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
        return {prefix: iri for prefix, iri in self._setting["prefixes"].items() if iri in starts}


class _Bounded:
    """Keeps what is written, and refuses what is too much."""

    def __init__(self, limit: int) -> None:
        self.written = bytearray()
        self._limit = limit

    def write(self, part: bytes) -> int:
        if len(self.written) + len(part) > self._limit:
            raise too_long(self._limit)
        self.written += part
        return len(part)

    def flush(self) -> None:
        """Do nothing: all is in memory."""


def too_long(limit: int) -> Refused:
    """Return the refusal of an answer of more than *limit* bytes."""
    return Refused(403, f"The answer would be longer than {limit:,} bytes. Ask for less, for example with LIMIT.")


def _offer(result: Result) -> str:
    if isinstance(result, ox.QueryTriples):
        return "CONSTRUCT and DESCRIBE are answered in Turtle, N-Triples, JSON-LD and RDF/XML."
    return "SELECT and ASK are answered in JSON, XML, CSV and TSV."


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which is meant for the server: that ends this process in its time
    frames: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(frames,), daemon=True).start()
    setting = json.loads(frames.get())
    _limit_memory(setting["memory"])
    answering = Answering(setting, frames.get())
    _close_in()
    _send({"status": 200, "triples": answering.size()}, b"")
    while True:
        try:
            media_type, body = answering.answer(json.loads(frames.get()))
            _send({"status": 200, "media_type": media_type}, body)
        except Refused as refused:
            _send({"status": refused.status}, refused.text.encode())


def _receive(frames: "queue.SimpleQueue[bytes]") -> None:
    """Take in frames; end this process when there are no more, even while it runs a query."""
    with contextlib.suppress(OSError):
        while len(head := sys.stdin.buffer.read(8)) == 8:
            frames.put(sys.stdin.buffer.read(int.from_bytes(head, "big")))
    os._exit(0)


def _send(head: dict[str, object], body: bytes) -> None:
    try:
        sys.stdout.buffer.write(json.dumps({**head, "size": len(body)}).encode() + b"\n" + body)
        sys.stdout.buffer.flush()
    except OSError:
        os._exit(0)  # nobody is there any more


def _limit_memory(memory: int) -> None:
    """Let this process have no more than so many bytes, and leave no image of itself when it fails."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _close_in() -> None:
    """Let this process open nothing any more."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


if __name__ == "__main__":
    _main()
