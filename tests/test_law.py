"""No fact comes by the back door, and what is claimed with reserve is pointed out when it holds."""

import pytest
from rdflib import RDF, RDFS, Graph, URIRef

from wakhan.denials import negative_assertions
from wakhan.law import back_doors, softened, statements
from wakhan.names import ART, CLAIM, ID, WK, curie
from wakhan.reason import clashes, closure, union

PREFIXES = """
@prefix art: <https://w3id.org/wakhan/article/> .
@prefix claim: <https://w3id.org/wakhan/claim/> .
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
"""
ONTOLOGY = """
wk:memberOf a owl:ObjectProperty , wk:ClaimableProperty .
wk:Event a owl:Class , wk:ClaimableClass ; rdfs:subClassOf wk:Matter .
wk:Visit a owl:Class , wk:ClaimableClass ; rdfs:subClassOf wk:Event .
wk:Matter a owl:Class . wk:Summit a owl:Class . wk:State a owl:Class .
"""
MEMBER = "id:a wk:memberOf id:pact"


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def doors(axiom: str, data: str) -> list[str]:
    found = back_doors(parse(ONTOLOGY + axiom), parse(data))
    return [" ".join(curie(term) for term in triple) for triple in found]


@pytest.mark.parametrize(
    ("axiom", "data", "door"),
    [
        pytest.param("wk:hasMember owl:inverseOf wk:memberOf .", "id:pact wk:hasMember id:a .", MEMBER, id="inverse"),
        pytest.param("wk:memberOf a owl:SymmetricProperty .", "", None, id="no door: nothing said"),
        pytest.param(
            "wk:Signatory rdfs:subClassOf [ a owl:Restriction ; owl:onProperty wk:memberOf ; owl:hasValue id:pact ] .",
            "id:a a wk:Signatory .",
            MEMBER,
            id="hasValue",
        ),
        pytest.param(
            "[] owl:onProperty wk:attendedBy ; owl:someValuesFrom wk:State ; rdfs:subClassOf wk:Visit .",
            "id:m wk:attendedBy id:a . id:a a wk:State .",
            "id:m rdf:type wk:Visit",
            id="someValuesFrom",
        ),
        pytest.param(
            "wk:memberOf owl:propertyChainAxiom ( wk:organOf wk:within ) .",
            "id:a wk:organOf id:b . id:b wk:within id:pact .",
            MEMBER,
            id="chain",
        ),
        pytest.param(
            "wk:hosted rdfs:domain wk:Event .", "id:m wk:hosted id:a .", "id:m rdf:type wk:Event", id="domain"
        ),
        pytest.param(
            "wk:attended rdfs:range wk:Visit .", "id:a wk:attended id:m .", "id:m rdf:type wk:Visit", id="range"
        ),
        pytest.param(
            "wk:Summit rdfs:subClassOf wk:Event .", "id:m a wk:Summit .", "id:m rdf:type wk:Event", id="subclass"
        ),
        pytest.param(
            "wk:twin a owl:FunctionalProperty .", f"id:x wk:twin id:a , id:b . {MEMBER} .", None, id="same facts"
        ),
        pytest.param(f"{MEMBER} .", "", MEMBER, id="a fact in the ontology"),
    ],
)
def test_a_fact_by_the_back_door_is_found(axiom: str, data: str, door: str | None) -> None:
    found = doors(axiom, data)
    assert (door in found) if door else (found == [])


@pytest.mark.parametrize("data", ["", "id:a wk:leads id:pact ."])
def test_an_unmarked_sub_property_is_found_even_before_it_is_used(data: str) -> None:
    found = doors("wk:leads a owl:ObjectProperty ; rdfs:subPropertyOf wk:memberOf .", data)
    assert "wk:leads rdfs:subPropertyOf wk:memberOf" in found
    assert (MEMBER in found) == bool(data)


def test_an_unmarked_super_property_of_our_own_is_found() -> None:
    found = doors("wk:relatedTo a owl:ObjectProperty . wk:memberOf rdfs:subPropertyOf wk:relatedTo .", f"{MEMBER} .")
    assert found == ["wk:memberOf rdfs:subPropertyOf wk:relatedTo"]


def test_marked_sub_properties_alignments_facts_and_descriptions_are_no_doors() -> None:
    axioms = """
        wk:leads a owl:ObjectProperty , wk:ClaimableProperty ; rdfs:subPropertyOf wk:memberOf .
        wk:memberOf rdfs:subPropertyOf org:memberOf . wk:hasMember owl:inverseOf wk:memberOf .
        wk:visited a wk:ClaimableProperty ; rdfs:domain wk:Event .
    """
    assert (
        doors(
            axioms, f"{MEMBER} . id:a wk:leads id:pact ; a wk:State . id:m a wk:Matter , wk:Visit ; wk:visited id:a ."
        )
        == []
    )


