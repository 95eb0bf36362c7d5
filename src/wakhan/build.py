"""Build what is published: the editions of the dataset with their checksums, all of it or nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from rdflib import RDF, Graph

from wakhan.coverage import Coverage, coverage, to_dict
from wakhan.dataset import Dataset
from wakhan.export import FORMATS, STEMS, edition, export
from wakhan.findings import Report
from wakhan.folder import check_target, listed, write_folder
from wakhan.law import statements
from wakhan.names import FACTUALITIES, WK, local_name
from wakhan.render import table
from wakhan.report import relative_paths, render_report
from wakhan.report.words import to_json
from wakhan.validate import check_sources

COVERAGE = "coverage.json"
EXAMPLES = "tests/shapes"
"""Where a dataset has the examples that its shapes are tested with."""

BUILT = ("asserted", "inferred", "facts")
"""The editions that a build has."""

Writer: TypeAlias = Callable[[Dataset, Path, Callable[[str], object]], dict[str, int]]
"""What writes the files of a dataset into a folder."""


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


def build(
    root: Path,
    out: Path,
    progress: Callable[[str], object] = lambda step: None,
    write_files: Writer | None = None,
) -> BuildReport:
    """Build the dataset in *root* into the folder *out*, which takes the place of an earlier build.

    The files are written beside *out* and moved there in the end, so *out* is never half a build. If the dataset has
    violations nothing is written at all; coverage that is low is told, and stops nothing.

    Args:
        root: The folder of the dataset.
        out: The folder to build.
        progress: Is told each step, in words.
        write_files: Writes the files of the dataset into a folder, and tells how many triples each edition has; if not
            given, those editions as Turtle and N-Triples.

    Raises:
        UsageError: *out* holds something else than an earlier build.
        WakhanError: The dataset or one of its stored queries cannot be read, or the files not be written.
    """
    out = out.absolute()
    dataset, checked = checked_dataset(root, out, progress)
    data = dataset.sources.data
    claims, passages = _count_claims(data), len(set(data.subjects(RDF.type, WK.Passage)))
    if checked.counts["violation"]:
        return BuildReport(out, False, checked, claims, passages)
    triples, covered = write_folder(
        out, lambda folder: _fill(dataset, folder, progress, write_files or _write_editions)
    )
    files = {name: (out / name).stat().st_size for name in listed(out)}
    return BuildReport(out, True, checked, claims, passages, covered, triples, files)


def checked_dataset(root: Path, out: Path, progress: Callable[[str], object]) -> tuple[Dataset, Report]:
    """Return the dataset in *root*, and what is wrong with it: with violations nothing may be made of it.

    Args:
        root: The folder of the dataset.
        out: The folder that is to be written of it.
        progress: Is told each step, in words.

    Raises:
        UsageError: *out* cannot be written without a loss; see ``wakhan.folder.check_target``.
        WakhanError: The dataset cannot be read.
    """
    check_target(out, root)
    progress("reading the sources")
    dataset = Dataset(root)
    sources = dataset.sources
    progress("validating")
    checked = check_sources(sources)
    if checked.counts["violation"]:
        progress("stopped: there are violations")
    return dataset, checked


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
        lines.append(table(["file", "bytes"], [[name, f"{size:,}"] for name, size in _by_folder(report.files).items()]))
    if report.checked.findings:
        lines.append(render_report(relative_paths(report.checked, Path.cwd())))
    if not report.written:
        lines.append(f"Nothing was written to {report.out}.\n")
    return "\n".join(lines)


def _by_folder(files: dict[str, int]) -> dict[str, int]:
    """Return the sizes of files, those of a folder together."""
    sizes: dict[str, int] = {}
    for name, size in files.items():
        folder, slash, _ = name.partition("/")
        sizes[folder + slash] = sizes.get(folder + slash, 0) + size
    return sizes


def _fill(
    dataset: Dataset, folder: Path, progress: Callable[[str], object], write_files: Writer
) -> tuple[dict[str, int], Coverage]:
    triples = write_files(dataset, folder, progress)
    progress("measuring the coverage")
    covered = coverage(dataset, dataset.root / EXAMPLES)
    _write(folder / COVERAGE, to_json(to_dict(covered)))
    progress("putting the files in their place")
    return triples, covered


def _write_editions(dataset: Dataset, folder: Path, progress: Callable[[str], object]) -> dict[str, int]:
    triples = {}
    for name in BUILT:
        progress(f"writing the {name} edition")
        graph = edition(dataset.sources, name)
        if name == "inferred":
            dataset.closure = graph  # what follows need not be drawn twice; the denials in it are asked for by nobody
        triples[name] = len(graph)
        for format_name, (ending, _) in FORMATS.items():
            _write(folder / f"{STEMS[name]}.{ending}", export(graph, format_name))
    return triples


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _count_claims(data: Graph) -> dict[str, int]:
    counts = Counter(statement.factuality for statement in statements(data))
    return {local_name(factuality): counts[factuality] for factuality in FACTUALITIES}
