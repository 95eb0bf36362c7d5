"""What changed is what git says, in real repositories with all kinds of names and settings."""

import os
import subprocess
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from wakhan.changes import ALL, changed_lines, only_changed
from wakhan.errors import UsageError, WakhanError
from wakhan.findings import Finding, Place, Report, count

TEN = "".join(f"line {number}\n" for number in range(1, 11))


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty repository whose settings are those of the test alone."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")
    folder = (tmp_path / "the repo").resolve()
    folder.mkdir()
    run(folder, "init", "-q", "-b", "main", "--template=")
    return folder


def run(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def commit(folder: Path, **files: str) -> None:
    for name, text in files.items():
        write(folder / f"{name}.ttl", text)
    run(folder, "add", "-A")
    run(folder, "commit", "-q", "-m", "x")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def changed(folder: Path, revision: str = "HEAD") -> dict[str, Collection[int]]:
    lines = changed_lines(revision, folder)
    return {path.relative_to(folder).as_posix(): each for path, each in lines.items()}


def replaced(text: str, **lines: str) -> str:
    parts = text.split("\n")
    for number, line in lines.items():
        parts[int(number.lstrip("_")) - 1] = line
    return "\n".join(parts)


def test_lines_that_were_changed_or_added_count(repo: Path) -> None:
    commit(repo, a=TEN, b=TEN)
    write(repo / "a.ttl", replaced(TEN, _2="new", _5="new\nnewer", _10="no end").rstrip("\n"))
    assert changed(repo) == {"a.ttl": {2, 5, 6, 11}}


def test_around_lines_that_were_taken_away_both_neighbors_count(repo: Path) -> None:
    commit(repo, a=TEN)
    write(repo / "a.ttl", TEN.replace("line 4\nline 5\n", ""))
    assert changed(repo) == {"a.ttl": {3, 4}}


def test_nothing_changed_is_nothing(repo: Path) -> None:
    commit(repo, a=TEN)
    assert changed(repo) == {}


def test_committed_staged_and_open_changes_count_alike(repo: Path) -> None:
    commit(repo, a=TEN, b=TEN, c=TEN)
    commit(repo, a=replaced(TEN, _1="x"))
    write(repo / "b.ttl", replaced(TEN, _2="x"))
    run(repo, "add", "-A")
    write(repo / "c.ttl", replaced(TEN, _3="x"))
    assert changed(repo, "HEAD~1") == {"a.ttl": {1}, "b.ttl": {2}, "c.ttl": {3}}
    assert changed(repo) == {"b.ttl": {2}, "c.ttl": {3}}


def test_a_file_that_git_does_not_know_is_new_as_a_whole(repo: Path) -> None:
    commit(repo, a=TEN)
    write(repo / ".gitignore", "ignored.ttl\n")
    run(repo, "add", ".gitignore")
    for name in ("new.ttl", "folder/new.ttl", "ignored.ttl"):
        write(repo / name, TEN)
    lines = changed(repo)
    assert lines["new.ttl"] == lines["folder/new.ttl"] == ALL
    assert set(lines) == {"new.ttl", "folder/new.ttl", ".gitignore"}


def test_a_new_file_that_was_added_has_all_its_lines(repo: Path) -> None:
    commit(repo, a=TEN)
    write(repo / "new.ttl", "1\n2\n3")
    run(repo, "add", "-A")
    assert changed(repo) == {"new.ttl": {1, 2, 3}}


def test_a_renamed_file_has_only_its_new_lines(repo: Path) -> None:
    commit(repo, a=TEN, b=TEN + "b\n" * 9)
    run(repo, "mv", "a.ttl", "c d.ttl")
    run(repo, "mv", "b.ttl", "e.ttl")
    write(repo / "e.ttl", replaced(TEN + "b\n" * 9, _4="new"))
    assert changed(repo) == {"c d.ttl": set(), "e.ttl": {4}}


def test_a_deleted_file_has_nothing_to_check(repo: Path) -> None:
    commit(repo, a=TEN, b=TEN)
    (repo / "a.ttl").unlink()
    assert changed(repo) == {}


NAMES = [
    "with space.ttl", 'a"quote.ttl', "back\\slash.ttl", "tab\there.ttl", "line\nend.ttl", "Душанбе é 日本.ttl",
    "-hyphen.ttl", "é\t.ttl", "b/b/c.ttl", " b.ttl", "a -> b.ttl", "\x01\x7f.ttl", "end ",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_files_may_have_any_name(name: str, repo: Path) -> None:
    write(repo / name, TEN)
    run(repo, "add", "-A")
    run(repo, "commit", "-q", "-m", "x")
    write(repo / name, replaced(TEN, _7="new"))
    assert changed(repo) == {name: {7}}
    run(repo, "mv", "--", name, f"{name}.2")
    write(repo / name, TEN * 2)
    assert changed(repo) == {f"{name}.2": {7}, name: ALL}


def test_a_name_that_is_not_utf8_is_found(repo: Path) -> None:
    name = os.fsdecode(b"x\xff.ttl")
    commit(repo, a=TEN)
    try:
        write(repo / name, TEN)
    except OSError:
        pytest.skip("this file system has no such names")
    run(repo, "add", "-A")
    run(repo, "commit", "-q", "-m", "x")
    write(repo / name, replaced(TEN, _7="new"))
    assert changed_lines("HEAD", repo) == {repo / name: {7}}


def test_lines_that_look_like_a_diff_are_lines(repo: Path) -> None:
    text = "++ b/x.ttl\n-- a/x.ttl\n@@ -1 +1,9 @@\ndiff --git a/x b/x\nrename to y\n\\ No newline\n"
    commit(repo, a=text, b=TEN, c=TEN)
    write(repo / "a.ttl", "new\n")
    write(repo / "b.ttl", text)
    write(repo / "c.ttl", replaced(TEN, _3="x"))
    assert changed(repo) == {"a.ttl": {1}, "b.ttl": {1, 2, 3, 4, 5, 6}, "c.ttl": {3}}


def test_other_ends_of_lines_are_none(repo: Path) -> None:
    commit(repo, a="a\u2028b\x0bc\rd\r\ne\r\n")
    write(repo / "a.ttl", "a\u2028b\x0bc\rd\r\nf\r\n")
    assert changed(repo) == {"a.ttl": {2}}


@pytest.mark.parametrize(
    "setting",
    [
        "diff.noprefix=true", "diff.mnemonicPrefix=true", "diff.srcPrefix=x/", "diff.dstPrefix=y/",
        "diff.renames=false", "diff.context=9", "diff.interHunkContext=9", "diff.external=false", "color.ui=always",
        "color.diff=always", "core.quotePath=true", "diff.relative=true", "core.pager=false",
        "diff.wsErrorHighlight=all", "diff.colorMoved=zebra", "diff.algorithm=patience",
        "diff.suppressBlankEmpty=true", "diff.submodule=log",
    ],
)  # fmt: skip
def test_settings_of_a_user_change_nothing(setting: str, repo: Path) -> None:
    commit(repo, é=TEN, b=TEN * 2)
    run(repo, "mv", "b.ttl", "c.ttl")
    write(repo / "é.ttl", replaced(TEN, _2="x", _5="x"))
    expected = changed(repo)
    run(repo, "config", *setting.split("=", 1))
    assert changed(repo) == expected == {"é.ttl": {2, 5}, "c.ttl": set()}


def test_a_variable_that_asks_for_more_lines_changes_nothing(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repo, a=TEN)
    write(repo / "a.ttl", replaced(TEN, _5="x"))
    monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=3")
    assert changed(repo) == {"a.ttl": {5}}


def test_a_filter_for_reading_diffs_changes_nothing(repo: Path) -> None:
    write(repo / ".gitattributes", "*.ttl diff=short\n")
    commit(repo, a=TEN)
    write(repo / "a.ttl", replaced(TEN, _5="x"))
    run(repo, "config", "diff.short.textconv", "head -n 1")
    assert changed(repo) == {"a.ttl": {5}}


def test_files_that_git_takes_for_binary_have_lines(repo: Path) -> None:
    commit(repo, a=TEN)
    write(repo / ".gitattributes", "*.ttl -diff\n")
    commit(repo)
    write(repo / "a.ttl", replaced(TEN, _5="x\0"))
    assert changed(repo) == {"a.ttl": {5}}


def test_a_folder_in_the_repository_is_as_good_as_its_top(repo: Path) -> None:
    commit(repo, a=TEN)
    write(repo / "a.ttl", replaced(TEN, _5="x"))
    write(repo / "new.ttl", TEN)
    (repo / "folder").mkdir()
    assert changed_lines("HEAD", repo / "folder") == changed_lines("HEAD", repo) != {}


# --- what cannot be done ---


@pytest.mark.parametrize("revision", ["", "-p", "--output=x", "--no-index", "a\0b"])
def test_what_is_no_revision_is_refused_before_git_sees_it(revision: str, repo: Path) -> None:
    commit(repo, a=TEN)
    with pytest.raises(UsageError, match="not a revision"):
        changed_lines(revision, repo)
    assert not (repo / "x").exists()


@pytest.mark.parametrize(
    "revision", ["none", "HEAD~9", "0" * 40, "a.ttl", "$(touch x)", "HEAD; touch x", "main...HEAD", "HEAD:"]
)
def test_an_unknown_revision_is_named(revision: str, repo: Path) -> None:
    commit(repo, a=TEN)
    with pytest.raises(UsageError, match="no such revision") as caught:
        changed_lines(revision, repo)
    assert revision in str(caught.value)
    assert not (repo / "x").exists()


def test_a_repository_without_commits_has_no_head(repo: Path) -> None:
    with pytest.raises(UsageError, match="no such revision: HEAD"):
        changed_lines("HEAD", repo)


def test_a_folder_outside_of_any_repository_is_refused(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repo.parent.parent))
    for folder in (repo.parent, repo / "none"):
        with pytest.raises(UsageError, match="not in a git repository") as caught:
            changed_lines("HEAD", folder)
        assert caught.value.path == folder


def test_without_git_the_user_is_told(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo))
    with pytest.raises(UsageError, match="without git"):
        changed_lines("HEAD", repo)


