"""Read the parts of a build line by line, without holding more than a line of them."""

from collections.abc import Collection, Iterator
from gzip import GzipFile
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TextIO

from wakhan.corpus.records import ARTICLES, Record, read_records
from wakhan.errors import UsageError


class Line(NamedTuple):
    """A line of a part: the article (nothing for what all share), and the three terms as N-Triples writes them."""

    article: str
    subject: str
    predicate: str
    value: str

    @property
    def triple(self) -> str:
        """The triple as N-Triples writes it, without its end."""
        return f"{self.subject} {self.predicate} {self.value}"


def records_of(out: Path) -> list[Record]:
    """Return the records of a finished build that have a part, in the order of their names.

    Raises:
        UsageError: There is no finished build.
    """
    if not (out / ARTICLES).is_file():
        raise UsageError("no finished build here", path=out, hint="`wakhan corpus build` makes or ends one.")
    return sorted((record for record in read_records(out).values() if record.part), key=lambda record: record.name)


def lines(out: Path, records: list[Record], predicates: Collection[str] | None = None) -> Iterator[Line]:
    """Yield the lines of the parts of *records* in the build *out*.

    Args:
        out: The folder of the build.
        records: Whose parts are read.
        predicates: The properties, as N-Triples writes them, whose lines are wanted; all if not given.
    """
    for record in records:
        with _open(out / record.part) as file:
            for text in file:
                subject, predicate, rest = text.split(" ", 2)
                if predicates is None or predicate in predicates:
                    yield Line(record.name, subject, predicate, rest[: rest.rindex(" <")])


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return TextIOWrapper(GzipFile(path), encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")
