"""Where a text is wrong, what helps is said, and nothing but an error comes out."""

import pytest
from rdflib import Graph
from rdflib.plugins.parsers.ntriples import NTGraphSink, W3CNTriplesParser

from wakhan.errors import WakhanError
from wakhan.faults import run_lines, run_turtle
from wakhan.parse import parse, prepare
from wakhan.syntax import Sink, Target, turtle_parser

HEAD = "@prefix ex: <https://example.org/> .\n"

HINTS = [
    ("turtle", "ex:a ex:b ex:c\nex:d ex:e ex:f .", "end the statement with a dot"),
    ("turtle", "ex:a ex:b .", "comes a value"),
    ("turtle", "ex:a ex:b 'x\ny' .", 'put the text between """'),
    ("turtle", "ex:a ex:b '\\x' .", "Write a backslash as \\\\"),
    ("turtle", "ex:a ex:b [ ex:c ex:d .", "Close the bracket"),
    ("turtle", "ex:a ex:b ( ex:c ; ) .", "Close the list"),
    ("turtle", "ex:a ex:b <https://example.org/", "ends with >"),
    ("turtle", "= ex:a ex:b .", "A statement begins with"),
    ("turtle", "ex:a ex:b\n\n'x", "A string that begins here has no end"),
    ("turtle", "\n\nex:a # one\n  ex:b\n", "The statement that begins in line 4 has no end"),
    ("turtle", "xe:a ex:b ex:c .", "Declare it with @prefix"),
    ("turtle", "ex:a ex:b <c> .", "Write the IRI in full"),
    ("turtle", "'a' ex:b ex:c .", "Begin with an IRI"),
    ("turtle", "ex:a 'b' ex:c .", "Write an IRI, or a name"),
    ("turtle", "ex:a ex:b '1'@2 .", "a little before this place"),
    ("turtle", "ex:a ex:b " + "[ ex:b " * 5000, "Give the inner nodes names"),
    ("trig", "ex:g { ex:a ex:b ex:c ", "The statement that begins in line 2 has no end"),
    ("nt", "<a:a> <b> <c:c> .", "Write the IRI in full"),
    ("nt", '"<a>" <b:b> <c:c> .', "One statement a line"),
    ("nt", '<a:a> <b:b> "<c>" .\n<a:a> <b:b> "x', 'Write "text"'),
    ("xml", "<a>", "Mend the XML"),
    ("json-ld", "{", "Mend the JSON"),
    ("hext", "[]", "list of six"),
]


@pytest.mark.parametrize(("form", "text", "hint"), HINTS)
def test_the_hint_fits_what_is_wrong(form: str, text: str, hint: str) -> None:
    with pytest.raises(WakhanError) as caught:
        parse(HEAD + text if form in ("turtle", "trig") else text, form=form)
    assert hint in (caught.value.hint or "")


def test_want_of_memory_is_no_fault_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    text = "<a:a> <b:b> _:c ."  # which pyoxigraph leaves to rdflib
    monkeypatch.setattr("rdflib.plugins.parsers.notation3.SinkParser.statement", fail)
    monkeypatch.setattr(W3CNTriplesParser, "subject", fail)
    with pytest.raises(MemoryError):
        parse(text)
    with pytest.raises(MemoryError):
        parse(text, form="nt")


def test_the_prefixes_of_a_document_come_with_it() -> None:
    document = prepare("@prefix a: <a:> . PREFIX : <b:>\n a:b a:c :d .")
    graph = Graph()
    prefixes = run_turtle(document, turtle_parser(document, Sink(Target(graph), "")))
    assert {prefix: str(namespace) for prefix, namespace in prefixes.items()} == {"a": "a:", "": "b:"}
    assert len(graph) == 1


def test_labels_stand_for_the_same_node_in_all_lines() -> None:
    document = prepare("_:a <b:b> _:c .\n\n_:c <b:b> _:a .\n", form="nt")
    graph = Graph()
    run_lines(document._replace(scope="s"), W3CNTriplesParser(NTGraphSink(graph)))
    assert sorted((str(subject), str(value)) for subject, value in graph.subject_objects()) == [
        ("nsb1", "nsb2"), ("nsb2", "nsb1"),
    ]  # fmt: skip
