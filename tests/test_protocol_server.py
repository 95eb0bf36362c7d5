"""The running server has limits: nothing that a client does stops it, and nothing of it is left when it ends."""

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wakhan.cli import cli
from wakhan.sparql import NO_SERVICE

if TYPE_CHECKING:
    from conftest import Reply, Serving

Run = Callable[..., AbstractContextManager["Serving"]]
PROGRAM = """
import json, sys, wakhan
from pathlib import Path
from wakhan.protocol.limits import Limits
from wakhan.protocol.served import source
from wakhan.protocol.server import bind, run
dataset = wakhan.load(sys.argv[1])
run(source(dataset), dataset, bind("127.0.0.1", 0), workers=2, limits=Limits(**json.loads(sys.argv[2])),
    ready=lambda address: print(address, flush=True))
"""
LIMITS = {
    "query_seconds": 1.5, "queue_seconds": 3.0, "queue_length": 3, "request_bytes": 100_000,
    "answer_bytes": 200_000, "head_seconds": 1.0, "body_seconds": 1.0, "idle_seconds": 1, "connections": 60,
}  # fmt: skip
QUERY = {"Content-Type": "application/sparql-query"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def server(run_server: Run, tiny_to_read: Path) -> "Iterator[Serving]":
    with run_server("-c", PROGRAM, tiny_to_read, json.dumps(LIMITS)) as running:
        yield running


@pytest.fixture(autouse=True)
def _still_answers(server: "Serving") -> Iterator[None]:
    yield
    until = time.monotonic() + 20
    while (reply := server.ask("ASK {}")).status == 503 and time.monotonic() < until:
        time.sleep(0.1)
    assert json.loads(reply.body) == {"head": {}, "boolean": True}


# ---- Queries ----


def test_a_query_without_end_is_stopped_and_the_next_is_answered(server: "Serving") -> None:
    before, begun = server.workers(), time.monotonic()
    stopped = server.ask(ENDLESS)
    assert time.monotonic() - begun < 10
    assert (stopped.status, stopped.headers["retry-after"]) == (503, "10")
    assert stopped.text == "The query was stopped after 1.5 seconds, with nothing of its answer. Ask for less.\n"
    assert server.ask("ASK {}").status == 200
    assert _soon(lambda: len(server.workers()) == 2 and server.workers() != before), "the process was not replaced"


def test_a_query_nested_too_deeply_harms_nobody_else(server: "Serving") -> None:
    assert server.ask("ASK " + "{" * 40_000 + "}" * 40_000).status in (400, 503)


def test_an_answer_that_is_too_long_is_refused_whole(server: "Serving") -> None:
    for query, accept in ((LONG, "text/csv"), (f"CONSTRUCT {{ ?a ?b ?f }} {LONG[9:]}", "text/turtle")):
        refused = server.ask(query, accept)
        assert refused.status == 403
        assert refused.text == "The answer would be longer than 200,000 bytes. Ask for less, for example with LIMIT.\n"


def test_too_many_queries_at_once_are_told_to_come_again(server: "Serving") -> None:
    with ThreadPoolExecutor(12) as clients:
        replies = list(clients.map(lambda _: server.ask(ENDLESS), range(12)))
    assert {reply.status for reply in replies} == {503}
    assert {reply.headers["retry-after"] for reply in replies} == {"1", "10"}


def test_a_hundred_clients_are_answered(server: "Serving") -> None:
    def patiently(number: int) -> "Reply":
        for _ in range(200):
            reply = server.ask(f"SELECT ({number} AS ?n) {{}}", "text/csv")
            if reply.status != 503:
                return reply
            time.sleep(float(reply.headers.get("retry-after", "1")) / 20)
        return reply

    with ThreadPoolExecutor(16) as clients:
        replies = list(clients.map(patiently, range(100)))
    assert [reply.body.split() for reply in replies] == [[b"n", str(number).encode()] for number in range(100)]


def test_a_query_ends_when_nobody_waits_for_it(serve: Run, tiny_to_read: Path) -> None:
    with serve("--root", tiny_to_read, "--timeout", "600") as running:
        before = running.workers()
        with socket.create_connection(_address(running)) as client:
            client.sendall(_post(ENDLESS))
            time.sleep(0.3)
        assert _soon(lambda: len(running.workers() - before) == 1, 20), "the process goes on"


# ---- Beyond the data ----


@pytest.fixture(scope="module")
def neighbor() -> Iterator[tuple[int, list[bytes]]]:
    """Return the port of another server, and what it has been asked."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def note() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            asked.append(client.recv(100))
            client.close()

    threading.Thread(target=note, daemon=True).start()
    yield listening.getsockname()[1], asked
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <URL> { ?s ?p ?o } }",
        "ASK { OPTIONAL { { SERVICE SILENT <URL> { ?s ?p ?o } } } }",
        "ASK { ?s ?p ?o } # \rASK { SERVICE <URL> { ?s ?p ?o } }",
        "ASK { ?s ?p trueSERVICE<URL> { ?s ?p ?o } }",
        "PREFIX ex: <URL> ASK { SERVICEex: { ?s ?p ?o } }",
        "SELECT * { BIND(<URL> AS ?g) SERVICE ?g { ?s ?p ?o } }",
        # What the guard takes for an IRI, and the engine for a comparison, hides the rest as a long string.
        "ASK { FILTER(?a<?b#>'''\n) SERVICE <URL> { ?s ?p ?o } #'''\n}",
        "ASK { FILTER(1<2)SERVICE#>\n<URL> { ?s ?p ?o } }",
        "ASK { FILTER(1<2#>'''\n) SERVICE SILENT <URL> { ?s ?p ?o } #'''\n}",
    ],
)
def test_no_query_reaches_another_server(query: str, server: "Serving", neighbor: tuple[int, list[bytes]]) -> None:
    port, asked = neighbor
    reply = server.ask(query.replace("URL", f"http://127.0.0.1:{port}/"))
    assert not asked, "a query has asked another server"
    assert reply.status == 400 or json.loads(reply.body)["boolean"] in (True, False)  # silent means silent
    assert reply.status != 400 or reply.text == f"{NO_SERVICE}.\n" or "error at" in reply.text


def test_the_neighbor_would_have_noticed(neighbor: tuple[int, list[bytes]]) -> None:
    port, asked = neighbor
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"here")
        client.recv(1)
    assert asked.pop() == b"here"


# ---- Clients ----


def test_a_body_that_is_too_long_is_refused_before_it_is_read(server: "Serving") -> None:
    assert server.send("POST", "/sparql", b"x" * 100_001, QUERY).status == 413
    with socket.create_connection(_address(server), timeout=5) as client:
        client.sendall(_head(f"Content-Length: {10**12}"))
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")
    with socket.create_connection(_address(server), timeout=5) as client:
        client.sendall(_head("Transfer-Encoding: chunked") + b"8000\r\n" + b"x" * 0x8000 + b"\r\n")
        client.sendall((b"8000\r\n" + b"x" * 0x8000 + b"\r\n") * 3)
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


def test_an_address_that_is_too_long_is_refused(server: "Serving") -> None:
    assert server.send("GET", f"/sparql?query={'x' * 100_001}").status == 414
    assert server.send("GET", f"/sparql?query={'x' * 200_000}").status in (400, 414, 431)


@pytest.mark.parametrize("piece", [b"", b"G", b"GET / HTTP/1.1\r\nHost: e.org\r\nX-", b"\r\n"])
def test_a_client_that_does_not_finish_its_request_is_let_go(piece: bytes, server: "Serving") -> None:
    with socket.create_connection(_address(server), timeout=5) as client:
        begun = time.monotonic()
        client.sendall(piece)
        _drip(client, piece and b"a", until=lambda: time.monotonic() - begun > 4)
        assert time.monotonic() - begun < 3


def test_so_is_one_that_does_not_finish_its_second_request(server: "Serving") -> None:
    with socket.create_connection(_address(server), timeout=5) as client:
        client.sendall(b"GET /sparql HTTP/1.1\r\nHost: e.org\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")
        begun = time.monotonic()
        client.sendall(b"GET /sparql HTTP/1.1\r\n")
        _drip(client, b"a", until=lambda: time.monotonic() - begun > 4)
        assert time.monotonic() - begun < 3


def test_a_client_that_does_not_finish_its_body_is_told_so(server: "Serving") -> None:
    with socket.create_connection(_address(server), timeout=5) as client:
        client.sendall(_head("Content-Length: 1000") + b"ASK")
        assert client.recv(100).startswith(b"HTTP/1.1 408 ")


def test_idle_clients_do_not_shut_others_out(server: "Serving") -> None:
    idle = [socket.create_connection(_address(server)) for _ in range(80)]
    try:
        assert server.ask("ASK {}").status in (200, 503)
        assert _soon(lambda: server.ask("ASK {}").status == 200), "idle clients hold the server"
    finally:
        for client in idle:
            client.close()


METHODS = st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
NAMES = st.sampled_from(
    ["id", "claim", "sparql", "ontology", "shape", "..", ".", "", "data", "arland", "%00", "%2e%2e"]
)
SEGMENTS = NAMES | st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="?#"), max_size=30)
PATHS = st.lists(SEGMENTS, max_size=5).map(lambda parts: "/" + "/".join(parts)) | st.just("/sparql")
PARAMETERS = st.sampled_from(
    [
        "query=",
        "query=ASK%7B%7D",
        "default-graph-uri=",
        "named-graph-uri=urn:a",
        "update=",
        "&",
        "%",
        "%FF",
        "=",
        "query=%00",
    ]
)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["Accept", "Accept-Encoding", "Content-Type", "Content-Encoding", "If-None-Match", "Origin", "Host", "Range",
         "X-Forwarded-For", "X-Forwarded-Proto", "Expect", "Upgrade", "Connection"]
    ),
    st.sampled_from(
        ["*/*", "text/turtle", "text/html", "application/json;q=2", "gzip", "application/x-www-form-urlencoded",
         "application/sparql-query", "application/sparql-query; charset=latin-1", "*", 'W/"x"', "null", "bytes=0-1",
         "100-continue", "websocket", "close", "http", "e.org:99999", "\"", ";;;,,,", "\xe9"]
    ),
    max_size=4,
)  # fmt: skip
FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@FUZZ
@given(METHODS, PATHS, st.lists(PARAMETERS, max_size=3), HEADERS, st.none() | st.binary(max_size=300))
def test_no_request_makes_the_server_fail(
    server: "Serving", method: str, path: str, parameters: list[str], headers: dict[str, str], body: bytes | None
) -> None:
    target = path + ("?" + "&".join(parameters) if parameters else "")
    reply = server.send(method, target, body, headers)
    assert reply.status < 500 or reply.status == 503
    assert reply.status != 200 or "content-type" in reply.headers


@FUZZ
@given(st.binary(max_size=400) | st.builds(lambda a, b: b"GET /" + a + b" HTTP/1.1\r\n" + b, st.binary(), st.binary()))
def test_no_bytes_make_the_server_fail(server: "Serving", sent: bytes) -> None:
    with socket.create_connection(_address(server), timeout=5) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        answered = client.recv(100)
    assert not answered.startswith(b"HTTP/1.1 5")


@FUZZ
@given(st.text(max_size=200) | st.text("{}<>?:.;\"'#\\() \nASKSELECTWHERE*", max_size=200))
def test_no_text_makes_the_engine_fail(server: "Serving", query: str) -> None:
    assert server.ask(query).status in (200, 400, 403)


def test_none_of_this_was_a_mistake_of_the_server(server: "Serving") -> None:
    assert "Traceback" not in server.log.read_text()


# ---- Beginning and end ----


def test_an_interrupt_from_the_keyboard_is_left_to_the_server(server: "Serving") -> None:
    before = server.workers()
    for pid in before:
        os.kill(pid, signal.SIGINT)
    time.sleep(0.2)
    assert server.workers() == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to_and_nothing_of_it_is_left(
    number: signal.Signals, serve: Run, tiny_to_read: Path
) -> None:
    with serve("--root", tiny_to_read, "--timeout", "60") as running:
        workers = running.workers()
        with socket.create_connection(_address(running)) as client:
            client.sendall(_post(ENDLESS))
            time.sleep(0.3)
            running.process.send_signal(number)
            assert running.process.wait(10) == 0
        assert workers
        assert not [pid for pid in workers if _runs(pid)]
    assert "Traceback" not in running.log.read_text()


def test_nothing_is_left_when_it_is_killed(serve: Run, tiny_to_read: Path) -> None:
    with serve("--root", tiny_to_read, "--timeout", "60") as running:
        workers = running.workers()
        with socket.create_connection(_address(running)) as client:
            client.sendall(_post(ENDLESS))
            time.sleep(0.3)
            running.process.kill()
            running.process.wait()
        assert workers
        assert _soon(lambda: not [pid for pid in workers if _runs(pid)])


def test_a_port_in_use_is_told(server: "Serving", tiny_to_read: Path) -> None:
    told = _wakhan("--root", tiny_to_read, "--port", server.host.rpartition(":")[2])
    assert told.returncode == 1
    assert told.stderr.splitlines() == [
        f"wakhan: error: port {server.host.rpartition(':')[2]} of 127.0.0.1 is in use",
        "  Choose another one with --port, or 0 for any that is free.",
    ]
    assert told.stdout == ""


def test_what_cannot_be_served_is_told(tiny_to_read: Path, tmp_path: Path) -> None:
    for options, status, said in (
        (("--host", "nowhere.invalid"), 2, "there is no host of this name: nowhere.invalid"),
        (("--site", tmp_path), 2, "no site here: there is no index.html"),
        (("--memory", "20", "--port", "0"), 1, "no queries can be run: a process that runs queries ends"),
        (("--timeout", "0"), 2, "--timeout"),
    ):
        told = _wakhan("--root", tiny_to_read, *options)
        assert (told.returncode, said in told.stderr, told.stdout) == (status, True, ""), told.stderr
        assert "Traceback" not in told.stderr


@pytest.mark.parametrize("package", ["jinja2", "starlette", "uvicorn"])
def test_what_is_not_installed_is_told(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == package else find(name))
    told = CliRunner().invoke(cli, ["serve", "--port", "0"])
    assert told.exit_code == 2
    assert told.output.splitlines() == [
        f"wakhan: error: {package} is not installed, which `wakhan serve` needs",
        '  Install it with: pip install "wakhan[publish]"',
    ]


def test_the_log_has_a_line_a_request_without_the_query(serve: Run, tiny_to_read: Path) -> None:
    with serve("--root", tiny_to_read) as running:
        running.send("GET", "/sparql?query=ASK%7B%3Chttp://secret.example%3E%20?p%20?o%7D")
        running.send("GET", "/id/nothing%0Ahere")
    log = running.log.read_text()
    assert "secret" not in log
    assert "GET /sparql 200 27 B" in log
    assert "GET /id/nothing?here 404" in log
    with serve("--root", tiny_to_read, "--no-log") as running:
        running.send("GET", "/sparql")
    assert "GET" not in running.log.read_text()


def _wakhan(*options: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "wakhan", "serve", *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def _address(server: "Serving") -> tuple[str, int]:
    host, _, port = server.host.rpartition(":")
    return host, int(port)


def _head(line: str) -> bytes:
    return f"POST /sparql HTTP/1.1\r\nHost: e.org\r\nContent-Type: application/sparql-query\r\n{line}\r\n\r\n".encode()


def _post(query: str) -> bytes:
    return _head(f"Content-Length: {len(query.encode())}") + query.encode()


def _drip(client: socket.socket, piece: bytes, until: Callable[[], bool]) -> None:
    """Send a piece now and then until the server has had enough."""
    client.settimeout(0.1)
    while not until():
        try:
            client.sendall(piece)
            if client.recv(1000) == b"":
                return
        except TimeoutError:
            continue
        except OSError:
            return


def _soon(is_so: Callable[[], bool], seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
