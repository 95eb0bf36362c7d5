"""Build one article: check it, draw its conclusions, and write both as N-Quads.

All that has to do with the ontology, the shapes and the whole gazetteer is done once for many articles. An article is
first looked at quickly; only if something may be wrong is it checked as ``wakhan validate`` does, which tells what is
wrong and where.
"""

import gc
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import RDF, BNode, Graph

from wakhan.corpus.layout import File, Folder, Materials
from wakhan.corpus.quick import Index, Infer, Law, Listed
from wakhan.corpus.shapes import checker
from wakhan.corpus.slices import Gazette
from wakhan.corpus.terms import Translator, quads
from wakhan.denials import negative_assertions
from wakhan.errors import WakhanError
from wakhan.findings import Finding, Place
from wakhan.names import WK, Triple, local_name
from wakhan.owl2rl import Ruleset
from wakhan.parse import parse
from wakhan.reason import closure, union
from wakhan.sources import Sources
from wakhan.validate import check_sources

GRAPHS = "https://w3id.org/wakhan/corpus/"
"""What the names of the graphs begin with."""


class Built(NamedTuple):
    """What became of an article, or of what all share.

    Attributes:
        name: Its name.
        text: The N-Quads; None if there are violations.
        counts: How many triples are asserted and inferred, and how many claims there are of each factuality.
        findings: What is wrong.
        article: The IRIs of the articles that it describes.
    """

    name: str
    text: str | None
    counts: dict[str, int]
    findings: tuple[Finding, ...] = ()
    article: tuple[str, ...] = ()


def graph_name(kind: str, name: str = "") -> str:
    """Return the IRI of the graph of what is ``asserted`` or ``inferred`` about something.

    Example:
        >>> graph_name("asserted", "a00001"), graph_name("inferred")
        ('https://w3id.org/wakhan/corpus/articles/a00001/asserted', 'https://w3id.org/wakhan/corpus/shared/inferred')
    """
    return f"{GRAPHS}articles/{quote(name, safe='')}/{kind}" if name else f"{GRAPHS}shared/{kind}"


class Workshop:
    """Where articles are built: ontology, shapes and gazetteer, read and prepared.

    Args:
        materials: Their files.
        engine: ``fast`` or ``reference``; both give the same.

    Raises:
        WakhanError: A file cannot be parsed, or the ontology cannot be reasoned with.
    """

    def __init__(self, materials: Materials, engine: str = "fast") -> None:
        self.engine = engine
        self.translator = Translator()
        self.ontology_files = {Path(path): _parsed((path, text)) for path, text in materials.ontology}
        self.shape_files = {Path(path): _parsed((path, text)) for path, text in materials.shapes}
        self.ontology = union(*self.ontology_files.values())
        self.shapes = union(*self.shape_files.values(), namespaces=next(iter(self.shape_files.values())))
        self.gazette = Gazette({Path(file[0]): _read(file) for file in materials.gazetteer})
        self._check = checker(self.shapes, self.ontology, engine)
        self._infer = _reasoner(self.ontology, engine)
        self._schema = self._infer(Listed([]))
        shared = self._graph(self.gazette.triples)
        self._shared = [t for t in self._infer(shared) if not _is_anonymous(t)] if len(shared) else []
        self._known = {*self._shared, *shared}
        self._found: set[tuple[str, ...]] = set()
        self._law = Law(self.ontology, self._infer)

    def shared(self) -> Built:
        """Return what the articles share, checked and closed; what is wrong with it is not told of each article again.

        The text is there even if something is wrong.
        """
        files = {path: self._graph(triples) for path, triples in self.gazette.files.items()}
        report = self._report(files)
        lines = [*map(str, self.gazette.triples), *map(self.translator.line, self.ontology)]
        new = [*(t for t in self._schema if not _is_anonymous(t)), *self._shared]
        told = [self.translator.line(triple) for triple in new]
        text = quads(lines, graph_name("asserted")) + quads(told, graph_name("inferred"))
        return Built("", text, {"asserted": len(set(lines)), "inferred": len(set(told))}, report)

    def know(self, findings: Iterable[Finding]) -> None:
        """Take note of what is wrong with the things that articles share."""
        self._found = {_key(finding) for finding in findings}

    def build(self, folder: Folder) -> Built:
        """Return an article, checked and closed."""
        gc.disable()  # nothing of an article runs in circles, and looking for circles takes half of the time
        try:
            return self._build(folder)
        except RecursionError:
            return _failed(folder.name, WakhanError("the input is nested too deeply", path=Path(folder.files[0][0])))
        finally:
            self.translator.forget()
            gc.enable()

    def _build(self, folder: Folder) -> Built:
        if folder.error:
            return _failed(folder.name, WakhanError(folder.error[0], path=Path(folder.error[1])))
        try:
            files = {Path(file[0]): _read(file) for file in folder.files}
        except WakhanError as error:
            return _failed(folder.name, error)
        quick = [triple for triples in files.values() for triple in triples]
        cut = self.gazette.cut(quick)
        lines = {f"{triple} .\n": triple for triples in (quick, *cut.values()) for triple in triples}
        data = [self.translator.triple(triple) for triple in lines.values()]
        own = Index(map(self.translator.triple, quick))
        try:
            denials = negative_assertions(own.graph())
        except WakhanError:
            denials = Graph(bind_namespaces="none")  # of two narrators, which the complete check tells
        inferred = self._infer(Listed([*data, *denials]))
        findings: tuple[Finding, ...] = ()
        if self._law.is_broken(own, data, denials, inferred) or self._check.objects(data, "".join(lines)):
            parsed = {path: _parsed(file) for path, file in zip(files, folder.files, strict=True)}
            findings = self._report(parsed | {path: self._graph(part) for path, part in cut.items()})
        return self._written(folder.name, own, quick, denials, inferred, findings)

    def _written(
        self,
        name: str,
        own: Index,
        quick: list[ox.Triple],
        denials: Graph,
        inferred: list[Triple],
        findings: tuple[Finding, ...],
    ) -> Built:
        claims = Counter(f"claims {local_name(each)}" for _, each in own.subject_objects(WK.factuality))
        asserted = {*map(str, quick), *map(self.translator.line, denials)}
        known = self._known
        new = (t for t in inferred if t not in known and not _is_anonymous(t))
        told = {self.translator.line(triple) for triple in new}
        counts = {"asserted": len(asserted), "inferred": len(told), **dict(sorted(claims.items()))}
        articles = tuple(sorted(str(each) for each in own.subjects(RDF.type, WK.Article)))
        if any(finding.severity == "violation" for finding in findings):
            return Built(name, None, counts, findings, articles)
        text = quads(asserted, graph_name("asserted", name)) + quads(told, graph_name("inferred", name))
        return Built(name, text, counts, findings, articles)

    def _report(self, files: dict[Path, Graph]) -> tuple[Finding, ...]:
        sources = Sources(Path(), files, self.ontology_files, self.shape_files, Path())
        try:
            found = check_sources(sources, engine=self.engine).findings
        except WakhanError as error:
            return _failed("", error).findings
        return tuple(finding for finding in found if _key(finding) not in self._found)

    def _graph(self, triples: Iterable[ox.Triple]) -> Graph:
        return union(map(self.translator.triple, triples))


