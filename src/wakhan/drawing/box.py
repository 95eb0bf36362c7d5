"""Boxes on paper, and where to put one so that it covers nothing."""

import math
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]


class Box(NamedTuple):
    """A rectangle: its upper left corner, its width and its height, in pixels of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """The point in its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Box", gap: float = 0.0) -> bool:
        """Tell whether it comes nearer to *other* than *gap*; sides that touch do not overlap.

        Example:
            >>> Box(0, 0, 10, 10).overlaps(Box(10, 0, 5, 5)), Box(0, 0, 10, 10).overlaps(Box(10, 0, 5, 5), gap=1)
            (False, True)
        """
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )

    def holds(self, point: Point) -> bool:
        """Tell whether *point* lies in it or on its side."""
        return self.x <= point[0] <= self.right and self.y <= point[1] <= self.bottom

    def nearest(self, point: Point) -> Point:
        """Return the point of the box that is nearest to *point*."""
        return min(max(point[0], self.x), self.right), min(max(point[1], self.y), self.bottom)

    def cut(self, a: Point, b: Point) -> bool:
        """Tell whether the straight line from *a* to *b* runs through it (Liang and Barsky 1984)."""
        start, end = 0.0, 1.0
        sides = ((a[0], b[0] - a[0], self.x, self.right), (a[1], b[1] - a[1], self.y, self.bottom))
        for origin, step, low, high in sides:
            if abs(step) < 1e-9:
                if not low < origin < high:
                    return False
                continue
            near, far = sorted(((low - origin) / step, (high - origin) / step))
            start, end = max(start, near), min(end, far)
        return start < end


def place(
    size: tuple[float, float],
    anchor: Point,
    frame: Box,
    is_free: Callable[[Box], bool],
    cost: Callable[[Box], float],
    step: float,
    reach: float,
) -> Box | None:
    """Return the cheapest free place for a box, near *anchor*, or None if there is none.

    All places on a grid through the anchor are compared, so what is found is the best of them, and always the same.

    Args:
        size: The width and the height of the box.
        anchor: What the box belongs to.
        frame: Where it must lie.
        is_free: Whether a place may be taken.
        cost: What a place costs besides its distance from the anchor, in pixels of distance; not less than nothing.
        step: How fine the grid is, in pixels.
        reach: How far a place may be from the anchor, in pixels to the right and left, and up and down.
    """
    best: tuple[float, Box] | None = None
    for distance, box in sorted(_candidates(size, anchor, _near(anchor, frame, reach), step)):
        if best is not None and distance >= best[0]:
            break
        if is_free(box) and (best is None or distance + cost(box) < best[0]):
            best = distance + cost(box), box
    return None if best is None else best[1]


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Tell whether the straight lines from *a* to *b* and from *c* to *d* cross.

    Example:
        >>> cross((0, 0), (2, 2), (0, 2), (2, 0)), cross((0, 0), (1, 1), (2, 0), (2, 9))
        (True, False)
    """

    def side(p: Point, q: Point, r: Point) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)


def _near(anchor: Point, frame: Box, reach: float) -> Box:
    left, top = max(frame.x, anchor[0] - reach), max(frame.y, anchor[1] - reach)
    return Box(left, top, min(frame.right, anchor[0] + reach) - left, min(frame.bottom, anchor[1] + reach) - top)


def _candidates(size: tuple[float, float], anchor: Point, frame: Box, step: float) -> Iterator[tuple[float, Box]]:
    """Give each place in the frame with its distance from the anchor."""
    wide, high = size
    columns = math.ceil((frame.x - anchor[0]) / step), math.floor((frame.right - wide - anchor[0]) / step)
    rows = math.ceil((frame.y - anchor[1]) / step), math.floor((frame.bottom - high - anchor[1]) / step)
    for row, column in product(range(rows[0], rows[1] + 1), range(columns[0], columns[1] + 1)):
        box = Box(anchor[0] + column * step, anchor[1] + row * step, wide, high)
        yield math.dist(anchor, box.nearest(anchor)) + math.dist(anchor, box.center) / 4, box
