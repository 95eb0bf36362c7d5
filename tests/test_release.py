"""A release is whole and proved, or it is not written; it holds what a build holds, in every format."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph

from wakhan import formats
from wakhan.build import COVERAGE, build, to_text
from wakhan.cli import cli
from wakhan.dataset import Dataset
from wakhan.errors import UsageError, WakhanError
from wakhan.export import EDITIONS
from wakhan.folder import CHECKSUMS, files_in
from wakhan.formats import FORMATS, Editions, file_name
from wakhan.release import Distribution, release, release_folder

pytest.importorskip("pyarrow", reason="the extra `publish` is not installed")


@pytest.fixture
def files(tiny_root: Path) -> list[Distribution]:
    return release(Dataset(tiny_root))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_in(folder)}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def break_data(root: Path) -> None:
    """Say a fact that no claim affirms."""
    path = root / "data" / "actors.ttl"
    path.write_text(
        path.read_text().replace("id:borland\n    a wk:State ;", "id:borland\n    a wk:State ; wk:memberOf id:pact ;")
    )


# ---- the files ----


def test_there_is_a_file_for_every_edition_that_a_format_has(files: list[Distribution]) -> None:
    wanted = [file_name(form, edition) for form, about in FORMATS.items() for edition in about.editions]
    assert [file.name for file in files] == wanted
    assert len({file.title for file in files}) == len(files)


def test_a_file_tells_what_a_catalog_asks(files: list[Distribution]) -> None:
    by_name = {file.name: file for file in files}
    facts = by_name["wakhan-facts.jsonld"]
    assert (facts.title, facts.edition, facts.format) == ("Facts alone, JSON-LD", "facts", "jsonld")
    assert (facts.media_type, facts.conforms_to) == ("application/ld+json", None)
    assert by_name["wakhan-context.jsonld"].edition is None
    assert by_name["csv-metadata.json"].edition is None
    assert str(by_name["wakhan-rdf12.ttl"].conforms_to) == "https://www.w3.org/TR/rdf12-turtle/"
    assert by_name["wakhan-claims.csv"].title == "Claims as a table, CSV"


def test_a_file_that_holds_only_a_part_does_not_say_that_it_holds_all(files: list[Distribution]) -> None:
    rdf = {"turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads", "turtle12", "ntriples12"}
    for file in files:
        if file.format in rdf:
            assert file.holds == f"The whole edition {file.edition}: {EDITIONS[str(file.edition)]}."
        else:
            assert file.holds == file.description
            assert not any(text in file.holds for text in EDITIONS.values())
    parts = [file.holds for file in files if file.name.endswith((".csv", "json", ".graphml", "context.jsonld"))]
    assert len(set(parts)) == len(parts) == 7
    plain = Distribution("dcat.ttl", "Catalog, Turtle", None, "turtle", "text/turtle", b"")
    assert plain.holds == "Catalog, Turtle."


def test_what_is_inferred_is_drawn_once(tiny_root: Path) -> None:
    dataset = Dataset(tiny_root)
    release(dataset)
    assert "closure" in dataset.__dict__
    assert len(dataset.closure) == len(Editions(dataset.sources).graph("inferred"))


def test_every_step_is_told(tiny_root: Path) -> None:
    steps: list[str] = []
    release(Dataset(tiny_root), steps.append)
    assert steps == [f"writing {about.title}" for about in FORMATS.values()]


# ---- the folder ----


def test_the_folder_has_all_that_a_build_has_and_every_file_of_the_release(
    tiny_root: Path, tmp_path: Path, files: list[Distribution]
) -> None:
    report = release_folder(tiny_root, tmp_path / "dist")
    built = build(tiny_root, tmp_path / "built")
    found, plain = contents(report.out), contents(built.out)
    assert report.written
    assert (report.triples, report.claims, report.coverage) == (built.triples, built.claims, built.coverage)
    assert {name: text for name, text in found.items() if name in plain and name != CHECKSUMS} == {
        name: text for name, text in plain.items() if name != CHECKSUMS
    }
    assert {file.name: file.content for file in files}.items() <= found.items()
    assert COVERAGE in found
    assert len(Graph().parse(data=found["wakhan.rdf"], format="xml")) == report.triples["asserted"]


def test_the_release_describes_itself(tiny_root: Path, tmp_path: Path, files: list[Distribution]) -> None:
    found = contents(release_folder(tiny_root, tmp_path / "dist").out)
    assert {"dcat.ttl", "void.ttl", "prov.ttl"} <= set(found)
    described = found["dcat.ttl"].decode()
    assert [file.name for file in files if file.name not in described] == []


def test_the_checksums_are_those_of_all_files(tiny_root: Path, tmp_path: Path) -> None:
    found = contents(release_folder(tiny_root, tmp_path / "dist").out)
    lines = found.pop(CHECKSUMS).decode().splitlines()
    assert lines == [f"{hashlib.sha256(text).hexdigest()}  {name}" for name, text in sorted(found.items())]


def test_a_folder_is_told_as_one(tiny_root: Path, tmp_path: Path) -> None:
    report = release_folder(tiny_root, tmp_path / "dist")
    many = replace(report, files={"a.ttl": 1, "tests/a.rq": 1000, "tests/deep/b.rq": 2000})
    table = to_text(many).splitlines()
    assert [line.split() for line in table if line.startswith(("a.ttl", "tests"))] == [
        ["a.ttl", "1"],
        ["tests/", "3,000"],
    ]


def test_a_violation_leaves_what_was_there(tiny_root: Path, tmp_path: Path) -> None:
    out = release_folder(tiny_root, tmp_path / "dist").out
    before = contents(out)
    break_data(tiny_root)
    report = release_folder(tiny_root, out)
    assert not report.written
    assert report.checked.counts["violation"]
    assert contents(out) == before


def test_a_format_that_does_not_say_the_same_stops_the_release(
    tiny_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgetful = replace(FORMATS["rdfxml"], write=lambda editions, _: FORMATS["rdfxml"].write(editions, "ontology"))
    monkeypatch.setattr(formats, "FORMATS", {**FORMATS, "rdfxml": forgetful})
    with pytest.raises(WakhanError, match=r"wakhan\.rdf would not say what the dataset says, so nothing is written"):
        release_folder(tiny_root, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"tiny"}


def test_a_release_takes_the_place_of_a_build_and_the_other_way_round(tiny_root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    build(tiny_root, out)
    release_folder(tiny_root, out)
    assert (out / "wakhan.trig").exists()
    build(tiny_root, out)
    assert not (out / "wakhan.trig").exists()
    (out / "mine.txt").write_text("precious")
    with pytest.raises(UsageError, match=r"mine\.txt"):
        release_folder(tiny_root, out)


def test_the_bytes_are_the_same_under_any_hash_seed(tiny_root: Path, tmp_path: Path) -> None:
    (tiny_root / "ontology" / "more.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix wk: <https://w3id.org/wakhan/ontology#> .\n"
        "wk:near a owl:ObjectProperty , wk:ClaimableProperty ; owl:propertyChainAxiom ( wk:visited wk:borders ) .\n"
    )
    code = "import sys, pathlib, wakhan.release; wakhan.release.release_folder(*map(pathlib.Path, sys.argv[1:]))"
    for seed in ("1", "2"):
        command = [sys.executable, "-c", code, str(tiny_root), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert b"_:c14n" in (tmp_path / "1" / "wakhan.nt").read_bytes()


# ---- the command ----


def test_the_command_writes_the_whole_release(tiny_root: Path) -> None:
    done = run("export", "--root", tiny_root)
    assert done.exit_code == 0, done.output
    assert "wakhan.geojson" in done.output
    assert (tiny_root / "dist" / "wakhan-claims.parquet").exists()
    elsewhere = tiny_root.parent / "elsewhere"
    assert run("export", "--root", tiny_root, "--out", elsewhere).exit_code == 0
    assert contents(elsewhere) == contents(tiny_root / "dist")


def test_the_command_ends_with_1_when_something_is_wrong(tiny_root: Path) -> None:
    break_data(tiny_root)
    done = run("export", "--root", tiny_root)
    assert done.exit_code == 1
    assert "Nothing was written" in done.output
    assert not (tiny_root / "dist").exists()


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_each_format_by_itself(form: str, tiny_root: Path, tmp_path: Path) -> None:
    wanted = FORMATS[form].write(Editions(Dataset(tiny_root).sources), "asserted")
    if FORMATS[form].is_text:
        assert run("export", "--root", tiny_root, "--format", form).stdout_bytes == wanted
        return
    out = tmp_path / "file"
    done = run("export", "--root", tiny_root, "--format", form, "--output", out)
    assert (done.exit_code, done.output, out.read_bytes()) == (0, "", wanted)
    printed = run("export", "--root", tiny_root, "--format", form)
    assert printed.exit_code == 2
    assert "cannot be printed" in printed.stderr


def test_the_command_writes_into_a_file_what_it_would_print(tiny_root: Path, tmp_path: Path) -> None:
    out = tmp_path / "file.csv"
    done = run("export", "--root", tiny_root, "--format", "claims-csv", "--output", out)
    assert (done.exit_code, done.output) == (0, "")
    assert out.read_bytes() == run("export", "--root", tiny_root, "--format", "claims-csv").stdout_bytes
    assert out.read_bytes().count(b"\r\n") == 5


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--format", "csvw", "--edition", "facts"), "there is no csvw of the edition facts"),
        (("--format", "turtle", "--out", "x"), "--out is the folder of a whole release"),
        (("--format", "word"), "'word' is not one of"),
    ],
)
def test_misuse_is_told(arguments: tuple[str, ...], told: str, tiny_root: Path) -> None:
    done = run("export", "--root", tiny_root, *arguments)
    assert done.exit_code == 2
    assert told in done.stderr


def test_an_edition_alone_is_turtle_and_a_format_alone_is_all_that_is_stated(tiny_root: Path) -> None:
    shapes = run("export", "--root", tiny_root, "--edition", "shapes").stdout
    assert "shape:Claim-speaker" in shapes
    assert "@prefix" in shapes
    assert "claim/p01s1-1" in run("export", "--root", tiny_root, "--format", "ntriples").stdout
