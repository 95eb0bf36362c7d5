"""What is served of a dataset: its triples for the engine, and the data of each IRI, made when they are asked for."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef

from wakhan.dataset import Dataset
from wakhan.export import edition, to_ntriples

if TYPE_CHECKING:
    from wakhan.site.data import Descriptions

_KEPT = 256  # of the descriptions that were asked for last


@dataclass(frozen=True)
class Source:
    """The dataset that is asked.

    Attributes:
        nquads: Its triples, as N-Quads; those without a graph are the default graph.
        prefixes: Those that a query need not declare.
        base: Where its IRIs begin, such as ``https://w3id.org/wakhan/``.
        iri: The dataset itself.
        edition: The edition of the dataset that the triples are.
        inferred: Whether the triples are all that follows by OWL 2 RL.
    """

    nquads: bytes
    prefixes: dict[str, str]
    base: str
    iri: str
    edition: str
    inferred: bool


def source(dataset: Dataset, *, inferred: bool = False) -> Source:
    """Return what of *dataset* is asked: the edition ``asserted``, or ``inferred``.

    Raises:
        WakhanError: The files of the dataset cannot be read.
    """
    from wakhan.metadata.about import about

    told = about(dataset)
    name = "inferred" if inferred else "asserted"
    triples = to_ntriples(edition(dataset.sources, name))
    own = str(told.edition(name))
    return Source(triples.encode(), dict(dataset.prefixes), told.base, str(told.iri), own, inferred)


class Described:
    """The data of the IRIs of a dataset, made as its site makes them.

    Args:
        dataset: The dataset.
        base: Where its IRIs begin.
    """

    def __init__(self, dataset: Dataset, base: str) -> None:
        self._dataset = dataset
        self._base = base
        self.data = lru_cache(_KEPT)(self._data)

    def _data(self, name: str) -> dict[str, bytes] | None:
        """Return the data of an IRI in each format, by the ending of the file; None if nothing is said of it.

        Args:
            name: What follows the beginning of the dataset's IRIs, such as ``id/tajikistan``.
        """
        from wakhan.site.data import written

        graph = self._graph(name)
        if graph is None or not len(graph):
            return None
        return {f".{ending}": text.encode() for ending, text in written(graph).items()}

    def _graph(self, name: str) -> Graph | None:
        if name in ("ontology", "shape"):
            return edition(self._dataset.sources, "ontology" if name == "ontology" else "shapes")
        return self._descriptions.of(URIRef(self._base + name))

    @cached_property
    def _descriptions(self) -> "Descriptions":
        from wakhan.metadata.about import about
        from wakhan.metadata.catalogue import catalogue
        from wakhan.site.content import Content
        from wakhan.site.data import Descriptions

        return Descriptions(Content(self._dataset), catalogue(about(self._dataset), self._dataset))
