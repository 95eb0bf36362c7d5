"""What single nodes are found to have is what the whole check finds, whichever engine says where to look."""

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.mutation import killers
from wakhan.mutation.killers import Hit, ShapeKiller, Suspects
from wakhan.names import WK, Triple
from wakhan.sources import load_sources
from wakhan.validate import find_results

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/wakhan/shape#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGY = "wk:Person rdfs:subClassOf wk:Actor . wk:Actor a owl:Class ."
SHAPES = """
shape:Claim a sh:NodeShape ; sh:targetClass wk:Claim ; sh:closed true ; sh:ignoredProperties ( <TYPE> ) ;
    sh:property shape:Claim-speaker , shape:Claim-day ; sh:sparql shape:Claim-once .
shape:Claim-speaker a sh:PropertyShape ; sh:path wk:speaker ; sh:minCount 1 ; sh:class wk:Actor .
shape:Claim-day a sh:PropertyShape ; sh:path wk:day ; sh:severity sh:Warning ;
    sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ] ) .
shape:Claim-once a sh:SPARQLConstraint ; sh:prefixes shape: ;
    sh:select "SELECT $this ?value WHERE { $this wk:says ?what . ?value wk:says ?what . FILTER (?value != $this) }" .
shape:Actor a sh:NodeShape ; sh:targetClass wk:Actor ; sh:property shape:Actor-heard .
shape:Actor-heard a sh:PropertyShape ; sh:path [ sh:inversePath wk:speaker ] ; sh:minCount 1 ; sh:severity sh:Info .
shape:Named a sh:NodeShape ; sh:targetSubjectsOf wk:named ; sh:targetObjectsOf wk:names ; sh:targetNode :it ;
    sh:property shape:Named-label .
shape:Named-label a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 .
shape:Off a sh:NodeShape ; sh:targetClass wk:Claim ; sh:deactivated true ; sh:nodeKind sh:Literal .
shape: sh:declare [ sh:prefix "wk" ; sh:namespace "https://w3id.org/wakhan/ontology#" ] .
""".replace("<TYPE>", f"<{RDF.type}> wk:says")
DATA = ':c1 a wk:Claim ; wk:speaker :ann ; wk:says "a" . :c2 a wk:Claim ; wk:speaker :ann . :ann a wk:Person . ' + (
    ':it rdfs:label "it" .'
)


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def killer() -> ShapeKiller:
    return ShapeKiller(parse(DATA), parse(ONTOLOGY), parse(SHAPES))


def whole(data: Graph) -> set[Hit]:
    results = [each for each in find_results(data, parse(SHAPES), parse(ONTOLOGY)) if each.rule != "ill-typed"]
    return {
        Hit(each.severity, f"shape:{str(each.rule).rpartition('#')[2]}", (each.focus, named(each.path), each.value))
        for each in results
    }


def named(path: Node | None) -> Node | None:
    return None if isinstance(path, BNode) else path


CHANGES = [
    pytest.param("", ':c2 wk:says "a" .', {"shape:Claim-once"}, id="a query about another"),
    pytest.param(":ann a wk:Person .", "", {"shape:Claim-speaker"}, id="a class of a value"),
    pytest.param(
        ":c1 wk:speaker :ann . :c2 wk:speaker :ann .", "", {"shape:Claim-speaker", "shape:Actor-heard"}, id="inverse"
    ),
    pytest.param("", ':c1 wk:day "x"^^xsd:gYear .', set(), id="no value of its datatype"),
    pytest.param("", ':c1 wk:day "soon" .', {"shape:Claim-day"}, id="a choice of datatypes"),
    pytest.param(':it rdfs:label "it" .', "", {"shape:Named-label"}, id="a node that is the target"),
    pytest.param("", ":ann wk:named 1 .", {"shape:Named-label"}, id="a target by property"),
    pytest.param("", ":x wk:names :y .", {"shape:Named-label"}, id="a target by who leads to it"),
    pytest.param("", ":c1 wk:misspelt 1 .", {"shape:Claim"}, id="a closed shape"),
    pytest.param("", "wk:Actor rdfs:subClassOf wk:Claim .", {"shape:Claim-speaker"}, id="a class above"),
    pytest.param("", ":y rdfs:label 'y' .", set(), id="nothing"),
]


