"""Read RDF files of any form, one by one, and say where in them a statement stands."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Dataset, Graph
from rdflib.term import Node

from wakhan.errors import UsageError, WakhanError
from wakhan.findings import Finding, Place, Report, Rule, count
from wakhan.names import new_graph
from wakhan.parse import ENDINGS, form_of, parse
from wakhan.shacl import rules_first
from wakhan.sources import read_text

if TYPE_CHECKING:
    from wakhan.positions import Positions

LOCATED = ("turtle", "trig", "nt", "nquads")
"""The forms of RDF in which a statement has a place."""


@dataclass(frozen=True)
class Source:
    """A file and its graph.

    Attributes:
        path: The file, as it was named.
        graph: What it says; of a file with named graphs, what they say together.
        base: What relative IRIs were resolved against; None if there may be none.
    """

    path: Path
    graph: Graph
    base: str | None = None

    def positions(self, wanted: Collection[Node]) -> "Positions | None":
        """Return where the statements about *wanted* stand, or None where the form of the file gives no positions.

        There are none either if the file cannot be read again: what is wrong in it is told all the same.
        """
        from wakhan.positions import find_positions

        if form_of(self.path) not in LOCATED:
            return None
        label = self.path.as_posix()
        try:
            return find_positions(read_text(self.path), path=self.path, label=label, base=self.base, wanted=wanted)
        except WakhanError:
            return None


class Unreadable(WakhanError):
    """One or more files are not what they should be; ``errors`` has one for each."""

    def __init__(self, errors: Sequence[WakhanError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)

    def report(self) -> Report:
        """Return the errors as a report, so that they are told as findings are."""
        findings = tuple(
            Finding(
                *("violation", "syntax", "", "", "", error.message, "syntax"),
                hint=error.hint or "",
                place=Place(error.path, error.line, error.column) if error.path else None,
            )
            for error in self.errors
        )
        paths = tuple(dict.fromkeys(error.path for error in self.errors if error.path))
        rule = Rule("syntax", "A file is RDF of the form that its ending says.")
        return Report(findings, count(findings), {"syntax": rule}, paths)


def as_sources(files: Mapping[Path, Graph]) -> list[Source]:
    """Return *files* with their graphs, as ``load_sources`` has read them."""
    return [Source(path, graph) for path, graph in files.items()]


def read_sources(paths: Iterable[Path], *, as_shapes: bool = False) -> list[Source]:
    """Return the RDF files in *paths*, each once, in their order; relative IRIs are those of the file's own folder.

    Args:
        paths: Files, or folders that are searched for all files with an ending of RDF.
        as_shapes: Whether to keep literals as they are written, as pySHACL does with shapes: ``"1"^^xsd:boolean`` is
            no ``true`` in a shape.

    Raises:
        UsageError: The ending of a file is not known, there is no such file, or a folder without any.
        Unreadable: Files are not what their ending says.
    """
    found, errors = dict[Path, Source](), list[WakhanError]()
    if as_shapes:
        from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch  # slow to read, so only when it is needed

        rdflib_bool_patch()  # type: ignore[no-untyped-call]
    try:
        for path in _files(paths):
            try:
                found.setdefault(path, _read(path))
            except WakhanError as error:
                if error.line is None:
                    raise
                errors.append(error)
    finally:
        if as_shapes:
            rdflib_bool_unpatch()  # type: ignore[no-untyped-call]
    if errors:
        raise Unreadable(errors)
    return list(found.values())


def beside(paths: Iterable[Path]) -> list[Path]:
    """Return the RDF files in the folders of *paths*, where imported ones may lie."""
    folders = dict.fromkeys(path.parent for path in paths)
    return [path for folder in folders for path in sorted(folder.iterdir()) if _is_rdf(path)]


def merged(sources: Iterable[Source]) -> Graph:
    """Return all *sources* in one graph; of two prefixes that are the same, the first counts."""
    whole = new_graph()
    for source in sources:
        for prefix, iri in source.graph.namespaces():
            whole.bind(prefix, iri, override=False)
        for triple in rules_first(source.graph):
            whole.add(triple)
    return whole


def unique(sources: Iterable[Source]) -> list[Source]:
    """Return the *sources*, of each file the first."""
    found: dict[Path, Source] = {}
    for source in sources:
        found.setdefault(source.path, source)
    return list(found.values())


def _read(path: Path) -> Source:
    text = read_text(path)  # first, for it tells what is wrong with the path
    base = path.resolve().as_uri()
    graph = parse(text, path, label=path.as_posix(), base=base)
    return Source(path, _default(graph) if isinstance(graph, Dataset) else graph, base)


def _default(dataset: Dataset) -> Graph:
    merged = new_graph()
    for prefix, iri in dataset.namespaces():
        merged.bind(prefix, iri)
    for subject, predicate, value, _ in dataset.quads():
        merged.add((subject, predicate, value))
    return merged


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if _is_rdf(each))
            if not inside:
                raise UsageError("no RDF file in this folder", path=path, hint=f"They end in {', '.join(ENDINGS)}.")
            yield from inside
        elif not path.exists() and any(sign in path.name for sign in "*?["):  # a shell that leaves patterns to us
            matching = sorted(path.parent.glob(path.name))
            if not matching:
                raise UsageError("no file matches this pattern", path=path)
            yield from matching
        else:
            yield path


def _is_rdf(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in ENDINGS
