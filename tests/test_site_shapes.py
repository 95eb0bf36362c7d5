"""Tests of the page of the shapes."""

from pathlib import Path

from wakhan.dataset import Dataset
from wakhan.names import WK
from wakhan.site.content import Content
from wakhan.site.shapes import examples, shapes, shapes_page
from wakhan.sources import packaged_root


def test_a_shape_tells_what_it_looks_at_and_asks_for(tiny_root: Path) -> None:
    [claim] = shapes(Content(Dataset(tiny_root)))
    assert (claim.name, claim.targets) == ("Claim", [("every", WK.Claim)])
    [speaker] = claim.below
    assert (speaker.path, speaker.property, speaker.severity) == ("wk:speaker", WK.speaker, "violation")
    assert speaker.asks == ["at least 1 value", "at most 1 value"]
    assert speaker.message.startswith("A claim must name exactly one")
    assert speaker.example is None


def test_every_shape_with_an_iri_has_one_section() -> None:
    content = Content(Dataset(packaged_root()))
    page = shapes_page(content)
    named = {str(s).partition("#")[2] for s in content.dataset.sources.shapes.subjects() if "/shape#" in str(s)}
    assert len(page.sections) == len(set(page.sections))
    assert set(page.sections) == named


def test_every_check_of_the_real_shapes_is_told_in_words_or_in_sparql() -> None:
    def silent(found: list) -> list[str]:  # type: ignore[type-arg]
        inner = [name for shape in found for name in silent(shape.below)]
        return inner + [shape.name for shape in found if not (shape.asks or shape.sparql or shape.below)]

    assert silent(shapes(Content(Dataset(packaged_root())))) == []


def test_the_example_that_finds_least_else_is_shown(tmp_path: Path) -> None:
    for name, text in (
        ("a.ttl", "# finds: Violation A, Warning B\n@prefix ex: <urn:x> .\n\nex:both a ex:C .\n"),
        ("b.ttl", "# finds: Warning B\nex:b a ex:C .\n"),
        ("c.ttl", "# finds: nothing\nex:c a ex:C .\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert examples(tmp_path) == {"A": "ex:both a ex:C .", "B": "ex:b a ex:C ."}


def test_without_examples_there_are_none(tmp_path: Path) -> None:
    assert examples(tmp_path / "missing") == {}
