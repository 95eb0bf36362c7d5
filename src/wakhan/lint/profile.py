"""Whether an ontology is in OWL 2 RL, the profile that rule engines can reason with.

The rules are those of section 4 of the W3C's *Profiles* (https://www.w3.org/TR/owl2-profiles/) and, of the restrictions
that every profile inherits from OWL 2 DL, those of sections 5.8.1 (kinds of terms) and 11.2 (simple properties) of the
*Structural Specification* (https://www.w3.org/TR/owl2-syntax/).

Nobody has to use the profile. What is not in it is a violation where the ontology promises to conform to it, a warning
where it almost does, and else only mentioned.
"""

from collections.abc import Callable, Iterator
from itertools import chain

from rdflib import DCTERMS, OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint import expressions
from wakhan.lint.expressions import EQUAL, SUB, SUPER, Problem, class_problems, is_datatype, range_problems
from wakhan.lint.project import Project, found, items, ordered
from wakhan.lint.shapegraph import named
from wakhan.lint.simple import simple_problems
from wakhan.names import Triple

RL = URIRef("http://www.w3.org/ns/owl-profile/RL")
"""What an ontology names with dcterms:conformsTo that promises to be in OWL 2 RL."""

RULES = {
    "owl-kinds": Rule(
        "kinds of terms", "A term is an object, data or annotation property, a class or a datatype (OWL 2, 5.8.1)."
    ),
    "owl-range": Rule("ranges", "An object property leads to things, a data property to values (OWL 2, 5.8.1)."),
    "owl-simple": Rule(
        "simple properties",
        "What is transitive or a chain cannot be counted, functional, irreflexive or disjoint (OWL 2, 11.2).",
    ),
    "owl-syntax": Rule(
        "OWL expressions", "An expression that is not well-formed means nothing (OWL 2 Mapping to RDF)."
    ),
    "rl-axiom": Rule("axioms of OWL 2 RL", "The profile has no such axiom (Profiles, 4.2.5)."),
    "rl-class": Rule("class expressions of OWL 2 RL", "No rule concludes anything from it (Profiles, 4.2.3)."),
    "rl-datatype": Rule("datatypes of OWL 2", "Reasoners need not know other datatypes (Profiles, 4.2.1).", "info"),
    "rl-property": Rule("top and bottom properties", "The profile does not have them (Profiles, 4.2.1)."),
    "rl-range": Rule("data ranges of OWL 2 RL", "The profile has datatypes and their intersections (Profiles, 4.2.4)."),
    "rl-thing": Rule("owl:Thing", "It says nothing in this place, and the profile does not have it (4.2.3).", "info"),
}

_HINTS = {
    "rl-class": "A shape can demand what the data must contain; an ontology in OWL 2 RL cannot.",
    "rl-datatype": "Engines compare such values as texts.",
}
_SLIPS = 0.1  # an ontology with more of its axioms outside of the profile is not meant to be in it
_AXIOMS = (
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.disjointWith, OWL.inverseOf
)  # fmt: skip
_ALWAYS = ("owl-kinds", "owl-range", "owl-syntax")
_PARTS = (OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.complementOf)
_TOP = (OWL.topObjectProperty, OWL.bottomObjectProperty, OWL.topDataProperty, OWL.bottomDataProperty)


def check_profile(project: Project) -> Iterator[Result]:
    """Yield where the ontology is not in OWL 2 RL, each time with the triple of the axiom or expression."""
    graph = project.ontology
    problems = list(dict.fromkeys(chain.from_iterable(check(graph) for check in CHECKS)))
    usual = _usual(graph, problems)
    for rule, triple, why in problems:
        name = project.name(named(graph, triple[0]))
        if rule in _ALWAYS:
            yield found(rule, "violation", triple, f"{name}: {why}.")
        else:
            severity = "info" if RULES[rule].severity == "info" else usual
            yield found(rule, severity, triple, f"Not in OWL 2 RL: {name}: {why}.", hint=_HINTS.get(rule, ""))


def _usual(graph: Graph, problems: list[Problem]) -> str:
    """Return how grave it is that something is not in the profile: that depends on whether the ontology wants to be."""
    if (None, DCTERMS.conformsTo, RL) in graph:
        return "violation"
    axioms = sum(1 for predicate in _AXIOMS for _ in graph.triples((None, predicate, None)))
    outside = sum(1 for problem in problems if problem.rule not in _ALWAYS and RULES[problem.rule].severity != "info")
    return "warning" if outside <= _SLIPS * axioms else "info"


def _subclasses(graph: Graph) -> Iterator[Problem]:
    """Section 4.2.5, SubClassOf and HasKey; 4.2.3 for the expressions."""
    for sub, sup in _pairs(graph, RDFS.subClassOf):
        via = (sub, RDFS.subClassOf, sup)
        if not (is_datatype(graph, sub) or is_datatype(graph, sup)):
            yield from class_problems(graph, sub, SUB, via)
            yield from class_problems(graph, sup, SUPER, via)
    for cls, keys in _pairs(graph, OWL.hasKey):
        yield from class_problems(graph, cls, SUB, (cls, OWL.hasKey, keys))


