"""Properties that are not simple are found through the hierarchy, and the reason is told."""

from rdflib import Graph

from wakhan.lint.simple import simple_problems

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def reasons(text: str) -> list[str]:
    return [problem.why for problem in simple_problems(Graph().parse(data=PREFIXES + text, format="turtle"))]


def test_the_reason_is_told() -> None:
    assert reasons(":p a owl:TransitiveProperty , owl:FunctionalProperty .") == [
        "this says that it is functional, but the property is transitive"
    ]


def test_what_is_above_or_inverse_or_equal_is_not_simple_either() -> None:
    chain = (
        ":p owl:propertyChainAxiom ( :a :b ) ; rdfs:subPropertyOf :q . "
        ":r owl:inverseOf :q ; owl:equivalentProperty :s ."
    )
    assert len(reasons(chain + " :s a owl:IrreflexiveProperty .")) == 1
    assert reasons(chain + " :a a owl:IrreflexiveProperty .") == []


def test_what_is_disjoint_is_found_from_either_side() -> None:
    for pair in (":p owl:propertyDisjointWith :q .", ":q owl:propertyDisjointWith :p ."):
        assert reasons(":p a owl:TransitiveProperty . " + pair) == [
            "this says that it is disjoint, but the property is transitive"
        ]


def test_properties_in_a_circle_come_to_an_end() -> None:
    circle = (
        ":p a owl:TransitiveProperty ; rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p ; a owl:FunctionalProperty ."
    )
    assert len(reasons(circle)) == 1
