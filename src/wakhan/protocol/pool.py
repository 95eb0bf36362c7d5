"""The processes that run queries: so many at once, each ended and replaced when a query asks too much of it.

Nothing in the query engine can stop a query that has begun, so the only sure limit is the end of a process.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple

from wakhan.errors import WakhanError
from wakhan.protocol.limits import Limits
from wakhan.protocol.refusal import Refused, busy

_START_SECONDS = 60.0
_PAUSES = (0.1, 0.5, 2.0)  # before a process that could not be started is tried again; the last one for ever
_READ_LIMIT = 2**16
_RETRY_SOON, _RETRY_LATER = 1, 10  # seconds


class Answer(NamedTuple):
    """What a query is answered with."""

    media_type: str
    body: bytes


class Worker:
    """One process that runs queries, one after another.

    Args:
        process: The process, just started.

    Attributes:
        triples: How many triples it has that are in no graph with a name.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.triples = 0

    @classmethod
    async def start(cls, setting: bytes, nquads: bytes) -> "Worker":
        """Return a process that has its data.

        Args:
            setting: See ``wakhan.protocol.worker``.
            nquads: The data.

        Raises:
            OSError: It cannot be started, or ends at once.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "wakhan.protocol.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # where the engine says that it is out of memory
            limit=_READ_LIMIT,
        )
        worker = cls(process)
        try:
            worker._write(setting)
            worker._write(nquads)
            async with asyncio.timeout(_START_SECONDS):
                head, _ = await worker._read()
                worker.triples = head["triples"]
        except BaseException as error:
            await worker.end()
            if isinstance(error, EOFError | TimeoutError | ValueError):
                raise OSError("a process that runs queries ends before it has its data") from error
            raise
        return worker

    async def ask(self, question: bytes) -> Answer:
        """Return the answer to a question; see ``wakhan.protocol.worker``.

        Raises:
            Refused: The question is answered with a refusal.
            EOFError: The process has ended.
            OSError: The same.
        """
        self._write(question)
        head, body = await self._read()
        if head["status"] != 200:
            raise Refused(head["status"], body.decode())
        return Answer(head["media_type"], body)

    async def end(self) -> None:
        """End the process, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    def _write(self, frame: bytes) -> None:
        stdin = self._process.stdin
        assert stdin is not None  # it is a pipe
        stdin.write(len(frame).to_bytes(8, "big") + frame)

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        stdout = self._process.stdout
        assert stdout is not None
        line = await stdout.readline()
        if not line:
            raise EOFError("the process has ended")
        head = json.loads(line)
        return head, await stdout.readexactly(head["size"])


class Pool:
    """So many processes that hold the same data and run queries.

    Args:
        nquads: The data, as N-Quads.
        size: How many processes.
        limits: What no query can go beyond.
        prefixes: Those that a query need not declare.
        base: What relative IRIs in a query are resolved against.
        default_graph: The IRIs that mean the default graph.
    """

    def __init__(
        self,
        nquads: bytes,
        *,
        size: int,
        limits: Limits,
        prefixes: dict[str, str],
        base: str,
        default_graph: Sequence[str] = (),
    ) -> None:
        self._nquads = nquads
        self._size = size
        self._limits = limits
        setting = {
            "prefixes": prefixes,
            "base": base,
            "default_graph": default_graph,
            "memory": limits.memory,
            "answer_bytes": limits.answer_bytes,
        }
        self._setting = json.dumps(setting).encode()
        self._free: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._all: set[Worker] = set()
        self._renewing: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._is_ending = False

    async def start(self) -> int:
        """Start the processes; return how many triples without a graph they have.

        Raises:
            WakhanError: One of them does not start.
        """
        ends = await asyncio.gather(*(self._add() for _ in range(self._size)), return_exceptions=True)
        error = next((end for end in ends if isinstance(end, BaseException)), None)
        if error is not None:
            await self.stop()
            raise WakhanError(f"no queries can be run: {error}", hint="Perhaps --memory gives too little.") from error
        return min(worker.triples for worker in self._all)

    async def stop(self) -> None:
        """End all processes; a query that still runs is answered with a refusal."""
        self._is_ending = True
        for task in self._renewing:
            task.cancel()
        await asyncio.gather(*self._renewing, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._all))
        self._all.clear()

    async def ask(self, question: Mapping[str, object]) -> Answer:
        """Return the answer to a question; see ``wakhan.protocol.worker``. If nobody waits any more, it is ended.

        Raises:
            Refused: The query cannot be run, asks for too much, or there are too many of them.
        """
        worker = await self._next()
        try:
            async with asyncio.timeout(self._limits.query_seconds):
                answer = await worker.ask(json.dumps(question).encode())
        except Refused:
            self._free.put_nowait(worker)
            raise
        except TimeoutError:
            self._replace(worker)
            raise busy(
                f"The query was stopped after {self._limits.query_seconds:g} seconds, with nothing of its answer. "
                "Ask for less.",
                _RETRY_LATER,
            ) from None
        except (EOFError, OSError):
            if self._is_ending:
                raise busy("The server is being shut down.", _RETRY_LATER) from None
            self._replace(worker)
            raise busy(
                "The query was stopped, with nothing of its answer: it needs more memory than it may have, "
                "or is nested too deeply. Ask for less.",
                _RETRY_LATER,
            ) from None
        except BaseException:
            self._replace(worker)
            raise
        self._free.put_nowait(worker)
        return answer

    async def _next(self) -> Worker:
        """Return a process that has nothing to do, when there is one."""
        if self._is_ending:
            raise busy("The server is being shut down.", _RETRY_LATER)
        if self._free.empty() and self._waiting >= self._limits.queue_length:
            raise busy("Too many queries wait for their turn. Ask again in a moment.", _RETRY_SOON)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.queue_seconds):
                return await self._free.get()
        except TimeoutError:
            raise busy("All is busy with other queries. Ask again in a moment.", _RETRY_SOON) from None
        finally:
            self._waiting -= 1

    async def _add(self) -> None:
        worker = await Worker.start(self._setting, self._nquads)
        self._all.add(worker)
        self._free.put_nowait(worker)

    def _replace(self, worker: Worker) -> None:
        """End a process, and start another one beside what else is done."""
        task = asyncio.get_running_loop().create_task(self._renew(worker))
        self._renewing.add(task)
        task.add_done_callback(self._renewing.discard)

    async def _renew(self, worker: Worker) -> None:
        await worker.end()
        self._all.discard(worker)
        if self._is_ending:
            return
        for pause in chain(_PAUSES, repeat(_PAUSES[-1])):
            with contextlib.suppress(OSError):
                await self._add()
                break
            await asyncio.sleep(pause)
