"""Where statements are written, to the column: constructs with marks in their texts, then random documents."""

import random
import re
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from wakhan.errors import UsageError, WakhanError
from wakhan.names import Triple
from wakhan.parse import parse
from wakhan.positions import Position, Positions, Statement, find_positions

EX = Namespace("https://example.org/")
HEAD = "@prefix ex: <https://example.org/> . "
MARK = re.compile("«(\\w+)\\||»")


def unmarked(text: str) -> tuple[str, dict[str, Position]]:
    """Return *text* without its marks, and from where to where each stands: ``«name|what it is around»``."""
    plain, open_marks, found, last = "", [], {}, 0

    def place() -> tuple[int, int]:
        before = plain.replace("\r\n", "\n").split("\n")
        return len(before), len(before[-1]) + 1

    for match in MARK.finditer(text):
        plain += text[last : match.start()]
        last = match.end()
        if match[1]:
            open_marks.append((match[1], place()))
        else:
            name, start = open_marks.pop()
            found[name] = Position(*start, *place())
    return plain + text[last:], found


def statements(positions: Positions) -> set[Statement]:
    return {statement for triple in positions.triples for statement in positions.triple(triple)}


CONSTRUCTS = {
    "a statement": ("«s|ex:a» «p|ex:b» «o|ex:c» .", "s p o"),
    "the word a": ("«s|ex:a» «p|a» «o|ex:C».", "s p o"),
    "no space": ("«s|<https://example.org/a>»«p|<https://example.org/b>»«o|\"c\"».", "s p o"),
    "values and properties": (
        "«s|ex:a» «p|ex:b» «o|ex:c» , «o2|ex:d»,«o3|1» ; «p2|ex:e» «o4|true» .",
        "s p o, s p o2, s p o3, s p2 o4",
    ),
    "empty semicolons": ("«s|ex:a» «p|ex:b» «o|ex:c» ;; ; «p2|ex:e»\n«o2|ex:f» ; ; .", "s p o, s p2 o2"),
    "lines": ("«s|ex:a»\n  «p|ex:b»\n\t«o|ex:c»\n.", "s p o"),
    "comments": (
        '# ex:x "[ (\n«s|ex:a» # <y> .\n «p|ex:b»#"""\n#\n # [\n«o|ex:c»# , ex:d\n,#)\n «o2|ex:d» . # \'\'\' end',
        "s p o, s p o2",
    ),
    "an empty node as subject": ("«s|[»] «p|ex:b» «o|ex:c» .", "s p o"),
    "an empty node with a space": ("«s|[»  # x\n ] «p|ex:b» «o|[  ]» .", "s p o"),
    "a node as statement": ("«s|[» «p|ex:b» «o|ex:c» ] .", "s p o"),
    "a node with more behind it": ("«s|[» «p|ex:b» «o|ex:c» ; ] «p2|ex:d» «o2|ex:e» .", "s p o, s p2 o2"),
    "nested nodes": (
        "«s|ex:a» «p|ex:b» «o|«s2|[» «p2|ex:c» «o2|«s3|[» «p3|ex:d» «o3|1» ]» , «o4|2» ]» ; «p4|ex:e» «o5|3» .",
        "s p o, s2 p2 o2, s3 p3 o3, s2 p2 o4, s p4 o5",
    ),
    "a list": (
        "«s|ex:a» «p|ex:b» «o|«l|(» «i|1» «r|«j|\"x\"@en» «r2|«k|ex:c» «z|)»»»» .",
        "s p o, i l i, i l r, j l j, j l r2, k l k, k l z",
    ),
    "a list of one": ("«s|ex:a» «p|ex:b» «o|«l|(»«i|ex:c»«z|)»».", "s p o, i l i, i l z"),
    "an empty list": ("«s|ex:a» «p|ex:b» «o|( # none\n )» .", "s p o"),
    "a list as subject": ("«l|(» «i|ex:a» «z|)» «p|ex:b» «o|ex:c» .", "l p o, i l i, i l z"),
    "lists in a list": (
        "«s|ex:a» «p|ex:b» «o|«l|(» «i|«m|(» «n|1» «y|)»» «r|«e|«e1|(»)» «z|)»»» .",
        "s p o, m l i, m l r, n m n, n m y, e1 l e, e1 l z",
    ),
    "a node in a list": (
        "«s|ex:a» «p|ex:b» «o|«l|(» «i|«n|[» «q|ex:c» «v|1» ]» «z|)»» .",
        "s p o, n l i, n l z, n q v",
    ),
    "a list in a node": (
        "«s|[» «p|ex:b» «o|«l|(» «i|ex:c» «z|)»» ; «p2|ex:d» «o2|2» ] .",
        "s p o, i l i, i l z, s p2 o2",
    ),
    "long literals": (
        "«s|ex:a» «p|ex:b» «o|\"\"\"one \"two\"\nthree ' # [\n\"\"four\"\"\"\"» , «o2|'''\n'''^^ex:t» , «o3|''» .",
        "s p o, s p o2, s p o3",
    ),
    "literals": (
        "«s|ex:a» «p|ex:b» «o|\"x\\\"y\"» , «o2|'x'@en-GB» , «o3|\"1\"^^<https://example.org/t>» , «o4|'#'^^ex:t» .",
        "s p o, s p o2, s p o3, s p o4",
    ),
    "numbers": (
        "«s|ex:a» «p|ex:b» «o|1» , «o2|-1.5», «o3|+2e3» ,«o4|.5», «o5|6».«s2|ex:c» «p2|ex:b» «o6|false».",
        "s p o, s p o2, s p o3, s p o4, s p o5, s2 p2 o6",
    ),
    "letters of more bytes": (
        "«s|ex:Ö» «p|ex:b» «o|\"𐎀é\"» , «o2|<https://example.org/𐎀>» , «o3|'\u2028\x85'» .",
        "s p o, s p o2, s p o3",
    ),
    "names with escapes and dots": ("«s|ex:a.b» «p|ex:c\\~d» «o|ex:e%41.f».", "s p o"),
    "labels": ("«s|_:x» «p|ex:b» «o|_:y.z» . «s2|_:y.z» «p2|ex:b» «o2|_:x» .", "s p o, s2 p2 o2"),
    "directives between": (
        "«s|ex:a» «p|ex:b» «o|1» . PREFIX f: <https://example.org/f#>\n@base <https://example.org/> . "
        "«s2|f:a» «p2|<b>» «o2|<>» . base <https://example.org/x/> prefix : <#> «s3|:a» «p3|:b» «o3|<c>» .",
        "s p o, s2 p2 o2, s3 p3 o3",
    ),
    "CRLF": ("«s|ex:a»\r\n «p|ex:b» «o|\"\"\"x\r\ny\"\"\"» ,\r\n# c\r\n «o2|ex:c» .\r\n", "s p o, s p o2"),
    "a path of N3": ("«s|ex:a«m|!»ex:b» «p|ex:c» «o|ex:d» .", "s p o, m m m"),
    "a list in a path of N3": ("«s|«l|(»1)«m|!»ex:b» «p|ex:c» «o|ex:d» .", None),
}  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_every_part_of_every_triple_has_its_place(marked: str, expected: str | None) -> None:
    text, places = unmarked(HEAD + marked)
    positions = find_positions(text)
    assert set(positions.triples) == set(parse(text))
    if expected is not None:
        names = [each.split() for each in expected.split(", ")]
        assert statements(positions) == {Statement(*(places[name] for name in each)) for each in names}


