"""Every IRI leads to its page or its data, by what the client wants; and the pages and data are served."""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from rdflib import Graph

import wakhan
from wakhan.export import edition, to_ntriples
from wakhan.law import statements
from wakhan.names import WK
from wakhan.protocol.files import sha256

if TYPE_CHECKING:
    from conftest import Browsing, Serving

Run = Callable[..., AbstractContextManager["Serving"]]
ROOT = Path(__file__).parents[1]
KINDS = (
    "id/tajikistan", "claim/p05s1-1", "claim/p22s2-1", "article/p05s1", "article/narrator", "query/csto-members",
    "ontology", "shape", "dataset",
)  # fmt: skip
"""An IRI of each kind, without its beginning."""
PARTS = {
    "ontology/0.1.0": "../ontology",
    "shape/prefix/wk": "../../shape",
    "claim/p03s1-4/not": "../../claim/p03s1-4",
    **{f"claim/p05s1-1/{name}": "../../claim/p05s1-1"
       for name in ("nanopub", "head", "assertion", "provenance", "pubinfo")},
    **{f"dataset/{name}": "../dataset" for name in ("ontology", "facts", "descriptions", "denials")},
    "claim%2Fp05s1-1%2Fhead": "./claim/p05s1-1",
}  # fmt: skip
"""An IRI of each kind that is described with another, and how one comes from it to the document."""
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMATS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}


