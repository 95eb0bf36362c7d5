"""A report as JUnit XML, which most services show as tests that pass or fail."""

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from wakhan.findings import SEVERITIES, Finding, Report, Rule
from wakhan.names import natural_key
from wakhan.report.places import by_file
from wakhan.report.text import left_out_text
from wakhan.report.words import about, one_line, path_text, place_text, visible

_RULES = "rules"
"""The suite of what found nothing; it is no file."""


def to_junit(report: Report) -> str:
    """Return *report* as JUnit XML: a suite for each file, and one with each rule that found nothing.

    What one rule found about one thing in one file is one test case, which failed, whatever the severity; that is the
    type of the failure. So a service that follows single tests sees the same case fail until all of it is mended. If
    findings were left out, a rule that has none here may have found some: then it is skipped and not passed, and a
    failed case tells how many there are.

    Args:
        report: What a check found.
    """
    root = ET.Element("testsuites", name="wakhan")
    for path, findings in by_file(report).items():
        name = "without a place" if path is None else path_text(path)
        suite = _suite(name, (_failed(name, same) for same in _cases(each for _, each in findings)))
        if path is not None:
            suite.set("file", visible(name))
        root.append(suite)
    root.append(_suite(_RULES, [*_unfound(report), *_left_out(report)]))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(name: str, cases: Iterable[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", name=visible(name))
    suite.extend(cases)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    return suite


def _cases(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return the findings of each test case, in the order of their rules and of what they are about."""
    cases: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        cases.setdefault((finding.shape, finding.focus), []).append(finding)
    return [cases[key] for key in sorted(cases, key=lambda key: (natural_key(key[0]), natural_key(key[1])))]


def _failed(suite: str, findings: list[Finding]) -> ET.Element:
    first = findings[0]
    case = _case(f"{first.shape} {first.focus}".rstrip(), suite)
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    worst = min((finding.severity for finding in findings), key=SEVERITIES.index)
    failure = ET.SubElement(case, "failure", message=one_line(first.message) + more, type=worst)
    failure.text = "\n\n".join(map(_text, findings))
    return case


def _text(finding: Finding) -> str:
    where = f"{place_text(finding.place)}: " if finding.place else ""
    related = [f"see {place_text(each)}" for each in finding.related]
    head = f"{where}{finding.severity}: {one_line(finding.message)}"
    lines = [head, *about(finding), one_line(finding.hint), *related]
    return "\n".join(filter(None, lines))


def _unfound(report: Report) -> list[ET.Element]:
    found = {finding.shape for finding in report.findings}
    rules = sorted(report.rules.items(), key=lambda item: natural_key(item[0]))
    return [_passed(name, rule, left_out_text(report)) for name, rule in rules if name not in found]


def _passed(name: str, rule: Rule, unsure: str) -> ET.Element:
    case = _case(name if rule.name in ("", name) else f"{name} ({rule.name})", _RULES)
    if unsure:
        ET.SubElement(case, "skipped", message=unsure)
    return case


def _left_out(report: Report) -> list[ET.Element]:
    text = left_out_text(report)
    if not text:
        return []
    case = _case("findings that are not shown", _RULES)
    ET.SubElement(case, "failure", message=text, type="left out").text = text
    return [case]


def _case(name: str, suite: str) -> ET.Element:
    """Return a test case; its class is the suite without the ending of a file, with dots as services expect them."""
    folders = [part for part in Path(suite).with_suffix("").parts if part != "/"]
    return ET.Element("testcase", name=visible(name), classname=visible(".".join(("wakhan", *folders))))
