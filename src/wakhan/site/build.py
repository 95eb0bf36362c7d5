"""Build the site of a dataset: all of its pages with their data, or nothing."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path

from rdflib import Graph

from wakhan.build import checked_dataset
from wakhan.dataset import Dataset
from wakhan.export import STEMS
from wakhan.findings import Report
from wakhan.folder import add_checksums, write_files, write_folder
from wakhan.metadata import metadata
from wakhan.names import new_graph
from wakhan.release import Distribution, release
from wakhan.render import table
from wakhan.report import relative_paths, render_report
from wakhan.site.claims import claim_pages
from wakhan.site.content import Content
from wakhan.site.data import Descriptions, written
from wakhan.site.figures import Figures, figure_pages
from wakhan.site.links import Links
from wakhan.site.overviews import overview_pages
from wakhan.site.page import Page, Renderer
from wakhan.site.passages import passage_pages
from wakhan.site.questions import question_page
from wakhan.site.shapes import shapes_page
from wakhan.site.stored import query_pages
from wakhan.site.terms import ontology_page
from wakhan.site.things import thing_pages

DOWNLOADS = "data"
"""The folder of the files of the release within the site."""

Progress = Callable[[str], object]


@dataclass(frozen=True)
class SiteReport:
    """What was made of a dataset.

    Attributes:
        out: The folder that was to be written.
        written: Whether it was; if there are violations, what was there before is still there.
        checked: What is wrong with the dataset.
        files: How many files there are of each kind.
    """

    out: Path
    written: bool
    checked: Report
    files: dict[str, int] = field(default_factory=dict)


def build_site(root: Path, out: Path, progress: Progress = lambda step: None) -> SiteReport:
    """Write the site of the dataset in *root* into the folder *out*, which takes the place of an earlier one.

    Args:
        root: The folder of the dataset.
        out: The folder to write.
        progress: Is told each step, in words.

    Raises:
        UsageError: *out* holds something else than an earlier site.
        WakhanError: The dataset or one of its stored queries cannot be read, or the files not be written.
    """
    out = out.absolute()
    dataset, checked = checked_dataset(root, out, progress)
    if checked.counts["violation"]:
        return SiteReport(out, False, checked)
    distributions = release(dataset, progress)
    distributions += metadata(dataset, distributions)
    counts = write_folder(out, lambda folder: fill(dataset, distributions, folder, progress))
    return SiteReport(out, True, checked, counts)


def fill(dataset: Dataset, distributions: list[Distribution], folder: Path, progress: Progress) -> dict[str, int]:
    """Write the site of a valid dataset into an empty folder.

    Args:
        dataset: The dataset.
        distributions: The files of its release.
        folder: The empty folder.
        progress: Is told each step, in words.

    Returns:
        How many files there are of each kind.
    """
    content = Content(dataset)
    progress("collecting the pages")
    figures = Figures(content)
    pages = collect(content, figures, distributions)
    sections = (f"{page.path}#{section}" for page in pages for section in page.sections)
    renderer = Renderer(content, Links((*(page.path for page in pages), *sections)))
    progress("writing the pages")
    for page in pages:
        write_files(folder, {page.path: renderer.html(page).encode()})
    progress("writing their data")
    descriptions = Descriptions(content, _more(distributions))
    described = [page for page in pages if page.about is not None]
    for page in described:
        if page.about is not None:
            texts = written(descriptions.of(page.about))
            stem = page.path.removesuffix("html")
            write_files(folder, {f"{stem}{ending}": text.encode() for ending, text in texts.items()})
    progress("putting the files in their place")
    write_files(folder / DOWNLOADS, {file.name: file.content for file in distributions})
    add_checksums(folder / DOWNLOADS)
    write_files(folder, _beside(distributions) | figures.files())
    _copy_static(folder / "static")
    return {"pages": len(pages), "data files": 3 * len(described), "downloads": len(distributions)}


def collect(content: Content, figures: Figures, distributions: list[Distribution]) -> list[Page]:
    """Return all pages of the site.

    Args:
        content: The dataset.
        figures: Its drawings.
        distributions: The files of its release.
    """
    return [
        *overview_pages(content, figures, distributions),
        *figure_pages(figures),
        *thing_pages(content, figures),
        *claim_pages(content),
        *passage_pages(content),
        *query_pages(content),
        question_page(content),
        ontology_page(content),
        shapes_page(content),
    ]


def to_text(report: SiteReport) -> str:
    """Return in words what was made: how many files of each kind, and what is wrong with the dataset."""
    lines = []
    if report.files:
        lines.append(table(["what", "number"], [[what, f"{number:,}"] for what, number in report.files.items()]))
    if report.checked.findings:
        lines.append(render_report(relative_paths(report.checked, Path.cwd())))
    lines.append(f"{'The site is in' if report.written else 'Nothing was written to'} {report.out}.\n")
    return "\n".join(lines)


def _more(distributions: list[Distribution]) -> Graph:
    """Return what the release says of the dataset and its queries."""
    graph = new_graph()
    for file in distributions:
        if file.name in ("dcat.ttl", "queries.ttl"):
            graph.parse(data=file.content, format="turtle")
    return graph


def _beside(distributions: list[Distribution]) -> dict[str, bytes]:
    """Return the files that are not made here and no downloads, by their names: the data beside two of the pages."""
    found = {".nojekyll": b""}  # else a well-known host leaves out what begins with an underscore
    for file in distributions:
        stem, _, ending = file.name.rpartition(".")
        page = {STEMS["ontology"]: "ontology", STEMS["shapes"]: "shape"}.get(stem)
        if page and ending in ("ttl", "jsonld", "nt"):
            found[f"{page}.{ending}"] = file.content
    return found


def _copy_static(target: Path) -> None:
    with as_file(files("wakhan.site") / "static") as source:
        shutil.copytree(source, target)
