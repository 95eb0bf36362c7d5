"""Whether each term that is used is declared, and each that is declared is used."""

from collections.abc import Iterator
from typing import NamedTuple

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.namespace import VANN
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint.project import Project, found, ordered
from wakhan.lint.sparql import Text, Token
from wakhan.names import Triple
from wakhan.suggest import split

RULES = {
    "deprecated-use": Rule("deprecated terms", "What is deprecated will be gone one day.", "warning"),
    "undeclared-term": Rule(
        "undeclared terms", "A term that is not declared is misspelt, or nobody knows what it means."
    ),
    "unknown-thing": Rule(
        "unknown things", "A query about a thing that is not in the data answers nothing.", "warning"
    ),
    "unused-term": Rule("unused terms", "A term that nobody uses is one more to learn.", "info"),
}

SUCCESSORS = (
    DCTERMS.isReplacedBy, URIRef("http://purl.obolibrary.org/obo/IAO_0100001"),
    URIRef("https://schema.org/supersededBy"), URIRef("http://schema.org/supersededBy"),
)  # fmt: skip
"""How a term that is deprecated names the one to use instead."""

_ELSEWHERE = (
    OWL.imports, OWL.versionIRI, OWL.priorVersion, OWL.backwardCompatibleWith, OWL.incompatibleWith, RDFS.isDefinedBy,
    RDFS.seeAlso, SH.namespace, VANN.preferredNamespaceUri, SH.shapesGraph, SH.entailment,
)  # fmt: skip
_AXIOMS = (
    RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.equivalentClass,
    OWL.equivalentProperty, OWL.disjointWith, OWL.propertyDisjointWith, OWL.onProperty, OWL.onClass, RDF.first,
    OWL.someValuesFrom, OWL.allValuesFrom,
)  # fmt: skip


class Trouble(NamedTuple):
    """What is wrong with a term in a text, and where it stands there."""

    rule: str
    severity: str
    term: URIRef
    token: Token
    message: str
    hint: str


def check_uses(project: Project) -> Iterator[Result]:
    """Yield the terms that are used and not declared, or declared and not used, or used although deprecated."""
    yield from _undeclared(project)
    yield from _unused(project)
    yield from _deprecated(project)


def term_problems(project: Project, text: Text, triple: Triple) -> Iterator[Result]:
    """Yield what is wrong with the terms in a SPARQL text of the shapes; each term is told once.

    Args:
        project: What is checked.
        text: The text.
        triple: The triple whose object it is.
    """
    told = set()
    for trouble in troubles(project, text):
        if trouble.term not in told:
            told.add(trouble.term)
            yield found(trouble.rule, trouble.severity, triple, trouble.message, hint=trouble.hint)


def troubles(project: Project, text: Text) -> Iterator[Trouble]:
    """Yield what is wrong with the terms in a SPARQL text, in their order."""
    for term, token in text.terms:
        name = project.name(term)
        if (successor := _successor(project, term)) is not None:
            yield Trouble("deprecated-use", "warning", term, token, f"{name} is deprecated.", successor)
        elif term in project.mentioned or not split(term)[1]:
            continue
        elif project.is_own(term):
            message = f"{name} is not declared in the ontology."
            yield Trouble("undeclared-term", "violation", term, token, message, project.meant(term))
        elif split(term)[0] in project.spaces:
            message = f"Nothing is said of {name}."
            yield Trouble("unknown-thing", "warning", term, token, message, project.meant(term))


def _undeclared(project: Project) -> Iterator[Result]:
    told: set[Triple] = set()
    for graph in (project.ontology, project.shapes, project.data):
        uses: dict[URIRef, list[tuple[int, Triple]]] = {}
        for triple in graph:
            for term, rank in _unknown(project, triple):
                uses.setdefault(term, []).append((rank, triple))
        for term in sorted(uses):
            triples = sorted(uses[term], key=lambda use: (use[0], *(node.n3() for node in use[1])))
            rank, first = triples[0]
            if first in told:  # where ontology and shapes are one graph
                continue
            told.add(first)
            again = f" It is used {len(triples)} times." if len(triples) > 1 else ""
            severity = "violation" if rank < 2 else "warning"
            message = f"{project.name(term)} is not declared in the ontology.{again}"
            more = [triple for _, triple in triples[1:6]]
            yield found("undeclared-term", severity, first, message, hint=project.meant(term), more=more)


def _unknown(project: Project, triple: Triple) -> Iterator[tuple[URIRef, int]]:
    """Yield the own terms of a triple that are not declared, and how surely that is wrong (0 surely, 2 less so)."""
    subject, predicate, value = triple
    if isinstance(predicate, URIRef) and project.is_own(predicate) and predicate not in project.typed:
        yield predicate, 0
    if isinstance(value, URIRef) and predicate not in _ELSEWHERE and project.is_own(value) and split(value)[1]:
        strict = predicate in _AXIOMS or str(predicate).startswith(str(SH))
        if value not in project.subjects:
            yield value, 1 if strict else 2
    if predicate in _AXIOMS[1:6] and project.is_own(subject) and subject not in project.typed:
        yield URIRef(str(subject)), 1


def _unused(project: Project) -> Iterator[Result]:
    if not project.data:
        return
    used = set(project.data.all_nodes()) | set(project.data.predicates()) | set(project.ontology.predicates())
    used |= set(project.shapes.all_nodes()) | set(project.ontology.objects()) | project.written
    for term in project.terms:
        if term not in used:
            message = f"{project.name(term)} is declared, but neither data, shapes, queries nor axioms use it."
            yield found("unused-term", "info", project.declaration(term), message)


def is_deprecated(graph: Graph, term: Node) -> bool:
    """Tell whether *term* is said to be deprecated."""
    return any(isinstance(value, Literal) and value.value is True for value in graph.objects(term, OWL.deprecated))


def _successor(project: Project, term: URIRef) -> str | None:
    """Return what to use instead of a term that is deprecated: nothing if that is not said; None if it is not."""
    if not is_deprecated(project.ontology, term):
        return None
    others = ordered(other for each in SUCCESSORS for other in project.ontology.objects(term, each))
    return f"Use {' or '.join(map(project.name, others))}." if others else ""


def _deprecated(project: Project) -> Iterator[Result]:
    """Yield where data, shapes and the axioms of other terms use a term that is deprecated."""
    terms = [term for term in project.ontology.subjects(OWL.deprecated) if isinstance(term, URIRef)]
    for term in sorted(set(terms)):
        successor = _successor(project, term)
        if successor is None:
            continue
        for graph in (project.data, project.shapes, project.ontology):
            triples = _uses(graph, term, axioms=graph is project.ontology)
            if triples:
                times = f" It is used {len(triples)} times." if len(triples) > 1 else ""
                message = f"{project.name(term)} is deprecated.{times}"
                yield found("deprecated-use", "warning", triples[0], message, hint=successor, more=triples[1:6])


def _uses(graph: Graph, term: URIRef, *, axioms: bool) -> list[Triple]:
    found = [*graph.triples((None, term, None)), *graph.triples((None, None, term))]
    kept = [t for t in found if not axioms or (t[1] in _AXIOMS[1:] and not is_deprecated(graph, t[0]))]
    return sorted(kept, key=lambda triple: tuple(node.n3() for node in triple))
