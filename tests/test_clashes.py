"""Each rule of OWL 2 RL that says *false* is found, and none is found where all is well."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Namespace
from rdflib.term import Node

from wakhan.clashes import CHECKS, Clash
from wakhan.denials import negative_assertions
from wakhan.engine import triple_of
from wakhan.names import curie
from wakhan.reason import clashes, closure, union
from wakhan.sources import load_sources

ROOT = Path(__file__).parents[1]
QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "ontology/rules/clashes").glob("*.rq")}
EX = Namespace("https://example.org/")

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NPA = ":n a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :p ;"
ZERO = '"0"^^xsd:nonNegativeInteger'

CASES = {
    "cax-dw": (":C owl:disjointWith :D . :a a :C , :D .", ":C owl:disjointWith :D . :a a :C . :b a :D ."),
    "cax-dw by range": (
        ":C owl:disjointWith :D . :p rdfs:range :C . :b :p :a . :a a :D .",
        ":p rdfs:range :C . :b :p :a .",
    ),
    "cax-adc": (
        "[] a owl:AllDisjointClasses ; owl:members ( :C :D :E ) . :a a :C , :E .",
        "[] a owl:AllDisjointClasses ; owl:members ( :C :D :E ) . :a a :C . :b a :E .",
    ),
    "cls-com": (":N owl:complementOf :C . :a a :C , :N .", ":N owl:complementOf :C . :a a :C . :b a :N ."),
    "cls-nothing2": (":a a owl:Nothing .", ":a a owl:Thing ."),
    "prp-irp": (":p a owl:IrreflexiveProperty . :a :p :a .", ":p a owl:IrreflexiveProperty . :a :p :b ."),
    "prp-asyp": (":p a owl:AsymmetricProperty . :a :p :b . :b :p :a .", ":p a owl:AsymmetricProperty . :a :p :b ."),
    "prp-pdw": (
        ":p owl:propertyDisjointWith :q . :a :p :b ; :q :b .",
        ":p owl:propertyDisjointWith :q . :a :p :b ; :q :c .",
    ),
    "prp-adp": (
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q ) . :a :p :b ; :q :b .",
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q ) . :a :p :b . :b :q :a .",
    ),
    "prp-npa1": (f"{NPA} owl:targetIndividual :b . :a :p :b .", f"{NPA} owl:targetIndividual :b . :b :p :a ."),
    "prp-npa1 by inverse": (f"{NPA} owl:targetIndividual :b . :q owl:inverseOf :p . :b :q :a .", ":b :q :a ."),
    "prp-npa2": (f"{NPA} owl:targetValue 1 . :a :p 1 .", f"{NPA} owl:targetValue 1 . :a :p 2 ."),
    "eq-diff1": (":a owl:sameAs :b . :b owl:differentFrom :a .", ":a owl:sameAs :b . :b owl:differentFrom :c ."),
    "eq-diff2": (
        "[] a owl:AllDifferent ; owl:members ( :a :b :c ) . :b owl:sameAs :c .",
        "[] a owl:AllDifferent ; owl:members ( :a :b :c ) . :b owl:sameAs :d .",
    ),
    "eq-diff3": (
        "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b ) . :a owl:sameAs :b .",
        "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b ) .",
    ),
    "eq-diff2 twice in the list": (
        "[] a owl:AllDifferent ; owl:members ( :a :b :a ) .",
        "[] a owl:AllDifferent ; owl:members ( :a :b :c ) .",
    ),
    "eq-diff2 of a clique": (
        "[] a owl:AllDifferent ; owl:members ( :a :b ) . :a owl:sameAs :x . :x owl:sameAs :b .",
        "[] a owl:AllDifferent ; owl:members ( :a :b ) . :a owl:sameAs :x . :b owl:sameAs :y .",
    ),
    "cls-maxc1": (
        f":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality {ZERO} ] . :a a :C ; :p :b .",
        f":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality {ZERO} ] . :a a :C ; :q :b ."
        " :D rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] . :d a :D ; :p :b .",
    ),
    "cls-maxqc1": (
        f":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality {ZERO} ; owl:onClass :D ] ."
        " :a a :C ; :p :b . :b a :D .",
        f":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality {ZERO} ; owl:onClass :D ] ."
        " :a a :C ; :p :b .",
    ),
    "cls-maxqc2": (
        f":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality {ZERO} ; owl:onClass owl:Thing ] ."
        " :a a :C ; :p :b .",
        f":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality {ZERO} ; owl:onClass owl:Thing ] ."
        " :a a :C .",
    ),
    "prp-fp": (
        ":d a owl:DatatypeProperty , owl:FunctionalProperty . :a :d 1 , 2 .",
        ":d a owl:DatatypeProperty , owl:FunctionalProperty . :a :d 1 , 1.0 . :b :d 2 .",
    ),
    "prp-fp by language": (
        ':d a owl:DatatypeProperty , owl:FunctionalProperty . :a :d "x"@en , "x"@de .',
        ':d a owl:DatatypeProperty . :a :d "x"@en , "x"@de .',
    ),
    "prp-fp by kind": (
        ":d a owl:DatatypeProperty , owl:FunctionalProperty . :a :d 1 , true .",
        ":d a owl:DatatypeProperty , owl:FunctionalProperty . :a :d true .",
    ),
    "dt-not-type by number": (
        ':a :d "two"^^xsd:integer , "300"^^xsd:byte .',
        ':a :d 2 , "100"^^xsd:byte , 2.5 , 1e3 , true .',
    ),
    "dt-not-type by day": (
        ':a :d "2021-02-29"^^xsd:date , "2021-02-30T00:00:00"^^xsd:dateTime .',
        ':a :d "2020-02-29"^^xsd:date , "2021-02-28Z"^^xsd:date , "2021-02-28T00:00:00+05:00"^^xsd:dateTime .',
    ),
    "dt-not-type": (
        ':a :d "2021-07-32"^^xsd:date .',
        ':a :d "2021-07-31"^^xsd:date , "P2D"^^xsd:dayTimeDuration , 5 .',
    ),
}


def found(text: str) -> list[str]:
    graph = Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")
    return [clash.rule for clash in clashes(closure(graph, anonymous=True))]


@pytest.mark.parametrize("name", CASES)
def test_a_contradiction_is_found(name: str) -> None:
    assert set(found(CASES[name][0])) == {name.split()[0]}


@pytest.mark.parametrize("name", CASES)
def test_its_consistent_twin_has_none(name: str) -> None:
    assert found(CASES[name][1]) == []


def test_the_message_names_the_terms() -> None:
    graph = Graph(bind_namespaces="none").parse(data=PREFIXES + CASES["prp-npa1"][0], format="turtle")
    (clash,) = clashes(closure(graph))
    assert clash.message == ":a :p :b holds, but :n denies it"
    assert [str(term).rpartition("/")[2] for term in clash.terms] == ["a", "p", "b", "n"]


def test_a_contradiction_that_is_stated_both_ways_is_one() -> None:
    assert found(":C owl:disjointWith :D . :D owl:disjointWith :C . :a a :C , :D .") == ["cax-dw"]


def test_all_are_listed_and_sorted() -> None:
    rules = found(" ".join(bad for bad, _ in CASES.values()))
    assert rules == sorted(rules)
    assert set(rules) >= {name.split()[0] for name in CASES}


def by_queries(closed: Graph) -> set[Clash]:
    """Return the contradictions that the stored queries find in a store."""
    lines = "\n".join(" ".join(term.n3() for term in triple) + " ." for triple in closed)
    store = ox.Store()
    store.extend(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
    found = set()
    for query in QUERIES.values():
        rows = store.query(query)
        assert isinstance(rows, ox.QuerySolutions)
        for rule, message, *columns in rows:
            assert isinstance(rule, ox.Literal)
            assert isinstance(message, ox.Literal)
            places = len(re.findall(r"\{\d?\}", message.value))
            terms = tuple(term_of(column) for column in columns[:places])
            found.add(Clash(rule.value, message.value.format(*(curie(term, closed) for term in terms)), terms))
    return found


def term_of(term: object) -> Node:
    assert isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    return triple_of(ox.Triple(ox.NamedNode(EX.s), ox.NamedNode(EX.p), term))[2]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("side", [0, 1])
def test_the_stored_queries_find_the_same(name: str, side: int) -> None:
    graph = Graph(bind_namespaces="none").parse(data=PREFIXES + CASES[name][side], format="turtle")
    closed = closure(graph, anonymous=True)
    # a store may write numbers and datatypes in its own way, and so may say of fewer that they are wrong
    reference = {clash for clash in clashes(closed) if str(clash.terms[-1]) != "300"}
    assert by_queries(closed) == reference
    assert bool(reference) == (side == 0)


def test_there_is_a_query_for_each_rule_and_it_names_its_rule() -> None:
    assert set(QUERIES) == {name.split()[0] for name in CASES}
    for name, query in QUERIES.items():
        assert f'("{name}" AS ?rule)' in query


def test_the_stored_queries_find_the_same_when_much_is_wrong() -> None:
    text = PREFIXES + " ".join(bad for name, (bad, _) in CASES.items() if "number" not in name)
    closed = closure(Graph(bind_namespaces="none").parse(data=text, format="turtle"), anonymous=True)
    reference = clashes(closed)
    assert len(reference) > len(CHECKS)
    assert by_queries(closed) == set(reference)


def test_there_are_no_contradictions_in_the_dataset_by_either_way() -> None:
    sources = load_sources(ROOT)
    closed = closure(union(sources.ontology, sources.data, negative_assertions(sources.data)), anonymous=True)
    assert clashes(closed) == []
    assert by_queries(closed) == set()
