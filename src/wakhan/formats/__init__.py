"""The formats in which the dataset can be had: what each is called, which editions it has, and what writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from wakhan.errors import UsageError
from wakhan.export import EDITIONS, STEMS
from wakhan.formats import claimtable, csvw, geojson, graphml, jsonld, nanopub, parquet, rdf12, rdfxml, thingtables
from wakhan.formats.editions import Editions
from wakhan.formats.proof import prove
from wakhan.formats.tables import Table
from wakhan.turtle import to_turtle

__all__ = ["FORMATS", "TITLES", "Editions", "Format", "check", "file_name", "write"]

TITLES = {
    "asserted": "Facts and claims",
    "inferred": "Facts, claims and what follows from them",
    "facts": "Facts alone",
    "ontology": "Ontology",
    "shapes": "Shapes",
}
"""What each edition is called in plain words."""


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        title: What it is called, in plain words.
        ending: How the names of its files go on after that of the edition, such as ``.ttl`` or ``-claims.csv``; or a
            whole name, where a standard fixes it.
        media_type: Its media type.
        write: Makes the file of one edition.
        editions: The editions that it has.
        conforms_to: The IRI of the standard that says what the file means, if the media type does not tell it.
        is_text: Whether it can be printed.
        description: What its file holds, where that is not the whole of its edition; else empty.
    """

    title: str
    ending: str
    media_type: str
    write: Callable[[Editions, str], bytes]
    editions: tuple[str, ...] = ("asserted",)
    conforms_to: str | None = None
    is_text: bool = True
    description: str = ""


_TABLES: dict[str, Callable[[Editions], Table]] = {
    "claims": claimtable.claim_table,
    "entities": thingtables.entity_table,
    "facts": thingtables.fact_table,
}

_HOLDS = {
    "context": "The short names of the JSON-LD files, with the IRIs that they stand for; no data.",
    "claims": "Every claim, a row for each, with who says so, how sure, and where; only rows with is_fact are facts. "
    "Without the ontology and without descriptions of things.",
    "entities": "Every thing that is described, a row for each, with its names, identifiers and position; no claims.",
    "facts": "Every fact, a row for each, with the claims in which the article states it; nothing that is only said.",
    "csvw": "What each column of the CSV files means: its datatype, its language, its property; no data.",
    "geojson": "The places with a known position, each with the claims that are about it or that hold in it, facts "
    "apart from the rest; claims on nothing that has a position are not in it.",
    "graphml": "The claims that relate one thing to another, an edge for each, of which only those with isFact are "
    "facts; claims on what a thing is, or with a value, are not in it.",
}
"""What a file holds that does not say all that its edition does, by table or format."""


def _csvw(editions: Editions) -> bytes:
    tables = {file_name(f"{name}-csv", "asserted"): editions.made(table) for name, table in _TABLES.items()}
    graph = editions.graph("asserted")
    dataset = min(graph.subjects(RDF.type, DCAT.Dataset), default=None, key=str)
    title = min((str(title) for title in graph.objects(dataset, DCTERMS.title)), default="Wakhan")
    licenses = sorted(str(license) for license in graph.objects(dataset, DCTERMS.license))
    return csvw.to_metadata(tables, title=title, license=URIRef(licenses[0]) if licenses else None)


def _of_graph(write: Callable[[Graph], str]) -> Callable[[Editions, str], bytes]:
    """Return what writes the graph of an edition, by what writes a graph."""
    return lambda editions, name: write(editions.graph(name)).encode()


def _of_all(write: Callable[[Editions], bytes]) -> Callable[[Editions, str], bytes]:
    """Return what writes a file that there is once, by what writes it from all editions."""
    return lambda editions, _: write(editions)


def _tables(title: str, ending: str, media_type: str, write: Callable[[Table], bytes]) -> dict[str, Format]:
    def one(name: str) -> Format:
        what = f"{name.capitalize()} as a table, {title}"
        is_text = media_type.startswith("text/")
        return Format(
            what,
            f"-{name}.{ending}",
            media_type,
            _of_all(lambda all_: write(all_.made(_TABLES[name]))),
            is_text=is_text,
            description=_HOLDS[name],
        )

    return {f"{name}-{ending}": one(name) for name in _TABLES}


def _ntriples(editions: Editions, name: str) -> bytes:
    return editions.ntriples(name).encode()


def _rdfxml(editions: Editions, name: str) -> bytes:
    return rdfxml.to_rdfxml(editions.graph(name))


