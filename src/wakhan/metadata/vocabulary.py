"""The vocabularies of the metadata, and what is written of their terms wherever these are named."""

from collections.abc import Mapping

from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, Namespace, URIRef

from wakhan.names import bind, new_graph

DCATAP = Namespace("http://data.europa.eu/r5r/")
EU = "http://publications.europa.eu/resource/authority/"
FORMATS = Namespace("http://www.w3.org/ns/formats/")
IANA = "https://www.iana.org/assignments/media-types/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
SCHEMA = Namespace("https://schema.org/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VOID = Namespace("http://rdfs.org/ns/void#")

PREFIXES: dict[str, str] = {
    "dcatap": str(DCATAP),
    "formats": str(FORMATS),
    "mf": str(MF),
    "qt": str(QT),
    "spdx": str(SPDX),
    "vcard": str(VCARD),
    "void": str(VOID),
}
"""The prefixes that the metadata have besides those of the dataset."""


def graph_for(prefixes: Mapping[str, str] | None = None) -> Graph:
    """Return an empty graph with the prefixes of the dataset, of the metadata, and *prefixes*."""
    graph = bind(new_graph())
    for prefix, namespace in (PREFIXES | dict(prefixes or {})).items():
        graph.bind(prefix, namespace, replace=True)
    return graph


def typed(graph: Graph, iri: str, kind: URIRef) -> URIRef:
    """Say in *graph* of what class *iri* is; return it."""
    node = URIRef(iri)
    graph.add((node, RDF.type, kind))
    return node


def concept(graph: Graph, iri: str, name: str) -> URIRef:
    """Say in *graph* that *iri* is a concept of a controlled vocabulary, with its English name; return it."""
    node = typed(graph, iri, SKOS.Concept)
    graph.add((node, SKOS.prefLabel, Literal(name, lang="en")))
    return node


def media_type(graph: Graph, name: str) -> URIRef:
    """Describe in *graph* a media type of IANA, such as ``text/turtle``; return its IRI."""
    return typed(graph, IANA + name.partition(";")[0].strip(), DCTERMS.MediaType)
