"""What an endpoint answers is read by its media type, and what is not an answer is said."""

import traceback

import pyoxigraph as ox
import pytest
from urllib3 import HTTPHeaderDict

from wakhan.errors import WakhanError
from wakhan.servers.answers import Solutions, accepted, read_answer
from wakhan.servers.transport import Reply

JSON = "application/sparql-results+json"
XML = b"""<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results>
<result><binding name="x"><uri>urn:a</uri></binding></result></results></sparql>"""


def reply(body: bytes, media_type: str = JSON, server: str = "") -> Reply:
    return Reply(200, HTTPHeaderDict({"Content-Type": media_type, "Server": server}), body)


@pytest.mark.parametrize("media_type", [JSON, f"{JSON}; charset=utf-8", "Application/JSON"])
def test_json_is_read_under_each_of_its_names(media_type: str) -> None:
    answer = read_answer(reply(b'{"head":{"vars":["x"]},"results":{"bindings":[{}]}}', media_type), "here")
    assert isinstance(answer, Solutions)
    assert len(answer.rows) == 1


def test_xml_is_read() -> None:
    answer = read_answer(reply(XML, "application/sparql-results+xml"), "here")
    assert isinstance(answer, Solutions)
    assert [solution["x"] for solution in answer] == [ox.NamedNode("urn:a")]
    with pytest.raises(WakhanError, match="here: the answer is broken or cut off"):
        read_answer(reply(XML[:-20], "application/sparql-results+xml"), "here")


def test_the_table_that_virtuoso_gives_for_yes_and_no_is_understood() -> None:
    row = b'{"__ASK_RETVAL":{"type":"literal","value":"1"}}'
    for rows, truth in ((row, True), (b"", False)):
        body = b'{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[' + rows + b"]}}"
        answer = read_answer(reply(body), "here")
        assert isinstance(answer, ox.QueryBoolean)
        assert bool(answer) is truth


def test_nodes_of_virtuoso_are_read_from_virtuoso_only() -> None:
    body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"bnode","value":"nodeID://b1"}}]}}'
    assert isinstance(read_answer(reply(body, server="Virtuoso/7"), "here"), Solutions)
    with pytest.raises(WakhanError, match="broken"):
        read_answer(reply(body), "here")


def test_triples_are_read_but_not_several_graphs() -> None:
    assert isinstance(
        read_answer(reply(b"<urn:a> <urn:b> <urn:c> .", "application/n-triples"), "here"), ox.QueryTriples
    )
    with pytest.raises(WakhanError, match="answers with application/n-quads"):
        read_answer(reply(b"", "application/n-quads"), "here")
    with pytest.raises(WakhanError, match="broken"):
        read_answer(reply(b"<urn:a> <urn:b>", "text/turtle"), "here")


def test_the_form_of_a_query_decides_what_is_accepted() -> None:
    for text in ("SELECT * {}", "PREFIX construct: <urn:describe> ASK {}", "# CONSTRUCT\nSELECT ?describe {}"):
        assert accepted(text).startswith(JSON), text
    for text in ("construct where { ?s ?p ?o }", "PREFIX x: <urn:SELECT>\nDESCRIBE x:y"):
        assert accepted(text).startswith("application/n-triples"), text


def test_a_broken_answer_leaves_nothing_that_only_this_thread_could_end() -> None:
    with pytest.raises(WakhanError) as caught:
        read_answer(reply(b'{"head":{"vars":["x"]},"results":{"bindings":[{},'), "here")
    error: BaseException | None = caught.value
    while error is not None:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            assert not any(isinstance(value, ox.QuerySolutions) for value in frame.f_locals.values())
        error = error.__context__
