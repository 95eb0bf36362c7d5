"""Find the term that a person means: by IRI, prefixed name, local name or label."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal as OneOf

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.errors import UsageError, WakhanError
from wakhan.names import PREFIXES, WK, curie, local_name, prefixes_of
from wakhan.sources import parse_turtle

Kind = OneOf["thing", "property", "class", "any"]

PROPERTY_TYPES = {
    RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.SymmetricProperty,
    OWL.TransitiveProperty, OWL.FunctionalProperty, WK.ClaimableProperty,
}  # fmt: skip
CLASS_TYPES = {RDFS.Class, OWL.Class, WK.ClaimableClass}

_USUAL: dict[Node, str] = {
    DCTERMS.source: "source",
    RDF.type: "is a",
    SKOS.altLabel: "also called",
    SKOS.definition: "definition",
    SKOS.editorialNote: "note",
    SKOS.example: "example",
    SKOS.scopeNote: "scope",
}
"""What to call the common words of others, which have no labels here."""

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_IRI = re.compile(r"<(?P<bracketed>[^<>\s]+)>|(?P<plain>(?:https?|urn):[^<>\s]+)")
_CURIE = re.compile(r"(?P<prefix>[A-Za-z][\w-]*)?:(?P<local>[^\s/<>]*)")


def find_term(graph: Graph, text: str, kind: Kind = "any") -> URIRef:
    """Return the one term of *graph* that *text* names.

    The readings are tried in this order, and the first that fits anything decides: an IRI (with or without angle
    brackets), a prefixed name, a local name, a label in any language, an alternative label. Labels match whatever
    their case, accents and dashes. Of several terms that fit, one of our ontology goes before those of others.

    Args:
        graph: Ontology and data.
        text: What the person wrote, such as ``id:taliban``, ``memberOf``, ``John Kerry`` or ``a``.
        kind: What the term must be: a property, a class, a thing (neither) or any of them.

    Raises:
        UsageError: Nothing of this kind has that name, or several have.
    """
    wanted = text.strip()
    if wanted == "a" and kind in ("property", "any"):
        return RDF.type
    written = _written_iri(graph, wanted)
    if written is not None and _is_known(graph, written):
        return _of_kind(graph, written, kind, wanted)
    for matches in _readings(graph, wanted):
        fitting = sorted(term for term in matches if kind_matches(graph, term, kind))
        own = [term for term in fitting if term.startswith(str(WK))]
        if len(own) == 1:  # our word goes before the one that it is aligned with
            return own[0]
        if len(fitting) > 1:
            listed = ", ".join(_show(graph, term) for term in fitting)
            raise UsageError(f"{wanted!r} can mean several terms: {listed}", hint="Write the prefixed name.")
        if fitting:
            return fitting[0]
    raise _unknown(graph, wanted, kind)


def find_object(graph: Graph, text: str, prop: URIRef) -> Node:
    """Return what *text* means as the object of *prop*: a class, a literal or a thing.

    Args:
        graph: Ontology and data.
        text: What the person wrote. A literal may be written as in Turtle or, where *prop* takes literals, plainly.
        prop: The property, which says what its objects are.

    Raises:
        UsageError: No such object, or the text is not a value of the property's datatype.
    """
    if prop == RDF.type:
        return find_term(graph, text, "class")
    if text.startswith(('"', "'")):
        return _written_literal(text)
    if _takes_literals(graph, prop):
        return _plain_literal(graph, text, prop)
    return find_term(graph, text, "thing")


def label(graph: Graph, node: Node) -> str:
    """Return the best name of *node* for English readers: a label, else the prefixed name; a literal as its text."""
    if isinstance(node, Literal):
        return str(node)
    labels = [text for text in graph.objects(node, RDFS.label) if isinstance(text, Literal)]
    rank = {"en": 0, None: 1}
    best = min(labels, key=lambda text: (rank.get(text.language, 2), text.language or "", text), default=None)
    return _USUAL.get(node, curie(node, graph)) if best is None else str(best)


def kind_matches(graph: Graph, term: Node, kind: Kind) -> bool:
    """Return whether *term* is a property, a class, or a thing that is neither, as *kind* says."""
    if kind == "any":
        return True
    types = set(graph.objects(term, RDF.type))
    is_property = bool(types & PROPERTY_TYPES) or (isinstance(term, URIRef) and (None, term, None) in graph)
    is_class = bool(types & CLASS_TYPES)
    return {"property": is_property, "class": is_class, "thing": not is_property and not is_class}[kind]


def fold(text: str) -> str:
    """Return *text* without case, accents, kinds of dashes and doubled spaces, to compare names.

    Example:
        >>> fold("Afghan\u2013Tajik  BORDER") == fold("afghan-tajik border")
        True
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(_DASHES.sub("-", bare).casefold().split())


