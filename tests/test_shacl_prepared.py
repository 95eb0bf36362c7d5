"""A query is parsed once, however often it is asked, and never leaves this machine."""

from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from wakhan.shacl import ShapeError, prepared
from wakhan.shacl.prepared import PreparedGraph

A, P = URIRef("urn:a"), URIRef("urn:p")


def test_a_query_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []

    def prepare(text: str, **options: Any) -> Query:  # noqa: ANN401
        texts.append(text)
        return prepareQuery(text, **options)

    monkeypatch.setattr(prepared, "prepareQuery", prepare)
    prepared._prepared.cache_clear()
    graph = PreparedGraph([(A, P, A)])
    for _ in range(3):
        assert len(list(graph.query("SELECT ?x WHERE { ?x <urn:p> ?y }"))) == 1
    assert len(texts) == 1


def test_it_takes_the_prefixes_of_another_graph() -> None:
    names = Graph(bind_namespaces="none")
    names.bind("u", "urn:")
    assert len(list(PreparedGraph([(A, P, A)], names).query("SELECT ?x WHERE { ?x u:p ?y }"))) == 1


def test_no_other_server_is_asked() -> None:
    with pytest.raises(ShapeError, match="SERVICE"):
        PreparedGraph().query("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
