"""Every drawing of every dataset: nothing covers anything, nothing is invented, and nothing less looks like a fact."""

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import RDF, Graph, URIRef

from wakhan.claimview import claim_view
from wakhan.corpus.generate import generate
from wakhan.dataset import Dataset
from wakhan.drawing import Drawing, graph_svg, map_svg, timeline_svg
from wakhan.drawing.box import Box
from wakhan.drawing.font import width
from wakhan.drawing.network import kind_of
from wakhan.facts import narrator
from wakhan.names import WK, new_graph
from wakhan.sources import load_sources, packaged_root, read_turtle
from wakhan.standing import STANDINGS, standing

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS: dict[str, Callable[..., Drawing]] = {"map": map_svg, "timeline": timeline_svg, "graph": graph_svg}
MAPPED = {WK[name] for name in ("controls", "beganToControl", "controlled", "visited", "crosses", "leadsTo")}
CASES = [
    (data, name, narrow) for data in ("real", "generated", "tiny") for name in DRAWINGS for narrow in (False, True)
]


def address(iri: URIRef) -> str:
    return f"{iri.removeprefix('https://w3id.org/wakhan/')}.html"


@pytest.fixture(scope="module")
def real() -> Graph:
    return Dataset(packaged_root()).graph


@pytest.fixture(scope="module")
def generated(real: Graph, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("corpus") / "news"
    sources = load_sources(packaged_root())
    list(generate(sources, folder, 1, seed=3))
    graph = new_graph()
    for path in sorted(folder.rglob("*.ttl")):
        graph += read_turtle(path)
    graph += sources.ontology
    return graph


@pytest.fixture(scope="module")
def drawn() -> dict[tuple[str, str, bool], Drawing]:
    return {}


@pytest.fixture(scope="module")
def graphs(real: Graph, generated: Graph) -> dict[str, Graph]:
    return {"real": real, "generated": generated}


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}{'-narrow' if case[2] else ''}")
def case(
    request: pytest.FixtureRequest,
    drawn: dict[tuple[str, str, bool], Drawing],
    graphs: dict[str, Graph],
    tiny_root: Path,
) -> tuple[str, Graph, Drawing]:
    """Return the name of a drawing, its dataset and the drawing itself, each made once."""
    data, name, narrow = request.param
    if data not in graphs:
        graphs[data] = Dataset(tiny_root).graph
    if request.param not in drawn:
        drawn[request.param] = DRAWINGS[name](graphs[data], address, narrow=narrow)
    return name, graphs[data], drawn[request.param]


def elements(drawing: Drawing, name: str, class_: str = "") -> Iterator[ElementTree.Element]:
    for element in ElementTree.fromstring(drawing.svg).iter(f"{SVG}{name}"):
        if not class_ or class_ in element.get("class", "").split():
            yield element


def rectangles(drawing: Drawing, class_: str) -> list[Box]:
    sides = ("x", "y", "width", "height")
    return [Box(*(float(rect.get(side, "0")) for side in sides)) for rect in elements(drawing, "rect", class_)]


def texts(drawing: Drawing) -> list[tuple[Box, str]]:
    """Return what each line of text covers, by its class and the widths of the font."""
    found = []
    for line in elements(drawing, "text"):
        classes, words = line.get("class", "").split(), line.text or ""
        size = 12 if "s" in classes else 14 if {"h", "name"} & set(classes) else 13
        wide = width(words, size, bold=bool({"b", "h"} & set(classes))) + len(words) * ("state-name" in classes)
        x, y = float(line.get("x", "0")), float(line.get("y", "0"))
        x -= wide / 2 if "m" in classes else wide if "e" in classes else 0
        found.append((Box(x, y - size * 0.75, wide, size * 0.95), words))
    return found


def claims_in(element: ElementTree.Element) -> list[URIRef]:
    return [URIRef(name) for name in element.get("data-claim", "").split()]


def test_no_text_covers_another(case: tuple[str, Graph, Drawing]) -> None:
    for (one, words), (two, others) in combinations(texts(case[2]), 2):
        assert not one.overlaps(two), (words, others)


def test_no_text_leaves_the_paper(case: tuple[str, Graph, Drawing]) -> None:
    for box, words in texts(case[2]):
        assert box.x >= 0, words
        assert box.y >= 0, words
        assert box.right <= case[2].width + 0.5, words
        assert box.bottom <= case[2].height + 0.5, words


@pytest.mark.parametrize("class_", ["card", "node", "bar"])
def test_boxes_keep_off_each_other_and_no_text_lies_across_their_sides(
    case: tuple[str, Graph, Drawing], class_: str
) -> None:
    boxes = rectangles(case[2], class_)
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))
    for box in boxes:
        for inner, words in texts(case[2]):
            is_in = box.holds((inner.x, inner.y)) and box.holds((inner.right, inner.bottom))
            assert (is_in and class_ != "bar") or not box.overlaps(inner), words


