"""A request is read as the SPARQL 1.1 Protocol has it, and what is none is refused with the status that fits."""

from collections.abc import Sequence
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakhan.protocol.operation import FORM, QUERY, UPDATE, Operation, read_operation
from wakhan.protocol.refusal import Refused

ASK = 'ASK { ?s ?p "\u0412\u0430\u0445\u043e\u043d" }'


def encoded(**fields: Sequence[str]) -> bytes:
    return urlencode({name.replace("_", "-"): value for name, value in fields.items()}, doseq=True).encode()


def test_the_three_ways_to_ask_mean_the_same() -> None:
    asked = Operation(ASK, ("urn:a", "urn:b"), ("urn:c",))
    graphs = {"default_graph_uri": ["urn:a", "urn:b"], "named_graph_uri": "urn:c"}
    assert read_operation("GET", encoded(query=ASK, **graphs)) == asked
    assert read_operation("HEAD", encoded(query=ASK, **graphs)) == asked
    assert read_operation("POST", b"", FORM, encoded(query=ASK, **graphs)) == asked
    assert read_operation("POST", encoded(**graphs), f"{QUERY}; charset=UTF-8", ASK.encode()) == asked


def test_a_request_without_a_query_wants_the_service_description() -> None:
    assert read_operation("GET", b"") is None
    assert read_operation("GET", b"default-graph-uri=urn:a") is None


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body", "status"),
    [
        ("GET", b"query=ASK{}&query=ASK{}", "", b"", 400),
        ("GET", b"query=%FF", "", b"", 400),
        ("GET", b"query=\xff", "", b"", 400),
        ("GET", b"update=CLEAR+ALL", "", b"", 400),
        ("GET", b"&".join([b"a=b"] * 300), "", b"", 400),
        ("POST", b"", FORM, b"", 400),
        ("POST", b"", FORM, b"query=ASK{}&query=ASK{}", 400),
        ("POST", b"query=ASK{}", QUERY, b"ASK{}", 400),
        ("POST", b"", QUERY, b"ASK { ?s ?p '\xe9' }", 400),
        ("POST", b"", FORM, b"update=CLEAR+ALL", 403),
        ("POST", b"", FORM, b"query=ASK{}&update=CLEAR+ALL", 403),
        ("POST", b"", UPDATE, b"CLEAR ALL", 403),
        ("POST", b"using-graph-uri=urn:a", QUERY, b"ASK{}", 400),
        ("POST", b"", "", b"query=ASK{}", 415),
        ("POST", b"", "text/plain", b"ASK{}", 415),
        ("POST", b"", f"{QUERY}; charset=UTF-16", "ASK{}".encode("utf-16"), 415),
        ("PUT", b"query=ASK{}", "", b"", 405),
        ("DELETE", b"", "", b"", 405),
    ],
)
def test_what_is_no_request_is_refused(
    method: str, query_string: bytes, content_type: str, body: bytes, status: int
) -> None:
    with pytest.raises(Refused) as refused:
        read_operation(method, query_string, content_type, body)
    assert refused.value.status == status
    assert refused.value.text.endswith(".")


def test_a_refused_method_comes_with_those_that_are_allowed() -> None:
    with pytest.raises(Refused) as refused:
        read_operation("PATCH", b"")
    assert refused.value.headers == {"Allow": "GET, HEAD, POST, OPTIONS"}


@given(st.sampled_from(["GET", "POST", "HEAD", "BREW"]), st.binary(), st.sampled_from([FORM, QUERY, ""]), st.binary())
def test_any_request_is_read_or_refused(method: str, query_string: bytes, content_type: str, body: bytes) -> None:
    try:
        status = 200 if read_operation(method, query_string, content_type, body) else 204
    except Refused as refused:
        status = refused.status
    assert status < 500
