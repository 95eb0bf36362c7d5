"""Updates and SERVICE are told from what only looks like them, in a time that the length of the query bounds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakhan.protocol.guard import check, is_volatile
from wakhan.protocol.refusal import Refused


def test_service_is_refused() -> None:
    with pytest.raises(Refused, match="SERVICE would ask another server") as refused:
        check("ASK { { OPTIONAL { service silent<http://127.0.0.1/>{ ?s ?p ?o } } } }")
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "query",
    ['ASK { ?s ?p "SERVICE <http://e.org/> {}" }', "# SERVICE\nASK { ?s ?p ?o } # LOAD",
     "PREFIX insert: <urn:> ASK { insert:a ?p 'INSERT' }",
     "BASE <http://e.org/> PREFIX a: <b> PREFIX prefix: <c> SELECT ?load { ?load ?p ?delete }", "not a query", ""],
)  # fmt: skip
def test_what_only_looks_like_it_is_not_refused(query: str) -> None:
    check(query)


@pytest.mark.parametrize(
    "update",
    ["LOAD <file:///etc/passwd>", "# x\nINSERT DATA { <a> <b> <c> }", "PREFIX a: <b> delete where { ?s ?p ?o }",
     "BASE <http://e.org/> WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "CLEAR ALL", "drop silent graph <g>"],
)  # fmt: skip
def test_an_update_is_refused(update: str) -> None:
    with pytest.raises(Refused, match="is an update, and this endpoint is read-only") as refused:
        check(update)
    assert refused.value.status == 403


def status_of(text: str) -> int:
    try:
        check(text)
    except Refused as refused:
        return refused.status
    return 200


@given(st.text())
def test_any_text_is_refused_or_not(text: str) -> None:
    assert status_of(text) in (200, 400, 403)


@pytest.mark.parametrize("piece", ['\\"', "1", "%", "1-a", '"""', "'''\"", "<", "<a", "a:\\", "{", "#\r", "\\u00"])
def test_the_time_grows_with_the_length_and_not_faster(piece: str) -> None:
    begun = time.perf_counter()
    assert status_of("?service " + piece * 2**16) in (200, 400)
    assert time.perf_counter() - begun < 5  # it takes hours where each place begins anew


@pytest.mark.parametrize(
    ("query", "volatile"),
    [("SELECT (NOW() AS ?t) {}", True), ("SELECT (rand ( ) AS ?t) {}", True), ("SELECT (STRUUID() AS ?t) {}", True),
     ("SELECT ?now { ?now ?rand ?uuid }", False)],
)  # fmt: skip
def test_a_query_whose_answer_changes_is_known(query: str, volatile: bool) -> None:
    assert is_volatile(query) is volatile
