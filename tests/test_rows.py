import datetime
from decimal import Decimal

import pandas  # type: ignore[import-untyped]
from rdflib import XSD, BNode, Literal, URIRef

from wakhan.rows import Rows, plain, term_key

A = URIRef("https://example.org/a")


def test_rows_are_plain_python_values() -> None:
    rows = Rows(["who", "n", "day", "name"], [(A, Literal(3), Literal("2021-07-09", datatype=XSD.date), None)])
    assert rows[0] == {"who": str(A), "n": 3, "day": datetime.date(2021, 7, 9), "name": None}
    assert rows[0:1] == list(rows)
    assert type(rows[0]["who"]) is str


def test_a_literal_without_a_python_type_is_text() -> None:
    value = plain(Literal("long", datatype=URIRef("https://example.org/length")))
    assert (value, type(value)) == ("long", str)
    assert type(plain(Literal("Vakhan", lang="tg"))) is str
    assert plain(Literal("1.50", datatype=XSD.decimal)) == Decimal("1.50")


def test_rows_become_a_data_frame() -> None:
    frame = pandas.DataFrame(Rows(["who", "n"], [(A, Literal(3)), (A, Literal(4))]))
    assert list(frame.columns) == ["who", "n"]
    assert frame["n"].sum() == 7


def test_blank_nodes_are_numbered_as_they_come() -> None:
    one, two = BNode(), BNode()
    rows = Rows(["x", "y"], [(two, one), (one, None)])
    assert [tuple(row.values()) for row in rows] == [("_:b0", "_:b1"), ("_:b1", None)]


def test_an_ask_answer_is_its_own_truth() -> None:
    assert not Rows.of_boolean(False)
    assert len(Rows.of_boolean(False)) == 1
    assert list(Rows.of_boolean(True)) == [{"ask": True}]


def test_equality_looks_at_terms_and_columns() -> None:
    assert Rows(["x"], [(Literal("1"),)]) == Rows(["x"], [(Literal("1"),)])
    assert Rows(["x"], [(Literal("1"),)]) != Rows(["x"], [(Literal(1),)])
    assert Rows(["x"]) != Rows(["y"])
    assert not Rows(["x"])


def test_sort_keys() -> None:
    terms = [Literal("a"), A, BNode("b"), None]
    assert sorted(terms, key=term_key) == terms[::-1]
