"""Build what is published: the editions of the dataset with their checksums, all of it or nothing."""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import RDF, Graph

from wakhan.coverage import Coverage, coverage, to_dict
from wakhan.dataset import Dataset
from wakhan.errors import UsageError, WakhanError
from wakhan.export import EDITIONS, FORMATS, edition, export
from wakhan.findings import Report
from wakhan.law import statements
from wakhan.names import FACTUALITIES, WK, local_name
from wakhan.render import table
from wakhan.report import relative_paths, render_report
from wakhan.report.words import to_json
from wakhan.validate import check_sources

CHECKSUMS = "SHA256SUMS"
COVERAGE = "coverage.json"
EXAMPLES = "tests/shapes"
"""Where a dataset has the examples that its shapes are tested with."""

STEMS = {"asserted": "wakhan", "inferred": "wakhan-inferred", "facts": "wakhan-facts"}
"""The name of the files of each edition."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did.

    Attributes:
        out: The folder that was to be built.
        written: Whether it was; if there are violations, what was there before is still there.
        checked: What is wrong with the dataset.
        triples: How many triples each edition has.
        claims: How many claims there are, by the name of their factuality, the surest first.
        passages: How many passages the article has.
        coverage: How much of the dataset is put to use; None if nothing was written.
        files: The size in bytes of each file, by name.
    """

    out: Path
    written: bool
    checked: Report
    claims: dict[str, int]
    passages: int
    coverage: Coverage | None = None
    triples: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)


def build(root: Path, out: Path, progress: Callable[[str], object] = lambda step: None) -> BuildReport:
    """Build the dataset in *root* into the folder *out*, which takes the place of an earlier build.

    The files are written beside *out* and moved there in the end, so *out* is never half a build. If the dataset has
    violations nothing is written at all; coverage that is low is told, and stops nothing.

    Args:
        root: The folder of the dataset.
        out: The folder to build.
        progress: Is told each step, in words.

    Raises:
        UsageError: *out* holds something else than an earlier build.
        WakhanError: The dataset or one of its stored queries cannot be read, or the files not be written.
    """
    out = out.absolute()
    if any(out.resolve().is_relative_to((root / name).resolve()) for name in ("data", "ontology", "queries")):
        raise UsageError("what is built would be read as a source", path=out, hint="Choose another folder.")
    _check_replaceable(out)
    progress("reading the sources")
    dataset = Dataset(root)
    data = dataset.sources.data
    progress("validating")
    checked = check_sources(dataset.sources)
    claims, passages = _count_claims(data), len(set(data.subjects(RDF.type, WK.Passage)))
    if checked.counts["violation"]:
        progress("stopped: there are violations")
        return BuildReport(out, False, checked, claims, passages)
    try:
        triples, covered, files = _build_beside(dataset, out, progress)
    except OSError as error:
        raise WakhanError(f"cannot be written: {error.strerror}", path=out) from error
    return BuildReport(out, True, checked, claims, passages, covered, triples, files)


def to_text(report: BuildReport) -> str:
    """Return in words what a build did: its counts, its coverage, its files, and what is wrong."""
    counts = {f"triples, {edition}": number for edition, number in report.triples.items()}
    counts |= {f"claims, {factuality}": number for factuality, number in report.claims.items()}
    counts |= {"passages": report.passages, "findings": len(report.checked.findings)}
    lines = [table(["what", "number"], [[what, f"{number:,}"] for what, number in counts.items()])]
    if report.coverage is not None:
        measures = report.coverage.measures.values()
        lines.append(table(["coverage", "number"], [[measure.name, str(measure)] for measure in measures]))
    if report.files:
        lines.append(table(["file", "bytes"], [[name, f"{size:,}"] for name, size in report.files.items()]))
    if report.checked.findings:
        lines.append(render_report(relative_paths(report.checked, Path.cwd())))
    if not report.written:
        lines.append(f"Nothing was written to {report.out}.\n")
    return "\n".join(lines)


def _build_beside(
    dataset: Dataset, out: Path, progress: Callable[[str], object]
) -> tuple[dict[str, int], Coverage, dict[str, int]]:
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        new = beside / "new"
        new.mkdir()  # with the usual permissions, which mkdtemp does not give
        triples = _write_editions(dataset, new, progress)
        progress("measuring the coverage")
        covered = coverage(dataset, dataset.root / EXAMPLES)
        _write(new / COVERAGE, to_json(to_dict(covered)))
        _write_checksums(new)
        files = {path.relative_to(new).as_posix(): path.stat().st_size for path in _files(new)}
        progress(f"moving the files to {out}")
        _replace(out, new, beside / "old")
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return triples, covered, files


def _write_editions(dataset: Dataset, folder: Path, progress: Callable[[str], object]) -> dict[str, int]:
    triples = {}
    for name in EDITIONS:
        progress(f"writing the {name} edition")
        graph = edition(dataset.sources, name)
        if name == "inferred":
            dataset.closure = graph  # what follows need not be drawn twice; the denials in it are asked for by nobody
        triples[name] = len(graph)
        for format_name, (ending, _) in FORMATS.items():
            _write(folder / f"{STEMS[name]}.{ending}", export(graph, format_name))
    return triples


def _write_checksums(folder: Path) -> None:
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in _files(folder)
    ]
    _write(folder / CHECKSUMS, "".join(lines))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _replace(out: Path, new: Path, old: Path) -> None:
    """Put *new* in the place of *out*; if that fails, *out* is as it was."""
    if not out.exists():
        new.rename(out)
        return
    out.rename(old)
    try:
        new.rename(out)
    except BaseException:
        old.rename(out)
        raise


def _check_replaceable(out: Path) -> None:
    """Refuse to build over what no build has written, for it would be lost."""
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError("not a folder, so nothing can be built there", path=out)
    sums = out / CHECKSUMS
    text = sums.read_text(encoding="utf-8", errors="replace") if sums.is_file() else ""
    listed = {line.partition("  ")[2] for line in text.splitlines()}
    foreign = [name for path in _files(out) if (name := path.relative_to(out).as_posix()) not in listed | {CHECKSUMS}]
    if foreign:
        hint = "Choose another folder, or move them."
        raise UsageError(
            f"a build would delete files that no build wrote: {', '.join(foreign[:3])}", path=out, hint=hint
        )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def _count_claims(data: Graph) -> dict[str, int]:
    counts = Counter(statement.factuality for statement in statements(data))
    return {local_name(factuality): counts[factuality] for factuality in FACTUALITIES}
