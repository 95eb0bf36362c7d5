"""The borders of the region, from Natural Earth: a border is the line that two countries share."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from wakhan.drawing.box import Point

Line: TypeAlias = list[Point]

CREDIT = "Borders: Natural Earth 1:50m (public domain), as drawn there"
"""What must stand on a map."""


@dataclass(frozen=True)
class Country:
    """A country of the borders file.

    Attributes:
        name: What Natural Earth calls it.
        code: The two letters of ISO 3166-1, or None where it has none.
        rings: The edges of its parts and of the holes in them, in degrees east and north.
    """

    name: str
    code: str | None
    rings: tuple[Line, ...]


@dataclass(frozen=True)
class Borders:
    """The countries, and the lines between them.

    Attributes:
        countries: By name.
        shared: For two codes in alphabetical order the lines that both countries have in common; for a country without
            a code stands its name after a question mark.
        coasts: The lines with a country on one side only.
    """

    countries: tuple[Country, ...]
    shared: dict[tuple[str, ...], tuple[Line, ...]]
    coasts: tuple[Line, ...]


@cache
def load_borders() -> Borders:
    """Return the borders file of the package, decoded."""
    return decode(json.loads(files("wakhan.drawing").joinpath("borders.json").read_text(encoding="utf-8")))


def decode(topology: dict[str, Any]) -> Borders:
    """Return the countries and borders of a TopoJSON topology with an object ``countries``.

    Args:
        topology: What JSON gives; its arcs are quantized, its geometries are MultiPolygons.
    """
    arcs = [list(_points(arc, topology["transform"])) for arc in topology["arcs"]]
    owners: dict[int, set[str]] = {}
    countries = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        rings = [ring for polygon in geometry["arcs"] for ring in polygon]
        code, name = geometry.get("id"), geometry["properties"]["name"]
        for arc in (arc for ring in rings for arc in ring):
            owners.setdefault(_number(arc), set()).add(code or f"?{name}")
        countries.append(Country(name, code, tuple(_joined(ring, arcs) for ring in rings)))
    shared: dict[tuple[str, ...], tuple[Line, ...]] = {}
    for arc, names in sorted(owners.items()):
        if len(names) > 1:
            key = tuple(sorted(names))
            shared[key] = (*shared.get(key, ()), arcs[arc])
    coasts = tuple(arcs[arc] for arc, names in sorted(owners.items()) if len(names) == 1)
    return Borders(tuple(countries), shared, coasts)


def _points(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    (scale_x, scale_y), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + left, y * scale_y + low


def _number(arc: int) -> int:
    return ~arc if arc < 0 else arc


def _joined(ring: list[int], arcs: list[Line]) -> Line:
    """Return the arcs of a ring as one line; a negative number means that its arc is walked backwards."""
    points: Line = []
    for arc in ring:
        walked = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += walked[1:] if points else walked
    return points
