"""What an ontology does for most of its terms it must do for all; exceptions are found at their declaration."""

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from wakhan.findings import Result
from wakhan.lint.project import Project
from wakhan.lint.terms import RULES, check_terms

PREFIXES = """
@prefix : <https://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
HEADER = '<https://example.org/> a owl:Ontology ; dcterms:title "t" ; owl:versionInfo "1" ; dcterms:license :l .'
WELL = 'rdfs:label "x"@en ; skos:definition "X." ; rdfs:isDefinedBy <https://example.org/>'
CLASSES = "".join(f":{name} a owl:Class ; {WELL} . " for name in ("Actor", "Border", "City", "Deal", "Event"))
PROPERTY = f"a owl:ObjectProperty ; {WELL} ; rdfs:domain :Actor ; rdfs:range :City ."
PROPERTIES = "".join(f":{name} {PROPERTY} " for name in ("ally", "border", "claim", "deny", "enter"))


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def find(more: str, ontology: str = HEADER + CLASSES + PROPERTIES, shapes: str = "") -> list[Result]:
    return list(check_terms(Project(parse(ontology + more), parse(shapes), parse(""), {})))


def term(name: str) -> URIRef:
    return URIRef("https://example.org/" + name)


def test_a_well_described_ontology_is_left_in_peace() -> None:
    assert find("") == []


WRONG = [
    ("term-label", ':Fee a owl:Class ; skos:definition "F." ; rdfs:isDefinedBy :o .', RDFS.label),
    ("term-label", ':Fee a owl:Class ; rdfs:label "f"@de ; skos:definition "F." ; rdfs:isDefinedBy :o .', RDFS.label),
    ("term-definition", ':Fee a owl:Class ; rdfs:label "f"@en ; rdfs:isDefinedBy :o .', None),
    ("term-defined-by", ':Fee a owl:Class ; rdfs:label "f"@en ; skos:definition "F." .', RDFS.isDefinedBy),
    ("term-domain", f":fee a owl:ObjectProperty ; {WELL} ; rdfs:range :City .", RDFS.domain),
    ("term-domain", f":fee a owl:ObjectProperty ; {WELL} ; rdfs:domain :City .", RDFS.range),
    ("term-name", f":fee a owl:Class ; {WELL} .", RDF.type),
    ("term-name", f":Fee {PROPERTY}", RDF.type),
    ("term-name", f":fee_paid {PROPERTY}", RDF.type),
]


@pytest.mark.parametrize(("rule", "text", "path"), WRONG)
def test_an_exception_is_found_at_its_declaration(rule: str, text: str, path: URIRef | None) -> None:
    (result,) = find(text)
    assert (result.rule, result.severity) == (rule, "warning")
    assert result.triples[0][:2] == (result.focus, RDF.type)
    assert str(result.focus).rpartition("/")[2].lower().startswith("fee")
    assert path is None or result.path == path


def test_two_labels_in_one_language_are_found_at_the_labels() -> None:
    (result,) = find(':Actor rdfs:label "y"@en .')
    assert [str(triple[2]) for triple in result.triples] == ["x", "y"]


@pytest.mark.parametrize(
    "more", [':Actor rdfs:label "y"@de .', ':Actor skos:altLabel "y"@en .', ':Actor rdfs:label "y"@en-GB .']
)
def test_labels_in_other_languages_and_of_other_kinds_are_allowed(more: str) -> None:
    assert find(more) == []


@pytest.mark.parametrize(
    "text",
    [
        f":fee a owl:ObjectProperty ; {WELL} ; rdfs:subPropertyOf :ally .",
        f":fee a owl:ObjectProperty ; {WELL} ; owl:inverseOf :ally .",
        f":fee a owl:ObjectProperty , owl:SymmetricProperty ; {WELL} ; rdfs:domain :City .",
        f':fee a owl:ObjectProperty ; {WELL} ; skos:scopeNote "of anything" .',
        f":fee a owl:ObjectProperty ; {WELL} ; schema:domainIncludes :Actor ; schema:rangeIncludes :City .",
        f":ESN {PROPERTY}",
        ':Fee a owl:Class ; skos:prefLabel "f"@en ; rdfs:comment "F." ; rdfs:isDefinedBy :o .',
        "<https://example.com/foreign> a owl:Class .",
    ],
)
def test_a_reason_or_another_way_to_say_it_is_accepted(text: str) -> None:
    assert find(text) == []


def test_a_shape_can_say_what_values_a_data_property_has() -> None:
    text = f":fee a owl:DatatypeProperty ; {WELL} ; rdfs:domain :Actor . "
    assert [result.path for result in find(text)] == [RDFS.range]
    assert find(text, shapes="[] sh:path :fee .") == []


def test_what_is_not_usual_is_told_once() -> None:
    bare = HEADER + "".join(f":{name} a owl:Class ; rdfs:label 'x' . " for name in "ABCDE")
    found = find(':A skos:definition "A." ; rdfs:isDefinedBy :o .', bare)
    assert [(result.rule, result.severity) for result in found] == [("term-definition", "info")]
    assert found[0].message.startswith("4 of 5 such terms, for example :B, have no definition")


def test_of_a_single_term_nothing_is_usual() -> None:
    (result,) = find(":A a owl:Class ; rdfs:label 'a' .", HEADER)
    assert (result.severity, result.message) == ("info", ":A has no definition: give it a skos:definition.")


def test_names_without_a_usual_style_are_left_in_peace() -> None:
    names = ("IAO_0000115", "IAO_0000116", "IAO_0000117", "Person", "thing", "a_b")
    assert find("", HEADER + "".join(f":{name} a owl:Class ; {WELL} . " for name in names)) == []


def test_a_deprecated_term_needs_a_successor() -> None:
    (result,) = find(":Actor owl:deprecated true .")
    assert (result.rule, result.severity, result.path) == ("term-successor", "warning", OWL.deprecated)
    assert find(":Actor owl:deprecated true ; dcterms:isReplacedBy :City .") == []
    assert find(":Actor owl:deprecated false .") == []


def test_a_circle_of_classes_or_properties_is_told_once() -> None:
    (result,) = find(":Actor rdfs:subClassOf :City . :City rdfs:subClassOf :Deal . :Deal rdfs:subClassOf :Actor .")
    assert (result.rule, result.severity) == ("subclass-cycle", "info")
    assert result.triples[0] == (term("Actor"), RDFS.subClassOf, term("City"))
    assert [r.rule for r in find(":ally rdfs:subPropertyOf :deny . :deny rdfs:subPropertyOf :ally .")] == [
        "subclass-cycle"
    ]
    assert find(":Actor rdfs:subClassOf :Actor , :City . :Deal rdfs:subClassOf :City .") == []


@pytest.mark.parametrize(
    ("header", "lacks"),
    [
        ("<https://example.org/> a owl:Ontology .", ["title", "version", "license"]),
        ('<https://example.org/> a owl:Ontology ; rdfs:label "t" ; owl:versionIRI :v .', ["license"]),
        (
            '<https://example.org/> a owl:Ontology ; schema:license "l" . :m a owl:Ontology ; owl:versionInfo "1" .',
            ["title"],
        ),
    ],
)
def test_a_header_says_title_version_and_license(header: str, lacks: list[str]) -> None:
    found = find("", header + CLASSES + PROPERTIES)
    assert [(r.rule, r.message.rpartition("has no ")[2].rstrip(".")) for r in found] == [
        ("ontology-header", what) for what in lacks
    ]


def test_an_ontology_has_a_header() -> None:
    (result,) = find("", CLASSES + PROPERTIES)
    assert result.rule == "ontology-header"
    assert "has no header" in result.message


def test_nothing_has_no_terms() -> None:
    assert find("", "") == []


def test_each_rule_is_known() -> None:
    tested = {"ontology-header", "subclass-cycle", "term-successor"}
    assert {rule for rule, *_ in WRONG} | tested == set(RULES)
