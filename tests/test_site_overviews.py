"""Tests of the pages that lead to others."""

from pathlib import Path

import pytest
from rdflib import RDF

from wakhan.dataset import Dataset
from wakhan.names import CLAIM, ID, WK
from wakhan.release import Distribution
from wakhan.site.content import Content
from wakhan.site.overviews import citation, downloads, grouped, kinds, living_examples, standing_counts, topics
from wakhan.standing import STANDINGS


@pytest.fixture
def content(tiny_root: Path) -> Content:
    return Content(Dataset(tiny_root))


def file(name: str, edition: str | None) -> Distribution:
    return Distribution(name, name, edition, "turtle", "text/turtle", b"1\n")


def test_every_standing_is_counted(content: Content) -> None:
    counts = standing_counts(content)
    assert list(counts) == list(STANDINGS)
    assert {name: number for name, number in counts.items() if number} == {"fact": 1, "denied": 1, "planned": 2}


def test_things_are_listed_by_class_and_a_planned_visit_is_no_visit(content: Content) -> None:
    listed = {kind.iri: [thing for thing, _ in kind.things] for kind in kinds(content)}
    assert listed[WK.State] == [ID.arland, ID.borland]
    assert listed[WK.Matter] == [ID["visit-in-may"]]
    assert WK.Visit not in listed


def test_a_thing_can_be_found_by_its_other_names(content: Content) -> None:
    [states] = [kind for kind in kinds(content) if kind.iri == WK.State]
    assert dict(states.things)[ID.arland] == ["Arlande"]


def test_files_are_grouped_by_edition_and_those_of_folders_are_last() -> None:
    files = [file("t/a.rq", None), file("dcat.ttl", None), file("wakhan.ttl", "asserted")]
    assert [(name, [each.name for each in group]) for name, group in grouped(files)] == [
        ("asserted", ["wakhan.ttl"]),
        ("about the release", ["dcat.ttl"]),
        ("tests of the stored queries, for any engine", ["t/a.rq"]),
    ]


def test_a_download_has_size_and_checksum() -> None:
    [found] = downloads([file("wakhan.ttl", "asserted")])
    assert found.size == "2 B"
    assert found.digest == "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865"


def test_the_topic_of_a_claim_is_the_file_of_its_property(content: Content) -> None:
    assert topics(content)[CLAIM["p01s1-1"]] == "tiny"


def test_living_examples_are_alike_in_all_but_subject_and_standing() -> None:
    import wakhan

    content = Content(wakhan.load())
    examples = living_examples(content)
    assert len(examples) == 3
    shown = set()
    for views in examples:
        assert len({(view.predicate, view.object) for view in views}) == 1
        assert all(view.predicate != RDF.type for view in views)
        standings = [content.standing(view) for view in views]
        assert standings[0] == "fact"
        assert len(set(standings)) == len(standings) > 1
        shown |= set(standings)
    assert {"fact", "reported", "planned", "denied"} <= shown
    assert not any(content.vouched(view) for views in examples for view in views)


def test_a_dataset_in_which_all_is_alike_has_no_example(content: Content) -> None:
    assert living_examples(content) == []


def test_without_a_citation_file_there_is_no_citation(tmp_path: Path) -> None:
    assert citation(tmp_path) == {}
    (tmp_path / "CITATION.cff").write_text("title: T\n", encoding="utf-8")
    assert citation(tmp_path) == {"title": "T"}
