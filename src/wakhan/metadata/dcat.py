"""The catalog of a release: DCAT 3, in the profile of the European data portals (DCAT-AP 3)."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from wakhan.metadata.about import About
from wakhan.metadata.vocabulary import (
    DCATAP,
    EU,
    IANA,
    SPDX,
    VCARD,
    concept,
    graph_for,
    media_type,
    typed,
)
from wakhan.names import WK

if TYPE_CHECKING:
    from wakhan.release import Distribution

NAME = "dcat.ttl"
"""The file of the catalog."""

_FILE_TYPES = {
    "application/geo+json": "GEOJSON",
    "application/gzip": "GZIP",
    "application/json": "JSON",
    "application/ld+json": "JSON_LD",
    "application/n-quads": "RDF_N_QUADS",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "RDF_TRIG",
    "application/vnd.apache.parquet": "PARQUET",
    "application/xml": "XML",
    "application/zip": "ZIP",
    "text/csv": "CSV",
    "text/html": "HTML",
    "text/plain": "TXT",
    "text/tab-separated-values": "TSV",
    "text/turtle": "RDF_TURTLE",
}
"""Media type to the name in the file types of the Publications Office of the EU."""

_LANGUAGES = {"de": "DEU", "en": "ENG", "es": "SPA", "fr": "FRA", "it": "ITA", "ru": "RUS", "zh": "ZHO"}
"""Language tag to the name in the languages of the same office."""

_LICENSE_TYPES = {"https://creativecommons.org/licenses/by/4.0/": ("Attribution", "Attribution")}
"""Licence to the name and label of its kind in ADMS."""

_DATES = {len("2021"): XSD.gYear, len("2021-07"): XSD.gYearMonth, len("2021-07-09"): XSD.date}
"""The datatype of a date by the number of its characters."""

_SHA256 = SPDX.checksumAlgorithm_sha256


def catalog(about: About, distributions: Sequence["Distribution"]) -> Graph:
    """Return the catalog with the dataset and a distribution for each file.

    Args:
        about: What the dataset says of itself.
        distributions: The files of the release.
    """
    graph = graph_for({"file": str(about.node(NAME, ""))})
    iri, dataset = about.node(NAME, "catalog"), about.iri
    graph.add((iri, RDF.type, DCAT.Catalog))
    graph.add((iri, DCTERMS.title, Literal(f"Catalog of {about.title}", lang="en")))
    graph.add((iri, DCTERMS.description, Literal(f"What there is of {about.title}, file by file.", lang="en")))
    graph.add((iri, DCAT.dataset, dataset))
    graph.add((iri, FOAF.homepage, typed(graph, about.base, FOAF.Document)))
    graph.add((iri, DCAT.themeTaxonomy, _themes(graph)))
    _describe_dataset(graph, about)
    for node in (iri, dataset):
        _describe(graph, node, about)
    for file in distributions:
        graph.add((dataset, DCAT.distribution, _distribution(graph, about, file)))
    return graph


def _describe(graph: Graph, node: URIRef, about: About) -> None:
    """Add what catalog and dataset have in common."""
    if about.publisher is not None:
        agent = _agent(graph, about, about.publisher)
        graph.add((node, DCTERMS.publisher, agent))
        graph.add((node, DCTERMS.creator, agent))
    if about.issued is not None:
        for prop in (DCTERMS.issued, DCTERMS.modified):
            graph.add((node, prop, Literal(about.issued, datatype=XSD.date)))
    for tag in about.languages:
        if tag in _LANGUAGES:
            language = typed(graph, f"{EU}language/{_LANGUAGES[tag]}", DCTERMS.LinguisticSystem)
            graph.add((node, DCTERMS.language, language))
    _license(graph, node, about)
    if about.places:
        graph.add((node, DCTERMS.spatial, _location(graph, about)))


def _describe_dataset(graph: Graph, about: About) -> None:
    dataset = about.iri
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, DCTERMS.title, Literal(about.title, lang="en")))
    graph.add((dataset, DCTERMS.description, Literal(about.description, lang="en")))
    graph.add((dataset, DCTERMS.identifier, Literal(str(dataset), datatype=XSD.anyURI)))
    graph.add((dataset, DCAT.landingPage, typed(graph, about.base, FOAF.Document)))
    graph.add((dataset, DCAT.theme, concept(graph, f"{EU}data-theme/INTR", "International issues")))
    graph.add((URIRef(f"{EU}data-theme/INTR"), SKOS.inScheme, URIRef(f"{EU}data-theme")))
    model = typed(graph, str(WK).removesuffix("#"), DCTERMS.Standard)
    graph.add((dataset, DCTERMS.conformsTo, model))
    rights = typed(graph, f"{EU}access-right/PUBLIC", DCTERMS.RightsStatement)
    graph.add((dataset, DCTERMS.accessRights, rights))
    frequency = typed(graph, f"{EU}frequency/IRREG", DCTERMS.Frequency)
    graph.add((dataset, DCTERMS.accrualPeriodicity, frequency))
    graph.add((dataset, PROV.wasGeneratedBy, typed(graph, about.node("prov.ttl", "export"), PROV.Activity)))
    for word in about.keywords:
        graph.add((dataset, DCAT.keyword, Literal(word, lang="en")))
    if about.version is not None:
        graph.add((dataset, URIRef(f"{DCAT}version"), Literal(about.version)))  # which rdflib does not know
    if about.publisher is not None:
        graph.add((dataset, DCAT.contactPoint, _contact(graph, about, about.publisher)))
    if about.article_date is not None:
        graph.add((dataset, DCTERMS.temporal, _period(graph, about, about.article_date)))
    if about.article is not None:
        graph.add((dataset, PROV.wasDerivedFrom, about.article[0]))


def _agent(graph: Graph, about: About, name: str) -> URIRef:
    agent = typed(graph, about.node(NAME, "publisher"), FOAF.Agent)
    graph.add((agent, FOAF.name, Literal(name)))
    kind = concept(graph, "http://purl.org/adms/publishertype/PrivateIndividual(s)", "Private individual(s)")
    graph.add((agent, DCTERMS.type, kind))
    return agent


def _contact(graph: Graph, about: About, name: str) -> URIRef:
    """Return where to turn to: the home page, for the publisher names no address of another kind."""
    contact = typed(graph, about.node(NAME, "contact"), VCARD.Kind)
    graph.add((contact, VCARD.fn, Literal(name)))
    graph.add((contact, VCARD.hasURL, URIRef(about.base)))
    return contact


def _license(graph: Graph, node: URIRef, about: About) -> None:
    if about.license is None:
        return
    graph.add((node, DCTERMS.license, typed(graph, about.license, DCTERMS.LicenseDocument)))
    if str(about.license) in _LICENSE_TYPES:
        name, text = _LICENSE_TYPES[str(about.license)]
        graph.add((about.license, DCTERMS.type, concept(graph, f"http://purl.org/adms/licencetype/{name}", text)))


def _location(graph: Graph, about: About) -> URIRef:
    """Return the box around the points of the places that the claims name, and its middle."""
    lats = [place.latitude for place in about.places]
    longs = [place.longitude for place in about.places]
    west, east, south, north = min(longs), max(longs), min(lats), max(lats)
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    box = ", ".join(f"{x:.8g} {y:.8g}" for x, y in corners)
    iri = typed(graph, about.node(NAME, "places"), DCTERMS.Location)
    wkt = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
    told = "The box around one point in each place that the claims name; the places themselves reach further"
    graph.add((iri, RDFS.label, Literal(told, lang="en")))
    graph.add((iri, DCAT.bbox, Literal(f"POLYGON(({box}))", datatype=wkt)))
    middle = f"POINT({(west + east) / 2:.8g} {(south + north) / 2:.8g})"
    graph.add((iri, DCAT.centroid, Literal(middle, datatype=wkt)))
    return iri


def _period(graph: Graph, about: About, date: str) -> URIRef:
    """Return the time of the article, as precisely as the data tell it: a month begins and ends the period."""
    iri = typed(graph, about.node(NAME, "period"), DCTERMS.PeriodOfTime)
    told = "When the article was published; it also tells of what was before, and of what was planned for later"
    graph.add((iri, RDFS.label, Literal(told, lang="en")))
    for prop in (DCAT.startDate, DCAT.endDate):
        graph.add((iri, prop, Literal(date, datatype=_DATES[len(date)])))
    return iri


def _themes(graph: Graph) -> URIRef:
    scheme = typed(graph, f"{EU}data-theme", SKOS.ConceptScheme)
    graph.add((scheme, DCTERMS.title, Literal("Data themes of the European data portals", lang="en")))
    return scheme


def _distribution(graph: Graph, about: About, file: "Distribution") -> URIRef:
    iri, address = about.node(NAME, file.name), about.file(file.name)
    graph.add((iri, RDF.type, DCAT.Distribution))
    graph.add((iri, DCTERMS.title, Literal(file.title, lang="en")))
    graph.add((iri, DCTERMS.description, Literal(file.holds, lang="en")))
    graph.add((iri, DCAT.accessURL, address))
    graph.add((iri, DCAT.downloadURL, address))
    graph.add((iri, DCAT.mediaType, media_type(graph, file.media_type)))
    graph.add((iri, DCTERMS["format"], _format(graph, file.media_type)))
    graph.add((iri, DCAT.byteSize, Literal(str(len(file.content)), datatype=XSD.nonNegativeInteger)))
    graph.add((iri, SPDX.checksum, _checksum(graph, about, file)))
    availability = concept(graph, f"{EU}planned-availability/STABLE", "stable")
    graph.add((iri, DCATAP.availability, availability))
    if file.conforms_to is not None:
        graph.add((iri, DCTERMS.conformsTo, typed(graph, file.conforms_to, DCTERMS.Standard)))
    if about.issued is not None:
        graph.add((iri, DCTERMS.issued, Literal(about.issued, datatype=XSD.date)))
    _license(graph, iri, about)
    return iri


def _format(graph: Graph, name: str) -> URIRef:
    known = _FILE_TYPES.get(name.partition(";")[0].strip())
    return typed(graph, f"{EU}file-type/{known}" if known else IANA + name, DCTERMS.MediaTypeOrExtent)


def _checksum(graph: Graph, about: About, file: "Distribution") -> URIRef:
    iri = typed(graph, about.node(NAME, f"{file.name}-sha256"), SPDX.Checksum)
    return checksum(graph, iri, hashlib.sha256(file.content).hexdigest())


def checksum(graph: Graph, iri: URIRef, digest: str) -> URIRef:
    """Describe in *graph* a SHA-256 *digest* in hexadecimal digits; return its *iri*."""
    graph.add((iri, RDF.type, SPDX.Checksum))
    graph.add((iri, SPDX.algorithm, typed(graph, _SHA256, SPDX.ChecksumAlgorithm)))
    graph.add((iri, SPDX.checksumValue, Literal(digest, datatype=XSD.hexBinary)))
    return iri
