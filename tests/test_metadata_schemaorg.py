"""Search engines are told what the data support, and what is not a fact is not told as one."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

import wakhan
from wakhan.dataset import Dataset
from wakhan.metadata.about import about
from wakhan.metadata.schemaorg import description
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]

NEEDED = {"@context", "@type", "name", "description", "license", "creator", "distribution", "version", "datePublished"}


@pytest.fixture(scope="module")
def found(real_files: Files) -> dict[str, Any]:
    return dict(json.loads(description(about(real_files[0]), real_files[1])))


def test_what_dataset_searches_ask_for_is_there(found: dict[str, Any]) -> None:
    assert found.keys() >= NEEDED
    assert 50 <= len(found["description"]) <= 5000
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["temporalCoverage"] == "2021-07", "plans for later days make no period"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["datePublished"])
    assert found["version"] == wakhan.__version__


def test_each_file_can_be_downloaded_and_checked(real_files: Files, found: dict[str, Any]) -> None:
    downloads = {entry["contentUrl"].rpartition("/")[2]: entry for entry in found["distribution"]}
    assert set(downloads) == {file.name for file in real_files[1]}
    for file in real_files[1]:
        assert downloads[file.name]["sha256"] == hashlib.sha256(file.content).hexdigest()
        assert downloads[file.name]["encodingFormat"] == file.media_type
        assert downloads[file.name]["description"] == file.holds


def test_claims_are_counted_by_factuality(found: dict[str, Any]) -> None:
    counts = {entry["name"]: entry["value"] for entry in found["variableMeasured"]}
    assert len(counts) == 7
    assert counts["claims, denied"] == 11
    assert all(entry["description"] for entry in found["variableMeasured"])


def test_facts_are_told_from_the_claims_that_state_them(found: dict[str, Any]) -> None:
    assert "325 claims; 196 of them state the facts, which are 172 plain triples" in found["description"]


def test_the_article_is_named_and_not_quoted(found: dict[str, Any]) -> None:
    assert found["isBasedOn"]["datePublished"] == "2021-07"
    assert set(found["isBasedOn"]) == {"@type", "@id", "name", "datePublished"}


def test_nothing_in_it_ends_a_script_element(tiny_root: Path) -> None:
    (tiny_root / "data/catalog.ttl").write_text(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dcterms: <http://purl.org/dc/terms/> ."
        '<https://e.org/dataset> a dcat:Dataset ; dcterms:title "a </script><!-- & b" .'
    )
    text = description(about(wakhan.load(tiny_root)), [])
    assert not set("<>&") & set(text)
    assert json.loads(text)["name"] == "a </script><!-- & b"


def test_what_is_unknown_is_left_out(tiny_root: Path) -> None:
    (tiny_root / "data/catalog.ttl").write_text(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . <https://e.org/dataset> a dcat:Dataset ."
    )
    told = json.loads(description(about(wakhan.load(tiny_root)), []))
    assert not told.keys() & {"license", "creator", "version", "isBasedOn", "spatialCoverage", "temporalCoverage"}
