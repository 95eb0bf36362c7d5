"""Let rdflib's parsers read, and turn what they raise into errors that say where the text is wrong.

The parsers raise errors of their own at what they know to be wrong, and anything at what they do not.
"""

import json
import re
from collections.abc import MutableSequence
from contextlib import suppress
from io import StringIO
from typing import Any
from xml.sax import SAXParseException

from rdflib import BNode, Graph, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink, SinkParser
from rdflib.plugins.parsers.ntriples import W3CNTriplesParser, r_literal, r_nodeid, r_tail, r_uriref, r_wspaces
from rdflib.plugins.parsers.trig import TrigSinkParser

from wakhan.errors import WakhanError
from wakhan.syntax import TITLES, BadTerm, Document, Sink, Target, place_of, skip_space

_TOKEN = re.compile(r"<[^>\n]*>?|\S+")
_UNBOUND = re.compile(r'Prefix "(.*?):?" not bound')
_ENDS = re.compile(r"EOF|found end")
_HINTS = (
    (r"expected '\.'", "Before this place, end the statement with a dot, or go on with ; or , or a bracket."),
    ("objectList expected", 'After a property comes a value: an IRI, a name such as wk:State, "text", [ ] or ( ).'),
    ("directive or statement", "A statement begins with an IRI, a name such as wk:State, a blank node or a list."),
    ("newline found in string", 'Write \\n for the end of a line, or put the text between """ and """.'),
    ("unterminated URI", "An IRI ends with >."),
    ("escape", "Write a backslash as \\\\."),
    ("'\\]' expected|property_list", "Close the bracket [ with ], and begin what stands in it with a property."),
    ("in list", "Close the list with )."),
)
_HINT = "The mistake may stand a little before this place."
_LINE_HINT = "One statement a line: subject, property, value and a dot."
_LINE_FAULTS = (
    (r_uriref.pattern, "an IRI is relative, has no end or holds a space", "Write the IRI in full: <https://...>."),
    (r_nodeid.pattern, "the name of a blank node is wrong", "Write it with letters and digits: _:b1."),
    (r_literal.pattern, "a text without an end, or with a wrong datatype", 'Write "text", "text"@en or "1"^^<IRI>.'),
    (r_wspaces.pattern, "a space is missing", "Put a space between subject, property and value."),
    (r_tail.pattern, "a dot is missing, or too much stands before it", _LINE_HINT),
    ("Subject", "a statement begins with an IRI or a blank node", _LINE_HINT),
    ("Predicate", "an IRI comes after the subject", _LINE_HINT),
    ("Unrecognised", "the value is missing, or no IRI, blank node or text", _LINE_HINT),
    ("Trailing", "there is something behind the statement", _LINE_HINT),
    ("chr()", "an escape is no character", "Write the character itself."),
)
_RELATIVE = re.compile(r'"(?:[^"\\]|\\.)*"|(<[^<>":\s]*>)')
_XML_PLACE = re.compile(r".*?:(\d+):(\d+): ", re.DOTALL)
_OTHER_HINTS = {
    "json-ld": "Mend the JSON at this place, or what JSON-LD makes of it.",
    "xml": "Mend the XML at this place.",
    "trix": "Mend the XML at this place.",
    "hext": "A line is a list of six texts: subject, property, value, datatype, language and graph.",
}


def run_turtle(document: Document, parser: SinkParser) -> dict[str, str]:
    """Let *parser* read a document in Turtle or TriG; return its prefixes.

    Raises:
        WakhanError: The text is wrong.
    """
    try:
        parser.loadBuf(document.text)
    except MemoryError:
        raise
    except Exception as error:  # the parser raises its own at what it knows, and anything at what it does not
        raise turtle_fault(error, document) from None
    return dict(parser._bindings)


