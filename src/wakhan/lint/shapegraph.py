"""What a graph of shapes consists of: shapes, the shapes in them, their paths and targets."""

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.lint.project import cells, items, ordered
from wakhan.names import Triple, curie
from wakhan.paths import path_text

PARTS = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
"""The properties of a shape whose value is a shape."""

LISTS = (SH["and"], SH["or"], SH.xone)
"""The properties of a shape whose value is a list of shapes."""

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
"""How a shape says what it looks at."""

COUNTS = (SH.minCount, SH.maxCount, SH.qualifiedMinCount, SH.qualifiedMaxCount)
LENGTHS = (SH.minLength, SH.maxLength)
BOUNDS = (SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive)
PAIRS = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
CONSTRAINTS = frozenset({
    *PARTS, *LISTS, *COUNTS, *LENGTHS, *BOUNDS, *PAIRS, SH["class"], SH.datatype, SH.nodeKind, SH["in"], SH.hasValue,
    SH.pattern, SH.flags, SH.languageIn, SH.uniqueLang, SH.closed, SH.ignoredProperties, SH.sparql, SH.expression,
    SH.js, SH.qualifiedValueShapesDisjoint,
})  # fmt: skip
"""The properties of a shape that demand something, or say how much."""

PATHS = (SH.inversePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)
"""The properties of a path whose value is a path."""


def shapes_in(graph: Graph) -> list[Node]:
    """Return all shapes of *graph*: whatever has the type, a target, a constraint or the place of one."""
    found = {node for kind in (SH.NodeShape, SH.PropertyShape) for node in graph.subjects(RDF.type, kind)}
    for predicate in (*TARGETS, *CONSTRAINTS, SH.path):
        found.update(graph.subjects(predicate))
    for predicate in PARTS:
        found.update(graph.objects(None, predicate))
    for predicate in LISTS:
        found.update(item for head in graph.objects(None, predicate) for item in items(graph, head))
    parameters = set(graph.objects(None, SH.parameter))
    return ordered(node for node in found - parameters if not isinstance(node, Literal))


def parts_of(graph: Graph, shape: Node) -> Iterator[tuple[Triple, Node]]:
    """Yield the shapes that a shape refers to, each with the triple that does it."""
    for predicate in PARTS:
        for part in ordered(graph.objects(shape, predicate)):
            yield (shape, predicate, part), part
    for predicate in LISTS:
        for head in ordered(graph.objects(shape, predicate)):
            for cell, part in cells(graph, head):
                yield ((shape, predicate, head) if cell == head else (cell, RDF.first, part)), part


def is_deactivated(graph: Graph, shape: Node) -> bool:
    """Tell whether *shape* is switched off."""
    return any(isinstance(value, Literal) and value.value is True for value in graph.objects(shape, SH.deactivated))


def is_class(graph: Graph, shape: Node) -> bool:
    """Tell whether *shape* is also a class, so that it looks at the instances of itself."""
    return any((shape, RDF.type, kind) in graph for kind in (RDFS.Class, OWL.Class)) and any(
        (shape, RDF.type, kind) in graph for kind in (SH.NodeShape, SH.PropertyShape)
    )


def steps_of(graph: Graph, path: Node) -> Iterator[tuple[Triple | None, URIRef]]:
    """Yield the properties of a path, each with the triple inside the path that names it, if it is inside one."""
    waiting: list[tuple[Triple | None, Node]] = [(None, path)]
    seen: set[Node] = set()
    while waiting:
        triple, node = waiting.pop()
        if isinstance(node, URIRef):
            yield triple, node
        elif isinstance(node, BNode) and node not in seen:
            seen.add(node)
            waiting += _inside(graph, node)


def _inside(graph: Graph, node: Node) -> list[tuple[Triple | None, Node]]:
    inner: list[tuple[Triple | None, Node]] = [((cell, RDF.first, step), step) for cell, step in cells(graph, node)]
    for head in ordered(graph.objects(node, SH.alternativePath)):
        inner += [((cell, RDF.first, step), step) for cell, step in cells(graph, head)]
    for kind in PATHS:
        inner += [((node, kind, step), step) for step in ordered(graph.objects(node, kind))]
    return inner


def path_of(graph: Graph, shape: Node) -> str:
    """Return the path of a property shape as SPARQL writes it, with full IRIs; nothing for another shape."""
    paths = ordered(graph.objects(shape, SH.path))
    return path_text(graph, paths[0], lambda node: node.n3()) if paths else ""


def named(graph: Graph, node: Node) -> Node:
    """Return *node*, or if it is a blank node the nearest node above it that has a name, if there is one."""
    level, seen = [node], {node}
    while level:
        names = sorted(each for each in level if isinstance(each, URIRef))
        if names:
            return names[0]
        level = [parent for parent in {s for each in level for s in graph.subjects(None, each)} if parent not in seen]
        seen.update(level)
    return node


def title(graph: Graph, node: Node) -> str:
    """Return how a person would call a shape: its name, or where it belongs and its path.

    Args:
        graph: The shapes.
        node: The shape.
    """
    if isinstance(node, URIRef):
        return curie(node, graph)
    owner = named(graph, node)
    place = f" in {curie(owner, graph)}" if isinstance(owner, URIRef) else ""
    paths = ordered(graph.objects(node, SH.path))
    if paths:
        return f"the shape of {path_text(graph, paths[0], lambda step: curie(step, graph))}{place}"
    return f"a shape{place}"
