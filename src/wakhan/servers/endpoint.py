"""A SPARQL endpoint: ask it, change it, put a graph into it; the answers read as those of the embedded engine."""

import re
from collections.abc import Mapping, Sequence
from typing import cast
from urllib.parse import urlencode, urlsplit, urlunsplit

import pyoxigraph as ox
from rdflib.term import Node

from wakhan.engine import bound_text, run_fast
from wakhan.errors import UsageError, WakhanError
from wakhan.names import PREFIXES
from wakhan.rows import Rows
from wakhan.servers.answers import Answer, Solutions, accepted, read_answer
from wakhan.servers.login import find_login, shown, split_address
from wakhan.servers.transport import LIMIT, TIMEOUT, Transport, refusal
from wakhan.servers.virtuoso import is_virtuoso

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NOT_THERE = {404, 405, 501}

_SIBLINGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "query": (("store", "data"), ("update",)),
    "sparql": (("data", "sparql-graph-crud"), ("update", "sparql")),
    "sparql-auth": (("sparql-graph-crud-auth",), ("sparql-auth",)),
}
"""Last part of a query address to where graphs and updates go: of Oxigraph, Fuseki and Virtuoso."""

_PREFIX = re.compile(r"(?:^|>)\s*PREFIX\s+([\w.-]*):", re.IGNORECASE | re.MULTILINE)


