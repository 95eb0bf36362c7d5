"""Any RDF is checked against any shapes: what is read, what is inferred first, and what is said of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wakhan.check import check_files
from wakhan.errors import UsageError, WakhanError
from wakhan.files import Unreadable

PREFIXES = """@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
NEEDS_NAME = ":S a sh:NodeShape ; sh:targetClass :Town ; sh:property [ sh:path :name ; sh:minCount 1 ] ."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    write(tmp_path, "data/a.ttl", ":a a :Town .")
    write(tmp_path, "data/b.ttl", ":b a :City .")
    write(tmp_path, "shapes.ttl", NEEDS_NAME)
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


def focus_nodes(*args: object, **options: object) -> list[str]:
    return [finding.focus for finding in check_files(*args, **options).findings]  # type: ignore[arg-type]


def test_a_folder_stands_for_its_files(folder: Path) -> None:
    report = check_files([folder / "data"], [folder / "shapes.ttl"])
    assert [finding.focus for finding in report.findings] == [":a"]
    assert [path.name for path in report.files] == ["a.ttl", "b.ttl"]
    assert focus_nodes([folder / "data" / "*.ttl"], [folder]) == [":a"]


def test_the_ontology_tells_of_subclasses(folder: Path) -> None:
    onto = write(folder, "onto.ttl", ":City a owl:Class ; rdfs:subClassOf :Town . :Town a owl:Class .")
    assert focus_nodes([folder / "data"], [folder / "shapes.ttl"], [onto]) == [":a", ":b"]


@pytest.mark.parametrize(("reason", "found"), [("none", []), ("rdfs", [":c"]), ("owl2rl", [":c", ":d"])])
def test_what_is_inferred_is_checked_if_asked_for(folder: Path, reason: str, found: list[str]) -> None:
    onto = write(
        folder,
        "onto.ttl",
        ":mayor a owl:ObjectProperty ; rdfs:domain :Town ; owl:inverseOf :mayorOf . :Town a owl:Class .",
    )
    data = write(folder, "c.ttl", ":c :mayor :m . :n <https://example.org/mayorOf> :d .")
    assert focus_nodes([data], [folder / "shapes.ttl"], [onto], reason=reason) == found


def test_what_follows_about_blank_nodes_counts(folder: Path) -> None:
    onto = write(folder, "onto.ttl", ":called a owl:DatatypeProperty ; rdfs:subPropertyOf :name . :Town a owl:Class .")
    data = write(folder, "c.ttl", '[] a :Town ; :called "C" .')
    assert focus_nodes([data], [folder / "shapes.ttl"], [onto]) == ["a blank node"]
    assert focus_nodes([data], [folder / "shapes.ttl"], [onto], reason="owl2rl") == []


def test_rdfs_makes_no_values_of_its_own(folder: Path) -> None:
    rules = write(folder, "max.ttl", ":S sh:targetNode :x ; sh:property [ sh:path :q ; sh:maxCount 1 ] .")
    data = write(folder, "c.ttl", ":x :p 1 ; :q true .")
    assert focus_nodes([data], [rules], reason="rdfs") == []


@pytest.mark.parametrize("reason", ["none", "rdfs", "owl2rl"])
def test_what_the_ontology_says_of_instances_is_not_checked(folder: Path, reason: str) -> None:
    onto = write(
        folder,
        "onto.ttl",
        "@prefix x: <urn:x#> . :City a owl:Class ; rdfs:subClassOf :Town . :Town a owl:Class . :t a :City .",
    )
    rules = write(
        folder,
        "sparql.ttl",
        """:S sh:targetClass :Town ; sh:sparql [ sh:message "bad" ;
            sh:select "SELECT $this WHERE { $this a ?c . FILTER ( ?c != x:y ) }" ] .""",
    )
    data = write(folder, "c.ttl", ":c a :City .")
    assert set(focus_nodes([data], [rules], [onto], reason=reason)) == {":c"}


def test_rules_are_applied_in_the_order_of_the_file(folder: Path) -> None:
    rule = ":%s sh:targetClass :Town ; sh:rule [ a sh:TripleRule ; sh:subject sh:this ; "
    rule += "sh:predicate :%s ; sh:object %s ] ."
    first, second = rule % ("Z", "b", "[ sh:path :a ]"), rule % ("A", "c", "[ sh:path :b ]")
    wants = ":N sh:targetClass :Town ; sh:property [ sh:path :c ; sh:minCount 1 ] ."
    data = write(folder, "c.ttl", ":t a :Town ; :a 1 .")
    code = "import sys; from pathlib import Path; from wakhan.check import check_files; "
    code += "print(len(check_files([Path(sys.argv[1])], [Path(sys.argv[2])]).findings))"
    for text, number in ((first + second + wants, "0"), (second + first + wants, "1")):
        rules = write(folder, "rules.ttl", text)
        for seed in "012":
            done = subprocess.run(
                [sys.executable, "-c", code, str(data), str(rules)],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            )
            assert done.stdout.strip() == number


