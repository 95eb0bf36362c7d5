"""The quick graph does what a graph of rdflib does."""

from itertools import product
from random import Random

import pytest
from rdflib import RDF, Graph, Literal, Namespace
from rdflib.paths import MulPath
from rdflib.term import Node

from wakhan.graph import MemoryGraph, Triple

EX = Namespace("https://example.org/")
TERMS: list[Node] = [EX.a, EX.b, EX.c, Literal("a"), Literal("a", lang="en"), Literal("a", lang="EN"), Literal(1)]
PATTERNS = list(product((None, EX.a, EX.b, EX.d), (None, EX.p, EX.q, EX.d), (None, *TERMS)))


def invented(seed: int, size: int = 30) -> list[Triple]:
    chance = Random(seed)
    subjects, predicates = (EX.a, EX.b, EX.c), (EX.p, EX.q, RDF.type)
    return [(chance.choice(subjects), chance.choice(predicates), chance.choice(TERMS)) for _ in range(size)]


def assert_same(graph: MemoryGraph, usual: Graph) -> None:
    assert len(graph) == len(usual)
    assert set(graph) == set(usual)
    for pattern in PATTERNS:
        found = list(graph.triples(pattern))
        assert len(found) == len(set(found))
        assert set(found) == set(usual.triples(pattern)), pattern
        assert (pattern in graph) == (pattern in usual)


@pytest.mark.parametrize("seed", range(10))
def test_it_finds_what_a_graph_of_rdflib_finds(seed: int) -> None:
    triples = invented(seed)
    usual = Graph()
    for triple in triples:
        usual.add(triple)
    assert_same(MemoryGraph(triples), usual)


@pytest.mark.parametrize("seed", range(10))
def test_the_indexes_keep_up_with_every_change(seed: int) -> None:
    graph, usual, chance = MemoryGraph(), Graph(), Random(seed)
    for number, triple in enumerate(invented(seed, 40)):
        graph.add(triple)
        usual.add(triple)
        if number % 7 == 3:
            pattern = chance.choice(PATTERNS[1:])
            graph.remove(pattern)
            usual.remove(pattern)
        if number % 9 == 5:
            more = invented(number, 5)
            graph += more
            usual += more
        assert_same(graph, usual)


def test_a_copy_is_changed_alone() -> None:
    graph = MemoryGraph(invented(1))
    size = len(graph)
    copy = MemoryGraph(graph)
    copy.add((EX.new, EX.p, EX.a))
    graph.remove((EX.a, None, None))
    assert len(copy) == size + 1
    assert (EX.new, EX.p, EX.a) not in graph


def test_the_difference_is_what_the_other_has_not() -> None:
    one, other = MemoryGraph(invented(1)), MemoryGraph(invented(2))
    assert set(one - other) == set(one) - set(other)
    assert len(set(one)) > len(one - other) > 0


def test_paths_are_followed() -> None:
    graph = MemoryGraph([(EX.a, EX.p, EX.b), (EX.b, EX.p, EX.c)])
    assert list(graph.objects(EX.a, EX.p / EX.p)) == [EX.c]
    assert (EX.a, MulPath(EX.p, "+"), EX.c) in graph
    assert (EX.c, MulPath(EX.p, "+"), EX.a) not in graph


def test_the_first_spelling_of_a_literal_stays() -> None:
    graph = MemoryGraph([(EX.a, EX.p, Literal("a", lang="EN")), (EX.a, EX.p, Literal("a", lang="en"))])
    assert [value.n3() for value in graph.objects()] == ['"a"@EN']


def test_it_has_no_prefixes_of_its_own() -> None:
    graph = MemoryGraph()
    assert not list(graph.namespaces())
    graph.bind("ex", EX)
    assert [(prefix, str(iri)) for prefix, iri in graph.namespaces()] == [("ex", str(EX))]
