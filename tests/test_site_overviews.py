"""Tests of the pages that lead to others."""

import json
import re
from pathlib import Path

import pytest
from rdflib import RDF, Graph

from wakhan.dataset import Dataset
from wakhan.export import EDITIONS
from wakhan.metadata import metadata
from wakhan.names import CLAIM, ID, WK
from wakhan.release import Distribution, release
from wakhan.site.content import Content
from wakhan.site.figures import Figures
from wakhan.site.links import Links
from wakhan.site.overviews import (
    citation,
    downloads,
    grouped,
    kinds,
    living_examples,
    overview_pages,
    standing_counts,
    topics,
    triple_count,
)
from wakhan.site.page import Renderer
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


def test_the_triples_are_those_of_the_published_file(content: Content) -> None:
    dataset = content.dataset
    files = release(dataset)
    assert triple_count(files) == len(dataset.graph) + 4, "a denial is four triples more"
    assert len(Graph().parse(data=next(file.content for file in files if file.name == "wakhan.ttl"))) == triple_count(
        files
    )


@pytest.fixture(scope="module")
def pages(tiny_to_read: Path) -> dict[str, str]:
    """Return the HTML of the pages that lead to others, by path."""
    content = Content(Dataset(tiny_to_read))
    files = release(content.dataset)
    files += metadata(content.dataset, files)
    found = overview_pages(content, Figures(content), files)
    renderer = Renderer(content, Links(page.path for page in found))
    return {page.path: renderer.html(page) for page in found}


@pytest.mark.parametrize("path", ["index.html", "dataset.html"])
def test_a_file_with_a_part_of_its_edition_says_which_beside_its_name(path: str, pages: dict[str, str]) -> None:
    about = f"{EDITIONS['asserted'][0].upper()}{EDITIONS['asserted'][1:]}."
    section = pages[path].partition(about)[2].partition("<h3>" if path == "index.html" else "<section")[0]
    lines = {name: line for line in section.splitlines() for name in file_names(line)}
    for name, words in (
        ("wakhan-claims.parquet", "only rows with is_fact are facts"),
        ("wakhan.geojson", "claims on nothing that has a position are not in it"),
        ("wakhan.graphml", "claims on what a thing is, or with a value, are not in it"),
    ):
        assert words in lines[name]
    assert "are not in it" not in lines["wakhan.ttl"]


def file_names(line: str) -> list[str]:
    return re.findall('href="data/([^"]+)"', line)


def test_the_first_page_says_that_it_counts_facts_apart_from_the_claims_that_state_them(pages: dict[str, str]) -> None:
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", pages["index.html"]))
    assert "facts, stated by 1 claim1" in text
    assert "The 4 claims by their standing; several may state the same fact:" in text


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


def test_search_engines_are_told_the_same_by_page_and_file(tiny_to_read: Path, pages: dict[str, str]) -> None:
    dataset = Dataset(tiny_to_read)
    files = release(dataset)
    (told,) = (file.content.decode() for file in metadata(dataset, files) if file.name == "schema-org.jsonld")
    script = pages["index.html"].partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(script) == json.loads(told)
    assert len(json.loads(script)["distribution"]) == len(files)