class Endpoint:
    """A SPARQL 1.1 endpoint.

    Args:
        url: Where it is queried; may hold a user and a password. Else these are taken from WAKHAN_USER and
            WAKHAN_PASSWORD, or a bearer token from WAKHAN_TOKEN.
        update_url: Where updates go; guessed from *url* if not given.
        store_url: Where graphs go by the Graph Store protocol; guessed from *url* if not given.
        timeout: How many seconds one answer may take.
        limit: How many bytes one answer may have.

    Raises:
        UsageError: An address is none.
    """

    def __init__(
        self,
        url: str,
        *,
        update_url: str | None = None,
        store_url: str | None = None,
        timeout: float = TIMEOUT,
        limit: int = LIMIT,
    ) -> None:
        self.url, login = split_address(url)
        stores, updates = _siblings(self.url)
        self._stores = (split_address(store_url)[0],) if store_url else stores
        self._updates = (split_address(update_url)[0],) if update_url else updates
        for other in filter(None, (store_url, update_url)):
            login = login or split_address(other)[1]
        self._wire = Transport(find_login(login), timeout=timeout, limit=limit)

    @property
    def shown(self) -> str:
        """The address as it may be printed."""
        return shown(self.url)

    @property
    def is_virtuoso(self) -> bool:
        """Whether Virtuoso gave the last answer."""
        return is_virtuoso(self._wire.server)

    def query(
        self,
        text: str,
        bindings: Mapping[str, Node] | None = None,
        *,
        graph: str | None = None,
        prefixes: Mapping[str, str] = PREFIXES,
    ) -> Rows:
        """Return the answer of a query, as the embedded engine gives it.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE, without GRAPH, FROM and SERVICE.
            bindings: RDF terms for variables of the query.
            graph: The IRI of the graph that is asked; the default graph of the server if not given.
            prefixes: Those that the query need not declare.

        Raises:
            UsageError: The text is not a query.
            WakhanError: The server gives no answer, or none that can be read.
        """
        return run_fast(cast(ox.Store, _Asked(self, graph, bindings or {})), text, None, prefixes)

    def ask(self, text: str, graph: str | None = None) -> Answer:
        """Send a query as it is, and return what the server answers.

        Raises:
            WakhanError: The server gives no answer, or none that can be read.
        """
        fields = {"query": text, **({} if graph is None else {"default-graph-uri": graph})}
        reply = self._wire.send(
            "POST", self.url, urlencode(fields).encode(), {**_FORM, "Accept": accepted(text)}, again=True
        )
        if reply.status == 400:
            _check_syntax(text)
        if reply.status != 200:
            raise refusal(reply, self.url, self._wire.login)
        return read_answer(reply, self.shown)

    def count(self, graph: str | None = None) -> int:
        """Return how many triples a graph has; of the default graph, if none is named.

        Raises:
            WakhanError: The server does not tell.
        """
        pattern = "?s ?p ?o" if graph is None else f"GRAPH <{checked_iri(graph)}> {{ ?s ?p ?o }}"
        answer = self.ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
        if isinstance(answer, Solutions) and len(answer.rows) == 1:
            term = answer.rows[0]["n"]
            if isinstance(term, ox.Literal) and term.value.isdecimal():
                return int(term.value)
        raise WakhanError(f"{self.shown}: the server does not say how many triples there are")

    def update(self, text: str) -> None:
        """Carry out a SPARQL update. One that may have been carried out is not sent again.

        Raises:
            WakhanError: The server does not do it, or does not say that it did.
        """
        self._updates = self._first(self._updates, "POST", "", urlencode({"update": text}).encode(), _FORM)

    def put(self, ntriples: str, graph: str | None = None) -> None:
        """Put triples in the place of all that a graph holds, by the Graph Store protocol.

        Args:
            ntriples: The triples, as N-Triples.
            graph: The IRI of the graph; the default graph of the server if not given.

        Raises:
            NoSuchAddress: No address is known that takes a graph.
            WakhanError: The server does not do it.
        """
        place = "default" if graph is None else urlencode({"graph": checked_iri(graph)})
        mark = "&" if self._stores and "?" in self._stores[0] else "?"
        headers = {"Content-Type": "application/n-triples"}
        self._stores = self._first(self._stores, "PUT", mark + place, ntriples.encode(), headers)

    def _first(
        self, urls: Sequence[str], method: str, suffix: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[str]:
        """Send to the first of *urls* where there is something, and return it. Only a PUT does no harm twice."""
        refused = []
        for url in urls:
            reply = self._wire.send(method, url + suffix, body, headers, again=method == "PUT")
            if 200 <= reply.status < 300:
                return (url,)
            refused.append(refusal(reply, url, self._wire.login))
            if reply.status not in _NOT_THERE:
                raise refused[-1]
        if len(refused) == 1:
            raise NoSuchAddress(refused[0].message, hint=refused[0].hint)
        tried = f"; tried: {', '.join(map(shown, urls))}" if urls else ""
        raise NoSuchAddress(
            f"{self.shown}: no address is known that takes {'a graph' if method == 'PUT' else 'updates'}{tried}",
            hint="Name it with --store-endpoint or --update-endpoint.",
        )


class NoSuchAddress(WakhanError):
    """There is nothing that takes a graph, or an update, where it was looked for."""


class _Asked:
    """Stands for an embedded store, so that the same code makes rows of what both answer."""

    def __init__(self, endpoint: Endpoint, graph: str | None, bindings: Mapping[str, Node]) -> None:
        self._endpoint = endpoint
        self._graph = None if graph is None else checked_iri(graph)
        self._bindings = bindings

    def query(self, text: str, *, prefixes: Mapping[str, str]) -> Answer:
        """Return the answer of the server."""
        for name in sorted(self._bindings, reverse=True):  # one by one: Virtuoso trips over a VALUES with two variables
            text = bound_text(text, {name: self._bindings[name]})
        return self._endpoint.ask(with_prefixes(text, prefixes), self._graph)


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Return a query that declares those *prefixes* that it uses, on its first line: line numbers stay.

    Example:
        >>> with_prefixes("ASK { ?x a wk:Claim }", {"wk": "https://example.org/", "id": "https://example.org/id/"})
        'PREFIX wk: <https://example.org/> ASK { ?x a wk:Claim }'
    """
    declared = set(_PREFIX.findall(text))
    used = [p for p in sorted(prefixes) if p not in declared and re.search(rf"(?<![\w.-]){re.escape(p)}:", text)]
    return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in used) + text


def checked_iri(text: str) -> str:
    """Return the IRI of a graph as it is.

    Raises:
        UsageError: It is not an IRI.
    """
    try:
        return ox.NamedNode(text).value
    except ValueError:
        raise UsageError(f"not the IRI of a graph: {text!r}", hint="Write it in full: https://example.org/g") from None


def _siblings(url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return where a server with this address may take graphs, and where updates."""
    parts = urlsplit(url)
    folder, _, last = parts.path.rpartition("/")
    stores, updates = (
        tuple(urlunsplit(parts._replace(path=f"{folder}/{name}")) for name in names)
        for names in _SIBLINGS.get(last, ((), (last,)))
    )
    return stores, updates


def _check_syntax(text: str) -> None:
    """Raise the error of the embedded engine if that cannot read the query either."""
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        raise UsageError(f"not a query that can be run: {' '.join(str(error).split())}") from None
    except (RuntimeError, ValueError, OSError):
        return  # such as a function that only the server has
