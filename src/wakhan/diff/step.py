"""Say which step of the version a difference asks for, by the rule at the head of the changelog, and why."""

from collections.abc import Iterable, Iterator
from typing import Literal as OneOf
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import DCAT, DCTERMS, OWL, RDF, RDFS, SH, SKOS, Literal, URIRef
from rdflib.term import Node

from wakhan.diff.compare import KINDS, Change, Difference
from wakhan.metadata.vocabulary import SCHEMA
from wakhan.names import WK, curie, local_name

Step = OneOf["none", "patch", "minor", "major"]

STEPS: tuple[Step, ...] = ("none", "patch", "minor", "major")
"""The steps of a version, the smallest first."""

NOUNS = {
    "claim": ("claim", "claims"),
    "thing": ("thing", "things"),
    "passage": ("passage", "passages"),
    "term": ("term of the ontology", "terms of the ontology"),
    "shape": ("shape", "shapes"),
    "query": ("stored query", "stored queries"),
    "header": ("header", "headers"),
}
"""What to call one and several of each kind."""

STATEMENT = {RDF.subject, RDF.predicate, RDF.object, WK.factuality, WK.speaker, WK.passage}
"""The properties that make a claim what it is; the others are its qualifiers."""

_WORDING: set[Node] = {
    RDFS.label, RDFS.comment, SKOS.altLabel, SKOS.definition, SKOS.scopeNote, SKOS.example, SKOS.editorialNote,
    SKOS.prefLabel, DCTERMS.title, DCTERMS.description, DCAT.keyword, SCHEMA.keywords, SH.name, SH.description,
    SH.message, SH.order, WK.gist, WK.claimCount,
}  # fmt: skip
"""The properties by which people are told something and nothing is concluded or asked."""

_PLURALS = {"asks": "ask", "checks": "check", "has": "have", "is": "are", "means": "mean", "says": "say"}
_IN_DETAIL = {"query": "asks otherwise", "shape": "checks something else"}

_FOLLOWING = (("fact", "facts"), ("inference", "inferences"), ("axiom", "axioms"))
"""What to call one and several of what comes and goes with the terms."""

_NAMED = 5
"""So many terms a reason names."""


class Reason(NamedTuple):
    """Why a difference asks for a step."""

    step: Step
    text: str


def step(reasons: Iterable[Reason]) -> Step:
    """Return the greatest step that one of the *reasons* asks for."""
    return max((reason.step for reason in reasons), key=STEPS.index, default="none")


def reasons(difference: Difference) -> list[Reason]:
    """Return why *difference* asks for a step, the greatest first.

    Major: an inference, a query or an IRI breaks. Minor: something is new, deprecated, or told in more or other detail.
    Patch: nothing but wording.

    Args:
        difference: What differs between two versions.
    """
    found = [*_lost(difference), *_otherwise(difference), *_new(difference)]
    return sorted(found, key=lambda reason: -STEPS.index(reason.step))


def numbered(old: str, new: str) -> Step:
    """Return the step that leads from one number of a version to another.

    Example:
        >>> numbered("0.1.0", "0.2.0"), numbered("1.2", "2.0"), numbered("1.0", "1.0")
        ('minor', 'major', 'none')
    """
    if old == new:
        return "none"
    places = zip(old.split("."), new.split("."), strict=False)
    first = next((place for place, (one, other) in enumerate(places) if one != other), 2)
    steps: tuple[Step, ...] = ("major", "minor", "patch")
    return steps[min(first, 2)]


def _lost(difference: Difference) -> Iterator[Reason]:
    if difference.renamed:
        number = len(difference.renamed)
        has = "IRI has" if number == 1 else "IRIs have"
        yield Reason("major", f"{number} {has} changed: {_names(difference, list(difference.renamed))}")
    counts = (len(difference.facts_lost), len(difference.inferences_lost), len(difference.axioms_lost))
    yield from _moved(difference, "major", "removed", "gone", counts)


def _new(difference: Difference) -> Iterator[Reason]:
    counts = (len(difference.facts_gained), len(difference.inferences_gained), len(difference.axioms_gained))
    yield from _moved(difference, "minor", "added", "new", counts)


def _moved(difference: Difference, asked: Step, way: str, word: str, counts: Iterable[int]) -> Iterator[Reason]:
    """Give the reasons of what came or went: terms by their names, what follows from them by its number."""
    for kind in KINDS:
        iris = [change.iri for change in difference.of(kind, way)]
        if iris:
            yield Reason(asked, _told(*NOUNS[kind], word, difference, iris))
    for nouns, number in zip(_FOLLOWING, counts, strict=True):
        if number:
            yield Reason(asked, f"{_number(number, *nouns)} {_are(number)} {word}")


def _otherwise(difference: Difference) -> Iterator[Reason]:
    """Give the reasons of terms that are still there, those with the same reason together."""
    together: dict[tuple[Step, str, str], list[URIRef]] = {}
    for change in difference.changes:
        if change.way == "changed":
            together.setdefault((*_judged(change), change.kind), []).append(change.iri)
    for (how, words, kind), iris in together.items():
        one, several = NOUNS[kind]
        verb, _, rest = words.partition(" ")
        plural = f"{_PLURALS[verb]} {rest}"
        noun = one if len(iris) == 1 else several
        names = _names(difference, iris)
        yield Reason(how, f"{len(iris)} {noun} {words if len(iris) == 1 else plural}: {names}")


def _judged(change: Change) -> tuple[Step, str]:
    """Return the step that a changed term asks for, and what it does now."""
    if change.kind == "header":
        return "patch", "has another text"
    changed = {prop for prop, _, _ in change.properties}
    if change.kind == "claim" and changed & STATEMENT:
        return "major", "says something else"
    if change.kind == "query" and _breaks(change):
        return "major", "has lost columns or parameters"
    if change.kind == "term" and (OWL.deprecated, Literal(True)) in change.after - change.before:
        return "minor", "is deprecated"
    if change.kind == "term" and any(gone for prop, gone, _ in change.properties if prop not in _WORDING):
        return "major", "means something else"
    if changed <= _WORDING:
        return "patch", "has another wording"
    return "minor", _IN_DETAIL.get(change.kind, "is told of in other detail")


def _breaks(change: Change) -> bool:
    """Return whether who asks a stored query gets other columns, or cannot bind what could be bound."""
    gone = {prop for prop, values, _ in change.properties if values}
    return SH.parameter in gone or not set(_columns(change.before)) <= set(_columns(change.after))


def _columns(said: frozenset[tuple[Node, Node]]) -> list[str]:
    for prop, text in sorted(said):
        if prop == SH.select:
            solutions = ox.Store().query(str(text))
            return (
                [variable.value for variable in solutions.variables] if isinstance(solutions, ox.QuerySolutions) else []
            )
    return []


def _told(one: str, several: str, way: str, difference: Difference, iris: list[URIRef]) -> str:
    number = len(iris)
    return f"{_number(number, one, several)} {_are(number)} {way}: {_names(difference, iris)}"


def _names(difference: Difference, iris: list[URIRef]) -> str:
    shown = [short_name(difference, iri) for iri in iris[:_NAMED]]
    rest = len(iris) - _NAMED
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")


def short_name(difference: Difference, iri: URIRef) -> str:
    """Return what to call a term of the new or the old version in one word."""
    names = (curie(iri, version.graph) for version in (difference.new, difference.old))
    return next((name for name in names if not name.startswith("<")), local_name(iri))


def _number(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
