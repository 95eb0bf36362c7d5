"""Read what a SPARQL endpoint answers: solutions, yes or no, or triples; and tell what is none of these."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox

from wakhan.errors import WakhanError
from wakhan.servers.transport import Reply, short
from wakhan.servers.virtuoso import ASK, is_virtuoso, mended, missing

_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_GRAPH = "application/n-triples, text/turtle;q=0.8"
_NO_WORDS = re.compile(r"<[^<>\s]*>|#[^\n]*")
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b(?!:)", re.IGNORECASE)


@dataclass(frozen=True)
class Solutions:
    """The solutions of a SELECT query.

    Attributes:
        variables: The columns.
        rows: The solutions, which give the term of a variable, or None.
    """

    variables: list[ox.Variable]
    rows: list[ox.QuerySolution]

    def __iter__(self) -> Iterator[ox.QuerySolution]:
        """Give each solution."""
        return iter(self.rows)


Answer = Solutions | ox.QueryBoolean | ox.QueryTriples


def accepted(text: str) -> str:
    """Return the Accept header for a query; all formats in one would bring Virtuoso to answer in a wrong one.

    Example:
        >>> accepted("DESCRIBE <https://example.org/select>")
        'application/n-triples, text/turtle;q=0.8'
    """
    form = _FORM.search(_NO_WORDS.sub(" ", text))
    return _GRAPH if form and form[1].upper() in ("CONSTRUCT", "DESCRIBE") else _RESULTS


def read_answer(reply: Reply, place: str) -> Answer:
    """Return what a server answered with success, read.

    Args:
        reply: The answer.
        place: Where it comes from, for the errors.

    Raises:
        WakhanError: It is not whole, or not what the protocol has.
    """
    lost = missing(reply.headers)
    if lost:
        raise WakhanError(f"{place}: the server gives only a part of the answer ({short(lost)})", hint="Ask for less.")
    body = mended(reply.body) if is_virtuoso(reply.headers.get("server", "")) else reply.body
    try:
        if reply.media_type == "text/html":
            raise WakhanError(f"{place}: a page for people instead of an answer", hint="Check the path of the address.")
        results = ox.QueryResultsFormat.from_media_type(reply.media_type)
        if results in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML):
            return _solutions(body, results)
        triples = ox.RdfFormat.from_media_type(reply.media_type)
        if triples is not None and not triples.supports_datasets:
            return _triples(body, triples)
    except (SyntaxError, ValueError) as error:
        hint = "The server may have stopped in the middle, as some do when their time is up."
        broken = " ".join(str(error).split())
        raise WakhanError(f"{place}: the answer is broken or cut off: {broken}", hint=hint) from None
    said = reply.media_type or "nothing that says what it is"
    raise WakhanError(f"{place}: the server answers with {short(said)}, not with results of a query")


def _solutions(body: bytes, form: ox.QueryResultsFormat) -> Solutions | ox.QueryBoolean:
    try:
        return _parsed(body, form)
    except SyntaxError:
        if form != ox.QueryResultsFormat.JSON:
            raise
        return _parsed(_without_additions(body), form)


def _parsed(body: bytes, form: ox.QueryResultsFormat) -> Solutions | ox.QueryBoolean:
    result = ox.parse_query_results(body, format=form)
    try:
        if isinstance(result, ox.QueryBoolean):
            return result
        solutions = Solutions(list(result.variables), list(result))
    finally:
        del result  # which must end in the thread where it began: an error would keep it for whoever comes by
    if [variable.value for variable in solutions.variables] == [ASK]:
        return _boolean(bool(solutions.rows))
    return solutions


def _without_additions(body: bytes) -> bytes:
    """Return results in JSON with nothing but what the standard has; Comunica adds how it came by them."""
    whole = json.loads(body)
    if not isinstance(whole, dict) or not isinstance(whole.get("results"), dict):
        return body
    plain = {"head": whole.get("head"), "results": {"bindings": whole["results"].get("bindings")}}
    return json.dumps(plain).encode()


def _boolean(value: bool) -> ox.QueryBoolean:
    text = f'{{"head":{{}},"boolean":{"true" if value else "false"}}}'
    return cast(ox.QueryBoolean, ox.parse_query_results(text.encode(), format=ox.QueryResultsFormat.JSON))


def _triples(body: bytes, form: ox.RdfFormat) -> ox.QueryTriples:
    store = ox.Store()
    store.load(body, format=form)
    return cast(ox.QueryTriples, store.query("CONSTRUCT WHERE { ?s ?p ?o }"))
