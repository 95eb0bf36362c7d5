"""A build is whole, the same each time, and never half of one; what is not ours is not deleted."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph

from wakhan import build as module
from wakhan.build import COVERAGE, build, to_text
from wakhan.coverage import coverage, to_dict
from wakhan.dataset import Dataset
from wakhan.errors import UsageError, WakhanError
from wakhan.folder import CHECKSUMS

EDITIONS = {f"wakhan{name}.{ending}" for name in ("", "-inferred", "-facts") for ending in ("ttl", "nt")}
FILES = EDITIONS | {CHECKSUMS, COVERAGE}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def break_data(root: Path) -> None:
    """Say a fact that no claim affirms."""
    path = root / "data" / "actors.ttl"
    path.write_text(
        path.read_text().replace("id:borland\n    a wk:State ;", "id:borland\n    a wk:State ; wk:memberOf id:pact ;")
    )


def test_the_report_says_what_was_built(tiny_root: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    report = build(tiny_root, tmp_path / "deep" / "dist", steps.append)
    assert report.written
    assert [finding for finding in report.checked.findings if finding.severity == "violation"] == []
    assert names(report.out) == FILES == set(report.files)
    assert report.files == {name: len(text) for name, text in contents(report.out).items()}
    assert {name: count for name, count in report.claims.items() if count} == {"Affirmed": 1, "Denied": 1, "Planned": 2}
    assert next(iter(report.claims)) == "Affirmed"
    assert report.passages == 3
    assert report.triples["facts"] < report.triples["asserted"] < report.triples["inferred"]
    assert len(Graph().parse(report.out / "wakhan-inferred.nt")) == report.triples["inferred"]
    assert len(Graph().parse(report.out / "wakhan.ttl")) == report.triples["asserted"]
    assert len(steps) == 7


def test_the_checksums_are_those_of_the_files(tiny_root: Path, tmp_path: Path) -> None:
    out = build(tiny_root, tmp_path / "dist").out
    lines = (out / CHECKSUMS).read_text().splitlines()
    assert lines == [
        f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}" for name in sorted(FILES - {CHECKSUMS})
    ]


def test_the_coverage_is_written_and_told(tiny_root: Path, tmp_path: Path) -> None:
    report = build(tiny_root, tmp_path / "dist")
    assert report.coverage == coverage(Dataset(tiny_root))
    assert json.loads((report.out / COVERAGE).read_text()) == json.loads(json.dumps(to_dict(report.coverage)))
    told = [" ".join(line.split()) for line in to_text(report).splitlines() if " of " in line]
    assert told == [f"{measure.name} {measure}" for measure in report.coverage.measures.values()]
    assert "shapes able to fail not known of 1" in told


def test_the_examples_of_the_shapes_are_those_of_the_dataset(tiny_root: Path, tmp_path: Path) -> None:
    (tiny_root / "tests" / "shapes").mkdir(parents=True)
    (tiny_root / "tests" / "shapes" / "a.ttl").write_text("# finds: Violation Claim-speaker\n")
    report = build(tiny_root, tmp_path / "dist")
    assert report.coverage is not None
    assert str(report.coverage.shapes) == "1 of 1"


def test_low_coverage_stops_no_build(tiny_root: Path, tmp_path: Path) -> None:
    report = build(tiny_root, tmp_path / "dist")
    assert report.coverage is not None
    assert report.coverage.claims.covered == 0
    assert report.written


def test_a_query_that_cannot_be_read_stops_a_build(tiny_root: Path, tmp_path: Path) -> None:
    (tiny_root / "queries" / "mine.rq").write_text("SELECT * WHERE { ?s ?p ?o }\n")
    with pytest.raises(WakhanError, match=r"mine\.rq:1: a query begins with its head"):
        build(tiny_root, tmp_path / "dist")
    assert names(tmp_path) == {"tiny"}


def test_the_bytes_are_the_same_under_any_hash_seed(tiny_root: Path, tmp_path: Path) -> None:
    code = "import sys, pathlib, wakhan.build; wakhan.build.build(*map(pathlib.Path, sys.argv[1:]))"
    chain = "\nwk:near owl:propertyChainAxiom ( wk:visited wk:borders ) ; a wk:ClaimableProperty .\n"
    ontology = tiny_root / "ontology" / "tiny.ttl"
    ontology.write_text(ontology.read_text() + chain)
    for seed in ("1", "2"):
        command = [sys.executable, "-c", code, str(tiny_root), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert b"_:c14n" in (tmp_path / "1" / "wakhan.nt").read_bytes()


def test_a_violation_leaves_what_was_there(tiny_root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    build(tiny_root, out)
    before = contents(out)
    break_data(tiny_root)
    steps: list[str] = []
    report = build(tiny_root, out, steps.append)
    assert not report.written
    assert "extra-fact" in {finding.shape for finding in report.checked.findings}
    assert report.files == {}
    assert report.coverage is None
    assert contents(out) == before
    assert "violations" in steps[-1]


def test_a_violation_builds_nothing_where_nothing_was(tiny_root: Path, tmp_path: Path) -> None:
    break_data(tiny_root)
    assert not build(tiny_root, tmp_path / "dist").written
    assert names(tmp_path) == {"tiny"}


def test_a_new_build_takes_the_place_of_the_old(tiny_root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    build(tiny_root, out)
    (out / "wakhan.ttl").write_text("changed")
    report = build(tiny_root, out)
    assert "changed" not in (out / "wakhan.ttl").read_text()
    assert report.written
    assert names(tmp_path) == {"tiny", "dist"}


def test_a_failure_leaves_what_was_there(tiny_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "dist"
    build(tiny_root, out)
    before = contents(out)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "export", fail)
    with pytest.raises(WakhanError, match="No space left"):
        build(tiny_root, out)
    assert contents(out) == before
    assert names(tmp_path) == {"tiny", "dist"}


def test_what_no_build_wrote_is_not_deleted(tiny_root: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    build(tiny_root, out)
    (out / "wakhan-1.0.whl").write_text("precious")
    with pytest.raises(UsageError, match=r"wakhan-1\.0\.whl"):
        build(tiny_root, out)
    with pytest.raises(UsageError, match="would delete"):
        build(tiny_root, tiny_root)
    assert (out / "wakhan-1.0.whl").read_text() == "precious"
