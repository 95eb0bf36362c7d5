"""The pages of claims: what each says, who says it, how sure, in which sentence, and what becomes of it."""

from itertools import pairwise

from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.term import Node

from wakhan.claimview import ClaimView, without_notes
from wakhan.denials import negative_assertions
from wakhan.names import Triple, bind, new_graph
from wakhan.site.content import Content
from wakhan.site.links import page_of
from wakhan.site.page import Page
from wakhan.turtle import to_turtle


def claim_pages(content: Content) -> list[Page]:
    """Return the page of each claim, unless its IRI is that of somebody else."""
    denied = negative_assertions(content.graph)
    neighbors = {view.iri: (before, after) for before, view, after in _threes(content.claims)}
    return [
        _page(content, view, negation(denied, view.iri), *neighbors[view.iri])
        for view in content.claims
        if page_of(view.iri)
    ]


def negation(denied: Graph, claim: URIRef) -> list[Triple]:
    """Return the triples by which a reasoner knows that *claim* is denied; none if the narrator does not deny it.

    Args:
        denied: What ``wakhan.denials.negative_assertions`` gives.
        claim: The claim.
    """
    own = URIRef(f"{claim}/not")
    return sorted({*denied.triples((own, None, None)), *denied.triples((None, None, own))})


def _page(
    content: Content, view: ClaimView, negative: list[Triple], before: ClaimView | None, after: ClaimView | None
) -> Page:
    triple = (view.subject, view.predicate, view.object)
    stands = content.standing(view)
    notes = [value for prop, value in view.qualifiers if prop == SKOS.editorialNote]
    qualifiers = list(without_notes(view).qualifiers)
    values: dict[str, object] = {
        "view": view,
        "stands": stands,
        "qualifiers": [pair for pair in qualifiers if pair[1] not in content.claim],
        "links": _links(content, qualifiers),
        "linked": content.grouped_namings(view.iri),
        "notes": notes,
        "others": [other for other in content.by_triple[triple] if other != view],
        "bare": _turtle([triple]) if stands == "fact" else None,
        "negative": _turtle(negative) if negative else None,
        "is_type": view.predicate == RDF.type,
        "before": before,
        "after": after,
    }
    return Page(page_of(view.iri) or "", "claim.html", values, about=view.iri)


def _links(content: Content, qualifiers: list[tuple[URIRef, Node]]) -> list[tuple[URIRef, list[ClaimView]]]:
    found: dict[URIRef, list[ClaimView]] = {}
    for prop, value in qualifiers:
        if value in content.claim:
            found.setdefault(prop, []).append(content.claim[value])
    return list(found.items())


def _turtle(triples: list[Triple]) -> str:
    """Return *triples* in Turtle without the lines of prefixes and sections."""
    graph = bind(new_graph())
    for triple in triples:
        graph.add(triple)
    lines = [line for line in to_turtle(graph).splitlines() if not line.startswith(("@prefix", "#"))]
    return "\n".join(lines).strip()


def _threes(views: list[ClaimView]) -> list[tuple[ClaimView | None, ClaimView, ClaimView | None]]:
    padded = [None, *views, None]
    return [(a, b, c) for (a, b), (_, c) in pairwise(pairwise(padded)) if b is not None]
