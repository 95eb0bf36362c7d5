"""Say claims in RDF 1.2: each is a reifier of its triple, which is a term and not asserted."""

import re
from collections.abc import Iterator

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.law import statements
from wakhan.names import Triple, prefixes_of, shorten, written
from wakhan.ntriples import text_of
from wakhan.reason import union
from wakhan.turtle import to_turtle

REIFIES = URIRef(f"{RDF}reifies")

_INTEGER = re.compile(r"[+-]?[0-9]+")
_PARTS = (RDF.subject, RDF.predicate, RDF.object)
_STAND_IN = "urn:wakhan:triple-of:"
_STOOD_IN = re.compile(f"rdf:subject <{_STAND_IN}([^>]*)>")
_TOP = "# RDF 1.2: each claim is the reifier of a triple, which is thereby named and not asserted.\n\n"
_PREFIX_LINES = re.compile(r"(?:@prefix .*\n)+")


def to_turtle12(graph: Graph) -> str:
    """Return *graph* as Turtle 1.2 in which every claim reifies its triple.

    Args:
        graph: The graph, with claims as RDF 1.1 has them: ``rdf:subject``, ``rdf:predicate`` and ``rdf:object``.
    """
    namespaces = prefixes_of(graph) | {"rdf": str(RDF)}
    claims = _claims(graph)
    # The writer knows no triple terms, so a name stands in for each until the text is there.
    stand_ins = ((claim, RDF.subject, URIRef(_STAND_IN + str(claim))) for claim in claims)
    text = to_turtle(union(_others(graph, claims), stand_ins, namespaces=graph))
    terms = {str(claim): " ".join(_term(node, namespaces) for node in triple) for claim, triple in claims.items()}
    used = {short[0] for triple in claims.values() for node in triple if (short := shorten(str(node), namespaces))}
    lines = {f"@prefix {prefix}: <{namespaces[prefix]}> .\n" for prefix in used}
    body = _STOOD_IN.sub(lambda found: f"rdf:reifies <<( {terms[found[1]]} )>>", text)
    return _TOP + _PREFIX_LINES.sub(lambda found: _joined(found[0], lines), body, count=1)


def to_ntriples12(graph: Graph) -> str:
    """Return *graph* as sorted N-Triples 1.2 in which every claim reifies its triple.

    Args:
        graph: The graph as for ``to_turtle12``; its blank nodes must have lasting labels.
    """
    claims = _claims(graph)
    plain = {f"{' '.join(map(text_of, triple))} .\n" for triple in _others(graph, claims)}
    reifying = {
        f"{text_of(claim)} {text_of(REIFIES)} <<( {' '.join(map(text_of, triple))} )>> .\n"
        for claim, triple in claims.items()
    }
    return "".join(sorted(plain | reifying))


def _claims(graph: Graph) -> dict[Node, Triple]:
    return {statement.claim: statement.triple for statement in statements(graph)}


def _others(graph: Graph, claims: dict[Node, Triple]) -> Iterator[Triple]:
    return (triple for triple in graph if triple[0] not in claims or triple[1] not in _PARTS)


def _term(node: Node, namespaces: dict[str, str]) -> str:
    """Return a term of a triple on one line, as long strings are not read everywhere in triple terms."""
    if isinstance(node, Literal):
        return str(node) if node.datatype == XSD.integer and _INTEGER.fullmatch(node) else text_of(node)
    return written(node, namespaces)


def _joined(lines: str, more: set[str]) -> str:
    return "".join(sorted({*lines.splitlines(keepends=True), *more}))
