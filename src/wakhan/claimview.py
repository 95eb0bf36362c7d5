"""See a claim as one thing: what it says, who says it, how sure they are, and in which sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.facts import narrator
from wakhan.lookup import label
from wakhan.names import OA, WK, curie, local_name, natural_key
from wakhan.rows import term_key

_BASIC = {
    RDF.type, RDF.subject, RDF.predicate, RDF.object, WK.factuality, WK.speaker, WK.passage,
    RDFS.isDefinedBy, DCTERMS.isPartOf,
}  # fmt: skip
"""What is not a qualifier."""


@dataclass(frozen=True)
class ClaimView:
    """A claim with all that stands on it; a part that invalid data leave out is None."""

    iri: URIRef
    subject: Node
    predicate: URIRef
    object: Node
    factuality: URIRef | None
    speaker: URIRef | None
    passage: URIRef | None
    gist: str | None
    qualifiers: tuple[tuple[URIRef, Node], ...]


def claims_about(
    graph: Graph,
    subject: Node | None = None,
    predicate: Node | None = None,
    object: Node | None = None,
    *,
    speaker: Node | None = None,
    passage: Node | None = None,
) -> list[ClaimView]:
    """Return the claims that fit all that is given, in the order of the article.

    Args:
        graph: Ontology and data.
        subject: What the claims are about.
        predicate: What they say of it.
        object: What they relate it to.
        speaker: Who makes them.
        passage: Where they are made.
    """
    wanted = [
        (RDF.subject, subject),
        (RDF.predicate, predicate),
        (RDF.object, object),
        (WK.speaker, speaker),
        (WK.passage, passage),
    ]
    fitting = set(graph.subjects(RDF.type, WK.Claim))
    for prop, value in wanted:
        if value is not None:
            fitting &= set(graph.subjects(prop, value))
    views = [view for iri in fitting if isinstance(iri, URIRef) and (view := claim_view(graph, iri)) is not None]
    return in_order(graph, views)


def in_order(graph: Graph, views: Iterable[ClaimView]) -> list[ClaimView]:
    """Return *views*, each once, by the place of their passages in the article and then by their numbers."""
    return sorted(set(views), key=lambda view: _place(graph, view))


def claim_view(graph: Graph, iri: URIRef) -> ClaimView | None:
    """Return the claim *iri*, or None where it is not a claim that says anything."""
    subject, predicate, obj = (_first(graph, iri, part) for part in (RDF.subject, RDF.predicate, RDF.object))
    if subject is None or not isinstance(predicate, URIRef) or obj is None or (iri, RDF.type, WK.Claim) not in graph:
        return None
    passage = _iri(graph, iri, WK.passage)
    gist = _first(graph, passage, WK.gist) if passage is not None else None
    qualifiers = [(p, o) for p, o in graph.predicate_objects(iri) if isinstance(p, URIRef) and p not in _BASIC]
    return ClaimView(
        iri=iri,
        subject=subject,
        predicate=predicate,
        object=obj,
        factuality=_iri(graph, iri, WK.factuality),
        speaker=_iri(graph, iri, WK.speaker),
        passage=passage,
        gist=None if gist is None else str(gist),
        qualifiers=tuple(sorted(qualifiers, key=lambda pair: (local_name(pair[0]), term_key(pair[1])))),
    )


def statement(graph: Graph, subject: Node, predicate: Node, obj: Node) -> str:
    """Return a triple as a person reads it, with the labels of its three terms."""
    what = label(graph, obj)
    says = "is an" if predicate == RDF.type and what[:1].lower() in tuple("aeiou") else label(graph, predicate)
    return f"{label(graph, subject)} {says} {what}"


def voice(graph: Graph, speaker: Node | None) -> str:
    """Return who speaks, the narrator being the article itself."""
    if speaker is None:
        return "nobody named"
    return "the article" if (speaker, RDF.type, WK.Narrator) in graph else label(graph, speaker)


def how_sure(view: ClaimView) -> str:
    """Return the factuality of a claim as a word, such as ``affirmed``."""
    return "of no stated factuality" if view.factuality is None else local_name(view.factuality).lower()


def attribution(view: ClaimView, graph: Graph) -> str:
    """Return how sure who is, such as ``denied by Andrei Grozin`` or ``unknown, according to some Russian media``."""
    by = " by" if view.factuality in (WK.Affirmed, WK.Denied) else ", according to"
    return f"{how_sure(view)}{by} {voice(graph, view.speaker)}"


def without_notes(view: ClaimView) -> ClaimView:
    """Return a claim without what its editors note on it."""
    return replace(view, qualifiers=tuple(pair for pair in view.qualifiers if pair[0] != SKOS.editorialNote))


def describe(view: ClaimView, graph: Graph) -> str:
    """Return a claim in one line of words; notes are left out.

    Args:
        view: The claim.
        graph: Where labels come from.
    """
    name = curie(view.iri, graph)
    said = statement(graph, view.subject, view.predicate, view.object)
    return "; ".join([f"{name}: {said}", attribution(view, graph), *details(without_notes(view), graph)])


def claim_lines(view: ClaimView, graph: Graph, indent: str = "  ") -> list[str]:
    """Return a claim as lines: what it says, how sure who is, then its qualifiers and its passage."""
    first = f"{indent}{curie(view.iri, graph)}  {statement(graph, view.subject, view.predicate, view.object)}"
    below = [attribution(view, graph), *details(view, graph)]
    return [first, *(f"{indent}    {line}" for line in below)]


def details(view: ClaimView, graph: Graph) -> Iterator[str]:
    """Give the qualifiers of a claim and then its passage, each in words."""
    for prop, value in view.qualifiers:
        yield f"{label(graph, prop)}: {_value(graph, value)}"
    if view.passage is not None:
        yield f"in {curie(view.passage, graph)}" + (f" ({view.gist})" if view.gist else "")


def as_dict(view: ClaimView, graph: Graph) -> dict[str, object]:
    """Return a claim as what JSON can hold; terms are IRIs or the text of literals."""
    return {
        "claim": str(view.iri),
        "subject": str(view.subject),
        "predicate": str(view.predicate),
        "object": str(view.object),
        "factuality": None if view.factuality is None else local_name(view.factuality),
        "speaker": None if view.speaker is None else str(view.speaker),
        "passage": None if view.passage is None else str(view.passage),
        "gist": view.gist,
        "qualifiers": [{"property": str(prop), "value": str(value)} for prop, value in view.qualifiers],
        "text": describe(view, graph),
    }


def _value(graph: Graph, value: Node) -> str:
    """Return a qualifier's value in words; another claim is told by what it says."""
    other = claim_view(graph, value) if isinstance(value, URIRef) else None
    if other is None:
        return label(graph, value)
    said = f"{statement(graph, other.subject, other.predicate, other.object)} ({curie(other.iri, graph)}"
    if other.factuality == WK.Affirmed and voice(graph, other.speaker) == voice(graph, narrator(graph)):
        return f"{said})"
    return f"{said}, {attribution(other, graph)})"  # else a denied cause would read as a fact


def _iri(graph: Graph, claim: URIRef, prop: URIRef) -> URIRef | None:
    return min((value for value in graph.objects(claim, prop) if isinstance(value, URIRef)), default=None)


def _first(graph: Graph, node: Node, prop: URIRef) -> Node | None:
    """Return a value of *node*, of several always the same."""
    return min(graph.objects(node, prop), key=term_key, default=None)


def _place(graph: Graph, view: ClaimView) -> tuple[int, tuple[str, str]]:
    start = _first(graph, view.passage, OA.start) if view.passage is not None else None
    position = start.toPython() if isinstance(start, Literal) else None
    return (position if isinstance(position, int) else 10**9), natural_key(view.iri)
