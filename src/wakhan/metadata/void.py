"""The statistics of a release in VoID: each edition with its classes, properties and links to other datasets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef

from wakhan.export import EDITIONS
from wakhan.metadata.about import About
from wakhan.metadata.dcat import checksum
from wakhan.metadata.statistics import Statistics, statistics
from wakhan.metadata.vocabulary import FORMATS, SPDX, VOID, graph_for, typed
from wakhan.names import prefixes_of, shorten

if TYPE_CHECKING:
    from wakhan.release import Distribution

NAME = "void.ttl"
"""The file of the statistics."""

_MAIN = "asserted"
"""The edition of which it is told also what properties the instances of each class have; the others follow from it."""

_TARGETS = {
    "http://www.wikidata.org": ("Wikidata", "https://www.wikidata.org/"),
    "https://sws.geonames.org": ("GeoNames", "https://www.geonames.org/"),
}
"""Where links lead: the host of the IRIs to the name and the home page of the dataset."""

_FEATURES = {"jsonld": "JSON-LD", "ntriples": "N-Triples", "rdfxml": "RDF_XML", "turtle": "Turtle"}
"""Format to its name in the W3C's list. In other formats an edition has other triples, or none."""


def void(
    about: About,
    distributions: Sequence["Distribution"],
    editions: Mapping[str, ox.Dataset],
    hashes: Mapping[str, str],
) -> Graph:
    """Return the statistics of each edition.

    Args:
        about: What the dataset says of itself.
        distributions: The files of the release.
        editions: The triples of each edition.
        hashes: The canonical hash of each edition.
    """
    graph = graph_for({"file": str(about.node(NAME, ""))})
    document = typed(graph, about.file(NAME), VOID.DatasetDescription)
    graph.add((document, DCTERMS.title, Literal(f"{about.title} in numbers", lang="en")))
    graph.add((document, FOAF.primaryTopic, about.iri))
    _describe(graph, about.iri, about, about.title, about.description)
    for name, triples in editions.items():
        iri, counted = about.edition(name), statistics(triples, about.base)
        text = EDITIONS.get(name, name)
        _describe(graph, iri, about, f"{about.title}: {name}", f"{text[0].upper()}{text[1:]}.")
        graph.add((about.iri, VOID.subset, iri))
        _numbers(graph, iri, counted)
        _partitions(graph, about, name, counted)
        _links(graph, about, name, counted)
        _files(graph, iri, about, [file for file in distributions if file.edition == name])
        graph.add((iri, SPDX.checksum, checksum(graph, about.node(NAME, f"{name}-rdfc-sha256"), hashes[name])))
        for example in counted.examples:
            graph.add((iri, VOID.exampleResource, URIRef(example)))
    return graph


def _describe(graph: Graph, iri: URIRef, about: About, title: str, description: str) -> None:
    graph.add((iri, RDF.type, VOID.Dataset))
    graph.add((iri, DCTERMS.title, Literal(title, lang="en")))
    graph.add((iri, DCTERMS.description, Literal(description, lang="en")))
    graph.add((iri, VOID.uriSpace, Literal(about.base)))
    if about.license is not None:
        graph.add((iri, DCTERMS.license, about.license))


def _numbers(graph: Graph, iri: URIRef, counted: Statistics) -> None:
    numbers = {
        VOID.triples: counted.triples,
        VOID.entities: counted.entities,
        VOID.classes: len(counted.classes),
        VOID.properties: len(counted.properties),
        VOID.distinctSubjects: counted.subjects,
        VOID.distinctObjects: counted.objects,
    }
    for prop, number in numbers.items():
        graph.add((iri, prop, _number(number)))
    terms = [*counted.classes, *counted.properties]
    for namespace in {term[: max(term.rfind("#"), term.rfind("/")) + 1] for term in terms}:
        graph.add((iri, VOID.vocabulary, URIRef(namespace)))


def _partitions(graph: Graph, about: About, name: str, counted: Statistics) -> None:
    """Add a partition for each property and class, and in the main edition for each property of each class."""
    iri, known = about.edition(name), prefixes_of(graph)

    def part(parent: URIRef, path: str, link: URIRef, what: URIRef, term: str) -> tuple[URIRef, str]:
        below = f"{path}-{_slug(term, known)}"
        node = about.node(NAME, below)
        graph.add((parent, link, node))
        graph.add((node, what, URIRef(term)))
        return node, below

    for prop, use in counted.properties.items():
        node, _ = part(iri, f"{name}-property", VOID.propertyPartition, VOID.property, prop)
        graph.add((node, VOID.triples, _number(use.triples)))
        graph.add((node, VOID.distinctSubjects, _number(use.subjects)))
        graph.add((node, VOID.distinctObjects, _number(use.objects)))
    for kind, number in counted.classes.items():
        node, path = part(iri, f"{name}-class", VOID.classPartition, VOID["class"], kind)
        graph.add((node, VOID.entities, _number(number)))
        for prop, triples in counted.class_properties[kind].items() if name == _MAIN else ():
            inner, _ = part(node, path, VOID.propertyPartition, VOID.property, prop)
            graph.add((inner, VOID.triples, _number(triples)))


def _links(graph: Graph, about: About, name: str, counted: Statistics) -> None:
    known = prefixes_of(graph)
    for (prop, host), objects in counted.links.items():
        title, home = _TARGETS.get(host, (host.partition("//")[2], f"{host}/"))
        target = typed(graph, about.node(NAME, _plain(title)), VOID.Dataset)
        graph.add((target, DCTERMS.title, Literal(title)))
        graph.add((target, FOAF.homepage, URIRef(home)))
        graph.add((target, VOID.uriSpace, Literal(_common(objects))))
        links = typed(graph, about.node(NAME, f"{name}-{_slug(prop, known)}-{_plain(title)}"), VOID.Linkset)
        graph.add((about.edition(name), VOID.subset, links))
        graph.add((links, VOID.linkPredicate, URIRef(prop)))
        graph.add((links, VOID.subjectsTarget, about.edition(name)))
        graph.add((links, VOID.objectsTarget, target))
        graph.add((links, VOID.triples, _number(len(objects))))


def _files(graph: Graph, iri: URIRef, about: About, files: Iterable["Distribution"]) -> None:
    for file in files:
        if file.format in _FEATURES:
            graph.add((iri, VOID.dataDump, about.file(file.name)))
            graph.add((iri, VOID.feature, FORMATS[_FEATURES[file.format]]))


def _common(iris: Sequence[str]) -> str:
    """Return the folder in which all *iris* begin."""
    first, last = min(iris), max(iris)  # what these two share all in between share
    same = next(
        (place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
    )
    return first[: first.rfind("/", 0, same) + 1]


def _slug(iri: str, known: Mapping[str, str]) -> str:
    """Return *iri* as a part of a fragment: prefix and local name, else the whole IRI, escaped."""
    short = shorten(iri, known)
    return "-".join(short) if short else quote(iri, safe="")


def _plain(title: str) -> str:
    return quote(title.lower(), safe="")


def _number(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
