"""Media types: which there are, and which of them a client wants most (RFC 9110, section 12)."""

import re
from collections.abc import Iterator, Sequence

HTML = "text/html"
TURTLE = "text/turtle"
JSON_LD = "application/ld+json"
N_TRIPLES = "application/n-triples"
RDF_XML = "application/rdf+xml"
RESULTS_JSON = "application/sparql-results+json"
RESULTS_XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"

SOLUTIONS = (RESULTS_JSON, RESULTS_XML, CSV, TSV, "application/json", "application/xml")
"""What SELECT and ASK can be answered with, the first preferred; the last two are the first two by family name."""

TRIPLES = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, "application/json", "application/xml")
"""What CONSTRUCT and DESCRIBE can be answered with, the first preferred."""

DATA_ENDINGS = {".ttl": TURTLE, ".jsonld": JSON_LD, ".nt": N_TRIPLES}
"""The endings of the data beside each page."""

ENDINGS = {
    ".css": "text/css",
    ".csv": CSV,
    ".geojson": "application/geo+json",
    ".graphml": "application/xml",
    ".gz": "application/gzip",
    ".html": HTML,
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": JSON_LD,
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".nq": "application/n-quads",
    ".nt": N_TRIPLES,
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".rdf": RDF_XML,
    ".rq": "application/sparql-query",
    ".srj": RESULTS_JSON,
    ".svg": "image/svg+xml",
    ".trig": "application/trig",
    ".tsv": TSV,
    ".ttl": TURTLE,
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""The media types of files by their endings; written out here, because what the system knows differs."""

NAMES = {"csv-metadata.json": "application/csvm+json"}
"""The media types of files whose whole names a standard fixes."""

_ALREADY_SMALL = frozenset({"application/gzip", "application/zip", "image/png", "application/vnd.apache.parquet"})
_PART = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_TOKEN = re.compile(r"[\w!#$&^.+*-]+(?:/[\w!#$&^.+*-]+)?", re.ASCII)


def negotiate(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return which of the *offered* media types fits an Accept header best, or None if none does.

    The most specific range decides how much a type is wanted. Of types that are wanted alike, one that is named goes
    before one that only a wildcard covers, and then the first offered.

    Args:
        accept: The header; without one, anything is right.
        offered: The media types, the preferred first.

    Example:
        >>> negotiate("text/html;q=0.5, application/*", [HTML, JSON_LD])
        'application/ld+json'
        >>> negotiate("text/*, text/turtle;q=0", [TURTLE]) is None
        True
    """
    ranges = list(_ranges(accept or "")) or [("*/*", 1.0)]
    best = max(
        ((*_wanted(media_type, ranges), -place) for place, media_type in enumerate(offered)), default=(0.0, 0, 0)
    )
    return offered[-best[2]] if best[0] > 0 else None


def takes_gzip(accept_encoding: str | None) -> bool:
    """Tell whether an Accept-Encoding header takes gzip.

    Example:
        >>> takes_gzip("br, gzip;q=0.8"), takes_gzip("gzip;q=0, *"), takes_gzip(None)
        (True, False, False)
    """
    wanted = dict(_ranges(accept_encoding or ""))
    return wanted.get("gzip", wanted.get("x-gzip", wanted.get("*", 0.0))) > 0


def is_compressible(media_type: str) -> bool:
    """Tell whether gzip makes what is of this media type smaller."""
    return media_type not in _ALREADY_SMALL


def media_type_of(name: str) -> str:
    """Return the media type of a file by its name.

    Example:
        >>> media_type_of("id/tajikistan.ttl"), media_type_of("SHA256SUMS"), media_type_of("data/csv-metadata.json")
        ('text/turtle', 'text/plain', 'application/csvm+json')
    """
    last = name.rpartition("/")[2]
    _, dot, ending = last.rpartition(".")
    return NAMES.get(last) or ENDINGS.get(dot + ending.lower(), "application/octet-stream" if dot else "text/plain")


def with_charset(media_type: str) -> str:
    """Return a media type as a Content-Type: all texts here are UTF-8."""
    is_text = media_type.startswith("text/") or media_type == "application/sparql-query"
    return f"{media_type}; charset=utf-8" if is_text else media_type


def _wanted(media_type: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """Return how much a type is wanted, and how closely the range that says so names it."""
    family = media_type.partition("/")[0]
    for closeness, name in ((2, media_type), (1, f"{family}/*"), (0, "*/*")):
        found = [quality for each, quality in ranges if each == name]
        if found:
            return max(found), closeness
    return 0.0, 0


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """Give the names in a header with their qualities; what is malformed is left out, and says nothing."""
    for part in _PART.findall(header):
        name, *parameters = (each.strip() for each in part.split(";"))
        quality = next((each[2:].strip() for each in parameters if each[:2].lower() == "q="), "1")
        if _TOKEN.fullmatch(name) and _QUALITY.fullmatch(quality):
            yield name.lower(), float(quality)
