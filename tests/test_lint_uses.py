"""A term that is used and not declared is found where it is used, and one that nobody uses where it is declared."""

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.term import Node

from wakhan.findings import Result
from wakhan.lint.project import Project
from wakhan.lint.sparql import Text
from wakhan.lint.uses import RULES, check_uses, troubles
from wakhan.names import Triple, curie

PREFIXES = """
@prefix : <https://example.org/> .
@prefix d: <https://example.org/data/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
ONTOLOGY = """
<https://example.org/> a owl:Ontology ; owl:versionIRI :v1 ; rdfs:seeAlso :about .
:Person a owl:Class ; rdfs:isDefinedBy :o . :knows a owl:ObjectProperty ; rdfs:domain :Person . :Blue a :Person .
"""
DATA = "d:ann a :Person ; :knows d:bob , :Blue ."


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def project(ontology: str = "", shapes: str = "", data: str = "") -> Project:
    return Project(parse(ONTOLOGY + ontology), parse(shapes), parse(DATA + data), {})


def find(ontology: str = "", shapes: str = "", data: str = "") -> list[Result]:
    return list(check_uses(project(ontology, shapes, data)))


def written(triple: Triple) -> str:
    def write(node: Node) -> str:
        return curie(node, parse("")) if not node.n3().startswith("_:") else "[]"

    return " ".join(map(write, triple))


def test_what_is_declared_and_used_is_left_in_peace() -> None:
    assert find() == []


@pytest.mark.parametrize(
    ("where", "text", "triple", "severity"),
    [
        ("data", "d:ann :knwos d:bob .", "d:ann :knwos d:bob", "violation"),
        ("data", "d:ann a :Persn .", "d:ann rdf:type :Persn", "violation"),
        ("data", "d:ann :knows :Bleu .", "d:ann :knows :Bleu", "warning"),
        ("ontology", ":Person rdfs:subClassOf :Agnt .", ":Person rdfs:subClassOf :Agnt", "violation"),
        ("ontology", ":knows owl:inverseOf :knwonBy .", ":knows owl:inverseOf :knwonBy", "violation"),
        ("ontology", ":knows rdfs:range :Persn .", ":knows rdfs:range :Persn", "violation"),
        ("ontology", ":Persn rdfs:subClassOf foaf:Person .", ":Persn rdfs:subClassOf foaf:Person", "violation"),
        ("ontology", ":Person rdfs:subClassOf [ owl:unionOf ( :Persn ) ] .", "[] rdf:first :Persn", "violation"),
        ("shapes", "[] sh:path :knwos .", "[] sh:path :knwos", "violation"),
        ("shapes", "[] sh:targetClass :Persn .", "[] sh:targetClass :Persn", "violation"),
        ("shapes", "[] sh:in ( :Bleu ) .", "[] rdf:first :Bleu", "violation"),
    ],
)
def test_a_term_that_is_not_declared_is_found_where_it_is_used(
    where: str, text: str, triple: str, severity: str
) -> None:
    found = [result for result in find(**{where: text}) if result.rule == "undeclared-term"]
    assert [(written(result.triples[0]), result.severity) for result in found] == [(triple, severity)]


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("data", "d:ann foaf:knwos d:bob ; d:age 1 ."),  # other vocabularies are not ours to judge
        ("data", "d:ann rdfs:seeAlso :more ; rdfs:isDefinedBy :there ."),
        ("shapes", ":PersonShape sh:node :Other . :Other sh:targetClass :Person ."),
        ("ontology", ":Person skos:note 'seen' ; rdfs:subClassOf owl:Thing ."),
    ],
)
def test_what_need_not_be_declared_is_left_in_peace(where: str, text: str) -> None:
    assert find(**{where: text}) == []


def test_a_term_is_told_once_with_all_its_uses_and_the_right_name() -> None:
    (result,) = find(data="d:ann :knwos d:bob . d:bob :knwos d:ann .")
    assert (result.hint, len(result.triples)) == ("Did you mean :knows?", 2)
    assert "2 times" in result.message


def test_without_an_ontology_there_are_no_own_terms() -> None:
    nothing = parse("")
    assert list(check_uses(Project(nothing, parse("[] sh:path :knwos ."), parse(DATA), {}))) == []


@pytest.mark.parametrize(
    ("shapes", "query", "unused"),
    [("", "", 1), ("[] sh:path :likes .", "", 0), ("", "PREFIX : <https://example.org/> ASK { ?x :likes ?y }", 0)],
)
def test_a_term_that_nobody_uses_is_mentioned(shapes: str, query: str, unused: int) -> None:
    ontology = parse(ONTOLOGY + ":likes a owl:ObjectProperty .")
    found = list(check_uses(Project(ontology, parse(shapes), parse(DATA), {Path("a.rq"): query})))
    assert [(r.rule, r.severity, written(r.triples[0])) for r in found] == [
        ("unused-term", "info", ":likes rdf:type owl:ObjectProperty")
    ] * unused


OLD = ":meets a owl:ObjectProperty ; owl:deprecated true ; dcterms:isReplacedBy :knows . "


@pytest.mark.parametrize(
    ("where", "text", "triple"),
    [
        ("data", "d:ann :meets d:bob .", "d:ann :meets d:bob"),
        ("shapes", "[] sh:path :meets .", "[] sh:path :meets"),
        ("ontology", ":likes a owl:ObjectProperty ; rdfs:subPropertyOf :meets .", ":likes rdfs:subPropertyOf :meets"),
    ],
)
def test_a_deprecated_term_is_found_where_it_is_used(where: str, text: str, triple: str) -> None:
    texts = {"ontology": OLD} | {where: (OLD if where == "ontology" else "") + text}
    found = [result for result in find(**texts) if result.rule == "deprecated-use"]
    assert [(r.severity, r.hint, written(r.triples[0])) for r in found] == [("warning", "Use :knows.", triple)]


def test_deprecated_terms_may_refer_to_each_other() -> None:
    ontology = OLD + ":met a owl:ObjectProperty ; owl:deprecated true ; rdfs:subPropertyOf :meets ."
    assert [r for r in find(ontology) if r.rule == "deprecated-use"] == []


def test_the_terms_of_a_text_are_looked_up() -> None:
    text = Text(
        "PREFIX : <https://example.org/> PREFIX d: <https://example.org/data/> ASK { d:ann :knows d:eve ; :is :Blue }"
    )
    found = [(t.rule, t.token.text) for t in troubles(project(), text)]
    assert found == [("unknown-thing", "d:eve"), ("undeclared-term", ":is")]


def test_each_rule_is_known() -> None:
    assert set(RULES) == {"deprecated-use", "undeclared-term", "unknown-thing", "unused-term"}
