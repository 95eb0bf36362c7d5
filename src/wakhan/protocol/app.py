"""Put endpoint, site and data together as one ASGI application."""

import time
from collections.abc import Callable
from typing import NamedTuple

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wakhan.protocol.endpoint import SparqlEndpoint
from wakhan.protocol.resources import Resources

PATH = "/sparql"

_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Access(NamedTuple):
    """One answered request, as a log tells it: without the query, which is nobody's business.

    Attributes:
        method: The HTTP method.
        path: The path, without what follows a question mark.
        status: The HTTP status.
        size: How many bytes the body had.
        milliseconds: How long it took.
    """

    method: str
    path: str
    status: int
    size: int
    milliseconds: float


def application(
    endpoint: SparqlEndpoint, resources: Resources, log: Callable[[Access], object] = lambda access: None
) -> ASGIApp:
    """Return the application.

    Args:
        endpoint: What answers under ``/sparql``.
        resources: What answers everywhere else.
        log: Is told of each request.
    """

    async def respond(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        is_endpoint = scope["path"].removesuffix("/") == PATH
        response = await (endpoint.respond if is_endpoint else resources.respond)(request)
        await response(scope, receive, send)

    return _Told(respond, log)


class _Told:
    """Adds to each response what protects its reader, and tells the log of it."""

    def __init__(self, app: ASGIApp, log: Callable[[Access], object]) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        status, size = 0, 0

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).update(_SECURITY)
            size += len(message.get("body", b""))
            await send(message)

        await self._app(scope, receive, sent)
        self._log(Access(scope["method"], scope["path"], status, size, (time.perf_counter() - begun) * 1000))
