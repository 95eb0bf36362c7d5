"""Both engines find the same, in the same order: on shapes of all kinds, on random ones, and when shifty fails."""

import sys
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from rdflib import RDFS, SH, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from wakhan.check import check_files
from wakhan.errors import UsageError, WakhanError
from wakhan.reason import union
from wakhan.shacl import Checked, check, shifty
from wakhan.shacl.shifty import EVERYWHERE, Look, look
from wakhan.sources import load_sources, read_turtle
from wakhan.validate import apply_shapes

ROOT = Path(__file__).parents[1]
EX = Namespace("https://example.org/")
PREFIXES = """
@prefix : <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/o> sh:declare [ sh:prefix "" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .
"""
DATA = """
:a a :A ; :p 1 , 2 ; :q "x"@en , "y"@en ; :r :b .
:b a :B ; :p "one" ; :q :a , [ a :A ; :p 7 ] ; :r "2020-01-02"^^xsd:date .
:c a :A , :C ; :p -1 , true ; :q "é" , "" ; :r "2021-01-02"^^xsd:date , :c .
:B rdfs:subClassOf :A .
"""

# ---- each kind of constraint, with data that it objects to ----

CONSTRAINTS = [
    "sh:class :C",
    "sh:datatype xsd:integer",
    "sh:nodeKind sh:IRI",
    "sh:minInclusive 1",
    "sh:maxExclusive 2",
    'sh:minInclusive "2020-06-01"^^xsd:date',
    "sh:minLength 3",
    "sh:maxLength 1",
    'sh:pattern "^[a-z]+$"',
    'sh:languageIn ( "de" )',
    "sh:hasValue :a",
    "sh:in ( 1 :a :b )",
    "sh:not [ sh:class :A ]",
    "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class :A ] )",
    "sh:or ( [ sh:datatype xsd:integer ] [ sh:class :B ] )",
    "sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class :A ] )",
    "sh:node [ sh:property [ sh:path :p ; sh:maxCount 1 ] ]",
    "sh:property [ sh:path :p ; sh:minCount 1 ]",
    "sh:equals :p",
    "sh:disjoint :r",
]
OF_PATHS = [
    "sh:minCount 2",
    "sh:maxCount 1",
    "sh:uniqueLang true",
    "sh:lessThan :r",
    "sh:lessThanOrEquals :q",
    "sh:qualifiedValueShape [ sh:class :A ] ; sh:qualifiedMinCount 1",
    "sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMaxCount 0",
]
OF_NODES = [
    "sh:closed true ; sh:ignoredProperties ( rdf:type :p )",
    'sh:sparql [ sh:prefixes :o ; sh:select "SELECT $this ?value WHERE { $this :r ?value . FILTER (isIRI(?value)) }" ]',
]
PATHS = [
    ":p",
    ":q",
    ":r",
    "( :r :p )",
    "[ sh:inversePath :r ]",
    "[ sh:alternativePath ( :p :q ) ]",
    "[ sh:zeroOrMorePath :r ]",
    "[ sh:oneOrMorePath :q ]",
    "[ sh:zeroOrOnePath :r ]",
]
TARGETS = ["sh:targetClass :A", "sh:targetSubjectsOf :p", "sh:targetObjectsOf :q", 'sh:targetNode :a , :z , "lit" , 5']


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def outcome(data: Graph, shapes: Graph, engine: str) -> Checked | str:
    try:
        return check(data, shapes, engine=engine)._replace(notes=())
    except WakhanError as error:
        return type(error).__name__


def compare(data: Graph, shapes: Graph) -> Checked | str:
    """Check with both engines, and return what the reference finds."""
    reference = outcome(data, shapes, "reference")
    assert outcome(data, shapes, "fast") == reference
    return reference


@pytest.mark.parametrize("constraint", CONSTRAINTS + OF_PATHS + OF_NODES)
def test_each_constraint_finds_the_same_wherever_it_stands(constraint: str) -> None:
    found = 0
    places = [path for path in PATHS if constraint not in OF_NODES]
    for number, path in enumerate(places):
        shape = f":S a sh:PropertyShape ; {TARGETS[number % 4]} ; sh:path {path} ; {constraint} ; sh:severity sh:Info ."
        result = compare(parse(DATA), parse(shape))
        found += 0 if isinstance(result, str) else len(result.results)
    for target in TARGETS if constraint not in OF_PATHS else []:
        result = compare(parse(DATA), parse(f":S a sh:NodeShape ; {target} ; {constraint} ."))
        found += 0 if isinstance(result, str) else len(result.results)
    assert found


