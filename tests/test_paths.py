"""Paths are written as SPARQL writes them, and each way along one is found with its last triple."""

import pytest
from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef

from wakhan.names import curie
from wakhan.paths import last_steps, path_text

EX = Namespace("https://example.org/")
PREFIXES = "@prefix : <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"

DATA = ":a :p :b , :c ; :q :d . :b :p :d . :c :q :e . :d :p :a ."


def graph(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


@pytest.mark.parametrize(
    ("path", "text", "steps"),
    [
        (":p", ":p", ["a p b", "a p c"]),
        ("[ sh:inversePath :p ]", "^:p", ["d p a"]),
        ("( :p :q )", ":p/:q", ["c q e"]),
        ("[ sh:alternativePath ( :p :q ) ]", ":p|:q", ["a p b", "a p c", "a q d"]),
        ("[ sh:zeroOrOnePath :p ]", ":p?", ["a p b", "a p c"]),
        ("[ sh:oneOrMorePath :p ]", ":p+", ["a p b", "a p c", "b p d", "d p a"]),
        ("[ sh:zeroOrMorePath :p ]", ":p*", ["a p b", "a p c", "b p d", "d p a"]),
        ("( [ sh:zeroOrMorePath :p ] :q )", ":p*/:q", ["a q d", "c q e"]),
        ("( [ sh:oneOrMorePath :p ] :q )", ":p+/:q", ["c q e", "a q d"]),
        ("[ sh:inversePath ( :p :p ) ]", "^(:p/:p)", ["b p d"]),
        ("[ sh:inversePath [ sh:inversePath :p ] ]", "^(^:p)", ["a p b", "a p c"]),
        ("( [ sh:alternativePath ( :p :q ) ] :q )", "(:p|:q)/:q", ["c q e"]),
        ("[ sh:zeroOrMorePath ( :p :q ) ]", "(:p/:q)*", ["c q e"]),
    ],
)
def test_a_path_is_written_and_walked(path: str, text: str, steps: list[str]) -> None:
    shapes = graph(f":shape sh:path {path} .")
    (node,) = shapes.objects(EX.shape, SH.path)
    assert path_text(shapes, node, lambda term: curie(term, shapes)) == text
    found = last_steps(graph(DATA), shapes, node, EX.a)
    assert [" ".join(str(term).removeprefix(str(EX)) for term in triple) for _, triple in found] == steps
    assert all(end in (triple[0], triple[2]) for end, triple in found)


def test_a_path_in_a_circle_ends() -> None:
    shapes, node = Graph(), BNode()
    shapes.add((node, SH.inversePath, node))
    shapes.add((BNode("list"), RDF.first, URIRef("https://example.org/p")))
    shapes.add((BNode("list"), RDF.rest, BNode("list")))
    assert path_text(shapes, node, str) == "^()"
    assert path_text(shapes, BNode("list"), str) == "https://example.org/p"
    assert len(last_steps(graph(DATA), shapes, BNode("list"), EX.a)) == 2
