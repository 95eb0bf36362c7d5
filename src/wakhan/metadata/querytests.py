"""The stored queries as a test suite in the W3C's form: a manifest, queries with values bound, and expected results.

Any runner of the W3C's SPARQL tests can run it out of the folder of the release, for all its addresses are relative.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from wakhan.dataset import Dataset
from wakhan.engine import run_fast
from wakhan.errors import WakhanError
from wakhan.metadata.catalogue import plain_text
from wakhan.metadata.editions import edition_file
from wakhan.metadata.vocabulary import MF, QT, graph_for
from wakhan.names import natural_key
from wakhan.query import StoredQuery
from wakhan.render import render
from wakhan.sources import read_text
from wakhan.turtle import to_turtle

if TYPE_CHECKING:
    from wakhan.release import Distribution

FOLDER = "query-tests"
"""The folder of the suite in a release."""

ANSWERS = "tests/queries"
"""Where a dataset keeps the answers of its stored queries: ``<query>/default.csv``, ``<query>/<name>=<value>.csv``."""

_UNPLAIN = re.compile(r"[^A-Za-z0-9.-]+")


class Case(NamedTuple):
    """A stored query with values for its parameters, and its answer."""

    query: StoredQuery
    name: str
    bindings: dict[str, Node]
    answer: str
    """In the form of the SPARQL Query Results JSON."""


def suite(
    dataset: Dataset, distributions: Sequence["Distribution"], editions: Mapping[str, ox.Dataset]
) -> dict[str, str]:
    """Return the files of the suite by their names below ``FOLDER``; none where the dataset has no stored answers.

    The answers are those that the dataset keeps, with the datatypes that a table leaves out.

    Args:
        dataset: The dataset with its stored queries.
        distributions: The files of the release.
        editions: The triples of each edition.

    Raises:
        WakhanError: A query answers on the files of the release something else than what is stored.
    """
    texts: dict[str, str] = {}
    graph = graph_for()
    entries: list[Node] = []
    for case in _cases(dataset, editions):
        path = f"{case.query.name}/{case.name}"
        data = _data_file(case.query, distributions)
        entries.append(_entry(graph, case, path, data))
        texts[f"{path}.rq"] = f"# {case.query.summary}\n\n{plain_text(case.query, case.bindings)}"
        texts[f"{path}.srj"] = case.answer
    if not entries:
        return {}
    manifest = URIRef("")  # the address of the file itself
    graph.add((manifest, RDF.type, MF.Manifest))
    graph.add((manifest, RDFS.label, Literal("The stored queries and their answers", lang="en")))
    graph.add((manifest, MF.entries, Collection(graph, BNode(), entries).uri))
    return {"manifest.ttl": to_turtle(graph)} | texts


def _entry(graph: Graph, case: Case, path: str, data: str) -> URIRef:
    name = path.replace("/", "-")
    entry, action = URIRef(f"#{name}"), URIRef(f"#{name}-action")
    graph.add((entry, RDF.type, MF.QueryEvaluationTest))
    graph.add((entry, MF.name, Literal(path)))
    graph.add((entry, RDFS.comment, Literal(case.query.summary, lang="en")))
    graph.add((entry, MF.action, action))
    graph.add((action, QT.query, URIRef(f"{path}.rq")))
    graph.add((action, QT.data, URIRef(f"../{data}")))
    graph.add((entry, MF.result, URIRef(f"{path}.srj")))
    return entry


def _cases(dataset: Dataset, editions: Mapping[str, ox.Dataset]) -> Iterator[Case]:
    stores = {name: _store(editions[name]) for name in ("asserted", "inferred") if name in editions}
    for path in sorted((dataset.root / ANSWERS).glob("*/*.csv"), key=lambda path: natural_key(path.as_posix())):
        query = dataset.stored(path.parent.name)
        values = {} if path.stem == "default" else dict(pair.split("=", 1) for pair in path.stem.split("&"))
        bindings = dataset.bind(query, values)
        rows = run_fast(stores[_edition(query)], query.text, bindings, dataset.prefixes)
        if _cells(render(rows, "csv")) != _cells(read_text(path)):
            hint = f"Look which is right; `wakhan query {query.name} --format csv` tells what is answered now."
            raise WakhanError("this is not what the query answers on the files of the release", path=path, hint=hint)
        yield Case(query, _UNPLAIN.sub("-", path.stem), bindings, render(rows, "json"))


def _edition(query: StoredQuery) -> str:
    return "inferred" if query.inference else "asserted"


def _data_file(query: StoredQuery, distributions: Sequence["Distribution"]) -> str:
    file = edition_file(_edition(query), distributions, "turtle")
    if file is None:
        raise WakhanError(f"the release has no Turtle file that {query.name} could be asked of")
    return file.name


def _store(dataset: ox.Dataset) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(dataset)
    return store


def _cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))
