"""Where findings stand, told so that others than this machine can follow."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wakhan.findings import Finding, Place, Report
from wakhan.names import natural_key


def relative_paths(report: Report, root: Path) -> Report:
    """Return *report* with each path that lies under *root* told from there.

    Services such as GitHub and GitLab know files by their path in the repository, and a baseline from one machine
    must fit another. What lies elsewhere keeps its path. The files are then read with ``source_reader(root)``.

    Args:
        report: What a check found, with absolute paths or paths from the current folder.
        root: The folder that paths shall begin in, usually that of the repository.
    """
    base = root.absolute()

    def path(old: Path) -> Path:
        absolute = old.absolute()
        return absolute.relative_to(base) if absolute.is_relative_to(base) else old

    def place(old: Place | None) -> Place | None:
        return None if old is None else old._replace(path=path(old.path))

    findings = tuple(
        finding._replace(
            place=place(finding.place),
            predicate=place(finding.predicate),
            related=tuple(each._replace(path=path(each.path)) for each in finding.related),
        )
        for finding in report.findings
    )
    rules = {name: rule._replace(place=place(rule.place)) for name, rule in report.rules.items()}
    return replace(report, findings=findings, rules=rules, files=tuple(map(path, report.files)))


def by_file(report: Report) -> dict[Path | None, list[tuple[int, Finding]]]:
    """Return the findings of each file, by line, each with its number in *report*, counted from 0.

    The files are in the order in which people sort their names; last, under None, is what has no place.
    """
    files: dict[Path | None, list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(report.findings):
        files.setdefault(finding.place.path if finding.place else None, []).append((number, finding))
    ordered = sorted(files, key=lambda path: (path is None, natural_key(path.as_posix() if path else "")))
    return {path: sorted(files[path], key=lambda pair: (_position(pair[1]), pair[0])) for path in ordered}


def _position(finding: Finding) -> tuple[int, int]:
    place = finding.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


def anchor(finding: Finding, report: Report) -> Place:
    """Return the place of *finding*, or where to show it in a service that shows nothing without a file.

    Without a place of its own that is its rule's place if that lies in the repository, else the first file that was
    checked, else the folder. The line is never None: where only the file is known it is the first.
    """
    place = finding.place
    if place is None:
        rule = report.rules.get(finding.shape)
        if rule is not None and rule.place is not None and not rule.place.path.is_absolute():
            place = rule.place
        else:
            place = Place(next(iter(report.files), Path()))
    return place._replace(line=place.line or 1)


def all_paths(report: Report) -> list[Path]:
    """Return each file that *report* speaks of, once: those that were checked first, then others as they come."""

    def others() -> Iterator[Path]:
        for finding in report.findings:
            yield anchor(finding, report).path
            for place in finding.related:
                yield place.path

    return list(dict.fromkeys([*report.files, *others()]))
