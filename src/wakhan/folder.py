"""Write a folder as a whole: all of it or nothing, with checksums, and never over what somebody else wrote."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from wakhan.errors import UsageError, WakhanError

CHECKSUMS = "SHA256SUMS"
"""The file that lists the others with their digests, by which a later run knows a folder for its own."""

_SOURCES = ("data", "ontology", "queries")

T = TypeVar("T")


def check_target(out: Path, root: Path) -> None:
    """Refuse to write where sources or the files of somebody else would be lost.

    Args:
        out: The folder that is to be written.
        root: The folder of the dataset.

    Raises:
        UsageError: *out* is no folder, belongs to the sources, or holds files that no earlier run wrote.
    """
    if any(out.resolve().is_relative_to((root / name).resolve()) for name in _SOURCES):
        raise UsageError("what is built would be read as a source", path=out, hint="Choose another folder.")
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError("not a folder, so nothing can be built there", path=out)
    known = {folder / name for folder in (out, *_guests(out)) for name in listed(folder)}
    foreign = [path.relative_to(out).as_posix() for path in files_in(out) if path not in known]
    if foreign:
        hint = "Choose another folder, or move them."
        raise UsageError(
            f"a build would delete files that no build wrote: {', '.join(foreign[:3])}", path=out, hint=hint
        )


def write_folder(out: Path, fill: Callable[[Path], T]) -> T:
    """Let *fill* write a new folder, add its checksums, and put it in the place of *out*.

    A folder in *out* with checksums of its own is another's work, such as the site among the downloads; it stays.

    Args:
        out: The folder to write; see ``check_target``.
        fill: Writes all files into the empty folder that it is given.

    Returns:
        What *fill* returned.

    Raises:
        WakhanError: Something cannot be written; what was there before is still there.
    """
    out = out.absolute()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        try:
            new = beside / "new"
            new.mkdir()  # with the usual permissions, which mkdtemp does not give
            result = fill(new)
            add_checksums(new)
            _replace(out, new, beside / "old")
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise WakhanError(f"cannot be written: {error.strerror}", path=out) from error
    return result


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write *files* into *folder* by their names, which can have folders in them.

    Raises:
        OSError: One cannot be written.
    """
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def files_in(folder: Path) -> list[Path]:
    """Return the files in *folder* and below, by name."""
    return sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def listed(folder: Path) -> list[str]:
    """Return the names of the files that the checksums of *folder* list, and of the checksums; by name."""
    sums = folder / CHECKSUMS
    text = sums.read_text(encoding="utf-8", errors="replace") if sums.is_file() else ""
    return sorted({line.partition("  ")[2] for line in text.splitlines()} | {CHECKSUMS})


def _guests(folder: Path) -> list[Path]:
    return sorted(sums.parent for sums in folder.glob(f"*/{CHECKSUMS}"))


def add_checksums(folder: Path) -> None:
    """Write the checksums of all files in *folder*, by which it is known for our own."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files_in(folder)
    ]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _replace(out: Path, new: Path, old: Path) -> None:
    """Put *new* in the place of *out*; if that fails, *out* is as it was."""
    if not out.exists():
        new.rename(out)
        return
    staying = [guest.name for guest in _guests(out) if not (new / guest.name).exists()]
    out.rename(old)
    try:
        for name in staying:
            (old / name).rename(new / name)
        new.rename(out)
    except BaseException:
        for name in staying:
            if (new / name).exists():
                (new / name).rename(old / name)
        old.rename(out)
        raise
