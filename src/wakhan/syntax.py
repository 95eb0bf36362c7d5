"""What reading RDF has in common: a text and its form, what is RDF and what only rdflib takes for it, and the sink."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser
from rdflib.plugins.parsers.trig import TrigSinkParser

from wakhan.errors import WakhanError
from wakhan.names import Triple

NO_BASE = "https://base.invalid/"
"""What relative IRIs are resolved against, to be found again: the folder of the file must not get into the data."""

TITLES = {
    "turtle": "Turtle", "trig": "TriG", "n3": "N3", "nt": "N-Triples", "nquads": "N-Quads",
    "json-ld": "JSON-LD", "xml": "RDF/XML", "trix": "TriX", "hext": "HexTuples",
}  # fmt: skip
"""The forms of RDF that can be read, by the names that rdflib gives them."""

_BAD_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\\ud800-\udfff]")
_LONGEST = 200
_SYMBOLS = 100_000  # so many IRIs are remembered
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")
_SPACE = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")


class Document(NamedTuple):
    """A text and how to read it.

    Attributes:
        text: The text, without byte order mark and with line feeds at the ends of lines.
        form: What it is written in, one of ``TITLES``.
        scope: What the names of its blank nodes begin with.
        base: What relative IRIs are resolved against.
        path: Where it comes from, for the errors.
    """

    text: str
    form: str
    scope: str
    base: str
    path: Path | None

    def error(self, message: str, offset: int | None = None, hint: str | None = None) -> WakhanError:
        """Return the error for something wrong at *offset*, in code points, or where nobody knows."""
        return self.error_at(message, (None, None) if offset is None else place_of(self.text, offset), hint)

    def error_at(self, message: str, place: tuple[int | None, int | None], hint: str | None = None) -> WakhanError:
        """Return the error for something wrong at a line and column, as far as they are known."""
        return WakhanError(one_line(message), path=self.path, line=place[0], column=place[1], hint=hint)


class BadTerm(Exception):
    """A term that rdflib takes and RDF does not; the message tells what it is, *hint* what to do.

    Args:
        message: What is wrong.
        hint: What to do about it.
        part: What it is: ``iri``, ``subject`` or ``predicate``.
    """

    def __init__(self, message: str, hint: str, part: str) -> None:
        super().__init__(message)
        self.hint = hint
        self.part = part


def place_of(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column of an *offset* in *text*, both counted from 1, the column in code points.

    Example:
        >>> place_of("ab\ncd", 4)
        (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def one_line(text: str) -> str:
    r"""Return *text* as it can be printed in a line: in part if it is long, and with escapes for control characters.

    Example:
        >>> print(one_line("a\x00b"), len(one_line("long" * 100)))
        a\x00b 200
    """
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def check_iri(iri: str) -> None:
    """Raise a ``BadTerm`` if *iri* is relative, or has characters that no IRI has."""
    if iri.startswith(NO_BASE) or not _SCHEME.match(iri):
        raise BadTerm("relative IRI", "Write the IRI in full, or with a prefix.", "iri")
    if _BAD_IRI.search(iri):
        raise BadTerm("not an IRI", 'An IRI has no spaces and none of < > " { } | ^ ` \\.', "iri")


def check_triple(triple: Triple) -> None:
    """Raise a ``BadTerm`` if *triple* has a literal as subject or something else than an IRI as predicate."""
    if isinstance(triple[0], Literal):
        raise BadTerm("a text or number cannot be the subject of a statement", "Begin with an IRI.", "subject")
    if not isinstance(triple[1], URIRef):
        raise BadTerm("only an IRI can be a property", "Write an IRI, or a name such as wk:memberOf.", "predicate")


class Sink(RDFSink):
    """What a parser of Turtle or TriG writes to.

    Args:
        graph: Where the triples go.
        scope: What the names of the blank nodes begin with.
        dataset: Where the named graphs are, if there can be any.
    """

    def __init__(self, graph: Graph, scope: str, dataset: Dataset | None = None) -> None:
        super().__init__(graph)
        self.uuid = scope
        self._dataset = dataset
        # the same object each time: that saves more time than the check of each IRI takes
        self.newSymbol = symbol  # type: ignore[method-assign]

    def newGraph(self, identifier: Any) -> Graph:  # noqa: ANN401 (the name and type are rdflib's)
        """Return the named graph with the prefixes of the dataset, and not those that rdflib gives to all."""
        return super().newGraph(identifier) if self._dataset is None else Target(self._dataset.get_context(identifier))


@lru_cache(maxsize=_SYMBOLS)
def symbol(iri: str) -> URIRef:
    """Return the node of an *iri*, the same object each time.

    Raises:
        BadTerm: It is relative, or no IRI.
    """
    check_iri(iri)
    return str.__new__(URIRef, iri)  # without the check of rdflib, which only logs


class Target(Graph):
    """A graph that takes no triple that only rdflib would take.

    Args:
        graph: Where the triples go.
    """

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph.store, graph.identifier, bind_namespaces="none")
        self._graph = graph
        self._add = graph.store.add

    def add(self, triple: Any) -> "Target":  # noqa: ANN401 (the type is rdflib's)
        """Add a *triple* to the graph behind this one."""
        subject, predicate, _ = triple
        if type(predicate) is not URIRef or type(subject) is Literal:
            check_triple(triple)
        self._add(triple, self._graph, False)
        return self


def turtle_parser(document: Document, sink: RDFSink) -> SinkParser:
    """Return rdflib's parser for a *document* in Turtle or TriG."""
    kind = TrigSinkParser if document.form == "trig" else SinkParser
    return kind(sink, baseURI=document.base, turtle=True)


def skip_space(text: str, offset: int) -> int:
    """Return the *offset* behind white space and comments."""
    match = _SPACE.match(text, offset)
    return match.end() if match else offset
