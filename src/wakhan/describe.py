"""Put what a check found into words, and say where it stands."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.expected import Graphs, expectation, own_message, suggestion
from wakhan.files import Source
from wakhan.findings import Finding, Result, Rule, sort_findings
from wakhan.locate import Located, locate
from wakhan.names import Triple, curie, shorten
from wakhan.paths import path_text
from wakhan.shacl import result_node

_IRI = re.compile(r"https?://[^\s<>{}|^`\\\"]*[^\s<>{}|^`\\\".,:;!?…]")

_DETAILS = 3
"""So many of the results on which another rests are told."""

Premises = Callable[[Triple], Sequence[Triple]]
"""From a triple that nobody wrote to those that it follows from."""


def describe(
    results: Sequence[Result], graphs: Graphs, sources: Sequence[Source] = (), premises: Premises | None = None
) -> list[Finding]:
    """Return *results* in words and with their places, the worst first.

    Args:
        results: What a check found.
        graphs: The data, shapes and ontology that the results are about.
        sources: The files in which their places are looked for; they are parsed again if there are any results.
        premises: What an inferred triple follows from.

    Raises:
        WakhanError: A file cannot be read again.
    """
    places = locate(results, graphs, sources, premises)
    return sort_findings(_finding(result, graphs, located) for result, located in zip(results, places, strict=True))


def tell_in_report(report: Graph, results: Sequence[Result], graphs: Graphs) -> None:
    """Give the results of a validation report our messages where the shapes have none: pySHACL's vary from run to run.

    Args:
        report: The validation report of ``wakhan.shacl.run``; it is changed.
        results: The results that it has, in their order.
        graphs: The data, shapes and ontology that the results are about.
    """
    for place, result in _with_details(results):
        message = own_message(result, graphs, expectation(result, graphs))
        if message != result.message:
            report.set((result_node(*place), SH.resultMessage, Literal(message)))


def _with_details(results: Sequence[Result], *above: int) -> Iterator[tuple[tuple[int, ...], Result]]:
    """Yield each result and those that it rests on, with the numbers that lead to it."""
    for number, result in enumerate(results):
        yield (*above, number), result
        yield from _with_details(result.details, *above, number)


def rules_of(shapes: Graph, sources: Sequence[Source] = ()) -> dict[str, Rule]:
    """Return what is known of the shapes with a name and of their constraints, by their short names.

    Args:
        shapes: The shapes.
        sources: Their files, for the places.

    Raises:
        WakhanError: A file cannot be read again.
    """
    nodes = {node for node, parameter, _ in shapes if parameter in _PARAMETERS and isinstance(node, URIRef)}
    named = sorted(nodes, key=str)
    asked = [Result("info", node, node, None, None, "", "shapes") for node in named]
    places = locate(asked, Graphs(shapes, shapes, Graph()), sources)
    return {
        curie(node, shapes): Rule(
            name=_text(shapes, node, (SH.name, _LABEL)) or curie(node, shapes),
            description=_text(shapes, node, (SH.description, _COMMENT, SH.message)),
            severity=str(shapes.value(node, SH.severity) or SH.Violation).rpartition("#")[2].lower(),
            place=located.place,
        )
        for node, located in zip(named, places, strict=True)
    }


_LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
_COMMENT = URIRef("http://www.w3.org/2000/01/rdf-schema#comment")
_PARAMETERS = {
    SH.property, SH.path, SH.node, SH.sparql, SH.select, SH.ask, SH["class"], SH.datatype, SH.nodeKind, SH.closed,
    SH["in"], SH["or"], SH["and"], SH["not"], SH.xone, SH.hasValue, SH.pattern, SH.minCount, SH.expression,
}  # fmt: skip


def _text(graph: Graph, node: Node, properties: Iterable[URIRef]) -> str:
    for prop in properties:
        texts = sorted(
            graph.objects(node, prop), key=lambda t: (str(getattr(t, "language", None) or "en") != "en", str(t))
        )
        if texts and isinstance(texts[0], Literal):
            return str(texts[0])
    return ""


def _finding(result: Result, graphs: Graphs, located: Located) -> Finding:
    def text(node: Node | None) -> str:
        return "" if node is None else graphs.write(node)

    expected = expectation(result, graphs)
    path = "" if result.path is None else path_text(graphs.shapes, result.path, graphs.write)
    full = "" if result.path is None else path_text(graphs.shapes, result.path, _n3)
    return Finding(
        severity=result.severity,
        shape=curie(result.rule, graphs.shapes) if isinstance(result.rule, URIRef) else result.rule,
        focus=text(result.focus),
        path=path,
        value=text(result.value),
        message=_short(own_message(result, graphs, expected), graphs.prefixes),
        source=result.source,
        component=text(result.component),
        hint=result.hint or suggestion(result, graphs) or _because(result, graphs),
        place=located.place,
        related=located.related,
        expected=expected,
        predicate=located.predicate,
        terms=(_n3(result.focus), full, _n3(result.value)),
    )


def _because(result: Result, graphs: Graphs) -> str:
    """Return what the results say on which this one rests, each once."""
    told = (own_message(detail, graphs, expectation(detail, graphs)) for detail in result.details[:_DETAILS])
    more = " …" if len(result.details) > _DETAILS else ""
    return _short(" ".join(dict.fromkeys(told)), graphs.prefixes) + more


def _n3(node: Node | None) -> str:
    return "" if node is None else node.n3()


def _short(message: str, prefixes: dict[str, str]) -> str:
    """Return *message* with prefixed names for the IRIs that the engine wrote into it."""
    return _IRI.sub(lambda match: ":".join(shorten(match[0], prefixes) or (match[0],)), message)
