"""A query is read as an engine reads it: what stands in texts and comments asks for nothing."""

import pytest

from wakhan import engine
from wakhan.errors import UsageError
from wakhan.sparql import NO_SERVICE, Token, asks_another_server, tokens

SERVICES = (
    "ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "ASK { { OPTIONAL { service silent<http://127.0.0.1/>{ ?s ?p ?o } } } }",
    "SELECT * { { SELECT * { SERVICE ?g { ?s ?p ?o } } } }",
    "ASK { ?s ?p trueSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "ASK { ?s ?p 1e5SERVICE<http://127.0.0.1/> { ?s ?p ?o } }",
    "PREFIX ex: <http://127.0.0.1/> ASK { SERVICEex:x { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1/> ASK { ?s ?p true.SERVICE:x{ ?s ?p ?o } }",
    "ASK { # a comment ends here\rSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "ASK { <http://e.org/\\u0041'> ?p ?o . SERVICE <http://127.0.0.1/> { ?s ?p ?o } # '\n}",
    "ASK { <http://e.org/\u00a0#> ?p ?o . SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
)  # each makes the engine ask that address

HARMLESS = (
    'SELECT * { ?s ?p "SERVICE <http://e.org/> { ?s ?p ?o }" }',
    "SELECT * { ?s ?p '''a\nSERVICE'b''' }",
    "# SERVICE\nASK { ?s ?p ?o } # LOAD",
    "ASK { <http://e.org/service#SERVICE> ?service $SERVICE }",
    "PREFIX service: <http://e.org/> ASK { service:a a service:Service ; service:is service:b . }",
    "PREFIX service: <http://e.org/> ASK { GRAPH service:g { ?s ?p ?o } }",
    "PREFIX ex: <http://e.org/> ASK { ?s ex:hasService ex:SERVICE }",
    'ASK { ?s ?p "dienst"@nl-service }',
    "PREFIX insert: <urn:> ASK { insert:a ?p 'INSERT' }",
    "BASE <http://e.org/> PREFIX a: <b> PREFIX prefix: <c> SELECT ?load { ?load ?p ?delete }",
    "not a query",
    "",
)


def test_a_query_is_cut_into_its_pieces_without_blanks_and_comments() -> None:
    query = "SELECT ?a # {\n{ ex:b a 'c}'@en , <d#e> }"
    kinds = [(token.kind, token.text) for token in tokens(query)]
    assert kinds == [
        *(("word", "SELECT"), ("variable", "?a"), ("sign", "{"), ("name", "ex:b"), ("word", "a")),
        *(("text", "'c}'"), ("language", "@en"), ("sign", ","), ("iri", "<d#e>"), ("sign", "}")),
    ]


def test_each_piece_knows_where_it_ends_and_how_deep_it_stands() -> None:
    query = "ASK { { ?s ?p ?o } }"
    found = {token.text: token for token in tokens(query)}
    assert found["?s"] == Token("variable", "?s", query.index("?s") + 2, 2)
    assert [token.depth for token in tokens(query) if token.text in "{}"] == [0, 1, 1, 0]


def test_what_was_never_closed_ends_with_the_line_or_the_query() -> None:
    assert [token.text for token in tokens("'a\nb")] == ["'a", "b"]
    assert [token.text for token in tokens('"""a\nb')] == ['"""a\nb']


@pytest.mark.parametrize("query", SERVICES)
def test_service_is_seen_wherever_it_stands(query: str) -> None:
    assert asks_another_server(tokens(query))
    with pytest.raises(UsageError, match=NO_SERVICE):
        engine.check(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_what_only_looks_like_it_asks_nobody(query: str) -> None:
    assert not asks_another_server(tokens(query))
