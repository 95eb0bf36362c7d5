"""Draw the conclusions of a graph: its OWL 2 RL closure, without the triples that tell a reader nothing.

The rules are owlrl's. What it adds beside them (every term is the same as itself, every class has owl:Nothing below
it, every literal has a type) is left out, so that each triple of a closure is either asserted or worth reading.
"""

from collections.abc import Iterable

import owlrl  # type: ignore[import-untyped]
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal

from wakhan.clashes import Clash, clashes
from wakhan.errors import WakhanError
from wakhan.names import Triple

__all__ = ["Clash", "Triple", "clashes", "closure", "is_noise", "union"]

REFLEXIVE = {OWL.sameAs, OWL.equivalentClass, OWL.equivalentProperty, RDFS.subClassOf, RDFS.subPropertyOf}
TYPING = {RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range}
EVERYTHING = {OWL.Thing, RDFS.Resource}
VOCABULARY = (str(RDF), str(RDFS), str(OWL), str(XSD))
ERROR_NODE = "http://www.daml.org/2002/03/agents/agent-ont#"


def closure(graph: Graph, *, anonymous: bool = False) -> Graph:
    """Return *graph* and what follows from it by OWL 2 RL, save from owl:hasKey.

    Args:
        graph: Ontology and data. It is not changed.
        anonymous: Keep also what follows about classes without a name, such as the restrictions an individual falls
            under. Readers have no use for it; the clash rules have.

    Raises:
        WakhanError: A list of the ontology runs in a circle.
    """
    # owlrl compares all keys but the last, so that by a single key any two instances would become one.
    closed = union(t for t in graph if t[1] != OWL.hasKey)
    engine = owlrl.OWLRL_Semantics(closed, axioms=False, daxioms=False)
    store = engine.store_triple

    def store_legal(triple: Triple) -> None:
        # RDF has no literal subjects, and `x owl:sameAs x` has no consequences but costs most of the time.
        if not isinstance(triple[0], Literal) and not (triple[1] == OWL.sameAs and triple[0] == triple[2]):
            store(triple)

    engine.store_triple = store_legal
    try:
        engine.closure()
    except ValueError as error:
        raise WakhanError(f"the graph cannot be reasoned with: {error}") from error
    new = (t for t in closed if not (is_noise(t) or (not anonymous and _is_anonymous(t))))
    return union(graph, new)


def rdfs_closure(graph: Graph) -> Graph:
    """Return *graph* and what follows from it by RDFS, without what tells a reader nothing.

    Args:
        graph: Ontology and data. It is not changed.
    """
    closed = union(graph)
    _Rdfs(closed, axioms=False, daxioms=False, rdfs=True).closure()
    return union(graph, (triple for triple in closed if not is_noise(triple)))


class _Rdfs(owlrl.RDFS_Semantics):  # type: ignore[misc]
    """The rules of RDFS, without those of owlrl's own that copy triples between literals of equal value in Python."""

    def one_time_rules(self) -> None:
        """Do nothing: ``1`` is not ``true``."""


def is_noise(triple: Triple) -> bool:
    """Say whether an inferred *triple* is one that holds of everything, or is about the vocabulary of OWL itself."""
    subject, predicate, value = triple
    return (
        isinstance(subject, Literal)
        or isinstance(predicate, BNode)
        or (subject == value and predicate in REFLEXIVE)
        or (value in EVERYTHING and predicate in TYPING)
        or str(subject).startswith(VOCABULARY)
        or str(predicate).startswith(ERROR_NODE)
        or str(value).startswith(ERROR_NODE)
    )


def union(*parts: Iterable[Triple], namespaces: Graph | None = None) -> Graph:
    """Return a new graph with the triples of all *parts*, and the prefixes of *namespaces* or else of the first."""
    graph = Graph(bind_namespaces="none")
    for part in parts:
        for triple in part:
            graph.add(triple)
    source = namespaces if namespaces is not None else next((p for p in parts if isinstance(p, Graph)), None)
    for prefix, iri in source.namespaces() if source is not None else ():
        graph.bind(prefix, iri)
    return graph


def _is_anonymous(triple: Triple) -> bool:
    return isinstance(triple[0], BNode) or isinstance(triple[2], BNode)