def test_graphs_of_trig_are_read_like_turtle() -> None:
    marked = """@prefix ex: <https://example.org/> .
    { «s1|ex:a» «p1|ex:b» «o1|1» . «s2|[»] «p2|a» «o2|ex:C» }
    GRAPH ex:g { «s3|_:x» «p3|ex:b» «o3|«b3|[» «q|ex:d» «v|2» ]» .}
    graph<https://example.org/h>{} ex:g {«s4|ex:a» «p4|ex:b» «o4|«l|(» «i|ex:c» «z|)»»}
    [ ] { PREFIX f: <https://example.org/f#> «s5|f:a» «p5|f:b» «o5|f:c» , «o6|"}"» ;} _:y { }
    «s7|ex:a» «p7|ex:b» «o7|1» . «s8|[» ] «p8|ex:b» «o8|_:x» ."""
    text, at = unmarked(marked)
    positions = find_positions(text, form="trig")
    expected = "s1 p1 o1, s2 p2 o2, s3 p3 o3, b3 q v, s4 p4 o4, i l i, i l z, s5 p5 o5, s5 p5 o6, s7 p7 o7, s8 p8 o8"
    assert statements(positions) == {Statement(*(at[name] for name in each.split())) for each in expected.split(", ")}
    twice = (EX.a, EX.b, Literal(1))
    assert [statement.subject for statement in positions.triple(twice)] == [at["s1"], at["s7"]]
    dataset = parse(text, form="trig")
    assert isinstance(dataset, Dataset)
    assert set(positions.triples) == {(s, p, o) for s, p, o, _ in dataset.quads((None, None, None, None))}
    assert len(positions.prefix("f")) == 1


