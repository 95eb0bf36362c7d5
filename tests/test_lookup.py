from pathlib import Path

import pytest
from rdflib import RDF, XSD, Graph, Literal, URIRef

from wakhan.dataset import Dataset
from wakhan.errors import UsageError
from wakhan.lookup import Kind, find_object, find_term, label
from wakhan.names import CLAIM, ID, WK, bind

TURTLE = """
@prefix claim: <https://w3id.org/wakhan/claim/> .
@prefix ex: <https://example.org/> .
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wk:Visit a owl:Class ; rdfs:label "visit"@en .
wk:memberOf a owl:ObjectProperty ; rdfs:label "member of"@en .
wk:visited a owl:ObjectProperty ; rdfs:label "visited"@en .
wk:minimumSize a owl:DatatypeProperty ; rdfs:range xsd:integer ; rdfs:label "minimum size"@en .
wk:motto a owl:DatatypeProperty .
wk:visit a owl:ObjectProperty .
org:memberOf a owl:ObjectProperty .
id:john-kerry a wk:Person ; rdfs:label "John Kerry"@en , "Джон Керри"@ru .
id:border a wk:Place ; rdfs:label "Afghan\u2013Tajik border"@en .
id:s-jaishankar a wk:Person ; rdfs:label "S. Jaishankar"@en ; skos:altLabel "Sujeet Sang"@en .
id:moscow a wk:City ; rdfs:label "Moscow"@en ; schema:sameAs <http://www.wikidata.org/entity/Q649> .
id:kremlin a wk:Agent ; rdfs:label "the Kremlin"@en ; skos:altLabel "Moscow"@en .
id:twin-one rdfs:label "twin"@en . id:twin-two rdfs:label "Twin"@en .
ex:elsewhere rdfs:label "somewhere else"@en .
claim:p01s1-1 a wk:Claim ; rdf:predicate wk:motto ; rdf:object "ever onward"@en .
"""


@pytest.fixture
def graph() -> Graph:
    return bind(Graph()).parse(data=TURTLE)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("https://w3id.org/wakhan/id/moscow", "any", ID.moscow),
        ("<https://w3id.org/wakhan/id/moscow>", "thing", ID.moscow),
        ("http://www.wikidata.org/entity/Q649", "any", URIRef("http://www.wikidata.org/entity/Q649")),
        ("id:john-kerry", "thing", ID["john-kerry"]),
        ("ex:elsewhere", "thing", URIRef("https://example.org/elsewhere")),
        ("john-kerry", "thing", ID["john-kerry"]),
        (" John-Kerry ", "thing", ID["john-kerry"]),
        ("john  kerry", "thing", ID["john-kerry"]),
        ("Джон Керри", "any", ID["john-kerry"]),
        ("afghan-tajik border", "thing", ID.border),
        ("sujeet sang", "thing", ID["s-jaishankar"]),
        ("Moscow", "thing", ID.moscow),  # its own label goes before the other's alternative one
        ("memberOf", "property", WK.memberOf),
        ("member of", "property", WK.memberOf),
        ("org:memberOf", "property", URIRef("http://www.w3.org/ns/org#memberOf")),
        ("a", "property", RDF.type),
        ("rdf:type", "property", RDF.type),
        ("Visit", "class", WK.Visit),
        ("visit", "class", WK.Visit),
        ("visit", "property", WK.visit),
        ("p01s1-1", "any", CLAIM["p01s1-1"]),
    ],
)
def test_every_way_to_name_a_term(graph: Graph, text: str, kind: Kind, found: URIRef) -> None:
    assert find_term(graph, text, kind) == found


def test_an_ambiguous_name_lists_the_candidates(graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"several terms: id:twin-one .*, id:twin-two"):
        find_term(graph, "TWIN")


@pytest.mark.parametrize(
    ("text", "kind", "near"),
    [
        ("Jon Kerry", "thing", "id:john-kerry (John Kerry)"),
        ("id:john-kery", "thing", "id:john-kerry"),
        ("wk:memberof", "property", None),  # found all the same: the case of a local name does not matter
        ("visted", "property", "wk:visited"),
    ],
)
def test_an_unknown_name_tells_the_nearest(graph: Graph, text: str, kind: Kind, near: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        find_term(graph, text, kind)
    assert near is None or near in str(caught.value)


def test_nothing_near_gives_no_hint(graph: Graph) -> None:
    with pytest.raises(UsageError) as caught:
        find_term(graph, "xyzzy")
    assert str(caught.value) == "nothing is called 'xyzzy'"


def test_a_term_of_another_kind_is_told_so(graph: Graph) -> None:
    with pytest.raises(UsageError, match="id:moscow is not a property\n  It is a thing") as caught:
        find_term(graph, "id:moscow", "property")
    assert caught.value.exit_status == 2


def test_near_names_are_of_the_kind_asked_for(graph: Graph) -> None:
    with pytest.raises(UsageError) as caught:
        find_term(graph, "visite", "class")
    assert "wk:Visit" in str(caught.value)
    assert "wk:visited" not in str(caught.value)


def test_of_properties_those_are_named_with_which_something_is_stated(tiny_root: Path) -> None:
    with pytest.raises(UsageError) as error:
        find_term(Dataset(tiny_root).graph, "gists", "property")
    assert "wk:gist" not in str(error.value)
    with pytest.raises(UsageError, match="wk:borders"):
        find_term(Dataset(tiny_root).graph, "bordars", "property")


def test_objects(graph: Graph) -> None:
    assert find_object(graph, "Visit", RDF.type) == WK.Visit
    assert find_object(graph, "Moscow", WK.visited) == ID.moscow
    assert find_object(graph, "1000", WK.minimumSize) == Literal(1000)
    assert find_object(graph, '"1000"^^xsd:integer', WK.minimumSize) == Literal(1000)
    assert find_object(graph, "ever onward", WK.motto) == Literal("ever onward", lang="en")
    assert find_object(graph, '"a"@en', WK.motto) == Literal("a", lang="en")


@pytest.mark.parametrize("text", ["many", '"x', '"x"^^nope:integer', '"x"^^xsd:integer'])
def test_what_is_no_value_is_refused(graph: Graph, text: str) -> None:
    with pytest.raises(UsageError):
        find_object(graph, text, WK.minimumSize)


def test_labels(graph: Graph) -> None:
    assert label(graph, ID["john-kerry"]) == "John Kerry"
    assert label(graph, RDF.type) == "is a"
    assert label(graph, CLAIM["p01s1-1"]) == "claim:p01s1-1"
    assert label(graph, Literal("2021", datatype=XSD.gYear)) == "2021"


def test_tiny_dataset_is_looked_up_too(tiny_root: Path) -> None:
    actors = Graph().parse(tiny_root / "data" / "actors.ttl")
    assert find_term(actors, "arlande") == ID.arland