def test_shapes_may_stand_in_the_data(folder: Path) -> None:
    both = write(folder, "both.ttl", NEEDS_NAME + " :t a :Town .")
    assert focus_nodes([both]) == [":t"]


def test_no_shapes_are_misuse(folder: Path) -> None:
    with pytest.raises(UsageError, match="there are no shapes"):
        check_files([folder / "data"])


def test_shapes_that_look_at_nothing_are_told(folder: Path) -> None:
    report = check_files([folder / "data" / "b.ttl"], [folder / "shapes.ttl"])
    assert report.findings == ()
    assert any("no shape has anything to look at" in note for note in report.notes)
    assert check_files([folder / "data"], [folder / "shapes.ttl"]).notes == ()


def test_imports_are_read_from_beside_and_the_lost_are_told(folder: Path) -> None:
    (folder / "data" / "b.ttl").unlink()
    write(folder, "more.ttl", "<urn:more> a owl:Ontology . :T sh:targetClass :Town ; sh:closed true .")
    rules = write(
        folder, "first.ttl", "<urn:first> a owl:Ontology ; owl:imports <urn:more> , <urn:lost> . " + NEEDS_NAME
    )
    report = check_files([folder / "data"], [rules])
    assert sorted(finding.component for finding in report.findings) == [
        "sh:ClosedConstraintComponent",
        "sh:MinCountConstraintComponent",
    ]
    assert report.notes == ("the import <urn:lost> was not found in a file on this machine",)


def test_files_may_speak_of_themselves(folder: Path) -> None:
    rules = write(folder, "first.ttl", "<> a owl:Ontology ; owl:imports <second.ttl> , <> .")
    write(folder, "second.ttl", "<> a owl:Ontology . <#S> sh:targetNode <data/a.ttl> ; sh:closed true .")
    data = write(folder, "data/a.ttl", "<> :p 1 .")
    (finding,) = check_files([data], [rules]).findings
    assert finding.place == (data, 5, 4, 5, 6)


def test_a_term_that_the_ontology_lacks_is_a_warning_with_what_was_meant(folder: Path) -> None:
    onto = write(folder, "onto.ttl", ":Town a owl:Class . :name a owl:DatatypeProperty .")
    data = write(folder, "c.ttl", ':c a :Town ; :name "C" . :d a :Towm ; :nmae "D" ; <urn:else> 1 .')
    report = check_files([data], [folder / "shapes.ttl"], [onto])
    told = [(finding.severity, finding.hint, finding.place and finding.place.column) for finding in report.findings]
    assert sorted(told) == [("warning", "Did you mean :Town?", 31), ("warning", "Did you mean :name?", 39)]


def test_syntax_errors_of_all_files_are_told_at_once(folder: Path) -> None:
    write(folder, "data/c.ttl", ":c a .")
    (folder / "data" / "d.nt").write_text("<urn:a> <urn:b> .\n")
    with pytest.raises(Unreadable) as caught:
        check_files([folder / "data"], [folder / "shapes.ttl"])
    report = caught.value.report()
    assert [(f.place.path.name, f.place.line) for f in report.findings if f.place] == [("c.ttl", 5), ("d.nt", 1)]
    assert report.counts["violation"] == 2


def test_a_shape_that_cannot_be_used_is_placed(folder: Path) -> None:
    rules = write(folder, "bad.ttl", '\n:S a sh:NodeShape ; sh:targetClass :Town ; sh:minLength "x" .')
    with pytest.raises(WakhanError, match="cannot be used") as caught:
        check_files([folder / "data"], [rules])
    assert (caught.value.path, caught.value.line) == (rules, 6)


def test_more_results_than_wanted_are_counted(folder: Path) -> None:
    data = write(folder, "many.ttl", " ".join(f":t{n} a :Town ." for n in range(50)))
    report = check_files([data], [folder / "shapes.ttl"], limit=7)
    assert (len(report.findings), report.counts["violation"], report.left_out) == (7, 50, 43)


def test_there_must_be_something_to_read(folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(WakhanError, match="no RDF file in this folder"):
        check_files([folder / "empty"], [folder / "shapes.ttl"])
    with pytest.raises(WakhanError, match="there is no such file"):
        check_files([folder / "none.ttl"], [folder / "shapes.ttl"])
    with pytest.raises(UsageError, match="no file matches"):
        check_files([folder / "*.trig"], [folder / "shapes.ttl"])
