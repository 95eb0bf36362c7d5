"""From degrees to paper: Albers' equal-area conic projection, and what of a line or an area lies on the paper."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from wakhan.drawing.box import Box, Point
from wakhan.drawing.svg import number


@dataclass(frozen=True)
class Albers:
    """Albers' equal-area conic projection of the sphere (Snyder 1987, Map Projections, p. 100).

    Attributes:
        parallels: The two latitudes that keep their lengths, in degrees.
        center: The longitude and latitude in the middle of the paper, in degrees.
        radius: The radius of the Earth on the paper, in pixels: the scale.
        origin: Where on the paper the center lies, in pixels.
    """

    parallels: tuple[float, float]
    center: Point
    radius: float
    origin: Point

    @cached_property
    def _constants(self) -> tuple[float, float, float]:
        low, high = (math.radians(parallel) for parallel in self.parallels)
        n = (math.sin(low) + math.sin(high)) / 2
        c = math.cos(low) ** 2 + 2 * n * math.sin(low)
        return n, c, math.sqrt(c - 2 * n * math.sin(math.radians(self.center[1]))) / n

    def __call__(self, place: Point) -> Point:
        """Return where a longitude and latitude lie on the paper.

        Args:
            place: Degrees east and north.
        """
        n, c, middle = self._constants
        angle = n * math.radians(place[0] - self.center[0])
        distance = math.sqrt(max(c - 2 * n * math.sin(math.radians(place[1])), 0.0)) / n
        x, y = self.origin
        return x + self.radius * distance * math.sin(angle), y - self.radius * (middle - distance * math.cos(angle))


def clip_area(points: Sequence[Point], frame: Box) -> list[Point]:
    """Return the part of a polygon that lies in *frame* (Sutherland and Hodgman 1974); empty if none does."""
    sides = ((0, frame.x, 1), (0, frame.right, -1), (1, frame.y, 1), (1, frame.bottom, -1))
    kept = list(points)
    for axis, limit, sign in sides:
        kept = list(_clipped(kept, axis, limit, sign))
    return kept


def _clipped(points: Sequence[Point], axis: int, limit: float, sign: float) -> Iterator[Point]:
    for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        was_in, is_in = (sign * (each[axis] - limit) >= 0 for each in (before, point))
        if was_in != is_in:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            yield before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])
        if is_in:
            yield point


def clip_line(points: Sequence[Point], frame: Box) -> list[list[Point]]:
    """Return the parts of a line that lie in *frame*, each with the points next to the frame on both sides."""
    parts: list[list[Point]] = [[]]
    for place, point in enumerate(points):
        if any(frame.holds(near) for near in points[max(place - 1, 0) : place + 2]):
            parts[-1].append(point)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if len(part) > 1]


def path(parts: Sequence[Sequence[Point]], *, closed: bool = False) -> str:
    """Return lines or areas as the ``d`` of a path, in steps, to a tenth of a pixel; points nearer than 0.6 fall out.

    Args:
        parts: Each a line, or the edge of an area.
        closed: Whether they are areas.
    """
    return "".join(_one_path(_thinned(part), closed) for part in parts if len(part) > 1)


def _thinned(points: Sequence[Point]) -> list[Point]:
    kept = [points[0]]
    for point in points[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 0.6:
            kept.append(point)
    return [*kept, points[-1]]


def _one_path(points: Sequence[Point], closed: bool) -> str:
    cells = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [(x - u, y - v) for (u, v), (x, y) in pairwise(cells)]
    start, *moves = (f"{number(x / 10)} {number(y / 10)}" for x, y in (cells[0], *steps))
    return f"M{start}l{' '.join(moves)}{'z' if closed else ''}"


def area(points: Sequence[Point]) -> float:
    """Return the area of a polygon, in square pixels."""
    turned = [*points[1:], *points[:1]]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(points, turned, strict=True))) / 2


def inner_point(points: Sequence[Point]) -> Point:
    """Return a point well inside a polygon: of a grid of points in it the one that is farthest from its edge."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    grid = [
        (min(xs) + (max(xs) - min(xs)) * (column + 0.5) / 16, min(ys) + (max(ys) - min(ys)) * (row + 0.5) / 16)
        for row in range(16)
        for column in range(16)
    ]
    inside = [point for point in grid if is_inside(point, points)]
    return max(inside or [points[0]], key=lambda point: min(math.dist(point, edge) for edge in points))


def is_inside(point: Point, points: Sequence[Point]) -> bool:
    """Tell whether *point* lies in a polygon, by the even-odd rule."""
    x, y = point
    inside = False
    before_x, before_y = points[-1]
    for next_x, next_y in points:
        if (next_y > y) != (before_y > y) and x < (before_x - next_x) * (y - next_y) / (before_y - next_y) + next_x:
            inside = not inside
        before_x, before_y = next_x, next_y
    return inside
