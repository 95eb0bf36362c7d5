"""An endpoint answers as the embedded engine does, and what servers do wrong is said in a line."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import Literal

from wakhan.cli import cli
from wakhan.engine import run_fast
from wakhan.errors import UsageError, WakhanError
from wakhan.names import ID, PREFIXES
from wakhan.servers.endpoint import Endpoint, NoSuchAddress, checked_iri, with_prefixes

JSON = "application/sparql-results+json"
ONE_ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a"}}]}}'


class Handler(BaseHTTPRequestHandler):
    """Answers with what the script of the server has next; the last answer is given again and again."""

    protocol_version = "HTTP/1.1"
    script: ClassVar[list[Callable[["Handler"], None]]] = []
    seen: ClassVar[list["Seen"]] = []

    def respond(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append(Seen(self.command, self.path, dict(self.headers), body))
        (self.script.pop(0) if len(self.script) > 1 else self.script[0])(self)

    do_GET = do_POST = do_PUT = respond

    def log_message(self, *_: object) -> None:
        pass


class Seen:
    """A request that came."""

    def __init__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
        self.method, self.path, self.headers, self.body = method, path, headers, body

    @property
    def fields(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode())


Step = Callable[[Handler], None]


def says(status: int, body: bytes = b"", media_type: str = JSON, **headers: str) -> Step:
    def step(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return step


def hangs_up(handler: Handler) -> None:
    handler.close_connection = True


def breaks_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", str(len(ONE_ROW)))
    handler.end_headers()
    handler.wfile.write(ONE_ROW[:20])
    handler.close_connection = True


def drips(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def sleeps(handler: Handler) -> None:
    time.sleep(1)
    says(200, ONE_ROW)(handler)


Serve = Callable[..., str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return what starts a server that follows a script, and gives its address."""
    Handler.seen.clear()
    servers = []

    def start(*steps: Step) -> str:
        Handler.script[:] = steps
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/query"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _no_login(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAKHAN_USER", "WAKHAN_PASSWORD", "WAKHAN_TOKEN"):
        monkeypatch.delenv(name, raising=False)


SELECT = "SELECT ?x WHERE { ?x ?y ?z }"


def failure(serve: Serve, *steps: Step, **options: float) -> str:
    with pytest.raises(WakhanError) as caught:
        Endpoint(serve(*steps), **options).query(SELECT)  # type: ignore[arg-type]
    assert caught.value.exit_status == 1
    return str(caught.value)


def test_a_query_declares_its_prefixes_and_carries_its_parameters(serve: Serve) -> None:
    url = serve(says(200, ONE_ROW))
    rows = Endpoint(url).query("SELECT ?x\nWHERE { ?x wk:speaker ?who }", {"who": ID.taliban}, graph="urn:g")
    assert list(rows) == [{"x": "a"}]
    fields = Handler.seen[0].fields
    assert fields["default-graph-uri"] == ["urn:g"]
    text = fields["query"][0]
    assert text.startswith(f"PREFIX wk: <{PREFIXES['wk']}> SELECT ?x\nWHERE {{ VALUES (?who) {{ (<{ID.taliban}>) }}")


def test_the_rows_are_those_of_the_embedded_engine(serve: Serve) -> None:
    store = ox.Store()
    date = b'"2021-07-09"^^<http://www.w3.org/2001/XMLSchema#date>'
    turtle = b'PREFIX : <urn:x:> :a :p 1.50, "x", "x"@en, true, [] . :b :p ' + date + b" ."
    store.load(turtle, format=ox.RdfFormat.TURTLE)
    text = "SELECT * { ?s ?p ?o }"
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    body = answer.serialize(format=ox.QueryResultsFormat.JSON)
    assert body is not None
    mixed = json.loads(body)
    mixed["results"]["bindings"].reverse()
    url = serve(says(200, json.dumps(mixed).encode()))
    assert Endpoint(url).query(text) == run_fast(store, text)


def test_ask_and_construct_are_understood(serve: Serve) -> None:
    assert Endpoint(serve(says(200, b'{"head":{},"boolean":true}'))).query("ASK {}").boolean is True
    triples = b"<urn:a> <urn:b> 'c' . <urn:a> <urn:b> 'd' ."
    rows = Endpoint(serve(says(200, triples, "text/turtle"))).query("DESCRIBE <urn:a>")
    assert [row["object"] for row in rows] == ["c", "d"]
    assert "results+json" not in Handler.seen[-1].headers["Accept"]


def test_what_a_server_adds_to_its_results_does_no_harm(serve: Serve) -> None:
    more = ONE_ROW[:-2] + b',"metadata":{"httpRequests":3}}}'
    assert list(Endpoint(serve(says(200, more))).query(SELECT)) == [{"x": "a"}]


def test_what_is_no_query_is_never_sent(serve: Serve) -> None:
    endpoint = Endpoint(serve(says(200, ONE_ROW)))
    for text in ("DROP ALL", "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", ""):
        with pytest.raises(UsageError):
            endpoint.query(text)
    assert Handler.seen == []


