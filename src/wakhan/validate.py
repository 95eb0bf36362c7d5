"""Find what is wrong with the data: against the shapes, against each other, and against the law of the two layers."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import pyshacl
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from wakhan.clashes import clashes
from wakhan.denials import negative_assertions
from wakhan.errors import WakhanError
from wakhan.facts import compare_facts
from wakhan.law import back_doors, softened, statements
from wakhan.names import Triple, curie, local_name, natural_key, prefixes_of, shorten
from wakhan.reason import closure, union
from wakhan.sources import Sources

_IRI = re.compile(r"https?://[^\s<>{}|^`\\\"]*[^\s<>{}|^`\\\".,:;!?…]")

SEVERITIES = ("violation", "warning", "info")
"""The worst first."""


class Finding(NamedTuple):
    """One thing that is wrong.

    Attributes:
        severity: ``violation``, ``warning`` or ``info``.
        shape: The shape that found it, or the name of the rule.
        focus: What it is about.
        path: The property of it that is wrong, if it is one.
        value: The wrong value, if there is one.
        message: What is wrong and what to do.
        source: What found it: ``shapes``, ``facts``, ``law`` or ``clash``.
    """

    severity: str
    shape: str
    focus: str
    path: str
    value: str
    message: str
    source: str


def find_problems(data: Graph, shapes: Graph, ontology: Graph) -> list[Finding]:
    """Return what *shapes* find wrong with *data* as it stands, the worst first; an empty list is good news.

    Nothing is inferred first: a range would turn a wrong value into a right one, and hide the fault.

    Args:
        data: What to check. It is not changed.
        shapes: The SHACL shapes.
        ontology: What the words mean; it is checked with the data. Its ``sh:declare`` are the prefixes of the shapes.

    Raises:
        WakhanError: The shapes themselves are wrong.
    """
    declared = {axiom for axiom in ontology if axiom[1] in (SH.declare, SH.prefix, SH.namespace)}
    shapes = union(shapes, declared, namespaces=shapes)
    union_graph = _PreparedGraph()
    ill_typed = [triple for triple in data if isinstance(triple[2], Literal) and triple[2].ill_typed]
    for triple in set(union(data, ontology)) - set(ill_typed):  # pySHACL cannot compare what is no value
        union_graph.add(triple)
    for prefix, iri in data.namespaces():
        union_graph.bind(prefix, iri)
    try:
        _, report, text = pyshacl.validate(
            union_graph, shacl_graph=shapes, inference="none", advanced=True, inplace=True, meta_shacl=False
        )
    except Exception as error:  # pySHACL raises errors of a dozen kinds, without a common class, for a wrong shape
        raise WakhanError(f"the shapes cannot be used: {error}") from error
    if not isinstance(report, Graph):
        raise WakhanError(f"the shapes cannot be used: {text}")
    results = report.subjects(RDF.type, SH.ValidationResult)
    found = [_shape_finding(report, result, shapes, union_graph) for result in results]
    message = "This is not a value of its datatype: correct the one or the other."
    return sort_findings([*found, *(_of_triple("ill-typed", triple, message, "shapes", data) for triple in ill_typed)])


def check_sources(sources: Sources) -> list[Finding]:
    """Return everything that is wrong with a dataset, the worst first; an empty list is good news.

    The shapes look at the data as they stand; contradictions and the law of the two layers are about what follows.

    Raises:
        WakhanError: The shapes or the lists of the ontology are wrong, so that nothing can be said.
    """
    data, ontology = sources.data, sources.ontology
    closed = closure(union(ontology, data, negative_assertions(data)), anonymous=True)
    # shapes/terms.ttl looks at the shapes too
    shaped = find_problems(data, sources.shapes, union(ontology, sources.shapes))
    told = {(finding.focus, finding.path, finding.value) for finding in shaped}
    facts = [
        finding for finding in _facts_findings(sources) if (finding.focus, finding.path, finding.value) not in told
    ]
    contradictions = [
        Finding("violation", clash.rule, curie(clash.terms[0], data), "", "", clash.message, "clash")
        for clash in clashes(closed)
    ]
    return sort_findings(
        [
            *shaped,
            *_blank_findings(data),
            *facts,
            *_back_door_findings(ontology, data),
            *_softened_findings(closed, data),
            *contradictions,
        ]
    )


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return each of the *findings* once, the worst first, then by what they are about."""

    def order(finding: Finding) -> tuple[object, ...]:
        return SEVERITIES.index(finding.severity), natural_key(finding.focus), finding

    return sorted(set(findings), key=order)


def to_text(findings: list[Finding]) -> str:
    """Return *findings* under what found them, in their order, and how many there are of each severity."""
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        value = "" if finding.value == finding.focus else finding.value
        where = " ".join(part for part in (finding.focus, finding.path, value) if part)
        groups.setdefault((finding.severity, finding.shape or finding.source), []).append(f"{where}: {finding.message}")
    lines = []
    for (severity, shape), found in groups.items():
        lines += [f"{severity} {shape} ({len(found)})", *(f"  {line}" for line in found)]
    kinds = {kind: sum(f.severity == kind for f in findings) for kind in SEVERITIES}
    counts = [f"{count} {kind}{'s' if count != 1 and kind != 'info' else ''}" for kind, count in kinds.items() if count]
    return "\n".join([*lines, ", ".join(counts) or "no findings"]) + "\n"


