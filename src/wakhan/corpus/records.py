"""What is known of each article that was built, and where that is kept.

While a build runs, each article that is done is a line of a journal. A line that a kill has torn does not count, and
its article is built again. At the end all lines are put in order, and the journal goes.
"""

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from wakhan.corpus.article import Built
from wakhan.errors import WakhanError
from wakhan.findings import Finding

ARTICLES, JOURNAL, FINDINGS, MANIFEST, SUMS = (
    "articles.jsonl", "journal.jsonl", "findings.jsonl", "manifest.json", "SHA256SUMS",
)  # fmt: skip
PARTS, JOIN = "parts", "join"
SHARED = "shared"
"""The stem of the file with what all articles share."""


class Record(NamedTuple):
    """What became of an article.

    Attributes:
        name: Its name; nothing for what all share.
        key: What it was built from: a digest of its files, of what all share, and of the program.
        part: The file with its N-Quads within the folder of the build; nothing if there are violations.
        size: Of that file, in bytes.
        sha256: Of that file.
        counts: Triples asserted and inferred, and claims by factuality.
        articles: The IRIs of the articles that it describes.
        findings: What is wrong, each as in ``findings.jsonl``.
    """

    name: str
    key: str
    part: str
    size: int
    sha256: str
    counts: dict[str, int]
    articles: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]

    def line(self) -> str:
        """Return the record as a line of JSON, with its end."""
        return json.dumps(self._asdict(), ensure_ascii=False, sort_keys=True) + "\n"


def part_name(name: str, *, compress: bool) -> str:
    """Return where the part of an article lies: in one of 256 folders, so that none gets too many files.

    Example:
        >>> part_name("a00001", compress=False), part_name("", compress=True)
        ('parts/09/a00001.nq', 'shared.nq.gz')
    """
    ending = ".nq.gz" if compress else ".nq"
    if not name:
        return SHARED + ending
    return f"{PARTS}/{sha256(name.encode()).hexdigest()[:2]}/{quote(name, safe=' ')}{ending}"


def keep(out: Path, root: Path, built: Built, key: str, *, compress: bool) -> Record:
    """Write the part of an article, and return its record.

    The part is written beside and renamed, so that it is whole or not there. Two processes that write the same one do
    not disturb each other.

    Args:
        out: The folder of the build.
        root: The folder of the corpus; files in it are named from there.
        built: The article.
        key: What it was built from.
        compress: Whether to compress it.

    Raises:
        WakhanError: It cannot be written.
    """
    findings = tuple(told(built.name, finding, root) for finding in built.findings)
    if built.text is None:
        return Record(built.name, key, "", 0, "", built.counts, built.article, findings)
    raw = _compressed(built.text.encode()) if compress else built.text.encode()
    part = part_name(built.name, compress=compress)
    write_whole(out / part, raw)
    return Record(built.name, key, part, len(raw), sha256(raw).hexdigest(), built.counts, built.article, findings)


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file as a whole or not at all.

    Raises:
        WakhanError: It cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(raw)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise WakhanError(f"cannot be written: {error.strerror}", path=path) from None


def read_records(out: Path) -> dict[str, Record]:
    """Return what is known of an earlier build, finished or not, by the name of the article.

    What stands in a torn or foreign line is not known.
    """
    found: dict[str, Record] = {}
    for name in (ARTICLES, JOURNAL):
        for line in _lines(out / name):
            record = _record(line)
            if record is not None:
                found[record.name] = record
    return found


def is_there(out: Path, record: Record) -> bool:
    """Tell whether the part of a record is there, with its size; without a part there is nothing to miss."""
    if not record.part:
        return True
    try:
        return (out / record.part).stat().st_size == record.size
    except OSError:
        return False


def text_of_records(records: Iterable[Record]) -> str:
    """Return *records* as lines of JSON, in the order of their names."""
    return "".join(record.line() for record in sorted(records, key=lambda record: record.name))


def _lines(path: Path) -> Iterator[str]:
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            yield from (line for line in file if line.endswith("\n"))


def _record(line: str) -> Record | None:
    try:
        fields = json.loads(line)
        record = Record(**fields)
        return record._replace(articles=tuple(record.articles), findings=tuple(record.findings))
    except (ValueError, TypeError):
        return None


def told(name: str, finding: Finding, root: Path) -> dict[str, Any]:
    """Return a finding about the article *name* as it is listed; files are named from the folder *root*."""
    place = finding.place
    path = "" if place is None else place.path.as_posix()
    return {
        "article": name,
        "severity": finding.severity,
        "rule": finding.shape,
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "message": finding.message,
        "hint": finding.hint,
        "file": path.removeprefix(f"{root.as_posix()}/"),
        "line": None if place is None else place.line,
        "column": None if place is None else place.column,
    }


def _compressed(raw: bytes) -> bytes:
    stream = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as file:
        file.write(raw)
    return stream.getvalue()
