"""Say what a shape asks for, what the data have instead, and what was probably meant."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from rdflib import OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.findings import Result
from wakhan.names import local_name, prefixes_of, written
from wakhan.paths import last_steps, path_text
from wakhan.suggest import did_you_mean

_LISTED = 6
"""So many of the allowed values or properties are named."""

_KINDS = {
    SH.IRI: "an IRI",
    SH.BlankNode: "a blank node",
    SH.Literal: "a literal",
    SH.BlankNodeOrIRI: "a blank node or an IRI",
    SH.BlankNodeOrLiteral: "a blank node or a literal",
    SH.IRIOrLiteral: "an IRI or a literal",
}

_PLAIN = {
    XSD.boolean: re.compile("true|false"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
}
"""The values that Turtle writes without quotes."""

Write = Callable[[Node], str]


@dataclass(frozen=True)
class Graphs:
    """What a result is about: the data, the shapes, and the ontology if there is one."""

    data: Graph
    shapes: Graph
    ontology: Graph

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the data, then those of the dataset."""
        return prefixes_of(self.data)

    def write(self, node: Node) -> str:
        """Return a term as a person writes it."""
        if isinstance(node, BNode):
            return "a blank node"
        if isinstance(node, Literal) and node.datatype in _PLAIN and _PLAIN[node.datatype].fullmatch(node):
            return str(node)
        return written(node, self.prefixes)


def expectation(result: Result, graphs: Graphs) -> str:
    """Return what the shape asks for, such as ``a value of the datatype xsd:date``, or nothing where it cannot be said.

    Args:
        result: A result of the shapes.
        graphs: The data, shapes and ontology.
    """
    phrase = _PHRASES.get(result.component) if result.component is not None else None
    if phrase is None or result.shape is None:
        return ""
    kind, make = phrase
    if result.component == SH.ClosedConstraintComponent:
        return f"one of the properties {_one_of(sorted(_paths(result.shape, graphs.shapes), key=str), graphs.write)}"
    values = sorted(graphs.shapes.objects(result.shape, kind), key=str)
    text = make(values, graphs) if values else ""
    if result.component not in _COUNTS or result.focus is None or result.path is None or not text:
        return text
    ends = {end for end, _ in last_steps(graphs.data, graphs.shapes, result.path, result.focus)}
    return f"{text}, found {'none' if not ends else len(ends)}"


def asked(shape: Node, graphs: Graphs) -> list[str]:
    """Return in words what a shape asks for, such as ``at least 1 value``; of a list of shapes, what each of them asks.

    Args:
        shape: The shape, which may be a blank node.
        graphs: The data, shapes and ontology.
    """
    found = []
    for parameter, make in _PHRASES.values():
        values = sorted(graphs.shapes.objects(shape, parameter), key=str)
        if values and parameter in _CHOICES:
            inner = (" and ".join(asked(item, graphs)) for item in _items(graphs.shapes, values[0]))
            found.append(f" {_CHOICES[parameter]} ".join(text for text in inner if text))
        elif values and (text := make(values, graphs)):
            found.append(text)
    return found


def own_message(result: Result, graphs: Graphs, expected: str) -> str:
    """Return the message of a result: that of the shape if it has one, else what is expected and what was found."""
    told = any(
        (node, SH.message, None) in graphs.shapes for node in (result.shape, result.rule) if isinstance(node, Node)
    )
    if told or not expected:
        return result.message
    if result.component in (*_COUNTS, SH.ClosedConstraintComponent) and result.path is not None:
        path = path_text(graphs.shapes, result.path, graphs.write)
        if result.component == SH.ClosedConstraintComponent:
            return f"The shape allows no {path} here."
        return f"{path}: expected {expected}."
    if result.value is not None:
        return f"Expected {expected}, found {_found(result.value, graphs)}."
    where = "" if result.path is None else f" for {path_text(graphs.shapes, result.path, graphs.write)}"
    return f"Expected {expected}{where}."


