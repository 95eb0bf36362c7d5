"""Check any RDF files against any SHACL shapes, whatever they are about."""

from collections.abc import Sequence
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from wakhan import shacl
from wakhan.clashes import clashes
from wakhan.describe import describe, rules_of, tell_in_report
from wakhan.errors import UsageError, WakhanError
from wakhan.expected import Graphs
from wakhan.files import Source, beside, merged, read_sources, unique
from wakhan.findings import SEVERITIES, Report, Result, Rule
from wakhan.imports import with_imports
from wakhan.reason import closure, rdfs_closure, union
from wakhan.suggest import did_you_mean, split
from wakhan.validate import clash_result, premises

REASONING = ("none", "rdfs", "owl2rl")
"""What may be inferred before the shapes look at the data."""

UNKNOWN_TERM = "unknown-term"

_OWN_RULES = {
    UNKNOWN_TERM: Rule(
        "unknown term",
        "A property or class in a namespace of the ontology that the ontology does not declare is most likely misspelt,"
        " and no shape looks at what is misspelt.",
        "warning",
    )
}


def check_files(
    files: Sequence[Path],
    shapes: Sequence[Path] = (),
    ontology: Sequence[Path] = (),
    *,
    reason: str = "none",
    limit: int | None = None,
    w3c: bool = False,
    engine: str | None = None,
) -> Report:
    """Return what the shapes find wrong with the data, in words and with file, line and column.

    Args:
        files: The data: files or folders.
        shapes: The shapes: files or folders; without any, those in the data and the ontology.
        ontology: What the words mean: files or folders. ``owl:imports`` of it and of the shapes are followed to files
            beside them, never to the network.
        reason: What to infer first from data and ontology: ``none``, ``rdfs`` or ``owl2rl``; with the last,
            contradictions are findings too.
        limit: How many findings to keep, the worst first; all if not given.
        w3c: Whether to make the SHACL validation report too.
        engine: ``fast`` or ``reference``, which give the same results; if not given, the fast one where it is
            installed.

    Raises:
        UsageError: There are no data, no shapes, no such reasoning, or no such engine.
        WakhanError: A file cannot be read, or the shapes cannot be used.
    """
    if reason not in REASONING:
        raise UsageError(f"no reasoning is called {reason!r}", hint=f"It can be: {', '.join(REASONING)}.")
    shacl.check_engine(engine)
    data_files = read_sources(files)
    words, lost = _imported(read_sources(ontology))
    rules, lost_shapes = (
        _imported(read_sources(shapes, as_shapes=True), as_shapes=True) if shapes else ([*data_files, *words], [])
    )
    data, ontology_graph, shape_graph = (merged(part) for part in (data_files, words, rules))
    if not _has_shapes(shape_graph):
        raise UsageError("there are no shapes in what was read", hint="Name them with --shapes.")
    graphs = Graphs(union(data, ontology_graph, namespaces=merged([*data_files, *words])), shape_graph, ontology_graph)
    closed = None if reason == "none" else _closed(graphs, data, reason)
    try:
        checked = shacl.check(
            data if closed is None else closed,
            union(
                shacl.rules_first(shape_graph),
                ontology_graph.triples((None, SH.declare, None)),
                namespaces=shape_graph,
            ),
            ontology_graph if closed is None and words else None,
            limit=limit,
            w3c=w3c,
            engine=engine,
        )
    except shacl.ShapeError as error:
        raise _with_place(error, graphs, rules) from error
    more = [*_unknown_terms(data, ontology_graph), *(_contradictions(graphs) if reason == "owl2rl" else ())]
    counts = {s: checked.counts[s] + sum(result.severity == s for result in more) for s in SEVERITIES}
    kept = sorted([*checked.results, *more], key=lambda result: SEVERITIES.index(result.severity))[:limit]
    if closed is not None:
        graphs = Graphs(union(closed, ontology_graph, namespaces=closed), shape_graph, ontology_graph)
    if checked.w3c is not None:
        tell_in_report(checked.w3c, checked.results, graphs)
    source = unique([*data_files, *words, *rules]) if kept else []
    why = None if closed is None else premises(union(data, ontology_graph))
    notes = [f"the import <{iri}> was not found in a file on this machine" for iri in sorted({*lost, *lost_shapes})]
    if (None, SH.js, None) in shape_graph:
        notes.append("constraints in JavaScript (sh:js) are not checked")
    notes += checked.notes
    if checked.conforms and not shacl.looks_at_something(graphs.data, shape_graph):
        notes.append("no shape has anything to look at in these data: see its sh:targetClass and other targets")
    return Report(
        findings=tuple(describe(kept, graphs, source, why)),
        counts=counts,
        rules=rules_of(shape_graph, rules if kept else ()) | (_OWN_RULES if words else {}),
        files=tuple(each.path for each in data_files),
        w3c=checked.w3c,
        notes=tuple(notes),
    )


