"""Lay out a graph: distances on paper like those in the graph, and no box over another. Nothing is left to chance."""

import math
from collections.abc import Sequence

from wakhan.drawing.box import Box, Point

_ROUNDS = 120
_FAR = 5.0  # distances count up to here
_CLEARING = 200  # rounds in which boxes are pushed off lines
_CLEAR = 14.0  # how far they are pushed off, in pixels: lines of the same two bend to both sides


def layout(count: int, edges: Sequence[tuple[int, int]]) -> list[Point]:
    """Return a place for each of *count* connected nodes, in units of an edge.

    Stress majorization (Gansner, Koren and North 2004) with weights of one over the square of the distance. It begins
    on a circle, with the nodes in several orders, and the best end is taken.

    Args:
        count: The number of nodes, which are called 0, 1, 2 ...
        edges: Pairs of nodes.
    """
    if count == 1:
        return [(0.0, 0.0)]
    far = _distances(count, edges)
    degree = [sum(1 for value in row if value == 1) for row in far]
    orders = [list(range(count)), sorted(range(count), key=lambda node: (-degree[node], node)), _walk(far)]
    ends = [_majorized(_circle(order), far) for order in orders]
    return _turned(min(ends, key=lambda end: _stress(end, far)))


def spread(
    centers: Sequence[Point],
    sizes: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int]],
    frame: Box,
    gap: float,
) -> list[Box]:
    """Return boxes around *centers*, stretched to *frame*, then pushed off lines, and apart until none is too near.

    Args:
        centers: Where the boxes would be, in any unit.
        sizes: The width and height of each, in pixels.
        edges: Pairs of boxes between which lines will be.
        frame: Where they should lie; where they do not fit, they go beyond its lower side.
        gap: The room between two boxes, in pixels.
    """
    wide, high = max(w for w, _ in sizes), max(h for _, h in sizes)
    xs = _stretched(_evened([x for x, _ in centers]), frame.x + wide / 2, frame.right - wide / 2)
    ys = _stretched(_evened([y for _, y in centers]), frame.y + high / 2, frame.bottom - high / 2)
    boxes = [Box(x - w / 2, y - h / 2, w, h) for x, y, (w, h) in zip(xs, ys, sizes, strict=True)]
    for number in range(400):
        moved = number < _CLEARING and _cleared(boxes, edges)
        if not (_pushed(boxes, gap) or moved):
            break
        boxes = [_kept(box, frame) for box in boxes]
    return _settled(boxes, frame, gap)


def _evened(values: Sequence[float]) -> list[float]:
    """Return *values* half way to even distances, so that what is dense gets more room and what is far off less."""
    ranks = {place: rank for rank, place in enumerate(sorted(range(len(values)), key=lambda place: values[place]))}
    least, most, last = min(values), max(values), max(len(values) - 1, 1)
    return [(value + least + (most - least) * ranks[place] / last) / 2 for place, value in enumerate(values)]


def _cleared(boxes: list[Box], edges: Sequence[tuple[int, int]]) -> bool:
    """Push each box that lies on a line between two others off it, a little; tell whether any did."""
    moved = False
    for a, b in edges:
        start, end = boxes[a].center, boxes[b].center
        for number, box in enumerate(boxes):
            wider = Box(box.x - _CLEAR, box.y - _CLEAR, box.width + 2 * _CLEAR, box.height + 2 * _CLEAR)
            if number not in (a, b) and wider.cut(start, end):
                boxes[number] = _aside(box, start, end)
                moved = True
    return moved


def _aside(box: Box, start: Point, end: Point) -> Box:
    (x, y), length = box.center, math.dist(start, end) or 1.0
    across = ((start[1] - end[1]) / length, (end[0] - start[0]) / length)
    side = 1.0 if (x - start[0]) * across[0] + (y - start[1]) * across[1] >= 0 else -1.0
    return box._replace(x=box.x + side * across[0] * 6, y=box.y + side * across[1] * 6)


def _distances(count: int, edges: Sequence[tuple[int, int]]) -> list[list[float]]:
    far = [[0.0 if a == b else math.inf for b in range(count)] for a in range(count)]
    for a, b in edges:
        far[a][b] = far[b][a] = 1.0
    for k in range(count):
        for i in range(count):
            via = far[i][k]
            if via < math.inf:
                far[i] = [min(old, via + more) for old, more in zip(far[i], far[k], strict=True)]
    return [[min(value, _FAR) for value in row] for row in far]


