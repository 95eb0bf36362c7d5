"""The map: where things are on it, and that what it shows follows the claims."""

import math
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import RDF, Graph, Literal, URIRef

from wakhan.dataset import Dataset
from wakhan.drawing.borders import decode, load_borders
from wakhan.drawing.box import Box
from wakhan.drawing.font import width
from wakhan.drawing.locator import locator_svg
from wakhan.drawing.map import map_svg
from wakhan.drawing.projection import Albers, area, clip_area, clip_line, inner_point, is_inside, path
from wakhan.drawing.spots import Sheet, find_spot, place_blocks, state_areas
from wakhan.names import CLAIM, ID, WK, bind, new_graph
from wakhan.sources import packaged_root

SVG = "{http://www.w3.org/2000/svg}"
SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Dataset(packaged_root()).graph


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    frame = Box(0, 0, 1200, 800)
    return Sheet(frame, Albers((30, 48), (68.0, 38.4), 2000, frame.center), load_borders())


def changed(graph: Graph, *changes: tuple[URIRef, URIRef, URIRef | Literal]) -> Graph:
    """Return a copy of *graph* in which subjects have other values."""
    other = bind(new_graph())
    other += graph
    for subject, predicate, value in changes:
        other.set((subject, predicate, value))
    return other


def classes_of(svg: str, claim: URIRef) -> set[str]:
    groups = ElementTree.fromstring(svg).iter(f"{SVG}g")
    return {each.get("class", "") for each in groups if str(claim) in each.get("data-claim", "").split()}


def test_the_projection_agrees_with_the_worked_example_of_its_source() -> None:
    # Snyder 1987, p. 291: parallels 29.5 and 45.5, origin 23 N 96 W, sphere of radius 1; 35 N 75 W is there
    x, y = Albers((29.5, 45.5), (-96, 23), 1.0, (0.0, 0.0))((-75, 35))
    assert (round(x, 7), round(-y, 7)) == (0.2952720, 0.2416774)


def test_an_area_is_cut_at_the_frame() -> None:
    frame = Box(2, -1, 10, 3)
    assert sorted(clip_area(SQUARE, frame)) == [(2.0, 0.0), (2.0, 2.0), (4.0, 0.0), (4.0, 2.0)]
    assert clip_area(SQUARE, Box(5, 5, 1, 1)) == []


def test_a_line_is_cut_into_its_visible_parts() -> None:
    line = [(float(x), 0.0) for x in range(10)]
    assert clip_line(line, Box(3.5, -1, 1, 2)) == [[(3.0, 0.0), (4.0, 0.0), (5.0, 0.0)]]


def test_areas_and_points_in_them() -> None:
    assert area(SQUARE) == 16
    assert is_inside((1, 1), SQUARE)
    assert not is_inside((5, 1), SQUARE)
    assert is_inside(inner_point(SQUARE), SQUARE)
    assert path([SQUARE], closed=True) == "M0 0l4 0 0 4 -4 0z"


def test_a_border_is_the_line_that_two_countries_share() -> None:
    two = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]],
        "objects": {
            "countries": {
                "geometries": [
                    {"id": "AA", "properties": {"name": "A"}, "arcs": [[[0, 1]]]},
                    {"id": "BB", "properties": {"name": "B"}, "arcs": [[[2, -1]]]},
                ]
            }
        },
    }
    borders = decode(two)
    assert borders.shared == {("AA", "BB"): ([(1, 0), (1, 1)],)}
    assert len(borders.coasts) == 2
    assert borders.countries[1].rings[0][-2:] == [(1, 1), (1, 0)]


def test_the_borders_file_has_the_states_of_the_region_and_names_its_source() -> None:
    raw = (Path(__file__).parents[1] / "src/wakhan/drawing/borders.json").read_text(encoding="utf-8")
    borders = load_borders()
    assert {"AF", "TJ", "UZ", "TM", "KG", "KZ", "CN", "PK", "RU", "IN", "QA"} <= {c.code for c in borders.countries}
    assert ("AF", "TJ") in borders.shared
    assert ("AF", "KG") not in borders.shared  # the article denies that they have one
    assert "Natural Earth" in raw
    assert "Permission to use, copy, modify" in raw
    assert all(ring[0] == ring[-1] for country in borders.countries for ring in country.rings)


