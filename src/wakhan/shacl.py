"""Check a graph against SHACL shapes with pySHACL, shape by shape, so that results can be kept as they come.

pySHACL collects all results before it gives any, names no order, and parses each SPARQL query again for each focus
node. Its parts are used one by one here: the results are the same, but they come in the order of shapes and focus
nodes, no more of them are kept than are wanted, and each query is parsed once.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple

from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.errors import ShapeRecursionWarning
from pyshacl.functions import apply_functions, gather_functions, unapply_functions
from pyshacl.graph_abstraction import DataGraph
from pyshacl.pytypes import SHACLExecutor
from pyshacl.rdfutil.inoculate import inoculate
from pyshacl.rules import apply_rules, gather_rules
from pyshacl.shape import Shape
from pyshacl.target import apply_target_types, gather_target_types
from pyshacl.validator import Validator
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.findings import SEVERITIES, Result
from wakhan.names import Triple, curie, local_name

_CHUNK = 500
"""So many focus nodes are checked at once: enough that the work for each shape hardly counts, few enough to be kept."""

_LOGGER = logging.getLogger("wakhan.shacl")
_LOGGER.addHandler(logging.NullHandler())

_DETAIL = str(SH.detail)

Raw = tuple[str, Node, list[tuple[Node, Node, Any]]]
"""What pySHACL makes of a result: a text, the node of the result, and its triples."""


class Checked(NamedTuple):
    """What the shapes found.

    Attributes:
        results: The results that were kept, the worst first, then by shape and focus node.
        counts: How many there are of each severity, those that were not kept included.
        conforms: Whether there are none.
        w3c: The validation report with the results that were kept, if it was asked for.
    """

    results: list[Result]
    counts: dict[str, int]
    conforms: bool
    w3c: Graph | None


class ShapeError(WakhanError):
    """A shape cannot be used; ``node`` is the shape."""

    def __init__(self, message: str, node: Node | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.node = node


def check(
    data: Graph, shapes: Graph, ontology: Graph | None = None, *, limit: int | None = None, w3c: bool = False
) -> Checked:
    """Return what *shapes* find in *data*.

    Args:
        data: What to check. Nothing is inferred, save what the shapes' own ``sh:rule`` say; it is not changed.
        shapes: The SHACL shapes, with SHACL-SPARQL and the advanced features.
        ontology: Its classes and properties and their relations are taken into account, as pySHACL does it.
        limit: How many results to keep; all if not given.
        w3c: Whether to make the validation report too.

    Raises:
        ShapeError: A shape is wrong, or its query does not end well.
    """
    kept: dict[str, list[tuple[Result, Raw]]] = {severity: [] for severity in SEVERITIES}
    counts = dict.fromkeys(SEVERITIES, 0)
    for shape_graph, raw in _raw_results(data, shapes, ontology):
        severity = _severity(raw)
        counts[severity] += 1
        if limit is None or len(kept[severity]) < limit:
            kept[severity].append((_result(raw, shape_graph), raw if w3c else ("", BNode("none"), [])))
    worst_first = [pair for severity in SEVERITIES for pair in kept[severity]][:limit]
    conforms = not any(counts.values())
    report = _report(shapes, conforms, [raw for _, raw in worst_first]) if w3c else None
    return Checked([result for result, _ in worst_first], counts, conforms, report)


def _raw_results(data: Graph, shapes: Graph, ontology: Graph | None) -> Iterator[tuple[Graph, Raw]]:
    target = DataGraph.from_rdflib_graph(_PreparedGraph(data))
    if ontology is not None:
        inoculate(target, ontology)
    validator = Validator(
        target, shacl_graph=_copy(shapes), options={"advanced": True, "inplace": True, "logger": _LOGGER}
    )
    shape_graph = validator.shacl_graph
    executor = validator.make_executor()
    try:
        found = sorted(shape_graph.shapes, key=lambda shape: _key(shape.node))
        functions, rules = gather_functions(executor, shape_graph), gather_rules(executor, shape_graph)
        apply_target_types(gather_target_types(shape_graph))
        for shape in found:
            shape.set_advanced(True)
        apply_functions(executor, functions, target)
    except Exception as error:  # pySHACL raises errors of a dozen kinds, without a common class, for a wrong shape
        raise _shape_error(error, None, shapes) from error
    try:
        apply_rules(executor, rules, target)
        for shape in found:
            for raw in _of_shape(shape, executor, target, shapes):
                yield shape_graph.graph, raw
    finally:
        unapply_functions(functions, target)


@contextmanager
def _without_prose() -> Iterator[None]:
    """Keep pySHACL from writing a paragraph on each result, which takes half of its time and is read by nobody here."""
    write = ConstraintComponent.make_v_result_description
    ConstraintComponent.make_v_result_description = lambda *args, **kwargs: ""  # type: ignore[method-assign]
    try:
        yield
    finally:
        ConstraintComponent.make_v_result_description = write  # type: ignore[method-assign]


def _of_shape(shape: Shape, executor: SHACLExecutor, data: DataGraph, shapes: Graph) -> Iterator[Raw]:
    try:
        if shape.deactivated:
            return
        nodes = iter(sorted(shape.focus_nodes(data), key=_key))  # type: ignore[no-untyped-call]
        while chunk := list(islice(nodes, _CHUNK)):
            with _without_prose():
                _, raws = shape.validate(executor, data, focus=chunk)
            yield from sorted(raws, key=_order)
    except WakhanError:
        raise
    except Exception as error:
        raise _shape_error(error, shape.node, shapes) from error


def _shape_error(error: Exception, node: Node | None, shapes: Graph) -> ShapeError:
    why = " ".join(str(part) for part in error.args).strip().partition("\n")[0] or type(error).__name__
    if isinstance(error, RecursionError | ShapeRecursionWarning) or "path too deep" in why:
        why = "it goes too deep, as a shape that refers to itself does"
    for blank in {term for triple in shapes for term in triple if isinstance(term, BNode) and term in why}:
        why = why.replace(f"'{blank}'", blank).replace(blank, "a blank node")
    name = f"the shape {curie(node, shapes)}" if isinstance(node, URIRef) else "a shape"
    return ShapeError(f"{name} cannot be used: {why}", node, hint="`wakhan lint` checks the shapes themselves.")


def _key(node: Node) -> tuple[bool, str, str]:
    return isinstance(node, BNode), str(node), node.n3()


def _order(raw: Raw) -> list[tuple[str, tuple[bool, str, str]]]:
    """Sort results of one shape by all that they say, for pySHACL gives them in any order."""
    terms = ((str(predicate), _term(value)) for node, predicate, value in raw[2] if node == raw[1])
    ranks = {str(SH.focusNode): "0", str(SH.resultPath): "1", str(SH.value): "2"}
    return sorted((ranks.get(predicate, predicate), _key(value)) for predicate, value in terms if predicate != _DETAIL)


def _term(value: object) -> Node:
    return value[1] if isinstance(value, tuple) else value  # type: ignore[return-value]


def _severity(raw: Raw) -> str:
    """Return how grave a result is; what a shape calls by a name of its own is a violation."""
    names = (_term(value) for node, predicate, value in raw[2] if predicate == SH.resultSeverity and node == raw[1])
    severity = local_name(next(names, SH.Violation)).lower()
    return severity if severity in SEVERITIES else "violation"


def _result(raw: Raw, shapes: Graph) -> Result:
    """Return a result of pySHACL in our terms; its triples hold those of the results that it rests on too."""
    parts: dict[Node, Node] = {}
    messages: list[Node] = []
    for node, predicate, value in raw[2]:
        if node == raw[1] and predicate == SH.resultMessage:
            messages.append(_term(value))
        elif node == raw[1]:
            parts[predicate] = _term(value)
    details = {_term(value) for node, predicate, value in raw[2] if node == raw[1] and predicate == SH.detail}
    constraint, shape = parts.get(SH.sourceConstraint), parts.get(SH.sourceShape)
    return Result(
        severity=_severity(raw),
        rule=_named_shape(shapes, constraint or shape),  # the most exact that has a name
        focus=parts.get(SH.focusNode),
        path=parts.get(SH.resultPath),
        value=parts.get(SH.value),
        message=_message(messages, {str(text) for text in shapes.objects(shape, SH.message)} if constraint else set()),
        source="shapes",
        component=parts.get(SH.sourceConstraintComponent),
        shape=shape,
        details=tuple(
            _result(detail, shapes) for detail in sorted((("", node, raw[2]) for node in details), key=_order)
        ),
    )


def _message(messages: list[Node], of_shape: set[str]) -> str:
    """Return the best of the messages: of the constraint itself (pySHACL adds those of the shape), and English."""
    own = [message for message in messages if str(message) not in of_shape] or messages

    def order(message: Node) -> tuple[bool, str]:
        language = (message.language or "") if isinstance(message, Literal) else ""
        return not (language == "" or language.lower().partition("-")[0] == "en"), str(message)

    return str(min(own, key=order)) if own else ""


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


def result_node(number: int) -> BNode:
    """Return the node that the result with this *number*, counted from 0, has in the report."""
    return BNode(f"result{number:07}")


def _report(shapes: Graph, conforms: bool, raws: list[Raw]) -> Graph:
    renamed = []
    for number, (text, node, triples) in enumerate(raws):
        inner = dict.fromkeys(s for s, _, _ in triples if s != node)
        names = {node: result_node(number)}
        names |= {detail: BNode(f"result{number:07}detail{place}") for place, detail in enumerate(inner)}
        renamed.append(
            (text, names[node], [(names[s], p, o if isinstance(o, tuple) else names.get(o, o)) for s, p, o in triples])
        )
    if not renamed:  # pySHACL takes a report without results for a mistake, unless the data conform
        conforms = True
    report, _ = Validator.create_validation_report(_Holder(shapes), conforms, renamed)
    assert isinstance(report, Graph)
    return report


class _Holder:
    """What pySHACL wants to see of its shapes graph to make a report."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph


