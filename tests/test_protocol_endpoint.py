"""The running endpoint keeps the SPARQL 1.1 Protocol, and answers as the embedded engine does."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.term import Node

import wakhan
from wakhan.cli import cli
from wakhan.dataset import Dataset
from wakhan.export import edition
from wakhan.protocol.media import HTML, RDF_XML, RESULTS_JSON, RESULTS_XML, TURTLE
from wakhan.render import render
from wakhan.servers.endpoint import Endpoint

if TYPE_CHECKING:
    from conftest import Reply, Serving

Run = Callable[..., AbstractContextManager["Serving"]]
ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests/queries"
CASES = sorted(path.relative_to(ANSWERS).with_suffix("").as_posix() for path in ANSWERS.rglob("*.csv"))
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SELECT = "SELECT ?who { ?who wk:memberOf id:csto }"
CONSTRUCT = "CONSTRUCT { ?who wk:memberOf id:csto } WHERE { ?who wk:memberOf id:csto }"


@pytest.fixture(scope="module")
def server(serve: Run) -> "Iterator[Serving]":
    """Return a server with the closure, of which every stored query can be asked."""
    with serve("--root", ROOT, "--inferred") as running:
        yield running


@cache
def dataset() -> Dataset:
    return wakhan.load(ROOT)


def get(server: "Serving", query: str, accept: str | None = None, **headers: str) -> "Reply":
    return server.send(
        "GET", f"/sparql?query={quote(query)}", None, headers | ({} if accept is None else {"Accept": accept})
    )


# ---- Answers ----


@pytest.mark.parametrize("case", CASES)
def test_a_stored_query_has_the_rows_of_the_embedded_engine(case: str, server: "Serving") -> None:
    name, binding = case.split("/")
    stored = dataset().stored(name)
    params = {} if binding == "default" else dict(pair.split("=") for pair in binding.split("&"))
    rows = Endpoint(server.endpoint).query(stored.text, dataset().bind(stored, params))
    expected = (ANSWERS / f"{case}.csv").read_text(encoding="utf-8")
    assert list(csv.reader(io.StringIO(render(rows, "csv", None)))) == list(csv.reader(io.StringIO(expected)))


def test_the_command_line_asks_it(server: "Serving") -> None:
    asked = CliRunner().invoke(cli, ["query", "csto-members", "--endpoint", server.endpoint])
    embedded = CliRunner().invoke(cli, ["query", "csto-members", "--root", str(ROOT)])
    assert asked.exit_code == 0
    assert asked.output == embedded.output
    own = CliRunner().invoke(cli, ["sparql", SELECT, "--endpoint", server.endpoint, "--format", "csv"])
    assert own.output.splitlines() == ["who", "https://w3id.org/wakhan/id/tajikistan"]


def test_rdflib_asks_it(server: "Serving") -> None:
    graph = Graph(SPARQLStore(server.endpoint))
    member, csto = (URIRef(f"https://w3id.org/wakhan/{name}") for name in ("ontology#memberOf", "id/csto"))
    assert list(graph.subjects(member, csto)) == [URIRef("https://w3id.org/wakhan/id/tajikistan")]
    assert [tuple(row) for row in graph.query(SELECT) if isinstance(row, tuple)] == [
        (URIRef("https://w3id.org/wakhan/id/tajikistan"),)
    ]


def test_it_holds_the_edition_that_it_was_told_to_serve(server: "Serving") -> None:
    found = server.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert len(found.text.splitlines()) == len(edition(dataset().sources, "inferred"))


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, None, RESULTS_JSON),
        (SELECT, "*/*", RESULTS_JSON),
        (SELECT, "application/sparql-results+xml, */*;q=0.1", RESULTS_XML),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "application/json", "application/json"),
        ("ASK {}", "application/sparql-results+xml", RESULTS_XML),
        ("ASK {}", "text/csv", "text/csv; charset=utf-8"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples;q=0.9, text/turtle;q=0.1", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", RDF_XML),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        ("DESCRIBE id:csto", "application/json", "application/json"),
    ],
)
def test_an_answer_comes_in_the_format_that_is_wanted(
    query: str, accept: str | None, media_type: str, server: "Serving"
) -> None:
    found = get(server, query, accept)
    assert (found.status, found.headers["content-type"]) == (200, media_type)
    assert found.headers["vary"] == "Accept, Accept-Encoding"
    plain = media_type.partition(";")[0]
    if plain == "text/csv":  # which the engine writes, but does not read
        told = ["true"] if query == "ASK {}" else ["who", "https://w3id.org/wakhan/id/tajikistan"]
        assert found.text.splitlines() == told
    elif query in (SELECT, "ASK {}"):
        results = ox.QueryResultsFormat.from_media_type({"application/json": RESULTS_JSON}.get(plain, plain))
        answer = ox.parse_query_results(found.body, format=results)
        if isinstance(answer, ox.QueryBoolean):
            assert bool(answer)
        else:
            assert [str(row["who"]) for row in answer] == ["<https://w3id.org/wakhan/id/tajikistan>"]
    else:
        form = ox.RdfFormat.from_media_type({"application/json": "application/ld+json"}.get(plain, plain))
        assert any("memberOf" in str(quad) or "label" in str(quad) for quad in ox.parse(found.body, format=form))


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv")])
def test_a_format_that_there_is_not_is_406_and_what_there_is_is_told(
    query: str, accept: str, server: "Serving"
) -> None:
    found = get(server, query, accept)
    assert found.status == 406
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert any(name in found.text for name in ("JSON", "sparql-results+json"))


def test_triples_come_once_each_and_in_the_same_order_every_time(server: "Serving") -> None:
    query = "CONSTRUCT { ?a a wk:Claim } WHERE { ?a a wk:Claim ; ?p ?o }"
    first, second = (server.ask(query, "application/n-triples").text for _ in range(2))
    assert first == second
    assert sorted(set(first.splitlines())) == first.splitlines()


def test_turtle_has_the_prefixes_that_it_uses_and_no_others(server: "Serving") -> None:
    text = server.ask(CONSTRUCT, "text/turtle").text
    assert "id:tajikistan wk:memberOf id:csto" in text
    assert text.count("@prefix") == 2


# ---- Refusals ----


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "status"),
    [
        ("GET", "/sparql?query=SELECT", {}, None, 400),
        ("GET", "/sparql?query=", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=not%20an%20iri", {}, None, 400),
        ("GET", "/sparql?update=CLEAR+ALL", {}, None, 400),
        ("POST", "/sparql", FORM, b"update=CLEAR+ALL", 403),
        ("POST", "/sparql", FORM, b"query=CLEAR+ALL", 403),
        ("POST", "/sparql", FORM, b"query=LOAD+%3Cfile:///etc/passwd%3E", 403),
        ("POST", "/sparql", FORM, b"query=ASK+FROM+%3Cfile:///etc/passwd%3E+%7B+?s+?p+?o+%7D", 400),
        ("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=urn:a", {}, None, 400),
        ("POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}", 415),
        ("POST", "/sparql", FORM | {"Content-Encoding": "gzip"}, gzip.compress(b"query=ASK{}"), 415),
        ("PUT", "/sparql", {}, b"x", 405),
        ("DELETE", "/sparql?query=ASK%7B%7D", {}, None, 405),
        ("PATCH", "/sparql", {}, None, 405),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_reason(
    method: str, target: str, headers: dict[str, str], body: bytes | None, status: int, server: "Serving"
) -> None:
    found = server.send(method, target, body, headers)
    assert found.status == status
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert found.text.endswith(".\n") or "error at" in found.text
    assert found.headers.get("allow") == ("GET, HEAD, POST, OPTIONS" if status == 405 else None)


# ---- Graphs ----


@pytest.mark.parametrize("graph", ["https://w3id.org/wakhan/dataset", "https://w3id.org/wakhan/data/void.ttl#inferred"])
def test_the_iri_of_the_dataset_means_all_of_it(graph: str, server: "Serving") -> None:
    count = "SELECT (COUNT(*) AS ?n) {0} {{ ?s ?p ?o }}"
    whole = server.ask(count.format(""), "text/csv")
    assert int(whole.text.split()[1]) > 1000
    assert server.ask(count.format(f"FROM <{graph}>"), "text/csv").body == whole.body
    target = f"/sparql?query={quote(count.format(''))}&default-graph-uri={quote(graph, safe='')}"
    assert server.send("GET", target, None, {"Accept": "text/csv"}).body == whole.body


def test_the_served_dataset_that_the_description_names_can_be_asked_by_its_iri(server: "Serving") -> None:
    graph = Graph().parse(data=server.send("GET", "/sparql").body, format="turtle")
    served = the_only(graph.objects(None, URIRef("http://www.w3.org/ns/dcat#servesDataset")))
    found = server.ask(f"ASK FROM <{served}> {{ id:tajikistan wk:memberOf id:csto }}")
    assert json.loads(found.body)["boolean"] is True


def test_a_graph_that_is_not_here_is_refused_with_advice(server: "Serving") -> None:
    found = server.ask("SELECT * FROM <https://w3id.org/wakhan/data/void.ttl#facts> { ?s ?p ?o }")
    assert found.status == 400
    assert found.text == (
        "There is no graph <https://w3id.org/wakhan/data/void.ttl#facts> here, and none is fetched. "
        "Ask without FROM: the data are in the default graph, which <https://w3id.org/wakhan/dataset> means too.\n"
    )


def the_only(found: Iterator[Node]) -> Node:
    (one,) = found
    return one


def test_a_syntax_error_is_told_with_its_line_and_column(server: "Serving") -> None:
    found = server.ask("SELECT *\nWHERE { ?s ?p }")
    assert found.status == 400
    assert "error at 2:16" in found.text


# ---- HTTP ----


def test_head_is_get_without_the_body(server: "Serving") -> None:
    whole = get(server, SELECT, "text/csv")
    head = server.send("HEAD", f"/sparql?query={quote(SELECT)}", None, {"Accept": "text/csv"})
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


def test_an_answer_is_compressed_where_the_client_takes_it(server: "Serving") -> None:
    query = "SELECT * { ?s a wk:Claim }"
    plain, packed = get(server, query, "text/csv"), get(server, query, "text/csv", **{"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 3
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in get(server, "ASK {}", **{"Accept-Encoding": "gzip"}).headers


def test_an_answer_that_the_client_has_is_not_sent_again(server: "Serving") -> None:
    first = get(server, SELECT)
    tag = first.headers["etag"]
    again = get(server, SELECT, **{"If-None-Match": f'"other", {tag}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert get(server, SELECT, **{"If-None-Match": '"other"'}).status == 200
    others = (get(server, SELECT, "text/csv"), get(server, SELECT + " "), get(server, CONSTRUCT))
    assert len({tag, *(other.headers["etag"] for other in others)}) == 4


def test_an_answer_that_changes_has_no_validator(server: "Serving") -> None:
    found = get(server, "SELECT (NOW() AS ?now) {}")
    assert "etag" not in found.headers
    assert found.headers["cache-control"] == "no-store"
    assert "etag" not in server.ask(SELECT).headers


def test_pages_of_other_sites_may_ask(server: "Serving") -> None:
    asked = {
        "Origin": "https://e.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    before = server.send("OPTIONS", "/sparql", None, asked)
    assert before.status == 204
    assert before.headers["access-control-allow-origin"] == "*"
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "Content-Type" in before.headers["access-control-allow-headers"]
    for reply in (server.ask(SELECT), server.ask("nonsense"), server.send("PUT", "/sparql"), get(server, SELECT)):
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["x-content-type-options"] == "nosniff"


# ---- Service description ----


@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json", "application/n-triples", RDF_XML])
def test_the_service_describes_itself(media_type: str, server: "Serving") -> None:
    found = server.send("GET", "/sparql", None, {"Accept": media_type})
    assert found.headers["content-type"].partition(";")[0] == media_type
    form = ox.RdfFormat.from_media_type(media_type)
    graph = Graph().parse(data=ox.serialize(ox.parse(found.body, format=form), format=ox.RdfFormat.N_TRIPLES))
    service = URIRef(server.endpoint)
    assert (service, RDF.type, SD.Service) in graph
    assert (service, SD.endpoint, service) in graph
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    counted = json.loads(server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body)["results"]["bindings"][0]["n"][
        "value"
    ]
    default = graph.value(graph.value(service, SD.defaultDataset), SD.defaultGraph)
    assert str(graph.value(default, URIRef("http://rdfs.org/ns/void#triples"))) == counted
    terms = {str(term) for triple in graph for term in triple if str(term).startswith(str(SD))}
    assert terms <= {str(SD[name]) for name in SERVICE_DESCRIPTION}, "a term that the vocabulary does not have"


SERVICE_DESCRIPTION = (
    "Dataset", "Graph", "SPARQL11Query", "Service", "defaultDataset", "defaultEntailmentRegime", "defaultGraph",
    "defaultSupportedEntailmentProfile", "endpoint", "resultFormat", "supportedLanguage",
)  # fmt: skip
"""The terms of the vocabulary that are used, as https://www.w3.org/TR/sparql11-service-description/ has them."""


