"""Make the JSON-LD context of a dataset: short names for its properties, and what kind of values each has.

It is drawn from all editions together, so that one context serves them all.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.names import WK, local_name, prefixes_of, shorten

PLAIN = frozenset({"dcat", "dcterms", "foaf", "geo", "oa", "prov", "rdf", "rdfs", "schema", "skos", "vann"})
"""The vocabularies whose terms go without a prefix where their names are not taken."""

_PREFIXED = re.compile(r'"([\w-]+):')


@dataclass(frozen=True)
class Context:
    """A JSON-LD context, and how it names things.

    Attributes:
        namespaces: Prefix to namespace, as far as they are used.
        terms: What each property is called; those of the ontology are in it only where the name alone says too little.
        kinds: What all values of a property are, such as ``{"@type": "@id"}`` or ``{"@container": "@language"}``.
    """

    namespaces: dict[str, str]
    terms: dict[Node, str]
    kinds: dict[Node, dict[str, str]]

    def as_json(self, properties: Iterable[Node] | None = None, text: str = "") -> dict[str, Any]:
        """Return the context as JSON has it: first the prefixes, then the terms by name.

        Args:
            properties: The properties that are to be in it; all if not given.
            text: The JSON that is to be read by it, whose prefixes are to be in it; all if not given.
        """
        wanted = self.terms if properties is None else properties
        terms = {self.key(prop): self._definition(prop) for prop in wanted if self._needs_definition(prop)}
        used = set(_PREFIXED.findall(text + json.dumps(terms))) if text else self.namespaces
        prefixes = {prefix: self.namespaces[prefix] for prefix in sorted(self.namespaces) if prefix in used}
        return {"@vocab": str(WK)} | prefixes | {name: terms[name] for name in sorted(terms)}

    def key(self, prop: Node) -> str:
        """Return what a property is called."""
        return self.terms.get(prop) or self.short(prop)

    def short(self, iri: Node) -> str:
        """Return an IRI as a prefixed name where there is one, else whole."""
        found = shorten(str(iri), self.namespaces)
        return ":".join(found) if found else str(iri)

    def word(self, iri: Node) -> str:
        """Return an IRI as a class, a property or a value of the ontology is written: by its name alone."""
        name = str(iri).removeprefix(str(WK))
        taken = name in self.namespaces or (name in self.terms.values() and self.terms.get(iri) != name)
        return self.short(iri) if ":" in name or "/" in name or not name or taken else name

    def _needs_definition(self, prop: Node) -> bool:
        """Say whether the name alone does not tell all."""
        return prop in self.kinds or (prop in self.terms and self.key(prop) not in (self.word(prop), self.short(prop)))

    def _definition(self, prop: Node) -> Any:  # noqa: ANN401 (a string or an object)
        iri, kind = self.short(prop), self.kinds.get(prop)
        return iri if kind is None else {"@id": iri, **kind}


def context_of(graph: Graph) -> Context:
    """Return the context for *graph* and any part of it."""
    namespaces = prefixes_of(graph)
    words = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    datatypes = {str(value.datatype) for value in graph.objects() if isinstance(value, Literal) and value.datatype}
    used = {found[0] for iri in words | datatypes if (found := shorten(iri, namespaces))}
    namespaces = {prefix: iri for prefix, iri in namespaces.items() if prefix in used}
    properties = sorted(set(graph.predicates()) - {RDF.type, RDF.first, RDF.rest}, key=str)
    taken = Counter(local_name(URIRef(word)) for word in words if word.startswith(str(WK)))
    taken.update(local_name(prop) for prop in properties if _is_plain(prop, namespaces))
    terms = {prop: _term(prop, namespaces, taken) for prop in properties}
    named = Context(namespaces, terms, {})
    kinds = {prop: kind for prop in properties if (kind := _kind(graph, prop, named)) is not None}
    return Context(namespaces, terms, kinds)


def list_items(graph: Graph, head: Node) -> list[Node] | None:
    """Return the items of the list that begins at *head*, or None if it is not one that can be nested.

    Each cell of such a list has an item and a rest and nothing else, and one thing alone points to it.
    """
    items: list[Node] = []
    cells: set[Node] = set()
    while head != RDF.nil:
        said = list(graph.predicate_objects(head))
        parts = dict(said)
        is_cell = len(said) == 2 and set(parts) == {RDF.first, RDF.rest} and isinstance(head, BNode)
        if not is_cell or head in cells or len(list(graph.triples((None, None, head)))) != 1:
            return None
        cells.add(head)
        items.append(parts[RDF.first])
        head = parts[RDF.rest]
    return items


def _is_plain(prop: Node, namespaces: dict[str, str]) -> bool:
    short = shorten(str(prop), namespaces)
    return short is not None and short[0] in PLAIN


def _term(prop: Node, namespaces: dict[str, str], taken: Counter[str]) -> str:
    """Return what to call a property: its own name if nothing else has it, else with its prefix, else its IRI."""
    name = local_name(prop)
    is_own = str(prop).startswith(str(WK))
    if name not in namespaces and (is_own or (_is_plain(prop, namespaces) and taken[name] == 1)):
        return name
    short = shorten(str(prop), namespaces)
    return ":".join(short) if short else str(prop)


def _kind(graph: Graph, prop: Node, context: Context) -> dict[str, str] | None:
    """Return what all values of a property have in common, or else how its IRIs are to be read."""
    values = list(graph.objects(None, prop))
    literals = [value for value in values if isinstance(value, Literal)]
    if len(literals) < len(values):
        lists = [list_items(graph, value) for value in values]
        one_each = len(values) == len(set(graph.subjects(prop)))
        if not one_each or None in lists:
            return {"@type": _reference(values)}
        items = [item for items in lists for item in items or ()]
        are_iris = all(isinstance(item, URIRef) for item in items)
        return {"@container": "@list"} | ({"@type": _reference(items)} if are_iris else {})
    if all(literal.language for literal in literals):
        return {"@container": "@language"}
    datatypes = {literal.datatype for literal in literals}
    datatype = datatypes.pop()
    return None if datatypes or datatype is None else {"@type": context.short(datatype)}


def _reference(values: list[Node]) -> str:
    return "@vocab" if any(str(value).startswith(str(WK)) for value in values) else "@id"
