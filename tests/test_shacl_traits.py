"""What engines may read differently is noticed, by property, and what all read alike is not."""

import pytest
from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace

from wakhan.shacl.traits import traits_of, value_traits

EX = Namespace("https://example.org/")
PREFIXES = "@prefix : <https://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("3", {"number"}),
        ("-2.5", {"number"}),
        ("1e3", {"float"}),
        ('"2020-01-02"^^xsd:date', {"date"}),
        ('"12:00:00"^^xsd:time', {"rare"}),
        ('"2020-02-31"^^xsd:date', {"ill"}),
        ('"x"^^xsd:integer', {"ill"}),
        ('"12345678901234567890"^^xsd:integer', {"rare"}),
        ('"P1D"^^xsd:duration', {"rare"}),
        ('"a"', {"plain"}),
        ('"a"^^xsd:string', {"typed"}),
        ('"é"@fr', {"accented", "tagged"}),
        ('"a\\nb"', {"control", "plain"}),
        ('"\\u0130"', {"accented", "dotted", "plain"}),
        (":a", {"iri"}),
        ("[]", {"bnode"}),
    ],
)
def test_each_peculiarity_has_a_name(text: str, traits: set[str]) -> None:
    graph = Graph(bind_namespaces="none").parse(data=f"{PREFIXES} :s :p {text} .", format="turtle")
    (value,) = graph.objects(EX.s, EX.p)
    assert value_traits(value) == traits


def test_traits_are_those_of_the_values_of_each_property_and_of_the_subjects() -> None:
    traits = traits_of([(EX.a, EX.p, Literal(1)), (EX.b, EX.p, Literal("x")), (EX["é"], EX.q, EX.a)])
    assert traits[EX.p] == {"number", "plain"}
    assert traits[EX.q] == {"iri"}
    assert traits[None] == {"iri", "accented"}


def test_a_class_knows_of_blank_instances_of_its_subclasses() -> None:
    traits = traits_of(
        [(BNode(), RDF.type, EX.Tug), (EX.Tug, RDFS.subClassOf, EX.Ship), (EX.a, RDF.type, EX.Car), (EX.a, EX.p, EX.b)]
    )
    assert "blank" in traits[EX.Ship]
    assert "blank" not in traits.get(EX.Car, set()) | traits[EX.p]