def test_a_triple_that_is_written_twice_has_two_places_in_their_order() -> None:
    text, at = unmarked(
        HEAD + "«s|ex:a» «p|ex:b» «o|ex:c» , «o2|ex:c» .\n«s3|ex:a» «p3|ex:b» «o3|<https://example.org/c>» ."
    )
    places = [Statement(at["s"], at["p"], at[name]) for name in ("o", "o2")] + [Statement(at["s3"], at["p3"], at["o3"])]
    assert find_positions(text).triple((EX.a, EX.b, EX.c)) == tuple(places)


def test_a_subject_has_a_place_for_each_time_that_something_begins_to_be_said_of_it() -> None:
    text, at = unmarked(
        HEAD + "«a1|ex:a» ex:b «n1|[» ex:c 1 ] , «n2|[» ] , «l1|(» «c1|1» «c2|[»]) , ex:d . «a2|ex:a» ex:b _:x .\n"
        "«x1|_:x» ex:b ex:a . «n4|[» ex:b 1 ] ex:c 2 . «l2|(» 3 ) ex:b 4 . «x2|_:x» ex:b ex:a ."
    )
    positions, graph = find_positions(text), parse(text)
    assert positions.subject(EX.a) == (at["a1"], at["a2"])
    assert positions.subject(EX.d) == ()
    blank = sorted(positions.subject(node) for node in positions.subjects if isinstance(node, BNode))
    # the second item of the list begins a cell, and is a node itself
    names = [["n1"], ["n2"], ["l1"], ["c2"], ["c2"], ["x1", "x2"], ["n4"], ["l2"]]
    assert blank == sorted(tuple(at[name] for name in each) for each in names)
    assert set(graph.subjects()) <= set(positions.subjects)
    empty = next(node for node in graph.objects(EX.a, EX.b) if positions.subject(node) == (at["n2"],))
    assert (empty, None, None) not in graph


def test_prefixes_have_the_places_of_their_directives() -> None:
    text, at = unmarked(
        "# x\n«1|@prefix ex:\n<https://example.org/> .»«2|PREFIX f: <https://example.org/f/>»\n f:a f:b f:c ."
        " @base <https://a.b/> .\n"
        " «3|@prefix : <#> .» «4|@prefix ex: <https://example.org/> .»"
    )
    positions = find_positions(text)
    assert list(positions.prefixes) == ["ex", "f", ""]
    assert positions.prefix("ex") == (at["1"], at["4"])
    assert (positions.prefix("f"), positions.prefix("")) == ((at["2"],), (at["3"],))
    assert positions.prefix("none") == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("form", ["turtle", "trig", "nt", "nquads"])
