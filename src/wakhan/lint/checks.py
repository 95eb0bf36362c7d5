"""All checks of the shapes, the ontology and the stored queries themselves, put together."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.term import Node

from wakhan.findings import SEVERITIES, Result, Rule
from wakhan.lint import (
    about,
    closed,
    constraints,
    contradictions,
    coverage,
    profile,
    queries,
    recursion,
    targets,
    terms,
    uses,
)
from wakhan.lint import shapes as form
from wakhan.lint.project import Project

_MODULES = (
    about,
    closed,
    constraints,
    contradictions,
    coverage,
    form,
    profile,
    queries,
    recursion,
    targets,
    terms,
    uses,
)

RULES: dict[str, Rule] = dict(sorted(chain.from_iterable(module.RULES.items() for module in _MODULES)))
"""What is checked: the title of each rule, why it is there, and how grave it is at most."""


def lint(
    ontology: Graph, shapes: Graph, data: Graph, queries: Mapping[Path, str], *, deep: bool = True
) -> list[Result]:
    """Return what is wrong with ontology, shapes and stored queries, the worst first; an empty list is good news.

    Args:
        ontology: What the words mean; it may be empty.
        shapes: What the data must contain; it may be empty.
        data: The data, so that it is known which terms are used; without any, nothing is said of that.
        queries: The texts of the stored queries, by path.
        deep: Whether to check with a SHACL engine, too, which takes some seconds: the syntax of the shapes, what the
            shapes say about terms, and the targets in SPARQL.
    """
    project = Project(ontology, shapes, data, queries)
    results = list(_found(project))
    if deep:
        results += [*about.check_syntax(project, results), *targets.dead_queries(project)]
        results += about.check_about(project, results)
    return sorted(_without_echoes(results), key=_order)


def _found(project: Project) -> Iterator[Result]:
    yield from form.check_shapes(project)
    yield from constraints.check_constraints(project)
    yield from targets.check_targets(project)
    yield from recursion.check_recursion(project)
    yield from contradictions.check_contradictions(project)
    yield from closed.check_closed(project)
    yield from coverage.check_coverage(project)
    yield from terms.check_terms(project)
    yield from uses.check_uses(project)
    yield from profile.check_profile(project)
    yield from queries.check_queries(project)


def _without_echoes(results: Iterable[Result]) -> Iterator[Result]:
    """Yield each of *results* once; what a shape of the project says about a term goes before the general rule."""
    unique = dict.fromkeys(results)
    own = {(result.focus, result.path) for result in unique if isinstance(result.rule, URIRef)}
    general = (*terms.RULES, "shape-text")
    yield from (r for r in unique if r.rule not in general or (r.focus, r.path) not in own)


def _order(result: Result) -> tuple[object, ...]:
    def key(node: Node | None) -> str:
        return "" if node is None else node.n3()

    place = tuple(str(part or "").zfill(9) for part in result.place or ())
    triples = tuple(tuple(node.n3() for node in triple) for triple in result.triples)
    severity = SEVERITIES.index(result.severity)
    return (
        severity,
        place,
        str(result.rule),
        key(result.focus),
        key(result.path),
        key(result.value),
        result.message,
        triples,
    )
