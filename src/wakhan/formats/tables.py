"""The dataset as three tables: claims, entities and facts, with a column for everything that can be said of a row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeAlias, TypeVar

from rdflib import XSD, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.lookup import label
from wakhan.rows import term_key

SEPARATOR = "|"
"""What stands between the values of a cell that can have several."""

Cell: TypeAlias = str | bool | int | Decimal | date | tuple[str, ...] | None
"""What a cell holds; of a column that can have several values a tuple."""

T = TypeVar("T")

_TEXTUAL = {XSD.dayTimeDuration: "dayTimeDuration", XSD.gYearMonth: "gYearMonth"}
"""Datatypes whose values stay text in a cell, because Python and Parquet have no type for them."""

_NATIVE = {XSD.integer: "integer", XSD.decimal: "decimal", XSD.date: "date", XSD.boolean: "boolean"}


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: What it is called, in lower case with underscores.
        description: What it holds, in plain words.
        datatype: The XML Schema name of the type of its values, such as ``string`` or ``anyURI``.
        many: Whether a cell can have several values.
        means: The IRI of the property that relates a row to the values, if the cells say more than a label does.
        language: The language of its texts, if they have one and the same.
    """

    name: str
    description: str
    datatype: str = "string"
    many: bool = False
    means: URIRef | None = None
    language: str | None = None


@dataclass(frozen=True)
class Table:
    """A table: its columns, and its rows with a cell for each.

    Attributes:
        name: What it is called: ``claims``, ``entities`` or ``facts``.
        title: What a row of it is, in plain words.
        columns: The columns, each with a name of its own.
        rows: The rows, in their order.
        key: The columns whose values together no other row has.
        about: The column of the IRI that a row is about.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...]
    about: str

    def column(self, name: str) -> tuple[Cell, ...]:
        """Return all cells of one column."""
        place = [column.name for column in self.columns].index(name)
        return tuple(row[place] for row in self.rows)


@dataclass(frozen=True)
class Part(Generic[T]):
    """A column together with the values that a thing (or triple) has in it.

    Attributes:
        column: The column.
        values: Gives the values of a thing: as many as there are.
    """

    column: Column
    values: Callable[[T], Iterable[Cell]]


def table_of(
    name: str, title: str, parts: Sequence[Part[T]], things: Iterable[T], *, key: tuple[str, ...], about: str
) -> Table:
    """Return the table that has a row for each of *things*, and a column for each of *parts*.

    Raises:
        WakhanError: A thing has two values where there is room for one, or a value holds the separator.
    """
    rows = tuple(tuple(_cell(part, thing) for part in parts) for thing in things)
    return Table(name, title, tuple(part.column for part in parts), rows, key, about)


def _cell(part: Part[T], thing: T) -> Cell:
    values = [value for value in part.values(thing) if value is not None]
    if part.column.many:
        texts = tuple(str(value) for value in values)
        if any(SEPARATOR in text for text in texts):
            raise WakhanError(f"a value of the column {part.column.name} holds a {SEPARATOR!r}: {'; '.join(texts)}")
        return texts
    if len(values) > 1:
        hint = "Say in its shape with sh:maxCount how many there can be."
        raise WakhanError(f"{thing} has {len(values)} values in the column {part.column.name}", hint=hint)
    return values[0] if values else None


def iris(graph: Graph, prop: URIRef) -> Callable[[Node], list[Cell]]:
    """Return what gives the IRIs that a thing has as values of *prop*, sorted."""
    return lambda thing: [str(value) for value in sorted_values(graph, thing, prop) if isinstance(value, URIRef)]


def labels(graph: Graph, prop: URIRef) -> Callable[[Node], list[Cell]]:
    """Return what gives the labels of the values of *prop*, in the order of ``iris``; a literal is its own label."""
    return lambda thing: [label(graph, value) for value in sorted_values(graph, thing, prop)]


def literals(graph: Graph, prop: URIRef, datatype: str) -> Callable[[Node], list[Cell]]:
    """Return what gives the literals that a thing has as values of *prop*, as Python has them.

    Args:
        graph: Where they are.
        prop: The property.
        datatype: What ``datatype_of`` says of it.
    """

    def values(thing: Node) -> list[Cell]:
        return [native(value, datatype) for value in sorted_values(graph, thing, prop) if isinstance(value, Literal)]

    return values


def native(literal: Literal, datatype: str) -> Cell:
    """Return a literal as Python has it if cells can hold its *datatype*, else its text."""
    value: Cell = literal.toPython() if datatype in _NATIVE.values() else str(literal)
    return value


def datatype_of(values: Iterable[Node]) -> str:
    """Return the name of the datatype that all literals among *values* share, if cells can have it; else ``string``."""
    datatypes = {value.datatype for value in values if isinstance(value, Literal)}
    only = datatypes.pop() if len(datatypes) == 1 else None
    return "string" if only is None else (_NATIVE | _TEXTUAL).get(only, "string")


def sorted_values(graph: Graph, thing: Node, prop: URIRef) -> list[Node]:
    """Return the values of *prop* that a thing has, in an order that is always the same."""
    return sorted(graph.objects(thing, prop), key=term_key)
