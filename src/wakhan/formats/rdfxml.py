"""Write a graph as RDF/XML."""

import re
from io import BytesIO

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.formats.editions import triples_in_reading_order
from wakhan.names import prefixes_of
from wakhan.ntriples import line_of

_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")


def to_rdfxml(graph: Graph) -> bytes:
    """Return *graph* as RDF/XML, terms in the order of the Turtle files.

    The writer is pyoxigraph's.

    Args:
        graph: The graph; its blank nodes must have lasting labels.

    Raises:
        WakhanError: A predicate does not end in a name of XML, so that RDF/XML cannot say it.
    """
    bad = sorted(predicate.n3() for predicate in set(graph.predicates()) if not _ends_in_name(predicate))
    if bad:
        hint = "Let the last part of the IRI begin with a letter."
        raise WakhanError(f"RDF/XML has no name for the property {bad[0]}", hint=hint)
    lines = "".join(map(line_of, triples_in_reading_order(graph)))
    triples = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    used = {prefix: iri for prefix, iri in prefixes_of(graph).items() if f"<{iri}" in lines}
    text = BytesIO()
    ox.serialize(triples, text, format=ox.RdfFormat.RDF_XML, prefixes=used)
    return text.getvalue() + b"\n"


def _ends_in_name(predicate: Node) -> bool:
    return isinstance(predicate, URIRef) and _XML_NAME.search(predicate) is not None
