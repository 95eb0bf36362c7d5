"""A scale of days: where a day is on the paper, and where the marks of days, months or years are."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from wakhan.drawing.moments import Span
from wakhan.drawing.statement import day_words

TAIL = 34.0
"""How long the dots are where a first or last day is not given, in pixels: they stand for no number of days."""

_ROOM = {"day": 30.0, "month": 74.0, "year": 44.0}  # what the name of a mark takes, in pixels
_STEPS = {"day": (1, 2, 7, 14), "month": (1, 2, 3, 6, 12), "year": (1, 2, 5, 10, 20, 50, 100)}


class Tick(NamedTuple):
    """A mark on a scale: where, and its name."""

    x: float
    label: str


@dataclass(frozen=True)
class Scale:
    """A scale of days.

    Attributes:
        first: The first day on it.
        last: The last day on it.
        left: Where the first day begins, in pixels.
        right: Where the last day ends.
        unit: ``day``, ``month`` or ``year``.
    """

    first: date
    last: date
    left: float
    right: float
    unit: str

    def x(self, day: date) -> float:
        """Return where *day* begins, in pixels."""
        return self.left + (day - self.first).days * self._per_day

    def bar(self, span: Span) -> tuple[float, float]:
        """Return from where to where the days go that are given, in pixels; at least six, so that a day can be seen."""
        first, last = span.days
        start, end = self.x(first), self.x(last + timedelta(days=1))
        return start, max(end, start + 6)

    def reach(self, span: Span) -> tuple[float, float]:
        """Return the same with the dots for a day that is not given."""
        start, end = self.bar(span)
        return start - TAIL * (span.first is None), end + TAIL * (span.last is None)

    @property
    def ticks(self) -> list[Tick]:
        """The marks, from left to right, no nearer to each other than their names are wide."""
        starts = list(_starts(self.first, self.last, self.unit))
        per_unit = (self.right - self.left) / max(len(starts), 1)
        step = next((step for step in _STEPS[self.unit] if step * per_unit >= _ROOM[self.unit]), _STEPS[self.unit][-1])
        chosen = (
            [day for day in starts if _ordinal(day, self.unit) % step == 0] if self.unit != "day" else starts[::step]
        )
        return [Tick(self.x(day), _name(day, self.unit)) for day in chosen if self.x(day) < self.right - 12]

    @property
    def _per_day(self) -> float:
        return (self.right - self.left) / ((self.last - self.first).days + 1)


def scale_of(spans: Sequence[Span], left: float, right: float) -> Scale:
    """Return a scale that holds *spans*, with room at both ends.

    Args:
        spans: At least one.
        left: Where it begins, in pixels.
        right: Where it ends.
    """
    first, last = min(span.days[0] for span in spans), max(span.days[1] for span in spans)
    days = (last - first).days + 1
    unit = "day" if days <= 45 else "month" if days <= 1100 else "year"
    wide = right - left
    open_first = any(span.first is None and span.days[0] - first < timedelta(days=2 + days / 10) for span in spans)
    open_last = any(span.last is None and last - span.days[1] < timedelta(days=2 + days / 10) for span in spans)
    before, after = (
        math.ceil(days * (TAIL + 6) / (wide - 2 * TAIL - 12)) if is_open else 0 for is_open in (open_first, open_last)
    )
    edge = max(days // 30, 1)
    return Scale(first - timedelta(days=before + edge), last + timedelta(days=after + edge), left, right, unit)


def _starts(first: date, last: date, unit: str) -> Iterable[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if unit == "day" or (day.day == 1 and (unit == "month" or day.month == 1)):
            yield day


def _ordinal(day: date, unit: str) -> int:
    return day.year if unit == "year" else day.month - 1


def _name(day: date, unit: str) -> str:
    written = day.isoformat()
    return str(day.day) if unit == "day" else day_words(written[:7] if unit == "month" else written[:4])
