"""The rules for w3id.org, in a real Apache: each IRI leads where the server itself would lead, for any client."""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request

import wakhan
from wakhan.protocol.files import Files
from wakhan.protocol.media import HTML, JSON_LD, N_TRIPLES, TURTLE, negotiate
from wakhan.protocol.resources import Resources
from wakhan.protocol.served import Described

ROOT = Path(__file__).parents[1]
RULES = ROOT / "deploy/w3id/.htaccess"
MODULES = Path("/usr/lib/apache2/modules")
SITE = "https://wakhan.example.org"
BASE = "https://w3id.org/wakhan/"
TYPES = {HTML: "html", TURTLE: "ttl", JSON_LD: "jsonld", N_TRIPLES: "nt"}
CONFIG = """\
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule rewrite_module {modules}/mod_rewrite.so
LoadModule headers_module {modules}/mod_headers.so
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/log
{user}
DocumentRoot {folder}/www
<Directory {folder}/www>
    AllowOverride All
    Require all granted
</Directory>
"""


@pytest.fixture(scope="module")
def apache() -> Iterator[int]:
    """Return the port of an Apache that has the rules in its folder wakhan/."""
    binary = shutil.which("apache2", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if binary is None or not (MODULES / "mod_rewrite.so").exists():
        pytest.skip("there is no Apache (Debian: apache2-bin)")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:  # which Apache's own user must be able to read
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "www/wakhan").mkdir(parents=True)
        shutil.copy(RULES, folder / "www/wakhan")
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        (folder / "conf").write_text(CONFIG.format(modules=MODULES, port=port, folder=folder, user=user))
        process = subprocess.Popen([binary, "-DFOREGROUND", "-f", str(folder / "conf")], stderr=subprocess.PIPE)
        try:
            until = time.monotonic() + 20
            while not _answers(port):
                assert process.poll() is None, process.stderr and process.stderr.read()
                assert time.monotonic() < until, "Apache does not answer"
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(10)
            if process.stderr is not None:
                process.stderr.close()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def get(port: int, name: str, accept: str | None, method: str = "GET") -> tuple[int, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, f"/wakhan/{name}", headers={} if accept is None else {"Accept": accept})
        found = connection.getresponse()
        found.read()
        return found.status, {key.lower(): value for key, value in found.getheaders()}
    finally:
        connection.close()


NANOPUBLICATION = ("nanopub", "head", "assertion", "provenance", "pubinfo")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("id/tajikistan", "id/tajikistan"),
        ("claim/p05s1-1", "claim/p05s1-1"),
        ("claim/p03s1-4/not", "claim/p03s1-4"),
        ("article/p05s1", "article/p05s1"),
        ("query/csto-members", "query/csto-members"),
        ("ontology", "ontology"),
        ("shape", "shape"),
        ("dataset", "dataset"),
        ("", "dataset"),
        ("ontology/0.1.0", "ontology"),
        ("ontology/12.0.34", "ontology"),
        ("shape/prefix/wk", "shape"),
        *((f"claim/p05s1-1/{part}", "claim/p05s1-1") for part in NANOPUBLICATION),
        *((f"dataset/{graph}", "dataset") for graph in ("ontology", "facts", "descriptions", "denials")),
    ],
)
@pytest.mark.parametrize("media_type", TYPES)
def test_each_kind_of_iri_leads_to_its_page_or_data(name: str, stem: str, media_type: str, apache: int) -> None:
    status, headers = get(apache, name, f"{media_type}, */*;q=0.1")
    page = "index" if not name and media_type == HTML else stem
    assert (status, headers["location"]) == (303, f"{SITE}/{page}.{TYPES[media_type]}")
    assert headers["vary"] == "Accept"
    assert headers["access-control-allow-origin"] == "*"


def test_the_page_of_the_whole_article_is_for_readers(apache: int) -> None:
    status, headers = get(apache, "article", "text/html, */*;q=0.8")
    assert (status, headers["location"]) == (303, f"{SITE}/article.html")
    assert get(apache, "article", "text/turtle, */*;q=0.1")[1]["location"] == f"{SITE}/article.html"
    for accept in ("text/turtle", "text/html;q=0, */*"):
        assert get(apache, "article", accept)[0] == 406


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3",
        "application/rdf+xml, application/xml; q=0.6, text/turtle;q=0.6, */*;q=0.1",
        "application/ld+json;profile=http://www.w3.org/ns/json-ld#compacted, application/json",
        "text/turtle;q=0.9, text/html;q=0.85",
        "text/turtle;q=0.85, text/html;q=0.9",
        "application/n-triples;q=1.0, text/turtle;q=1",
        "TEXT/TURTLE ; Q=0.2",
        "text/turtle, */*",
        "text/turtle;q=0",
        "image/png",
        "application/rdf+xml",
    ],
)
def test_clients_are_led_as_by_the_server_itself(accept: str | None, apache: int) -> None:
    assert led(apache, accept) == expected(accept)


def led(port: int, accept: str | None) -> str | None:
    status, headers = get(port, "id/tajikistan", accept)
    assert status in (303, 406)
    return headers.get("location")


def expected(accept: str | None) -> str | None:
    chosen = negotiate(accept, tuple(TYPES))
    return None if chosen is None else f"{SITE}/id/tajikistan.{TYPES[chosen]}"


