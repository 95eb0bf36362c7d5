"""In RDF 1.2 every claim reifies its triple, which is named and not asserted."""

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph

from wakhan.export import to_ntriples
from wakhan.formats import Editions
from wakhan.formats.rdf12 import REIFIES, to_ntriples12, to_turtle12
from wakhan.law import statements
from wakhan.names import WK
from wakhan.ntriples import text_of

CLAIMS = """
@prefix claim: <https://w3id.org/wakhan/claim/> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
claim:a a wk:Claim ; rdf:subject <urn:x> ; rdf:predicate <https://example.org/p> ; rdf:object "a > b\\n\\"c\\""@en .
claim:b a wk:Claim ; rdf:subject <https://w3id.org/wakhan/id/x> ; rdf:predicate wk:size ; rdf:object 3 .
claim:c a wk:Claim ; rdf:subject <urn:x> .
<urn:s> a rdf:Statement ; rdf:subject <urn:x> ; rdf:predicate wk:p ; rdf:object [ wk:q 1 ] .
"""


@pytest.fixture(scope="module")
def read(editions: Editions) -> list[ox.Quad]:
    return list(ox.parse(to_turtle12(editions.graph("asserted")), format=ox.RdfFormat.TURTLE))


def test_every_claim_is_a_reifier_and_nothing_is_reified_as_before(read: list[ox.Quad], editions: Editions) -> None:
    claims = {str(each.claim): each.triple for each in statements(editions.graph("asserted"))}
    reifiers = {str(quad.subject): str(quad.object) for quad in read if quad.predicate.value == str(REIFIES)}
    assert len(reifiers) == len(claims) == 325
    assert reifiers == {f"<{name}>": " ".join(map(text_of, triple)) for name, triple in claims.items()}
    old = {str(RDF.subject), str(RDF.predicate), str(RDF.object)}
    assert not [quad for quad in read if quad.predicate.value in old]


def test_only_facts_are_asserted(read: list[ox.Quad], editions: Editions) -> None:
    asserted = {str(quad.triple) for quad in read}
    said = list(statements(editions.graph("asserted")))
    facts = {" ".join(map(text_of, each.triple)) for each in said if each.is_fact}
    others = {" ".join(map(text_of, each.triple)) for each in said} - facts
    assert len(others) > 100
    assert not others & asserted
    assert facts <= asserted


def test_no_query_finds_a_denied_triple(read: list[ox.Quad]) -> None:
    store = ox.Store()
    store.bulk_extend(read)
    prefixes = "PREFIX wk: <https://w3id.org/wakhan/ontology#> PREFIX id: <https://w3id.org/wakhan/id/> "
    assert not store.query(prefixes + "ASK { id:afghanistan wk:borders id:kyrgyzstan }")
    how = store.query(
        prefixes + "SELECT ?how { ?c <" + str(REIFIES) + "> <<( id:afghanistan wk:borders id:kyrgyzstan )>> ; "
        "wk:factuality ?how }"
    )
    assert isinstance(how, ox.QuerySolutions)
    assert [solution["how"] for solution in how] == [ox.NamedNode(str(WK.Denied))]


def test_both_files_say_the_same(read: list[ox.Quad], editions: Editions) -> None:
    lines = to_ntriples12(editions.graph("asserted"))
    found = [ox.Dataset(read), ox.Dataset(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))]
    for each in found:
        each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert found[0] == found[1]
    assert lines.splitlines() == sorted(lines.splitlines())


def test_a_claim_reads_well(editions: Editions) -> None:
    text = to_turtle12(editions.graph("asserted"))
    assert (
        """
claim:p04s3-5
    a wk:Claim ;
    rdf:reifies <<( id:taliban wk:controls id:afghanistan-tajikistan-border )>> ;
    wk:factuality wk:Affirmed ;
"""
        in text
    )
    assert text.startswith("# RDF 1.2: ")


@pytest.mark.parametrize("write", [to_turtle12, to_ntriples12])
def test_odd_claims_are_kept_and_what_is_no_whole_claim_stays_as_it_is(write: object) -> None:
    graph = Graph(bind_namespaces="none").parse(data=CLAIMS, format="turtle")
    text = to_turtle12(graph) if write is to_turtle12 else to_ntriples12(graph)
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))  # which reads N-Triples as well
    terms = {str(quad.subject)[-2]: quad.object.object for quad in quads if isinstance(quad.object, ox.Triple)}
    assert terms == {"a": ox.Literal('a > b\n"c"', language="en"), "b": ox.Literal(3)}
    assert len(quads) == len(graph) - 2 * 2
    assert "<urn:s> " in to_ntriples(graph)
    assert sum(quad.predicate.value == str(RDF.subject) for quad in quads) == 2


def test_every_prefix_of_a_triple_is_declared() -> None:
    graph = Graph(bind_namespaces="none").parse(data=CLAIMS, format="turtle")
    assert "@prefix id: <https://w3id.org/wakhan/id/> ." in to_turtle12(graph)
