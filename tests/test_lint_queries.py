"""A stored query that cannot be read, or asks for what does not exist, is found at its line and column."""

from pathlib import Path

import pytest
from rdflib import Graph

from wakhan.findings import Place, Result
from wakhan.lint.project import Project
from wakhan.lint.queries import RULES, check_queries

PREFIXES = """
@prefix : <https://example.org/> .
@prefix d: <https://example.org/data/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
ONTOLOGY = """
<https://example.org/> a owl:Ontology . :knows a owl:ObjectProperty .
:meets a owl:ObjectProperty ; owl:deprecated true ; dcterms:isReplacedBy :knows .
"""
P = "PREFIX d: <https://example.org/data/>\nPREFIX p: <https://example.org/>\n"
HEAD = "#+ summary: Who?\n#+ parameters:\n#+   - name: whom\n"
PATH = Path("queries/who.rq")


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def find(query: str) -> list[Result]:
    return list(check_queries(Project(parse(ONTOLOGY), parse(""), parse("d:ann :knows d:bob ."), {PATH: query})))


WRONG = [
    ("query-syntax", "violation", P + "SELECT ?x WHERE {\n  ?x p:knows\n}", Place(PATH, 4, 3, 5, 1)),
    ("query-syntax", "violation", P + "SELECT ?x ?y { ?x p:knows ?z } GROUP BY ?x", Place(PATH, 3, 43)),
    ("query-prefix", "violation", P + "SELECT ?x { ?x\n foo:knows d:ann }", Place(PATH, 4, 2, 4, 11)),
    ("query-head", "violation", "#+ summary: Who?\n#+ tag: [a]\nASK { }", Place(PATH, 2)),
    ("query-head", "violation", "#+ summary: [\nASK { }", Place(PATH, 1)),
    ("query-parameter", "violation", HEAD + P + "SELECT ?x { ?x p:knows ?whon }", Place(PATH, 3)),
    ("query-projection", "warning", P + "SELECT ?x ?name { ?x p:knows d:ann }", Place(PATH, 3, 11, 3, 16)),
    (
        "query-projection",
        "warning",
        P + "SELECT ?x ?n { ?x p:knows d:ann MINUS { ?x p:knows ?n } }",
        Place(PATH, 3, 11, 3, 13),
    ),
    (
        "query-filter",
        "warning",
        P + "SELECT ?x { ?x p:knows ?y { ?x a ?z FILTER (?z != ?y) } UNION { ?z a ?x } }",
        Place(PATH, 3, 51, 3, 53),
    ),
    ("query-variable", "info", P + "SELECT ?friend { ?friend p:knows ?freind }", Place(PATH, 3, 34, 3, 41)),
    ("undeclared-term", "violation", P + "SELECT ?x {\n  ?x p:knwos d:ann }", Place(PATH, 4, 6, 4, 13)),
    ("unknown-thing", "warning", P + "SELECT ?x { ?x p:knows d:anne }", Place(PATH, 3, 24, 3, 30)),
    ("deprecated-use", "warning", P + "SELECT ?x { ?x p:meets d:ann }", Place(PATH, 3, 16, 3, 23)),
]


@pytest.mark.parametrize(("rule", "severity", "query", "place"), WRONG)
def test_a_mistake_is_found_at_its_place(rule: str, severity: str, query: str, place: Place) -> None:
    assert [(result.rule, result.severity, result.place) for result in find(query)] == [(rule, severity, place)]


RIGHT = [
    P + "SELECT ?x (COUNT(?y) AS ?count) { ?x p:knows ?y } GROUP BY ?x ORDER BY ?x",
    P + "SELECT ?first { ?x p:knows ?y } GROUP BY (STR(?x) AS ?first)",
    P + "SELECT * { ?x p:knows+ ?y OPTIONAL { ?y a ?z } }",
    P + "SELECT ?x ?y { ?x p:knows d:bob } VALUES ?y { 1 }",
    P + "SELECT ?x ?name { { SELECT ?x (STR(?x) AS ?name) { ?x p:knows ?z } } }",
    P + "ASK { ?x p:knows <https://example.com/anybody> }",
    P + "CONSTRUCT { ?x p:knows ?y } WHERE { ?y p:knows ?x }",
    P + "DESCRIBE d:ann",
    P + "SELECT ?x { ?x p:knows ?x1 , ?x2 }",
    HEAD + P + "SELECT ?x ?whom { ?x p:knows ?y FILTER (?y = ?whom) }",
    "# a comment, no head\n" + P + "ASK { ?s ?p d:ann }",
]


@pytest.mark.parametrize("query", RIGHT)
def test_a_good_query_is_left_in_peace(query: str) -> None:
    assert find(query) == []


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        (P + "ASK { ?x p:knwos ?y }", "Did you mean :knows?"),
        (P + "ASK { ?x p:knows d:Ann }", "Did you mean d:ann?"),
        (P + "ASK { ?x p:meets ?y }", "Use :knows."),
        (P + "ASK { ?x P:knows ?y }", "Did you mean p:?"),
        (P + "ASK { ?x skos:note ?y }", "Add PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"),
        (HEAD + P + "SELECT ?x { ?x p:knows ?whon }", "Did you mean ?whon?"),
        (P + "SELECT ?frend { ?friend p:knows ?friend }", "Did you mean ?friend?"),
    ],
)
def test_the_right_word_is_told(query: str, hint: str) -> None:
    assert find(query)[0].hint == hint


def test_mistakes_come_in_the_order_of_the_files() -> None:
    queries = {Path("b.rq"): "ASK {", Path("a.rq"): "ASK {"}
    found = check_queries(Project(parse(""), parse(""), parse(""), queries))
    assert [result.place.path.name for result in found if result.place] == ["a.rq", "b.rq"]


def test_each_rule_has_an_example() -> None:
    assert {rule for rule, *_ in WRONG} >= set(RULES)
