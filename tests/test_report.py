"""A report in any format is whole, harmless, known again, and the same each time."""

import hashlib
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rdflib import RDF, SH, BNode, Graph, URIRef

from wakhan.errors import UsageError
from wakhan.findings import Finding, Place, Report, Rule, count
from wakhan.report import FORMATS, Read, fingerprint, fingerprints, relative_paths, render_report, source_reader
from wakhan.report.places import anchor, by_file
from wakhan.report.snippet import Lines
from wakhan.report.words import details, shortened, visible

CLAIMS = Path("data/claims.ttl")
NOTHING = Lines(lambda path: None)


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


def w3c() -> Graph:
    graph = Graph()
    report = BNode()
    graph.add((report, RDF.type, SH.ValidationReport))
    for name in "abcdef":
        result = BNode()
        graph.add((report, SH.result, result))
        graph.add((result, SH.focusNode, URIRef(f"https://example.org/{name}")))
    return graph


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no format is called 'xml'") as caught:
        render_report(report_of(), "xml")
    assert caught.value.hint is not None
    assert all(form in caught.value.hint for form in FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_the_same_each_time_and_ends_with_a_line(form: str) -> None:
    report = report_of(finding(place=Place(CLAIMS, 1, 2, 1, 4)), finding(focus="a blank node", severity="info"))
    texts = {
        render_report(Report(report.findings, report.counts, w3c=w3c()), form, read=lambda _: "abcdef") for _ in "12"
    }
    assert len(texts) == 1
    assert texts.pop().endswith("\n")


def test_turtle_is_the_report_of_the_standard() -> None:
    written = render_report(Report((), {}, w3c=w3c()), "turtle")
    assert len(list(Graph().parse(data=written, format="turtle").objects(None, SH.focusNode))) == 6


def test_turtle_without_a_report_of_the_standard_is_refused() -> None:
    with pytest.raises(UsageError, match="no SHACL validation report"):
        render_report(report_of(), "turtle")


def test_no_format_fails_where_files_are_gone_or_shorter_than_they_were() -> None:
    findings = [
        finding(place=Place(Path("gone.ttl"), 3, 1, 3, 2)),
        finding(place=Place(CLAIMS, 99, 7, 99, 9)),
        finding(place=Place(CLAIMS, 1, 700, 1, 709)),
        finding(place=Place(CLAIMS, 1, 5, 1, 2)),
        finding(place=Place(CLAIMS)),
        finding(place=None),
    ]
    read = {CLAIMS: "one line"}.get
    for form in set(FORMATS) - {"turtle"}:
        assert render_report(report_of(*findings), form, read=read)


def test_files_are_read_once(tmp_path: Path) -> None:
    asked: Counter[Path] = Counter()

    def read(path: Path) -> str:
        asked[path] += 1
        return "text"

    render_report(report_of(*(finding(focus=f"id:{n}", place=Place(CLAIMS, 1, 1)) for n in range(5))), read=read)
    assert asked == {CLAIMS: 1}


def test_the_usual_reader_takes_a_missing_file_for_none(tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text("good", encoding="utf-8")
    (tmp_path / "bad.ttl").write_bytes(b"\xff")
    read = source_reader(tmp_path)
    assert [read(Path(name)) for name in ("good.ttl", "bad.ttl", "none.ttl", "nul\0.ttl")] == ["good", None, None, None]


# --- hostile data ---

NASTY = [
    "<script>alert(1)</script>", "</pre>", "\"'><b x=y>", "&amp;", "]]>", "<!--", "\x1b[31m", "\x9b1m", "\x07", "\x00",
    "\x7f", "\r", "\n", "\t", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\udc80", "\ufffe", "\U000e0041", "%0A",
    "::error::", ",:%", "日本", "e\u0301", "\U0001f600", "\u200d", "javascript:", "{0}", "$(x)", "`", "\\",
]  # fmt: skip


def nasty_report(seed: int) -> tuple[Report, str]:
    rng = random.Random(seed)

    def text() -> str:
        return "".join(rng.choices(NASTY, k=rng.randint(0, 6)))

    def place() -> Place | None:
        path = Path("dir " + text().replace("\0", "").replace("/", "") + "é.ttl")
        numbers = [rng.choice([None, *range(1, 9)]) for _ in range(4)]
        return rng.choice([None, Place(path, *numbers)])

    findings = [
        finding(
            severity=rng.choice(("violation", "warning", "info")),
            shape="shape:" + text(),
            focus=text(),
            path=text(),
            value=text(),
            message="Look: " + text(),
            component=text(),
            hint=text(),
            expected=text(),
            place=place(),
            related=tuple(filter(None, (place(), place()))),
        )
        for _ in range(rng.randint(0, 5))
    ]
    rules = {"shape:" + text(): Rule(text(), text(), "warning", place()) for _ in range(3)}
    counts = {severity: number + rng.randint(0, 1) for severity, number in count(findings).items()}
    source = "\n".join(text() for _ in range(8))
    return Report(tuple(findings), counts, rules, (Path("a b.ttl"),), notes=(text(),)), source


def reader(text: str) -> Read:
    return lambda path: text


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"turtle"}))
def test_hostile_data_stay_data_in_each_format(form: str) -> None:
    for seed in range(60):
        report, source = nasty_report(seed)
        written = render_report(report, form, read=reader(source))
        written.encode("utf-8")
        assert visible(written.replace("\n", "")) == written.replace("\n", ""), seed
        if form in ("json", "gitlab", "sarif"):
            json.loads(written)
        if form == "junit":
            ET.fromstring(written)
        if form == "github":
            commands = sum(line.startswith("::") for line in written.splitlines())
            assert commands == len(report.findings)