def test_the_description_names_the_address_that_was_asked(server: "Serving") -> None:
    found = server.send("GET", "/sparql", None, {"Host": "data.example.org", "X-Forwarded-Proto": "https"})
    assert "sd:endpoint <https://data.example.org/sparql>" in found.text
    assert server.send("GET", "/sparql", None, {"Accept": HTML}).status == 406  # there is no page for queries
    assert (
        server.send("GET", "/sparql", None, {"Accept": "text/html, */*;q=0.8"})
        .headers["content-type"]
        .startswith(TURTLE)
    )


# ---- The tests of the W3C ----

W3C = ROOT.parent / "shared/w3c-sparql11-protocol"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UPDATES = {
    "update_dataset_default_graph", "update_dataset_default_graphs", "update_dataset_named_graphs",
    "update_dataset_full", "update_post_form", "update_post_direct", "update_base_uri",
}  # fmt: skip
PROGRAM = """
import sys, wakhan
from pathlib import Path
from wakhan.protocol.served import Source
from wakhan.protocol.server import bind, run
base = "http://www.example/"
source = Source(Path(sys.argv[1]).read_bytes(), {}, base, f"{base}data", f"{base}all", False)
run(source, wakhan.load(), bind("127.0.0.1", 0), ready=lambda address: print(address, flush=True))
"""


