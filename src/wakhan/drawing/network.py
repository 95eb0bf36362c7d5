"""Who is related to whom: what claims say of two actors, and of actors and alliances."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from wakhan.claimview import claims_about
from wakhan.drawing.statement import Said, group_claims
from wakhan.names import WK, natural_key
from wakhan.standing import STANDINGS

KINDS: dict[str, tuple[URIRef, ...]] = {
    "alliance": (WK.Alliance, WK.Mechanism),
    "state": (WK.State, WK.GroupOfStates),
    "person": (WK.Person,),
    "other": (WK.Organization, WK.ArmedForce, WK.Group, WK.People),
}
"""The kinds of actors that are drawn differently, with their classes."""


_OF_ACTORS = (WK.investsIn, WK.sawProtestsAgainst)
"""What relates a state to another as actors, though one of them is there as a place."""


@dataclass(frozen=True)
class Tie:
    """What is said, with one standing and in one direction, of two actors.

    Attributes:
        ends: The two actors, in the order of their IRIs.
        standing: See ``wakhan.standing``.
        said: The statements, in the order of the article.
        head: The end that all statements point to; None if they are true in both directions.
    """

    ends: tuple[URIRef, URIRef]
    standing: str
    said: tuple[Said, ...]
    head: URIRef | None


def kind_of(graph: Graph, node: Node) -> str | None:
    """Return the kind of an actor, one of ``KINDS``, or None if it is no actor that is drawn."""
    types = set(graph.objects(node, RDF.type))
    return next((kind for kind, classes in KINDS.items() if types & set(classes)), None)


def ties(graph: Graph) -> list[Tie]:
    """Return the ties of actors, by their ends, what is surest first; where somebody is or went is no tie."""
    views = [view for view in claims_about(graph) if _is_tie(graph, view.subject, view.predicate, view.object)]
    groups: dict[tuple[URIRef, URIRef, str, URIRef | None], list[Said]] = {}
    for said in group_claims(graph, views):
        first, second = sorted((URIRef(str(said.subject)), URIRef(str(said.object))), key=natural_key)
        groups.setdefault((first, second, said.standing, _head(graph, said)), []).append(said)
    order = list(STANDINGS)
    found = [
        Tie((first, second), standing, tuple(said), head) for (first, second, standing, head), said in groups.items()
    ]
    return sorted(
        found,
        key=lambda tie: (
            natural_key(tie.ends[0]),
            natural_key(tie.ends[1]),
            order.index(tie.standing),
            natural_key(tie.head or ""),
        ),
    )


def _is_tie(graph: Graph, subject: Node, predicate: URIRef, obj: Node) -> bool:
    if subject == obj or not isinstance(subject, URIRef) or not isinstance(obj, URIRef):
        return False
    is_where = (
        any((predicate, prop, WK.Place) in graph for prop in (RDFS.domain, RDFS.range)) or predicate == WK.borders
    )
    is_of_actors = not is_where or predicate in _OF_ACTORS
    return is_of_actors and kind_of(graph, subject) is not None and kind_of(graph, obj) is not None


def _head(graph: Graph, said: Said) -> URIRef | None:
    is_mutual = (said.predicate, RDF.type, OWL.SymmetricProperty) in graph
    return None if is_mutual else URIRef(str(said.object))


def components(nodes: Iterable[URIRef], pairs: Iterable[tuple[URIRef, URIRef]]) -> list[list[URIRef]]:
    """Return *nodes* in groups that *pairs* connect, the largest first."""
    near: dict[URIRef, set[URIRef]] = {node: set() for node in nodes}
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    groups, seen = [], set[URIRef]()
    for node in sorted(near, key=natural_key):
        group, todo = [], [node]
        while todo:
            one = todo.pop(0)
            if one not in seen:
                seen.add(one)
                group.append(one)
                todo += sorted(near[one], key=natural_key)
        if group:
            groups.append(group)
    return sorted(groups, key=lambda group: (-len(group), natural_key(group[0])))
