"""What a drawing draws: claims that say the same in the same way, with the words for how sure who is."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.term import Node

from wakhan.claimview import ClaimView, claim_view, claims_about, statement
from wakhan.drawing.svg import Link, Row
from wakhan.facts import narrator
from wakhan.lookup import label
from wakhan.names import WK, curie
from wakhan.standing import how, standing

DATES = (WK.startDate, WK.endDate, WK.notBefore, WK.notAfter)
"""The properties that give a claim its days."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Said:
    """A statement with how sure who is of it, and the claims that make it so.

    Attributes:
        subject: What it is about.
        predicate: What it says of it.
        object: What it relates it to.
        standing: ``fact`` or what else it is; see ``wakhan.standing``.
        how: The same in words, with who says so.
        views: The claims, in the order of the article; at least one.
    """

    subject: Node
    predicate: URIRef
    object: Node
    standing: str
    how: str
    views: tuple[ClaimView, ...]

    @property
    def claims(self) -> tuple[URIRef, ...]:
        """The IRIs of the claims."""
        return tuple(view.iri for view in self.views)

    def values(self, *properties: URIRef) -> list[Node]:
        """Return the values of some qualifiers, each once, in the order of the claims."""
        found = (value for view in self.views for prop, value in view.qualifiers if prop in properties)
        return list(dict.fromkeys(found))


def group_claims(graph: Graph, views: Iterable[ClaimView]) -> list[Said]:
    """Return *views* as statements: claims with the same triple, factuality and speaker become one.

    Args:
        graph: Ontology and data.
        views: The claims, in their order, which stays.
    """
    own = narrator(graph)
    groups: dict[tuple[object, ...], list[ClaimView]] = {}
    for view in views:
        key = (view.subject, view.predicate, view.object, view.factuality, view.speaker)
        groups.setdefault(key, []).append(view)
    return [
        Said(first.subject, first.predicate, first.object, standing(first, own), how(first, graph), tuple(group))
        for group in groups.values()
        for first in group[:1]
    ]


def details(said: Said, graph: Graph) -> str:
    """Return the extent and the times of a statement in words: what the article gives, and nothing computed."""
    when = [_quoted(label(graph, value)) for value in said.values(WK.timeText)]
    dates = [words for view in said.views for words in _dates(view, graph)]
    return ", ".join(dict.fromkeys([*extents(said, graph), *when, *dates]))


def extents(said: Said, graph: Graph) -> list[str]:
    """Return the degrees and amounts of a statement as the article words them, in quotation marks.

    An amount that the article compares with another is told with that other: ``the same number`` alone says nothing.
    """
    own = [_quoted(label(graph, value)) for value in said.values(WK.degree, WK.amountText)]
    return [*own, *(_compared(view, graph) for view in _amounts_beside(said, graph))]


def _amounts_beside(said: Said, graph: Graph) -> list[ClaimView]:
    """Return the claims that give the amounts with which a statement's own amount is compared."""
    others = [claim_view(graph, claim) for claim in said.values(WK.comparedWith) if isinstance(claim, URIRef)]
    beside = [view for view in others if view and any(prop == WK.amountText for prop, _ in view.qualifiers)]
    return beside if said.values(WK.amountText) else []


def _compared(view: ClaimView, graph: Graph) -> str:
    amounts = [_quoted(label(graph, value)) for prop, value in view.qualifiers if prop == WK.amountText]
    return f"compared with {label(graph, view.subject)} ({', '.join([*amounts, *_unsure(view, graph)])})"


def told(view: ClaimView, graph: Graph) -> str:
    """Return what a claim says in words beside another statement: of what is no fact, how sure who is goes first."""
    return ": ".join([*_unsure(view, graph), statement(graph, view.subject, view.predicate, view.object)])


def _unsure(view: ClaimView, graph: Graph) -> list[str]:
    return [] if standing(view, narrator(graph)) == "fact" else [how(view, graph)]


