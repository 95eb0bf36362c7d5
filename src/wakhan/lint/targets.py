"""Whether shapes look at anything: a shape that looks at nothing passes in silence."""

from collections.abc import Iterator
from itertools import chain

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint.constraints import queries_of
from wakhan.lint.project import Project, found, items, ordered
from wakhan.lint.shapegraph import PAIRS, TARGETS, is_class, is_deactivated, parts_of, shapes_in, steps_of, title
from wakhan.lint.vocabularies import exists, siblings
from wakhan.names import Triple
from wakhan.suggest import split

RULES = {
    "dead-target": Rule("targets", "A shape that finds nothing to look at passes in silence.", "warning"),
    "deactivated-shape": Rule("deactivated shapes", "What is switched off is easily forgotten.", "info"),
    "unknown-class": Rule("classes in shapes", "Of a class that nobody knows there are no instances."),
    "unknown-datatype": Rule("datatypes in shapes", "No value has a datatype that does not exist."),
    "unknown-property": Rule(
        "properties in shapes", "A property that nobody knows has no values, so all is well with them."
    ),
    "unknown-shape": Rule("shapes in shapes", "Everything conforms to a shape that is described nowhere."),
    "unused-shape": Rule("unused shapes", "A shape without a target that nothing refers to checks nothing.", "warning"),
}

_XSD = (
    "string boolean decimal integer double float date time dateTime dateTimeStamp gYear gMonth gDay gYearMonth "
    "gMonthDay duration yearMonthDuration dayTimeDuration byte short int long unsignedByte unsignedShort unsignedInt "
    "unsignedLong positiveInteger nonNegativeInteger negativeInteger nonPositiveInteger hexBinary base64Binary anyURI "
    "language normalizedString token NMTOKEN NMTOKENS Name NCName ID IDREF IDREFS ENTITY ENTITIES QName NOTATION"
)
_DATATYPES = frozenset(XSD[name] for name in _XSD.split())
_EXECUTABLE = (SH.SPARQLConstraint, SH.SPARQLRule, SH.TripleRule, SH.SPARQLTarget, SH.JSConstraint)


def check_targets(project: Project) -> Iterator[Result]:
    """Yield the shapes that look at nothing, and the classes, properties and datatypes in shapes that do not exist."""
    yield from chain(_targets(project), _classes(project), _properties(project), _datatypes(project))
    yield from chain(_shapes(project), _unused(project), _deactivated(project))


def dead_queries(project: Project) -> Iterator[Result]:
    """Yield the targets in SPARQL that find nothing; they are asked, which may take its time."""
    if not project.data:
        return
    for query in queries_of(project):
        if query.role != "target" or query.text.mistake or query.text.unbound or query.triple[1] != SH.select:
            continue
        lines = [f"PREFIX {prefix}: <{space}>" for prefix, space in query.text.given.items()]
        prepared = prepareQuery("\n".join([*lines, query.text.text]))
        if not any(project.everything.query(prepared)):
            severity = "warning" if project.ontology else "info"
            yield found("dead-target", severity, query.triple, "The query of this target finds nothing to look at.")


def _targets(project: Project) -> Iterator[Result]:
    graph = project.shapes
    if not project.data:
        return
    for shape in shapes_in(graph):
        if is_deactivated(graph, shape):
            continue
        targets = [(shape, kind, value) for kind in TARGETS for value in ordered(graph.objects(shape, kind))]
        if is_class(graph, shape):
            targets.append((shape, RDF.type, ordered(graph.objects(shape, RDF.type))[0]))
        dead = [(triple, *_dead(project, triple)) for triple in targets]
        alone = all(why for _, why, _ in dead)  # else the shape looks at something
        for triple, why, severity in dead:
            if why and (alone or severity != "info"):
                yield found("dead-target", severity, triple, f"A target of {title(graph, shape)} finds nothing: {why}.")


def _dead(project: Project, triple: Triple) -> tuple[str, str]:
    """Return why a target finds nothing, and how grave that is; nothing where that is told elsewhere or not so."""
    shape, kind, value = triple
    data, name = project.everything, project.name(value)
    if kind == SH.targetNode and not isinstance(value, BNode):
        absent = value not in project.mentioned and (None, None, value) not in project.data
        return (f"{name} is not in the data", "warning") if absent else ("", "")
    if kind == SH.targetSubjectsOf and value in project.properties and (None, value, None) not in data:
        return f"nothing has {name}", "info"
    if kind == SH.targetObjectsOf and value in project.properties and (None, value, None) not in data:
        return f"{name} leads to nothing", "info"
    if kind in (SH.targetClass, RDF.type):
        cls = value if kind == SH.targetClass else shape
        if _instances(data, cls) or (project.is_own(cls) and cls not in project.typed):
            return "", ""
        known = cls in project.classes or not isinstance(cls, URIRef) or exists(cls) or not project.ontology
        return f"nothing is a {project.name(cls)}", "info" if known else "warning"
    return "", ""


def _instances(graph: Graph, cls: Node) -> bool:
    below = set(graph.transitive_subjects(RDFS.subClassOf, cls)) | {cls}
    return any((None, RDF.type, each) in graph for each in below)


