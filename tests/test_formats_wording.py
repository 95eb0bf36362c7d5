"""A claim that is no fact begins with how sure who is, and nothing that limits a claim is lost."""

import pytest
from rdflib import RDF, Graph

from wakhan.claimview import ClaimView, statement
from wakhan.formats import Editions
from wakhan.formats.claimtable import claims_in_order
from wakhan.formats.wording import LIMITS, limits, relation, sentence
from wakhan.law import statements
from wakhan.names import CLAIM, WK


@pytest.fixture(scope="module")
def graph(editions: Editions) -> Graph:
    return editions.graph("asserted")


@pytest.fixture(scope="module")
def views(graph: Graph) -> dict[str, ClaimView]:
    return {str(view.iri): view for view in claims_in_order(graph)}


def claim(views: dict[str, ClaimView], number: str) -> ClaimView:
    return views[str(CLAIM[number])]


def test_only_a_fact_begins_with_what_it_says(graph: Graph, views: dict[str, ClaimView]) -> None:
    facts = {str(each.claim) for each in statements(graph) if each.is_fact}
    for iri, view in views.items():
        said = statement(graph, view.subject, view.predicate, view.object)
        assert sentence(view, graph, is_fact=iri in facts).startswith(said) == (iri in facts)


def test_a_sentence_keeps_the_details_and_leaves_out_the_notes(graph: Graph, views: dict[str, ClaimView]) -> None:
    text = sentence(claim(views, "p18s3-1"), graph, is_fact=False)
    assert text.startswith("unknown, according to the article: Hamdullah Mohib has contact with Taliban; degree: ")
    assert "; location: Moscow; part of: Mohib's visit to Moscow; in art:p18s3 (" in text
    assert not any("editorial note" in sentence(view, graph, is_fact=False) for view in views.values())


def test_a_relation_of_what_is_no_fact_has_its_limits(graph: Graph, views: dict[str, ClaimView]) -> None:
    told = relation(claim(views, "p02s1-5"), graph, is_fact=False)
    dates = "start date: 2021-07-12; end date: 2021-07-16; part of: Wang Yi's Central Asian trip"
    assert told == f"planned, according to China: visited ({dates})"
    assert relation(claim(views, "p02s1-5"), graph, is_fact=True) == "visited"
    assert relation(claim(views, "p03s1-4"), graph, is_fact=False).endswith(": borders")


def test_a_condition_is_told_by_its_number(graph: Graph, views: dict[str, ClaimView]) -> None:
    assert limits(claim(views, "p14s3-1"), graph) == ["condition: p14s1-1"]


def test_every_limit_is_a_qualifier_that_the_ontology_has(graph: Graph) -> None:
    assert len(set(LIMITS)) == len(LIMITS)
    assert [prop for prop in LIMITS if (prop, RDF.type, None) not in graph] == []
    assert WK.contrastsWith not in LIMITS
