"""What is wrong is found, once, named, and the worst first; what is right is left in peace."""

from pathlib import Path

import pytest
from rdflib import Graph

from wakhan.errors import WakhanError
from wakhan.findings import Finding
from wakhan.sources import load_sources
from wakhan.validate import check_sources, find_problems

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/wakhan/shape#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

SHAPES = """
shape:Claim a sh:NodeShape ; sh:targetClass wk:Claim ;
    sh:property shape:Claim-speaker , shape:Claim-note ,
        [ sh:path wk:year ; sh:or ( [ sh:datatype xsd:gYear ] [ sh:datatype xsd:date ] ) ; sh:message "a year"@en ] .
shape:Claim-speaker a sh:PropertyShape ; sh:path wk:speaker ; sh:minCount 1 ; sh:class wk:Agent ;
    sh:message "Wer spricht?"@de , "Name a speaker."@en .
shape:Claim-note a sh:PropertyShape ; sh:path wk:note ; sh:maxCount 0 ; sh:severity sh:Info ; sh:message "a note" .
shape:Agent a sh:NodeShape ; sh:targetClass wk:Agent ; sh:property shape:Agent-claims .
shape:Agent-claims a sh:PropertyShape ; sh:path ( [ sh:inversePath wk:speaker ] wk:about ) ; sh:maxCount 0 ;
    sh:severity sh:Warning ; sh:message "no" .
"""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def problems(data: str, shapes: str = SHAPES, ontology: str = "") -> list[Finding]:
    return find_problems(parse(data), parse(shapes), parse(ontology))


def test_good_data_have_no_problems() -> None:
    assert problems(":c a wk:Claim ; wk:speaker :a . :a a wk:Agent .") == []


def test_a_finding_names_all() -> None:
    (finding,) = problems(":c a wk:Claim .")
    assert finding == Finding(
        "violation",
        "shape:Claim-speaker",
        ":c",
        "wk:speaker",
        "",
        "Name a speaker.",
        "shapes",
        component="sh:MinCountConstraintComponent",
        expected="at least 1 value, found none",
        terms=("<https://example.org/c>", "<https://w3id.org/wakhan/ontology#speaker>", ""),
    )


def test_the_worst_comes_first_and_names_are_in_order() -> None:
    data = ":c10 a wk:Claim ; wk:note 1 . :c2 a wk:Claim ; wk:speaker :a ; wk:about :x ; wk:note 2 . :a a wk:Agent ."
    found = [(f.severity, f.shape, f.focus, f.path, f.value) for f in problems(data)]
    assert found == [
        ("violation", "shape:Claim-speaker", ":c10", "wk:speaker", ""),
        ("warning", "shape:Agent-claims", ":a", "^wk:speaker/wk:about", ""),
        ("info", "shape:Claim-note", ":c2", "wk:note", ""),
        ("info", "shape:Claim-note", ":c10", "wk:note", ""),
    ]


def test_a_shape_without_a_name_is_named_by_the_nearest_above() -> None:
    (finding,) = problems(':c a wk:Claim ; wk:speaker :a ; wk:year "soon" . :a a wk:Agent .')
    assert (finding.shape, finding.value) == ("shape:Claim", '"soon"')


def test_nothing_is_inferred_first() -> None:
    """After closure the range would make an agent of the mistaken speaker."""
    ontology = "wk:speaker rdfs:range wk:Agent ."
    assert [f.value for f in problems(":c a wk:Claim ; wk:speaker :pact .", ontology=ontology)] == [":pact"]


def test_the_ontology_counts_and_is_checked_too() -> None:
    ontology = "wk:Person rdfs:subClassOf wk:Agent . :d a wk:Claim ."
    found = problems(":c a wk:Claim ; wk:speaker :a . :a a wk:Person .", ontology=ontology)
    assert [f.focus for f in found] == [":d"]


def test_sparql_in_shapes_takes_the_prefixes_that_the_ontology_declares() -> None:
    shapes = """shape:Twice a sh:NodeShape ; sh:targetClass wk:Claim ; sh:sparql shape:Twice-sparql .
        shape:Twice-sparql a sh:SPARQLConstraint ; sh:prefixes <https://w3id.org/wakhan/ontology> ;
            sh:message "The speaker speaks of itself: {?value}." ;
            sh:select "SELECT $this ?value WHERE { $this wk:speaker ?value ; wk:about ?value }" ."""
    ontology = """<https://w3id.org/wakhan/ontology> sh:declare
        [ sh:prefix "wk" ; sh:namespace "https://w3id.org/wakhan/ontology#"^^xsd:anyURI ] ."""
    data = ":c a wk:Claim ; wk:speaker :a ; wk:about :a . :d a wk:Claim ; wk:speaker :a ; wk:about :b ."
    assert [(f.focus, f.value, f.shape) for f in problems(data, shapes, ontology)] == [
        (":c", ":a", "shape:Twice-sparql")
    ]


def test_wrong_shapes_are_an_error_in_words() -> None:
    with pytest.raises(WakhanError, match="shape:X cannot be used: a blank node exists but is not a well-formed"):
        problems(
            ":c a wk:Claim .", "shape:X a sh:NodeShape ; sh:targetClass wk:Claim ; sh:property [ sh:minCount 1 ] ."
        )


