"""Where a release comes from, in PROV: which files went in, what was done, and which files came out."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Graph, Literal, URIRef

import wakhan
from wakhan.dataset import Dataset
from wakhan.metadata.about import HOME, About
from wakhan.metadata.dcat import checksum
from wakhan.metadata.vocabulary import SPDX, graph_for, typed

if TYPE_CHECKING:
    from wakhan.release import Distribution

NAME = "prov.ttl"
"""The file of the provenance."""


def provenance(about: About, dataset: Dataset, distributions: Sequence["Distribution"]) -> Graph:
    """Return where each file of a release comes from.

    No time is told but the day of issue: the same sources give the same files on any day.

    Args:
        about: What the dataset says of itself.
        dataset: The sources.
        distributions: The files of the release.

    Raises:
        OSError: A source is gone.
    """
    graph = graph_for({"file": str(about.node(NAME, ""))})
    activity = typed(graph, about.node(NAME, "export"), PROV.Activity)
    graph.add((activity, RDFS.label, Literal("wakhan export", lang="en")))
    agent = _software(graph)
    graph.add((activity, PROV.wasAssociatedWith, agent))
    for path, name in _sources(dataset):
        graph.add((activity, PROV.used, _source(graph, about, path, name)))
    for file in distributions:
        entity = typed(graph, about.file(file.name), PROV.Entity)
        graph.add((entity, RDFS.label, Literal(file.title, lang="en")))
        graph.add((entity, PROV.wasGeneratedBy, activity))
        graph.add((entity, PROV.wasAttributedTo, agent))
        digest = hashlib.sha256(file.content).hexdigest()
        graph.add((entity, SPDX.checksum, checksum(graph, about.node(NAME, f"{file.name}-sha256"), digest)))
    _whole(graph, about, activity)
    return graph


def _whole(graph: Graph, about: About, activity: URIRef) -> None:
    """Say that the dataset comes from the article."""
    graph.add((about.iri, RDF.type, PROV.Entity))
    graph.add((about.iri, PROV.wasGeneratedBy, activity))
    if about.issued is not None:
        graph.add((about.iri, DCTERMS.issued, Literal(about.issued, datatype=XSD.date)))
    if about.article is not None:
        iri, name = about.article
        graph.add((typed(graph, iri, PROV.Entity), RDFS.label, Literal(name, lang="en")))
        graph.add((about.iri, PROV.wasDerivedFrom, iri))


def _software(graph: Graph) -> URIRef:
    """Return the version of Wakhan that made the release; its address is that of the package's versions."""
    agent = typed(graph, f"{HOME}data/{NAME}#wakhan-{quote(wakhan.__version__, safe='')}", PROV.SoftwareAgent)
    graph.add((agent, RDFS.label, Literal(f"Wakhan {wakhan.__version__}", lang="en")))
    graph.add((agent, DCTERMS.hasVersion, Literal(wakhan.__version__)))
    return agent


def _sources(dataset: Dataset) -> list[tuple[Path, str]]:
    """Return the files that a release is made from, with their names within a dataset."""
    read = dataset.sources
    groups = {
        "data": (read.files, dataset.root / "data"),
        "ontology": (read.ontology_files, min(read.ontology_files).parent),
        "ontology/shapes": (read.shape_files, min(read.shape_files).parent),
        "queries": ([query.path for query in dataset.queries.values()], read.queries),
    }
    found = [
        (path, f"{name}/{path.relative_to(top).as_posix()}") for name, (paths, top) in groups.items() for path in paths
    ]
    return sorted(found, key=lambda pair: pair[1])


def _source(graph: Graph, about: About, path: Path, name: str) -> URIRef:
    entity = typed(graph, about.node(NAME, quote(f"source-{name}")), PROV.Entity)
    graph.add((entity, RDFS.label, Literal(name)))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    graph.add((entity, SPDX.checksum, checksum(graph, URIRef(f"{entity}-sha256"), digest)))
    return entity
