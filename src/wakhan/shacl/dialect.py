"""Tell which shapes mean the same to every SHACL engine, by looking at what they are made of.

What is known to mean the same is listed; whatever is not listed is taken for a difference. There are two degrees of it.
Where a shape is simply asked for, it is enough that the fast engine objects to all that pySHACL objects to, for pySHACL
looks there again. Where it is denied (``sh:not``, ``sh:xone``, a qualified number), both must agree exactly.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.names import local_name
from wakhan.shacl.patterns import matches_alike
from wakhan.shacl.selects import unlike
from wakhan.shacl.shapesgraph import TARGETS, is_yes_or_no
from wakhan.shacl.traits import Traits, value_traits

_DEPTH = 8
"""Shapes that are nested deeper are left to pySHACL, which refuses those that go too deep."""
_LENGTH = 6
"""The most steps that a path may have."""


_ABOUT = frozenset((SH.message, SH.name, SH.description, SH.severity, SH.order, SH.group, SH.defaultValue, SH.path))
_SPARQL = frozenset((SH.select, SH.prefixes, SH.message, SH.severity, SH.name, SH.description))
_KINDS = (SH.IRI, SH.BlankNode, SH.Literal, SH.BlankNodeOrIRI, SH.BlankNodeOrLiteral, SH.IRIOrLiteral)
_RANGED = frozenset(("number", "date", "moment", "year"))
_AGAIN = frozenset(
    {SH["class"], SH.hasValue, SH.node, SH["not"], SH["and"], SH["or"], SH.xone, SH.property, SH.sparql, SH.equals}
    | {SH.disjoint, SH.lessThan, SH.lessThanOrEquals, SH.pattern}
)
"""What a shape may have more than one of."""


class Unlike(Exception):
    """Something in a shape may not mean the same to all; the text says what."""


class Place(NamedTuple):
    """Where in a shape a constraint stands.

    Attributes:
        traits: What is peculiar in the values that it looks at.
        focus: What is peculiar in its focus nodes.
        exact: Whether engines must agree exactly, because the shape is denied or counted.
        has_path: Whether the shape has a path.
        above: The shapes around it.
    """

    traits: set[str]
    focus: set[str]
    exact: bool = False
    has_path: bool = False
    above: tuple[Node, ...] = ()


class Dialect:
    """A shapes graph, seen by what all engines understand.

    Args:
        shapes: The shapes.
        traits: What is peculiar in the values of each property of the data.
    """

    def __init__(self, shapes: Graph, traits: Traits) -> None:
        self._graph = shapes
        self._traits = traits

    def unlike(self, root: Node) -> str | None:
        """Return what a shape with targets has that engines may take differently, or None."""
        try:
            traits = self._focus_traits(root)
            for node in self._graph.objects(root, SH.targetNode):
                _ask(not isinstance(node, BNode), "a blank node as target")
                traits |= value_traits(node)
            _ask("ill" not in traits, "targets that are no values of their datatypes")
            self._visit(root, Place(traits, traits))
        except (Unlike, ValueError) as error:  # a list that goes round in a circle is a ValueError
            return str(error)
        return None

    def _focus_traits(self, root: Node) -> set[str]:
        """Return what is peculiar in the focus nodes of a shape, those that ``sh:targetNode`` names left out."""
        graph, traits = self._graph, set(self._traits.get(None, ())) - {"bnode"}
        for prop in graph.objects(root, SH.targetObjectsOf):
            traits |= set(self._traits.get(prop, ())) - {"blank"}
        classes = {root, *graph.objects(root, SH.targetClass), *graph.objects(root, SH.targetSubjectsOf)}
        return traits | {"bnode" for term in classes if "blank" in self._traits.get(term, ())}

    # ---- a shape ----

    def _visit(self, shape: Node, place: Place) -> None:
        _ask(shape not in place.above, "a shape that refers to itself")
        _ask(len(place.above) < _DEPTH, "shapes that are nested deep")
        _ask(not isinstance(shape, Literal), "a literal as a shape")
        paths = list(self._graph.objects(shape, SH.path))
        if paths:
            values = self._path_traits(paths[0], place.traits)
            place = place._replace(traits=values, focus=place.traits, has_path=True)
        else:
            place = place._replace(focus=place.traits, has_path=False)
        place = place._replace(above=(*place.above, shape))
        given: dict[Node, list[Node]] = {}
        for predicate, value in self._graph.predicate_objects(shape):
            given.setdefault(predicate, []).append(value)
        for predicate in sorted(given, key=str):
            self._constraint(predicate, given, place)

    def _constraint(self, predicate: Node, given: Mapping[Node, list[Node]], place: Place) -> None:
        values = given[predicate]
        name = local_name(predicate)
        if not str(predicate).startswith(str(SH)) or predicate in _ABOUT or predicate in TARGETS:
            _ask(predicate != SH.target, "sh:target with a query or a type of target")
            return
        _ask(len(values) == 1 or predicate in _AGAIN, f"sh:{name} more than once")
        check = _CHECKS.get(predicate)
        _ask(check is not None, f"sh:{name}")
        assert check is not None
        for value in values:
            check(self, value, place, given)

    # ---- constraints ----

    def _node(self, value: Node, place: Place, given: object) -> None:
        _ask((value, SH.path, None) not in self._graph, "sh:node with a path")
        self._visit(value, place)

    def _property(self, value: Node, place: Place, given: object) -> None:
        _ask(len(list(self._graph.objects(value, SH.path))) == 1, "sh:property without a path")
        self._visit(value, place)

    def _denied(self, value: Node, place: Place, given: object) -> None:
        self._visit(value, place._replace(exact=True))

    def _listed(self, value: Node, place: Place, given: object) -> None:
        for shape in self._items(value):
            self._visit(shape, place)

    def _listed_once(self, value: Node, place: Place, given: object) -> None:
        self._listed(value, place._replace(exact=True), given)

    def _qualified(self, value: Node, place: Place, given: Mapping[Node, list[Node]]) -> None:
        _ask(place.has_path, "sh:qualifiedValueShape without a path")
        _ask(SH.qualifiedMinCount in given or SH.qualifiedMaxCount in given, "sh:qualifiedValueShape without a number")
        _ask(not {"typed", "plain"} <= place.traits, "strings with and without a datatype")
        self._visit(value, place._replace(exact=True))

    def _class(self, value: Node, place: Place, given: object) -> None:
        _ask(isinstance(value, URIRef), "sh:class with a class without a name")

    def _datatype(self, value: Node, place: Place, given: object) -> None:
        _ask(isinstance(value, URIRef) and value not in (RDFS.Literal, RDFS.Datatype), "sh:datatype with no datatype")
        _ask("ill" not in place.traits, "values that are none of their datatypes")
        _ask(not (place.exact and place.traits & {"rare", "float"}), "values of rare datatypes")

    def _kind(self, value: Node, place: Place, given: object) -> None:
        _ask(value in _KINDS, "sh:nodeKind with no kind of node")

    def _count(self, value: Node, place: Place, given: object) -> None:
        _ask(place.has_path, "a number without a path")
        _ask(_is_number(value), "a number that is none")
        _ask(not {"typed", "plain"} <= place.traits, "strings with and without a datatype")

    def _length(self, value: Node, place: Place, given: object) -> None:
        _ask(_is_number(value), "a length that is none")
        _ask(not (place.exact and "bnode" in place.traits), "a length of blank nodes")

    def _range(self, value: Node, place: Place, given: object) -> None:
        _ask(isinstance(value, Literal) and bool(value_traits(value) & _RANGED), "a bound of a rare kind")
        _ask(not place.exact and not place.traits & {"ill", "rare", "float"}, "a range of values of rare kinds")

    def _pattern(self, value: Node, place: Place, given: Mapping[Node, list[Node]]) -> None:
        flags = given.get(SH.flags, [Literal("")])
        _ask(isinstance(value, Literal) and not place.exact and len(flags) == 1, "sh:pattern")
        _ask(
            matches_alike(str(value), str(flags[0]), place.traits), "a regular expression that engines read differently"
        )

    def _flags(self, value: Node, place: Place, given: Mapping[Node, list[Node]]) -> None:
        _ask(isinstance(value, Literal) and SH.pattern in given, "sh:flags")

    def _languages(self, value: Node, place: Place, given: object) -> None:
        tags = self._items(value)
        plain = (isinstance(tag, Literal) and not (tag.datatype or tag.language) and tag.isalpha() for tag in tags)
        _ask(all(plain), "sh:languageIn with more than languages")

    def _unique(self, value: Node, place: Place, given: object) -> None:
        _ask(place.has_path and is_yes_or_no(value), "sh:uniqueLang")

    def _in(self, value: Node, place: Place, given: object) -> None:
        for item in self._items(value):
            self._value(item, place, given)

    def _value(self, value: Node, place: Place, given: object) -> None:
        _ask(not isinstance(value, BNode), "a blank node as a value")
        _ask(not value_traits(value) & {"ill", "typed", "rare", "float"}, "a value of a rare datatype")
        _ask(not place.traits & {"ill", "typed"}, "values of rare datatypes")

    def _pair(self, value: Node, place: Place, given: object) -> None:
        _ask(isinstance(value, URIRef), "a pair of properties, of which one has no name")
        traits = place.traits | set(self._traits.get(value, ()))
        _ask(not traits & {"ill", "typed"}, "values of rare datatypes")

    def _order(self, value: Node, place: Place, given: object) -> None:
        self._pair(value, place, given)
        traits = place.traits | set(self._traits.get(value, ()))
        _ask(place.has_path and not place.exact, "an order of values")
        _ask(not traits & {"bnode", "rare", "float"}, "an order of values of rare kinds")

    def _closed(self, value: Node, place: Place, given: Mapping[Node, list[Node]]) -> None:
        _ask(is_yes_or_no(value) and not place.has_path, "sh:closed at the values of a path")

    def _ignored(self, value: Node, place: Place, given: Mapping[Node, list[Node]]) -> None:
        _ask(SH.closed in given and all(isinstance(i, URIRef) for i in self._items(value)), "sh:ignoredProperties")

    def _deactivated(self, value: Node, place: Place, given: object) -> None:
        _ask(is_yes_or_no(value), "sh:deactivated")

    def _sparql(self, value: Node, place: Place, given: object) -> None:
        own = {predicate for predicate in self._graph.predicates(value) if str(predicate).startswith(str(SH))}
        _ask(own <= _SPARQL and not isinstance(value, Literal), "sh:sparql with more than a query")
        queries = list(self._graph.objects(value, SH.select))
        _ask(len(queries) == 1 and isinstance(queries[0], Literal) and not queries[0].datatype, "sh:sparql")
        _ask(all(_is_text(text) for text in self._graph.objects(value, SH.message)), "sh:message that is no text")
        _ask(not place.exact, "a query that is denied")
        why = unlike(str(queries[0]), self._prefixes(value), self._traits, place.focus)
        _ask(why is None, why or "")

    # ---- paths, lists and prefixes ----

    def _path_traits(self, path: Node, above: set[str]) -> set[str]:
        places: set[Node | None] = set()
        _ask(self._path(path, places) <= _LENGTH, "a long path")
        traits = set().union(*(self._traits.get(place, ()) for place in places))
        return traits | above if None in places else traits

    def _path(self, path: Node, places: set[Node | None]) -> int:
        """Add the properties of *path* to *places*, and None if it may lead to a subject; return its length."""
        if isinstance(path, URIRef):
            places.add(path)
            return 1
        kinds = [kind for kind in self._graph.predicates(path) if kind != RDF.type]
        if set(kinds) == {RDF.first, RDF.rest} and len(kinds) == 2:
            steps = self._items(path)
            _ask(len(steps) > 1, "a path of one step")
            return len(steps) + sum(self._path(step, places) for step in steps)
        _ask(len(kinds) == 1 and kinds[0] in _PATHS, "a path of a kind of its own")
        (inner,) = self._graph.objects(path, kinds[0])
        places.update(() if kinds[0] in (SH.alternativePath, SH.oneOrMorePath) else (None,))
        if kinds[0] == SH.alternativePath:
            parts = self._items(inner)
            _ask(len(parts) > 1, "a choice of one path")
            return 1 + max(self._path(part, places) for part in parts)
        _ask(kinds[0] != SH.inversePath or isinstance(inner, URIRef), "a path of several steps, backwards")
        return 1 + self._path(inner, places)

    def _items(self, head: Node) -> list[Node]:
        _ask(head == RDF.nil or (head, RDF.first, None) in self._graph, "a list that is none")
        items, seen = list[Node](), set[Node]()
        while head != RDF.nil:
            first, rest = list(self._graph.objects(head, RDF.first)), list(self._graph.objects(head, RDF.rest))
            _ask(len(first) == 1 and len(rest) == 1 and head not in seen, "a list that is none")
            seen.add(head)
            items.append(first[0])
            head = rest[0]
        _ask(bool(items), "an empty list")
        return items

    def _prefixes(self, constraint: Node) -> dict[str, str]:
        """Return the prefixes that are declared for a constraint, those left out that are declared in two ways."""
        graph, found = self._graph, dict[str, set[str]]()
        for ontology in graph.objects(constraint, SH.prefixes):
            for declared in graph.objects(ontology, SH.declare):
                for prefix in graph.objects(declared, SH.prefix):
                    found.setdefault(str(prefix), set()).update(map(str, graph.objects(declared, SH.namespace)))
        for declared in graph.objects(None, SH.declare):  # pySHACL takes those of all ontologies
            for prefix in graph.objects(declared, SH.prefix):
                if str(prefix) in found:
                    found[str(prefix)].update(map(str, graph.objects(declared, SH.namespace)))
        return {prefix: min(spaces) for prefix, spaces in found.items() if len(spaces) == 1}


def _ask(right: bool, otherwise: str) -> None:
    if not right:
        raise Unlike(otherwise)


def _is_number(value: Node) -> bool:
    return isinstance(value, Literal) and value.datatype == XSD.integer and value.isdigit() and len(value) < 10


def _is_text(value: Node) -> bool:
    return isinstance(value, Literal) and (value.datatype is None or value.datatype in (XSD.string, RDF.langString))


_PATHS = (SH.inversePath, SH.alternativePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)

_Check = Callable[[Dialect, Node, Place, Mapping[Node, list[Node]]], None]
_CHECKS: dict[Node, _Check] = {
    SH.property: Dialect._property,
    SH.node: Dialect._node,
    SH["not"]: Dialect._denied,
    SH["and"]: Dialect._listed,
    SH["or"]: Dialect._listed,
    SH.xone: Dialect._listed_once,
    SH.qualifiedValueShape: Dialect._qualified,
    SH.qualifiedMinCount: Dialect._count,
    SH.qualifiedMaxCount: Dialect._count,
    SH["class"]: Dialect._class,
    SH.datatype: Dialect._datatype,
    SH.nodeKind: Dialect._kind,
    SH.minCount: Dialect._count,
    SH.maxCount: Dialect._count,
    SH.minLength: Dialect._length,
    SH.maxLength: Dialect._length,
    SH.minInclusive: Dialect._range,
    SH.maxInclusive: Dialect._range,
    SH.minExclusive: Dialect._range,
    SH.maxExclusive: Dialect._range,
    SH.pattern: Dialect._pattern,
    SH.flags: Dialect._flags,
    SH.languageIn: Dialect._languages,
    SH.uniqueLang: Dialect._unique,
    SH["in"]: Dialect._in,
    SH.hasValue: Dialect._value,
    SH.equals: Dialect._pair,
    SH.disjoint: Dialect._pair,
    SH.lessThan: Dialect._order,
    SH.lessThanOrEquals: Dialect._order,
    SH.closed: Dialect._closed,
    SH.ignoredProperties: Dialect._ignored,
    SH.deactivated: Dialect._deactivated,
    SH.sparql: Dialect._sparql,
}
