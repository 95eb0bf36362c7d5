"""Parquet holds what the tables hold, with types that data frames understand."""

import importlib.util
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from wakhan.errors import UsageError
from wakhan.formats import Editions
from wakhan.formats.claimtable import claim_table
from wakhan.formats.parquet import to_parquet
from wakhan.formats.tables import Table
from wakhan.formats.thingtables import entity_table, fact_table
from wakhan.release import release_folder

pq = pytest.importorskip("pyarrow.parquet", reason="the extra `publish` is not installed")


@pytest.fixture(scope="module")
def tables(editions: Editions) -> list[Table]:
    return [claim_table(editions), entity_table(editions), fact_table(editions)]


def test_every_cell_is_read_back(tables: list[Table]) -> None:
    for table in tables:
        found = pq.read_table(io.BytesIO(to_parquet(table)))
        assert found.column_names == [column.name for column in table.columns]
        for name in found.column_names:
            wanted = [float(cell) if isinstance(cell, Decimal) else cell for cell in table.column(name)]
            assert [tuple(cell) if isinstance(cell, list) else cell for cell in found[name].to_pylist()] == wanted


def test_columns_have_types_and_descriptions(tables: list[Table]) -> None:
    schema = pq.read_schema(io.BytesIO(to_parquet(tables[0])))
    types = {field.name: str(field.type) for field in schema}
    assert (types["is_fact"], types["start_date"], types["object_value"]) == ("bool", "date32[day]", "int64")
    assert types["contrasts_with"].startswith("list<")
    assert b"do not read the row as a fact" in schema.field("is_fact").metadata[b"description"]
    places = pq.read_table(io.BytesIO(to_parquet(tables[1])))
    assert str(places.schema.field("latitude").type) == "double"


def test_a_data_frame_tells_facts_from_claims(tables: list[Table]) -> None:
    pd = pytest.importorskip("pandas")

    frame = pd.read_parquet(io.BytesIO(to_parquet(tables[0])))
    assert len(frame[frame.is_fact]) == 196
    assert not frame[frame.factuality != "Affirmed"].is_fact.any()
    assert frame.start_date.dropna().iloc[0] >= date(2020, 1, 1)


def test_one_table_has_one_file(tables: list[Table]) -> None:
    assert [to_parquet(table) for table in tables] == [to_parquet(table) for table in tables]


def test_without_pyarrow_it_is_said_what_to_install_before_anything_is_done(
    tiny_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pyarrow" else find(name))
    steps: list[str] = []
    with pytest.raises(UsageError, match="pyarrow, which is not installed") as caught:
        release_folder(tiny_root, tmp_path / "dist", steps.append)
    assert caught.value.hint == 'Install it: pip install "wakhan[publish]"'
    assert not (tmp_path / "dist").exists()
    assert steps == ["reading the sources", "validating"]