def _written_iri(graph: Graph, text: str) -> URIRef | None:
    if match := _IRI.fullmatch(text):
        return URIRef(match["bracketed"] or match["plain"])
    if match := _CURIE.fullmatch(text):
        prefixes = prefixes_of(graph)
        namespace = prefixes.get(match["prefix"] or "")
        return None if namespace is None else URIRef(namespace + match["local"])
    return None


def _is_known(graph: Graph, iri: URIRef) -> bool:
    return any(pattern in graph for pattern in ((iri, None, None), (None, iri, None), (None, None, iri)))


def _of_kind(graph: Graph, iri: URIRef, kind: Kind, text: str) -> URIRef:
    if iri != RDF.type and not kind_matches(graph, iri, kind):
        raise UsageError(f"{text} is not a {kind}", hint=_kind_hint(graph, iri))
    return iri


def _kind_hint(graph: Graph, iri: URIRef) -> str:
    found: list[Kind] = ["property", "class", "thing"]
    return f"It is a {next(kind for kind in found if kind_matches(graph, iri, kind))}."


def _readings(graph: Graph, wanted: str) -> Iterator[set[URIRef]]:
    """Give the terms that *wanted* can name, one reading after the other."""
    terms = {term for term in (*graph.subjects(), *graph.predicates()) if isinstance(term, URIRef)}
    folded = fold(wanted)

    def labelled(prop: URIRef) -> set[URIRef]:
        return {s for s, o in graph.subject_objects(prop) if isinstance(s, URIRef) and fold(str(o)) == folded}

    readings: list[Callable[[], set[URIRef]]] = [
        lambda: {term for term in terms if local_name(term) == wanted},
        lambda: labelled(RDFS.label),
        lambda: {term for term in terms if fold(local_name(term)) == folded},
        lambda: labelled(SKOS.altLabel),
    ]
    return (reading() for reading in readings)


def _unknown(graph: Graph, text: str, kind: Kind) -> UsageError:
    """Return the error for a name that nothing has, with the names that look like it."""
    names: dict[str, set[URIRef]] = {}
    for prop in (RDFS.label, SKOS.altLabel):
        for subject, name in graph.subject_objects(prop):
            if isinstance(subject, URIRef):
                names.setdefault(fold(str(name)), set()).add(subject)
    for term in {*graph.subjects(), *graph.predicates()}:
        if isinstance(term, URIRef):
            names.setdefault(fold(local_name(term)), set()).add(term)
    fitting = {name: good for name, terms in names.items() if (good := _fitting(graph, terms, kind))}
    wanted = fold(text.rsplit(":", 1)[-1])
    near = [term for name in difflib.get_close_matches(wanted, sorted(fitting), n=4) for term in sorted(fitting[name])]
    hint = f"Did you mean {' or '.join(_show(graph, term) for term in dict.fromkeys(near))}?" if near else None
    return UsageError(f"nothing is called {text!r}" if kind == "any" else f"no {kind} is called {text!r}", hint=hint)


def _fitting(graph: Graph, terms: set[URIRef], kind: Kind) -> list[URIRef]:
    """Return the terms of a kind that are worth naming: of properties, those with which something can be stated."""
    if kind == "property" and (None, RDF.type, WK.ClaimableProperty) in graph:
        return [term for term in terms if (term, RDF.type, WK.ClaimableProperty) in graph]
    return [term for term in terms if kind_matches(graph, term, kind)]


def _show(graph: Graph, term: URIRef) -> str:
    name, short = label(graph, term), curie(term, graph)
    return short if name == short else f"{short} ({name})"


def _takes_literals(graph: Graph, prop: URIRef) -> bool:
    if (prop, RDF.type, OWL.DatatypeProperty) in graph:
        return True
    return any(isinstance(value, Literal) for value in graph.objects(None, prop))


def _plain_literal(graph: Graph, text: str, prop: URIRef) -> Literal:
    """Return the literal of the data that reads *text*, else a new one of the property's datatype."""
    claimed = (graph.value(claim, RDF.object) for claim in graph.subjects(RDF.predicate, prop))
    known = {o for o in (*graph.objects(None, prop), *claimed) if isinstance(o, Literal) and str(o) == text}
    if known:
        return min(known)
    ranges = sorted(r for r in graph.objects(prop, RDFS.range) if isinstance(r, URIRef) and r.startswith(str(XSD)))
    literal = Literal(text, datatype=ranges[0] if ranges else None)
    if literal.ill_typed:
        raise UsageError(f"{text!r} is not a value of {curie(ranges[0])}, which {curie(prop, graph)} takes")
    return literal


def _written_literal(text: str) -> Literal:
    """Read a literal written as in Turtle, such as ``"9"^^xsd:integer``."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    try:
        objects = list(parse_turtle(f"{prefixes}<urn:s> <urn:p> {text} .").objects())
    except WakhanError:
        objects = []
    if len(objects) != 1 or not isinstance(objects[0], Literal) or objects[0].ill_typed:
        raise UsageError(f"not a literal: {text}", hint='Write it as in Turtle: "many"@en or "9"^^xsd:integer.')
    return objects[0]
