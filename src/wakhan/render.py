"""Write rows as text: a table for people, and the four result formats of SPARQL 1.1 for programs."""

import csv
import io
import json
import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from rdflib import XSD, BNode, Literal
from rdflib.term import Node

from wakhan.choices import ROW_FORMATS
from wakhan.errors import UsageError
from wakhan.names import curie
from wakhan.rows import Rows

WIDTH = 160
"""How wide a table may get where no terminal says it, so that the same rows give the same text everywhere."""

Labels = Callable[[Node], str]

_PLAIN_NUMBERS = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile("true|false"),
}
"""The literals that Turtle, and so TSV, writes without quotation marks."""


def render(rows: Rows, format: str = "table", labels: Labels | None = None, *, width: int = WIDTH) -> str:
    """Return *rows* as text.

    Args:
        rows: The answer of a query.
        format: One of ``wakhan.choices.ROW_FORMATS``.
        labels: What to call an IRI in a table; a prefixed name if not given.
        width: How wide a table may get.

    Raises:
        UsageError: There is no such format.
    """
    writers = {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
    if format == "table":
        return _table(rows, labels or curie, width)
    if format not in writers:
        raise UsageError(f"no format is called {format!r}", hint=f"It can be: {', '.join(ROW_FORMATS)}.")
    return writers[format](rows)


def table(columns: list[str], cells: list[list[str]], *, width: int = WIDTH) -> str:
    """Return a table with a line under its heads; long cells are folded, and nothing is coloured."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        drawn.add_column(Text(column), overflow="fold")
    for row in cells:
        drawn.add_row(*map(Text, row))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, force_terminal=False, legacy_windows=False).print(drawn)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n")) + "\n"


def _table(rows: Rows, labels: Labels, width: int) -> str:
    if rows.boolean is not None:
        return "yes\n" if rows.boolean else "no\n"
    if not rows:
        return "no rows\n"

    def cell(term: Node | None) -> str:
        if term is None or isinstance(term, Literal):
            return "" if term is None else str(term)
        return term.n3() if isinstance(term, BNode) else labels(term)

    text = table(rows.variables, [[cell(term) for term in row] for row in rows.terms], width=width)
    return f"{text}{len(rows)} row{'' if len(rows) == 1 else 's'}\n"


def _csv(rows: Rows) -> str:
    if rows.boolean is not None:
        return _truth(rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # as RFC 4180 has it
    writer.writerow(rows.variables)
    for row in rows.terms:
        writer.writerow(["" if term is None else term.n3() if isinstance(term, BNode) else str(term) for term in row])
    return out.getvalue()


def _tsv(rows: Rows) -> str:
    if rows.boolean is not None:
        return _truth(rows)
    lines = ["\t".join(f"?{name}" for name in rows.variables)]
    lines += ["\t".join("" if term is None else _turtle(term) for term in row) for row in rows.terms]
    return "\n".join(lines) + "\n"


def _turtle(term: Node) -> str:
    """Return a term in Turtle on one line, without tabs."""
    if not isinstance(term, Literal):
        return term.n3()
    plain = _PLAIN_NUMBERS.get(term.datatype) if term.datatype is not None else None
    if plain is not None and plain.fullmatch(str(term)):
        return str(term)
    text = str(term).replace("\\", "\\\\").replace('"', '\\"')
    text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    if term.language:
        return f'"{text}"@{term.language}'
    return f'"{text}"' if term.datatype is None else f'"{text}"^^{term.datatype.n3()}'


def _json(rows: Rows) -> str:
    if rows.boolean is not None:
        return json.dumps({"head": {}, "boolean": rows.boolean}, indent=2) + "\n"
    bindings = [
        {name: _json_term(term) for name, term in zip(rows.variables, row, strict=True) if term is not None}
        for row in rows.terms
    ]
    whole = {"head": {"vars": rows.variables}, "results": {"bindings": bindings}}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _json_term(term: Node) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"type": "bnode" if isinstance(term, BNode) else "uri", "value": str(term)}
    found = {"type": "literal", "value": str(term)}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype is not None:
        found["datatype"] = str(term.datatype)
    return found


def _xml(rows: Rows) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">']
    if rows.boolean is not None:
        lines += ["  <head/>", f"  <boolean>{_truth(rows).strip()}</boolean>"]
    else:
        lines += ["  <head>", *(f"    <variable name={quoteattr(name)}/>" for name in rows.variables), "  </head>"]
        lines.append("  <results>")
        for row in rows.terms:
            bound = [(name, term) for name, term in zip(rows.variables, row, strict=True) if term is not None]
            found = [f"      <binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in bound]
            lines += ["    <result>", *found, "    </result>"]
        lines.append("  </results>")
    return "\n".join([*lines, "</sparql>"]) + "\n"


def _xml_term(term: Node) -> str:
    text = escape(str(term), {"\r": "&#13;"})
    if not isinstance(term, Literal):
        return f"<bnode>{text}</bnode>" if isinstance(term, BNode) else f"<uri>{text}</uri>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    datatype = "" if term.datatype is None else f" datatype={quoteattr(str(term.datatype))}"
    return f"<literal{datatype}>{text}</literal>"


def _truth(rows: Rows) -> str:
    return "true\n" if rows.boolean else "false\n"
