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


@dataclass(frozen=True)
class Tie:
    """What is said, with one standing, of two actors.

    Attributes:
        ends: The two actors, in the order of their IRIs.
        standing: See ``wakhan.standing``.
        said: The statements, in the order of the article.
        heads: The ends that a statement points to; none if all are true in both directions.
    """

    ends: tuple[URIRef, URIRef]
    standing: str
    said: tuple[Said, ...]
    heads: frozenset[URIRef]


def kind_of(graph: Graph, node: Node) -> str | None:
    """Return the kind of an actor, one of ``KINDS``, or None if it is no actor that is drawn."""
    types = set(graph.objects(node, RDF.type))
    return next((kind for kind, classes in KINDS.items() if types & set(classes)), None)


def ties(graph: Graph) -> list[Tie]:
    """Return the ties of actors, by their ends, what is surest first; where somebody is or went is no tie."""
    views = [view for view in claims_about(graph) if _is_tie(graph, view.subject, view.predicate, view.object)]
    groups: dict[tuple[URIRef, URIRef, str], list[Said]] = {}
    for said in group_claims(graph, views):
        first, second = sorted((URIRef(str(said.subject)), URIRef(str(said.object))), key=natural_key)
        groups.setdefault((first, second, said.standing), []).append(said)
    order = list(STANDINGS)
    return [
        Tie((first, second), standing, tuple(said), frozenset(_heads(graph, said)))
        for (first, second, standing), said in sorted(
            groups.items(), key=lambda item: (natural_key(item[0][0]), natural_key(item[0][1]), order.index(item[0][2]))
        )
    ]


def _is_tie(graph: Graph, subject: Node, predicate: URIRef, obj: Node) -> bool:
    if subject == obj or not isinstance(subject, URIRef) or not isinstance(obj, URIRef):
        return False
    is_where = (
        any((predicate, prop, WK.Place) in graph for prop in (RDFS.domain, RDFS.range)) or predicate == WK.borders
    )
    return not is_where and kind_of(graph, subject) is not None and kind_of(graph, obj) is not None


def _heads(graph: Graph, said: Iterable[Said]) -> Iterable[URIRef]:
    for each in said:
        if (each.predicate, RDF.type, OWL.SymmetricProperty) not in graph:
            yield URIRef(str(each.object))


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
