"""The catalog describes every file as it is, and follows the profile of the European data portals."""

import hashlib
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, RDF, RDFS, SH, XSD, Graph, Literal, URIRef

from wakhan.dataset import Dataset
from wakhan.export import EDITIONS
from wakhan.metadata.about import about
from wakhan.metadata.dcat import catalog
from wakhan.metadata.vocabulary import SPDX
from wakhan.names import new_graph
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]

SHAPES = Path(__file__).parents[1].parent / "shared/dcat-ap"
PROFILE = (
    "shacl_dcat-ap-SHACL", "html_shacl_shapes", "html_shacl_range", "html_shacl_deprecateduris",
    "html_shacl_shapes_recommended",
)  # fmt: skip
DATASET = URIRef("https://w3id.org/wakhan/dataset")


@pytest.fixture(scope="module")
def graph(real_files: Files) -> Graph:
    return catalog(about(real_files[0]), real_files[1])


def results(graph: Graph, name: str) -> list[str]:
    """Return what the shapes of DCAT-AP find, whatever its severity."""
    import pyshacl

    path = SHAPES / f"{name}.ttl"
    if not path.exists():
        pytest.skip(f"the shapes of DCAT-AP 3.0.1 are not at {SHAPES}; they are not part of the project")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, report, _ = pyshacl.validate(Graph() + graph, shacl_graph=Graph().parse(path))
    assert isinstance(report, Graph)
    found = report.subjects(RDF.type, SH.ValidationResult)
    return [f"{report.value(each, SH.focusNode)} {report.value(each, SH.resultPath)}" for each in found]


@pytest.mark.parametrize("name", PROFILE)
def test_the_shapes_of_dcat_ap_find_nothing(graph: Graph, name: str) -> None:
    assert results(graph, name) == []


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("html_shacl_shapes", DCTERMS.title),
        ("html_shacl_range", RDF.type),
        ("html_shacl_shapes_recommended", DCAT.theme),
    ],
)
def test_the_shapes_of_dcat_ap_can_find_something(graph: Graph, name: str, gone: URIRef) -> None:
    damaged = new_graph() + graph
    damaged.remove((DATASET, gone, None))
    assert results(damaged, name)


def test_each_file_has_a_distribution_that_tells_its_size_and_digest(real_files: Files, graph: Graph) -> None:
    found = list(graph.objects(DATASET, DCAT.distribution))
    assert len(found) == len(real_files[1]) == 10
    for file in real_files[1]:
        address = URIRef(f"https://w3id.org/wakhan/data/{file.name}")
        (iri,) = graph.subjects(DCAT.downloadURL, address)
        assert iri in found
        assert str(graph.value(iri, DCAT.byteSize)) == str(len(file.content))
        checksum = graph.value(iri, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == hashlib.sha256(file.content).hexdigest()
        assert graph.value(iri, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")


def test_a_format_without_a_name_in_the_european_list_has_that_of_iana(real_files: Files) -> None:
    odd = Distribution("a.hdt", "HDT", "facts", "hdt", "application/x-hdt", b"", URIRef("https://e.org/hdt"))
    found = catalog(about(real_files[0]), [odd])
    iri = URIRef("https://w3id.org/wakhan/data/dcat.ttl#a.hdt")
    assert str(found.value(iri, DCTERMS["format"])) == "https://www.iana.org/assignments/media-types/application/x-hdt"
    assert found.value(iri, DCTERMS.conformsTo) == URIRef("https://e.org/hdt")


def test_a_file_is_described_by_what_it_holds_itself(real_files: Files, graph: Graph) -> None:
    part = replace(real_files[1][0], name="part.csv", description="Only a part.")
    found = catalog(about(real_files[0]), [part])
    (iri,) = found.objects(DATASET, DCAT.distribution)
    assert str(found.value(iri, DCTERMS.description)) == "Only a part."
    for file in real_files[1]:
        (iri,) = graph.subjects(DCAT.downloadURL, URIRef(f"https://w3id.org/wakhan/data/{file.name}"))
        text = f"The whole edition {file.edition}: {EDITIONS[str(file.edition)]}."
        assert str(graph.value(iri, DCTERMS.description)) == text


def test_the_period_is_the_month_of_the_article_and_says_so(graph: Graph) -> None:
    (period,) = graph.objects(DATASET, DCTERMS.temporal)
    month = Literal("2021-07", datatype=XSD.gYearMonth)
    assert (graph.value(period, DCAT.startDate), graph.value(period, DCAT.endDate)) == (month, month)
    assert "article was published" in str(graph.value(period, RDFS.label))


def test_the_box_says_that_it_is_one_around_points(graph: Graph) -> None:
    assert "one point in each place" in str(graph.value(URIRef(f"{DATASET[:-7]}data/dcat.ttl#places"), RDFS.label))


def test_the_box_holds_every_place(real_files: Files, graph: Graph) -> None:
    text = str(graph.value(URIRef("https://w3id.org/wakhan/data/dcat.ttl#places"), DCAT.bbox))
    corners = [tuple(map(float, pair.split())) for pair in text[len("POLYGON((") : -2].split(", ")]
    longs, lats = [corner[0] for corner in corners], [corner[1] for corner in corners]
    places = about(real_files[0]).places
    assert corners[0] == corners[-1]
    assert len(places) > 10
    assert all(min(longs) <= place.longitude <= max(longs) for place in places)
    assert all(min(lats) <= place.latitude <= max(lats) for place in places)
