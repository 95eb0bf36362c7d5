"""Ontology, shapes and queries are checked together: the project's own are in order, and nothing does harm."""

from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from wakhan.findings import SEVERITIES, Result
from wakhan.lint.checks import RULES, lint
from wakhan.sources import load_sources, packaged_root

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGY = "<https://example.org/> a owl:Ontology . :Person a owl:Class . :knows a owl:ObjectProperty ."


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def find(ontology: str = "", shapes: str = "", data: str = "", query: str = "", *, deep: bool = True) -> list[Result]:
    queries = {Path("a.rq"): query} if query else {}
    return lint(parse(ontology), parse(shapes), parse(data), queries, deep=deep)


@pytest.fixture(scope="module")
def own() -> list[Result]:
    sources = load_sources(packaged_root())
    queries = {path: path.read_text(encoding="utf-8") for path in sorted(sources.queries.rglob("*.rq"))}
    assert queries
    return lint(sources.ontology, sources.shapes, sources.data, queries)


def test_the_project_itself_is_in_order(own: list[Result]) -> None:
    assert [(result.rule, result.message) for result in own if result.severity != "info"] == []


def test_the_project_is_in_owl_2_rl(own: list[Result]) -> None:
    assert [result.message for result in own if str(result.rule).startswith(("rl-", "owl-"))] == []


def test_nothing_is_in_order() -> None:
    assert find() == []


def test_the_worst_comes_first_and_each_once() -> None:
    found = find(
        ONTOLOGY, ":s a sh:NodeShape . :s sh:property [ sh:path :knwos ; sh:minCount '1' ] .", ":a a :Person ."
    )
    order = [SEVERITIES.index(result.severity) for result in found]
    assert order == sorted(order)
    assert len(set(found)) == len(found)
    assert {"undeclared-term", "shape-parameter", "unused-shape"} <= {str(result.rule) for result in found}


def test_the_order_does_not_depend_on_chance() -> None:
    shapes = "".join(f":s{n} sh:property [ sh:path :knwos{n} ; sh:minCount '1' ] . " for n in range(9))
    first, second = ([(r.rule, r.message) for r in find(ONTOLOGY, shapes, deep=False)] for _ in range(2))
    assert first == second


def test_what_a_shape_of_the_project_says_goes_before_the_general_rule() -> None:
    shapes = ":label sh:path rdfs:label ; sh:minCount 1 . :s sh:targetClass owl:Class ; sh:property :label ."
    classes = "".join(f":{name} a owl:Class ; rdfs:label 'x' . " for name in "ABC")
    rules = [str(r.rule) for r in find(ONTOLOGY + classes, shapes) if r.focus == URIRef("https://example.org/Person")]
    assert "https://example.org/label" in rules
    assert "term-label" not in rules
    assert "term-label" in [str(r.rule) for r in find(ONTOLOGY + classes)]


def test_slow_checks_can_be_left_out() -> None:
    shapes = ":s a sh:NodeShape ; sh:targetNode [ ] ."
    assert "shape-syntax" in {result.rule for result in find(shapes=shapes)}
    assert "shape-syntax" not in {result.rule for result in find(shapes=shapes, deep=False)}


@pytest.mark.parametrize(
    "text",
    [
        ":s sh:in _:l ; sh:and _:l ; sh:path _:l . _:l rdf:first _:l ; rdf:rest _:l .",
        ":s sh:property 's' ; sh:path 'q' , _:c ; sh:node 1 ; sh:or 'x' ; sh:targetClass 'C' ; sh:class [ ] .",
        ":s sh:sparql 'x' , [ sh:select 1 , :a , 'SELECT' ; sh:prefixes 'p' , [ sh:declare 'd' ] ; sh:message :m ] .",
        "_:b sh:property _:b ; sh:path _:b ; sh:inversePath _:b ; sh:not _:b ; sh:and ( _:b _:b ) .",
        ":A rdfs:subClassOf :A , _:x . _:x owl:unionOf _:x ; owl:onProperty _:x ; owl:someValuesFrom _:x .",
        "owl:Thing rdfs:subClassOf 'x' ; owl:disjointWith 1 ; owl:members 2 ; owl:hasKey [ ] ; owl:deprecated 'no' .",
        "_:p a owl:TransitiveProperty ; owl:inverseOf _:p ; rdfs:subPropertyOf _:p ; rdfs:range 1 ; rdfs:domain _:p .",
        ":s sh:minCount 'x'^^xsd:integer ; sh:pattern '(' ; sh:flags 5 ; sh:languageIn 'en' ; sh:closed 2 .",
        "<urn:x> a <urn:x> , owl:Class , sh:NodeShape ; <urn:x> <urn:x> ; sh:targetClass <urn:x> .",
        ":s sh:target [ sh:select 'SELECT ?this { ?this ?p' ] ; sh:rule [ sh:construct 'CONSTRUCT' ] .",
    ],
)
def test_graphs_made_to_confuse_do_no_harm(text: str) -> None:
    for found in (find(text, text, text), find(ontology=text), find(shapes=text)):
        for result in found:
            assert result.rule in RULES or isinstance(result.rule, URIRef)
            assert result.severity in SEVERITIES


def test_each_result_names_triples_of_the_graphs_or_a_place() -> None:
    ontology, shapes = parse(ONTOLOGY + ":Persn rdfs:subClassOf :Agent ."), parse(":s sh:property [ sh:path :knwos ] .")
    data, query = parse(":a :likes :b ."), {Path("a.rq"): "SELECT ?x { }}"}
    for result in lint(ontology, shapes, data, query):
        assert result.place is not None or result.triples
        for triple in result.triples:
            assert triple in ontology or triple in shapes or triple in data


def test_each_rule_has_a_title_a_reason_and_a_severity() -> None:
    for name, rule in RULES.items():
        assert name == name.lower()
        assert " " not in name
        assert rule.name
        assert rule.description.endswith(".")
        assert rule.severity in SEVERITIES
