"""Describe the endpoint, as SPARQL 1.1 Service Description has it."""

from collections.abc import Mapping

import pyoxigraph as ox

from wakhan.protocol.media import TRIPLES

FORMATS = TRIPLES[:4]
"""What the description can be had in."""

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_DCAT = "http://www.w3.org/ns/dcat#"
_PREFIXES = {"dcat": _DCAT, "formats": _FORMATS, "sd": _SD, "void": _VOID}
_RESULTS = (
    "JSON-LD", "N-Triples", "RDF_XML", "SPARQL_Results_CSV", "SPARQL_Results_JSON", "SPARQL_Results_TSV",
    "SPARQL_Results_XML", "Turtle",
)  # fmt: skip
_A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def describe(endpoint: str, media_type: str, *, triples: int, dataset: str, inferred: bool) -> bytes:
    """Return the description of an endpoint.

    Args:
        endpoint: Its address.
        media_type: One of ``FORMATS``.
        triples: How many triples the default graph has.
        dataset: The IRI of the dataset.
        inferred: Whether the graph has what follows by OWL 2 RL.
    """
    service = ox.NamedNode(endpoint)
    data, graph = ox.BlankNode("data"), ox.BlankNode("graph")
    found = [
        ox.Triple(service, _A, _sd("Service")),
        ox.Triple(service, _A, ox.NamedNode(f"{_DCAT}DataService")),
        ox.Triple(service, ox.NamedNode(f"{_DCAT}servesDataset"), ox.NamedNode(dataset)),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        *(ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS),
        ox.Triple(service, _sd("defaultDataset"), data),
        ox.Triple(data, _A, _sd("Dataset")),
        ox.Triple(data, _sd("defaultGraph"), graph),
        ox.Triple(graph, _A, _sd("Graph")),
        ox.Triple(graph, _A, ox.NamedNode(f"{_VOID}Dataset")),
        ox.Triple(graph, ox.NamedNode(f"{_VOID}triples"), ox.Literal(triples)),
    ]
    if inferred:
        regime = ox.NamedNode("http://www.w3.org/ns/entailment/OWL-RDF-Based")
        found.append(ox.Triple(service, _sd("defaultEntailmentRegime"), regime))
        found.append(ox.Triple(service, _sd("defaultSupportedEntailmentProfile"), _profile("RL")))
    form = ox.RdfFormat.from_media_type(media_type)
    return ox.serialize(found, format=form, prefixes=_PREFIXES) or b""


def endpoint_address(headers: Mapping[str, str], scheme: str, path: str) -> str:
    """Return the address under which a client has asked, which may be that of a server before this one."""
    host = headers.get("host", "")
    try:
        return ox.NamedNode(f"{scheme}://{host}{path}").value if host else path
    except ValueError:
        return path


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _profile(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"http://www.w3.org/ns/owl-profile/{name}")
