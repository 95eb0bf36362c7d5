"""Parse RDF of any form that rdflib reads: the prefixes of the text alone, blank nodes that are always the same.

Nothing is fetched, and whatever the text is, the answer is a graph or an error that says where the text is wrong.
"""

import json
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from rdflib import BNode, Dataset, Graph, Literal, URIRef, plugin
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import NamespaceManager
from rdflib.parser import InputSource, Parser, PythonInputSource
from rdflib.plugins.parsers.nquads import NQuadsParser
from rdflib.plugins.parsers.ntriples import NTGraphSink, W3CNTriplesParser
from rdflib.plugins.stores.memory import Memory
from rdflib.term import Node

from wakhan import oxigraph
from wakhan.errors import UsageError, WakhanError
from wakhan.faults import other_fault, run_lines, run_turtle
from wakhan.names import Triple, new_graph
from wakhan.syntax import NO_BASE, TITLES, BadTerm, Document, Sink, Target, check_iri, turtle_parser

# rdflib logs an ill-typed literal with a traceback; the shapes report it in words.
logging.getLogger("rdflib").addHandler(logging.NullHandler())

ENDINGS = {
    ".ttl": "turtle", ".trig": "trig", ".n3": "n3", ".nt": "nt", ".nq": "nquads", ".jsonld": "json-ld",
    ".rdf": "xml", ".xml": "xml", ".owl": "xml", ".trix": "trix", ".hext": "hext",
}  # fmt: skip
"""The ending of a file to the form of RDF in it."""

_ENTITY = re.compile(r"""<!ENTITY\s+(?:%\s+)?([^\s"'%]+)\s+["']([^"']*)["']""")
_REFERENCE = re.compile(r"[&%]([^;\s&%]+);")
_MOST_OF_ENTITY = 10_000
"""So many characters an entity of XML may stand for; namespaces, for which people use them, have some fifty."""
_DATASETS = {"trig", "nquads", "json-ld", "trix", "hext"}
_HALF = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F]")
_SUSPECT = re.compile(r'<(?:[^:<>"{}|^`\\\x00-\x20]*>|[^<>"{}|^`\\\x00-\x20]*[<"{}|^`\\\x00-\x20])')
_SURROGATE = re.compile("[\ud800-\udfff]")
_BARE_RETURN = re.compile(r"\r\n?")


def form_of(path: Path | None = None, form: str | None = None) -> str:
    """Return the form of RDF, by its name or a file ending, else by the ending of *path*, else Turtle.

    Raises:
        UsageError: Nothing is known that has this name or ending.

    Example:
        >>> form_of(Path("a.nq")), form_of(form="ttl"), form_of(Path("a.txt"), form="turtle")
        ('nquads', 'turtle', 'turtle')
    """
    if form is None and path is None:
        return "turtle"
    asked = form.lower() if form is not None else path.suffix.lower() if path is not None else ""
    known = ENDINGS | {ending[1:]: name for ending, name in ENDINGS.items()} | {name: name for name in TITLES}
    if asked not in known:
        names = ", ".join(ENDINGS if form is None else TITLES)
        what = f"no form of RDF is known by the ending {asked!r}" if form is None else f"no such form of RDF: {asked!r}"
        raise UsageError(what, path=path, hint=f"Take one of {names}.")
    return known[asked]


def prepare(
    text: str, path: Path | None = None, *, form: str | None = None, label: str = "", base: str | None = None
) -> Document:
    """Return a text with all that is needed to read it; the arguments are those of ``parse``.

    Raises:
        UsageError: The form is unknown, or the base is no absolute IRI.
        WakhanError: The text holds half a character, so that it cannot have come from a file.
    """
    name = form_of(path, form)
    if base is not None and not re.match("[A-Za-z][A-Za-z0-9+.-]*:", base):
        raise UsageError(f"the base is not an absolute IRI: {base}", path=path)
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = _BARE_RETURN.sub("\n", text)
    document = Document(text, name, "", NO_BASE if base is None else base, path)
    try:
        raw = text.encode()
    except UnicodeEncodeError as error:
        hint = "Write the character itself."
        raise document.error("half a character (a lone surrogate)", error.start, hint) from None
    digest = sha256(label.encode("utf-8", "surrogatepass") + b"\0" + raw).hexdigest()
    return document._replace(scope=digest[:32])


