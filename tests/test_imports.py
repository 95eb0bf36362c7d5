"""Imports are found beside the file that asks for them, by what the files say of themselves, and nowhere else."""

from pathlib import Path

from rdflib import Graph

from wakhan.errors import WakhanError
from wakhan.imports import CATALOG, with_imports

HEAD = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"


def write(folder: Path, **texts: str) -> dict[str, Path]:
    paths = {}
    for name, text in texts.items():
        paths[name] = folder / f"{name}.ttl"
        paths[name].write_text(HEAD + text, encoding="utf-8")
    return paths


def read(path: Path) -> Graph:
    try:
        return Graph().parse(path, format="turtle")
    except Exception as error:
        raise WakhanError("broken", path=path) from error


def resolve(first: Path) -> tuple[list[str], list[str]]:
    found, lost = with_imports({first: read(first)}, read, sorted(first.parent.glob("*.ttl")))
    return [path.stem for path in found], [str(iri) for iri in lost]


def test_imports_of_imports_are_followed_each_once(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        a="<https://e.org/a> a owl:Ontology ; owl:imports <https://e.org/b> , <https://e.org/c/1.0> .",
        b="<https://e.org/b> a owl:Ontology ; owl:imports <https://e.org/a> , <https://e.org/c/1.0> .",
        c="<https://e.org/c> a owl:Ontology ; owl:versionIRI <https://e.org/c/1.0> .",
        d="<https://e.org/d> a owl:Ontology .",
    )
    assert resolve(paths["a"]) == (["a", "b", "c"], [])


def test_what_is_only_mentioned_is_not_taken_for_the_import(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        a="<https://e.org/a> owl:imports <https://e.org/core> .",
        b="<https://e.org/b> a owl:Ontology ; owl:priorVersion <https://e.org/core> .",
    )
    assert resolve(paths["a"]) == (["a"], ["https://e.org/core"])


def test_a_catalog_and_an_address_lead_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    far = write(tmp_path / "lib", x="<urn:x> a owl:Ontology .", y="<urn:y> a owl:Ontology .")
    (tmp_path / CATALOG).write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><uri name="https://e.org/x" uri="lib/x.ttl"/>'
        '<uri name="https://e.org/z" uri="https://e.org/z.ttl"/></catalog>'
    )
    y = far["y"].resolve().as_uri()
    paths = write(tmp_path, a=f"<urn:a> owl:imports <https://e.org/x> , <https://e.org/z> , <{y}> .")
    assert resolve(paths["a"]) == (["a", "y", "x"], ["https://e.org/z"])


def test_an_address_of_what_is_no_rdf_is_lost(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("")
    there, far = (tmp_path / "x.txt").as_uri(), (tmp_path / "a.ttl").as_uri().replace("file://", "file://far")
    paths = write(tmp_path, a=f"<urn:a> owl:imports <{there}> , <{far}> .")
    assert resolve(paths["a"]) == (["a"], sorted([there, far]))


def test_a_broken_file_beside_it_does_no_harm(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        a="<urn:a> owl:imports <https://e.org/core> .",
        b="<https://e.org/core> a owl:Ontology",
        c="<https://e.org/core> a owl:Ontology .",
    )
    assert resolve(paths["a"]) == (["a", "c"], [])
    (tmp_path / CATALOG).write_text("<catalog")
    assert resolve(paths["a"]) == (["a", "c"], [])
