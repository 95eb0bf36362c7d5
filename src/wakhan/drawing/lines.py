"""The lines of a graph: each with its tips, and with all its words, or a number where there is no room for them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from rdflib import Graph, URIRef

from wakhan.drawing.block import SMALL, mark
from wakhan.drawing.box import Box, Point
from wakhan.drawing.font import LINE, width, wrap
from wakhan.drawing.network import Tie
from wakhan.drawing.statement import details, href_of, name_of
from wakhan.drawing.svg import Link, element, group, link, text
from wakhan.lookup import label

Path: TypeAlias = tuple[Point, ...]

_BADGE = 9.5  # the radius of a number
_APART = 28.0  # the distance of two lines between the same actors, in their middle
_CURVE = 16  # the parts of a curved line
_OFF = 1.5  # between words and a line that is not theirs
_ALONG = tuple(0.5 + sign * step / 50 for step in range(21) for sign in ((1, -1) if step else (1,)))
"""Where on its line a text is tried, as parts of its length."""


class Line(NamedTuple):
    """A tie on paper.

    Attributes:
        tie: What it draws.
        path: The points that it goes through.
        words: All its words in lines, or nothing if it has a number.
        box: Where words or number stand; None if there is room for neither.
        number: The number under which it is told below the drawing, or 0.
    """

    tie: Tie
    path: Path
    words: list[str]
    box: Box | None
    number: int = 0


class _Room(NamedTuple):
    """Where words may be, and the boxes and lines that they must not cover."""

    frame: Box
    taken: Sequence[Box]
    paths: Sequence[Path]


def place_lines(
    graph: Graph, found: Sequence[Tie], boxes: Mapping[URIRef, Box], frame: Box, limit: float
) -> list[Line]:
    """Return the lines of *found*; no words and no number cover a box, another line or other words.

    Short lines choose first, for they have the fewest places. What has no room for all its words has a number, for
    fewer words would say something else.

    Args:
        graph: Ontology and data.
        found: The ties.
        boxes: Where their ends are.
        frame: Where words may be.
        limit: About how wide a line of words is, in pixels.
    """
    paths = [_path(tie, found, boxes) for tie in found]
    taken = list(boxes.values())
    placed = [Line(tie, path, [], None) for tie, path in zip(found, paths, strict=True)]
    order = sorted(range(len(found)), key=lambda place: (_length(paths[place]), place))
    for is_numbered in (False, True):
        for place in order:
            line = placed[place]
            if line.box is None:
                room = _Room(frame, taken, [path for path in paths if path is not line.path])
                wordings: list[list[str]] = [[]] if is_numbered else _wordings(graph, line.tie, limit)
                words, box = _label(line, wordings, room)
                placed[place] = line._replace(words=words, box=box)
                taken += [] if box is None else [box]
    return _numbered(placed)


def _numbered(lines: Sequence[Line]) -> list[Line]:
    """Return *lines* with numbers from the top down for those that have no words."""
    bare = [place for place, line in enumerate(lines) if line.box is not None and not line.words]
    order = sorted(bare, key=lambda place: (lines[place].box or Box(0, 0, 0, 0)).center[::-1])
    return [line._replace(number=order.index(place) + 1 if place in bare else 0) for place, line in enumerate(lines)]


def _path(tie: Tie, found: Iterable[Tie], boxes: Mapping[URIRef, Box]) -> Path:
    """Return the line of a tie; several ties of the same two part in their middle."""
    beside = [other for other in found if other.ends == tie.ends]
    shift = (beside.index(tie) - (len(beside) - 1) / 2) * _APART
    one, two = boxes[tie.ends[0]], boxes[tie.ends[1]]
    (x, y), (u, v) = one.center, two.center
    if not shift:
        return _leave(one, (x, y), (u, v)), _leave(two, (u, v), (x, y))
    length = math.hypot(u - x, v - y) or 1.0
    middle = (x + u) / 2 - (v - y) / length * shift * 2, (y + v) / 2 + (u - x) / length * shift * 2
    curve = [_between(_between((x, y), middle, t), _between(middle, (u, v), t), t) for t in _parts(_CURVE)]
    first = max((place for place, point in enumerate(curve[:-1]) if one.holds(point)), default=0)
    last = min((place for place, point in enumerate(curve) if place > first and two.holds(point)), default=_CURVE)
    inner = curve[first + 1 : last]
    start, end = _leave(one, curve[first], curve[first + 1]), _leave(two, curve[last], curve[last - 1])
    return start, *inner, end


def _parts(count: int) -> list[float]:
    return [number / count for number in range(count + 1)]


def _between(a: Point, b: Point, part: float) -> Point:
    return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])


def _leave(box: Box, inside: Point, outside: Point) -> Point:
    """Return where the line from a point in *box* to one outside leaves it."""
    parts = []
    for place, side in ((0, (box.x, box.right)), (1, (box.y, box.bottom))):
        step = outside[place] - inside[place]
        if abs(step) > 1e-9:
            parts.append(((side[1] if step > 0 else side[0]) - inside[place]) / step)
    part = min((part for part in parts if 0 <= part <= 1), default=0.0)
    return _between(inside, outside, part)


def _length(path: Path) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(path))


def _at(path: Path, part: float) -> Point:
    """Return the point at a part of the length of *path*."""
    left = part * _length(path)
    for a, b in pairwise(path):
        step = math.dist(a, b)
        if left <= step:
            return _between(a, b, left / (step or 1.0))
        left -= step
    return path[-1]


def _wordings(graph: Graph, tie: Tie, limit: float) -> list[list[str]]:
    """Return all words for a tie in lines of several widths; what is no fact keeps its degrees, amounts and times."""
    if tie.standing == "fact":
        words = ", ".join(dict.fromkeys(label(graph, each.predicate) for each in tie.said))
    else:
        told = (", ".join(filter(None, (label(graph, each.predicate), details(each, graph)))) for each in tie.said)
        words = f"{tie.standing}: {'; '.join(dict.fromkeys(told))}"
    shapes = (wrap(words, SMALL, limit * part) for part in (1.0, 1.6, 0.7))
    return list(map(list, dict.fromkeys(map(tuple, shapes))))


def _label(line: Line, wordings: Sequence[list[str]], room: _Room) -> tuple[list[str], Box | None]:
    """Return the first of some wordings that has room, on its line or beside it, and where; nothing if none has."""
    for words in wordings:
        size = _size(line.tie, words)
        for box, off in _boxes_along(line.path, size):
            if _is_clear(box, off, room):
                return words, box
    return [], None


def _boxes_along(path: Path, size: tuple[float, float]) -> Iterable[tuple[Box, float]]:
    """Give the places on a line, then those to its right, each with how far other lines have to keep off."""
    wide, high = size
    points = [_at(path, part) for part in _ALONG]
    for x, y in points:
        yield Box(x - wide / 2, y - high / 2, wide, high), _OFF
    steep = abs(path[-1][1] - path[0][1]) > abs(path[-1][0] - path[0][0])
    for x, y in points if steep else ():
        yield Box(x + 3, y - high / 2, wide, high), 4 * _OFF


def _is_clear(box: Box, off: float, room: _Room) -> bool:
    wider = Box(box.x - off, box.y - off, box.width + 2 * off, box.height + 2 * off)
    return (
        room.frame.x <= box.x
        and box.right <= room.frame.right
        and not any(box.overlaps(other, 2) for other in room.taken)
        and not any(wider.cut(a, b) for path in room.paths for a, b in pairwise(path))
    )


def _size(tie: Tie, words: Sequence[str]) -> tuple[float, float]:
    """Return the width and height of words, or of a number, with the sign of what is no fact; in pixels."""
    sign = 0.0 if tie.standing == "fact" else 14.0
    if not words:
        return sign + 2 * _BADGE, 2 * _BADGE
    return max(width(line, SMALL) for line in words) + sign + 6, len(words) * SMALL * LINE + 2


def draw_line(graph: Graph, placed: Line, to: Link) -> str:
    """Return the line of a tie, with a tip at the end that it points to."""
    tie, path = placed.tie, placed.path
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in path)
    parts = [element("path", d=d, class_="wide-line"), element("path", d=d, class_="line")]
    for end, tip, back in ((tie.ends[0], path[0], path[1]), (tie.ends[1], path[-1], path[-2])):
        if end == tie.head:
            turn = math.degrees(math.atan2(tip[1] - back[1], tip[0] - back[0]))
            move = f"translate({tip[0]:.1f} {tip[1]:.1f}) rotate({turn:.0f})"
            parts.append(element("path", d="M0 0L-9 -4.5L-9 4.5z", class_="fill", transform=move))
    names = "; ".join(name_of(each, graph) for each in tie.said)
    claims = [claim for each in tie.said for claim in each.claims]
    return group(link(href_of(tie.said[0], to), names, *parts), claims=claims, class_=tie.standing)


def draw_words(placed: Line) -> str:
    """Return the words or the number on a line, with the sign of what is no fact."""
    tie, box = placed.tie, placed.box
    if box is None:
        return ""
    left, drawn = box.x, [element("rect", x=box.x, y=box.y, width=box.width, height=box.height, class_="ground")]
    if tie.standing != "fact":
        drawn.append(mark(tie.standing, left + 1, box.center[1] - 5.5 if placed.number else box.y + 3))
        left += 14
    if placed.number:
        middle = left + _BADGE, box.center[1]
        drawn.append(element("circle", cx=middle[0], cy=middle[1], r=_BADGE, class_="fill"))
        drawn.append(text(middle[0], middle[1] + 4, str(placed.number), "badge m b s"))
    drawn += [
        text(left + 3, box.y + (place + 0.78) * SMALL * LINE + 1, line, "s k halo")
        for place, line in enumerate(placed.words)
    ]
    claims = [claim for each in tie.said for claim in each.claims]
    return group(*drawn, claims=claims, class_=f"{tie.standing} tie")
