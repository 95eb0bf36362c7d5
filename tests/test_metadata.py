"""The metadata of a release are whole, the same each time, and say nothing of the article's text."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph

import wakhan
from wakhan.dataset import Dataset
from wakhan.metadata import metadata, schemaorg
from wakhan.metadata.about import about
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]

SCRIPT = """
import hashlib, sys
from pathlib import Path
import wakhan
from wakhan.metadata import metadata
from wakhan.release import Distribution
text = Path(sys.argv[2]).read_bytes()
file = Distribution("a.nt", "A", "asserted", "ntriples", "application/n-triples", text)
turtle = Distribution("a.ttl", "A", "asserted", "turtle", "text/turtle", text)
for made in metadata(wakhan.load(sys.argv[1]), [file, turtle]):
    print(made.name, hashlib.sha256(made.content).hexdigest())
"""


def test_the_files_are_those_that_a_release_promises(real_metadata: dict[str, Distribution]) -> None:
    assert [name for name in real_metadata if "/" not in name] == [
        "dcat.ttl", "dcat.jsonld", "void.ttl", "schema-org.jsonld", "prov.ttl", "queries.ttl", "RDFC-1.0.txt",
    ]  # fmt: skip
    assert "query-tests/manifest.ttl" in real_metadata
    assert all(file.edition is None for file in real_metadata.values())


def test_search_engines_are_told_of_the_files_of_the_release_alone(
    real_files: Files, real_metadata: dict[str, Distribution]
) -> None:
    dataset, files = real_files
    assert schemaorg.description(about(dataset), files).encode() == real_metadata["schema-org.jsonld"].content


@pytest.mark.parametrize("name", ["dcat.ttl", "void.ttl", "prov.ttl", "queries.ttl"])
def test_every_node_has_an_iri(real_metadata: dict[str, Distribution], name: str) -> None:
    graph = Graph().parse(data=real_metadata[name].content, format="turtle")
    assert len(graph) > 100
    blank = {node for triple in graph for node in triple if isinstance(node, BNode)}
    lists = {node for node in blank if (node, None, None) in graph and "rest" in str(list(graph.predicates(node)))}
    assert blank == lists, "only a list of allowed values may have blank nodes"


def test_catalog_in_both_formats_says_the_same(real_metadata: dict[str, Distribution]) -> None:
    turtle = ox.Dataset(ox.parse(real_metadata["dcat.ttl"].content, format=ox.RdfFormat.TURTLE))
    assert turtle == ox.Dataset(ox.parse(real_metadata["dcat.jsonld"].content, format=ox.RdfFormat.JSON_LD))


def test_the_bytes_are_the_same_whatever_the_order_of_hashes(
    tiny_root: Path, real_files: Files, tmp_path: Path
) -> None:
    nt = next(file for file in real_files[1] if file.name == "wakhan.nt")
    (tmp_path / "wakhan.nt").write_bytes(nt.content)
    printed = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tiny_root), str(tmp_path / "wakhan.nt")],
            env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1
    assert len(printed.pop().splitlines()) == 7


def test_another_dataset_is_described_under_its_own_address(tiny_root: Path) -> None:
    for path in tiny_root.rglob("data/**/*.ttl"):
        path.write_text(path.read_text().replace("w3id.org/wakhan/article/", "example.org/mine/article/"))
    made = {file.name: file.content.decode() for file in metadata(wakhan.load(tiny_root), [])}
    assert "<https://example.org/mine/dataset>" in made["dcat.ttl"]
    assert "The Wakhan developers" not in made["dcat.ttl"]
    assert "query-tests/manifest.ttl" not in made


def test_nothing_in_the_metadata_is_a_bare_fact(real_files: Files, real_metadata: dict[str, Distribution]) -> None:
    """The files may be loaded together with the facts: they must not add one."""
    from wakhan.facts import bare_facts

    whole = Graph()
    for name in ("dcat.ttl", "void.ttl", "prov.ttl", "queries.ttl"):
        whole.parse(data=real_metadata[name].content, format="turtle")
    assert len(whole) > 1000
    assert not set(bare_facts(whole, real_files[0].sources.ontology))
