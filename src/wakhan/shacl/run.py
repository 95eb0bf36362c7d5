"""Check a graph against SHACL shapes: shifty says where to look, if it is there, and pySHACL what is wrong there.

pySHACL is read only where it is needed, for that alone takes longer than to check small data that conform.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from rdflib import RDF, RDFS, SH, BNode, Graph
from rdflib.term import Node

from wakhan.choices import ENGINES, SEVERITIES
from wakhan.errors import UsageError, WakhanError
from wakhan.findings import Result
from wakhan.names import Triple
from wakhan.reason import union
from wakhan.shacl.raws import Raw, renamed, result_of, severity_of
from wakhan.shacl.shifty import EVERYWHERE, Look, look


class Checked(NamedTuple):
    """What the shapes found.

    Attributes:
        results: The results that were kept, the worst first, then by shape and focus node.
        counts: How many there are of each severity, those that were not kept included.
        conforms: Whether there are none.
        w3c: The validation report with the results that were kept, if it was asked for.
        notes: What the fast engine left to pySHACL, and why; only for who asked for this engine.
    """

    results: list[Result]
    counts: dict[str, int]
    conforms: bool
    w3c: Graph | None
    notes: tuple[str, ...] = ()


class ShapeError(WakhanError):
    """A shape cannot be used; ``node`` is the shape."""

    def __init__(self, message: str, node: Node | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.node = node


def check(
    data: Graph,
    shapes: Graph,
    ontology: Graph | None = None,
    *,
    limit: int | None = None,
    w3c: bool = False,
    engine: str | None = None,
) -> Checked:
    """Return what *shapes* find in *data*.

    Args:
        data: What to check. Nothing is inferred, save what the shapes' own ``sh:rule`` say; it is not changed.
        shapes: The SHACL shapes, with SHACL-SPARQL and the advanced features.
        ontology: Its classes and properties and their relations are taken into account, as pySHACL does it.
        limit: How many results to keep; all if not given.
        w3c: Whether to make the validation report too.
        engine: ``fast`` or ``reference``; if not given, the fast one where it is installed.

    Raises:
        ShapeError: A shape is wrong, or its query does not end well.
        UsageError: There is no such engine.
    """
    check_engine(engine)
    whole = data if ontology is None else with_terms(data, ontology)
    where = EVERYWHERE if engine == "reference" else look(whole, shapes)
    kept: dict[str, list[tuple[Result, Raw]]] = {severity: [] for severity in SEVERITIES}
    counts = dict.fromkeys(SEVERITIES, 0)
    for shape_graph, raw in _raw_results(whole, shapes, where):
        severity = severity_of(raw)
        counts[severity] += 1
        if limit is None or len(kept[severity]) < limit:
            kept[severity].append((result_of(raw, shape_graph), raw if w3c else ("", BNode("none"), [])))
    worst_first = [pair for severity in SEVERITIES for pair in kept[severity]][:limit]
    conforms = not any(counts.values())
    report = _report(shapes, conforms, [raw for _, raw in worst_first]) if w3c else None
    return Checked(
        [result for result, _ in worst_first], counts, conforms, report, where.notes if engine == "fast" else ()
    )


def check_engine(engine: str | None) -> None:
    """Let no engine pass that there is not.

    Raises:
        UsageError: There is no such engine.
    """
    if engine is not None and engine not in ENGINES:
        raise UsageError(f"no engine is called {engine!r}", hint=f"It can be: {', '.join(ENGINES)}.")


def rules_first(shapes: Graph) -> Iterator[Triple]:
    """Yield the triples of *shapes*, those with ``sh:rule`` first and in the order of the file.

    pySHACL applies rules without ``sh:order`` in the order in which it meets them, and a graph has no other order than
    that in which the triples of one property were added.
    """
    return chain(shapes.triples((None, SH.rule, None)), shapes)


def with_prefixes(shapes: Graph, ontology: Graph) -> Graph:
    """Return *shapes* with the prefixes that the ontology declares for their queries."""
    declared = (axiom for axiom in ontology if axiom[1] in (SH.declare, SH.prefix, SH.namespace))
    return union(shapes, declared, namespaces=shapes)


def with_terms(data: Graph, ontology: Graph) -> Graph:
    """Return *data* with the classes and properties of *ontology* and their relations, as pySHACL joins them."""
    from wakhan.shacl import reference

    return reference.with_terms(data, ontology)


def targets(data: Graph, shapes: Graph) -> dict[Node, int]:
    """Return how many focus nodes each shape with a target has in *data*, by shape."""
    if (None, SH.target, None) in shapes or any(_classes(shapes)):  # a query, or a class that is a shape itself
        from wakhan.shacl import reference

        return reference.targets(data, shapes)
    found: dict[Node, set[Node]] = {}
    for kind, nodes in _TARGETS.items():
        for shape, target in shapes.subject_objects(kind):
            found.setdefault(shape, set()).update(nodes(data, target))
    return {shape: len(focus) for shape, focus in found.items()}


def looks_at_something(data: Graph, shapes: Graph) -> bool:
    """Tell whether any shape has a focus node in *data*."""
    patterns = ((kind, target) for kind in _TARGETS for target in shapes.objects(None, kind))
    return any(True for kind, target in patterns for _ in _TARGETS[kind](data, target)) or any(
        targets(data, shapes).values()
    )


def _classes(shapes: Graph) -> Iterator[Node]:
    for kind in (RDFS.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)):
        yield from shapes.subjects(RDF.type, kind)


def _instances(data: Graph, cls: Node) -> Iterator[Node]:
    for below in data.transitive_subjects(RDFS.subClassOf, cls):
        yield from data.subjects(RDF.type, below)


_TARGETS: dict[Node, Callable[[Graph, Node], Iterable[Node]]] = {
    SH.targetNode: lambda data, target: (target,),
    SH.targetClass: _instances,
    SH.targetSubjectsOf: lambda data, target: data.subjects(target),
    SH.targetObjectsOf: lambda data, target: data.objects(None, target),
}
"""Each kind of target, and the nodes that it stands for."""


def _raw_results(data: Graph, shapes: Graph, where: Look) -> Iterator[tuple[Graph, Raw]]:
    if where.is_nowhere:
        return iter(())
    from wakhan.shacl.reference import raw_results

    return raw_results(data, shapes, where)


def _report(shapes: Graph, conforms: bool, raws: list[Raw]) -> Graph:
    from wakhan.shacl.reference import report

    return report(shapes, conforms, renamed(raws))
