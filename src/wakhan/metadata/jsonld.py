"""Write a graph of metadata as JSON-LD: a context of its own, the nodes by IRI, every list in one order."""

import json

from rdflib import RDF, BNode, Graph, Literal
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.names import natural_key, prefixes_of, shorten


def to_jsonld(graph: Graph) -> str:
    """Return *graph* as JSON-LD 1.1, the same text each time.

    Raises:
        WakhanError: The graph has a blank node, for which this form has no one name.
    """
    writer = _Writer(graph)
    nodes = [writer.node(subject) for subject in sorted(set(graph.subjects()), key=natural_key)]
    context = {prefix: writer.namespaces[prefix] for prefix in sorted(writer.used)}
    return json.dumps({"@context": context, "@graph": nodes}, ensure_ascii=False, indent=2) + "\n"


class _Writer:
    """Turns nodes into what JSON can hold, and remembers which prefixes it used."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.namespaces = prefixes_of(graph)
        self.used: set[str] = set()

    def node(self, subject: Node) -> dict[str, object]:
        found: dict[str, object] = {"@id": self.iri(subject)}
        for prop in sorted(set(self.graph.predicates(subject)), key=lambda prop: (prop != RDF.type, str(prop))):
            values = sorted(self.graph.objects(subject, prop), key=lambda value: natural_key(value.n3()))
            if prop == RDF.type:
                found["@type"] = _one([self.iri(value) for value in values])
            else:
                found[self.iri(prop)] = _one([self.value(value) for value in values])
        return found

    def iri(self, node: Node) -> str:
        if isinstance(node, BNode):
            raise WakhanError("metadata have no blank nodes, but one came up")
        short = shorten(str(node), self.namespaces)
        if short is None:
            return str(node)
        self.used.add(short[0])
        return ":".join(short)

    def value(self, node: Node) -> dict[str, str]:
        if not isinstance(node, Literal):
            return {"@id": self.iri(node)}
        if node.language:
            return {"@value": str(node), "@language": node.language}
        if node.datatype is None:
            return {"@value": str(node)}
        return {"@value": str(node), "@type": self.iri(node.datatype)}


def _one(values: list[object] | list[str] | list[dict[str, str]]) -> object:
    return values[0] if len(values) == 1 else values
