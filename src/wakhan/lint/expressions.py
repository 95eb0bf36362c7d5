"""Which class expressions and data ranges OWL 2 RL has, and in which place.

The rules are those of the W3C's *OWL 2 Web Ontology Language Profiles*, sections 4.2.1 (datatypes), 4.2.3 (class
expressions) and 4.2.4 (data ranges), read over the triples to which *OWL 2 Mapping to RDF Graphs* turns expressions.
A problem is named by the triple of the expression that the profile does not have.
"""

from collections.abc import Iterator
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.lint.project import integer, items, ordered
from wakhan.names import Triple

SUB, SUPER, EQUAL = "a subclass", "a superclass", "an equivalent class"
"""The places of a class expression: left and right of rdfs:subClassOf, and on either side of owl:equivalentClass."""

_SUPPORTED = (
    "decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short byte "
    "unsignedLong unsignedInt unsignedShort unsignedByte float double string normalizedString token language Name "
    "NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime dateTimeStamp"
)
DATATYPES = frozenset(XSD[name] for name in _SUPPORTED.split()) | {RDF.PlainLiteral, RDF.XMLLiteral, RDFS.Literal}
"""The datatypes of OWL 2 RL (section 4.2.1)."""

EXCLUDED = (OWL.real, OWL.rational)
"""The datatypes of OWL 2 that OWL 2 RL leaves out (section 4.2.1)."""

_PARTS = (OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.complementOf, OWL.datatypeComplementOf)
_CARDINALITIES = (
    OWL.maxCardinality, OWL.maxQualifiedCardinality, OWL.minCardinality, OWL.minQualifiedCardinality, OWL.cardinality,
    OWL.qualifiedCardinality,
)  # fmt: skip
_FILLERS = (OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.hasSelf, *_CARDINALITIES)
_ALLOWED: dict[str, tuple[URIRef, ...]] = {
    SUB: (OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.someValuesFrom, OWL.hasValue),
    SUPER: (
        OWL.intersectionOf, OWL.complementOf, OWL.allValuesFrom, OWL.hasValue, OWL.maxCardinality,
        OWL.maxQualifiedCardinality,
    ),
    EQUAL: (OWL.intersectionOf, OWL.hasValue),
}  # fmt: skip


class Problem(NamedTuple):
    """What is not in the profile: the rule, the triple, and why, in words that follow "here"."""

    rule: str
    triple: Triple
    why: str


def class_problems(graph: Graph, node: Node, place: str, via: Triple) -> Iterator[Problem]:
    """Yield what OWL 2 RL does not allow of a class expression (section 4.2.3).

    Args:
        graph: The ontology.
        node: The expression.
        place: Where it stands: ``SUB``, ``SUPER`` or ``EQUAL``.
        via: The triple whose object it is.
    """
    yield from _class(graph, node, place, via, frozenset())


def _class(graph: Graph, node: Node, place: str, via: Triple, seen: frozenset[Node]) -> Iterator[Problem]:
    if isinstance(node, Literal):
        yield Problem("owl-syntax", via, "a literal is no class")
    elif node == OWL.Thing:
        yield Problem("rl-thing", via, f"owl:Thing cannot stand for {place}")
    elif isinstance(node, BNode) and node in seen:
        yield Problem("owl-syntax", via, "the expression contains itself")
    elif isinstance(node, BNode):
        yield from expression_problems(graph, node, place, via, seen | {node})


def expression_problems(
    graph: Graph, node: Node, place: str, via: Triple, seen: frozenset[Node] = frozenset()
) -> Iterator[Problem]:
    """Yield the problems of what *node* is made of; it may also be a class with a name.

    Args:
        graph: The ontology.
        node: The expression.
        place: Where it stands.
        via: The triple whose object it is.
        seen: The expressions around it.
    """
    parts = [(node, part, value) for part in (*_PARTS, *_FILLERS) for value in ordered(graph.objects(node, part))]
    if not parts and isinstance(node, BNode):
        yield Problem("owl-syntax", via, "a blank node that is described as a class expression nowhere")
    for triple in parts:
        part = triple[1]
        if part in _FILLERS and isinstance(node, BNode) and (node, OWL.onProperty, None) not in graph:
            more = (node, OWL.onProperties, None) in graph
            rule, why = (
                ("rl-class", "it is about two properties") if more else ("owl-syntax", "owl:onProperty is missing")
            )
            yield Problem(rule, triple, why)
        elif part not in _ALLOWED[place]:
            yield Problem("rl-class", triple, f"{_short(part)} cannot stand for {place}")
        else:
            yield from _inner(graph, triple, place, seen)


