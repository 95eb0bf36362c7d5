"""Cells hold what there is, and never silently less."""

from datetime import date
from decimal import Decimal

import pytest
from rdflib import RDFS, XSD, Graph, Literal, URIRef

from wakhan.errors import WakhanError
from wakhan.formats.tables import Column, Part, datatype_of, iris, labels, literals, native, table_of
from wakhan.names import ID, WK


def test_a_table_has_a_row_for_each_thing_and_a_cell_for_each_column() -> None:
    parts = [
        Part[int](Column("one", "One value."), lambda thing: [str(thing)]),
        Part[int](Column("none", "No value."), lambda thing: []),
        Part[int](Column("many", "Several values.", many=True), lambda thing: ["x"] * thing),
    ]
    table = table_of("things", "a thing", parts, [0, 2], key=("one",), about="one")
    assert table.rows == (("0", None, ()), ("2", None, ("x", "x")))
    assert table.column("many") == ((), ("x", "x"))


def test_a_second_value_where_there_is_room_for_one_is_an_error() -> None:
    part = Part[str](Column("one", "One value."), lambda thing: ["x", "y"])
    with pytest.raises(WakhanError, match="id has 2 values in the column one") as caught:
        table_of("things", "a thing", [part], ["id"], key=("one",), about="one")
    assert "sh:maxCount" in str(caught.value.hint)


def test_a_value_that_would_be_read_as_two_is_an_error() -> None:
    part = Part[str](Column("many", "Several values.", many=True), lambda thing: ["x|y"])
    with pytest.raises(WakhanError, match=r"the column many holds a '\|': x\|y"):
        table_of("things", "a thing", [part], ["id"], key=("many",), about="many")


def test_values_are_those_of_the_graph_in_one_order() -> None:
    graph = Graph()
    for value in (ID.b, ID.a, Literal("x", lang="en")):
        graph.add((ID.s, WK.p, value))
    graph.add((ID.a, RDFS.label, Literal("an A", lang="en")))
    assert iris(graph, WK.p)(ID.s) == [str(ID.a), str(ID.b)]
    assert labels(graph, WK.p)(ID.s) == ["an A", "id:b", "x"]
    assert literals(graph, WK.p, "string")(ID.s) == ["x"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([Literal(1), Literal(2), ID.a], "integer"),
        ([Literal("1.5", datatype=XSD.decimal)], "decimal"),
        ([Literal("2021-07-09", datatype=XSD.date)], "date"),
        ([Literal(True)], "boolean"),
        ([Literal("P1D", datatype=XSD.dayTimeDuration)], "dayTimeDuration"),
        ([Literal("2021-07-09", datatype=XSD.date), Literal("2021-07", datatype=XSD.gYearMonth)], "string"),
        ([Literal("x", lang="en"), Literal("y")], "string"),
        ([Literal(1), Literal("one")], "string"),
        ([ID.a], "string"),
        ([], "string"),
    ],
)
def test_a_column_has_the_datatype_that_all_values_share(values: list[URIRef | Literal], expected: str) -> None:
    assert datatype_of(values) == expected


def test_literals_are_python_values_where_cells_can_hold_them() -> None:
    assert native(Literal(3), "integer") == 3
    assert native(Literal("1.50", datatype=XSD.decimal), "decimal") == Decimal("1.50")
    assert native(Literal("2021-07-09", datatype=XSD.date), "date") == date(2021, 7, 9)
    assert native(Literal("P1D", datatype=XSD.dayTimeDuration), "dayTimeDuration") == "P1D"
