"""Measure how long a corpus takes: to invent it, to build it by each runner, to build it again, and to join it.

    python benchmarks/corpus.py --articles 1000 --workers 2

prints a line for each step: articles, seconds, processor seconds, milliseconds of processor time an article, and the
most memory that all processes of the step had together. The time of Spark's own processes is not known. With
``--scale 0.1`` the articles are a tenth as large, so that ten times as many can be tried.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[100])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--runners", nargs="+", default=["process"], choices=["process", "here", "spark"])
    parser.add_argument("--folder", type=Path, help="Where to write; else a folder that goes afterwards.")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="wakhan-corpus-"))
    print(f"{'step':<24}{'articles':>10}{'seconds':>10}{'cpu s':>10}{'cpu ms each':>13}{'MB':>8}")
    try:
        for articles in options.articles:
            _measure(folder / str(articles), articles, options)
    finally:
        if options.folder is None:
            shutil.rmtree(folder)


def _measure(folder: Path, articles: int, options: argparse.Namespace) -> None:
    source = folder / "source"
    if not source.exists():
        wanted = ("--articles", str(articles), "--scale", str(options.scale))
        _step("generate", articles, "generate", str(source), *wanted)
    for runner in options.runners:
        out = folder / runner
        build = ("build", str(source), "-o", str(out), "--runner", runner, "--workers", str(options.workers))
        _step(f"build ({runner})", articles, *build)
        _step("build again", articles, *build)
        _step("join", articles, "join", str(out), "--fail-on", "never")


def _step(name: str, articles: int, *arguments: str) -> None:
    start, before = time.perf_counter(), _processor()
    process = subprocess.Popen([sys.executable, "-m", "wakhan", "corpus", *arguments], stdout=subprocess.DEVNULL)
    most = [0]
    watch = threading.Thread(target=_watch, args=(process, most))
    watch.start()
    status = process.wait()
    watch.join()
    seconds, cpu = time.perf_counter() - start, _processor() - before
    note = "" if status == 0 else f"  exit status {status}"
    numbers = f"{seconds:>10.1f}{cpu:>10.1f}{1000 * cpu / articles:>13.1f}{most[0] >> 20:>8,}"
    print(f"{name:<24}{articles:>10,}{numbers}{note}", flush=True)


def _processor() -> float:
    """Return the seconds of processor time of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: "subprocess.Popen[bytes]", most: list[int]) -> None:
    """Note the most memory that a process and those that it started have together; shared pages count for each."""
    while process.poll() is None:
        most[0] = max(most[0], sum(_memory(each) for each in _family(process.pid)))
        time.sleep(0.2)


def _family(root: int) -> set[int]:
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    family = {root}
    while more := {each for each, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _memory(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, ValueError):
        return 0


if __name__ == "__main__":
    main()