@pytest.fixture(scope="module")
def server(serve: Run, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Serving]":
    """Return a server without a site."""
    root = tmp_path_factory.mktemp("without-site")
    for name in ("data", "ontology", "queries"):
        (root / name).symlink_to(ROOT / name)
    with serve("--root", root) as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a page and its data, and with other data than those that are served."""
    folder = tmp_path_factory.mktemp("site")
    texts = {
        "index.html": "<h1>index",
        "article.html": "<h1>article",
        "claim/p03s1-4.html": "<h1>claim",
        "404.html": '<p>not found <a href="https://w3id.org/wakhan/">home</a>',
        "query.html": "<h1>query",
        "id/tajikistan.html": "<h1>Tajikistan" + "." * 1000,
        "id/tajikistan.ttl": "# Turtle",
        "style.css": "p {}",
        "data/SHA256SUMS": f"{sha256(b'')}  wakhan.nt\n",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def with_site(serve: Run, site: Path) -> "Iterator[Serving]":
    with serve("--root", ROOT, "--site", site) as running:
        yield running


# ---- Without a site ----


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_iri_leads_to_its_data(kind: str, server: "Serving") -> None:
    graphs = []
    for ending, media_type in FORMATS.items():
        found = server.send("GET", f"/{kind}", None, {"Accept": f"{media_type}, */*;q=0.1"})
        assert (found.status, found.headers["vary"]) == (303, "Accept")
        assert found.headers["location"] == f"./{kind.rpartition('/')[2]}.{ending}"
        data = server.send("GET", f"/{kind}.{ending}")
        assert data.status == 200
        assert data.headers["content-type"].partition(";")[0] == media_type
        quads = ox.parse(data.body, format=ox.RdfFormat.from_media_type(media_type))
        dataset = ox.Dataset(quads)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        graphs.append({str(quad) for quad in dataset})
    assert graphs[0] == graphs[1] == graphs[2]
    about = f"https://w3id.org/wakhan/{kind}"
    assert any(line.startswith(f"<{about}") for line in graphs[0])


@pytest.mark.parametrize(("part", "document"), PARTS.items())
def test_a_part_leads_to_the_data_of_the_whole(part: str, document: str, server: "Serving") -> None:
    for ending, media_type in FORMATS.items():
        found = server.send("GET", f"/{part}", None, {"Accept": media_type})
        assert (found.status, found.headers["location"]) == (303, f"{document}.{ending}")
        address = urljoin(f"{server.base}/{part}", found.headers["location"])
        assert server.send("GET", address.removeprefix(server.base)).status == 200
        assert server.send("GET", f"/{part}.{ending}").status == 404


def test_every_triple_of_the_data_of_an_iri_is_in_the_dataset(server: "Serving") -> None:
    whole = set(to_ntriples(edition(wakhan.load(ROOT).sources, "asserted")).splitlines())
    for kind in ("id/tajikistan", "claim/p22s2-1", "article/p05s1", "dataset"):
        lines = server.send("GET", f"/{kind}.nt").text.splitlines()
        assert lines
        assert set(lines) <= whole


def test_what_is_no_fact_is_not_in_the_data_of_an_iri_as_one(server: "Serving") -> None:
    claims = [claim for claim in statements(wakhan.load(ROOT).graph) if not claim.is_fact]
    facts = {claim.triple for claim in statements(wakhan.load(ROOT).graph) if claim.is_fact}
    assert claims
    graph = Graph()
    for kind in ("id/taliban", "id/china", "id/turkmenistan", "claim/p22s2-1"):
        graph.parse(data=server.send("GET", f"/{kind}.nt").body, format="nt")
    assert (None, WK.factuality, WK.Denied) in graph
    assert not [claim for claim in claims if claim.triple in graph and claim.triple not in facts]


def test_a_format_that_there_is_not_is_406(server: "Serving") -> None:
    found = server.send("GET", "/id/tajikistan", None, {"Accept": "image/png"})
    assert (found.status, found.headers["vary"]) == (406, "Accept")
    assert "text/turtle" in found.text
    assert server.send("GET", "/id/tajikistan", None, {"Accept": "text/html"}).status == 406


@pytest.mark.parametrize(
    "name",
    ["id/nowhere", "id/nowhere.ttl", "id", "x", "id/tajikistan/x", "id/tajikistan.ttl/", "sparql/x",
     "../data/actors.ttl", "%2e%2e/pyproject.toml", "claim/p05s1-1.xyz"],
)  # fmt: skip
def test_what_is_unknown_is_404(name: str, server: "Serving") -> None:
    found = server.send("GET", f"/{name}")
    assert found.status == 404
    assert found.text == "There is nothing of this name here.\n"


def test_without_a_site_it_says_so_and_leads_to_the_dataset(server: "Serving") -> None:
    assert "note: no site is built" in server.log.read_text()
    assert "`wakhan site` makes them" in server.send("GET", "/id/tajikistan.html").text
    assert server.send("GET", "/", None, {"Accept": FIREFOX}).headers["location"] == "./dataset.ttl"


def test_only_get_and_head_are_for_pages(server: "Serving") -> None:
    refused = server.send("POST", "/id/tajikistan", b"x")
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert server.send("OPTIONS", "/id/tajikistan").headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


# ---- With a site ----


@pytest.mark.parametrize(
    ("accept", "leads_to"),
    [
        (None, "./tajikistan.html"),
        ("*/*", "./tajikistan.html"),
        (FIREFOX, "./tajikistan.html"),
        ("text/turtle", "./tajikistan.ttl"),
        ("text/turtle;q=0.5, text/html;q=0.4", "./tajikistan.ttl"),
        ("application/ld+json", "./tajikistan.jsonld"),
        ("application/n-triples, text/turtle;q=0.9", "./tajikistan.nt"),
    ],
)
def test_a_client_is_led_to_what_it_wants(accept: str | None, leads_to: str, with_site: "Serving") -> None:
    found = with_site.send("GET", "/id/tajikistan", None, {"Accept": accept} if accept else {})
    assert (found.status, found.headers["location"]) == (303, leads_to)


def test_a_reader_is_led_from_a_denial_to_its_claim(with_site: "Serving") -> None:
    found = with_site.send("GET", "/claim/p03s1-4/not", None, {"Accept": FIREFOX})
    assert (found.status, found.headers["location"]) == (303, "../../claim/p03s1-4.html")


def test_the_article_has_a_page_and_no_data(with_site: "Serving") -> None:
    found = with_site.send("GET", "/article", None, {"Accept": "text/turtle, */*;q=0.1"})
    assert (found.status, found.headers["location"]) == (303, "./article.html")
    assert with_site.send("GET", "/article", None, {"Accept": "text/turtle"}).status == 406


def test_pages_are_served_and_what_they_have_not_is_made(with_site: "Serving") -> None:
    page = with_site.send("GET", "/id/tajikistan.html")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.text.startswith("<h1>Tajikistan")
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert with_site.send("GET", "/").text == "<h1>index"
    assert with_site.send("GET", "/id/tajikistan.ttl").text == "# Turtle"
    assert "wk:memberOf id:csto" in with_site.send("GET", "/id/csto.ttl").text


def test_a_page_is_compressed_and_not_sent_twice(with_site: "Serving") -> None:
    packed = with_site.send("GET", "/id/tajikistan.html", None, {"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body).startswith(b"<h1>Tajikistan")
    assert packed.headers["vary"] == "Accept-Encoding"
    tag = packed.headers["etag"]
    assert with_site.send("GET", "/id/tajikistan.html", None, {"If-None-Match": tag}).status == 304
    assert with_site.send("GET", "/", None, {"If-None-Match": tag}).status == 200
    head = with_site.send("HEAD", "/id/tajikistan.html")
    assert (head.body, head.headers["content-length"]) == (b"", "1014")


def test_a_reader_sees_the_page_for_what_is_not_found(with_site: "Serving") -> None:
    found = with_site.send("GET", "/id/no/where", None, {"Accept": FIREFOX})
    assert (found.status, found.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert found.text == '<p>not found <a href="../../">home</a>'
    assert with_site.send("GET", "/id/nowhere").text == "There is nothing of this name here.\n"


@pytest.mark.parametrize("path", ["/x", "/x/", "/id/no/where", "/x%2Fy", "//x", "/id/no/where.html?a=b/c"])
def test_the_page_for_what_is_not_found_leads_to_the_front_page_of_this_server(path: str, with_site: "Serving") -> None:
    found = with_site.send("GET", path, None, {"Accept": FIREFOX})
    link = re.search('href="([^"]*)"', found.text)
    assert link is not None
    assert (found.status, urljoin(with_site.base + path, link[1])) == (404, f"{with_site.base}/")


def test_the_front_page_is_the_page_of_the_dataset(with_site: "Serving") -> None:
    page = with_site.send("GET", "/", None, {"Accept": FIREFOX})
    assert (page.status, page.text, page.headers["vary"]) == (200, "<h1>index", "Accept, Accept-Encoding")
    for ending, media_type in FORMATS.items():
        data = with_site.send("GET", "/", None, {"Accept": f"{media_type}, */*;q=0.1"})
        assert (data.status, data.headers["location"]) == (303, f"./dataset.{ending}")
    assert with_site.send("GET", "/", None, {"Accept": "image/png"}).status == 406


def test_a_browser_is_led_from_the_endpoint_to_the_page_for_queries(with_site: "Serving") -> None:
    assert with_site.send("GET", "/sparql", None, {"Accept": FIREFOX}).headers["location"] == "query.html"
    asked = with_site.send("GET", "/sparql?query=ASK%20%7B%7D", None, {"Accept": FIREFOX})
    assert (asked.status, asked.headers["location"]) == (303, "query.html#query=ASK%20%7B%7D")
    assert with_site.send("GET", "/sparql").headers["content-type"].startswith("text/turtle")


def test_a_site_of_other_data_is_told(with_site: "Serving", site: Path, serve: Run) -> None:
    assert f"warning: {site} was built from other data than are served" in with_site.log.read_text()
    current = to_ntriples(edition(wakhan.load(ROOT).sources, "asserted")).encode()
    (site / "data/SHA256SUMS").write_text(f"{sha256(current)}  wakhan.nt\n")
    with serve("--root", ROOT, "--site", site) as running:
        running.send("GET", "/")
    assert "was built from other data" not in running.log.read_text()


# ---- The real site ----


def test_the_real_site_is_served_without_a_complaint_of_the_browser(
    real_site: Path, serve: Run, browsing: "Browsing"
) -> None:
    with serve("--root", ROOT, "--site", real_site) as running:
        assert "warning" not in running.log.read_text()
        for kind in ("", *KINDS[:9], "map.html", "query.html"):
            page = browsing.open(f"{running.base}/{kind}")
            assert page.title(), kind
        for kind in KINDS[:9]:
            found = running.send("GET", f"/{kind}.ttl")
            assert (found.status, found.body) == (200, (real_site / f"{kind}.ttl").read_bytes())
    assert not browsing.problems
