"""What a check finds: first as RDF terms (``Result``), then in words and with its place (``Finding``)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from rdflib import Graph, URIRef
from rdflib.term import Node

from wakhan.choices import SEVERITIES as SEVERITIES
from wakhan.names import Triple, natural_key


class Place(NamedTuple):
    """Where something stands in a file.

    Attributes:
        path: The file, as it was named.
        line: The line, counted from 1; None where only the file is known.
        column: The column in code points, counted from 1; a byte order mark is not counted.
        end_line: The line of the end.
        end_column: The column after the last character.
    """

    path: Path
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        """Return ``path:line:column`` with what of this is known."""
        parts = (self.path.as_posix(), self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None)


class Result(NamedTuple):
    """One thing that a check found, in RDF terms.

    Attributes:
        severity: ``violation``, ``warning`` or ``info``.
        rule: The shape that found it, or the name of another rule.
        focus: What it is about.
        path: The property of it that is wrong, or the node of a property path, if it is one.
        value: The wrong value, if there is one.
        message: What is wrong and what to do.
        source: What found it: ``shapes``, ``facts``, ``law``, ``clash``, ``lint`` or ``syntax``.
        component: The SHACL constraint component, if a shape found it.
        shape: The very shape whose constraint failed, which may be a blank node.
        hint: What else helps, such as the nearest term to one that is misspelt.
        triples: Where to look for the place, the best first; without any, focus, path and value tell.
        place: The place, where the check itself knows it.
        details: The results that it rests on, as when a node should conform to another shape.
    """

    severity: str
    rule: URIRef | str
    focus: Node | None
    path: Node | None
    value: Node | None
    message: str
    source: str
    component: Node | None = None
    shape: Node | None = None
    hint: str = ""
    triples: tuple[Triple, ...] = ()
    place: Place | None = None
    details: tuple["Result", ...] = ()


class Finding(NamedTuple):
    """One thing that is wrong, in words.

    Attributes:
        severity: ``violation``, ``warning`` or ``info``.
        shape: The shape that found it, or the name of another rule.
        focus: What it is about.
        path: The property of it that is wrong, if it is one.
        value: The wrong value, if there is one.
        message: What is wrong and what to do.
        source: What found it: ``shapes``, ``facts``, ``law``, ``clash``, ``lint`` or ``syntax``.
        component: The SHACL constraint component, such as ``sh:MinCountConstraintComponent``, or nothing.
        hint: What else helps, such as the nearest term to one that is misspelt.
        place: Where it stands, if that is known: the wrong value, or what it is about where a value is missing.
        related: Other places that have a part in it, such as the statements that an inferred one follows from.
        expected: What the shape asks for, such as ``a value of the datatype xsd:date``.
        predicate: Where the property of the wrong value stands, if that is known.
        terms: Focus, path and value for machines: as N-Triples writes them, the path as SPARQL does.
    """

    severity: str
    shape: str
    focus: str
    path: str
    value: str
    message: str
    source: str
    component: str = ""
    hint: str = ""
    place: Place | None = None
    related: tuple[Place, ...] = ()
    expected: str = ""
    predicate: Place | None = None
    terms: tuple[str, str, str] = ("", "", "")


class Rule(NamedTuple):
    """What is known of a shape or another rule: its name, why it is there, how grave it is, and where it stands."""

    name: str
    description: str = ""
    severity: str = "violation"
    place: Place | None = None


@dataclass(frozen=True)
class Report:
    """All that a check found.

    Attributes:
        findings: What is wrong, the worst first; at most as many as were asked for.
        counts: How many there are of each severity, those not among ``findings`` included.
        rules: The rules that were checked and could find something, by the name that ``Finding.shape`` has.
        files: The files that were checked.
        w3c: The SHACL validation report, if it was asked for.
        notes: What the reader should know beside the findings, such as imports that were not found.
    """

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    rules: Mapping[str, Rule] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    w3c: Graph | None = None
    notes: tuple[str, ...] = ()

    @property
    def left_out(self) -> int:
        """How many findings were counted and not kept."""
        return sum(self.counts.values()) - len(self.findings)

    def first(self, number: int) -> "Report":
        """Return the report with the first *number* findings; the others are counted."""
        return replace(self, findings=self.findings[:number])


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many *findings* there are of each severity, the worst first."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the *findings* in their order: the worst first, then by what they are about, then by what found them."""

    def order(finding: Finding) -> tuple[object, ...]:
        place = [str(part or "") for part in finding.place or ()]
        return SEVERITIES.index(finding.severity), natural_key(finding.focus), finding[:9], place, str(finding.related)

    return sorted(findings, key=order)


def counted(counts: Mapping[str, int]) -> str:
    """Return *counts* in words.

    Example:
        >>> counted({"violation": 2, "warning": 1, "info": 0}), counted({})
        ('2 violations, 1 warning', 'no findings')
    """
    words = [
        f"{number:,} {severity}{'s' if number != 1 and severity != 'info' else ''}"
        for severity, number in counts.items()
        if number
    ]
    return ", ".join(words) or "no findings"