def _reasoner(ontology: Graph, engine: str) -> Infer:
    """Return what tells what follows from a graph and the ontology, and not from the ontology alone."""
    if engine == "fast":
        ruleset = Ruleset(ontology)
        schema = ruleset.inferred
        return lambda graph: ruleset.infer(graph, anonymous=True) if len(graph) else schema
    schema_closed = set(closure(ontology, anonymous=True, engine="reference"))

    def infer(graph: Graph) -> list[Triple]:
        if not len(graph):
            return [triple for triple in schema_closed if triple not in ontology]
        given = set(graph)
        closed = closure(union(ontology, given), anonymous=True, engine="reference")
        return [triple for triple in closed if triple not in given and triple not in schema_closed]

    return infer


def _read(file: File) -> list[ox.Triple]:
    """Return the triples of a Turtle file.

    Raises:
        WakhanError: It is no Turtle.
    """
    path, text = file
    try:
        return [quad.triple for quad in ox.parse(text.removeprefix(BOM_UTF8), format=ox.RdfFormat.TURTLE)]
    except (SyntaxError, ValueError) as error:
        _parsed(file)  # which tells what is wrong, in our words and with its place
        raise WakhanError(f"not Turtle: {error}", path=Path(path)) from None


def _parsed(file: File) -> Graph:
    path, text = Path(file[0]), file[1]
    try:
        decoded = text.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        bad = f"not UTF-8: byte 0x{text[error.start]:02X}"
        raise WakhanError(bad, path=path, line=line, hint="Save the file as UTF-8.") from None
    return parse(decoded, path, form="turtle", label=path.name)


def _failed(name: str, error: WakhanError) -> Built:
    place = Place(error.path, error.line, error.column) if error.path else None
    finding = Finding(*("violation", "syntax", "", "", "", error.message, "syntax"), hint=error.hint or "", place=place)
    return Built(name, None, {}, (finding,))


def _key(finding: Finding) -> tuple[str, ...]:
    return finding.severity, finding.shape, finding.focus, finding.path, finding.value, finding.message


def _is_anonymous(triple: Triple) -> bool:
    return isinstance(triple[0], BNode) or isinstance(triple[2], BNode)
