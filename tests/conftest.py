"""A small dataset for the tests: invented, but with all that a dataset has."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

    from wakhan.dataset import Dataset
    from wakhan.formats import Editions
    from wakhan.release import Distribution

TINY_ARTICLE = "Arland joined the Pact. It has no border with Borland. Mr. Cee will visit Borland in May.\n"
"""What the claims of the tiny dataset are made from."""

TINY_FILES = {
    "ontology/tiny.ttl": """\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Ontology ----

<https://w3id.org/wakhan/ontology>
    a owl:Ontology ;
    rdfs:label "a tiny ontology"@en ;
.

# ---- Classes ----

wk:Agent
    a owl:Class ;
    rdfs:label "agent"@en ;
    skos:definition "Someone who acts."@en ;
.

wk:Alliance
    a owl:Class ;
    rdfs:subClassOf wk:Agent ;
    rdfs:label "alliance"@en ;
    skos:definition "An agent that other agents are members of."@en ;
    owl:disjointWith wk:State ;
.

wk:Claim
    a owl:Class ;
    rdfs:label "claim"@en ;
    skos:definition "A statement that somebody makes."@en ;
.

wk:ClaimableClass
    a owl:Class ;
    rdfs:label "claimable class"@en ;
    skos:definition "A class that something is in only if the article says so."@en ;
.

wk:ClaimableProperty
    a owl:Class ;
    rdfs:label "claimable property"@en ;
    skos:definition "A property whose bare triples are facts."@en ;
.

wk:Event
    a
        owl:Class ,
        wk:ClaimableClass ;
    rdfs:subClassOf wk:Matter ;
    rdfs:label "event"@en ;
    skos:definition "A matter that took place."@en ;
.

wk:Factuality
    a owl:Class ;
    rdfs:label "factuality"@en ;
    skos:definition "How sure a speaker is."@en ;
.

wk:Matter
    a owl:Class ;
    rdfs:label "matter"@en ;
    skos:definition "Something talked about."@en ;
.

wk:Narrator
    a owl:Class ;
    rdfs:subClassOf wk:Agent ;
    rdfs:label "narrator"@en ;
    skos:definition "The agent that speaks as the article itself."@en ;
.

wk:Passage
    a owl:Class ;
    rdfs:label "passage"@en ;
    skos:definition "A piece of the article."@en ;
.

wk:State
    a owl:Class ;
    rdfs:subClassOf wk:Agent ;
    rdfs:label "state"@en ;
    skos:definition "An agent that governs a territory."@en ;
.

wk:Visit
    a
        owl:Class ,
        wk:ClaimableClass ;
    rdfs:subClassOf wk:Event ;
    rdfs:label "visit"@en ;
    skos:definition "An event in which an agent goes to a place."@en ;
.

# ---- Object properties ----

wk:borders
    a
        owl:ObjectProperty ,
        owl:SymmetricProperty ,
        wk:ClaimableProperty ;
    rdfs:domain wk:State ;
    rdfs:range wk:State ;
    rdfs:label "borders"@en ;
    skos:definition "Relates a state to one that it has a border with."@en ;
.

wk:factuality
    a owl:ObjectProperty ;
    rdfs:domain wk:Claim ;
    rdfs:range wk:Factuality ;
    rdfs:label "factuality"@en ;
    skos:definition "Relates a claim to how sure its speaker is."@en ;
.

wk:hasMember
    a owl:ObjectProperty ;
    rdfs:label "has member"@en ;
    skos:definition "Relates an alliance to an agent in it."@en ;
    owl:inverseOf wk:memberOf ;
.

wk:memberOf
    a
        owl:ObjectProperty ,
        wk:ClaimableProperty ;
    rdfs:domain wk:Agent ;
    rdfs:range wk:Alliance ;
    rdfs:label "member of"@en ;
    skos:definition "Relates an agent to an alliance that it is in."@en ;
.

wk:passage
    a owl:ObjectProperty ;
    rdfs:domain wk:Claim ;
    rdfs:range wk:Passage ;
    rdfs:label "passage"@en ;
    skos:definition "Relates a claim to where it is made."@en ;
.

wk:speaker
    a owl:ObjectProperty ;
    rdfs:domain wk:Claim ;
    rdfs:range wk:Agent ;
    rdfs:label "speaker"@en ;
    skos:definition "Relates a claim to who makes it."@en ;
.

wk:visited
    a
        owl:ObjectProperty ,
        wk:ClaimableProperty ;
    rdfs:domain wk:Agent ;
    rdfs:label "visited"@en ;
    skos:definition "Relates an agent to a place that it went to."@en ;
.

# ---- Datatype properties ----

