"""Write who is related to whom as GraphML, an edge for each claim, so that a tool can tell facts from the rest."""

from collections.abc import Iterator
from xml.etree import ElementTree

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from wakhan.claimview import ClaimView, how_sure, voice
from wakhan.facts import narrator
from wakhan.formats.claimtable import claims_in_order
from wakhan.formats.editions import Editions
from wakhan.formats.tables import sorted_values
from wakhan.formats.wording import LIMITS, relation
from wakhan.law import statements
from wakhan.lookup import label
from wakhan.names import WK, local_name, natural_key
from wakhan.standing import STANDINGS, standing

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_SCHEMA = f"{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd"

_KEYS = {
    "node": {"label": "string", "type": "string", "typeIri": "string"},
    "edge": {
        "label": "string",
        "property": "string",
        "propertyIri": "string",
        "factuality": "string",
        "speaker": "string",
        "speakerIri": "string",
        "passage": "string",
        "isFact": "boolean",
        "standing": "string",
        "weight": "double",
        **{local_name(prop): "string" for prop in LIMITS},
    },
}
"""What nodes and edges carry, and of which type it is; the limits only where a claim has them."""

_ABOUT = (
    "Each edge is a claim that somebody makes, and no fact unless isFact is true. To draw or measure what the article "
    "states as a fact, keep only these edges, or count each edge by its weight."
)
_DESCRIPTIONS = {
    "edge-factuality": "How sure the speaker is. Affirmed is no fact where the speaker is not the article.",
    "edge-standing": " ".join(f"{name}: {text}" for name, text in STANDINGS.items()),
    "edge-weight": "1 for a fact, 0 for anything else. It is a strength and no length: find paths among the facts.",
    "edge-condition": "The numbers of the claims under whose condition it stands: the ids of edges, if these relate "
    "things.",
}
"""What the keys mean, where their names do not tell it."""


def to_graphml(editions: Editions) -> bytes:
    """Return the claims that relate one thing to another as a directed graph; its nodes are those things.

    The label of an edge that is no fact says who claims it, how sure they are and within which limits, so that no
    drawing hides it; its weight is 0, so that no measure counts it.
    """
    graph = editions.graph("asserted")
    facts = {each.claim for each in statements(graph) if each.is_fact}
    views = [view for view in claims_in_order(graph) if isinstance(view.object, URIRef) and view.predicate != RDF.type]
    root = ElementTree.Element("graphml", {"xmlns": _NAMESPACE})
    root.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
    root.set("xsi:schemaLocation", _SCHEMA)
    ElementTree.SubElement(root, "desc").text = _ABOUT
    for kind, keys in _KEYS.items():
        for name, of_type in keys.items():
            key = {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": of_type}
            declared = ElementTree.SubElement(root, "key", key)
            if key["id"] in _DESCRIPTIONS:
                ElementTree.SubElement(declared, "desc").text = _DESCRIPTIONS[key["id"]]
    drawn = ElementTree.SubElement(root, "graph", {"id": "wakhan", "edgedefault": "directed"})
    for thing in sorted({end for view in views for end in (view.subject, view.object)}, key=natural_key):
        _add(drawn, "node", {"id": str(thing)}, dict(_of_node(graph, thing)))
    for view in views:
        ends = {"id": local_name(view.iri), "source": str(view.subject), "target": str(view.object)}
        _add(drawn, "edge", ends, dict(_of_edge(graph, view, is_fact=view.iri in facts)))
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _of_node(graph: Graph, thing: Node) -> Iterator[tuple[str, str]]:
    kinds = sorted_values(graph, thing, RDF.type)
    yield "label", label(graph, thing)
    yield "type", ", ".join(label(graph, kind) for kind in kinds)
    yield "typeIri", " ".join(str(kind) for kind in kinds)


def _of_edge(graph: Graph, view: ClaimView, *, is_fact: bool) -> Iterator[tuple[str, str]]:
    prop, speaker = label(graph, view.predicate), voice(graph, view.speaker)
    yield "label", relation(view, graph, is_fact=is_fact)
    yield "property", prop
    yield "propertyIri", str(view.predicate)
    yield "factuality", how_sure(view)
    yield "speaker", speaker
    yield "speakerIri", str(view.speaker)
    yield "passage", str(view.passage)
    yield "isFact", "true" if is_fact else "false"
    yield "standing", standing(view, narrator(graph))
    yield "weight", "1" if is_fact else "0"
    for limit in LIMITS:
        values = [value for used, value in view.qualifiers if used == limit]
        if values:
            texts = (local_name(value) if limit == WK.condition else label(graph, value) for value in values)
            yield local_name(limit), ", ".join(texts)


def _add(parent: ElementTree.Element, tag: str, attributes: dict[str, str], values: dict[str, str]) -> None:
    element = ElementTree.SubElement(parent, tag, attributes)
    for name, value in values.items():
        ElementTree.SubElement(element, "data", {"key": f"{tag}-{name}"}).text = value
