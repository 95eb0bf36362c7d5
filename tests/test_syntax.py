"""What is RDF and what only rdflib takes for it, places in a text, and what a parser writes to."""

from pathlib import Path

import pytest
from rdflib import RDF, BNode, Dataset, Graph, Literal, Namespace, URIRef

from wakhan.names import Triple
from wakhan.parse import prepare
from wakhan.syntax import BadTerm, Sink, Target, check_iri, check_triple, one_line, place_of, skip_space, turtle_parser

EX = Namespace("https://example.org/")


def test_places_are_counted_from_one_in_code_points() -> None:
    text = "é𐎀b\n\ncd\n"
    places = [place_of(text, offset) for offset in range(len(text) + 1)]
    assert places == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (3, 1), (3, 2), (3, 3), (4, 1)]


def test_white_space_and_comments_are_passed_over() -> None:
    assert skip_space("x \t\n # a\n#\n  <y>", 1) == 13
    assert skip_space("x", 0) == 0
    assert skip_space("# to the end", 0) == 12


@pytest.mark.parametrize("iri", ["https://example.org/", "urn:x", "a+b.c-1:é𐎀", "x:'()*&=~%41"])
def test_an_iri_is_an_iri(iri: str) -> None:
    check_iri(iri)


@pytest.mark.parametrize("iri", ["https://base.invalid/a", "a/b", "", "1a:b", ":b"])
def test_a_relative_iri_is_none(iri: str) -> None:
    with pytest.raises(BadTerm, match="relative IRI"):
        check_iri(iri)


@pytest.mark.parametrize("char", [*'<>"{}|^`\\ ', "\t", "\n", "\0", "\x1f", "\ud800"])
def test_an_iri_has_no_such_character(char: str) -> None:
    with pytest.raises(BadTerm, match="not an IRI"):
        check_iri(f"https://example.org/{char}b")


def test_a_message_can_be_printed_in_one_line() -> None:
    assert one_line("a\n\x1b[31m\ud800\u2028é𐎀") == "a\\n\\x1b[31m\\ud800\\u2028é𐎀"
    assert len(one_line("x" * 201)) == 200
    assert one_line("x" * 200) == "x" * 200
    error = prepare("ab\nc", Path("p.ttl")).error("wrong\n", 3, "do this")
    assert str(error) == "p.ttl:2:1: wrong\\n\n  do this"


@pytest.mark.parametrize(
    ("triple", "part"),
    [
        ((Literal("x"), EX.b, EX.c), "subject"),
        ((EX.a, BNode(), EX.c), "predicate"),
        ((EX.a, Literal("b"), EX.c), "predicate"),
    ],
)
def test_only_rdf_is_taken(triple: Triple, part: str) -> None:
    for take in (check_triple, Target(Graph()).add):
        with pytest.raises(BadTerm) as caught:
            take(triple)
        assert caught.value.part == part


def test_a_target_writes_to_the_graph_behind_it() -> None:
    dataset = Dataset()
    graph = dataset.get_context(EX.g)
    for triple in ((EX.a, EX.b, Literal("c")), (BNode("x"), EX.b, BNode("y"))):
        Target(graph).add(triple)
        assert triple in graph
    assert [type(context) for context in dataset.store.contexts()] == [Graph]


def test_a_sink_names_blank_nodes_by_its_scope_and_checks_iris() -> None:
    graph = Graph(bind_namespaces="none")
    document = prepare("[] <https://example.org/b> _:x , ( 1 ) , <https://example.org/b> .")
    turtle_parser(document, Sink(Target(graph), "scope")).loadBuf(document.text)
    assert {str(node) for triple in graph for node in triple if isinstance(node, BNode)} == {
        "nscopeb1", "nscopeb2", "nscopeb3",
    }  # fmt: skip
    assert (None, RDF.rest, RDF.nil) in graph
    iris = [node for triple in graph for node in triple if node == EX.b]
    assert len({id(iri) for iri in iris}) == 1
    assert {type(iri) for iri in iris} == {URIRef}
    with pytest.raises(BadTerm):
        Sink(Target(graph), "scope").newSymbol("a b")
