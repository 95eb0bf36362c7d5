"""Write the places that have a position as GeoJSON (RFC 7946), with what is said of each, facts apart from the rest."""

from collections.abc import Iterable
from typing import Any

from rdflib import DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.claimview import ClaimView, how_sure, voice
from wakhan.facts import narrator
from wakhan.formats.claimtable import claims_in_order
from wakhan.formats.editions import Editions
from wakhan.formats.jsonld import pretty
from wakhan.formats.tables import sorted_values
from wakhan.formats.thingtables import GEO, entities
from wakhan.formats.wording import sentence
from wakhan.law import statements
from wakhan.lookup import label
from wakhan.names import WK
from wakhan.standing import standing


def to_geojson(editions: Editions) -> bytes:
    """Return the places as a GeoJSON feature collection: a point for each, longitude first, in WGS 84.

    The member ``facts`` of a place holds what the article states of it as a fact, in words that say it plainly;
    ``notFacts`` holds all else that is said of it, in words that begin with how sure who is, so that they are no bare
    statement even where a table shows only their beginning. What is said to hold in a place is said of it too.
    """
    graph = editions.graph("asserted")
    facts = {each.claim for each in statements(graph) if each.is_fact}
    views = claims_in_order(graph)
    places = [place for place in entities(editions) if _position(graph, place) is not None]
    features = [_feature(graph, place, [view for view in views if place in _of(view)], facts) for place in places]
    return f"{pretty({'type': 'FeatureCollection', 'features': features})}\n".encode()


def _of(view: ClaimView) -> set[Node]:
    """Return what a claim is about, and where it holds."""
    return {view.subject, view.object, *(value for prop, value in view.qualifiers if prop == WK.location)}


def _feature(graph: Graph, place: URIRef, views: Iterable[ClaimView], facts: set[Node]) -> dict[str, Any]:
    told = list(views)
    stated = [_fact(graph, view) for view in told if view.iri in facts]
    others = [_not_fact(graph, view) for view in told if view.iri not in facts]
    return {
        "type": "Feature",
        "id": str(place),
        "geometry": {"type": "Point", "coordinates": _position(graph, place)},
        "properties": {
            "iri": str(place),
            "name": label(graph, place),
            "kind": ", ".join(label(graph, kind) for kind in sorted_values(graph, place, RDF.type)),
            "source": [str(source) for source in sorted_values(graph, place, DCTERMS.source)],
            "factCount": len(stated),
            "notFactCount": len(others),
            "facts": stated,
            "notFacts": others,
        },
    }


def _fact(graph: Graph, view: ClaimView) -> dict[str, Any]:
    text = sentence(view, graph, is_fact=True)
    return {"text": text, "claim": str(view.iri), "passage": str(view.passage)}


def _not_fact(graph: Graph, view: ClaimView) -> dict[str, Any]:
    return {
        "text": sentence(view, graph, is_fact=False),
        "standing": standing(view, narrator(graph)),
        "factuality": how_sure(view),
        "speaker": voice(graph, view.speaker),
        "claim": str(view.iri),
        "passage": str(view.passage),
    }


def _position(graph: Graph, place: URIRef) -> list[float] | None:
    """Return longitude and latitude of a place, or None if it has not both."""
    found = [graph.value(place, prop) for prop in (GEO.long, GEO.lat)]
    degrees = [float(value) for value in found if isinstance(value, Literal)]
    return degrees if len(degrees) == 2 else None
