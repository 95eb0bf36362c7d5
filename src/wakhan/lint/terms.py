"""How the terms of an ontology are described: labels, definitions, names, domains; and the ontology itself.

What an ontology does for most of its terms it is asked to do for all; what it does for few is only mentioned.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint.project import CLASSES, DEFINITIONS, LABELS, Project, found, ordered
from wakhan.lint.uses import SUCCESSORS, is_deprecated
from wakhan.names import local_name

RULES = {
    "ontology-header": Rule("header", "Who finds an ontology wants to know its name, version and license.", "warning"),
    "subclass-cycle": Rule("cycles", "Classes or properties in a circle of sub-terms all mean the same.", "info"),
    "term-definition": Rule("definitions", "A term without a definition means something else to everybody.", "warning"),
    "term-defined-by": Rule("defined by", "A term leads to its ontology.", "warning"),
    "term-domain": Rule("domains and ranges", "Without them nobody can check where a property is used.", "warning"),
    "term-label": Rule("labels", "A term without a name cannot be shown, one with two is shown by chance.", "warning"),
    "term-name": Rule("names of terms", "Names of one kind look alike, so that people can guess them.", "warning"),
    "term-successor": Rule("successors", "Who uses a deprecated term wants to know what to use instead.", "warning"),
}

_MOST = 0.5  # what more than this part of the terms has, all should have
_NAMED = 0.8  # so many names must be alike for the others to be exceptions
_FEW = 5  # names from which nothing can be learned
_STYLES = (
    ("PascalCase", re.compile(r"[A-Z][A-Za-z0-9]*")),
    ("camelCase", re.compile(r"[a-z][A-Za-z0-9]*")),
    ("snake_case", re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")),
    ("kebab-case", re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")),
)
_OBJECT, _DATA = OWL.ObjectProperty, OWL.DatatypeProperty
_REASONS = (SKOS.scopeNote, SKOS.editorialNote, SKOS.note)
_INCLUDES = {
    RDFS.domain: (
        SDO.domainIncludes,
        URIRef("http://schema.org/domainIncludes"),
        URIRef("http://purl.org/dc/dcam/domainIncludes"),
    ),
    RDFS.range: (
        SDO.rangeIncludes,
        URIRef("http://schema.org/rangeIncludes"),
        URIRef("http://purl.org/dc/dcam/rangeIncludes"),
    ),
}
_HEADER = (
    ("title", DCTERMS.title, ("title", "label", "prefLabel", "name", "headline")),
    ("version", OWL.versionInfo, ("versionInfo", "versionIRI", "version", "hasVersion")),
    ("license", DCTERMS.license, ("license", "licence", "rights", "accessRights")),
)
"""What a header says, the property to say it with, and the names of properties that do."""


def check_terms(project: Project) -> Iterator[Result]:
    """Yield what is wrong with the descriptions of the ontology's own terms, and of the ontology."""
    yield from chain.from_iterable(check(project) for check in CHECKS)


def _labels(project: Project) -> Iterator[Result]:
    yield from _lacking(project, "term-label", LABELS, "no label: give it an rdfs:label")
    for term in project.terms:
        for kind in (RDFS.label, SKOS.prefLabel):
            labels = [label for label in ordered(project.ontology.objects(term, kind)) if isinstance(label, Literal)]
            counts = Counter(label.language for label in labels)
            for language in sorted((each for each, count in counts.items() if count > 1), key=str):
                same = [(term, kind, label) for label in labels if label.language == language]
                words = f"in the language {language!r}" if language else "without a language"
                message = (
                    f"{project.name(term)} has {len(same)} labels {words}: keep one, make the others skos:altLabel."
                )
                yield found("term-label", "warning", same[0], message, more=same[1:])


def _languages(project: Project) -> Iterator[Result]:
    """Yield the terms without a label in a language in which most terms have one."""
    languages = {
        term: {
            str(o.language).partition("-")[0]
            for kind in LABELS
            for o in project.ontology.objects(term, kind)
            if isinstance(o, Literal) and o.language
        }
        for term in project.terms
    }
    counts = Counter(language for each in languages.values() for language in each)
    for language in sorted(each for each, count in counts.items() if count > _MOST * len(languages)):
        for term, own in languages.items():
            if own and language not in own:
                message = f"{project.name(term)} has no label in the language {language!r}, as most terms have."
                yield found("term-label", "warning", project.declaration(term), message, absent=RDFS.label)


def _definitions(project: Project) -> Iterator[Result]:
    yield from _lacking(project, "term-definition", DEFINITIONS, "no definition: give it a skos:definition")


def _defined_by(project: Project) -> Iterator[Result]:
    lacking = [term for term in project.terms if not project.has(term, RDFS.isDefinedBy)]
    if len(lacking) < _MOST * len(project.terms):
        yield from _lacking(project, "term-defined-by", (RDFS.isDefinedBy,), "no rdfs:isDefinedBy")


def _lacking(project: Project, rule: str, properties: tuple[URIRef, ...], words: str) -> Iterator[Result]:
    lacking = [term for term in project.terms if not project.has(term, *properties)]
    yield from _each_or_once(project, rule, lacking, len(project.terms), properties[0], words)


