"""What is peculiar in the values of properties, where engines may read or compare them differently."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rdflib import RDF, RDFS, XSD, BNode, Literal
from rdflib.term import Node

from wakhan.names import Triple

Traits = Mapping[Node | None, set[str]]
"""Property to the traits of its values; under None those of all subjects.

``bnode``: a blank node. ``control``, ``accented``: a text with control characters, or others than those of ASCII.
``dotted``: one with an i of Turkish, which has a case of its own. ``plain``, ``typed``: a string without, and with a
datatype written out. ``float``: a floating point number. ``ill``: no value of its datatype. ``rare``: of a datatype or
in a form that is not among the simplest. ``iri``, ``tagged`` (a text with a language), ``number``, ``date``,
``moment``, ``year``, ``truth``, ``uri``: other kinds of values. ``blank``, under a property or class: some of its
subjects or instances are blank nodes.
"""

_INTEGERS = (XSD.integer, XSD.int, XSD.long, XSD.nonNegativeInteger, XSD.positiveInteger)
_SIMPLE = {
    XSD.anyURI: (re.compile(".*"), "uri"),
    XSD.boolean: (re.compile("true|false"), "truth"),
    XSD.date: (re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date"),
    XSD.dateTime: (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?"),
        "moment",
    ),
    XSD.decimal: (re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?"), "number"),
    XSD.gYear: (re.compile("[1-9][0-9]{3}"), "year"),
} | dict.fromkeys(_INTEGERS, (re.compile(r"[+-]?[0-9]{1,15}"), "number"))
"""The forms of values that all engines read alike, and what kind of value they are."""
_TEXTS = (None, XSD.string, RDF.langString)


def traits_of(triples: Iterable[Triple]) -> Traits:
    """Return the traits of the values of each property in *triples*, and under None those of the subjects."""
    found: defaultdict[Node | None, set[str]] = defaultdict(set)
    subjects, above = set(), list[tuple[Node, Node]]()
    values: defaultdict[Node, set[Node]] = defaultdict(set)
    for subject, predicate, value in triples:
        subjects.add(subject)
        values[predicate].add(value)
        if isinstance(subject, BNode):
            found[predicate].add("blank")
            found[value if predicate == RDF.type else predicate].add("blank")
        if predicate == RDFS.subClassOf:
            above.append((subject, value))
    for predicate, each in values.items():
        found[predicate].update(*map(value_traits, each))
    for subject in subjects:
        found[None] |= value_traits(subject)
    blank = {node for node, traits in found.items() if "blank" in traits}
    while higher := {upper for lower, upper in above if lower in blank} - blank:
        blank |= higher
    for node in blank:
        found[node].add("blank")
    return found


def value_traits(value: Node) -> set[str]:
    """Return what is peculiar in *value*.

    Example:
        >>> value_traits(Literal(1)), value_traits(Literal("1")), sorted(value_traits(Literal("é")))
        ({'number'}, {'plain'}, ['accented', 'plain'])
    """
    if isinstance(value, BNode):
        return {"bnode"}
    text = str(value)
    traits = set() if text.isascii() else {"accented"}
    if not text.isprintable():
        traits.add("control")
    if "\u0130" in text or "\u0131" in text:
        traits.add("dotted")
    return traits | (_literal_traits(value, text) if isinstance(value, Literal) else {"iri"})


def _literal_traits(value: Literal, text: str) -> set[str]:
    kind = value.datatype
    if value.ill_typed:
        return {"ill"}
    if value.language:
        return {"tagged"}
    if kind in _TEXTS:
        return {"plain" if kind is None else "typed"}
    if kind in (XSD.double, XSD.float):
        return {"float"}
    form, name = _SIMPLE.get(kind, (None, ""))
    return {name} if form and form.fullmatch(text) else {"rare"}