def test_the_doors_are_sorted_and_the_graphs_stay() -> None:
    ontology = parse(ONTOLOGY + "wk:hasMember owl:inverseOf wk:memberOf .")
    data = parse("id:pact wk:hasMember id:c , id:a , id:b . id:a wk:memberOf id:other .")
    before = set(data)
    assert [triple[0] for triple in back_doors(ontology, data)] == [ID.a, ID.b, ID.c]
    assert set(data) == before


def claim(name: str, factuality: str, speaker: str, subject: str = "id:a", value: str = "id:pact") -> str:
    return f"""claim:{name} a wk:Claim ; rdf:subject {subject} ; rdf:predicate wk:memberOf ; rdf:object {value} ;
        wk:factuality wk:{factuality} ; wk:speaker {speaker} . art:narrator a wk:Narrator . """


def soft(data: str, axiom: str = "") -> list[tuple[str, URIRef]]:
    graph = parse(data)
    found = softened(closure(union(parse(ONTOLOGY + axiom), graph)), graph)
    return [(" ".join(curie(term) for term in triple), URIRef(str(claim))) for triple, claim in found]


@pytest.mark.parametrize("factuality", ["Denied", "Planned", "Expected", "Possible", "Unknown", "Mentioned"])
def test_what_holds_and_is_claimed_as_less_is_found(factuality: str) -> None:
    assert soft(f"{MEMBER} . " + claim("c1", factuality, "id:x")) == [(MEMBER, CLAIM.c1)]


def test_the_report_of_what_only_follows_is_found() -> None:
    data = "id:pact wk:hasMember id:a . " + claim("c1", "Affirmed", "id:x")
    assert soft(data, "wk:hasMember owl:inverseOf wk:memberOf .") == [(MEMBER, CLAIM.c1)]


def test_agreement_and_what_does_not_hold_are_not_softened() -> None:
    assert soft(f"{MEMBER} . " + claim("c1", "Affirmed", "art:narrator") + claim("c2", "Affirmed", "id:x")) == []
    assert soft(claim("c1", "Possible", "art:narrator")) == []


def test_what_the_article_denies_and_what_follows_is_a_contradiction() -> None:
    data = parse("id:pact wk:hasMember id:a . " + claim("c1", "Denied", "art:narrator"))
    ontology = parse(ONTOLOGY + "wk:hasMember owl:inverseOf wk:memberOf .")
    closed = closure(union(ontology, data, negative_assertions(data)))
    assert [clash.rule for clash in clashes(closed)] == ["prp-npa1"]
    assert softened(closed, data) == []


def test_a_denied_type_that_follows_is_a_contradiction() -> None:
    data = parse("""
        claim:c1 a wk:Claim ; rdf:subject id:m ; rdf:predicate rdf:type ; rdf:object wk:Event ;
            wk:factuality wk:Denied ; wk:speaker art:narrator . art:narrator a wk:Narrator . id:m a wk:Visit .""")
    closed = closure(union(parse(ONTOLOGY), data, negative_assertions(data)))
    assert [clash.rule for clash in clashes(closed)] == ["cls-com"]


def test_statements_are_whole_and_know_the_narrator() -> None:
    data = parse(claim("c2", "Affirmed", "art:narrator") + claim("c1", "Affirmed", "id:x") + "claim:c0 a wk:Claim .")
    found = list(statements(data))
    assert [statement.claim for statement in found] == [CLAIM.c1, CLAIM.c2]
    assert [statement.is_fact for statement in found] == [False, True]
    assert found[0].triple == (ID.a, WK.memberOf, ID.pact)
    assert (ART.narrator, RDF.type, WK.Narrator) in data
    assert (WK.Visit, RDFS.subClassOf, WK.Event) in parse(ONTOLOGY)


@pytest.mark.parametrize("factuality", ["Denied", "Possible", "Mentioned"])
def test_a_fact_that_another_speaker_does_not_affirm_is_softened(factuality: str) -> None:
    data = parse(claim("p1-1", "Affirmed", "art:narrator") + claim("p1-2", factuality, "id:s") + f"{MEMBER} .")
    assert [found for _, found in softened(data, data)] == [CLAIM["p1-2"]]


def test_of_two_values_always_the_same_is_taken() -> None:
    data = parse(claim("p1-1", "Possible", "id:s") + "claim:p1-1 wk:factuality wk:Affirmed , wk:Denied , wk:Planned .")
    assert [statement.factuality for statement in statements(data)] == [WK.Affirmed]
