"""Read one of the two versions that are compared: the folder of a dataset, a folder of downloads, or one file."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, Graph

from wakhan.dataset import Dataset
from wakhan.denials import negative_assertions
from wakhan.diff.blank import named_by_content
from wakhan.errors import UsageError
from wakhan.export import STEMS
from wakhan.files import merged, read_sources
from wakhan.metadata.about import about
from wakhan.metadata.catalogue import NAME as QUERIES
from wakhan.metadata.catalogue import catalogue
from wakhan.names import bind, new_graph
from wakhan.rows import term_key


@dataclass(frozen=True)
class Version:
    """One version of a dataset; blank nodes are named by what is said of them.

    Attributes:
        name: Where it was read from.
        graph: Ontology and data as asserted, without the denials, which follow from the claims.
        shapes: What the data must contain; None if this version tells nothing of it.
        queries: The stored queries as RDF; None if this version tells nothing of them.
    """

    name: str
    graph: Graph
    shapes: Graph | None = None
    queries: Graph | None = None

    @property
    def number(self) -> str | None:
        """The number of the version, which the header of the ontology tells."""
        headers = self.graph.subjects(RDF.type, OWL.Ontology)
        numbers = [value for header in headers for value in self.graph.objects(header, OWL.versionInfo)]
        return None if not numbers else str(min(numbers, key=term_key))


def read_version(path: Path) -> Version:
    """Return the version in *path*.

    Args:
        path: The folder of a dataset; a folder of downloads, or of a site with downloads in ``data/``; or a file of
            RDF with the asserted edition.

    Raises:
        UsageError: It is none of these.
        WakhanError: A file cannot be read.
    """
    for folder in (path, path / "data"):
        if _file(folder, STEMS["asserted"]) is not None:
            return _of_downloads(path.as_posix(), folder)
    if (path / "data").is_dir():
        return _of_dataset(path)
    if path.is_dir():
        hint = f"Name a folder with data/, one with {STEMS['asserted']}.ttl, or a file of RDF."
        raise UsageError("neither a dataset nor a release", path=path, hint=hint)
    return _version(path.as_posix(), _read([path]))


def _of_dataset(root: Path) -> Version:
    dataset = Dataset(root)
    sources = dataset.sources
    queries = catalogue(about(dataset), dataset)
    return _version(root.as_posix(), dataset.graph, sources.shapes, queries)


def _of_downloads(name: str, folder: Path) -> Version:
    parts = [_file(folder, STEMS["asserted"]), _file(folder, STEMS["shapes"]), folder / QUERIES]
    graph, shapes, queries = (_read([part]) if part is not None and part.is_file() else None for part in parts)
    return _version(name, new_graph() if graph is None else graph, shapes, queries)


def _version(name: str, graph: Graph, shapes: Graph | None = None, queries: Graph | None = None) -> Version:
    plain = bind(named_by_content(graph - negative_assertions(graph)))
    for prefix, namespace in graph.namespaces():
        plain.bind(prefix, namespace, replace=True)
    rest = (None if part is None else named_by_content(part) for part in (shapes, queries))
    return Version(name, plain, *rest)


def _file(folder: Path, stem: str) -> Path | None:
    return next((path for ending in ("nt", "ttl") if (path := folder / f"{stem}.{ending}").is_file()), None)


def _read(paths: Iterable[Path]) -> Graph:
    return bind(merged(read_sources(paths)))
