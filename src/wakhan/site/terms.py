"""The page of the ontology: a section for each term, with what it means and where the data use it."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from wakhan.claimview import ClaimView
from wakhan.names import WK, local_name, natural_key
from wakhan.site.content import Content, Naming
from wakhan.site.page import Page
from wakhan.standing import STANDINGS

_EXAMPLES = 3
"""So many of the claims or things that use a term are shown."""

_CHARACTERISTICS = (
    OWL.SymmetricProperty, OWL.AsymmetricProperty, OWL.TransitiveProperty, OWL.IrreflexiveProperty,
    OWL.ReflexiveProperty, OWL.FunctionalProperty, OWL.InverseFunctionalProperty,
)  # fmt: skip

_ALIGNED = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.exactMatch, RDFS.seeAlso, OWL.equivalentClass)


class Term(NamedTuple):
    """A word of the ontology."""

    iri: URIRef
    name: str
    group: str
    claimable: bool
    definition: str
    scope: list[Node]
    examples: list[Node]
    names: list[Node]
    relations: list[tuple[str, list[Node]]]
    """What stands above, below and beside it, under a word for the relation."""
    characteristics: list[str]
    shapes: list[URIRef]
    queries: list[str]
    counts: dict[str, int]
    """How many claims use it, by their standing; a standing that none has is left out."""
    uses: list[ClaimView]
    members: list[Node]
    """Things of a class."""
    member_count: int


class Branch(NamedTuple):
    """A term in a tree, with what is below it."""

    iri: URIRef
    below: "list[Branch]"


GROUPS = ("Classes", "Claimable properties", "Other object properties", "Datatype properties", "Individuals", "Axioms")
"""The parts of the page, in order."""


def ontology_page(content: Content) -> Page:
    """Return the page of the ontology."""
    found = terms(content)
    graph = content.graph
    ontology = content.dataset.sources.ontology
    heads = sorted((s for s in ontology.subjects(RDF.type, OWL.Ontology) if isinstance(s, URIRef)), key=str)
    classes = [term.iri for term in found if term.group == "Classes"]
    properties = [term.iri for term in found if term.group.endswith("properties")]
    values: dict[str, object] = {
        "wide": True,
        "ontology": heads[0] if heads else None,
        "description": content.text(heads[0], URIRef("http://purl.org/dc/terms/description")) if heads else None,
        "class_tree": tree(graph, classes, RDFS.subClassOf, content),
        "property_tree": tree(graph, properties, RDFS.subPropertyOf, content),
        "groups": [(group, [term for term in found if term.group == group]) for group in GROUPS],
        "count": len(found),
    }
    return Page("ontology.html", "ontology.html", values, tuple(term.name for term in found))


def terms(content: Content) -> list[Term]:
    """Return the terms of the ontology by name."""
    own = {s for s in content.dataset.sources.ontology.subjects() if isinstance(s, URIRef) and s.startswith(str(WK))}
    queries = _queries(content)
    shapes = _shapes(content.dataset.sources.shapes)
    return [
        _term(content, iri, shapes.get(iri, []), queries.get(local_name(iri), []))
        for iri in sorted(own, key=natural_key)
    ]


def tree(graph: Graph, terms: Iterable[URIRef], above: URIRef, content: Content) -> list[Branch]:
    """Return *terms* as trees: each below those that it is a special case of, and at the top if there are none.

    Args:
        graph: The ontology.
        terms: The terms that belong into the trees.
        above: The property that leads from a term to the one above it.
        content: What the terms are called, by which they are sorted.
    """
    own = set(terms)
    parents = {term: {up for up in graph.objects(term, above) if up in own and up != term} for term in own}

    def branches(chosen: Iterable[URIRef], seen: frozenset[URIRef]) -> list[Branch]:
        ordered = sorted(chosen, key=lambda term: (content.label(term).casefold(), term))
        return [
            Branch(term, branches((t for t in own if term in parents[t]), seen | {term}))
            for term in ordered
            if term not in seen
        ]

    return branches((term for term in own if not parents[term]), frozenset())


def _term(content: Content, iri: URIRef, shapes: list[URIRef], queries: list[str]) -> Term:
    graph = content.graph
    types = set(graph.objects(iri, RDF.type))
    group = _group(types)
    uses = content.by_property.get(iri, [])
    if group == "Classes":
        uses = [view for view in content.by_object.get(iri, []) if view.predicate == RDF.type]
    elif not uses:
        uses = list(dict.fromkeys(naming.claim for naming in _named(content, iri)))
    counts = Counter(map(content.standing, uses))
    members = sorted(graph.subjects(RDF.type, iri), key=lambda node: (content.label(node).casefold(), str(node)))
    return Term(
        iri=iri,
        name=local_name(iri),
        group=group,
        claimable=bool(types & {WK.ClaimableProperty, WK.ClaimableClass}),
        definition=content.text(iri, SKOS.definition) or "",
        scope=content.values(iri, SKOS.scopeNote),
        examples=content.values(iri, SKOS.example),
        names=content.values(iri, SKOS.altLabel),
        relations=_relations(content, iri),
        characteristics=[
            local_name(kind).removesuffix("Property").lower() for kind in _CHARACTERISTICS if kind in types
        ],
        shapes=shapes,
        queries=queries,
        counts={name: counts[name] for name in STANDINGS if counts[name]},
        uses=uses[:_EXAMPLES],
        members=members[:_EXAMPLES],
        member_count=len(members),
    )


def _group(types: set[Node]) -> str:
    if OWL.Class in types:
        return "Classes"
    if WK.ClaimableProperty in types:
        return "Claimable properties"
    if OWL.DatatypeProperty in types:
        return "Datatype properties"
    if OWL.ObjectProperty in types:
        return "Other object properties"
    return "Axioms" if OWL.AllDisjointClasses in types else "Individuals"


def _named(content: Content, prop: URIRef) -> list[Naming]:
    """Return the claims that have *prop* as a qualifier."""
    return [Naming(prop, view) for view in content.claims if any(p == prop for p, _ in view.qualifiers)]


def _relations(content: Content, iri: URIRef) -> list[tuple[str, list[Node]]]:
    graph = content.graph

    def objects(*props: URIRef, own: bool = True) -> list[Node]:
        found = {o for prop in props for o in content.values(iri, prop) if isinstance(o, URIRef)}
        chosen = (o for o in found if o.startswith(str(WK)) == own)
        return sorted(chosen, key=lambda node: (content.label(node).casefold(), str(node)))

    def subjects(*props: URIRef) -> list[Node]:
        found = {s for prop in props for s in graph.subjects(prop, iri) if isinstance(s, URIRef)}
        return sorted(found, key=lambda node: (content.label(node).casefold(), str(node)))

    chains = [list(Collection(graph, head)) for head in graph.objects(iri, OWL.propertyChainAxiom)]
    members = [node for head in graph.objects(iri, OWL.members) for node in Collection(graph, head)]
    disjoint = {*objects(OWL.disjointWith), *subjects(OWL.disjointWith)}
    found = (
        ("subclass of", objects(RDFS.subClassOf)),
        ("subclasses", subjects(RDFS.subClassOf)),
        ("subproperty of", objects(RDFS.subPropertyOf)),
        ("subproperties", subjects(RDFS.subPropertyOf)),
        ("domain", content.values(iri, RDFS.domain)),
        ("range", content.values(iri, RDFS.range)),
        ("inverse of", sorted({*objects(OWL.inverseOf), *subjects(OWL.inverseOf)}, key=str)),
        ("property chain", [node for chain in chains for node in chain]),
        ("domain of", subjects(RDFS.domain)),
        ("range of", subjects(RDFS.range)),
        ("pairwise disjoint", members),
        ("disjoint with", sorted(disjoint, key=str)),
        ("is a", [kind for kind in objects(RDF.type) if kind == WK.Factuality]),
        ("aligned with", objects(*_ALIGNED, own=False)),
    )
    return [(word, nodes) for word, nodes in found if nodes]


def _shapes(shapes: Graph) -> dict[Node, list[URIRef]]:
    """Return for each term the shapes that aim at it or follow it."""
    found: dict[Node, set[URIRef]] = {}
    for prop in (SH.targetClass, SH.path, SH.targetSubjectsOf, SH.targetObjectsOf):
        for shape, term in shapes.subject_objects(prop):
            if isinstance(shape, URIRef) and not isinstance(term, BNode):
                found.setdefault(term, set()).add(shape)
    return {term: sorted(nodes, key=natural_key) for term, nodes in found.items()}


def _queries(content: Content) -> dict[str, list[str]]:
    """Return for each local name of a term the stored queries that mention it."""
    found: dict[str, list[str]] = {}
    for name, stored in content.dataset.queries.items():
        for term in sorted(set(_MENTIONED.findall(stored.text))):
            found.setdefault(term, []).append(name)
    return found


_MENTIONED = re.compile(r"\bwk:(\w+)")