def test_all_that_is_drawn_is_in_the_data(case: tuple[str, Graph, Drawing]) -> None:
    _, graph, drawing = case
    marked = [each for each in elements(drawing, "g") if each.get("data-claim") or each.get("data-iri")]
    assert marked or not drawing.rows
    for element in marked:
        assert all((claim, RDF.type, WK.Claim) in graph for claim in claims_in(element))
        iri = element.get("data-iri")
        assert iri is None or (URIRef(iri), None, None) in graph
    for link in elements(drawing, "a"):
        assert link.get("href", "").endswith(".html")


def test_every_shape_that_is_not_ground_belongs_to_a_claim_or_a_thing(case: tuple[str, Graph, Drawing]) -> None:
    shapes = {f"{SVG}{name}" for name in ("path", "rect", "circle")}
    ground = {"paper", "water", "land", "coast", "edge", "rule", "lane"}

    def orphans(element: ElementTree.Element, owned: bool) -> Iterator[ElementTree.Element]:
        owned = owned or bool(element.get("data-claim") or element.get("data-iri"))
        if element.tag == f"{SVG}defs" or (element.get("class") in STANDINGS and not owned):  # the key
            return
        if element.tag in shapes and not owned and element.get("class") not in ground:
            yield element
        for child in element:
            yield from orphans(child, owned)

    assert [each.attrib for each in orphans(ElementTree.fromstring(case[2].svg), False)] == []


def test_what_a_claim_looks_like_is_what_it_is(case: tuple[str, Graph, Drawing]) -> None:
    _, graph, drawing = case
    own = narrator(graph)
    for element in elements(drawing, "g"):
        for claim in claims_in(element):
            view = claim_view(graph, claim)
            assert view is not None
            assert standing(view, own) in element.get("class", "").split()


def test_what_is_no_fact_says_so_in_words_before_anything_else(case: tuple[str, Graph, Drawing]) -> None:
    for element in elements(case[2], "g"):
        shown = set(element.get("class", "").split()) & set(STANDINGS)
        links = element.findall(f"{SVG}a")
        if shown - {"fact"} and element.get("data-claim"):
            for link in links:
                assert not link.get("aria-label", "").startswith("Stated by the article")
                assert re.match(rf"According to|{'|'.join(map(str.capitalize, shown))}", link.get("aria-label", ""))


def test_every_claim_of_the_drawn_kinds_is_drawn_or_listed(case: tuple[str, Graph, Drawing]) -> None:
    name, graph, drawing = case
    wanted: dict[str, Callable[[URIRef], bool]] = {
        "map": lambda claim: graph.value(claim, RDF.predicate) in MAPPED,
        "timeline": lambda claim: any(
            (claim, prop, None) in graph
            for prop in (WK.startDate, WK.endDate, WK.notBefore, WK.notAfter, WK.timeText, WK.when)
        ),
        "graph": lambda claim: graph.value(claim, RDF.predicate) == WK.memberOf,
    }
    expected = {
        claim for claim in graph.subjects(RDF.type, WK.Claim) if isinstance(claim, URIRef) and wanted[name](claim)
    }
    in_rows = [claim for row in drawing.rows for claim in row.claims]
    in_svg = {claim for element in elements(drawing, "g") for claim in claims_in(element)}
    assert expected <= set(in_rows)
    assert len(in_rows) == len(set(in_rows))
    assert set(in_rows) == in_svg


def test_a_drawing_is_well_formed_named_and_without_scripts_or_foreign_addresses(
    case: tuple[str, Graph, Drawing],
) -> None:
    root = ElementTree.fromstring(case[2].svg)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert set((root.get("aria-labelledby", "") + " " + root.get("aria-describedby", "")).split()) <= set(ids)
    assert root.findtext(f"{SVG}title") == case[2].title
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search(r"(href|src|url\()=?[\"']?https?:", case[2].svg)
    assert all(link.get("aria-label") for link in root.iter(f"{SVG}a"))


def test_the_same_data_give_the_same_bytes_in_any_order(case: tuple[str, Graph, Drawing], real: Graph) -> None:
    name, graph, drawing = case
    if graph is not real or drawing.width > 400:
        return
    turned = new_graph()
    for triple in sorted(graph, reverse=True):
        turned.add(triple)
    assert DRAWINGS[name](turned, address, narrow=True).svg == drawing.svg


def test_kinds_of_actors_are_known(real: Graph) -> None:
    assert kind_of(real, URIRef("https://w3id.org/wakhan/id/csto")) == "alliance"
    assert kind_of(real, WK.Affirmed) is None
