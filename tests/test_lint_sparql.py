"""A SPARQL text is cut into tokens with their places, and what is wrong with it is found where it stands."""

import pytest
from rdflib import Variable

from wakhan.lint.sparql import Mistake, Text, bound, projected, walk

P = "PREFIX p: <https://example.org/>\n"


def test_comments_and_strings_hold_no_terms() -> None:
    text = Text(P + 'SELECT * { # p:a ?b\n ?x p:c \'p:d\', """p:e \\"""" ; p:f ?y }')
    assert [str(term).rpartition("/")[2] for term, _ in text.terms] == ["c", "f"]
    assert [name for name, _ in text.variables] == ["x", "y"]


def test_a_term_has_its_place_in_code_points() -> None:
    text = Text(P + "ASK {\n '\U0001f600' p:a <https://example.org/b> }")
    assert [text.place(token.start) for _, token in text.terms] == [(3, 6), (3, 10)]


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("p:a.b", "https://example.org/a.b"),
        ("p:a\\,b", "https://example.org/a,b"),
        ("p:a:b", "https://example.org/a:b"),
        ("p:", "https://example.org/"),
        ("<urn:x>", "urn:x"),
        ("p:%C3%A4", "https://example.org/%C3%A4"),
    ],
)
def test_a_name_is_read_as_sparql_reads_it(written: str, term: str) -> None:
    assert [str(found) for found, _ in Text(P + f"ASK {{ ?x ?y {written} . }}").terms] == [term]


def test_a_comparison_is_no_iri() -> None:
    assert Text("ASK { ?a ?b ?c FILTER (?a<?b && ?c>?a) }").terms == ()


def test_a_prefix_that_is_not_declared_is_found_but_no_syntax_error() -> None:
    text = Text(P + "ASK { ?x q:a/r:b ?y }", portable=True)
    assert [token.text for token in text.unbound] == ["q:a", "r:b"]
    assert text.mistake is None


def test_given_prefixes_need_no_declaration() -> None:
    text = Text("ASK { ?x p:a ?y }", {"p": "urn:p:"})
    assert (text.unbound, text.mistake, str(text.terms[0][0])) == ((), None, "urn:p:a")


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("SELECT ?x WHERE {\n  ?x a\n}", 2),
        ("SELECT ?x WHERE {\n  ?x ?y ?z\n  FILTER (?x >)\n}", 3),
        ("SELECT ?x WHERE { }\n}", 2),
        ("SELECT ?x\nWHERE { ?x a 'abc }", 2),
        ("SLECT ?x { }", 1),
        ("", 1),
    ],
)
@pytest.mark.parametrize("given", [{}, {"p": "urn:p:"}])
def test_a_mistake_has_its_place(query: str, line: int, given: dict[str, str]) -> None:
    text = Text(query, given)
    assert text.mistake is not None
    assert text.mistake.start is not None
    assert text.place(text.mistake.start)[0] == line


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT ?x ?y { ?x a ?z } GROUP BY ?x", "The SELECT contains a variable that is unbound"),
        ("SELECT (?x AS ?y) ?y { ?x a ?z }", "Duplicated variable name in SELECT"),
        ("SELECT * { VALUES (?a ?b) { (1) } }", "some engines do not take this for SPARQL"),
    ],
)
def test_a_query_must_be_one_for_each_engine_if_it_is_to_be_portable(query: str, why: str) -> None:
    mistake = Text(query, portable=True).mistake
    assert mistake is not None
    assert mistake.message == why
    assert Text(query).mistake is None


def test_no_service_is_asked() -> None:
    assert Text("SELECT * { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }", portable=True).mistake is None


def test_a_query_that_is_nested_too_deeply_is_told_as_such() -> None:
    mistake = Text("ASK " + "{ " * 3000 + "}" * 3000).mistake
    assert mistake is not None


def test_shifted_places_stay_in_the_text() -> None:
    assert Mistake("x", 3, 20).shifted(-5, 10) == Mistake("x", 0, 10)
    assert Mistake("x").shifted(-5, 10) == Mistake("x")


def test_bound_variables_are_those_that_get_a_value() -> None:
    query = """SELECT ?x { ?a ?b ?c . OPTIONAL { ?d <urn:p>/<urn:q> ?e } BIND (?z1 AS ?f) VALUES (?g) { (1) }
        GRAPH ?h { } FILTER (?z2) FILTER EXISTS { ?z3 ?z4 ?z5 } MINUS { ?z6 ?z7 ?z8 }
        { SELECT ?i { ?i ?z9 ?i } } { SELECT * { ?j ?j ?j } } } VALUES ?k { 1 }"""
    names = "".join(sorted(str(name) for name in bound(Text(query).tree[1])))
    assert names == "abcdefghijk"


def test_projected_variables_are_in_their_order_and_star_has_none() -> None:
    assert projected(Text("SELECT ?b (1 AS ?a) { ?b ?c ?d }").tree[1]) == [Variable("b"), Variable("a")]
    assert projected(Text("SELECT * { ?b ?c ?d }").tree[1]) is None


def test_walking_sees_filters_that_translation_takes_out() -> None:
    names = [node.name for node in walk(Text("ASK { ?a ?b ?c FILTER NOT EXISTS { ?a ?b ?d MINUS { ?a ?b 1 } } }").tree)]
    assert "MinusGraphPattern" in names
