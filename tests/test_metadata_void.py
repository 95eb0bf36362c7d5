"""The statistics tell of each edition what its triples hold, and where its links lead."""

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, Graph, URIRef

from wakhan.dataset import Dataset
from wakhan.metadata.about import about
from wakhan.metadata.canonical import canonical_hash
from wakhan.metadata.editions import editions
from wakhan.metadata.vocabulary import SPDX, VOID
from wakhan.metadata.void import void
from wakhan.names import WK
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]

FILE = "https://w3id.org/wakhan/data/void.ttl#"


@pytest.fixture(scope="module")
def triples(real_files: Files) -> dict[str, ox.Dataset]:
    return editions(real_files[1])


@pytest.fixture(scope="module")
def graph(real_files: Files, triples: dict[str, ox.Dataset]) -> Graph:
    hashes = {name: canonical_hash(each) for name, each in triples.items()}
    return void(about(real_files[0]), real_files[1], triples, hashes)


def test_each_edition_is_a_subset_with_its_numbers_and_files(graph: Graph, triples: dict[str, ox.Dataset]) -> None:
    dataset = URIRef("https://w3id.org/wakhan/dataset")
    assert set(graph.objects(dataset, VOID.subset)) == {URIRef(FILE + name) for name in triples}
    assert set(triples) == {"asserted", "inferred", "facts", "ontology", "shapes"}
    for name, each in triples.items():
        iri = URIRef(FILE + name)
        assert str(graph.value(iri, VOID.triples)) == str(len(each))
        assert len(set(graph.objects(iri, VOID.dataDump))) == 2
        checksum = graph.value(iri, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == canonical_hash(each)


def test_only_files_with_the_triples_of_the_edition_are_its_dumps(
    real_files: Files, triples: dict[str, ox.Dataset]
) -> None:
    table = Distribution("c.csv", "C", "facts", "claims-csv", "text/csv", b"")
    twelve = Distribution("c.ttl", "C", "facts", "turtle12", "text/turtle", b"")
    found = void(about(real_files[0]), [*real_files[1], table, twelve], triples, dict.fromkeys(triples, "00"))
    dumps = {str(dump).rpartition("/")[2] for dump in found.objects(URIRef(f"{FILE}facts"), VOID.dataDump)}
    assert dumps == {"wakhan-facts.nt", "wakhan-facts.ttl"}


def test_partitions_add_up_to_the_whole(graph: Graph) -> None:
    for name in ("asserted", "inferred", "facts", "ontology", "shapes"):
        iri = URIRef(FILE + name)
        parts = list(graph.objects(iri, VOID.propertyPartition))
        assert sum(int(str(graph.value(part, VOID.triples))) for part in parts) == int(
            str(graph.value(iri, VOID.triples))
        )
        assert len(set(graph.objects(iri, VOID.classPartition))) == int(str(graph.value(iri, VOID.classes)))


def test_a_property_tells_its_subjects_and_objects(real_files: Files, graph: Graph) -> None:
    part = URIRef(f"{FILE}facts-property-wk-memberOf")
    data = real_files[0].sources.data
    numbers = [len(set(data.subjects(WK.memberOf))), len(set(data.objects(None, WK.memberOf)))]
    assert numbers[0] != numbers[1]
    assert [int(str(graph.value(part, p))) for p in (VOID.distinctSubjects, VOID.distinctObjects)] == numbers


def test_claims_are_a_partition_with_their_properties(graph: Graph) -> None:
    part = URIRef(f"{FILE}asserted-class-wk-Claim")
    assert graph.value(part, VOID["class"]) == WK.Claim
    assert str(graph.value(part, VOID.entities)) == "325"
    speaker = URIRef(f"{FILE}asserted-class-wk-Claim-wk-speaker")
    assert speaker in set(graph.objects(part, VOID.propertyPartition))
    assert str(graph.value(speaker, VOID.triples)) == "325"
    facts = {graph.value(part, VOID["class"]) for part in graph.objects(URIRef(f"{FILE}facts"), VOID.classPartition)}
    assert WK.State in facts
    assert WK.Claim not in facts


@pytest.mark.parametrize(
    ("slug", "space"),
    [("wikidata", "http://www.wikidata.org/entity/"), ("geonames", "https://sws.geonames.org/")],
)
def test_links_to_others_are_counted(real_files: Files, graph: Graph, slug: str, space: str) -> None:
    links = URIRef(f"{FILE}asserted-schema-sameAs-{slug}")
    data = real_files[0].sources.data
    wanted = [o for o in data.objects(None, URIRef("https://schema.org/sameAs")) if str(o).startswith(space)]
    assert str(graph.value(links, VOID.triples)) == str(len(wanted)) != "0"
    target = graph.value(links, VOID.objectsTarget)
    assert str(graph.value(target, VOID.uriSpace)) == space
    assert str(graph.value(target, DCTERMS.title)).lower() == slug


def test_examples_and_vocabularies_are_in_the_edition(graph: Graph, triples: dict[str, ox.Dataset]) -> None:
    iri = URIRef(f"{FILE}asserted")
    subjects = {str(quad.subject) for quad in triples["asserted"]}
    examples = {f"<{example}>" for example in graph.objects(iri, VOID.exampleResource)}
    assert len(examples) == 3
    assert examples <= subjects
    used = {quad.predicate.value for quad in triples["asserted"]}
    assert all(any(prop.startswith(str(v)) for v in graph.objects(iri, VOID.vocabulary)) for prop in used)
