"""Dereference the IRIs of the dataset: lead to the page or the data of each, and serve the pages and the data."""

import asyncio
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from wakhan.protocol.documents import document_of
from wakhan.protocol.files import File, Files
from wakhan.protocol.media import DATA_ENDINGS, HTML, negotiate
from wakhan.protocol.refusal import Refused, not_allowed
from wakhan.protocol.reply import CORS, answer, digest, is_known, not_modified, refusal, see_other
from wakhan.protocol.served import Described

METHODS = "GET, HEAD, OPTIONS"
INDEX = "index.html"
MISSING = "404.html"

_SAFE = "/!$&'()*+,;=:@~-._"
_FORMATS = {HTML: ".html", **{media_type: ending for ending, media_type in DATA_ENDINGS.items()}}
_PAGE_POLICY = "object-src 'none'; base-uri 'self'; frame-ancestors 'self'; form-action 'self'"


class Resources:
    """All that is not the endpoint: the site, if there is one, and the data of each IRI.

    Args:
        files: The site.
        described: The data of the IRIs that are not in the site.
        base: Where the IRIs of the dataset begin.
        home: The name of the dataset itself, of which the front page is the page.
    """

    def __init__(self, files: Files | None, described: Described, base: str, home: str) -> None:
        self._files = files
        self._described = described
        self._base = base
        self._home = home

    async def respond(self, request: Request) -> Response:
        """Return the response to a request for an IRI, a page or a file."""
        if request.method == "OPTIONS":
            return Response(None, 204, {**CORS, **preflight(METHODS)})
        if request.method not in ("GET", "HEAD"):
            return refusal(not_allowed(METHODS))
        name = request.scope["path"].removeprefix("/")
        try:
            return await self._respond(request, name)
        except Refused as refused:
            return refusal(refused, vary="Accept")

    def has_page(self, name: str) -> bool:
        """Tell whether the site has a page of this name, such as ``query.html``."""
        return self._files is not None and self._files.path(name) is not None

    async def _respond(self, request: Request, name: str) -> Response:
        file = await self._file(name)
        if file is not None:
            return await _serve(request, file)
        offered = await self._offered(name)
        if not offered:
            return await self._missing(request, name)
        media_type = negotiate(request.headers.get("accept"), tuple(offered))
        if media_type is None:
            raise Refused(406, f"This can be had as {', '.join(offered)}.")
        index = await self._file(INDEX) if not name and media_type == HTML else None
        if index is not None:
            return await _serve(request, index, vary="Accept, Accept-Encoding")
        return see_other(quote(_way(request, name, offered[media_type]), safe=_SAFE))

    async def _offered(self, name: str) -> dict[str, str]:
        """Return the documents that describe an IRI, by media type, the preferred first."""
        document = document_of(name or self._home)
        names = {media_type: document + ending for media_type, ending in _FORMATS.items()}
        if not name and self.has_page(INDEX):
            names[HTML] = INDEX
        return {media_type: each for media_type, each in names.items() if await self._has(each)}

    async def _has(self, name: str) -> bool:
        return self.has_page(name) or await self._made(name) is not None

    async def _file(self, name: str) -> File | None:
        found = None if self._files is None else await asyncio.to_thread(self._files.read, name)
        return found or await self._made(name)

    async def _made(self, name: str) -> File | None:
        """Return the data of an IRI, made from the dataset."""
        stem, dot, ending = name.rpartition(".")
        if not stem or dot + ending not in DATA_ENDINGS or document_of(stem) != stem:
            return None
        data = await asyncio.to_thread(self._described.data, stem)
        return None if data is None else _data_file(data[dot + ending], DATA_ENDINGS[dot + ending])

    async def _missing(self, request: Request, name: str) -> Response:
        wants_page = negotiate(request.headers.get("accept"), ["text/plain", HTML]) == HTML
        page = await self._file(MISSING) if wants_page else None
        if page is not None:
            content = page.content.replace(f'href="{self._base}"'.encode(), f'href="{_root(request)}"'.encode())
            return await answer(request, content, HTML, status=404, headers={"Vary": "Accept"})
        if self._files is None and name.endswith(".html"):
            raise Refused(404, "No site is built, so there are no pages. `wakhan site` makes them.")
        raise Refused(404, "There is nothing of this name here.")


def preflight(methods: str) -> dict[str, str]:
    """Return what a page of another site is told when it asks what it may send."""
    return {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }


def _way(request: Request, name: str, document: str) -> str:
    """Return how a client comes from a name to a document; relative, so that the server can stand below any path."""
    folder, _, last = document.rpartition("/")
    return f"./{last}" if folder == name.rpartition("/")[0] else _root(request) + document


def _root(request: Request) -> str:
    """Return how a client comes from what it has asked for to the front page."""
    asked: bytes = request.scope.get("raw_path") or request.scope["path"].encode()  # where an encoded slash is none
    return "../" * (asked.count(b"/") - 1) or "./"


def _data_file(content: bytes, media_type: str) -> File:
    return File(content, media_type, digest(content))


async def _serve(request: Request, file: File, vary: str = "Accept-Encoding") -> Response:
    if is_known(request, file.tag):
        return not_modified(file.tag, vary)
    policy = {"Content-Security-Policy": _PAGE_POLICY} if file.media_type == HTML else {}
    return await answer(request, file.content, file.media_type, tag=file.tag, headers={**policy, "Vary": vary})
