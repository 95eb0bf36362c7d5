"""Name blank nodes after what is said of them, so that two graphs can be compared triple by triple."""

import hashlib

import pyoxigraph as ox
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.names import Triple, curie, new_graph
from wakhan.rows import term_key

_ROOT = URIRef("urn:root")


def named_by_content(graph: Graph) -> Graph:
    """Return *graph* with blank nodes whose names are digests of what is said of them.

    Blank nodes of which the same is said become one, which says as much. The digest is that of the canonical form by
    RDFC-1.0 of all that is reached from the node over blank nodes, so it does not depend on the rest of the graph.

    Args:
        graph: The graph. It is not changed.
    """
    names: dict[Node, BNode] = {}

    def renamed(node: Node) -> Node:
        if not isinstance(node, BNode):
            return node
        if node not in names:
            names[node] = BNode(_digest(graph, node))
        return names[node]

    result = new_graph()
    for prefix, namespace in graph.namespaces():
        result.bind(prefix, namespace)
    for subject, predicate, value in graph:
        result.add((renamed(subject), predicate, renamed(value)))
    return result


def reached(graph: Graph, node: Node) -> list[Triple]:
    """Return what is said of *node*, of the blank nodes there, and so on."""
    found: list[Triple] = []
    seen, waiting = {node}, [node]
    while waiting:
        for triple in graph.triples((waiting.pop(), None, None)):
            found.append(triple)
            if isinstance(triple[2], BNode) and triple[2] not in seen:
                seen.add(triple[2])
                waiting.append(triple[2])
    return found


def text(graph: Graph, node: Node, seen: frozenset[Node] = frozenset()) -> str:
    """Return *node* as a person writes it, a blank one with what is said of it.

    Args:
        graph: Where it is said.
        node: The node.
        seen: The blank nodes around it, which are not written again.
    """
    if not isinstance(node, BNode):
        return str(node) if isinstance(node, Literal) else curie(node, graph)
    if node in seen:
        return "[…]"
    inner = seen | {node}
    if (node, RDF.first, None) in graph:
        return f"({' '.join(_items(graph, node, inner))})"
    said = sorted(graph.predicate_objects(node), key=lambda pair: (pair[0] != RDF.type, str(pair[0]), str(pair[1])))
    parts = [f"{'a' if p == RDF.type else curie(p, graph)} {text(graph, o, inner)}" for p, o in said]
    return f"[{' ; '.join(parts)}]"


def _items(graph: Graph, node: Node, seen: frozenset[Node]) -> list[str]:
    items: list[str] = []
    rest: Node | None = node
    while rest is not None and rest != RDF.nil and len(items) < len(graph):
        items += [text(graph, item, seen) for item in sorted(graph.objects(rest, RDF.first), key=term_key)]
        rest = graph.value(rest, RDF.rest)
    return items


def _digest(graph: Graph, node: BNode) -> str:
    part = new_graph()
    part.add((_ROOT, _ROOT, node))
    for triple in reached(graph, node):
        part.add(triple)
    dataset = ox.Dataset(ox.parse(part.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(str(quad.triple) for quad in dataset)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
