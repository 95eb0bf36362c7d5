"""A closure that is kept in step is the closure that would be made anew, and is as before when the change is over."""

import pytest
from rdflib import Graph

from wakhan.mutation.consequences import Closure
from wakhan.names import Triple
from wakhan.reason import closure, is_noise, union

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ONTOLOGY = """
:Person rdfs:subClassOf :Actor . :Actor rdfs:subClassOf :Entity . :Actor owl:disjointWith :Place .
:likes a owl:SymmetricProperty ; rdfs:subPropertyOf :knows . :knows rdfs:domain :Actor ; rdfs:range :Actor .
:within a owl:TransitiveProperty . :serves owl:propertyChainAxiom ( :holds :of ) . :of owl:inverseOf :has .
:capital a owl:FunctionalProperty .
"""
DATA = """
:ann a :Person ; :likes :ben ; :holds :post . :ben :knows :ann . :post :of :state .
:a :within :b . :b :within :c . :c :within :d . :state :capital :a .
"""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def telling(triples: object, asserted: set[Triple]) -> set[Triple]:
    return {t for t in triples if t in asserted or not is_noise(t)}  # type: ignore[attr-defined]


WHOLE = parse(ONTOLOGY + DATA)


@pytest.mark.parametrize(
    ("removed", "added"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(":ann a :Person .", "", id="a type that follows from a domain too"),
        pytest.param(":ann :likes :ben .", "", id="what the other direction proves in part"),
        pytest.param(":b :within :c .", "", id="a link in the middle"),
        pytest.param(":b :within :c .", ":b :within :c .", id="gone and back"),
        pytest.param(":post :of :state .", ":state :has :post .", id="the same said the other way round"),
        pytest.param("", ":state :capital :z . :z a :Place .", id="two that become the same"),
        pytest.param("", ":d :within :a .", id="a circle"),
        pytest.param(":c :within :d .", ":ann :knows :carl . :carl a :Place .", id="a loss and a contradiction"),
        pytest.param("", ":ann a :Actor .", id="what followed anyway"),
        pytest.param("", ":ann a :Person .", id="what is there"),
        pytest.param(":x :within :y .", "", id="what is not there"),
    ],
)
def test_a_changed_closure_is_that_of_the_changed_graph(removed: str, added: str) -> None:
    kept, lost, won = Closure(WHOLE), set(parse(removed)), set(parse(added))
    before = set(kept.graph)
    axioms = set(WHOLE)
    with kept.changed(lost, won) as difference:
        now = (axioms - lost) | won
        wanted = set(closure(union(now), anonymous=True))
        assert telling(kept.graph, now) == wanted
        assert set(kept.graph) == (before - difference.gone) | difference.new
        assert difference.gone <= before
        assert difference.new.isdisjoint(before)
    assert set(kept.graph) == before
    assert kept.asserted == axioms


def test_a_known_closure_is_taken_over() -> None:
    first = Closure(WHOLE)
    second = Closure(WHOLE, list(first.graph))
    assert set(second.graph) == set(first.graph)
    (lost,) = parse(":b :within :c .")
    with first.changed([lost], []) as one, second.changed([lost], []) as two:
        assert one == two
        assert len(one.gone) == 4  # b-c, and a-c, a-d, b-d that rest on it


def test_a_change_is_undone_when_something_fails() -> None:
    kept = Closure(WHOLE)
    before = set(kept.graph)
    with pytest.raises(KeyError), kept.changed(parse(":b :within :c ."), parse(":z :within :a .")):
        raise KeyError
    assert set(kept.graph) == before
