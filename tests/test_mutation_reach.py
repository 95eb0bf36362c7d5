"""What the shapes ask of other nodes than the focus node is known, so that a change is looked for where it is felt."""

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from wakhan.mutation.reach import Reach
from wakhan.names import WK
from wakhan.sources import load_sources

PREFIXES = """
@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
X = "https://example.org/"


def is_far(shapes: str, name: str, data: str = "") -> bool:
    reach = Reach(Graph(bind_namespaces="none").parse(data=PREFIXES + shapes, format="turtle"))
    graph = Graph().parse(data=PREFIXES + data, format="turtle")
    return reach.is_far([(URIRef(X + "s"), URIRef(X + name), Literal("o"))], graph)


def query(select: str) -> str:
    return f''':S a sh:NodeShape ; sh:targetClass :T ; sh:sparql :c .
        : sh:declare [ sh:prefix "" ; sh:namespace "{X}" ] .
        :c sh:prefixes : ; sh:select """SELECT $this WHERE {{ {select} }}""" .'''


@pytest.mark.parametrize(
    ("shapes", "far"),
    [
        pytest.param(":S sh:property [ sh:path :p ; sh:minCount 1 ] .", False, id="a property"),
        pytest.param(":S sh:property [ sh:path [ sh:inversePath :p ] ] .", True, id="an inverse"),
        pytest.param(":S sh:property [ sh:path ( :q :p ) ] .", True, id="two steps"),
        pytest.param(":S sh:property [ sh:path [ sh:zeroOrMorePath :p ] ] .", True, id="any number of steps"),
        pytest.param(":S sh:property [ sh:path [ sh:alternativePath ( :q :p ) ] ] .", False, id="one of two"),
        pytest.param(":S sh:property [ sh:path :q ; sh:property [ sh:path :p ] ] .", True, id="a property of a value"),
        pytest.param(":S sh:property [ sh:path :q ; sh:node :N ] . :N sh:property [ sh:path :p ] .", True, id="a node"),
        pytest.param(":S sh:targetObjectsOf :p .", True, id="a target by its subject"),
        pytest.param(":S sh:targetSubjectsOf :p .", False, id="a target by its object"),
        pytest.param(query("$this :p ?value"), False, id="a query about the focus node"),
        pytest.param(query("$this :q|:p ?value"), False, id="a query for one of two"),
        pytest.param(query("$this :q/:p ?value"), True, id="a query for two steps"),
        pytest.param(query("$this :q ?x . ?x :p ?value"), True, id="a query about another"),
        pytest.param(query("?x :p $this"), True, id="a query about who leads here"),
        pytest.param(query("$this :q ?x . FILTER NOT EXISTS { ?x :p ?value }"), True, id="a query for what lacks"),
        pytest.param(query("$this :q ?x . { SELECT $this { ?y :p $this } }"), True, id="a query in a query"),
        pytest.param(query("$this ?path ?value"), False, id="a query for anything of the focus node"),
        pytest.param(query("$this :q ?x . ?x ?path ?value"), True, id="a query for anything of another"),
        pytest.param(query("this is no query"), True, id="no query"),
        pytest.param(":S sh:target [ sh:select 'SELECT ?this WHERE { ?this a [] }' ] .", True, id="a target by query"),
    ],
)
def test_what_is_asked_of_other_nodes_is_far(shapes: str, far: bool) -> None:
    assert is_far(shapes, "p") == far


def test_a_property_that_a_triple_names_is_far_if_one_does() -> None:
    shapes = query("$this :names ?path ; :of ?x . FILTER NOT EXISTS { ?x ?path ?value }")
    assert is_far(shapes, "p", ":claim :names :p .")
    assert not is_far(shapes, "p", ":claim :names :q .")


def test_types_are_always_far() -> None:
    assert Reach(Graph()).is_far([(WK.a, URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), WK.b)], Graph())


def test_the_shapes_of_the_project_leave_most_properties_near() -> None:
    sources = load_sources(Path(__file__).parents[1])
    reach = Reach(sources.shapes)
    near = {p for p in set(sources.data.predicates()) if not reach.is_far([(WK.a, p, WK.b)], Graph())}
    assert {WK.degree, WK.utteredIn, WK.belongsTo, WK.gist} <= near
    assert near.isdisjoint({WK.speaker, WK.passage, WK.factuality, WK.sha256})