def test_what_git_says_is_passed_on(repo: Path) -> None:
    commit(repo, a=TEN)
    (repo / ".git/index").write_bytes(b"broken")
    with pytest.raises(WakhanError, match="git does not tell what changed: "):
        changed_lines("HEAD", repo)


# --- which findings stay ---

A, B = Path("/r/a.ttl"), Path("/r/b.ttl")
LINES: dict[Path, Collection[int]] = {A: {3, 4, 9}, B: ALL, Path("/r/renamed.ttl"): set()}


def finding(place: Place | None, **parts: Any) -> Finding:  # noqa: ANN401 (any part)
    return Finding("violation", "shape:A", "id:a", "wk:a", "x", "Mend it.", "shapes", place=place)._replace(**parts)


def kept(found: Finding, text: str | None = None) -> bool:
    report = Report((found,), count([found]))
    left = only_changed(report, LINES, Path("/r"), lambda _: text)
    assert left.counts["violation"] == len(left.findings)
    return left.findings == (found,)


@pytest.mark.parametrize(
    ("place", "stays"),
    [
        (Place(A, 3, 1, 3, 5), True),
        (Place(A, 2, 1, 2, 5), False),
        (Place(A, 1, 1, 3, 5), True),
        (Place(A, 1, 1, 3, 1), False),
        (Place(A, 2, 1, 4, 1), True),
        (Place(A, 3, 1, 3, 1), True),
        (Place(A, 5, 1, 8, 1), False),
        (Place(A, 5, 1, 9, 2), True),
        (Place(A, 9), True),
        (Place(A), True),
        (Place(B, 1_000_000), True),
        (Place(Path("/r/same.ttl")), False),
        (Place(Path("/r/same.ttl"), 3), False),
        (Place(Path("/r/renamed.ttl"), 3), False),
        (Place(Path("/r/renamed.ttl")), True),
        (Place(Path("/elsewhere/a.ttl"), 3), False),
        (Place(Path("a.ttl"), 3), True),
        (Place(Path("x/../a.ttl"), 3), True),
        (None, True),
    ],
)
def test_a_finding_stays_if_its_lines_changed(place: Place | None, stays: bool) -> None:
    assert kept(finding(place)) is stays


