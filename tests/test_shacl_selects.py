"""A query is left to the reference unless its words and the data show that all engines answer alike."""

import pytest
from rdflib import Graph

from wakhan.shacl.selects import unlike
from wakhan.shacl.traits import traits_of

NAMES = {"e": "https://example.org/"}
DATA = """@prefix e: <https://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:a a e:A ; e:n 1 , 2 ; e:t "x" , "y"@en ; e:o e:b , [ e:n 3 ] ; e:d "P1D"^^xsd:duration . e:b a e:A ; e:l e:a .
"""


def why(body: str, focus: set[str] | None = None) -> str | None:
    traits = traits_of(Graph(bind_namespaces="none").parse(data=DATA, format="turtle"))
    return unlike(f"SELECT $this ?v WHERE {{ {body} }}", NAMES, traits, focus or {"iri"})


@pytest.mark.parametrize(
    "body",
    [
        "$this e:n ?v . FILTER (?v > 1)",
        "$this e:l ?v . FILTER (?v != $this)",
        "$this e:t ?v . FILTER (LANG(?v) = 'en')",
        "$this e:t ?v . FILTER (REGEX(STR(?v), '^[a-z]+$'))",
        "$this ?p ?v . FILTER (?p IN (e:l, e:t)) FILTER (!REGEX(STR(?v), 'x'))",
        "$this e:n ?v . FILTER NOT EXISTS { ?v a ?kind . ?kind e:sub* e:A }",
    ],
)
def test_plain_queries_are_asked_of_all(body: str) -> None:
    assert why(body) is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("$this e:t ?v . FILTER (?v < 'z')", "several kinds"),
        ("$this e:d ?v , ?w . FILTER (?v = ?w)", "rare ones"),
        ("$this e:o ?v . FILTER (?v != e:b)", "several kinds"),
        ("$this e:o ?v . FILTER (STR(?v) = 'x')", "a text or number"),
        ("$this e:n ?v . FILTER (!(?v = 1))", "denies a comparison"),
        ("$this e:t ?v . FILTER (?v)", "for yes or no"),
        ("$this e:n ?v . MINUS { $this e:t ?v }", "MINUS"),
        ("$this e:n ?v . FILTER (RAND() > 1)", "RAND"),
        ("$this e:n ?v . FILTER (e:f(?v))", "a function of its own"),
        ("$this x:n ?v", "prefix x:"),
        ("$this $PATH ?v", "PATH"),
        ("$this e:t ?v . FILTER (REGEX(STR(?v), ?v))", "regular expression"),
        ("{ SELECT ?v WHERE { ?v a e:A } }", "a query in a query"),
    ],
)
def test_what_engines_may_answer_in_other_ways_is_named(body: str, reason: str) -> None:
    assert reason in str(why(body))


def test_blank_focus_nodes_are_left_to_the_reference() -> None:
    assert why("$this e:n ?v", {"bnode"}) == "a query about blank nodes"
