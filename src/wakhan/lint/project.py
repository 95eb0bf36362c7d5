"""What is checked, and what every check wants to know of it: which terms there are, and whose they are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import DC, DCTERMS, OWL, RDF, RDFS, SDO, SH, SKOS, VANN, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.findings import Result
from wakhan.lint.vocabularies import is_standard
from wakhan.names import Triple, curie, new_graph
from wakhan.suggest import did_you_mean, split

CLASSES = (OWL.Class, RDFS.Class)
PROPERTIES = (
    OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property, OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty, OWL.TransitiveProperty, OWL.SymmetricProperty, OWL.AsymmetricProperty,
    OWL.IrreflexiveProperty, OWL.ReflexiveProperty,
)  # fmt: skip
KINDS = (*CLASSES, *PROPERTIES, RDFS.Datatype)
"""The types of terms."""

LABELS = (RDFS.label, SKOS.prefLabel, SDO.name, DCTERMS.title, DC.title, URIRef("http://schema.org/name"))
DEFINITIONS = (
    SKOS.definition, RDFS.comment, DCTERMS.description, DC.description, SDO.description,
    URIRef("http://schema.org/description"), URIRef("http://purl.obolibrary.org/obo/IAO_0000115"),
)  # fmt: skip
"""How vocabularies say what a term means."""

TEXTS = (SH.select, SH.ask, SH.construct, SH.update)
"""What the SPARQL texts of shapes are the values of."""

_ABOUT = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.equivalentClass)
_LARGE = 0.2  # the part of the described terms that makes a namespace one of the ontology's own


@dataclass(frozen=True, eq=False)
class Project:
    """What is checked together.

    Attributes:
        ontology: What the words mean.
        shapes: What the data must contain.
        data: The data, which may be empty.
        queries: The texts of the stored queries, by path.
    """

    ontology: Graph
    shapes: Graph
    data: Graph
    queries: Mapping[Path, str]

    @cached_property
    def everything(self) -> Graph:
        """Ontology, shapes and data in one graph."""
        union = new_graph()
        for graph in (self.data, self.shapes, self.ontology):
            for prefix, namespace in graph.namespaces():
                union.bind(prefix, namespace, replace=True)
            for triple in graph:
                union.add(triple)
        return union

    @cached_property
    def meanings(self) -> Graph:
        """Ontology and shapes, for whoever asks what is said of a class in either."""
        union = new_graph()
        for graph in (self.shapes, self.ontology):
            for triple in graph:
                union.add(triple)
        return union

    @cached_property
    def prefixes(self) -> Graph:
        """An empty graph with the prefixes of all."""
        names = new_graph()
        for prefix, namespace in self.everything.namespaces():
            names.bind(prefix, namespace)
        return names

    @cached_property
    def declared(self) -> frozenset[URIRef]:
        """The terms that the ontology declares, those of other vocabularies included."""
        found = (self.ontology.subjects(RDF.type, kind) for kind in KINDS)
        return frozenset(term for terms in found for term in terms if isinstance(term, URIRef))

    @cached_property
    def own(self) -> frozenset[str]:
        """The namespaces of the ontology's own terms: those of its headers, else those that most of its terms have."""
        headers = {str(header).rstrip("#/") for header in self.ontology.subjects(RDF.type, OWL.Ontology)}
        named = {str(space) for space in self.ontology.objects(None, VANN.preferredNamespaceUri)}
        spaces = {split(term)[0] for term in self.declared}
        own = {space for space in spaces if space in named or space.rstrip("#/") in headers}
        if own:
            return frozenset(own)
        described = [t for t in self.declared if self.has(t, *LABELS, *DEFINITIONS, *_ABOUT) and not is_standard(t)]
        sizes = Counter(split(term)[0] for term in described)
        return frozenset(space for space, size in sizes.items() if size >= _LARGE * len(described))

    @cached_property
    def terms(self) -> tuple[URIRef, ...]:
        """The ontology's own declared terms."""
        return tuple(sorted(term for term in self.declared if self.is_own(term)))

    @cached_property
    def classes(self) -> frozenset[URIRef]:
        """All that is said to be a class, or used as one by an instance or an axiom."""
        graph = self.everything
        found = {term for kind in CLASSES for term in graph.subjects(RDF.type, kind)}
        for pair in graph.subject_objects(RDFS.subClassOf):
            found.update(pair)
        found.update(graph.objects(None, RDF.type))
        return frozenset(term for term in found if isinstance(term, URIRef))

    @cached_property
    def properties(self) -> frozenset[URIRef]:
        """All that is said to be a property, or used as one in the data or the ontology."""
        graph = self.everything
        found = {term for kind in PROPERTIES for term in graph.subjects(RDF.type, kind)}
        for predicate in (RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty):
            for pair in graph.subject_objects(predicate):
                found.update(pair)
        found.update(set(self.data.predicates()), set(self.ontology.predicates()))
        return frozenset(term for term in found if isinstance(term, URIRef))

    @cached_property
    def subjects(self) -> frozenset[Node]:
        """All of which something is said."""
        return frozenset(self.everything.subjects())

    @cached_property
    def typed(self) -> frozenset[Node]:
        """All of which it is said what they are."""
        return frozenset(self.everything.subjects(RDF.type))

    @cached_property
    def mentioned(self) -> frozenset[Node]:
        """All nodes and properties of data and ontology, and what the shapes describe."""
        graphs = (self.data, self.ontology)
        return frozenset(node for graph in graphs for triple in graph for node in triple) | self.subjects

    @cached_property
    def spaces(self) -> frozenset[str]:
        """The namespaces of what the data describe."""
        named = {node for node in self.data.subjects() if isinstance(node, URIRef) and not is_standard(node)}
        return frozenset(split(node)[0] for node in named)

    @cached_property
    def vocabularies(self) -> frozenset[str]:
        """The namespaces of all classes and properties, so that a term can be missed in them."""
        return frozenset(split(term)[0] for term in self.classes | self.properties)

    @cached_property
    def written(self) -> frozenset[URIRef]:
        """The terms that SPARQL texts name: the stored queries and those in the shapes."""
        from wakhan.lint.sparql import Text  # rdflib's parser of SPARQL takes long to load

        graph = self.meanings
        prefixes = {
            str(graph.value(node, SH.prefix)): str(space) for node, space in graph.subject_objects(SH.namespace)
        }
        texts = [Text(str(text), prefixes) for kind in TEXTS for text in graph.objects(None, kind)]
        texts += [Text(text) for text in self.queries.values()]
        return frozenset(term for text in texts for term, _ in text.terms)

    def is_own(self, term: Node) -> bool:
        """Tell whether *term* is in a namespace of the ontology."""
        return isinstance(term, URIRef) and split(term)[0] in self.own

    def has(self, term: Node, *properties: URIRef) -> bool:
        """Tell whether the ontology gives *term* one of the *properties*."""
        return any((term, each, None) in self.ontology for each in properties)

    def declaration(self, term: Node) -> Triple:
        """Return the triple of the ontology that says what *term* is; of several always the same."""
        types = sorted(self.ontology.objects(term, RDF.type), key=lambda kind: (kind not in KINDS, str(kind)))
        return term, RDF.type, types[0] if types else OWL.Class

    def name(self, node: Node) -> str:
        """Return how a person writes *node*."""
        return "a blank node" if isinstance(node, BNode) else curie(node, self.prefixes)

    def meant(self, term: Node, candidates: Iterable[Node] | None = None) -> str:
        """Return a question that names the term nearest to *term*, or nothing; all of the project are looked at."""
        return did_you_mean(term, self.prefixes, self.known if candidates is None else candidates)

    @cached_property
    def known(self) -> tuple[URIRef, ...]:
        """All named nodes of which something is said."""
        return tuple(sorted(node for node in self.subjects if isinstance(node, URIRef)))


