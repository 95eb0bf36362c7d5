"""What is found is what pySHACL finds, for every kind of constraint, and it stands where it was put.

In the data of these tests ``«Class|`` and ``»`` stand around what a constraint of this component must point at;
``«Class/warning|`` is one that is no violation.
"""

import json
import os
import re
import subprocess
import sys
import sysconfig
from collections import Counter
from pathlib import Path

import pyshacl
import pytest
from rdflib import SH, BNode, Graph
from rdflib.term import Node

from wakhan.check import check_files
from wakhan.findings import Finding, Place, Report

ROOT = Path(__file__).parents[1]
TEA = ROOT / "tests/ci"

PREFIXES = """@prefix : <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SPARQL = ':sparql sh:declare [ sh:prefix "" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .\n'

Expected = tuple[str, str, Place]
"""The component, the severity and the place of a finding."""

NODE_SHAPES = {
    "class": ("«Class|:x» a :Village .", "sh:class :Town"),
    "class, of a blank node": (":y :p «Class|[» a :Village ] .", "sh:targetObjectsOf :p ; sh:class :Town"),
    "datatype": (":y :p 1 , «Datatype|1.5» .", "sh:targetObjectsOf :p ; sh:datatype xsd:integer"),
    "datatype, ill-formed": (
        ':y :p 1 , «Datatype|"one"^^xsd:integer» .',
        "sh:targetObjectsOf :p ; sh:datatype xsd:integer",
    ),
    "nodeKind": ("«NodeKind|:x» :p 1 .", "sh:nodeKind sh:BlankNode"),
    "nodeKind, of a literal": (":y :p :z , «NodeKind|'a'@en-GB» .", "sh:targetObjectsOf :p ; sh:nodeKind sh:IRI"),
    "minExclusive": (":y :p «MinExclusive|1» , 2 .", "sh:targetObjectsOf :p ; sh:minExclusive 1"),
    "minInclusive, what is no number": (":y :p «MinInclusive|:z» , 2 .", "sh:targetObjectsOf :p ; sh:minInclusive 1"),
    "maxExclusive": (":y :p 1 , «MaxExclusive|+2.0» .", "sh:targetObjectsOf :p ; sh:maxExclusive 2"),
    "maxInclusive": (":y :p 2 , «MaxInclusive|2e1» .", "sh:targetObjectsOf :p ; sh:maxInclusive 2"),
    "minLength": ("«MinLength|:x» :p 1 .", "sh:minLength 99"),
    "minLength, which a blank node never has": (":y :p «MinLength|[]» .", "sh:targetObjectsOf :p ; sh:minLength 1"),
    "maxLength": ("<urn:y> :p «MaxLength|<urn:abcde>» , 'a' .", "sh:targetObjectsOf :p ; sh:maxLength 8"),
    "pattern": ("«Pattern|:x» :p 1 .", 'sh:pattern "/X$"'),
    "pattern, with flags": (":y :p 'A' , «Pattern|'b'» .", 'sh:targetObjectsOf :p ; sh:pattern "a" ; sh:flags "i"'),
    "languageIn": (":y :p 'a'@en-GB , «LanguageIn|'a'» .", 'sh:targetObjectsOf :p ; sh:languageIn ( "en" )'),
    "equals": ("«Equals|:x» :p «Equals|:y» .", "sh:equals :p"),
    "disjoint": ("«Disjoint|:x» :p :x , :y .", "sh:disjoint :p"),
    "hasValue": ("«HasValue|:x» :p :y .", "sh:hasValue :y"),
    "in": ("«In|:x» :p :y .", "sh:in ( :y )"),
    "node": ("«Node|:x» :p 1 .", "sh:node [ sh:property [ sh:path :p ; sh:maxCount 0 ] ]"),
    "not": ("«Not|:x» :p 1 .", "sh:not [ sh:property [ sh:path :p ; sh:minCount 1 ] ]"),
    "and": ("«And|:x» :p 1 .", "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class :Town ] )"),
    "or": ("«Or|:x» :p 1 .", "sh:or ( [ sh:nodeKind sh:Literal ] [ sh:class :Town ] )"),
    "xone, none": ("«Xone|:x» :p 1 .", "sh:xone ( [ sh:nodeKind sh:Literal ] [ sh:class :Town ] )"),
    "xone, both": ("«Xone|:x» a :Town .", "sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class :Town ] )"),
    "closed, a property and a type": (
        ":x «Closed|a» :Town ; :p 1 ;\n «Closed|:q» 1 ; :r 1 .",
        "sh:closed true ; sh:property [ sh:path :p ] ; sh:ignoredProperties ( :r )",
    ),
    "property": (
        ":x :p «NodeKind|«MinCount|:y»» .",
        "sh:property [ sh:path :p ; sh:nodeKind sh:Literal ; sh:property [ sh:path :q ; sh:minCount 1 ] ]",
    ),
    "deactivated": (":x :p 1 .", "sh:deactivated true ; sh:class :Town"),
}  # fmt: skip

PROPERTY_SHAPES = {
    "minExclusive": (":x :p 2 ; :p «MinExclusive|1» .", "sh:minExclusive 1"),
    "maxInclusive": (":x :p 1 , «MaxInclusive|2» , -2 .", "sh:maxInclusive 1"),
    "maxInclusive, of dates": (
        ':x :p «MaxInclusive|"2021-07-10"^^xsd:date» , "2021-07-08"^^xsd:date .',
        'sh:maxInclusive "2021-07-09"^^xsd:date',
    ),
    "maxLength": (":x :p 'a' , «MaxLength|'abc'@en» .", "sh:maxLength 2"),
    "lessThanOrEquals": (":x :p «LessThanOrEquals|3» , 2 ; :q 2 .", "sh:lessThanOrEquals :q"),
    "lessThan, what cannot be compared": (":x :p «LessThan|'a'» ; :q 2 .", "sh:lessThan :q"),
    "and": (":x :p «And|:y» , 'a' .", "sh:and ( [ sh:nodeKind sh:Literal ] [ sh:maxLength 1 ] )"),
    "xone": (
        ":x :p 'abc' , «Xone|'a'» , «Xone|:y» .",
        "sh:xone ( [ sh:nodeKind sh:Literal ] [ sh:maxLength 1 ] )",
    ),
    "qualifiedMaxCount": (
        ":x :p 'a' , «QualifiedMaxCount|'b'» .",
        "sh:qualifiedMaxCount 1 ; sh:qualifiedValueShape [ sh:nodeKind sh:Literal ]",
    ),
    "qualifiedMinCount": (
        ":x :p «QualifiedMinCount|:y» .",
        "sh:qualifiedMinCount 2 ; sh:qualifiedValueShape [ sh:nodeKind sh:Literal ]",
    ),
    "qualifiedMinCount, of nothing": (
        "«QualifiedMinCount|:x» :q :y .",
        "sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:nodeKind sh:Literal ]",
    ),
    "node, of a blank node": (
        ":x :p [ :q 1 ] , «Node|[ :r 1 ]» .",
        "sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ] ]",
    ),
    "property, of a blank node": (
        ":x :p [ :q 1 ] , «MinCount|[» :r 1 ] .",
        "sh:property [ sh:path :q ; sh:minCount 1 ]",
    ),
    "property, of a named node": (":x :p :y .\n«MinCount|:y» :r 1 .", "sh:property [ sh:path :q ; sh:minCount 1 ]"),
    "closed is not for properties": (":x :p 1 ; :q 1 .", "sh:nodeKind sh:Literal"),
    "several at once": (
        ":x :p «Datatype|«Pattern|«MaxLength|'abc'»»» .",
        'sh:datatype xsd:integer ; sh:pattern "^b" ; sh:maxLength 2',
    ),
    "a warning": (":x :p «Datatype/warning|'a'» .", "sh:severity sh:Warning ; sh:datatype xsd:integer"),
    "an info": (":x :p «MaxCount/info|'a'» .", "sh:severity sh:Info ; sh:maxCount 0"),
    "a severity of one's own": (":x :p «MaxCount|'a'» .", "sh:severity :Awful ; sh:maxCount 0"),
}
"""What stands beside ``sh:path :p``."""

PATHS = {
    "a sequence of three": (
        ":x :p :y . :y :q [ :r 1 , «Datatype|'a'» ] . :w :r 'b' .",
        "( :p :q :r )", "sh:datatype xsd:integer",
    ),
    "a sequence that breaks off": ("«MinCount|:x» :p :y . :y :r 1 .", "( :p :q )", "sh:minCount 1"),
    "an alternative of sequences": (
        ":x :p 1 ; :q [ :p «Datatype|'a'» ] .",
        "[ sh:alternativePath ( :p ( :q :p ) ) ]", "sh:datatype xsd:integer",
    ),
    "back, and then on": (
        ":y :p :x ; :q 1 , «Datatype|1.0» . :z :q :y .",
        "( [ sh:inversePath :p ] :q )", "sh:datatype xsd:integer",
    ),
    "zero or more, the node itself too": (
        "«Class|:x» :p :y . :y a :Town ; :p «Class|:z» .",
        "[ sh:zeroOrMorePath :p ]", "sh:class :Town",
    ),
    "zero or one, no further": (
        ":x a :Town ; :p «Class|:y» . :y :p :z .",
        "[ sh:zeroOrOnePath :p ]", "sh:class :Town",
    ),
    "one or more, around a circle": (
        ":x :p :y . :y :p «Not|:x» .",
        "[ sh:oneOrMorePath :p ]", "sh:not [ sh:hasValue :x ]",
    ),
    "back around a circle, or not at all": (
        ":y :p :x . :x :q 1 ; :p :y .\n:y :q «MaxInclusive|2» .",
        "( [ sh:zeroOrMorePath [ sh:inversePath :p ] ] :q )", "sh:maxInclusive 1",
    ),
    "the items of a list": (
        ":x :p ( 1 2\n  «Datatype|'three'» ) .",
        "( :p [ sh:zeroOrMorePath rdf:rest ] rdf:first )", "sh:datatype xsd:integer",
    ),
    "too many at the end of a way": (
        ":x :p :y , :z . :y :q 1 .\n:z :q «MaxCount|2» .",
        "( :p :q )", "sh:maxCount 1",
    ),
}  # fmt: skip

QUERIES = {
    "a query of a property shape, with $PATH": (
        ":x :p 1 , «SPARQL/warning|3» ; :q 3 .",
        """:S sh:property [ sh:path :p ; sh:severity sh:Warning ; sh:sparql [ sh:prefixes :sparql ;
            sh:select "SELECT $this ?value WHERE { $this $PATH ?value FILTER ( ?value > 2 ) }" ] ] .""",
    ),
    "a query about one of two properties that lead to the value": (
        ":x :a :y ; :p «SPARQL|:y» . :y :q :x .",
        """:S sh:sparql [ sh:prefixes :sparql ;
            sh:select "SELECT $this ?value WHERE { $this :p ?value . ?value :q $this }" ] .""",
    ),
    "a component with an ASK validator": (
        ":x :p 'abc' , «longer|'a'» .",
        """:longer a sh:ConstraintComponent ; sh:parameter [ sh:path :longerThan ] ; sh:validator [
            a sh:SPARQLAskValidator ; sh:prefixes :sparql ; sh:message "longer than {$longerThan}" ;
            sh:ask "ASK { FILTER ( strlen(str($value)) > $longerThan ) }" ] .
        :S sh:property [ sh:path :p ; :longerThan 2 ] .""",
    ),
    "a component with a SELECT validator for nodes": (
        "«bare|:x» :p 1 .",
        """:bare a sh:ConstraintComponent ; sh:parameter [ sh:path :lacks ] ; sh:nodeValidator [
            a sh:SPARQLSelectValidator ; sh:prefixes :sparql ;
            sh:select "SELECT $this WHERE { FILTER NOT EXISTS { $this $lacks ?any } }" ] .
        :S :lacks :q .""",
    ),
    "a component with a SELECT validator for properties": (
        ":x :p 1 , «alike|2» ; :q 2 .",
        """:alike a sh:ConstraintComponent ; sh:parameter [ sh:path :unlike ] ; sh:propertyValidator [
            a sh:SPARQLSelectValidator ; sh:prefixes :sparql ;
            sh:select "SELECT $this ?value WHERE { $this $PATH ?value . $this $unlike ?value }" ] .
        :S sh:property [ sh:path :p ; :unlike :q ] .""",
    ),
    "a component with an ASK validator, on a node shape": (
        "«small|:x» :p 1 .",
        """:small a sh:ConstraintComponent ; sh:parameter [ sh:path :least ] , [ sh:path :no ; sh:optional true ] ;
            sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes :sparql ;
                sh:ask "ASK { $value :p ?p FILTER ( ?p >= $least ) }" ] .
        :S :least 2 .""",
    ),
    "a target in SPARQL": (
        ":x :p 1 . :y :p «MaxCount|:z» .\n:z :p 2 .",
        """:T sh:target [ a sh:SPARQLTarget ; sh:prefixes :sparql ; sh:select "SELECT ?this WHERE { ?this :p :z }" ] ;
            sh:property [ sh:path :p ; sh:maxCount 0 ] .""",
    ),
    "a rule whose consequence is wrong": (
        ":x :q «Datatype|'a'» .",
        """:S sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate :p ; sh:object [ sh:path :q ] ] ;
            sh:property [ sh:path :p ; sh:datatype xsd:integer ] .""",
    ),
    "an expression": (
        "«Expression|:x» :p false .",
        ":S sh:expression [ sh:path :p ] .",
    ),
}  # fmt: skip


def marked(text: str, path: Path) -> tuple[str, list[Expected]]:
    """Return *text* without its marks, and what they say."""
    found, begun, plain = list[Expected](), list[tuple[str, str, int, int]](), ""
    for piece, sign, component, severity in re.findall(r"([^«»]*)(?:(»|«)(?:(\w+)(?:/(\w+))?\|)?)?", text):
        plain += piece
        line, column = plain.count("\n") + 1, len(plain) - plain.rfind("\n")
        if sign == "«":
            begun.append((component, severity or "violation", line, column))
        elif sign == "»":
            component, severity, *start = begun.pop()
            found.append((component, severity, Place(path, start[0], start[1], line, column)))
    return plain, found


def told(report: Graph) -> Counter[tuple[str, ...]]:
    """Return the results of a SHACL report, whatever their blank nodes are called."""
    properties = (
        SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent, SH.resultSeverity, SH.sourceShape,
    )  # fmt: skip
    return Counter(
        tuple(written(report.value(result, prop), report) for prop in properties)
        for result in report.objects(None, SH.result)
    )


def written(node: Node | None, graph: Graph) -> str:
    """Return a node as text; of a blank node what is said of it."""
    if isinstance(node, BNode):
        parts = sorted(f"{prop.n3()} {written(value, graph)}" for prop, value in graph.predicate_objects(node))
        return f"[ {' ; '.join(parts)} ]"
    return "" if node is None else node.n3()


def compared(folder: Path, data: str, shapes: str) -> tuple[Report, list[Expected]]:
    """Return what is found, having made sure that pySHACL finds the same, and what the marks say."""
    path, rules = folder / "data.ttl", folder / "shapes.shacl.ttl"
    text, expected = marked(PREFIXES + data, path)
    path.write_text(text, encoding="utf-8")
    rules.write_text(PREFIXES + SPARQL + shapes, encoding="utf-8")
    report = check_files([path], [rules], w3c=True)
    graphs = [Graph(bind_namespaces="none").parse(each, format="turtle") for each in (path, rules)]
    conforms, reference, _ = pyshacl.validate(graphs[0], shacl_graph=graphs[1], advanced=True)
    assert isinstance(reference, Graph)
    assert report.w3c is not None
    assert told(report.w3c) == told(reference)
    assert conforms == (not any(report.counts.values())) == (not report.findings)
    assert Counter(map(terms, report.findings)) == Counter(
        (focus if focus[0] != "[" else "_:", bool(path), value if value[:1] != "[" else "_:")
        for focus, path, value, *_ in told(reference).elements()
    )
    return report, expected


def terms(finding: Finding) -> tuple[str, bool, str]:
    focus, path, value = finding.terms
    return focus[:2] if focus.startswith("_:") else focus, bool(path), value[:2] if value.startswith("_:") else value


def found(report: Report) -> list[Expected]:
    return sorted(
        (short(finding.component), finding.severity, finding.place or Place(Path())) for finding in report.findings
    )


def short(component: str) -> str:
    return component.removeprefix("sh:").removeprefix(":").removesuffix("ConstraintComponent")


@pytest.mark.parametrize("name", NODE_SHAPES)
def test_on_a_node_shape(name: str, tmp_path: Path) -> None:
    data, constraint = NODE_SHAPES[name]
    target = "" if "sh:target" in constraint else "sh:targetNode :x ;"
    report, expected = compared(tmp_path, data, f":S a sh:NodeShape ; {target} {constraint} .")
    assert found(report) == sorted(expected)


@pytest.mark.parametrize("name", PROPERTY_SHAPES)
def test_on_a_property_shape(name: str, tmp_path: Path) -> None:
    data, constraint = PROPERTY_SHAPES[name]
    report, expected = compared(
        tmp_path, data, f":S a sh:PropertyShape ; sh:targetNode :x ; sh:path :p ; {constraint} ."
    )
    assert found(report) == sorted(expected)


@pytest.mark.parametrize("name", PATHS)
def test_at_the_end_of_a_path(name: str, tmp_path: Path) -> None:
    data, path, constraint = PATHS[name]
    report, expected = compared(
        tmp_path, data, f":S a sh:NodeShape ; sh:targetNode :x ; sh:property [ sh:path {path} ; {constraint} ] ."
    )
    assert found(report) == sorted(expected)


@pytest.mark.parametrize("name", QUERIES)
def test_with_a_query(name: str, tmp_path: Path) -> None:
    data, shapes = QUERIES[name]
    report, expected = compared(tmp_path, data, f":S a sh:NodeShape ; sh:targetNode :x .\n{shapes}")
    assert found(report) == sorted(expected)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel installed into it, and with nothing that it depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("wakhan-*.whl")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]
    subprocess.run([*install, str(folder / "site"), str(wheel)], check=True, capture_output=True)
    return folder / "site"


def test_the_installed_wheel_checks_any_dataset_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(installed), sysconfig.get_path("purelib"))),
        "PYTHONUTF8": "1",
    }

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", *map(str, words)],
            cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    where = run("-c", "import wakhan; print(wakhan.__file__)").stdout.strip()
    assert Path(where).is_relative_to(installed)
    rules = ("--shapes", TEA / "shapes.ttl", "--ontology", TEA / "ontology.ttl", "--reason", "owl2rl")
    sound = run("-m", "wakhan", "validate", TEA / "data", *rules)
    assert (sound.returncode, sound.stdout, sound.stderr) == (0, "no findings\n", "")
    broken = run("-m", "wakhan", "validate", TEA / "data", TEA / "broken", *rules, "--format", "json")
    assert broken.returncode == 1, broken.stderr
    found = [each["place"] for each in json.loads(broken.stdout)["findings"]]
    places = {(place["line"], place["column"]) for place in found if place}
    lines = (TEA / "broken/ariel.ttl").read_text(encoding="utf-8").split("\n")
    for wrong in ("8530", "tea:form", '"1867-09-31"'):
        assert next((number, line.index(wrong) + 1) for number, line in enumerate(lines, 1) if wrong in line) in places
    assert list(tmp_path.iterdir()) == []
