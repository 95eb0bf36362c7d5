"""Score the shapes by mutation: damage the data in every small way, and count what nothing notices.

A mutant is noticed where the complete check would find something of it that it does not find of the whole dataset, a
violation or a warning. The mutants are judged on all processors at once, and the score is the same however many there
are.
"""

import os
import re
import signal
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from rdflib import RDF, SH, Graph
from rdflib.term import Node

from wakhan.errors import UsageError, WakhanError
from wakhan.expected import Graphs
from wakhan.facts import compare_facts
from wakhan.files import as_sources
from wakhan.findings import Place, Result
from wakhan.locate import locate
from wakhan.mutation.answers import QueryKiller
from wakhan.mutation.bookkeeping import Bookkeeper
from wakhan.mutation.implications import Closures, ImplicationKiller
from wakhan.mutation.killers import Hit, ShapeKiller, Suspects
from wakhan.mutation.material import Material
from wakhan.mutation.mutants import OPERATORS, Mutant, mutants, operators_named
from wakhan.mutation.reach import Reach
from wakhan.mutation.score import Score, Tally, Verdict, tally, to_dict, to_text
from wakhan.mutation.triples import is_ill_typed
from wakhan.names import WK, Triple, curie
from wakhan.ntriples import text_of
from wakhan.sources import Sources

__all__ = ["Score", "Tally", "Verdict", "mutate", "places", "to_dict", "to_text"]

GRAVE = ("violation", "warning")
"""What must be found for a mutant to count as noticed."""

_CHUNK = 16
_NEAR = 2
"""So many nodes of a change are looked at before all are: where a second does not tell, more seldom do."""

_PREFIXED_NAME = re.compile(r"\b[\w-]+:[\w-]+")

Progress = Callable[[int, int], None]
"""What is told how many mutants have been judged, and of how many."""


class Whole(NamedTuple):
    """The undamaged dataset, as each process needs it.

    Attributes:
        data: The data.
        ontology: What the words mean.
        shapes: The shapes.
        names: The names of the shapes that look at something in the data.
        known: What is found already, of no violation.
        closures: What follows from the data.
        queries: The folders of the stored queries and of their answers, if they are to be asked.
    """

    data: Graph
    ontology: Graph
    shapes: Graph
    names: frozenset[str]
    known: frozenset[Hit]
    closures: Closures
    queries: tuple[Path, Path] | None


def mutate(
    sources: Sources,
    *,
    operators: Collection[str] | None = None,
    sample: int | None = None,
    offset: int = 0,
    workers: int | None = None,
    queries: bool = False,
    progress: Progress | None = None,
) -> Score:
    """Return how many mutants of a dataset are noticed, by what, and which are not.

    Args:
        sources: The dataset. Nothing in it may be wrong yet, but for warnings.
        operators: The names of the kinds of damage; all if not given.
        sample: At most so many mutants of each kind; if not given, what ``wakhan.mutation.mutants`` says.
        offset: Where the sample begins, to get another one.
        workers: How many processes; as many as there are processors if not given. A script that asks for more than one
            must be importable, with ``if __name__ == "__main__":``.
        queries: Whether to ask the stored queries about the survivors too.
        progress: Is told how many mutants have been judged, and of how many.

    Raises:
        UsageError: There is no operator of a name, or a number is too small.
        WakhanError: The undamaged dataset has violations already, or its shapes cannot be used.
    """
    if (sample is not None and sample < 1) or (workers is not None and workers < 1) or offset < 0:
        raise UsageError("the sample and the workers must be at least 1, and the offset not negative")
    chosen = operators_named(operators)
    whole = _whole(sources, queries)
    material = Material(sources.data, sources.ontology)
    made = [(operator, *mutants(material, operator, sample=sample, offset=offset)) for operator in chosen]
    todo = [mutant for _, each, _ in made for mutant in each]
    verdicts: list[Verdict] = []
    for verdict in _verdicts(whole, todo, workers or os.cpu_count() or 1):
        verdicts.append(verdict)
        if progress is not None:
            progress(len(verdicts), len(todo))
    results = iter(zip(todo, verdicts, strict=True))
    tallies = tuple(tally(operator, possible, (next(results) for _ in each)) for operator, each, possible in made)
    kills = Counter(rule for verdict in verdicts if verdict.killer for rule in verdict.rules)
    if len(chosen) == len(OPERATORS):
        kills += _second_look(whole, whole.names - set(kills), todo)
    size = {"triples": len(sources.data), "claims": len(material.claims), "facts": len(material.facts)}
    return Score(tallies, kills, tuple(sorted(whole.names - set(kills))), size)


