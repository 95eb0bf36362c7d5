"""The dataset itself: what it promises is so, and breaking it on purpose is noticed."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

import wakhan
from wakhan.claimview import describe
from wakhan.dataset import Dataset
from wakhan.denials import negative_assertions
from wakhan.facts import compare_facts, facts_from_claims
from wakhan.law import back_doors
from wakhan.names import ART, CLAIM, ID, WK
from wakhan.passages import verify_source
from wakhan.reason import clashes, closure, union
from wakhan.sources import Sources, load_sources
from wakhan.validate import check_sources, find_problems

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT.parent / "shared/article/article.txt"
has_article = pytest.mark.skipif(not ARTICLE.exists(), reason="the article, which is not ours to publish, is not here")


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load_sources(ROOT)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return wakhan.load(ROOT)


def test_nothing_is_wrong(sources: Sources) -> None:
    assert [finding for finding in check_sources(sources).findings if finding.severity != "info"] == []


def test_the_version_stands_in_one_place(sources: Sources) -> None:
    ontology = URIRef("https://w3id.org/wakhan/ontology")
    assert sources.ontology.value(ontology, OWL.versionInfo) == Literal(wakhan.__version__)
    assert sources.ontology.value(ontology, OWL.versionIRI) == URIRef(f"{ontology}/{wakhan.__version__}")
    assert f"version: {wakhan.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## [{wakhan.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_passage_has_claims(sources: Sources) -> None:
    passages = set(sources.data.subjects(RDF.type, WK.Passage))
    assert len(passages) == 75
    assert passages - set(sources.data.objects(None, WK.passage)) == set()
    assert len(set(sources.data.subjects(RDF.type, WK.Claim))) >= 300


def test_the_ontology_is_within_its_budget(sources: Sources) -> None:
    def terms(kind: URIRef) -> set[object]:
        return {term for term in sources.ontology.subjects(RDF.type, kind) if str(term).startswith(str(WK))}

    assert len(terms(OWL.Class)) <= 45
    assert len(terms(WK.ClaimableProperty)) <= 75
    assert len(set(sources.ontology.subjects(RDFS.domain, WK.Claim))) <= 25


def test_every_term_is_used(sources: Sources) -> None:
    used = set(sources.data.predicates()) | set(sources.data.objects(None, RDF.predicate))
    used |= set(sources.data.objects(None, RDF.type)) | set(sources.data.objects(None, RDF.object))
    unused = {
        term
        for kind in (WK.ClaimableProperty, WK.ClaimableClass)
        for term in sources.ontology.subjects(RDF.type, kind)
        if term not in used
    }
    assert unused == set()


def test_nothing_is_a_blank_node(sources: Sources) -> None:
    assert not [triple for triple in sources.data if any(isinstance(term, BNode) for term in triple)]


@has_article
def test_passages_prove_themselves(sources: Sources) -> None:
    assert verify_source(sources.data, ARTICLE.read_text(encoding="utf-8")) == []


@has_article
def test_the_dataset_holds_none_of_the_sentences() -> None:
    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    def runs(text: str) -> set[tuple[str, ...]]:
        found = words(text)
        return {tuple(found[start : start + 9]) for start in range(len(found) - 8)}

    article = runs(ARTICLE.read_text(encoding="utf-8"))
    files = [
        p for folder in ("data", "ontology", "queries", "tests") for p in (ROOT / folder).rglob("*") if p.is_file()
    ]
    texts = [path for path in [*files, ROOT / "README.md", ROOT / "CONTRIBUTING.md"] if path.suffix != ".pyc"]
    assert len(texts) > 300
    assert {path.name: found for path in texts if (found := article & runs(path.read_text(encoding="utf-8")))} == {}


# --- the law of the two layers, broken on purpose ---


def claim(factuality: URIRef, speaker: URIRef, triple: tuple[URIRef, URIRef, URIRef]) -> Graph:
    graph, name = Graph(bind_namespaces="none"), CLAIM["p05s1-99"]
    subject, predicate, value = triple
    for prop, term in (
        (RDF.type, WK.Claim), (RDF.subject, subject), (RDF.predicate, predicate), (RDF.object, value),
        (WK.factuality, factuality), (WK.speaker, speaker), (WK.passage, ART.p05s1),
    ):  # fmt: skip
        graph.add((name, prop, term))
    return graph


JOINS = (ID.kazakhstan, WK.memberOf, ID.csto)


def found_by_shapes(sources: Sources, change: Callable[[Graph], object]) -> set[str]:
    data = union(sources.data)
    change(data)
    findings = find_problems(data, sources.shapes, sources.ontology)
    return {finding.shape for finding in findings if finding.severity == "violation"}


def test_law_1_a_fact_without_a_claim(sources: Sources) -> None:
    assert "shape:Fact-claim" in found_by_shapes(sources, lambda data: data.add(JOINS))


def test_law_1_a_reported_claim_is_no_fact(sources: Sources) -> None:
    def change(data: Graph) -> None:
        data.add(JOINS)
        data += claim(WK.Affirmed, ID["andrei-grozin"], JOINS)

    assert "shape:Fact-claim" in found_by_shapes(sources, change)


def test_law_1_an_affirmed_claim_without_its_fact(sources: Sources) -> None:
    def change(data: Graph) -> None:
        data.remove((ID.tajikistan, WK.memberOf, ID.csto))

    assert "shape:Claim-fact" in found_by_shapes(sources, change)


def test_law_1_a_possible_deployment_has_no_bare_type(sources: Sources) -> None:
    found = found_by_shapes(sources, lambda data: data.add((ID["chinese-deployment"], RDF.type, WK.Deployment)))
    assert "shape:Fact-claim" in found


def test_law_2_what_the_narrator_denies_cannot_be_affirmed(sources: Sources) -> None:
    borders = (ID.afghanistan, WK.borders, ID.kyrgyzstan)

    def change(data: Graph) -> None:
        data.add(borders)
        data += claim(WK.Affirmed, ART.narrator, borders)

    assert "shape:Claim-denial" in found_by_shapes(sources, change)


def test_law_2_the_denial_also_meets_what_is_inferred(sources: Sources) -> None:
    data = union(
        sources.data, sources.ontology, negative_assertions(sources.data), [(ID.kyrgyzstan, WK.borders, ID.afghanistan)]
    )
    assert "prp-npa1" in {clash.rule for clash in clashes(closure(data))}


def test_law_3_only_claimable_properties_are_claimed(sources: Sources) -> None:
    triple = (ID.kazakhstan, WK.belongsTo, ID.csto)

    def change(data: Graph) -> None:
        data += claim(WK.Planned, ART.narrator, triple)

    assert "shape:Claim-predicate" in found_by_shapes(sources, change)


AXIOMS = {
    "an inverse": "wk:groupMember owl:inverseOf wk:memberOf .",
    "a sub-property": "wk:belongsTo rdfs:subPropertyOf wk:memberOf .",
    "a chain": "wk:memberOf owl:propertyChainAxiom ( wk:belongsTo wk:belongsTo ) .",
    "a restriction": "wk:Office rdfs:subClassOf [ owl:onProperty wk:memberOf ; owl:hasValue id:csto ] .",
    "a type": "wk:concerns rdfs:domain wk:Visit .",
}


@pytest.mark.parametrize("axiom", AXIOMS.values(), ids=AXIOMS)
def test_law_4_no_back_door(sources: Sources, axiom: str) -> None:
    prefixes = f"@prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . @prefix wk: <{WK}> . @prefix id: <{ID}> ."
    opened = union(sources.ontology, Graph().parse(data=f"{prefixes} {axiom}", format="turtle"))
    assert back_doors(opened, sources.data) != []


def test_law_5_a_claim_has_one_speaker_one_factuality_one_passage(sources: Sources) -> None:
    for prop in (WK.speaker, WK.factuality, WK.passage):
        found = found_by_shapes(sources, lambda data, prop=prop: data.remove((CLAIM["p13s1-3"], prop, None)))  # type: ignore[misc]
        assert f"shape:Claim-{prop.fragment}" in found


def test_law_5_a_sentence_has_a_claim(sources: Sources) -> None:
    def change(data: Graph) -> None:
        for name in list(data.subjects(WK.passage, ART.p17s1)):
            data.remove((name, None, None))

    assert "shape:Passage-claims" in found_by_shapes(sources, change)


def test_facts_are_those_of_the_claims(sources: Sources) -> None:
    assert compare_facts(sources) == ([], [])
    assert len(facts_from_claims(sources.data)) > 100


def test_no_date_is_other_than_of_july_2021(sources: Sources) -> None:
    dates = [*sources.data.objects(None, WK.startDate), *sources.data.objects(None, WK.endDate)]
    assert dates
    assert all(str(date).startswith("2021-07-") for date in dates)


# --- traps: questions that a graph without factuality answers wrongly ---


@pytest.mark.parametrize(
    ("subject", "prop", "value", "word"),
    [
        ("tajikistan", "memberOf", "csto", "affirmed"),
        ("turkmenistan", "memberOf", "csto", "denied by others"),
        ("kazakhstan", "memberOf", "csto", "not mentioned"),
        ("kyrgyzstan", "borders", "afghanistan", "denied"),
        ("afghanistan", "borders", "uzbekistan", "affirmed"),
        ("john-kerry", "visited", "moscow", "planned"),
        ("wang-yi", "visited", "tajikistan", "planned"),
        ("hamdullah-mohib", "metWith", "taliban", "unknown"),
        ("hamdullah-mohib", "metWith", "nikolai-patrushev", "affirmed"),
        ("s-jaishankar", "metWith", "taliban", "unknown"),
        ("taliban", "controls", "afghanistan", "only reported"),
        ("taliban", "controls", "afghanistan-tajikistan-border", "only reported"),
        ("taliban", "prohibits", "schooling-of-women", "denied by others"),
        ("chinese-military-and-police-personnel", "deployedTo", "badakhshan", "only reported"),
        ("chinese-military-personnel", "deployedTo", "central-asian-countries-in-question", "possible"),
        ("chinese-deployment", "breaks", "china-russia-tacit-agreement", "expected"),
        ("csto", "assisted", "tajikistan", "only mentioned"),
        ("uzbekistan", "sawProtestsAgainst", "china", "denied"),
        ("china", "deployedTo", "badakhshan", "not mentioned"),
        ("pakistan", "hasTiesWith", "russia", "only reported"),
    ],
)
def test_verdict(dataset: Dataset, subject: str, prop: str, value: str, word: str) -> None:
    assert dataset.ask(subject, prop, value).word == word


def test_armed_people_of_china_are_named_where_china_itself_is_not(dataset: Dataset) -> None:
    nearby = dataset.ask("china", "deployedTo", "badakhshan").nearby
    assert str(CLAIM["p07s4-1"]) in {str(view.iri) for view in nearby}


def test_the_readme_counts_right(sources: Sources) -> None:
    claims = set(sources.data.subjects(RDF.type, WK.Claim))
    facts = [
        c for c in sources.data.subjects(WK.factuality, WK.Affirmed) if (c, WK.speaker, ART.narrator) in sources.data
    ]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Of the {len(claims)} statements in this article {len(facts)} are plain facts; four in ten are not" in text
    assert round(10 * (1 - len(facts) / len(claims))) == 4


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "wakhan", "build", "--out", str(tmp_path / seed)],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True,
        )  # fmt: skip
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()} for seed in "12")
    assert len(first) == 8
    assert first == second


def test_everything_that_is_described_is_spoken_of(sources: Sources) -> None:
    things = {thing for thing in sources.data.subjects() if str(thing).startswith(str(ID))}
    referred_to = {value for subject, _, value in sources.data if subject != value}
    assert things - referred_to == set()


@pytest.mark.parametrize(
    ("subject", "prop", "value", "near"),
    [
        ("russia", "deployedTo", "tajikistan", "p05s2-1"),  # a force that belongs to it
        ("india", "metWith", "taliban", "p19s3-3"),  # who holds an office of it
        ("hamdullah-mohib", "visited", "russia", "p18s1-2"),  # a city that belongs to it
        ("russia", "prohibits", "contacts-with-the-taliban", "p16s3-5"),  # what is said of the object
        ("kazakhstan", "memberOf", "csto", "p05s1-1"),  # the same said of others
    ],
)
def test_what_is_not_mentioned_leads_to_what_comes_near(
    dataset: Dataset, subject: str, prop: str, value: str, near: str
) -> None:
    verdict = dataset.ask(subject, prop, value)
    assert verdict.word == "not mentioned"
    assert str(CLAIM[near]) in [str(view.iri) for view in verdict.nearby][:3]


def test_a_denied_cause_is_told_as_denied(dataset: Dataset) -> None:
    told = describe(dataset.ask("china", "tradesWith", "uzbekistan").claims[0], dataset.graph)
    assert "caused by: Uzbekistan saw protests against China (claim:p13s1-3, denied by the article)" in told


@pytest.mark.parametrize(
    "name", ["Lavrov", "Jaishankar", "Mohib", "Sujetsen", "UN", "US", "CSTO", "Afghan-Tajik border"]
)
def test_names_that_people_use_are_known(dataset: Dataset, name: str) -> None:
    assert str(dataset.find(name)).startswith(str(ID))


def test_one_fault_is_told_once(sources: Sources) -> None:
    changed = replace(sources, files={**sources.files, ROOT / "data/more.ttl": Graph().add(JOINS)})
    found = [finding for finding in check_sources(changed).findings if finding.severity == "violation"]
    assert [(finding.shape, finding.focus) for finding in found] == [("shape:Fact-claim", "id:kazakhstan")]
