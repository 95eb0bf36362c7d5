"""Three ways to the same closure: the fast engine, owlrl, and the rules as SPARQL updates in a store."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import pairwise, permutations
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace
from rdflib.term import Node

from wakhan.denials import negative_assertions
from wakhan.engine import triple_of
from wakhan.errors import WakhanError
from wakhan.names import Triple
from wakhan.owl2rl import EQUALITY, RULE_NAMES, Ruleset
from wakhan.owl2rl import closure as infer
from wakhan.reason import closure, is_noise, union
from wakhan.sources import load_sources

ROOT = Path(__file__).parents[1]
UPDATES = (ROOT / "ontology" / "rules" / "owl2rl.ru").read_text(encoding="utf-8")
EX = Namespace("https://example.org/")
PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

EXAMPLES = """
eq-sym      :a owl:sameAs :b .                                                       => :b owl:sameAs :a
eq-trans    :a owl:sameAs :b . :b owl:sameAs :c .                                    => :a owl:sameAs :c
eq-rep-s    :a owl:sameAs :b . :a :p :c .                                            => :b :p :c
eq-rep-p    :p owl:sameAs :q . :a :p :b .                                            => :a :q :b
eq-rep-o    :b owl:sameAs :c . :a :p :b .                                            => :a :p :c
prp-dom     :p rdfs:domain :C . :a :p 1 .                                            => :a a :C
prp-rng     :p rdfs:range :C . :a :p :b .                                            => :b a :C
prp-fp      :p a owl:FunctionalProperty . :a :p :b , :c .                            => :b owl:sameAs :c
prp-ifp     :p a owl:InverseFunctionalProperty . :a :p 1 . :b :p 1 .                 => :a owl:sameAs :b
prp-symp    :p a owl:SymmetricProperty . :a :p :b .                                  => :b :p :a
prp-trp     :p a owl:TransitiveProperty . :a :p :b . :b :p :c .                      => :a :p :c
prp-spo1    :p rdfs:subPropertyOf :q . :a :p 1 .                                     => :a :q 1
prp-spo2    :r owl:propertyChainAxiom (:p :q :p) . :a :p :b . :b :q :c . :c :p :d .  => :a :r :d
prp-eqp1    :p owl:equivalentProperty :q . :a :p :b .                                => :a :q :b
prp-eqp2    :p owl:equivalentProperty :q . :a :q :b .                                => :a :p :b
prp-inv1    :p owl:inverseOf :q . :a :p :b .                                         => :b :q :a
prp-inv2    :p owl:inverseOf :q . :a :q :b .                                         => :b :p :a
prp-key     :C owl:hasKey (:k :l) . :a a :C ; :k 1 ; :l 2 . :b a :C ; :k 1 ; :l 2 .  => :a owl:sameAs :b
cls-int1    :C owl:intersectionOf (:D :E :F) . :a a :D , :E , :F .                   => :a a :C
cls-int2    :C owl:intersectionOf (:D :E :F) . :a a :C .                             => :a a :F
cls-uni     :C owl:unionOf (:D :E :F) . :a a :F .                                    => :a a :C
cls-svf1    :C owl:onProperty :p ; owl:someValuesFrom :D . :a :p :b . :b a :D .      => :a a :C
cls-svf2    :C owl:onProperty :p ; owl:someValuesFrom owl:Thing . :a :p 1 .          => :a a :C
cls-avf     :C owl:onProperty :p ; owl:allValuesFrom :D . :a a :C ; :p :b .          => :b a :D
cls-hv1     :C owl:onProperty :p ; owl:hasValue 1 . :a a :C .                        => :a :p 1
cls-hv2     :C owl:onProperty :p ; owl:hasValue 1 . :a :p 1 .                        => :a a :C
cls-maxc2   :C owl:onProperty :p ; owl:maxCardinality 1 . :a a :C ; :p :b , :c .     => :b owl:sameAs :c
cls-maxqc3  :C owl:onProperty :p ; owl:onClass :D ; owl:maxQualifiedCardinality 1 . \
            :a a :C ; :p :b , :c . :b a :D . :c a :D .                               => :b owl:sameAs :c