def _imported(sources: list[Source], *, as_shapes: bool = False) -> tuple[list[Source], list[URIRef]]:
    """Return *sources* and the files that they import, and the imports that no file here is."""
    known = {source.path: source for source in sources}

    def read(path: Path) -> Graph:
        (known[path],) = read_sources([path], as_shapes=as_shapes)
        return known[path].graph

    graphs = {source.path: source.graph for source in sources}
    found, lost = with_imports(graphs, read, beside(graphs))
    return [known[path] for path in found], lost


def _has_shapes(graph: Graph) -> bool:
    kinds = ((RDF.type, SH.NodeShape), (RDF.type, SH.PropertyShape))
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target, SH.property)
    return any((None, *kind) in graph for kind in kinds) or any((None, target, None) in graph for target in targets)


def _closed(graphs: Graphs, data: Graph, reason: str) -> Graph:
    """Return the data with what follows; of the ontology only what pySHACL takes too, not what it says of instances."""
    closed = rdfs_closure(graphs.data) if reason == "rdfs" else closure(graphs.data, anonymous=True)
    taken = shacl.with_terms(data, graphs.ontology)
    left = {axiom for axiom in graphs.ontology if axiom not in taken and not any(isinstance(n, BNode) for n in axiom)}
    instances = {axiom[0] for axiom in left} - set(taken.subjects())
    kept = (triple for triple in closed if triple not in left and triple[0] not in instances)
    return union(kept, namespaces=graphs.data)


def _contradictions(graphs: Graphs) -> list[Result]:
    full = closure(graphs.data, anonymous=True)
    return [clash_result(clash, full, graphs.data) for clash in clashes(full)]


def _unknown_terms(data: Graph, ontology: Graph) -> list[Result]:
    """Return a warning for each property and class in a namespace of the ontology that it does not declare."""
    declared = {node for axiom in ontology for node in (axiom[0], axiom[2])}
    kinds = (OWL.Class, RDFS.Class, RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {node for kind in kinds for node in ontology.subjects(RDF.type, kind) if isinstance(node, URIRef)}
    spaces = {split(term)[0] for term in terms}

    def unknown(node: Node) -> bool:
        return isinstance(node, URIRef) and node not in declared and split(node)[0] in spaces

    first: dict[Node, tuple[Node, Node, Node]] = {}
    used = [triple for triple in data if unknown(triple[1]) or (triple[1] == RDF.type and unknown(triple[2]))]
    for triple in sorted(used, key=lambda t: [term.n3() for term in t]):
        first.setdefault(triple[2] if triple[1] == RDF.type else triple[1], triple)
    return [
        Result(
            "warning", UNKNOWN_TERM, triple[0], triple[1], triple[2],
            f"The ontology does not declare {Graphs(data, data, ontology).write(term)}.", "terms",
            hint=did_you_mean(term, data, terms),
            component=None if triple[1] == RDF.type else SH.ClosedConstraintComponent,
            triples=(triple,),
        )
        for term, triple in first.items()
    ]  # fmt: skip


def _with_place(error: shacl.ShapeError, graphs: Graphs, sources: Sequence[Source]) -> WakhanError:
    if error.node is None:
        return error
    asked = Result("violation", "", error.node, None, None, "", "shapes")
    (finding,) = describe([asked], Graphs(graphs.shapes, graphs.shapes, graphs.ontology), sources)
    place = finding.place
    return WakhanError(
        error.message, path=place.path if place else None, line=place.line if place else None, hint=error.hint
    )
