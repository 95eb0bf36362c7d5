"""JUnit XML is valid, red for what is wrong, green for what is right, and grey for what nobody knows."""

from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from wakhan.findings import Finding, Place, Report, Rule, count
from wakhan.report import render_report

SCHEMA = Path(__file__).parent / "schemas/junit-10.xsd"
CLAIMS = Path("data/claims/p5.ttl")
RULES = {
    "shape:Claim-speaker": Rule("speaker"),
    "shape:A": Rule("shape:A"),
    "shape:B10": Rule("ten"),
    "shape:B9": Rule(""),
}


def finding(**parts: Any) -> Finding:  # noqa: ANN401 (any part)
    usual = {
        "severity": "violation",
        "shape": "shape:Claim-speaker",
        "focus": "claim:p05s1-1",
        "path": "wk:speaker",
        "value": "art:narator",
        "message": "Name a speaker.",
        "source": "shapes",
    }
    return Finding(**(usual | parts))


def report_of(*findings: Finding, **parts: Any) -> Report:  # noqa: ANN401 (any part)
    return Report(findings, count(findings), **parts)


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMA)


def tree_of(report: Report) -> ET.Element:
    written = render_report(report, "junit")
    schema().validate(written)
    return ET.fromstring(written)


def test_the_schema_catches_what_is_wrong() -> None:
    written = render_report(report_of(finding()), "junit")
    assert schema().is_valid(written)
    assert not schema().is_valid(written.replace("<testcase name=", "<testcase title="))


def test_what_one_rule_found_about_one_thing_is_one_failed_case() -> None:
    place = Place(CLAIMS, 3, 16, 3, 27)
    tree = tree_of(
        report_of(
            finding(
                severity="warning", place=place, hint="Did you mean art:narrator?", related=(Place(Path("a.ttl"), 7),)
            ),
            finding(place=Place(CLAIMS, 9, 1), value="art:x"),
            finding(place=Place(CLAIMS, 9, 1), shape="shape:A"),
        )
    )
    suite = tree[0]
    assert (suite.get("name"), suite.get("file")) == ("data/claims/p5.ttl", "data/claims/p5.ttl")
    assert [(case.get("classname"), case.get("name")) for case in suite] == [
        ("wakhan.data.claims.p5", "shape:A claim:p05s1-1"),
        ("wakhan.data.claims.p5", "shape:Claim-speaker claim:p05s1-1"),
    ]
    (failure,) = suite[1]
    assert failure.attrib == {"message": "Name a speaker. (and 1 more)", "type": "violation"}
    assert failure.text == (
        "data/claims/p5.ttl:3:16: warning: Name a speaker.\n"
        "focus claim:p05s1-1, path wk:speaker, value art:narator\n"
        "Did you mean art:narrator?\n"
        "see a.ttl:7\n\n"
        "data/claims/p5.ttl:9:1: violation: Name a speaker.\n"
        "focus claim:p05s1-1, path wk:speaker, value art:x"
    )


def test_each_rule_that_found_nothing_has_passed() -> None:
    suite = tree_of(report_of(finding(), rules=RULES))[-1]
    assert suite.get("name") == "rules"
    assert [(case.get("name"), len(case)) for case in suite] == [
        ("shape:A", 0),
        ("shape:B9", 0),
        ("shape:B10 (ten)", 0),
    ]


def test_no_rule_passes_while_findings_are_left_out() -> None:
    suite = tree_of(Report((finding(),), {"violation": 3}, RULES))[-1]
    assert [[part.tag for part in case] for case in suite] == [["skipped"], ["skipped"], ["skipped"], ["failure"]]
    assert suite[-1][0].get("message") == "2 more are not shown after the first 1: raise --max-results."


def test_numbers_add_up() -> None:
    found = [finding(focus=f"id:{n}", place=Place(Path(f"{n % 2}.ttl"))) for n in range(5)]
    tree = tree_of(Report((*found, finding()), {"violation": 9}, RULES))
    for suite in tree:
        assert int(suite.get("tests", "")) == len(suite)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    assert [suite.get("name") for suite in tree] == ["0.ttl", "1.ttl", "without a place", "rules"]
    assert tree.get("tests") == str(len(tree.findall("testsuite/testcase"))) == "10"
    assert tree.get("failures") == str(len(tree.findall("testsuite/testcase/failure"))) == "7"


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_written_as_an_escape(char: str) -> None:
    rules = {f"r{char}": Rule(f"n{char}")}
    tree = tree_of(report_of(finding(message=f"a{char}b", focus=f"id:{char}", value=char, hint=char), rules=rules))
    escape = char.encode("unicode_escape").decode("ascii")
    assert tree[0][0][0].get("message") == f"a{escape}b"
    assert tree[1][0].get("name") == f"r{escape} (n{escape})"


def test_good_news_are_green() -> None:
    tree = tree_of(report_of(rules=RULES))
    assert tree.get("failures") == "0"
    assert tree.get("tests") == "4"
    assert tree_of(report_of()).get("tests") == "0"
