"""Why a value in a shape cannot be what it must be: a list, a path, a regular expression, a number.

Each function returns the reason, to be put after the name of the property, or nothing.
"""

import re
import warnings
from collections.abc import Callable

from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.lint.project import integer, items
from wakhan.lint.shapegraph import BOUNDS, COUNTS, LENGTHS, PAIRS, PARTS, PATHS, title
from wakhan.names import Triple, local_name

_KINDS = (SH.BlankNode, SH.IRI, SH.Literal, SH.BlankNodeOrIRI, SH.BlankNodeOrLiteral, SH.IRIOrLiteral)
_XPATH_ONLY = re.compile(r"\\[pP]\{[\w-]+\}|\\[icIC]")
_MINUS = re.compile(r"-\[[^\]]*\](?=\])")


def value_fault(graph: Graph, triple: Triple) -> str:
    """Return why the value of a property of SHACL cannot be one, or nothing.

    Args:
        graph: The shapes.
        triple: The shape, the property and its value.
    """
    subject, predicate, value = triple
    for predicates, fits, why in _VALUES:
        if predicate in predicates and not fits(value):
            return why
    if predicate == SH.property and (value, SH.path, None) not in graph:
        return f"must name a property shape, but {title(graph, value)} has no sh:path"
    if predicate in _WITH_PATH and (subject, SH.path, None) not in graph:
        return "is about values, but this shape has no sh:path to them"
    return ""


def _is_count(value: Node) -> bool:
    number = integer(value)
    return isinstance(value, Literal) and value.datatype == XSD.integer and number is not None and number >= 0


def _is_boolean(value: Node) -> bool:
    return isinstance(value, Literal) and isinstance(value.value, bool)


def _is_string(value: Node) -> bool:
    return isinstance(value, Literal) and not value.language and value.datatype in (None, XSD.string)


def _is_literal(value: Node) -> bool:
    return isinstance(value, Literal)


def _is_node(value: Node) -> bool:
    return not isinstance(value, Literal)


def _is_iri(value: Node) -> bool:
    return isinstance(value, URIRef)


_VALUES: tuple[tuple[tuple[URIRef, ...], Callable[[Node], bool], str], ...] = (
    ((*COUNTS, *LENGTHS), _is_count, "must be a whole number without quotation marks, 0 or more"),
    (
        (SH.closed, SH.uniqueLang, SH.deactivated, SH.qualifiedValueShapesDisjoint),
        _is_boolean,
        "must be true or false, without quotation marks",
    ),
    ((SH.pattern, SH.flags, SH.select, SH.ask, SH.construct), _is_string, "must be a text without a language"),
    (BOUNDS, _is_literal, "must be a value, such as a number or a date"),
    (
        (SH["class"], SH.datatype, *PAIRS, SH.severity, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf),
        _is_iri,
        "must be an IRI",
    ),
    ((SH.nodeKind,), _KINDS.__contains__, f"must be one of {', '.join('sh:' + local_name(kind) for kind in _KINDS)}"),
    ((SH.message, SH.name, SH.description), _is_literal, "must be a text"),
    ((*PARTS, SH.sparql, SH.target), _is_node, "must be a shape or constraint, not a text"),
)
_WITH_PATH = (SH.minCount, SH.maxCount, SH.uniqueLang, SH.lessThan, SH.lessThanOrEquals, SH.qualifiedValueShape)


def list_fault(graph: Graph, head: Node) -> str:
    """Return why the list that begins at *head* is none, or nothing."""
    seen: set[Node] = set()
    while head != RDF.nil:
        if isinstance(head, Literal) or (head, RDF.first, None) not in graph:
            return "must be a list: put the values into ( )" if not seen else "is a list that does not end in rdf:nil"
        if head in seen:
            return "is a list that goes in a circle"
        seen.add(head)
        firsts, rests = list(graph.objects(head, RDF.first)), list(graph.objects(head, RDF.rest))
        if len(firsts) > 1 or len(rests) != 1:
            return "is a list that forks, or has no end"
        head = rests[0]
    return ""


def path_fault(graph: Graph, path: Node, around: frozenset[Node]) -> str:
    """Return why *path* is no property path, or nothing.

    Args:
        graph: The shapes.
        path: The path.
        around: The paths that it is a part of.
    """
    if not isinstance(path, BNode):
        return "is empty" if path == RDF.nil else "" if isinstance(path, URIRef) else "is a text, not a property"
    if path in around:
        return "contains itself"
    kinds = [(kind, step) for kind in (*PATHS, SH.alternativePath) for step in graph.objects(path, kind)]
    if (path, RDF.first, None) in graph:
        kinds.append((RDF.first, path))
    if len(kinds) != 1:
        return "is none of the kinds of paths" if not kinds else "is of two kinds at once"
    kind, step = kinds[0]
    return (
        path_fault(graph, step, around | {path}) if kind in PATHS else _steps_fault(graph, kind, step, around | {path})
    )


def _steps_fault(graph: Graph, kind: Node, step: Node, around: frozenset[Node]) -> str:
    why = list_fault(graph, step)
    if why:
        return f"{why}" if kind == RDF.first else f"has alternatives, but the value {why}"
    if len(items(graph, step)) < 2:
        return "needs two steps or more in its list"
    faults = (path_fault(graph, each, around) for each in items(graph, step))
    return next((fault for fault in faults if fault), "")


def pattern_fault(pattern: str) -> str:
    r"""Return why *pattern* is no regular expression, or nothing.

    What only XPath has, such as ``\p{L}``, is allowed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what may once mean something else
            re.compile(_MINUS.sub("", _XPATH_ONLY.sub("a", pattern)))
    except re.error as error:
        place = f" at character {error.pos + 1}" if error.pos is not None else ""
        return f"{error.msg}{place}"
    except (RecursionError, OverflowError):
        return "it is too long"
    return ""
