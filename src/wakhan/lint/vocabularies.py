"""The terms of the vocabularies that everybody uses, as far as rdflib and pySHACL know them."""

from functools import cache
from importlib.resources import files

from rdflib import DCAT, RDF, SDO, SH, Graph, URIRef, namespace
from rdflib.namespace import WGS, DefinedNamespace
from rdflib.term import Node

from wakhan.names import new_graph
from wakhan.suggest import split

_NAMES = (
    "CSVW DC DCAM DCAT DCMITYPE DCTERMS DOAP FOAF ODRL2 ORG OWL PROF PROV QB RDF RDFS SDO SH SKOS SOSA SSN TIME VANN "
    "VOID WGS XSD"
)
_VOCABULARIES: tuple[type[DefinedNamespace], ...] = tuple(getattr(namespace, name) for name in _NAMES.split())
_NEWER = (
    "ByTypes Debug ShapeClass Trace agentInstruction codeIdentifier count desc distinct else exists expr filter "
    "findFirst flatMap groupConcat if intent limit matchAll max maxListLength memberShape min minListLength minus "
    "nodeByExpression offset orderBy reificationRequired reifierShape remove rootClass separator shape singleLine "
    "someValue sparqlExpr subsetOf sum targetWhere then uniqueMembers uniqueValuesFor values var"
)  # of the drafts of SHACL 1.2 and its node expressions
_DCAT_3 = (
    "DatasetSeries first hasCurrentVersion hasVersion inSeries isVersionOf last next prev previousVersion resource "
    "seriesMember version"
)  # which rdflib does not have yet
_SCHEMA = "http://schema.org/"
_GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"  # which rdflib writes with https
_MEMBER = str(RDF) + "_"


def is_standard(term: Node) -> bool:
    """Tell whether *term* is in the namespace of a vocabulary that everybody uses, whether it exists or not."""
    return isinstance(term, URIRef) and split(term)[0] in _terms()


def exists(term: URIRef) -> bool | None:
    """Tell whether a standard vocabulary has *term*; None where the vocabulary is not known here.

    Example:
        >>> core = "http://www.w3.org/2004/02/skos/core#"
        >>> exists(URIRef(core + "prefLabel")), exists(URIRef(core + "label")), exists(URIRef("urn:a:b"))
        (True, False, None)
    """
    names = _terms().get(split(term)[0])
    return None if names is None else term in names or term.startswith(_MEMBER)


def siblings(term: URIRef) -> frozenset[URIRef]:
    """Return the terms of the standard vocabulary that *term* would be in."""
    return _terms().get(split(term)[0], frozenset())


@cache
def shacl_terms() -> frozenset[URIRef]:
    """Return the terms of SHACL, with those of its advanced features and of the drafts of SHACL 1.2."""
    graph = Graph()
    graph.parse(data=(files("pyshacl") / "assets" / "shacl.ttl").read_text(encoding="utf-8"), format="turtle")
    named = {node for triple in graph for node in triple if isinstance(node, URIRef) and node.startswith(str(SH))}
    return frozenset(named | set(_members(SH)) | {URIRef(str(SH) + name) for name in _NEWER.split()})


@cache
def shacl_shapes() -> Graph:
    """Return the shapes that every shape must have, by the authors of SHACL."""
    text = (files("pyshacl") / "assets" / "shacl-shacl.ttl").read_text(encoding="utf-8")
    return new_graph().parse(data=text, format="turtle")


@cache
def _terms() -> dict[str, frozenset[URIRef]]:
    found = {str(vocabulary): frozenset(_members(vocabulary)) for vocabulary in _VOCABULARIES}
    found[_SCHEMA] = frozenset(URIRef(_SCHEMA + split(term)[1]) for term in found[str(SDO)])
    found[_GEO] = frozenset(URIRef(_GEO + split(term)[1]) for term in found[str(WGS)])
    found[str(DCAT)] |= {URIRef(str(DCAT) + name) for name in _DCAT_3.split()}
    found[str(SH)] = shacl_terms()
    return found


def _members(vocabulary: type[DefinedNamespace]) -> list[URIRef]:
    return [URIRef(name) for name in dir(vocabulary) if name.startswith(str(vocabulary))]
