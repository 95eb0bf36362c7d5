"""The rules of OWL 2 RL that draw conclusions, as data: premises, and what follows from them.

This is the W3C's table (https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules) without
the rules that conclude *false*, which ``wakhan.clashes`` has. A rule over a list, such as a property chain or a key,
becomes one rule for each list that the graph holds.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from rdflib import OWL, RDF, RDFS, Graph, Literal, Variable
from rdflib.term import Node

from wakhan.names import Triple


class Rule(NamedTuple):
    """One rule: if triples fit the body, with the same values for the same variables, the head follows.

    The axioms are premises that the rule was made from; they are in the graph, and need no match.
    """

    name: str
    body: tuple[Triple, ...]
    head: Triple
    axioms: tuple[Triple, ...] = ()


TABLE = """
eq-sym    ?x sameAs ?y                                                 => ?y sameAs ?x
eq-trans  ?x sameAs ?y . ?y sameAs ?z                                  => ?x sameAs ?z
eq-rep-s  ?s sameAs ?t . ?s ?p ?o                                      => ?t ?p ?o
eq-rep-p  ?p sameAs ?q . ?s ?p ?o                                      => ?s ?q ?o
eq-rep-o  ?o sameAs ?t . ?s ?p ?o                                      => ?s ?p ?t
prp-dom   ?p domain ?c . ?x ?p ?y                                      => ?x a ?c
prp-rng   ?p range ?c . ?x ?p ?y                                       => ?y a ?c
prp-fp    ?p a FunctionalProperty . ?x ?p ?y . ?x ?p ?z                => ?y sameAs ?z
prp-ifp   ?p a InverseFunctionalProperty . ?x ?p ?z . ?y ?p ?z         => ?x sameAs ?y
prp-symp  ?p a SymmetricProperty . ?x ?p ?y                            => ?y ?p ?x
prp-trp   ?p a TransitiveProperty . ?x ?p ?y . ?y ?p ?z                => ?x ?p ?z
prp-spo1  ?p subPropertyOf ?q . ?x ?p ?y                               => ?x ?q ?y
prp-eqp1  ?p equivalentProperty ?q . ?x ?p ?y                          => ?x ?q ?y
prp-eqp2  ?p equivalentProperty ?q . ?x ?q ?y                          => ?x ?p ?y
prp-inv1  ?p inverseOf ?q . ?x ?p ?y                                   => ?y ?q ?x
prp-inv2  ?p inverseOf ?q . ?x ?q ?y                                   => ?y ?p ?x
cls-svf1  ?r someValuesFrom ?c . ?r onProperty ?p . ?x ?p ?y . ?y a ?c => ?x a ?r
cls-svf2  ?r someValuesFrom Thing . ?r onProperty ?p . ?x ?p ?y        => ?x a ?r
cls-avf   ?r allValuesFrom ?c . ?r onProperty ?p . ?x a ?r . ?x ?p ?y  => ?y a ?c
cls-hv1   ?r hasValue ?y . ?r onProperty ?p . ?x a ?r                  => ?x ?p ?y
cls-hv2   ?r hasValue ?y . ?r onProperty ?p . ?x ?p ?y                 => ?x a ?r
cax-sco   ?c subClassOf ?d . ?x a ?c                                   => ?x a ?d
cax-eqc1  ?c equivalentClass ?d . ?x a ?c                              => ?x a ?d
cax-eqc2  ?c equivalentClass ?d . ?x a ?d                              => ?x a ?c
scm-cls   ?c a Class                                                   => ?c subClassOf ?c
scm-cls   ?c a Class                                                   => ?c equivalentClass ?c
scm-cls   ?c a Class                                                   => ?c subClassOf Thing
scm-cls   ?c a Class                                                   => Nothing subClassOf ?c
scm-sco   ?c subClassOf ?d . ?d subClassOf ?e                          => ?c subClassOf ?e
scm-eqc1  ?c equivalentClass ?d                                        => ?c subClassOf ?d
scm-eqc1  ?c equivalentClass ?d                                        => ?d subClassOf ?c
scm-eqc2  ?c subClassOf ?d . ?d subClassOf ?c                          => ?c equivalentClass ?d
scm-op    ?p a ObjectProperty                                          => ?p subPropertyOf ?p
scm-op    ?p a ObjectProperty                                          => ?p equivalentProperty ?p
scm-dp    ?p a DatatypeProperty                                        => ?p subPropertyOf ?p
scm-dp    ?p a DatatypeProperty                                        => ?p equivalentProperty ?p
scm-op    ?p a Property                                                => ?p subPropertyOf ?p
scm-op    ?p a Property                                                => ?p equivalentProperty ?p
scm-spo   ?p subPropertyOf ?q . ?q subPropertyOf ?r                    => ?p subPropertyOf ?r
scm-eqp1  ?p equivalentProperty ?q                                     => ?p subPropertyOf ?q
scm-eqp1  ?p equivalentProperty ?q                                     => ?q subPropertyOf ?p
scm-eqp2  ?p subPropertyOf ?q . ?q subPropertyOf ?p                    => ?p equivalentProperty ?q
scm-dom1  ?p domain ?c . ?c subClassOf ?d                              => ?p domain ?d
scm-dom2  ?q domain ?c . ?p subPropertyOf ?q                           => ?p domain ?c
scm-rng1  ?p range ?c . ?c subClassOf ?d                               => ?p range ?d
scm-rng2  ?q range ?c . ?p subPropertyOf ?q                            => ?p range ?c
scm-hv    ?r hasValue ?y . ?r onProperty ?p . ?s hasValue ?y . ?s onProperty ?q . ?p subPropertyOf ?q => ?r subClassOf ?s
scm-svf1  ?r someValuesFrom ?c . ?r onProperty ?p . ?s someValuesFrom ?d . ?s onProperty ?p . ?c subClassOf ?d => ?r subClassOf ?s
scm-svf2  ?r someValuesFrom ?c . ?r onProperty ?p . ?s someValuesFrom ?c . ?s onProperty ?q . ?p subPropertyOf ?q => ?r subClassOf ?s
scm-avf1  ?r allValuesFrom ?c . ?r onProperty ?p . ?s allValuesFrom ?d . ?s onProperty ?p . ?c subClassOf ?d => ?r subClassOf ?s
scm-avf2  ?r allValuesFrom ?c . ?r onProperty ?p . ?s allValuesFrom ?c . ?s onProperty ?q . ?p subPropertyOf ?q => ?s subClassOf ?r
"""  # noqa: E501 (a rule is a line)

LIMITS = """
cls-maxc2  ?r maxCardinality 1 . ?r onProperty ?p . ?x a ?r . ?x ?p ?y . ?x ?p ?z                            => ?y sameAs ?z
cls-maxqc3 ?r maxQualifiedCardinality 1 . ?r onProperty ?p . ?r onClass ?c . ?x a ?r . ?x ?p ?y . ?x ?p ?z . ?y a ?c . ?z a ?c => ?y sameAs ?z
cls-maxqc4 ?r maxQualifiedCardinality 1 . ?r onProperty ?p . ?r onClass Thing . ?x a ?r . ?x ?p ?y . ?x ?p ?z => ?y sameAs ?z
"""  # noqa: E501 (a rule is a line)
"""The rules about cardinalities; 1 is any literal of this value. ``rules_of`` makes them for what a graph holds."""

REASONS: dict[str, str] = {
    "asserted": "stated",
    "eq-rep-s": "the two are the same thing",
    "eq-rep-o": "the two are the same thing",
    "eq-rep-p": "the two are the same property",
    "prp-dom": "that is what has this property",
    "prp-rng": "that is what this property leads to",
    "prp-fp": "the property has at most one value",
    "prp-ifp": "the property has at most one subject",
    "prp-symp": "the property is symmetric",
    "prp-trp": "the property is transitive",
    "prp-spo1": "the property is a special case of it",
    "prp-key": "no two things of the class have the same key",
    "prp-spo2": "the properties in a row add up to it",
    "prp-eqp1": "the properties are equivalent",
    "prp-eqp2": "the properties are equivalent",
    "prp-inv1": "the properties are inverse",
    "prp-inv2": "the properties are inverse",
    "cax-sco": "the class is a special case of it",
    "cax-eqc1": "the classes are equivalent",
    "cax-eqc2": "the classes are equivalent",
}
"""What the rules that readers meet say in words."""


LISTS = (
    OWL.propertyChainAxiom, OWL.hasKey, OWL.intersectionOf, OWL.unionOf, OWL.oneOf,
)  # fmt: skip
"""The properties whose values are lists that rules are made from."""

OF_LISTS = ("prp-spo2", "prp-key", "cls-int1", "cls-int2", "scm-int", "cls-uni", "scm-uni", "cls-oo")
"""The names of the rules that are made from lists."""

X, Y, Z = Variable("x"), Variable("y"), Variable("z")

T = TypeVar("T")
Pattern: TypeAlias = tuple[T, T, T]
Made: TypeAlias = Iterator[tuple[str, tuple[Pattern[T], ...], Pattern[T]]]
"""Name, body and head of rules."""


def rules_of(graph: Graph) -> list[Rule]:
    """Return the rules of the table and those that the lists and cardinalities of *graph* give rise to."""
    made = [Rule(name, body, head, axioms) for name, body, head, axioms in _limits_of_one(graph)]
    for prop in LISTS:
        for subject, cell in graph.subject_objects(prop):
            for name, body, head in of_list(prop, subject, list(graph.items(cell)), lambda term: term):
                made.append(Rule(name, body, head, ((subject, prop, cell),)))
    return [*(_read(line) for line in TABLE.strip().splitlines()), *made]


def of_list(prop: Node, subject: T, items: Sequence[T], term: Callable[[Node], T]) -> Made[T]:
    """Yield the rules that a list gives rise to.

    Args:
        prop: The property whose value the list is, one of ``LISTS``.
        subject: What the list belongs to.
        items: The items of the list.
        term: What stands for a variable or a term of RDF, RDFS or OWL where the rules are used.
    """
    makers = (_of_chain, _of_key, _of_intersection, _of_union, _of_enumeration)
    if items and prop in LISTS:
        yield from makers[LISTS.index(prop)](subject, items, term)


def _of_chain(prop: T, steps: Sequence[T], term: Callable[[Node], T]) -> Made[T]:
    stops = [term(Variable(f"x{number}")) for number in range(len(steps) + 1)]
    yield "prp-spo2", tuple(zip(stops, steps, stops[1:], strict=False)), (stops[0], prop, stops[-1])


def _of_key(cls: T, keys: Sequence[T], term: Callable[[Node], T]) -> Made[T]:
    one, other, kind = term(X), term(Y), term(RDF.type)
    values = [term(Variable(f"z{number}")) for number in range(len(keys))]
    shared = tuple((thing, key, value) for key, value in zip(keys, values, strict=True) for thing in (one, other))
    # the keys come first, because fewer things have a key in common than a class
    yield "prp-key", (*shared, (one, kind, cls), (other, kind, cls)), (one, term(OWL.sameAs), other)


def _of_intersection(cls: T, parts: Sequence[T], term: Callable[[Node], T]) -> Made[T]:
    thing, kind = term(X), term(RDF.type)
    yield "cls-int1", tuple((thing, kind, part) for part in dict.fromkeys(parts)), (thing, kind, cls)
    for part in parts:
        yield "cls-int2", ((thing, kind, cls),), (thing, kind, part)
        yield "scm-int", (), (cls, term(RDFS.subClassOf), part)


def _of_union(cls: T, parts: Sequence[T], term: Callable[[Node], T]) -> Made[T]:
    thing, kind = term(X), term(RDF.type)
    for part in parts:
        yield "cls-uni", ((thing, kind, part),), (thing, kind, cls)
        yield "scm-uni", (), (part, term(RDFS.subClassOf), cls)


def _of_enumeration(cls: T, members: Sequence[T], term: Callable[[Node], T]) -> Made[T]:
    for member in members:
        yield "cls-oo", (), (member, term(RDF.type), cls)


def _limits_of_one(
    graph: Graph,
) -> Iterator[tuple[str, tuple[Triple, ...], Triple, tuple[Triple, ...]]]:
    for _, limit, axioms, body in _at_most_one(graph, OWL.maxCardinality):
        yield "cls-maxc2", body, (Y, OWL.sameAs, Z), (limit, *axioms)
    for cls, limit, axioms, body in _at_most_one(graph, OWL.maxQualifiedCardinality):
        for quality in graph.objects(cls, OWL.onClass):
            qualified = (limit, *axioms, (cls, OWL.onClass, quality))
            if quality == OWL.Thing:
                yield "cls-maxqc4", body, (Y, OWL.sameAs, Z), qualified
            else:
                both = ((Y, RDF.type, quality), (Z, RDF.type, quality))
                yield "cls-maxqc3", (*body, *both), (Y, OWL.sameAs, Z), qualified


def _at_most_one(graph: Graph, kind: Node) -> Iterator[tuple[Node, Triple, tuple[Triple, ...], tuple[Triple, ...]]]:
    for cls, limit in graph.subject_objects(kind):
        if isinstance(limit, Literal) and limit.value == 1:
            for prop in graph.objects(cls, OWL.onProperty):
                body = ((X, RDF.type, cls), (X, prop, Y), (X, prop, Z))
                yield cls, (cls, kind, limit), ((cls, OWL.onProperty, prop),), body


def _read(line: str) -> Rule:
    name, rest = line.split(maxsplit=1)
    body, head = rest.split("=>")
    return Rule(name, tuple(_pattern(part) for part in body.split(" . ")), _pattern(head))


def _pattern(text: str) -> Triple:
    subject, predicate, value = (term_of(word) for word in text.split())
    return subject, predicate, value


def term_of(word: str) -> Node:
    """Return what a word of the table means: a variable, or a term of RDF, RDFS or OWL."""
    if word.startswith("?"):
        return Variable(word[1:])
    if word == "a":
        return RDF.type
    if word == "Property":
        return RDF.Property
    return RDFS[word] if word in {"domain", "range", "subClassOf", "subPropertyOf"} else OWL[word]
