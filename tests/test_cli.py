import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wakhan.cli import cli

COMMANDS = ("ask", "build", "export", "facts", "format", "query", "show", "sparql", "validate", "verify-source", "why")

BY_ALLIANCE = """\
#+ summary: Who is in which alliance?
#+ description: Members that are facts.
#+ parameters:
#+   - name: alliance
#+     class: wk:Alliance
#+     description: The alliance
#+   - name: name
#+     type: string
#+     values: [a, b]
#+ inference: true

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wk: <https://w3id.org/wakhan/ontology#>
SELECT ?member WHERE { ?alliance wk:hasMember ?member OPTIONAL { ?member rdfs:label ?name } } ORDER BY ?member
"""


def wakhan(root: Path | None, *args: str) -> Result:
    more = [] if root is None else ["--root", str(root)]
    return CliRunner().invoke(cli, [*args, *more], prog_name="wakhan")


def run(root: Path, *args: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as its users do."""
    return subprocess.run(
        [sys.executable, "-m", "wakhan", *args, "--root", str(root)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | more,
        check=False,
    )


def add(root: Path, name: str, text: str) -> None:
    path = root / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


# ---- the command as a process ----


def test_version_and_help() -> None:
    done = subprocess.run([sys.executable, "-m", "wakhan", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("wakhan ")
    told = wakhan(None, "--help").output
    assert all(f"  {command} " in told for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_and_takes_a_root(command: str) -> None:
    told = wakhan(None, command, "--help")
    assert told.exit_code == 0
    assert "--root" in told.output
    assert told.output.split("\n\n")[1].strip()


def test_a_table_is_the_same_whatever_the_terminal(tiny_root: Path) -> None:
    done = run(tiny_root, "query", "members", COLUMNS="20", FORCE_COLOR="1")
    assert done.returncode == 0
    assert done.stdout == "member   alliance\n─────────────────\nArland   the Pact\n1 row\n"
    assert done.stderr == ""


def test_output_is_utf8_in_any_locale(tiny_root: Path) -> None:
    add(tiny_root, "data/actors.ttl", 'id:arland rdfs:label "Арланд"@ru .\n')
    done = run(tiny_root, "show", "arland", LC_ALL="C", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert "Арланд (ru)" in done.stdout


def test_an_error_is_one_line_and_no_traceback(tiny_root: Path) -> None:
    add(tiny_root, "data/actors.ttl", "id:arland wx:memberOf id:pact .\n")
    done = run(tiny_root, "query", "members")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("wakhan: error: ")
    assert "actors.ttl:31:11: the prefix" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_early_is_no_error(tiny_root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "wakhan", "export", "--format", "turtle", "--root", str(tiny_root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


# ---- query and sparql ----


@pytest.fixture
def root(tiny_root: Path) -> Path:
    (tiny_root / "queries" / "alliances" / "by-alliance.rq").write_text(BY_ALLIANCE)
    (tiny_root / "queries" / "actors").mkdir()
    (tiny_root / "queries" / "actors" / "all.rq").write_text("#+ summary: Who is there?\nASK { ?x a ?y }\n")
    return tiny_root


def test_the_stored_queries_are_listed_by_topic(root: Path) -> None:
    assert wakhan(root, "query").output == (
        "actors\n  all          Who is there?\n\n"
        "alliances\n  by-alliance  Who is in which alliance?\n  members      Who is a member of an alliance?\n"
    )


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_a_query_with_parameters(root: Path, engine: str) -> None:
    found = wakhan(root, "query", "by-alliance", "--param", "alliance=the Pact", "-p", "name=a", "--engine", engine)
    assert (found.exit_code, found.output) == (0, "member\n──────\nArland\n1 row\n")


def test_a_query_described(root: Path) -> None:
    told = wakhan(root, "query", "by-alliance", "--describe").output
    assert told.startswith("Who is in which alliance?\n\nMembers that are facts.\n\nAsked of the closure")
    assert "  alliance (iri, default: any)\n      The alliance\n" in told
    assert "  name (string, default: any)\n      one of: a, b\n" in told
    assert told.endswith("ORDER BY ?member\n")
    assert "#+" not in told


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_the_formats(root: Path, form: str) -> None:
    told = wakhan(root, "query", "members", "--format", form).output
    assert "https://w3id.org/wakhan/id/arland" in told
    if form == "csv":
        assert next(csv.reader(io.StringIO(told))) == ["member", "alliance"]
    if form == "json":
        assert json.loads(told)["head"]["vars"] == ["member", "alliance"]


def test_sparql_as_text_and_from_a_file(root: Path, tmp_path: Path) -> None:
    asked = "ASK { id:pact wk:hasMember id:arland }"
    file = tmp_path / "question.rq"
    file.write_text(asked)
    assert wakhan(root, "sparql", asked).output == "no\n"
    assert wakhan(root, "sparql", str(file), "--inferred").output == "yes\n"
    assert wakhan(root, "sparql", "SELECT ?x { ?x wk:memberOf id:arland }").output == "no rows\n"


# ---- ask, show and why ----


def test_ask(root: Path) -> None:
    told = wakhan(root, "ask", "mr. cee", "visited", "Borland").output
    assert told.startswith("Planned: “Mr. Cee visited Borland” is planned, according to the article.\n\nClaims\n")
    assert "time in words: in May" in told
    near = wakhan(root, "ask", "Cee", "visited", "Arland").output
    assert near.startswith("Not mentioned:")
    assert "What comes near\n  claim:p01s3-1" in near
    assert json.loads(wakhan(root, "ask", "arland", "memberOf", "pact", "--format", "json").output)["verdict"] == (
        "affirmed"
    )


def test_show(root: Path) -> None:
    assert wakhan(root, "show", "id:arland").output.startswith("Arland (id:arland)\n  is: state\n")
    assert json.loads(wakhan(root, "show", "arlande", "--format", "json").output)["term"].endswith("arland")


def test_why(root: Path) -> None:
    told = wakhan(root, "why", "pact", "hasMember", "arland")
    assert told.exit_code == 0
    assert "prp-inv" in told.output
    assert "claim:p01s1-1" in told.output


def test_why_not(root: Path) -> None:
    told = wakhan(root, "why", "arland", "borders", "borland")
    assert told.exit_code == 1
    assert told.stderr == (
        "wakhan: error: this is not a fact\n  Denied: the article denies “Arland borders Borland” in its own voice.\n"
    )


# ---- what maintains the data ----


def test_validate(root: Path, tmp_path: Path) -> None:
    assert (wakhan(root, "validate").output, wakhan(root, "validate").exit_code) == ("no findings\n", 0)
    file = tmp_path / "new.ttl"
    file.write_text("@prefix wk: <https://w3id.org/wakhan/ontology#> .\n<https://example.org/c> a wk:Claim .\n")
    found = wakhan(root, "validate", str(file))
    assert found.exit_code == 1
    assert "new.ttl\n  2:1 violation A claim must name exactly one wk:Agent" in found.output
    assert "      2 | <https://example.org/c> a wk:Claim .\n        | ^^^^^^^^^^^^^^^^^^^^^^^\n" in found.output
    assert found.output.endswith("\n1 violation\n")
    told = json.loads(wakhan(root, "validate", str(file), "--format", "json").output)
    assert {"severity": "violation", "shape": "shape:Claim-speaker"}.items() <= told["findings"][0].items()


def test_facts(root: Path) -> None:
    actors = root / "data" / "actors.ttl"
    before = actors.read_text()
    assert wakhan(root, "facts", "--check").exit_code == 0
    actors.write_text(before.replace("    wk:memberOf id:pact ;\n", ""))
    checked = wakhan(root, "facts", "--check")
    assert (checked.exit_code, checked.stdout) == (1, "missing: id:arland wk:memberOf id:pact\n")
    assert "wk:memberOf id:pact" not in actors.read_text()  # a check writes nothing
    assert wakhan(root, "facts").output == "wrote data/actors.ttl\nfacts added: 1, taken away: 0\n"
    assert actors.read_text() == before
    assert wakhan(root, "facts").output == ""


def test_format(root: Path) -> None:
    actors = root / "data" / "actors.ttl"
    before = actors.read_text()
    assert wakhan(root, "format", "--check").exit_code == 0
    actors.write_text(before.replace("    ", " "))
    checked = wakhan(root, "format", "--check")
    assert (checked.exit_code, checked.stdout) == (1, "not in the layout: data/actors.ttl\n")
    assert actors.read_text() != before
    assert wakhan(root, "format").output == "wrote data/actors.ttl\n"
    assert actors.read_text() == before


def test_format_of_one_file_needs_no_dataset(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<https://example.org/a>   a  <https://example.org/B> .")
    assert wakhan(None, "format", str(file)).exit_code == 0
    assert wakhan(None, "format", "--check", str(file)).exit_code == 0


def test_verify_source(root: Path, tmp_path: Path, tiny_article: str) -> None:
    file = tmp_path / "article.txt"
    file.write_text(tiny_article)
    assert wakhan(root, "verify-source", str(file)).output == "every passage is where the data say\n"
    file.write_text(tiny_article.replace("Pact", "pact"))
    found = wakhan(root, "verify-source", str(file))
    assert found.exit_code == 1
    assert "p01s1" in found.stdout
    assert "not the text that the passages were taken from" in found.stderr


def test_export(root: Path, tmp_path: Path) -> None:
    told = wakhan(root, "export", "--edition", "facts", "--format", "ntriples").output
    assert "<https://w3id.org/wakhan/id/arland> <https://w3id.org/wakhan/ontology#memberOf>" in told
    assert "claim/p01s1-1" not in told
    out = tmp_path / "out.nt"
    assert wakhan(root, "export", "--edition", "facts", "--format", "ntriples", "-o", str(out)).output == ""
    assert out.read_text(encoding="utf-8") == told


def test_build(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = wakhan(root, "build", "--out", str(out))
    assert done.exit_code == 0
    assert "claims, Planned" in done.output
    assert (out / "SHA256SUMS").is_file()
    add(root, "data/actors.ttl", "id:borland wk:memberOf id:pact .\n")
    before = sorted((path.name, path.read_bytes()) for path in out.iterdir())
    stopped = wakhan(root, "build", "--out", str(out))
    assert stopped.exit_code == 1
    assert "Nothing was written" in stopped.output
    assert sorted((path.name, path.read_bytes()) for path in out.iterdir()) == before


# ---- misuse ----


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["query", "--nonsense"], 2, "No such option"),
        (["query", "meber"], 2, "no stored query is called 'meber'\n  Did you mean members?"),
        (["query", "members", "-p", "x=1"], 2, "the query members has no parameter 'x'"),
        (["query", "by-alliance", "-p", "alliance"], 2, "not a parameter: 'alliance'"),
        (["query", "by-alliance", "-p", "name=a", "-p", "name=b"], 2, "the parameter 'name' is given twice"),
        (["query", "by-alliance", "-p", "name=c"], 2, "name cannot be 'c'"),
        (["query", "by-alliance", "-p", "engine=c"], 2, "has no parameter 'engine'"),
        (["query", "members", "--format", "yaml"], 2, "'yaml' is not one of"),
        (["sparql", "SELECT ?x { ?x }"], 2, "not a query that can be run"),
        (["sparql", "DROP ALL"], 2, "not a query: it begins with DROP"),
        (["sparql", "nowhere.rq"], 2, "nowhere.rq: there is no such file"),
        (["ask", "arland", "memberOf"], 2, "Missing argument 'OBJECT'"),
        (["ask", "nobody", "memberOf", "pact"], 2, "no thing is called 'nobody'"),
        (["ask", "arland", "hates", "pact"], 2, "no property is called 'hates'"),
        (["show", "Arlend"], 2, "nothing is called 'Arlend'\n  Did you mean id:arland (Arland)"),
        (["validate", "nowhere.ttl"], 2, "nowhere.ttl: there is no such file"),
        (["format", "nowhere.ttl"], 2, "nowhere.ttl: there is no such file"),
        (["verify-source", "nowhere.txt"], 2, "nowhere.txt: there is no such file"),
        (["export", "-o", "nowhere/at/all.ttl"], 1, "nowhere/at"),
        (["export", "--edition", "best"], 2, "'best' is not one of"),
    ],
)
def test_misuse_is_told_in_a_line(root: Path, args: list[str], status: int, message: str) -> None:
    found = wakhan(None if args == ["nonsense"] else root, *args)
    assert found.stderr.startswith("wakhan: error: ")
    assert message in found.stderr
    assert found.exit_code == status
    assert found.stdout == ""


def test_a_root_without_data_is_misuse(tmp_path: Path) -> None:
    found = wakhan(tmp_path, "query")
    assert (found.exit_code, found.stderr) == (
        2,
        f"wakhan: error: {tmp_path}: no dataset here: the folder data/ is missing\n",
    )


def test_an_empty_data_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    found = wakhan(tmp_path, "facts")
    assert found.exit_code == 1
    assert "no Turtle file" in found.stderr


def test_what_changes_or_checks_a_dataset_never_takes_the_packaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("validate", "build", "facts", "format"):
        result = CliRunner().invoke(cli, [command])
        assert result.exit_code == 2
        assert "no dataset here" in result.stderr
        assert "--root" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_export_to_a_folder_leaves_nothing_behind(root: Path, tmp_path: Path) -> None:
    result = wakhan(root, "export", "--output", str(tmp_path))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert not [path for path in tmp_path.parent.iterdir() if path.name.endswith(".new")]


def test_a_build_among_the_sources_is_refused(root: Path) -> None:
    result = wakhan(root, "build", "--out", str(root / "data" / "new"))
    assert result.exit_code == 2
    assert "read as a source" in result.stderr
    assert not (root / "data" / "new").exists()


def test_the_prefixes_of_the_data_go_first(root: Path) -> None:
    for path in (root / "data").rglob("*.ttl"):
        text = path.read_text(encoding="utf-8").replace("https://w3id.org/wakhan/id/", "https://example.org/news/")
        path.write_text(text, encoding="utf-8")
    asked = wakhan(root, "sparql", "SELECT ?a WHERE { id:arland wk:memberOf ?a }", "--format", "csv")
    assert asked.stdout.split() == ["a", "https://example.org/news/pact"]
    assert "Arland (id:arland)" in wakhan(root, "show", "id:arland").stdout
    assert wakhan(root, "ask", "id:arland", "wk:memberOf", "id:pact").stdout.startswith("Affirmed")


def test_a_name_that_is_not_there_is_warned_of(root: Path) -> None:
    asked = wakhan(root, "sparql", "ASK { id:arland wk:memebrOf ?x }")
    assert asked.exit_code == 0
    assert "nothing that is called wk:memebrOf" in asked.stderr
    assert "id:arland" not in asked.stderr
    assert wakhan(root, "sparql", "ASK { id:arland wk:memberOf ?x }").stderr == ""


@pytest.mark.parametrize(
    ("args", "unread"),
    [
        (["--help"], {"rdflib", "pyoxigraph", "yaml", "rich", "urllib3", "importlib.metadata"}),
        (["validate", "--help"], {"rdflib", "pyshacl", "shifty"}),
        (["query", "members"], {"pyshacl", "owlrl", "shifty", "urllib3", "wakhan.validate"}),
        (["ask", "arland", "memberOf", "pact"], {"pyshacl", "owlrl", "shifty", "urllib3"}),
        (["validate"], {"owlrl", "pyshacl", "urllib3"}),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else None,
)
def test_a_command_reads_no_more_than_it_needs(args: list[str], unread: set[str], tiny_root: Path) -> None:
    program = (
        "import sys; from wakhan.cli import cli\n"
        "try: cli(sys.argv[1:])\n"
        "except SystemExit as end: code = end.code\n"
        "print(code, sorted(sys.modules), file=sys.stderr)"
    )
    words = [*args, *(() if "--help" in args else ("--root", str(tiny_root)))]
    told = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True).stderr
    code, _, modules = told.splitlines()[-1].partition(" ")
    assert code == "0", told
    assert {name for name in unread if f"'{name}'" in modules} == set()


def test_what_came_along_is_published_into_a_folder_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(cli, ["build", "--out", "made"])
    assert told.exit_code == 0, told.stderr
    assert (tmp_path / "made" / "wakhan.ttl").is_file()
    without = CliRunner().invoke(cli, ["build"])
    assert without.exit_code == 2
    assert "with --out a folder" in without.stderr


def test_ctrl_c_is_no_finding(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wakhan.build.check_sources", interrupted)
    told = wakhan(root, "build")
    assert (told.exit_code, told.stderr) == (130, "wakhan: stopped\n")
