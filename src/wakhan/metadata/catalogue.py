"""The stored queries as RDF, in the form of the SIB's collection of SPARQL examples, which query editors read.

Each query is a ``sh:SPARQLExecutable`` whose text runs as it is: its parameters have their default values. What can be
put in their place is told as SHACL tells the parameters of a function.
"""

import re
from collections.abc import Mapping

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from wakhan.dataset import Dataset
from wakhan.errors import UsageError
from wakhan.head import DATATYPES, Parameter
from wakhan.metadata.about import About
from wakhan.metadata.vocabulary import SCHEMA, VOID, graph_for, typed
from wakhan.query import StoredQuery, bind_parameters, runnable_text

NAME = "queries.ttl"
"""The file of the queries."""

_SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
_FORMS = {
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
    "DESCRIBE": (URIRef(f"{_SPEX}SPARQLDescribeExecutable"), URIRef(f"{_SPEX}describe")),
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
}
"""The form of a query to its class and to the property that has its text."""

_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>\s]*)>", re.IGNORECASE | re.MULTILINE)
_FORM = re.compile(rf"^\s*({'|'.join(_FORMS)})\b", re.IGNORECASE | re.MULTILINE)


def catalogue(about: About, dataset: Dataset) -> Graph:
    """Return all stored queries of *dataset* as RDF.

    Args:
        about: What the dataset says of itself.
        dataset: The dataset, in which the names of parameters are looked up.

    Raises:
        WakhanError: A stored query cannot be read.
    """
    graph = graph_for({"spex": _SPEX})
    prefixes = typed(graph, about.node(NAME, "prefixes"), OWL.Ontology)
    graph.add((prefixes, OWL.imports, URIRef(str(SH))))
    for query in dataset.queries.values():
        text = plain_text(query)
        for prefix, namespace in _PREFIX.findall(text):
            declared = typed(graph, about.node(NAME, f"prefix-{prefix}"), SH.PrefixDeclaration)
            graph.add((prefixes, SH.declare, declared))
            graph.add((declared, SH.prefix, Literal(prefix)))
            graph.add((declared, SH.namespace, Literal(namespace, datatype=XSD.anyURI)))
        _add_query(graph, about, dataset, query)
        graph.add((about.query(query.name), SH.prefixes, prefixes))
    return graph


def plain_text(query: StoredQuery, bindings: Mapping[str, Node] | None = None) -> str:
    """Return the SPARQL of a stored query without its head, with *bindings* for its parameters."""
    text = runnable_text(query, bindings or {})
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"


def defaults(dataset: Dataset, query: StoredQuery) -> dict[str, Node]:
    """Return the default values of the parameters; one that has none in this dataset stays open."""
    found: dict[str, Node] = {}
    for parameter in query.parameters:
        if parameter.default is not None:
            found |= _bound(dataset, query, parameter, parameter.default)
    return found


def _add_query(graph: Graph, about: About, dataset: Dataset, query: StoredQuery) -> None:
    iri, bindings = about.query(query.name), defaults(dataset, query)
    text = plain_text(query, bindings)
    form = _FORM.search(text)
    kind, has_text = _FORMS[form[1].upper() if form else "SELECT"]
    for each in (SH.SPARQLExecutable, kind):
        graph.add((iri, RDF.type, each))
    graph.add((iri, has_text, Literal(text)))
    graph.add((iri, RDFS.label, Literal(query.name)))
    graph.add((iri, RDFS.comment, Literal(query.summary, lang="en")))
    if query.description:
        graph.add((iri, DCTERMS.description, Literal(" ".join(query.description.split()), lang="en")))
    for tag in query.tags:
        graph.add((iri, SCHEMA.keywords, Literal(tag)))
    graph.add((iri, VOID.inDataset, about.edition("inferred" if query.inference else "asserted")))
    for order, parameter in enumerate(query.parameters):
        node = typed(graph, f"{iri}#{parameter.name}", SH.Parameter)
        graph.add((iri, SH.parameter, node))
        graph.add((node, SH.order, Literal(order)))
        if parameter.name in bindings:
            graph.add((node, SH.defaultValue, bindings[parameter.name]))
        _describe_parameter(graph, node, parameter)
        if parameter.values:
            allowed = [_bound(dataset, query, parameter, value) for value in parameter.values]
            terms = [each[parameter.name] for each in allowed if each]
            graph.add((node, SH["in"], Collection(graph, BNode(), terms).uri))


def _describe_parameter(graph: Graph, node: URIRef, parameter: Parameter) -> None:
    graph.add((node, SH.path, node))  # whose local name is that of the variable
    graph.add((node, SH.name, Literal(parameter.name)))
    graph.add((node, SH.optional, Literal(not parameter.required)))
    if parameter.description:
        graph.add((node, SH.description, Literal(parameter.description, lang="en")))
    if parameter.type != "iri":
        graph.add((node, SH.datatype, DATATYPES[parameter.type]))
    else:
        graph.add((node, SH.nodeKind, SH.IRI))
    if parameter.cls is not None:
        graph.add((node, SH["class"], parameter.cls))


def _bound(dataset: Dataset, query: StoredQuery, parameter: Parameter, value: str) -> dict[str, Node]:
    """Return the term for a value of one parameter, or nothing where the dataset has no such thing."""
    alone = StoredQuery(query.name, query.path, query.topic, query.summary, query.text, parameters=(parameter,))
    try:
        return bind_parameters(alone, {parameter.name: value}, dataset.graph)
    except UsageError:  # another article has not what Wakhan's queries name by default
        return {}
