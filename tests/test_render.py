import csv
import io

import pyoxigraph as ox
import pytest
from rdflib import XSD, BNode, Literal, URIRef

from wakhan.errors import UsageError
from wakhan.names import ID
from wakhan.render import render, table
from wakhan.rows import Rows

ROWS = Rows(
    ["who", "what"],
    [
        (ID.taliban, Literal('say "a, b"\nand\tmore \\', lang="en")),
        (URIRef("https://example.org/x?a=1&b=2"), Literal(1000)),
        (BNode(), Literal("plain & <tag>")),
        (None, Literal("2021-07-09", datatype=XSD.date)),
        (Literal("1.50", datatype=XSD.decimal, normalize=False), Literal(True)),
        (Literal("", datatype=XSD.integer), Literal("", datatype=XSD.string)),
    ],
)
EMPTY = Rows(["x"])


def test_csv_is_that_of_the_standard() -> None:
    text = render(ROWS, "csv")
    assert text.startswith('who,what\r\nhttps://w3id.org/wakhan/id/taliban,"say ""a, b""\nand\tmore \\"\r\n')
    cells = list(csv.reader(io.StringIO(text, newline="")))
    assert cells[2] == ["https://example.org/x?a=1&b=2", "1000"]
    assert cells[3:6] == [["_:b0", "plain & <tag>"], ["", "2021-07-09"], ["1.50", "true"]]


def test_tsv_is_that_of_the_standard() -> None:
    lines = render(ROWS, "tsv").split("\n")
    assert lines[0] == "?who\t?what"
    assert lines[1] == '<https://w3id.org/wakhan/id/taliban>\t"say \\"a, b\\"\\nand\\tmore \\\\"@en'
    assert lines[3:6] == [
        '_:b0\t"plain & <tag>"',
        '\t"2021-07-09"^^<http://www.w3.org/2001/XMLSchema#date>',
        "1.50\ttrue",
    ]
    assert lines[6].startswith('""^^<http://www.w3.org/2001/XMLSchema#integer>')


@pytest.mark.parametrize(
    ("form", "theirs"),
    [("json", ox.QueryResultsFormat.JSON), ("xml", ox.QueryResultsFormat.XML), ("tsv", ox.QueryResultsFormat.TSV)],
)
def test_another_implementation_reads_the_same(form: str, theirs: ox.QueryResultsFormat) -> None:
    read = ox.parse_query_results(render(ROWS, form), format=theirs)
    assert isinstance(read, ox.QuerySolutions)
    assert [variable.value for variable in read.variables] == ROWS.variables
    for solution, row in zip(list(read), ROWS.terms, strict=True):
        for name, term in zip(ROWS.variables, row, strict=True):
            got = solution[name]
            if term is None or isinstance(term, BNode):
                assert (got is None) == (term is None)
            else:
                assert got is not None
                assert got.value == str(term)
                if isinstance(term, Literal):
                    assert isinstance(got, ox.Literal)
                    assert got.language == term.language
                    assert term.datatype is None or got.datatype.value == str(term.datatype)


@pytest.mark.parametrize(
    ("form", "yes"),
    [
        ("table", "yes\n"),
        ("csv", "true\n"),
        ("tsv", "true\n"),
        ("json", '{\n  "head": {},\n  "boolean": true\n}\n'),
    ],
)
def test_an_ask_answer_in_every_format(form: str, yes: str) -> None:
    assert render(Rows.of_boolean(True), form) == yes
    assert render(Rows.of_boolean(False), form) != yes


def test_an_ask_answer_in_xml() -> None:
    read = ox.parse_query_results(render(Rows.of_boolean(True), "xml"), format=ox.QueryResultsFormat.XML)
    assert isinstance(read, ox.QueryBoolean)
    assert bool(read)


@pytest.mark.parametrize(("form", "text"), [("table", "no rows\n"), ("csv", "x\r\n"), ("tsv", "?x\n")])
def test_an_empty_answer_says_so(form: str, text: str) -> None:
    assert render(EMPTY, form) == text


def test_a_table_has_labels_and_a_count() -> None:
    rows = Rows(["who", "n"], [(ID.taliban, Literal(3)), (ID.csto, None)])
    text = render(rows, "table", lambda node: {ID.taliban: "Taliban"}.get(node, "?"))  # type: ignore[call-overload]
    assert "Taliban   3" in text
    assert text.endswith("2 rows\n")
    assert "id:taliban" in render(rows)
    assert render(Rows(["n"], [(Literal(1),)])).endswith("1 row\n")


def test_a_table_has_no_colours_and_no_markup_and_keeps_its_width() -> None:
    text = table(["a [b]x[/b]"], [["word " * 60], ["[red]y[/red]"]], width=80)
    assert "\x1b" not in text
    assert "[red]y[/red]" in text
    assert "a [b]x[/b]" in text
    assert max(map(len, text.splitlines())) <= 80
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_an_unknown_format_is_misuse() -> None:
    with pytest.raises(UsageError, match="no format is called 'yaml'"):
        render(ROWS, "yaml")