def suggestion(result: Result, graphs: Graphs) -> str:
    """Return what was probably meant, such as ``Did you mean wk:memberOf?``, or nothing.

    A property that a closed shape does not know may be misspelt; so may the value, or the property that stands where
    one is missing.
    """
    data, shapes = graphs.data, graphs.shapes
    if result.component == SH.ClosedConstraintComponent and result.path is not None:
        return did_you_mean(result.path, data, [*_paths(result.shape, shapes), *_declared(graphs.ontology)])
    if result.component in (SH.InConstraintComponent, SH.HasValueConstraintComponent) and result.value is not None:
        allowed = [v for head in shapes.objects(result.shape, SH["in"]) for v in _items(shapes, head)]
        return did_you_mean(result.value, data, [*allowed, *shapes.objects(result.shape, SH.hasValue)])
    if result.component == SH.ClassConstraintComponent and isinstance(result.value, URIRef):
        return _of_a_class(result.value, list(shapes.objects(result.shape, SH["class"])), graphs)
    if result.component == SH.MinCountConstraintComponent and isinstance(result.path, URIRef):
        known = {*_declared(graphs.ontology), *shapes.objects(None, SH.path)}
        for other in sorted(set(data.predicates(result.focus)) - known, key=str):
            if did_you_mean(other, data, [result.path]):
                return f"Is {graphs.write(other)} a misspelling of {graphs.write(result.path)}?"
    return ""


def _of_a_class(value: URIRef, classes: list[Node], graphs: Graphs) -> str:
    if (value, None, None) not in graphs.data:
        wanted = {sub for cls in classes for sub in graphs.data.transitive_subjects(RDFS.subClassOf, cls)}
        there = [node for cls in wanted for node in graphs.data.subjects(RDF.type, cls)]
        near = did_you_mean(value, graphs.data, there) or did_you_mean(value, graphs.data, graphs.data.subjects())
        return near or f"Nothing is said of {graphs.write(value)}: describe it, or correct its spelling."
    for cls in sorted(graphs.data.objects(value, RDF.type), key=str):
        if (cls, RDF.type, None) not in graphs.ontology and (near := did_you_mean(cls, graphs.data, classes)):
            return f"It is a {graphs.write(cls)}. {near}"
    return ""


def _found(value: Node, graphs: Graphs) -> str:
    types = sorted(graphs.write(cls) for cls in graphs.data.objects(value, RDF.type) if not isinstance(cls, BNode))
    return f"{graphs.write(value)} (a {', '.join(types[:3])})" if types else graphs.write(value)


def _paths(shape: Node | None, shapes: Graph) -> list[Node]:
    properties = (path for prop in shapes.objects(shape, SH.property) for path in shapes.objects(prop, SH.path))
    ignored = (item for head in shapes.objects(shape, SH.ignoredProperties) for item in _items(shapes, head))
    return [path for path in (*properties, *ignored) if isinstance(path, URIRef)]


