"""Find where in a text each RDF statement is written, to the column.

rdflib's parsers do the reading, so the grammar is theirs; what is added notes offsets on the way. They are turned into
lines and columns only when somebody asks for them.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Collection, MutableSequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from rdflib import Graph
from rdflib.plugins.parsers.notation3 import SinkParser
from rdflib.plugins.parsers.trig import TrigSinkParser
from rdflib.term import Node

from wakhan.faults import run_lines, run_turtle
from wakhan.names import Triple
from wakhan.nquads import NotingLineParser, NotingQuadsParser
from wakhan.parse import prepare
from wakhan.syntax import Document, Sink, check_triple, skip_space

Wanted: TypeAlias = Callable[[Node], bool] | Collection[Node] | None
"""Which subjects are asked for: what a function says yes to, what is in a collection, or all."""

_Span: TypeAlias = tuple[int, int]
_Spans: TypeAlias = tuple[_Span, _Span, _Span]


class Position(NamedTuple):
    """From where to where something stands in a text.

    Attributes:
        line: The line, counted from 1.
        column: The column in code points, counted from 1; a byte order mark is not counted.
        end_line: The line of the end.
        end_column: The column after the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Statement(NamedTuple):
    """Where a triple is written.

    Attributes:
        subject: The name of the subject where what is said of it begins; of a nested node its bracket ``[`` alone, of a
            list as subject its ``(``, and of the cell of a list its item.
        predicate: The predicate; in a list the ``(`` of the list.
        object: The whole object, ``[ ... ]`` and ``( ... )`` included; in a list the item (``rdf:first``), all from the
            next item to the end of the list, or where no more follows the ``)`` (``rdf:rest``).
    """

    subject: Position
    predicate: Position
    object: Position


