"""Prove that a file of RDF says what it was made from: read it back and compare canonical forms.

pyoxigraph reads every format, and rdflib all that are RDF 1.1; both must find the same triples, blank nodes included,
which get their labels by RDFC-1.0.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import RDF, Dataset, Graph

from wakhan.errors import WakhanError
from wakhan.ntriples import line_of, text_of
from wakhan.parse import parse

_READERS = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "xml"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "turtle12": (ox.RdfFormat.TURTLE, None),
    "ntriples12": (ox.RdfFormat.N_TRIPLES, None),
}
"""Format to how pyoxigraph and rdflib call it; None where rdflib cannot read it."""

_SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(str(part)) for part in (RDF.subject, RDF.predicate, RDF.object))
_REIFIES = ox.NamedNode(f"{RDF}reifies")
_WRAPPING = ("/head", "/pubinfo")


def prove(content: bytes, form: str, wanted: str, name: str) -> None:
    """Check that a file says what an edition says; a format that is no RDF is passed over.

    Args:
        content: The file.
        form: The name of its format.
        wanted: The canonical N-Triples of the edition.
        name: The name of the file, for the error.

    Raises:
        WakhanError: It does not, or it cannot be read.
    """
    if form not in _READERS:
        return
    reader, other = _READERS[form]
    lines = set(wanted.splitlines())
    _compare(_read(content, reader, name), lines, name, "pyoxigraph")
    if other is not None:
        graph = parse(content.decode(), form=other)
        _compare(_read(_lines(graph), ox.RdfFormat.N_QUADS, name), lines, name, "rdflib")


def _compare(quads: Iterable[ox.Quad], wanted: set[str], name: str, reader: str) -> None:
    found = ox.Dataset(_plain(quads))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = {f"{quad.triple} ." for quad in found}
    if lines != wanted:
        lost, added = sorted(wanted - lines), sorted(lines - wanted)
        example = f"it lacks {lost[0]}" if lost else f"it adds {added[0]}"
        hint = f"Read by {reader}, {len(lost)} triples are lost and {len(added)} are new: {example}"
        raise WakhanError(f"{name} would not say what the dataset says, so nothing is written", hint=hint)


def _read(content: bytes, form: ox.RdfFormat, name: str) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(content, format=form)
    except (SyntaxError, ValueError) as error:
        raise WakhanError(f"{name} cannot be read back: {error}") from None


def _plain(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the triples of an edition, out of nanopublications and reifiers too."""
    for quad in quads:
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if graph.endswith(_WRAPPING) or (graph.endswith("/provenance") and str(quad.subject).endswith("/assertion>")):
            continue
        if quad.predicate == _REIFIES and isinstance(quad.object, ox.Triple):
            parts = (quad.object.subject, quad.object.predicate, quad.object.object)
            for prop, node in zip((_SUBJECT, _PREDICATE, _OBJECT), parts, strict=True):
                yield ox.Quad(quad.subject, prop, node)
        else:
            yield ox.Quad(*quad.triple)


def _lines(graph: Graph) -> bytes:
    """Return what rdflib has read as N-Quads, without a change of what it has read."""
    if not isinstance(graph, Dataset):
        return "".join(map(line_of, graph)).encode()
    quads = ((" ".join(map(text_of, quad[:3])), quad[3]) for quad in graph.quads())
    return "".join(f"{triple} {'' if name is None else f'<{name}>'} .\n" for triple, name in quads).encode()
