"""Parsing RDF of every form: what comes out, and what is said where it is wrong."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, XSD, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from wakhan.errors import UsageError, WakhanError
from wakhan.parse import ENDINGS, form_of, parse, prepare

ROOT = Path(__file__).parents[1]
EX = Namespace("https://example.org/")
HEAD = "@prefix ex: <https://example.org/> .\n"
XML = (
    '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:ex="https://example.org/">\n'
)
TRIX = '<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph>\n'

SAME: dict[str, str] = {
    "turtle": HEAD + 'ex:a ex:b [ ex:c ( "x"@en _:y ) ] . _:y ex:d 1 .',
    "trig": HEAD + '{ ex:a ex:b [ ex:c ( "x"@en _:y ) ] . _:y ex:d 1 }',
    "n3": HEAD + 'ex:a ex:b [ ex:c ( "x"@en _:y ) ] . _:y ex:d 1 .',
    "json-ld": """{"@context": {"ex": "https://example.org/"}, "@graph": [
        {"@id": "ex:a", "ex:b": {"ex:c": {"@list": [{"@value": "x", "@language": "en"}, {"@id": "_:y"}]}}},
        {"@id": "_:y", "ex:d": 1}]}""",
    "xml": XML
    + """<rdf:Description rdf:about="https://example.org/a"><ex:b><rdf:Description><ex:c><rdf:Description>
        <rdf:first xml:lang="en">x</rdf:first><rdf:rest><rdf:Description><rdf:first rdf:nodeID="y"/>
        <rdf:rest rdf:resource="http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"/></rdf:Description></rdf:rest>
        </rdf:Description></ex:c></rdf:Description></ex:b></rdf:Description><rdf:Description rdf:nodeID="y">
        <ex:d rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</ex:d></rdf:Description></rdf:RDF>""",
}
"""The same graph, in the forms that can nest."""


def same_in_lines(form: str) -> str:
    """Return the same graph in a form that cannot nest."""
    rdf, lines = str(RDF), []
    for subject, predicate, value in (
        ("https://example.org/a", "https://example.org/b", "_:n"),
        ("_:n", "https://example.org/c", "_:l"),
        ("_:l", f"{rdf}first", '"x"@en'),
        ("_:l", f"{rdf}rest", "_:m"),
        ("_:m", f"{rdf}first", "_:y"),
        ("_:m", f"{rdf}rest", f"{rdf}nil"),
        ("_:y", "https://example.org/d", '"1"'),
    ):
        lines.append(LINES[form](subject, predicate, value))
    return {"trix": f"{TRIX}<uri>https://example.org/g</uri>"}.get(form, "") + "\n".join(lines) + TAILS.get(form, "")


def n_triples(*terms: str) -> str:
    return (
        " ".join(
            f'"1"^^<{XSD.integer}>' if term == '"1"' else term if term[0] in '_"' else f"<{term}>" for term in terms
        )
        + " ."
    )


def trix(*terms: str) -> str:
    def tag(term: str) -> str:
        if term.startswith("_:"):
            return f"<id>{term[2:]}</id>"
        if term == '"1"':
            return f'<typedLiteral datatype="{XSD.integer}">1</typedLiteral>'
        return '<plainLiteral xml:lang="en">x</plainLiteral>' if term[0] == '"' else f"<uri>{term}</uri>"

    return f"<triple>{''.join(map(tag, terms))}</triple>"


def hext(subject: str, predicate: str, value: str) -> str:
    kinds = {'"1"': ("1", str(XSD.integer), ""), '"x"@en': ("x", str(RDF.langString), "en")}
    kind = "localId" if value.startswith("_:") else "globalId"
    parts = (subject, predicate, *kinds.get(value, (value, kind, "")), "")
    return "[" + ", ".join(f'"{part}"' for part in parts) + "]"


LINES: dict[str, Callable[..., str]] = {"nt": n_triples, "nquads": n_triples, "trix": trix, "hext": hext}
TAILS = {"trix": "</graph></TriX>"}
SAME |= {form: same_in_lines(form) for form in LINES}


def triples(graph: Graph) -> Graph:
    """Return all triples, of whatever graph of a dataset."""
    if not isinstance(graph, Dataset):
        return graph
    plain = Graph()
    for subject, predicate, value, _ in graph.quads((None, None, None, None)):
        plain.add((subject, predicate, value))
    return plain


@pytest.fixture(autouse=True)
def _no_net(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


# ---- what comes out


@pytest.mark.parametrize("form", SAME)
def test_the_same_graph_is_read_from_every_form(form: str) -> None:
    graph = parse(SAME[form], form=form)
    assert isomorphic(triples(graph), parse(SAME["turtle"]))
    assert isinstance(graph, Dataset) == (form in ("trig", "nquads", "json-ld", "trix", "hext"))


@pytest.mark.parametrize("form", SAME)
def test_a_graph_has_the_prefixes_of_its_text_and_no_others(form: str) -> None:
    graph = parse(SAME[form], form=form)
    own = {"ex"} if form in ("turtle", "trig", "n3", "json-ld") else {"ex", "rdf"} if form == "xml" else set()
    assert {prefix for prefix, _ in graph.namespaces()} - {"xml"} == own


@pytest.mark.parametrize("form", SAME)
def test_blank_nodes_hang_on_label_and_text_alone(form: str) -> None:
    def nodes(text: str, label: str) -> set[BNode]:
        found = parse(text, form=form, label=label)
        return {node for triple in triples(found) for node in triple if isinstance(node, BNode)}

    text = SAME[form]
    first = nodes(text, "a")
    assert len(first) == 4
    assert set(triples(parse(text, form=form, label="a"))) == set(triples(parse(text, form=form, label="a")))
    assert not first & nodes(text, "b")
    assert not first & nodes(text, "")
    assert not first & nodes(text + "\n", "a")
    assert len(nodes(text, "data/é ü\udcff.ttl")) == 4


def test_blank_nodes_are_the_same_in_every_run() -> None:
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from test_parse import SAME, triples; from wakhan.parse import parse\n"
        "for form in SAME:\n"
        "    print(sorted(' '.join(node.n3() for node in triple) for triple in triples(parse(SAME[form], form=form))))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program, str(ROOT / "tests")],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop()) > 1000


def test_named_graphs_are_kept() -> None:
    trig = parse(HEAD + "ex:a ex:b 1 . ex:g { ex:a ex:b 2 } GRAPH _:h { ex:a ex:b _:h }", form="trig")
    lines = f'<{EX.a}> <{EX.b}> "1" .\n<{EX.a}> <{EX.b}> "2" <{EX.g}> .\n<{EX.a}> <{EX.b}> _:h _:h .\n'
    quads = parse(lines, form="nquads")
    for dataset in (trig, quads):
        assert isinstance(dataset, Dataset)
        found = {str(value): name for _, _, value, name in dataset.quads((None, None, None, None))}
        assert found["2"] == EX.g
        assert sum(isinstance(name, BNode) and str(name) == value for value, name in found.items()) == 1
        assert found["1"] not in (EX.g, *(name for name in found.values() if isinstance(name, BNode)))
        own = {"ex"} if dataset is trig else set()
        for graph in (dataset, *dataset.graphs()):
            assert {prefix for prefix, _ in graph.namespaces()} == own


@pytest.mark.parametrize("path", ["data/places.ttl", "ontology/shapes/claims.ttl"])
def test_the_projects_own_files_are_read_as_rdflib_reads_them(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    own = Graph(bind_namespaces="none").parse(data=text, format="turtle")
    graph = parse(text)
    assert isomorphic(graph, own)
    assert sorted(graph.namespaces()) == sorted(own.namespaces())


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["CRLF", "CR", "LF"])
def test_ends_of_lines_and_byte_order_mark_change_nothing(end: str) -> None:
    text = HEAD + 'ex:a ex:b """one\ntwo""" , [] . # x\n# y\nex:c ex:d ex:e .\n'
    assert set(parse("\ufeff" + text.replace("\n", end))) == set(parse(text))


def test_the_form_is_known_by_name_or_ending() -> None:
    assert {form_of(Path(f"a/b{ending}")) for ending in ENDINGS} == set(SAME)
    assert {form_of(form=form.upper()) for form in SAME} == set(SAME)
    assert (form_of(form="nq"), form_of(form=".owl"), form_of(Path("A.TTL")), form_of()) == (
        "nquads", "xml", "turtle", "turtle",
    )  # fmt: skip
    assert form_of(Path("a.nt"), "trig") == "trig"
    with pytest.raises(UsageError, match=r"a\.docx: no form of RDF is known by the ending '\.docx'\n.*\.ttl"):
        parse("", Path("a.docx"))
    with pytest.raises(UsageError, match=r"no such form of RDF: 'prose'\n.*n3"):
        parse("", form="prose")


# ---- relative IRIs

RELATIVE = {
    "turtle": "\n<a> <https://example.org/b> <https://example.org/c> .",
    "trig": "\n<a> { <https://example.org/a> <https://example.org/b> <https://example.org/c> }",
    "n3": "<https://example.org/a> <https://example.org/b>\n<a> .",
    "nt": "# x\n<a> <https://example.org/b> <https://example.org/c> .",
    "nquads": '\n  <https://example.org/a> <https://example.org/b> "1" <a> .',
    "json-ld": '{"@id":\n"a", "https://example.org/b": 1}',
    "xml": XML + '\n<rdf:Description rdf:about="a"><ex:b>1</ex:b></rdf:Description></rdf:RDF>',
    "trix": TRIX + "<uri>https://example.org/g</uri>\n<triple><uri>a</uri><uri>https://example.org/b</uri>"
    "<uri>https://example.org/c</uri></triple></graph></TriX>",
    "hext": '["https://example.org/a", "https://example.org/b", "a", "globalId", "", ""]',
}  # fmt: skip


@pytest.mark.parametrize("form", RELATIVE)
def test_a_relative_iri_is_an_error(form: str) -> None:
    with pytest.raises(WakhanError, match="relative") as caught:
        parse(RELATIVE[form], Path("x"), form=form)
    assert (caught.value.path, caught.value.line) == (Path("x"), {"xml": 4, "trix": 3, "hext": 1}.get(form, 2))
    assert caught.value.column is not None
    assert "base.invalid" not in str(caught.value)


@pytest.mark.parametrize("form", ["turtle", "trig", "n3", "json-ld", "xml"])
def test_a_relative_iri_is_whole_with_a_base(form: str) -> None:
    dataset = parse(RELATIVE[form], form=form, base="https://base.example/x/y")
    quads = dataset.quads() if isinstance(dataset, Dataset) else iter(dataset)
    assert URIRef("https://base.example/x/a") in {node for quad in quads for node in quad}


def test_the_base_of_a_text_goes_before_all() -> None:
    text = "<a> <b> <c> . @base <https://example.org/x/> . <d> <e> <f> ."
    assert {str(node) for node in parse(text, base="file:///x/").subjects()} == {
        "file:///x/a",
        "https://example.org/x/d",
    }
    assert parse("@base <https://example.org/> . <a> <b> <c> .") is not None
    with pytest.raises(UsageError, match="not an absolute IRI: x/y"):
        parse("", base="x/y")


# ---- what is said of what is wrong

WRONG = [
    ("turtle", HEAD + "ex:a ex:b\n  wx:c .\n", 3, 3, 'the prefix "wx:" is not declared'),
    ("turtle", HEAD + 'ex:a ex:b "1"^^wx:c .\n', 2, 16, 'the prefix "wx:" is not declared'),
    ("turtle", HEAD + "ex:a ex:b ex:c\n\n  ex:d ex:e ex:f .", 4, 3, "expected '.'"),
    ("turtle", HEAD + 'ex:a ex:b """x\r\ny""" ; ex:c . ', 3, 13, "objectList expected"),
    ("turtle", HEAD + 'ex:a ex:b "no\nend" .', 2, 11, "newline found in string"),
    ("turtle", HEAD + 'ex:a ex:b "no end', 2, 11, "unexpected end"),
    ("turtle", HEAD + 'ex:a ex:b "𐎀", """no end\n\n', 2, 16, "unexpected end"),
    ("turtle", HEAD + "ex:a ex:b ex:c , # x\n\n", 2, 21, "unexpected end"),
    ("turtle", HEAD + "\nex:a ex:b [ ex:c ( 1\n", 3, 21, "unexpected end"),
    ("turtle", HEAD + "ex:a ex:b", 2, 10, "unexpected end"),
    ("turtle", HEAD + "ex:a ex:b ex:c , ; ex:d 1 .", 2, 18, "objectList expected"),
    ("turtle", "@prefix ex: <https://example.org/>\n", 1, 35, "unexpected end"),
    ("turtle", HEAD + "ex:a ex:b <https://example.org/a b> .", 2, 11, "not an IRI: <https://example.org/a b>"),
    ("turtle", HEAD + "ex:a ex:b <https://example.org/\n .", 2, 11, "unterminated URI reference"),
    ("turtle", HEAD + "ex:a ex:b <\\UFFFFFFFF> .", 2, 11, "Invalid unicode code point"),
    ("turtle", HEAD + 'ex:a ex:b "x"@1 .', 2, 11, "not a valid language tag"),
    ("turtle", HEAD + 'ex:a ex:b "\\q" .', 2, 12, "bad escape"),
    ("turtle", HEAD + "ex:a\n\"x\" ex:b .", 3, 1, "only an IRI can be a property"),
    ("turtle", HEAD + ' ex:a ex:b 1 .\n "x" ex:b ex:c .', 3, 2, "cannot be the subject"),
    ("turtle", HEAD + "ex:a ex:b [ [] ex:c ] .", 2, 13, "only an IRI can be a property"),
    ("turtle", HEAD + "ex:a 1 [ ex:b ex:c ; 2 ex:c ] , [ ex:b ex:c ] .", 2, 22, "only an IRI can be a property"),
    ("trig", HEAD + "ex:g {\n1 ex:b ex:c }", 3, 1, "cannot be the subject"),
    ("turtle", HEAD + "ex:a 1 ex:c .", 2, 6, "only an IRI can be a property"),
    ("turtle", HEAD + "ex:a ex:b ?x .", 2, 11, "relative IRI: ?x"),
    ("turtle", "\ufeff\x00", 1, 1, "expected directive or statement"),
    ("turtle", HEAD + "ex:a ex:b \x0b1 .", 2, 11, "objectList expected"),
    ("trig", HEAD + "ex:g { ex:a ex:b 1 .\n ex:h { } }", 3, 7, "Nested graphs"),
    ("trig", HEAD + "ex:g { ex:a ex:b 1 .\n ", 2, 21, "unexpected end"),
    ("trig", HEAD + "<g> { }", 2, 1, "relative IRI: <g>"),
    ("n3", HEAD + "ex:a ex:b ex:c\n ex:d .", 3, 2, "expected '.'"),
    ("n3", HEAD + "{ ex:a ex:b 1 } => { } .", None, None, "a rule or variable is not RDF"),
    ("n3", HEAD + '"x" ex:b 1 .', None, None, "cannot be the subject"),
    ("nt", "\n<a:a> b .", 2, 7, "an IRI comes after the subject"),
    ("nt", "<a:a> <b:b> .", 1, 13, "the value is missing"),
    ("nt", '"x" <b:b> <c:c> .', 1, 1, "begins with an IRI"),
    ("nt", '<a:a> <b:b> "x .', 1, 13, "a text without an end"),
    ("nt", "<a:a> <b:b> <c:c>", 1, 18, "a dot is missing"),
    ("nt", "<a:a> <b:b> <c:c> . x", 1, 21, "behind the statement"),
    ("nt", "<a:a><b:b> <c:c> .", 1, 6, "a space is missing"),
    ("nt", "<a:a> <b:b> _:- .", 1, 13, "name of a blank node"),
    ("nt", '<a:a> <b:b> "\\U00110000" .', 1, None, "an escape is no character"),
    ("nt", '<a:a> <b:b> <c:c{> .\n<a:a> <b:b> "<c:c{>" .', 1, 13, "not an IRI: <c:c{>"),
    ("nt", '<a:a> <b:b> "<c:c{>"^^<c:c> .\n<a:a>  <c> <b:b> .', 2, 8, "relative IRI: <c>"),
    ("nquads", "<a:a> <b:b> <c:c> d .", 1, 19, "a dot is missing"),
    ("json-ld", '{"a":\n 1,}', 2, 4, ""),
    ("json-ld", "\n ", 2, 2, "Expecting value"),
    ("json-ld", '"x"', 1, 1, "neither an object nor a list"),
    ("json-ld", '{"@context": 5}', None, None, "not what belongs here"),
    ("xml", XML + "<ex:a>\n</ex:b>", 4, 3, "mismatched tag"),
    ("xml", XML + "<ex:a>é</ex:b>", 3, 10, "mismatched tag"),
    ("xml", "", 1, 1, "no element found"),
    ("trix", TRIX + "<foo/>", 2, 1, "Unknown element foo"),
    ("hext", '\n["a"]\n', 2, None, "not what belongs here"),
    ("hext", '["a:a", "b:b", "x", "c:c", "", ""]\n["a:a" x]', 2, 8, "delimiter"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "text", "line", "column", "message"), WRONG)
