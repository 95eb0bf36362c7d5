"""The lines of a graph: each with its tips, and with words where there is room for them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rdflib import Graph, URIRef

from wakhan.drawing.block import SMALL, mark
from wakhan.drawing.box import Box, Point
from wakhan.drawing.font import LINE, width, wrap
from wakhan.drawing.network import Tie
from wakhan.drawing.statement import href_of, name_of
from wakhan.drawing.svg import Link, element, group, link, text
from wakhan.lookup import label

_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where on its line a text is tried, as parts of its length."""


class Line(NamedTuple):
    """A tie on paper: from where to where its line goes, its words, and where they stand; None if there is no room."""

    tie: Tie
    start: Point
    end: Point
    words: list[str]
    box: Box | None


def place_lines(
    graph: Graph, found: Sequence[Tie], boxes: Mapping[URIRef, Box], frame: Box, limit: float
) -> list[Line]:
    """Return the lines of *found*; no words cover a box or other words.

    Args:
        graph: Ontology and data.
        found: The ties.
        boxes: Where their ends are.
        frame: Where words may be.
        limit: How wide a line of words is at most, in pixels.
    """
    taken = list(boxes.values())
    segments = [_segment(tie, found, boxes) for tie in found]
    placed = []
    for tie, ends in zip(found, segments, strict=True):
        others = [other for other in segments if other is not ends]
        words, box = _label(_wordings(graph, tie, limit), ends, _Room(frame, taken, others))
        if box is not None:
            taken.append(box)
        placed.append(Line(tie, *ends, words, box))
    return placed


class _Room(NamedTuple):
    """Where words may be, what they may not cover, and the lines that they should not cover."""

    frame: Box
    taken: Sequence[Box]
    lines: Sequence[tuple[Point, Point]]


def _segment(tie: Tie, found: Iterable[Tie], boxes: Mapping[URIRef, Box]) -> tuple[Point, Point]:
    """Return from where to where the line of a tie goes; several ties of the same two lie side by side."""
    beside = [other for other in found if other.ends == tie.ends]
    shift = (beside.index(tie) - (len(beside) - 1) / 2) * 11
    one, two = boxes[tie.ends[0]], boxes[tie.ends[1]]
    (x, y), (u, v) = one.center, two.center
    length = math.hypot(u - x, v - y) or 1.0
    dx, dy = -(v - y) / length * shift, (u - x) / length * shift
    a, b = (x + dx, y + dy), (u + dx, v + dy)
    return _leave(one, a, b), _leave(two, b, a)


def _leave(box: Box, inside: Point, outside: Point) -> Point:
    """Return where the line from a point in *box* to one outside leaves it."""
    parts = []
    for place, side in ((0, (box.x, box.right)), (1, (box.y, box.bottom))):
        step = outside[place] - inside[place]
        if abs(step) > 1e-9:
            parts.append(((side[1] if step > 0 else side[0]) - inside[place]) / step)
    part = min((part for part in parts if 0 <= part <= 1), default=0.0)
    return inside[0] + part * (outside[0] - inside[0]), inside[1] + part * (outside[1] - inside[1])


def _wordings(graph: Graph, tie: Tie, limit: float) -> list[list[str]]:
    """Return the words for a tie in lines, first all, then fewer; of what is no fact at last only the sign is left."""
    named = list(dict.fromkeys(label(graph, each.predicate) for each in tie.said))
    before, last = ("", []) if tie.standing == "fact" else (f"{tie.standing}: ", [tie.standing])
    words = dict.fromkeys((before + ", ".join(named), before + named[0], *last))
    return [*(wrap(each, SMALL, limit) for each in words), *([] if tie.standing == "fact" else [[]])]


def _label(wordings: Sequence[list[str]], ends: tuple[Point, Point], room: _Room) -> tuple[list[str], Box | None]:
    """Return the words on a line and where they go: clear of other lines if that can be, with all words if it can."""
    tries = [(lines, box) for lines in wordings for box in _boxes_along(ends, _size(lines))]
    free = [
        (lines, box)
        for lines, box in tries
        if room.frame.x <= box.x
        and box.right <= room.frame.right
        and not any(box.overlaps(other, 2) for other in room.taken)
    ]
    clear = ((lines, box) for lines, box in free if not any(box.cut(*line) for line in room.lines))
    return next(clear, free[0] if free else ([], None))


def _size(lines: Sequence[str]) -> tuple[float, float]:
    """Return the width and height of words with a sign before them, in pixels."""
    wide = max((width(line, SMALL) for line in lines), default=-4.0)
    return wide + 19, max(len(lines), 1) * SMALL * LINE + 2


def _boxes_along(ends: tuple[Point, Point], size: tuple[float, float]) -> Iterable[Box]:
    (x, y), (u, v) = ends
    for part in _ALONG:
        yield Box(x + part * (u - x) - size[0] / 2, y + part * (v - y) - size[1] / 2, *size)


def draw_line(graph: Graph, placed: Line, to: Link) -> str:
    """Return the line of a tie, with a tip at each end that a statement points to."""
    tie, (x, y), (u, v) = placed.tie, placed.start, placed.end
    d = f"M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}"
    parts = [element("path", d=d, class_="wide-line"), element("path", d=d, class_="line")]
    for end, tip, back in ((tie.ends[0], placed.start, placed.end), (tie.ends[1], placed.end, placed.start)):
        if end in tie.heads:
            turn = math.degrees(math.atan2(tip[1] - back[1], tip[0] - back[0]))
            move = f"translate({tip[0]:.1f} {tip[1]:.1f}) rotate({turn:.0f})"
            parts.append(element("path", d="M0 0L-9 -4.5L-9 4.5z", class_="fill", transform=move))
    names = "; ".join(name_of(each, graph) for each in tie.said)
    claims = [claim for each in tie.said for claim in each.claims]
    return group(link(href_of(tie.said[0], to), names, *parts), claims=claims, class_=tie.standing)


def draw_words(placed: Line) -> str:
    """Return the words on a line, with the sign of what is no fact."""
    tie, box = placed.tie, placed.box
    if box is None:
        return ""
    left, sign = box.x + 9, element("rect", x=box.x, y=box.y, width=box.width, height=box.height, class_="ground")
    if tie.standing != "fact":
        left = box.x + 17
        sign += mark(tie.standing, box.x + 2, box.y + 3)
    words = [
        text(left, box.y + (place + 0.78) * SMALL * LINE + 1, line, "s k halo")
        for place, line in enumerate(placed.words)
    ]
    claims = [claim for each in tie.said for claim in each.claims]
    return group(sign, *words, claims=claims, class_=f"{tie.standing} tie")
