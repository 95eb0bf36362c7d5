"""JSON-LD says all that a graph says to two readers, and reads well."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Dataset, Graph, Literal

from wakhan.export import canonical, to_ntriples
from wakhan.formats import Editions
from wakhan.formats.context import context_of
from wakhan.formats.jsonld import pretty, to_context, to_jsonld
from wakhan.names import ID, PREFIXES, WK
from wakhan.parse import parse
from wakhan.reason import union

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

HARD = {
    "texts": "id:a rdfs:label 'a'@en , 'b'@en , 'c'@ru ; wk:note 'x'@en , 'y' , '' ; wk:plain 'p' .",
    "numbers": "id:a wk:size 3 , 03 , -7 , 0 , 99999999999999999999 ; wk:far 1.50 , 2.0 "
    "; wk:is true , false , '1'^^xsd:boolean .",
    "mixed values": "id:a wk:v 1 , 1.0 , 'a' , id:b , wk:Denied , true , [] .",
    "classes": "id:a a wk:State , owl:Thing , <urn:x:y> ; wk:kind wk:State , rdf:type , id:b .",
    "lists": "id:a wk:l ( 1 2 ) . id:b wk:l () . id:c wk:l ( id:a ( wk:x 'y' ) [ wk:p 3 ] ) . "
    "id:d wk:m ( 1 ) , ( 2 ) , id:a .",
    "things in lists": "id:a wk:l ( id:b wk:Denied ) . id:b wk:l () .",
    "a shared list": "id:a wk:l _:x . id:b wk:m _:x . _:x rdf:first 1 ; rdf:rest () .",
    "a list with more": "id:a wk:m _:x , id:b . _:x rdf:first 1 ; rdf:rest () ; rdfs:label 'more'@en .",
    "a list without an end": "id:a wk:m _:x , id:b . _:x rdf:first 1 ; rdf:rest _:x .",
    "nested nodes": "id:a wk:p [ wk:q [ wk:r 1 ] ; wk:q [ wk:r 2 ] ] . [] wk:p id:a .",
    "a shared node": "id:a wk:p _:x . id:b wk:p _:x . _:x wk:q 1 .",
    "a circle": "_:x wk:p _:y . _:y wk:p _:x . _:z wk:p _:z .",
    "names that clash": "wk:label wk:id wk:claim ; rdfs:label 'a'@en ; wk:example wk:label . id:a skos:example 'b' .",
    "odd names": "<urn:x:y> <urn:p:q> <urn:z> ; <https://example.org/p> <https://example.org/> . wk: wk:p wk: .",
    "datatypes": "id:a wk:d '2021-07-09'^^xsd:date ; wk:t 'P1D'^^xsd:dayTimeDuration ; wk:x 'a'^^id:type .",
}  # fmt: skip


def read(text: str) -> str:
    """Return what pyoxigraph reads out of JSON-LD, as canonical N-Triples."""
    found = ox.Dataset(ox.parse(text, format=ox.RdfFormat.JSON_LD))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted({f"{quad.triple} .\n" for quad in found}))


@pytest.mark.parametrize("turtle", HARD.values(), ids=HARD)
def test_two_readers_find_the_same_graph(turtle: str) -> None:
    graph = canonical(Graph(bind_namespaces="none").parse(data=HEAD + turtle, format="turtle"))
    text = to_jsonld(graph, context_of(graph))
    assert read(text) == to_ntriples(graph)
    by_rdflib = parse(text, form="json-ld")
    assert isinstance(by_rdflib, Dataset)
    assert to_ntriples(union(quad[:3] for quad in by_rdflib.quads())) == to_ntriples(graph)


def test_each_thing_is_there_once_and_blank_nodes_are_nested(editions: Editions) -> None:
    for name in ("inferred", "shapes"):
        found = json.loads(to_jsonld(editions.graph(name), editions.context))
        ids = [node["@id"] for node in found["@graph"]]
        assert len(ids) == len(set(ids)) > 200
        assert not [each for each in ids if each.startswith("_:")]


def test_a_claim_reads_well(editions: Editions) -> None:
    nodes = {
        node["@id"]: node for node in json.loads(to_jsonld(editions.graph("asserted"), editions.context))["@graph"]
    }
    assert nodes["claim:p04s3-5"] == {
        "@id": "claim:p04s3-5",
        "@type": "Claim",
        "subject": "id:taliban",
        "predicate": "controls",
        "object": "id:afghanistan-tajikistan-border",
        "factuality": "Affirmed",
        "speaker": "id:anatoly-sidorov",
        "passage": "art:p04s3",
        "channel": "id:russian-media",
        "degree": {"en": "almost entirely"},
        "timeText": {"en": "now"},
    }
    assert list(nodes["claim:p04s3-5"])[:5] == ["@id", "@type", "subject", "predicate", "object"]
    assert nodes["id:tajikistan"]["label"]["ru"] == "Таджикистан"
    assert isinstance(nodes["art:p04s3"]["start"], int)


@pytest.mark.parametrize("name", ["facts", "ontology", "shapes"])
def test_the_published_context_reads_each_document_as_its_own_does(name: str, editions: Editions) -> None:
    document = json.loads(to_jsonld(editions.graph(name), editions.context))
    published = json.loads(to_context(editions.context))["@context"]
    assert document["@context"].items() <= published.items()
    assert len(document["@context"]) < len(published)
    assert read(json.dumps({"@context": published, "@graph": document["@graph"]})) == editions.ntriples(name)


def test_what_the_context_declares_is_used(editions: Editions) -> None:
    text = to_jsonld(editions.graph("ontology"), editions.context)
    body = text[text.index('"@graph"') :]
    names = [name for name, what in json.loads(text)["@context"].items() if isinstance(what, dict)]
    assert [name for name in names if f'"{name}":' not in body] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=30,
)


@given(JSON)
def test_pretty_json_is_the_same_json(value: Any) -> None:  # noqa: ANN401
    assert json.loads(pretty(value)) == value


def test_what_is_short_stands_on_one_line_and_nothing_goes_beyond_its_end(editions: Editions) -> None:
    assert pretty({"a": ["x" * 20] * 3, "b": {"c": ["y" * 60, "z" * 60]}}).splitlines() == [
        "{",
        f'  "a": ["{"x" * 20}", "{"x" * 20}", "{"x" * 20}"],',
        '  "b": {',
        '    "c": [',
        f'      "{"y" * 60}",',
        f'      "{"z" * 60}"',
        "    ]",
        "  }",
        "}",
    ]
    lines = to_jsonld(editions.graph("shapes"), editions.context).splitlines()
    assert [line for line in lines if len(line) > 120 and line.lstrip()[0] in "{["] == []


@pytest.mark.parametrize(
    ("text", "written"), [("3", 3), ("-7", -7), ("0", 0), ("03", "03"), ("-0", "-0"), ("9" * 16, "9" * 16)]
)
def test_a_number_that_readers_of_json_would_change_is_a_text(text: str, written: int | str) -> None:
    graph = Graph(bind_namespaces="none")
    graph.add((ID.a, WK.size, Literal(text, datatype=XSD.integer, normalize=False)))
    document = to_jsonld(graph, context_of(graph))
    assert json.loads(document)["@graph"][0]["size"] == written
    assert read(document) == to_ntriples(graph)
