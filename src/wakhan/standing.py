"""The standing of a claim: whether it is a fact, and if not, what else; in a word, a mark and a phrase."""

from rdflib import RDF, Graph
from rdflib.term import Node

from wakhan.claimview import ClaimView, voice
from wakhan.facts import narrator
from wakhan.names import WK, local_name

STANDINGS: dict[str, str] = {
    "fact": "The article states it in its own voice.",
    "reported": "Somebody states it, and the article passes it on without vouching for it.",
    "denied": "It is said not to be so.",
    "planned": "It is announced for the future.",
    "expected": "It is said to be likely, or to follow from something.",
    "possible": "It is said that it could be so.",
    "unknown": "It is said not to be known.",
    "mentioned": "It is only the content of an agreement, a request, a fear or a question.",
}
"""Every standing and what it means, the surest first."""

MARKS: dict[str, str] = {
    "fact": "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z",
    "reported": "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 1.5a4.5 4.5 0 0 1 0 9z",
    "denied": "M3.5 2 2 3.5 6.5 8 2 12.5 3.5 14 8 9.5 12.5 14 14 12.5 9.5 8 14 3.5 12.5 2 8 6.5z",
    "planned": "M2 3 7 8 2 13zm6 0 6 5-6 5z",
    "expected": "M8 2 15 14H1zm0 3.5L4 12.5h8z",
    "possible": "M8 1 15 8 8 15 1 8zm0 3L4 8l4 4 4-4z",
    "unknown": "M4 6c0-3 2-4.5 4-4.5S12 3 12 5.5C12 8 9 8.5 9 10.5H7c0-3 3-3 3-5 0-3-4-3-4 .5zm3 6h2v2H7z",
    "mentioned": "M2 3h5v5l-2 5H3l1-4H2zm7 0h5v5l-2 5h-2l1-4H9z",
}
"""The path of each mark in a square of 16 by 16, to be filled by the even-odd rule: no two have the same shape."""


def standing(view: ClaimView, narrator: Node | None) -> str:
    """Return the standing of a claim, one of ``STANDINGS``.

    Args:
        view: The claim.
        narrator: The voice of the article itself.
    """
    if view.factuality == WK.Affirmed:
        return "fact" if view.speaker == narrator is not None else "reported"
    word = "" if view.factuality is None else local_name(view.factuality).lower()
    return word if word in STANDINGS else "mentioned"  # invalid data must look like anything but a fact


def source(view: ClaimView, graph: Graph) -> str:
    """Return who stands behind a claim, in words that follow its standing, such as ``according to China``."""
    is_narrator = view.speaker is not None and (view.speaker, RDF.type, WK.Narrator) in graph
    if is_narrator and view.factuality == WK.Affirmed:
        return "stated by the article"
    who = "the article" if is_narrator else voice(graph, view.speaker)
    return f"denied by {who}" if view.factuality == WK.Denied else f"according to {who}"


def how(view: ClaimView, graph: Graph) -> str:
    """Return how sure who is, in words: ``planned, according to China``."""
    kind, who = standing(view, narrator(graph)), source(view, graph)
    return who if kind in ("fact", "reported") or who.startswith(kind) else f"{kind}, {who}"
