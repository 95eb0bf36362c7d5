"""Choose one shape of each form, so that a slow check need not look at thousands that are alike."""

from collections import defaultdict

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal
from rdflib.term import Node

from wakhan.lint.project import ordered
from wakhan.lint.shapegraph import shapes_in
from wakhan.names import new_graph

_DROPPED = (SH.property, SH.node)
"""The references that can be left out with the shape that they lead to, for nothing depends on how many there are."""

_SYNTAX = (str(SH), str(RDF))
_EXACT = (*_SYNTAX, str(RDFS), str(OWL))
"""The vocabularies whose terms syntax depends on."""


def samples(graph: Graph) -> tuple[Graph, dict[Node, int]]:
    """Return *graph* with one shape of each form, and how many like it were left out.

    Shapes have the same form if they have the same properties with the same kinds of values and are referred to in the
    same ways: a check of syntax finds the same in each. A shape in a list is never left out.

    Args:
        graph: The shapes; they are not changed.
    """
    groups: dict[object, list[Node]] = defaultdict(list)
    for shape in shapes_in(graph):
        ways = frozenset(graph.predicates(None, shape))
        if all(way in _DROPPED or not str(way).startswith(_SYNTAX) for way in ways):
            groups[(type(shape), _form(graph, shape, frozenset()), ways)].append(shape)
    others = {shape for group in groups.values() for shape in group[1:]}
    gone = others | _inside(graph, others)
    kept = new_graph()
    for triple in graph:
        if triple[0] not in gone and not (triple[1] in _DROPPED and triple[2] in others):
            kept.add(triple)
    return kept, {group[0]: len(group) - 1 for group in groups.values() if len(group) > 1}


def _form(graph: Graph, node: Node, around: frozenset[Node]) -> frozenset[tuple[str, int, object]]:
    """Return what matters of a node for its syntax: its properties of SHACL and RDF, and the kinds of their values."""
    found = []
    for predicate in ordered(set(graph.predicates(node))):
        if str(predicate).startswith(_SYNTAX):
            values = list(graph.objects(node, predicate))
            count = 1 if predicate in _DROPPED else len(values)
            found += [(str(predicate), count, _kind(graph, value, around | {node})) for value in values]
    return frozenset(found)


def _kind(graph: Graph, value: Node, around: frozenset[Node]) -> object:
    if isinstance(value, Literal):
        return str(value.datatype), bool(value.language), str(value) if isinstance(value.value, bool) else ""
    if isinstance(value, BNode):
        return "circle" if value in around else _form(graph, value, around)
    return str(value) if str(value).startswith(_EXACT) else "IRI"


def _inside(graph: Graph, nodes: set[Node]) -> set[Node]:
    """Return the blank nodes to which only *nodes* and these lead."""
    inside: set[Node] = set()
    waiting = list(nodes)
    while waiting:
        for value in graph.objects(waiting.pop()):
            parents = graph.subjects(None, value) if isinstance(value, BNode) else iter([value])
            if value not in inside and all(parent in inside or parent in nodes for parent in parents):
                inside.add(value)
                waiting.append(value)
    return inside
