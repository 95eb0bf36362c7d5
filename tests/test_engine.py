from collections.abc import Callable

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.engine import bound_text, check, run, run_fast, variables
from wakhan.errors import UsageError
from wakhan.rows import Rows

TURTLE = """
@prefix e: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:a e:p e:b ; e:n 3 ; e:name "Bir"@tg , "plain" ; e:day "2021-07-09"^^xsd:date .
e:b e:p e:c ; e:n 10 .
e:c e:p [ e:n 4 ] .
"""
E = "https://example.org/"
A = {"x": URIRef(E + "a")}
PREFIX = f"PREFIX e: <{E}> "
Run = Callable[..., Rows]


def by_rdflib(text: str, bindings: dict[str, Node] | None = None) -> Rows:
    return run(Graph().parse(data=TURTLE), PREFIX + text, bindings)


def by_pyoxigraph(text: str, bindings: dict[str, Node] | None = None) -> Rows:
    store = ox.Store()
    store.load(TURTLE, format=ox.RdfFormat.TURTLE)
    return run_fast(store, PREFIX + text, bindings)


both = pytest.mark.parametrize("answer", [by_rdflib, by_pyoxigraph])


@pytest.mark.parametrize(
    ("text", "bindings", "rows"),
    [
        ("SELECT ?n WHERE { ?x e:n ?n } ORDER BY DESC(?n)", {}, [{"n": 10}, {"n": 4}, {"n": 3}]),
        ("SELECT ?n { ?x e:n ?n }", A, [{"n": 3}]),  # a variable that is not selected
        ("SELECT ?x ?n WHERE { ?x e:n ?n }", A, [{"x": E + "a", "n": 3}]),
        ("SELECT ?y (COUNT(?x) AS ?k) WHERE { ?x e:p ?y } GROUP BY ?y", A, [{"y": E + "b", "k": 1}]),
        ("SELECT ?y WHERE { ?y e:n ?n FILTER(?n > ?least) } ORDER BY ?n", {"least": Literal(5)}, [{"y": E + "b"}]),
        (
            "SELECT ?y WHERE { ?y e:p ?z FILTER NOT EXISTS { ?x e:p ?y } FILTER(ISIRI(?y)) }",
            A,
            [{"y": E + "a"}, {"y": E + "c"}],
        ),
        ("SELECT ?x ?m WHERE { ?x e:p ?y OPTIONAL { ?y e:n ?m } }", A, [{"x": E + "a", "m": 10}]),
        ("SELECT ?n { ?z e:n ?n OPTIONAL { ?z e:p ?x } } ORDER BY ?n", A, [{"n": 3}, {"n": 4}, {"n": 10}]),
        ("ASK { ?x e:p e:b }", A, [{"ask": True}]),
        ("ASK WHERE { ?x e:p e:c }", A, [{"ask": False}]),
        (
            "CONSTRUCT { ?y e:of ?x } WHERE { ?x e:p ?y }",
            A,
            [{"subject": E + "b", "predicate": E + "of", "object": E + "a"}],
        ),
        ("CONSTRUCT WHERE { e:b e:n ?n }", {}, [{"subject": E + "b", "predicate": E + "n", "object": 10}]),
        ("SELECT ?name WHERE { ?x e:name ?name }", A, [{"name": "Bir"}, {"name": "plain"}]),
        ("SELECT ?y WHERE { ?x e:p ?y } # { ?x", A, [{"y": E + "b"}]),
        ("SELECT ?y WHERE { ?x e:p ?y FILTER(STR(?y) != '{ SERVICE }') }", A, [{"y": E + "b"}]),
        (
            "SELECT ?n WHERE { { ?x e:n ?n } UNION { ?z e:p ?x . ?z e:n ?n } }",
            {"x": URIRef(E + "b")},
            [{"n": 10}, {"n": 3}],
        ),
    ],
)
def test_both_engines_give_the_same_rows(text: str, bindings: dict[str, Node], rows: list[dict[str, object]]) -> None:
    assert list(by_rdflib(text, bindings)) == rows
    assert by_rdflib(text, bindings) == by_pyoxigraph(text, bindings)


def test_describe_gives_triples() -> None:
    found = by_pyoxigraph("DESCRIBE e:b")
    assert {"subject": E + "b", "predicate": E + "n", "object": 10} in list(found)


