"""Every format has a name that the command knows, a file of its own, and nothing that is not ours to publish."""

from pathlib import Path

import pytest

from wakhan import choices, export
from wakhan.errors import UsageError
from wakhan.export import STEMS
from wakhan.formats import FORMATS, TITLES, Editions, check, file_name, write
from wakhan.sources import load_sources


def test_the_command_knows_the_formats_and_editions() -> None:
    assert tuple(FORMATS) == choices.FORMATS
    assert tuple(export.EDITIONS) == choices.EDITIONS == tuple(STEMS) == tuple(TITLES)


def test_no_two_files_have_the_same_name() -> None:
    names = [file_name(form, edition) for form, about in FORMATS.items() for edition in about.editions]
    assert len(names) == len(set(names)) == 34
    assert {"wakhan.ttl", "wakhan-facts.jsonld", "wakhan-claims.csv", "csv-metadata.json", "wakhan.geojson"} <= set(
        names
    )


def test_every_edition_is_there_in_each_usual_format() -> None:
    for form in ("turtle", "ntriples", "rdfxml", "jsonld"):
        assert FORMATS[form].editions == choices.EDITIONS


def test_unknown_formats_and_editions_are_misuse(tiny_root: Path) -> None:
    editions = Editions(load_sources(tiny_root))
    with pytest.raises(UsageError, match="no such format: html"):
        check("asserted", "html")
    with pytest.raises(UsageError, match="there is no geojson of the edition shapes") as caught:
        write(editions, "shapes", "geojson")
    assert caught.value.hint == "Take --edition asserted."
    with pytest.raises(UsageError, match="there is no turtle of the edition best"):
        check("best", "turtle")


def test_all_that_is_text_is_utf8_with_an_end(tiny_root: Path) -> None:
    editions = Editions(load_sources(tiny_root))
    for form, about in FORMATS.items():
        content = about.write(editions, "asserted")
        if about.is_text:
            assert content.decode().endswith("\n"), form
            assert not content.startswith(b"\xef\xbb\xbf")
        else:
            assert content[:4] == b"PAR1"


def test_what_is_narrated_of_an_article_is_in_no_file(tiny_root: Path, tiny_article: str) -> None:
    editions = Editions(load_sources(tiny_root))
    sentences = [part.strip() for part in tiny_article.split(". ") if len(part) > 15]
    for form, about in FORMATS.items():
        for edition in about.editions:
            content = about.write(editions, edition)
            assert not [each for each in sentences if each.encode() in content], (form, edition)
