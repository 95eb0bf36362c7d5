"""What can notice that a dataset is damaged: its shapes, and what follows from it.

Each looks only at what a mutant changed, and finds there what the complete check would find. The shapes are pySHACL's
own, applied to a few focus nodes. Which nodes to look at besides those of the changed triples is told by shifty, which
checks all in a fifth of a second; where it is not installed all nodes are looked at, which takes seconds.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shape import Shape
from pyshacl.validator import Validator
from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.mutation.triples import is_ill_typed
from wakhan.names import Triple, curie, local_name
from wakhan.ntriples import line_of, text_of
from wakhan.shacl import with_prefixes
from wakhan.shacl.prepared import PreparedGraph
from wakhan.shacl.shifty import engine


class Hit(NamedTuple):
    """One thing that is found: how grave it is, what found it, and what it is about."""

    severity: str
    rule: str
    about: tuple[Node | None, ...]


class ShapeKiller:
    """The shapes, applied to single nodes of a graph that can be changed.

    Args:
        data: The data.
        ontology: What the words mean; it is checked with the data, and so are the shapes.
        shapes: The shapes.

    Raises:
        WakhanError: The shapes cannot be used.
    """

    def __init__(self, data: Graph, ontology: Graph, shapes: Graph) -> None:
        self.fixed = {*ontology, *shapes}
        self.graph = PreparedGraph()
        for triple in {*data, *self.fixed}:
            if not is_ill_typed(triple):
                self.graph.add(triple)
        self.named = with_prefixes(shapes, ontology)
        self._target = DataGraph.from_rdflib_graph(self.graph)
        try:
            validator = Validator(self._target, shacl_graph=self.named, options={"advanced": True, "inplace": True})
            self.shapes: list[Shape] = sorted(validator.shacl_graph.shapes, key=lambda shape: str(shape.node))
            self._executor = validator.make_executor()
            for shape in self.shapes:
                shape.set_advanced(True)  # type: ignore[no-untyped-call]
            targets = {shape.node: _target_of(shape) for shape in self.shapes}
        except Exception as error:  # pySHACL raises errors of a dozen kinds, without a common class, for a wrong shape
            raise WakhanError(f"the shapes cannot be used: {error}") from error
        self._targets = {node: target for node, target in targets.items() if target is None or any(target)}
        self.shapes = [shape for shape in self.shapes if shape.node in self._targets and not shape.deactivated]
        self._names: dict[Node, str] = {}

    @contextmanager
    def changed(self, removed: Iterable[Triple], added: Iterable[Triple]) -> Iterator[None]:
        """Change the graph, and afterwards change it back; what the ontology or the shapes say stays."""
        lost = [triple for triple in removed if triple in self.graph and triple not in self.fixed]
        # pySHACL cannot compare what is no value
        won = [triple for triple in added if triple not in self.graph and not is_ill_typed(triple)]
        self._change(lost, won)
        try:
            yield
        finally:
            self._change(won, lost)

    def hits(self, nodes: Iterable[Node]) -> set[Hit]:
        """Return what the shapes find at these focus *nodes*."""
        wanted = list(nodes)
        found: set[Hit] = set()
        for shape in self.shapes:
            focus = [node for node in wanted if self._is_target(shape, node)]
            if focus:
                _, results = shape.validate(self._executor, self._target, focus=focus)  # type: ignore[arg-type]
                found.update(self._hit(parts) for _, _, parts in results)
        return found

    def focus_nodes(self, shape: Shape) -> set[Node]:
        """Return the nodes that *shape* looks at."""
        return set(shape.focus_nodes(self._target))  # type: ignore[no-untyped-call]

    def all_nodes(self) -> list[Node]:
        """Return all nodes that some shape looks at, sorted."""
        return sorted(set().union(*(self.focus_nodes(shape) for shape in self.shapes)), key=text_of)

    def rules_of(self, shape: Shape) -> set[str]:
        """Return the names of the property shapes and constraints of *shape*, and its own if it has more than these."""
        graph, links = self.named, (SH.property, SH.sparql)
        own = {node for link in links for node in graph.objects(shape.node, link)}
        constraints = set(graph.predicates(shape.node)).intersection(ALL_CONSTRAINT_PARAMETERS)
        return {self._name(node) for node in (own | {shape.node} if constraints.difference(links) else own)}

    def _change(self, lost: Iterable[Triple], won: Iterable[Triple]) -> None:
        for triple in lost:
            self.graph.remove(triple)
        for triple in won:
            self.graph.add(triple)

    def _hit(self, parts: Iterable[Any]) -> Hit:
        terms = {predicate: value[1] if isinstance(value, tuple) else value for _, predicate, value in parts}
        rule = terms.get(SH.sourceConstraint) or terms.get(SH.sourceShape)
        severity = local_name(terms.get(SH.resultSeverity, SH.Violation)).lower()
        parts_of_it = (terms.get(part) for part in (SH.focusNode, SH.resultPath, SH.value))
        # a path of several steps is another blank node each time; the rule tells which it is
        return Hit(severity, self._name(rule), tuple(None if isinstance(it, BNode) else it for it in parts_of_it))

    def _name(self, shape: Node | None) -> str:
        """Return the name of *shape*, or if it is a blank node of the nearest node above it that has one."""
        if shape is None:
            return ""
        if shape not in self._names:
            level, seen, named = [shape], {shape}, list[URIRef]()
            while level and not named:
                named = sorted(node for node in level if isinstance(node, URIRef))
                level = list({parent for node in level for parent in self.named.subjects(None, node)} - seen)
                seen.update(level)
            self._names[shape] = curie(named[0], self.named) if named else ""
        return self._names[shape]

    def _is_target(self, shape: Shape, node: Node) -> bool:
        target, graph = self._targets[shape.node], self.graph
        if target is None:
            return node in self.focus_nodes(shape)
        return (
            node in target.nodes
            or any(upper in target.classes for cls in graph.objects(node, RDF.type) for upper in self._above(cls))
            or any((node, predicate, None) in graph for predicate in target.subjects_of)
            or any((None, predicate, node) in graph for predicate in target.objects_of)
        )

    def _above(self, cls: Node) -> Iterator[Node | None]:
        return self.graph.transitive_objects(cls, RDFS.subClassOf)


class Suspects:
    """All shapes on all nodes, quickly: shifty says where to look, and pySHACL what is there.

    Args:
        killer: The shapes, with the data as they are when whole.
    """

    def __init__(self, killer: ShapeKiller) -> None:
        self._killer = killer
        self._shifty = engine()
        if self._shifty is None:
            return
        # the shapes on shapes have nothing to do here, so that the data need not hold the shapes
        shapes = set(killer.named)
        self._lines = {triple: line_of(triple) for triple in killer.graph if triple not in shapes}
        text = killer.named.serialize(format="nt", encoding="utf-8")
        self._validator = self._shifty.PreparedValidator(text)
        self._known = self._found((), ())

    def nodes(self, removed: Collection[Triple], added: Collection[Triple]) -> list[Node]:
        """Return the focus nodes at which a mutant, which the killer's graph has become, may have something new."""
        if self._shifty is None:
            return self._killer.all_nodes()
        return _named(self._found(removed, added) - self._known)

    def known_nodes(self) -> list[Node]:
        """Return the focus nodes at which the whole data have something already."""
        return self._killer.all_nodes() if self._shifty is None else _named(self._known)

    def _found(self, removed: Collection[Triple], added: Collection[Triple]) -> set[tuple[str, ...]]:
        lost = {triple for triple in removed if triple not in self._killer.fixed}
        lines = [line for triple, line in self._lines.items() if triple not in lost]
        lines += [line_of(triple) for triple in added if triple not in self._lines and not is_ill_typed(triple)]
        text = "".join(lines).encode()
        result = self._validator.validate_algebra(text, graph_mode="data", infer=False, sort_results=False)
        if result.conforms:
            return set()
        return {
            (violation.focus_node, str(violation.shape_name), str(violation.severity), str(reason.value), str(reason))
            for violation in result.violations
            for reason in violation.reasons
        }


class _Target(NamedTuple):
    nodes: frozenset[Node]
    classes: frozenset[Node]
    objects_of: frozenset[Node]
    subjects_of: frozenset[Node]


def _target_of(shape: Shape) -> _Target | None:
    """Return what *shape* looks at, or None where only a query tells."""
    if shape.advanced_target():  # type: ignore[no-untyped-call]
        return None
    nodes, classes, implicit, objects_of, subjects_of = shape.target()  # type: ignore[no-untyped-call]
    return _Target(frozenset(nodes), frozenset({*classes, *implicit}), frozenset(objects_of), frozenset(subjects_of))


def _named(found: Iterable[tuple[str, ...]]) -> list[Node]:
    return sorted({URIRef(focus[1:-1]) for focus, *_ in found if focus.startswith("<")}, key=str)
