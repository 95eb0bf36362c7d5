"""Follow ``owl:imports`` to files on this machine, and never to the network."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from rdflib import OWL, RDF, Graph, URIRef
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.parse import ENDINGS

CATALOG = "catalog-v001.xml"
"""The file in which Protégé and other tools keep where the ontologies of a folder lie (OASIS XML Catalogs)."""

_CATALOG_URI = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"


def with_imports(
    files: Mapping[Path, Graph], read: Callable[[Path], Graph], candidates: Iterable[Path]
) -> tuple[dict[Path, Graph], list[URIRef]]:
    """Return *files* and the files that they import, also indirectly, and what was imported but not found.

    An import is found if it is a file's address itself, if a catalog in the folder of an importing file names a file
    for it, or if a candidate says that it is this ontology or this version of it.

    Args:
        files: The graph of each file, by path.
        read: Returns the graph of a file.
        candidates: The files among which imports are looked for.

    Raises:
        WakhanError: An imported file cannot be read.
    """
    found = dict(files)
    paths = [path for path in dict.fromkeys(candidates) if path not in found]
    open_ends: list[URIRef] = []
    pending = [(path, iri) for path, graph in files.items() for iri in _imports(graph)]
    seen: set[Node] = set()
    while pending:
        importer, iri = pending.pop(0)
        if iri in seen or any(_is_named(graph, iri) for graph in found.values()):
            continue
        seen.add(iri)
        target = _by_address(iri) or _by_catalog(importer.parent / CATALOG, iri) or _by_name(paths, iri, read)
        if target is None:
            open_ends.append(iri)
        elif target.resolve() not in {path.resolve() for path in found}:
            found[target] = read(target)
            pending += [(target, other) for other in _imports(found[target])]
    return found, open_ends


def _imports(graph: Graph) -> list[URIRef]:
    return sorted(iri for iri in graph.objects(None, OWL.imports) if isinstance(iri, URIRef))


def _is_named(graph: Graph, iri: Node) -> bool:
    return (iri, RDF.type, OWL.Ontology) in graph or (None, OWL.versionIRI, iri) in graph


def _by_address(iri: URIRef) -> Path | None:
    parts = urlsplit(iri)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = Path(url2pathname(unquote(parts.path)))
    return path if path.suffix.lower() in ENDINGS and path.is_file() else None


def _by_catalog(catalog: Path, iri: URIRef) -> Path | None:
    try:
        entries = list(ET.parse(catalog).iter(_CATALOG_URI))
    except (OSError, ET.ParseError):
        return None
    for entry in entries:
        if entry.get("name") == str(iri) and (name := entry.get("uri")):
            path = catalog.parent / unquote(name)
            if "://" not in name and path.is_file():
                return path
    return None


def _by_name(paths: Iterable[Path], iri: URIRef, read: Callable[[Path], Graph]) -> Path | None:
    """Return the first file that is this ontology; only files in which the end of its IRI stands are parsed."""
    tail = str(iri).rstrip("/#").rpartition("/")[2].encode()
    for path in paths:
        if tail in path.read_bytes():
            with suppress(WakhanError):  # a file that nobody named may be broken
                if _is_named(read(path), iri):
                    return path
    return None
