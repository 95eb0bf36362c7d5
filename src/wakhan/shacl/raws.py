"""Read the results that pySHACL makes, which are lists of triples, and put them in an order."""

from collections.abc import Iterator
from typing import Any

from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.findings import SEVERITIES, Result
from wakhan.names import local_name

_DETAIL = str(SH.detail)

Raw = tuple[str, Node, list[tuple[Node, Node, Any]]]
"""What pySHACL makes of a result: a text, the node of the result, and its triples."""


def node_key(node: Node) -> tuple[bool, str, str]:
    """Return the key that sorts nodes, blank ones last."""
    return isinstance(node, BNode), str(node), node.n3()


def order(raw: Raw) -> list[tuple[str, tuple[bool, str, str]]]:
    """Sort results of one shape by all that they say, for pySHACL gives them in any order."""
    terms = ((str(predicate), _term(value)) for node, predicate, value in raw[2] if node == raw[1])
    # a message that pySHACL writes itself may be another one in the next run
    ranks = {str(SH.focusNode): "0", str(SH.resultPath): "1", str(SH.value): "2", str(SH.resultMessage): "~"}
    return sorted(
        (ranks.get(predicate, predicate), node_key(value)) for predicate, value in terms if predicate != _DETAIL
    )


def _term(value: object) -> Node:
    return value[1] if isinstance(value, tuple) else value  # type: ignore[return-value]


def severity_of(raw: Raw) -> str:
    """Return how grave a result is; what a shape calls by a name of its own is a violation."""
    names = (_term(value) for node, predicate, value in raw[2] if predicate == SH.resultSeverity and node == raw[1])
    severity = local_name(next(names, SH.Violation)).lower()
    return severity if severity in SEVERITIES else "violation"


def result_of(raw: Raw, shapes: Graph) -> Result:
    """Return a result of pySHACL in our terms; its triples hold those of the results that it rests on too."""
    parts: dict[Node, Node] = {}
    messages: list[Node] = []
    for node, predicate, value in raw[2]:
        if node == raw[1] and predicate == SH.resultMessage:
            messages.append(_term(value))
        elif node == raw[1]:
            parts[predicate] = _term(value)
    constraint, shape = parts.get(SH.sourceConstraint), parts.get(SH.sourceShape)
    return Result(
        severity=severity_of(raw),
        rule=_named_shape(shapes, constraint or shape),  # the most exact that has a name
        focus=parts.get(SH.focusNode),
        path=parts.get(SH.resultPath),
        value=parts.get(SH.value),
        message=_message(messages, {str(text) for text in shapes.objects(shape, SH.message)} if constraint else set()),
        source="shapes",
        component=parts.get(SH.sourceConstraintComponent),
        shape=shape,
        details=tuple(result_of(detail, shapes) for detail in _details(raw)),
    )


def _details(raw: Raw) -> list[Raw]:
    """Return the results that a result rests on, in order."""
    nodes = {_term(value) for node, predicate, value in raw[2] if node == raw[1] and predicate == SH.detail}
    return sorted((("", node, raw[2]) for node in nodes), key=order)


def _message(messages: list[Node], of_shape: set[str]) -> str:
    """Return the best of the messages: of the constraint itself (pySHACL adds those of the shape), and English."""
    own = [message for message in messages if str(message) not in of_shape] or messages

    def rank(message: Node) -> tuple[bool, str]:
        language = (message.language or "") if isinstance(message, Literal) else ""
        return not (language == "" or language.lower().partition("-")[0] == "en"), str(message)

    return str(min(own, key=rank)) if own else ""


def _named_shape(shapes: Graph, shape: Node | None) -> URIRef | str:
    """Return *shape*, or if it is a blank node the nearest node above it that has a name."""
    level, seen = [shape], {shape}
    while level:
        named = sorted(node for node in level if isinstance(node, URIRef))
        if named:
            return named[0]
        level = list({parent for node in level for parent in shapes.subjects(None, node)} - seen)
        seen.update(level)
    return ""


def result_node(number: int, *details: int) -> BNode:
    """Return the node that a result has in the report.

    Args:
        number: Its place among the results, from 0.
        details: If it is one that another rests on: its place among these, and so on.
    """
    return BNode(f"result{number:07}{''.join(f'detail{place}' for place in details)}")


def renamed(raws: list[Raw]) -> list[Raw]:
    """Return results in which the nodes have the names that ``result_node`` gives, instead of any."""
    named = list[Raw]()
    for number, raw in enumerate(raws):
        names: dict[Node, Node] = dict(_names(raw, number))
        triples = [(names.get(s, s), p, o if isinstance(o, tuple) else names.get(o, o)) for s, p, o in raw[2]]
        named.append((raw[0], names[raw[1]], triples))
    return named


def _names(raw: Raw, *place: int) -> Iterator[tuple[Node, BNode]]:
    yield raw[1], result_node(*place)
    for number, detail in enumerate(_details(raw)):
        yield from _names(detail, *place, number)
