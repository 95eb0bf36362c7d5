"""The timeline and the graph: what stands where, and what is never shown."""

from xml.etree import ElementTree

import pytest
from rdflib import XSD, Graph, Literal, URIRef

from wakhan.dataset import Dataset
from wakhan.drawing.graph import graph_svg
from wakhan.drawing.moments import Moment, moments, periods
from wakhan.drawing.network import ties
from wakhan.drawing.timeline import timeline_svg
from wakhan.names import CLAIM, ID, WK, bind, new_graph
from wakhan.sources import packaged_root

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Dataset(packaged_root()).graph


def changed(graph: Graph, subject: URIRef, *pairs: tuple[URIRef, Literal | None]) -> Graph:
    """Return a copy of *graph* in which *subject* has other values, or none."""
    other = bind(new_graph())
    other += graph
    for predicate, value in pairs:
        other.remove((subject, predicate, None))
        if value is not None:
            other.add((subject, predicate, value))
    return other


def moment_of(graph: Graph, claim: URIRef) -> Moment:
    return next(moment for moment in moments(graph) if claim in moment.said.claims)


def day(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)


def bars(svg: str, claim: URIRef) -> list[ElementTree.Element]:
    groups = [
        each for each in ElementTree.fromstring(svg).iter(f"{SVG}g") if str(claim) in each.get("data-claim", "").split()
    ]
    return [rect for each in groups for rect in each.iter(f"{SVG}rect") if "bar" in rect.get("class", "").split()]


def test_claims_about_one_event_are_one_moment(graph: Graph) -> None:
    trip = moment_of(graph, CLAIM["p02s1-11"])
    assert {*trip.said.claims} >= {CLAIM["p02s1-4"], CLAIM["p02s1-5"], CLAIM["p02s1-6"], CLAIM["p02s1-11"]}
    assert trip.places == ("Turkmenistan", "Tajikistan", "Uzbekistan")
    assert trip.words == "Wang Yi's Central Asian trip"
    assert trip.when == "12\u201316 July 2021"
    assert trip.said.how == "planned, according to China"


def test_the_same_event_told_by_another_voice_is_another_moment(graph: Graph) -> None:
    assert moment_of(graph, CLAIM["p19s1-3"]) != moment_of(graph, CLAIM["p19s3-6"])


def test_two_voices_on_one_event_at_one_time_are_two_moments(graph: Graph) -> None:
    one, other = CLAIM["p17s2-1"], CLAIM["p17s2-2"]
    assert moment_of(graph, one) == moment_of(graph, other)
    parted = bind(new_graph())
    parted += graph
    parted.set((other, WK.speaker, ID["anatoly-sidorov"]))
    assert moment_of(parted, one).said.standing == "fact"
    assert moment_of(parted, other).said.standing == "reported"


def test_a_first_day_that_is_not_given_is_not_computed_from_the_duration(graph: Graph) -> None:
    visit = moment_of(graph, CLAIM["p19s1-3"])  # until 9 July, for two days
    assert visit.span is not None
    assert visit.span.first is None
    assert visit.when == "until 9 July 2021, for 2 days"
    svg = timeline_svg(graph, str).svg
    (bar,) = bars(svg, CLAIM["p19s1-3"])
    (whole_day,) = bars(svg, CLAIM["p02s1-1"])
    assert bar.get("width") == whole_day.get("width")
    assert bar.get("x") == whole_day.get("x")


def test_a_time_in_words_has_no_bar(graph: Graph) -> None:
    drawing = timeline_svg(graph, str)
    assert bars(drawing.svg, CLAIM["p23s1-1"]) == []
    assert "\u201cmore than 20 years ago\u201d" in drawing.svg
    assert not next(row for row in drawing.rows if CLAIM["p23s1-1"] in row.claims).drawn


def test_years_that_lie_far_apart_have_scales_of_their_own(graph: Graph) -> None:
    claim = CLAIM["p23s1-1"]
    older = changed(graph, claim, (WK.notBefore, day("1996-09-01")), (WK.notAfter, day("1996-12-31")))
    groups = periods(moments(older))
    assert [len(group) > 1 for group in groups] == [False, True]
    svg = timeline_svg(older, str).svg
    assert "by month" in svg
    assert "by day" in svg
    (bar,) = bars(svg, claim)
    assert "vague" in bar.get("class", "")


def test_a_plan_is_no_full_bar(graph: Graph) -> None:
    svg = timeline_svg(graph, str).svg
    assert ".dw .bar{fill:var(--k);fill-opacity:.12}.dw .fact .bar{fill-opacity:1}" in svg
    for claim, standing in ((CLAIM["p20s1-5"], "planned"), (CLAIM["p02s1-1"], "fact")):
        groups = ElementTree.fromstring(svg).iter(f"{SVG}g")
        assert {each.get("class") for each in groups if str(claim) in each.get("data-claim", "").split()} == {standing}


def test_a_denied_membership_is_a_tie_of_its_own(graph: Graph) -> None:
    found = {tie.ends: tie for tie in ties(graph)}
    denied = found[ID.csto, ID.uzbekistan]
    assert denied.standing == "denied"
    assert denied.heads == {ID.csto}
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


def test_words_on_a_line_that_is_no_fact_say_so(graph: Graph) -> None:
    root = ElementTree.fromstring(graph_svg(graph, str).svg)
    for each in root.iter(f"{SVG}g"):
        classes = each.get("class", "").split()
        if "tie" in classes and "fact" not in classes:
            first = each.find(f"{SVG}text")
            assert first is None or (first.text or "").startswith(classes[0])
            assert each.find(f"{SVG}path") is not None  # the sign