def test_byte_order_mark_and_ends_of_lines_move_nothing(form: str, mark: str, end: str) -> None:
    lines = [
        "# first",
        "",
        '<https://example.org/a> <https://example.org/b> "𐎀" . # é',
        "",
        "_:x  <https://example.org/b> _:y .",
    ]
    text = mark + end.join(lines) + end
    positions = find_positions(text, form=form)
    assert statements(positions) == {
        Statement(Position(3, 1, 3, 24), Position(3, 25, 3, 48), Position(3, 49, 3, 52)),
        Statement(Position(5, 1, 5, 4), Position(5, 6, 5, 29), Position(5, 30, 5, 33)),
    }
    assert set(positions.triples) == set(find_positions("\n".join(lines) + "\n", form=form).triples)


WANTED: dict[str, Callable[[Node], bool] | list[Node] | frozenset[Node]] = {
    "a function": lambda node: node == EX.b,
    "a list": [EX.b, EX.none],
    "a set": frozenset([EX.b]),
}


@pytest.mark.parametrize("wanted", WANTED.values(), ids=WANTED)
@pytest.mark.parametrize("form", ["turtle", "trig", "nt", "nquads"])
def test_only_what_is_wanted_is_noted(form: str, wanted: Callable[[Node], bool] | list[Node] | frozenset[Node]) -> None:
    text = "".join(f'<{EX[subject]}> <{EX.p}> "{number}" .\n' for number, subject in enumerate("abcab"))
    positions = find_positions(text, form=form, wanted=wanted)
    assert list(positions.triples) == [(EX.b, EX.p, Literal("1")), (EX.b, EX.p, Literal("4"))]
    assert list(positions.subjects) == [EX.b]
    assert [place.line for place in positions.subject(EX.b)] == [2, 5]
    assert positions.triple((EX.a, EX.p, Literal("0"))) == ()
    assert positions.subject(EX.a) == ()
    assert not find_positions(text, form=form, wanted=[]).triples


def test_unwanted_neighbors_do_not_move_what_is_wanted() -> None:
    text, at = unmarked(
        HEAD + "ex:a ex:b 1 , [ ex:c 2 , 3 ; ex:d (4 5) ] , 6 . "
        "«s|ex:w» «p|ex:b» «v|(7 [ ex:c 8 ])» , «v2|9» . ex:c ex:d 1 ."
    )
    positions = find_positions(text, wanted=[EX.w])
    assert statements(positions) == {Statement(at["s"], at["p"], at["v"]), Statement(at["s"], at["p"], at["v2"])}


@pytest.mark.parametrize("form", ["turtle", "trig", "nt", "nquads"])
def test_the_blank_nodes_are_those_of_the_first_parse(form: str) -> None:
    text = "_:x <https://example.org/b> _:y .\n_:z <https://example.org/b> _:x .\n"
    for label in ("", "data/a.ttl"):
        graph = parse(text, form=form, label=label)
        triples = {(s, p, o) for s, p, o, *_ in graph.quads()} if isinstance(graph, Dataset) else set(graph)
        assert set(find_positions(text, form=form, label=label).triples) == triples
    assert not set(find_positions(text, form=form, label="b").subjects) & {triple[0] for triple in triples}


def test_relative_iris_have_places_where_a_base_is_given() -> None:
    text = "<a> <b> <c> ."
    assert set(find_positions(text, base=str(EX)).triples) == {(EX.a, EX.b, EX.c)}
    with pytest.raises(WakhanError, match="relative IRI: <a>"):
        find_positions(text)