class _PreparedGraph(Graph):
    """A graph that parses each query once: pySHACL asks each query of a shape anew for each focus node."""

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:  # noqa: ANN401 (passed on)
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = prepareQuery(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **options)


def _shape_finding(report: Graph, result: Node, shapes: Graph, data: Graph) -> Finding:
    def part(name: URIRef) -> Node | None:
        return report.value(result, name)

    severity = local_name(part(SH.resultSeverity) or SH.Violation).lower()
    shape = part(SH.sourceConstraint) or part(SH.sourceShape)  # the most exact that has a name
    path, focus, value = (part(p) for p in (SH.resultPath, SH.focusNode, SH.value))
    of_node = set(shapes.objects(part(SH.sourceShape), SH.message)) if part(SH.sourceConstraint) else set()
    messages = sorted(
        set(report.objects(result, SH.resultMessage)) - of_node,  # pySHACL adds the message of the whole shape
        key=lambda message: (_language(message) not in ("en", ""), str(message)),
    )
    return Finding(
        severity=severity if severity in SEVERITIES else "violation",
        shape="" if shape is None else curie(_named_shape(shapes, shape), shapes),
        focus="" if focus is None else _text(focus, data),
        path="" if path is None else _path(report, path, data),
        value="" if value is None else _text(value, data),
        message=_short(str(messages[0]), data) if messages else "",
        source="shapes",
    )


def _named_shape(shapes: Graph, shape: Node) -> Node:
    """Return *shape*, or if it is a blank node the nearest node above it that has a name."""
    level, seen = [shape], {shape}
    while level:
        named = sorted((node for node in level if isinstance(node, URIRef)), key=str)
        if named:
            return named[0]
        level = list({parent for node in level for parent in shapes.subjects(None, node)} - seen)
        seen.update(level)
    return shape


def _path(report: Graph, path: Node, prefixes: Graph) -> str:
    """Return a property path as SPARQL writes it."""
    if not isinstance(path, BNode):
        return curie(path, prefixes)
    if (path, RDF.first, None) in report:
        return "/".join(_path(report, step, prefixes) for step in report.items(path))
    signs = (
        (SH.inversePath, "^", ""),
        (SH.zeroOrMorePath, "", "*"),
        (SH.oneOrMorePath, "", "+"),
        (SH.zeroOrOnePath, "", "?"),
    )
    for kind, before, after in signs:
        inner = report.value(path, kind)
        if inner is not None:
            text = _path(report, inner, prefixes)
            return f"{before}({text}){after}" if isinstance(inner, BNode) else f"{before}{text}{after}"
    choices = report.value(path, SH.alternativePath)
    return "" if choices is None else "|".join(_path(report, step, prefixes) for step in report.items(choices))


def _blank_findings(data: Graph) -> list[Finding]:
    message = "Nothing in the data is a blank node, because nobody could refer to it: give it an IRI."
    subjects = {
        curie(s, data) if isinstance(s, URIRef) else curie(p, data)
        for s, p, o in data
        if isinstance(s, BNode) or isinstance(o, BNode)
    }
    return [Finding("violation", "blank-node", subject, "", "", message, "law") for subject in subjects]


def _facts_findings(sources: Sources) -> list[Finding]:
    difference, data = compare_facts(sources), sources.data
    claims = {statement.triple: curie(statement.claim, data) for statement in statements(data) if statement.is_fact}
    missing = "The narrator affirms this in {}, but it is no bare triple: run `wakhan facts`."
    extra = "This is a bare fact, but the narrator affirms it in no claim: write the claim, or run `wakhan facts`."
    return [
        *(
            _of_triple("missing-fact", t, missing.format(claims.get(t, "a claim")), "facts", data)
            for t in difference.missing
        ),
        *(_of_triple("extra-fact", t, extra, "facts", data) for t in difference.extra),
    ]


def _back_door_findings(ontology: Graph, data: Graph) -> list[Finding]:
    message = "A fact without a claim: mark the property as claimable, or mend the axiom or description behind it."
    return [_of_triple("back-door", triple, message, "law", data) for triple in back_doors(ontology, data)]


def _softened_findings(closed: Graph, data: Graph) -> list[Finding]:
    message = "This holds, but {} claims it as less than a fact: see whether both are meant."
    return [
        _of_triple("softened", triple, message.format(curie(claim, data)), "law", data, "warning")
        for triple, claim in softened(closed, data)
    ]


def _of_triple(
    name: str, triple: Triple, message: str, source: str, data: Graph, severity: str = "violation"
) -> Finding:
    focus, path, value = (_text(term, data) for term in triple)
    return Finding(severity, name, focus, path, value, message, source)


def _text(node: Node, graph: Graph) -> str:
    return "a blank node" if isinstance(node, BNode) else curie(node, graph)


def _short(message: str, graph: Graph) -> str:
    """Return *message* with prefixed names for the IRIs that the engine wrote into it."""
    prefixes = prefixes_of(graph)
    return _IRI.sub(lambda match: ":".join(shorten(match[0], prefixes) or (match[0],)), message)


def _language(message: Node) -> str:
    return (message.language or "") if isinstance(message, Literal) else ""
