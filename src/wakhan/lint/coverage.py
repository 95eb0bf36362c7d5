"""Which terms of the ontology no shape looks at."""

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, URIRef
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint.project import CLASSES, Project, found
from wakhan.lint.uses import is_deprecated
from wakhan.lint.vocabularies import is_standard

RULES = {
    "uncovered-class": Rule("classes without a shape", "Nobody checks what is said of their instances.", "info"),
    "uncovered-property": Rule("properties without a shape", "Nobody checks their values.", "warning"),
}

_MOST = 0.5  # shapes that look at fewer of the properties are not meant to look at all
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)


def check_coverage(project: Project) -> Iterator[Result]:
    """Yield the properties that no shape mentions, and the classes that no shape mentions and no data use.

    A property is also looked at by shapes that mention a class of properties that it belongs to.
    """
    if not project.shapes:
        return
    mentioned = set(project.shapes.all_nodes()) | project.written
    yield from _properties(project, mentioned)
    yield from _classes(project, mentioned)


def _properties(project: Project, mentioned: set[Node]) -> Iterator[Result]:
    properties = [
        term
        for term in project.terms
        if _is_any(project, term, _PROPERTIES) and not is_deprecated(project.ontology, term)
    ]
    lacking = [term for term in properties if term not in mentioned and not _kinds(project, term) & mentioned]
    severity = "warning" if len(lacking) < _MOST * len(properties) else "info"
    for term in lacking:
        message = f"No shape looks at {project.name(term)}: check its values, or name it in a constraint."
        yield found("uncovered-property", severity, project.declaration(term), message)


def _kinds(project: Project, term: URIRef) -> set[Node]:
    return {kind for kind in project.ontology.objects(term, RDF.type) if not is_standard(kind)}


def _classes(project: Project, mentioned: set[Node]) -> Iterator[Result]:
    used = set(project.data.all_nodes()) | set(project.ontology.objects(None, RDF.type))
    for term in project.terms if project.data else ():
        below = set(project.ontology.transitive_subjects(RDFS.subClassOf, term)) | {term}
        if _is_any(project, term, CLASSES) and not below & mentioned and not below & used:
            message = f"No shape looks at {project.name(term)}, and the data do not mention it."
            yield found("uncovered-class", "info", project.declaration(term), message)


def _is_any(project: Project, term: Node, kinds: tuple[URIRef, ...]) -> bool:
    return any((term, RDF.type, kind) in project.ontology for kind in kinds)
