"""What docs/downloads.md shows is what happens; ``python tests/test_downloads.py`` writes it anew."""

import contextlib
import csv
import importlib.util
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import warnings
from doctest import DocTestParser, Example
from pathlib import Path
from typing import Any

import pytest

from wakhan.choices import EDITIONS
from wakhan.folder import write_folder
from wakhan.formats import FORMATS, TITLES, Editions, file_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/downloads.md"
CONSOLE = re.compile(r"```console\n\$ (.+)\n((?:(?!```).*\n)*)```")
PYTHON = re.compile(r"```python\n((?:(?!```).*\n)*)```")
SQL = re.compile(r"```sql\n((?:(?!```).*\n)*)```\n\n```text\n((?:(?!```).*\n)*)```")
MATRIX = re.compile(r"(?<=\n)\| edition \|.*\n\| --- .*\n(?:\|.*\n)*")
LIST = re.compile(r"(?<=\n)\| file \| `--format` \|.*\n\| --- .*\n(?:\|.*\n)*")
USUAL = ("turtle", "ntriples", "rdfxml", "jsonld")
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(BASH is None or os.name == "nt", reason="the page is written for a shell of Unix")


def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def write_files(editions: Editions, folder: Path) -> Path:
    """Write the files of a release, without the proof that each says the same."""

    def fill(new: Path) -> None:
        for form, about in FORMATS.items():
            for edition in about.editions:
                (new / file_name(form, edition)).write_bytes(about.write(editions, edition))

    write_folder(folder, fill)
    return folder