def test_what_is_wrong_is_told_with_its_place(
    form: str, text: str, line: int | None, column: int | None, message: str
) -> None:
    with pytest.raises(WakhanError) as caught:
        parse(text, Path("bad"), form=form)
    error = caught.value
    assert message in error.message
    assert (error.path, error.line, error.column) == (Path("bad"), line, column)
    assert str(error).isprintable() or error.hint
    assert "base.invalid" not in str(error)


def test_errors_say_what_to_do() -> None:
    texts = [case[:2] for case in WRONG] + [("turtle", RELATIVE["turtle"])]
    hints = []
    for form, text in texts:
        with pytest.raises(WakhanError) as caught:
            parse(text, form=form)
        hints.append((text, caught.value.hint))
    assert [text for text, hint in hints if not hint] == ['"x"']


@pytest.mark.parametrize("form", SAME)
@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "\0", "\ufeff", "\x89PNG\r\n\x1a\n\0", "<", '"', "'''", "((((", "[" * 5000, "(" * 5000, "{" * 5000,
     '{"a":' * 5000, "<a>" * 3000, "\\", "\\uD800", "@prefix", "@", "#", "_:", "a:b", "]", "%", "\u2028", "x" * 100_000,
     '"\\ud800"', "<a:a> <b:b> \"\\uD800\" .", "<http://[x/> <http://[y]> <a:b> ."],
)  # fmt: skip
def test_no_text_is_more_than_an_error(form: str, text: str) -> None:
    told = told_of(text, form)
    assert "\n" not in told
    assert len(told.encode()) <= 800  # whatever the text is, this can be printed


