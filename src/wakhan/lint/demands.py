"""What shapes that look at the same nodes demand of them together, and whether one value can meet it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.lint.faults import list_fault, pattern_fault
from wakhan.lint.project import integer, items, ordered
from wakhan.lint.shapegraph import is_deactivated
from wakhan.names import Triple

IRI, LITERAL, BLANK = "IRI", "literal", "blank node"
_KINDS: dict[Node, frozenset[str]] = {
    SH.IRI: frozenset({IRI}),
    SH.Literal: frozenset({LITERAL}),
    SH.BlankNode: frozenset({BLANK}),
    SH.BlankNodeOrIRI: frozenset({BLANK, IRI}),
    SH.BlankNodeOrLiteral: frozenset({BLANK, LITERAL}),
    SH.IRIOrLiteral: frozenset({IRI, LITERAL}),
}
_IMPLIED: dict[URIRef, frozenset[str]] = {
    SH.datatype: frozenset({LITERAL}),
    SH.languageIn: frozenset({LITERAL}),
    SH.minInclusive: frozenset({LITERAL}),
    SH.minExclusive: frozenset({LITERAL}),
    SH.maxInclusive: frozenset({LITERAL}),
    SH.maxExclusive: frozenset({LITERAL}),
    SH["class"]: frozenset({IRI, BLANK}),
    SH.pattern: frozenset({IRI, LITERAL}),
}
_LOWER, _UPPER = (SH.minInclusive, SH.minExclusive), (SH.maxInclusive, SH.maxExclusive)


@dataclass(frozen=True)
class Demands:
    """What several shapes demand of the same nodes.

    Attributes:
        graph: The shapes.
        shapes: Those that look at the nodes, for themselves or because one of these refers to them.
        heads: Those of the shapes that have the nodes as the values of their path; none for a node shape.
    """

    graph: Graph
    shapes: tuple[Node, ...]
    heads: tuple[Node, ...]

    def triples(self, predicate: URIRef, shapes: Iterable[Node] | None = None) -> list[Triple]:
        """Return the demands of one kind, of all the shapes or of some."""
        chosen = self.shapes if shapes is None else shapes
        return [
            (shape, predicate, value) for shape in chosen for value in ordered(self.graph.objects(shape, predicate))
        ]

    @cached_property
    def kinds(self) -> list[tuple[Triple, frozenset[str]]]:
        """Which kinds of nodes are left by each demand that says something about it."""
        found = [(triple, _KINDS[triple[2]]) for triple in self.triples(SH.nodeKind) if triple[2] in _KINDS]
        return found + [(triple, kinds) for predicate, kinds in _IMPLIED.items() for triple in self.triples(predicate)]

    @cached_property
    def allowed(self) -> list[tuple[Triple, list[Node]]]:
        """The lists of allowed values."""
        lists = [triple for triple in self.triples(SH["in"]) if not list_fault(self.graph, triple[2])]
        return [(triple, items(self.graph, triple[2])) for triple in lists]

    def least(self) -> tuple[int, list[Triple]]:
        """Return how many values there must be, and what says so."""
        counts = [(integer(triple[2]) or 0, [triple]) for triple in self.triples(SH.minCount, self.heads)]
        wanted = {triple[2]: triple for triple in self.triples(SH.hasValue, self.heads)}
        counts.append((len(wanted), list(wanted.values())))
        return max(counts, key=lambda count: count[0])

    def most(self) -> tuple[int, list[Triple]] | None:
        """Return how many values there can be, and what says so; None if any number."""
        numbers = [(integer(triple[2]), [triple]) for triple in self.triples(SH.maxCount, self.heads)]
        counts = [(number, triples) for number, triples in numbers if number is not None]
        return min(counts, key=lambda count: count[0], default=None)

    def refuses(self, value: Node) -> Triple | None:
        """Return a demand that *value* surely does not meet, or None."""
        return next(self._refusals(value), None)

    def _refusals(self, value: Node) -> Iterator[Triple]:
        yield from (triple for triple, kinds in self.kinds if kind_of(value) not in kinds)
        if isinstance(value, Literal):
            yield from (triple for triple in self.triples(SH.datatype) if datatype_of(value) != triple[2])
        for predicate, test in ((SH.pattern, _matches), (SH.minLength, _long_enough), (SH.maxLength, _short_enough)):
            yield from (triple for triple in self.triples(predicate) if not test(self.graph, triple, value))
        for predicate in (*_LOWER, *_UPPER):
            yield from (triple for triple in self.triples(predicate) if beyond(predicate, triple[2], value))


def together(graph: Graph, shapes: Iterable[Node], *, values: bool) -> Demands:
    """Return what *shapes* demand of the same nodes, with the shapes that they refer to by sh:node and sh:and.

    Args:
        graph: The shapes.
        shapes: The shapes.
        values: Whether the nodes are the values of their paths.
    """
    heads = tuple(shape for shape in shapes if not is_deactivated(graph, shape))
    found: dict[Node, None] = {}
    waiting = list(reversed(heads))
    while waiting:
        shape = waiting.pop()
        if shape not in found and not is_deactivated(graph, shape):
            found[shape] = None
            members = [item for head in ordered(graph.objects(shape, SH["and"])) for item in items(graph, head)]
            inner = [*ordered(graph.objects(shape, SH.node)), *members]
            waiting += [each for each in reversed(inner) if (each, SH.path, None) not in graph]
    return Demands(graph, tuple(found), heads if values else ())


def properties_of(demands: Demands) -> Iterator[Node]:
    """Yield the property shapes that the shapes together have for the nodes."""
    graph = demands.graph
    for shape in demands.shapes:
        members = [item for head in ordered(graph.objects(shape, SH["and"])) for item in items(graph, head)]
        for part in (*ordered(graph.objects(shape, SH.property)), *members):
            if (part, SH.path, None) in graph and not is_deactivated(graph, part):
                yield part


def kind_of(node: Node) -> str:
    """Return which kind of node it is."""
    return LITERAL if isinstance(node, Literal) else BLANK if isinstance(node, BNode) else IRI


def datatype_of(value: Literal) -> Node:
    """Return the datatype of a literal, which a plain one has too."""
    return value.datatype or (RDF.langString if value.language else XSD.string)


def beyond(predicate: Node, bound: Node, value: Node) -> bool:
    """Tell whether *value* surely lies outside of a bound, such as sh:minInclusive."""
    pair = comparable(value, bound)
    if pair is None:
        return False
    one, limit = pair
    if predicate in _LOWER:
        return one < limit or (one == limit and predicate == SH.minExclusive)
    return one > limit or (one == limit and predicate == SH.maxExclusive)


def comparable(one: Node, other: Node) -> tuple[Decimal, Decimal] | None:
    """Return two literals as numbers, so that one can be compared with the other; None where that is not sure."""
    numbers = [_number(node) for node in (one, other)]
    if numbers[0] is None or numbers[1] is None or numbers[0][0] != numbers[1][0]:
        return None
    return numbers[0][1], numbers[1][1]


def _number(node: Node) -> tuple[str, Decimal] | None:
    value = node.value if isinstance(node, Literal) else None
    if isinstance(value, (int, Decimal, float)) and not isinstance(value, bool):
        number = Decimal(value)
        return ("number", number) if number.is_finite() else None
    if isinstance(value, datetime):
        return ("dateTime", Decimal(value.timestamp())) if value.tzinfo else None
    return ("date", Decimal(value.toordinal())) if isinstance(value, date) else None


def _matches(graph: Graph, triple: Triple, value: Node) -> bool:
    pattern, flags = str(triple[2]), "".join(map(str, graph.objects(triple[0], SH.flags)))
    if isinstance(value, BNode) or pattern_fault(pattern) or "q" in flags or "x" in flags or "\\" in pattern:
        return True  # or not known
    chosen = [re.NOFLAG, *(getattr(re, flag.upper()) for flag in flags if flag in "ims")]
    combined = re.NOFLAG
    for flag in chosen:
        combined |= flag
    return re.search(pattern, str(value), combined) is not None


def _long_enough(graph: Graph, triple: Triple, value: Node) -> bool:
    return isinstance(value, BNode) or len(str(value)) >= (integer(triple[2]) or 0)


def _short_enough(graph: Graph, triple: Triple, value: Node) -> bool:
    number = integer(triple[2])
    return number is None or isinstance(value, BNode) or len(str(value)) <= number
