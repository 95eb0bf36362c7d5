"""Draw the conclusions of a graph: its OWL 2 RL closure, without the triples that tell a reader nothing.

There are two engines, which give the same triples. The fast one is ``wakhan.owl2rl``, the reference is owlrl. What
holds of everything (every term is the same as itself, every class has owl:Nothing below it, every literal has a type)
is left out, so that each triple of a closure is either asserted or worth reading.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations, product
from typing import Literal as OneOf

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal
from rdflib.term import Node

from wakhan import owl2rl
from wakhan.clashes import Clash, clashes
from wakhan.errors import WakhanError
from wakhan.names import Triple, new_graph

__all__ = ["Clash", "Triple", "clashes", "closure", "is_anonymous", "is_noise", "rdfs_closure", "union"]

REFLEXIVE, TYPING, EVERYTHING, VOCABULARY = owl2rl.REFLEXIVE, owl2rl.TYPING, owl2rl.EVERYTHING, owl2rl.VOCABULARY
ERROR_NODE = "http://www.daml.org/2002/03/agents/agent-ont#"
LIMITS = (OWL.maxCardinality, OWL.maxQualifiedCardinality)

Engine = OneOf["fast", "reference"]


def closure(graph: Graph, *, anonymous: bool = False, engine: Engine = "fast") -> Graph:
    """Return *graph* and what follows from it by OWL 2 RL.

    Args:
        graph: Ontology and data. It is not changed.
        anonymous: Keep also what follows about classes without a name, such as the restrictions an individual falls
            under. Readers have no use for it; the clash rules have.
        engine: ``fast``, or ``reference``, which is owlrl and takes thirty times as long, or more.

    Raises:
        WakhanError: A list of the ontology runs in a circle.
    """
    if engine == "fast":
        return union(graph, owl2rl.closure(graph, anonymous=anonymous))
    new = (t for t in _reference(graph) if not (is_noise(t) or (not anonymous and is_anonymous(t))))
    return union(graph, new)


def _reference(graph: Graph) -> Graph:
    """Return the closure by owlrl, with what owlrl has not, round it until nothing new comes."""
    closed = union(graph)
    try:
        while True:
            _close_by_owlrl(closed)
            new = {triple for triple in _overlooked(closed) if triple not in closed}
            if not new:
                return closed
            for triple in new:
                closed.add(triple)
    except ValueError as error:
        raise WakhanError(f"the graph cannot be reasoned with: {error}") from error


def _close_by_owlrl(graph: Graph) -> None:
    import owlrl  # type: ignore[import-untyped]

    class OwlRl(owlrl.OWLRL_Semantics):  # type: ignore[misc]
        """The rules of owlrl, save where they are wrong."""

        def store_triple(self, triple: Triple) -> None:
            """Keep a triple; RDF has no literal subjects, and ``x owl:sameAs x`` costs most of the time for nothing."""
            if not isinstance(triple[0], Literal) and not (triple[1] == OWL.sameAs and triple[0] == triple[2]):
                super().store_triple(triple)

        def rules(self, triple: Triple, cycle: int) -> None:
            """Apply the rules to a triple; of several keys owlrl compares all but the last, and all limits it reads."""
            if triple[1] == OWL.hasKey or (triple[1] in LIMITS and not isinstance(triple[2], Literal)):
                self._equality(triple, cycle)
            else:
                super().rules(triple, cycle)

        def _one_time_rules_datatypes(self) -> None:
            """Do nothing: these rules are about literals as subjects, and confuse things with their types."""

    OwlRl(graph, axioms=False, daxioms=False).closure()


def _overlooked(graph: Graph) -> Iterator[Triple]:
    """Yield what follows in one step by the rules that owlrl applies only in part."""
    for cls, head in graph.subject_objects(OWL.hasKey):  # prp-key
        properties = list(graph.items(head))
        owners = defaultdict[tuple[Node, ...], set[Node]](set)
        for thing in graph.subjects(RDF.type, cls) if properties else ():
            for values in product(*(set(graph.objects(thing, prop)) for prop in properties)):
                owners[values].add(thing)
        for things in owners.values():
            yield from ((one, OWL.sameAs, other) for one, other in permutations(things, 2))
    for thing, value in graph.subject_objects(OWL.sameAs):  # eq-rep-o, from a thing to a literal
        if isinstance(value, Literal):
            yield from ((subject, prop, value) for subject, prop in graph.subject_predicates(thing))
    for prop in (RDFS.subClassOf, RDFS.subPropertyOf):  # scm-sco and scm-spo, there and back
        yield from ((one, prop, one) for one, other in graph.subject_objects(prop) if (other, prop, one) in graph)


def rdfs_closure(graph: Graph) -> Graph:
    """Return *graph* and what follows from it by RDFS, without what tells a reader nothing.

    Args:
        graph: Ontology and data. It is not changed.
    """
    import owlrl

    class Rdfs(owlrl.RDFS_Semantics):  # type: ignore[misc]
        """The rules of RDFS, without those of owlrl's own that copy triples between literals of equal value."""

        def one_time_rules(self) -> None:
            """Do nothing: ``1`` is not ``true``."""

    closed = union(graph)
    Rdfs(closed, axioms=False, daxioms=False, rdfs=True).closure()
    return union(graph, (triple for triple in closed if not is_noise(triple)))


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
    graph = new_graph()
    for part in parts:
        graph += part
    source = namespaces if namespaces is not None else next((p for p in parts if isinstance(p, Graph)), None)
    for prefix, iri in source.namespaces() if source is not None else ():
        graph.bind(prefix, iri)
    return graph


def is_anonymous(triple: Triple) -> bool:
    """Say whether a *triple* is about something without a name."""
    return type(triple[0]) is BNode or type(triple[2]) is BNode  # isinstance asks rdflib's terms in Python