@pytest.fixture(scope="module")
def folder(editions: Editions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    for module in ("pandas", "pyarrow"):
        pytest.importorskip(module, reason="the page shows it")
    return write_files(editions, tmp_path_factory.mktemp("downloads") / "dist")


# --- the tables ---


def size(path: Path) -> str:
    """Return the size of a file in kilobytes, of which two digits are told."""
    kilobytes = path.stat().st_size / 1000
    return f"{round(kilobytes, 2 - len(str(int(kilobytes)))):,.0f} kB"


def matrix(folder: Path) -> str:
    heads = ("edition", "`--edition`", *(f"{FORMATS[form].title} `{FORMATS[form].ending}`" for form in USUAL))
    rows = [heads, ("---",) * len(heads)]
    for edition in EDITIONS:
        stem = file_name("turtle", edition).removesuffix(".ttl")
        sizes = (size(folder / file_name(form, edition)) for form in USUAL)
        rows.append((f"{TITLES[edition]}: `{stem}`", f"`{edition}`", *sizes))
    return table(rows)


def others(folder: Path) -> str:
    rows: list[tuple[str, ...]] = [("file", "`--format`", "what it is", "size"), ("---",) * 4]
    for form, about in FORMATS.items():
        if form not in USUAL:
            name = file_name(form, "asserted")
            rows.append((f"`{name}`", f"`{form}`", about.title, size(folder / name)))
    return table(rows)


def table(rows: list[tuple[str, ...]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def test_the_tables_are_those_of_the_files(folder: Path) -> None:
    assert [found[0] for found in MATRIX.finditer(text())] == [matrix(folder)]
    assert [found[0] for found in LIST.finditer(text())] == [others(folder)]


def test_every_file_that_the_page_names_is_there(folder: Path) -> None:
    names = set(re.findall(r"`((?:wakhan|csv)[\w-]*\.(?!Dataset)\w+)`", text()))
    assert len(names) > 20
    assert [name for name in sorted(names) if not (folder / name).exists() and not name.endswith(".hdt")] == []


# --- the examples ---


def printed(command: str, folder: Path) -> str:
    """Return what a command of the page prints, with ``wakhan`` as a command."""
    quoted = f'wakhan() {{ "{sys.executable}" -m wakhan "$@" --root "{ROOT}"; }}; {command}'
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [str(BASH), "-c", quoted], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr


def run_python(block: str, names: dict[str, Any]) -> str:
    """Return a block of Python with what its examples print."""
    shown = ""
    for part in DocTestParser().parse(block):
        if not isinstance(part, Example):
            shown += part
            continue
        lines = part.source.splitlines()
        shown += f">>> {lines[0]}\n" + "".join(f"... {line}".rstrip() + "\n" for line in lines[1:])
        out = io.StringIO()
        with contextlib.redirect_stdout(out), warnings.catch_warnings():
            exec(compile(part.source, "downloads.md", "single"), names)
        shown += re.sub(r" +$", "", out.getvalue(), flags=re.MULTILINE)
    return shown


def run_sql(query: str, folder: Path) -> str:
    """Return what a query of the page answers in SQLite, which takes the name of a file for that of a table."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        for name in re.findall(r"'([\w-]+\.csv)'", query):
            with (folder / name).open(encoding="utf-8", newline="") as file:
                heads, *rows = csv.reader(file)
            database.execute(f'CREATE TABLE "{name}" ({", ".join(heads)})'.replace(", when,", ', "when",'))
            flags = ({"true": 1, "false": 0}.get(cell, cell) for row in rows for cell in row)
            database.executemany(
                f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(heads))})', zip(*[flags] * len(heads), strict=True)
            )
        answer = database.execute(query)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([[column[0] for column in answer.description], *answer])
    return out.getvalue()


def python_blocks(folder: Path) -> list[str]:
    """Return the blocks of Python as they come out when they are run, one after the other, beside the files."""
    names: dict[str, Any] = {}
    blocks = []
    with contextlib.chdir(folder):
        for block in PYTHON.findall(text()):
            if "import networkx" in block and not has_networkx():
                blocks.append(block)
            else:
                blocks.append(run_python(block, names))
    return blocks


def has_networkx() -> bool:
    return importlib.util.find_spec("networkx") is not None


def test_commands_print_what_the_page_shows(folder: Path) -> None:
    examples = CONSOLE.findall(text())
    assert len(examples) >= 2
    for command, shown in examples:
        assert printed(command, folder) == shown


def test_python_prints_what_the_page_shows(folder: Path) -> None:
    shown = PYTHON.findall(text())
    assert len(shown) >= 7
    for block, wanted in zip(python_blocks(folder), shown, strict=True):
        assert block == wanted


def test_networkx_is_tried_too() -> None:
    pytest.importorskip("networkx", reason="the example for networks cannot be run without it")


def test_sql_answers_what_the_page_shows(folder: Path) -> None:
    queries = SQL.findall(text())
    assert queries
    for query, shown in queries:
        assert run_sql(query, folder) == shown


def test_the_files_have_what_the_page_quotes_from_them(folder: Path) -> None:
    for language, name in (("trig", "wakhan.trig"), ("turtle", "wakhan-rdf12.ttl")):
        (quoted,) = re.findall(rf"```{language}\n((?:(?!```).*\n)*)```", text())
        assert quoted in (folder / name).read_text(encoding="utf-8")


def test_the_map_names_what_the_places_have(folder: Path) -> None:
    import json

    (script,) = re.findall(r"```js\n((?:(?!```).*\n)*)```", text())
    place = json.loads((folder / "wakhan.geojson").read_text(encoding="utf-8"))["features"][0]["properties"]
    for owner, has in (("properties", place), ("fact", place["facts"][0]), ("claim", place["notFacts"][0])):
        named = set(re.findall(rf"\b{owner}\.(\w+)", script))
        assert named
        assert named <= set(has)


def main() -> None:
    """Write the outputs and the tables of the page anew."""
    import tempfile

    from wakhan.sources import load_sources

    with tempfile.TemporaryDirectory() as temporary:
        folder = write_files(Editions(load_sources(ROOT)), Path(temporary) / "dist")
        blocks = iter(python_blocks(folder))
        new = PYTHON.sub(lambda _: f"```python\n{next(blocks)}```", text())
        new = CONSOLE.sub(lambda found: f"```console\n$ {found[1]}\n{printed(found[1], folder)}```", new)
        new = SQL.sub(lambda found: f"```sql\n{found[1]}```\n\n```text\n{run_sql(found[1], folder)}```", new)
        new = MATRIX.sub(lambda _: matrix(folder), new)
        new = LIST.sub(lambda _: others(folder), new)
    PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
