"""Shapes that refer to themselves, and shapes that say the same thing twice."""

from collections.abc import Iterator
from itertools import combinations

from rdflib import RDF, SH, BNode, Graph
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint.project import Project, found, items, ordered
from wakhan.lint.shapegraph import CONSTRAINTS, LISTS, parts_of, path_of, shapes_in, title
from wakhan.names import Triple

RULES = {
    "duplicate-shape": Rule("duplicate shapes", "What is checked twice is reported twice.", "warning"),
    "recursive-shape": Rule(
        "recursive shapes", "SHACL does not say what a shape means that refers to itself.", "warning"
    ),
}


def check_recursion(project: Project) -> Iterator[Result]:
    """Yield the shapes that refer to themselves and those of a shape that check the same of the same path."""
    yield from _recursive(project.shapes)
    yield from _duplicates(project.shapes)


def _recursive(graph: Graph) -> Iterator[Result]:
    """Yield each reference that closes a circle (section 3.4.3 of SHACL)."""
    done: set[Node] = set()
    for start in shapes_in(graph):
        path: list[Node] = []
        waiting: list[tuple[Node | None, Triple | None]] = [(start, None)]
        while waiting:
            shape, triple = waiting.pop()
            if shape is None:
                done.add(path.pop())
            elif shape in path and triple is not None:
                message = f"{title(graph, shape)} refers to itself by way of {title(graph, triple[0])}."
                yield found("recursive-shape", "warning", triple, message)
            elif shape not in done:
                path.append(shape)
                waiting.append((None, None))
                waiting += reversed([(part, reference) for reference, part in parts_of(graph, shape)])


def _duplicates(graph: Graph) -> Iterator[Result]:
    for shape in ordered(set(graph.subjects(SH.property))):
        signatures = {part: _signature(graph, part) for part in ordered(graph.objects(shape, SH.property))}
        for one, other in combinations(signatures, 2):
            if (
                signatures[one]
                and signatures[one] == signatures[other]
                and path_of(graph, one) == path_of(graph, other)
            ):
                message = f"{title(graph, shape)} checks the same of the same path twice: {title(graph, other)}."
                triples = [(shape, SH.property, other), (shape, SH.property, one)]
                yield found("duplicate-shape", "warning", triples[0], message, more=triples[1:])


def _signature(graph: Graph, shape: Node) -> frozenset[str]:
    """Return all that a shape demands, as texts; of one that refers to itself nothing."""
    try:
        return frozenset(_demands(graph, shape, frozenset()))
    except RecursionError:
        return frozenset()


def _demands(graph: Graph, shape: Node, around: frozenset[Node]) -> Iterator[str]:
    for predicate, value in graph.predicate_objects(shape):
        if predicate in CONSTRAINTS:
            written = _written(graph, value, predicate in LISTS or predicate == SH["in"], around | {shape})
            yield f"{predicate.n3()} {written}"


def _written(graph: Graph, value: Node, is_list: bool, around: frozenset[Node]) -> str:
    if is_list or (value, RDF.first, None) in graph:
        return f"({' '.join(_written(graph, item, False, around) for item in items(graph, value))})"
    if not isinstance(value, BNode) or value in around:
        return value.n3()
    return f"[{path_of(graph, value)} {' '.join(sorted(_demands(graph, value, around)))}]"