def test_a_finding_stays_if_lines_of_a_related_place_or_its_property_changed() -> None:
    assert kept(finding(Place(A, 1), related=(Place(A, 2), Place(A, 3))))
    assert kept(finding(None, related=(Place(A, 3),)))
    assert kept(finding(Place(A, 1), predicate=Place(A, 3)))
    assert not kept(finding(Place(A, 1), related=(Place(A, 2),)))


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("id:a a wk:A ;\n    wk:b id:b ;\n    wk:d id:d ;\n.\n", True),
        ("id:a a wk:A ;\n.\n\nid:b a wk:B .", False),
        ("id:a a wk:A .", False),
        (None, False),
    ],
)
def test_where_a_value_is_missing_the_whole_statement_counts(text: str | None, stays: bool) -> None:
    assert kept(finding(Place(A, 1, 1, 1, 5), value=""), text) is stays
    assert not kept(finding(Place(A, 1, 1, 1, 5), value="id:x"), text)


def test_a_place_that_is_longer_than_its_statement_stays_as_long() -> None:
    assert kept(finding(Place(A, 1, 1, 3, 5), value=""), "id:a a wk:A .\nid:b a wk:A .\nid:c a wk:A .\n")


def test_a_value_taken_away_brings_its_finding_back(repo: Path) -> None:
    text = "id:a\n    a wk:A ;\n    wk:b id:b ;\n    wk:c id:c ;\n.\n\nid:b\n    a wk:A ;\n.\n"
    commit(repo, a=text)
    write(repo / "a.ttl", text.replace("    wk:c id:c ;\n", ""))
    found = [finding(Place(Path("a.ttl"), line, 1, line, 5), value="") for line in (1, 6)]
    left = only_changed(Report(tuple(found), count(found)), changed_lines("HEAD", repo), repo)
    assert left.findings == (found[0],)
