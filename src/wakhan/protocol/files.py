"""The files of a built site, read when they are asked for, and never one outside its folder."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from wakhan.folder import CHECKSUMS
from wakhan.protocol.media import media_type_of
from wakhan.protocol.reply import digest

_KEPT = 256  # files
_PLAIN = re.compile(r"[^/\\:\x00-\x1f\x7f]+")
_HIDDEN = "."


class File(NamedTuple):
    """A file of the site."""

    content: bytes
    media_type: str
    tag: str
    """What identifies the content."""


class Files:
    """A folder of files that may be served, and nothing above it.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = root.resolve()

    def path(self, name: str) -> Path | None:
        """Return the file of a name such as ``id/tajikistan.html``, or None if there is none.

        Names that lead out of the folder, by their dots or by a link, and hidden files, are no names of files here.

        Args:
            name: The path within the folder, decoded, without a slash before it.
        """
        parts = name.split("/")
        if not all(_PLAIN.fullmatch(part) and not part.startswith(_HIDDEN) for part in parts):
            return None
        try:
            path = self._real.joinpath(*parts).resolve()
            return path if path.is_relative_to(self._real) and path.is_file() else None
        except (OSError, ValueError):  # such as a name that is too long, or one that the system cannot write
            return None

    def read(self, name: str) -> File | None:
        """Return the file of a name, or None if there is none."""
        path = self.path(name)
        if path is None:
            return None
        try:
            state = path.stat()
            return _read(path, state.st_mtime_ns, state.st_size)
        except OSError:  # the site is built anew in this moment
            return None

    def checksum(self, folder: str, name: str) -> str | None:
        """Return the SHA-256 that the checksums of a folder of the site list for a file; None if they do not."""
        file = self.read(f"{folder}/{CHECKSUMS}") or self.read(CHECKSUMS)
        wanted = {name, f"{folder}/{name}"}
        lines = [] if file is None else file.content.decode("utf-8", "replace").splitlines()
        pairs = (line.partition("  ") for line in lines)
        return next((found for found, _, listed in pairs if listed in wanted), None)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of *content* as the checksums of a folder have it."""
    return hashlib.sha256(content).hexdigest()


@lru_cache(_KEPT)
def _read(path: Path, _modified: int, _size: int) -> File:
    """Return what is in a file; asked again when time or size have changed."""
    content = path.read_bytes()
    return File(content, media_type_of(path.name), digest(content))