@both
@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("33.0", "33.0"),
        ("33.50", "33.5"),
        ('"33"^^xsd:decimal', "33.0"),
        ("0.010", "0.01"),
        ('"-100.0"^^xsd:decimal', "-100.0"),
    ],
)
def test_decimals_have_one_form(answer: Run, written: str, given: str) -> None:
    asked = f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?d {{ VALUES ?d {{ {written} }} }}"
    assert [str(term) for row in answer(asked).terms for term in row] == [given]


@both
@pytest.mark.parametrize("star", ["*", "DISTINCT *"])
def test_the_columns_of_a_star_come_as_mentioned(answer: Run, star: str) -> None:
    found = answer(f"SELECT {star} WHERE {{ ?z e:n ?n . ?z e:p ?a }}")
    assert found.variables == ["z", "n", "a"]
    assert {"z": E + "a", "n": 3, "a": E + "b"} in list(found)


@both
def test_a_product_is_no_star(answer: Run) -> None:
    assert answer("SELECT ?b (2 * ?n AS ?a) WHERE { ?b e:n ?n }").variables == ["b", "a"]


@both
def test_blank_nodes_have_the_names_of_their_rows(answer: Run) -> None:
    assert list(answer("SELECT ?y WHERE { e:c e:p ?y }")) == [{"y": "_:b0"}]


@both
def test_rows_without_an_order_are_sorted(answer: Run) -> None:
    assert [row["x"] for row in answer("SELECT ?x WHERE { ?x e:p ?y FILTER(ISIRI(?x)) }")] == [
        E + "a",
        E + "b",
        E + "c",
    ]


@both
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x WHERE { SERVICE <https://example.org/sparql> { ?x ?p ?o } }", "SERVICE would ask another server"),
        ("SELECT ?x FROM <https://example.org/g> WHERE { ?x ?p ?o }", "FROM chooses a graph"),
        ("SELECT ?x WHERE { graph ?g { ?x ?p ?o } }", "GRAPH chooses a graph"),
        ("INSERT DATA { e:a e:p e:d }", "not a query: it begins with INSERT"),
        ("DROP ALL", "not a query: it begins with DROP"),
        ("", "not a query: it begins with nothing"),
        ("SELECT ?x WHERE { ?x e:p }", "not a query that can be run"),
        ("SELECT ?x WHERE { ?x nope:p ?y }", "not a query that can be run"),
    ],
)
def test_what_cannot_be_run_is_refused(answer: Run, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        answer(text)


@both
def test_the_short_construct_has_no_room_for_parameters(answer: Run) -> None:
    with pytest.raises(UsageError, match="no WHERE part"):
        answer("CONSTRUCT WHERE { ?x e:n ?n }", A)


@both
def test_a_value_cannot_break_out_of_its_place(answer: Run) -> None:
    evil = Literal('" } UNION { ?s ?p ?n } #\n\\')
    assert list(answer("SELECT ?n WHERE { ?z e:n ?n FILTER(STR(?n) = ?x) }", {"x": evil})) == []


def test_bound_text_is_standard_sparql() -> None:
    text = bound_text("CONSTRUCT { ?s e:p ?o } WHERE { ?s e:q ?o }", {"o": Literal("a", lang="en"), "s": A["x"]})
    assert text == f'CONSTRUCT {{ ?s e:p ?o }} WHERE {{ VALUES (?o ?s) {{ ("a"@en <{E}a>) }} ?s e:q ?o }}'
    assert bound_text("ASK {}", {}) == "ASK {}"


def test_order_and_variables_are_read_from_tokens() -> None:
    assert check("SELECT ?x WHERE { ?x ?p 'ORDER BY ?q' } # ORDER BY ?x") is False
    assert check("SELECT ?x WHERE { { SELECT ?x { ?x ?p ?o } ORDER BY ?o LIMIT 1 } }") is False
    assert check("#+ summary: what\nPREFIX e: <https://e.org/#> SELECT ?x { ?x e:ORDER ?o } order by ?x") is True
    assert variables('SELECT ?x { ?x ?p "?q" . # ?r\n $y ?p <http://e.org/?s> }') == {"x", "p", "y"}