class Positions:
    """Where the triples, subjects and prefixes of a text are written.

    ``find_positions`` makes it; what was not wanted, or is not in the text, has no positions.
    """

    def __init__(self, text: str = "") -> None:
        self._text = text
        self._triples: dict[Triple, list[_Spans]] = {}
        self._subjects: dict[Node, list[_Span]] = {}
        self._prefixes: dict[str, list[_Span]] = {}

    def triple(self, triple: Triple) -> tuple[Statement, ...]:
        """Return where *triple* is written, each place once, in the order of the text."""
        found = {
            Statement(self._head(subject), self._position(predicate), self._position(value))
            for subject, predicate, value in self._triples.get(triple, ())
        }
        return tuple(sorted(found, key=lambda statement: (statement.object, statement)))

    def subject(self, node: Node) -> tuple[Position, ...]:
        """Return where something begins to be said of *node*, in the order of the text.

        That is its name at the beginning of a statement, the ``[`` of a nested node, or the ``(`` of a list.
        """
        return tuple(sorted({self._head(span) for span in self._subjects.get(node, ())}))

    def prefix(self, prefix: str) -> tuple[Position, ...]:
        """Return where *prefix*, written without its colon, is declared: each whole directive."""
        return tuple(self._position(span) for span in self._prefixes.get(prefix, ()))

    @property
    def triples(self) -> Collection[Triple]:
        """The triples that have positions."""
        return self._triples.keys()

    @property
    def subjects(self) -> Collection[Node]:
        """The subjects that have positions."""
        return self._subjects.keys()

    @property
    def prefixes(self) -> Collection[str]:
        """The prefixes that are declared."""
        return self._prefixes.keys()

    def note_triple(self, triple: Triple, spans: _Spans) -> None:
        """Remember where a *triple* is written, in offsets from start to end; they may begin with white space."""
        self._triples.setdefault(triple, []).append(spans)

    def note_subject(self, node: Node, span: _Span) -> None:
        """Remember where something begins to be said of *node*."""
        self._subjects.setdefault(node, []).append(span)

    def note_prefix(self, prefix: str, span: _Span) -> None:
        """Remember where *prefix* is declared."""
        self._prefixes.setdefault(prefix, []).append(span)

    def first_character(self, offset: int) -> _Span:
        """Return the span of the first character at or after *offset* that is no white space and no comment."""
        start = skip_space(self._text, offset)
        return start, start + 1

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    def _position(self, span: _Span) -> Position:
        return Position(*self._place(skip_space(self._text, span[0])), *self._place(span[1]))

    def _head(self, span: _Span) -> Position:
        start = skip_space(self._text, span[0])
        end = start + 1 if self._text[start] in "[(" else span[1]
        return self._position((start, end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def find_positions(
    text: str,
    *,
    path: Path | None = None,
    form: str | None = None,
    label: str = "",
    base: str | None = None,
    wanted: Wanted = None,
) -> Positions:
    """Return where the statements of a *text* are written.

    Of a form that is not Turtle, TriG, N-Triples or N-Quads there are no positions.

    Args:
        text: The RDF, as ``parse`` got it: with the same label, form and base its blank nodes are the same.
        path: Where it comes from, for the errors.
        form: What it is written in, as for ``parse``.
        label: What tells the text from others that are the same, as for ``parse``.
        base: What relative IRIs are resolved against, as for ``parse``.
        wanted: The subjects whose statements are asked for: a function, a collection, or None for all.

    Raises:
        UsageError: The form is unknown, or the base is no absolute IRI.
        WakhanError: The text is wrong.
    """
    document = prepare(text, path, form=form, label=label, base=base)
    positions = Positions(document.text)
    if document.form in ("turtle", "trig"):
        _note_turtle(document, positions, _chooser(wanted))
    elif document.form == "nt":
        run_lines(document, NotingLineParser(positions, _chooser(wanted)))
    elif document.form == "nquads":
        run_lines(document, NotingQuadsParser(positions, _chooser(wanted)))
    return positions


def _chooser(wanted: Wanted) -> Callable[[Node], bool]:
    if wanted is None:
        return lambda node: True
    return wanted if callable(wanted) else frozenset(wanted).__contains__


def _note_turtle(document: Document, positions: Positions, wants: Callable[[Node], bool]) -> None:
    parser = (_NotingTrigParser if document.form == "trig" else _NotingParser)(document, positions, wants)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(2 * limit)  # each level takes more calls than where nothing is noted, and was not too deep
    try:
        run_turtle(document, parser)
    finally:
        sys.setrecursionlimit(limit)


class _Written(Graph):
    """What a parser writes to: the triples that nobody has noted yet."""

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self.triples_to_note: list[Triple] = []

    def add(self, triple: Any) -> "_Written":  # noqa: ANN401 (the type is rdflib's)
        check_triple(triple)
        self.triples_to_note.append(triple)
        return self


class _NotingSink(Sink):
    def newGraph(self, identifier: Any) -> Graph:  # noqa: ANN401 (the type is rdflib's)
        return self.graph


class _NotingParser(SinkParser):
    """A parser of Turtle that notes from where to where it reads each part of a triple.

    A span may begin with white space and comments: they are passed over when the span is asked for.
    """

    def __init__(self, document: Document, positions: Positions, wants: Callable[[Node], bool]) -> None:
        written = _Written()
        super().__init__(_NotingSink(written, document.scope), baseURI=document.base, turtle=True)
        self._written = written.triples_to_note
        self._positions = positions
        self._wants = wants
        self._bound: list[str] = []
        self._open: list[_Span] = []  # the spans of the items, and of [, that are not yet part of anything
        self._subject: _Span = (0, 0)
        self._predicate: _Span = (0, 0)
        self._objects: list[_Span] = []  # of the triples that come next, the last first

    def directiveOrStatement(self, argstr: str, h: int) -> int:
        end = super().directiveOrStatement(argstr, h)
        if self._bound:
            self._positions.note_prefix(self._bound.pop(), (h, end))
        return end

    def bind(self, qn: str, uri: bytes) -> None:
        super().bind(qn, uri)
        self._bound.append(qn)

    def here(self, i: int) -> str:
        self._open.append((i, i + 1))
        return super().here(i)

    def item(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        depth = len(self._open)
        end = super().item(argstr, i, res)
        if self._written:
            self._note_list(i, end, self._open[depth:])
        del self._open[depth:]
        if end >= 0:
            self._open.append((i, end))
        return end

    def property_list(self, argstr: str, i: int, subj: Node) -> int:
        outer, self._subject = self._subject, self._open.pop()
        if self._wants(subj):
            self._positions.note_subject(subj, self._subject)
        end = super().property_list(argstr, i, subj)
        self._subject = outer
        return end

    def verb(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        depth = len(self._open)
        end = super().verb(argstr, i, res)
        del self._open[depth:]
        self._predicate = (i, end)
        return end

    def objectList(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        predicate, depth = self._predicate, len(self._open)
        end = super().objectList(argstr, i, res)
        self._predicate, self._objects = predicate, self._open[depth:][::-1]
        del self._open[depth:]
        return end

    def makeStatement(self, quadruple: Any) -> None:  # noqa: ANN401 (the type is rdflib's)
        super().makeStatement(quadruple)
        triple = self._written.pop()
        value = self._objects.pop() if self._objects else None
        if not self._wants(triple[0]):
            return
        if value is None:  # rdflib reads the paths of N3 too, where all there is is the sign between two steps
            self._positions.note_triple(triple, (self._open[-1],) * 3)
        else:
            self._positions.note_triple(triple, (self._subject, self._predicate, value))

    def _note_list(self, start: int, end: int, items: list[_Span]) -> None:
        """Note the triples of a list, which its parser has written all at once, by twos for each of its items."""
        bracket, closing = self._positions.first_character(start), (end - 1, end)
        triples = zip(self._written[::2], self._written[1::2], strict=True)
        for number, (first, rest) in enumerate(triples):
            if self._wants(first[0]):
                item, following = items[number], items[number + 1] if number + 1 < len(items) else closing
                self._positions.note_subject(first[0], item if number else bracket)
                self._positions.note_triple(first, (item, bracket, item))
                self._positions.note_triple(rest, (item, bracket, (following[0], end)))
        self._written.clear()


class _NotingTrigParser(_NotingParser, TrigSinkParser):
    pass