@pytest.mark.parametrize("opening", ["[ ex:b ", "( "])
def test_what_is_not_too_deep_to_parse_has_positions(opening: str) -> None:
    closing = {"[": "]", "(": ")"}[opening[0]]

    def nested(depth: int) -> str:
        return f"{HEAD}ex:a ex:b {opening * depth}1{closing * depth} ."

    depth = 50
    with suppress(WakhanError):
        for depth in range(50, 2000, 10):
            parse(nested(depth))
    with pytest.raises(WakhanError, match="nested too deeply"):
        parse(nested(depth))
    deepest = nested(depth - 10)
    assert set(find_positions(deepest).triples) == set(parse(deepest))
    with pytest.raises(WakhanError, match="nested too deeply"):
        find_positions(nested(20_000))


def test_wrong_texts_are_errors_as_in_the_first_parse() -> None:
    for form, text in (
        ("turtle", HEAD + "ex:a ex:b"), ("turtle", HEAD + '"a" ex:b ex:c .'), ("turtle", HEAD + "ex:a [] ex:c ."),
        ("turtle", HEAD + "ex:a ex:b <c> ."), ("trig", "{"), ("nt", "<"), ("nquads", "<"),
    ):  # fmt: skip
        with pytest.raises(WakhanError) as first:
            parse(text, form=form)
        with pytest.raises(WakhanError) as second:
            find_positions(text, form=form)
        assert str(first.value) == str(second.value)
    with pytest.raises(UsageError, match="no such form"):
        find_positions("", form="prose")


def test_forms_without_positions_have_none() -> None:
    positions = find_positions('{"@id": "https://example.org/a", "https://example.org/b": 1}', form="json-ld")
    assert not positions.triples
    assert not positions.subjects
    assert not positions.prefixes


class Expected(NamedTuple):
    """What a writer knows: the text, its triples with their places, and where subjects and prefixes begin."""

    text: str
    triples: list[tuple[Triple, Statement]]
    subjects: dict[Node, set[Position]]
    prefixes: dict[str, list[Position]]


class Term(NamedTuple):
    """A term that was written: what it is, where, and whether it begins with a bracket."""

    node: Node
    place: Position
    bracket: bool = False

    @property
    def head(self) -> Position:
        """Where something begins to be said of it: its name or its bracket."""
        return bracket_of(self.place) if self.bracket else self.place


SPACES = (" ", " ", " ", "\n", "\t", "  \n\t", " # [ \"comment' ( é𐎀 <x> . ;\n", "\n#\n", "#,]).\n  ")
NAMES = ("a", "b", "c", "é", "a.b", "a-1", "_x", "1x", "x~y", "x%41", "", "𐎀")
STRINGS = ("", "x", "two words", "é𐎀", "# [ ( <a>", "a ' b", 'a " b', "\\", "tab\t", "end\\\\", "\u2028", "x;.")
LONG = (*STRINGS, "one\ntwo", "\n\n", "''x", '""x', "\n# no comment\n", "[\n(")
TIGHT = set("<[](){};,\"'#")
"""What may follow a name or number without a space between them, and what may stand before one."""


