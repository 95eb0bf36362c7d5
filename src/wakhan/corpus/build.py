"""Build a corpus article by article, so that it can be stopped at any moment and goes on where it was."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from wakhan import __version__
from wakhan.corpus.layout import article_names, check_corpus, read_article, read_materials
from wakhan.corpus.records import (
    ARTICLES,
    FINDINGS,
    JOIN,
    JOURNAL,
    MANIFEST,
    PARTS,
    SUMS,
    Record,
    is_there,
    keep,
    read_records,
)
from wakhan.corpus.runners import Job, Runner, Task, prepared
from wakhan.corpus.totals import FORMAT, Summary, finish
from wakhan.errors import UsageError
from wakhan.findings import Finding, Place

_OURS = {ARTICLES, JOURNAL, FINDINGS, MANIFEST, SUMS, PARTS, ".lock", JOIN, "shared.nq", "shared.nq.gz"}


Progress = Callable[[int, int, str], object]
"""Is told how many articles are done, of how many, and which was last."""


def build(
    root: Path,
    out: Path,
    runner: Runner,
    *,
    workers: int = 1,
    engine: str = "fast",
    compress: bool = False,
    progress: Progress = lambda done, of, name: None,
) -> Summary:
    """Build the corpus in *root* into the folder *out*, or what is missing or has changed there.

    Args:
        root: The folder of the corpus.
        out: The folder of the build.
        runner: What runs the jobs; see ``wakhan.corpus.runners``.
        workers: For how many.
        engine: ``fast`` or ``reference``; both give the same.
        compress: Whether to compress the parts.
        progress: Is told each article.

    Raises:
        UsageError: There is no corpus, *out* has files of others, or a build runs there.
        WakhanError: The ontology is wrong, a file cannot be written, or a worker was killed.
    """
    check_corpus(root)
    names, materials = article_names(root), read_materials(root)
    _check_replaceable(out)
    out.mkdir(parents=True, exist_ok=True)
    with _locked(out):
        _sweep(out)
        key = _digest(FORMAT, __version__, engine, compress, materials.digest)
        with _Journal(out, key) as journal:
            shared = journal.known.get("")
            if shared is None or shared.key != key or not is_there(out, shared):
                journal.forget("")
                made = prepared(materials, engine).shared()
                shared = keep(out, root, made, key, compress=compress)
            journal.note(shared)
            task = Task(materials, engine, root, out, compress, tuple(map(_finding, shared.findings)))
            fresh = 0
            for record in runner(task, _jobs(root, names, journal), workers):
                journal.note(record)
                fresh += 1
                progress(len(journal.done) - 1, len(names), record.name)
        return finish(out, journal.done, materials, fresh)


class _Journal:
    """What an earlier build has done, and what this one has, written down at once.

    Args:
        out: The folder of the build.
        key: What is the same for all its articles.
    """

    def __init__(self, out: Path, key: str) -> None:
        self.out, self.key = out, key
        self.known = read_records(out)
        self.done: dict[str, Record] = {}
        self._file: IO[str]

    def __enter__(self) -> "_Journal":
        self._file = (self.out / JOURNAL).open("a", encoding="utf-8", newline="\n")
        self._file.write("\n")  # so that a line that was torn ends
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def note(self, record: Record) -> None:
        """Write down what is done."""
        self.done[record.name] = record
        self._write(record)

    def forget(self, name: str) -> None:
        """Write down that the part of an earlier build is about to be overwritten."""
        if name in self.known:
            self._write(self.known[name]._replace(key=""))

    def is_done(self, name: str, key: str) -> bool:
        """Tell whether an earlier build has done this, and keep it if so."""
        record = self.known.get(name)
        if record is None or not key or record.key != key or not is_there(self.out, record):
            return False
        self.done[name] = record
        return True

    def _write(self, record: Record) -> None:
        self._file.write(record.line())
        self._file.flush()  # what is in the hands of the system outlives this process


def _jobs(root: Path, names: list[str], journal: _Journal) -> Iterator[Job]:
    """Yield what is to be built."""
    for name in names:
        folder = read_article(root, name)
        key = "" if folder.error else _digest(journal.key, folder.digest)
        if not journal.is_done(name, key):
            journal.forget(name)
            yield Job(folder, key)


def _finding(told: Mapping[str, Any]) -> Finding:
    place = Place(Path(told["file"]), told["line"], told["column"]) if told["file"] else None
    return Finding(
        told["severity"], told["rule"], told["focus"], told["path"], told["value"], told["message"], "", place=place
    )


def _digest(*words: object) -> str:
    return sha256(json.dumps(words).encode()).hexdigest()


def _check_replaceable(out: Path) -> None:
    """Refuse to build into a folder with files of others, for they could get lost among the parts."""
    if out.exists() and not out.is_dir():
        raise UsageError("not a folder, so nothing can be built there", path=out)
    foreign = sorted(path.name for path in out.iterdir() if path.name not in _OURS) if out.is_dir() else []
    foreign = [name for name in foreign if not name.endswith(".new")]
    if foreign:
        hint = "Choose another folder, or move them."
        raise UsageError(f"the folder has files that no build wrote: {', '.join(foreign[:3])}", path=out, hint=hint)


def _sweep(out: Path) -> None:
    """Take away what a killed build has left half written."""
    for path in [*out.glob(".*.new"), *(out / PARTS).rglob(".*.new")]:
        with suppress(OSError):
            path.unlink()


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Let nobody else build here at the same time; a lock ends with its process, however that ends."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    with (out / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError("another build runs in this folder", path=out) from None
        yield