wk:gist
    a owl:DatatypeProperty ;
    rdfs:label "gist"@en ;
    skos:definition "What a passage says, in other words."@en ;
.

wk:passageKind
    a owl:DatatypeProperty ;
    rdfs:label "kind of passage"@en ;
    skos:definition "What a passage is, as a title or a sentence."@en ;
.

wk:sha256
    a owl:DatatypeProperty ;
    rdfs:label "SHA-256"@en ;
    skos:definition "The digest of the text of a passage."@en ;
.

wk:timeText
    a owl:DatatypeProperty ;
    rdfs:domain wk:Claim ;
    rdfs:label "time in words"@en ;
    skos:definition "When, as the text has it."@en ;
.

# ---- Individuals ----

wk:Affirmed
    a wk:Factuality ;
    rdfs:label "affirmed"@en ;
.

wk:Denied
    a wk:Factuality ;
    rdfs:label "denied"@en ;
.

wk:Expected
    a wk:Factuality ;
    rdfs:label "expected"@en ;
.

wk:Mentioned
    a wk:Factuality ;
    rdfs:label "mentioned"@en ;
.

wk:Planned
    a wk:Factuality ;
    rdfs:label "planned"@en ;
.

wk:Possible
    a wk:Factuality ;
    rdfs:label "possible"@en ;
.

wk:Unknown
    a wk:Factuality ;
    rdfs:label "unknown"@en ;
.
""",
    "ontology/shapes/tiny.ttl": """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/wakhan/shape#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Node shapes ----

shape:Claim
    a sh:NodeShape ;
    sh:targetClass wk:Claim ;
    sh:name "claim"@en ;
    sh:description "What the data must say about each claim."@en ;
    sh:property shape:Claim-speaker ;
.

# ---- Property shapes ----

shape:Claim-speaker
    a sh:PropertyShape ;
    sh:path wk:speaker ;
    sh:name "speaker"@en ;
    sh:description "Without a speaker a claim would read as a fact."@en ;
    sh:severity sh:Violation ;
    sh:message "A claim must name exactly one wk:Agent with wk:speaker."@en ;
    sh:maxCount 1 ;
    sh:minCount 1 ;
.
""",
    "data/article.ttl": """\
@prefix art: <https://w3id.org/wakhan/article/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Passages ----

art:p01s1
    a
        oa:TextPositionSelector ,
        wk:Passage ;
    dcterms:isPartOf art:article ;
    oa:end 23 ;
    oa:start 0 ;
    wk:gist "Arland is in the Pact."@en ;
    wk:passageKind "sentence" ;
    wk:sha256 "SHA256[0:23]" ;
.

art:p01s2
    a
        oa:TextPositionSelector ,
        wk:Passage ;
    dcterms:isPartOf art:article ;
    oa:end 54 ;
    oa:start 24 ;
    wk:gist "Arland and Borland have no common border."@en ;
    wk:passageKind "sentence" ;
    wk:sha256 "SHA256[24:54]" ;
.

art:p01s3
    a
        oa:TextPositionSelector ,
        wk:Passage ;
    dcterms:isPartOf art:article ;
    oa:end 89 ;
    oa:start 55 ;
    wk:gist "Mr. Cee plans a visit to Borland."@en ;
    wk:passageKind "sentence" ;
    wk:sha256 "SHA256[55:89]" ;
.

# ---- Individuals ----

art:narrator
    a wk:Narrator ;
    rdfs:label "the article itself"@en ;
.
""",
    "data/actors.ttl": """\
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Individuals ----

id:arland
    a wk:State ;
    rdfs:label
        "Arland"@en ,
        "Arlande"@fr ;
    wk:memberOf id:pact ;
.

id:borland
    a wk:State ;
    rdfs:label "Borland"@en ;
.

id:mr-cee
    a wk:Agent ;
    rdfs:label "Mr. Cee"@en ;
    skos:altLabel "Cee"@en ;
.

id:pact
    a wk:Alliance ;
    rdfs:label "the Pact"@en ;
.
""",
    "data/events.ttl": """\
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Individuals ----

id:visit-in-may
    a wk:Matter ;
    rdfs:label "the visit of Mr. Cee"@en ;
.
""",
    "data/claims/p01.ttl": """\
@prefix art: <https://w3id.org/wakhan/article/> .
@prefix claim: <https://w3id.org/wakhan/claim/> .
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Claims ----

claim:p01s1-1
    a wk:Claim ;
    rdf:subject id:arland ;
    rdf:predicate wk:memberOf ;
    rdf:object id:pact ;
    wk:factuality wk:Affirmed ;
    wk:speaker art:narrator ;
    wk:passage art:p01s1 ;
.

