"""What pyoxigraph reads is what rdflib reads, and what they read differently is left to rdflib."""

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.oxigraph import read_turtle
from wakhan.parse import prepare

ROOT = Path(__file__).parents[1]
HEAD = "@prefix ex: <https://example.org/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
FILES = sorted((ROOT / "data").rglob("*.ttl"))

ALIKE = [
    'ex:a ex:b "x" , "x"@en , "x"@zh-hans , "x"@de-1996 , """two\nlines""" , "\\u00e9\\t\\"" .',
    "ex:a ex:b 1 , -1 , +1 , 007 , 1.50 , -0.0 , .5 , 1e3 , 1.0E+1 , true , false .",
    'ex:a ex:b "01"^^xsd:integer , "none"^^xsd:integer , "1.0"^^xsd:decimal , "2021-07-09"^^xsd:date , "x"^^ex:c .',
    "PREFIX other: <https://example.com/>\nother:a a ex:B ; ex:b <https://example.org/\\u00e9> ;; . # base\n",
    'ex:a ex:b "the military base" , "a version of it" ; ex:versionInfo "1" .',
    "@prefix ex: <https://example.com/> . ex:a ex:b ex:c .",
    "",
]
DIFFERENT = {
    "a blank node": "ex:a ex:b [] .",
    "a named blank node": "_:a ex:b ex:c .",
    "a list": "ex:a ex:b ( 1 ) .",
    "a capital in a language tag": 'ex:a ex:b "x"@en-GB .',
    "a capital at the beginning of one": 'ex:a ex:b "x"@EN .',
    "a text with its datatype": 'ex:a ex:b "x"^^xsd:string .',
    "a base": "@base <https://example.org/> . <a> ex:b ex:c .",
    "a base as in SPARQL": "BASE <https://example.org/>\n<a> ex:b ex:c .",
    "a base after a comment": "BASE # x\n<https://example.org/>\n<a> ex:b ex:c .",
    "a version": 'VERSION "1.2"\nex:a ex:b ex:c .',
    "a triple term": "ex:a ex:b <<( ex:a ex:b ex:c )>> .",
    "a reified triple": "<< ex:a ex:b ex:c >> ex:d ex:e .",
    "a direction": 'ex:a ex:b "x"@en--ltr .',
    "a relative IRI": "<a> ex:b ex:c .",
    "a syntax error": "ex:a ex:b .",
    "an unknown prefix": "ex:a ey:b ex:c .",
    "two prefixes for one namespace": "@prefix ey: <https://example.org/> . ex:a ey:b ex:c .",
    "half a character": 'ex:a ex:b "\\uD800" .',
}


def spelled(node: Node) -> tuple[object, ...]:
    """Return all that there is to a term; literals are equal whatever the case of their language tags."""
    more = (node.language, node.datatype) if isinstance(node, Literal) else ()
    return (type(node), str(node), *more)


@pytest.mark.parametrize("text", [HEAD + text for text in ALIKE] + [path.read_text("utf-8") for path in FILES])
def test_it_reads_what_rdflib_reads(text: str) -> None:
    content = read_turtle(prepare(text))
    assert content is not None
    usual = Graph(bind_namespaces="none").parse(data=text, format="turtle")
    assert {tuple(map(spelled, t)) for t in content.triples} == {tuple(map(spelled, t)) for t in usual}
    assert content.prefixes == {prefix: str(iri) for prefix, iri in usual.namespaces()}


@pytest.mark.parametrize("text", DIFFERENT.values(), ids=DIFFERENT)
def test_what_is_read_differently_is_left_to_rdflib(text: str) -> None:
    assert read_turtle(prepare(HEAD + text)) is None


def test_what_is_resolved_against_another_base_is_left_to_rdflib() -> None:
    assert read_turtle(prepare(HEAD + "ex:a ex:b ex:c .", base="https://example.org/")) is None


def test_equal_terms_are_the_same_object_in_every_text() -> None:
    texts = (HEAD + 'ex:a ex:b "x"@en , ex:a .', HEAD + 'ex:c ex:a "x"@en .')
    contents = [content for text in texts if (content := read_turtle(prepare(text))) is not None]
    objects: dict[Node, set[int]] = {}
    for content in contents:
        for triple in content.triples:
            for term in triple:
                objects.setdefault(term, set()).add(id(term))
    assert len(objects) == 4
    assert all(len(places) == 1 for places in objects.values())
    assert URIRef("https://example.org/a") in objects
