"""Editions are made once, and read in the order of the Turtle files."""

import random

from rdflib import RDF, RDFS, Graph, Literal

from wakhan.export import EDITIONS, edition, to_ntriples
from wakhan.formats import Editions
from wakhan.formats.editions import in_reading_order, triples_in_reading_order
from wakhan.names import CLAIM, ID, WK, new_graph
from wakhan.turtle import SECTIONS


def test_an_edition_is_made_once(editions: Editions) -> None:
    assert editions.graph("facts") is editions.graph("facts")
    assert editions.ntriples("facts") is editions.ntriples("facts")
    assert editions.ntriples("facts") == to_ntriples(edition(editions.sources, "facts"))
    assert {name: len(editions.graph(name)) for name in EDITIONS} == {
        name: editions.ntriples(name).count("\n") for name in EDITIONS
    }


def test_the_order_does_not_depend_on_that_of_the_triples(editions: Editions) -> None:
    triples = list(editions.graph("ontology"))
    random.Random(1).shuffle(triples)
    again = new_graph()
    for triple in triples:
        again.add(triple)
    assert triples_in_reading_order(again) == triples_in_reading_order(editions.graph("ontology"))


def test_things_come_by_kind_and_then_as_people_count() -> None:
    graph = Graph()
    for thing, kind in ((ID.a, WK.State), (CLAIM["p1-10"], WK.Claim), (CLAIM["p1-2"], WK.Claim)):
        graph.add((thing, RDFS.label, Literal("x")))
        graph.add((thing, RDF.type, kind))
    order = [(subject, [predicate for predicate, _ in said]) for subject, said in in_reading_order(graph)]
    assert order == [(thing, [RDF.type, RDFS.label]) for thing in (CLAIM["p1-2"], CLAIM["p1-10"], ID.a)]


def test_what_is_of_two_kinds_comes_with_the_first() -> None:
    graph = Graph()
    kinds = [kind for kind in SECTIONS.values() if kind is not None]
    graph.add((ID.z, RDF.type, kinds[0]))
    graph.add((ID.z, RDF.type, kinds[-1]))
    graph.add((ID.a, RDF.type, kinds[1]))
    assert [subject for subject, _ in in_reading_order(graph)] == [ID.z, ID.a]
