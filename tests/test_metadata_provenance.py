"""The provenance names every source and every file with its digest, and no time but the day of issue."""

import hashlib
from pathlib import Path

import pytest
from rdflib import PROV, RDF, RDFS, Graph, Literal, URIRef

import wakhan
from wakhan.dataset import Dataset
from wakhan.metadata.about import about
from wakhan.metadata.provenance import provenance
from wakhan.metadata.vocabulary import SPDX
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]

ROOT = Path(__file__).parents[1]
EXPORT = URIRef("https://w3id.org/wakhan/data/prov.ttl#export")


@pytest.fixture(scope="module")
def graph(real_files: Files) -> Graph:
    return provenance(about(real_files[0]), *real_files)


def digest(graph: Graph, entity: object) -> str:
    return str(graph.value(graph.value(URIRef(str(entity)), SPDX.checksum), SPDX.checksumValue))


def test_every_source_is_used_with_its_digest(graph: Graph) -> None:
    used = {str(graph.value(entity, RDFS.label)): entity for entity in graph.objects(EXPORT, PROV.used)}
    folders = {"data": "**/*.ttl", "ontology": "*.ttl", "ontology/shapes": "*.ttl", "queries": "**/*.rq"}
    paths = [path for folder, pattern in folders.items() for path in (ROOT / folder).glob(pattern)]
    assert set(used) == {path.relative_to(ROOT).as_posix() for path in paths}
    for name, entity in used.items():
        assert digest(graph, entity) == hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def test_every_file_was_generated_by_this_version(real_files: Files, graph: Graph) -> None:
    for file in real_files[1]:
        entity = URIRef(f"https://w3id.org/wakhan/data/{file.name}")
        assert (entity, PROV.wasGeneratedBy, EXPORT) in graph
        assert digest(graph, entity) == hashlib.sha256(file.content).hexdigest()
    (agent,) = graph.objects(EXPORT, PROV.wasAssociatedWith)
    assert (agent, RDF.type, PROV.SoftwareAgent) in graph
    assert (agent, RDFS.label, Literal(f"Wakhan {wakhan.__version__}", lang="en")) in graph


def test_the_dataset_comes_from_the_article(real_files: Files, graph: Graph) -> None:
    found = about(real_files[0])
    assert found.article is not None
    assert (found.iri, PROV.wasDerivedFrom, found.article[0]) in graph


def test_no_time_is_told_but_the_day_of_issue(graph: Graph) -> None:
    times = {str(o) for o in graph.objects() if isinstance(o, Literal) and str(o.datatype).endswith(("date", "Time"))}
    assert times == {"2026-11-22"}


def test_sources_of_another_folder_are_named_as_in_a_dataset(tiny_root: Path) -> None:
    dataset = wakhan.load(tiny_root)
    found = provenance(about(dataset), dataset, [])
    names = {str(found.value(entity, RDFS.label)) for entity in found.objects(EXPORT, PROV.used)}
    assert "data/claims/p01.ttl" in names
    assert "queries/alliances/members.rq" in names
    assert not any(str(tiny_root.parent) in str(term) for triple in found for term in triple)
