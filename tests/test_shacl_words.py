"""The words of a query are told apart, and what belongs together is found."""

from wakhan.shacl.words import arguments, collapsed, inside, made_from, statements, tokens_of

TEXT = 'SELECT $this (COUNT(?x) AS ?n) WHERE { $this e:p ?x ; a <urn:c> . FILTER (REGEX(STR(?x), "a,b", "i")) } # end'


def words(text: str) -> list[str]:
    return [word for _, word in tokens_of(text) or []]


def test_words_have_kinds() -> None:
    assert tokens_of('$this e:p "x"@en .') == [
        ("var", "this"),
        ("name", "e:p"),
        ("text", "x"),
        ("tag", "@en"),
        ("sign", "."),
    ]
    assert words("Select ?a WHERE # no { $b }\n{ }") == ["select", "a", "where", "{", "}"]


def test_what_is_not_among_the_simplest_is_not_read() -> None:
    assert tokens_of('SELECT * { ?s ?p """long""" [ ] }') is None


def test_what_stands_in_parentheses_is_found_and_cut() -> None:
    tokens = tokens_of(TEXT) or []
    start = tokens.index(("word", "regex")) + 1
    assert [word for _, word in inside(tokens, start)] == ["str", "(", "x", ")", ",", "a,b", ",", "i"]
    assert arguments(tokens, start)[1:] == [[("text", "a,b")], [("text", "i")]]


def test_what_a_variable_is_made_from_is_found() -> None:
    tokens = tokens_of("BIND (?a - ?b AS ?c) " + TEXT) or []
    assert made_from(tokens) == {"n": {"x"}, "c": {"a", "b"}}
    assert made_from(tokens, frozenset({"count"}))["n"] == set()


def test_a_call_is_like_what_it_makes() -> None:
    assert collapsed(tokens_of("STR(?x) = ?y") or [], {"str": "text"}) == [("text", ""), ("sign", "="), ("var", "y")]


def test_statements_come_without_filters() -> None:
    found = [
        (after, [word for _, word in part])
        for after, part in statements(tokens_of("{ ?a e:p ?b ; e:q ?c FILTER (?b = 1) ?d e:r ?e }") or [])
    ]
    assert [part for part in found if part[1]] == [
        ("{", ["a", "e:p", "b"]),
        (";", ["e:q", "c"]),
        ("filter", ["d", "e:r", "e"]),
    ]
