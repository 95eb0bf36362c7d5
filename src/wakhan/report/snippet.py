"""Show the line that a finding is about, with the exact words marked."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len

from wakhan.errors import WakhanError
from wakhan.findings import Place
from wakhan.report.words import visible
from wakhan.sources import read_text

Read = Callable[[Path], str | None]
"""From a path to the text of the file, or None where there is none (any more)."""

WIDTH = 100
"""How many cells of a line are shown where no terminal says it."""

_TAB = 4


class Snippet(NamedTuple):
    """One line of a file in three parts, safe to show.

    Attributes:
        line: The number of the line, counted from 1.
        before: What stands before the marked words.
        marked: The words that the finding is about; nothing if only the line is known.
        after: What stands after them.
        has_column: Whether the place within the line is known.
    """

    line: int
    before: str
    marked: str
    after: str
    has_column: bool

    @property
    def underline(self) -> str:
        """The line below: blanks and carets, in the cells of a terminal; nothing where the column is not known."""
        if not self.has_column:
            return ""
        start, end = cell_len(self.before), cell_len(self.before + self.marked)
        if self.marked and start == end:  # nothing but combining characters: they stand on the cell before
            start = max(0, start - 1)
        return " " * start + "^" * max(1, end - start)


class Lines:
    """The lines of files, each file read once.

    Args:
        read: Where the texts come from.
    """

    def __init__(self, read: Read) -> None:
        self._lines = cache(lambda path: (read(path) or "").split("\n"))

    def line(self, place: Place) -> str | None:
        """Return the first line of *place* without its end, or None if the file has no such line."""
        if place.line is None:
            return None
        lines = self._lines(place.path)
        exists = 0 < place.line <= len(lines) and lines != [""]
        return lines[place.line - 1].removesuffix("\r") if exists else None


def source_reader(root: Path = Path()) -> Read:
    """Return a function that reads files, each once, and has None for what cannot be read.

    Args:
        root: Where relative paths begin.
    """

    @cache
    def read(path: Path) -> str | None:
        try:
            return read_text(root / path)
        except (WakhanError, ValueError):  # a file that is gone or changed is no reason to say nothing
            return None

    return read


def snippet(place: Place | None, lines: Lines, width: int = WIDTH, ellipsis: str = "…") -> Snippet | None:
    """Return the line at *place* with its words marked, or None where no line is known.

    Of a place of several lines the first is shown and marked to its end. A long line is cut around the marked words.

    Args:
        place: What to show.
        lines: The lines of the files.
        width: How many cells of a terminal the line may take.
        ellipsis: What stands for what is cut away.
    """
    text = None if place is None else lines.line(place)
    if text is None or place is None or place.line is None:
        return None
    start, end = _span(place, text)
    chunks = _chunks(text)
    first, last = _window([cell_len(chunk) for chunk in chunks], start, end, width, 2 * len(ellipsis))
    before, after = "".join(chunks[first:start]), "".join(chunks[end:last])
    return Snippet(
        line=place.line,
        before=ellipsis + before if first else before,
        marked="".join(chunks[start : min(end, last)]) + (ellipsis if last < end else ""),
        after=after + ellipsis if end <= last < len(chunks) else after,
        has_column=place.column is not None,
    )


def _span(place: Place, text: str) -> tuple[int, int]:
    """Return where the marked characters of *text* begin and end, counted from 0; an empty span is between two."""
    whole = len(text.rstrip())
    if place.column is None:
        return 0, 0
    start = min(max(place.column - 1, 0), len(text))
    if place.end_line is not None and place.end_line > (place.line or 0):
        return start, max(start, whole)
    end = place.end_column - 1 if place.end_column is not None else start + 1
    return start, max(start, min(end, len(text)))


def _chunks(text: str) -> list[str]:
    """Return for each character what is shown of it: tabs up to the next stop, escapes for what nobody sees."""
    if not re.search(r"[^ -~]", text):
        return list(text)
    chunks: list[str] = []
    cells = 0
    for char in text:
        chunk = " " * (_TAB - cells % _TAB) if char == "\t" else visible(char)
        cells += cell_len(chunk)
        chunks.append(chunk)
    return chunks


def _window(cells: list[int], start: int, end: int, width: int, reserve: int) -> tuple[int, int]:
    """Return which characters to show so that they take at most *width* cells, those from *start* to *end* first.

    Args:
        cells: How many cells each character takes.
        start: The first marked character.
        end: The first character after them.
        width: How many cells there are.
        reserve: How many of them the ellipses take if something is cut away.
    """
    if sum(cells) <= width:
        return 0, len(cells)
    room = max(width - reserve, 8)
    last = start
    while last < end and cells[last] <= room:
        room -= cells[last]
        last += 1
    if last < end:
        return start, last
    before = room // 2
    first = start
    while first > 0 and cells[first - 1] <= before:
        first -= 1
        before -= cells[first]
        room -= cells[first]
    while last < len(cells) and cells[last] <= room:
        room -= cells[last]
        last += 1
    while first > 0 and cells[first - 1] <= room:
        first -= 1
        room -= cells[first]
    while first < start and cells[first] == 0:  # a combining character without its letter
        first += 1
    return first, last
