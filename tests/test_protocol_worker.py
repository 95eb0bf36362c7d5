"""A process that runs queries answers what it is asked, refuses what it should not, and bounds what it gives."""

from typing import Any

import pytest

from wakhan.protocol.refusal import Refused
from wakhan.protocol.worker import Answering

TRIPLES = "".join(f"<http://e.org/a#s{n}> <http://e.org/p> <http://e.org/o> .\n" for n in range(50))
NAMED = "<http://e.org/x> <http://e.org/p> <http://e.org/y> <http://e.org/g> .\n"


@pytest.fixture(scope="module")
def answering() -> Answering:
    setting = {
        "prefixes": {"a": "http://e.org/a#", "e": "http://e.org/"},
        "base": "http://e.org/",
        "default_graph": ["http://e.org/data"],
        "answer_bytes": 3000,
    }
    return Answering(setting, (TRIPLES + NAMED).encode())


def question(query: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (any part)
    usual = {"default_graphs": [], "named_graphs": [], "solutions": "text/csv", "triples": "text/turtle"}
    return {"query": query, **usual, **more}


def test_only_triples_without_a_graph_are_counted(answering: Answering) -> None:
    assert answering.size() == 50


def test_prefixes_and_base_need_not_be_declared(answering: Answering) -> None:
    assert answering.answer(question("ASK { a:s1 <p> e:o }")) == ("text/csv", b"true")


def test_graphs_of_the_protocol_take_the_place_of_others(answering: Answering) -> None:
    ask = "ASK { <x> <p> <y> }"
    assert answering.answer(question(ask)) == ("text/csv", b"false")
    assert answering.answer(question(ask, default_graphs=["http://e.org/g"])) == ("text/csv", b"true")
    assert answering.answer(question(ask, named_graphs=["http://e.org/g"])) == ("text/csv", b"false")
    named = "ASK { GRAPH ?g { <x> <p> <y> } }"
    assert answering.answer(question(named, named_graphs=["http://e.org/g"])) == ("text/csv", b"true")
    assert answering.answer(question(ask, default_graphs=["http://e.org/data"])) == ("text/csv", b"false")
    usual = "ASK { a:s1 <p> e:o }"
    assert answering.answer(question(usual, default_graphs=["http://e.org/data"])) == ("text/csv", b"true")
    assert answering.answer(question(usual, default_graphs=["http://e.org/g"])) == ("text/csv", b"false")
    assert answering.answer(question(usual, named_graphs=["http://e.org/g"])) == ("text/csv", b"false")


def test_turtle_has_only_the_prefixes_that_it_uses(answering: Answering) -> None:
    media_type, body = answering.answer(question("CONSTRUCT { a:s1 ?p ?o } WHERE { a:s1 ?p ?o }"))
    assert media_type == "text/turtle"
    assert body.decode().split("\n")[2] == "a:s1 e:p e:o ."


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (question("SELECT *"), 400, "error at 1:"),
        (question("ASK {}", default_graphs=["no iri"]), 400, "A graph has to be named by its IRI"),
        (question("ASK {}", default_graphs=["http://e.org/h"]), 400, "There is no graph <http://e.org/h> here"),
        (question("ASK {}", named_graphs=["http://e.org/h"]), 400, "no graph with the name <http://e.org/h>"),
        (question("ASK FROM e:h {}"), 400, "There is no graph <http://e.org/h> here"),
        (question("INSERT DATA {}"), 403, "read-only"),
        (question("ASK { SERVICE <http://127.0.0.1/> {} }"), 400, "SERVICE would ask"),
        (question("ASK {}", solutions=None), 406, "JSON, XML, CSV and TSV"),
        (question("DESCRIBE a:s1", triples=None), 406, "Turtle, N-Triples, JSON-LD and RDF/XML"),
        (question("SELECT * { ?a ?b ?c . ?d ?e ?f }"), 403, "longer than 3,000 bytes"),
        (question("CONSTRUCT WHERE { ?s ?p ?o }", triples="application/n-triples"), 403, "longer than 3,000 bytes"),
    ],
)
def test_what_is_not_answered_is_told(asked: dict[str, Any], status: int, said: str, answering: Answering) -> None:
    with pytest.raises(Refused) as refused:
        answering.answer(asked)
    assert refused.value.status == status
    assert said in refused.value.text