def found(
    rule: str,
    severity: str,
    triple: Triple,
    message: str,
    *,
    hint: str = "",
    more: Iterable[Triple] = (),
    absent: Node | None = None,
) -> Result:
    """Return the result that a *rule* found at a *triple*.

    Args:
        rule: The name of the rule.
        severity: ``violation``, ``warning`` or ``info``.
        triple: The triple that is wrong, as it stands in the file.
        message: What is wrong and what to do.
        hint: What else helps.
        more: Other triples that have a part in it.
        absent: The property that the subject of *triple* lacks; then the triple is only where to look.
    """
    focus, path, value = triple
    if message.startswith(("a ", "the ")):
        message = message[0].upper() + message[1:]
    return Result(
        severity=severity,
        rule=rule,
        focus=focus,
        path=path if absent is None else absent,
        value=value if absent is None else None,
        message=message,
        source="lint",
        hint=hint,
        triples=(triple, *more),
    )


def items(graph: Graph, head: Node) -> list[Node]:
    """Return the members of an RDF list as far as it is one; of a circle each once."""
    return [item for _, item in cells(graph, head)]


def cells(graph: Graph, head: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the nodes of an RDF list with their members, as far as it is one; of a circle each once."""
    seen: set[Node] = set()
    while head != RDF.nil and head not in seen:
        seen.add(head)
        firsts, rests = ordered(graph.objects(head, RDF.first)), ordered(graph.objects(head, RDF.rest))
        if firsts:
            yield head, firsts[0]
        if not rests:
            return
        head = rests[0]


def ordered(nodes: Iterable[Node]) -> list[Node]:
    """Return *nodes* in an order that does not depend on chance as far as they have names."""
    return sorted(nodes, key=lambda node: (isinstance(node, BNode), node.n3()))


def integer(node: Node | None) -> int | None:
    """Return the number that a literal stands for, or None if it stands for no integer."""
    value = node.value if isinstance(node, Literal) and node.datatype != XSD.boolean else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
