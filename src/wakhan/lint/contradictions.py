"""Shapes that nothing can conform to, because they demand what excludes each other.

Only what can be proven is told: demands that hold together, of one shape or of shapes joined by sh:node, sh:and and
equal paths. What stands in sh:or, sh:xone and sh:not is left alone.
"""

from collections.abc import Iterator
from itertools import combinations

from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint.demands import LITERAL, Demands, beyond, comparable, properties_of, together
from wakhan.lint.project import Project, found, integer, items, ordered
from wakhan.lint.shapegraph import is_deactivated, path_of, shapes_in, title
from wakhan.names import Triple, curie, local_name

RULES = {
    "dead-value": Rule("allowed values", "A value that another demand excludes is allowed in vain.", "warning"),
    "unsatisfiable": Rule("contradictions", "Nothing can conform to a shape that contradicts itself."),
}

Clash = tuple[str, tuple[Triple, ...]]
"""What excludes each other, in words, and the triples that say it."""

_NUMBERS = frozenset(
    XSD[name]
    for name in ("integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger")
)
_TEXTS = frozenset({XSD.string, XSD.anyURI, XSD.boolean, XSD.date, XSD.dateTime, RDF.langString})


def check_contradictions(project: Project) -> Iterator[Result]:
    """Yield the shapes that nothing can conform to, each contradiction once, with the triples that make it."""
    graph = project.shapes
    told: set[frozenset[Triple]] = set()
    seen: set[frozenset[Node]] = set()
    for shape in shapes_in(graph):
        if (shape, SH.path, None) in graph or is_deactivated(graph, shape):
            continue
        for demands in _levels(together(graph, [shape], values=False), seen):
            for rule, (why, triples) in _clashes(project, demands):
                if triples and frozenset(triples) not in told:
                    told.add(frozenset(triples))
                    yield _result(graph, rule, why, triples)


def _result(graph: Graph, rule: str, why: str, triples: tuple[Triple, ...]) -> Result:
    severities = {value for triple in triples for value in graph.objects(triple[0], SH.severity)}
    severity = "warning" if rule == "dead-value" or severities - {SH.Violation} else "violation"
    return found(rule, severity, triples[0], f"{title(graph, triples[0][0])}: {why}.", more=triples[1:])


def _levels(demands: Demands, seen: set[frozenset[Node]]) -> Iterator[Demands]:
    """Yield *demands*, and what is demanded of the values of each path, and of the values of theirs."""
    yield demands
    for group in groups_of(demands).values():
        if frozenset(group) not in seen:
            seen.add(frozenset(group))
            yield from _levels(together(demands.graph, group, values=True), seen)


def groups_of(demands: Demands) -> dict[str, list[Node]]:
    """Return the property shapes that have the same path, by their path."""
    groups: dict[str, list[Node]] = {}
    for part in properties_of(demands):
        path = path_of(demands.graph, part)
        if path and part not in groups.setdefault(path, []):
            groups[path].append(part)
    return groups


def _clashes(project: Project, demands: Demands) -> Iterator[tuple[str, Clash]]:
    most = demands.most()
    yield from (("unsatisfiable", clash) for clash in _counts(demands))
    if most is None or most[0] > 0:  # of no values anything can be demanded
        checks = (_kinds, _datatypes, _lengths, _bounds, _lists, _values, _negations, _pairs, _without_path)
        yield from (("unsatisfiable", clash) for check in checks for clash in check(demands))
        yield from (("unsatisfiable", clash) for clash in _classes(project, demands))
        yield from (("dead-value", clash) for clash in _dead_values(demands))


def _counts(demands: Demands) -> Iterator[Clash]:
    least, most = demands.least(), demands.most()
    if most and least[0] > most[0]:
        yield f"{least[0]} values are demanded, and at most {most[0]} allowed", (*least[1], *most[1])
    for triple in demands.triples(SH.qualifiedMinCount, demands.heads):
        number = integer(triple[2]) or 0
        if most and number > most[0]:
            yield f"{number} values are demanded, and at most {most[0]} allowed", (triple, *most[1])
        for other in demands.triples(SH.qualifiedMaxCount, [triple[0]]):
            limit = integer(other[2])
            if limit is not None and number > limit:
                yield f"{number} such values are demanded, and at most {other[2]} allowed", (triple, other)
    left = set.intersection(*(set(values) for _, values in demands.allowed)) if demands.allowed else None
    if left is not None and len(left) < least[0] and (left or len(demands.allowed) == 1):
        lists = [triple for triple, _ in demands.allowed]
        yield f"{least[0]} values are demanded, but only {len(left)} can be chosen", (*least[1], *lists)


def _kinds(demands: Demands) -> Iterator[Clash]:
    pairs = combinations(demands.kinds, 2)
    clash = next(((one, other) for (one, kinds), (other, others) in pairs if not kinds & others), None)
    if clash:
        yield f"nothing can have both {_said(demands.graph, *clash)}", clash


def _datatypes(demands: Demands) -> Iterator[Clash]:
    triples = demands.triples(SH.datatype)
    for one, other in combinations(triples, 2):
        if one[2] != other[2]:
            yield f"no value has both {_said(demands.graph, one, other)}", (one, other)
    for triple in triples:
        for other in demands.triples(SH.languageIn):
            if triple[2] != RDF.langString:
                yield f"a value with {_said(demands.graph, triple)} has no language", (triple, other)