class _PreparedGraph(Graph):
    """A copy of a graph that parses each query once: pySHACL asks each query of a shape anew for each focus node."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(bind_namespaces="none")
        self._known: tuple[tuple[str, URIRef], ...] | None = None
        for prefix, iri in graph.namespaces():
            self.bind(prefix, iri)
        for triple in graph:
            self.add(triple)

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> QueryResult:  # noqa: ANN401 (passed on)
        if isinstance(query_object, str):
            if self._known is None:  # pySHACL lets a query use the prefixes of the data and those that rdflib knows
                self._known = tuple(sorted((dict(Graph().namespaces()) | dict(self.namespaces())).items()))
            query_object = _prepared(query_object, self._known)
        return super().query(query_object, *args, **options)


@lru_cache(maxsize=1_000)
def _prepared(text: str, prefixes: tuple[tuple[str, URIRef], ...]) -> Query:
    query = prepareQuery(text, initNs=dict(prefixes))
    traverse(query.algebra, visitPre=_refuse_service)
    return query


def _refuse_service(part: object) -> None:
    """Let no query ask another server; pySHACL refuses this for constraints, but not for rules, targets and functions.

    Raises:
        ShapeError: This part of a query is a SERVICE.
    """
    if isinstance(part, CompValue) and part.name == "ServiceGraphPattern":
        raise ShapeError("a query of the shapes asks another server (SERVICE)", hint="A shape looks at the data only.")


def _copy(shapes: Graph) -> Graph:
    copy = Graph(bind_namespaces="none")
    for prefix, iri in shapes.namespaces():
        copy.bind(prefix, iri)
    for triple in rules_first(shapes):
        copy.add(triple)
    return copy


def rules_first(shapes: Graph) -> Iterator[Triple]:
    """Yield the triples of *shapes*, those with ``sh:rule`` first and in the order of the file.

    pySHACL applies rules without ``sh:order`` in the order in which it meets them, and a graph has no other order than
    that in which the triples of one property were added.
    """
    return chain(shapes.triples((None, SH.rule, None)), shapes)


def with_terms(data: Graph, ontology: Graph) -> Graph:
    """Return *data* with the classes and properties of *ontology* and their relations, as pySHACL joins them."""
    whole = _PreparedGraph(data)
    inoculate(DataGraph.from_rdflib_graph(whole), ontology)
    return whole


def targets(data: Graph, shapes: Graph) -> dict[Node, int]:
    """Return how many focus nodes each shape with a target has in *data*, by shape."""
    target = DataGraph.from_rdflib_graph(_PreparedGraph(data))
    shape_graph = Validator(target, shacl_graph=_copy(shapes), options={"advanced": True}).shacl_graph
    apply_target_types(gather_target_types(shape_graph))
    counts = {}
    for shape in shape_graph.shapes:
        shape.set_advanced(True)
        if any(any(part) for part in shape.target()) or set(shapes.objects(shape.node, SH.target)):
            counts[shape.node] = len(shape.focus_nodes(target))
    return counts
