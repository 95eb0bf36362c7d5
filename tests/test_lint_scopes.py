"""A FILTER that asks for what it cannot see is found, and where: it takes all rows away without a word."""

import pytest

from wakhan.lint.scopes import blind_filters
from wakhan.lint.sparql import Text

BLIND = {
    "in a branch of a UNION": "{ ?a ?p ?b { ?b ?q ?c FILTER (STR(«?a») < STR(?c)) } UNION { ?a ?r ?c } }",
    "in a group": "{ ?a ?p ?b { FILTER («?b» > 1) } }",
    "in MINUS": "{ ?a ?p ?b MINUS { ?a ?q ?c FILTER (?c < «?b») } }",
    "in a subquery": "{ ?a ?p ?b { SELECT ?c { ?a ?q ?c FILTER (?c < «?b») } } }",
    "of a second filter": "{ ?a ?p ?b FILTER (?b > 1) { ?a ?q ?c FILTER (?c > ?a && «?b» > 2) } }",
    "in a group of EXISTS, of what nothing has": "{ ?a ?p ?b FILTER EXISTS { ?a ?q ?c FILTER (?c < «?d») } }",
    "misspelt": "{ ?a ?p ?name FILTER (STRLEN(«?nane») > 1) }",
}
SIGHTED = {
    "its own group": "{ ?a ?p ?b FILTER (?a != ?b) }",
    "before the variable": "{ FILTER (?a != ?b) ?a ?p ?b }",
    "in OPTIONAL": "{ ?a ?p ?b OPTIONAL { ?a ?q ?c FILTER (?c != ?b) } }",
    "of what OPTIONAL gives": "{ ?a ?p ?b OPTIONAL { ?a ?q ?c } FILTER (!BOUND(?c) || ?c > 1) }",
    "in EXISTS": "{ ?a ?p ?b FILTER NOT EXISTS { ?c ?p ?b FILTER (?c < ?a) } }",
    "deep in EXISTS": "{ ?a ?p ?b FILTER EXISTS { { ?c ?p ?b FILTER (?c < ?a) } UNION { ?b ?p ?c } } }",
    "of what is bound by name": "{ ?a ?p ?b BIND (?b + 1 AS ?c) FILTER (?c > 1) }",
    "of values": "{ ?a ?p ?b VALUES ?c { 1 } FILTER (?c = ?b) }",
    "of both branches": "{ { ?a ?p ?b } UNION { ?a ?q ?b } FILTER (?b > 1) }",
    "of a subquery's column": "{ { SELECT (COUNT(?x) AS ?n) { ?x ?p ?y } } FILTER (?n > 1) }",
    "of a parameter": "{ ?a ?p ?b { ?a ?q ?c FILTER (?c = ?given) } }",
    "of what may be missing": "{ ?a ?p ?b { ?a ?q ?c FILTER (COALESCE(?b, 1) = 1) } }",
    "with GRAPH": "{ GRAPH ?g { ?a ?p ?b FILTER (?g != ?b) } }",
}


@pytest.mark.parametrize("where", BLIND.values(), ids=BLIND)
def test_what_a_filter_does_not_see_is_found(where: str) -> None:
    text = f"SELECT * {where}"
    (found,) = blind_filters(Text(text.replace("«", "").replace("»", "")), set())
    name = text[text.index("«") + 2 : text.index("»")]
    assert (found[0], found[1].start) == (name, text.index("«"))


@pytest.mark.parametrize("where", SIGHTED.values(), ids=SIGHTED)
def test_what_a_filter_sees_is_no_mistake(where: str) -> None:
    assert list(blind_filters(Text(f"SELECT * {where}"), {"given"})) == []
