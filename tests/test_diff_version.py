"""A version is the same whether it is read from its sources, from its downloads or from one file."""

import shutil
from pathlib import Path

import pytest

from wakhan.dataset import Dataset
from wakhan.diff import Version, compare, read_version
from wakhan.errors import UsageError, WakhanError
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def downloads(
    real_files: Files, real_metadata: dict[str, Distribution], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    for file in [*real_files[1], *real_metadata.values()]:
        if "/" not in file.name:
            (folder / file.name).write_bytes(file.content)
    return folder


@pytest.fixture(scope="module")
def downloaded(downloads: Path) -> Version:
    return read_version(downloads)


def test_sources_and_downloads_say_the_same_with_shapes_and_queries(downloaded: Version) -> None:
    difference = compare(read_version(ROOT), downloaded)
    assert not difference
    assert difference.not_compared == ()


def test_one_file_tells_nothing_of_shapes_and_queries(downloads: Path, downloaded: Version) -> None:
    alone = read_version(downloads / "wakhan.ttl")
    assert alone.number == "0.1.0"
    difference = compare(alone, downloaded)
    assert not difference
    assert difference.not_compared == ("shapes", "queries")


def test_a_site_is_read_by_its_downloads(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/wakhan.ttl").write_text("<urn:s> <urn:p> 1 .\n")
    (tmp_path / "data/other.ttl").write_text("<urn:s> <urn:p> 2 .\n")
    assert {str(value) for value in read_version(tmp_path).graph.objects()} == {"1"}


def test_a_folder_of_another_article_is_read_with_the_words_of_wakhan(tiny_root: Path) -> None:
    shutil.rmtree(tiny_root / "ontology")
    shutil.rmtree(tiny_root / "queries")
    found = read_version(tiny_root)
    assert found.number == "0.1.0"
    assert found.shapes is not None
    assert found.queries is not None


def test_what_is_no_version_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither a dataset nor a release"):
        read_version(tmp_path)
    with pytest.raises(UsageError, match="no such file"):
        read_version(tmp_path / "gone.ttl")


def test_a_file_that_is_not_rdf_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:s> <urn:p> 1 .\n<urn:s> <urn:p>\n")
    with pytest.raises(WakhanError, match=r"a\.ttl:"):
        read_version(tmp_path / "a.ttl")
