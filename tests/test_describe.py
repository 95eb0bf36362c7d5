"""Results are put into words with the prefixes of the data, and shapes into rules."""

from pathlib import Path

import pytest
from rdflib import SH, Graph, Namespace

from wakhan.describe import describe, rules_of, tell_in_report
from wakhan.expected import Graphs
from wakhan.files import as_sources, read_sources
from wakhan.findings import Result, Rule
from wakhan.shacl import check

EX = Namespace("https://example.org/")
TEXT = """@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
:S a sh:NodeShape ; sh:name "S"@de , "the shape"@en ; sh:description "Why." ; sh:property :S-p , [ sh:path :q ] .
:S-p sh:path ( :a [ sh:inversePath :b ] ) ;
    sh:severity sh:Warning ; sh:message "Mend it."@en .
:data :p 1 .
"""


@pytest.fixture
def shapes() -> Graph:
    return Graph(bind_namespaces="none").parse(data=TEXT)


def result(shapes: Graph, message: str, **more: object) -> Result:
    path = shapes.value(EX["S-p"], SH.path)
    return Result("warning", EX["S-p"], EX.data, path, None, message, "shapes", **more)  # type: ignore[arg-type]


def test_a_result_is_told_with_prefixes(shapes: Graph) -> None:
    asked = result(shapes, "See https://example.org/data, please.", hint="Do.")
    (finding,) = describe([asked], Graphs(shapes, shapes, Graph()))
    assert finding[:6] == ("warning", ":S-p", ":data", ":a/^:b", "", "See :data, please.")
    assert (finding.hint, finding.place) == ("Do.", None)
    assert finding.terms == ("<https://example.org/data>", "<https://example.org/a>/^<https://example.org/b>", "")


def test_what_a_result_rests_on_is_its_hint(shapes: Graph) -> None:
    inner = [
        Result("violation", EX.S, EX.data, None, None, text, "shapes") for text in ("One.", "Two.", "One.", "Four.")
    ]
    (finding,) = describe([result(shapes, "Bad.", details=tuple(inner))], Graphs(shapes, shapes, Graph()))
    assert finding.hint == "One. Two. …"


def test_the_worst_come_first_then_by_name(shapes: Graph) -> None:
    results = [
        Result(severity, "rule", EX[name], None, None, "", "shapes")
        for severity, name in (("info", "a"), ("violation", "x10"), ("violation", "x2"), ("warning", "b"))
    ]
    found = describe(results, Graphs(shapes, shapes, Graph()))
    assert [finding.focus for finding in found] == [":x2", ":x10", ":b", ":a"]


def test_shapes_are_rules(shapes: Graph, tmp_path: Path) -> None:
    path = tmp_path / "s.ttl"
    path.write_text(TEXT)
    rules = rules_of(read_sources([path])[0].graph, as_sources({}))
    assert rules == {
        ":S": Rule("the shape", "Why.", "violation"),
        ":S-p": Rule(":S-p", "Mend it.", "warning"),
    }
    placed = rules_of(shapes, read_sources([path]))
    assert [placed[name].place and placed[name].place.line for name in (":S", ":S-p")] == [3, 4]  # type: ignore[union-attr]


def test_the_report_tells_what_was_expected_unless_the_shape_says_it(shapes: Graph) -> None:
    asked = Graph().parse(
        data="""@prefix : <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        :S a sh:NodeShape ; sh:targetNode :data ; sh:property [ sh:path :p ; sh:in ( 3 4 ) ] ,
            [ sh:path :p ; sh:maxCount 0 ; sh:message "None." ] ;
            sh:node [ sh:node [ sh:property [ sh:path :p ; sh:in ( 5 6 7 8 ) ] ] ] ."""
    )
    checked = check(shapes, asked, w3c=True)
    assert checked.w3c is not None
    tell_in_report(checked.w3c, checked.results, Graphs(shapes, asked, Graph()))
    assert {str(text) for text in checked.w3c.objects(None, SH.resultMessage)} == {
        "Expected one of 3, 4, found 1.",
        "None.",
        "Expected a node that conforms to the shape inside this one, found :data.",
        "Expected one of 5, 6, 7, 8, found 1.",
    }
