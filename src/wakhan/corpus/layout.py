"""Find a corpus and read its files: ``gazetteer/``, ``ontology/`` or the packaged one, and ``articles/<name>/``."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from wakhan.errors import UsageError, WakhanError
from wakhan.sources import packaged_root

File = tuple[str, bytes]
"""The path as it is named to the user, and what is in it."""


class Materials(NamedTuple):
    """What all articles of a corpus share, as bytes, so that it can be handed to other processes and machines.

    Attributes:
        ontology: The files that say what the words mean.
        shapes: The files that say what the data must contain.
        gazetteer: The files that describe the shared things.
    """

    ontology: tuple[File, ...]
    shapes: tuple[File, ...]
    gazetteer: tuple[File, ...]

    @property
    def digest(self) -> str:
        """What tells these materials from others, in hexadecimal digits; where they lie does not count."""
        return digest(
            file for files in self for file in (("", b""), *((Path(path).name, text) for path, text in files))
        )


class Folder(NamedTuple):
    """An article, read but not parsed.

    Attributes:
        name: The name of its folder.
        files: Its files, in the order of their paths.
        error: Why it cannot be read, if so, and the file.
    """

    name: str
    files: tuple[File, ...]
    error: tuple[str, str] | None = None

    @property
    def digest(self) -> str:
        """What tells the text of the article from others, in hexadecimal digits."""
        return digest(((self.name, b""), *((Path(path).name, text) for path, text in self.files)))


def digest(files: "Iterator[File] | tuple[File, ...]") -> str:
    """Return the SHA-256 of names and texts; their lengths are part of it, so that nothing runs into the next."""
    total = sha256()
    for name, text in files:
        total.update(f"{len(name.encode())} {name} {len(text)} ".encode())
        total.update(text)
    return total.hexdigest()


def check_corpus(root: Path) -> None:
    """Make sure that there is a corpus in *root*.

    Raises:
        UsageError: There is none.
    """
    if not (root / "articles").is_dir():
        hint = "A corpus has articles/NAME/*.ttl, and may have gazetteer/*.ttl; `wakhan corpus generate` invents one."
        raise UsageError("no corpus here: the folder articles/ is missing", path=root, hint=hint)


def read_materials(root: Path) -> Materials:
    """Return what the articles of the corpus in *root* share.

    Raises:
        UsageError: There is no corpus.
        WakhanError: A file cannot be read, or an ontology is there without shapes or files.
    """
    check_corpus(root)
    ontology = root / "ontology" if (root / "ontology").is_dir() else packaged_root() / "ontology"
    shapes = ontology / "shapes" if (ontology / "shapes").is_dir() else packaged_root() / "ontology" / "shapes"
    gazetteer = root / "gazetteer"
    return Materials(
        _read(ontology, needed=True), _read(shapes, needed=True), _read(gazetteer) if gazetteer.is_dir() else ()
    )


def article_names(root: Path) -> list[str]:
    """Return the names of the articles, sorted.

    Raises:
        UsageError: There are none.
    """
    names = sorted(path.name for path in (root / "articles").iterdir() if path.is_dir() and path.name[0] != ".")
    if not names:
        raise UsageError("no article here: a folder for each is wanted", path=root / "articles")
    return names


def read_article(root: Path, name: str) -> Folder:
    """Return an article; what is wrong with its folder is told in the result, because others can go on without it."""
    try:
        files = _read(root / "articles" / name, needed=True)
    except WakhanError as error:
        return Folder(name, (), (error.message, (error.path or root / "articles" / name).as_posix()))
    return Folder(name, files)


def _read(folder: Path, *, needed: bool = False) -> tuple[File, ...]:
    try:
        files = tuple((path.as_posix(), path.read_bytes()) for path in sorted(folder.glob("*.ttl")))
    except OSError as error:
        raise WakhanError(f"cannot be read: {error.strerror}", path=Path(error.filename or folder)) from None
    if needed and not files:
        raise WakhanError("no Turtle file (*.ttl) in this folder", path=folder)
    return files