def test_colors_are_the_only_escapes_of_a_terminal() -> None:
    for seed in range(30):
        report, source = nasty_report(seed)
        colored = render_report(report, color=True, read=reader(source))
        for part in colored.split("\x1b[")[1:]:
            assert part.split("m")[0] in {"0", "1", "2", "31", "32", "33", "36"}


# --- words ---


def test_what_the_message_says_already_is_not_said_again() -> None:
    assert details(finding(message="art:narator is no speaker of claim:p05s1-1.")) == [("path", "wk:speaker")]


@pytest.mark.parametrize("sign", [".", ":", ",", "?", "/", "#", "'s", ")"])
def test_signs_after_a_word_are_no_part_of_it(sign: str) -> None:
    assert ("focus", "id:a") not in details(finding(focus="id:a", message=f"See id:a{sign} then mend it."))


def test_a_part_of_a_word_in_the_message_is_not_the_word() -> None:
    assert ("focus", "id:a") in details(finding(focus="id:a", message="See id:ab, xid:a, id:a/b, x/id:a and id:a-b."))


def test_a_value_that_is_the_focus_is_not_said_twice() -> None:
    assert details(finding(focus="id:a", path="", value="id:a")) == [("focus", "id:a")]


def test_a_long_value_keeps_its_ends() -> None:
    text = shortened("a" * 300 + "b" * 300)
    assert len(text) == 200
    assert (text[0], text[-1]) == ("a", "b")


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_that_scripts_need_are_kept(joiner: str) -> None:
    assert visible(f"می{joiner}خواهم") == f"می{joiner}خواهم"


# --- places ---


def test_paths_under_the_root_become_relative_and_others_stay(tmp_path: Path) -> None:
    inside, outside = tmp_path / "data/a.ttl", tmp_path.parent / "b.ttl"
    report = report_of(
        finding(place=Place(inside, 1), predicate=Place(inside, 2), related=(Place(outside, 3),)),
        finding(place=None),
        rules={"r": Rule("r", place=Place(inside, 4))},
        files=(inside, outside),
    )
    told = relative_paths(report, tmp_path)
    assert told.findings[0].place == Place(Path("data/a.ttl"), 1)
    assert told.findings[0].predicate == Place(Path("data/a.ttl"), 2)
    assert told.findings[0].related == (Place(outside, 3),)
    assert told.findings[1].place is None
    assert told.rules["r"].place == Place(Path("data/a.ttl"), 4)
    assert told.files == (Path("data/a.ttl"), outside)


