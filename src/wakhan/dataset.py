"""A dataset as one object: load it, then query it, ask it, look things up and check it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from wakhan import engine, lookup, query
from wakhan.choices import ENGINES
from wakhan.errors import UsageError
from wakhan.names import WK, Triple, bind, new_graph, prefixes_of
from wakhan.ntriples import lines_of
from wakhan.query import StoredQuery
from wakhan.rows import Rows
from wakhan.sources import (
    Sources,
    find_root,
    joined,
    packaged_root,
    read_data,
    read_ontology,
    read_turtle,
    with_shapes,
)

if TYPE_CHECKING:
    import pyoxigraph

    from wakhan.findings import Report
    from wakhan.show import About
    from wakhan.verdict import Verdict
    from wakhan.why import Proof

_PREFIX = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>\s]*)>", re.IGNORECASE | re.MULTILINE)
_NAMING = (RDF.type, RDFS.label, SKOS.altLabel, RDFS.subClassOf)


def load(root: str | Path | None = None) -> "Dataset":
    """Return the dataset in *root*, else the one around the current folder, else the one that comes with the package.

    Nothing is read before it is needed.

    Raises:
        UsageError: *root* holds no dataset.
    """
    return Dataset(find_root() if root is None else Path(root))


class Dataset:
    """Ontology, data and stored queries of one folder; each part is read when it is first used.

    Args:
        root: The folder, which has ``data/`` and may have ``ontology/`` and ``queries/``.

    Raises:
        UsageError: There is no ``data/`` in it.
    """

    def __init__(self, root: Path) -> None:
        if not (root / "data").is_dir():
            raise UsageError("no dataset here: the folder data/ is missing", path=root)
        self.root = root

    @cached_property
    def sources(self) -> Sources:
        """The files, read."""
        return with_shapes(self.root, *self._files)

    @cached_property
    def _files(self) -> tuple[dict[Path, Graph], dict[Path, Graph]]:
        """The files of data and ontology, read; who only asks needs no shapes."""
        return read_data(self.root), read_ontology(self.root)

    @cached_property
    def graph(self) -> Graph:
        """Ontology and data, facts included, in one rdflib graph."""
        graph = new_graph()
        for part in map(joined, self._files):
            for prefix, namespace in part.namespaces():
                graph.bind(prefix, namespace, override=False)
            graph += part
        return bind(graph)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that a query need not declare: those of the data files, then those of Wakhan.

        They are picked out of the text, because that is much faster than to parse the files.
        """
        found = new_graph()
        for path in sorted((self.root / "data").rglob("*.ttl")):
            for prefix, namespace in _PREFIX.findall(path.read_text(encoding="utf-8", errors="replace")):
                found.bind(prefix, namespace, override=False)
        return prefixes_of(found)

    @cached_property
    def closure(self) -> Graph:
        """The graph with all that OWL 2 RL lets follow from it."""
        from wakhan.reason import closure

        return closure(self.graph)

    @cached_property
    def queries(self) -> dict[str, StoredQuery]:
        """The stored queries by name, in the order of their topics."""
        return query.stored_queries(self._folder("queries"))

    @cached_property
    def store(self) -> "pyoxigraph.Store":
        """The same as ``graph`` in a pyoxigraph store, read without rdflib because that is ten times as fast."""
        import pyoxigraph as ox

        store = ox.Store()
        try:
            for path in (*self._folder("ontology").glob("*.ttl"), *(self.root / "data").rglob("*.ttl")):
                store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
        except (SyntaxError, ValueError, OSError):
            return _store_of(self.graph)  # which tells what is wrong with the file, or can read it
        return store if len(store) else _store_of(self.graph)

    @cached_property
    def inferred_store(self) -> "pyoxigraph.Store":
        """The same as ``closure`` in a pyoxigraph store."""
        return _store_of(self.closure)

    @cached_property
    def names(self) -> Graph:
        """What terms are called and of what classes they are: enough to look them up, and soon made."""
        import pyoxigraph as ox

        names = new_graph()
        for prefix, namespace in self.prefixes.items():
            names.bind(prefix, namespace)
        for prop in _NAMING:
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(str(prop)), None):
                names.add(engine.triple_of(quad.triple))
        return names

    def stored(self, name: str) -> StoredQuery:
        """Return the stored query *name*.

        Raises:
            UsageError: There is none; the hint names those that look like it.
        """
        if name not in self.queries:
            raise UsageError(f"no stored query is called {name!r}", hint=self._near(name))
        return self.queries[name]

    def query(self, name: str, /, *, engine: str = "fast", **params: object) -> Rows:
        """Return the answer of a stored query.

        Args:
            name: The name of the query, which is the name of its file.
            engine: ``fast`` or ``reference``.
            params: Values for its parameters: IRIs, prefixed names, labels, or the text of literals.

        Raises:
            UsageError: There is no such query, or a parameter is wrong.
        """
        return self.answer(self.stored(name), {key: str(value) for key, value in params.items()}, engine)

    def answer(self, stored: StoredQuery, params: Mapping[str, str], engine: str = "fast") -> Rows:
        """Return the answer of a stored query, asked of the closure if its head says so.

        Raises:
            UsageError: A parameter is wrong.
        """
        return self._run(stored.text, self.bind(stored, params), engine=engine, inferred=stored.inference)

    def bind(self, stored: StoredQuery, params: Mapping[str, str]) -> dict[str, Node]:
        """Return the RDF terms for the parameters of a stored query.

        Raises:
            UsageError: A parameter is unknown, missing or not allowed.
        """
        try:
            return query.bind_parameters(stored, params, self.names)
        except UsageError:  # what is no subject in the data is not among the names
            return query.bind_parameters(stored, params, self.graph)

    def sparql(self, text: str, *, engine: str = "fast", inferred: bool = False) -> Rows:
        """Return the answer of a SPARQL query.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE; the dataset's prefixes need not be declared.
            engine: ``fast`` or ``reference``.
            inferred: Whether to ask the closure.

        Raises:
            UsageError: It is not a query, or it reaches beyond the dataset.
        """
        return self._run(text, {}, engine=engine, inferred=inferred)

    def unknown(self, text: str) -> list[str]:
        """Return what a query names in the dataset's own namespaces that is not there: most likely misspelt.

        Whatever is asked of such a name has no answer, and an empty result would not tell why.
        """
        import pyoxigraph as ox

        own = {self.prefixes[prefix] for prefix in ("art", "claim", "id", "wk") if prefix in self.prefixes}

        def is_there(iri: URIRef) -> bool:
            node = ox.NamedNode(iri)
            places = ((node, None, None), (None, node, None), (None, None, node))
            return any(next(self.store.quads_for_pattern(*place), None) is not None for place in places)

        named = engine.names(text, self.prefixes)
        return [name for name, iri in named.items() if str(iri).startswith(tuple(own)) and not is_there(iri)]

    def find(self, text: str, kind: lookup.Kind = "any") -> URIRef:
        """Return the term that *text* names; see ``wakhan.lookup.find_term``."""
        return lookup.find_term(self.graph, text, kind)

    def triple(self, subject: str, property: str, object: str) -> tuple[URIRef, URIRef, Node]:
        """Return the triple that three names mean.

        Raises:
            UsageError: A name means nothing here, or several things.
        """
        prop = self.find(property, "property")
        return self.find(subject, "thing"), prop, lookup.find_object(self.graph, object, prop)

    def ask(self, subject: str, property: str, object: str) -> "Verdict":
        """Return how the article stands to a statement; see ``wakhan.verdict.decide``.

        Raises:
            UsageError: A name means nothing here, or several things.
        """
        from wakhan.verdict import decide

        return decide(self.graph, self._inferred, *self.triple(subject, property, object))

    def _inferred(self) -> Graph | frozenset[Triple]:
        """Return what follows from the graph, to look triples up in: a closure with indexes takes twice as long."""
        if "closure" in self.__dict__:
            return self.closure
        from wakhan.owl2rl import closure

        return frozenset(closure(self.graph))

    def show(self, term: str) -> "About":
        """Return all that the dataset has on a term.

        Raises:
            UsageError: The name means nothing here, or several things.
        """
        from wakhan.show import about

        return about(self.graph, self.find(term))

    def why(self, subject: str, property: str, object: str) -> "Proof | None":
        """Return why a triple holds, down to the sentences behind it, or None when it does not.

        Raises:
            UsageError: A name means nothing here, or several things.
        """
        from wakhan.why import explain

        return explain(self.graph, self.triple(subject, property, object))

    def validate(
        self,
        files: Iterable[str | Path] = (),
        *,
        limit: int | None = None,
        w3c: bool = False,
        engine: str | None = None,
    ) -> "Report":
        """Return all that is wrong with the dataset, the worst first.

        Args:
            files: Turtle files to be checked together with the dataset, such as new claims about its things. Files with
                a narrator of their own are another article: they are checked by themselves.
            limit: How many findings to keep; all if not given.
            w3c: Whether to make the SHACL validation report too.
            engine: ``fast`` or ``reference``, which give the same results; if not given, the fast one where it is
                installed.

        Raises:
            WakhanError: A file cannot be read.
            UsageError: There is no such engine.
        """
        from wakhan.validate import check_sources

        own = {path.resolve() for path in self.sources.files}
        more = {path: read_turtle(path) for path in map(Path, files) if path.resolve() not in own}
        is_another = any((None, RDF.type, WK.Narrator) in graph for graph in more.values())
        whole = replace(self.sources, files=more if is_another else self.sources.files | more)
        return check_sources(whole, limit=limit, w3c=w3c, engine=engine)

    def _run(self, text: str, bindings: dict[str, Node], *, engine: str, inferred: bool) -> Rows:
        if engine not in ENGINES:
            raise UsageError(f"no engine is called {engine!r}", hint=f"It can be: {', '.join(ENGINES)}.")
        if engine == "reference":
            return query.run(self.closure if inferred else self.graph, text, bindings)
        return query.run_fast(self.inferred_store if inferred else self.store, text, bindings, self.prefixes)

    def _folder(self, name: str) -> Path:
        own = self.root / name
        return own if own.is_dir() else packaged_root() / name

    def _near(self, name: str) -> str:
        import difflib

        near = difflib.get_close_matches(name, self.queries, n=3, cutoff=0.5)
        return f"Did you mean {' or '.join(near)}?" if near else "`wakhan query` lists them."


def _store_of(graph: Graph) -> "pyoxigraph.Store":
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(lines_of(list(graph)).encode(), format=ox.RdfFormat.N_TRIPLES)
    return store