claim:p01s2-1
    a wk:Claim ;
    rdf:subject id:arland ;
    rdf:predicate wk:borders ;
    rdf:object id:borland ;
    wk:factuality wk:Denied ;
    wk:speaker art:narrator ;
    wk:passage art:p01s2 ;
.

claim:p01s3-1
    a wk:Claim ;
    rdf:subject id:mr-cee ;
    rdf:predicate wk:visited ;
    rdf:object id:borland ;
    wk:factuality wk:Planned ;
    wk:speaker art:narrator ;
    wk:passage art:p01s3 ;
    wk:timeText "in May"@en ;
.

claim:p01s3-2
    a wk:Claim ;
    rdf:subject id:visit-in-may ;
    rdf:predicate rdf:type ;
    rdf:object wk:Visit ;
    wk:factuality wk:Planned ;
    wk:speaker id:mr-cee ;
    wk:passage art:p01s3 ;
.
""",
    "queries/alliances/members.rq": """\
#+ summary: Who is a member of an alliance?
#+ description: Lists the members that the article names as a fact.
#+ tags: [alliances]

PREFIX wk: <https://w3id.org/wakhan/ontology#>

SELECT ?member ?alliance
WHERE { ?member wk:memberOf ?alliance }
ORDER BY ?member ?alliance
""",
}
"""The files of the tiny dataset, each in the one layout; the digests are put in when they are written."""


def _with_digests(text: str) -> str:
    for start, end in ((0, 23), (24, 54), (55, 89)):
        digest = hashlib.sha256(TINY_ARTICLE[start:end].encode()).hexdigest()
        text = text.replace(f"SHA256[{start}:{end}]", digest)
    return text


@pytest.fixture
def tiny_root(tmp_path: Path) -> Path:
    """Return a folder with a complete small dataset, which the test may change."""
    return _write_tiny(tmp_path / "tiny")


@pytest.fixture(scope="session")
def tiny_to_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the same dataset, which no test may change."""
    return _write_tiny(tmp_path_factory.mktemp("tiny"))


def _write_tiny(root: Path) -> Path:
    for name, text in TINY_FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_with_digests(text), encoding="utf-8")
    return root


@pytest.fixture
def tiny_article() -> str:
    """Return the text that the passages of the tiny dataset point into."""
    return TINY_ARTICLE


@pytest.fixture(scope="session")
def editions() -> "Editions":
    """Return the editions of the real dataset, which are dear to make; tests do not change them."""
    from wakhan.formats import Editions
    from wakhan.sources import load_sources

    return Editions(load_sources(Path(__file__).parents[1]))


@pytest.fixture(scope="session")
def real_files() -> "tuple[Dataset, list[Distribution]]":
    """Return the real dataset and the files of its editions in the two formats that its metadata are computed from."""
    import wakhan
    from wakhan.export import EDITIONS, STEMS, edition, export
    from wakhan.release import Distribution

    dataset = wakhan.load(Path(__file__).parents[1])
    forms = {"turtle": ("ttl", "text/turtle"), "ntriples": ("nt", "application/n-triples")}
    files = []
    for name in EDITIONS:
        graph = edition(dataset.sources, name)
        for form, (ending, media_type) in forms.items():
            content = export(graph, form).encode()
            files.append(Distribution(f"{STEMS[name]}.{ending}", f"{name}, {form}", name, form, media_type, content))
    return dataset, files


@pytest.fixture(scope="session")
def real_metadata(real_files: "tuple[Dataset, list[Distribution]]") -> "dict[str, Distribution]":
    """Return the files that describe those of ``real_files``, by name."""
    from wakhan.metadata import metadata

    return {file.name: file for file in metadata(*real_files)}


# ---- The site in a browser ----

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word, as a plain host of files does."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".wasm": "application/wasm", ".ttl": "text/turtle"}

    def log_message(self, *_: object) -> None:  # the log would be the output of the tests
        pass


class Browsing:
    """Opens pages in a headless Chromium, and notes whatever goes wrong in them.

    Attributes:
        problems: Errors on the consoles, uncaught exceptions, failed requests and requests to other hosts; so far.
        asked: The address of every request; so far.
    """

    def __init__(self, browser: "Browser") -> None:
        self._browser = browser
        self._contexts = ExitStack()
        self.problems: list[str] = []
        self.asked: list[str] = []

    def open(
        self, url: str, *, width: int = 1280, height: int = 900, dark: bool = False, scripts: bool = True
    ) -> "Page":
        """Return the page at *url* in a context of its own, as soon as it has loaded.

        Args:
            url: The address.
            width: The width of the window in CSS pixels.
            height: Its height.
            dark: Whether the reader prefers dark colors.
            scripts: Whether JavaScript runs.
        """
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        self._contexts.callback(context.close)
        page = context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("requestfailed", lambda request: self.problems.append(f"{request.url}: {request.failure}"))
        page.on("request", self._on_request)
        page.goto(url)
        return page

    def close(self) -> None:
        """Close all pages."""
        self._contexts.close()

    def _on_console(self, message: "ConsoleMessage") -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.location.get('url')}: {message.text}")

    def _on_request(self, request: "Request") -> None:
        self.asked.append(request.url)
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "file:")):
            self.problems.append(f"asked another host: {request.url}")


