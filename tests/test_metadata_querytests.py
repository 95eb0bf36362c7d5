"""The suite of query tests runs out of the folder of a release alone, as a runner of the W3C's would run it."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

import wakhan
from wakhan.dataset import Dataset
from wakhan.errors import WakhanError
from wakhan.metadata.editions import editions
from wakhan.metadata.querytests import FOLDER, suite
from wakhan.metadata.vocabulary import MF, QT
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]
Solution = frozenset[tuple[str, str]]

ROOT = Path(__file__).parents[1]
LOST_BY_RDFLIB = ["central-asian-members/alliance-four-party-security-mechanism"]
"""rdflib loses rows in which an OPTIONAL finds nothing for a variable of a VALUES block; other engines keep them."""

TINY_ANSWER = "member,alliance\r\nhttps://w3id.org/wakhan/id/arland,https://w3id.org/wakhan/id/pact\r\n"


@pytest.fixture(scope="module")
def folder(real_files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release with nothing in it but the files that the suite needs."""
    out = tmp_path_factory.mktemp("dist")
    for file in real_files[1]:
        if file.name in ("wakhan.ttl", "wakhan-inferred.ttl"):
            (out / file.name).write_bytes(file.content)
    for name, text in suite(*real_files, editions(real_files[1])).items():
        path = out / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return out


def entries(folder: Path) -> list[tuple[str, Path, Path, Path]]:
    """Return name, query, data and result of each test, all resolved against the manifest as the standard says."""
    path = folder / FOLDER / "manifest.ttl"
    graph = Graph().parse(path, publicID=path.as_uri())
    (manifest,) = graph.subjects(RDF.type, MF.Manifest)
    assert str(manifest) == path.as_uri()
    found = []
    for entry in graph.items(next(graph.objects(manifest, MF.entries))):
        assert (entry, RDF.type, MF.QueryEvaluationTest) in graph
        action = graph.value(entry, MF.action)
        parts = [graph.value(action, QT.query), graph.value(action, QT.data), graph.value(entry, MF.result)]
        query, data, result = (Path(str(part).removeprefix("file://")) for part in parts)
        found.append((str(graph.value(entry, MF.name)), query, data, result))
    return found


def term(value: dict[str, Any]) -> str:
    """Return a term of the JSON results as N-Triples."""
    if value["type"] == "uri":
        return URIRef(value["value"]).n3()
    datatype = value.get("datatype")
    text, kind = value["value"], None if datatype is None else URIRef(datatype)
    return number(Literal(text, lang=value.get("xml:lang"), datatype=kind, normalize=False).n3())


def number(text: str) -> str:
    """Return a decimal without zeros at its end: Oxigraph writes 41.0 as 41, which is the same value."""
    return re.sub(
        r'^"(-?\d+)(?:(\.\d*?)0*)?"(?=\^\^<.*#decimal>$)', lambda m: f'"{m[1]}{(m[2] or "").rstrip(".")}"', text
    )


def expected(path: Path) -> "Counter[Solution]":
    rows = json.loads(path.read_text(encoding="utf-8"))["results"]["bindings"]
    return Counter(frozenset((name, term(value)) for name, value in row.items()) for row in rows)


def by_oxigraph(store: ox.Store, query: str) -> "Counter[Solution]":
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = ([(name, row[name]) for name in names] for row in solutions)
    return Counter(frozenset((name, number(str(value))) for name, value in row if value is not None) for row in rows)


def by_rdflib(graph: Graph, query: str) -> "Counter[Solution]":
    def n3(node: Node) -> str:
        plain = isinstance(node, Literal) and str(node.datatype).endswith("#string")
        return Literal(str(node)).n3() if plain else number(node.n3())

    result = graph.query(query)
    return Counter(frozenset((str(name), n3(value)) for name, value in row.items()) for row in result.bindings)


def test_there_is_a_test_for_each_stored_answer(folder: Path) -> None:
    stored = list((ROOT / "tests/queries").glob("*/*.csv"))
    found = entries(folder)
    assert len(found) == len(stored) > 100
    assert len({name for name, *_ in found}) == len(found)


def test_every_test_passes_on_oxigraph(folder: Path) -> None:
    stores: dict[Path, ox.Store] = {}
    for name, query, data, result in entries(folder):
        if data not in stores:
            stores[data] = ox.Store()
            stores[data].bulk_load(path=data, format=ox.RdfFormat.TURTLE)
        assert by_oxigraph(stores[data], query.read_text(encoding="utf-8")) == expected(result), name
    assert len(stores) == 2


def test_a_test_of_each_query_passes_on_rdflib(folder: Path) -> None:
    graphs: dict[Path, Graph] = {}
    failed = []
    first = {entry[0].split("/")[0]: entry for entry in reversed(entries(folder))}
    for name, query, data, result in first.values():
        if data not in graphs:
            graphs[data] = Graph("SimpleMemory").parse(data)
        if by_rdflib(graphs[data], query.read_text(encoding="utf-8")) != expected(result):
            failed.append(name)
    assert failed == LOST_BY_RDFLIB


def test_a_wrong_answer_would_be_noticed(folder: Path) -> None:
    name, query, data, _ = entries(folder)[0]
    other = next(result for each, _, _, result in entries(folder) if each.split("/")[0] != name.split("/")[0])
    store = ox.Store()
    store.bulk_load(path=data, format=ox.RdfFormat.TURTLE)
    assert by_oxigraph(store, query.read_text(encoding="utf-8")) != expected(other)


def tiny_suite(root: Path, answer: str) -> dict[str, str]:
    path = root / "tests/queries/members/default.csv"
    path.parent.mkdir(parents=True)
    path.write_text(answer)
    text = "".join(path.read_text() for path in sorted(root.glob("data/**/*.ttl")))
    file = Distribution("w.ttl", "W", "asserted", "turtle", "text/turtle", text.encode())
    return suite(wakhan.load(root), [file], editions([file]))


def test_files_are_named_after_query_and_values(tiny_root: Path) -> None:
    made = tiny_suite(tiny_root, TINY_ANSWER)
    assert list(made) == ["manifest.ttl", "members/default.rq", "members/default.srj"]
    assert made["members/default.rq"].startswith("# Who is a member of an alliance?\n\nPREFIX wk:")
    assert "<../w.ttl>" in made["manifest.ttl"]


def test_an_answer_that_is_not_the_stored_one_stops_the_release(tiny_root: Path) -> None:
    with pytest.raises(WakhanError, match="not what the query answers") as caught:
        tiny_suite(tiny_root, TINY_ANSWER.replace("arland", "borland"))
    assert caught.value.path == tiny_root / "tests/queries/members/default.csv"


def test_without_stored_answers_there_is_no_suite(tiny_root: Path) -> None:
    assert suite(wakhan.load(tiny_root), [], {}) == {}
