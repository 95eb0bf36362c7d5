"""Build what is published: the editions of the dataset with their checksums, all of it or nothing."""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import RDF, Graph

from wakhan import validate
from wakhan.errors import UsageError, WakhanError
from wakhan.export import EDITIONS, FORMATS, edition, export
from wakhan.law import statements
from wakhan.names import FACTUALITIES, WK, local_name
from wakhan.render import table
from wakhan.sources import Sources, load_sources
from wakhan.validate import Finding, check_sources

CHECKSUMS = "SHA256SUMS"
STEMS = {"asserted": "wakhan", "inferred": "wakhan-inferred", "facts": "wakhan-facts"}
"""The name of the files of each edition."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did.

    Attributes:
        out: The folder that was to be built.
        written: Whether it was; if there are violations, what was there before is still there.
        findings: What is wrong with the dataset, the worst first.
        triples: How many triples each edition has.
        claims: How many claims there are, by the name of their factuality, the surest first.
        passages: How many passages the article has, and how many of them are the place of a claim.
        files: The size in bytes of each file, by name.
    """

    out: Path
    written: bool
    findings: list[Finding]
    claims: dict[str, int]
    passages: tuple[int, int]
    triples: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)


def build(root: Path, out: Path, progress: Callable[[str], object] = lambda step: None) -> BuildReport:
    """Build the dataset in *root* into the folder *out*, which takes the place of an earlier build.

    The files are written beside *out* and moved there in the end, so *out* is never half a build. If the dataset has
    violations nothing is written at all.

    Args:
        root: The folder of the dataset.
        out: The folder to build.
        progress: Is told each step, in words.

    Raises:
        UsageError: *out* holds something else than an earlier build.
        WakhanError: The dataset cannot be read, or the files not be written.
    """
    out = out.absolute()
    if any(out.resolve().is_relative_to((root / name).resolve()) for name in ("data", "ontology", "queries")):
        raise UsageError("what is built would be read as a source", path=out, hint="Choose another folder.")
    _check_replaceable(out)
    progress("reading the sources")
    sources = load_sources(root)
    progress("validating")
    findings = check_sources(sources)
    claims, passages = _count_claims(sources.data), _count_passages(sources.data)
    if any(finding.severity == "violation" for finding in findings):
        progress("stopped: there are violations")
        return BuildReport(out, False, findings, claims, passages)
    try:
        triples, files = _build_beside(sources, out, progress)
    except OSError as error:
        raise WakhanError(f"cannot be written: {error.strerror}", path=out) from error
    return BuildReport(out, True, findings, claims, passages, triples, files)


def to_text(report: BuildReport) -> str:
    """Return in words what a build did: its counts, its files, and what is wrong."""
    passages, covered = report.passages
    counts = {f"triples, {edition}": number for edition, number in report.triples.items()}
    counts |= {f"claims, {factuality}": number for factuality, number in report.claims.items()}
    counts |= {"passages": passages, "passages with claims": covered, "findings": len(report.findings)}
    lines = [table(["what", "number"], [[what, f"{number:,}"] for what, number in counts.items()])]
    if report.files:
        lines.append(table(["file", "bytes"], [[name, f"{size:,}"] for name, size in report.files.items()]))
    if report.findings:
        lines.append(validate.to_text(report.findings))
    if not report.written:
        lines.append(f"Nothing was written to {report.out}.\n")
    return "\n".join(lines)


def _build_beside(
    sources: Sources, out: Path, progress: Callable[[str], object]
) -> tuple[dict[str, int], dict[str, int]]:
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        new = beside / "new"
        new.mkdir()  # with the usual permissions, which mkdtemp does not give
        triples = _write_editions(sources, new, progress)
        _write_checksums(new)
        files = {path.relative_to(new).as_posix(): path.stat().st_size for path in _files(new)}
        progress(f"moving the files to {out}")
        _replace(out, new, beside / "old")
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return triples, files


def _write_editions(sources: Sources, folder: Path, progress: Callable[[str], object]) -> dict[str, int]:
    triples = {}
    for name in EDITIONS:
        progress(f"writing the {name} edition")
        graph = edition(sources, name)
        triples[name] = len(graph)
        for format_name, (ending, _) in FORMATS.items():
            text = export(graph, format_name)
            (folder / f"{STEMS[name]}.{ending}").write_text(text, encoding="utf-8", newline="\n")
    return triples


def _write_checksums(folder: Path) -> None:
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in _files(folder)
    ]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


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


def _count_passages(data: Graph) -> tuple[int, int]:
    passages = set(data.subjects(RDF.type, WK.Passage))
    return len(passages), len(passages & set(data.objects(None, WK.passage)))
