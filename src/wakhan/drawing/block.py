"""A block of text in a drawing: a heading, and below it statements, each after how sure who is of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import Graph, URIRef

from wakhan.drawing.box import Box
from wakhan.drawing.font import LINE, width, wrap
from wakhan.drawing.statement import Said, href_of, name_of
from wakhan.drawing.svg import Link, element, group, link, text
from wakhan.standing import MARKS

HEAD, BODY, SMALL = 14.0, 13.0, 12.0
"""The sizes of the font for a heading, for what is said, and for how sure who is; in pixels."""

_INDENT = 17.0  # the mark and the room after it
_BETWEEN = 5.0


@dataclass(frozen=True)
class Entry:
    """A statement in a block, in words that say nothing about whether it is so: ``visit by Wang Yi``."""

    said: Said
    words: str


@dataclass(frozen=True)
class Block:
    """A heading and its entries.

    Attributes:
        head: The heading, or an empty text.
        iri: What the heading names, or None.
        entries: What is said.
    """

    head: str
    iri: URIRef | None
    entries: tuple[Entry, ...]


def size(block: Block, limit: float) -> tuple[float, float]:
    """Return the width and height of *block* in pixels, with lines no wider than *limit*."""
    sizes = [entry_size(entry, limit) for entry in block.entries]
    widths = [*(width(line, HEAD, bold=True) for line in _head(block, limit)), *(wide for wide, _ in sizes)]
    high = len(_head(block, limit)) * HEAD * LINE + sum(_BETWEEN + tall for _, tall in sizes)
    return max(widths, default=0.0), high


def draw(block: Block, box: Box, limit: float, graph: Graph, to: Link, class_: str | None = None) -> str:
    """Return *block* as SVG, each entry a link to its claim, the heading one to its thing.

    Args:
        block: What to draw.
        box: Where; as large as ``size`` says.
        limit: The width of the longest line, as given to ``size``.
        graph: Ontology and data.
        to: Gives the addresses.
        class_: A class for the lines of text.
    """
    y = box.y
    parts = []
    for line in _head(block, limit):
        y += HEAD * LINE
        parts.append(text(box.x, y - HEAD * 0.3, line, f"h {class_ or ''}".strip()))
    drawn = []
    if parts:
        heading = "".join(parts)
        drawn.append(heading if block.iri is None else group(link(to(block.iri), block.head, heading), iri=block.iri))
    for entry in block.entries:
        drawn.append(linked(entry.said, entry_parts(entry, box.x, y + _BETWEEN, limit, class_), graph, to))
        y += _BETWEEN + entry_size(entry, limit)[1]
    return "".join(drawn)


def mark(standing: str, x: float, y: float, side: float = 11.0) -> str:
    """Return the sign of a standing, so that color alone tells nothing; *x* and *y* are its upper left corner."""
    move = f"translate({x:.1f} {y:.1f}) scale({side / 16:.3f})"
    return element("path", d=MARKS[standing], transform=move, class_="fill", fill_rule="evenodd")


def columns(blocks: Sequence[Block], frame: Box, count: int, gap: float = 24.0) -> tuple[list[Box], float]:
    """Return where blocks go that follow each other down *count* columns of about the same height, and that height.

    Args:
        blocks: The blocks, in their order.
        frame: Where the columns begin, and how wide they are together; its height does not matter.
        count: The number of columns.
        gap: The room between columns, in pixels.
    """
    limit = limit_of(frame.width, count, gap)
    heights = [size(block, limit)[1] + 14 for block in blocks]
    high = _least_height(heights, count)
    boxes, column, y = [], 0, 0.0
    for block, height in zip(blocks, heights, strict=True):
        if y and y + height > high + 1e-3:
            column, y = column + 1, 0.0
        boxes.append(Box(frame.x + column * (limit + gap), frame.y + y, *size(block, limit)))
        y += height
    return boxes, high if blocks else 0.0


def limit_of(wide: float, count: int, gap: float = 24.0) -> float:
    """Return the width of one of *count* columns that are *wide* together, with a gap between them; in pixels."""
    return (wide - gap * (count - 1)) / count


def _least_height(heights: Sequence[float], count: int) -> float:
    """Return the least height of *count* columns that what has these heights fits into, in its order."""
    sums = [0.0]
    for height in heights:
        sums.append(sums[-1] + height)
    spans = sorted({round(b - a, 6) for i, a in enumerate(sums) for b in sums[i + 1 :]})
    return next((span for span in spans if _columns_needed(heights, span) <= count), 0.0)


def _columns_needed(heights: Iterable[float], high: float) -> float:
    needed, y = 1, 0.0
    for height in heights:
        if height > high + 1e-3:
            return float("inf")
        if y + height > high + 1e-3:
            needed, y = needed + 1, 0.0
        y += height
    return needed


def _head(block: Block, limit: float) -> list[str]:
    return wrap(block.head, HEAD, limit, bold=True)


def _lines(entry: Entry, limit: float) -> list[tuple[str, float]]:
    room = limit - _INDENT
    how, words = wrap(entry.said.how, SMALL, room), wrap(entry.words, BODY, room)
    return [*((line, SMALL) for line in how), *((line, BODY) for line in words)]


def entry_size(entry: Entry, limit: float) -> tuple[float, float]:
    """Return the width and height of an entry in pixels, with lines no wider than *limit*."""
    found = _lines(entry, limit)
    wide = max(width(line, font) for line, font in found)
    return _INDENT + wide, sum(font * LINE for _, font in found)


def entry_parts(entry: Entry, x: float, y: float, limit: float, class_: str | None = None) -> list[str]:
    """Return the sign and the lines of an entry as SVG, without the link; *x* and *y* are its upper left corner."""
    more = f" {class_}" if class_ else ""
    drawn = [mark(entry.said.standing, x, y + 2.5)]
    for line, font in _lines(entry, limit):
        y += font * LINE
        drawn.append(text(x + _INDENT, y - font * 0.3, line, f"{'s k' if font == SMALL else 'w'}{more}"))
    return drawn


def linked(said: Said, parts: Iterable[str], graph: Graph, to: Link) -> str:
    """Return *parts* as what is drawn for a statement: in its color, with its claims, a link to the first of them."""
    return group(link(href_of(said, to), name_of(said, graph), *parts), claims=said.claims, class_=said.standing)
