"""The page of the shapes: what each checks, why, what it says when it finds something, and data that it finds."""

import re
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.expected import Graphs, asked
from wakhan.names import curie, local_name, natural_key
from wakhan.paths import path_text
from wakhan.site.content import Content
from wakhan.site.page import Page
from wakhan.site.stored import highlighted
from wakhan.sources import read_text

EXAMPLES = "tests/shapes"
"""Where a dataset has the examples that its shapes are tested with; a wheel has none."""

_FOUND = re.compile(r"\b(?:Violation|Warning|Info) (?P<shape>[^\s,]+)")


class Shape(NamedTuple):
    """A shape or a SPARQL constraint with a name."""

    iri: URIRef
    name: str
    title: str
    severity: str
    description: str
    message: str
    path: str
    property: Node | None
    """The property that it follows, if it is a single one."""
    targets: list[tuple[str, Node]]
    asks: list[str]
    sparql: Markup | None
    example: str | None
    below: "list[Shape]"


def shapes_page(content: Content) -> Page:
    """Return the page of the shapes."""
    found = shapes(content)
    names = [shape.name for top in found for shape in (top, *top.below)]
    return Page("shape.html", "shapes.html", {"wide": True, "shapes": found, "count": len(names)}, tuple(names))


def shapes(content: Content) -> list[Shape]:
    """Return the shapes of nodes by name, each with the shapes of its properties and its constraints."""
    graph = content.dataset.sources.shapes
    graphs = Graphs(content.graph, graph, content.dataset.sources.ontology)
    failing = examples(content.dataset.root / EXAMPLES)
    kinds = (SH.NodeShape, SH.PropertyShape)
    named = {s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    inside = {node for shape in named for node in _inside(graph, shape)}
    return [_shape(graphs, top, failing) for top in sorted(named - inside, key=natural_key)]


def examples(folder: Path) -> dict[str, str]:
    """Return for each shape, by its local name, the first example of data that it finds something in.

    The first line of an example says what it finds. The example in which fewest others find anything goes first; it is
    given without its prefixes.

    Args:
        folder: Where the examples are; without it there are none.
    """
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(folder.rglob("*.ttl")) if folder.is_dir() else ():
        head, _, rest = read_text(path).partition("\n")
        wanted = _FOUND.findall(head)
        text = "\n".join(line for line in rest.splitlines() if not line.startswith("@prefix")).strip()
        for name in wanted:
            if name not in found or len(wanted) < found[name][0]:
                found[name] = (len(wanted), text)
    return {name: text for name, (_, text) in found.items()}


def _shape(graphs: Graphs, iri: URIRef, failing: dict[str, str]) -> Shape:
    graph = graphs.shapes
    path = graph.value(iri, SH.path)
    select = graph.value(iri, SH.select)
    severity = graph.value(iri, SH.severity) or SH.Violation
    return Shape(
        iri=iri,
        name=local_name(iri),
        title=_text(graph, iri, SH.name, RDFS.label),
        severity=local_name(severity).lower(),
        description=_text(graph, iri, SH.description, RDFS.comment),
        message=_text(graph, iri, SH.message),
        path="" if path is None else path_text(graph, path, curie),
        property=path if isinstance(path, URIRef) else None,
        targets=_targets(graph, iri),
        asks=asked(iri, graphs) + (["no other property"] if (iri, SH.closed, Literal(True)) in graph else []),
        sparql=None if select is None else highlighted(str(select)),
        example=failing.get(local_name(iri)),
        below=[_shape(graphs, node, failing) for node in _inside(graph, iri)],
    )


def _inside(graph: Graph, shape: URIRef) -> list[URIRef]:
    found = {node for prop in (SH.property, SH.sparql) for node in graph.objects(shape, prop)}
    return sorted((node for node in found if isinstance(node, URIRef)), key=natural_key)


def _targets(graph: Graph, shape: URIRef) -> list[tuple[str, Node]]:
    words = {
        SH.targetClass: "every",
        SH.targetSubjectsOf: "whatever has",
        SH.targetObjectsOf: "the values of",
        SH.targetNode: "the node",
    }
    return [
        (word, node) for prop, word in words.items() for node in sorted(graph.objects(shape, prop), key=natural_key)
    ]


def _text(graph: Graph, shape: URIRef, *props: URIRef) -> str:
    return next((str(value) for prop in props for value in sorted(graph.objects(shape, prop), key=str)), "")
