"""Paper with things on it: where a text is still free to go, and what it would cover there."""

import math
from collections.abc import Iterable, Sequence
from copy import copy
from typing import TypeAlias

from wakhan.drawing.box import Box, Point, cross

Segment: TypeAlias = tuple[Point, Point]

_CELL = 4.0  # pixels
_CROSSING = 240.0  # what a text pays if the line to it crosses what must be seen, in pixels of distance


class Paper:
    """What is on paper already, and what should not be covered.

    Args:
        frame: The paper.
        soft: Points that a text should not cover, each with what it costs, in pixels of distance.
        hard: Points of lines that the line to a text should not cross either.
        boxes: What a text may not cover.
    """

    def __init__(
        self, frame: Box, soft: Iterable[tuple[Point, float]], hard: Iterable[Point], boxes: Sequence[Box]
    ) -> None:
        self.boxes = list(boxes)
        self.leaders: list[Segment] = []
        self._frame = frame
        self._hard = {(i + di, j + dj) for i, j in map(self._cell, hard) for di in (-1, 0, 1) for dj in (-1, 0, 1)}
        self._sums = self._summed(soft)

    def copy(self) -> "Paper":
        """Return paper with the same on it, to try something on."""
        other = copy(self)
        other.boxes, other.leaders = list(self.boxes), list(self.leaders)
        return other

    def is_free(self, home: Box | None, leader: Segment | None, box: Box) -> bool:
        """Tell whether *box* covers nothing, and the line to it crosses nothing.

        Args:
            home: What the line may begin in, because it belongs to the same place.
            leader: The line from the place to the box, if there is one.
            box: Where the text would go.
        """
        if any(box.overlaps(other, 2) for other in self.boxes) or any(box.cut(*line) for line in self.leaders):
            return False
        if leader is None:
            return True
        crossed = any(other.cut(*leader) for other in self.boxes if other != home)
        return not crossed and not any(cross(*leader, *line) for line in self.leaders)

    def cost(self, leader: Segment | None, box: Box) -> float:
        """Return what *box* and the line to it cover of what should be seen, in pixels of distance."""
        covered = self._sum(box)
        return covered if leader is None else covered + math.dist(*leader) / 2 + _CROSSING * self._crosses(leader)

    def _crosses(self, leader: Segment) -> bool:
        (x, y), (u, v) = leader
        steps = int(math.dist(*leader) / _CELL)
        return any(
            self._cell((x + (u - x) * part / steps, y + (v - y) * part / steps)) in self._hard
            for part in range(4, steps)  # a place on such a line is left by the line to its text
        )

    def _cell(self, point: Point) -> tuple[int, int]:
        return int((point[0] - self._frame.x) / _CELL), int((point[1] - self._frame.y) / _CELL)

    def _summed(self, soft: Iterable[tuple[Point, float]]) -> list[list[float]]:
        """Return for each cell what all points above and to the left of it cost (a summed-area table, Crow 1984)."""
        wide, high = self._cell((self._frame.right, self._frame.bottom))
        cells = [[0.0] * (wide + 2) for _ in range(high + 2)]
        for point, weight in soft:
            if self._frame.holds(point):
                column, row = self._cell(point)
                cells[row + 1][column + 1] += weight
        for row in range(1, high + 2):
            run = 0.0
            for column in range(1, wide + 2):
                run += cells[row][column]
                cells[row][column] = cells[row - 1][column] + run
        return cells

    def _sum(self, box: Box) -> float:
        left, top = self._cell((max(box.x, self._frame.x), max(box.y, self._frame.y)))
        right, bottom = self._cell((min(box.right, self._frame.right), min(box.bottom, self._frame.bottom)))
        sums = self._sums
        return sums[bottom + 1][right + 1] - sums[top][right + 1] - sums[bottom + 1][left] + sums[top][left]