@pytest.fixture(params=["shifty", "pySHACL"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "shifty":
        pytest.importorskip("shifty")
    else:
        monkeypatch.setattr(killers, "engine", lambda: None)
    return str(request.param)


@pytest.mark.parametrize(("removed", "added", "rules"), CHANGES)
def test_nothing_is_found_but_what_the_whole_check_finds(
    engine: str, removed: str, added: str, rules: set[str]
) -> None:
    judge, lost, won = killer(), list(parse(removed)), list(parse(added))
    suspects = Suspects(judge)
    before = set(judge.graph)
    with judge.changed(lost, won):
        found = judge.hits(suspects.nodes(lost, won))
        assert found == judge.hits(judge.all_nodes())
    data = parse(DATA)
    for triple in lost:
        data.remove(triple)
    for triple in won:
        data.add(triple)
    assert found == whole(data)
    assert {hit.rule for hit in found} == rules
    assert set(judge.graph) == before


def test_what_is_known_already_is_told_apart(engine: str) -> None:
    judge = ShapeKiller(parse(DATA + ":ben a wk:Person ."), parse(ONTOLOGY), parse(SHAPES))
    suspects = Suspects(judge)
    assert {hit.rule for hit in judge.hits(suspects.known_nodes())} == {"shape:Actor-heard"}
    change = list(parse(':c2 wk:says "a" .'))
    with judge.changed([], change):
        nodes = suspects.nodes([], change)
        assert (URIRef("https://example.org/ben") in nodes) == (engine == "pySHACL")
        assert {hit.rule for hit in judge.hits(nodes)} >= {"shape:Claim-once"}


def test_the_ontology_stays_whatever_is_taken_from_the_data() -> None:
    judge = ShapeKiller(parse(DATA + "wk:Person rdfs:subClassOf wk:Actor ."), parse(ONTOLOGY), parse(SHAPES))
    axiom: Triple = (WK.Person, RDFS.subClassOf, WK.Actor)
    with judge.changed([axiom], []):
        assert axiom in judge.graph
        assert judge.hits(judge.all_nodes()) == set()


def test_shapes_are_named_with_what_they_have_of_their_own() -> None:
    judge = killer()
    named = {str(shape.node).rpartition("#")[2]: judge.rules_of(shape) for shape in judge.shapes}
    assert named["Claim"] == {"shape:Claim", "shape:Claim-speaker", "shape:Claim-day", "shape:Claim-once"}
    assert named["Actor"] == {"shape:Actor-heard"}
    assert "Off" not in named


def test_wrong_shapes_are_told() -> None:
    with pytest.raises(WakhanError, match="the shapes cannot be used"):
        ShapeKiller(parse(DATA), parse(ONTOLOGY), parse(SHAPES + "shape:Claim-day sh:path [ ] ."))


def test_a_lone_node_of_the_real_data_has_what_the_whole_check_finds() -> None:
    real = load_sources(Path(__file__).parents[1])
    judge = ShapeKiller(real.data, real.ontology, real.shapes)
    claim = min(set(real.data.subjects(RDF.type, WK.Claim)), key=str)
    speaker = real.data.value(claim, WK.speaker)
    assert speaker is not None
    assert judge.hits([claim]) == set()
    lost: list[tuple[Node, Node, Node]] = [(claim, WK.speaker, speaker)]
    with judge.changed(lost, [(claim, WK.degree, Literal("much"))]):
        assert {hit.rule for hit in judge.hits([claim])} == {"shape:Claim-speaker", "shape:Claim-degree"}
