"""Closed shapes that forbid what they or other shapes demand of the same nodes."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint.contradictions import groups_of
from wakhan.lint.demands import Demands, together
from wakhan.lint.project import Project, found, items, ordered
from wakhan.lint.shapegraph import is_class, is_deactivated, shapes_in, title
from wakhan.names import Triple, curie

RULES = {"closed-shape": Rule("closed shapes", "A closed shape that forbids what is demanded makes everything wrong.")}


def check_closed(project: Project) -> Iterator[Result]:
    """Yield what closed shapes forbid although it is demanded, each contradiction once."""
    graph = project.shapes
    if (None, SH.closed, None) not in graph:
        return
    roots = [shape for shape in shapes_in(graph) if (shape, SH.path, None) not in graph]
    active = [shape for shape in roots if not is_deactivated(graph, shape)]
    targets = {shape: _targets(graph, shape) for shape in active}
    told: set[frozenset[Triple]] = set()
    for shape in active:
        for why, triples in _clashes(project, shape, targets):
            if frozenset(triples) not in told:
                told.add(frozenset(triples))
                severities = {value for triple in triples for value in graph.objects(triple[0], SH.severity)}
                severity = "warning" if severities - {SH.Violation} else "violation"
                message = f"{title(graph, triples[0][0])}: {why}."
                yield found("closed-shape", severity, triples[0], message, more=triples[1:])


def _targets(graph: Graph, shape: Node) -> dict[Node, Triple]:
    """Return the classes whose instances a shape looks at, each with the triple that says so."""
    classes: dict[Node, Triple] = {cls: (shape, SH.targetClass, cls) for cls in graph.objects(shape, SH.targetClass)}
    return classes | ({shape: (shape, RDF.type, SH.NodeShape)} if is_class(graph, shape) else {})


def _clashes(
    project: Project, shape: Node, targets: dict[Node, dict[Node, Triple]]
) -> Iterator[tuple[str, list[Triple]]]:
    graph = project.shapes
    closed = [t for t in together(graph, [shape], values=False).triples(SH.closed) if t[2] == Literal(True)]
    if not closed:
        return
    classes = {above for cls in targets[shape] for above in _above(project.everything, cls)}
    others = [other for other in targets if other != shape and targets[other].keys() & classes]
    demands = together(graph, [shape, *others], values=False)
    for triple in closed:
        known = _known(graph, triple[0])
        yield from _demanded(demands, triple, known)
        if targets[shape] and RDF.type not in known:
            text = "the shape is closed and does not ignore rdf:type, which everything has that it looks at"
            yield text, [triple, min(targets[shape].values(), key=lambda target: target[2].n3())]


def _known(graph: Graph, shape: Node) -> set[Node]:
    """Return the properties that a closed shape allows (section 4.8.1 of SHACL)."""
    known = {path for part in graph.objects(shape, SH.property) for path in graph.objects(part, SH.path)}
    return known | {item for head in graph.objects(shape, SH.ignoredProperties) for item in items(graph, head)}


def _demanded(demands: Demands, closed: Triple, known: set[Node]) -> Iterator[tuple[str, list[Triple]]]:
    for group in groups_of(demands).values():
        number, triples = together(demands.graph, group, values=True).least()
        path = ordered(demands.graph.objects(group[0], SH.path))[0]
        if number > 0 and isinstance(path, URIRef) and path not in known:
            name = curie(path, demands.graph)
            yield f"{name} is demanded, but {title(demands.graph, closed[0])} is closed without it", [*triples, closed]


def _above(graph: Graph, cls: Node) -> set[Node]:
    return {cls} | {each for each in graph.transitive_objects(cls, RDFS.subClassOf) if each is not None}