# ---- random ones ----

TERMS = [":n0", ":n1", ":n2", "_:b", "1", "2.5", '"a"', '"ab"', '"a"@en', '"2020-01-02"^^xsd:date', "true", '"é"']
ODD = ["1.5e0", '"a"^^xsd:string', '"x"^^xsd:integer', '"P1D"^^xsd:duration', '"a\\n"', '"2020-05"^^xsd:gYearMonth']
QUERIES = [
    "$this :p ?value . $this :q ?value",
    "$this :p ?value . FILTER NOT EXISTS { ?value a :A }",
    "$this :p ?value , ?other . FILTER (?value != ?other)",
    "$this :p ?value . FILTER (!(?value = 1))",
    "$this :p ?value . $this :q ?other . FILTER (?value < ?other)",
    "$this :p ?value . FILTER (STR(?value) = 'a')",
    "?value :p $this . FILTER (?value != $this)",
    "$this :p ?value . MINUS { $this :q ?value }",
]


class Maker:
    """Random data and shapes, the same for the same seed.

    Args:
        seed: The seed.
        odd: What there is beside the usual values.
    """

    def __init__(self, seed: int, odd: list[str]) -> None:
        self.random = Random(seed)
        self.terms = TERMS + odd

    def one(self, *parts: str) -> str:
        return self.random.choice(parts)

    def data(self) -> str:
        nodes, lines = (":n0", ":n1", ":n2", ":n3", "_:b"), list[str]()
        for _ in range(self.random.randint(4, 16)):
            lines.append(f"{self.one(*nodes)} {self.one(':p', ':q', ':r')} {self.one(*self.terms)} .")
        lines += [f"{node} a {self.one(':A', ':B', ':C')} ." for node in nodes if self.random.random() < 0.8]
        return "\n".join([*lines, self.one("", ":B rdfs:subClassOf :A .")])

    def constraint(self, depth: int, has_path: bool) -> str:
        simple = CONSTRAINTS[:12] + CONSTRAINTS[-2:] + (OF_PATHS[:5] if has_path else OF_NODES[:1])
        simple += [f"sh:in ( {self.one(*self.terms[:3], *self.terms[4:])} :n1 )", "sh:deactivated true"]
        simple += [
            f'sh:sparql [ sh:prefixes :o ; sh:select "SELECT $this ?value WHERE {{ {self.one(*QUERIES)} }}" ]',
            f"sh:message 'm' ; sh:severity {self.one('sh:Info', 'sh:Warning', ':mine')} ; {CONSTRAINTS[2]}",
        ]
        if depth == 0 or self.random.random() < 0.5:
            return self.one(*simple)
        inner = [f"[ {self.shape(depth - 1)} ]" for _ in range(self.random.randint(1, 3))]
        return self.one(
            f"sh:not {inner[0]}",
            f"sh:node {inner[0]}",
            f"sh:property [ sh:path {self.one(*PATHS)} ; {self.constraint(depth - 1, True)} ]",
            f"sh:property [ sh:path {self.one(*PATHS)} ; sh:qualifiedValueShape {inner[0]} ; sh:qualifiedMaxCount 1 ]",
            *(f"sh:{name} ( {' '.join(inner)} )" for name in ("and", "or", "xone")),
        )

    def shape(self, depth: int) -> str:
        has_path = self.random.random() < 0.3
        path = f"sh:path {self.one(*PATHS)} ; " if has_path else ""
        return path + " ; ".join(
            dict.fromkeys(self.constraint(depth, has_path) for _ in range(self.random.randint(1, 2)))
        )


@pytest.mark.parametrize("odd", [[], ODD], ids=["usual", "odd"])
def test_random_shapes_find_the_same_in_random_data(odd: list[str]) -> None:
    kinds = set()
    for seed in range(150):
        maker = Maker(seed, odd)
        data = parse(maker.data())
        shapes = parse(f":S {maker.one(*TARGETS)} ; {maker.shape(2)} .\n:T {maker.one(*TARGETS)} ; {maker.shape(1)} .")
        result = compare(data, shapes)
        kinds.add(result if isinstance(result, str) else result.conforms)
        where = look(data, shapes)
        kinds.add(
            "all" if where.wholly is None else "some" if where.wholly else "nowhere" if where.is_nowhere else "few"
        )
    assert {True, False, "ShapeError", "some", "few", "nowhere"} <= kinds


