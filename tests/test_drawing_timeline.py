"""The timeline: what stands where, and what is never shown."""

from xml.etree import ElementTree

import pytest
from rdflib import XSD, Graph, Literal, URIRef

from wakhan.dataset import Dataset
from wakhan.drawing.moments import Moment, moments, periods
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


def listed_under(svg: str, claim: URIRef) -> str:
    """Return the visible words of the statement of a claim."""
    groups = [
        each for each in ElementTree.fromstring(svg).iter(f"{SVG}g") if str(claim) in each.get("data-claim", "").split()
    ]
    return " ".join(line.text or "" for each in groups for line in each.iter(f"{SVG}text"))


def test_a_time_that_only_another_statement_gives_is_listed_with_that_statement(graph: Graph) -> None:
    mobilization = moment_of(graph, CLAIM["p05s3-5"])
    assert mobilization.span is None
    assert mobilization.after == "Tajik officials requested help from Collective Security Treaty Organization"
    drawing = timeline_svg(graph, str)
    assert "mobilization of Tajik reservists" in listed_under(drawing.svg, CLAIM["p05s3-5"])
    assert "At or after" in drawing.svg
    timed = set(graph.subjects(WK.when, None))
    assert len(timed) > 5
    assert timed <= {claim for row in drawing.rows for claim in row.claims}


def test_a_statement_that_gives_a_time_and_is_no_fact_says_so_first(graph: Graph) -> None:
    assert moment_of(graph, CLAIM["p09s2-2"]).after.startswith("according to some Central Asian media: Taliban began")


def test_an_answer_to_an_event_is_not_that_event(graph: Graph) -> None:
    assert moment_of(graph, CLAIM["p06s2-3"]).words.startswith("China responds to")


def test_an_amount_that_is_compared_is_told_with_the_other(graph: Graph) -> None:
    flight = moment_of(graph, CLAIM["p09s3-1"]).words
    assert "\u201cthe same number\u201d" in flight
    assert "compared with Afghan government soldiers who fled to Tajikistan (\u201cmore than 1,000\u201d)" in flight
    said = changed(graph, CLAIM["p05s4-2"], (WK.factuality, None))
    assert "(\u201cmore than 1,000\u201d, mentioned, according to" in moment_of(said, CLAIM["p09s3-1"]).words


def test_the_dates_of_a_trip_are_not_those_of_each_of_its_stops(graph: Graph) -> None:
    rows = {claim: row.qualifiers for row in timeline_svg(graph, str).rows for claim in row.claims}
    for number in (4, 5, 6):
        assert rows[CLAIM[f"p02s1-{number}"]] == "as part of Wang Yi's Central Asian trip (12\u201316 July 2021)"
    assert rows[CLAIM["p02s1-11"]] == "12\u201316 July 2021"
    assert rows[CLAIM["p20s1-5"]] == "12\u201315 July 2021"  # Kerry's visit has one part, which is the whole
