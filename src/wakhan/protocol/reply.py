"""Make the HTTP responses: with media type, validators and compression as RFC 9110 has them."""

import asyncio
import gzip
import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from wakhan.protocol.media import is_compressible, takes_gzip, with_charset
from wakhan.protocol.refusal import Refused

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, ETag, Location, Retry-After",
}
"""What lets a page of another site read the answers: they are public."""

_SMALLEST = 600  # bytes; less than one packet gains nothing
_QUICK = 2**16  # bytes, which are compressed before anybody notices
_LEVEL = 6
_VALIDATED = "no-cache"  # may be kept, but is asked for again: with its validator that costs little


def digest(*parts: bytes) -> str:
    """Return what identifies the *parts*, in 32 hexadecimal digits.

    Example:
        >>> digest(b"ab", b"c") == digest(b"a", b"bc")
        False
    """
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()[:32]


async def answer(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    tag: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a response with *body*, compressed if the client takes that.

    Args:
        request: What is answered.
        body: The content.
        media_type: Its media type; texts are UTF-8.
        tag: What identifies the content. The validator is made weak, because the compressed content has it too.
        status: The HTTP status.
        headers: Others than those that follow from the rest.
    """
    found = {"Content-Type": with_charset(media_type), "Vary": "Accept-Encoding", **CORS, **(headers or {})}
    if tag is not None:
        found |= validators(tag)
    worthwhile = len(body) >= _SMALLEST and is_compressible(media_type)
    if worthwhile and takes_gzip(request.headers.get("accept-encoding")):
        body = await asyncio.to_thread(_zipped, body) if len(body) > _QUICK else _zipped(body)
        found["Content-Encoding"] = "gzip"
    return Response(body, status, found)


def validators(tag: str) -> dict[str, str]:
    """Return the headers by which a client can ask whether what it has is still right."""
    return {"ETag": f'W/"{tag}"', "Cache-Control": _VALIDATED}


def is_known(request: Request, tag: str) -> bool:
    """Tell whether the client already has the content that *tag* identifies (If-None-Match, compared weakly)."""
    if request.method not in ("GET", "HEAD"):
        return False
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    return f'"{tag}"' in known


def not_modified(tag: str, vary: str = "Accept-Encoding") -> Response:
    """Return the response to a client that already has the content."""
    return Response(None, 304, {**validators(tag), **CORS, "Vary": vary})


def refusal(refused: Refused, vary: str | None = None) -> Response:
    """Return the response that tells why a request is not answered."""
    found = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", **CORS, **refused.headers}
    return Response(f"{refused.text}\n".encode(), refused.status, found | ({"Vary": vary} if vary else {}))


def see_other(location: str) -> Response:
    """Return the response that leads to what describes the thing that was asked for."""
    return Response(None, 303, {"Location": location, "Vary": "Accept", **CORS})


def _zipped(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)