def test_a_query_that_nobody_can_read_is_misuse(serve: Serve) -> None:
    with pytest.raises(UsageError, match="not a query that can be run: error at 1:"):
        Endpoint(serve(says(400, b"Parse error"))).query("SELECT ?x WHERE { ?x }")
    with pytest.raises(WakhanError, match=r"the server refuses the request \(no\)") as caught:
        Endpoint(serve(says(400, b"no"))).query(SELECT)
    assert caught.value.exit_status == 1


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (says(401), "the server asks who you are"),
        (says(403, b"no"), "the server does not allow this (no)"),
        (says(404, b"<h1>Not\nfound</h1>", "text/html"), "there is nothing at this address (Not found)"),
        (says(500, b"Out of\n\n memory\x1b[31m" + b"!" * 500), "status 500 (Out of memory\\x1b[31m!!"),
        (says(200, b"<html>Welcome</html>", "text/html"), "a page for people instead of an answer"),
        (says(200, b"x", "application/pdf"), "answers with application/pdf, not with results"),
        (says(200, b"x", ""), "answers with nothing that says what it is"),
        (says(200, ONE_ROW[:-30] + b"cancelled"), "the answer is broken or cut off"),
        (says(200, b""), "the answer is broken or cut off"),
        (says(200, b"[]"), "the answer is broken or cut off"),
        (says(200, b"\xff\xfe"), "the answer is broken or cut off"),
        (says(302, Location="/query"), "it leads from one address to another without end"),
        (breaks_off, "the answer broke off"),
        (says(200, ONE_ROW, X_SPARQL_MaxRows="10000"), "only a part of the answer (x-sparql-maxrows: 10000)"),
        (says(200, b"{" * 100_000), "the answer is broken or cut off"),
    ],
)
def test_what_a_server_does_wrong_is_said_in_a_line(step: Step, said: str, serve: Serve) -> None:
    told = failure(serve, step)
    assert said in told
    assert max(map(len, told.split("\n"))) < 350


def test_a_server_that_is_not_there_is_said(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WakhanError, match=r"127\.0\.0\.1:1/query: the connection is refused"):
        Endpoint("http://127.0.0.1:1/query").query(SELECT)
    with pytest.raises(WakhanError, match="no secure connection"):
        Endpoint(serve(says(200, ONE_ROW)).replace("http:", "https:")).query(SELECT)
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(WakhanError, match="no server has this name"):
        Endpoint("http://no-such-host.invalid/query").query(SELECT)


def unknown(*_: object) -> None:
    raise socket.gaierror(-2, "Name or service not known")


def test_an_answer_has_limits_of_time_and_size(serve: Serve) -> None:
    assert "no answer within 0.3 seconds" in failure(serve, sleeps, timeout=0.3)
    assert len(Handler.seen) == 1, "a timeout is not tried again"
    begun = time.monotonic()
    assert "no answer within 0.3 seconds" in failure(serve, drips, timeout=0.3)
    assert time.monotonic() - begun < 1.5, "what comes in drops is not waited for to its end, after two seconds"
    assert "more than 50 bytes" in failure(serve, says(200, ONE_ROW), limit=50)


@pytest.mark.parametrize("step", [hangs_up, says(429), says(502), says(503, Retry_After="0"), says(504)])
def test_a_query_is_tried_again(step: Step, serve: Serve) -> None:
    assert list(Endpoint(serve(step, says(200, ONE_ROW))).query(SELECT)) == [{"x": "a"}]
    assert len(Handler.seen) == 2


@pytest.mark.parametrize("step", [hangs_up, says(502), says(504), says(500)])
def test_an_update_that_may_have_been_carried_out_is_not_sent_again(step: Step, serve: Serve) -> None:
    with pytest.raises(WakhanError):
        Endpoint(serve(step, says(200)), update_url=None).update("INSERT DATA { [] <urn:b> 'c' }")
    assert [each.method for each in Handler.seen] == ["POST"]


@pytest.mark.parametrize("step", [says(429), says(503)])
def test_an_update_that_has_not_begun_is_sent_again(step: Step, serve: Serve) -> None:
    Endpoint(serve(step, says(200))).update("INSERT DATA { [] <urn:b> 'c' }")
    assert [each.path for each in Handler.seen] == ["/update", "/update"]


def test_a_put_is_tried_again_because_it_does_no_harm_twice(serve: Serve) -> None:
    Endpoint(serve(hangs_up, says(502), says(204))).put("", "urn:g")
    assert [(each.method, each.path) for each in Handler.seen] == [("PUT", "/store?graph=urn%3Ag")] * 3


def test_the_address_for_graphs_is_found_or_asked_for(serve: Serve) -> None:
    Endpoint(serve(says(404), says(204))).put("")
    assert [each.path for each in Handler.seen] == ["/store?default", "/data?default"]
    with pytest.raises(NoSuchAddress, match=r"takes a graph; tried: http.*/store, http.*/data") as caught:
        Endpoint(serve(says(404))).put("")
    assert caught.value.hint == "Name it with --store-endpoint or --update-endpoint."
    url = serve(says(405, b"not here"))
    with pytest.raises(NoSuchAddress, match=r"/graphs: this address does not take such a request \(not here\)"):
        Endpoint(url, store_url=url.replace("query", "graphs")).put("")


