"""A corpus is built article by article: the same bytes however it is run, stopped and run again."""

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import RDF, Graph

from wakhan.cli import cli
from wakhan.corpus.article import Workshop, graph_name
from wakhan.corpus.broken import FAULTS, broken
from wakhan.corpus.build import build
from wakhan.corpus.generate import generate
from wakhan.corpus.layout import Folder, Materials, article_names, read_article, read_materials
from wakhan.corpus.records import FINDINGS, JOURNAL, MANIFEST, PARTS, SUMS, Record, part_name
from wakhan.corpus.runners import Job, Task, here, processes
from wakhan.denials import negative_assertions
from wakhan.errors import UsageError, WakhanError
from wakhan.facts import bare_facts, facts_from_claims
from wakhan.findings import Report
from wakhan.names import WK
from wakhan.reason import closure, union
from wakhan.sources import load_sources, parse_turtle

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six small articles, two of them broken: no Turtle, and not UTF-8."""
    folder = tmp_path_factory.mktemp("corpus") / "source"
    list(generate(load_sources(ROOT), folder, 6, seed=1, scale=0.05, wrong=2))
    return folder


@pytest.fixture(scope="module")
def materials(corpus: Path) -> Materials:
    return read_materials(corpus)


@pytest.fixture(scope="module")
def workshop(materials: Materials) -> Workshop:
    return Workshop(materials)


@pytest.fixture(scope="module")
def built(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus built here, one article after another."""
    out = tmp_path_factory.mktemp("built") / "out"
    build(corpus, out, here)
    return out


@pytest.fixture
def again(built: Path, tmp_path: Path) -> Path:
    """A copy of the build, to be changed."""
    shutil.copytree(built, tmp_path / "again")
    return tmp_path / "again"


