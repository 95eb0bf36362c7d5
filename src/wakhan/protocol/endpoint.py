"""Answer requests of the SPARQL 1.1 Protocol: read them, let a process run the query, say what came of it."""

import asyncio
import json
from collections.abc import Mapping
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from wakhan.protocol import description
from wakhan.protocol.guard import is_volatile
from wakhan.protocol.limits import Limits
from wakhan.protocol.media import HTML, SOLUTIONS, TRIPLES, negotiate
from wakhan.protocol.operation import METHODS, Operation, read_operation
from wakhan.protocol.pool import Answer, Pool
from wakhan.protocol.refusal import Refused
from wakhan.protocol.reply import CORS, answer, digest, is_known, not_modified, refusal, see_other
from wakhan.protocol.resources import Resources, preflight
from wakhan.protocol.served import Source

QUERY_PAGE = "query.html"

_VARY = "Accept, Accept-Encoding"
_LONGEST_LINK = 8000  # characters, which any browser and any server before this one lets pass
_GONE = 499  # nobody sees it; servers note so in their logs that a client went away


class SparqlEndpoint:
    """The endpoint of one dataset.

    Args:
        pool: The processes that run queries.
        source: What is asked.
        resources: The pages, of which one is for queries.
        limits: What no request can go beyond.
        triples: How many triples the default graph has.
    """

    def __init__(self, pool: Pool, source: Source, resources: Resources, limits: Limits, triples: int) -> None:
        self._pool = pool
        self._source = source
        self._resources = resources
        self._limits = limits
        self._triples = triples
        self._state = digest(source.nquads, json.dumps(source.prefixes).encode())

    async def respond(self, request: Request) -> Response:
        """Return the response to a request."""
        if request.method == "OPTIONS":
            return Response(None, 204, {**CORS, **preflight(METHODS)})
        try:
            operation = await self._read(request)
            if operation is None:
                return await self._describe(request)
            return await self._answer(request, operation)
        except Refused as refused:
            return refusal(refused, vary=_VARY)
        except ClientDisconnect:
            return Response(None, _GONE)

    async def _read(self, request: Request) -> Operation | None:
        query_string = request.scope["query_string"]
        if len(query_string) > self._limits.request_bytes:
            raise Refused(414, "The address is too long. Send the query by POST.")
        body = await self._body(request) if request.method == "POST" else b""
        return read_operation(request.method, query_string, request.headers.get("content-type", ""), body)

    async def _body(self, request: Request) -> bytes:
        """Return the body of a request; it ends the connection where it does not come whole.

        Raises:
            Refused: It is too long, too slow or compressed.
        """
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            raise Refused(415, "Send the body as it is, not compressed.", {"Accept-Encoding": "identity"})
        most, body = self._limits.request_bytes, bytearray()
        close = {"Connection": "close"}
        declared = request.headers.get("content-length", "0")
        if declared.isdecimal() and len(declared) < len(str(2**63)) and int(declared) > most:
            raise Refused(413, f"The body is longer than {most:,} bytes.", close)
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                async for part in request.stream():
                    body += part
                    if len(body) > most:
                        raise Refused(413, f"The body is longer than {most:,} bytes.", close)
        except TimeoutError:
            raise Refused(408, "The body came too slowly.", close) from None
        return bytes(body)

    async def _describe(self, request: Request) -> Response:
        """Return the description of this service; to a browser the page for queries."""
        accept = request.headers.get("accept")
        has_page = self._resources.has_page(QUERY_PAGE)
        media_type = negotiate(accept, (*description.FORMATS, *([HTML] if has_page else [])))
        if media_type is None:
            raise Refused(406, f"The description of this service is given as {', '.join(description.FORMATS)}.")
        if media_type == HTML:
            return see_other(QUERY_PAGE)
        address = description.endpoint_address(request.headers, request.url.scheme, request.scope["path"])
        body = description.describe(
            address, media_type,
            triples=self._triples, dataset=self._source.iri, inferred=self._source.inferred,
        )  # fmt: skip
        tag = digest(body)
        if is_known(request, tag):
            return not_modified(tag, _VARY)
        return await answer(request, body, media_type, tag=tag, headers={"Vary": _VARY})

    async def _answer(self, request: Request, operation: Operation) -> Response:
        accept = request.headers.get("accept")
        if request.method in ("GET", "HEAD") and self._is_for_people(accept):
            link = f"{QUERY_PAGE}#query={quote(operation.query, safe='')}"
            if len(link) <= _LONGEST_LINK:
                return see_other(link)
        solutions, triples = negotiate(accept, SOLUTIONS), negotiate(accept, TRIPLES)
        if solutions is None and triples is None:
            offered = ", ".join(dict.fromkeys((*SOLUTIONS, *TRIPLES)))
            raise Refused(406, f"An answer can be had as {offered}.")
        question = {
            "query": operation.query,
            "default_graphs": operation.default_graphs,
            "named_graphs": operation.named_graphs,
            "solutions": solutions,
            "triples": triples,
        }
        tag = None if request.method == "POST" or is_volatile(operation.query) else self._tag(question)
        if tag is not None and is_known(request, tag):  # it was answered, and the data are the same
            return not_modified(tag, _VARY)
        found = await self._ask(request, question)
        headers = {"Vary": _VARY} | ({} if tag else {"Cache-Control": "no-store"})
        return await answer(request, found.body, found.media_type, tag=tag, headers=headers)

    def _is_for_people(self, accept: str | None) -> bool:
        has_page = self._resources.has_page(QUERY_PAGE)
        return has_page and negotiate(accept, (*SOLUTIONS, *TRIPLES, HTML)) == HTML

    def _tag(self, question: Mapping[str, object]) -> str:
        """Return what identifies an answer before it is known: the same data answer the same question alike."""
        return digest(self._state.encode(), json.dumps(question, sort_keys=True).encode())

    async def _ask(self, request: Request, question: Mapping[str, object]) -> Answer:
        """Return the answer, unless the client goes away before."""
        asking = asyncio.ensure_future(self._pool.ask(question))
        leaving = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
            if asking.done():
                return asking.result()
            raise ClientDisconnect
        finally:
            for task in (asking, leaving):
                task.cancel()
            await asyncio.gather(asking, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    """Return when the client has gone away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
