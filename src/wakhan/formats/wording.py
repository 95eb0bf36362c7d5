"""Say a claim so that it cannot be taken for more than it is: how sure who is comes first, and what limits it last."""

from rdflib import Graph

from wakhan.claimview import ClaimView, details, statement, without_notes
from wakhan.lookup import label
from wakhan.names import WK, local_name
from wakhan.standing import how

LIMITS = (
    WK.degree, WK.amountText, WK.timeText, WK.startDate, WK.endDate, WK.notBefore, WK.notAfter, WK.duration,
    WK.partOf, WK.location, WK.condition,
)  # fmt: skip
"""The qualifiers without which a claim says more than its speaker does, in the order in which they are told.

What a claim is a part of is among them because its dates can be those of the whole.
"""


def sentence(view: ClaimView, graph: Graph, *, is_fact: bool) -> str:
    """Return a claim as a sentence: a fact with its limits, any other with who says so in front and all its details.

    Args:
        view: The claim.
        graph: Where labels come from.
        is_fact: Whether the article states it as a fact.
    """
    said = statement(graph, view.subject, view.predicate, view.object)
    if is_fact:
        return "; ".join([said, *limits(view, graph)])
    return "; ".join([f"{how(view, graph)}: {said}", *details(without_notes(view), graph)])


def relation(view: ClaimView, graph: Graph, *, is_fact: bool) -> str:
    """Return what a claim says between its ends, for the line of a drawing: a fact in a word, any other in full.

    Args:
        view: The claim.
        graph: Where labels come from.
        is_fact: Whether the article states it as a fact.
    """
    verb = label(graph, view.predicate)
    if is_fact:
        return verb
    found = "; ".join(limits(view, graph))
    return f"{how(view, graph)}: {verb}{f' ({found})' if found else ''}"


def limits(view: ClaimView, graph: Graph) -> list[str]:
    """Return what limits a claim, each in words such as ``degree: mainly``; other claims by their numbers alone."""
    found = sorted((pair for pair in view.qualifiers if pair[0] in LIMITS), key=lambda pair: LIMITS.index(pair[0]))
    return [
        f"{label(graph, prop)}: {local_name(value) if prop == WK.condition else label(graph, value)}"
        for prop, value in found
    ]