cls-maxqc4  :C owl:onProperty :p ; owl:onClass owl:Thing ; owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger . \
            :a a :C ; :p :b , :c .                                                   => :b owl:sameAs :c
cls-oo      :C owl:oneOf (:a :b :c) .                                                => :c a :C
cax-sco     :C rdfs:subClassOf :D . :a a :C .                                        => :a a :D
cax-eqc1    :C owl:equivalentClass :D . :a a :C .                                    => :a a :D
cax-eqc2    :C owl:equivalentClass :D . :a a :D .                                    => :a a :C
scm-cls     :C a owl:Class ; owl:sameAs :D .                                         => :C rdfs:subClassOf :D
scm-sco     :C rdfs:subClassOf :D . :D rdfs:subClassOf :E .                          => :C rdfs:subClassOf :E
scm-eqc1    :C owl:equivalentClass :D .                                              => :D rdfs:subClassOf :C
scm-eqc2    :C rdfs:subClassOf :D . :D rdfs:subClassOf :C .                          => :C owl:equivalentClass :D
scm-op      :p a owl:ObjectProperty ; owl:sameAs :q .                                => :p rdfs:subPropertyOf :q
scm-dp      :p a owl:DatatypeProperty ; owl:sameAs :q .                              => :p rdfs:subPropertyOf :q
scm-spo     :p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .                    => :p rdfs:subPropertyOf :r
scm-eqp1    :p owl:equivalentProperty :q .                                           => :q rdfs:subPropertyOf :p
scm-eqp2    :p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .                    => :p owl:equivalentProperty :q
scm-dom1    :p rdfs:domain :C . :C rdfs:subClassOf :D .                              => :p rdfs:domain :D
scm-dom2    :q rdfs:domain :C . :p rdfs:subPropertyOf :q .                           => :p rdfs:domain :C
scm-rng1    :p rdfs:range :C . :C rdfs:subClassOf :D .                               => :p rdfs:range :D
scm-rng2    :q rdfs:range :C . :p rdfs:subPropertyOf :q .                            => :p rdfs:range :C
scm-hv      :C owl:onProperty :p ; owl:hasValue :x . :D owl:onProperty :q ; owl:hasValue :x . \
            :p rdfs:subPropertyOf :q .                                               => :C rdfs:subClassOf :D
scm-svf1    :C owl:onProperty :p ; owl:someValuesFrom :X . :D owl:onProperty :p ; owl:someValuesFrom :Y . \
            :X rdfs:subClassOf :Y .                                                  => :C rdfs:subClassOf :D
scm-svf2    :C owl:onProperty :p ; owl:someValuesFrom :X . :D owl:onProperty :q ; owl:someValuesFrom :X . \
            :p rdfs:subPropertyOf :q .                                               => :C rdfs:subClassOf :D
scm-avf1    :C owl:onProperty :p ; owl:allValuesFrom :X . :D owl:onProperty :p ; owl:allValuesFrom :Y . \
            :X rdfs:subClassOf :Y .                                                  => :C rdfs:subClassOf :D
scm-avf2    :C owl:onProperty :p ; owl:allValuesFrom :X . :D owl:onProperty :q ; owl:allValuesFrom :X . \
            :p rdfs:subPropertyOf :q .                                               => :D rdfs:subClassOf :C