def told_of(text: str, form: str) -> str:
    try:
        parse(text, form=form)
    except WakhanError as error:
        return error.message
    return ""


def test_half_characters_are_errors() -> None:
    with pytest.raises(WakhanError, match="half a character") as caught:
        parse(HEAD + 'ex:a ex:b "\ud800" .')
    assert (caught.value.line, caught.value.column) == (2, 12)
    for form, text in {
        "turtle": HEAD + 'ex:a ex:b "\\uD83D" .',
        "trig": HEAD + '{ ex:a ex:b "\\U0000D83D" }',
        "nt": '<a:a> <b:b> "\\uDE00" .',
        "json-ld": '{"https://example.org/b": "\\ud83d"}',
    }.items():
        with pytest.raises(WakhanError, match="is half a character"):
            parse(text, form=form)
    whole = parse('{"https://example.org/b": "\\ud83d\\ude00"}', form="json-ld")
    assert [str(value) for _, _, value, *_ in whole.quads()] == ["\U0001f600"]  # type: ignore[attr-defined]
    assert set(parse(HEAD + 'ex:a ex:b "\\\\uD83D" .').objects()) == {Literal("\\uD83D")}
    with pytest.raises(WakhanError, match=r"not an IRI: <https://example\.org/.uD800>"):
        parse("<https://example.org/\\uD800> <a:b> <a:c> .")


