"""Find a dataset and read its Turtle files."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Graph

from wakhan.errors import UsageError, WakhanError
from wakhan.names import new_graph
from wakhan.parse import parse

if TYPE_CHECKING:
    from wakhan.law import Consequences


@dataclass(frozen=True)
class Sources:
    """The files of a dataset, read.

    Attributes:
        root: The folder of the dataset.
        files: The graph of each data file, by path; in the order of the paths.
        ontology_files: The graph of each file of the ontology.
        shape_files: The graph of each file of shapes.
        queries: The folder of the stored queries.
    """

    root: Path
    files: dict[Path, Graph]
    ontology_files: dict[Path, Graph]
    shape_files: dict[Path, Graph]
    queries: Path

    @cached_property
    def data(self) -> Graph:
        """All data files in one graph."""
        return joined(self.files)

    @cached_property
    def ontology(self) -> Graph:
        """What the words mean."""
        return joined(self.ontology_files)

    @cached_property
    def shapes(self) -> Graph:
        """What the data must contain."""
        return joined(self.shape_files)

    @cached_property
    def consequences(self) -> "Consequences":
        """What follows from data and ontology, drawn once for all that ask.

        Raises:
            WakhanError: A list of the ontology runs in a circle.
        """
        from wakhan.law import consequences

        return consequences(self.ontology, self.data)


def packaged_root() -> Path:
    """Return the dataset that comes with the package: in a wheel inside it, in a checkout beside ``src``.

    Raises:
        WakhanError: The package was installed without it.
    """
    here = Path(__file__).resolve()
    for root in (here.parent / "dataset", here.parents[2]):
        if (root / "data").is_dir():
            return root
    raise WakhanError("this installation of wakhan has no dataset", hint="Name one with --root, or install it again.")


def find_root(start: Path | None = None) -> Path:
    """Return the dataset that *start* lies in, else the one that comes with the package.

    Args:
        start: Where to begin to look, upwards; the current folder if not given.
    """
    return _around((start or Path.cwd()).absolute()) or packaged_root()


def is_around(start: Path) -> bool:
    """Tell whether *start* lies in a dataset."""
    return _around(start.absolute()) is not None


def _around(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        data = folder / "data"
        if (data / "article.ttl").is_file() or (data.is_dir() and (folder / "ontology").is_dir()):
            return folder
    return None


def load_sources(root: Path) -> Sources:
    """Read the dataset in *root*: its data, and its ontology, shapes and queries or, without them, the packaged ones.

    Raises:
        UsageError: *root* holds no dataset.
        WakhanError: A file cannot be read, or a folder that must have files has none.
    """
    return with_shapes(root, read_data(root), read_ontology(root))


def read_data(root: Path) -> dict[Path, Graph]:
    """Read the data of the dataset in *root*; the errors are those of ``load_sources``."""
    if not (root / "data").is_dir():
        raise UsageError("no dataset here: the folder data/ is missing", path=root)
    return _read_folder(root / "data", deep=True)


def read_ontology(root: Path) -> dict[Path, Graph]:
    """Read the ontology of the dataset in *root*; the errors are those of ``load_sources``."""
    return _read_folder(_own_or_packaged(root, "ontology"))


def with_shapes(root: Path, data: dict[Path, Graph], ontology: dict[Path, Graph]) -> Sources:
    """Return the whole dataset in *root*, of which *data* and *ontology* are read already."""
    return Sources(
        root=root,
        files=data,
        ontology_files=ontology,
        shape_files=_read_folder(_own_or_packaged(root, "ontology/shapes")),
        queries=_own_or_packaged(root, "queries"),
    )


def read_turtle(path: Path) -> Graph:
    """Return the graph of a Turtle file, with the prefixes of the file and no others.

    Raises:
        UsageError: The file is missing.
        WakhanError: The file is not UTF-8, not Turtle, or has relative or impossible IRIs.
    """
    return parse_turtle(read_text(path), path)


def read_text(path: Path) -> str:
    r"""Return the text of a UTF-8 file, without byte order mark and with ``\n`` for ``\r\n``: lines and columns stay.

    Raises:
        UsageError: The file is missing.
        WakhanError: The file is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UsageError("there is no such file", path=path) from None
    except OSError as error:
        raise WakhanError(f"cannot be read: {error.strerror}", path=path) from None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        bad = f"not UTF-8: byte 0x{error.object[error.start]:02X}"
        raise WakhanError(bad, path=path, line=line, hint="Save the file as UTF-8.") from None


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file as a whole or not at all.

    Raises:
        WakhanError: It cannot be written.
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all.

    Raises:
        WakhanError: It cannot be written.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise WakhanError(f"cannot be written: {error.strerror}", path=path) from None


def parse_turtle(text: str, path: Path | None = None) -> Graph:
    """Return the graph of a Turtle *text*, with the prefixes of the text and no others.

    Args:
        text: The Turtle.
        path: Where it comes from, for the errors.

    Raises:
        WakhanError: The text is not Turtle, or has relative or impossible IRIs.
    """
    return parse(text, path, form="turtle")


def _own_or_packaged(root: Path, name: str) -> Path:
    own = root / name
    return own if own.is_dir() else packaged_root() / name


def _read_folder(folder: Path, *, deep: bool = False) -> dict[Path, Graph]:
    try:
        paths = sorted(_turtle_files(folder, deep))
    except OSError as error:  # which glob would pass over in silence
        raise WakhanError(f"cannot be read: {error.strerror}", path=Path(error.filename or folder)) from None
    if not paths:
        raise WakhanError("no Turtle file (*.ttl) in this folder", path=folder)
    return {path: read_turtle(path) for path in paths}


def _turtle_files(folder: Path, deep: bool) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.suffix == ".ttl":
            yield path
        elif deep and path.is_dir():
            yield from _turtle_files(path, deep)


def joined(files: dict[Path, Graph]) -> Graph:
    """Return the graphs of several files in one, with the prefixes of all."""
    union = new_graph()
    for graph in files.values():
        for prefix, namespace in graph.namespaces():
            union.bind(prefix, namespace)
        union += graph
    return union
