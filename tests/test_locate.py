"""Each result is traced to where it stands: the value, the property, the block, or what it follows from.

In the data of these tests ``«`` and ``»`` stand around what must be found; ``«1|`` names one of several.
"""

import re
from pathlib import Path

import pytest

from wakhan.check import check_files
from wakhan.findings import Finding, Place

PREFIXES = """@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SPARQL = """:sparql sh:declare [ sh:prefix "" ; sh:namespace "https://example.org/"^^xsd:anyURI ] ."""


def marked(text: str, path: Path) -> tuple[str, dict[str, Place]]:
    """Return *text* without its marks, and the places that they stood around."""
    places, begun, plain = dict[str, Place](), list[tuple[str, int, int]](), ""
    for piece, sign, number in re.findall(r"([^«»]*)(?:(»|«)(?:([0-9])\|)?)?", text):
        plain += piece
        line, column = plain.count("\n") + 1, len(plain) - plain.rfind("\n")
        if sign == "«":
            begun.append((number, line, column))
        elif sign == "»":
            name, *start = begun.pop()
            places[name] = Place(path, start[0], start[1], line, column)
    return plain, places


def find(
    folder: Path, data: str, shapes: str, ontology: str = "", reason: str = "none", ending: str = "ttl"
) -> tuple[list[Finding], dict[str, Place]]:
    path = folder / f"data.{ending}"
    text, places = marked(PREFIXES + data if ending in ("ttl", "trig") else data, path)
    path.write_text(text, encoding="utf-8")
    (folder / "shapes.shacl.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    words = []
    if ontology:
        onto_text, onto_places = marked(PREFIXES + ontology, folder / "onto.ttl")
        (folder / "onto.ttl").write_text(onto_text, encoding="utf-8")
        places |= onto_places
        words = [folder / "onto.ttl"]
    report = check_files([path], [folder / "shapes.shacl.ttl"], words, reason=reason)
    return list(report.findings), places


def shape(constraints: str) -> str:
    return f":S a sh:NodeShape ; sh:targetNode :x ; {constraints} .\n:T a sh:NodeShape ; sh:class :Town .\n{SPARQL}"


CASES = {
    "a missing value: the subject's block": (
        "# :x\n:y :q :x .\n  «:x» :q 1 .",
        "sh:property [ sh:path :p ; sh:minCount 1 ]",
    ),
    "too few values: the one that is there": (":x :q 1 ;\n\t:p «5» .", "sh:property [ sh:path :p ; sh:minCount 2 ]"),
    "too many values: the first that is too much": (
        ":x :p 3 ,\n 2, «1» , 0 .",
        "sh:property [ sh:path :p ; sh:maxCount 2 ]",
    ),
    "a wrong class": (":x :p :y , «:z» . :y a :Town .", "sh:property [ sh:path :p ; sh:class :Town ]"),
    "a wrong datatype": (':x :p «"é🚢 ; . # 1"» .', "sh:property [ sh:path :p ; sh:datatype xsd:date ]"),
    "a wrong datatype in a long text": (
        ':x :p "a"@en , «"""b\n"c" """^^xsd:string» .',
        "sh:property [ sh:path :p ; sh:datatype rdf:langString ]",
    ),
    "a wrong kind of node": (
        ":x :p «[ :q 1 ]» .",
        "sh:property [ sh:path :p ; sh:nodeKind sh:IRI ]",
    ),
    "a number too small": (":x :p 1, «-1.5» ; :q 2 .", "sh:property [ sh:path :p ; sh:minInclusive 0 ]"),
    "a number too large": (":x :p «1e3», 3 .", "sh:property [ sh:path :p ; sh:maxExclusive 10 ]"),
    "a text too short": (":x :p «''»;.", "sh:property [ sh:path :p ; sh:minLength 1 ]"),
    "a text against its pattern": (":x :p 'ab',«'b'».", 'sh:property [ sh:path :p ; sh:pattern "^a" ]'),
    "a wrong language": (":x :p 'a'@en , «'a'@fr» .", 'sh:property [ sh:path :p ; sh:languageIn ( "en" ) ]'),
    "a language twice: the second": (":x :p 'a'@en ; :p «'b'@en» .", "sh:property [ sh:path :p ; sh:uniqueLang true ]"),
    "a value that another property has too": (":x :q 1 ; :p «1» .", "sh:property [ sh:path :p ; sh:disjoint :q ]"),
    "a value that another property lacks": (":x :q 1 ; :p 1 , «2» .", "sh:property [ sh:path :p ; sh:equals :q ]"),
    "a value that only the other property has": (
        ":x :q 1 , «2» ; :p 1 .",
        "sh:property [ sh:path :p ; sh:equals :q ]",
    ),
    "an order that is wrong": (":x :p «3» ; :q 2 .", "sh:property [ sh:path :p ; sh:lessThan :q ]"),
    "a value that must be there": (":x :p «2» .", "sh:property [ sh:path :p ; sh:hasValue 1 ]"),
    "a value that is not allowed": (":x :p :a , «:d» .", "sh:property [ sh:path :p ; sh:in ( :a ) ]"),
    "a property that is not allowed: itself": (":x :p 1 ;\n «:pp» 1 .", "sh:closed true ; sh:property [ sh:path :p ]"),
    "a shape of the node: its block": (":y :q :x . «:x» :q 2 .", "sh:node :T"),
    "a shape of the value": (":x :p «:y» . :y :q 1 .", "sh:property [ sh:path :p ; sh:node :T ]"),
    "none of several shapes": (":x :p «:y» . :y :q 1 .", "sh:property [ sh:path :p ; sh:or ( :T [ sh:class :U ] ) ]"),
    "a shape that must not fit": (":x :p «:y» . :y a :Town .", "sh:property [ sh:path :p ; sh:not :T ]"),
    "too few fitting values": (
        ":x :p «:y» .",
        "sh:property [ sh:path :p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape :T ]",
    ),
    "the end of a way": (":x :p :y . :z :q 3 . :y :q «1» .", "sh:property [ sh:path ( :p :q ) ; sh:minInclusive 2 ]"),
    "the way back": (":y :p «:x» . :z :p :w .", "sh:property [ sh:path [ sh:inversePath :p ] ; sh:class :Town ]"),
    "one of two ways": (
        ":x :q «1» .",
        "sh:property [ sh:path [ sh:alternativePath ( :p :q ) ] ; sh:minInclusive 2 ]",
    ),
    "a far end": (
        ":x :p :y . :y :p «:z» . :z a :Town .",
        "sh:property [ sh:path [ sh:oneOrMorePath :p ] ; sh:not :T ]",
    ),
    "a query with path and value": (
        ":x :p 1 , «2» .",
        'sh:sparql [ sh:prefixes :sparql ; sh:select "SELECT $this ?path ?value WHERE '
        '{ $this ?path ?value FILTER ( ?value > 1 ) }" ]',
    ),
    "a query with a value": (
        ":x :q 1 ; :p «2» .",
        'sh:sparql [ sh:prefixes :sparql ; sh:select "SELECT $this ?value WHERE '
        '{ $this :p ?value FILTER ( ?value > 1 ) }" ]',
    ),
    "a query whose message speaks of a property": (
        ":y :q :x . :x :q 1 ; :p «2» .",
        'sh:sparql [ sh:prefixes :sparql ; sh:message "Mend :p of {$this}." ; sh:select "SELECT $this WHERE '
        '{ $this :p 2 }" ]',
    ),
    "a query whose message fills in a property": (
        ":y :q :x . :x :q 1 ; :p «2» .",
        'sh:sparql [ sh:prefixes :sparql ; sh:message "Mend {?which}." ; sh:select "SELECT $this ?which WHERE '
        '{ $this ?which 2 }" ]',
    ),
    "a query that speaks of nothing: the block": (
        ":y :q :x . «:x» :q 1 ; :p 2 .",
        'sh:sparql [ sh:prefixes :sparql ; sh:message "Bad." ; sh:select "SELECT $this WHERE { $this :p 2 }" ]',
    ),
    "the block that says what it is": (
        ":x :q 1 .\n«:x» a :Town ; :r 2 . :x :s 3 .",
        "sh:property [ sh:path :p ; sh:minCount 1 ]",
    ),
    "a node of which nothing is said: where it is named": (
        ":y :q «:x» .",
        "sh:property [ sh:path :p ; sh:minCount 1 ]",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_place_is(name: str, tmp_path: Path) -> None:
    data, constraints = CASES[name]
    (finding,), places = find(tmp_path, data, shape(constraints))
    assert finding.place == places[""]


def test_the_property_of_the_value_is_told_too(tmp_path: Path) -> None:
    (finding,), places = find(
        tmp_path, ":x «1|:p» :y ,\n «2|:z» . :y a :Town .", shape("sh:property [ sh:path :p ; sh:class :Town ]")
    )
    assert (finding.predicate, finding.place) == (places["1"], places["2"])


def test_blank_nodes_are_found_again(tmp_path: Path) -> None:
    data = ":x :p [ :q [ :r «1|1» ] , [ :r 2 ] ] . _:b :r «2|1» . [] a :Town ; :r «3|1» .\n( [ :r «4|1» ] ) :q 1 ."
    shapes = ":S a sh:NodeShape ; sh:targetSubjectsOf :r ; sh:property [ sh:path :r ; sh:minInclusive 2 ] ."
    found, places = find(tmp_path, data, shapes)
    assert sorted(finding.place for finding in found if finding.place) == [places[each] for each in "1234"]


def test_the_same_subject_in_several_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    text, _ = marked(PREFIXES + ":x :q 1 .", one)
    one.write_text(text)
    text, places = marked(PREFIXES + ":y :q 1 . «1|:x» a :Town ; :p «2|'a'» .", two)
    two.write_text(text)
    (tmp_path / "shapes.ttl").write_text(
        PREFIXES + shape("sh:property [ sh:path :p ; sh:datatype xsd:date ] , [ sh:path :r ; sh:minCount 1 ]")
    )
    found = check_files([one, two], [tmp_path / "shapes.ttl"]).findings
    assert {finding.place for finding in found} == {places["1"], places["2"]}


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        ("nt", "# c\n<urn:y> <urn:p> 'x' .\n".replace("'x'", '"é"') + '<https://example.org/x> <urn:p>  «"🚢"» .\n'),
        ("nq", '<https://example.org/x> <urn:p> «"a\\"b"» <urn:g> .\n'),
        ("trig", ":g { :y <urn:p> 1 } GRAPH :h { :x <urn:p> «'z'» . }"),
    ],
)
def test_other_forms_of_rdf_have_places_too(ending: str, data: str, tmp_path: Path) -> None:
    (finding,), places = find(
        tmp_path, data, shape("sh:property [ sh:path <urn:p> ; sh:datatype xsd:date ]"), ending=ending
    )
    assert finding.place == places[""]


def test_in_forms_without_lines_the_file_is_named(tmp_path: Path) -> None:
    data = '{"@id": "https://example.org/x", "urn:p": "z"}'
    (finding,), _ = find(
        tmp_path, data, shape("sh:property [ sh:path <urn:p> ; sh:datatype xsd:date ]"), ending="jsonld"
    )
    assert finding.place == Place(tmp_path / "data.jsonld")


def test_a_literal_as_focus_node_is_found_where_it_is_a_value(tmp_path: Path) -> None:
    (finding,), places = find(
        tmp_path, ":x :p 3 , «1» .", ":S a sh:NodeShape ; sh:targetObjectsOf :p ; sh:minInclusive 2 ."
    )
    assert finding.place == places[""]


def test_what_is_inferred_leads_to_what_was_written(tmp_path: Path) -> None:
    found, places = find(
        tmp_path,
        ":y a :Town .\n:y :contains «1|:x» .",
        ":S a sh:NodeShape ; sh:targetNode :x ; sh:property [ sh:path :in ; sh:maxCount 0 ] .",
        ontology=":contains owl:inverseOf «2|:in» ."
        "\n:contains a owl:ObjectProperty . :in a owl:ObjectProperty . :Town a owl:Class .",
        reason="owl2rl",
    )
    (finding,) = found
    assert finding.place == places["1"]
    assert finding.related == (places["2"],)


def test_a_contradiction_is_found_with_the_triples_behind_it(tmp_path: Path) -> None:
    (finding,), places = find(
        tmp_path,
        ":x a «1|:Town» . :x a «2|:River» .",
        shape("sh:property [ sh:path :p ; sh:maxCount 1 ]"),
        ontology=":Town a owl:Class ; owl:disjointWith :River . :River a owl:Class .",
        reason="owl2rl",
    )
    assert finding.shape == "cax-dw"
    assert {finding.place, *finding.related} >= {places["1"], places["2"]}