def _jsonld(editions: Editions, name: str) -> bytes:
    return jsonld.to_jsonld(editions.graph(name), editions.context).encode()


def _context(editions: Editions) -> bytes:
    return jsonld.to_context(editions.context).encode()


_ALL = tuple(EDITIONS)
_ONE = ("asserted",)
_W3C = "https://www.w3.org/TR/"
_NANOPUB = "https://nanopub.net/guidelines/working_draft/"
_JSONLD_TYPE, _TURTLE_TYPE, _NTRIPLES_TYPE = "application/ld+json", "text/turtle", "application/n-triples"
_PARQUET_TYPE = "application/vnd.apache.parquet"
_NP_TITLE, _RDF12_TITLE = "Facts, and claims as nanopublications", "Facts and claims in RDF 1.2"

FORMATS: dict[str, Format] = {
    "turtle": Format("Turtle", ".ttl", _TURTLE_TYPE, _of_graph(to_turtle), _ALL),
    "ntriples": Format("N-Triples", ".nt", _NTRIPLES_TYPE, _ntriples, _ALL),
    "rdfxml": Format("RDF/XML", ".rdf", "application/rdf+xml", _rdfxml, _ALL),
    "jsonld": Format("JSON-LD", ".jsonld", _JSONLD_TYPE, _jsonld, _ALL),
    "context": Format(
        "JSON-LD context", "-context.jsonld", _JSONLD_TYPE, _of_all(_context), description=_HOLDS["context"]
    ),
    "trig": Format(f"{_NP_TITLE}, TriG", ".trig", "application/trig", _of_all(nanopub.to_trig), _ONE, _NANOPUB),
    "nquads": Format(f"{_NP_TITLE}, N-Quads", ".nq", "application/n-quads", _of_all(nanopub.to_nquads), _ONE, _NANOPUB),
    "turtle12": Format(
        f"{_RDF12_TITLE}, Turtle",
        "-rdf12.ttl",
        _TURTLE_TYPE,
        _of_graph(rdf12.to_turtle12),
        _ONE,
        f"{_W3C}rdf12-turtle/",
    ),
    "ntriples12": Format(
        f"{_RDF12_TITLE}, N-Triples",
        "-rdf12.nt",
        _NTRIPLES_TYPE,
        _of_graph(rdf12.to_ntriples12),
        _ONE,
        f"{_W3C}rdf12-n-triples/",
    ),
    **_tables("CSV", "csv", "text/csv", csvw.to_csv),
    "csvw": Format(
        "What the columns of the CSV files mean",
        "csv-metadata.json",
        "application/csvm+json",
        _of_all(_csvw),
        _ONE,
        f"{_W3C}tabular-metadata/",
        description=_HOLDS["csvw"],
    ),
    **_tables("Parquet", "parquet", _PARQUET_TYPE, parquet.to_parquet),
    "geojson": Format(
        "Places with what is said of them, GeoJSON",
        ".geojson",
        "application/geo+json",
        _of_all(geojson.to_geojson),
        description=_HOLDS["geojson"],
    ),
    "graphml": Format(
        "Things and relations, GraphML",
        ".graphml",
        "application/xml",
        _of_all(graphml.to_graphml),
        _ONE,
        "http://graphml.graphdrawing.org/specification.html",
        description=_HOLDS["graphml"],
    ),
}
"""The formats by name, in the order in which they are written."""


def check(edition: str, form: str) -> Format:
    """Return the format of this name.

    Raises:
        UsageError: There is none, or it does not have the edition.
    """
    if form not in FORMATS:
        raise UsageError(f"no such format: {form}", hint=f"Choose one of {', '.join(FORMATS)}.")
    found = FORMATS[form]
    if edition not in found.editions:
        has = " or ".join(found.editions)
        raise UsageError(f"there is no {form} of the edition {edition}", hint=f"Take --edition {has}.")
    return found


def file_name(form: str, edition: str) -> str:
    """Return the name of the file of an edition in a format, without a folder."""
    ending = FORMATS[form].ending
    return f"{STEMS[edition]}{ending}" if ending.startswith((".", "-")) else ending


def write(editions: Editions, edition: str, form: str) -> bytes:
    """Return one edition in one format, of which it is proved that it says what the edition says.

    Raises:
        UsageError: There is no such format, or it does not have the edition.
        WakhanError: It cannot be written, or it does not say the same.
    """
    content = check(edition, form).write(editions, edition)
    prove(content, form, editions.ntriples(edition), file_name(form, edition))
    return content
