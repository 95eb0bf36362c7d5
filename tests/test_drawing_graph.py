"""The graph: every line says all that it stands for, and nothing that another line says."""

from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from rdflib import OWL, RDF, Graph

from wakhan.dataset import Dataset
from wakhan.drawing import Drawing
from wakhan.drawing.box import Box
from wakhan.drawing.graph import graph_svg
from wakhan.drawing.lines import place_lines
from wakhan.drawing.network import ties
from wakhan.drawing.statement import details
from wakhan.lookup import label
from wakhan.names import CLAIM, ID, WK
from wakhan.sources import packaged_root

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Dataset(packaged_root()).graph


@pytest.fixture(scope="module", params=[False, True], ids=["wide", "narrow"])
def drawing(graph: Graph, request: pytest.FixtureRequest) -> Drawing:
    return graph_svg(graph, str, narrow=request.param)


def groups(drawing: Drawing) -> Iterator[tuple[frozenset[str], ElementTree.Element]]:
    """Give what is drawn for claims, with the claims."""
    for each in ElementTree.fromstring(drawing.svg).iter(f"{SVG}g"):
        if each.get("data-claim"):
            yield frozenset(each.get("data-claim", "").split()), each


def words_of(each: ElementTree.Element) -> str:
    return " ".join(line.text or "" for line in each.iter(f"{SVG}text"))


def paths(drawing: Drawing) -> dict[frozenset[str], list[tuple[float, float]]]:
    """Return the points of each line, by its claims."""
    found = {}
    for claims, each in groups(drawing):
        for path in each.iter(f"{SVG}path"):
            if path.get("class") == "line":
                steps = path.get("d", "").removeprefix("M").split("L")
                found[claims] = [(float(x), float(y)) for x, y in (step.split() for step in steps)]
    return found


def grounds(drawing: Drawing) -> dict[frozenset[str], tuple[Box, str]]:
    """Return where the words or the number of each line stand, and what they are."""
    found = {}
    for claims, each in groups(drawing):
        for rect in each.iter(f"{SVG}rect"):
            if rect.get("class") == "ground":
                box = Box(*(float(rect.get(side, "0")) for side in ("x", "y", "width", "height")))
                found[claims] = box, words_of(each)
    return found


def test_a_denied_membership_is_a_tie_of_its_own(graph: Graph) -> None:
    found = {tie.ends: tie for tie in ties(graph)}
    denied = found[ID.csto, ID.uzbekistan]
    assert denied.standing == "denied"
    assert denied.head == ID.csto
    assert found[ID.csto, ID.russia].standing == "fact"


def test_facts_and_what_is_less_are_never_one_line(graph: Graph) -> None:
    for tie in ties(graph):
        assert {each.standing for each in tie.said} == {tie.standing}


def test_a_visit_is_no_tie(graph: Graph) -> None:
    assert not any(each.predicate == WK.visited for tie in ties(graph) for each in tie.said)


def test_a_narrow_graph_draws_alliances_and_lists_the_rest(graph: Graph) -> None:
    narrow, wide = graph_svg(graph, str, narrow=True), graph_svg(graph, str)
    assert {row.claims for row in narrow.rows} == {row.claims for row in wide.rows}
    assert all(row.drawn for row in wide.rows)
    member = next(row for row in narrow.rows if CLAIM["p05s1-1"] in row.claims)
    assert member.drawn
    assert not all(row.drawn for row in narrow.rows)


def test_a_line_points_one_way_or_none(graph: Graph) -> None:
    for tie in ties(graph):
        for said in tie.said:
            is_mutual = (said.predicate, RDF.type, OWL.SymmetricProperty) in graph
            assert tie.head == (None if is_mutual else said.object)
    heads = [tie.head for tie in ties(graph) if tie.ends == (ID.china, ID.turkmenistan)]
    assert heads == [None, ID.china]  # they cooperate; Turkmenistan supplies gas


def test_protests_and_investments_are_ties_of_actors(graph: Graph) -> None:
    found = {(said.subject, said.predicate, said.object): tie for tie in ties(graph) for said in tie.said}
    assert found[ID.kazakhstan, WK.sawProtestsAgainst, ID.china].standing == "fact"
    assert found[ID.uzbekistan, WK.sawProtestsAgainst, ID.china].standing == "denied"
    assert found[ID.china, WK.investsIn, ID.uzbekistan].standing == "fact"


