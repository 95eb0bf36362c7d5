"""Find the contradictions of a closure: the rules of OWL 2 RL whose conclusion is *false*.

They are walked here, not taken from owlrl, which overlooks some (the last pair of an owl:AllDifferent, all of a
two-member owl:AllDisjointProperties, two values of a functional data property) and gives the others as prose.
"""

from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from rdflib import OWL, RDF, Graph, Literal
from rdflib.term import Node

from wakhan.names import curie


class Clash(NamedTuple):
    """One contradiction: the rule of the W3C's table that fired, a sentence, and the terms that it is about."""

    rule: str
    message: str
    terms: tuple[Node, ...]


Found = Iterator[tuple[str, str, tuple[Node, ...]]]
"""Rule, message with a place for each term, terms."""


def clashes(closed: Graph) -> list[Clash]:
    """Return the contradictions in *closed*, sorted and each once; an empty list is good news.

    Args:
        closed: A closure. With ``closure(graph, anonymous=True)`` those that involve restrictions are found too.
    """
    found = {
        (rule, text.format(*(curie(t, closed) for t in terms)), terms)
        for c in CHECKS
        for rule, text, terms in c(closed)
    }
    return sorted((Clash(*clash) for clash in found), key=lambda c: (c.rule, c.message, tuple(map(str, c.terms))))


def _disjoint_classes(graph: Graph) -> Found:
    pairs = [("cax-dw", pair) for pair in graph.subject_objects(OWL.disjointWith)]
    pairs += [("cax-adc", pair) for pair in _member_pairs(graph, OWL.AllDisjointClasses)]
    for rule, (one, other) in pairs:
        for thing in _instances(graph, one) & _instances(graph, other):
            yield rule, "{} is of the disjoint classes {} and {}", (thing, *_ordered(one, other))


def _complements(graph: Graph) -> Found:
    for one, other in graph.subject_objects(OWL.complementOf):
        for thing in _instances(graph, one) & _instances(graph, other):
            yield "cls-com", "{} is of the class {} and of its complement {}", (thing, other, one)


def _nothing(graph: Graph) -> Found:
    for thing in _instances(graph, OWL.Nothing):
        yield "cls-nothing2", "{} is of the empty class owl:Nothing", (thing,)


def _irreflexive(graph: Graph) -> Found:
    for prop in _instances(graph, OWL.IrreflexiveProperty):
        for subject, value in graph.subject_objects(prop):
            if subject == value:
                yield "prp-irp", "{} has the irreflexive property {} to itself", (subject, prop)


def _asymmetric(graph: Graph) -> Found:
    for prop in _instances(graph, OWL.AsymmetricProperty):
        for subject, value in graph.subject_objects(prop):
            if (value, prop, subject) in graph:
                text = "the asymmetric property {2} holds both ways between {0} and {1}"
                yield "prp-asyp", text, (*_ordered(subject, value), prop)


def _disjoint_properties(graph: Graph) -> Found:
    pairs = [("prp-pdw", pair) for pair in graph.subject_objects(OWL.propertyDisjointWith)]
    pairs += [("prp-adp", pair) for pair in _member_pairs(graph, OWL.AllDisjointProperties)]
    for rule, (one, other) in pairs:
        for subject, value in graph.subject_objects(one):
            if (subject, other, value) in graph:
                text = "{} and {} are related by the disjoint properties {} and {}"
                yield rule, text, (subject, value, *_ordered(one, other))


def _negative_assertions(graph: Graph) -> Found:
    for rule, target in (("prp-npa1", OWL.targetIndividual), ("prp-npa2", OWL.targetValue)):
        for denial, value in graph.subject_objects(target):
            for subject in graph.objects(denial, OWL.sourceIndividual):
                for prop in graph.objects(denial, OWL.assertionProperty):
                    if (subject, prop, value) in graph:
                        yield rule, "{} {} {} holds, but {} denies it", (subject, prop, value, denial)


