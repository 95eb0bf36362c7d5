"""Stored queries: read them, list them, bind their parameters."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.engine import bound_text, run, run_fast, variables
from wakhan.errors import UsageError, WakhanError
from wakhan.head import DATATYPES, Head, Parameter
from wakhan.lookup import find_term, label
from wakhan.names import curie
from wakhan.sources import read_text

__all__ = [
    "Parameter", "StoredQuery", "bind_parameters", "list_text", "read_query", "run", "run_fast", "runnable_text",
    "stored_queries", "to_text",
]  # fmt: skip

TOPICS = ("actors", "alliances", "infrastructure", "places", "events", "claims")
"""The folders of stored queries, in the order of the dataset's topics; others follow."""


@dataclass(frozen=True)
class StoredQuery:
    """A question that is kept with the dataset, as its file tells it."""

    name: str
    path: Path
    topic: str
    summary: str
    text: str
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    inference: bool = False


def read_query(path: Path) -> StoredQuery:
    """Return the stored query in *path*, checked.

    Raises:
        WakhanError: The head is not what it should be, or the text is not a query; with file and line.
    """
    text = read_text(path)
    head = Head(path, text)
    query = StoredQuery(
        name=path.stem,
        path=path,
        topic=path.parent.name,
        summary=head.text("summary", required=True),
        text=text,
        description=head.text("description").strip(),
        tags=head.strings("tags"),
        parameters=tuple(head.parameters()),
        inference=head.flag("inference"),
    )
    _check_text(query)
    return query


def stored_queries(folder: Path) -> dict[str, StoredQuery]:
    """Return the queries below *folder* by name, in the order of the topics and then of their names.

    Raises:
        WakhanError: There is no such folder, a query is wrong, or two have one name.
    """
    if not folder.is_dir():
        raise WakhanError("no folder of stored queries here", path=folder)
    found: dict[str, StoredQuery] = {}
    for path in sorted(folder.rglob("*.rq")):
        query = read_query(path)
        if query.name in found:
            raise WakhanError(f"a second query with this name; the first is {found[query.name].path}", path=path)
        found[query.name] = query
    rank = {topic: place for place, topic in enumerate(TOPICS)}
    ordered = sorted(found.values(), key=lambda query: (rank.get(query.topic, len(rank)), query.topic, query.name))
    return {query.name: query for query in ordered}


