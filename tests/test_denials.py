"""What the narrator denies, and nobody else, becomes a negative assertion."""

from rdflib import Graph

from wakhan.denials import negative_assertions
from wakhan.sources import parse_turtle

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
"""


def denials(subject: str, predicate: str, value: str, factuality: str = "Denied", speaker: str = "ex:us") -> Graph:
    claim = f"""
        ex:us a wk:Narrator .
        ex:c1 a wk:Claim ; rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {value} ;
            wk:factuality wk:{factuality} ; wk:speaker {speaker} ."""
    return negative_assertions(parse_turtle(PREFIXES + claim))


def same(graph: Graph, text: str) -> bool:
    return set(graph) == set(parse_turtle(PREFIXES + text))


def test_relation() -> None:
    assert same(
        denials("ex:a", "ex:borders", "ex:b"),
        """<https://example.org/c1/not> a owl:NegativePropertyAssertion ;
            owl:sourceIndividual ex:a ; owl:assertionProperty ex:borders ; owl:targetIndividual ex:b .""",
    )


def test_literal() -> None:
    assert same(
        denials("ex:a", "ex:size", "7"),
        """<https://example.org/c1/not> a owl:NegativePropertyAssertion ;
            owl:sourceIndividual ex:a ; owl:assertionProperty ex:size ; owl:targetValue 7 .""",
    )


def test_type() -> None:
    assert same(
        denials("ex:a", "rdf:type", "ex:Visit"),
        """<https://example.org/c1/not> a owl:Class ; owl:complementOf ex:Visit .
        ex:a a <https://example.org/c1/not> .""",
    )


def test_others_may_deny_and_the_narrator_may_doubt() -> None:
    assert not denials("ex:a", "ex:borders", "ex:b", speaker="ex:them")
    assert not denials("ex:a", "ex:borders", "ex:b", factuality="Unknown")
    assert not denials("ex:a", "ex:borders", "ex:b", factuality="Affirmed")
