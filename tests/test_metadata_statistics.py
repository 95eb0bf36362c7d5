"""What VoID counts is what SPARQL counts."""

import pyoxigraph as ox
import pytest

from wakhan.dataset import Dataset
from wakhan.metadata.editions import editions
from wakhan.metadata.statistics import Statistics, Use, statistics
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]

BASE = "https://e.org/"
TRIPLES = f"""
@prefix : <{BASE}id/> .
@prefix schema: <https://schema.org/> .
:a a :C ; :p :b, :c, "x" ; schema:sameAs <http://www.wikidata.org/entity/Q1>, :z .
:b a :C ; :p "x" .
_:n a :D ; :p :a .
<{BASE}claim/1> :p :a .
<{BASE}claim/1/not> :p :a, :b .
<{BASE}dataset> :p :a, :b, :c, :d, :e, :f .
<https://other.org/x> :q :a .
"""


@pytest.fixture(scope="module")
def real(real_files: Files) -> tuple[ox.Store, Statistics]:
    asserted = editions(real_files[1])["asserted"]
    store = ox.Store()
    store.bulk_extend(asserted)
    return store, statistics(asserted, "https://w3id.org/wakhan/")


def number(store: ox.Store, query: str) -> int:
    solutions = store.query(f"SELECT ({query}")
    assert isinstance(solutions, ox.QuerySolutions)
    return int(next(solutions)[0].value)


@pytest.mark.parametrize(
    ("part", "query"),
    [
        ("triples", "COUNT(*) AS ?n) { ?s ?p ?o }"),
        ("subjects", "COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        ("objects", "COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        ("entities", 'COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "https://w3id.org/wakhan/")) }'),
    ],
)
def test_number_is_that_of_sparql(real: tuple[ox.Store, Statistics], part: str, query: str) -> None:
    store, found = real
    assert getattr(found, part) == number(store, query) > 0


def test_classes_and_properties_are_those_of_sparql(real: tuple[ox.Store, Statistics]) -> None:
    store, found = real
    assert len(found.classes) == number(store, "COUNT(DISTINCT ?c) AS ?n) { ?s a ?c FILTER(ISIRI(?c)) }")
    assert len(found.properties) == number(store, "COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }")
    for prop, use in found.properties.items():
        assert use.triples == number(store, f"COUNT(*) AS ?n) {{ ?s <{prop}> ?o }}")
    for kind, entities in found.classes.items():
        assert entities == number(store, f"COUNT(*) AS ?n) {{ ?s a <{kind}> }}")
    claim = "https://w3id.org/wakhan/ontology#Claim"
    for prop, triples in found.class_properties[claim].items():
        assert triples == number(store, f"COUNT(*) AS ?n) {{ ?s a <{claim}> ; <{prop}> ?o }}")


def test_small_graph_is_counted_right() -> None:
    found = statistics(ox.parse(TRIPLES, format=ox.RdfFormat.TURTLE), BASE)
    assert (found.triples, found.entities, found.subjects) == (20, 5, 7)
    assert found.classes == {f"{BASE}id/C": 2, f"{BASE}id/D": 1}
    assert found.properties[f"{BASE}id/p"] == Use(triples=14, subjects=6, objects=7)
    assert found.class_properties[f"{BASE}id/C"][f"{BASE}id/p"] == 4
    assert found.links == {
        ("https://schema.org/sameAs", "http://www.wikidata.org"): ["http://www.wikidata.org/entity/Q1"]
    }


def test_examples_are_the_things_of_each_folder_of_which_most_is_said() -> None:
    found = statistics(ox.parse(TRIPLES, format=ox.RdfFormat.TURTLE), BASE)
    assert found.examples == [f"{BASE}claim/1", f"{BASE}id/a"]
