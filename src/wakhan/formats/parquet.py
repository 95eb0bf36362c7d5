"""Write tables as Parquet."""

import importlib.util
import io
from decimal import Decimal
from typing import TYPE_CHECKING

from wakhan.errors import UsageError
from wakhan.formats.tables import Cell, Column, Table

if TYPE_CHECKING:
    import pyarrow as pa


def check_installed() -> None:
    """Check that Parquet can be written.

    Raises:
        UsageError: pyarrow is not installed.
    """
    if importlib.util.find_spec("pyarrow") is None:
        hint = 'Install it: pip install "wakhan[publish]"'
        raise UsageError("Parquet needs pyarrow, which is not installed", hint=hint)


def to_parquet(table: Table) -> bytes:
    """Return *table* as Parquet: texts, numbers, dates and truth values as such, several values as a list.

    The writer is pyarrow's. Each column carries its description, which ``pyarrow.parquet.read_schema`` shows.

    Raises:
        UsageError: pyarrow is not installed.
    """
    check_installed()
    import pyarrow as pa
    import pyarrow.parquet

    fields = [
        pa.field(column.name, _type(column, pa), metadata={"description": column.description})
        for column in table.columns
    ]
    arrays = [
        pa.array(map(_value, table.column(column.name)), type=field.type)
        for column, field in zip(table.columns, fields, strict=True)
    ]
    out = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out, compression="zstd")
    return out.getvalue()


def _type(column: Column, pa: "pa") -> "pa.DataType":
    types = {"boolean": pa.bool_(), "date": pa.date32(), "decimal": pa.float64(), "integer": pa.int64()}
    one = types.get(column.datatype, pa.string())
    return pa.list_(one) if column.many else one


def _value(cell: Cell) -> object:
    if isinstance(cell, tuple):
        return list(cell)
    return float(cell) if isinstance(cell, Decimal) else cell
