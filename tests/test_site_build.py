"""Tests of how the site is written: all of it or nothing, the same bytes each time."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from wakhan.cli import cli
from wakhan.errors import UsageError
from wakhan.folder import CHECKSUMS, files_in, listed
from wakhan.formats import FORMATS
from wakhan.site import SiteReport, build_site, to_text


@pytest.fixture(scope="module", autouse=True)
def _few_formats() -> Iterator[None]:
    """Make the files of the release in those formats only that the pages need."""
    with patch.dict(FORMATS, {name: FORMATS[name] for name in ("turtle", "ntriples", "jsonld")}, clear=True):
        yield


@pytest.fixture(scope="module")
def site(_few_formats: None, tiny_to_read: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SiteReport]:
    """Return the site of the tiny dataset and the report of its making; only to be read."""
    folder = tmp_path_factory.mktemp("tiny") / "site"
    return folder, build_site(tiny_to_read, folder)


def digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files_in(folder)}


def break_claim(root: Path) -> None:
    path = root / "data/claims/p01.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("    wk:speaker id:mr-cee ;\n", ""), encoding="utf-8")


def test_the_site_has_a_page_and_three_files_of_data_for_each_iri(site: tuple[Path, SiteReport]) -> None:
    folder, report = site
    assert report.written
    for stem in ("id/arland", "claim/p01s3-1", "article/p01s1", "query/members", "dataset", "ontology", "shape"):
        for ending in ("html", "ttl", "jsonld", "nt"):
            assert (folder / f"{stem}.{ending}").stat().st_size > 100, f"{stem}.{ending}"
    for name in ("index.html", "404.html", ".nojekyll", "static/style.css", "data/wakhan.ttl", f"data/{CHECKSUMS}"):
        assert (folder / name).is_file(), name
    assert report.files["pages"] == len([path for path in files_in(folder) if path.suffix == ".html"])
    assert "The site is in" in to_text(report)


def test_the_same_dataset_gives_the_same_bytes(
    site: tuple[Path, SiteReport], tiny_to_read: Path, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; from wakhan.site import build_site; build_site(*map(Path, sys.argv[1:]))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Dushanbe", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, str(tiny_to_read), "two"], cwd=tmp_path, check=True, env=environment)
    one, two = digests(site[0]), digests(tmp_path / "two")
    same = {
        name for name in one if not name.startswith("data/") and not name.startswith(("dataset", "index", CHECKSUMS))
    }
    assert len(same) > 60
    assert {name: one[name] for name in same} == {name: two[name] for name in same}


def test_every_file_is_in_the_checksums(site: tuple[Path, SiteReport]) -> None:
    assert {path.relative_to(site[0]).as_posix() for path in files_in(site[0])} == set(listed(site[0]))


def test_a_red_dataset_gets_no_site_and_the_old_one_stays(tiny_root: Path, tmp_path: Path) -> None:
    build_site(tiny_root, tmp_path / "site")
    before = digests(tmp_path / "site")
    break_claim(tiny_root)
    report = build_site(tiny_root, tmp_path / "site")
    assert not report.written
    assert report.checked.counts["violation"]
    assert digests(tmp_path / "site") == before
    assert "Nothing was written" in to_text(report)
    assert list(tmp_path.glob(".*")) == []


def test_a_folder_of_somebody_else_is_not_overwritten(tiny_root: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("years", encoding="utf-8")
    with pytest.raises(UsageError, match="no build wrote"):
        build_site(tiny_root, tmp_path / "mine")


def test_steps_are_told_in_words(tiny_root: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    build_site(tiny_root, tmp_path / "site", steps.append)
    assert steps[0] == "reading the sources"
    assert "writing the pages" in steps


def test_the_command_writes_beside_the_downloads_and_lets_them_be(tiny_root: Path) -> None:
    (tiny_root / "dist").mkdir()
    (tiny_root / "dist/wakhan.ttl").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(cli, ["site", "--root", str(tiny_root)])
    assert result.exit_code == 0, result.output
    assert "pages" in result.output
    assert (tiny_root / "dist/site/index.html").is_file()
    assert (tiny_root / "dist/wakhan.ttl").read_text(encoding="utf-8") == "mine"


def test_the_command_fails_when_there_are_violations(tiny_root: Path) -> None:
    break_claim(tiny_root)
    result = CliRunner().invoke(cli, ["site", "--root", str(tiny_root)])
    assert result.exit_code == 1
    assert "A claim must name exactly one" in result.output
    assert not (tiny_root / "dist").exists()


def test_without_the_extra_the_command_says_what_to_install(tiny_root: Path) -> None:
    hidden = {name: None for name in list(sys.modules) if name == "jinja2" or name.startswith("wakhan.site")}
    with patch.dict(sys.modules, hidden | {"jinja2": None}):
        for name in [name for name in sys.modules if name.startswith("wakhan.site")]:
            del sys.modules[name]
        result = CliRunner().invoke(cli, ["site", "--root", str(tiny_root)])
    assert result.exit_code == 2
    assert 'pip install "wakhan[publish]"' in result.output
    assert "Traceback" not in result.output