def test_every_line_has_all_its_words_or_a_number(graph: Graph, drawing: Drawing) -> None:
    shown, told = (
        grounds(drawing),
        {claims: words_of(each) for claims, each in groups(drawing) if not each.get("class", "").endswith("tie")},
    )
    drawn = paths(drawing)
    assert len(drawn) > 8
    assert set(shown) == set(drawn)
    for tie in ties(graph):
        claims = frozenset(str(claim) for said in tie.said for claim in said.claims)
        for said in tie.said if claims in shown else ():
            words = shown[claims][1]
            if words.isdigit():
                below = told[frozenset(map(str, said.claims))]
                assert f"{label(graph, said.predicate)} {label(graph, said.object)}" in below
                assert details(said, graph) in below
            else:
                assert label(graph, said.predicate) in words
                assert tie.standing == "fact" or words.startswith(f"{tie.standing}: ")


def test_what_is_no_fact_never_stands_without_its_degree_amount_and_time(graph: Graph, drawing: Drawing) -> None:
    seen = [(claims, words_of(each)) for claims, each in groups(drawing)]
    for tie in ties(graph):
        for said in tie.said if tie.standing != "fact" else ():
            own = [words for claims, words in seen if claims & set(map(str, said.claims))]
            assert any(label(graph, said.predicate) in words and details(said, graph) in words for words in own), said
    pashtuns = next(words for claims, words in seen if str(CLAIM["p23s1-2"]) in claims and len(words) > 3)
    assert "\u201cmainly\u201d" in pashtuns


def test_words_and_numbers_stand_on_no_line_but_their_own(drawing: Drawing) -> None:
    lines = paths(drawing)
    for claims, (box, words) in grounds(drawing).items():
        for others, path in lines.items():
            if others != claims:
                assert not any(box.cut(a, b) for a, b in pairwise(path)), (words, others)


def test_words_stand_on_their_own_line_or_right_beside_it(drawing: Drawing) -> None:
    lines = paths(drawing)
    for claims, (box, words) in grounds(drawing).items():
        near = Box(box.x - 5, box.y - 5, box.width + 10, box.height + 10)
        assert any(near.cut(a, b) for a, b in pairwise(lines[claims])), words


def test_numbers_are_told_below_in_their_order(drawing: Drawing) -> None:
    numbers = sorted(int(words) for _, words in grounds(drawing).values() if words.isdigit())
    assert numbers == list(range(1, len(numbers) + 1))
    heads = [each.text or "" for each in ElementTree.fromstring(drawing.svg).iter(f"{SVG}text")]
    assert all(any(head.startswith(f"{number}. ") for head in heads) for number in numbers)


def test_the_description_says_what_is_not_in_the_graph(drawing: Drawing) -> None:
    assert "a state or a group of states" in drawing.description
    assert "stand on the map and in the claims" in drawing.description


def test_what_finds_no_room_for_a_word_is_listed_and_not_drawn(graph: Graph) -> None:
    found = ties(graph)
    boxes = {end: Box(place * 30.0, 0, 29, 20) for place, end in enumerate(sorted({e for t in found for e in t.ends}))}
    placed = place_lines(graph, found, boxes, Box(0, 0, 3000, 20), 100)
    assert any(line.box is None for line in placed)
    assert all(line.number == 0 for line in placed if line.box is None)


def test_no_line_runs_under_an_actor_that_it_is_not_of(graph: Graph, drawing: Drawing) -> None:
    nodes = {}
    for each in ElementTree.fromstring(drawing.svg).iter(f"{SVG}g"):
        for rect in each.iter(f"{SVG}rect"):
            if rect.get("class") == "node" and each.get("data-iri"):
                sides = (float(rect.get(side, "0")) for side in ("x", "y", "width", "height"))
                nodes[each.get("data-iri", "")] = Box(*sides)
    lines = paths(drawing)
    for tie in ties(graph):
        path = lines.get(frozenset(str(claim) for said in tie.said for claim in said.claims), [])
        others = [box for iri, box in nodes.items() if iri not in map(str, tie.ends)]
        assert not any(box.cut(a, b) for box in others for a, b in pairwise(path)), tie.ends
