"""The form of shapes: that each property of SHACL exists, has values that it can have, and stands where it counts.

These are the syntax rules of *SHACL* (https://www.w3.org/TR/shacl/#syntax-rules) that a person breaks by mistake, in
words; `wakhan.lint.about` applies the W3C's own shapes for shapes, too.
"""

import re
from collections.abc import Iterator
from itertools import chain

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint.faults import list_fault, path_fault, pattern_fault, value_fault
from wakhan.lint.project import Project, found, ordered
from wakhan.lint.shapegraph import BOUNDS, COUNTS, LENGTHS, LISTS, TARGETS, title
from wakhan.lint.vocabularies import shacl_terms
from wakhan.names import Triple, local_name

RULES = {
    "shacl-term": Rule("terms of SHACL", "Engines pass over a property that SHACL does not have, and say nothing."),
    "shape-idle": Rule("idle properties", "A property without the one that it belongs to does nothing.", "warning"),
    "shape-list": Rule("lists", "A list that does not end well cannot be read."),
    "shape-parameter": Rule(
        "values of SHACL properties", "Engines pass over values that they do not expect, or give up."
    ),
    "shape-path": Rule("paths", "A path that is not well-formed leads nowhere."),
    "shape-pattern": Rule("patterns", "A regular expression that cannot be read makes the whole shape useless."),
    "shape-text": Rule("names and messages", "Whoever reads a finding wants to know what to do.", "info"),
}

_LISTS = (*LISTS, SH["in"], SH.languageIn, SH.ignoredProperties)
_ONCE = (
    SH.path, SH.severity, SH.deactivated, SH.closed, SH.ignoredProperties, SH.datatype, SH.nodeKind, SH["in"],
    SH.languageIn, SH.uniqueLang, *COUNTS, *LENGTHS, *BOUNDS, SH.pattern, SH.flags, SH.qualifiedValueShape,
    SH.qualifiedValueShapesDisjoint,
)  # fmt: skip
_NEEDS: tuple[tuple[URIRef, tuple[URIRef, ...]], ...] = (
    (SH.flags, (SH.pattern,)),
    (SH.ignoredProperties, (SH.closed,)),
    (SH.qualifiedMinCount, (SH.qualifiedValueShape,)),
    (SH.qualifiedMaxCount, (SH.qualifiedValueShape,)),
    (SH.qualifiedValueShape, (SH.qualifiedMinCount, SH.qualifiedMaxCount)),
)
_MOST = 0.5  # what more than this part of the shapes has, all should have
_FLAGS = re.compile(r"[smixq]*")


def check_shapes(project: Project) -> Iterator[Result]:
    """Yield what is wrong with the form of the shapes."""
    graph = project.shapes
    for predicate in sorted({p for p in graph.predicates() if str(p).startswith(str(SH))}, key=str):
        for subject, value in sorted(graph.subject_objects(predicate), key=lambda pair: (pair[0].n3(), pair[1].n3())):
            triple = (subject, predicate, value)
            why = value_fault(graph, triple)
            if why:
                yield found("shape-parameter", "violation", triple, f"{_in(graph, triple)} {why}.")
    checks = (_kinds, _terms, _twice, _lists, _paths, _patterns, _idle, _texts)
    yield from chain.from_iterable(check(project) for check in checks)


def _in(graph: Graph, triple: Triple) -> str:
    return f"sh:{local_name(triple[1])} of {title(graph, triple[0])}"


def _kinds(project: Project) -> Iterator[Result]:
    graph = project.shapes
    for shape in ordered(graph.subjects(RDF.type, SH.NodeShape)):
        for path in ordered(graph.objects(shape, SH.path)):
            message = f"{title(graph, shape)} is a node shape, but has a sh:path, which makes it a property shape."
            yield found("shape-parameter", "violation", (shape, SH.path, path), message)
    for shape in ordered(graph.subjects(RDF.type, SH.PropertyShape)):
        if (shape, SH.path, None) not in graph and (None, SH.property, shape) not in graph:
            triple = (shape, RDF.type, SH.PropertyShape)
            yield found("shape-parameter", "violation", triple, f"{title(graph, shape)} has no sh:path.")