def _declared(ontology: Graph) -> set[Node]:
    kinds = (RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return {prop for kind in kinds for prop in ontology.subjects(RDF.type, kind)}


def _items(graph: Graph, head: Node) -> list[Node]:
    try:
        return list(graph.items(head))
    except ValueError:  # a list in a circle, which the lint of the shapes reports
        return []


def _one_of(nodes: Iterable[Node], write: Write) -> str:
    texts = [write(node) for node in nodes]
    rest = len(texts) - _LISTED
    more = f" or {rest} other{'s' if rest > 1 else ''}" if rest > 0 else ""
    return ", ".join(texts[:_LISTED]) + more


def _plain(words: str) -> Callable[[list[Node], Graphs], str]:
    return lambda values, graphs: words.format(" and ".join(graphs.write(value) for value in values))


def _number(words: str) -> Callable[[list[Node], Graphs], str]:
    """Return a phrase with a count in it, such as ``at least 1 value``."""

    def phrase(values: list[Node], graphs: Graphs) -> str:
        return words.format(values[0]) + ("" if str(values[0]) == "1" else "s")

    return phrase


def _listed(words: str) -> Callable[[list[Node], Graphs], str]:
    return lambda values, graphs: words.format(_one_of(_items(graphs.shapes, values[0]), graphs.write))


def _tags(values: list[Node], graphs: Graphs) -> str:
    return f"a text in one of the languages {_one_of(_items(graphs.shapes, values[0]), str)}"


def _shapes(words: str) -> Callable[[list[Node], Graphs], str]:
    def phrase(values: list[Node], graphs: Graphs) -> str:
        named = [graphs.write(value) for value in values if isinstance(value, URIRef)]
        return words.format(f"the shape {', '.join(named)}" if named else "the shape inside this one")

    return phrase


def _of_list(words: str) -> Callable[[list[Node], Graphs], str]:
    def phrase(values: list[Node], graphs: Graphs) -> str:
        items = _items(graphs.shapes, values[0])
        named = [graphs.write(item) for item in items if isinstance(item, URIRef)]
        return words.format(", ".join(named) if named and len(named) == len(items) else f"{len(items)} shapes")

    return phrase


def _kind(values: list[Node], graphs: Graphs) -> str:
    return _KINDS.get(URIRef(str(values[0])), local_name(values[0]))


def _pattern(values: list[Node], graphs: Graphs) -> str:
    return " and ".join(f"a text that matches {Literal(str(value)).n3()}" for value in values)


_CHOICES: dict[Node, str] = {SH["or"]: "or", SH["and"]: "and", SH.xone: "or else"}

_COUNTS = (SH.MinCountConstraintComponent, SH.MaxCountConstraintComponent)

_PHRASES: dict[Node, tuple[Node, Callable[[list[Node], Graphs], str]]] = {
    SH.MinCountConstraintComponent: (SH.minCount, _number("at least {} value")),
    SH.MaxCountConstraintComponent: (SH.maxCount, _number("at most {} value")),
    SH.ClassConstraintComponent: (SH["class"], _plain("an instance of {}")),
    SH.DatatypeConstraintComponent: (SH.datatype, _plain("a value of the datatype {}")),
    SH.NodeKindConstraintComponent: (SH.nodeKind, _kind),
    SH.MinInclusiveConstraintComponent: (SH.minInclusive, _plain("a value of at least {}")),
    SH.MaxInclusiveConstraintComponent: (SH.maxInclusive, _plain("a value of at most {}")),
    SH.MinExclusiveConstraintComponent: (SH.minExclusive, _plain("a value above {}")),
    SH.MaxExclusiveConstraintComponent: (SH.maxExclusive, _plain("a value below {}")),
    SH.MinLengthConstraintComponent: (SH.minLength, _number("at least {} character")),
    SH.MaxLengthConstraintComponent: (SH.maxLength, _number("at most {} character")),
    SH.PatternConstraintComponent: (SH.pattern, _pattern),
    SH.LanguageInConstraintComponent: (SH.languageIn, _tags),
    SH.UniqueLangConstraintComponent: (SH.uniqueLang, _plain("one text a language")),
    SH.EqualsConstraintComponent: (SH.equals, _plain("the same values as those of {}")),
    SH.DisjointConstraintComponent: (SH.disjoint, _plain("no value that {} has too")),
    SH.LessThanConstraintComponent: (SH.lessThan, _plain("less than the values of {}")),
    SH.LessThanOrEqualsConstraintComponent: (SH.lessThanOrEquals, _plain("no more than the values of {}")),
    SH.HasValueConstraintComponent: (SH.hasValue, _plain("the value {}")),
    SH.InConstraintComponent: (SH["in"], _listed("one of {}")),
    SH.ClosedConstraintComponent: (SH.closed, _plain("")),
    SH.NodeConstraintComponent: (SH.node, _shapes("a node that conforms to {}")),
    SH.NotConstraintComponent: (SH["not"], _shapes("a node that does not conform to {}")),
    SH.AndConstraintComponent: (SH["and"], _of_list("a node that conforms to all of {}")),
    SH.OrConstraintComponent: (SH["or"], _of_list("a node that conforms to one of {}")),
    SH.XoneConstraintComponent: (SH.xone, _of_list("a node that conforms to exactly one of {}")),
    SH.QualifiedMinCountConstraintComponent: (SH.qualifiedMinCount, _number("at least {} fitting value")),
    SH.QualifiedMaxCountConstraintComponent: (SH.qualifiedMaxCount, _number("at most {} fitting value")),
}
"""Constraint component to its parameter, and what the values of that ask for."""
