"""`wakhan lint` reads ontology, shapes and queries from files and says where in them something is wrong."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from wakhan.cli import cli
from wakhan.errors import UsageError
from wakhan.findings import Place
from wakhan.lint.run import lint_dataset, lint_files
from wakhan.sources import load_sources

ROOT = Path(__file__).parents[1]
SHAPES = """@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

:S a sh:NodeShape ; sh:targetClass :Town ;
    sh:property [ sh:path :name ; sh:minCoutn 1 ; sh:maxCount 1 ] .
"""
QUERY = "SELECT ?town WHERE {\n  ?town a <https://example.org/Town>\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    (tmp_path / "data.ttl").write_text('@prefix : <https://example.org/> . :a a :Town ; :name "A" .')
    (tmp_path / "queries" / "towns").mkdir(parents=True)
    (tmp_path / "queries" / "towns" / "towns.rq").write_text(QUERY)
    return tmp_path


def test_a_fault_in_a_shape_has_a_place_and_what_was_meant(folder: Path) -> None:
    report = lint_files([folder / "data.ttl"], [], [folder / "shapes.ttl"], None)
    (finding,) = [finding for finding in report.findings if finding.severity == "violation"]
    assert finding.place == Place(folder / "shapes.ttl", 5, 47, 5, 48)
    assert "Did you mean sh:minCount?" in finding.hint
    assert report.rules[finding.shape].name
    assert report.counts["violation"] == 1


def test_a_fault_in_a_query_has_a_place(folder: Path) -> None:
    report = lint_files([], [], [], folder / "queries")
    assert [finding.place and finding.place[:2] for finding in report.findings] == [
        (folder / "queries" / "towns" / "towns.rq", 3)
    ]


def test_there_must_be_something_to_check(folder: Path) -> None:
    with pytest.raises(UsageError, match="nothing to check was named"):
        lint_files([folder / "data.ttl"], [], [], None)


def test_only_so_many_findings_are_kept(folder: Path) -> None:
    report = lint_files([folder / "data.ttl"], [], [folder / "shapes.ttl"], folder / "queries", limit=1)
    assert (len(report.findings), report.findings[0].severity) == (1, "violation")
    assert report.left_out == sum(report.counts.values()) - 1 > 0


def test_the_command_says_it_and_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    told = CliRunner().invoke(cli, ["lint", "data.ttl", "--shapes", "shapes.ttl"], prog_name="wakhan")
    assert told.exit_code == 1
    assert "  5:47 violation " in told.stdout
    told = CliRunner().invoke(cli, ["lint", "--shapes", "shapes.ttl", "--format", "turtle"], prog_name="wakhan")
    assert (told.exit_code, told.stdout) == (2, "")


def test_this_dataset_is_clean() -> None:
    report = lint_dataset(load_sources(ROOT))
    assert [finding for finding in report.findings if finding.severity != "info"] == []