class Writer:
    """Writes RDF in a layout by chance, and keeps its own account of what stands where."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.text = ""
        self.line = self.column = 1
        self.open = False  # whether a name could go on here
        self.number = 0
        self.triples: list[tuple[Triple, Statement]] = []
        self.subjects: dict[Node, set[Position]] = {}
        self.prefixes: dict[str, list[Position]] = {}
        self.bound: dict[str, str] = {}
        self.base = ""

    def likely(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def put(self, token: str) -> Position:
        """Write a token and whatever white space stands before it; return where the token is."""
        close = (self.open and token[0] not in TIGHT and token != ".") or {token[0], self.text[-1:]} <= {'"', "'"}
        if close or self.likely(60):
            self.raw("".join(self.chance.choice(SPACES) for _ in range(self.chance.choice((1, 1, 1, 2, 3)))))
        start = self.line, self.column
        self.raw(token)
        self.open = token[-1] not in TIGHT
        return Position(*start, self.line, self.column)

    def raw(self, text: str) -> None:
        self.text += text
        for char in text:
            self.line, self.column = (self.line + 1, 1) if char == "\n" else (self.line, self.column + 1)

    def blank(self) -> BNode:
        self.number += 1
        return BNode(f"anonymous{self.number}")

    def say(self, subject: Position, triple: Triple, predicate: Position, value: Position) -> None:
        self.triples.append((triple, Statement(subject, predicate, value)))

    def begin(self, node: Node, place: Position) -> None:
        self.subjects.setdefault(node, set()).add(place)

    # ---- terms

    def full_iri(self) -> tuple[str, str]:
        name = self.chance.choice(("a", "b#c", "é", "𐎀", "x%20y", ""))
        if self.base and self.likely(50):
            return f"<{name}>", self.base + name
        return f"<https://example.org/{name}>", f"https://example.org/{name}"

    def iri(self) -> tuple[str, URIRef]:
        if not self.bound or self.likely(30):
            token, iri = self.full_iri()
        else:
            prefix = self.chance.choice(sorted(self.bound))
            name = self.chance.choice(NAMES)
            token, iri = f"{prefix}:{name.replace('~', chr(92) + '~')}", self.bound[prefix] + name
        return token, URIRef(iri)

    def label(self) -> tuple[str, BNode]:
        name = self.chance.choice(("x", "y.z", "1", "é"))
        return f"_:{name}", BNode(f"label-{name}")

    def literal(self) -> tuple[str, Literal]:
        if self.likely(40):
            token, kind = self.chance.choice(
                (
                    ("7", "integer"), ("-3", "integer"), ("+4", "integer"), ("1.5", "decimal"), ("-.25", "decimal"),
                    ("1e+16", "double"), ("2.5e-07", "double"), ("true", "boolean"), ("false", "boolean"),
                )
            )  # fmt: skip
            return token, Literal(token.removeprefix("+"), datatype=XSD[kind])
        quote = self.chance.choice(('"', "'", '"""', "'''"))
        text = self.chance.choice(LONG if len(quote) == 3 else STRINGS)
        token = quote + escaped(text, quote) + quote
        if self.likely(25):
            return f"{token}@en-GB", Literal(text, lang="en-GB")
        if self.likely(25):
            datatype, iri = self.iri()
            return f"{token}^^{datatype}", Literal(text, datatype=iri)
        return token, Literal(text)

    def name(self) -> Term:
        token, node = self.label() if self.likely(15) else self.iri()
        return Term(node, self.put(token))

    def value(self, depth: int) -> Term:
        kind = self.chance.randrange(100)
        if depth and kind < 18:
            return self.node(depth - 1)
        if depth and kind < 34:
            return self.list(depth - 1)
        if kind < 60:
            return self.name()
        token, node = self.literal()
        return Term(node, self.put(token))

    def node(self, depth: int) -> Term:
        node, bracket = self.blank(), self.put("[")
        self.begin(node, bracket)
        if self.likely(80):
            self.properties(Term(node, bracket), depth)
        return Term(node, join(bracket, self.put("]")), bracket=True)

    def list(self, depth: int) -> Term:
        bracket = self.put("(")
        items = [self.value(depth) for _ in range(self.chance.choice((0, 1, 1, 2, 3)))]
        closing = self.put(")")
        if not items:
            return Term(RDF.nil, join(bracket, closing), bracket=True)
        cells = [self.blank() for _ in items]
        for number, (cell, item) in enumerate(zip(cells, items, strict=True)):
            last = number + 1 == len(items)
            rest = closing if last else join(items[number + 1].place, closing)
            self.begin(cell, item.head if number else bracket)
            self.say(item.head, (cell, RDF.first, item.node), bracket, item.place)
            self.say(item.head, (cell, RDF.rest, RDF.nil if last else cells[number + 1]), bracket, rest)
        return Term(cells[0], join(bracket, closing), bracket=True)

    # ---- statements

    def properties(self, subject: Term, depth: int) -> None:
        for number in range(self.chance.choice((1, 1, 2, 3))):
            if number:
                for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
                    self.put(";")
            token, predicate = ("a", RDF.type) if self.likely(20) else self.iri()
            place = self.put(token)
            for more in range(self.chance.choice((1, 1, 2, 3))):
                if more:
                    self.put(",")
                value = self.value(depth)
                self.say(subject.head, (subject.node, predicate, value.node), place, value.place)
        if self.likely(20):
            self.put(";")

    def statement(self) -> None:
        kind = self.chance.randrange(100)
        if kind < 15:
            subject = self.node(2)
            inside = len(self.triples) and self.triples[-1][1].subject == subject.head
            if inside and self.likely(50):
                return
        elif kind < 25:
            subject = self.list(1)
            self.begin(subject.node, subject.head)
        else:
            subject = self.name()
            self.begin(subject.node, subject.place)
        self.properties(subject, 3)

    def directive(self) -> None:
        word = self.chance.choice(("@prefix", "PREFIX", "prefix", "@base", "Base"))
        start = self.put(word)
        if word.lower().endswith("base"):
            self.base = self.chance.choice(("https://base.example/", "https://base.example/é/"))
            end = self.put(f"<{self.base}>")
        else:
            prefix = self.chance.choice(("ex", "", "é", "p.q", "a"))
            namespace = self.chance.choice(("https://example.org/", "https://example.org/𐎀#"))
            self.put(f"{prefix}:")
            end = self.put(f"<{namespace}>")
            self.bound[prefix] = namespace
        if word.startswith("@"):
            end = self.put(".")
        if not word.lower().endswith("base"):
            self.prefixes.setdefault(prefix, []).append(join(start, end))

    def block(self, form: str) -> None:
        if self.likely(25):
            self.directive()
        elif form == "trig" and self.likely(50):
            self.graph()
        else:
            self.statement()
            self.put(".")

    def graph(self) -> None:
        keyword = self.likely(50)
        if keyword:
            self.put(self.chance.choice(("GRAPH", "graph")))
        if keyword or self.likely(60):
            if self.likely(20):
                self.put("[")
                self.put("]")
            else:
                self.put((self.label() if self.likely(20) else self.iri())[0])
        self.put("{")
        count = self.chance.randrange(3)
        for number in range(count):
            self.statement()
            if number + 1 < count or self.likely(50):
                self.put(".")
        self.put("}")

    def line_term(self, kinds: str) -> Term:
        kind = self.chance.choice(kinds)
        if kind == "l":
            text = self.chance.choice(LONG)
            token, node = f'"{escaped(text, chr(34))}"', Literal(text)
            if self.likely(30):
                token, node = f"{token}@en", Literal(text, lang="en")
            elif self.likely(30):
                token, node = f"{token}^^<https://example.org/é>", Literal(text, datatype=EX["é"])
            return Term(node, self.here(token))
        if kind == "b":
            name = self.chance.choice(("x", "y.z", "1"))
            return Term(BNode(f"label-{name}"), self.here(f"_:{name}"))
        name = self.chance.choice(("a", "b", "é", "𐎀"))
        return Term(EX[name], self.here(f"<{EX[name]}>"))

    def here(self, token: str) -> Position:
        start = self.line, self.column
        self.raw(token)
        return Position(*start, self.line, self.column)

    def quad(self, form: str) -> None:
        for _ in range(self.chance.choice((0, 0, 1))):
            self.raw(self.chance.choice(("\n", "  \n", "# <a> <b> .\n", "\t# é\n")))
        space = (" ", "\t", "  ", " \t ")
        self.raw(self.chance.choice(("", "", *space)))
        subject = self.line_term("ib")
        self.raw(self.chance.choice(space))
        predicate = self.line_term("i")
        self.raw(self.chance.choice(space))
        value = self.line_term("ibll")
        if form == "nquads" and self.likely(50):
            self.raw(self.chance.choice(space))
            self.line_term("ib")
        self.raw(self.chance.choice((".", " .", "\t. ", " . # 𐎀 <x>", ".#")) + "\n")
        self.begin(subject.node, subject.place)
        self.say(subject.place, (subject.node, predicate.node, value.node), predicate.place, value.place)


