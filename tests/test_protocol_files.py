"""Only what lies in the folder of the site is served, whatever a name says."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wakhan.protocol.files import Files, sha256


@pytest.fixture
def files(tmp_path: Path) -> Files:
    (tmp_path / "secret.txt").write_text("secret")
    site = tmp_path / "site"
    (site / "id").mkdir(parents=True)
    (site / "data").mkdir()
    (site / "id/a.html").write_text("<p>a")
    (site / ".hidden").write_text("secret")
    (site / "data/SHA256SUMS").write_text(f"{sha256(b'x')}  wakhan.nt\n")
    (site / "out").symlink_to(tmp_path)
    (site / "in").symlink_to(site / "id")
    return Files(site)


def test_a_file_is_read_with_its_media_type(files: Files) -> None:
    found = files.read("id/a.html")
    assert found is not None
    assert (found.content, found.media_type) == (b"<p>a", "text/html")
    again = files.read("in/a.html")
    assert again is not None
    assert again.tag == found.tag


def test_a_file_that_has_changed_is_read_again(files: Files) -> None:
    before = files.read("id/a.html")
    (files.root / "id/a.html").write_text("<p>changed")
    after = files.read("id/a.html")
    assert before is not None
    assert after is not None
    assert (after.content, after.tag != before.tag) == (b"<p>changed", True)


@pytest.mark.parametrize(
    "name",
    ["", "id", "id/", "/id/a.html", "id//a.html", "../secret.txt", "id/../../secret.txt", "id/../id/a.html",
     "./id/a.html", "out/secret.txt", "..\\secret.txt", ".hidden", "C:/secret", "id/a.html\x00", "id/a.html\n",
     "x" * 5000, "id/\ud800"],
)  # fmt: skip
def test_a_name_that_is_none_leads_nowhere(name: str, files: Files) -> None:
    assert files.read(name) is None


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([".", "..", "/", "\\", "secret.txt", "site", "id", "out", "a.html", "%2e", "\x00"])))
def test_no_name_leads_out_of_the_folder(files: Files, parts: list[str]) -> None:
    for name in ("".join(parts), "/".join(parts)):
        found = files.read(name)
        assert found is None or found.content in (b"<p>a",)


def test_the_checksum_of_a_download_is_found(files: Files) -> None:
    assert files.checksum("data", "wakhan.nt") == hashlib.sha256(b"x").hexdigest()
    assert files.checksum("data", "other.nt") is None
    (files.root / "data/SHA256SUMS").unlink()
    assert files.checksum("data", "wakhan.nt") is None
    (files.root / "SHA256SUMS").write_text(f"{sha256(b'y')}  data/wakhan.nt\n")
    assert files.checksum("data", "wakhan.nt") == hashlib.sha256(b"y").hexdigest()
