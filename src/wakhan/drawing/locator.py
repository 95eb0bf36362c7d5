"""A small map that shows where one thing is, for the page of that thing; nothing that is said of it is on it."""

from rdflib import Graph, URIRef

from wakhan.drawing.borders import Borders, Country, load_borders
from wakhan.drawing.box import Box, Point
from wakhan.drawing.ground import draw_ground
from wakhan.drawing.labels import Plan, draw_labels, place_labels
from wakhan.drawing.projection import Albers, area, path
from wakhan.drawing.spots import (
    Sheet,
    Spot,
    border_codes,
    border_lines,
    code_of,
    coordinates,
    find_spot,
    silent_blocks,
    state_areas,
)
from wakhan.drawing.svg import Drawing, Link, document, element, group, text
from wakhan.lookup import label

_SIZE = (340, 240)
_CREDIT = 18.0  # the height of the line with the source, in pixels
_RADIUS = (420.0, 1500.0)  # of the Earth, in pixels: how small and how large a state is shown
_CLOSE = 900.0  # the same for a point or a border
_REGION = Box(26, 6, 108, 58)  # degrees: what the borders file holds
_STYLE = (
    ".dw .here{fill:var(--dw-ink);fill-opacity:.2;stroke:var(--dw-ink);stroke-width:1.6;pointer-events:none}"
    ".dw .here-line{fill:none;stroke:var(--dw-ink);stroke-width:4;stroke-linejoin:round}"
    ".dw .ring{fill:none;stroke:var(--dw-ink);stroke-width:1.6}"
)


def locator_svg(graph: Graph, thing: URIRef, link: Link) -> Drawing | None:
    """Return a small map around *thing*, or None where the data or the borders do not say where it is.

    Args:
        graph: Ontology and data.
        thing: A state, a border between two states, or anything with coordinates.
        link: Gives the address of the page of an IRI.
    """
    borders = load_borders()
    found = _view(graph, thing, borders)
    if found is None:
        return None
    center, radius = found
    frame = Box(0, 0, *_SIZE)
    sheet = Sheet(frame, Albers((30, 48), center, radius, frame.center), borders)
    places = [find_spot(graph, block, sheet) for block in silent_blocks(graph, [])]
    spots = [spot for spot in places if spot is not None and (spot.kind == "state" or spot.thing == thing)]
    plan = Plan("locator", *_SIZE, center, radius, 0, 1)
    title = f"Where {label(graph, thing)} is"
    body = [
        element("style", _STYLE),
        draw_ground(graph, sheet, spots, link, plan.name),
        group(_here(graph, thing, sheet, spots), iri=thing),
        draw_labels(graph, place_labels(graph, sheet, spots, plan), plan, link),
        text(4, _SIZE[1] + 13, "Borders: Natural Earth (public domain)", "s q"),
    ]
    height = _SIZE[1] + _CREDIT
    svg = document(plan.name, (_SIZE[0], height), title, f"A small map. {title}.", body)
    return Drawing(svg, title, f"A small map. {title}.", (), _SIZE[0], round(height))


def _view(graph: Graph, thing: URIRef, borders: Borders) -> tuple[Point, float] | None:
    """Return the middle of the map in degrees, and its scale; None for what it cannot show."""
    code = code_of(graph, thing)
    country = next((each for each in borders.countries if code and each.code == code), None)
    if country is not None:
        return _state_view(country)
    lines = borders.shared.get(border_codes(graph, thing), ())
    points = [point for line in lines for point in line]
    if points:
        return points[len(points) // 2], _CLOSE
    place = coordinates(graph, thing)
    return (place, _CLOSE) if place is not None and _REGION.holds(place) else None


def _state_view(country: Country) -> tuple[Point, float] | None:
    """Return the view that a state fills well, by its largest part as far as the borders file has it."""
    largest = [point for point in max(country.rings, key=area) if _REGION.holds(point)]
    if not largest:
        return None
    west, east = min(x for x, _ in largest), max(x for x, _ in largest)
    south, north = min(y for _, y in largest), max(y for _, y in largest)
    center = (west + east) / 2, (south + north) / 2
    around = [Albers((30, 48), center, 1.0, (0.0, 0.0))(point) for point in largest]
    wide = max(x for x, _ in around) - min(x for x, _ in around)
    high = max(y for _, y in around) - min(y for _, y in around)
    fitting = min(_SIZE[0] * 0.7 / wide, _SIZE[1] * 0.7 / high)
    return center, min(max(fitting, _RADIUS[0]), _RADIUS[1])


def _here(graph: Graph, thing: URIRef, sheet: Sheet, spots: list[Spot]) -> str:
    areas = state_areas(graph, thing, sheet)
    if areas:
        return element("path", d=path(areas, closed=True), class_="here")
    lines = border_lines(graph, thing, sheet)
    if lines:
        return element("path", d=path(lines), class_="here-line")
    points = [spot.point for spot in spots if spot.thing == thing]
    return "".join(element("circle", cx=x, cy=y, r=9, class_="ring") for x, y in points)
