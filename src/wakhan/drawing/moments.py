"""What a timeline draws: claims with dates or times in words, those that tell of one event together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from wakhan.claimview import ClaimView, claim_view, claims_about, statement
from wakhan.drawing.statement import DATES, Said, extents, group_claims, times, told
from wakhan.lookup import label
from wakhan.names import WK

_TELLS_OF = (WK.conducted, WK.tookPartIn)
"""What tells of an event by its object; other statements on an event, such as an answer, have their own time."""


@dataclass(frozen=True)
class Span:
    """A time as far as it is given.

    Attributes:
        first: The first day, or None if it is not given.
        last: The last day, or None if it is not given.
        vague: Whether the days are only bounds: at some time between them.
    """

    first: date | None
    last: date | None
    vague: bool

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that are given, which may be the same."""
        known = [day for day in (self.first, self.last) if day is not None]
        return known[0], known[-1]


@dataclass(frozen=True)
class Moment:
    """One or more statements about the same event, equally sure, of the same speaker, at the same time.

    Attributes:
        said: The first statement, with the claims of all.
        parts: All statements, one by one.
        words: What it is: the event, or the statement, with its degree or amount.
        when: Its dates in words.
        places: Where it is said to be, by label.
        span: Its days, or None where its time is given in words only.
        time: Its time in the words of the article, or an empty text.
        after: At or after the time of what else it is said to have been, or an empty text.
    """

    said: Said
    parts: tuple[Said, ...]
    words: str
    when: str
    places: tuple[str, ...]
    span: Span | None
    time: str
    after: str


def moments(graph: Graph) -> list[Moment]:
    """Return all that the claims give a time for, in the order of the article."""
    kinds = {*DATES, WK.timeText, WK.when}
    timed = [view for view in claims_about(graph) if kinds & {prop for prop, _ in view.qualifiers}]
    groups: dict[tuple[object, ...], list[Said]] = {}
    by_time: dict[tuple[object, ...], list[ClaimView]] = {}
    for view in timed:
        when = tuple(sorted((str(prop), str(value)) for prop, value in view.qualifiers if prop in DATES))
        by_time.setdefault(when or (_time([view]) or _after(graph, [view]),), []).append(view)
    for time, views in by_time.items():
        for said in group_claims(graph, views):
            topic = _event(graph, said) or (said.subject, said.predicate, said.object)
            groups.setdefault((topic, time, said.how), []).append(said)
    return [_moment(graph, parts) for parts in groups.values()]


def _moment(graph: Graph, parts: Sequence[Said]) -> Moment:
    first = parts[0]
    whole = replace(first, views=tuple(view for said in parts for view in said.views))
    event = _event(graph, first)
    named = statement(graph, first.subject, first.predicate, first.object) if event is None else label(graph, event)
    span = _span(whole)
    return Moment(
        said=whole,
        parts=tuple(parts),
        words=", ".join([named, *extents(whole, graph)]),
        when=", ".join(times(whole.views)),
        places=tuple(dict.fromkeys(label(graph, place) for said in parts for place in _places(graph, said, event))),
        span=span,
        time=_time(whole.views),
        after=_after(graph, whole.views),
    )


def _time(views: Iterable[ClaimView]) -> str:
    return next((str(value) for view in views for prop, value in view.qualifiers if prop == WK.timeText), "")


def _after(graph: Graph, views: Iterable[ClaimView]) -> str:
    values = (value for view in views for prop, value in view.qualifiers if prop == WK.when)
    others = (claim_view(graph, value) for value in values if isinstance(value, URIRef))
    return next((told(other, graph) for other in others if other), "")


def _event(graph: Graph, said: Said) -> URIRef | None:
    """Return the event that a statement tells of, or None if it tells of none that has a name."""
    is_type, is_object = said.predicate == RDF.type, said.predicate in _TELLS_OF
    named = [*said.values(WK.partOf), *([said.subject] if is_type else [said.object] if is_object else [])]
    matters = (node for node in named if isinstance(node, URIRef) and (node, RDF.type, WK.Matter) in graph)
    return next(matters, None)


def _places(graph: Graph, said: Said, event: URIRef | None) -> list[Node]:
    """Return where a statement says that something was: the place that it relates to, and where the event was."""
    found = [said.object] if (said.predicate, RDFS.range, WK.Place) in graph else []
    where = sorted(graph.objects(event, WK.locatedIn), key=str) if event is not None else []
    return [*found, *where]


def _span(said: Said) -> Span | None:
    found = {prop: sorted(str(value) for value in said.values(prop)) for prop in DATES}
    sure = found[WK.startDate] or found[WK.endDate]
    start, end = (WK.startDate, WK.endDate) if sure else (WK.notBefore, WK.notAfter)
    first = first_day(found[start][0]) if found[start] else None
    last = last_day(found[end][-1]) if found[end] else None
    return None if first is None and last is None else Span(first, last, vague=not sure)


def first_day(text: str) -> date:
    """Return the first day of a day, month or year.

    Example:
        >>> first_day("1996"), last_day("2021-02")
        (datetime.date(1996, 1, 1), datetime.date(2021, 2, 28))
    """
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """Return the last day of a day, month or year."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], parts[1] + 1) if len(parts) == 2 else (parts[0] + 1, 1)
    return date(year + (month > 12), (month - 1) % 12 + 1, 1) - timedelta(days=1)


def periods(found: Iterable[Moment], gap: int = 60) -> list[list[Moment]]:
    """Return dated moments in groups that lie more than *gap* days apart, each to be drawn at a scale of its own."""
    dated = sorted((m for m in found if m.span), key=lambda m: (*m.span.days, m.words) if m.span else ())
    groups: list[list[Moment]] = []
    latest = date.min
    for moment in dated:
        first, last = moment.span.days if moment.span else (latest, latest)
        if not groups or (first - latest).days > gap:
            groups.append([])
        groups[-1].append(moment)
        latest = max(latest, last)
    return groups
