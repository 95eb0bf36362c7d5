"""CSV holds what the tables hold, and its metadata make RDF of it that says nothing new."""

import csv
import io
import json
import re
from typing import Any

import pytest
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef

from wakhan.formats import Editions, file_name, write
from wakhan.formats.claimtable import claim_table
from wakhan.formats.csvw import to_csv, to_metadata
from wakhan.formats.tables import Column, Table
from wakhan.formats.thingtables import entity_table, fact_table
from wakhan.law import statements
from wakhan.names import WK

LICENSE = URIRef("https://creativecommons.org/licenses/by/4.0/")
TABLES = {"claims": claim_table, "entities": entity_table, "facts": fact_table}
SPECIAL = {"rdf:type": str(RDF.type)}


@pytest.fixture(scope="module")
def tables(editions: Editions) -> dict[str, Table]:
    return {f"wakhan-{name}.csv": table(editions) for name, table in TABLES.items()}


@pytest.fixture(scope="module")
def metadata(tables: dict[str, Table]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_metadata(tables, title="Wakhan", license=LICENSE))
    return found


def read(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(table).decode(), newline="")))


def test_every_cell_is_read_back(tables: dict[str, Table]) -> None:
    for table in tables.values():
        rows = read(table)
        assert len(rows) == len(table.rows)
        for row, wanted in zip(rows, table.rows, strict=True):
            for column, cell in zip(table.columns, wanted, strict=True):
                text = row[column.name]
                if column.many:
                    assert tuple(text.split("|") if text else ()) == cell
                elif column.datatype == "boolean":
                    assert (text == "true") is cell
                    assert text in ("true", "false")
                else:
                    assert text == ("" if cell is None else str(cell))


def test_the_file_is_what_rfc_4180_says() -> None:
    columns = (Column("a", ""), Column("b", "", many=True))
    table = Table("x", "an x", columns, (('say "x", y', ("1", "2")), ("two\nlines", ())), ("a",), "a")
    assert to_csv(table) == b'a,b\r\n"say ""x"", y",1|2\r\n"two\nlines",\r\n'


def test_the_metadata_describe_every_column_in_its_place(metadata: dict[str, Any], tables: dict[str, Table]) -> None:
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert metadata["dc:license"] == {"@id": str(LICENSE)}
    assert [table["url"] for table in metadata["tables"]] == list(tables)
    for told, table in zip(metadata["tables"], tables.values(), strict=True):
        columns = [column for column in told["tableSchema"]["columns"] if not column.get("virtual")]
        header = to_csv(table).decode().partition("\r\n")[0].split(",")
        assert [column["name"] for column in columns] == [column["titles"] for column in columns] == header
        assert all(column["dc:description"] for column in columns)
        assert [column.get("separator") for column in columns] == [
            "|" if column.many else None for column in table.columns
        ]
        assert all(re.fullmatch("[a-z0-9_]+", name) for name in header)


def test_keys_are_keys_and_references_lead_somewhere(metadata: dict[str, Any], tables: dict[str, Table]) -> None:
    references = 0
    for told in metadata["tables"]:
        schema, table = told["tableSchema"], tables[told["url"]]
        keys = list(zip(*(table.column(name) for name in table.key), strict=True))
        assert len(keys) == len(set(keys))
        for key in schema.get("foreignKeys", ()):
            other = tables[key["reference"]["resource"]].column(key["reference"]["columnReference"])
            assert set(table.column(key["columnReference"])) <= set(other)
            references += 1
    assert references == 3


def converted(told: dict[str, Any], table: Table) -> Graph:
    """Return the RDF that a converter makes of a table in minimal mode, as far as the metadata use its rules."""
    graph = Graph(bind_namespaces="none")
    schema = told["tableSchema"]
    for row in read(table):

        def url(template: str, row: dict[str, str] = row) -> URIRef:
            return URIRef(re.sub(r"\{\+?(\w+)\}", lambda found: row[found[1]], template))

        subject = url(schema["aboutUrl"])
        for column in schema["columns"]:
            text = row.get(column["name"], "")
            if column.get("suppressOutput") or (not text and not column.get("virtual")):
                continue
            if "valueUrl" in column:
                graph.add((subject, url(column["propertyUrl"]), url(column["valueUrl"])))
            else:
                kind = None if column["datatype"] == "string" else XSD[column["datatype"]]
                tag = column.get("lang")
                graph.add(
                    (subject, url(column["propertyUrl"]), Literal(text, lang=tag, datatype=None if tag else kind))
                )
    return graph


def test_the_rdf_of_the_tables_says_nothing_that_the_dataset_does_not(
    metadata: dict[str, Any], tables: dict[str, Table], editions: Editions
) -> None:
    whole = editions.graph("asserted")
    graphs = {told["url"]: converted(told, tables[told["url"]]) for told in metadata["tables"]}
    for graph in graphs.values():
        assert [triple for triple in graph if triple not in whole] == []
    claims = graphs["wakhan-claims.csv"]
    for prop in (RDF.type, RDF.subject, RDF.predicate, RDF.object, WK.factuality, WK.speaker, WK.passage, WK.degree):
        assert set(claims.triples((None, prop, None))) >= {
            triple for triple in whole.triples((None, prop, None)) if (triple[0], RDF.type, WK.Claim) in whole
        }
    assert (None, RDFS.label, None) in graphs["wakhan-entities.csv"]


def test_only_facts_are_bare_triples_in_it(
    metadata: dict[str, Any], tables: dict[str, Table], editions: Editions
) -> None:
    said = list(statements(editions.graph("asserted")))
    facts = {each.triple for each in said if each.is_fact}
    others = {each.triple for each in said} - facts
    for told in metadata["tables"]:
        graph = converted(told, tables[told["url"]])
        assert not set(graph) & others
        if told["url"] == "wakhan-facts.csv":
            assert set(graph) == facts


def test_the_file_of_the_release_is_about_its_files(editions: Editions) -> None:
    found = json.loads(write(editions, "asserted", "csvw"))
    assert found["dc:title"] == "Wakhan"
    assert found["dc:license"]["@id"] == str(LICENSE)
    assert [table["url"] for table in found["tables"]] == [file_name(f"{name}-csv", "asserted") for name in TABLES]
