"""The names of the dataset: namespaces, prefixes and the seven factualities."""

import re
from collections.abc import Mapping
from typing import TypeAlias

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from wakhan.graph import MemoryGraph

WK = Namespace("https://w3id.org/wakhan/ontology#")
ID = Namespace("https://w3id.org/wakhan/id/")
CLAIM = Namespace("https://w3id.org/wakhan/claim/")
ART = Namespace("https://w3id.org/wakhan/article/")
SHAPE = Namespace("https://w3id.org/wakhan/shape#")
QUERY = Namespace("https://w3id.org/wakhan/query/")
OA = Namespace("http://www.w3.org/ns/oa#")

Triple: TypeAlias = tuple[Node, Node, Node]

FACTUALITIES: tuple[URIRef, ...] = (
    WK.Affirmed,
    WK.Denied,
    WK.Planned,
    WK.Expected,
    WK.Possible,
    WK.Unknown,
    WK.Mentioned,
)
"""How sure a speaker can be, the surest first."""

PREFIXES: dict[str, str] = {
    "art": str(ART),
    "claim": str(CLAIM),
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "id": str(ID),
    "oa": str(OA),
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "query": str(QUERY),
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": str(SHAPE),
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "wk": str(WK),
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of the dataset and of the vocabularies that it uses."""

_DIGITS = re.compile(r"[0-9]+")
_WIDTH = 20  # of the widest number that counts as one
_PLAIN_LOCAL = re.compile(r"[\w][\w.-]*(?<!\.)|", re.ASCII)
"""A local name that Turtle and SPARQL take without an escape."""


def local_name(node: Node) -> str:
    """Return the last part of an IRI, which names the thing; of any other node its text.

    Example:
        >>> local_name(WK.memberOf), local_name(CLAIM["p05s1-1"])
        ('memberOf', 'p05s1-1')
    """
    text = str(node)
    cut = max(map(text.rfind, "/#:")) if isinstance(node, URIRef) else -1
    return text[cut + 1 :] or text


def new_graph() -> Graph:
    """Return an empty graph without prefixes, of the kind that is the fastest."""
    return MemoryGraph()


def bind(graph: Graph) -> Graph:
    """Give *graph* the prefixes of the dataset where it has no others of its own; return it."""
    for prefix, namespace in prefixes_of(graph).items():
        graph.bind(prefix, namespace, replace=True)
    return graph


def shorten(iri: str, namespaces: Mapping[str, str]) -> tuple[str, str] | None:
    """Return prefix and local name of *iri*, or None if no prefix fits or the name would need an escape.

    Args:
        iri: The IRI to shorten.
        namespaces: Prefix to namespace; the longest namespace that fits is taken, then the first prefix.

    Example:
        >>> shorten("https://w3id.org/wakhan/id/taliban", PREFIXES)
        ('id', 'taliban')
    """
    fitting = [
        (-len(start), prefix)
        for prefix, start in namespaces.items()
        if start and iri.startswith(start) and _PLAIN_LOCAL.fullmatch(iri, len(start))
    ]
    if not fitting:
        return None
    length, prefix = min(fitting)
    return prefix, iri[-length:]


def prefixes_of(graph: Graph) -> dict[str, str]:
    """Return the prefixes of *graph*, and those of the dataset that do not disagree with them."""
    own = {prefix: str(iri) for prefix, iri in graph.namespaces()}
    taken = set(own.values())
    return {p: iri for p, iri in PREFIXES.items() if p not in own and iri not in taken} | own


def curie(node: Node, graph: Graph | None = None) -> str:
    """Return how a person writes *node*: a prefixed name, else ``<iri>``; a literal as in Turtle.

    Args:
        node: The node to write.
        graph: Where other prefixes than those of the dataset come from; they go first.

    Example:
        >>> curie(WK.memberOf), curie(URIRef("https://example.org/a"))
        ('wk:memberOf', '<https://example.org/a>')
    """
    return written(node, PREFIXES if graph is None else prefixes_of(graph))


def written(node: Node, namespaces: Mapping[str, str]) -> str:
    """Return *node* as ``curie`` does, with these prefixes and no others.

    Args:
        node: The node to write.
        namespaces: Prefix to namespace.
    """
    if isinstance(node, Literal):
        text = Literal(str(node)).n3()
        if node.language:
            return f"{text}@{node.language}"
        return text if node.datatype is None else f"{text}^^{written(node.datatype, namespaces)}"
    if not isinstance(node, URIRef):
        return node.n3()
    short = shorten(node, namespaces)
    return ":".join(short) if short else f"<{node}>"


def natural_key(node: Node | str) -> tuple[str, str]:
    """Return the key that sorts names as people count: ``p05s1-2`` before ``p05s1-10``.

    Example:
        >>> [local_name(each) for each in sorted([CLAIM["p05s1-10"], CLAIM["p05s1-2"]], key=natural_key)]
        ['p05s1-2', 'p05s1-10']
    """
    text = str(node)
    return _DIGITS.sub(lambda digits: digits[0].zfill(_WIDTH), text), text
