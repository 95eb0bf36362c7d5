"""What the drawings are laid out with: boxes, texts, paper, graphs and scales."""

import math
from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from wakhan.drawing.box import Box, place
from wakhan.drawing.font import width, wrap
from wakhan.drawing.moments import Span, last_day
from wakhan.drawing.network import components
from wakhan.drawing.paper import Paper
from wakhan.drawing.scale import TAIL, scale_of
from wakhan.drawing.statement import between, day_words, duration_words
from wakhan.drawing.stress import layout, spread
from wakhan.drawing.svg import element, number

FRAME = Box(0, 0, 200, 100)
sides = st.floats(1, 60)
places = st.tuples(st.floats(0, 10), st.floats(0, 10))


def test_a_line_through_a_box_cuts_it_and_one_beside_it_does_not() -> None:
    box = Box(10, 10, 10, 10)
    assert box.cut((0, 0), (30, 30))
    assert box.cut((15, 15), (15, 16))
    assert not box.cut((0, 0), (30, 0))
    assert not box.cut((0, 0), (9, 9))
    assert not box.cut((5, 0), (5, 30))


def test_a_text_goes_to_the_nearest_place_that_is_free() -> None:
    taken = Box(90, 40, 40, 20)
    box = place((20, 10), (100, 50), FRAME, lambda box: not box.overlaps(taken), lambda _: 0.0, 2.0, 100.0)
    assert box is not None
    assert not box.overlaps(taken)
    assert math.dist(box.nearest((100, 50)), (100, 50)) <= 12


def test_a_text_that_fits_nowhere_has_no_place() -> None:
    assert place((20, 10), (100, 50), FRAME, lambda _: False, lambda _: 0.0, 5.0, 100.0) is None
    assert place((300, 10), (100, 50), FRAME, lambda _: True, lambda _: 0.0, 5.0, 100.0) is None


def test_a_text_pays_for_what_it_covers_and_goes_elsewhere() -> None:
    paper = Paper(FRAME, [((100.0, 50.0), 500.0)], [], [])
    box = place((20, 10), (100, 50), FRAME, lambda _: True, lambda box: paper.cost(None, box), 2.0, 100.0)
    assert box is not None
    assert not box.holds((100, 50))
    assert paper.cost(None, Box(90, 40, 20, 20)) == 500


def test_the_line_to_a_text_crosses_no_other_text_and_no_other_line() -> None:
    paper = Paper(FRAME, [], [], [Box(40, 0, 10, 100)])
    leader = ((10.0, 50.0), (100.0, 50.0))
    assert not paper.is_free(None, leader, Box(100, 45, 20, 10))
    assert paper.is_free(Box(40, 0, 10, 100), leader, Box(100, 45, 20, 10))
    paper.leaders.append(((60.0, 0.0), (60.0, 90.0)))
    assert not paper.is_free(Box(40, 0, 10, 100), leader, Box(100, 45, 20, 10))
    assert paper.copy().leaders is not paper.leaders


def test_a_line_over_a_border_under_control_is_dear() -> None:
    paper = Paper(FRAME, [], [(60.0, 50.0)], [])
    assert paper.cost(((10.0, 50.0), (100.0, 50.0)), Box(100, 45, 20, 10)) > 200
    assert paper.cost(((10.0, 10.0), (100.0, 10.0)), Box(100, 5, 20, 10)) == 45


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60), st.floats(40, 200))
def test_lines_of_wrapped_text_fit_and_lose_nothing(text: str, limit: float) -> None:
    lines = wrap(text, 13, limit)
    assert all(width(line, 13) <= limit for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_long_name_breaks_after_its_dash() -> None:
    assert wrap("Afghanistan\u2013Uzbekistan border", 14, 120) == ["Afghanistan\u2013", "Uzbekistan", "border"]


@settings(deadline=None, max_examples=50)  # a busy machine is no fault
@given(st.lists(st.tuples(places, st.tuples(sides, sides)), min_size=1, max_size=12))
def test_boxes_that_are_spread_do_not_overlap(found: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    boxes = spread([point for point, _ in found], [size for _, size in found], [], Box(0, 0, 150, 80), 4)
    assert [(box.width, box.height) for box in boxes] == [size for _, size in found]
    assert not any(one.overlaps(two, 3.9) for one, two in combinations(boxes, 2))
    assert all(box.x >= 0 and box.right <= 150.001 for box in boxes)


def test_neighbors_in_a_graph_are_neighbors_on_paper() -> None:
    path = layout(6, [(number, number + 1) for number in range(5)])
    steps = [math.dist(path[number], path[number + 1]) for number in range(5)]
    assert all(0.8 < step < 1.2 for step in steps)
    assert math.dist(path[0], path[5]) > 4.2
    xs = [x for x, _ in path]
    assert max(xs) - min(xs) > 4  # the long way lies flat


def test_a_layout_is_the_same_each_time() -> None:
    edges = [(0, 1), (1, 2), (2, 0), (2, 3)]
    assert layout(4, edges) == layout(4, edges)
    assert layout(1, []) == [(0.0, 0.0)]


def test_components_are_sorted_by_size() -> None:
    a, b, c, d, e = (URIRef(f"https://example.org/{name}") for name in "abcde")
    assert components([e, d, c, b, a], [(d, e), (b, e)]) == [[b, e, d], [a], [c]]


def test_a_day_is_as_wide_as_the_next() -> None:
    scale = scale_of([Span(date(2021, 7, 9), date(2021, 7, 16), vague=False)], 0, 1000)
    assert scale.unit == "day"
    assert [tick.label for tick in scale.ticks] == [str(day) for day in range(8, 18)]
    widths = {round(b.x - a.x, 6) for a, b in pairwise(scale.ticks)}
    assert widths == {100.0}


def test_a_bar_covers_the_days_that_are_given_and_dots_stand_for_the_rest() -> None:
    span = Span(None, date(2021, 7, 9), vague=False)
    scale = scale_of([span, Span(date(2021, 7, 12), date(2021, 7, 16), vague=False)], 0, 1200)
    start, end = scale.bar(span)
    assert (start, end) == (scale.x(date(2021, 7, 9)), scale.x(date(2021, 7, 10)))
    assert scale.reach(span) == (start - TAIL, end)
    assert start - TAIL >= 0


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [("2021-07-01", "2021-07-31", "day"), ("2020-01-01", "2021-07-31", "month"), ("1979-12-25", "2021-07-31", "year")],
)
def test_a_long_time_has_coarser_marks_that_do_not_collide(first: str, last: str, unit: str) -> None:
    span = Span(date.fromisoformat(first), date.fromisoformat(last), vague=True)
    for wide in (372, 1000):
        scale = scale_of([span], 0, wide)
        assert scale.unit == unit
        ticks = scale.ticks
        assert len(ticks) > 1
        assert all(a.x + 4 + width(a.label, 12) < b.x + 4 for a, b in pairwise(ticks))


def test_times_in_words() -> None:
    assert between("2021-06-28", "2021-07-02") == "28 June 2021 \u2013 2 July 2021"
    assert day_words("2021-07") == "July 2021"
    assert duration_words("P1D") == "for 1 day"
    assert last_day("2020-02") == date(2020, 2, 29)
    assert last_day("1999") == date(1999, 12, 31)
    assert last_day("1999-12") == date(1999, 12, 31)


def test_what_is_written_is_escaped() -> None:
    assert element("a", href='x"y<z&') == '<a href="x&quot;y&lt;z&amp;"/>'
    assert number(-0.04) == "0"