def test_a_login_is_sent_when_the_server_asks_and_is_never_told(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    asks = says(401, WWW_Authenticate='Basic realm="x"')
    url = serve(asks, says(200, ONE_ROW)).replace("//", "//ann:pass%20word@")
    endpoint = Endpoint(url)
    endpoint.query(SELECT)
    assert [each.headers.get("Authorization") for each in Handler.seen] == [None, "Basic YW5uOnBhc3Mgd29yZA=="]
    endpoint.query(SELECT)
    assert Handler.seen[-1].headers["Authorization"].startswith("Basic ")
    told = []
    for error in (500, 401):
        with pytest.raises(WakhanError) as caught:
            Endpoint(serve(says(error)).replace("//", "//ann:pass%20word@") + "?apikey=secret").query(SELECT)
        told.append(str(caught.value))
    assert not any(word in text for word in ("pass", "secret", "ann") for text in told if "password" not in text)
    assert "does not accept" in told[1]
    monkeypatch.setenv("WAKHAN_TOKEN", "t0ken")
    Endpoint(serve(says(200, ONE_ROW))).query(SELECT)
    assert Handler.seen[-1].headers["Authorization"] == "Bearer t0ken"


def test_a_number_of_triples_is_counted_or_refused(serve: Serve) -> None:
    count = ONE_ROW.replace(b'"x"', b'"n"').replace(b'"a"', b'"7"')
    assert Endpoint(serve(says(200, count))).count("urn:g") == 7
    assert "GRAPH <urn:g>" in Handler.seen[-1].fields["query"][0]
    with pytest.raises(WakhanError, match="does not say how many"):
        Endpoint(serve(says(200, count.replace(b'"7"', b'"x"')))).count()


@pytest.mark.parametrize("url", ["", "localhost:7878", "ftp://a/b", "http://", "http://a b/", "http://a:99999/", "x y"])
def test_what_is_no_address_is_misuse(url: str) -> None:
    with pytest.raises(UsageError, match="not the address of an endpoint"):
        Endpoint(url)


def test_the_iri_of_a_graph_cannot_break_out_of_the_query() -> None:
    assert checked_iri("urn:g") == "urn:g"
    for text in ("urn:g> { ?s ?p ?o } } #", "g", "", "urn:\n"):
        with pytest.raises(UsageError, match="not the IRI of a graph"):
            checked_iri(text)


def test_a_declared_prefix_is_not_declared_again() -> None:
    text = "PREFIX wk: <urn:x>\nASK { ?x wk:a id:b ; notwk:c 'd' }"
    assert with_prefixes(text, {"wk": "urn:y", "id": "urn:z"}) == f"PREFIX id: <urn:z> {text}"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_options_that_do_not_go_together_are_misuse(serve: Serve) -> None:
    url = serve(says(200, ONE_ROW))
    for arguments in (
        ("query", "counts", "--endpoint", url, "--engine", "fast"),
        ("sparql", SELECT, "--endpoint", url, "--inferred"),
        ("query", "counts", "--graph", "urn:g"),
        ("query", "counts", "--timeout", "3"),
        ("query", "counts", "--endpoint", "nowhere"),
        ("sparql", SELECT, "--endpoint", url, "--graph", "g"),
        ("load", "--endpoint", url, "--store-endpoint", url, "--update-endpoint", url),
    ):
        status, out, err = run(*arguments)
        assert (status, out) == (2, ""), arguments
        assert err.startswith("wakhan: error: ")
    assert Handler.seen == []


def test_a_result_cannot_steer_the_terminal(serve: Serve) -> None:
    evil = ONE_ROW.replace(b'"a"', json.dumps("\x1b]0;gotcha\x07\u202e\x9b1m[bold]").encode())
    url = serve(says(200, evil))
    status, out, _ = run("sparql", SELECT, "--endpoint", url)
    assert status == 0
    assert "[bold]" in out
    assert not any(sign in out for sign in "\x1b\x07\u202e\x9b")
    assert "\x1b]0;gotcha" in run("sparql", SELECT, "--endpoint", url, "--format", "csv")[1], "programs get it as it is"


def test_a_question_that_needs_inference_and_finds_nothing_says_so(serve: Serve) -> None:
    url = serve(says(200, ONE_ROW[: ONE_ROW.index(b"[{")] + b"[]}}"))
    assert "needs inference" in run("query", "neighbors-of", "--endpoint", url)[2]
    assert run("query", "counts", "--endpoint", url) == (0, "no rows\n", "")


def test_a_value_that_is_bound_is_a_term_and_never_text(serve: Serve) -> None:
    url = serve(says(200, ONE_ROW))
    Endpoint(url).query(SELECT, {"z": Literal('"} DROP ALL #')})
    assert r'(?z) { ("\"} DROP ALL #") }' in Handler.seen[0].fields["query"][0]