def parse(
    text: str, path: Path | None = None, *, form: str | None = None, label: str = "", base: str | None = None
) -> Graph:
    r"""Return the graph of a *text*, with the prefixes of the text and no others.

    All ends of lines are read as ``\n``, also a bare carriage return and those in a literal, and a byte order mark is
    passed over. What only rdflib takes for RDF, such as a literal as subject, is an error.

    Args:
        text: The RDF.
        path: Where it comes from, for the errors.
        form: What it is written in, by the name that rdflib gives it or by a file ending; without it the ending of
            *path* tells, and without both it is Turtle.
        label: What tells the text from others that are the same. The names of the blank nodes are made from the label
            and the text alone: other labels or texts give other nodes, the same give the same.
        base: What relative IRIs are resolved against; without it, and without a base in the text, they are errors.

    Returns:
        The graph; of a form that has named graphs (TriG, N-Quads, JSON-LD, TriX, HexTuples) a ``Dataset``.

    Raises:
        UsageError: The form is unknown, or the base is no absolute IRI.
        WakhanError: The text is wrong, has relative or impossible IRIs, or needs something from the net.
    """
    document = prepare(text, path, form=form, label=label, base=base)
    graph = _empty(document.form)
    if document.form in ("turtle", "trig"):
        _read_turtle(document, graph)
    elif document.form in ("nt", "nquads"):
        _read_lines(document, graph)
    else:
        _read_other(document, graph)
    if _HALF.search(document.text):
        _check_characters(graph, document)
    return graph


def _empty(form: str) -> Graph:
    if form not in _DATASETS:
        return new_graph()
    dataset = Dataset()
    dataset.namespace_manager = NamespaceManager(dataset, bind_namespaces="none")
    default = "default_graph" if hasattr(dataset, "default_graph") else "default_context"  # by the version of rdflib
    getattr(dataset, default).namespace_manager = dataset.namespace_manager
    return dataset


def _default(graph: Graph) -> Graph:
    """Return what the triples of no named graph are written to."""
    return graph.get_context(DATASET_DEFAULT_GRAPH_ID) if isinstance(graph, Dataset) else graph


def _nodes(graph: Graph) -> Iterator[Node]:
    if isinstance(graph, Dataset):
        for subject, predicate, value, name in graph.quads((None, None, None, None)):
            yield from (subject, predicate, value)
            if name is not None:
                yield name
    else:
        for triple in graph:
            yield from triple


def _read_turtle(document: Document, graph: Graph) -> None:
    content = oxigraph.read_turtle(document) if document.form == "turtle" else None
    if content is not None:
        graph += content.triples
        for prefix, namespace in content.prefixes.items():
            graph.bind(prefix, namespace)
        return
    sink = Sink(Target(_default(graph)), document.scope, graph if isinstance(graph, Dataset) else None)
    for prefix, namespace in run_turtle(document, turtle_parser(document, sink)).items():
        graph.bind(prefix, namespace)


class _Graphs:
    """The graphs of a dataset, or the one graph; also what rdflib's parser of N-Quads writes to."""

    def __init__(self, graph: Graph) -> None:
        self.default_context = Target(_default(graph))
        self._dataset = graph
        self._named: dict[Node, Graph] = {}

    def get_context(self, name: Any) -> Graph:  # noqa: ANN401 (the type is rdflib's)
        if name not in self._named and isinstance(self._dataset, Dataset):
            self._named[name] = Target(self._dataset.get_context(name))
        return self._named[name]


def _read_lines(document: Document, graph: Graph) -> None:
    if isinstance(graph, Dataset):
        parser: W3CNTriplesParser = NQuadsParser()
        parser.sink = _Graphs(graph)  # type: ignore[assignment]
    else:
        parser = W3CNTriplesParser(NTGraphSink(Target(graph)))
    run_lines(document, parser)
    if _SUSPECT.search(document.text):  # if nothing looks like a wrong IRI, none is, and that is soon seen
        _check_iris(_nodes(graph), document)


