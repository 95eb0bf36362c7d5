"""Write the dataset in its editions and formats, the same bytes each time."""

from collections.abc import Callable
from functools import lru_cache

import pyoxigraph as ox
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.denials import negative_assertions
from wakhan.errors import UsageError, WakhanError
from wakhan.names import WK, bind
from wakhan.reason import is_anonymous, union
from wakhan.sources import Sources
from wakhan.turtle import to_turtle

EDITIONS: dict[str, str] = {
    "asserted": "all that is stated: ontology, descriptions, facts, claims, and what the article denies",
    "inferred": "all that is stated, with what follows from it by OWL 2 RL",
    "facts": "ontology, descriptions and facts, without the claims",
    "ontology": "what the words mean, without data",
    "shapes": "what the data must contain, in SHACL",
}
"""The editions of the dataset, and what they hold."""

STEMS = {
    "asserted": "wakhan",
    "inferred": "wakhan-inferred",
    "facts": "wakhan-facts",
    "ontology": "wakhan-ontology",
    "shapes": "wakhan-shapes",
}
"""The name of the files of each edition."""

_REMEMBERED = 50_000  # so many terms are put into words once for all editions


def edition(sources: Sources, name: str) -> Graph:
    """Return one edition of the dataset as a graph.

    Raises:
        UsageError: There is no edition of this name.
    """
    _check(name, EDITIONS, "edition")
    if name in ("ontology", "shapes"):
        return bind(union(sources.ontology if name == "ontology" else sources.shapes))
    if name == "facts":
        return bind(union(sources.ontology, without_claims(sources.data), namespaces=sources.data))
    asserted = union(sources.ontology, sources.data, negative_assertions(sources.data), namespaces=sources.data)
    if name == "inferred":
        asserted += (triple for triple in sources.consequences.inferred if not is_anonymous(triple))
    return bind(asserted)


def without_claims(data: Graph) -> Graph:
    """Return *data* without the claims, and without what points to one."""
    claims = set(data.subjects(RDF.type, WK.Claim))
    return union((t for t in data if t[0] not in claims and t[2] not in claims), namespaces=data)


def export(graph: Graph, format_name: str) -> str:
    """Return the one text of *graph* in a format, ``turtle`` or ``ntriples``.

    Turtle needs no labels for blank nodes; in N-Triples they get those of the standard RDFC-1.0.

    Raises:
        UsageError: There is no format of this name.
        WakhanError: The graph holds what the format cannot say.
    """
    _check(format_name, FORMATS, "format")
    return FORMATS[format_name][1](graph)


def canonical(graph: Graph) -> Graph:
    """Return *graph* with the labels of RDFC-1.0 for its blank nodes: equal graphs become equal sets of triples."""
    anonymous = [triple for triple in graph if is_anonymous(triple)]
    if not anonymous:
        return graph
    named = (triple for triple in graph if not is_anonymous(triple))
    # The labels depend on nothing but the triples with blank nodes, and the others stay as they are.
    relabelled = ((node_of(t.subject), node_of(t.predicate), node_of(t.object)) for t in _canonical(union(anonymous)))
    return union(named, relabelled, namespaces=graph)


def to_ntriples(graph: Graph) -> str:
    """Return *graph* as sorted N-Triples with canonical labels, one line a triple.

    Raises:
        WakhanError: The graph holds what N-Triples cannot say.
    """
    anonymous = [triple for triple in graph if is_anonymous(triple)]
    lines = [f"{quad.triple} .\n" for quad in _canonical(union(anonymous))] if anonymous else []
    named = (triple for triple in graph if not is_anonymous(triple))
    try:
        lines += [f"{_name(subject)} {_name(predicate)} {_text(value)} .\n" for subject, predicate, value in named]
    except (TypeError, ValueError) as error:
        raise WakhanError(f"the graph holds what N-Triples cannot say: {error}") from None
    return "".join(sorted(lines))


FORMATS: dict[str, tuple[str, Callable[[Graph], str]]] = {
    "turtle": ("ttl", to_turtle),
    "ntriples": ("nt", to_ntriples),
}
"""Name to file ending and writer."""


def _check(name: str, known: dict[str, str] | dict[str, tuple[str, Callable[[Graph], str]]], kind: str) -> None:
    if name not in known:
        raise UsageError(f"no such {kind}: {name}", hint=f"Choose one of {', '.join(known)}.")


def _canonical(graph: Graph) -> ox.Dataset:
    try:
        text = graph.serialize(format="nt11", encoding="utf-8")
        dataset = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
    except Exception as error:  # rdflib raises no narrower one for a bad IRI
        raise WakhanError(f"the graph holds what N-Triples cannot say: {error}") from None
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@lru_cache(maxsize=_REMEMBERED)
def _name(term: Node) -> str:
    """Return an IRI as N-Triples writes it; pyoxigraph refuses what is none."""
    if isinstance(term, Literal):
        raise ValueError(f"{_text(term)} is no subject and no property")
    return str(ox.NamedNode(str(term)))


@lru_cache(maxsize=_REMEMBERED)
def _text(term: Node) -> str:
    """Return an IRI or literal as N-Triples writes it."""
    if not isinstance(term, Literal):
        return _name(term)
    datatype = None if term.datatype is None else ox.NamedNode(term.datatype)
    return str(ox.Literal(str(term), language=term.language, datatype=datatype))


def node_of(term: object) -> Node:
    """Return a term of pyoxigraph as one of rdflib, as it is written.

    Raises:
        TypeError: It is a triple, which is no term of RDF 1.1.
    """
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
        datatype = None if plain else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise TypeError("RDF 1.1 has no triple terms")
