"""What a dataset says of itself: its title and licence, and the places, times and counts that its data hold."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urljoin

from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.term import Node

import wakhan
from wakhan.dataset import Dataset
from wakhan.facts import bare_facts, narrator
from wakhan.law import statements
from wakhan.lookup import label
from wakhan.names import FACTUALITIES, PREFIXES, WK, local_name, natural_key
from wakhan.rows import term_key

HOME = "https://w3id.org/wakhan/"
"""Where the IRIs of Wakhan's own dataset begin."""

_WGS84 = PREFIXES["geo"]
_LAT, _LONG = URIRef(f"{_WGS84}lat"), URIRef(f"{_WGS84}long")
_LINKS = URIRef(f"{PREFIXES['schema']}sameAs")


@dataclass(frozen=True)
class Place:
    """A place of the dataset with a position in degrees (WGS 84)."""

    iri: URIRef
    name: str
    latitude: float
    longitude: float
    same_as: tuple[str, ...]


@dataclass(frozen=True)
class About:
    """What can be told of a dataset; what it does not say is None or empty.

    Attributes:
        iri: The dataset.
        base: Where its IRIs begin, such as ``https://w3id.org/wakhan/``.
        title: What it is called.
        description: What it is, in a sentence or two.
        license: The IRI of its licence.
        issued: The day on which this version was issued, as ISO 8601 has it.
        version: The number of this version.
        publisher: Who made and publishes it.
        keywords: What it is about, in words.
        languages: The languages of its texts, as language tags.
        article: The article that it is made from, with what the data call it.
        article_date: When the article was published, as precisely as the data say it.
        places: The places with a position that a claim names, by IRI.
        claims: How many claims there are, by the name of their factuality, the surest first.
        stating: How many of the claims state a fact, some of them the same.
        facts: How many facts there are.
    """

    iri: URIRef
    base: str
    title: str
    description: str
    license: URIRef | None
    issued: str | None
    version: str | None
    publisher: str | None
    keywords: tuple[str, ...]
    languages: tuple[str, ...]
    article: tuple[URIRef, str] | None
    article_date: str | None
    places: tuple[Place, ...]
    claims: dict[str, int]
    stating: int
    facts: int

    def file(self, name: str) -> URIRef:
        """Return the IRI at which a file of the release can be had."""
        return URIRef(f"{self.base}data/{name}")

    def node(self, file: str, name: str) -> URIRef:
        """Return the IRI of something that the file of metadata *file* describes."""
        return URIRef(f"{self.base}data/{file}#{name}")

    def edition(self, name: str) -> URIRef:
        """Return the IRI of an edition of the dataset."""
        return self.node("void.ttl", name)

    def query(self, name: str) -> URIRef:
        """Return the IRI of a stored query."""
        return URIRef(f"{self.base}query/{name}")


def about(dataset: Dataset) -> About:
    """Return what the data of *dataset* tell of it.

    A dataset that describes no ``dcat:Dataset`` is told of by what can be counted. Version and publisher are those of
    the package where the dataset is Wakhan's own, and otherwise unknown.

    Raises:
        WakhanError: The files of the dataset cannot be read.
    """
    data, ontology = dataset.sources.data, dataset.sources.ontology
    iri = min(_named(data, DCAT.Dataset), default=None) or URIRef(f"{_home(data)}dataset")
    said = list(statements(data))
    counts = Counter(statement.factuality for statement in said)
    claims = {local_name(factuality): counts[factuality] for factuality in FACTUALITIES}
    facts = len(bare_facts(data, ontology))
    counted = f"What an article states: claims ({sum(claims.values())}), and the facts that follow from them ({facts})."
    base = urljoin(iri, ".")
    article = min(_named(data, WK.Article), default=None)
    own = base == HOME
    return About(
        iri=iri,
        base=base,
        title=_text(data, iri, DCTERMS.title) or "An article as claims",
        description=_text(data, iri, DCTERMS.description) or counted,
        license=min((o for o in data.objects(iri, DCTERMS.license) if isinstance(o, URIRef)), default=None),
        issued=_text(data, iri, DCTERMS.issued),
        version=wakhan.__version__ if own else None,
        publisher=_author() if own else None,
        keywords=tuple(sorted(str(word) for word in data.objects(iri, DCAT.keyword))),
        languages=tuple(sorted(str(tag) for tag in data.objects(iri, DCTERMS.language))),
        article=None if article is None else (article, label(data, article)),
        article_date=None if article is None else _text(data, article, DCTERMS.issued),
        places=_places(data),
        claims=claims,
        stating=sum(statement.is_fact for statement in said),
        facts=facts,
    )


def _author() -> str | None:
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        return metadata("wakhan")["Author"]
    except PackageNotFoundError:  # a checkout that is not installed
        return None


def _home(data: Graph) -> str:
    """Return where the IRIs of *data* begin: one folder above the narrator, which each dataset has."""
    voice = narrator(data)
    return HOME if voice is None else urljoin(str(voice), "..")


def _named(data: Graph, kind: URIRef) -> list[URIRef]:
    return [thing for thing in data.subjects(RDF.type, kind) if isinstance(thing, URIRef)]


def _text(data: Graph, thing: URIRef, prop: URIRef) -> str | None:
    value = min(data.objects(thing, prop), key=term_key, default=None)
    return None if value is None else str(value)


def _places(data: Graph) -> tuple[Place, ...]:
    named = {thing for part in (RDF.subject, RDF.object) for thing in data.objects(None, part)}
    found = []
    for iri in sorted(named & set(data.subjects(_LAT)), key=natural_key):
        latitude, longitude = _number(data, iri, _LAT), _number(data, iri, _LONG)
        if isinstance(iri, URIRef) and latitude is not None and longitude is not None:
            links = tuple(sorted(str(link) for link in data.objects(iri, _LINKS)))
            found.append(Place(iri, label(data, iri), latitude, longitude, links))
    return tuple(found)


def _number(data: Graph, thing: Node, prop: URIRef) -> float | None:
    values = [v.toPython() for v in data.objects(thing, prop) if isinstance(v, Literal)]
    return min((float(value) for value in values if isinstance(value, int | float | Decimal)), default=None)