def _dates(view: ClaimView, graph: Graph) -> list[str]:
    """Return the dates of a claim; those of an event of which it is one of several parts are told as the event's."""
    words, event = _times(dict(view.qualifiers)), _whole(view, graph)
    return words if event is None else [f"as part of {label(graph, event)} ({', '.join(words)})"]


def _whole(view: ClaimView, graph: Graph) -> Node | None:
    """Return the event whose dates a claim has: claims give them to the event itself, and to other parts of it."""
    own = _dated(view)
    for event in (value for prop, value in view.qualifiers if own and prop == WK.partOf):
        has_dates = any(_dated(other) == own for other in claims_about(graph, subject=event))
        claims = (claim_view(graph, claim) for claim in graph.subjects(WK.partOf, event) if isinstance(claim, URIRef))
        parts = {(part.subject, part.predicate, part.object) for part in claims if part and _dated(part) == own}
        if has_dates and len(parts) > 1:
            return event
    return None


def _dated(view: ClaimView) -> frozenset[tuple[URIRef, Node]]:
    return frozenset(pair for pair in view.qualifiers if pair[0] in DATES)


def _quoted(words: str) -> str:
    return f"\u201c{words}\u201d"


def times(views: Iterable[ClaimView]) -> list[str]:
    """Return the dates and durations of claims in words, each once; text times are left out."""
    return list(dict.fromkeys(words for view in views for words in _times(dict(view.qualifiers))))


def _times(found: dict[URIRef, Node]) -> list[str]:
    start, end = found.get(WK.startDate), found.get(WK.endDate)
    bounds = (("not before", WK.notBefore), ("not after", WK.notAfter))
    dates = [f"{word} {day_words(str(found[prop]))}" for word, prop in bounds if prop in found]
    if start is not None and end is not None:
        dates.insert(0, between(str(start), str(end)))
    elif start is not None:
        dates.insert(0, f"from {day_words(str(start))}")
    elif end is not None:
        dates.insert(0, f"until {day_words(str(end))}")
    lasted = found.get(WK.duration)
    return dates if lasted is None else [*dates, duration_words(str(lasted))]


def day_words(date: str) -> str:
    """Return a day, a month or a year in words.

    Example:
        >>> day_words("2021-07-09"), day_words("1996")
        ('9 July 2021', '1996')
    """
    year, *rest = date.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def between(start: str, end: str) -> str:
    """Return a range of days in words, without what both have in common.

    Example:
        >>> between("2021-07-12", "2021-07-16"), between("2021-07-09", "2021-07-09")
        ('12\u201316 July 2021', '9 July 2021')
    """
    if start == end:
        return day_words(start)
    first = day_words(start)
    if start[:7] == end[:7] and len(start) == len(end) == 10:
        first = str(int(start[8:]))
        return f"{first}\u2013{day_words(end)}"
    return f"{first} \u2013 {day_words(end)}"


def duration_words(duration: str) -> str:
    """Return a duration in words where it is a whole number of days; else as it is written.

    Example:
        >>> duration_words("P2D"), duration_words("PT36H")
        ('for 2 days', 'for PT36H')
    """
    days = duration.removeprefix("P").removesuffix("D")
    if duration == f"P{days}D" and days.isdigit():
        return f"for {days} day{'' if days == '1' else 's'}"
    return f"for {duration}"


def row(said: Said, graph: Graph, *, drawn: bool) -> Row:
    """Return a statement as a row of the table beside a drawing."""
    words = statement(graph, said.subject, said.predicate, said.object)
    return Row(words, said.how, details(said, graph), said.claims, drawn)


def name_of(said: Said, graph: Graph) -> str:
    """Return what a link to a statement is called: how sure first, so that nothing else is heard as a fact."""
    more = details(said, graph)
    words = f"{said.how}: {statement(graph, said.subject, said.predicate, said.object)}{f' ({more})' if more else ''}"
    first = said.claims[0]
    return f"{words[:1].upper()}{words[1:]}; {curie(first, graph)}"


def href_of(said: Said, link: Link) -> str:
    """Return the address of the first of its claims."""
    return link(said.claims[0])