def test_a_city_is_where_its_coordinates_are(graph: Graph, sheet: Sheet) -> None:
    kabul = next(block for block in place_blocks(graph) if block.iri == ID.kabul)
    spot = find_spot(graph, kabul, sheet)
    assert spot is not None
    assert spot.point == sheet.project((69.17233, 34.52813))
    assert spot.kind == "point"
    assert any(is_inside(spot.point, part) for part in state_areas(graph, ID.afghanistan, sheet))


def test_a_place_beyond_the_map_is_at_the_edge_towards_it(graph: Graph, sheet: Sheet) -> None:
    moscow = next(block for block in place_blocks(graph) if block.iri == ID.moscow)
    spot = find_spot(graph, moscow, sheet)
    assert spot is not None
    assert spot.kind == "beyond"
    assert spot.told.head == "Moscow, beyond this map"
    assert sheet.frame.holds(spot.point)
    assert spot.point[1] == pytest.approx(16)  # the upper edge: it is in the north-west
    assert -180 < spot.turn < -90


def test_what_has_no_position_is_listed(graph: Graph) -> None:
    rows = {row.claims[0]: row for row in map_svg(graph, str, narrow=True).rows}
    assert rows[CLAIM["p04s3-5"]].drawn
    assert rows[CLAIM["p04s3-5"]].how == "according to Anatoly Sidorov"
    assert rows[CLAIM["p04s3-5"]].qualifiers == "\u201calmost entirely\u201d, \u201cnow\u201d"
    assert not rows[CLAIM["p23s3-2"]].drawn  # Afghanistan's border with Central Asian countries


@pytest.mark.parametrize("factuality", ["Denied", "Planned", "Expected", "Possible", "Unknown", "Mentioned"])
def test_a_fact_that_becomes_less_is_drawn_as_less(graph: Graph, factuality: str) -> None:
    claim = CLAIM["h03-1"]  # the Taliban began to control the border with Uzbekistan
    assert classes_of(map_svg(graph, str, narrow=True).svg, claim) == {"fact"}
    less = changed(graph, (claim, WK.factuality, WK[factuality]))
    assert classes_of(map_svg(less, str, narrow=True).svg, claim) == {factuality.lower()}


def test_what_somebody_else_says_is_drawn_as_said(graph: Graph) -> None:
    claim = CLAIM["h03-1"]
    said = changed(graph, (claim, WK.speaker, ID["anatoly-sidorov"]))
    assert classes_of(map_svg(said, str, narrow=True).svg, claim) == {"reported"}


def test_only_a_fact_has_a_line_without_gaps(graph: Graph) -> None:
    svg = map_svg(graph, str, narrow=True).svg
    broken = set(re.findall(r"\.dw \.(\w+) \.line\{stroke-dasharray:\d+ [3-9]", svg))
    assert broken == {"reported", "denied", "planned", "expected", "possible", "unknown", "mentioned"}


def border_line(svg: str, claim: URIRef) -> list[str]:
    groups = ElementTree.fromstring(svg).iter(f"{SVG}g")
    own = [each for each in groups if str(claim) in each.get("data-claim", "").split()]
    return [path.get("class", "") for each in own for path in each.iter(f"{SVG}path") if path.get("class")]


def test_a_start_of_control_does_not_look_like_control(graph: Graph) -> None:
    drawing = map_svg(graph, str, narrow=True)
    start, control = border_line(drawing.svg, CLAIM["h03-1"]), border_line(drawing.svg, CLAIM["p04s3-5"])
    assert "line control" in start
    assert "core" in start
    assert "line control" in control
    assert "core" not in control
    assert "Hollow line: start of control." in drawing.svg
    assert "begun to control" in drawing.description


def test_the_dates_of_a_trip_are_not_those_of_each_of_its_stops(graph: Graph) -> None:
    drawing = map_svg(graph, str, narrow=True)
    rows = {claim: row.qualifiers for row in drawing.rows for claim in row.claims}
    for number in (4, 5, 6):
        assert rows[CLAIM[f"p02s1-{number}"]] == "as part of Wang Yi's Central Asian trip (12\u201316 July 2021)"
    assert "visit by Wang Yi, 12" not in drawing.svg


