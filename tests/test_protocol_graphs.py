"""The graphs of a request go before those of FROM, and a graph that is not here is refused, never read as empty."""

import contextlib

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wakhan.protocol.graphs import Graphs
from wakhan.protocol.refusal import Refused

DATA, G, H = (f"http://e.org/{name}" for name in ("data", "g", "h"))
PREFIXES = {"e": "http://e.org/"}
DEFAULT = ox.DefaultGraph()


@pytest.fixture(scope="module")
def graphs() -> Graphs:
    store = ox.Store()
    store.add_graph(ox.NamedNode(G))
    store.add_graph(ox.NamedNode(H))
    return Graphs(store, [DATA], PREFIXES, "http://e.org/base/")


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        (f"SELECT * FROM <{DATA}> {{ ?s ?p ?o }}", [DEFAULT], []),
        (f"SELECT * FROM <{DATA}> FROM <{G}> WHERE {{}}", [DEFAULT, G], []),
        (f"ASK from<{G}>from named<{H}>{{}}", [G], [H]),
        ("ASK FROM NAMED e:g FROM e:data {}", [DEFAULT], [G]),
        ("PREFIX x: <http://e.org/> SELECT * FROM x:g {}", [G], []),
        ("SELECT (COUNT(*) AS ?n) FROM <../g> {}", [G], []),
        ("BASE <http://e.org/> # FROM <x>\nDESCRIBE <a> FROM <h> { ?a ?b ?c }", [ox.NamedNode(H)], []),
        ("CONSTRUCT { ?s ?p ?o } FROM e:g WHERE { ?s ?p ?o }", [G], []),
        ("CONSTRUCT FROM e:g WHERE { ?s ?p ?o }", [G], []),
        ("SELECT (EXISTS { ?s ?p ?from } AS ?x) FROM e:g {}", [G], []),
        ("ASK FROM <http://e.org/\\u0067> {}", [G], []),
    ],
)
def test_from_chooses_graphs(query: str, default: list[object], named: list[str], graphs: Graphs) -> None:
    told = [ox.NamedNode(iri) if isinstance(iri, str) else iri for iri in default]
    expected = {"default_graph": told, "named_graphs": [ox.NamedNode(iri) for iri in named]}
    assert graphs.chosen(query, [], []) == expected


@pytest.mark.parametrize(
    "query",
    [
        "ASK {}",
        "SELECT ?from { ?from ?p 'FROM <http://e.org/x>' }",
        "ASK { ?s from:x ?o }",
        "# FROM <http://e.org/x>\nASK {}",
        "SELECT * { { SELECT * { ?s ?p ?o } } }",
        "FROM",
        "ASK FROM",
        "ASK FROM NAMED",
        "ASK FROM un:known {}",
        "PREFIX ASK FROM <http://e.org/x> {}",
        "",
    ],
)
def test_a_query_without_from_or_that_cannot_be_read_is_left_to_the_engine(query: str, graphs: Graphs) -> None:
    assert graphs.chosen(query, [], []) == {}


def test_the_request_goes_before_the_query(graphs: Graphs) -> None:
    query = "ASK FROM <http://e.org/nowhere> {}"
    assert graphs.chosen(query, [DATA], []) == {"default_graph": [DEFAULT], "named_graphs": []}
    assert graphs.chosen(query, [], [G]) == {"default_graph": [], "named_graphs": [ox.NamedNode(G)]}


@pytest.mark.parametrize(
    ("query", "default", "named", "said"),
    [
        ("ASK {}", ["http://e.org/x"], [], "There is no graph <http://e.org/x> here, and none is fetched."),
        ("ASK {}", [DATA, "http://e.org/x"], [], "Ask without FROM: the data are in the default graph"),
        ("ASK FROM e:x {}", [], [], "which <http://e.org/data> means too."),
        ("ASK FROM NAMED e:x {}", [], [], "There is no graph with the name <http://e.org/x> here."),
        ("ASK {}", [], [DATA], "Ask without FROM NAMED and GRAPH: the data are in the default graph"),
        ("ASK {}", ["x"], [], "A graph has to be named by its IRI"),
    ],
)
def test_a_graph_that_is_not_here_is_refused(
    query: str, default: list[str], named: list[str], said: str, graphs: Graphs
) -> None:
    with pytest.raises(Refused) as refused:
        graphs.chosen(query, default, named)
    assert refused.value.status == 400
    assert said in refused.value.text


@given(st.text("{}<>?:.;\"'#\\() \nASKFROMNAMEDe:gprefix*", max_size=80))
def test_any_text_is_read_or_refused(query: str) -> None:
    graphs = Graphs(ox.Store(), [DATA], PREFIXES, "http://e.org/")
    with contextlib.suppress(Refused):
        assert set(graphs.chosen(query, [], [])) in ({"default_graph", "named_graphs"}, set())
