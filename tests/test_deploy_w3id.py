"""The rules for w3id.org, in a real Apache: each IRI leads where the server itself would lead, for any client."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wakhan.protocol.media import HTML, JSON_LD, N_TRIPLES, TURTLE, negotiate

ROOT = Path(__file__).parents[1]
RULES = ROOT / "deploy/w3id/.htaccess"
MODULES = Path("/usr/lib/apache2/modules")
SITE = "https://wakhan.example.org"
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
    assert get(apache, "article", "text/turtle")[0] == 406


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


QUALITIES = st.sampled_from(
    ["", ";q=1", ";q=1.0", ";q=0.9", "; q=0.85", ";q=0.5", ";q=0.001", ";q=0", ";Q=0.25", ";charset=x;q=0.3"]
)
RANGES = st.tuples(st.sampled_from([*TYPES, "*/*", "image/png", "application/rdf+xml"]), QUALITIES)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RANGES, min_size=1, max_size=6, unique_by=lambda pair: pair[0]))
def test_any_client_is_led_as_by_the_server_itself(apache: int, ranges: list[tuple[str, str]]) -> None:
    accept = ", ".join("".join(pair) for pair in ranges)
    assert led(apache, accept) == expected(accept)


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