@pytest.fixture(scope="module")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder on a free port of this computer and returns its address, without slash."""
    with ExitStack() as servers:

        def serve(folder: Path) -> str:
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
            servers.callback(server.server_close)
            servers.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            return f"http://127.0.0.1:{server.server_address[1]}"

        yield serve


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Return a headless Chromium; of each module its own, because the loop behind it is in the way of another."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(CHROMIUM_ARGS))
        yield chromium
        chromium.close()


@pytest.fixture
def browsing(browser: "Browser") -> Iterator[Browsing]:
    """Return what opens pages and notes what goes wrong in them."""
    browsing = Browsing(browser)
    yield browsing
    browsing.close()


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the site of the real dataset; it is built once, whichever worker comes first."""
    pytest.importorskip("jinja2", reason="the extra `publish` is not installed")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    lock, folder, failure = shared / "site.lock", shared / "site", shared / "site.error"
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return _wait_for(folder, failure)
    try:
        from wakhan.formats import FORMATS
        from wakhan.site import build_site
        from wakhan.sources import packaged_root

        few = {name: FORMATS[name] for name in ("turtle", "ntriples", "jsonld")}  # what the pages need; half the time
        with patch.dict(FORMATS, few, clear=True):
            build_site(packaged_root(), shared / "site-new")
        shutil.move(shared / "site-new", folder)
    except BaseException as error:
        failure.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
        raise
    return folder


def _wait_for(folder: Path, failure: Path, seconds: float = 240) -> Path:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if folder.exists():
            return folder
        if failure.exists():
            pytest.fail(f"another worker could not build the site: {failure.read_text(encoding='utf-8')}")
        time.sleep(0.1)
    pytest.fail("the site was not built in time by another worker")


@pytest.fixture(scope="module")
def real_site_url(real_site: Path, serve_folder: Callable[[Path], str]) -> str:
    """Return the address of the site of the real dataset, without a slash at the end."""
    return serve_folder(real_site)


# ---- The server ----


class Reply(NamedTuple):
    """What a server answered; the names of its headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Serving:
    """A running server.

    Attributes:
        endpoint: The address of its endpoint.
        base: What the addresses of its pages begin with, without a slash at the end.
        process: Its process.
        log: The file with what it has told.
    """

    def __init__(self, endpoint: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.endpoint = endpoint
        self.base = endpoint.removesuffix("/sparql")
        self.process = process
        self.log = log
        self.host = urlsplit(endpoint).netloc

    def send(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Reply:
        """Send a request on a connection of its own and return the answer, whatever it is; nothing is followed."""
        connection = HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            found = connection.getresponse()
            return Reply(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str = "*/*") -> Reply:
        """Send a query by POST."""
        return self.send(
            "POST", "/sparql", query.encode(), {"Content-Type": "application/sparql-query", "Accept": accept}
        )

    def workers(self) -> set[int]:
        """Return the processes that run queries for it."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(pid) for pid in children.read_text().split()}


@contextmanager
def _serving(command: list[str], log: Path) -> Iterator[Serving]:
    """Run a server, whose first line is the address of its endpoint, while the block does."""
    with log.open("wb") as told:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told)
        try:
            assert process.stdout is not None
            address = process.stdout.readline().decode().strip()
            assert address.startswith("http://"), log.read_text()
            yield Serving(address, process, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


@pytest.fixture(scope="session")
def run_server(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AbstractContextManager[Serving]]:
    """Return a function that runs a program which serves, with its arguments, while a block does."""

    def run(*command: str | Path) -> AbstractContextManager[Serving]:
        pytest.importorskip("uvicorn", reason="the extra `publish` is not installed")
        return _serving([sys.executable, *map(str, command)], tmp_path_factory.mktemp("serve") / "log")

    return run


@pytest.fixture(scope="session")
def serve(run_server: Callable[..., AbstractContextManager[Serving]]) -> Callable[..., AbstractContextManager[Serving]]:
    """Return a function that runs `wakhan serve` with the given options on a free port while a block does."""
    return partial(run_server, "-m", "wakhan", "serve", "--port", "0")