def _each_or_once(
    project: Project, rule: str, lacking: list[URIRef], of: int, what: URIRef, words: str
) -> Iterator[Result]:
    """Yield a warning for each exception from what is usual; of what is not usual that it is not, once."""
    usual = len(lacking) < _MOST * of
    if usual or len(lacking) == 1:
        for term in lacking:
            severity = "warning" if usual else "info"
            yield found(rule, severity, project.declaration(term), f"{project.name(term)} has {words}.", absent=what)
    elif lacking:
        triples = [project.declaration(term) for term in lacking[:6]]
        message = f"{len(lacking)} of {of} such terms, for example {project.name(lacking[0])}, have {words}."
        yield found(rule, "info", triples[0], message, absent=what, more=triples[1:])


def _names(project: Project) -> Iterator[Result]:
    classes = [term for term in project.terms if any((term, RDF.type, kind) in project.ontology for kind in CLASSES)]
    properties = [term for term in project.terms if term not in classes and _is_property(project, term)]
    for kind, terms in (("classes", classes), ("properties", properties)):
        styles = {term: _style(local_name(term)) for term in terms}
        counts = Counter(style for style in styles.values() if style)
        if sum(counts.values()) < _FEW or counts.most_common(1)[0][1] < _NAMED * len(styles):
            continue
        usual = counts.most_common(1)[0][0]
        for term in (each for each, style in styles.items() if style != usual and not local_name(each).isupper()):
            message = f"{project.name(term)} is not in {usual}, as the names of most {kind} here are."
            yield found("term-name", "warning", project.declaration(term), message)


def _style(name: str) -> str:
    return next((style for style, pattern in _STYLES if pattern.fullmatch(name)), "")


def _is_property(project: Project, term: Node) -> bool:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
    return any((term, RDF.type, kind) in project.ontology for kind in kinds)


def _domains(project: Project) -> Iterator[Result]:
    """Yield the properties without domain or range, of their own or of the property above or inverse to them."""
    for kind, what in ((_OBJECT, RDFS.domain), (_OBJECT, RDFS.range), (_DATA, RDFS.domain), (_DATA, RDFS.range)):
        properties = [term for term in project.terms if (term, RDF.type, kind) in project.ontology]
        lacking = [term for term in properties if not _has_or_explains(project, term, what)]
        if (kind, what) == (_DATA, RDFS.range):  # which a shape can say better: OWL has no ranges for dates or texts
            lacking = [term for term in lacking if (None, SH.path, term) not in project.shapes]
        words = f"no {project.name(what)}: give it one, or say in skos:scopeNote why not"
        yield from _each_or_once(project, "term-domain", lacking, len(properties), what, words)


def _has_or_explains(project: Project, term: Node, what: URIRef) -> bool:
    other = RDFS.range if what == RDFS.domain else RDFS.domain
    graph = project.ontology
    above = {term, *_above(graph, term, RDFS.subPropertyOf)}
    inverse = {
        each for one in above for each in (*graph.objects(one, OWL.inverseOf), *graph.subjects(OWL.inverseOf, one))
    }
    if any(project.has(each, what, *_INCLUDES[what], *_REASONS) for each in above):
        return True
    symmetric = any((each, RDF.type, OWL.SymmetricProperty) in graph for each in above)
    return any(project.has(each, other, *_INCLUDES[other]) for each in (inverse | above if symmetric else inverse))


def _successors(project: Project) -> Iterator[Result]:
    for term in project.terms:
        if is_deprecated(project.ontology, term) and not project.has(term, *SUCCESSORS, RDFS.seeAlso, *_REASONS):
            value = ordered(project.ontology.objects(term, OWL.deprecated))[0]
            message = f"{project.name(term)} is deprecated, but nothing says what to use instead."
            hint = "Give it dcterms:isReplacedBy."
            yield found("term-successor", "warning", (term, OWL.deprecated, value), message, hint=hint)


def _above(graph: Graph, term: Node, relation: URIRef) -> set[Node]:
    """Return *term* and all to which *relation* leads from it."""
    return {each for each in graph.transitive_objects(term, relation) if each is not None}


def _cycles(project: Project) -> Iterator[Result]:
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        told: set[Node] = set()
        for term in project.terms:
            if term in told:
                continue
            for above in ordered(project.ontology.objects(term, relation)):
                circle = _above(project.ontology, above, relation)
                if term in circle and above != term:
                    told |= circle
                    message = (
                        f"{project.name(term)} is below itself, by way of {project.name(above)}: the two mean the same."
                    )
                    yield found("subclass-cycle", "info", (term, relation, above), message)


def _header(project: Project) -> Iterator[Result]:
    headers = ordered(project.ontology.subjects(RDF.type, OWL.Ontology))
    if not headers and project.terms:
        message = "The ontology has no header: describe it as an owl:Ontology with title, version and license."
        yield found("ontology-header", "warning", project.declaration(project.terms[0]), message)
    said = {local_name(predicate) for header in headers for predicate in project.ontology.predicates(header)}
    for what, property_, names in _HEADER if headers else ():
        if not said & set(names):
            triple = (headers[0], RDF.type, OWL.Ontology)
            message = f"The ontology {project.name(headers[0])} has no {what}."
            hint = f"Give it {project.name(property_)}."
            yield found("ontology-header", "warning", triple, message, hint=hint, absent=property_)


CHECKS: tuple[Callable[[Project], Iterator[Result]], ...] = (
    _labels, _languages, _definitions, _defined_by, _names, _domains, _successors, _cycles, _header,
)  # fmt: skip
