"""Prove that the passages fit a copy of the article, whose text is not part of the dataset."""

import hashlib
from itertools import pairwise
from typing import NamedTuple

from rdflib import RDF, Graph
from rdflib.term import Node

from wakhan.names import OA, WK, curie, natural_key


class _Place(NamedTuple):
    """A passage and its range in code points, the end exclusive."""

    start: int
    end: int
    passage: str


def verify_source(data: Graph, text: str) -> list[str]:
    """Return what does not fit between the passages in *data* and a copy of the article; an empty list is good news.

    Every passage must lie in the text and have its digest, no two may overlap, and what they leave out
    must be white space. The problems never quote the text.

    Args:
        data: The data with the passages.
        text: The article.
    """
    passages = sorted(data.subjects(RDF.type, WK.Passage), key=natural_key)
    if not passages:
        return ["there are no passages to verify"]
    places: list[_Place] = []
    problems: list[tuple[str, str]] = []
    for passage in passages:
        name = curie(passage, data)
        place = _place(data, passage, name)
        if place is None or not 0 <= place.start < place.end <= len(text):
            problems.append((name, "oa:start and oa:end must be one whole number each, and a range inside the text"))
            continue
        places.append(place)
        digest = hashlib.sha256(text[place.start : place.end].encode()).hexdigest()
        if [str(value) for value in data.objects(passage, WK.sha256)] != [digest]:
            problems.append((name, f"the text at {place.start} to {place.end} does not have the digest wk:sha256"))
    problems += _gaps_and_overlaps(sorted(places), text)
    return [f"{name}: {problem}" for name, problem in sorted(problems, key=lambda each: natural_key(each[0]))]


def _place(data: Graph, passage: Node, name: str) -> _Place | None:
    starts, ends = ([value.toPython() for value in data.objects(passage, OA[end])] for end in ("start", "end"))  # type: ignore[attr-defined]
    match starts, ends:
        case [int(start)], [int(end)]:
            return _Place(start, end, name)
    return None


def _gaps_and_overlaps(places: list[_Place], text: str) -> list[tuple[str, str]]:
    problems = []
    for before, after in pairwise([_Place(0, 0, "the beginning"), *places, _Place(len(text), len(text), "the end")]):
        if before.end > after.start:
            problems.append((after.passage, f"overlaps with {before.passage}"))
        elif text[before.end : after.start].strip():
            problems.append((after.passage, f"the text at {before.end} to {after.start}, before it, is in no passage"))
    return problems
