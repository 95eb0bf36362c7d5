"""The table of claims has every claim, every qualifier, and no claim as a fact that is none."""

from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDF, Literal, URIRef

from wakhan.formats import Editions
from wakhan.formats.claimtable import claim_table, claims_in_order, sections, snake
from wakhan.formats.tables import Table
from wakhan.law import statements
from wakhan.names import ART, CLAIM, WK, local_name
from wakhan.sources import load_sources


@pytest.fixture(scope="module")
def table(editions: Editions) -> Table:
    return claim_table(editions)


def rows(table: Table) -> dict[str, dict[str, object]]:
    names = [column.name for column in table.columns]
    return {local_name(URIRef(str(row[0]))): dict(zip(names, row, strict=True)) for row in table.rows}


def test_every_claim_has_a_row(table: Table, editions: Editions) -> None:
    claims = set(editions.graph("asserted").subjects(RDF.type, WK.Claim))
    assert set(table.column("claim")) == set(map(str, claims))
    assert len(table.rows) == len(claims) == 325


def test_factualities_are_counted_as_in_the_graph(table: Table, editions: Editions) -> None:
    graph = editions.graph("asserted")
    assert Counter(table.column("factuality")) == Counter(map(local_name, graph.objects(None, WK.factuality)))


def test_no_row_is_a_fact_but_those_of_the_narrator_that_affirm(table: Table, editions: Editions) -> None:
    facts = {str(each.claim) for each in statements(editions.graph("asserted")) if each.is_fact}
    flagged = {row["claim"] for row in rows(table).values() if row["is_fact"]}
    assert flagged == facts
    assert len(facts) == 196
    for row in rows(table).values():
        narrated = row["factuality"] == "Affirmed" and row["speaker"] == str(ART.narrator)
        assert row["is_fact"] is narrated, row["claim"]
        triple = tuple(URIRef(str(row[part])) for part in ("subject", "predicate", "object"))
        if row["object_value"] is None:
            assert (triple in editions.graph("facts")) or not narrated  # type: ignore[operator]


def test_a_row_says_all_that_the_claim_says(table: Table) -> None:
    row = rows(table)["p04s3-5"]
    assert {name: value for name, value in row.items() if value not in (None, ()) and "/" not in str(value)} == {
        "subject_label": "Taliban",
        "predicate_label": "controls",
        "object_label": "Afghanistan\u2013Tajikistan border",
        "factuality": "Affirmed",
        "is_fact": False,
        "speaker_label": "Anatoly Sidorov",
        "gist": "A Russian general tells the press who holds the Tajik border.",
        "channel_label": ("Russian media",),
        "degree": "almost entirely",
        "time_text": "now",
    }
    assert row["section"] == str(ART.h01)
    assert row["passage"] == str(ART.p04s3)


def test_every_statement_on_a_claim_is_in_a_cell(table: Table, editions: Editions) -> None:
    graph = editions.graph("asserted")
    for name, row in rows(table).items():
        texts = {str(part) for cell in row.values() for part in (cell if isinstance(cell, tuple) else (cell,))}
        for prop, value in graph.predicate_objects(CLAIM[name]):
            if prop != RDF.type:
                assert {str(value), local_name(value)} & texts, (name, prop)


def test_values_are_kept_apart_from_things(table: Table) -> None:
    values = [row for row in rows(table).values() if row["object_value"] is not None]
    assert len(values) == 7
    assert all(row["object"] is None and str(row["object_value"]) == row["object_label"] for row in values)
    assert next(column.datatype for column in table.columns if column.name == "object_value") == "integer"


def test_qualifiers_that_nothing_uses_have_a_column_too(table: Table, editions: Editions) -> None:
    names = {column.name: column for column in table.columns}
    assert names["not_before"].description.startswith("Gives a day before")
    assert set(table.column("not_before")) == {None}
    assert names["start_date"].datatype == "date"
    assert names["contrasts_with"].many
    assert not names["uttered_in"].many
    assert "contrasts_with_label" not in names
    assert table.columns[-1].name == "editorial_note"
    assert len(names) == len(table.columns)


def test_rows_stand_in_the_order_of_the_article(table: Table, editions: Editions) -> None:
    graph = editions.graph("asserted")
    starts = [
        int(str(graph.value(URIRef(str(passage)), URIRef("http://www.w3.org/ns/oa#start"))))
        for passage in table.column("passage")
    ]
    assert starts == sorted(starts)
    assert [view.iri for view in claims_in_order(graph)] == [URIRef(str(claim)) for claim in table.column("claim")]


def test_passages_stand_under_the_heading_before_them(editions: Editions) -> None:
    graph = editions.graph("asserted")
    under = sections(graph)
    assert under[ART.p04s3] == ART.h01
    assert under[ART.h02] == ART.h02
    assert ART.title not in under
    headings = set(graph.subjects(WK.passageKind, Literal("heading")))
    assert set(under.values()) == headings


def test_columns_are_named_as_databases_like_it() -> None:
    assert [snake(WK[name]) for name in ("utteredIn", "degree", "sha256", "aB2C")] == [
        "uttered_in",
        "degree",
        "sha256",
        "a_b2_c",
    ]


def test_a_dataset_with_shapes_that_allow_any_number_has_columns_for_many(tiny_root: Path) -> None:
    table = claim_table(Editions(load_sources(tiny_root)))
    names = {column.name: column for column in table.columns}
    assert names["time_text"].many
    assert table.column("time_text") == ((), (), ("in May",), ())
    assert table.column("is_fact") == (True, False, False, False)
    assert table.column("section") == (None,) * 4
