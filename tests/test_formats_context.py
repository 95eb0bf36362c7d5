"""A context names every property shortly and truly, and never two alike."""

from typing import Any

from rdflib import RDF, RDFS, Graph, URIRef

from wakhan.formats import Editions
from wakhan.formats.context import Context, context_of
from wakhan.names import CLAIM, ID, WK

HEAD = """
@prefix ex: <https://example.org/> .
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def made(turtle: str) -> Context:
    return context_of(Graph(bind_namespaces="none").parse(data=HEAD + turtle, format="turtle"))


def terms(turtle: str) -> dict[str, Any]:
    return {name: what for name, what in made(turtle).as_json().items() if isinstance(what, dict) or ":/" not in what}


def test_values_that_are_all_of_one_kind_are_typed_by_the_context() -> None:
    assert terms(
        "id:a wk:near id:b ; wk:sure wk:Denied ; wk:size 3 ; rdfs:label 'a'@en ; wk:parts ( id:b id:c ) ."
    ) == {
        "near": {"@id": "wk:near", "@type": "@id"},
        "sure": {"@id": "wk:sure", "@type": "@vocab"},
        "size": {"@id": "wk:size", "@type": "xsd:integer"},
        "label": {"@id": "rdfs:label", "@container": "@language"},
        "parts": {"@id": "wk:parts", "@container": "@list", "@type": "@id"},
    }


def test_values_of_several_kinds_are_not() -> None:
    assert terms("id:a wk:mixed 'a'@en , 'b' ; wk:two 1 , 1.0 ; wk:plain 'x' ; wk:lists ( 1 ) , ( 2 ) .") == {
        "lists": {"@id": "wk:lists", "@type": "@id"}
    }


def test_a_list_of_values_has_no_type() -> None:
    assert terms("id:a wk:parts ( 1 id:b ) .") == {"parts": {"@id": "wk:parts", "@container": "@list"}}


def test_a_name_that_two_properties_have_goes_to_our_own() -> None:
    found = made("id:a rdfs:label 'a' ; wk:label 'b' ; skos:example 'c' ; rdfs:example 'd' ; ex:near 'e' .")
    assert [found.key(prop) for prop in (WK.label, RDFS.label, URIRef("https://example.org/near"))] == [
        "label",
        "rdfs:label",
        "ex:near",
    ]
    assert "example" not in found.as_json()


def test_a_name_that_is_a_prefix_too_keeps_its_prefix() -> None:
    found = made("id:a wk:id wk:skos ; skos:note 'x' .")
    assert found.key(WK.id) == "wk:id"
    assert found.word(WK.skos) == "wk:skos"
    assert found.word(WK.other) == "other"


def test_a_value_of_our_own_needs_no_prefix() -> None:
    found = made("id:a rdfs:label 'a' ; wk:kind wk:label .")
    assert (found.key(RDFS.label), found.word(WK.label)) == ("rdfs:label", "label")
    found = made("id:a wk:near id:b ; wk:kind wk:near .")
    assert (found.key(WK.near), found.word(WK.near)) == ("near", "near")


def test_what_has_no_prefix_is_written_whole() -> None:
    found = made("id:a <urn:x:y> 'a' .")
    assert found.key(URIRef("urn:x:y")) == "urn:x:y"
    assert found.short(URIRef("urn:x:y")) == "urn:x:y"


def test_no_two_properties_of_the_dataset_are_called_alike(editions: Editions) -> None:
    context = editions.context
    properties = set(editions.graph("inferred").predicates()) | set(editions.graph("shapes").predicates())
    names = {prop: context.key(prop) for prop in properties - {RDF.type}}
    assert len(set(names.values())) == len(names) > 150
    assert not set(names.values()) & set(context.namespaces)


def test_the_context_reads_well(editions: Editions) -> None:
    found = editions.context.as_json()
    assert found["speaker"] == {"@id": "wk:speaker", "@type": "@id"}
    assert found["label"] == {"@id": "rdfs:label", "@container": "@language"}
    assert found["factuality"] == {"@id": "wk:factuality", "@type": "@vocab"}
    assert found["id"] == str(ID)
    assert editions.context.short(CLAIM["p05s1-1"]) == "claim:p05s1-1"
    assert next(iter(found)) == "@vocab"


def test_a_context_for_some_properties_holds_no_others(editions: Editions) -> None:
    whole = editions.context.as_json()
    part = editions.context.as_json([WK.speaker, RDFS.label], '{"speaker": "id:a"}')
    assert part == {name: whole[name] for name in ("@vocab", "id", "rdfs", "wk", "label", "speaker")}