@pytest.mark.parametrize(
    ("context", "column"),
    [
        ('"https://example.org/c.jsonld"', 2),
        ('[{}, "c.jsonld"]', 7),
        ('{"a": {"@id": "a:b", "@context": "c.jsonld"}}', 35),
        ('{"@version": 1.1, "@import": "c.jsonld"}', 31),
    ],
)
def test_contexts_are_not_fetched(context: str, column: int) -> None:
    with pytest.raises(WakhanError, match=r"a context from elsewhere: .*c\.jsonld\n.*put the context") as caught:
        parse(f'{{"@context":\n {context}, "a": 1}}', form="json-ld")
    assert (caught.value.line, caught.value.column) == (2, column)


def test_xml_brings_nothing_in_from_elsewhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    entity = XML.replace(
        "<rdf:RDF", f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY e "told">]>\n<rdf:RDF'
    )
    body = '<rdf:Description rdf:about="a:a"><ex:b>&e;&s;</ex:b></rdf:Description></rdf:RDF>'
    assert [str(value) for value in parse(entity + body, form="xml").objects()] == ["told"]
    outside = XML.replace("<rdf:RDF", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">\n<rdf:RDF')
    assert len(parse(outside + body.replace("&e;&s;", "x"), form="xml")) == 1


def test_a_text_is_prepared_once_for_all() -> None:
    document = prepare("\ufeffa\r\nb\rc", form="ttl", label="x")
    assert (document.text, document.form) == ("a\nb\nc", "turtle")
    assert document.scope == prepare("a\nb\nc", label="x").scope != prepare("a\nb\nc", label="y").scope


def test_entities_that_stand_for_too_much_are_refused_and_namespaces_are_not() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 9}">' for n in range(7))
    head = '<!DOCTYPE r [ <!ENTITY owl "http://www.w3.org/2002/07/owl#"> %s ]>'
    body = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about="&owl;Thing"/></r:RDF>'
    assert len(parse(head % "" + body, form="xml")) == 0
    with pytest.raises(WakhanError, match="too much text"):
        parse(head % bomb + body.replace("&owl;Thing", "&e6;"), form="xml")
    circle = '<!ENTITY a "&b;"> <!ENTITY b "&a;">'
    with pytest.raises(WakhanError):
        parse(head % circle + body.replace("&owl;", "&a;"), form="xml")
