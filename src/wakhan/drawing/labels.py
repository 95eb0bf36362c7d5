"""The texts on a map: each beside its place, on a card that covers no other text and little of what matters."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from rdflib import Graph, URIRef

from wakhan.drawing import block as blocks
from wakhan.drawing.block import HEAD, SMALL, Block
from wakhan.drawing.box import Box, Point, place
from wakhan.drawing.font import LINE, width, wrap
from wakhan.drawing.ground import seen_points
from wakhan.drawing.paper import Paper, Segment
from wakhan.drawing.projection import is_inside
from wakhan.drawing.spots import Sheet, Spot, state_areas
from wakhan.drawing.svg import Link, element, group, link, text

_PAD = 7.0  # between a card and its text, in pixels
_EDGE = 6.0  # between a card and the edge of the map
_DOT = 4.5  # the radius of a point
_BADGE = 9.5  # the radius of a number
_ORDER = ("border", "beyond", "state", "point")
"""The order in which kinds of places get their cards."""

_ROUNDS = 8
"""How often it is tried; what found no room, or the worst, goes first the next time (Joslin and Clements 1999)."""

_DOT_ROOM = 14.0  # the side of the square around a point that stays free, in pixels

_Leader: TypeAlias = Callable[[Box], Segment | None]


@dataclass(frozen=True)
class Plan:
    """One of the sizes of the map.

    Attributes:
        name: What makes its ids differ from those of other drawings.
        width: The width of the drawing, in pixels.
        height: The height of the map in it.
        center: The longitude and latitude in its middle, in degrees.
        radius: The radius of the Earth on it, in pixels.
        limit: The width of a line of text on it; where it is 0, there are numbers on it and the text is below.
        columns: In how many columns the text below it is.
    """

    name: str
    width: int
    height: int
    center: Point
    radius: float
    limit: float
    columns: int


@dataclass(frozen=True)
class Label:
    """The name of a spot, or its card, and where it is.

    Attributes:
        spot: What it belongs to.
        box: What it covers, in pixels.
        is_card: Whether it is a card, with all that is said of the spot.
        leader: From where to where a line leads to it, in pixels; None where it needs none.
        number: The number that stands for what is said, or 0.
    """

    spot: Spot
    box: Box
    is_card: bool
    leader: Segment | None = None
    number: int = 0

    @property
    def numbered(self) -> Block:
        """The block with the number in its heading."""
        return replace(self.spot.block, head=f"{self.number}. {self.spot.told.head}")


def place_labels(graph: Graph, sheet: Sheet, spots: Sequence[Spot], plan: Plan) -> list[Label]:
    """Return where the texts go: the names of states, then what is said, then other names; without room it is left out.

    Args:
        graph: Ontology and data.
        sheet: The map.
        spots: What has a place on it.
        plan: How large it is.
    """
    frame = Box(_EDGE, _EDGE, sheet.frame.width - 2 * _EDGE, sheet.frame.height - 2 * _EDGE)
    lands = {spot.thing: state_areas(graph, spot.thing, sheet) for spot in spots if spot.kind == "state"}
    dots = [_dot_box(spot) for spot in spots if spot.kind != "state"]
    paper = Paper(sheet.frame, *seen_points(graph, sheet, spots, lands), dots)
    edge = [] if plan.limit else [spot for spot in spots if spot.kind == "beyond"]  # these stand beside their arrows
    names = [(spot, False) for spot in [*edge, *(spot for spot in spots if spot.kind == "state")]]
    labels = _placed(names, [], paper, plan, frame, lands)[0]  # these are the same whatever comes after
    wanted = _wanted(spots, plan)
    tries: list[tuple[tuple[float, ...], list[Label], Paper]] = []
    blamed: set[tuple[tuple[Spot, bool], ...]] = set()
    while len(tries) < _ROUNDS:
        trial = paper.copy()
        done, costs = _placed(wanted, labels, trial, plan, frame, lands)
        tries.append(((-_said_by(done), -len(done), sum(costs)), done, trial))
        bad = tuple(pair for pair in wanted if not _has(done, *pair)) or _worst(done[len(labels) :], costs)
        if bad in blamed:
            break
        blamed.add(bad)
        wanted = [*bad, *(pair for pair in wanted if pair not in bad)]
    _, best, paper = min(tries, key=lambda each: each[0])
    silent = [(spot, False) for spot in spots if spot.kind != "state" and not spot.block.entries]
    best = _placed(silent, best, paper, plan, frame, lands)[0]
    return best if plan.limit else _numbered(best)


def _worst(labels: Sequence[Label], costs: Sequence[float]) -> tuple[tuple[Spot, bool], ...]:
    """Return what costs the most."""
    worst = max(zip(costs, range(len(labels)), strict=True), default=None)
    return () if worst is None else ((labels[worst[1]].spot, labels[worst[1]].is_card),)


def _has(labels: Iterable[Label], spot: Spot, is_card: bool) -> bool:
    return any(label.spot == spot and label.is_card == is_card for label in labels)


def _is_on(box: Box, land: Sequence[Sequence[Point]] | None) -> bool:
    """Tell whether the middle of *box* is on *land*: the name of a state in another one would be wrong."""
    return land is None or any(is_inside(box.center, part) for part in land)


def _said_by(labels: Iterable[Label]) -> int:
    """Return how many statements are on the map."""
    return sum(len(label.spot.block.entries) for label in labels if label.is_card or label.spot.kind != "state")


def _placed(
    wanted: Iterable[tuple[Spot, bool]],
    before: Sequence[Label],
    paper: Paper,
    plan: Plan,
    frame: Box,
    lands: Mapping[URIRef, Sequence[Sequence[Point]]],
) -> tuple[list[Label], list[float]]:
    """Return the labels *before* with those of what is *wanted* that find room, and what each of these costs.

    Args:
        wanted: Spots in their order, each with whether it gets a card.
        before: The labels that are on the paper already.
        paper: The paper, on which the new ones are noted.
        plan: How large the map is.
        frame: Where they must lie.
        lands: The visible parts of states, which their names must not leave.
    """
    labels, costs = list(before), []
    for spot, is_card in wanted:
        own = next((label.box for label in before if label.spot == spot), None)
        home = own if spot.kind == "state" else _dot_box(spot)
        leader = partial(_leader, spot.point, home)
        land = None if is_card else lands.get(spot.thing)
        box = place(
            _card_size(spot, plan) if is_card else _name_box(spot, plan),
            spot.point,
            frame,
            partial(_fits, paper, home, leader, land),
            partial(_cost, paper, leader) if is_card or spot.kind != "beyond" else partial(_aside, spot),
            step=16.0 if is_card else 6.0,
            reach=440.0 if is_card else 90.0,
        )
        if box is not None:
            costs.append(_cost(paper, leader, box))
            labels.append(Label(spot, box, is_card, leader(box)))
            paper.boxes.append(box)
            paper.leaders += filter(None, [leader(box)])
    return labels, costs


def _fits(paper: Paper, home: Box | None, leader: _Leader, land: Sequence[Sequence[Point]] | None, box: Box) -> bool:
    return paper.is_free(home, leader(box), box) and _is_on(box, land)


def _cost(paper: Paper, leader: _Leader, box: Box) -> float:
    return paper.cost(leader(box), box)


def _aside(spot: Spot, box: Box) -> float:
    """Return what the number of a thing beyond the map costs: the less the straighter it is behind its arrow."""
    is_level = abs(math.cos(math.radians(spot.turn))) > 0.7
    (x, y), (u, v) = box.center, spot.point
    return 2 * (abs(y - v) if is_level else abs(x - u))


def _leader(anchor: Point, home: Box | None, box: Box) -> Segment | None:
    """Return the line from a place to its text: from its point, or from the name of a state; none without either."""
    if home is None:
        return None
    start = anchor if home.width <= _DOT_ROOM else home.nearest(box.center)
    return start, box.nearest(start)


def _wanted(spots: Sequence[Spot], plan: Plan) -> list[tuple[Spot, bool]]:
    """Return what is to be placed after the names of states; True stands for a card."""
    speaking = [spot for spot in spots if spot.block.entries and (plan.limit or spot.kind not in ("state", "beyond"))]
    return [(spot, bool(plan.limit)) for spot in sorted(speaking, key=lambda spot: _ORDER.index(spot.kind))]


def _numbered(labels: Sequence[Label]) -> list[Label]:
    """Return *labels* with numbers for those of which something is said: borders first, then from states outwards."""
    order = ("border", "state", "point", "beyond")
    speaking = [label for label in labels if label.spot.block.entries]
    numbers = {
        label.spot.thing: number
        for number, label in enumerate(sorted(speaking, key=lambda each: order.index(each.spot.kind)), 1)
    }
    return sorted(
        (replace(label, number=numbers.get(label.spot.thing, 0)) for label in labels),
        key=lambda label: (label.number == 0, label.number),
    )


def draw_labels(graph: Graph, labels: Sequence[Label], plan: Plan, to: Link) -> str:
    """Return the texts, the points and the lines between them as SVG."""
    pointers = [_pointer(label) for label in labels]
    return "\n".join([*filter(None, pointers), *(_label(graph, label, plan, to) for label in labels)])


def _dot_box(spot: Spot) -> Box:
    return Box(spot.point[0] - _DOT_ROOM / 2, spot.point[1] - _DOT_ROOM / 2, _DOT_ROOM, _DOT_ROOM)


def _card_size(spot: Spot, plan: Plan) -> tuple[float, float]:
    wide, high = blocks.size(spot.told, plan.limit)
    return wide + 2 * _PAD, high + 2 * _PAD - 2


def _name_box(spot: Spot, plan: Plan) -> tuple[float, float]:
    has_number = bool(spot.block.entries) and not plan.limit
    lines = _name_lines(spot, plan)
    wide = max((_name_width(line, spot, plan) + 4 * has_number for line in lines), default=0.0)
    badge = 2 * _BADGE if has_number else 0.0
    return wide + badge + 4, max(len(lines) * _name_size(plan) * LINE, badge) + 2


def _name_lines(spot: Spot, plan: Plan) -> list[str]:
    if spot.kind == "border" or (spot.kind == "beyond" and not plan.limit):  # their numbers stand on the map alone:
        return []  # a name at the edge would be read as that of the land under it
    name, size = spot.block.head.upper() if spot.kind == "state" else spot.block.head, _name_size(plan)
    return wrap(name, size, max(90.0, *(width(word, size) for word in name.split())))


def _name_size(plan: Plan) -> float:
    return HEAD if plan.limit else SMALL


def _name_width(line: str, spot: Spot, plan: Plan) -> float:
    return width(line, _name_size(plan)) + (len(line) if spot.kind == "state" else 0)


def _pointer(label: Label) -> str:
    """Return the point of a label and the line to it; the name of a state needs neither."""
    spot = label.spot
    if label.leader is None:
        return ""
    (x, y), end = label.leader
    line = element("path", d=f"M{x:.1f} {y:.1f}L{end[0]:.1f} {end[1]:.1f}", class_="leader")
    turned = f"translate({x:.1f} {y:.1f}) rotate({spot.turn:.0f})"
    sign = {
        "point": element("circle", cx=x, cy=y, r=_DOT, class_="dot"),
        "border": element("circle", cx=x, cy=y, r=3, class_="dot"),
        "state": "",
        "beyond": element("path", d="M-6 -6L8 0L-6 6z", class_="inked", transform=turned),
    }
    return group(line, sign[spot.kind], iri=spot.thing)


def _label(graph: Graph, label: Label, plan: Plan, to: Link) -> str:
    spot, box = label.spot, label.box
    if not label.is_card:
        return group(link(to(spot.thing), spot.block.head, *_name(label, plan)), iri=spot.thing)
    card = element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=5, class_="card")
    inner = Box(box.x + _PAD, box.y + _PAD - 3, box.width - 2 * _PAD, box.height - 2 * _PAD)
    return group(card, iri=spot.thing) + blocks.draw(spot.told, inner, plan.limit, graph, to)


def _name(label: Label, plan: Plan) -> list[str]:
    spot, box = label.spot, label.box
    left = box.x + 2
    drawn = []
    if label.number:
        middle = left + _BADGE, box.y + box.height / 2
        drawn.append(element("circle", cx=middle[0], cy=middle[1], r=_BADGE, class_="inked"))
        drawn.append(text(middle[0], middle[1] + 4, str(label.number), "badge m b s"))
        left += 2 * _BADGE + 4
    size = _name_size(plan)
    kind = {"state": "name state-name"}.get(spot.kind, "name") + (" spoken" if spot.block.entries else "")
    for row, line in enumerate(_name_lines(spot, plan)):
        drawn.append(
            text(left, box.y + (row + 1) * size * LINE - size * 0.28, line, f"{kind} halo{'' if plan.limit else ' s'}")
        )
    return drawn