@pytest.fixture(scope="module")
def w3c_server(run_server: Run, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Serving]":
    """Return a server with the graphs that the tests ask."""
    if not W3C.is_dir():
        pytest.skip("the protocol tests of the W3C are not beside the project")
    folder = tmp_path_factory.mktemp("w3c")
    store = ox.Store()
    for number in (1, 2, 3):
        graph = ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/data{number}.rdf")
        store.load(path=W3C / f"data{number}.nt", format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    # They expect a graph data0.rdf too: that it can be asked, whatever is in it.
    graph = ox.NamedNode("http://kasei.us/2009/09/sparql/data/data0.rdf")
    store.add(ox.Quad(graph, ox.NamedNode(RDF.type), ox.NamedNode("http://xmlns.com/foaf/0.1/Document"), graph))
    store.dump(folder / "data.nq", format=ox.RdfFormat.N_QUADS)
    with run_server("-c", PROGRAM, folder / "data.nq") as running:
        yield running


@cache
def w3c_manifest() -> Graph:
    return Graph().parse(W3C / "manifest.ttl") if W3C.is_dir() else Graph()


def w3c_tests() -> list[str]:
    listed = next(w3c_manifest().objects(None, MF.entries), RDF.nil)
    return [str(entry).rpartition("#")[2] for entry in w3c_manifest().items(listed)]


@pytest.mark.parametrize("name", [name for name in w3c_tests() if name not in UPDATES] or ["none"])
def test_the_test_of_the_w3c_passes(name: str, w3c_server: "Serving") -> None:
    test = next(s for s in w3c_manifest().subjects(RDF.type, MF.ProtocolTest) if str(s).endswith(f"#{name}"))
    requests = list(w3c_manifest().items(the(the(test, MF.action), HT.requests)))
    assert requests
    for request in requests:
        replay(request, w3c_server)


def the(node: Node, prop: URIRef) -> Node:
    return next(w3c_manifest().objects(node, prop), RDF.nil)


def replay(request: Node, server: "Serving") -> None:
    method, path, body = (the(request, HT[name]) for name in ("methodName", "absolutePath", "body"))
    headers = {
        str(the(header, HT.fieldName)): str(the(header, HT.fieldValue))
        for header in w3c_manifest().items(the(request, HT.headers))
    }
    sent = None if body == RDF.nil else str(the(body, CNT.chars)).encode(str(the(body, CNT.characterEncoding)))
    found = server.send(str(method), str(path), sent, headers)
    expected = the(request, HT.resp)
    classes = {str(status)[-3] for status in w3c_manifest().objects(expected, MF.expectedStatus)}
    assert str(found.status)[0] in classes, (found.status, found.text)
    form = str(the(expected, MF.expectedFormat))
    if form == "boolean":
        assert json.loads(found.body)["boolean"] is (str(the(expected, MF.expectedBoolean)) != "false")
    if form == "tabular":
        assert "results" in json.loads(found.body)
    if form == "RDF":
        assert ox.RdfFormat.from_media_type(found.headers["content-type"].partition(";")[0])


def test_there_are_27_tests_of_the_w3c_without_updates() -> None:
    if not W3C.is_dir():
        pytest.skip("the protocol tests of the W3C are not beside the project")
    assert len(set(w3c_tests()) - UPDATES) == 27
    assert set(w3c_tests()) >= UPDATES