scm-int     :C owl:intersectionOf (:D :E) .                                          => :C rdfs:subClassOf :E
scm-uni     :C owl:unionOf (:D :E) .                                                 => :E rdfs:subClassOf :C
"""

TABLES = """
eq-ref eq-sym eq-trans eq-rep-s eq-rep-p eq-rep-o eq-diff1 eq-diff2 eq-diff3
prp-ap prp-dom prp-rng prp-fp prp-ifp prp-irp prp-symp prp-asyp prp-trp prp-spo1 prp-spo2 prp-eqp1 prp-eqp2 prp-pdw
prp-adp prp-inv1 prp-inv2 prp-key prp-npa1 prp-npa2
cls-thing cls-nothing1 cls-nothing2 cls-int1 cls-int2 cls-uni cls-com cls-svf1 cls-svf2 cls-avf cls-hv1 cls-hv2
cls-maxc1 cls-maxc2 cls-maxqc1 cls-maxqc2 cls-maxqc3 cls-maxqc4 cls-oo
cax-sco cax-eqc1 cax-eqc2 cax-dw cax-adc
dt-type1 dt-type2 dt-eq dt-diff dt-not-type
scm-cls scm-sco scm-eqc1 scm-eqc2 scm-op scm-dp scm-spo scm-eqp1 scm-eqp2 scm-dom1 scm-dom2 scm-rng1 scm-rng2 scm-hv
scm-svf1 scm-svf2 scm-avf1 scm-avf2 scm-int scm-uni
"""
"""The names in the tables of the W3C."""

TELL_NOTHING = {"eq-ref", "prp-ap", "cls-thing", "cls-nothing1", "dt-type1", "dt-type2", "dt-eq", "dt-diff"}
BY_OTHERS = {"cax-eqc1", "cax-eqc2", "cls-int2", "cls-uni", "prp-eqp1", "prp-eqp2"}
"""What these rules conclude, others conclude in two steps."""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def _examples() -> dict[str, tuple[Graph, Triple]]:
    found = {}
    for line in EXAMPLES.strip().splitlines():
        name, text = line.split(maxsplit=1)
        given, conclusion = text.split("=>")
        (triple,) = parse(f"{conclusion} .")
        found[name] = (parse(given), triple)
    return found


CASES = _examples()


def store_of(triples: Iterable[Triple]) -> ox.Store:
    lines = "\n".join(" ".join(term.n3() for term in triple) + " ." for triple in triples)
    store = ox.Store()
    store.extend(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
    return store


def triples_of(store: ox.Store) -> set[Triple]:
    return {triple_of(quad.triple) for quad in store}


def sent_until_nothing_is_new(store: ox.Store, update: str = UPDATES) -> set[Triple]:
    size = -1
    while size != len(store):
        size = len(store)
        store.update(update)
    return {triple for triple in triples_of(store) if not is_noise(triple)}


def named_updates() -> dict[str, str]:
    """Return the updates of each rule, ready to be sent."""
    head, *parts = re.split(r"(?m)^# ([a-z]+-(?:rep-)?[a-z0-9]+)$", UPDATES)
    prefixes = "\n".join(line for line in head.splitlines() if line.startswith("PREFIX"))
    found: dict[str, list[str]] = {}
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        found.setdefault(name, []).append(code.strip().rstrip(";"))
    return {name: f"{prefixes}\n{' ; '.join(updates)}" for name, updates in found.items()}


def test_every_rule_of_the_tables_is_told_of_or_left_out_for_a_reason() -> None:
    clash_rules = {path.stem for path in (ROOT / "ontology" / "rules" / "clashes").glob("*.rq")}
    assert set(CASES) | TELL_NOTHING | clash_rules == set(TABLES.split())
    assert set(CASES) == set(RULE_NAMES) - TELL_NOTHING == set(named_updates())


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_gives_its_example_in_both_engines(rule: str) -> None:
    graph, triple = CASES[rule]
    assert triple in infer(graph)
    assert triple in closure(graph, engine="reference")


@pytest.mark.parametrize("rule", CASES)
def test_without_the_rule_its_example_fails(rule: str) -> None:
    graph, triple = CASES[rule]
    without = EQUALITY if rule in EQUALITY else {rule}
    assert (triple in Ruleset(without=without).infer(graph)) == (rule in BY_OTHERS)


@pytest.mark.parametrize("rule", CASES)
def test_the_rule_alone_gives_its_example_and_nothing_else_is_needed(rule: str) -> None:
    graph, triple = CASES[rule]
    others = set(RULE_NAMES) - EQUALITY - {rule}
    assert triple in Ruleset(without=others).infer(graph)
    assert rule in EQUALITY or triple not in Ruleset(without={*others, rule}).infer(graph)


@pytest.mark.parametrize("rule", CASES)
def test_its_update_alone_gives_its_example_in_a_store(rule: str) -> None:
    graph, triple = CASES[rule]
    assert triple in sent_until_nothing_is_new(store_of(graph), named_updates()[rule])


RESTRICTIONS: tuple[Callable[["Invented"], list[tuple[Node, Node]]], ...] = (
    lambda of: [(OWL.someValuesFrom, of.cls())],
    lambda of: [(OWL.someValuesFrom, OWL.Thing)],
    lambda of: [(OWL.allValuesFrom, of.cls())],
    lambda of: [(OWL.hasValue, of.value())],
    lambda of: [(OWL.maxCardinality, Literal(of.random.randrange(2)))],
    lambda of: [(OWL.maxQualifiedCardinality, Literal(1)), (OWL.onClass, of.cls())],
    lambda of: [(OWL.maxQualifiedCardinality, Literal(1)), (OWL.onClass, OWL.Thing)],
)
AXIOMS: tuple[Callable[["Invented"], Triple], ...] = (
    lambda of: (of.cls(), RDFS.subClassOf, of.cls()),
    lambda of: (of.cls(), OWL.equivalentClass, of.cls()),
    lambda of: (of.prop(), RDFS.subPropertyOf, of.prop()),
    lambda of: (of.prop(), OWL.equivalentProperty, of.prop()),
    lambda of: (of.prop(), RDFS.domain, of.cls()),
    lambda of: (of.prop(), RDFS.range, of.cls()),
    lambda of: (of.prop(), RDF.type, of.any(OWL.SymmetricProperty, OWL.TransitiveProperty)),
    lambda of: (of.prop(), RDF.type, of.any(OWL.FunctionalProperty, OWL.InverseFunctionalProperty)),
    lambda of: (of.prop(), OWL.inverseOf, of.prop()),
    lambda of: (of.prop(), OWL.propertyChainAxiom, of.list(of.prop, 3)),
    lambda of: (of.cls(), OWL.hasKey, of.list(of.prop, 2)),
    lambda of: (of.cls(), OWL.intersectionOf, of.list(of.cls, 3)),
    lambda of: (of.cls(), OWL.unionOf, of.list(of.cls, 3)),
    lambda of: (of.cls(), OWL.oneOf, of.list(of.thing, 3)),
    lambda of: (of.cls(), RDFS.subClassOf, of.restriction(of.node())),
    lambda of: (of.restriction(of.node()), RDFS.subClassOf, of.cls()),
    lambda of: (of.cls(), OWL.equivalentClass, of.restriction(of.cls())),
    lambda of: (of.cls(), RDF.type, OWL.Class),
    lambda of: (of.prop(), RDF.type, of.any(OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)),
    lambda of: (of.thing(), OWL.sameAs, of.thing()),
    lambda of: (of.any(of.cls(), of.prop()), OWL.sameAs, of.any(of.cls(), of.prop())),
    lambda of: (of.thing(), OWL.sameAs, of.value()),
    lambda of: (of.prop(), RDFS.subPropertyOf, OWL.sameAs),
)


class Invented:
    """A small random ontology with data, of every kind of axiom."""

    random: Random

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.graph = Graph(bind_namespaces="none")
        self._nodes = 0
        for _ in range(self.random.randrange(2, 9)):
            self.graph.add(self.random.choice(AXIOMS)(self))
        for _ in range(self.random.randrange(3, 9)):
            self.graph.add((self.thing(), self.prop(), self.value()))
            self.graph.add((self.thing(), RDF.type, self.cls()))

    def any(self, *choices: Node) -> Node:
        return self.random.choice(choices)

    def cls(self) -> Node:
        names = [EX[f"C{number}"] for number in range(5)]
        return self.any(*names, *names, *names, OWL.Thing, OWL.Nothing if self.random.random() < 0.1 else names[0])

    def prop(self) -> Node:
        return EX[f"p{self.random.randrange(4)}"]

    def thing(self) -> Node:
        return self.any(*(EX[f"x{number}"] for number in range(6)), BNode("somebody"))

    def value(self) -> Node:
        bad = Literal("none", datatype=XSD.integer)
        return self.any(self.thing(), self.thing(), Literal(1), Literal("a"), Literal("a", lang="en"), bad)

    def node(self) -> BNode:
        self._nodes += 1
        return BNode(f"node{self._nodes}")

    def list(self, item: Callable[[], Node], longest: int) -> Node:
        cells: list[Node] = [self.node() for _ in range(self.random.randint(1, longest))]
        for cell, rest in pairwise([*cells, RDF.nil]):
            self.graph.add((cell, RDF.first, item()))
            self.graph.add((cell, RDF.rest, rest))
        return cells[0]

    def restriction(self, node: Node) -> Node:
        self.graph.add((node, OWL.onProperty, self.prop()))
        for prop, value in self.random.choice(RESTRICTIONS)(self):
            self.graph.add((node, prop, value))
        return node


@pytest.mark.parametrize("seed", range(60))
def test_both_engines_agree_on_what_is_invented(seed: int) -> None:
    graph = Invented(seed).graph
    assert set(closure(graph, anonymous=True)) == set(closure(graph, anonymous=True, engine="reference"))


@pytest.mark.parametrize("seed", range(60, 100))
def test_the_updates_agree_with_the_engine_on_what_is_invented(seed: int) -> None:
    store = store_of(Invented(seed).graph)
    graph = union(triples_of(store))
    expected = set(closure(graph, anonymous=True)) - set(graph)
    assert sent_until_nothing_is_new(store) - set(graph) == expected


@pytest.mark.parametrize("seed", range(100, 160))
def test_it_does_not_matter_what_is_schema_and_what_is_data(seed: int) -> None:
    graph, chance = Invented(seed).graph, Random(seed)
    about_lists = {t for t in graph if any(isinstance(term, BNode) for term in t)}
    schema = union(about_lists | {t for t in sorted(graph) if chance.random() < 0.5})
    rules, data = Ruleset(schema), graph - schema
    known = set(schema) | set(rules.inferred) | set(data)
    whole = set(infer(graph, anonymous=True))
    for _ in range(2):  # the second time it must not remember the first
        assert set(rules.infer(data, anonymous=True)) | known == whole | set(graph)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_thing_that_is_the_same_as_another_and_as_a_literal_passes_it_on(order: tuple[int, ...]) -> None:
    text = Literal("a")
    triples = [(EX.x0, OWL.sameAs, EX.x1), (EX.x0, OWL.sameAs, text), (EX.x2, EX.p0, EX.x1)]
    graph = union([triples[place] for place in order])
    found = infer(graph)
    assert (EX.x2, EX.p0, text) in found
    assert (EX.x1, OWL.sameAs, text) in found


def test_what_is_invented_has_consequences_of_all_kinds() -> None:
    news = [set(infer(Invented(seed).graph, anonymous=True)) for seed in range(100)]
    assert sum(map(bool, news)) > 80
    assert {prop for new in news for _, prop, _ in new} >= {OWL.sameAs, RDFS.subClassOf, RDF.type, EX.p0}


def test_all_three_agree_on_the_dataset() -> None:
    sources = load_sources(ROOT)
    graph = union(sources.ontology, sources.data, negative_assertions(sources.data))
    new = set(infer(graph, anonymous=True))
    assert len(new) > 1000
    assert set(graph) | new == set(closure(graph, anonymous=True, engine="reference"))
    store = store_of(graph)
    assert sent_until_nothing_is_new(store) - triples_of(store_of(graph)) == triples_of(store_of(new))


LONG = " ".join(f":p{number}" for number in range(9))


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        (
            f":r owl:propertyChainAxiom ({LONG}) . " + " ".join(f":x{n} :p{n} :x{n + 1} ." for n in range(9)),
            (EX.x0, EX.r, EX.x9),
        ),
        (
            f":C owl:hasKey ({LONG}) . :a a :C . :b a :C . "
            + " ".join(f":a :p{n} {n} . :b :p{n} {n} ." for n in range(9)),
            (EX.a, OWL.sameAs, EX.b),
        ),
        (
            f":C owl:intersectionOf ({LONG}) . " + " ".join(f":a a :p{n} ." for n in range(9)),
            (EX.a, RDF.type, EX.C),
        ),
        ("[ owl:inverseOf :p ] rdfs:subPropertyOf :q . :a :p :b .", (EX.b, EX.q, EX.a)),
        (":a owl:sameAs 1 . :b :p :a .", (EX.b, EX.p, Literal(1))),
        (":a owl:sameAs 1 . :b :p 1 .", (EX.b, EX.p, EX.a)),
        (":a owl:sameAs 1 . :b owl:sameAs 1 .", (EX.a, OWL.sameAs, EX.b)),
        ("owl:Thing rdfs:subClassOf :D . :C a owl:Class . :a a :C .", (EX.a, RDF.type, EX.D)),
        (":a a owl:Nothing . :C a owl:Class .", (EX.a, RDF.type, EX.C)),
        ("owl:Thing owl:hasKey (:k) . :C a owl:Class . :a a :C ; :k 1 . :b a :C ; :k 1 .", (EX.a, OWL.sameAs, EX.b)),
        (":same rdfs:subPropertyOf owl:sameAs . :a :same :b . :b :p :c .", (EX.a, EX.p, EX.c)),
        ("owl:sameAs rdfs:subPropertyOf :like . :a owl:sameAs :b .", (EX.a, EX.like, EX.a)),
        # an axiom that is itself a conclusion, and one that comes true when two properties turn out to be one
        (":K rdfs:subClassOf owl:SymmetricProperty . :p a :K . :a :p :b .", (EX.b, EX.p, EX.a)),
        (
            ":n a owl:FunctionalProperty . :m :n :p , :q . :p rdfs:domain :C . :a :q :b .",
            (EX.a, RDF.type, EX.C),
        ),
        (":C owl:sameAs owl:Thing . :D a owl:Class .", (EX.D, RDFS.subClassOf, EX.C)),
        *(
            (
                ":n a owl:FunctionalProperty . :m :n :p , :q . :a :p :b . :b :q :c ."
                " :r owl:propertyChainAxiom (:p :p) . :s owl:propertyChainAxiom (:q :q) .",
                (EX.a, prop, EX.c),
            )
            for prop in (EX.r, EX.s)
        ),
        (":C owl:hasKey (:k) . :a a :C ; :k :v . :b a :C ; :k :w . :v owl:sameAs :w .", (EX.a, OWL.sameAs, EX.b)),
    ],
)
def test_corners_where_both_engines_agree(text: str, triple: Triple) -> None:
    graph = parse(text)
    assert triple in infer(graph)
    assert set(closure(graph, anonymous=True)) == set(closure(graph, anonymous=True, engine="reference"))


def test_a_key_that_differs_or_is_missing_makes_nobody_the_same() -> None:
    graph = parse(
        ":C owl:hasKey (:k :l) . :a a :C ; :k 1 ; :l 2 . :b a :C ; :k 1 ; :l 3 . :c a :C ; :k 1 . :d :k 1 ; :l 2 ."
    )
    assert infer(graph) == []
    assert set(closure(graph, engine="reference")) == set(graph)


def test_a_large_clique_is_closed_in_the_time_of_its_triples() -> None:
    """Every member must be paired with every other: rules in rounds need a hundred times as long for it."""
    graph = Graph()
    members = [EX[f"m{number}"] for number in range(61)]
    for one, other in pairwise(members):
        graph.add((one, OWL.sameAs, other))
    graph.add((EX.m0, EX.p, EX.o))
    new = infer(graph)
    assert len(new) == 61 * 60 - 60 + 60


def test_a_schema_that_is_compiled_once_serves_many_graphs_and_keeps_none_of_them() -> None:
    schema = parse(":p a owl:TransitiveProperty ; rdfs:domain :C . :C rdfs:subClassOf :D . :C owl:hasKey (:k) .")
    rules = Ruleset(schema)
    assert rules.inferred == [(EX.p, RDFS.domain, EX.D)]
    for text in (":a :p :b . :b :p :c .", ":x :p :y .", ":a owl:sameAs :p . :m :a :n .", ":a :p :b . :b :p :c ."):
        data = parse(text)
        whole = set(closure(union(schema, data))) - set(data)
        assert set(rules.infer(data)) == whole - set(schema) - set(rules.inferred)


def test_a_store_is_closed_in_place() -> None:
    schema = parse(":p a owl:SymmetricProperty . :d rdfs:subPropertyOf :e .")
    store = ox.Store()
    store.load(
        b'@prefix : <https://example.org/> . _:x :p :b ; :d "01"^^<urn:unknown>, 1.50, 007 .',
        format=ox.RdfFormat.TURTLE,
    )
    before = set(store)
    rules = Ruleset(store_of(schema))
    count = rules.close(store, anonymous=True)
    assert count == len(set(store) - before) == 4
    assert before <= set(store)
    p, e = ox.NamedNode(str(EX.p)), ox.NamedNode(str(EX.e))
    (back,) = store.quads_for_pattern(ox.NamedNode(str(EX.b)), p, None)
    assert back.object in {quad.subject for quad in before}
    assert len(list(store.quads_for_pattern(None, e, None))) == 3


@pytest.mark.parametrize("lexical", ['"01"^^xsd:integer', '"1.50"^^xsd:decimal', '"abc"^^xsd:integer', '"+1"^^xsd:int'])
def test_literals_come_out_as_they_went_in(lexical: str) -> None:
    graph = Graph()
    value, datatype = lexical.split("^^xsd:")
    literal = Literal(value.strip('"'), datatype=XSD[datatype], normalize=False)
    graph.add((EX.a, EX.p, literal))
    graph.add((EX.p, RDFS.subPropertyOf, EX.q))
    (new,) = infer(graph)
    assert new[2].n3() == literal.n3()


def test_a_circle_is_an_error_in_words_wherever_it_is() -> None:
    for axiom in ("propertyChainAxiom", "hasKey", "unionOf", "members"):
        with pytest.raises(WakhanError, match="cannot be reasoned with"):
            infer(parse(f":c owl:{axiom} :l . :l rdf:first :p ; rdf:rest :l ."))


def test_lists_that_are_empty_or_broken_say_nothing() -> None:
    axioms = ("propertyChainAxiom", "hasKey", "unionOf", "intersectionOf", "oneOf")
    for axiom in axioms:
        assert infer(parse(f":c owl:{axiom} () . :a a :c . :d owl:{axiom} :nowhere .")) == []


def test_only_the_reference_loads_owlrl() -> None:
    code = "import sys, wakhan.reason; print([m for m in ('pyshacl', 'owlrl') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_closure_is_the_same_under_any_hash_seed() -> None:
    code = (
        "import sys; from rdflib import Graph; from wakhan.owl2rl import closure\n"
        "g = Graph().parse(data=sys.stdin.read(), format='turtle')\n"
        "print(sorted(' '.join(t.n3() for t in triple) for triple in closure(g)))\n"
    )
    text = PREFIXES + " ".join(graph.serialize(format="nt") for graph, _ in CASES.values())
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