def test_the_number_of_a_place_beyond_a_small_map_is_at_its_edge(graph: Graph) -> None:
    drawing = map_svg(graph, str, narrow=True)
    for thing in (ID.beijing, ID.xinjiang, ID.moscow):
        own = [
            each for each in ElementTree.fromstring(drawing.svg).iter(f"{SVG}g") if each.get("data-iri") == str(thing)
        ]
        (badge,) = (circle for each in own for circle in each.iter(f"{SVG}circle"))
        (arrow,) = (path for each in own for path in each.iter(f"{SVG}path") if path.get("transform"))
        found = re.match(r"translate\(([\d.]+) ([\d.]+)\)", arrow.get("transform", ""))
        assert found is not None
        x, y = (float(badge.get(side, "0")) for side in ("cx", "cy"))
        assert math.dist((x, y), tuple(map(float, found.groups()))) < 36
        assert min(x, y, 400 - x) < 50


def test_no_route_is_drawn_between_the_stops_of_a_trip(graph: Graph) -> None:
    claims = {str(CLAIM[f"p02s1-{number}"]) for number in (4, 5, 6)}
    for element in ElementTree.fromstring(map_svg(graph, str, narrow=True).svg).iter(f"{SVG}g"):
        assert len(claims & set(element.get("data-claim", "").split())) < 2


def test_the_source_of_the_borders_stands_on_the_map(graph: Graph) -> None:
    assert "Natural Earth 1:50m (public domain)" in map_svg(graph, str, narrow=True).svg


def test_a_place_without_claims_is_drawn_without_statements() -> None:
    graph = bind(new_graph())
    graph.add((ID.x, RDF.type, WK.City))
    drawing = map_svg(graph, str)
    assert drawing.rows == ()
    assert "data-claim" not in drawing.svg


@pytest.mark.parametrize("name", ["tajikistan", "kabul", "afghanistan-tajikistan-border", "moscow", "qatar"])
def test_a_small_map_shows_where_a_thing_is_and_nothing_that_is_said(graph: Graph, name: str) -> None:
    drawing = locator_svg(graph, ID[name], str)
    assert drawing is not None
    root = ElementTree.fromstring(drawing.svg)
    assert str(ID[name]) in {each.get("data-iri") for each in root.iter(f"{SVG}g")}
    assert "data-claim" not in drawing.svg
    marks = [each for each in root.iter() if (each.get("class") or "") in ("here", "here-line", "ring")]
    assert len(marks) == 1


def test_a_small_map_names_no_state_on_the_land_of_another(graph: Graph) -> None:
    for name in ("kabul", "russia", "china"):
        drawing = locator_svg(graph, ID[name], str)
        assert drawing is not None
        groups = list(ElementTree.fromstring(drawing.svg).iter(f"{SVG}g"))
        named = {
            each.get("data-iri"): each for each in groups if each.find(f".//{SVG}path[@class='named']") is not None
        }
        for each in groups:
            words = each.find(f".//{SVG}text")
            if words is not None and "state-name" in words.get("class", ""):
                wide = width(words.text or "", 12) + len(words.text or "")
                middle = float(words.get("x", "0")) + wide / 2, float(words.get("y", "0")) - 4
                shape = named[each.get("data-iri")].find(f".//{SVG}path[@class='named']")
                assert shape is not None
                assert any(is_inside(middle, part) for part in outlines(shape.get("d", ""))), (name, words.text)


def outlines(d: str) -> list[list[tuple[float, float]]]:
    """Return the areas of a path that is written in steps."""
    parts = []
    for start, steps in re.findall(r"M([-\d. ]+)l([-\d. ]+)z", d):
        numbers = [float(each) for each in f"{start} {steps}".split()]
        points = [(numbers[0], numbers[1])]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        parts.append(points)
    return parts


def test_there_is_no_small_map_of_what_has_no_position_or_lies_elsewhere(graph: Graph) -> None:
    assert locator_svg(graph, ID["central-asia"], str) is None
    assert locator_svg(graph, ID["united-states"], str) is None


def test_the_steps_of_a_path_end_where_the_line_ends() -> None:
    line = [(0.0, 0.0), (10.04, 0.04), (20.08, 0.08), (30.12, 0.12)]
    steps = [tuple(map(float, each)) for each in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path([line]))]
    assert sum(x for x, _ in steps) == pytest.approx(30.1)
    assert all(x > 0 for x, _ in steps[1:])
    assert len(list(pairwise(steps))) == 3