def places(score: Score, sources: Sources) -> dict[str, Place]:
    """Return where in the files the survivors of a score would be, by their ids.

    Args:
        score: What became of the mutants of a dataset.
        sources: The dataset.

    Raises:
        WakhanError: A file cannot be read again.
    """
    survivors = [mutant for each in score.counted for mutant in each.survivors]
    asked = [
        Result("info", "", (mutant.removed or mutant.added)[0][0], None, None, "", "", triples=mutant.removed)
        for mutant in survivors
    ]
    found = locate(asked, Graphs(sources.data, sources.shapes, sources.ontology), as_sources(sources.files))
    return {
        mutant.id: each.place._replace(path=_within(each.place.path, sources.root))
        for mutant, each in zip(survivors, found, strict=True)
        if each.place is not None
    }


def _within(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


class Judge:
    """Whoever says what notices a mutant.

    Args:
        whole: The undamaged dataset.
    """

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        self._shapes = ShapeKiller(whole.data, whole.ontology, whole.shapes)
        self._suspects = Suspects(self._shapes)
        self._reach = Reach(whole.shapes)
        self._implications = ImplicationKiller(whole.data, whole.ontology, whole.closures)
        self._bookkeeper = Bookkeeper(Material(whole.data, whole.ontology))
        self._queries = None if whole.queries is None else QueryKiller(whole.data, whole.ontology, *whole.queries)

    def verdict(self, mutant: Mutant) -> Verdict:
        """Return what notices *mutant*."""
        hits = self._of_facts(mutant)
        killer = "facts" if hits else ""
        shaped = self._of_shapes(mutant, everywhere=not hits)
        if not killer and _grave(shaped):
            killer = "shapes"
        hits |= shaped
        if not killer:
            implied = self._implications.hits(mutant.removed, mutant.added)
            killer = "inference" if _grave(implied) else ""
            hits |= implied
        if killer:
            hits = {hit for hit in hits if hit.severity in GRAVE}
        changed = () if killer or self._queries is None else self._queries.changed(mutant.removed, mutant.added)
        return Verdict(killer, tuple(sorted({hit.rule for hit in hits})), changed)

    def everywhere(self, mutant: Mutant) -> set[Hit]:
        """Return all that the shapes notice of *mutant*, though it may be noticed otherwise already."""
        with self._shapes.changed(mutant.removed, mutant.added):
            return self._shapes.hits(self._suspects.nodes(mutant.removed, mutant.added)) - self.whole.known

    def _of_facts(self, mutant: Mutant) -> set[Hit]:
        try:
            missing, extra = self._bookkeeper.difference(mutant.removed, mutant.added)
        except WakhanError:
            return {Hit("violation", "two-narrators", ())}
        found = {Hit("violation", "missing-fact", triple) for triple in missing}
        return found | {Hit("violation", "extra-fact", triple) for triple in extra}

    def _of_shapes(self, mutant: Mutant, *, everywhere: bool) -> set[Hit]:
        hits = {Hit("violation", "ill-typed", triple) for triple in mutant.added if is_ill_typed(triple)}
        changed = (*mutant.added, *mutant.removed)
        subjects = list(dict.fromkeys(triple[0] for triple in changed))
        with self._shapes.changed(mutant.removed, mutant.added):
            first = [*subjects[:_NEAR], *(self._likely(changed) if everywhere else ())]
            for node in first:
                hits |= self._shapes.hits([node]) - self.whole.known
                if _grave(hits):
                    return hits
            if everywhere and self._reach.is_far(changed, self._shapes.graph):
                subjects = self._suspects.nodes(mutant.removed, mutant.added)
            if everywhere:
                hits |= self._shapes.hits(node for node in subjects if node not in first) - self.whole.known
        return hits

    def _likely(self, changed: tuple[Triple, ...]) -> Iterator[Node]:
        """Yield nodes that often feel a change elsewhere: the passage of a claim, and what mentions a changed thing."""
        for subject, predicate, value in changed:
            if predicate == WK.passage:
                yield value
            elif predicate == RDF.type:
                yield from sorted(self._shapes.graph.subjects(None, subject), key=text_of)[:_NEAR]


def _whole(sources: Sources, queries: bool) -> Whole:
    """Return the dataset as it is.

    Raises:
        WakhanError: Something is wrong with it.
    """
    data, ontology = sources.data, sources.ontology
    shapes = ShapeKiller(data, ontology, sources.shapes)
    implications = ImplicationKiller(data, ontology)
    known = shapes.hits(Suspects(shapes).known_nodes()) | implications.known
    missing, extra = compare_facts(sources)
    number = sum(hit.severity == "violation" for hit in known) + len(missing) + len(extra)
    number += sum(map(is_ill_typed, data))
    if number:
        what = "a violation" if number == 1 else f"{number:,} violations"
        hint = "Run `wakhan validate`, and mend the dataset first."
        raise WakhanError(f"the dataset has {what} before it is damaged", path=sources.root, hint=hint)
    folders = (sources.queries, sources.root / "tests" / "queries") if queries else None
    subjects = set(data.subjects())
    looking = (shape for shape in shapes.shapes if subjects & shapes.focus_nodes(shape))
    names = frozenset(name for shape in looking for name in shapes.rules_of(shape))
    return Whole(data, ontology, sources.shapes, names, frozenset(known), implications.closures, folders)


def _second_look(whole: Whole, idle: Collection[str], todo: Iterable[Mutant]) -> Counter[str]:
    """Return how many mutants the *idle* shapes notice of those that take away what the shapes speak of.

    A mutant is looked at no further when something notices it; so a shape that always comes second seems idle.
    """
    found = Counter[str]()
    if not idle:
        return found
    judge, words = Judge(whole), {word for name in idle for word in _words(whole.shapes, name)}
    for mutant in todo:
        if any(curie(term, whole.shapes) in words for triple in mutant.removed for term in triple[1:]):
            rules = {hit.rule for hit in judge.everywhere(mutant) if hit.severity in GRAVE}
            found.update(rules.intersection(idle))
            if len(found) == len(idle):
                break
    return found


def _words(shapes: Graph, name: str) -> set[str]:
    """Return the prefixed names in the queries of the shape with this *name*."""
    queries = (text for node, text in shapes.subject_objects(SH.select) if curie(node, shapes) == name)
    return {word for query in queries for word in _PREFIXED_NAME.findall(str(query))}


def _grave(hits: Collection[Hit]) -> bool:
    return any(hit.severity in GRAVE for hit in hits)


def _verdicts(whole: Whole, todo: list[Mutant], workers: int) -> Iterator[Verdict]:
    """Yield the verdict on each mutant, in their order."""
    workers = min(workers, 1 + len(todo) // (4 * _CHUNK))
    if workers == 1:
        yield from map(Judge(whole).verdict, todo)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (whole,))
    try:
        yield from pool.map(_verdict, todo, chunksize=_CHUNK)
    except BrokenProcessPool:
        raise WakhanError("a process ended before its work was done", hint="Try again with fewer workers.") from None
    finally:
        pool.shutdown(cancel_futures=True)


_JUDGES: list[Judge] = []
"""The judge of this process, if it is one that only judges."""


def _start(whole: Whole) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others when it is told to stop
    _JUDGES.append(Judge(whole))


def _verdict(mutant: Mutant) -> Verdict:
    return _JUDGES[0].verdict(mutant)
