"""How far a change can be felt by the shapes: at its own subjects only, or at nodes that lead there too.

Most of what a shape asks is what stands at the focus node itself. What it asks of other nodes, by a path or in a query,
is found by looking at the shapes, once; a change of any other property is felt nowhere but at its subject.
"""

from collections.abc import Iterable, Iterator

from rdflib import RDF, RDFS, SH, Graph, URIRef, Variable
from rdflib.paths import AlternativePath, Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from wakhan.names import Triple

THIS = Variable("this")
UNFORESEEN = (SH.target, SH.rule, SH.validator, SH.nodeValidator, SH.propertyValidator, SH.js, SH.expression)
"""What may ask for anything."""

Pattern = tuple[object, object, object]
"""A triple pattern of a query, whose property may be a path."""


class Reach:
    """What the shapes ask of nodes beyond the focus node.

    Args:
        shapes: The shapes.
    """

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._anything = any((None, predicate, None) in shapes for predicate in UNFORESEEN)
        self._far: set[object] = {RDF.type, RDFS.subClassOf, *shapes.objects(None, SH.targetObjectsOf)}
        self._naming: set[Node] = set()
        for shape, path in shapes.subject_objects(SH.path):
            if not (self._is_outermost(shape) and self._is_short(path)):
                self._far.update(self._steps(path))
        for constraint, text in shapes.subject_objects(SH.select):
            self._read(constraint, str(text))

    def is_far(self, triples: Iterable[Triple], graph: Graph) -> bool:
        """Tell whether a change of these *triples* may be felt elsewhere than at their subjects.

        Args:
            triples: What is taken away or put in.
            graph: Where it is: a query may take the property it asks for from a triple, as the predicate of a claim.
        """
        properties = {predicate for _, predicate, _ in triples}
        named = any((None, naming, each) in graph for naming in self._naming for each in properties)
        return self._anything or named or not self._far.isdisjoint(properties)

    def _is_outermost(self, shape: Node) -> bool:
        """Tell whether a property shape is of a shape that has no other above it, and so of focus nodes only."""
        above = list(self._shapes.subject_predicates(shape))
        return all(link == SH.property and not set(self._shapes.subjects(None, node)) for node, link in above)

    def _is_short(self, path: Node) -> bool:
        """Tell whether a path is one property, or one of several."""
        choices = self._shapes.value(path, SH.alternativePath)
        return all(isinstance(step, URIRef) for step in ([path] if choices is None else self._shapes.items(choices)))

    def _steps(self, path: Node) -> Iterator[Node]:
        """Yield the properties of a path."""
        if isinstance(path, URIRef):
            yield path
            return
        for part in self._shapes.objects(path):
            if part != RDF.nil:
                yield from self._steps(part)

    def _read(self, constraint: Node, text: str) -> None:
        prefixes = {
            str(self._shapes.value(declaration, SH.prefix)): str(self._shapes.value(declaration, SH.namespace))
            for source in self._shapes.objects(constraint, SH.prefixes)
            for declaration in self._shapes.objects(source, SH.declare)
        }
        try:
            patterns = list(_patterns(prepareQuery(text, initNs=prefixes).algebra))
        except Exception:  # pyparsing and rdflib raise many kinds; whoever runs the query tells what is wrong
            self._anything = True
            return
        for subject, predicate, _ in patterns:
            if isinstance(predicate, Path):
                self._far.update(() if subject == THIS and _is_choice(predicate) else _iris(predicate))
            elif subject != THIS and isinstance(predicate, Variable):
                named_by = {naming for _, naming, name in patterns if name == predicate and isinstance(naming, URIRef)}
                self._naming |= named_by
                self._anything |= not named_by
            elif subject != THIS:
                self._far.add(predicate)


def _patterns(part: object) -> Iterator[Pattern]:
    """Yield the triple patterns in a part of a query, those within EXISTS too."""
    if isinstance(part, CompValue):
        for terms in dict(part).get("triples", ()):  # one triple, or several in a row
            yield from zip(*[iter(terms)] * 3, strict=True)
        for name, inner in part.items():
            if name != "triples":
                yield from _patterns(inner)
    elif isinstance(part, list | tuple | set):
        for inner in part:
            yield from _patterns(inner)


def _is_choice(path: Path) -> bool:
    return isinstance(path, AlternativePath) and all(isinstance(each, URIRef) for each in path.args)


def _iris(path: object) -> Iterator[Node]:
    if isinstance(path, URIRef):
        yield path
    elif isinstance(path, Path):
        for inner in vars(path).values():
            for each in inner if isinstance(inner, list | tuple) else [inner]:
                yield from _iris(each)
