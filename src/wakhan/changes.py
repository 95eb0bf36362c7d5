"""Keep to what changed: which lines git says are new, and which findings stand there."""

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from wakhan.baseline import narrowed
from wakhan.errors import UsageError, WakhanError
from wakhan.findings import Finding, Place, Report
from wakhan.report.snippet import Lines, Read, source_reader

ALL: Collection[int] = range(1, 2**31)
"""The lines of a file that is new as a whole."""

ChangedLines = dict[Path, Collection[int]]
"""From the absolute path of a file that changed to its new lines."""

_DIFF = (
    "diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text",
    "--find-renames", "--submodule=short", "--dst-prefix=b/",
)  # fmt: skip
"""The settings of a user must not change what is printed."""

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTERS = dict(zip(b"abtnvfr", b"\a\b\t\n\v\f\r", strict=True))
_NO_REVISION = "Fetch it first if it is not here: a shallow clone lacks older commits."


def changed_lines(revision: str, root: Path) -> ChangedLines:
    """Return which lines of the repository around *root* differ now from those at *revision*.

    The files as they are count, committed or not. A file that git does not know yet, and that it is not told to
    ignore, is new as a whole (``ALL``). One that was only renamed has no new lines. Where lines were taken away, the
    line before and the line after count: what is missing now is missing there. A deleted file has nothing to check.

    For what a branch changed, *revision* is where it began: what ``git merge-base main HEAD`` prints.

    Args:
        revision: A commit, branch or tag, in any of the ways in which git names one.
        root: A folder in the repository.

    Raises:
        UsageError: There is no git, no repository or no such revision, or its name begins with a hyphen.
        WakhanError: git fails for another reason.
    """
    if not revision or revision.startswith("-") or "\0" in revision:
        raise UsageError(f"not a revision: {revision!r}", hint="Name a commit, a branch or a tag.")
    top = Path(os.fsdecode(_git(root, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    try:
        _git(top, "rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}")
    except WakhanError:
        raise UsageError(f"no such revision: {revision}", hint=_NO_REVISION) from None
    lines: ChangedLines = dict(_parsed(_git(top, *_DIFF, revision, "--"), top))
    for name in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if name:
            lines[top / os.fsdecode(name)] = ALL
    return lines


def only_changed(
    report: Report, lines: Mapping[Path, Collection[int]], root: Path = Path(), read: Read | None = None
) -> Report:
    """Return *report* with only the findings that have to do with what changed.

    A finding is kept if a changed line is among those of its place or of a related place, or if nothing but the file
    is known of a place and that file changed. Where there is no wrong value something is missing, and its place is
    only what it is missing from; then the lines to the end of the statement count too, as one may be gone from there.
    A finding without any place is kept always: nobody can tell whether the change brought it about, and a check that
    hides what is wrong does more harm than one that tells it twice.

    A change can break what stands in another file, for instance when it takes away the type of a thing; such a finding
    is not kept, so somebody has to check everything now and then.

    Args:
        report: What a check found.
        lines: The changed lines, from ``changed_lines``.
        root: Where relative paths in *report* begin.
        read: From a path to the text of the file, as for ``render_report``; without it the files are read.
    """
    source = Lines(read or source_reader(root))

    def has_changed(finding: Finding) -> bool:
        place = finding.place
        if place is not None and not finding.value:
            place = _statement(place, source)
        places = [*filter(None, (place, finding.predicate)), *finding.related]
        return not places or any(_touches(each, lines.get((root / each.path).resolve())) for each in places)

    return narrowed(report, filter(has_changed, report.findings))


def _statement(place: Place, source: Lines) -> Place:
    """Return *place* up to the next line that ends with a full stop, as statements in Turtle do."""
    if place.line is None:
        return place
    line = place.line
    while (text := source.line(Place(place.path, line))) is not None and not text.rstrip().endswith("."):
        line += 1
    return place if line <= (place.end_line or place.line) else place._replace(end_line=line, end_column=None)


def _touches(place: Place, changed: Collection[int] | None) -> bool:
    if changed is None or place.line is None:
        return changed is not None
    end = max(place.line, place.end_line or 0)
    if end > place.line and place.end_column == 1:  # it ends before the first character of that line
        end -= 1
    return any(line in changed for line in range(place.line, end + 1))


def _git(folder: Path, *arguments: str) -> bytes:
    """Return what git prints.

    Raises:
        UsageError: There is no git, or no repository around *folder*.
        WakhanError: git fails for another reason.
    """
    program = shutil.which("git")
    if program is None:
        raise UsageError("what changed cannot be told without git", hint="Install git, or check everything.")
    # This variable would change how many lines around a change are printed.
    environment = {name: value for name, value in os.environ.items() if name != "GIT_DIFF_OPTS"}
    done = subprocess.run(
        [program, "-C", os.fspath(folder), *arguments],
        capture_output=True,
        check=False,
        env=environment | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
    )
    if done.returncode == 0:
        return done.stdout
    said = os.fsdecode(done.stderr).strip().split("\n")[0].removeprefix("fatal: ")
    if "not a git repository" in said or "cannot change to" in said:
        raise UsageError("not in a git repository", path=folder, hint="Check everything, or name another folder.")
    raise WakhanError(f"git does not tell what changed: {said}", path=folder)


def _parsed(diff: bytes, top: Path) -> Iterator[tuple[Path, Collection[int]]]:
    """Yield each file of a diff without context, with its new lines; of a renamed file the new name."""
    path: Path | None = None
    changed: set[int] = set()
    rest = iter(diff.split(b"\n"))
    for line in rest:
        hunk = _HUNK.match(line)
        if hunk:
            removed, start, added = int(hunk[1] or 1), int(hunk[2]), int(hunk[3] or 1)
            changed.update(range(start, start + added) if added else (start, start + 1))
            _skip(rest, removed + added)
        elif line.startswith(b"diff --git "):
            if path is not None:
                yield path, changed
            path, changed = None, set()
        elif line.startswith((b"+++ ", b"rename to ")):
            path = _path(line.removeprefix(b"+++ ").removeprefix(b"rename to "), line.startswith(b"+++ "), top)
    if path is not None:
        yield path, changed


def _skip(lines: Iterator[bytes], number: int) -> None:
    """Go over the lines of a hunk, which may look like anything; notes on a missing end of line are not counted."""
    while number:
        number -= not next(lines).startswith(b"\\")


def _path(written: bytes, has_prefix: bool, top: Path) -> Path | None:
    """Return the file that a line of a diff names, or None if there is none (any more)."""
    name = written.removesuffix(b"\t")
    if name == b"/dev/null":
        return None
    if name.startswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return top / os.fsdecode(name.removeprefix(b"b/") if has_prefix else name)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if len(code) == 3:
        return bytes([int(code, 8)])
    return bytes([_LETTERS.get(code[0], code[0])])