def escaped(text: str, quote: str) -> str:
    text = text.replace("\\", "\\\\").replace(quote[0], "\\" + quote[0])
    return text if len(quote) == 3 else text.replace("\n", "\\n").replace("\t", "\\u0009")


def join(first: Position, last: Position) -> Position:
    return Position(first.line, first.column, last.end_line, last.end_column)


def bracket_of(place: Position) -> Position:
    return Position(place.line, place.column, place.line, place.column + 1)


def written(chance: random.Random, form: str) -> Expected:
    writer = Writer(chance)
    for _ in range(chance.randrange(8)):
        if form in ("turtle", "trig"):
            writer.block(form)
        else:
            writer.quad(form)
    mark, end = chance.choice(("", "", "\ufeff")), chance.choice(("\n", "\n", "\r\n", "\r"))
    return Expected(mark + writer.text.replace("\n", end), writer.triples, writer.subjects, writer.prefixes)


FORMS = ["turtle", "turtle", "trig", "nt", "nquads"]


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(chance=st.randoms(use_true_random=False), form=st.sampled_from(FORMS))
def test_random_documents_have_every_place_exactly(chance: random.Random, form: str) -> None:
    check_random_document(chance, form)


@pytest.mark.parametrize("seed", range(100))
def test_longer_random_documents_have_every_place_exactly(seed: int) -> None:
    chance = random.Random(seed)
    check_random_document(chance, chance.choice(FORMS))


