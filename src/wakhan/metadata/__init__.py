"""What a release tells of itself, computed from its files: catalog, statistics, provenance, queries and hashes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rdflib import URIRef

from wakhan.dataset import Dataset
from wakhan.metadata import canonical, catalogue, dcat, provenance, querytests, schemaorg, void
from wakhan.metadata.about import about
from wakhan.metadata.editions import editions
from wakhan.metadata.jsonld import to_jsonld
from wakhan.turtle import to_turtle

if TYPE_CHECKING:
    from wakhan.release import Distribution

__all__ = ["metadata"]

_TURTLE, _JSONLD = ("turtle", "text/turtle"), ("jsonld", "application/ld+json")
_TEXT, _SPARQL, _RESULTS = (
    ("text", "text/plain"),
    ("sparql", "application/sparql-query"),
    ("json", "application/sparql-results+json"),
)
_TEST_FORMATS = {"ttl": _TURTLE, "rq": _SPARQL, "srj": _RESULTS}


def metadata(dataset: Dataset, distributions: Sequence["Distribution"]) -> list["Distribution"]:
    """Return the files that describe a release.

    Args:
        dataset: The dataset.
        distributions: The files of the release, without those that this function returns.

    Raises:
        WakhanError: A file cannot be read back, or a stored query answers something else than what is stored.
    """
    from wakhan.release import Distribution

    def file(name: str, title: str, form: tuple[str, str], text: str, standard: str | None = None) -> Distribution:
        conforms_to = None if standard is None else URIRef(standard)
        return Distribution(name, title, None, *form, text.encode(), conforms_to)

    subject, read = about(dataset), editions(distributions)
    hashes = {name: canonical.canonical_hash(triples) for name, triples in read.items()}
    catalog = dcat.catalog(subject, distributions)
    statistics = to_turtle(void.void(subject, distributions, read, hashes))
    where_from = to_turtle(provenance.provenance(subject, dataset, distributions))
    queries = to_turtle(catalogue.catalogue(subject, dataset))
    searchable = schemaorg.description(subject, distributions)
    tests = querytests.suite(dataset, distributions, read)
    return [
        file(dcat.NAME, "Catalog, Turtle", _TURTLE, to_turtle(catalog), "http://www.w3.org/TR/vocab-dcat-3/"),
        file("dcat.jsonld", "Catalog, JSON-LD", _JSONLD, to_jsonld(catalog), "http://www.w3.org/TR/vocab-dcat-3/"),
        file(void.NAME, "Statistics, Turtle", _TURTLE, statistics, "http://www.w3.org/TR/void/"),
        file(schemaorg.NAME, "Description for search engines, JSON-LD", _JSONLD, searchable),
        file(provenance.NAME, "Provenance, Turtle", _TURTLE, where_from, "http://www.w3.org/TR/prov-o/"),
        file(catalogue.NAME, "Stored queries, Turtle", _TURTLE, queries, "http://www.w3.org/TR/shacl/"),
        file(
            canonical.NAME,
            "Canonical hashes of the editions",
            _TEXT,
            canonical.hashes_text(hashes, distributions),
            canonical.STANDARD,
        ),
        *(
            file(f"{querytests.FOLDER}/{name}", f"Query tests: {name}", _TEST_FORMATS[name.rpartition(".")[2]], text)
            for name, text in tests.items()
        ),
    ]
