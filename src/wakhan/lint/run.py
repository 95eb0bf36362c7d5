"""Check the shapes, the ontology and the queries in files, and say where in them something is wrong."""

from collections.abc import Sequence
from pathlib import Path

from rdflib import Graph

from wakhan.describe import describe, rules_of
from wakhan.errors import UsageError
from wakhan.expected import Graphs
from wakhan.files import Source, as_sources, merged, read_sources, unique
from wakhan.findings import SEVERITIES, Report
from wakhan.lint.checks import RULES, lint
from wakhan.reason import union
from wakhan.sources import Sources, read_text


def lint_files(
    data: Sequence[Path],
    ontology: Sequence[Path],
    shapes: Sequence[Path],
    queries: Path | None,
    *,
    limit: int | None = None,
) -> Report:
    """Return what is wrong with the ontology, the shapes and the queries in files.

    Args:
        data: Files or folders that use them; without any, nothing is said of what is unused.
        ontology: Files or folders with what the words mean.
        shapes: Files or folders with what the data must contain.
        queries: The folder of the stored queries.
        limit: How many findings to keep, the worst first; all if not given.

    Raises:
        UsageError: Nothing to check was named.
        WakhanError: A file cannot be read.
    """
    if not ontology and not shapes and queries is None:
        raise UsageError("nothing to check was named", hint="Name --ontology, --shapes or --queries.")
    return _report(read_sources(data), read_sources(ontology), read_sources(shapes), queries, limit)


def lint_dataset(sources: Sources, *, limit: int | None = None) -> Report:
    """Return what is wrong with the ontology, the shapes and the queries of a dataset.

    Args:
        sources: The dataset.
        limit: How many findings to keep, the worst first; all if not given.
    """
    parts = (as_sources(files) for files in (sources.files, sources.ontology_files, sources.shape_files))
    data, ontology, shapes = parts
    return _report(data, ontology, shapes, sources.queries, limit)


def _report(
    data: list[Source], ontology: list[Source], shapes: list[Source], queries: Path | None, limit: int | None
) -> Report:
    words, rules = merged(ontology), merged(shapes)
    texts = {} if queries is None else {path: read_text(path) for path in sorted(queries.rglob("*.rq"))}
    results = lint(words, rules, merged(data), texts)
    counts = {severity: sum(result.severity == severity for result in results) for severity in SEVERITIES}
    kept = results[:limit]
    files = unique([*ontology, *shapes, *data])
    graphs = Graphs(union(words, rules, merged(data)), rules, words)
    return Report(
        findings=tuple(describe(kept, graphs, files)),
        counts=counts,
        rules=RULES | (rules_of(rules, shapes if kept else ()) if _about_itself(rules, words) else {}),
        files=tuple(source.path for source in unique([*ontology, *shapes])) + tuple(texts),
    )


def _about_itself(shapes: Graph, ontology: Graph) -> bool:
    """Tell whether there are shapes that may look at terms or shapes."""
    return len(shapes) > 0 and len(ontology) > 0
