"""Whoever misspells a term is told which one was meant, and nobody is told nonsense."""

import pytest
from rdflib import Graph, Literal, URIRef

from wakhan.names import CLAIM, WK
from wakhan.suggest import did_you_mean, nearest, nearest_word, split

TERMS = [WK.memberOf, WK.hasMember, WK.borders, WK.speaker, WK.Border, WK.startDate, WK.endDate]
ORG = "http://www.w3.org/ns/org#"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("membreOf", WK.memberOf),
        ("memberof", WK.memberOf),
        ("member-of", WK.memberOf),
        ("memberOff", WK.memberOf),
        ("meberOf", WK.memberOf),
        ("speeker", WK.speaker),
        ("strtDate", WK.startDate),
        ("bordersOn", WK.borders),
    ],
)
def test_a_misspelling_leads_to_the_term(written: str, meant: URIRef) -> None:
    assert nearest(WK[written], TERMS) == meant


@pytest.mark.parametrize("written", ["controls", "x", "date", "passage", ""])
def test_what_is_near_to_nothing_leads_nowhere(written: str) -> None:
    assert nearest(WK[written], TERMS) is None


def test_a_term_is_no_misspelling_of_itself() -> None:
    assert nearest(WK.speaker, [WK.speaker]) is None


def test_the_right_name_in_the_wrong_namespace_is_found() -> None:
    assert nearest(URIRef(ORG + "speaker"), TERMS) == WK.speaker


def test_a_near_name_in_another_namespace_is_no_match() -> None:
    assert nearest(URIRef(ORG + "speeker"), TERMS) is None


def test_the_own_namespace_goes_before_the_exact_name_elsewhere() -> None:
    assert nearest(WK.membrOf, [URIRef(ORG + "membrOf"), WK.memberOf]) == WK.memberOf


def test_a_property_goes_before_a_class_that_is_nearer() -> None:
    prov = "http://www.w3.org/ns/prov#"
    terms = [URIRef(prov + "Revision"), URIRef(prov + "wasRevisionOf")]
    assert nearest(URIRef(prov + "revisionOf"), terms) == terms[1]
    assert nearest(URIRef(prov + "RevisionOf"), terms) == terms[0]
    assert nearest(URIRef(prov + "WasRevisionOf"), terms) == terms[1]


def test_of_two_other_namespaces_the_more_similar_is_taken() -> None:
    near, far = URIRef("https://schema.org/name"), URIRef("http://a.org/name")
    assert nearest(URIRef("http://schema.org/name"), [far, near]) == near


def test_names_with_other_numbers_are_other_names() -> None:
    assert nearest(CLAIM["p05s1-3"], [CLAIM["p05s1-2"], CLAIM["p05s1-1"]]) is None


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_candidates_does_not_matter(order: int) -> None:
    assert nearest(WK.order, [WK.border1, WK.borders, WK.borderx][::order]) == WK.borders


def test_blank_nodes_and_literals_are_no_candidates_and_have_none() -> None:
    assert nearest(WK.speeker, [Literal("speaker"), *TERMS]) == WK.speaker
    assert did_you_mean(Literal("speeker"), Graph(), TERMS) == ""


def test_the_question_names_the_term_as_people_write_it() -> None:
    graph = Graph(bind_namespaces="none")
    graph.bind("o", ORG)
    assert did_you_mean(URIRef(ORG + "unitof"), graph, [URIRef(ORG + "unitOf")]) == "Did you mean o:unitOf?"
    assert did_you_mean(URIRef(ORG + "head"), graph, TERMS) == ""


def test_words_are_compared_too() -> None:
    assert nearest_word("dctrms", ["dcterms", "wk"]) == "dcterms"
    assert nearest_word("q", ["dcterms", "wk"]) is None


@pytest.mark.parametrize("iri", ["urn:a:b", "http://a.org/b", "http://a.org/c#b", "b"])
def test_a_name_is_what_comes_after_the_last_sign(iri: str) -> None:
    assert split(iri)[1] == "b"
    assert "".join(split(iri)) == iri