@pytest.fixture
def source(corpus: Path, tmp_path: Path) -> Path:
    """A copy of the corpus, to be changed."""
    shutil.copytree(corpus, tmp_path / "source")
    return tmp_path / "source"


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the complete check of the gazetteer, which takes most of the time and finds nothing in this one."""
    monkeypatch.setattr("wakhan.corpus.article.check_sources", lambda *args, **more: Report((), {}))


def read(folder: Path) -> dict[str, bytes]:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    files.pop(".lock", None)
    return files


def changed(folder: Folder, file: str, old: str, new: str) -> Folder:
    """Return an article with the first *old* in one of its files changed."""
    files = tuple(
        (path, text.replace(old.encode(), new.encode(), 1) if path.endswith(file) else text)
        for path, text in folder.files
    )
    assert files != folder.files
    return folder._replace(files=files)


def graph_of(folder: Folder) -> Graph:
    return union(*(parse_turtle(text.decode()) for _, text in folder.files))


# ---- one article ----


def test_what_follows_from_an_article_is_what_the_reasoner_says(
    corpus: Path, materials: Materials, workshop: Workshop
) -> None:
    folder = read_article(corpus, "a00002")
    own = graph_of(folder)
    gazetteer = union(*(parse_turtle(text.decode()) for _, text in materials.gazetteer))
    known = set(closure(union(workshop.ontology, gazetteer)))
    asserted = union(own, negative_assertions(own))
    wanted = set(closure(union(workshop.ontology, gazetteer, asserted))) - known - set(asserted)
    text = workshop.build(folder).text
    assert text is not None
    graphs: dict[str, set[str]] = {"asserted": set(), "inferred": set()}
    for line in text.splitlines():
        kind = next(kind for kind in graphs if line.endswith(f" <{graph_name(kind, 'a00002')}> ."))
        graphs[kind].add(line.removesuffix(f" <{graph_name(kind, 'a00002')}> ."))
    translate = workshop.translator.line
    assert graphs["inferred"] == {translate(triple) for triple in wanted}
    assert graphs["asserted"] == {translate(triple) for triple in asserted}
    assert wanted


def test_only_what_the_narrator_affirms_is_bare_in_the_output(corpus: Path, workshop: Workshop) -> None:
    folder = read_article(corpus, "a00003")
    text = workshop.build(folder).text
    assert text is not None
    graph = Graph(bind_namespaces="none")
    kind = f" <{graph_name('asserted', 'a00003')}> ."
    lines = [line.removesuffix(kind) + " ." for line in text.splitlines() if line.endswith(kind)]
    graph.parse(data="\n".join(lines), format="nt")
    facts = set(bare_facts(graph, workshop.ontology))
    assert facts == set(facts_from_claims(graph_of(folder)))
    assert facts


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=list(FAULTS))
def test_every_known_fault_is_found_with_its_place(corpus: Path, workshop: Workshop, number: int) -> None:
    right = read_article(corpus, "a00002")
    assert workshop.build(right).findings == ()
    if number == 1:
        files = {Path(path).name: text for path, text in right.files}
        wrong = files | {"article.ttl": files["article.ttl"].replace(b'."@en', b'\xe9."@en', 1)}
    else:
        _, wrong = broken({Path(path).name: text.decode() for path, text in right.files}, number)
    made = workshop.build(Folder("a00002", tuple((f"articles/a00002/{name}", text) for name, text in wrong.items())))
    assert made.text is None
    violations = [finding for finding in made.findings if finding.severity == "violation"]
    assert violations
    assert all(finding.message for finding in violations)
    assert all(finding.place is not None and finding.place.path.parent.name == "a00002" for finding in violations)


def test_what_holds_and_is_also_said_with_less_is_a_warning_and_is_built(corpus: Path, workshop: Workshop) -> None:
    folder = read_article(corpus, "a00002")
    claims = graph_of(folder)
    narrator = next(iter(claims.subjects(RDF.type, WK.Narrator)))
    claim = next(
        each
        for each in sorted(claims.subjects(WK.factuality, WK.Affirmed), key=str)
        if (each, WK.speaker, narrator) in claims and claims.value(each, RDF.predicate) != RDF.type
    )
    block = next(
        part
        for path, text in folder.files
        for part in text.decode().split("\n\n")
        if part.startswith(_short(str(claim)))
    )
    passage = _short(str(claim)).rpartition("-")[0].removeprefix("claim:")
    count = next(
        part
        for path, text in folder.files
        for part in text.decode().split("\n\n")
        if part.startswith(f"art:{passage}\n")
    )
    number = int(count.partition("wk:claimCount ")[2].split()[0])
    softer = block.replace(_short(str(claim)), f"claim:{passage}-{number + 1}").replace("wk:Affirmed", "wk:Possible")
    other = next(
        part
        for path, text in folder.files
        for part in text.decode().split("\n\n")
        if part.startswith("art:") and "wk:Passage" in part and not part.startswith(f"art:{passage}\n")
    )
    home = other.partition("\n")[0].removeprefix("art:")
    many = int(other.partition("wk:claimCount ")[2].split()[0])
    softer = softer.replace(f"claim:{passage}-{number + 1}", f"claim:{home}-{many + 1}")
    softer = softer.replace(f"art:{passage} ;", f"art:{home} ;")
    recounted = other.replace(f"wk:claimCount {many}", f"wk:claimCount {many + 1}")
    made = workshop.build(
        changed(changed(folder, "claims.ttl", block, f"{block}\n\n{softer}"), "article.ttl", other, recounted)
    )
    assert [(finding.severity, finding.shape) for finding in made.findings] == [("warning", "softened")]
    assert made.text is not None


def _short(iri: str) -> str:
    return f"claim:{iri.rpartition('/')[2]}"


def test_a_thing_with_the_name_of_a_shared_one_is_found_though_it_is_not_named(
    corpus: Path, materials: Materials, workshop: Workshop
) -> None:
    folder = read_article(corpus, "a00002")
    texts = " ".join(text.decode() for _, text in folder.files)
    label = next(
        part.partition('"@en')[0].rpartition('"')[2]
        for path, text in materials.gazetteer
        if path.endswith("people.ttl")
        for part in text.decode().split("\n\n")
        if part.startswith("id:") and part.partition("\n")[0] not in texts
    )
    more = f'<urn:x:twin> a <{WK}Topic>; <http://www.w3.org/2000/01/rdf-schema#label> "{label}"@en.'
    made = workshop.build(folder._replace(files=(*folder.files, ("articles/a00002/more.ttl", more.encode()))))
    assert "shape:Entity-nameOnce" in {finding.shape for finding in made.findings}


def test_a_fact_that_comes_by_the_back_door_is_found(corpus: Path, materials: Materials) -> None:
    axiom = f"<{WK.concerns}> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <{WK.affects}> .".encode()
    other = Workshop(materials._replace(ontology=(*materials.ontology, ("ontology/more.ttl", axiom))))
    made = other.build(read_article(corpus, "a00002"))
    assert made.text is None
    assert "back-door" in {finding.shape for finding in made.findings}


def test_what_is_wrong_with_the_gazetteer_is_told_once_and_not_of_each_article(
    corpus: Path, materials: Materials
) -> None:
    folder = read_article(corpus, "a00002")
    texts = "".join(text.decode() for _, text in folder.files)
    (path, states), *_ = [file for file in materials.gazetteer if file[0].endswith("/state.ttl")]
    block = next(block for block in states.decode().split("\n\n") if block.startswith("id:") and _name(block) in texts)
    (code,) = [line for line in block.splitlines() if "skos:notation" in line]
    changed_files = tuple(
        (name, text.replace(f"{code}\n".encode(), b"") if name == path else text) for name, text in materials.gazetteer
    )
    other = Workshop(materials._replace(gazetteer=changed_files))
    findings = other.shared().findings
    assert [finding.shape for finding in findings] == ["shape:State-code"]
    assert [finding.shape for finding in other.build(folder).findings] == ["shape:State-code"]
    other.know(findings)
    made = other.build(folder)
    assert (made.findings, made.text is None) == ((), False)


def test_the_reference_engine_gives_the_same_text(corpus: Path, materials: Materials) -> None:
    folder = read_article(corpus, "a00002")
    texts = "".join(text.decode() for _, text in folder.files)
    blocks = [(path, block) for path, text in materials.gazetteer for block in text.decode().split("\n\n")]
    for _ in range(3):  # the things that are named, and those by which these are described: the reference is slow
        texts += "".join(block for _, block in blocks if _name(block) in texts)
    needed = {
        path: "\n\n".join(block for other, block in blocks if other == path and _name(block) in texts)
        for path, _ in materials.gazetteer
    }
    few = materials._replace(gazetteer=tuple((path, text.encode() + b"\n") for path, text in needed.items()))
    fast, reference = (Workshop(few, engine).build(folder) for engine in ("fast", "reference"))
    assert fast.text is not None
    assert fast == reference


def _name(block: str) -> str:
    """Return what a block of Turtle describes; what describes nothing is in every text."""
    return block.partition("\n")[0] + " " if block.startswith("id:") else ""


# ---- a whole build ----


def test_all_runners_give_the_same_bytes(corpus: Path, built: Path, unchecked: None, tmp_path: Path) -> None:
    summary = build(corpus, tmp_path / "two", processes, workers=2)
    assert (summary.articles, summary.built, summary.failed) == (6, 6, 2)
    assert read(tmp_path / "two") == read(built)
    assert len([path for path in read(built) if path.startswith("parts/")]) == 4


def test_compressed_parts_hold_the_same_and_are_the_same_each_time(
    corpus: Path, built: Path, unchecked: None, tmp_path: Path
) -> None:
    for name in ("one", "again"):
        build(corpus, tmp_path / name, here, compress=True)
    one = read(tmp_path / "one")
    assert one == read(tmp_path / "again")
    packed = {path.removesuffix(".gz"): gzip.decompress(raw) for path, raw in one.items() if path.endswith(".gz")}
    assert packed == {path: raw for path, raw in read(built).items() if path.endswith(".nq")}


def test_the_checksums_are_those_of_the_files(built: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=built, capture_output=True)
    assert done.returncode == 0, done.stdout
    listed = {line.partition("  ")[2] for line in (built / SUMS).read_text().splitlines()}
    assert listed == set(read(built)) - {SUMS, MANIFEST}


def test_the_manifest_counts_what_is_there(built: Path) -> None:
    manifest = json.loads((built / MANIFEST).read_text())
    lines = [raw.count(b"\n") for path, raw in read(built).items() if path.endswith(".nq")]
    assert sum(manifest["triples"].values()) == sum(lines)
    assert (manifest["articles"], manifest["failed"]) == (6, 2)


def test_failures_are_listed_with_place_and_message(built: Path) -> None:
    findings = [json.loads(line) for line in (built / FINDINGS).read_text().splitlines()]
    assert [(each["article"], each["severity"]) for each in findings] == [
        ("a00001", "violation"),
        ("a00004", "violation"),
    ]
    assert [each["file"] for each in findings] == ["articles/a00001/claims.ttl", "articles/a00004/article.ttl"]
    assert all(each["line"] and each["message"] for each in findings)


def test_nothing_is_built_twice(corpus: Path, built: Path, again: Path) -> None:
    assert build(corpus, again, here).built == 0
    assert read(again) == read(built)


def test_only_what_changed_is_built_anew(unchecked: None, source: Path, again: Path, tmp_path: Path) -> None:
    gist = source / "articles" / "a00002" / "article.ttl"
    gist.write_text(gist.read_text("utf-8").replace('."@en', ' more."@en', 1), "utf-8")
    shutil.rmtree(source / "articles" / "a00005")
    shutil.copytree(source / "articles" / "a00003", source / "articles" / "b")
    summary = build(source, again, here)
    assert summary.built == 2
    build(source, tmp_path / "fresh", here)
    assert read(again) == read(tmp_path / "fresh")
    assert summary.failed == 2
    assert {each["rule"] for each in summary.findings if each["article"] == "b"} == {"article"}


def test_another_gazetteer_makes_everything_anew(unchecked: None, source: Path, again: Path) -> None:
    path = source / "gazetteer" / "city.ttl"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert build(source, again, here).built == 6


def test_a_part_that_is_lost_is_built_again(unchecked: None, corpus: Path, built: Path, again: Path) -> None:
    lost = next(path for path in read(again) if path.startswith("parts/"))
    (again / lost).unlink()
    assert build(corpus, again, here).built == 1
    assert read(again) == read(built)


def test_a_torn_line_of_the_journal_counts_for_nothing(unchecked: None, corpus: Path, built: Path, again: Path) -> None:
    lines = (again / "articles.jsonl").read_text("utf-8").splitlines(keepends=True)
    (again / "articles.jsonl").unlink()
    (again / JOURNAL).write_text("".join(lines[:3]) + lines[3][:40], "utf-8")
    assert build(corpus, again, here).built == 4
    assert read(again) == read(built)


def test_an_older_part_is_not_taken_for_one_that_was_overwritten(
    unchecked: None, source: Path, built: Path, again: Path
) -> None:
    """A build with another gazetteer is killed after it wrote a part, and then the old gazetteer comes back."""
    path = source / "gazetteer" / "city.ttl"
    text = path.read_text("utf-8")
    path.write_text(text + "\n", "utf-8")

    class Killed(Exception):
        pass

    def overwrite(task: Task, jobs: Iterable[Job], workers: int) -> Iterator[Record]:
        for job in jobs:
            part = task.out / part_name(job.folder.name, compress=False)
            if part.exists():
                part.write_bytes(b"x" * part.stat().st_size)
                raise Killed
        yield from ()

    with pytest.raises(Killed):
        build(source, again, overwrite)
    path.write_text(text, "utf-8")
    build(source, again, here)
    assert read(again) == read(built)


@pytest.mark.parametrize(("runner", "moments"), [("here", [1]), ("process", [2, 4])])
def test_a_build_that_is_killed_goes_on_where_it_was(
    corpus: Path, built: Path, tmp_path: Path, runner: str, moments: list[int]
) -> None:
    out, chance = tmp_path / "out", random.Random(runner)
    command = [sys.executable, "-m", "wakhan", "corpus", "build", str(corpus), "-o", str(out), "--workers", "2"]
    command += ["--runner", runner, "--fail-on", "never"]
    _with_what_all_share(built, out)
    for wanted in moments:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while process.poll() is None and len(list((out / PARTS).rglob("*.nq"))) < wanted:
            time.sleep(0.005)
        time.sleep(chance.random() * 0.05)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert read(out) == read(built)


def _with_what_all_share(built: Path, out: Path) -> None:
    """Begin a build where the gazetteer is checked, which takes most of the time, and nothing else is done."""
    out.mkdir()
    shutil.copy(built / "shared.nq", out)
    shared = next(line for line in (built / "articles.jsonl").read_text("utf-8").splitlines() if '"name": ""' in line)
    (out / JOURNAL).write_text(f"{shared}\n", "utf-8")


def test_a_worker_that_is_killed_is_told_and_what_was_done_stays(unchecked: None, corpus: Path, tmp_path: Path) -> None:
    def kill(done: int, of: int, name: str) -> None:
        import multiprocessing

        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)

    with pytest.raises(WakhanError, match="a worker was killed"):
        build(corpus, tmp_path / "out", processes, workers=1, progress=kill)
    assert (tmp_path / "out" / JOURNAL).read_text("utf-8").count('"key"') >= 2


def test_two_builds_do_not_write_to_one_folder_at_once(corpus: Path, again: Path, materials: Materials) -> None:
    def meanwhile(task: Task, jobs: Iterable[Job], workers: int) -> Iterator[Record]:
        with pytest.raises(UsageError, match="another build"):
            build(corpus, again, here)
        yield from here(task, jobs, workers)

    assert build(corpus, again, meanwhile).built == 0


def test_a_folder_of_others_is_not_built_into(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(UsageError, match=r"letter\.txt"):
        build(corpus, tmp_path, here)
    with pytest.raises(UsageError, match="no corpus here"):
        build(tmp_path, tmp_path / "out", here)


def test_the_names_of_articles_are_sorted_and_hidden_folders_are_none(source: Path) -> None:
    (source / "articles" / ".git").mkdir()
    (source / "articles" / "A").mkdir()
    assert article_names(source)[:2] == ["A", "a00001"]
    assert read_article(source, "A").error is not None


# ---- the command ----


def wakhan(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["corpus", *words], prog_name="wakhan")
    return result.exit_code, result.output


def test_the_command_generates_builds_and_joins(unchecked: None, tmp_path: Path) -> None:
    source, out = str(tmp_path / "source"), str(tmp_path / "out")
    status, text = wakhan("generate", source, "--articles", "2", "--scale", "0.05", "--broken", "1")
    assert (status, text.splitlines()[0]) == (0, "a00001: a file that is no Turtle")
    status, text = wakhan("build", source, "-o", out, "--runner", "here")
    assert status == 1
    assert "articles/a00001/claims.ttl:" in text
    assert wakhan("build", source, "-o", out, "--runner", "here", "--fail-on", "never")[0] == 0
    status, text = wakhan("join", out)
    assert (status, text.splitlines()[-1]) == (0, "0 contradictions between articles")


def test_misuse_is_told_in_a_line(tmp_path: Path) -> None:
    status, text = wakhan("build", str(tmp_path), "-o", str(tmp_path / "out"))
    assert (status, text.count("Traceback")) == (2, 0)
    assert "no corpus here" in text
    assert wakhan("join", str(tmp_path))[0] == 2
