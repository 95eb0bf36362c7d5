"""A difference is told in words in which no claim reads as a fact."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wakhan.diff import Difference, compare, read_version
from wakhan.diff.tell import Entry, Section, advice, not_compared, sections, summary

CLAIMS, ACTORS = "data/claims/p01.ttl", "data/actors.ttl"
AFFIRMED = "rdf:object id:pact ;\n    wk:factuality wk:Affirmed"

Told = Callable[..., Difference]


@pytest.fixture
def told(tiny_root: Path) -> Told:
    """Return a function that edits the tiny dataset and compares it with what it was; an edit is file, old, new."""

    def change(*edits: tuple[str, str, str]) -> Difference:
        before = read_version(tiny_root)
        for name, old, text in edits:
            path = tiny_root / name
            assert old in path.read_text()
            path.write_text(path.read_text().replace(old, text))
        return compare(before, read_version(tiny_root))

    return change


def titled(difference: Difference, title: str) -> list[Entry]:
    return next((section.entries for section in sections(difference) if section.title == title), [])


def test_nothing_is_told_of_nothing(told: Told) -> None:
    difference = told()
    assert summary(difference) == "The two versions say the same."
    assert sections(difference) == []
    assert advice(difference) == "It asks for no new version."


def test_a_claim_is_told_with_who_says_it_and_how_sure_then_with_what_changed(told: Told) -> None:
    difference = told(
        (CLAIMS, AFFIRMED, AFFIRMED.replace("Affirmed", "Denied")),
        (ACTORS, "    wk:memberOf id:pact ;\n", ""),
    )
    assert titled(difference, "Claims changed") == [
        Entry("claim:p01s1-1", "Arland member of the Pact; denied by the article", ["factuality: affirmed → denied"])
    ]
    assert titled(difference, "Facts gone") == [
        Entry(
            "Arland member of the Pact",
            "",
            ["claim:p01s1-1 says now: Arland member of the Pact; denied by the article"],
        )
    ]
    assert summary(difference) == "1 claim changed, 1 fact gone."
    assert advice(difference) == "It asks for a major version:"


def test_claims_that_are_gone_and_new_are_told_with_their_qualifiers(told: Told) -> None:
    difference = told(
        (CLAIMS, "claim:p01s3-1\n", "claim:p01s3-7\n"),
        (CLAIMS, 'wk:timeText "in May"', 'wk:timeText "in June"'),
    )
    (gone,), (new,) = titled(difference, "Claims gone"), titled(difference, "Claims new")
    assert gone.about == new.about == "Mr. Cee visited Borland; planned, according to the article"
    assert "time in words: in May" in gone.lines
    assert "time in words: in June" in new.lines


def test_a_new_fact_names_the_new_claim(told: Told) -> None:
    text = "claim:p01s3-1\n    a wk:Claim ;\n    rdf:subject id:mr-cee ;"
    claim = text.replace("p01s3-1", "p01s1-2") + (
        "\n    rdf:predicate wk:memberOf ; rdf:object id:pact ; wk:factuality wk:Affirmed ; wk:speaker art:narrator ;"
        "\n    wk:passage art:p01s1 .\n\n"
    )
    difference = told(
        (CLAIMS, text, claim + text), (ACTORS, "    a wk:Agent ;", "    a wk:Agent ; wk:memberOf id:pact ;")
    )
    assert titled(difference, "Facts new") == [Entry("Mr. Cee member of the Pact", "", ["claim:p01s1-2 is new"])]
    assert titled(difference, "Facts gone") == []


def test_values_that_come_or_go_alone_are_told_as_such(told: Told) -> None:
    difference = told(
        (ACTORS, '        "Arland"@en ,\n        "Arlande"@fr ;', '        "Arland"@en ;'),
        (ACTORS, 'skos:altLabel "Cee"@en ;', 'skos:altLabel "Cee"@en , "C."@en ;'),
    )
    assert titled(difference, "Things changed") == [
        Entry("id:arland", "Arland", ["label: no longer Arlande (fr)"]),
        Entry("id:mr-cee", "Mr. Cee", ["also called: now also C."]),
    ]


def test_a_claim_as_a_value_is_told_with_its_factuality(told: Told) -> None:
    difference = told(
        (CLAIMS, 'wk:timeText "in May"@en ;', 'wk:timeText "in May"@en ; wk:causedBy claim:p01s2-1 ;'),
    )
    (entry,) = titled(difference, "Claims changed")
    assert entry.lines == [
        "wk:causedBy: now also claim:p01s2-1 (Arland borders Borland; denied by the article)",
    ]


def test_terms_and_shapes_are_told_as_they_are_written(told: Told) -> None:
    difference = told(
        ("ontology/tiny.ttl", "rdfs:range wk:Alliance", "rdfs:range wk:Agent"),
        ("ontology/shapes/tiny.ttl", "sh:minCount 1 ;", "sh:or ( [ sh:class wk:Agent ] [ sh:class wk:State ] ) ;"),
    )
    assert titled(difference, "Terms of the ontology changed") == [
        Entry("wk:memberOf", "member of", ["rdfs:range: wk:Alliance → wk:Agent"])
    ]
    (shape,) = titled(difference, "Shapes changed")
    assert shape.lines == [
        "sh:minCount: no longer 1",
        "sh:or: now also ([sh:class wk:Agent] [sh:class wk:State])",
    ]


def test_of_a_long_text_only_the_lines_that_differ_are_told(told: Told) -> None:
    difference = told(("queries/alliances/members.rq", "ORDER BY ?member ?alliance", "ORDER BY ?alliance"))
    assert titled(difference, "Stored queries changed") == [
        Entry(
            "query:members",
            "Who is a member of an alliance?",
            ["sh:select:", "  -ORDER BY ?member ?alliance", "  +ORDER BY ?alliance"],
        )
    ]


def test_what_was_renamed_is_told_with_both_names(told: Told) -> None:
    difference = told((CLAIMS, "claim:p01s3-2\n", "claim:p01s3-9\n"))
    assert sections(difference) == [
        Section(
            "Renamed",
            [
                Entry(
                    "claim:p01s3-2 → claim:p01s3-9",
                    "the visit of Mr. Cee is a visit; planned, according to Mr. Cee",
                    [],
                )
            ],
        )
    ]
    assert summary(difference) == "1 renamed."


def test_what_follows_is_told_and_long_lists_are_cut(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wakhan.diff.tell._LISTED", 1)
    more = "    wk:memberOf id:pact ;\n    wk:borders id:borland , id:mr-cee ;\n"
    difference = told((ACTORS, "    wk:memberOf id:pact ;\n", more))
    entries = titled(difference, "What follows now")
    assert len(entries) == 2
    assert entries[1].name == f"and {len(difference.inferences_gained) - 1} more"


def test_a_number_that_is_too_small_is_told(tiny_root: Path) -> None:
    path = tiny_root / "ontology/tiny.ttl"
    head = '\n<https://w3id.org/wakhan/ontology> a owl:Ontology ; owl:versionInfo "{}" .\n'
    text = path.read_text()
    path.write_text(text + head.format("1.0.0"))
    before = read_version(tiny_root)
    actors = tiny_root / ACTORS
    actors.write_text(actors.read_text().replace("    wk:memberOf id:pact ;\n", ""))
    said = {}
    for number in ("1.0.0", "1.1.0", "2.0.0"):
        path.write_text(text + head.format(number))
        said[number] = advice(compare(before, read_version(tiny_root)))
    assert said == {
        "1.0.0": "It asks for a major version after 1.0.0:",
        "1.1.0": "It asks for a major version, and 1.0.0 to 1.1.0 is a minor one, which is too little:",
        "2.0.0": "It asks for a major version, and 1.0.0 to 2.0.0 is one:",
    }


def test_parts_that_only_one_version_has_are_named(tiny_root: Path) -> None:
    whole = read_version(tiny_root)
    path = tiny_root.parent / "one.ttl"
    whole.graph.serialize(path, format="turtle")
    assert not_compared(compare(read_version(path), whole)) == [
        "The shapes were not compared: only one of the two tells them.",
        "The queries were not compared: only one of the two tells them.",
    ]
