"""Check shapes and ontology with shapes: the W3C's own shapes for shapes, and those of the project about terms."""

from collections.abc import Iterable, Iterator

from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.findings import Result, Rule
from wakhan.lint.project import Project, found, ordered
from wakhan.lint.samples import samples
from wakhan.lint.shapegraph import title
from wakhan.lint.vocabularies import shacl_shapes
from wakhan.names import Triple, local_name
from wakhan.reason import union
from wakhan.shacl import ShapeError, check
from wakhan.suggest import split

RULES = {
    "shape-syntax": Rule("syntax of shapes", "The W3C's shapes for shapes say that engines may refuse it."),
    "shape-unusable": Rule("shapes that cannot be used", "With one such shape nothing can be checked."),
}

_META = frozenset(str(space) for space in (OWL, RDF, RDFS, SH, SKOS))
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


def check_syntax(project: Project, told: Iterable[Result]) -> Iterator[Result]:
    """Yield what the W3C's shapes find wrong with the shapes.

    Args:
        project: What is checked.
        told: What is known already; a node in which another rule found the mistake is not told again.
    """
    graph = project.shapes
    triples = [triple for result in told if result.severity == "violation" for triple in result.triples]
    known = {node for triple in triples for node in (triple[0], triple[2])}
    try:
        some, alike = samples(graph)
        results = check(some, shacl_shapes()).results
    except (WakhanError, RecursionError):  # on a list or a path that goes in a circle, which is told already
        return
    places: dict[Triple, Result] = {}
    for result in results:
        if result.focus is not None and not known & _within(graph, result.focus):
            triple = _triple(graph, result)
            if triple is not None and triple not in places and triple[0] not in known:
                places[triple] = result
    for triple, result in places.items():
        what = f"sh:{local_name(triple[1])}" if str(triple[1]).startswith(str(SH)) else project.name(triple[1])
        component = local_name(result.component or SH.ConstraintComponent).removesuffix("ConstraintComponent")
        more = f" So are {alike[triple[0]]} shapes like it." if alike.get(triple[0]) else ""
        message = f"{what} of {title(graph, triple[0])} is not as SHACL has it ({component}).{more}"
        yield found("shape-syntax", "violation", triple, message)


def _within(graph: Graph, node: Node) -> set[Node]:
    """Return *node* and the blank nodes that it leads to."""
    reached, waiting = {node}, [node]
    while waiting:
        inner = {value for value in graph.objects(waiting.pop()) if isinstance(value, BNode)} - reached
        reached |= inner
        waiting += inner
    return reached


def _triple(graph: Graph, result: Result) -> Triple | None:
    """Return the triple of the shapes that a result is about, as far as that can be said."""
    focus = result.focus
    assert focus is not None
    if isinstance(result.path, URIRef):
        if result.value is not None and (focus, result.path, result.value) in graph:
            return focus, result.path, result.value
        values = ordered(graph.objects(focus, result.path))
        if values:
            return focus, result.path, values[-1]
    above = sorted(graph.triples((None, None, focus)), key=lambda t: tuple(map(str, t)))
    if (focus, None, None) in graph and not (isinstance(focus, BNode) and above):
        return _first(graph, focus)
    return above[0] if above else None


def check_about(project: Project, told: Iterable[Result]) -> Iterator[Result]:
    """Yield what the project's own shapes find wrong with its terms and shapes.

    These are the shapes whose targets are all of the vocabularies in which ontologies and shapes are written, such as
    owl:Class and sh:PropertyShape. The results keep the names of their shapes.

    Args:
        project: What is checked.
        told: What is known already; if a mistake in the shapes is, it is not told again that they cannot be used.
    """
    chosen = about_terms(project.shapes)
    if not any((None, kind, None) in chosen for kind in _TARGETS):
        return
    try:
        results = check(project.meanings, chosen).results
    except ShapeError as error:
        node = error.node if error.node in project.subjects else None
        triple = _first(chosen, node or ordered(set(chosen.subjects(SH.targetClass)))[0])
        if not any(result.severity == "violation" and result.source == "lint" for result in told):
            yield found("shape-unusable", "violation", triple, f"{error.message[0].upper()}{error.message[1:]}.")
        return
    yield from (result._replace(source="lint") for result in results)


def _first(graph: Graph, node: Node) -> Triple:
    return min(graph.triples((node, None, None)), key=lambda t: (t[1] != RDF.type, t[1].n3(), t[2].n3()))


def about_terms(shapes: Graph) -> Graph:
    """Return *shapes* without the targets of those that look at more than terms and shapes."""
    dropped = (*_TARGETS, SH.targetNode, SH.target, SH.rule)
    kept = (triple for triple in shapes if triple[1] not in dropped or _is_meta(shapes, triple[0]))
    return union(kept, namespaces=shapes)


def _is_meta(shapes: Graph, shape: Node) -> bool:
    targets = [value for kind in _TARGETS for value in shapes.objects(shape, kind)]
    other = any((shape, kind, None) in shapes for kind in (SH.targetNode, SH.target))
    return bool(targets) and not other and all(split(str(value))[0] in _META for value in targets)
