"""What a shape is, what it refers to and what it is called."""

import pytest
from rdflib import RDF, SH, Graph, URIRef

from wakhan.lint.shapegraph import is_class, named, parts_of, path_of, shapes_in, steps_of, title
from wakhan.names import local_name

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
S = URIRef("https://example.org/s")


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def test_shapes_are_whatever_has_the_type_or_the_place_of_one() -> None:
    text = ":a a sh:NodeShape . :b sh:targetNode 1 ; sh:not :c ; sh:or ( :d ) ; sh:node 1 . :e sh:minCount 1 ."
    assert [local_name(shape) for shape in shapes_in(parse(text))] == list("abcde")


def test_the_parameters_of_a_component_are_no_shapes() -> None:
    assert shapes_in(parse(":c sh:parameter [ sh:path :limit ] .")) == []


def test_references_come_with_their_triples() -> None:
    graph = parse(":s sh:node :a ; sh:and ( :b :c ) .")
    parts = {local_name(part): triple for triple, part in parts_of(graph, S)}
    assert {name: triple[1] for name, triple in parts.items()} == {"a": SH.node, "b": SH["and"], "c": RDF.first}


def test_a_path_names_properties_at_each_depth() -> None:
    graph = parse(":s sh:path ( :a [ sh:inversePath :b ] [ sh:alternativePath ( :c [ sh:zeroOrMorePath :d ] ) ] ) .")
    path = graph.value(S, SH.path)
    assert path is not None
    assert sorted(local_name(prop) for _, prop in steps_of(graph, path)) == list("abcd")
    assert path_of(graph, S) == "/".join(
        ["<https://example.org/a>", "^<https://example.org/b>", "(<https://example.org/c>|<https://example.org/d>*)"]
    )


def test_a_path_through_itself_comes_to_an_end() -> None:
    graph = parse(":s sh:path _:c . _:c sh:inversePath _:c .")
    assert list(steps_of(graph, next(iter(graph.objects(S, SH.path))))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (":s sh:minCount 1 .", ":s"),
        (":s sh:property [ sh:path :q ; sh:minCount 1 ] .", "the shape of :q in :s"),
        (":s sh:or ( [ sh:minCount 1 ] ) .", "a shape in :s"),
        ("[] sh:minCount 1 .", "a shape"),
    ],
)
def test_a_shape_is_called_by_its_name_or_place(text: str, words: str) -> None:
    graph = parse(text)
    assert title(graph, next(iter(graph.subjects(SH.minCount)))) == words


def test_blank_nodes_in_a_circle_have_no_name() -> None:
    graph = parse("_:a sh:node _:b . _:b sh:node _:a .")
    node = next(iter(graph.subjects(SH.node)))
    assert named(graph, node) == node


def test_a_class_looks_at_its_instances_only_if_it_is_a_shape() -> None:
    assert is_class(parse(":s a sh:NodeShape , owl:Class ."), S)
    assert not is_class(parse(":s a owl:Class ."), S)