# ---- this dataset, and examples ----


def test_this_dataset_is_checked_without_pyshacl() -> None:
    sources = load_sources(ROOT)
    whole = union(sources.data, sources.ontology, sources.shapes)
    assert look(whole, sources.shapes) == Look()
    assert apply_shapes(sources.data, sources.shapes, sources.ontology, engine="reference").conforms


@pytest.mark.parametrize("name", ["Claim", "Person", "Place", "Passage"])
def test_broken_examples_are_found_by_both(name: str) -> None:
    """The examples of one shape all together; of the ontology only the classes, which has less to look at."""
    sources = load_sources(ROOT)
    data = union(*(read_turtle(path) for path in sorted((ROOT / "tests/shapes" / name).glob("*.ttl"))))
    classes = union(sources.ontology.triples((None, RDFS.subClassOf, None)))
    fast, slow = (apply_shapes(data, sources.shapes, classes, engine=engine) for engine in ("fast", "reference"))
    assert len(slow.results) > 3
    assert fast.results == slow.results


def test_foreign_files_are_found_wrong_by_both(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ROOT / "tests/ci"
    for data in ("data", "broken"):
        fast, slow = (
            check_files([folder / data], [folder / "shapes.ttl"], [folder / "ontology.ttl"], engine=engine, w3c=True)
            for engine in ("fast", "reference")
        )
        assert (fast.findings, fast.counts) == (slow.findings, slow.counts)
        assert fast.w3c is not None
        assert slow.w3c is not None
        assert isomorphic(fast.w3c, slow.w3c)


# ---- what is left to pySHACL ----

PART = ":S sh:targetClass :A ; "
LEFT = [
    (':S sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this { ?this a :A }" ; sh:prefixes :o ] ;'
     " sh:nodeKind sh:Literal .", "sh:target"),
    (PART + "sh:expression [ sh:path :p ] .", "sh:expression"),
    (PART + 'sh:pattern "^(?!https)" .', "regular expression"),
    (PART + "sh:minInclusive 1.5e0 .", "bound of a rare kind"),
    (':S sh:targetClass :C ; sh:sparql [ sh:select "SELECT $this WHERE { $this e:p ?x }" ] .', "prefix e:"),
    (PART + "sh:property [ sh:path [ sh:inversePath ( :p :q ) ] ; sh:maxCount 0 ] .", "backwards"),
    (PART + "sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate :z ; sh:object 1 ] .", "rules"),
    (":K a sh:ConstraintComponent ; sh:parameter [ sh:path :par ] ; sh:validator [ a sh:SPARQLAskValidator ;"
     ' sh:ask "ASK { FILTER (?value = ?par) }" ] . ' + PART + ":par :a .", "constraint components"),
]  # fmt: skip


@pytest.mark.parametrize(("shapes", "why"), LEFT, ids=[why for _, why in LEFT])
def test_what_shifty_takes_in_another_way_is_left_to_pyshacl_and_told(shapes: str, why: str) -> None:
    (note,) = look(parse(DATA), parse(shapes)).notes
    assert "pySHACL" in note
    assert why in note
    compare(parse(DATA), parse(shapes))


def test_a_truth_that_is_written_as_a_number_is_left_to_pyshacl() -> None:
    shapes = parse(":S sh:targetClass :A ; sh:property :P . :P sh:path :q .")
    shapes.add((EX.P, SH.uniqueLang, Literal("1", datatype=XSD.boolean, normalize=False)))
    assert look(parse(DATA), shapes).wholly == frozenset({EX.S})


def test_a_shape_that_is_left_does_not_take_others_with_it() -> None:
    shapes = parse(PART + "sh:minInclusive 1.5e0 . :T sh:targetClass :C ; sh:nodeKind sh:IRI .")
    where = look(parse(DATA), shapes)
    assert where.wholly == frozenset({EX.S})
    assert not where.nodes


@pytest.mark.parametrize(
    "shapes",
    [
        PART + 'sh:minLength "x" .',
        PART + "sh:node :S .",
        PART + "sh:property [ sh:minCount 1 ] .",
        PART + 'sh:sparql [ sh:select "SELECT $this { ?x" ] .',
        PART + "sh:or () .",
        PART + "sh:node [ sh:path :p ; sh:minCount 1 ] .",
        ":S a sh:NodeShape ; sh:path :p . :T sh:targetClass :A ; sh:nodeKind sh:IRI .",
    ],
)
def test_wrong_shapes_are_refused_by_both(shapes: str) -> None:
    assert compare(parse(DATA), parse(shapes)) == "ShapeError"


def test_blank_nodes_keep_their_names() -> None:
    data = parse("_:x a :A . _:y a :A ; :p 1 . :a :p _:x .")
    (blank,) = set(data.objects(EX.a, EX.p))
    shapes = parse(PART + "sh:property [ sh:path :p ; sh:minCount 1 ] .")
    assert look(data, shapes).nodes == {blank}
    assert [result.focus for result in check(data, shapes).results] == [blank]


@pytest.mark.parametrize(
    "term", [URIRef("https://example.org/a b"), URIRef("https://example.org/a>"), Literal("\ud800")]
)
def test_what_cannot_be_written_is_left_to_pyshacl(term: URIRef | Literal) -> None:
    data = parse(DATA)
    data.add((EX.a, EX.z, term))
    where = look(data, parse(PART + "sh:nodeKind sh:Literal ."))
    assert where.wholly is None
    assert where.notes


# ---- shifty that is not there, or fails ----


def test_without_shifty_all_is_checked_and_told_only_if_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shifty", None)
    shapes = parse(PART + "sh:nodeKind sh:Literal .")
    data = parse(DATA)
    silent, told = check(data, shapes), check(data, shapes, engine="fast")
    assert silent.notes == ()
    assert "is not installed" in told.notes[0]
    assert [r.focus for r in silent.results] == [r.focus for r in told.results] != []


def test_another_version_of_shifty_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shifty._shifty", SimpleNamespace(__version__="9.9"))
    where = look(parse(DATA), parse(PART + "sh:nodeKind sh:IRI ."))
    assert where._replace(notes=()) == EVERYWHERE
    assert "is not installed" in where.notes[0]


class Panic(BaseException):
    """What a crash inside of shifty looks like from outside."""


@pytest.mark.parametrize("error", [ValueError("no data"), Panic("index out of bounds")])
def test_when_shifty_stops_pyshacl_goes_on(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    class Validator:
        def __init__(self, shapes: bytes) -> None:
            raise error

    monkeypatch.setattr(shifty, "engine", lambda: SimpleNamespace(PreparedValidator=Validator))
    checked = check(parse(DATA), parse(PART + "sh:nodeKind sh:Literal ."), engine="fast")
    assert f"shifty stopped: {error}" in checked.notes[0]
    assert not checked.conforms


@pytest.mark.parametrize("focus", ["<https://example.org/none>", "_:none"])
def test_things_by_other_names_are_not_believed(monkeypatch: pytest.MonkeyPatch, focus: str) -> None:
    found = SimpleNamespace(diagnostics=[], violations=[SimpleNamespace(focus_node=focus)])

    class Validator:
        diagnostics: tuple[str, ...] = ()

        def __init__(self, shapes: bytes) -> None: ...

        def validate_algebra(self, data: bytes, **options: Any) -> SimpleNamespace:  # noqa: ANN401
            return found

    monkeypatch.setattr(shifty, "engine", lambda: SimpleNamespace(PreparedValidator=Validator))
    assert look(parse(DATA), parse(PART + "sh:nodeKind sh:IRI .")).wholly is None


def test_there_is_no_third_engine() -> None:
    with pytest.raises(UsageError, match="no engine is called 'magic'"):
        check(parse(DATA), parse(PART + "sh:nodeKind sh:IRI ."), engine="magic")
    with pytest.raises(UsageError, match="magic"):
        check_files([ROOT / "tests/ci/data"], engine="magic")


def test_a_literal_may_be_a_focus_node() -> None:
    shapes = parse(":S sh:targetObjectsOf :q ; sh:nodeKind sh:IRI .")
    result = compare(parse(DATA), shapes)
    assert isinstance(result, Checked)
    assert Literal("é") in {each.focus for each in result.results}
    assert {each.component for each in result.results} == {SH.NodeKindConstraintComponent}
