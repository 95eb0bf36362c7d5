"""Reading a dataset: what is found, and what is said of files that cannot be read."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, URIRef

from wakhan.errors import UsageError, WakhanError
from wakhan.names import ID, SHAPE, WK
from wakhan.sources import find_root, load_sources, packaged_root, parse_turtle, read_text, read_turtle

MODULE = sys.modules[load_sources.__module__]

PREFIX = "@prefix ex: <https://example.org/> .\n"


def test_sources_hold_everything(tiny_root: Path) -> None:
    sources = load_sources(tiny_root)
    names = [path.relative_to(tiny_root).as_posix() for path in sources.files]
    assert names == ["data/actors.ttl", "data/article.ttl", "data/claims/p01.ttl", "data/events.ttl"]
    assert (ID.arland, WK.memberOf, ID.pact) in sources.data
    assert len(sources.data) == sum(len(graph) for graph in sources.files.values())
    assert dict(sources.data.namespaces())["claim"] == URIRef("https://w3id.org/wakhan/claim/")
    assert (WK.memberOf, RDF.type, WK.ClaimableProperty) in sources.ontology
    assert (SHAPE.Claim, None, None) in sources.shapes
    assert (SHAPE.Claim, None, None) not in sources.ontology
    assert sources.queries == tiny_root / "queries"
    assert sources.data is sources.data


def test_graph_has_only_the_prefixes_of_its_file() -> None:
    graph = parse_turtle(PREFIX + "ex:a ex:b ex:c .")
    assert [(prefix, str(iri)) for prefix, iri in graph.namespaces()] == [("ex", "https://example.org/")]


def test_root_is_found_from_a_folder_inside(tiny_root: Path) -> None:
    assert find_root(tiny_root / "data" / "claims") == tiny_root
    (tiny_root / "data" / "article.ttl").unlink()
    assert find_root(tiny_root) == tiny_root
    (tiny_root / "data" / "article.ttl").touch()
    (tiny_root / "ontology").rename(tiny_root / "elsewhere")
    assert find_root(tiny_root / "queries") == tiny_root


def test_root_is_found_from_the_current_folder(tiny_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny_root / "queries")
    assert find_root() == tiny_root


@pytest.mark.parametrize("module", ["src/wakhan/sources.py", "sources.py"], ids=["checkout", "wheel"])
def test_elsewhere_the_packaged_dataset_is_taken(tiny_root: Path, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    folder = tiny_root if module.startswith("src") else tiny_root.rename(tiny_root.parent / "dataset")
    monkeypatch.setattr(MODULE, "__file__", str((folder if folder == tiny_root else folder.parent) / module))
    elsewhere = tiny_root.parent / "elsewhere"
    (elsewhere / "data").mkdir(parents=True)
    assert find_root(elsewhere) == packaged_root() == folder
    (elsewhere / "data" / "my.ttl").write_text(PREFIX + "ex:a ex:b ex:c .", encoding="utf-8")
    sources = load_sources(elsewhere)
    assert (WK.Claim, RDF.type, None) in sources.ontology
    assert sources.queries == folder / "queries"


def test_package_without_dataset_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "__file__", str(tmp_path / "src" / "wakhan" / "sources.py"))
    with pytest.raises(WakhanError, match="has no dataset"):
        find_root(tmp_path)


def test_root_without_data_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="data/ is missing"):
        load_sources(tmp_path)


@pytest.mark.parametrize("folder", ["data", "ontology", "ontology/shapes"])
def test_empty_folder_is_an_error(tiny_root: Path, folder: str) -> None:
    (tiny_root / folder).rename(tiny_root / "elsewhere")
    (tiny_root / folder).mkdir()
    with pytest.raises(WakhanError, match="no Turtle file") as caught:
        load_sources(tiny_root)
    assert caught.value.path == tiny_root / folder


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\nex:a ex:b\n  wx:c .\n", 4, 'the prefix "wx:" is not declared'),
        ("ex:a ex:b ex:c\nex:d ex:e ex:f .\n", 3, "not Turtle: expected '.'"),
        ('ex:a ex:b """x\n\ny""" ;;; ex:d .\n', 4, "not Turtle: objectList expected"),
        ('ex:a ex:b ex:c .\nex:a ex:b "no end', 3, "not Turtle: unexpected end"),
        ("ex:a ex:b ex:c .\nex:a ex:b <other> .", 3, "relative IRI: <other>"),
        ("@prefix rel: <names#> .\nrel:a ex:b ex:c .", 2, "relative IRI: <names#>"),
        ("ex:a ex:b\n<https://example.org/a b> .", 3, "not an IRI: <https://example.org/a b>"),
        ('ex:a ex:b "1"^^<kind> .', 2, "relative IRI: <kind>"),
        ('ex:a ex:b "\\uD800" .', None, "half a character"),
        ("ex:a ex:b " + "[ ex:b " * 2000, None, "nested too deeply"),
    ],
)
def test_bad_turtle_is_an_error_with_its_line(tmp_path: Path, text: str, line: int | None, message: str) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(PREFIX + text, encoding="utf-8")
    with pytest.raises(WakhanError) as caught:
        read_turtle(path)
    assert message in caught.value.message
    assert (caught.value.path, caught.value.line) == (path, line)
    assert "base.invalid" not in str(caught.value)


def test_relative_iri_with_a_base_is_whole() -> None:
    graph = parse_turtle("@base <https://example.org/> . <a> <b> <c> .")
    assert set(graph.subjects()) == {URIRef("https://example.org/a")}


def test_not_utf8_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.ttl"
    path.write_bytes(PREFIX.encode() + 'ex:a ex:b "café" .\n'.encode("latin-1"))
    with pytest.raises(WakhanError, match="not UTF-8: byte 0xE9") as caught:
        read_turtle(path)
    assert (caught.value.path, caught.value.line) == (path, 2)


def test_missing_file_and_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(WakhanError, match="there is no such file"):
        read_turtle(tmp_path / "none.ttl")
    with pytest.raises(WakhanError, match="cannot be read"):
        read_turtle(tmp_path)


def test_byte_order_mark_and_crlf_are_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "windows.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + (PREFIX + 'ex:a ex:b """two\nlines""" .\n').replace("\n", "\r\n").encode())
    assert [str(value) for value in read_turtle(path).objects()] == ["two\nlines"]
    assert read_text(path).startswith("@prefix")
    assert "\r" not in read_text(path)


def test_ill_typed_literal_is_kept_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    text = 'ex:a ex:b "2021-13-01"^^<http://www.w3.org/2001/XMLSchema#date> .'
    assert [str(value) for value in parse_turtle(PREFIX + text).objects()] == ["2021-13-01"]
    assert capfd.readouterr().err == ""
    assert any(isinstance(handler, logging.NullHandler) for handler in logging.getLogger("rdflib").handlers)


def test_a_folder_that_cannot_be_read_is_an_error(tiny_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    iterdir = Path.iterdir

    def denied(path: Path) -> Iterator[Path]:  # root may read everything, so permissions cannot be taken away
        if path.name == "claims":
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(WakhanError, match="claims: cannot be read: Permission denied"):
        load_sources(tiny_root)


def test_shapes_are_the_packaged_ones_where_an_ontology_has_none(tiny_root: Path) -> None:
    (tiny_root / "ontology/shapes/tiny.ttl").unlink()
    (tiny_root / "ontology/shapes").rmdir()
    assert len(load_sources(tiny_root).shapes) > 1000
