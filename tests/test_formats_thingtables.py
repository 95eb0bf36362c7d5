"""The tables of entities and facts have each of them once, and facts only that are."""

from decimal import Decimal

import pytest
from rdflib import RDF, RDFS, URIRef

from wakhan.facts import bare_facts
from wakhan.formats import Editions
from wakhan.formats.tables import Table
from wakhan.formats.thingtables import GEO, entity_table, fact_table
from wakhan.law import statements
from wakhan.names import ART, ID, WK, local_name


@pytest.fixture(scope="module")
def entities(editions: Editions) -> dict[str, dict[str, object]]:
    table = entity_table(editions)
    names = [column.name for column in table.columns]
    return {str(row[0]): dict(zip(names, row, strict=True)) for row in table.rows}


@pytest.fixture(scope="module")
def facts(editions: Editions) -> Table:
    return fact_table(editions)


def test_every_thing_is_there_once(entities: dict[str, dict[str, object]], editions: Editions) -> None:
    table = entity_table(editions)
    things = set(editions.graph("inferred").subjects(RDF.type, WK.Entity))
    assert set(entities) == set(map(str, things))
    assert len(table.rows) == len(things)


def test_a_thing_says_what_is_known_of_it(entities: dict[str, dict[str, object]]) -> None:
    row = entities[str(ID.tajikistan)]
    assert {name: row[name] for name in ("label", "topic", "type_label", "label_ru", "label_zh", "code")} == {
        "label": "Tajikistan",
        "topic": "actors",
        "type_label": ("state",),
        "label_ru": "Таджикистан",
        "label_zh": "塔吉克斯坦",
        "code": "TJ",
    }
    assert (row["wikidata"], row["geonames"]) == ("Q863", "1220409")
    assert (row["latitude"], row["longitude"]) == (Decimal("39.0"), Decimal("71.0"))
    assert "http://www.wikidata.org/entity/Q863" in row["same_as"]  # type: ignore[operator]
    assert "https://www.wikidata.org/" in row["source"]  # type: ignore[operator]


def test_labels_and_positions_are_those_of_the_graph(
    entities: dict[str, dict[str, object]], editions: Editions
) -> None:
    data = editions.sources.data
    told = {value for row in entities.values() for name, value in row.items() if name.startswith("label") and value}
    things = {URIRef(iri) for iri in entities}
    assert told == {str(text) for thing in things for text in data.objects(thing, RDFS.label)}
    assert sum(row["latitude"] is not None for row in entities.values()) == len(list(data.subjects(GEO.lat)))


def test_topics_are_the_files_of_the_data(entities: dict[str, dict[str, object]], editions: Editions) -> None:
    stems = {path.stem for path in editions.sources.files if path.parent.name == "data"}
    assert {str(row["topic"]) for row in entities.values()} <= stems
    assert entities[str(ART.narrator)]["topic"] == "article"
    assert entities[str(ID["hamdullah-mohib"])]["topic"] == "actors"


def test_a_type_that_is_only_planned_is_none_of_a_thing(
    entities: dict[str, dict[str, object]], editions: Editions
) -> None:
    told = {(URIRef(iri), RDF.type, URIRef(kind)) for iri, row in entities.items() for kind in row["type"]}  # type: ignore[attr-defined]
    others = {each.triple for each in statements(editions.graph("asserted")) if not each.is_fact}
    facts = {each.triple for each in statements(editions.graph("asserted")) if each.is_fact}
    assert len({triple for triple in others if triple[1] == RDF.type}) > 5
    assert not told & (others - facts)


def test_the_facts_are_the_facts(facts: Table, editions: Editions) -> None:
    graph = editions.graph("asserted")
    wanted = {tuple(map(str, triple)) for triple in bare_facts(editions.sources.data, graph)}
    parts = zip(
        facts.column("subject"),
        facts.column("predicate"),
        facts.column("object"),
        facts.column("object_value"),
        strict=True,
    )
    told = [(str(s), str(p), str(value if o is None else o)) for s, p, o, value in parts]
    assert len(told) == len(set(told)) == len(wanted)
    assert set(told) == wanted


def test_every_fact_has_the_claims_that_state_it(facts: Table, editions: Editions) -> None:
    stated = {str(each.claim) for each in statements(editions.graph("asserted")) if each.is_fact}
    told = [claim for cell in facts.column("claims") for claim in cell]  # type: ignore[union-attr]
    assert sorted(told) == sorted(stated)
    for claims, passages in zip(facts.column("claims"), facts.column("passages"), strict=True):
        assert claims
        names = [local_name(URIRef(claim)).rpartition("-")[0] for claim in claims]  # type: ignore[union-attr]
        assert names == [local_name(URIRef(passage)) for passage in passages]  # type: ignore[union-attr]
