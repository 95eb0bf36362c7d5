"""Where on a map a thing is that something is said of: a state, a border, a point, or beyond the edge of the map."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal as OneOf

from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.term import Node

from wakhan.claimview import claims_about, in_order
from wakhan.drawing.block import Block, Entry
from wakhan.drawing.borders import Borders
from wakhan.drawing.box import Box, Point
from wakhan.drawing.projection import Albers, area, clip_area, clip_line, inner_point
from wakhan.drawing.statement import Said, details, group_claims
from wakhan.lookup import label
from wakhan.names import PREFIXES, WK, natural_key

_LAT, _LONG = (URIRef(PREFIXES["geo"] + name) for name in ("lat", "long"))

PHRASES: dict[URIRef, str] = {
    WK.controls: "control by {}",
    WK.beganToControl: "start of control by {}",
    WK.controlled: "control in the past by {}",
    WK.visited: "visit by {}",
    WK.crosses: "crossed by {}",
    WK.leadsTo: "reached by {}",
}
"""What the map draws, in words that leave open whether it is so."""

CONTROL = (WK.controls, WK.beganToControl)

Kind = OneOf["state", "border", "point", "beyond"]


@dataclass(frozen=True)
class Sheet:
    """A map before anything is drawn on it.

    Attributes:
        frame: Where the map is on the paper.
        project: From degrees to the paper.
        borders: The countries and borders.
    """

    frame: Box
    project: Albers
    borders: Borders


@dataclass(frozen=True)
class Spot:
    """A thing that has a place on the map.

    Attributes:
        thing: Its IRI.
        kind: What it is drawn as; ``beyond`` is a point at the edge of the map, in the direction of the thing.
        point: Where, in pixels.
        block: Its name, and what is said of it.
        turn: In which direction a thing beyond the edge lies, in degrees clockwise from the right.
    """

    thing: URIRef
    kind: Kind
    point: Point
    block: Block
    turn: float = 0.0

    @property
    def told(self) -> Block:
        """The block with a heading that says so where the thing is not on the map."""
        return replace(self.block, head=f"{self.block.head}, beyond this map") if self.kind == "beyond" else self.block


def place_blocks(graph: Graph) -> list[Block]:
    """Return what the claims say of each place that the map draws, in the order of the article."""
    found = in_order(graph, [view for prop in PHRASES for view in claims_about(graph, predicate=prop)])
    by_place: dict[Node, list[Said]] = {}
    for said in group_claims(graph, found):
        by_place.setdefault(said.object, []).append(said)
    return [
        Block(label(graph, place), place if isinstance(place, URIRef) else None, tuple(_entries(graph, group)))
        for place, group in by_place.items()
    ]


def _entries(graph: Graph, group: Iterable[Said]) -> Iterable[Entry]:
    for said in group:
        parts = [PHRASES[said.predicate].format(label(graph, said.subject)), details(said, graph)]
        yield Entry(said, ", ".join(filter(None, parts)))


def silent_blocks(graph: Graph, spoken: Iterable[Block]) -> list[Block]:
    """Return the states and points of which the map has nothing to say but their names."""
    known = {block.iri for block in spoken}
    placed = {thing for thing in graph.subjects(_LAT, None) if isinstance(thing, URIRef)}
    borders = set(graph.subjects(RDF.type, WK.Border))
    return [Block(label(graph, thing), thing, ()) for thing in sorted(placed - known - borders, key=natural_key)]


def find_spot(graph: Graph, block: Block, sheet: Sheet) -> Spot | None:
    """Return where the thing of *block* is on the map, or None where the data do not say.

    A border is where two states meet that Natural Earth has, a state its visible part, anything else its coordinates.
    """
    if block.iri is None:
        return None
    lines = border_lines(graph, block.iri, sheet)
    if lines:
        longest = max(lines, key=len)
        return Spot(block.iri, "border", longest[len(longest) // 2], block)
    place = coordinates(graph, block.iri)
    point = None if place is None else sheet.project(place)
    areas = state_areas(graph, block.iri, sheet)
    if areas:
        within = point is not None and sheet.frame.holds(point)
        return Spot(block.iri, "state", point if within and point else inner_point(areas[0]), block)
    if point is None:
        return None
    if sheet.frame.holds(point):
        return Spot(block.iri, "point", point, block)
    return Spot(block.iri, "beyond", _edge(sheet.frame, point), block, _direction(sheet.frame, point))


def coordinates(graph: Graph, thing: URIRef) -> Point | None:
    """Return the longitude and latitude of *thing* in degrees, or None where the data have none."""
    found = [min((float(str(value)) for value in graph.objects(thing, prop)), default=None) for prop in (_LONG, _LAT)]
    east, north = found
    return None if east is None or north is None else (east, north)


def code_of(graph: Graph, thing: Node) -> str | None:
    """Return the two letters of ISO 3166-1 of a state, or None."""
    if (thing, RDF.type, WK.State) not in graph:
        return None
    return min((str(code) for code in graph.objects(thing, SKOS.notation)), default=None)


def border_codes(graph: Graph, border: URIRef) -> tuple[str, ...]:
    """Return the two codes of the states that a border is between, in alphabetical order; else nothing."""
    codes = tuple(sorted(filter(None, (code_of(graph, side) for side in graph.objects(border, WK.borderOf)))))
    return codes if len(codes) == 2 else ()


def border_lines(graph: Graph, border: URIRef, sheet: Sheet) -> list[list[Point]]:
    """Return the visible lines of a border between two states, in pixels; none if it is not such a border."""
    lines = sheet.borders.shared.get(border_codes(graph, border), ())
    return [part for line in lines for part in clip_line([sheet.project(point) for point in line], sheet.frame)]


def state_areas(graph: Graph, state: URIRef, sheet: Sheet) -> list[list[Point]]:
    """Return the visible parts of a state, in pixels, the largest first; none where only a corner would be seen."""
    code = code_of(graph, state)
    rings = [ring for country in sheet.borders.countries if code and country.code == code for ring in country.rings]
    parts = visible(rings, sheet)
    return parts if sum(map(area, parts)) >= sheet.frame.width * sheet.frame.height / 400 else []


def visible(rings: Iterable[Iterable[Point]], sheet: Sheet) -> list[list[Point]]:
    """Return the visible parts of areas, in pixels, the largest first."""
    parts = (clip_area([sheet.project(point) for point in ring], sheet.frame) for ring in rings)
    return sorted((part for part in parts if len(part) > 2), key=area, reverse=True)


def _edge(frame: Box, point: Point) -> Point:
    """Return where the straight line from the middle of *frame* to a point outside crosses its edge, or just before."""
    (x, y), inset = frame.center, 16.0
    dx, dy = point[0] - x, point[1] - y
    parts = ((frame.width / 2 - inset) / abs(dx or 1e-9), (frame.height / 2 - inset) / abs(dy or 1e-9))
    return x + dx * min(parts), y + dy * min(parts)


def _direction(frame: Box, point: Point) -> float:
    return math.degrees(math.atan2(point[1] - frame.center[1], point[0] - frame.center[0]))
