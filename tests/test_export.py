"""One graph, one text; and each edition has what it should, and no more."""

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from wakhan.errors import UsageError, WakhanError
from wakhan.export import EDITIONS, FORMATS, canonical, edition, export, to_ntriples, without_claims
from wakhan.names import CLAIM, ID, WK
from wakhan.sources import load_sources

ANONYMOUS = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:r owl:propertyChainAxiom ( :p :q ) , ( :q :p ) , ( :p :q :p ) .
:C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :x ] .
:D rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :x ] .
:E owl:equivalentClass [ owl:unionOf ( :C :D ) ] , [ owl:intersectionOf ( [ owl:complementOf :C ] :D ) ] .
[] a owl:AllDisjointClasses ; owl:members ( :C :D ) .
[] a owl:AllDisjointClasses ; owl:members ( :D :E ) .
:x rdfs:label "x \\"quoted\\" \\n \u00e9"@en ; :n 1 , 1.0 , 1e0 , "1" ;
    :d "2021-07-09"^^<http://www.w3.org/2001/XMLSchema#date> .
"""


def shuffled(seed: int) -> Graph:
    """Return the same graph with other labels of the blank nodes, added in another order."""
    triples = list(Graph().parse(data=ANONYMOUS, format="turtle"))
    chance = random.Random(seed)
    chance.shuffle(triples)
    names = sorted({term for triple in triples for term in triple if isinstance(term, BNode)})
    fresh = {
        name: BNode(f"b{number}") for name, number in zip(names, chance.sample(range(999), len(names)), strict=True)
    }
    graph = Graph()
    for subject, predicate, value in triples:
        graph.add((fresh.get(subject, subject), predicate, fresh.get(value, value)))  # type: ignore[call-overload]
    return graph


@pytest.mark.parametrize("name", FORMATS)
def test_one_graph_has_one_text(name: str) -> None:
    assert len({export(shuffled(seed), name) for seed in range(8)}) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_the_text_says_the_same(name: str) -> None:
    graph = shuffled(0)
    again = Graph().parse(data=export(graph, name), format={"turtle": "turtle", "ntriples": "nt"}[name])
    assert isomorphic(again, graph)


def test_ntriples_are_sorted_lines_that_another_parser_reads() -> None:
    text = to_ntriples(shuffled(0))
    lines = text.splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(shuffled(0)) == len(set(ox.parse(text, format=ox.RdfFormat.N_TRIPLES)))
    assert "_:c14n0 " in text
    assert "\u00e9" in text


def test_canonical_graphs_are_equal_sets() -> None:
    assert set(canonical(shuffled(1))) == set(canonical(shuffled(2)))
    assert isomorphic(canonical(shuffled(1)), shuffled(1))


def test_a_graph_without_blank_nodes_is_canonical() -> None:
    graph = Graph()
    graph.add((ID.a, WK.p, Literal("01", datatype=URIRef("http://www.w3.org/2001/XMLSchema#integer"), normalize=False)))
    assert canonical(graph) is graph
    assert '"01"' in to_ntriples(graph)


def test_what_the_formats_cannot_say_is_an_error_in_words() -> None:
    graph = Graph()
    graph.add((ID.a, WK.p, Literal("x", lang="en")))
    graph.add((URIRef("not an iri"), WK.p, ID.a))
    with pytest.raises(WakhanError, match="cannot say"):
        to_ntriples(graph)


def test_the_editions(tiny_root: Path) -> None:
    sources = load_sources(tiny_root)
    asserted, inferred, facts, ontology, shapes = (set(edition(sources, name)) for name in EDITIONS)
    fact, reverse = (ID.arland, WK.memberOf, ID.pact), (ID.pact, WK.hasMember, ID.arland)
    denial = URIRef(CLAIM["p01s2-1"] + "/not")
    assert set(sources.data) | set(sources.ontology) < asserted < inferred
    assert fact in facts
    assert reverse in inferred - asserted
    assert (denial, RDF.type, OWL.NegativePropertyAssertion) in asserted
    assert facts < asserted
    assert not {s for s, _, _ in facts if str(s).startswith(str(CLAIM))}
    assert not {o for _, _, o in facts if str(o).startswith(str(CLAIM))}
    assert (ID.borland, RDF.type, WK.State) in facts
    assert ontology == set(sources.ontology) < facts
    assert shapes == set(sources.shapes)


def test_without_claims_nothing_points_to_one() -> None:
    data = Graph()
    data.add((CLAIM.c, RDF.type, WK.Claim))
    data.add((ID.a, WK.seeAlso, CLAIM.c))
    data.add((ID.a, RDF.type, WK.State))
    assert set(without_claims(data)) == {(ID.a, RDF.type, WK.State)}


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_uses_prefixes_and_has_no_blank_nodes_from_the_data(name: str, tiny_root: Path) -> None:
    text = export(edition(load_sources(tiny_root), name), "turtle")
    assert {"ontology": "wk:State", "shapes": "shape:Claim"}.get(name, "id:arland") in text
    assert "[" not in text


def test_unknown_names_are_misuse(tiny_root: Path) -> None:
    with pytest.raises(UsageError, match="no such format: html"):
        export(Graph(), "html")
    with pytest.raises(UsageError, match="no such edition: deluxe"):
        edition(load_sources(tiny_root), "deluxe")


def test_a_literal_is_no_subject_in_ntriples() -> None:
    graph = Graph()
    graph.add((Literal("x"), WK.p, ID.a))
    with pytest.raises(WakhanError, match='cannot say: "x" is no subject'):
        to_ntriples(graph)
