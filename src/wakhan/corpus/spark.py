"""Build articles with Apache Spark: on all processors of this machine, or on a cluster that writes to one file system.

The articles are read here and handed over as text, some hundred at a time, so that no more are in memory. Each Python
worker of Spark prepares ontology, shapes and gazetteer once.
"""

import importlib
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from wakhan.corpus.records import Record
from wakhan.corpus.runners import Job, Task, run_job, workshop
from wakhan.errors import UsageError

_WAVE = 64
"""So many articles are handed over at once for each worker."""

_SLICES = 4
"""In so many partitions for each worker, so that none waits long for another."""


def spark(task: Task, jobs: Iterable[Job], workers: int) -> Iterator[Record]:
    """Yield the records of *jobs*, built by Spark.

    Where a session or a ``spark-submit`` gives the master, that is taken; else it is this machine with *workers*.

    Raises:
        UsageError: pyspark is not installed.
    """
    waiting = iter(jobs)
    first = next(waiting, None)
    if first is None:
        return  # Spark takes seconds to start
    context = _context(workers)
    shared = context.broadcast(task)
    waiting = chain((first,), waiting)
    while wave := list(islice(waiting, _WAVE * workers)):
        partitions = context.parallelize(wave, min(len(wave), _SLICES * workers))
        yield from partitions.mapPartitions(lambda part: run_part(shared.value, part)).collect()
    shared.unpersist()


def run_part(task: Task, jobs: Iterable[Job]) -> Iterator[Record]:
    """Yield the records of some jobs; what they need is prepared by the first that this process runs."""
    for job in jobs:
        yield run_job(workshop(task), task, job)


def _context(workers: int) -> Any:  # noqa: ANN401 (a package that may be missing)
    try:
        pyspark = importlib.import_module("pyspark")
    except ImportError:
        hint = "pip install 'wakhan[spark]', and have Java 17 or later."
        raise UsageError("the runner spark needs pyspark, which is not installed", hint=hint) from None
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = pyspark.SparkConf()
    for name, value in (
        ("spark.master", f"local[{workers}]"),
        ("spark.app.name", "wakhan corpus build"),
        ("spark.driver.host", "127.0.0.1"),
        ("spark.ui.enabled", "false"),
        ("spark.ui.showConsoleProgress", "false"),
    ):
        settings.setIfMissing(name, value)
    context = pyspark.SparkContext.getOrCreate(settings)
    context.setLogLevel("ERROR")
    return context
