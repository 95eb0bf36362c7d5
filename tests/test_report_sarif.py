"""SARIF is valid, tells no folders of this machine, and its fingerprints last."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

import wakhan
from wakhan.findings import Finding, Place, Report, Rule, count
from wakhan.report import render_report

SCHEMA = Path(__file__).parent / "schemas/sarif-schema-2.1.0.json"
CLAIMS = Path("data/claims.ttl")
RULES = {
    "shape:Claim-speaker": Rule(
        "speaker", "Without a speaker a claim reads as a fact.", "violation", Place(Path("s.ttl"), 9)
    ),
    "shape:A": Rule("", "", "info"),
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
def validator() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run_of(report: Report, text: str | None = None) -> dict[str, Any]:
    """Return the one run in what is written, after a check against the schema."""
    log = json.loads(render_report(report, "sarif", read=lambda _: text))
    assert [error.message for error in validator().iter_errors(log)] == []
    (run,) = log["runs"]
    checked: dict[str, Any] = run
    return checked


def test_the_schema_catches_what_is_wrong() -> None:
    log = json.loads(render_report(report_of(finding()), "sarif"))
    del log["runs"][0]["results"][0]["message"]
    assert list(validator().iter_errors(log))


def test_a_finding_is_a_result_with_its_rule() -> None:
    run = run_of(
        report_of(
            finding(
                place=Place(CLAIMS, 3, 16, 3, 27),
                component="sh:ClassConstraintComponent",
                hint="Did you mean art:narrator?",
                related=(Place(Path("data/actors.ttl"), 7, 1),),
            ),
            rules=RULES,
            files=(CLAIMS,),
        )
    )
    (result,) = run["results"]
    assert len(result.pop("partialFingerprints")["wakhan/v1"]) == 64
    assert result == {
        "ruleId": "shape:Claim-speaker",
        "ruleIndex": 1,
        "level": "error",
        "message": {"text": "Name a speaker. Did you mean art:narrator?"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "data/claims.ttl", "uriBaseId": "%SRCROOT%", "index": 0},
                    "region": {"startLine": 3, "startColumn": 16, "endLine": 3, "endColumn": 27},
                }
            }
        ],
        "properties": {
            "focus": "claim:p05s1-1",
            "path": "wk:speaker",
            "value": "art:narator",
            "component": "sh:ClassConstraintComponent",
            "source": "shapes",
        },
        "relatedLocations": [
            {
                "id": 0,
                "physicalLocation": {
                    "artifactLocation": {"uri": "data/actors.ttl", "uriBaseId": "%SRCROOT%", "index": 1},
                    "region": {"startLine": 7, "startColumn": 1},
                },
                "message": {"text": "This has a part in it."},
            }
        ],
    }


def test_the_tool_tells_its_version_and_all_rules() -> None:
    run = run_of(report_of(finding(shape="missing-fact", severity="warning"), rules=RULES))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("wakhan", wakhan.__version__)
    assert [(rule["id"], rule["defaultConfiguration"]["level"]) for rule in driver["rules"]] == [
        ("missing-fact", "warning"),
        ("shape:A", "note"),
        ("shape:Claim-speaker", "error"),
    ]
    assert [rule["name"] for rule in driver["rules"]] == ["missing-fact", "shape:A", "speaker"]
    assert all(rule[key]["text"] for rule in driver["rules"] for key in ("shortDescription", "fullDescription", "help"))
    assert run["columnKind"] == "unicodeCodePoints"


def test_each_index_points_to_what_it_means() -> None:
    names = ["b 1.ttl", "a.ttl", "b 1.ttl"]
    found = [finding(shape=f"s{n}", place=Place(Path(name), 1)) for n, name in enumerate(names)]
    run = run_of(report_of(*found, rules=RULES, files=(Path("z.ttl"),)))
    for result, name in zip(run["results"], names, strict=True):
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert unquote(run["artifacts"][location["index"]]["location"]["uri"]) == unquote(location["uri"]) == name
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert len(run["artifacts"]) == 3


def test_names_of_files_are_percent_encoded() -> None:
    run = run_of(report_of(finding(place=Place(Path("a b/ü#%?:[x].ttl"), 1))))
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%20b/%C3%BC%23%25%3F%3A%5Bx%5D.ttl"


def test_nothing_tells_the_folders_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written = render_report(
        report_of(finding(place=Place(CLAIMS, 1)), finding(), files=(CLAIMS,), rules=RULES), "sarif"
    )
    assert str(tmp_path) not in written
    assert "file:" not in written


def test_what_lies_elsewhere_has_the_address_of_its_file() -> None:
    run = run_of(report_of(finding(place=Place(Path("/elsewhere/a b.ttl"), 1))))
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///elsewhere/a%20b.ttl", "index": 0}


@pytest.mark.parametrize(
    ("place", "uri", "line"),
    [(None, "s.ttl", 9), (Place(CLAIMS), "data/claims.ttl", 1), (Place(CLAIMS, 5), "data/claims.ttl", 5)],
)
def test_each_result_has_a_file_and_a_line(place: Place | None, uri: str, line: int) -> None:
    run = run_of(report_of(finding(place=place), rules=RULES, files=(Path("first.ttl"),)))
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == uri
    assert location["region"] == {"startLine": line}


def fingerprints(run: dict[str, Any]) -> list[str]:
    return [result["partialFingerprints"]["wakhan/v1"] for result in run["results"]]


def test_fingerprints_last_when_lines_are_inserted_above_and_other_findings_come() -> None:
    before = report_of(finding(place=Place(CLAIMS, 3)), finding(focus="a blank node", place=Place(CLAIMS, 1)))
    after = report_of(
        finding(focus="id:new", place=Place(CLAIMS, 1)),
        finding(place=Place(CLAIMS, 5)),
        finding(focus="a blank node", place=Place(CLAIMS, 3)),
    )
    old, new = fingerprints(run_of(before, "[ a 1 ]\n\n\n")), fingerprints(run_of(after, "\n\n[ a 1 ]\n"))
    assert old == new[1:]
    assert len(set(new)) == 3


def test_equal_findings_have_different_fingerprints() -> None:
    assert len(set(fingerprints(run_of(report_of(*[finding()] * 3))))) == 3


def test_what_was_left_out_is_told() -> None:
    run = run_of(Report((finding(),), {"violation": 4}, notes=("A note.",)))
    told = [(each["level"], each["message"]["text"]) for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert told[0] == ("note", "A note.")
    assert told[1][0] == "warning"
    assert told[1][1].startswith("3 more are not shown")


def test_good_news_are_a_run_without_results() -> None:
    assert run_of(report_of(rules=RULES))["results"] == []
