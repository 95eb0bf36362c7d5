"""A shapes graph as a whole: which shapes it has, what they are made of, and whether pySHACL would load them."""

from collections.abc import Iterable, Iterator

from rdflib import RDF, RDFS, SH, XSD, Graph, Literal
from rdflib.term import Node

from wakhan.names import Triple

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)

_CONNECTIVES = (SH["and"], SH["or"], SH.xone)

_LINKS = frozenset(
    {SH.property, SH.node, SH["not"], SH["and"], SH["or"], SH.xone, SH.qualifiedValueShape, SH.sparql, SH.prefixes}
    | {SH.declare, SH.path, SH.inversePath, SH.alternativePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath}
)
"""What leads from a shape to its parts."""
_LISTS = (SH["in"], SH.languageIn, SH.ignoredProperties)
"""What leads to a list of values, which are no parts."""
_BEYOND = (
    (RDF.type, SH.ConstraintComponent, "constraint components of its own"),
    (RDF.type, SH.SPARQLFunction, "functions"),
    (RDF.type, SH.JSFunction, "functions"),
    (RDF.type, SH.SPARQLTargetType, "target types"),
    (RDF.type, SH.JSTargetType, "target types"),
    (RDF.type, SH.TargetType, "target types"),
    (RDFS.subClassOf, SH.ConstraintComponent, "constraint components of its own"),
    (SH.rule, None, "rules"),
    (SH.parameter, None, "parameters"),
    (SH.js, None, "JavaScript"),
    (SH.jsLibrary, None, "JavaScript"),
    (SH.entailment, None, "entailment"),
    (SH.shapesGraph, None, "other shapes graphs"),
)


def roots(graph: Graph) -> list[Node]:
    """Return the shapes that have targets, sorted."""
    classes = {RDFS.Class, *graph.subjects(RDFS.subClassOf, RDFS.Class)}
    found = {node for target in TARGETS for node in graph.subjects(target)}
    found |= {node for node in shape_like(graph) if not classes.isdisjoint(graph.objects(node, RDF.type))}
    return sorted(found, key=lambda node: node.n3())


def parts(graph: Graph, shapes: Iterable[Node]) -> Iterator[Triple]:
    """Yield the triples that *shapes* are made of, and those that make classes of them."""
    yield from graph.triples((None, RDFS.subClassOf, RDFS.Class))
    waiting, seen = [(root, False) for root in shapes], set[tuple[Node, bool]]()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        node, is_value = here
        for predicate, value in graph.predicate_objects(node):
            yield node, predicate, value
            if predicate in _LINKS or (predicate == RDF.first and not is_value):
                waiting.append((value, False))
            elif predicate in _LISTS or predicate == RDF.rest:
                waiting.append((value, is_value or predicate in _LISTS))


def beyond(graph: Graph) -> str | None:
    """Return what the whole graph has that only pySHACL knows to load, or None."""
    for predicate, value, name in _BEYOND:
        if (None, predicate, value) in graph:
            return name
    return None if _loads(graph) else "shapes that are not well-formed"


def shape_like(graph: Graph) -> Iterator[Node]:
    """Yield the nodes of which one thing or another says that they are shapes, each once."""
    shaping = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
    found = {node for kind in (SH.NodeShape, SH.PropertyShape) for node in graph.subjects(RDF.type, kind)}
    for predicate in (*TARGETS, *shaping, *_CONNECTIVES, SH.deactivated):
        found.update(graph.subjects(predicate))
    for predicate in shaping:
        found.update(graph.objects(None, predicate))
    for predicate in _CONNECTIVES:
        for head in graph.objects(None, predicate):
            found.update(graph.items(head))
    yield from found


def is_yes_or_no(value: Node) -> bool:
    """Tell whether *value* is a truth value, written in the one form that all engines take for one."""
    return isinstance(value, Literal) and value.datatype == XSD.boolean and str(value) in ("true", "false")


def _loads(graph: Graph) -> bool:
    """Tell whether pySHACL loads the shapes without a complaint."""
    try:
        return all(_is_sound(shape, graph) for shape in shape_like(graph))
    except ValueError:
        return False


def _is_sound(shape: Node, graph: Graph) -> bool:
    paths, types = list(graph.objects(shape, SH.path)), set(graph.objects(shape, RDF.type))
    is_property = SH.PropertyShape in types
    lists = (head for connective in _CONNECTIVES for head in graph.objects(shape, connective))
    return (
        not isinstance(shape, Literal)
        and all(any(graph.items(head)) for head in lists)
        and len(paths) == (1 if is_property else min(len(paths), 1))
        and not (SH.NodeShape in types and (paths or is_property))
        and all(is_yes_or_no(value) for value in graph.objects(shape, SH.deactivated))
        and len(list(graph.objects(shape, SH.deactivated))) < 2
    )
