"""Write tables as CSV, and the metadata that says what their columns mean: CSV on the Web (W3C Tabular Metadata)."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from rdflib import RDF, URIRef

from wakhan.formats.jsonld import pretty
from wakhan.formats.tables import SEPARATOR, Cell, Column, Table
from wakhan.names import WK

_KINDS = {"claims": WK.Claim}
"""The class of what the rows of a table are about, where they all have it."""

_REFERENCES = {"claims": ("subject", "speaker"), "facts": ("subject",)}
"""The columns whose values are entities."""


def to_csv(table: Table) -> bytes:
    """Return *table* as CSV after RFC 4180, in UTF-8 with the names of the columns in the first line.

    The values of a cell that can have several are joined by ``|``; a cell without a value is empty.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode()


def to_metadata(tables: Mapping[str, Table], *, title: str, license: URIRef | None) -> bytes:
    """Return the CSVW metadata of *tables* as JSON-LD.

    By it a converter makes RDF of the tables: claims as claims, and bare triples of the facts only.

    Args:
        tables: The tables by the names of their files.
        title: What the tables hold, in plain words.
        license: The IRI of the license, if there is one.
    """
    names = {table.name: file for file, table in tables.items()}
    metadata: dict[str, Any] = {"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}], "dc:title": title}
    if license is not None:
        metadata["dc:license"] = {"@id": str(license)}
    metadata["tables"] = [_table(table, file, names) for file, table in tables.items()]
    return f"{pretty(metadata)}\n".encode()


def _text(cell: Cell) -> str:
    if isinstance(cell, tuple):
        return SEPARATOR.join(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def _table(table: Table, file: str, names: Mapping[str, str]) -> dict[str, Any]:
    columns = [_column(column, table) for column in table.columns]
    if table.name in _KINDS:
        kind = str(_KINDS[table.name])
        columns.append({"name": "kind", "virtual": True, "propertyUrl": str(RDF.type), "valueUrl": kind})
    schema: dict[str, Any] = {"columns": columns, "aboutUrl": f"{{+{table.about}}}"}
    if len(table.key) == 1:
        schema["primaryKey"] = table.key[0]
    keys = _REFERENCES.get(table.name, ()) if "entities" in names else ()
    if keys:
        reference = {"resource": names["entities"], "columnReference": "entity"}
        schema["foreignKeys"] = [{"columnReference": key, "reference": reference} for key in keys]
    return {
        "url": file,
        "dc:title": table.name.capitalize(),
        "dc:description": f"A row is {table.title}.",
        "tableSchema": schema,
    }


def _column(column: Column, table: Table) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": column.datatype,
    }
    if column.name == table.about or column.name in table.key[:1]:
        told["required"] = True
    if column.many:
        told["separator"] = SEPARATOR
    if column.language:
        told["lang"] = column.language
    return told | _meaning(column, table)


def _meaning(column: Column, table: Table) -> dict[str, Any]:
    """Return what makes RDF of a column; labels, lists and what follows from other columns make none."""
    if table.name == "facts" and column.name in ("object", "object_value"):
        told: dict[str, Any] = {"propertyUrl": "{+predicate}"}
    elif column.means is None or column.many:
        return {"suppressOutput": True}
    else:
        told = {"propertyUrl": str(column.means)}
    if column.datatype == "anyURI":
        told["valueUrl"] = f"{{+{column.name}}}"
    elif column.means == WK.factuality:
        told["valueUrl"] = f"{WK}{{{column.name}}}"
    return told