def _terms(project: Project) -> Iterator[Result]:
    known = shacl_terms()
    uses: dict[URIRef, list[Triple]] = {}
    for triple in project.shapes:
        for node in triple[1:]:
            if isinstance(node, URIRef) and node.startswith(str(SH)) and node not in known:
                uses.setdefault(node, []).append(triple)
    for term in sorted(uses):
        triples = sorted(uses[term], key=lambda triple: tuple(node.n3() for node in triple))
        hint = project.meant(term, known)
        message = f"SHACL has no {project.name(term)}: engines pass over it."
        yield found("shacl-term", "violation" if hint else "warning", triples[0], message, hint=hint, more=triples[1:6])


def _twice(project: Project) -> Iterator[Result]:
    for predicate in _ONCE:
        for subject in ordered(set(project.shapes.subjects(predicate))):
            triples = [(subject, predicate, value) for value in ordered(project.shapes.objects(subject, predicate))]
            if len(triples) > 1:
                message = f"{_in(project.shapes, triples[0])} is given {len(triples)} times: keep one."
                yield found("shape-parameter", "violation", triples[1], message, more=[triples[0], *triples[2:]])


def _lists(project: Project) -> Iterator[Result]:
    for predicate in _LISTS:
        for subject, head in sorted(project.shapes.subject_objects(predicate), key=lambda pair: pair[0].n3()):
            triple = (subject, predicate, head)
            why = list_fault(project.shapes, head)
            if why:
                yield found("shape-list", "violation", triple, f"{_in(project.shapes, triple)} {why}.")
            elif head == RDF.nil and predicate != SH.ignoredProperties:
                yield found("shape-list", "warning", triple, f"{_in(project.shapes, triple)} is an empty list.")


def _paths(project: Project) -> Iterator[Result]:
    for subject, path in sorted(project.shapes.subject_objects(SH.path), key=lambda pair: pair[0].n3()):
        why = path_fault(project.shapes, path, frozenset())
        if why:
            triple = (subject, SH.path, path)
            yield found("shape-path", "violation", triple, f"The path of {title(project.shapes, subject)} {why}.")


def _patterns(project: Project) -> Iterator[Result]:
    for subject, pattern in sorted(project.shapes.subject_objects(SH.pattern), key=lambda pair: pair[0].n3()):
        triple = (subject, SH.pattern, pattern)
        why = pattern_fault(str(pattern))
        if why:
            message = f"{_in(project.shapes, triple)} is not a regular expression: {why}."
            yield found("shape-pattern", "violation", triple, message)
    for subject, flags in sorted(project.shapes.subject_objects(SH.flags), key=lambda pair: pair[0].n3()):
        if not _FLAGS.fullmatch(str(flags)):
            message = f"{_in(project.shapes, (subject, SH.flags, flags))} can have the letters s, m, i, x and q."
            yield found("shape-pattern", "violation", (subject, SH.flags, flags), message)


def _idle(project: Project) -> Iterator[Result]:
    for predicate, others in _NEEDS:
        for subject in ordered(set(project.shapes.subjects(predicate))):
            if not any((subject, other, None) in project.shapes for other in others):
                triple = (subject, predicate, ordered(project.shapes.objects(subject, predicate))[0])
                names = " or ".join("sh:" + local_name(other) for other in others)
                yield found(
                    "shape-idle", "warning", triple, f"{_in(project.shapes, triple)} does nothing without {names}."
                )


def _texts(project: Project) -> Iterator[Result]:
    graph = project.shapes
    shapes = set(graph.subjects(RDF.type, SH.PropertyShape)) | set(graph.objects(None, SH.property))
    constraints = set(graph.objects(None, SH.sparql))
    yield from _lacking(project, shapes | constraints, SH.message)
    yield from _lacking(project, shapes | {s for target in TARGETS for s in graph.subjects(target)}, SH.name)


def _lacking(project: Project, nodes: set[Node], predicate: URIRef) -> Iterator[Result]:
    nodes = {node for node in nodes if (node, None, None) in project.shapes}
    lacking = [node for node in ordered(nodes) if (node, predicate, None) not in project.shapes]
    if len(lacking) < _MOST * len(nodes):
        for node in lacking:
            triple = min(
                project.shapes.triples((node, None, None)), key=lambda t: (t[1] != SH.path, t[1] != RDF.type, t[1].n3())
            )
            message = f"Unlike most, {title(project.shapes, node)} has no sh:{local_name(predicate)}."
            yield found("shape-text", "info", triple, message, absent=predicate)