def _inner(graph: Graph, triple: Triple, place: str, seen: frozenset[Node]) -> Iterator[Problem]:
    _, part, value = triple
    if part in (OWL.intersectionOf, OWL.unionOf):
        for member in items(graph, value):
            yield from _class(graph, member, place, triple, seen)
    elif part == OWL.complementOf:
        yield from _class(graph, value, SUB, triple, seen)
    elif part in (OWL.someValuesFrom, OWL.allValuesFrom):
        yield from _filler(graph, triple, place, seen)
    elif part in _CARDINALITIES:
        yield from _cardinality(graph, triple, seen)


def _cardinality(graph: Graph, triple: Triple, seen: frozenset[Node]) -> Iterator[Problem]:
    node, _, value = triple
    if integer(value) not in (0, 1):
        yield Problem("rl-class", triple, "a maximum can only be 0 or 1")
    for kind in (OWL.onClass, OWL.onDataRange):
        for filler in ordered(graph.objects(node, kind)):
            yield from _filler(graph, (node, kind, filler), SUB, seen)


def _filler(graph: Graph, triple: Triple, place: str, seen: frozenset[Node]) -> Iterator[Problem]:
    node, part, value = triple
    if part == OWL.onDataRange or is_data(graph, node, value):
        yield from range_problems(graph, value, triple)
    elif not (value == OWL.Thing and place == SUB):
        yield from _class(graph, value, place, triple, seen)


def range_problems(graph: Graph, node: Node, via: Triple) -> Iterator[Problem]:
    """Yield what OWL 2 RL does not allow of a data range (section 4.2.4): datatypes and their intersections only.

    Args:
        graph: The ontology.
        node: The data range.
        via: The triple whose object it is.
    """
    yield from _range(graph, node, via, frozenset())


def _range(graph: Graph, node: Node, via: Triple, seen: frozenset[Node]) -> Iterator[Problem]:
    if node in EXCLUDED:
        yield Problem("rl-range", via, f"the datatype {_short(node)} is left out")
    elif isinstance(node, URIRef):
        if node not in DATATYPES and str(node).startswith((str(XSD), str(RDF))):
            yield Problem("rl-datatype", via, f"{_short(node)} is not among the datatypes of OWL 2")
    elif isinstance(node, Literal) or node in seen:
        yield Problem("owl-syntax", via, "this is no data range")
    elif (node, OWL.intersectionOf, None) in graph:
        for value in ordered(graph.objects(node, OWL.intersectionOf)):
            for member in items(graph, value):
                yield from _range(graph, member, (node, OWL.intersectionOf, value), seen | {node})
    else:
        inner = [
            t for t in graph.triples((node, None, None)) if t[1] in (*_PARTS, OWL.onDatatype, OWL.withRestrictions)
        ]
        triple = min(inner, key=lambda t: t[1].n3(), default=via)
        yield Problem("rl-range", triple, "only datatypes and their intersections can be data ranges")


def is_data(graph: Graph, restriction: Node, filler: Node) -> bool:
    """Tell whether a restriction is about a data property, by its property or by its filler."""
    properties = list(graph.objects(restriction, OWL.onProperty))
    if any((each, RDF.type, OWL.ObjectProperty) in graph for each in properties):
        return False
    return is_datatype(graph, filler) or any((each, RDF.type, OWL.DatatypeProperty) in graph for each in properties)


def is_datatype(graph: Graph, node: Node) -> bool:
    """Tell whether *node* is a datatype or a data range."""
    named = node in DATATYPES or node in EXCLUDED or (isinstance(node, URIRef) and node.startswith(str(XSD)))
    return (
        named
        or node == RDF.langString
        or any((node, RDF.type, kind) in graph for kind in (RDFS.Datatype, OWL.DataRange))
    )


def _short(node: Node) -> str:
    for prefix, space in (("owl", OWL), ("xsd", XSD), ("rdf", RDF)):
        if str(node).startswith(str(space)):
            return f"{prefix}:{str(node)[len(str(space)) :]}"
    return str(node)
