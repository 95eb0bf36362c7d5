"""Nanopublications have the parts that the guidelines ask for, and no store takes what is denied in one for a fact."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, PROV, RDF, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.formats import Editions
from wakhan.formats.nanopub import NP, named_graphs, to_nquads, to_trig
from wakhan.law import statements
from wakhan.names import CLAIM, WK
from wakhan.reason import union
from wakhan.sources import load_sources


@pytest.fixture(scope="module")
def graphs(editions: Editions) -> dict[Node, Graph]:
    return dict(named_graphs(editions))


@pytest.fixture(scope="module")
def trig(editions: Editions) -> bytes:
    return to_trig(editions)


def test_each_claim_is_a_nanopublication_of_four_graphs(graphs: dict[Node, Graph], editions: Editions) -> None:
    claims = set(editions.graph("asserted").subjects(RDF.type, WK.Claim))
    assert len(graphs) == 4 + 4 * len(claims)
    heads = [graph for name, graph in graphs.items() if str(name).endswith("/head")]
    assert len(heads) == len(claims)
    for head in heads:
        (this,) = head.subjects(RDF.type, NP.Nanopublication)
        assert len(head) == 4
        (assertion,), (provenance,), (info,) = (
            head.objects(this, prop) for prop in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)
        )
        assert {assertion, provenance, info} <= set(graphs)
        assert (assertion, PROV.wasAttributedTo, None) in graphs[provenance]
        assert (assertion, PROV.wasDerivedFrom, None) in graphs[provenance]
        assert set(graphs[info].subjects()) == {this}


def test_the_publication_info_is_that_of_the_dataset(graphs: dict[Node, Graph], editions: Editions) -> None:
    info, this = graphs[CLAIM["p04s3-5/pubinfo"]], CLAIM["p04s3-5/nanopub"]
    dataset = URIRef("https://w3id.org/wakhan/dataset")
    whole = editions.graph("asserted")
    assert info.value(this, DCTERMS.isPartOf) == dataset
    assert info.value(this, DCTERMS.license) == whole.value(dataset, DCTERMS.license) is not None
    assert info.value(this, DCTERMS.created) == whole.value(dataset, DCTERMS.issued) is not None


def test_who_says_it_is_provenance_and_what_is_said_is_the_assertion(graphs: dict[Node, Graph]) -> None:
    claim = CLAIM["p04s3-5"]
    assertion, provenance = graphs[CLAIM["p04s3-5/assertion"]], graphs[CLAIM["p04s3-5/provenance"]]
    assert set(assertion.predicates(claim)) == {
        *(RDF.type, RDF.subject, RDF.predicate, RDF.object, WK.factuality, WK.degree, WK.timeText)
    }
    assert set(provenance.predicates(claim)) == {WK.speaker, WK.passage, WK.channel}


def test_the_union_of_all_graphs_states_no_more_than_the_dataset(graphs: dict[Node, Graph], editions: Editions) -> None:
    together = union(*graphs.values())
    whole = editions.graph("asserted")
    assert set(whole) <= set(together)
    new = {subject for subject, _, _ in set(together) - set(whole)}
    assert {re.sub(r".*/", "", str(subject)) for subject in new} == {"nanopub", "assertion"}
    said = list(statements(whole))
    facts = {each.triple for each in said if each.is_fact}
    others = {each.triple for each in said} - facts
    assert len(others) > 100
    assert not others & set(together)
    assert facts <= set(together)


def test_a_store_with_a_union_default_graph_knows_facts_from_denials(editions: Editions) -> None:
    store = ox.Store()
    store.bulk_load(to_nquads(editions), format=ox.RdfFormat.N_QUADS)
    prefixes = (
        f"PREFIX rdf: <{RDF}> PREFIX wk: <https://w3id.org/wakhan/ontology#> PREFIX id: <https://w3id.org/wakhan/id/> "
    )

    def ask(pattern: str) -> bool:
        return bool(store.query(f"{prefixes} ASK {{ {pattern} }}", use_default_graph_as_union=True))

    assert ask("id:tajikistan wk:memberOf id:csto")
    assert not ask("id:afghanistan wk:borders id:kyrgyzstan")
    assert ask("?c rdf:subject id:afghanistan ; rdf:object id:kyrgyzstan ; wk:factuality wk:Denied")
    assert ask("GRAPH <https://w3id.org/wakhan/dataset/facts> { id:tajikistan wk:memberOf id:csto }")


def test_facts_descriptions_denials_and_ontology_do_not_mix(graphs: dict[Node, Graph], editions: Editions) -> None:
    parts = [graphs[URIRef(f"https://w3id.org/wakhan/dataset/{name}")] for name in ("facts", "descriptions", "denials")]
    ontology = graphs[URIRef("https://w3id.org/wakhan/dataset/ontology")]
    assert sum(map(len, parts)) == len(union(*parts))
    assert set(ontology) == set(editions.graph("ontology"))
    said = {each.triple for each in statements(editions.graph("asserted")) if each.is_fact}
    assert set(parts[0]) == said
    assert not said & set(parts[1])
    assert (None, RDF.type, WK.Claim) not in parts[1]


def test_both_files_hold_the_same_quads(trig: bytes, editions: Editions, graphs: dict[Node, Graph]) -> None:
    lines = to_nquads(editions).decode().splitlines()
    by_name = ox.Dataset(ox.parse(trig, format=ox.RdfFormat.TRIG))
    by_line = ox.Dataset(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))
    for found in (by_name, by_line):
        found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert by_name == by_line
    assert lines == sorted(set(lines))
    assert len(lines) == sum(map(len, graphs.values()))


def test_the_trig_reads_well(trig: bytes) -> None:
    text = trig.decode()
    assert text.startswith("# Each claim is a nanopublication")
    assert text.count("@prefix wk:") == 1
    assert text.count("@prefix sub:") == text.count("sub:head {")
    assert (
        """
sub:assertion {
    claim:p04s3-5
        a wk:Claim ;
        rdf:subject id:taliban ;
"""
        in text
    )
    assert "# ----" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_a_long_string_is_not_moved(tiny_root: Path) -> None:
    root = tiny_root
    path = root / "data" / "actors.ttl"
    note = 'first\nsecond "quoted"\n\n  third \\"""'
    graph = Graph()
    graph.add((CLAIM["p01s1-1"], URIRef("http://www.w3.org/2004/02/skos/core#editorialNote"), Literal(note)))
    path.write_text(path.read_text() + graph.serialize(format="nt"))
    small = Editions(load_sources(root))
    by_name = ox.Dataset(ox.parse(to_trig(small), format=ox.RdfFormat.TRIG))
    assert by_name == ox.Dataset(ox.parse(to_nquads(small), format=ox.RdfFormat.N_QUADS))
    assert note in {quad.object.value for quad in by_name if isinstance(quad.object, ox.Literal)}


def test_a_dataset_without_a_catalog_has_nanopublications_too(tiny_root: Path) -> None:
    names = [str(name) for name, _ in named_graphs(Editions(load_sources(tiny_root)))]
    assert names[0] == "https://w3id.org/wakhan/dataset/facts"
    assert names[4:6] == [
        "https://w3id.org/wakhan/claim/p01s1-1/head",
        "https://w3id.org/wakhan/claim/p01s1-1/assertion",
    ]
