"""A graph is loaded as a whole or not at all, by whatever the server takes."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from urllib3 import HTTPHeaderDict

from wakhan.errors import WakhanError
from wakhan.servers.endpoint import Endpoint, NoSuchAddress
from wakhan.servers.transport import Reply, Transport
from wakhan.servers.upload import BATCH, upload

G = "urn:g"
NODES = '<urn:a> <urn:p> _:b .\n_:b <urn:p> "_:c <urn:p> _:d" .\n'
TEXT = NODES + "".join(f'<urn:s{n}> <urn:p> "_:x {n}" .\n' for n in range(2 * BATCH + 1))


class Wire(Transport):
    """Stands for a server: a store that takes what it is told to take."""

    def __init__(self, *, takes_graphs: bool, fails_at: str = "") -> None:
        super().__init__()
        self.store = ox.Store()
        self.updates: list[str] = []
        self.takes_graphs, self.fails_at = takes_graphs, fails_at

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str], *, again: bool) -> Reply:
        fields = parse_qs(body.decode()) if method == "POST" else {}
        if "query" in fields:
            answer = self.store.query(fields["query"][0])
            assert isinstance(answer, ox.QuerySolutions)
            return reply(200, answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        if "update" in fields:
            text = fields["update"][0]
            if self.fails_at and self.fails_at in text:
                return reply(500, b"no more room")
            self.updates.append(text)
            self.store.update(text)
            return reply(204)
        if not self.takes_graphs:
            return reply(404)
        graph = parse_qs(urlsplit(url).query).get("graph")
        place = ox.NamedNode(graph[0]) if graph else ox.DefaultGraph()
        self.store.clear_graph(place)
        self.store.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=place)
        return reply(204)


def reply(status: int, body: bytes = b"") -> Reply:
    return Reply(status, HTTPHeaderDict({"Content-Type": "application/sparql-results+json"}), body)


def endpoint(wire: Wire) -> Endpoint:
    found = Endpoint("http://localhost/query")
    found._wire = wire
    for graph in (ox.NamedNode(G), ox.NamedNode("urn:other"), ox.DefaultGraph()):
        wire.store.add(ox.Quad(ox.NamedNode("urn:old"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o"), graph))
    return found


@pytest.mark.parametrize("graph", [G, None])
@pytest.mark.parametrize("takes_graphs", [True, False])
def test_a_graph_takes_the_place_of_another_either_way(takes_graphs: bool, graph: str | None) -> None:
    wire = Wire(takes_graphs=takes_graphs)
    loaded = upload(endpoint(wire), TEXT, graph)
    assert loaded == (1, 2 * BATCH + 3, "store" if takes_graphs else "update")
    place = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    untouched = [each for each in (ox.NamedNode(G), ox.DefaultGraph(), ox.NamedNode("urn:other")) if each != place]
    assert [len(list(wire.store.quads_for_pattern(None, None, None, each))) for each in untouched] == [1, 1]
    assert len(wire.store) == 2 * BATCH + 5
    assert not wire.store.query(f"ASK {{ {{ <urn:old> ?p ?o }} {'' if graph is None else 'FILTER(false)'} }}")


def test_a_blank_node_stays_one_over_all_updates() -> None:
    wire = Wire(takes_graphs=False)
    upload(endpoint(wire), TEXT, G)
    assert wire.store.query(f"ASK {{ GRAPH <{G}> {{ <urn:a> <urn:p> ?b . ?b <urn:p> '_:c <urn:p> _:d' }} }}")
    assert [text.count(" .\n") for text in wire.updates] == [2, BATCH, BATCH, 1, 0]


def test_progress_is_told_for_updates() -> None:
    told: list[tuple[int, int]] = []
    upload(endpoint(Wire(takes_graphs=False)), TEXT, G, progress=lambda *numbers: told.append(numbers))
    every = 2 * BATCH + 3
    assert told == [(2, every), (BATCH + 2, every), (2 * BATCH + 2, every), (every, every)]


@pytest.mark.parametrize("fails_at", ["urn:s1500", "MOVE"])
def test_a_load_that_fails_leaves_all_as_it_was(fails_at: str) -> None:
    wire = Wire(takes_graphs=False, fails_at=fails_at)
    server = endpoint(wire)
    before = set(wire.store)
    with pytest.raises(WakhanError, match=r"status 500 \(no more room\)"):
        upload(server, TEXT, G)
    assert set(wire.store) == before


def test_two_loads_do_not_mix() -> None:
    wire = Wire(takes_graphs=False)
    server = endpoint(wire)
    server.update(f"INSERT DATA {{ GRAPH <{G}.loading> {{ <urn:a> <urn:b> 'c' }} }}")
    with pytest.raises(WakhanError, match=f"<{G}.loading>, in which to load, is there already"):
        upload(server, TEXT, G)
    assert server.count(G) == 1


def test_a_way_that_was_chosen_is_kept_to() -> None:
    with pytest.raises(NoSuchAddress):
        upload(endpoint(Wire(takes_graphs=False)), TEXT, G, way="store")
    assert upload(endpoint(Wire(takes_graphs=True)), TEXT, G, way="update").way == "update"


def test_a_server_that_does_not_keep_all_is_told_of() -> None:
    text = '<urn:a> <urn:b> "1" .\n<urn:a> <urn:b> "1" .\n'
    with pytest.raises(WakhanError, match="the graph has 1 triples now, and 2 were sent"):
        upload(endpoint(Wire(takes_graphs=True)), text, G)