class _Record(Memory):
    """A store that only notes what is written to it, in the order in which it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.quads: list[tuple[Triple, Node]] = []

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:  # noqa: ANN401 (the types are rdflib's)
        if not quoted:
            self.quads.append((triple, context.identifier))


def _read_other(document: Document, graph: Graph) -> None:
    """Let rdflib read, then name the blank nodes: its own names differ each time, or are the same for two texts."""
    store = _Record()
    draft = Dataset(store) if isinstance(graph, Dataset) else Graph(store)
    draft.namespace_manager = graph.namespace_manager
    stream = StringIO(document.text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, at itself
            plugin.get(document.form, Parser)().parse(_source(document, stream), draft)
    except (WakhanError, MemoryError):
        raise
    except Exception as error:  # each parser has errors of its own, and those of the libraries below
        raise other_fault(error, document, stream) from None
    names: dict[Node, BNode] = {}

    def named(node: Node) -> Node:
        if isinstance(node, BNode):
            return names.setdefault(node, BNode(f"n{document.scope}b{len(names) + 1}"))
        if isinstance(node, URIRef | Literal):
            return node
        raise document.error("a rule or variable is not RDF", hint="Keep to what N3 has in common with Turtle.")

    graphs, default = _Graphs(graph), DATASET_DEFAULT_GRAPH_ID if isinstance(graph, Dataset) else draft.identifier
    for (subject, predicate, value), name in store.quads:
        target = graphs.default_context if name == default else graphs.get_context(named(name))
        try:
            target.add((named(subject), named(predicate), named(value)))
        except BadTerm as error:
            raise document.error(str(error), hint=error.hint) from None
    _check_iris(_nodes(graph), document)


def _source(document: Document, stream: StringIO) -> InputSource:
    if document.form == "json-ld":
        source: InputSource = PythonInputSource(_local_json(document))
    else:
        if document.form in ("xml", "trix"):
            _check_entities(document)
        source = InputSource()
        source.setCharacterStream(stream)
    source.setPublicId(document.base)
    source.setSystemId(document.base)
    return source


def _check_entities(document: Document) -> None:
    """Refuse entities that would fill the memory: a few lines of them can stand for gigabytes of text."""
    values = dict(_ENTITY.findall(document.text))
    lengths: dict[str, float] = {}
    for _ in values:  # as many rounds as the longest way from one entity to another
        for name, value in values.items():
            lengths[name] = len(value) + sum(lengths.get(inner, 0) for inner in _REFERENCE.findall(value))
    if any(length > _MOST_OF_ENTITY for length in lengths.values()):
        hint = "Write the text itself instead of entities that stand for others."
        raise document.error("the entities of this XML would stand for too much text", 0, hint)


def _local_json(document: Document) -> object:
    """Return the data of a JSON-LD text that needs nothing from the net."""
    data = json.loads(document.text)
    if not isinstance(data, dict | list):
        raise document.error("not JSON-LD: neither an object nor a list", 0)
    if remote := sorted(_remote_contexts(data)):
        place = document.text.find(json.dumps(remote[0], ensure_ascii=False))
        hint = "Nothing is fetched: put the context itself into the file."
        raise document.error(f"a context from elsewhere: {remote[0]}", None if place < 0 else place, hint)
    return data


def _remote_contexts(data: object) -> Iterator[str]:
    parts = [data]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            for key in part.keys() & {"@context", "@import"}:
                contexts = part[key] if isinstance(part[key], list) else [part[key]]
                yield from (context for context in contexts if isinstance(context, str))
            parts.extend(part.values())
        elif isinstance(part, list):
            parts.extend(part)


def _check_iris(nodes: Iterable[Node], document: Document) -> None:
    iris = set()
    for node in nodes:
        if type(node) is URIRef:
            iris.add(str(node))
        elif type(node) is Literal and node.datatype is not None:
            iris.add(str(node.datatype))
    before, after = (">", "<") if document.form == "trix" else ("[\"'<]", "[\"'>]")
    wrong = []
    for iri in iris:
        relative, end, _ = iri.partition(">")  # what rdflib makes of a relative IRI in N-Triples, and what follows it
        try:
            check_iri(NO_BASE + relative if end else iri)
        except BadTerm as error:
            written = relative.removeprefix(NO_BASE)
            match = re.search(f"{before}{re.escape(written)}{after}", document.text)
            wrong.append((match.start() if match else len(document.text), written, str(error), error.hint))
    for place, written, message, hint in sorted(wrong)[:1]:
        raise document.error(f"{message}: <{written}>", place if place < len(document.text) else None, hint)


def _check_characters(graph: Graph, document: Document) -> None:
    if any(_SURROGATE.search(str(node)) for node in _nodes(graph)):
        raise document.error("an escape such as \\uD800 is half a character", hint="Write the character itself.")
