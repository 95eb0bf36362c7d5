"""JSON-LD says what the graph says, in one order."""

import json

import pyoxigraph as ox
import pytest

from wakhan.errors import WakhanError
from wakhan.metadata.jsonld import to_jsonld
from wakhan.sources import parse_turtle

TEXT = """
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:b a id:C , id:D ; id:p 10 , 2 , "x"@en , "y" , id:a ; id:q "2021-07"^^xsd:gYearMonth .
id:a id:p <https://e.org/a b%20c> , <https://e.org/x> .
""".replace("a b%20c", "a")


def test_what_is_written_is_what_was_there() -> None:
    graph = parse_turtle(TEXT)
    read = ox.Dataset(ox.parse(to_jsonld(graph).encode(), format=ox.RdfFormat.JSON_LD))
    assert read == ox.Dataset(ox.parse(graph.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES))


def test_nodes_values_and_prefixes_stand_in_one_order() -> None:
    found = json.loads(to_jsonld(parse_turtle(TEXT)))
    assert list(found["@context"]) == ["id", "xsd"]
    assert [node["@id"] for node in found["@graph"]] == ["id:a", "id:b"]
    assert [value.get("@value") for value in found["@graph"][1]["id:p"]] == ["2", "10", "x", "y", None]
    assert found["@graph"][1]["id:q"] == {"@value": "2021-07", "@type": "xsd:gYearMonth"}


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(WakhanError, match="no blank nodes"):
        to_jsonld(parse_turtle("<urn:s> <urn:p> [] ."))