def bind_parameters(query: StoredQuery, params: Mapping[str, str], graph: Graph) -> dict[str, Node]:
    """Return the RDF terms for the parameters of *query*; one without value or default stays unbound.

    Args:
        query: The query.
        params: What the user gave, as text.
        graph: Ontology and data, in which the names of things are looked up.

    Raises:
        UsageError: An unknown parameter, a value that is not allowed or not of its type, or a missing one.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in params:
        if name not in known:
            hint = f"It has: {', '.join(known)}." if known else "It has none."
            raise UsageError(f"the query {query.name} has no parameter {name!r}", hint=hint)
    bound: dict[str, Node] = {}
    for name, parameter in known.items():
        if name in params:
            bound[name] = _term(parameter, params[name], graph)
        elif parameter.default is not None:
            bound[name] = _default(parameter, graph)
        elif parameter.required:
            raise UsageError(f"the query {query.name} needs a value: --param {name}=...", hint=parameter.description)
    return bound


def runnable_text(query: StoredQuery, bindings: Mapping[str, Node]) -> str:
    """Return the query with its parameters bound, as any SPARQL engine can run it."""
    return bound_text(query.text, bindings)


def list_text(queries: Mapping[str, StoredQuery]) -> str:
    """Return the list of *queries* under their topics, for a person."""
    lines: list[str] = []
    topic = None
    width = max(map(len, queries), default=0)
    for stored in queries.values():
        if stored.topic != topic:
            lines += [*([""] if lines else []), stored.topic]
            topic = stored.topic
        lines.append(f"  {stored.name:{width}}  {stored.summary}")
    return "\n".join(lines or ["no stored queries"]) + "\n"


def to_text(stored: StoredQuery) -> str:
    """Return what a person must know to ask a stored query: its question, its parameters and its text."""
    lines = [stored.summary, *(["", stored.description] if stored.description else [])]
    if stored.inference:
        lines += ["", "Asked of the closure: it needs inference."]
    if stored.parameters:
        lines += ["", "Parameters"]
    for parameter in stored.parameters:
        default = "required" if parameter.required else "any"
        lines.append(f"  {parameter.name} ({parameter.type}, default: {parameter.default or default})")
        lines += [f"      {parameter.description}"] if parameter.description else []
        lines += [f"      one of: {', '.join(parameter.values)}"] if parameter.values else []
    body = [line for line in stored.text.splitlines() if not line.startswith("#+")]
    return "\n".join([*lines, "", "\n".join(body).strip()]) + "\n"


def _check_text(query: StoredQuery) -> None:
    """Raise an error where the text is not a query, or does not mention a parameter."""
    import pyoxigraph as ox

    try:
        run_fast(ox.Store(), query.text)
    except UsageError as error:
        found = re.search(r"error at (\d+):", error.message)
        raise WakhanError(
            error.message, path=query.path, line=int(found[1]) if found else None, hint=error.hint
        ) from None
    for parameter in query.parameters:
        if parameter.name not in variables(query.text):
            raise WakhanError(f"the query has no variable ?{parameter.name} for its parameter", path=query.path)


def _term(parameter: Parameter, text: str, graph: Graph) -> Node:
    """Return the RDF term for *text*, checked against what the parameter allows."""
    if parameter.type != "iri":
        return _allowed(parameter, text, _literal(parameter, text))
    term = find_term(graph, text)
    if parameter.values:
        allowed = {find_term(graph, value) for value in parameter.values}
        return _allowed(parameter, curie(term, graph), term, allowed)
    if parameter.cls is None:
        return term
    instances = _instances(graph, parameter.cls)
    if instances and term not in instances:
        named = ", ".join(sorted(curie(instance, graph) for instance in instances)[:12])
        raise UsageError(
            f"{parameter.name}: {curie(term, graph)} is not of the class {label(graph, parameter.cls)}",
            hint=f"For example: {named}.",
        )
    return term


def _default(parameter: Parameter, graph: Graph) -> Node:
    """Return the default of *parameter*, which another dataset than Wakhan's may not have."""
    try:
        return _term(parameter, parameter.default or "", graph)
    except UsageError:
        things = _instances(graph, parameter.cls) if parameter.cls else set()
        named = ", ".join(sorted(curie(thing, graph) for thing in things)[:8])
        raise UsageError(
            f"{parameter.name}: the default, {parameter.default}, is not in this dataset",
            hint=f"Give --param {parameter.name}=..." + (f", for example {named}." if named else "."),
        ) from None


def _allowed(parameter: Parameter, text: str, term: Node, allowed: Collection[Node] | None = None) -> Node:
    if parameter.values and (text not in parameter.values if allowed is None else term not in allowed):
        raise UsageError(f"{parameter.name} cannot be {text!r}", hint=f"It can be: {', '.join(parameter.values)}.")
    return term


def _literal(parameter: Parameter, text: str) -> Literal:
    datatype = DATATYPES[parameter.type]
    literal = Literal(text, datatype=datatype)
    if literal.ill_typed or not text.strip():
        raise UsageError(f"{parameter.name}: {text!r} is not of the type {parameter.type}")
    return Literal(text) if datatype == XSD.string else literal


def _instances(graph: Graph, cls: URIRef) -> set[Node]:
    """Return what the data type as *cls* or a class below it."""
    below = set(graph.transitive_subjects(RDFS.subClassOf, cls))
    return {thing for kind in below for thing in graph.subjects(RDF.type, kind)}
