"""Terms that no shape looks at are found."""

import pytest
from rdflib import Graph

from wakhan.findings import Result
from wakhan.lint.coverage import check_coverage
from wakhan.lint.project import Project
from wakhan.names import local_name

PREFIXES = """
@prefix : <https://example.org/> .
@prefix d: <https://example.org/data/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
ONTOLOGY = """
<https://example.org/> a owl:Ontology .
:a a owl:ObjectProperty . :b a owl:DatatypeProperty . :c a owl:ObjectProperty . :A a owl:Class . :B a owl:Class .
"""
ALL = "[] sh:targetClass :A ; sh:property [ sh:path ( :a [ sh:inversePath :b ] ) ] , [ sh:path :c ] ; sh:class :B ."


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def find(shapes: str, ontology: str = "", data: str = "d:x a :A .") -> list[tuple[str, str, str]]:
    found: list[Result] = list(check_coverage(Project(parse(ONTOLOGY + ontology), parse(shapes), parse(data), {})))
    return [(str(result.rule), result.severity, local_name(result.triples[0][0])) for result in found]


def test_what_shapes_look_at_is_left_in_peace() -> None:
    assert find(ALL) == []


def test_a_property_that_no_shape_looks_at_is_found() -> None:
    assert find(ALL, ":d a owl:ObjectProperty .") == [("uncovered-property", "warning", "d")]


@pytest.mark.parametrize(
    "more",
    [
        "[] sh:sparql [ sh:select 'SELECT $this { $this <https://example.org/d> ?x }' ] .",
        "[] sh:ignoredProperties ( :d ) .",
        "[] sh:targetClass :Checked .",
    ],
)
def test_a_constraint_or_a_kind_of_properties_covers_too(more: str) -> None:
    ontology = ":Checked a owl:Class . :d a owl:ObjectProperty , :Checked ."
    assert find(ALL + more, ontology) == []


def test_shapes_that_look_at_little_are_not_reproached() -> None:
    assert find("[] sh:path :a ; sh:class :A , :B .") == [("uncovered-property", "info", name) for name in "bc"]


def test_a_class_without_shape_and_instance_is_mentioned() -> None:
    assert find(ALL, ":C a owl:Class . :D a owl:Class ; rdfs:subClassOf :C .") == [
        ("uncovered-class", "info", name) for name in "CD"
    ]


@pytest.mark.parametrize("data", ["d:x a :D .", "d:x :a :D .", ""])
def test_a_class_that_data_mention_or_without_data_is_left_in_peace(data: str) -> None:
    assert find(ALL, ":C a owl:Class . :D a owl:Class ; rdfs:subClassOf :C .", data) == []


def test_without_shapes_nothing_is_demanded_of_them() -> None:
    assert find("") == []


def test_a_deprecated_property_needs_no_shape() -> None:
    assert find(ALL, ":d a owl:ObjectProperty ; owl:deprecated true .") == []