class _Trace(SinkParser):
    """A parser that knows where it is when it fails; too slow for anything else."""

    began = 0
    reached = 0
    odd: int | None = None

    def directiveOrStatement(self, argstr: str, h: int) -> int:
        self.began = h
        return super().directiveOrStatement(argstr, h)

    def skipSpace(self, argstr: str, i: int) -> int:
        found = super().skipSpace(argstr, i)
        self.reached = len(argstr) if found < 0 else max(found, self.reached)
        return found

    def verb(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        end = super().verb(argstr, i, res)
        if res and not isinstance(res[-1][1], URIRef | tuple):
            self.odd = i
        return end


class _TrigTrace(_Trace, TrigSinkParser):
    pass


def turtle_fault(error: Exception, document: Document) -> WakhanError:
    """Return what to tell the user of an *error* that a parser of Turtle, TriG or N3 raised."""
    if isinstance(error, RecursionError):
        hint = "Give the inner nodes names such as _:b1, and describe them one after the other."
        return document.error(f"not {TITLES[document.form]} that can be read: nested too deeply", hint=hint)
    trace = _trace(document)
    if isinstance(error, BadTerm):
        return _term_fault(error, document, trace)
    if isinstance(error, IndexError):
        return _end_fault(document, trace)
    if isinstance(error, BadSyntax):
        place = max(skip_space(document.text, error._i), trace.reached)  # of a list it tells only where it begins
        return _syntax_fault(str(error._why), place, document, trace)  # str(error) has an invented file name
    return _syntax_fault(str(error), trace.reached, document, trace)


def _syntax_fault(why: str, place: int, document: Document, trace: _Trace) -> WakhanError:
    if unbound := _UNBOUND.fullmatch(why):
        hint = "Declare it with @prefix, or mend its spelling."
        return document.error(f'the prefix "{unbound[1]}:" is not declared', place, hint)
    if why.startswith(("Quote expected", "unterminated string")):
        hint = "A string that begins here has no end."
        return document.error(f"not {TITLES[document.form]}: unexpected end", trace.reached, hint)
    if _ENDS.search(why) or place == len(document.text):
        return _end_fault(document, trace)
    hint = next((hint for pattern, hint in _HINTS if re.search(pattern, why)), _HINT)
    place = trace.reached if why.startswith("newline found") else place
    return document.error(f"not {TITLES[document.form]}: {why}", place, hint)


def _end_fault(document: Document, trace: _Trace) -> WakhanError:
    line, _ = place_of(document.text, skip_space(document.text, trace.began))
    hint = f"The statement that begins in line {line} has no end."
    return document.error(f"not {TITLES[document.form]}: unexpected end", len(document.text.rstrip()), hint)


def _term_fault(error: BadTerm, document: Document, trace: _Trace) -> WakhanError:
    if error.part == "iri":
        written = _TOKEN.match(document.text, trace.reached)
        return document.error(f"{error}: {written[0] if written else ''}", trace.reached, error.hint)
    odd = trace.reached if trace.odd is None else trace.odd
    place = odd if error.part == "predicate" else skip_space(document.text, trace.began)
    return document.error(str(error), place, error.hint)


def _trace(document: Document) -> _Trace:
    """Return a parser that has come to where the parser before it failed."""
    graph, is_n3 = Graph(), document.form == "n3"
    sink = RDFSink(graph) if is_n3 else Sink(Target(graph), document.scope)
    kind = _TrigTrace if document.form == "trig" else _Trace
    trace = kind(sink, baseURI=document.base, turtle=not is_n3)
    with suppress(Exception):  # the same again
        trace.loadBuf(document.text)
    return trace


class _Labels(dict[str, BNode]):
    """The blank nodes of a document by their labels in it."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self._scope = scope

    def get(self, label: str, default: Any = None) -> BNode:  # noqa: ANN401
        node = super().get(label)
        if node is None:
            node = self[label] = BNode(f"n{self._scope}b{len(self) + 1}")
        return node


def run_lines(document: Document, parser: W3CNTriplesParser) -> None:
    """Let *parser* read a document in N-Triples or N-Quads, line by line.

    Raises:
        WakhanError: The text is wrong.
    """
    labels, number, line = _Labels(document.scope), 0, ""
    try:
        for number, line in enumerate(document.text.split("\n"), 1):  # noqa: B007 (for the error)
            parser.line = line
            parser.parseline(labels)
    except MemoryError:
        raise
    except Exception as error:  # an escape of no character raises whatever it likes
        raise _line_fault(error, document, number, line, len(line) - len(parser.line or "")) from None


def _line_fault(error: Exception, document: Document, number: int, line: str, done: int) -> WakhanError:
    relative = next((match for match in _RELATIVE.finditer(line, 0, done) if match[1]), None)
    if relative:  # which rdflib takes for the beginning of the next IRI
        message, hint = f"relative IRI: {relative[1]}", "Write the IRI in full."
        return document.error_at(message, (number, relative.start() + 1), hint)
    why = str(error).removeprefix("Failed to eat ")
    words, hint = next((row[1:] for row in _LINE_FAULTS if why.startswith(row[0])), (why, _LINE_HINT))
    column = done + 1 if isinstance(error, ParserError) else None  # of what was read before something else went wrong
    return document.error_at(f"not {TITLES[document.form]}: {words}", (number, column), hint)


def other_fault(error: Exception, document: Document, stream: StringIO) -> WakhanError:
    """Return what to tell the user of an *error* that another parser raised, which has read from *stream*."""
    if document.form == "n3":
        return turtle_fault(error, document)
    text = str(error) or type(error).__name__
    place: tuple[int | None, int | None] = (None, None)
    if isinstance(error, RecursionError):
        text = "nested too deeply"
    elif isinstance(error, AttributeError | LookupError | TypeError):  # whose words only programmers understand
        text = "something is not what belongs here"
    elif isinstance(error, SAXParseException):
        text, place = error.getMessage(), (error.getLineNumber(), (error.getColumnNumber() or 0) + 1)
    elif isinstance(error, json.JSONDecodeError):
        text, place = error.msg, (error.lineno, error.colno)
    elif match := _XML_PLACE.match(text):
        text, place = text[match.end() :], (int(match[1]), int(match[2]) + 1)
    if document.form == "hext":  # which is read line by line
        place = (document.text.count("\n", 0, max(stream.tell() - 1, 0)) + 1, place[1])
    message, hint = f"not {TITLES[document.form]} that can be read: {text}", _OTHER_HINTS[document.form]
    return document.error_at(message, place, hint)
