"""Responses have the headers that let a client keep them, ask again, and read them from anywhere."""

import asyncio
import gzip

import pytest
from starlette.requests import Request
from starlette.responses import Response

from wakhan.protocol.refusal import Refused, busy, not_allowed
from wakhan.protocol.reply import answer, digest, is_known, not_modified, refusal, see_other


def request(method: str = "GET", **headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": method, "headers": named, "path": "/"})


def answered(asked: Request, body: bytes, media_type: str, tag: str | None = None) -> Response:
    return asyncio.run(answer(asked, body, media_type, tag=tag))


def test_what_differs_has_another_digest() -> None:
    parts = ((b"a", b"b"), (b"ab", b""), (b"", b"ab"), (b"ab",), (b"b", b"a"))
    assert len({digest(*each) for each in parts}) == len(parts)
    assert digest(b"a", b"b") == digest(b"a", b"b")


def test_an_answer_is_compressed_if_it_is_long_and_the_client_wants_it() -> None:
    long = b"text " * 1000
    packed = answered(request(accept_encoding="gzip"), long, "text/csv", "x")
    assert gzip.decompress(bytes(packed.body)) == long
    assert packed.headers["content-length"] == str(len(packed.body))
    assert packed.headers["etag"] == 'W/"x"'
    assert answered(request(accept_encoding="gzip"), long, "text/csv", "x").body == packed.body
    for asked, body, media_type in (
        (request(), long, "text/csv"),
        (request(accept_encoding="gzip;q=0"), long, "text/csv"),
        (request(accept_encoding="gzip"), b"short", "text/csv"),
        (request(accept_encoding="gzip"), long, "application/zip"),
    ):
        plain = answered(asked, body, media_type)
        assert (plain.body, plain.headers.get("content-encoding")) == (body, None)
        assert "Accept-Encoding" in plain.headers["vary"]


def test_a_very_long_answer_is_the_same_when_another_thread_compresses_it() -> None:
    long = bytes(range(256)) * 1000
    packed = answered(request(accept_encoding="gzip"), long, "text/plain")
    assert gzip.decompress(bytes(packed.body)) == long


@pytest.mark.parametrize(
    ("method", "header", "known"),
    [
        ("GET", 'W/"x"', True),
        ("HEAD", '"x"', True),
        ("GET", '"a", W/"x" , "b"', True),
        ("GET", '"y"', False),
        ("GET", "x", False),
        ("GET", "*", False),
        ("GET", "", False),
        ("POST", '"x"', False),
    ],
)
def test_a_client_has_what_it_names(method: str, header: str, known: bool) -> None:
    assert is_known(request(method, if_none_match=header), "x") is known


def test_not_modified_has_the_headers_that_the_answer_would_have() -> None:
    found, whole = not_modified("x"), answered(request(), b"x", "text/plain", "x")
    assert (found.status_code, found.body) == (304, b"")
    for name in ("etag", "cache-control", "vary", "access-control-allow-origin"):
        assert found.headers[name] == whole.headers[name]


def test_a_refusal_tells_why_and_is_not_kept() -> None:
    found = refusal(Refused(406, "No."), vary="Accept")
    assert (found.status_code, found.body, found.headers["cache-control"]) == (406, b"No.\n", "no-store")
    assert found.headers["vary"] == "Accept"
    assert refusal(not_allowed("GET")).headers["allow"] == "GET"
    assert refusal(busy("Later.", 7)).headers["retry-after"] == "7"


def test_a_redirection_depends_on_what_is_wanted() -> None:
    found = see_other("./a.ttl")
    assert (found.status_code, found.headers["location"], found.headers["vary"]) == (303, "./a.ttl", "Accept")