def _walk(far: Sequence[Sequence[float]]) -> list[int]:
    """Return the nodes so that each follows a near one."""
    order, left = [0], set(range(1, len(far)))
    while left:
        nearest = min(left, key=lambda node: (far[order[-1]][node], node))
        order.append(nearest)
        left.remove(nearest)
    return order


def _circle(order: Sequence[int]) -> list[Point]:
    places = {node: 2 * math.pi * number / len(order) for number, node in enumerate(order)}
    return [(2 * math.cos(places[node]), 2 * math.sin(places[node])) for node in range(len(order))]


def _majorized(points: list[Point], far: Sequence[Sequence[float]]) -> list[Point]:
    for _ in range(_ROUNDS):
        points = [_moved(node, points, far[node]) for node in range(len(points))]
    return points


def _moved(node: int, points: Sequence[Point], far: Sequence[float]) -> Point:
    x, y = points[node]
    sum_x = sum_y = sum_weights = 0.0
    for other, (u, v) in enumerate(points):
        if other != node:
            weight = 1 / far[other] ** 2
            pull = far[other] / (math.hypot(x - u, y - v) + 1e-6)
            sum_x += weight * (u + pull * (x - u))
            sum_y += weight * (v + pull * (y - v))
            sum_weights += weight
    return sum_x / sum_weights, sum_y / sum_weights


def _stress(points: Sequence[Point], far: Sequence[Sequence[float]]) -> float:
    return sum(
        (math.dist(points[a], points[b]) - far[a][b]) ** 2 / far[a][b] ** 2
        for a in range(len(points))
        for b in range(a)
    )


def _turned(points: Sequence[Point]) -> list[Point]:
    """Return *points* turned so that the direction in which they spread most lies flat."""
    mid_x, mid_y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    around = [(x - mid_x, y - mid_y) for x, y in points]
    spread_x, spread_y = sum(x * x for x, _ in around), sum(y * y for _, y in around)
    angle = 0.5 * math.atan2(2 * sum(x * y for x, y in around), spread_x - spread_y)
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in around]


def _stretched(values: Sequence[float], low: float, high: float) -> list[float]:
    least, most = min(values), max(values)
    if most - least < 1e-9 or high <= low:
        return [(low + high) / 2] * len(values)
    return [low + (value - least) * (high - low) / (most - least) for value in values]


def _pushed(boxes: list[Box], gap: float) -> bool:
    """Push each two boxes that are too near apart, the shorter way; tell whether any were."""
    moved = False
    for a in range(len(boxes)):
        for b in range(a):
            one, two = boxes[a], boxes[b]
            if one.overlaps(two, gap):
                moved = True
                boxes[a], boxes[b] = _apart(one, two, gap)
    return moved


def _apart(one: Box, two: Box, gap: float) -> tuple[Box, Box]:
    (x, y), (u, v) = one.center, two.center
    over_x = (one.width + two.width) / 2 + gap - abs(x - u)
    over_y = (one.height + two.height) / 2 + gap - abs(y - v)
    if over_x < over_y:
        step = math.copysign(over_x / 2 + 0.01, x - u)
        return one._replace(x=one.x + step), two._replace(x=two.x - step)
    step = math.copysign(over_y / 2 + 0.01, y - v)
    return one._replace(y=one.y + step), two._replace(y=two.y - step)


def _kept(box: Box, frame: Box) -> Box:
    x = min(max(box.x, frame.x), max(frame.right - box.width, frame.x))
    y = min(max(box.y, frame.y), max(frame.bottom - box.height, frame.y))
    return box._replace(x=x, y=y)


def _settled(boxes: Sequence[Box], frame: Box, gap: float) -> list[Box]:
    """Return *boxes* with those that still overlap moved down until they are free: there is always room below."""
    done: dict[int, Box] = {}
    for number in sorted(range(len(boxes)), key=lambda place: (boxes[place].y, boxes[place].x, place)):
        box = _kept(boxes[number], frame._replace(height=math.inf))
        while any(hit := [other for other in done.values() if box.overlaps(other, gap)]):
            box = box._replace(y=min(other.bottom for other in hit) + gap + 0.01)
        done[number] = box
    return [done[number] for number in range(len(boxes))]
