"""Run pySHACL shape by shape, so that results can be kept as they come, and only where something may be wrong.

pySHACL collects all results before it gives any, names no order, and parses each SPARQL query again for each focus
node. Its parts are used one by one here: the results are the same, but they come in the order of shapes and focus
nodes, no more of them are kept than are wanted, and each query is parsed once.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

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
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.names import curie
from wakhan.reason import union
from wakhan.shacl.prepared import PreparedGraph
from wakhan.shacl.raws import Raw, node_key, order
from wakhan.shacl.run import ShapeError, rules_first
from wakhan.shacl.shifty import EVERYWHERE, Look

_CHUNK = 500
"""So many focus nodes are checked at once: enough that the work for each shape hardly counts, few enough to be kept."""

_LOGGER = logging.getLogger("wakhan.shacl")
_LOGGER.addHandler(logging.NullHandler())


def raw_results(data: Graph, shapes: Graph, look: Look = EVERYWHERE) -> Iterator[tuple[Graph, Raw]]:
    """Yield what pySHACL finds, each with the graph of the shapes, by shape and focus node.

    Args:
        data: What to check; it is not changed.
        shapes: The SHACL shapes.
        look: Where to look.

    Raises:
        ShapeError: A shape is wrong, or its query does not end well.
    """
    target = DataGraph.from_rdflib_graph(PreparedGraph(data, data))
    validator = Validator(
        target,
        shacl_graph=_copy(shapes),
        options={"advanced": True, "inplace": True, "logger": _LOGGER},
    )
    shape_graph = validator.shacl_graph
    executor = validator.make_executor()
    try:
        found = sorted(shape_graph.shapes, key=lambda shape: node_key(shape.node))
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
            for raw in _of_shape(shape, executor, target, shapes, look):
                yield shape_graph.graph, raw
    except ShapeError as error:
        if error.node is None:
            error.node = _asking_elsewhere(shapes)
        raise
    finally:
        unapply_functions(functions, target)


@contextmanager
def without_prose() -> Iterator[None]:
    """Keep pySHACL from writing a paragraph on each result, which takes half of its time and is read by nobody here."""
    write = ConstraintComponent.make_v_result_description
    ConstraintComponent.make_v_result_description = lambda *args, **kwargs: ""  # type: ignore[method-assign]
    try:
        yield
    finally:
        ConstraintComponent.make_v_result_description = write  # type: ignore[method-assign]


def with_terms(data: Graph, ontology: Graph) -> Graph:
    """Return *data* with the classes and properties of *ontology* and their relations, as pySHACL joins them."""
    whole = PreparedGraph(data, data)
    inoculate(DataGraph.from_rdflib_graph(whole), ontology)
    return whole


def targets(data: Graph, shapes: Graph) -> dict[Node, int]:
    """Return how many focus nodes each shape with a target has in *data*, by shape."""
    target = DataGraph.from_rdflib_graph(PreparedGraph(data, data))
    shape_graph = Validator(target, shacl_graph=_copy(shapes), options={"advanced": True}).shacl_graph
    apply_target_types(gather_target_types(shape_graph))
    counts = {}
    for shape in shape_graph.shapes:
        shape.set_advanced(True)
        if any(any(part) for part in shape.target()) or set(shapes.objects(shape.node, SH.target)):
            counts[shape.node] = len(shape.focus_nodes(target))
    return counts


def report(shapes: Graph, conforms: bool, renamed: list[Raw]) -> Graph:
    """Return the validation report that pySHACL makes of results.

    Args:
        shapes: The shapes, with their prefixes.
        conforms: Whether there are none; a report that has none is always one of data that conform.
        renamed: The results, with nodes of their own.
    """
    if not renamed:  # pySHACL takes a report without results for a mistake, unless the data conform
        conforms = True
    made, _ = Validator.create_validation_report(_Holder(shapes), conforms, renamed)
    assert isinstance(made, Graph)
    return made


class _Holder:
    """What pySHACL wants to see of its shapes graph to make a report."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph


def _of_shape(shape: Shape, executor: SHACLExecutor, data: DataGraph, shapes: Graph, look: Look) -> Iterator[Raw]:
    try:
        if shape.deactivated or look.leaves_out(shape.node):
            return
        focus = look.choose(shape.node, shape.focus_nodes(data))  # type: ignore[no-untyped-call]
        nodes = iter(sorted(focus, key=node_key))
        while chunk := list(islice(nodes, _CHUNK)):
            with without_prose():
                _, raws = shape.validate(executor, data, focus=chunk)  # type: ignore[arg-type]
            yield from sorted(raws, key=order)
    except WakhanError:
        raise
    except Exception as error:
        raise _shape_error(error, shape.node, shapes) from error


def _shape_error(error: Exception, node: Node | None, shapes: Graph) -> ShapeError:
    why = " ".join(str(part) for part in error.args).strip().partition("\n")[0] or type(error).__name__
    if isinstance(error, LookupError | AttributeError | TypeError):  # which are not meant for the eyes of users
        why = f"pySHACL does not know what to do with it ({type(error).__name__}: {why})"
    if isinstance(error, RecursionError | ShapeRecursionWarning) or "path too deep" in why:
        why = "it goes too deep, as a shape that refers to itself does"
    for blank in {term for triple in shapes for term in triple if isinstance(term, BNode) and term in why}:
        why = why.replace(f"'{blank}'", blank).replace(blank, "a blank node")
    name = f"the shape {curie(node, shapes)}" if isinstance(node, URIRef) else "a shape"
    return ShapeError(f"{name} cannot be used: {why}", node, hint="`wakhan lint` checks the shapes themselves.")


def _asking_elsewhere(shapes: Graph) -> Node | None:
    """Return what has a query that asks another server, for pySHACL does not tell whose query it asks."""
    asking = (
        node for node, text in shapes.subject_objects() if isinstance(text, Literal) and "SERVICE" in text.upper()
    )
    return min(asking, key=node_key, default=None)


def _copy(shapes: Graph) -> Graph:
    return union(rules_first(shapes), namespaces=shapes)
