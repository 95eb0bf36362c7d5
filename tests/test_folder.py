"""A folder is written as a whole or not at all, and what is not ours stays."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from wakhan import folder as module
from wakhan.errors import UsageError, WakhanError
from wakhan.folder import CHECKSUMS, check_target, files_in, listed, write_folder


def writes(**texts: str) -> Callable[[Path], int]:
    """Return what fills a folder with files of these names and texts."""

    def fill(folder: Path) -> int:
        for name, text in texts.items():
            (folder / name).write_text(text)
        return len(texts)

    return fill


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_in(folder)}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_folder_gets_its_files_and_their_checksums(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    assert write_folder(out, writes(b="2", a="1")) == 2
    sums = "".join(f"{hashlib.sha256(text).hexdigest()}  {name}\n" for name, text in (("a", b"1"), ("b", b"2")))
    assert contents(out) == {"a": b"1", "b": b"2", CHECKSUMS: sums.encode()}
    assert listed(out) == [CHECKSUMS, "a", "b"]
    assert names(out.parent) == {"out"}


def test_a_new_one_takes_the_place_of_the_old(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", writes(a="1", b="2"))
    check_target(tmp_path / "out", tmp_path)
    write_folder(tmp_path / "out", writes(a="3"))
    assert names(tmp_path / "out") == {"a", CHECKSUMS}
    assert (tmp_path / "out" / "a").read_text() == "3"


def test_a_folder_within_that_has_checksums_of_its_own_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, writes(a="1"))
    write_folder(out / "site", writes(page="p"))
    check_target(out, tmp_path)
    write_folder(out, writes(a="2"))
    assert (out / "a").read_text() == "2"
    assert (out / "site" / "page").read_text() == "p"
    (out / "site" / "mine").touch()
    with pytest.raises(UsageError, match="no build wrote: site/mine"):
        check_target(out, tmp_path)


@pytest.mark.parametrize("failing", ["add_checksums", "_replace"])
def test_a_failure_leaves_what_was_there(failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write_folder(out, writes(a="1"))
    before = contents(out)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, failing, fail)
    with pytest.raises(WakhanError, match="No space left"):
        write_folder(out, writes(a="2"))
    assert contents(out) == before
    assert names(tmp_path) == {"out"}


def test_a_failed_move_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write_folder(out, writes(a="1"))
    write_folder(out / "site", writes(page="p"))
    before = contents(out)
    rename = Path.rename

    def fail_for_new(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_new)
    with pytest.raises(WakhanError, match="Input/output error"):
        write_folder(out, writes(a="2"))
    assert contents(out) == before


def test_what_nobody_here_wrote_is_not_deleted(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", writes(a="1"))
    (tmp_path / "out" / "wakhan-1.0.whl").write_text("precious")
    with pytest.raises(UsageError, match=r"wakhan-1\.0\.whl"):
        check_target(tmp_path / "out", tmp_path)


def test_an_empty_folder_is_taken_and_a_file_is_not(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    check_target(tmp_path / "out", tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="not a folder"):
        check_target(tmp_path / "file", tmp_path)


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", writes(a="1"))
    (tmp_path / "usual").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_no_way_round_leads_into_the_sources(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(UsageError, match="would be read as a source"):
        check_target(tmp_path / "dist" / ".." / "data" / "new", tmp_path)


def test_checksums_that_are_no_text_list_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / CHECKSUMS).write_bytes(b"\xff")
    (tmp_path / "out" / "mine.txt").touch()
    with pytest.raises(UsageError, match=r"no build wrote: mine\.txt"):
        check_target(tmp_path / "out", tmp_path)
