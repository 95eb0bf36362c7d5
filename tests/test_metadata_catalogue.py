"""Every stored query stands in the catalogue of queries as text that any engine runs as it is."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef

import wakhan
from wakhan.dataset import Dataset
from wakhan.engine import run_fast
from wakhan.metadata.about import about
from wakhan.metadata.catalogue import catalogue
from wakhan.metadata.vocabulary import SCHEMA, VOID
from wakhan.names import ID, QUERY, WK
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]


@pytest.fixture(scope="module")
def graph(real_files: Files) -> Graph:
    return catalogue(about(real_files[0]), real_files[0])


def test_every_stored_query_is_there_with_its_question(real_files: Files, graph: Graph) -> None:
    assert set(graph.subjects(RDF.type, SH.SPARQLExecutable)) == {QUERY[name] for name in real_files[0].queries}
    for name, stored in real_files[0].queries.items():
        iri = QUERY[name]
        assert (iri, RDF.type, SH.SPARQLSelectExecutable) in graph
        assert (iri, RDFS.comment, Literal(stored.summary, lang="en")) in graph
        assert {str(tag) for tag in graph.objects(iri, SCHEMA.keywords)} == set(stored.tags)


def test_text_runs_without_help_and_gives_the_answer_for_the_defaults(real_files: Files, graph: Graph) -> None:
    dataset = real_files[0]
    for name in dataset.queries:
        text = str(graph.value(QUERY[name], SH.select))
        store = dataset.inferred_store if dataset.queries[name].inference else dataset.store
        assert run_fast(store, text, {}, {}) == dataset.query(name), name
        assert "#+" not in text


def test_every_prefix_of_a_text_is_declared(graph: Graph) -> None:
    (prefixes,) = set(graph.objects(None, SH.prefixes))
    declared = "\n".join(
        f"PREFIX {graph.value(each, SH.prefix)}: <{graph.value(each, SH.namespace)}>"
        for each in graph.objects(prefixes, SH.declare)
    )
    store = ox.Store()
    for text in graph.objects(None, SH.select):
        body = "\n".join(line for line in str(text).splitlines() if not line.startswith("PREFIX"))
        store.query(f"{declared}\n{body}")


def test_parameters_tell_what_they_take(graph: Graph) -> None:
    node = URIRef(f"{QUERY['csto-members']}#alliance")
    assert (QUERY["csto-members"], SH.parameter, node) in graph
    assert graph.value(node, SH.defaultValue) == ID.csto
    assert graph.value(node, SH["class"]) == WK.Organization
    assert graph.value(node, SH.nodeKind) == SH.IRI
    assert str(graph.value(node, SH.path)).rpartition("#")[2] == str(graph.value(node, SH.name)) == "alliance"
    inferred = URIRef("https://w3id.org/wakhan/data/void.ttl#inferred")
    assert set(graph.subjects(VOID.inDataset, inferred)) == {QUERY["neighbors-of"], QUERY["whose-goods-run-through"]}


def test_other_forms_datatypes_and_choices_are_told(tiny_root: Path) -> None:
    (tiny_root / "queries/alliances/any.rq").write_text(
        "#+ summary: Is there any?\n#+ parameters:\n#+   - name: day\n#+     type: date\n#+     required: true\n"
        "#+   - name: who\n#+     values: [id:arland, id:borland]\n\nPREFIX wk: <https://w3id.org/wakhan/ontology#>\n"
        "ASK { ?who wk:memberOf ?x OPTIONAL { ?x wk:startDate ?day } }\n"
    )
    dataset = wakhan.load(tiny_root)
    graph = catalogue(about(dataset), dataset)
    assert (QUERY["any"], RDF.type, SH.SPARQLAskExecutable) in graph
    assert str(graph.value(QUERY["any"], SH.ask)).startswith("PREFIX wk:")
    day, who = URIRef(f"{QUERY['any']}#day"), URIRef(f"{QUERY['any']}#who")
    assert graph.value(day, SH.optional) == Literal(False)
    assert graph.value(day, SH.datatype) == URIRef("http://www.w3.org/2001/XMLSchema#date")
    assert list(graph.items(next(graph.objects(who, SH["in"])))) == [ID.arland, ID.borland]


def test_a_default_that_another_article_has_not_stays_open(tiny_root: Path) -> None:
    (tiny_root / "queries/alliances/members.rq").write_text(
        "#+ summary: Who?\n#+ parameters:\n#+   - name: alliance\n#+     default: id:nato\n\n"
        "PREFIX wk: <https://w3id.org/wakhan/ontology#>\nSELECT ?who { ?who wk:memberOf ?alliance }\n"
    )
    dataset = wakhan.load(tiny_root)
    graph = catalogue(about(dataset), dataset)
    assert "VALUES" not in str(graph.value(QUERY["members"], SH.select))
    assert (URIRef(f"{QUERY['members']}#alliance"), SH.defaultValue, None) not in graph
