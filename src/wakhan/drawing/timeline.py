"""The timeline: what is said to have happened when, lane by lane, and apart from it what is only planned.

Each period has a scale of its own, which its heading names. A bar covers the days that a claim gives: full where the
article states it, an outline where it is reported, planned or less. Where a first or last day is not given, the bar
ends in dots. What has a time in words only is listed below in these words, without a place on the scale; so is what
only another statement gives a time for, under that statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import Graph

from wakhan.drawing import block as blocks
from wakhan.drawing.block import BODY, HEAD, Block, Entry, entry_parts, entry_size, linked
from wakhan.drawing.box import Box
from wakhan.drawing.font import LINE, wrap
from wakhan.drawing.legend import draw_legend
from wakhan.drawing.moments import Moment, moments, periods
from wakhan.drawing.scale import TAIL, Scale, scale_of
from wakhan.drawing.statement import between, row
from wakhan.drawing.svg import Drawing, Link, document, element, text

TITLE = "What happened, and what was planned, when"
DESCRIPTION = (
    "A timeline with a lane for each place. A full bar is what the article states; an outlined bar, with words and a "
    "sign beside it, is reported, planned or less. Dots where a bar begins or ends: the day is not given. Below are "
    "the statements whose time the article gives in words only, and those that it only puts at or after something else."
)
_NO_PLACE = "no place given"
_WORDS = "Times that the article gives in words only, and that have no place on a scale:"
_RELATIVE = "Times that the article gives by something else only, with or after which it was:"
_MARGIN = 14.0
_BAR = 14.0  # the height of a bar
_LEAST = 200.0  # the width of a text beside a bar
_STYLE = (
    ".dw .bar{fill:var(--k);fill-opacity:.12}.dw .fact .bar{fill-opacity:1}.dw .fact .bar.vague{fill-opacity:.12}"
    ".dw .open{fill:none;stroke:var(--k);stroke-width:2.4;stroke-dasharray:.1 5;stroke-linecap:round}"
    ".dw .lane{fill:var(--dw-land);opacity:.5}"
)


@dataclass(frozen=True)
class _Plan:
    """One of the two sizes.

    Attributes:
        name: What makes its ids differ.
        width: The width of the drawing, in pixels.
        lane: The width of the column with the names of lanes; 0 if they stand above their bars.
        columns: In how many columns the times in words are.
    """

    name: str
    width: float
    lane: float
    columns: int


_WIDE = _Plan("timeline", 1200, 190, 3)
_NARROW = _Plan("timeline-narrow", 400, 0, 1)


def timeline_svg(graph: Graph, link: Link, *, narrow: bool = False) -> Drawing:
    """Return the timeline.

    Args:
        graph: Ontology and data.
        link: Gives the address of the page of an IRI.
        narrow: Whether it is for a phone: then the names of lanes, the texts and the bars stand below each other. See
            ``map_svg`` for a page with both.
    """
    plan = _NARROW if narrow else _WIDE
    found = moments(graph)
    drawn, height = draw_legend([moment.said for moment in found], _MARGIN, 8, plan.width - 2 * _MARGIN)
    parts, y = [element("style", _STYLE), drawn], 8 + height + 10
    for period in periods(found):
        lanes, height = _period(graph, period, y, plan, link)
        parts.append(lanes)
        y += height
    unplaced = [moment for moment in found if moment.span is None]
    in_words = [(f"\u201c{moment.time}\u201d", moment) for moment in unplaced if moment.time]
    relative = [(f"At or after: {moment.after}", moment) for moment in unplaced if not moment.time]
    for title, listed in ((_WORDS, in_words), (_RELATIVE, relative)):
        drawn, height = _listed(graph, title, listed, y, plan, link)
        parts.append(drawn)
        y += height
    rows = tuple(row(said, graph, drawn=moment.span is not None) for moment in found for said in moment.parts)
    size = plan.width, max(y, 60)
    svg = document(plan.name, size, TITLE, DESCRIPTION, parts)
    return Drawing(svg, TITLE, DESCRIPTION, rows, round(size[0]), round(size[1]))


def _period(graph: Graph, period: Sequence[Moment], top: float, plan: _Plan, to: Link) -> tuple[str, float]:
    scale = scale_of([m.span for m in period if m.span], _MARGIN + plan.lane, plan.width - _MARGIN)
    heading = f"{between(scale.first.isoformat(), scale.last.isoformat())}, by {scale.unit}"
    stripes, lanes, y = [], [], top + 50
    for number, (name, lane) in enumerate(_lanes(period)):
        drawn, height = _lane(graph, name, lane, y, scale, plan, to)
        if number % 2 == 0:
            stripes.append(element("rect", x=0, y=y, width=plan.width, height=height, class_="lane"))
        lanes.append(drawn)
        y += height
    rules = [element("path", d=f"M{tick.x:.1f} {top + 30:.1f}V{y:.1f}", class_="rule") for tick in scale.ticks]
    marks = [text(tick.x + 4, top + 42, tick.label, "s q") for tick in scale.ticks]
    return "\n".join([text(_MARGIN, top + 16, heading, "h"), *stripes, *rules, *marks, *lanes]), y - top + 18


def _lanes(period: Iterable[Moment]) -> list[tuple[str, list[Moment]]]:
    lanes: dict[str, list[Moment]] = {}
    for moment in period:
        lanes.setdefault(", ".join(moment.places) or _NO_PLACE, []).append(moment)
    return sorted(lanes.items(), key=lambda lane: (lane[0] == _NO_PLACE, -len(lane[1]), lane[0]))


def _lane(
    graph: Graph, name: str, lane: Sequence[Moment], top: float, scale: Scale, plan: _Plan, to: Link
) -> tuple[str, float]:
    lines = wrap(name, HEAD, (plan.lane or plan.width - 2 * _MARGIN) - 14, bold=True)
    head = len(lines) * HEAD * LINE
    parts = [
        text(_MARGIN, top + 20 + place * HEAD * LINE, line, "b q" if name == _NO_PLACE else "b")
        for place, line in enumerate(lines)
    ]
    y = top + 8 if plan.lane else top + 10 + head
    for moment in lane:
        drawn, height = _beside(moment, y, scale, plan) if plan.lane else _above(moment, y, scale, plan)
        parts.append(linked(moment.said, drawn, graph, to))
        y += height + 10
    return "".join(parts), max(y - top, head + 16)


def _beside(moment: Moment, top: float, scale: Scale, plan: _Plan) -> tuple[list[str], float]:
    """Return a bar with its text where there is more room, to the right or to the left of it, and its height."""
    start, end = _reach(moment, scale)
    entry, left, right = _entry(moment), _MARGIN + plan.lane, plan.width - _MARGIN
    is_right = right - end >= start - left
    limit = min((right - end if is_right else start - left) - 14, 420)
    if limit < _LEAST:  # the bar leaves no room on either side
        return _above(moment, top, scale, plan)
    wide, high = entry_size(entry, limit)
    words = entry_parts(entry, end + 12 if is_right else start - 12 - wide, top, limit, "halo")
    return [*_bar(moment, scale, top + (high - _BAR) / 2), *words], high


def _above(moment: Moment, top: float, scale: Scale, plan: _Plan) -> tuple[list[str], float]:
    """Return a bar with its text above it, and the height of both."""
    entry, left = _entry(moment), _MARGIN + plan.lane
    limit = plan.width - _MARGIN - left
    high = entry_size(entry, limit)[1]
    return [*entry_parts(entry, left, top, limit, "halo"), *_bar(moment, scale, top + high + 4)], high + 4 + _BAR


def _entry(moment: Moment) -> Entry:
    return Entry(moment.said, ", ".join(filter(None, (moment.words, moment.when))))


def _reach(moment: Moment, scale: Scale) -> tuple[float, float]:
    return scale.reach(moment.span) if moment.span else (scale.left, scale.left)


def _bar(moment: Moment, scale: Scale, top: float) -> list[str]:
    if moment.span is None:
        return []
    (start, end), (left, right) = scale.bar(moment.span), scale.reach(moment.span)
    shape = "bar vague" if moment.span.vague else "bar"
    drawn = [element("rect", x=start, y=top, width=end - start, height=_BAR, rx=3, class_=f"line {shape}")]
    for a, b in ((left, start - 4), (end + 4, right)):
        if b - a > TAIL / 2:
            drawn.append(element("path", d=f"M{a:.1f} {top + _BAR / 2:.1f}H{b:.1f}", class_="open"))
    return drawn


def _listed(
    graph: Graph, title: str, found: Sequence[tuple[str, Moment]], top: float, plan: _Plan, to: Link
) -> tuple[str, float]:
    """Return the statements that have no days, under what gives their times, and their height."""
    if not found:
        return "", 0.0
    by_words: dict[str, list[Entry]] = {}
    for time, moment in found:
        by_words.setdefault(time, []).append(Entry(moment.said, moment.words))
    wide = plan.width - 2 * _MARGIN
    lines = wrap(title, BODY, wide, bold=True)
    parts = [element("path", d=f"M{_MARGIN:.0f} {top:.0f}h{wide:.0f}", class_="rule")]
    parts += [text(_MARGIN, top + 22 + place * 17, line, "b") for place, line in enumerate(lines)]
    listed = [Block(words, None, tuple(entries)) for words, entries in by_words.items()]
    start = top + 14 + len(lines) * 17
    boxes, high = blocks.columns(listed, Box(_MARGIN, start, wide, 0), plan.columns)
    limit = blocks.limit_of(wide, plan.columns)
    parts += [blocks.draw(block, box, limit, graph, to) for block, box in zip(listed, boxes, strict=True)]
    return "\n".join(parts), start + high + 14 - top