def _equal_classes(graph: Graph) -> Iterator[Problem]:
    """Section 4.2.5, EquivalentClasses, and DatatypeDefinition, which has the same predicate."""
    for one, other in _pairs(graph, OWL.equivalentClass):
        via = (one, OWL.equivalentClass, other)
        if is_datatype(graph, one) or is_datatype(graph, other):
            yield from range_problems(graph, other, via)
        else:
            yield from class_problems(graph, one, EQUAL, via)
            yield from class_problems(graph, other, EQUAL, via)
    made = {cls for part in _PARTS for cls in graph.subjects(part) if isinstance(cls, URIRef)}
    for cls in sorted(made):  # a class with a name is equivalent to what it is made of
        if not is_datatype(graph, cls):
            yield from expressions.expression_problems(graph, cls, EQUAL, (cls, RDF.type, OWL.Class))


def _disjoint_classes(graph: Graph) -> Iterator[Problem]:
    """Section 4.2.5, DisjointClasses; DisjointUnion is not supported."""
    for one, other in _pairs(graph, OWL.disjointWith):
        via = (one, OWL.disjointWith, other)
        yield from class_problems(graph, one, SUB, via)
        yield from class_problems(graph, other, SUB, via)
    for node in ordered(graph.subjects(RDF.type, OWL.AllDisjointClasses)):
        for members in ordered(graph.objects(node, OWL.members)):
            for member in items(graph, members):
                yield from class_problems(graph, member, SUB, (node, OWL.members, members))
    for cls, parts in _pairs(graph, OWL.disjointUnionOf):
        yield Problem("rl-axiom", (cls, OWL.disjointUnionOf, parts), "owl:disjointUnionOf is left out")


def _domains_and_ranges(graph: Graph) -> Iterator[Problem]:
    """Section 4.2.5, the domains and ranges of properties; those of annotation properties can be anything."""
    for prop, cls in _pairs(graph, RDFS.domain):
        if not _only_annotates(graph, prop):
            yield from class_problems(graph, cls, SUPER, (prop, RDFS.domain, cls))
    for prop, target in _pairs(graph, RDFS.range):
        via = (prop, RDFS.range, target)
        if _only_annotates(graph, prop):
            continue
        if is_datatype(graph, target) or (prop, RDF.type, OWL.DatatypeProperty) in graph:
            yield from range_problems(graph, target, via)
        else:
            yield from class_problems(graph, target, SUPER, via)


def _range_kinds(graph: Graph) -> Iterator[Problem]:
    """Structural Specification, 5.8.1: the range of an object property is a class, of a data property a data range."""
    for prop, target in _pairs(graph, RDFS.range):
        kinds = set(graph.objects(prop, RDF.type))
        via = (prop, RDFS.range, target)
        if OWL.ObjectProperty in kinds and is_datatype(graph, target):
            yield Problem("owl-range", via, "an object property, but its range is a datatype")
        elif (
            OWL.DatatypeProperty in kinds and (target, RDF.type, OWL.Class) in graph and not is_datatype(graph, target)
        ):
            yield Problem("owl-range", via, "a data property, but its range is a class")


def _properties(graph: Graph) -> Iterator[Problem]:
    """Section 4.2.1, the four predefined properties; 4.2.5, ReflexiveObjectProperty."""
    for triple in _sorted(
        t for top in _TOP for t in chain(graph.triples((None, None, top)), graph.triples((None, top, None)))
    ):
        yield Problem("rl-property", triple, "the top and bottom properties are left out")
    for prop in ordered(graph.subjects(RDF.type, OWL.ReflexiveProperty)):
        yield Problem("rl-axiom", (prop, RDF.type, OWL.ReflexiveProperty), "reflexive properties are left out")


def _assertions(graph: Graph) -> Iterator[Problem]:
    """Section 4.2.5, ClassAssertion: the class stands in the place of a superclass."""
    for thing, cls in _pairs(graph, RDF.type):
        if not isinstance(cls, URIRef) or cls == OWL.Thing:
            yield from class_problems(graph, cls, SUPER, (thing, RDF.type, cls))


def _kinds(graph: Graph) -> Iterator[Problem]:
    """Structural Specification, 5.8.1: no term is of two of these kinds."""
    groups: tuple[dict[URIRef, str], ...] = (
        {
            OWL.ObjectProperty: "an object property",
            OWL.DatatypeProperty: "a data property",
            OWL.AnnotationProperty: "an annotation property",
        },
        {OWL.Class: "a class", RDFS.Datatype: "a datatype"},
    )
    for kinds in groups:
        for term in ordered({term for kind in kinds for term in graph.subjects(RDF.type, kind)}):
            types = [kind for kind in kinds if (term, RDF.type, kind) in graph]
            if len(types) > 1:
                words = " and ".join(kinds[kind] for kind in types)
                yield Problem("owl-kinds", (term, RDF.type, types[-1]), f"declared both as {words}: keep one")


def _only_annotates(graph: Graph, prop: Node) -> bool:
    kinds = set(graph.objects(prop, RDF.type))
    return OWL.AnnotationProperty in kinds and not kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}


def _pairs(graph: Graph, predicate: URIRef) -> list[tuple[Node, Node]]:
    pairs = [
        (subject, value) for subject, value in graph.subject_objects(predicate) if not isinstance(subject, Literal)
    ]
    return sorted(pairs, key=lambda pair: (pair[0].n3(), pair[1].n3()))


def _sorted(triples: Iterator[Triple]) -> list[Triple]:
    return sorted(set(triples), key=lambda triple: tuple(node.n3() for node in triple))


CHECKS: tuple[Callable[[Graph], Iterator[Problem]], ...] = (
    _subclasses, _equal_classes, _disjoint_classes, _domains_and_ranges, _range_kinds, _properties, _assertions, _kinds,
    simple_problems,
)  # fmt: skip