def _same_and_different(graph: Graph) -> Found:
    text = "{} and {} are said to be the same and to be different"
    pairs = [("eq-diff1", pair) for pair in graph.subject_objects(OWL.differentFrom)]
    pairs += [("eq-diff2", pair) for pair in _member_pairs(graph, OWL.AllDifferent)]
    pairs += [("eq-diff3", pair) for pair in _member_pairs(graph, OWL.AllDifferent, OWL.distinctMembers)]
    for rule, (one, other) in pairs:
        # In the place of a member there is also whatever is the same, so that it meets itself in another's place.
        is_twice = one == other and (rule == "eq-diff1" or not set(graph.objects(one, OWL.sameAs)) - {one})
        if is_twice or (one != other and ((one, OWL.sameAs, other) in graph or (other, OWL.sameAs, one) in graph)):
            yield rule, text, _ordered(one, other)


def _max_cardinality(graph: Graph) -> Found:
    for restriction, prop in _limits_of_zero(graph, OWL.maxCardinality):
        for thing in _instances(graph, restriction):
            for value in graph.objects(thing, prop):
                yield "cls-maxc1", "{} may have no {}, but has {}", (thing, prop, value)


def _max_qualified_cardinality(graph: Graph) -> Found:
    for restriction, prop in _limits_of_zero(graph, OWL.maxQualifiedCardinality):
        for cls in graph.objects(restriction, OWL.onClass):
            for thing in _instances(graph, restriction):
                for value in graph.objects(thing, prop):
                    if cls == OWL.Thing or (value, RDF.type, cls) in graph:
                        rule = "cls-maxqc2" if cls == OWL.Thing else "cls-maxqc1"
                        yield rule, "{} may have no {} of the class {}, but has {}", (thing, prop, cls, value)


def _functional_values(graph: Graph) -> Found:
    for prop in _instances(graph, OWL.FunctionalProperty):
        for subject in set(graph.subjects(prop)):
            values = sorted((v for v in graph.objects(subject, prop) if isinstance(v, Literal)), key=Literal.n3)
            for one, other in combinations(values, 2):
                if not _same_value(one, other):
                    yield (
                        "prp-fp",
                        "{} has two values of the functional property {}: {} and {}",
                        (subject, prop, one, other),
                    )


def _ill_typed(graph: Graph) -> Found:
    for subject, prop, value in graph:
        if isinstance(value, Literal) and value.ill_typed:
            yield "dt-not-type", "{} {}: {} is no value of its datatype", (subject, prop, value)


CHECKS: tuple[Callable[[Graph], Found], ...] = (
    _disjoint_classes, _complements, _nothing, _irreflexive, _asymmetric, _disjoint_properties, _negative_assertions,
    _same_and_different, _max_cardinality, _max_qualified_cardinality, _functional_values, _ill_typed,
)  # fmt: skip


def _instances(graph: Graph, cls: Node) -> set[Node]:
    return set(graph.subjects(RDF.type, cls))


def _ordered(one: Node, other: Node) -> tuple[Node, Node]:
    """So that a clash of two equals is one clash, whichever is found first."""
    return (one, other) if str(one) <= str(other) else (other, one)


def _member_pairs(graph: Graph, kind: Node, members: Node = OWL.members) -> Iterator[tuple[Node, Node]]:
    for axiom in graph.subjects(RDF.type, kind):
        for head in graph.objects(axiom, members):
            for one, other in combinations(_cells(graph, head), 2):
                yield from product(set(graph.objects(one, RDF.first)), set(graph.objects(other, RDF.first)))


def _cells(graph: Graph, head: Node) -> Iterator[Node]:
    """Yield the cells of a list, each once; in a closure a cell has several items if they are the same thing."""
    pending, seen = [head], set[Node]()
    while pending:
        cell = pending.pop()
        if cell not in seen and cell != RDF.nil:
            seen.add(cell)
            yield cell
            pending += graph.objects(cell, RDF.rest)


def _limits_of_zero(graph: Graph, kind: Node) -> Iterator[tuple[Node, Node]]:
    for restriction, limit in graph.subject_objects(kind):
        if isinstance(limit, Literal) and limit.value == 0:
            for prop in graph.objects(restriction, OWL.onProperty):
                yield restriction, prop


def _same_value(one: Literal, other: Literal) -> bool:
    if one == other:
        return True
    if (
        one.language
        or other.language
        or one.value is None
        or isinstance(one.value, bool) != isinstance(other.value, bool)
    ):
        return False
    return bool(one.value == other.value)
