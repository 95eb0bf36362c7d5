"""Make the files of a release: the editions of the dataset in all formats, with what a catalog tells of each file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

from wakhan.build import BUILT, BuildReport, build
from wakhan.dataset import Dataset
from wakhan.export import EDITIONS
from wakhan.folder import write_files
from wakhan.formats import FORMATS, TITLES, Editions, file_name, parquet, write


@dataclass(frozen=True)
class Distribution:
    """One file of a release.

    Attributes:
        name: The name of the file in the folder of the release.
        title: What it is, in plain words, such as ``Facts and claims, Turtle``.
        edition: What of the dataset it holds, one of ``wakhan.export.EDITIONS``; None where it only helps to read
            other files, as a JSON-LD context does.
        format: The name of its format as ``wakhan export --format`` has it, such as ``turtle``.
        media_type: Its media type as IANA has it, such as ``text/turtle``.
        content: Its bytes.
        conforms_to: The IRI of the standard that says what the file means, if the media type does not tell it.
        description: What it holds, where that is not the whole of its edition; else empty.
    """

    name: str
    title: str
    edition: str | None
    format: str
    media_type: str
    content: bytes
    conforms_to: URIRef | None = None
    description: str = ""

    @property
    def holds(self) -> str:
        """What it holds, in a sentence: its own description, or what its edition holds."""
        if self.description or self.edition is None:
            return self.description or f"{self.title}."
        return f"The whole edition {self.edition}: {EDITIONS[self.edition]}."


def release(dataset: Dataset, progress: Callable[[str], object] = lambda step: None) -> list[Distribution]:
    """Return the files of a release, the same bytes each time; those that describe the release itself are not in it.

    Every file of RDF is read back before it is returned, and says what its edition says.

    Args:
        dataset: The dataset, of which it is known that it has no violations.
        progress: Is told each step, in words.

    Raises:
        UsageError: A package that a format needs is not installed.
        WakhanError: A format cannot say what the dataset says.
    """
    parquet.check_installed()  # and not only when half of the work is done
    editions = Editions(dataset.sources)
    dataset.closure = editions.graph("inferred")  # so that what follows need not be drawn twice
    files = []
    for form, about in FORMATS.items():
        progress(f"writing {about.title}")
        for edition in about.editions:
            content = write(editions, edition, form)
            files.append(_distribution(form, edition, content))
    return files


def release_folder(root: Path, out: Path, progress: Callable[[str], object] = lambda step: None) -> BuildReport:
    """Check the dataset in *root* and write its whole release into the folder *out*, all of it or nothing.

    It is what ``wakhan.build.build`` writes, in every format, and the files that describe the release.

    Args:
        root: The folder of the dataset.
        out: The folder to write, which takes the place of an earlier release or build.
        progress: Is told each step, in words.

    Raises:
        UsageError: *out* holds something else than an earlier release, or a package is not installed.
        WakhanError: The dataset cannot be read, a format cannot say what it says, or a file cannot be written.
    """

    def fill(dataset: Dataset, folder: Path, progress: Callable[[str], object]) -> dict[str, int]:
        from wakhan.metadata import metadata

        files = release(dataset, progress)
        progress("describing the release")
        write_files(folder, {file.name: file.content for file in (*files, *metadata(dataset, files))})
        lines = {file.edition: file.content.count(b"\n") for file in files if file.format == "ntriples"}
        return {edition: lines[edition] for edition in BUILT}

    return build(root, out, progress, fill)


def _distribution(form: str, edition: str, content: bytes) -> Distribution:
    about = FORMATS[form]
    helps = form in ("context", "csvw")
    every = len(about.editions) > 1
    return Distribution(
        name=file_name(form, edition),
        title=f"{TITLES[edition]}, {about.title}" if every else about.title,
        edition=None if helps else edition,
        format=form,
        media_type=about.media_type,
        content=content,
        conforms_to=None if about.conforms_to is None else URIRef(about.conforms_to),
        description=about.description,
    )
