"""The results are pySHACL's own, in order, each query parsed once, and no more of them kept than are wanted."""

from typing import Any

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from wakhan.shacl import ShapeError, check, prepared, targets
from wakhan.shacl import reference as reference_engine

EX = Namespace("https://example.org/")
PREFIXES = """
@prefix : <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

SHAPES = """
:Ship a sh:NodeShape ; sh:targetClass :Ship ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
    sh:property :Ship-name , :Ship-length , [ sh:path ( :owner :name ) ; sh:minCount 2 ; sh:severity sh:Info ] ,
        [ sh:path :owner ; sh:or ( [ sh:class :Person ] [ sh:class :Firm ] ) ; sh:message "an owner"@en ] ;
    sh:sparql :Ship-self .
:Ship-name a sh:PropertyShape ; sh:path :name ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string .
:Ship-length a sh:PropertyShape ; sh:path :length ; sh:minExclusive 0 ; sh:severity sh:Warning .
:Ship-self a sh:SPARQLConstraint ; sh:message "Its own owner: {?value}" ; sh:prefixes <https://example.org/o> ;
    sh:select "SELECT $this ?value WHERE { $this :owner ?value FILTER ( ?value = $this ) }" .
<https://example.org/o> sh:declare [ sh:prefix "" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .
"""

DATA = """
:b a :Ship ; :name "Bee" , "Bea" ; :length -3 ; :owner :b ; :lenght 3 .
:a a :Ship ; :owner :ann .
:c a :Ship ; :name "Sea" ; :length 30 ; :owner :ann , [ :name "nobody" ] .
:ann a :Person ; :name "Ann" .
"""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def reference(data: Graph, shapes: Graph, ontology: Graph | None = None) -> Graph:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology, advanced=True)
    assert isinstance(report, Graph)
    return report


def test_the_report_is_that_of_pyshacl() -> None:
    data, shapes = parse(DATA), parse(SHAPES)
    checked = check(data, shapes, w3c=True)
    assert checked.w3c is not None
    assert isomorphic(checked.w3c, reference(data, shapes))
    assert len(checked.results) == len(set(checked.w3c.subjects(RDF.type, SH.ValidationResult))) == 8
    assert (checked.conforms, checked.counts) == (False, {"violation": 6, "warning": 1, "info": 1})


def test_the_results_come_in_the_same_order_the_worst_first() -> None:
    def told() -> list[tuple[object, ...]]:
        return [
            (r.severity, r.rule, r.focus, r.component, r.message) for r in check(parse(DATA), parse(SHAPES)).results
        ]

    results = told()
    assert results == told()
    assert [severity for severity, *_ in results] == ["violation"] * 6 + ["warning", "info"]
    assert [focus for _, rule, focus, *_ in results if rule == EX["Ship-name"]] == [EX.a, EX.b]


def test_only_the_worst_are_kept_and_all_are_counted() -> None:
    checked = check(parse(DATA), parse(SHAPES), limit=3, w3c=True)
    assert [r.severity for r in checked.results] == ["violation"] * 3
    assert sum(checked.counts.values()) == 8
    assert checked.w3c is not None
    assert len(set(checked.w3c.subjects(RDF.type, SH.ValidationResult))) == 3
    assert (None, SH.conforms, None) in checked.w3c


def test_a_graph_that_conforms_says_so() -> None:
    checked = check(
        parse(':c a :Ship ; :name "Sea" ; :owner :ann . :ann a :Person ; :name "Ann" , "A." .'), parse(SHAPES), w3c=True
    )
    assert (checked.results, checked.conforms) == ([], True)
    assert checked.w3c is not None
    assert isomorphic(checked.w3c, reference(parse(""), parse(SHAPES)))


def test_the_classes_of_the_ontology_count_and_its_instances_do_not() -> None:
    ontology = parse(":Tug a rdfs:Class ; rdfs:subClassOf :Ship . :t a :Ship .")
    data = parse(":u a :Tug .")
    checked = check(data, parse(SHAPES), ontology, w3c=True)
    assert checked.w3c is not None
    assert isomorphic(checked.w3c, reference(data, parse(SHAPES), ontology))
    assert {r.focus for r in checked.results} == {EX.u}
    assert len(data) == 1


def test_rules_and_targets_in_sparql_are_followed() -> None:
    shapes = parse("""
        :Old a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ;
                sh:select "SELECT ?this WHERE { ?this <https://example.org/age> ?a FILTER ( ?a > 9 ) }" ] ;
            sh:property [ sh:path :old ; sh:maxCount 0 ] ;
            sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate :old ; sh:object true ] .""")
    data = parse(":a :age 10 . :b :age 9 .")
    assert [r.focus for r in check(data, shapes).results] == [EX.a]
    assert len(data) == 2
    assert targets(data, shapes) == {EX.Old: 1}


def test_focus_nodes_are_counted_as_pyshacl_finds_them() -> None:
    data = parse(DATA + ":Clipper rdfs:subClassOf :Ship . :Tea rdfs:subClassOf :Clipper . :d a :Tea ; :owner :ann .")
    shapes = parse(""":A a sh:NodeShape ; sh:targetClass :Ship , :Person ; sh:targetNode :ann , :nobody .
        :B a sh:NodeShape ; sh:targetSubjectsOf :owner ; sh:targetObjectsOf :owner , :length .
        :C sh:targetClass :Clipper ; sh:path :name . :D sh:targetClass :Boat ; sh:path :name .
        :E sh:path :name .""")
    assert targets(data, shapes) == reference_engine.targets(data, shapes)
    assert targets(data, shapes) == {EX.A: 6, EX.B: 8, EX.C: 1, EX.D: 0}
    shapes += parse(":Ship a rdfs:Class , sh:NodeShape .")
    assert targets(data, shapes) == reference_engine.targets(data, shapes)
    assert targets(data, shapes)[EX.Ship] == 4


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (":S sh:targetClass :Ship ; sh:property [ sh:minCount 1 ] .", "a blank node exists but is not a well-formed"),
        (':S a sh:NodeShape ; sh:targetClass :Ship ; sh:minLength "x" .', "the shape :S cannot be used"),
        (':S a sh:NodeShape ; sh:targetClass :Ship ; sh:sparql [ sh:select "SELECT $this { ?x" ] .', "cannot be used"),
        (":S a sh:NodeShape ; sh:targetClass :Ship ; sh:node :S .", "it goes too deep"),
    ],
)
def test_a_wrong_shape_is_named(shapes: str, message: str) -> None:
    with pytest.raises(ShapeError, match=message) as caught:
        check(parse(DATA), parse(shapes))
    assert caught.value.node is None or isinstance(caught.value.node, URIRef)


@pytest.mark.parametrize(
    "part",
    [
        'sh:sparql [ sh:select "SELECT $this WHERE { ASKED }" ]',
        'sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this WHERE { { ?this ?p ?o } UNION { ASKED } }" ]',
        'sh:rule [ a sh:SPARQLRule ; sh:construct "CONSTRUCT { $this $this ?o } WHERE { OPTIONAL { ASKED } }" ]',
    ],
)
def test_no_query_of_a_shape_leaves_this_machine(part: str) -> None:
    asked = "SERVICE SILENT <http://127.0.0.1:9/> { ?this ?p ?o }"
    shapes = parse(f":S a sh:NodeShape ; sh:targetClass :Ship ; {part.replace('ASKED', asked)} .")
    with pytest.raises(ShapeError, match="SERVICE"):
        check(parse(DATA), shapes)


def test_each_query_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def prepare(text: str, **options: Any) -> Query:  # noqa: ANN401
        parsed.append(text)
        return prepareQuery(text, **options)

    monkeypatch.setattr("wakhan.shacl.prepared.prepareQuery", prepare)
    prepared._prepared.cache_clear()
    check(parse(DATA), parse(SHAPES))
    assert len(parsed) == 1


def test_what_a_result_rests_on_is_kept_with_it() -> None:
    data = parse(":a :owner :ann . :ann a :Ship .")
    shapes = parse(
        ":S sh:targetNode :a ; sh:property [ sh:path :owner ; sh:node :N ] ."
        ":N a sh:NodeShape ; sh:property :Ship-name ." + SHAPES
    )
    checked = check(data, shapes, w3c=True)
    (result,) = [r for r in checked.results if r.focus == EX.a]
    assert (result.value, result.component) == (EX.ann, SH.NodeConstraintComponent)
    assert [(r.component, r.shape) for r in result.details] == [(SH.MinCountConstraintComponent, EX["Ship-name"])]
    assert checked.w3c is not None
    assert isomorphic(checked.w3c, reference(data, shapes))
