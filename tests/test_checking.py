"""`wakhan validate` as it is called: what it reads, what it writes, and the status that it ends with."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, SH, Graph

from wakhan.cli import cli

PREFIXES = """@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
SHAPES = """:S a sh:NodeShape ; sh:targetClass :Town ;
    sh:property [ sh:path :name ; sh:minCount 1 ] ,
        [ sh:path :size ; sh:nodeKind sh:Literal ; sh:severity sh:Warning ] ,
        [ sh:path :note ; sh:maxCount 0 ; sh:severity sh:Info ] .
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shapes.ttl").write_text(PREFIXES + SHAPES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return tmp_path


def validate(*args: str) -> Result:
    return CliRunner().invoke(cli, ["validate", *args, "--shapes", "shapes.ttl"], prog_name="wakhan")


def write(name: str, text: str) -> str:
    Path(name).write_text(PREFIXES + text, encoding="utf-8")
    return name


def test_the_status_is_that_of_the_gravest_finding(folder: Path) -> None:
    bad = {
        "violation": write("violation.ttl", ":a a :Town ."),
        "warning": write("warning.ttl", ':a a :Town ; :name "A" ; :size :big .'),
        "info": write("info.ttl", ':a a :Town ; :name "A" ; :note 1 .'),
        "never": write("good.ttl", ':a a :Town ; :name "A" .'),
    }
    fails = {
        (found, level): validate(file, "--fail-on", level).exit_code for found, file in bad.items() for level in bad
    }
    assert {pair for pair, status in fails.items() if status} == {
        ("violation", "violation"), ("violation", "warning"), ("violation", "info"),
        ("warning", "warning"), ("warning", "info"), ("info", "info"),
    }  # fmt: skip
    assert set(fails.values()) == {0, 1}
    assert validate(bad["warning"]).exit_code == 0


def test_the_text_shows_the_place_to_people(folder: Path) -> None:
    told = validate(write("a.ttl", "\n:a a :Town ;\n  :size :big ."))
    assert told.stdout == (
        "a.ttl\n"
        "  4:1 violation :name: expected at least 1 value, found none. [:S]\n"
        "      4 | :a a :Town ;\n"
        "        | ^^\n"
        "\n"
        "  5:9 warning Expected a literal, found :big. [:S]\n"
        "      5 |   :size :big .\n"
        "        |         ^^^^\n"
        "        = focus :a, path :size\n"
        "\n"
        "1 violation, 1 warning\n"
    )


def test_both_engines_tell_the_same_and_the_fast_one_what_it_left_over(folder: Path) -> None:
    write("shapes.ttl", SHAPES + ":R a sh:NodeShape ; sh:targetClass :Town ; sh:rule [ a sh:TripleRule ;"
          " sh:subject sh:this ; sh:predicate :p ; sh:object 1 ] .")  # fmt: skip
    file = write("a.ttl", ":a a :Town ; :size :big .")
    usual, fast, reference = (validate(file, *how) for how in ([], ["--engine", "fast"], ["--engine", "reference"]))
    assert usual.stdout == reference.stdout
    assert "expected at least 1 value" in usual.stdout
    assert fast.stdout == usual.stdout.replace("\n1 violation", "\nnote: pySHACL checked everything by itself: the "
                                               "shapes have rules\n1 violation")  # fmt: skip
    assert validate(file, "--engine", "quick").exit_code == 2


def test_the_report_of_the_w3c_is_unchanged(folder: Path) -> None:
    told = validate(write("a.ttl", ":a a :Town ; :size :big ."), "--format", "turtle")
    graph = Graph().parse(data=told.stdout, format="turtle")
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == 2
    assert validate(write("a.ttl", ":a a :Town ; :size :big ."), "--format", "turtle").stdout == told.stdout


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "sarif", "junit", "json", "html"])
def test_each_format_goes_into_a_file_as_well(form: str, folder: Path) -> None:
    write("a.ttl", ":a a :Town .")
    shown = validate("a.ttl", "--format", form)
    into = validate("a.ttl", "--format", form, "--output", "out")
    assert (into.stdout, into.exit_code, shown.exit_code) == ("", 1, 1)
    assert Path("out").read_text(encoding="utf-8") == shown.stdout
    assert "a.ttl" in shown.stdout
    assert str(folder) not in shown.stdout


def test_one_run_writes_several_reports(folder: Path) -> None:
    write("a.ttl", ":a a :Town .")
    told = validate("a.ttl", "--also", "sarif=out.sarif", "--also", "markdown=out=1.md")
    assert told.stdout == validate("a.ttl").stdout
    assert Path("out.sarif").read_text() == validate("a.ttl", "--format", "sarif").stdout
    assert "a.ttl#L3" in Path("out=1.md").read_text()


def test_broken_files_are_findings_with_a_place(folder: Path) -> None:
    write("a.ttl", ":a a .")
    write("b.ttl", ":a a ..")
    told = validate("a.ttl", "b.ttl", "--format", "json")
    places = [
        (each["shape"], each["place"]["path"], each["place"]["line"]) for each in json.loads(told.stdout)["findings"]
    ]
    assert places == [("syntax", "a.ttl", 3), ("syntax", "b.ttl", 3)]
    assert told.exit_code == 1
    assert validate("a.ttl", "--format", "github").stdout.startswith("::error file=a.ttl,line=3,")


def test_only_so_many_results_are_shown(folder: Path) -> None:
    write("a.ttl", " ".join(f":t{n} a :Town ." for n in range(30)))
    told = validate("a.ttl", "--max-results", "3", "--format", "json")
    report = json.loads(told.stdout)
    assert (len(report["findings"]), report["left_out"], report["counts"]["violation"]) == (3, 27, 30)
    assert "27 more" in validate("a.ttl", "--max-results", "3").stdout


def test_a_baseline_leaves_what_is_new(folder: Path) -> None:
    write("a.ttl", ":a a :Town .")
    for form in ("json", "sarif"):
        validate("a.ttl", "--format", form, "--output", f"base.{form}")
    write("a.ttl", "\n# moved\n:b a :Town .\n:a a :Town .")
    for form in ("json", "sarif"):
        told = validate("a.ttl", "--baseline", f"base.{form}", "--format", "json")
        assert [each["focus"] for each in json.loads(told.stdout)["findings"]] == [":b"]
        assert told.exit_code == 1
    write("a.ttl", ":a a :Town .")
    assert validate("a.ttl", "--baseline", "base.json").exit_code == 0


def test_only_changed_lines_count(folder: Path) -> None:
    def git(*args: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *args], check=True, capture_output=True)

    write("a.ttl", ":a a :Town .\n:b a :Town ; :name 'B' .")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "All")
    assert validate("a.ttl", "--changed-since", "HEAD").exit_code == 0
    write("a.ttl", ":a a :Town .\n:b a :Town .")
    told = validate("a.ttl", "--changed-since", "HEAD", "--format", "json")
    assert [each["focus"] for each in json.loads(told.stdout)["findings"]] == [":b"]


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (["none.ttl"], 2, "none.ttl: there is no such file"),
        (["a.ttl", "--baseline", "none.json"], 2, "none.json: there is no such file"),
        (["a.ttl", "--baseline", "a.ttl"], 2, "a.ttl"),
        (["a.ttl", "--also", "sarif"], 2, "FORMAT=FILE"),
        (["a.ttl", "--also", "turtle=x.ttl"], 2, "not a format and a file"),
        (["a.ttl", "--changed-since", "HEAD"], 2, "git"),
        (["a.ttl", "--max-results", "0"], 2, "max-results"),
        (["a.ttl", "--fail-on", "sometimes"], 2, "fail-on"),
        (["a.txt"], 2, "a.txt"),
        ([], 2, "nothing to check was named"),
        ([""], 2, "the name of a file is empty"),
        (["loop.ttl"], 1, "loop.ttl"),
    ],
)
def test_misuse_is_told(args: list[str], status: int, message: str, folder: Path) -> None:
    write("a.ttl", ":a a :Town .")
    write("a.txt", "")
    Path("loop.ttl").symlink_to("loop.ttl")
    told = validate(*args)
    assert told.exit_code == status
    assert message in told.stderr
    assert told.stdout == ""


def test_the_dataset_and_any_files_are_not_mixed_up(folder: Path, tiny_root: Path) -> None:
    """With shapes of their own, files have nothing to do with the dataset around them."""
    write("a.ttl", ':a a :Town ; :name "A" .')
    assert validate("a.ttl", "--root", str(tiny_root)).stdout == "no findings\n"


def test_a_broken_file_of_the_dataset_is_a_finding_too(tiny_root: Path) -> None:
    (tiny_root / "data" / "actors.ttl").write_text("@prefix id: <urn:id> .\nid:a id:b .\n")
    told = CliRunner().invoke(cli, ["validate", "--root", str(tiny_root), "--format", "json"], prog_name="wakhan")
    (finding,) = json.loads(told.stdout)["findings"]
    assert (finding["shape"], finding["place"]["line"], told.exit_code) == ("syntax", 2, 1)


def test_files_of_another_kind_need_shapes(folder: Path) -> None:
    write("a.ttl", ":a a :Town .")
    told = CliRunner().invoke(cli, ["validate", "a.ttl"], prog_name="wakhan")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "Name them with --shapes." in told.stderr
