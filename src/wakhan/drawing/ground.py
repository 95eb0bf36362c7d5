"""The ground of a map: water, land, borders, and on them the states that were visited and the borders under control."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from rdflib import Graph, URIRef

from wakhan.drawing.box import Point
from wakhan.drawing.projection import area, clip_line, is_inside, path
from wakhan.drawing.spots import CONTROL, Sheet, Spot, border_lines, code_of, state_areas, visible
from wakhan.drawing.statement import Said, href_of, name_of
from wakhan.drawing.svg import Link, element, group, link
from wakhan.lookup import label
from wakhan.names import WK
from wakhan.standing import STANDINGS

STYLE = (
    ".dw .water{fill:var(--dw-water)}.dw .land{fill:var(--dw-land)}.dw .named{fill:var(--dw-named-land)}"
    ".dw .edge{fill:none;stroke:var(--dw-strong-line);stroke-width:1;opacity:.8}"
    ".dw .coast{fill:none;stroke:var(--dw-strong-line);stroke-width:.6;opacity:.5}"
    ".dw .casing{fill:none;stroke:var(--dw-paper);stroke-width:8;stroke-linecap:round;stroke-linejoin:round;opacity:.8}"
    ".dw .control{stroke-width:4.5;stroke-linejoin:round}.dw a:hover .control{stroke-width:7}"
    ".dw .core{fill:none;stroke:var(--dw-paper);stroke-width:2.2;stroke-linejoin:round}"
    ".dw .hatch{fill:none;stroke:var(--k);stroke-width:1.2;opacity:.5}"
    ".dw .leader{fill:none;stroke:var(--dw-ink);stroke-width:1}.dw .dot{fill:var(--dw-ink);stroke:var(--dw-paper);"
    "stroke-width:1.5}.dw text.badge{fill:var(--dw-paper)}.dw .name{--halo:var(--dw-named-land)}"
    ".dw .state-name{letter-spacing:1px;fill:var(--dw-faint)}.dw .spoken{fill:var(--dw-ink)}"
    ".dw text.name:not(.s){font-size:14px}"
)
"""What the style of every drawing lacks for a map."""

_WEIGHTS = {"edge": 0.5, "control": 12.0, "focus": 3.0}  # what a text pays for each point that it covers
_SMALL = 0.12  # of the map: a state that is larger may be covered

_HATCHES = {
    "fact": "M0 3.5h7M3.5 0v7",
    "reported": "M0 3.5h7",
    "planned": "M-1 8L8 -1M-1 1L1 -1M6 8L8 6",
}
"""What covers a visited state, in squares of 7 by 7; of what is less than a plan only the text is shown."""


def draw_ground(graph: Graph, sheet: Sheet, spots: Sequence[Spot], to: Link, name: str) -> str:
    """Return the ground as SVG.

    Args:
        graph: Ontology and data.
        sheet: The map.
        spots: The places on it.
        to: Gives the addresses.
        name: What makes ids differ from those of other drawings.
    """
    frame = sheet.frame
    states = [spot for spot in spots if spot.kind == "state"]
    named = {code_of(graph, spot.thing) for spot in states}
    water = element("rect", x=frame.x, y=frame.y, width=frame.width, height=frame.height, class_="water")
    land = [ring for country in sheet.borders.countries if country.code not in named for ring in country.rings]
    coasts = [part for line in sheet.borders.coasts for part in _seen(line, sheet)]
    return "\n".join(
        [
            element("style", STYLE),
            element("defs", _clip(sheet, name), *_patterns(states, name)),
            f'<g clip-path="url(#{name}-frame)">',
            water,
            element("path", d=path(visible(land, sheet), closed=True), class_="land"),
            *(_state(graph, spot, sheet, to, name) for spot in states),
            element("path", d=path(coasts), class_="coast"),
            element("path", d=path(edge_lines(sheet)), class_="edge"),
            *(_border(graph, spot, sheet, to) for spot in spots if spot.kind == "border"),
            "</g>",
        ]
    )


def edge_lines(sheet: Sheet) -> list[list[Point]]:
    """Return the visible borders between countries, in pixels."""
    return [part for lines in sheet.borders.shared.values() for line in lines for part in _seen(line, sheet)]


def control_of(spot: Spot) -> list[Said]:
    """Return what is said of who controls a place, or began to, what the article states first."""
    said = (entry.said for entry in spot.block.entries if entry.said.predicate in CONTROL)
    return sorted(said, key=lambda each: list(STANDINGS).index(each.standing))


def _seen(line: Iterable[Point], sheet: Sheet) -> list[list[Point]]:
    return clip_line([sheet.project(point) for point in line], sheet.frame)


def _clip(sheet: Sheet, name: str) -> str:
    x, y, wide, high = sheet.frame
    return element("clipPath", element("rect", x=x, y=y, width=wide, height=high, rx=6), id=f"{name}-frame")


def _visits(spot: Spot) -> list[Said]:
    said = (entry.said for entry in spot.block.entries if entry.said.predicate == WK.visited)
    return [each for each in said if each.standing in _HATCHES]


def _patterns(states: Iterable[Spot], name: str) -> Iterable[str]:
    for standing in sorted({said.standing for spot in states for said in _visits(spot)}):
        hatch = element("path", d=_HATCHES[standing], class_="hatch")
        yield element(
            "pattern", hatch, id=f"{name}-{standing}", class_=standing, width=7, height=7, patternUnits="userSpaceOnUse"
        )


def _state(graph: Graph, spot: Spot, sheet: Sheet, to: Link, name: str) -> str:
    d = path(state_areas(graph, spot.thing, sheet), closed=True)
    named = element("path", d=d, class_="named")
    drawn = [group(link(to(spot.thing), label(graph, spot.thing), named), iri=spot.thing)]
    standings: dict[str, list[URIRef]] = {}
    for said in _visits(spot):
        standings.setdefault(said.standing, []).extend(said.claims)
    for standing, claims in standings.items():
        cover = element("path", d=d, fill=f"url(#{name}-{standing})", pointer_events="none")
        drawn.append(group(cover, claims=claims, class_=standing))
    return "".join(drawn)


def _border(graph: Graph, spot: Spot, sheet: Sheet, to: Link) -> str:
    d = path(border_lines(graph, spot.thing, sheet))
    for said in control_of(spot)[:1]:
        drawn = [element("path", d=d, class_="casing"), element("path", d=d, class_="line control")]
        if said.predicate != WK.controls:  # a start says nothing of how much is under control now
            drawn.append(element("path", d=d, class_="core"))
        return group(link(href_of(said, to), name_of(said, graph), *drawn), claims=said.claims, class_=said.standing)
    return ""


def seen_points(
    graph: Graph, sheet: Sheet, spots: Iterable[Spot], lands: Mapping[URIRef, Sequence[Sequence[Point]]]
) -> tuple[list[tuple[Point, float]], list[Point]]:
    """Return the points that a text should not cover, with what each costs it, and those of borders under control."""
    spoken = [spot for spot in spots if spot.block.entries]
    ruled = [border_lines(graph, spot.thing, sheet) for spot in spoken if spot.kind == "border" and control_of(spot)]
    control = [point for lines in ruled for line in lines for point in line]
    states = [lands[spot.thing][0] for spot in spoken if spot.kind == "state"]
    focus = [point for area_ in states if area(area_) < _SMALL * _size(sheet) for point in _grid(area_)]
    edges = [point for line in edge_lines(sheet) for point in line]
    points = {"edge": edges, "control": control, "focus": focus}
    return [(point, weight) for kind, weight in _WEIGHTS.items() for point in points[kind]], control


def _size(sheet: Sheet) -> float:
    return sheet.frame.width * sheet.frame.height


def _grid(points: Sequence[Point]) -> list[Point]:
    """Return points all over an area, 15 pixels apart."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    grid = product(range(int(min(xs)), int(max(xs)), 15), range(int(min(ys)), int(max(ys)), 15))
    return [point for point in grid if is_inside(point, points)]