def _lengths(demands: Demands) -> Iterator[Clash]:
    for one in demands.triples(SH.minLength):
        for other in demands.triples(SH.maxLength):
            least, most = integer(one[2]), integer(other[2])
            if least is not None and most is not None and least > most:
                yield f"no text has {_said(demands.graph, one, other)}", (one, other)


def _bounds(demands: Demands) -> Iterator[Clash]:
    lower = demands.triples(SH.minInclusive) + demands.triples(SH.minExclusive)
    upper = demands.triples(SH.maxInclusive) + demands.triples(SH.maxExclusive)
    for one in lower:
        for other in upper:
            touching = comparable(one[2], other[2])
            strict = SH.minExclusive == one[1] or SH.maxExclusive == other[1]
            if beyond(SH.maxInclusive, other[2], one[2]) or (touching and touching[0] == touching[1] and strict):
                yield f"no value has {_said(demands.graph, one, other)}", (one, other)
    for datatype in demands.triples(SH.datatype):
        for bound in lower + upper:
            kinds = {datatype[2] in _NUMBERS, isinstance(bound[2], Literal) and bound[2].datatype in _NUMBERS}
            if len(kinds) == 2 and {datatype[2], getattr(bound[2], "datatype", None) or XSD.string} & _TEXTS:
                yield (
                    f"values with {_said(demands.graph, datatype)} cannot be compared with {bound[2]}",
                    (datatype, bound),
                )


def _lists(demands: Demands) -> Iterator[Clash]:
    for (one, values), (other, others) in combinations(demands.allowed, 2):
        if not set(values) & set(others):
            yield "two lists of allowed values have none in common", (one, other)
    for triple, values in demands.allowed:
        reasons = [demands.refuses(value) for value in values]
        first = next((reason for reason in reasons if reason), None)
        if first and all(reasons):
            yield f"no allowed value has {_said(demands.graph, first)}", (triple, first)


def _dead_values(demands: Demands) -> Iterator[Clash]:
    for triple, values in demands.allowed:
        reasons = {value: demands.refuses(value) for value in values}
        if all(reasons.values()):
            continue
        for value, reason in reasons.items():
            if reason:
                text = f"{curie(value, demands.graph)} is allowed, but does not have {_said(demands.graph, reason)}"
                yield text, (triple, reason)


def _values(demands: Demands) -> Iterator[Clash]:
    for triple in demands.triples(SH.hasValue):
        name = curie(triple[2], demands.graph)
        reason = demands.refuses(triple[2])
        if reason:
            yield f"{name} is demanded, but does not have {_said(demands.graph, reason)}", (triple, reason)
        for other, values in demands.allowed:
            if triple[2] not in values:
                yield f"{name} is demanded, but not among the allowed values", (triple, other)


def _negations(demands: Demands) -> Iterator[Clash]:
    for triple in demands.triples(SH["not"]):
        if triple[2] in demands.shapes and (triple[2], SH.path, None) not in demands.graph:
            yield f"what conforms to {title(demands.graph, triple[2])} must not conform to it", (triple,)


def _pairs(demands: Demands) -> Iterator[Clash]:
    for triple in demands.triples(SH.equals, demands.heads):
        for other in demands.triples(SH.disjoint, demands.heads):
            if triple[2] == other[2] and demands.least()[0] > 0:
                yield (
                    f"the values are to be those of {curie(triple[2], demands.graph)}, and none of them",
                    (triple, other),
                )


def _without_path(demands: Demands) -> Iterator[Clash]:
    """Yield the properties that a literal is to have."""
    only = [triple for triple, kinds in demands.kinds if kinds == {LITERAL}]
    for group in groups_of(demands).values() if only else ():
        least = together(demands.graph, group, values=True).least()
        if least[0] > 0 and isinstance(demands.graph.value(group[0], SH.path), URIRef):
            yield f"a literal has no properties, but {least[0]} values are demanded", (*least[1], only[0])


def _classes(project: Project, demands: Demands) -> Iterator[Clash]:
    for one, other in combinations(demands.triples(SH["class"]), 2):
        axiom = _disjoint(project.everything, one[2], other[2])
        if axiom:
            yield f"nothing has both {_said(demands.graph, one, other)}: they are disjoint", (one, other, axiom)


def _disjoint(graph: Graph, one: Node, other: Node) -> Triple | None:
    """Return the axiom by which two classes have nothing in common, or None."""
    above = [set(graph.transitive_objects(cls, RDFS.subClassOf)) | {cls} for cls in (one, other)]
    for axiom in graph.triples((None, OWL.disjointWith, None)):
        for mine, its in (above, above[::-1]):
            if axiom[0] in mine and axiom[2] in its:
                return axiom
    for node in ordered(graph.subjects(RDF.type, OWL.AllDisjointClasses)):
        for members in ordered(graph.objects(node, OWL.members)):
            listed = set(items(graph, members))
            if any(a != b for a in listed & above[0] for b in listed & above[1]):
                return node, OWL.members, members
    return None


def _said(graph: Graph, *triples: Triple) -> str:
    texts = []
    for _, predicate, value in triples:
        texts.append(f"sh:{local_name(predicate)} {curie(value, graph)}")
    return " and ".join(texts)