class Server:
    """The server itself, without its network: pages and data as the site has them.

    Args:
        folder: An empty folder for the site.
        runner: Runs what it answers with.
    """

    def __init__(self, folder: Path, runner: asyncio.Runner) -> None:
        for name in (
            "index.html",
            "article.html",
            *(f"{stem}.{ending}" for stem in STEMS for ending in TYPES.values()),
        ):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(name)
        self.resources = Resources(Files(folder), Described(wakhan.load(ROOT), BASE), BASE, "dataset")
        self.runner = runner

    def get(self, name: str, accept: str | None) -> tuple[int, str | None]:
        """Return the status, and the name of the document that a client has then, or is led to."""
        headers = [] if accept is None else [(b"accept", accept.encode())]
        path = f"/{name}"
        scope = {"type": "http", "method": "GET", "path": unquote(path), "raw_path": path.encode(), "headers": headers}
        found = self.runner.run(self.resources.respond(Request(scope)))
        if found.status_code == 303:
            return 303, urljoin(f"{SITE}{path}", found.headers["location"]).removeprefix(f"{SITE}/")
        return found.status_code, (name or "index.html") if found.status_code == 200 else None


STEMS = ("id/tajikistan", "claim/p05s1-1", "article/p05s1", "query/csto-members", "ontology", "shape", "dataset")
UNKNOWN = ("id/nowhere", "claim/nowhere/not")
PATHS = (
    *STEMS, *UNKNOWN, "", "article", "ontology/0.1.0", "ontology/x", "shape/prefix/wk", "shape/a/b/c", "dataset/facts",
    "claim/p05s1-1/not", *(f"claim/p05s1-1/{part}" for part in NANOPUBLICATION), "claim/p05s1-1/head/x",
    "claim/p05s1-1/", "id/tajikistan/x", "id/tajikistan.ttl", "claim/p05s1-1/head.ttl", "ontology/0.1.0.ttl",
    "shape/x.nt", "dataset/facts.html", "nothing", "dataset/", "ontology/",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with asyncio.Runner() as runner:
        yield Server(tmp_path_factory.mktemp("site"), runner)


def by_w3id(port: int, server: Server, name: str, accept: str | None) -> str | int:
    """Return the document that a client gets by w3id.org from a host of files, or the status if it gets none."""
    status, headers = get(port, name, accept)
    if "location" not in headers:
        return status
    document = headers["location"].removeprefix(f"{SITE}/")
    return document if server.get(document, accept)[0] == 200 else 404


def by_itself(server: Server, name: str, accept: str | None) -> str | int:
    """Return the document that a client gets from the server, or the status if it gets none.

    Which names there are, only the host knows: w3id.org may have told before that nothing fits.
    """
    status, document = server.get(name, accept)
    told_before = status == 404 and name in UNKNOWN and server.get(STEMS[0], accept)[0] == 406
    return 406 if told_before else status if document is None else document


QUALITIES = st.sampled_from(
    ["", ";q=1", ";q=1.0", ";q=0.9", "; q=0.85", ";q=0.5", ";q=0.50", ";q=0.500", ";q=0.001", ";q=0", ";q=0.0",
     ";Q=0.25", ";q=1.5", ";q=high", ";q=0.5;x=y", ";charset=x;q=0.3", ';profile="a, b";q=0.7', ";profile=c"]
)  # fmt: skip
RANGES = st.tuples(
    st.sampled_from([*TYPES, "*/*", "text/*", "application/*", "image/*", "image/png", "application/rdf+xml"]),
    QUALITIES,
)
ACCEPTS = st.none() | st.lists(RANGES, min_size=1, max_size=6, unique_by=lambda pair: pair[0]).map(
    lambda ranges: ", ".join(["image/gif", *("".join(pair) for pair in ranges)])  # one that is not malformed
)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), ACCEPTS)
def test_any_client_gets_what_the_server_itself_would_give(
    apache: int, server: Server, name: str, accept: str | None
) -> None:
    assert by_w3id(apache, server, name, accept) == by_itself(server, name, accept)


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("accept", [*TYPES, "text/turtle, */*;q=0.1", "*/*", "image/png"])
def test_each_path_leads_where_the_server_itself_would_lead(
    name: str, accept: str, apache: int, server: Server
) -> None:
    assert by_w3id(apache, server, name, accept) == by_itself(server, name, accept)


@pytest.mark.parametrize(
    ("name", "status", "location"),
    [
        ("id/tajikistan.ttl", 302, f"{SITE}/id/tajikistan.ttl"),
        ("ontology.html", 302, f"{SITE}/ontology.html"),
        ("map.html", 302, f"{SITE}/map.html"),
        ("data/wakhan.ttl", 302, f"{SITE}/data/wakhan.ttl"),
        ("data/query-tests/manifest.ttl", 302, f"{SITE}/data/query-tests/manifest.ttl"),
        ("id/a%20b", 303, f"{SITE}/id/a%20b.html"),
        ("sparql?query=ASK%7B%7D", 307, f"{SITE}/sparql?query=ASK%7B%7D"),
        ("nothing", 404, None),
        ("id/", 404, None),
        ("id/tajikistan/x", 404, None),
    ],
)
def test_documents_keep_their_names_and_the_rest_is_unknown(
    name: str, status: int, location: str | None, apache: int
) -> None:
    found, headers = get(apache, name, "*/*")
    assert (found, headers.get("location")) == (status, location)


def test_the_host_is_named_once() -> None:
    assert RULES.read_text(encoding="utf-8").count(SITE) == 1
