"""Which properties can be counted: section 11.2 of the *OWL 2 Structural Specification*.

A property is composite if it is transitive, the end of a chain, or equivalent to the inverse of one that is; it is
not simple if it is composite or has a sub-property that is not simple. Only simple properties can stand in
cardinalities and be functional, inverse functional, irreflexive, asymmetric or disjoint: the rest is undecidable.
"""

from collections import defaultdict
from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, Graph
from rdflib.term import Node

from wakhan.lint.expressions import Problem
from wakhan.lint.project import items, ordered
from wakhan.names import Triple

_TYPES = {
    OWL.FunctionalProperty: "functional",
    OWL.InverseFunctionalProperty: "inverse functional",
    OWL.IrreflexiveProperty: "irreflexive",
    OWL.AsymmetricProperty: "asymmetric",
}
_COUNTED = (
    OWL.minCardinality, OWL.maxCardinality, OWL.cardinality, OWL.minQualifiedCardinality, OWL.maxQualifiedCardinality,
    OWL.qualifiedCardinality, OWL.hasSelf,
)  # fmt: skip


def simple_problems(graph: Graph) -> Iterator[Problem]:
    """Yield where a property that is not simple is used as if it were, in the order of the properties."""
    for prop, reason in sorted(_not_simple(graph).items(), key=lambda pair: pair[0].n3()):
        for triple, how in _uses(graph, prop):
            yield Problem("owl-simple", triple, f"{how}, but the property is {reason}")


def _not_simple(graph: Graph) -> dict[Node, str]:
    """Return the properties that are not simple, each with why."""
    found: dict[Node, str] = dict.fromkeys(graph.subjects(RDF.type, OWL.TransitiveProperty), "transitive")
    found |= dict.fromkeys(graph.subjects(OWL.propertyChainAxiom, None), "the end of a property chain")
    above = defaultdict(set)
    for sub, sup in graph.subject_objects(RDFS.subPropertyOf):
        above[sub].add(sup)
    for predicate in (OWL.inverseOf, OWL.equivalentProperty):
        for one, other in graph.subject_objects(predicate):
            above[one].add(other)
            above[other].add(one)
    waiting = ordered(found)
    while waiting:
        prop = waiting.pop()
        for sup in ordered(above[prop] - found.keys()):
            found[sup] = "above or inverse to one that is transitive or the end of a property chain"
            waiting.append(sup)
    return found


def _uses(graph: Graph, prop: Node) -> Iterator[tuple[Triple, str]]:
    for kind, word in _TYPES.items():
        if (prop, RDF.type, kind) in graph:
            yield (prop, RDF.type, kind), f"this says that it is {word}"
    for restriction in ordered(graph.subjects(OWL.onProperty, prop)):
        if any((restriction, part, None) in graph for part in _COUNTED):
            yield (restriction, OWL.onProperty, prop), "this counts its values"
    for triple in _disjoint(graph, prop):
        yield triple, "this says that it is disjoint"


def _disjoint(graph: Graph, prop: Node) -> Iterator[Triple]:
    for other in ordered(graph.objects(prop, OWL.propertyDisjointWith)):
        yield prop, OWL.propertyDisjointWith, other
    for other in ordered(graph.subjects(OWL.propertyDisjointWith, prop)):
        yield other, OWL.propertyDisjointWith, prop
    for node in ordered(graph.subjects(RDF.type, OWL.AllDisjointProperties)):
        for members in ordered(graph.objects(node, OWL.members)):
            if prop in items(graph, members):
                yield node, OWL.members, members
