"""What follows from a damaged dataset is judged as the law and the logic judge it, and only what is new counts."""

import pytest
from rdflib import Graph

from wakhan.clashes import clashes
from wakhan.denials import negative_assertions
from wakhan.errors import WakhanError
from wakhan.law import back_doors, softened
from wakhan.mutation.implications import ImplicationKiller
from wakhan.mutation.killers import Hit
from wakhan.reason import closure, union

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
"""
ONTOLOGY = """
wk:meets a owl:ObjectProperty , owl:SymmetricProperty , wk:ClaimableProperty .
wk:allied a owl:ObjectProperty , wk:ClaimableProperty ; rdfs:subPropertyOf wk:meets .
wk:hosts a owl:ObjectProperty ; owl:inverseOf wk:visits . wk:visits a owl:ObjectProperty , wk:ClaimableProperty .
wk:Person owl:disjointWith wk:Place . wk:Visit a owl:Class , wk:ClaimableClass .
"""


def claim(name: str, triple: str, factuality: str, speaker: str = ":narrator") -> str:
    subject, predicate, value = triple.split()
    return f""":{name} a wk:Claim ; rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {value} ;
        wk:factuality wk:{factuality} ; wk:speaker {speaker} . """


DATA = (
    ":narrator a wk:Narrator . :ann a wk:Person . :ben a wk:Person . :rome a wk:Place . :ann wk:meets :ben . "
    + claim("c1", ":ann wk:meets :ben", "Affirmed")
    + claim("c2", ":ann wk:visits :rome", "Denied")
    + claim("c3", ":ben wk:allied :carl", "Possible", ":ann")
)


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


ONTOLOGY_GRAPH, WHOLE = parse(ONTOLOGY), parse(DATA)
KILLER = ImplicationKiller(WHOLE, ONTOLOGY_GRAPH)


def anew(data: Graph) -> set[Hit]:
    """Return what the law and the logic find, by the long way."""
    closed = closure(union(ONTOLOGY_GRAPH, data, negative_assertions(data)), anonymous=True)
    return {
        *(Hit("violation", clash.rule, clash.terms) for clash in clashes(closed)),
        *(Hit("warning", "softened", (*triple, claim)) for triple, claim in softened(closed, data)),
        *(Hit("violation", "back-door", triple) for triple in back_doors(ONTOLOGY_GRAPH, data)),
    }


@pytest.mark.parametrize(
    ("removed", "added", "rules"),
    [
        pytest.param("", ":ann a wk:Place .", {"cax-dw"}, id="disjoint classes"),
        pytest.param("", ":ann wk:visits :rome .", {"prp-npa1"}, id="what is denied"),
        pytest.param("", ":rome wk:hosts :ann .", {"back-door", "prp-npa1"}, id="what is denied, from the other side"),
        pytest.param("", ":rome wk:hosts :ben .", {"back-door"}, id="a fact by an inverse"),
        pytest.param("", ":ben wk:allied :carl .", {"softened"}, id="what is only possible"),
        pytest.param(
            ":c1 wk:factuality wk:Affirmed .", ":c1 wk:factuality wk:Planned .", {"softened"}, id="a softer claim"
        ),
        pytest.param(
            ":c1 wk:factuality wk:Affirmed . :ann wk:meets :ben .",
            ":c1 wk:factuality wk:Planned .",
            set(),
            id="without its fact",
        ),
        pytest.param(
            ":c1 wk:factuality wk:Affirmed .", ":c1 wk:factuality wk:Denied .", {"prp-npa1"}, id="a denied fact"
        ),
        pytest.param(":ann wk:meets :ben .", ":ben wk:meets :ann .", set(), id="the other direction"),
        pytest.param(":c2 wk:speaker :narrator .", ":c2 wk:speaker :ben .", set(), id="a denial of another"),
        pytest.param("", "wk:rules rdfs:subPropertyOf wk:meets .", {"back-door"}, id="an unmarked property"),
        pytest.param(":ann a wk:Person .", ':ann wk:note "x" .', set(), id="nothing of the sort"),
    ],
)
def test_what_is_new_is_what_the_long_way_finds(removed: str, added: str, rules: set[str]) -> None:
    lost, won = list(parse(removed)), list(parse(added))
    found = KILLER.hits(lost, won)
    assert {hit.rule for hit in found} == rules
    data = Graph(bind_namespaces="none") + WHOLE
    for triple in lost:
        data.remove(triple)
    for triple in won:
        data.add(triple)
    assert found == anew(data) - anew(WHOLE)
    assert KILLER.hits([], []) == set()


def test_what_is_found_already_does_not_count() -> None:
    killer = ImplicationKiller(parse(DATA + ":ben a wk:Place ."), ONTOLOGY_GRAPH)
    assert {hit.rule for hit in killer.known} == {"cax-dw"}
    assert killer.hits([], list(parse(":ben wk:note 1 ."))) == set()
    assert {hit.about[0] for hit in killer.hits([], list(parse(":ann a wk:Place .")))} == set(
        parse(":ann a 1 .").subjects()
    )


def test_closures_can_be_taken_over() -> None:
    second = ImplicationKiller(WHOLE, ONTOLOGY_GRAPH, KILLER.closures)
    change = list(parse(":rome wk:hosts :ben ."))
    assert second.hits([], change) == KILLER.hits([], change) != set()


def test_two_narrators_are_told() -> None:
    with pytest.raises(WakhanError, match="one voice"):
        KILLER.hits([], list(parse(":ann a wk:Narrator .")))
    assert KILLER.hits([], []) == set()