def _classes(project: Project) -> Iterator[Result]:
    for kind in (SH.targetClass, SH["class"]):
        for triple in _triples(project.shapes, kind):
            if triple[2] not in project.classes:
                yield from _unknown(project, "unknown-class", triple, triple[2], "class")


def _properties(project: Project) -> Iterator[Result]:
    for shape, path in sorted(project.shapes.subject_objects(SH.path), key=lambda pair: (pair[0].n3(), pair[1].n3())):
        if (None, SH.parameter, shape) not in project.shapes:
            for inner, prop in steps_of(project.shapes, path):
                yield from _property(project, (shape, SH.path, path) if inner is None else inner, prop)
    for kind in (SH.targetSubjectsOf, SH.targetObjectsOf, *PAIRS):
        for triple in _triples(project.shapes, kind):
            yield from _property(project, triple, triple[2])
    for shape, head in project.shapes.subject_objects(SH.ignoredProperties):
        for ignored in items(project.shapes, head):
            yield from _property(project, (shape, SH.ignoredProperties, head), ignored)


def _property(project: Project, triple: Triple, prop: Node) -> Iterator[Result]:
    if isinstance(prop, URIRef) and prop not in project.properties:
        yield from _unknown(project, "unknown-property", triple, prop, "property")


def _unknown(project: Project, rule: str, triple: Triple, term: Node, word: str) -> Iterator[Result]:
    """Yield that nobody knows a term; of an own term that is nowhere described, ``undeclared-term`` tells."""
    if not isinstance(term, URIRef) or exists(term) or (project.is_own(term) and term not in project.typed):
        return
    name = project.name(term)
    if project.is_own(term):
        yield found(rule, "violation", triple, f"{name} is declared, but not as a {word}.")
    elif exists(term) is False:
        hint = project.meant(term, siblings(term))
        text = f"The vocabulary of {name} has no such {word}, as far as is known here."
        yield found(rule, "warning" if hint else "info", triple, text, hint=hint)
    elif split(term)[0] in project.vocabularies:
        hint = project.meant(term, project.classes if word == "class" else project.properties)
        text = f"Neither ontology nor data have the {word} {name}."
        yield found(rule, "warning" if hint else "info", triple, text, hint=hint)


def _datatypes(project: Project) -> Iterator[Result]:
    for triple in _triples(project.shapes, SH.datatype):
        datatype = triple[2]
        if str(datatype).startswith(str(XSD)) and datatype not in _DATATYPES:
            text = f"XML Schema has no datatype {project.name(datatype)}."
            yield found("unknown-datatype", "violation", triple, text, hint=project.meant(datatype, _DATATYPES))
        elif isinstance(datatype, URIRef) and exists(datatype) is False:
            text = f"The vocabulary of {project.name(datatype)} has no such datatype."
            yield found("unknown-datatype", "violation", triple, text, hint=project.meant(datatype, siblings(datatype)))


def _shapes(project: Project) -> Iterator[Result]:
    """Yield the references to shapes that are nowhere described; of sh:property another rule tells."""
    graph = project.shapes
    described = {node for node in graph.subjects() if isinstance(node, URIRef)}
    spaces = {split(shape)[0] for shape in described & set(shapes_in(graph))}
    references = [(triple, part) for shape in shapes_in(graph) for triple, part in parts_of(graph, shape)]
    references += [(triple, triple[2]) for kind in (SH.sparql, SH.target, SH.rule) for triple in _triples(graph, kind)]
    for triple, part in references:
        if isinstance(part, URIRef) and part not in described and triple[1] != SH.property:
            severity = "violation" if split(part)[0] in spaces else "warning"
            message = f"{project.name(part)} is described nowhere, so everything conforms to it."
            yield found("unknown-shape", severity, triple, message, hint=project.meant(part, described))


def _unused(project: Project) -> Iterator[Result]:
    graph = project.shapes
    declared = {n for kind in (SH.NodeShape, SH.PropertyShape, *_EXECUTABLE) for n in graph.subjects(RDF.type, kind)}
    for shape in ordered(declared):
        if any((shape, target, None) in graph for target in TARGETS) or is_class(graph, shape):
            continue
        referred = any(subject != shape for subject in project.everything.subjects(None, shape))
        if not referred:
            kind = next(k for k in (SH.NodeShape, SH.PropertyShape, *_EXECUTABLE) if (shape, RDF.type, k) in graph)
            message = f"{title(graph, shape)} has no target, and nothing refers to it: it checks nothing."
            yield found("unused-shape", "warning", (shape, RDF.type, kind), message)


def _deactivated(project: Project) -> Iterator[Result]:
    graph = project.shapes
    for shape in ordered(set(graph.subjects(SH.deactivated))):
        if is_deactivated(graph, shape):
            triple = (shape, SH.deactivated, ordered(graph.objects(shape, SH.deactivated))[0])
            yield found("deactivated-shape", "info", triple, f"{title(graph, shape)} is switched off.")


def _triples(graph: Graph, predicate: URIRef) -> list[Triple]:
    triples = [(subject, predicate, value) for subject, value in graph.subject_objects(predicate)]
    return sorted(triples, key=lambda triple: (triple[0].n3(), triple[2].n3()))