@pytest.mark.parametrize(
    ("place", "rule_place", "files", "expected"),
    [
        (Place(CLAIMS, 7), None, (), Place(CLAIMS, 7)),
        (Place(CLAIMS), None, (), Place(CLAIMS, 1)),
        (None, Place(Path("shapes.ttl"), 4), (CLAIMS,), Place(Path("shapes.ttl"), 4)),
        (None, Place(Path("/elsewhere/shapes.ttl"), 4), (CLAIMS,), Place(CLAIMS, 1)),
        (None, None, (CLAIMS,), Place(CLAIMS, 1)),
        (None, None, (), Place(Path(), 1)),
    ],
)
def test_a_service_is_told_the_best_place_there_is(
    place: Place | None, rule_place: Place | None, files: tuple[Path, ...], expected: Place
) -> None:
    rules = {"shape:Claim-speaker": Rule("speaker", place=rule_place)}
    found = finding(place=place)
    assert anchor(found, report_of(found, rules=rules, files=files)) == expected


def test_findings_of_a_file_are_in_the_order_of_their_places_then_of_the_report() -> None:
    places = [Place(CLAIMS, 1, 2), Place(CLAIMS, 1, 1), Place(CLAIMS, 1), Place(CLAIMS), Place(CLAIMS, 1, 1)]
    found = [finding(focus=focus, place=place) for focus, place in zip("zybxa", places, strict=True)]
    assert [(number, each.focus) for number, each in by_file(report_of(*found))[CLAIMS]] == [
        (3, "x"),
        (2, "b"),
        (1, "y"),
        (4, "a"),
        (0, "z"),
    ]


# --- fingerprints ---


def test_fingerprints_are_those_of_earlier_versions() -> None:
    parts = ["data/claims.ttl", "shape:Claim-speaker", "claim:p05s1-1", "wk:speaker", "art:narator", "", "shapes"]
    keys = [parts, [*parts, "2"]]
    expected = [hashlib.sha256(json.dumps(key).encode()).hexdigest() for key in keys]
    assert fingerprints([finding(place=Place(CLAIMS, 3))] * 2, NOTHING) == expected


def test_a_fingerprint_outlives_new_lines_and_better_words() -> None:
    old = finding(place=Place(CLAIMS, 3, 1), message="old", hint="old", severity="warning")
    new = finding(place=Place(CLAIMS, 90, 5), message="new", hint="new", severity="violation", expected="new")
    assert fingerprint(old, Counter()) == fingerprint(new, Counter())


@pytest.mark.parametrize("part", ["shape", "focus", "path", "value", "component", "source"])
def test_a_fingerprint_tells_findings_apart(part: str) -> None:
    one, two = finding(**{part: "x"}), finding(**{part: "y"})
    assert fingerprint(one, Counter()) != fingerprint(two, Counter())


def test_a_fingerprint_tells_files_apart() -> None:
    places = [None, Place(CLAIMS, 1), Place(Path("data/other.ttl"), 1)]
    assert len({fingerprint(finding(place=place), Counter()) for place in places}) == 3


def test_parts_of_a_fingerprint_do_not_run_into_each_other() -> None:
    one, two = finding(focus="ab", path="c"), finding(focus="a", path="bc")
    assert fingerprint(one, Counter()) != fingerprint(two, Counter())


def test_equal_findings_have_each_a_fingerprint_of_their_own_and_always_the_same() -> None:
    three = fingerprints([finding()] * 3, NOTHING)
    assert len(set(three)) == 3
    assert fingerprints([finding()] * 2, NOTHING) == three[:2]


def test_blank_nodes_are_told_apart_by_their_line_whatever_its_blanks() -> None:
    texts = {CLAIMS: "[ wk:a 1 ] .\n[ wk:b 2 ] .\n   [  wk:a   1 ] .\n"}
    blank = [finding(focus="a blank node", place=Place(CLAIMS, line, 1)) for line in (1, 2, 3)]
    first, second, third = ({*fingerprints([each], Lines(texts.get))} for each in blank)
    assert first == third != second


def test_named_things_are_known_again_when_their_line_is_written_anew() -> None:
    found = finding(place=Place(CLAIMS, 1, 1))
    assert fingerprints([found], Lines(lambda _: "old")) == fingerprints([found], Lines(lambda _: "new"))
