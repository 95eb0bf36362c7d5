"""Patterns match the triples that they look like, with one value for each variable."""

from rdflib import OWL, RDF, Graph, Literal, URIRef, Variable

from wakhan.matching import fill, is_legal, match, matches, places_of
from wakhan.rules import Rule

A, B, C, KNOWS = (URIRef(f"urn:{name}") for name in ("a", "b", "c", "knows"))
X, Y, Z, P = (Variable(name) for name in "xyzp")


def test_a_variable_has_one_value() -> None:
    assert match((X, KNOWS, Y), (A, KNOWS, B), {}) == {X: A, Y: B}
    assert match((X, KNOWS, X), (A, KNOWS, B), {}) is None
    assert match((X, KNOWS, Y), (A, KNOWS, B), {Y: C}) is None
    assert match((X, RDF.type, Y), (A, KNOWS, B), {}) is None
    assert fill((X, KNOWS, Z), {X: A}) == (A, KNOWS, Z)


def test_patterns_match_together() -> None:
    graph = Graph()
    for triple in ((A, KNOWS, B), (B, KNOWS, C), (A, KNOWS, C)):
        graph.add(triple)
    assert list(matches([(X, KNOWS, Y), (Y, KNOWS, Z)], {}, graph)) == [{X: A, Y: B, Z: C}]
    assert list(matches([(X, KNOWS, Y)], {X: C}, graph)) == []
    assert list(matches([], {X: C}, graph)) == [{X: C}]


def test_patterns_are_found_by_their_predicates() -> None:
    rule = Rule("r", ((X, KNOWS, Y), (X, P, Y)), (Y, KNOWS, X))
    found = places_of((rule, place, part) for place, part in enumerate(rule.body))
    assert dict(found) == {KNOWS: [(rule, 0)], None: [(rule, 1)]}


def test_a_literal_is_no_subject_and_nothing_follows_from_being_oneself() -> None:
    assert is_legal((A, OWL.sameAs, B))
    assert not is_legal((A, OWL.sameAs, A))
    assert not is_legal((Literal(1), KNOWS, A))
    assert not is_legal((A, Literal(1), A))