def test_the_graphs_are_not_changed() -> None:
    graphs = [parse(":c a wk:Claim ."), parse(SHAPES), parse("wk:Person rdfs:subClassOf wk:Agent .")]
    before = [set(graph) for graph in graphs]
    find_problems(*graphs)
    assert [set(graph) for graph in graphs] == before


# ---- the whole dataset ----


def check(root: Path) -> list[tuple[str, str, str]]:
    return [(f.severity, f.shape, f.focus) for f in check_sources(load_sources(root)).findings]


def append(root: Path, name: str, text: str) -> None:
    path = root / name
    path.write_text(path.read_text() + text)


def test_the_tiny_dataset_is_right(tiny_root: Path) -> None:
    assert check(tiny_root) == []


def test_a_fact_without_a_claim_is_found(tiny_root: Path) -> None:
    append(tiny_root, "data/actors.ttl", "id:borland wk:memberOf id:pact .")
    (finding,) = check_sources(load_sources(tiny_root)).findings
    assert finding[:5] == ("violation", "extra-fact", "id:borland", "wk:memberOf", "id:pact")
    assert "wakhan facts" in finding.message


def test_a_claim_without_its_fact_is_found(tiny_root: Path) -> None:
    path = tiny_root / "data" / "actors.ttl"
    path.write_text(path.read_text().replace("    wk:memberOf id:pact ;\n", ""))
    (finding,) = check_sources(load_sources(tiny_root)).findings
    assert finding[:5] == ("violation", "missing-fact", "id:arland", "wk:memberOf", "id:pact")
    assert "claim:p01s1-1" in finding.message


def test_a_back_door_is_found(tiny_root: Path) -> None:
    append(tiny_root, "data/actors.ttl", "id:pact wk:hasMember id:borland .")
    assert check(tiny_root) == [("violation", "back-door", "id:borland")]


def test_a_contradiction_with_a_denial_is_found(tiny_root: Path) -> None:
    append(tiny_root, "ontology/tiny.ttl", "wk:near a wk:ClaimableProperty ; rdfs:subPropertyOf wk:borders .")
    append(tiny_root, "data/actors.ttl", "id:borland wk:near id:arland .")
    found = check(tiny_root)
    assert ("violation", "prp-npa1", "id:arland") in found
    assert {shape for _, shape, _ in found} == {"prp-npa1", "extra-fact"}


def test_a_contradiction_in_the_types_is_found_although_the_shapes_are_content(tiny_root: Path) -> None:
    append(tiny_root, "data/actors.ttl", "id:pact a wk:State .")
    assert check(tiny_root) == [("violation", "cax-dw", "id:pact")]


def test_what_holds_and_is_claimed_as_less_is_a_warning(tiny_root: Path) -> None:
    append(
        tiny_root,
        "data/claims/p01.ttl",
        """claim:p01s1-2 a wk:Claim ; rdf:subject id:arland ; rdf:predicate wk:memberOf ; rdf:object id:pact ;
            wk:factuality wk:Unknown ; wk:speaker id:mr-cee ; wk:passage art:p01s1 .""",
    )
    (finding,) = check_sources(load_sources(tiny_root)).findings
    assert finding[:3] == ("warning", "softened", "id:arland")
    assert "claim:p01s1-2" in finding.message


def test_a_blank_node_in_the_data_is_found(tiny_root: Path) -> None:
    append(tiny_root, "data/actors.ttl", "id:arland wk:capital [ a wk:City ] . [] a wk:City .")
    assert check(tiny_root) == [("violation", "blank-node", "id:arland"), ("violation", "blank-node", "rdf:type")]


def test_all_is_found_at_once_and_always_in_the_same_order(tiny_root: Path) -> None:
    append(
        tiny_root, "data/actors.ttl", "id:pact a wk:State ; wk:hasMember id:borland . id:borland wk:visited id:pact ."
    )
    append(tiny_root, "data/claims/p01.ttl", "claim:p01s1-3 a wk:Claim .")
    found = check(tiny_root)
    assert [shape for _, shape, _ in found] == ["shape:Claim-speaker", "back-door", "extra-fact", "cax-dw"]
    assert check(tiny_root) == found


def test_a_value_that_is_none_is_found_and_stops_nothing() -> None:
    shapes = """shape:Claim a sh:NodeShape ; sh:targetClass wk:Claim ; sh:property shape:Claim-start .
        shape:Claim-start a sh:PropertyShape ; sh:path wk:start ; sh:lessThanOrEquals wk:end ; sh:message "order" ."""
    data = ':c a wk:Claim ; wk:start "2021-02-31"^^xsd:date ; wk:end "2021-03-04"^^xsd:date .'
    assert [(f.severity, f.shape, f.focus, f.path) for f in problems(data, shapes)] == [
        ("violation", "ill-typed", ":c", "wk:start")
    ]


def test_the_message_is_that_of_the_constraint() -> None:
    shapes = """shape:Claim a sh:NodeShape ; sh:targetClass wk:Claim ; sh:message "closed" ; sh:sparql shape:Claim-x .
        shape:Claim-x a sh:SPARQLConstraint ; sh:message "exact" ; sh:select "SELECT $this WHERE { $this ?p ?o }" ."""
    assert {finding.message for finding in problems(":c a wk:Claim .", shapes)} == {"exact"}
