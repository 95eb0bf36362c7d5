"""Build articles one after another here, or in several processes of this machine.

A runner takes jobs and gives records, in any order. It takes a job only when somebody is free for it, so that no more
than a few articles are in memory.
"""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NamedTuple, TypeAlias

from wakhan.corpus.article import Workshop
from wakhan.corpus.layout import Folder, Materials
from wakhan.corpus.records import Record, keep
from wakhan.errors import WakhanError
from wakhan.findings import Finding


class Task(NamedTuple):
    """What is the same for all articles of a build.

    Attributes:
        materials: What the articles share.
        engine: ``fast`` or ``reference``.
        root: The folder of the corpus.
        out: The folder of the build.
        compress: Whether the parts are compressed.
        known: What is wrong with the materials, which is not told again of each article.
    """

    materials: Materials
    engine: str
    root: Path
    out: Path
    compress: bool = False
    known: tuple[Finding, ...] = ()


class Job(NamedTuple):
    """An article to build, and what tells it from others."""

    folder: Folder
    key: str


Runner: TypeAlias = Callable[[Task, Iterable[Job], int], Iterator[Record]]
"""From a task, its jobs and a number of workers to the records."""


@lru_cache(maxsize=1)
def prepared(materials: Materials, engine: str) -> Workshop:
    """Return where articles over these materials are built; the last one is kept, for many jobs want the same.

    Raises:
        WakhanError: The materials are wrong.
    """
    return Workshop(materials, engine)


def workshop(task: Task) -> Workshop:
    """Return where the articles of a task are built.

    Raises:
        WakhanError: The materials are wrong.
    """
    made = prepared(task.materials, task.engine)
    made.know(task.known)
    return made


def run_job(made: Workshop, task: Task, job: Job) -> Record:
    """Build an article and write its part; return its record.

    Raises:
        WakhanError: The part cannot be written.
    """
    return keep(task.out, task.root, made.build(job.folder), job.key, compress=task.compress)


def here(task: Task, jobs: Iterable[Job], workers: int) -> Iterator[Record]:
    """Yield the records of *jobs*, built one after another in this process."""
    made = None
    for job in jobs:
        made = made or workshop(task)
        yield run_job(made, task, job)


def processes(task: Task, jobs: Iterable[Job], workers: int) -> Iterator[Record]:
    """Yield the records of *jobs*, built by several processes; when this one is killed, they end by themselves.

    Raises:
        WakhanError: A worker failed, or was killed.
    """
    prepared.cache_clear()  # each worker prepares its own, and this process needs none any more
    waiting = iter(jobs)
    first = next(waiting, None)
    if first is None:
        return
    waiting = chain((first,), waiting)
    crew = [_Worker(task) for _ in range(workers)]  # all begin before the first is waited for
    try:
        busy = [worker for worker in crew if worker.give(waiting)]
        while busy:
            ready = wait([worker.pipe for worker in busy])
            for worker in [each for each in busy if each.pipe in ready]:
                record = worker.take()
                if not worker.give(waiting):
                    busy.remove(worker)
                yield record
    finally:
        for worker in crew:
            worker.end()


class _Worker:
    """A process that builds articles.

    It has one article at a time: with two, it and the one who gives them could each wait for the other to read.
    """

    def __init__(self, task: Task) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, task), daemon=True)
        self._process.start()
        other.close()  # so that each side notices when the other is gone

    def give(self, jobs: Iterator[Job]) -> bool:
        """Give it the next of *jobs*; return whether there was one."""
        job = next(jobs, None)
        if job is None:
            return False
        with suppress(BrokenPipeError, ConnectionResetError):  # which take() tells
            self.pipe.send(job)
        return True

    def take(self) -> Record:
        """Return the next record.

        Raises:
            WakhanError: The worker failed, or was killed.
        """
        try:
            result = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            hint = "Run the command again to go on; with fewer --workers it needs less memory."
            raise WakhanError("a worker was killed, perhaps for want of memory", hint=hint) from None
        if not isinstance(result, Record):
            raise result
        return result

    def end(self) -> None:
        """Let the process end."""
        self.pipe.close()
        self._process.terminate()
        self._process.join()


def _serve(pipe: Connection, task: Task) -> None:
    """Build what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who gives the jobs ends it
    made = None
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            job = pipe.recv()
            try:
                made = made or workshop(task)
                result: object = run_job(made, task, job)
            except Exception as error:
                article = job.folder.name
                result = error if isinstance(error, WakhanError) else RuntimeError(f"{article}: {error!r}")
            pipe.send(result)
