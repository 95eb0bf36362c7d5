"""Write a graph as JSON-LD that people can read: short names, each thing once, no blank node that can be nested."""

import json
import re
from collections import Counter, defaultdict
from typing import Any, TypeAlias

from rdflib import RDF, XSD, BNode, Graph, Literal
from rdflib.term import Node

from wakhan.formats.context import Context, list_items
from wakhan.formats.editions import in_reading_order

Json: TypeAlias = Any

_WIDTH = 120
_INTEGER = re.compile(r"-?[1-9][0-9]{0,14}|0")  # more digits are not safe in every reader of JSON


def to_jsonld(graph: Graph, context: Context) -> str:
    """Return *graph* as JSON-LD with its *context*, things in the order of the Turtle files."""
    writer = _Writer(graph, context)
    nodes = [writer.node(subject) for subject in writer.statements if subject not in writer.nested]
    own = context.as_json(sorted(set(graph.predicates()), key=str), json.dumps(nodes))
    return pretty({"@context": own, "@graph": nodes}) + "\n"


def to_context(context: Context) -> str:
    """Return the document that other JSON-LD can refer to for its context."""
    return pretty({"@context": context.as_json()}) + "\n"


def pretty(value: Json, indent: int = 0, taken: int = 0) -> str:
    """Return *value* as JSON in which what is short has a line to itself, and what is long one for each part.

    Args:
        value: What JSON can hold.
        indent: How far it stands to the right.
        taken: How much of its first line is taken by what stands before it.

    Example:
        >>> print(pretty({"a": [1, 2], "b": {}}))
        {"a": [1, 2], "b": {}}
    """
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or (indent and indent + taken + len(line) <= _WIDTH - 1):
        return line
    if not indent and len(line) <= _WIDTH // 4:
        return line
    inner = "\n" + " " * (indent + 2)
    keys = (
        [f"{json.dumps(key, ensure_ascii=False)}: " for key in value] if isinstance(value, dict) else [""] * len(value)
    )
    parts = value.values() if isinstance(value, dict) else value
    texts = [key + pretty(part, indent + 2, len(key)) for key, part in zip(keys, parts, strict=True)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + inner + f",{inner}".join(texts) + "\n" + " " * indent + closing


class _Writer:
    """Writes the things of one graph."""

    def __init__(self, graph: Graph, context: Context) -> None:
        self.graph = graph
        self.statements = dict(in_reading_order(graph))
        self.context = context
        parents = Counter(value for value in graph.objects() if isinstance(value, BNode))
        self.nested = {node for node, number in parents.items() if number == 1 and not self._is_in_circle(node)}

    def node(self, subject: Node) -> dict[str, Json]:
        """Return a thing with all that is said of it."""
        written: dict[str, Json] = {}
        if subject not in self.nested:
            written["@id"] = self._id(subject)
        values = defaultdict[Node, list[Node]](list)
        for predicate, value in self.statements.get(subject, ()):
            values[predicate].append(value)
        for predicate, objects in values.items():
            if predicate == RDF.type:
                written["@type"] = _one_or_all([self.context.word(kind) for kind in objects])
            else:
                written[self.context.key(predicate)] = self._values(predicate, objects)
        return written

    def _values(self, predicate: Node, objects: list[Node]) -> Json:
        kind = self.context.kinds.get(predicate, {})
        container, of_type = kind.get("@container"), kind.get("@type")
        if container == "@language":
            texts = defaultdict[str, list[str]](list)
            for value in objects:
                texts[getattr(value, "language", "")].append(str(value))
            return {language: _one_or_all(texts[language]) for language in sorted(texts)}
        if container == "@list":
            return self._items(objects[0], of_type)
        return _one_or_all([self._value(value, of_type) for value in objects])

    def _value(self, value: Node, kind: str | None) -> Json:
        if isinstance(value, Literal):
            return self._literal(value, kind)
        items = self._items(value, kind)
        if items is not None:
            return {"@list": items}
        if value in self.nested:
            return self.node(value)
        name = self.context.word(value) if kind == "@vocab" and not isinstance(value, BNode) else self._id(value)
        return name if kind in ("@id", "@vocab") else {"@id": self._id(value)}

    def _literal(self, literal: Literal, kind: str | None) -> Json:
        text = str(literal)
        if literal.language:
            return {"@value": text, "@language": literal.language}
        if literal.datatype is None:
            return text if kind is None else {"@value": text}
        datatype = self.context.short(literal.datatype)
        if datatype != kind:
            return {"@value": text, "@type": datatype}
        if literal.datatype == XSD.integer and _INTEGER.fullmatch(text):
            return int(text)
        return text == "true" if literal.datatype == XSD.boolean and text in ("true", "false") else text

    def _items(self, head: Node, kind: str | None) -> list[Json] | None:
        items = list_items(self.graph, head)
        return None if items is None else [self._value(item, kind) for item in items]

    def _is_in_circle(self, node: Node) -> bool:
        """Say whether a blank node is part of itself, so that it would be nested in nothing."""
        seen: set[Node] = set()
        below = [node]
        while below:
            for _, value in self.statements.get(below.pop(), ()):
                if value == node:
                    return True
                if isinstance(value, BNode) and value not in seen:
                    seen.add(value)
                    below.append(value)
        return False

    def _id(self, node: Node) -> str:
        return node.n3() if isinstance(node, BNode) else self.context.short(node)


def _one_or_all(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values
