"""Find a dataset and read its Turtle files."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from wakhan.errors import UsageError, WakhanError

# rdflib logs an ill-typed literal with a traceback; the shapes report it in words.
logging.getLogger("rdflib").addHandler(logging.NullHandler())

_NO_BASE = "https://base.invalid/"
"""What relative IRIs are resolved against, to be found again: the folder of the file must not get into the data."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_BAD_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


@dataclass(frozen=True)
class Sources:
    """The files of a dataset, read.

    Attributes:
        root: The folder of the dataset.
        files: The graph of each data file, by path; in the order of the paths.
        ontology: What the words mean.
        shapes: What the data must contain.
        queries: The folder of the stored queries.
    """

    root: Path
    files: dict[Path, Graph]
    ontology: Graph
    shapes: Graph
    queries: Path

    @cached_property
    def data(self) -> Graph:
        """All data files in one graph."""
        return _union(self.files)


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
    if not (root / "data").is_dir():
        raise UsageError("no dataset here: the folder data/ is missing", path=root)
    ontology = _own_or_packaged(root, "ontology")
    return Sources(
        root=root,
        files=_read_folder(root / "data", deep=True),
        ontology=_union(_read_folder(ontology)),
        shapes=_union(_read_folder(_own_or_packaged(root, "ontology/shapes"))),
        queries=_own_or_packaged(root, "queries"),
    )


def read_turtle(path: Path) -> Graph:
    """Return the graph of a Turtle file, with the prefixes of the file and no others.

    Raises:
        WakhanError: The file is missing, not UTF-8, not Turtle, or has relative or impossible IRIs.
    """
    return parse_turtle(read_text(path), path)


def read_text(path: Path) -> str:
    r"""Return the text of a UTF-8 file, without byte order mark and with ``\n`` at the ends of lines.

    Raises:
        WakhanError: The file is missing, or not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise WakhanError("there is no such file", path=path) from None
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
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
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
    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(data=text.removeprefix("\ufeff"), format="turtle", publicID=_NO_BASE)
    except BadSyntax as error:
        raise _syntax_error(error, path) from None
    except RecursionError:
        raise WakhanError("not Turtle that can be read: nested too deeply", path=path) from None
    except (AssertionError, IndexError, ValueError):  # what the parser does at a string or a name without an end
        raise _unfinished(text, path) from None
    nodes = {node for triple in graph for node in triple}
    namespaces = [str(namespace) for _, namespace in graph.namespaces()]  # first, as their line can be found
    for iri in namespaces + sorted({iri for node in nodes for iri in _iris(node)}):
        _check_iri(iri, text, path)
    if any(_SURROGATE.search(str(node)) for node in nodes):
        raise WakhanError(
            "an escape such as \\uD800 is half a character", path=path, hint="Write the character itself."
        )
    return graph


def _syntax_error(error: BadSyntax, path: Path | None) -> WakhanError:
    why = str(error._why)  # what str(error) says too, between an invented file name and a piece of the text
    if unbound := re.fullmatch(r'Prefix "(.*?):?" not bound', why):
        message, hint = f'the prefix "{unbound[1]}:" is not declared', "Declare it with @prefix, or mend its spelling."
    else:
        message, hint = f"not Turtle: {why}", "The mistake may stand a little before this line."
    return WakhanError(message, path=path, line=error.lines + 1, hint=hint)


def _unfinished(text: str, path: Path | None) -> WakhanError:
    line = None
    try:
        for _ in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE, base_iri=_NO_BASE):
            pass
    except SyntaxError as error:  # the other parser knows the line
        line = error.lineno
    hint = "A string or a name that begins here has no end." if line else None
    return WakhanError("not Turtle: unexpected end", path=path, line=line, hint=hint)


def _iris(node: Node) -> list[str]:
    if isinstance(node, URIRef):
        return [str(node)]
    return [str(node.datatype)] if isinstance(node, Literal) and node.datatype is not None else []


def _check_iri(iri: str, text: str, path: Path | None) -> None:
    if iri.startswith(_NO_BASE):
        written, message = iri.removeprefix(_NO_BASE), "relative IRI"
        hint = "Write the IRI in full, or with a prefix."
    elif _BAD_IRI.search(iri):
        written, message = iri, "not an IRI"
        hint = 'An IRI has no spaces and none of < > " { } | ^ ` \\.'
    else:
        return
    place = text.find(f"<{written}>")
    line = None if place < 0 else text.count("\n", 0, place) + 1
    raise WakhanError(f"{message}: <{written}>", path=path, line=line, hint=hint)


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


def _union(files: dict[Path, Graph]) -> Graph:
    union = Graph(bind_namespaces="none")
    for graph in files.values():
        for prefix, namespace in graph.namespaces():
            union.bind(prefix, namespace)
        union += graph
    return union