def check_random_document(chance: random.Random, form: str) -> None:
    expected = written(chance, form)
    positions, graph = find_positions(expected.text, form=form), parse(expected.text, form=form)
    found = [(triple, statement) for triple in positions.triples for statement in positions.triple(triple)]
    assert sorted(statement for _, statement in found) == sorted(statement for _, statement in expected.triples)
    # each place tells which node of the writer is which of the parser, and must tell the same as all others
    by_place = {statement: triple for triple, statement in found}
    pairs = {pair for triple, place in expected.triples for pair in zip(triple, by_place[place], strict=True)}
    names = {ours: theirs for ours, theirs in pairs if isinstance(ours, BNode)}
    assert all(ours == theirs for ours, theirs in pairs if not isinstance(ours, BNode))
    assert len(names) == len(set(names.values())) == len({pair for pair in pairs if isinstance(pair[0], BNode)})
    for node, places in expected.subjects.items():
        if node in names or not isinstance(node, BNode):
            same = names[node] if isinstance(node, BNode) else node
            assert set(positions.subject(same)) == places
    assert {prefix: list(positions.prefix(prefix)) for prefix in positions.prefixes} == expected.prefixes
    assert set(positions.triples) == plain_triples(graph)
    assert isomorphic(tagged(graph), tagged(by_rdflib(expected.text, form)))


def plain_triples(graph: Graph) -> set[Triple]:
    return {(s, p, o) for s, p, o, *_ in graph.quads()} if isinstance(graph, Dataset) else set(graph)


def by_rdflib(text: str, form: str) -> Graph:
    graph = Dataset() if form in ("trig", "nquads") else Graph()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, at itself
        graph.parse(data=text, format=form)
    return graph


def tagged(graph: Graph) -> Graph:
    """Return a graph that says of each quad which graph it is in, unless that is a blank node."""
    if not isinstance(graph, Dataset):
        return graph
    tagged = Graph()
    for subject, predicate, value, name in graph.quads((None, None, None, None)):
        where = name if isinstance(name, URIRef) else "_"
        tagged.add((subject, URIRef(f"{predicate}?{where}"), value))
    return tagged
