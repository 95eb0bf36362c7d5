"""Tests of the page of the ontology."""

from pathlib import Path

import pytest
from rdflib import RDFS, Graph

from wakhan.dataset import Dataset
from wakhan.names import SHAPE, WK, local_name
from wakhan.site.content import Content
from wakhan.site.terms import Branch, Term, ontology_page, terms, tree


@pytest.fixture
def content(tiny_root: Path) -> Content:
    return Content(Dataset(tiny_root))


@pytest.fixture
def found(content: Content) -> dict[str, Term]:
    return {term.name: term for term in terms(content)}


def names(branches: list[Branch]) -> list[object]:
    return [[local_name(branch.iri), *names(branch.below)] for branch in branches]


def test_each_term_has_a_section_in_its_group(content: Content, found: dict[str, Term]) -> None:
    own = {s for s in content.dataset.sources.ontology.subjects() if str(s).startswith(str(WK))}
    assert set(found) == {local_name(term) for term in own}
    assert set(ontology_page(content).sections) == set(found)
    groups = {name: found[name].group for name in ("Visit", "visited", "hasMember", "gist", "Denied")}
    assert groups == {
        "Visit": "Classes",
        "visited": "Claimable properties",
        "hasMember": "Other object properties",
        "gist": "Datatype properties",
        "Denied": "Individuals",
    }


def test_uses_are_counted_by_standing(found: dict[str, Term]) -> None:
    assert found["memberOf"].counts == {"fact": 1}
    assert found["borders"].counts == {"denied": 1}
    assert found["Visit"].counts == {"planned": 1}
    assert found["timeText"].counts == {"planned": 1}
    assert (found["Visit"].member_count, found["State"].member_count) == (0, 2)


def test_a_term_tells_what_is_around_it(found: dict[str, Term]) -> None:
    relations = dict(found["memberOf"].relations)
    assert (relations["domain"], relations["range"], relations["inverse of"]) == (
        [WK.Agent],
        [WK.Alliance],
        [WK.hasMember],
    )
    assert dict(found["Agent"].relations)["subclasses"] == [WK.Alliance, WK.Narrator, WK.State]
    assert dict(found["State"].relations)["disjoint with"] == [WK.Alliance]
    assert found["borders"].characteristics == ["symmetric"]
    assert found["borders"].claimable
    assert not found["factuality"].claimable


def test_a_term_names_its_shapes_and_queries(found: dict[str, Term]) -> None:
    assert found["speaker"].shapes == [SHAPE["Claim-speaker"]]
    assert found["Claim"].shapes == [SHAPE.Claim]
    assert found["memberOf"].queries == ["members"]
    assert found["visited"].queries == []


def test_a_term_stands_below_each_of_its_parents(content: Content) -> None:
    graph = Graph()
    for child, parent in ((WK.C, WK.A), (WK.C, WK.B), (WK.D, WK.C)):
        graph.add((child, RDFS.subClassOf, parent))
    branches = tree(graph, [WK.A, WK.B, WK.C, WK.D], RDFS.subClassOf, content)
    assert names(branches) == [["A", ["C", ["D"]]], ["B", ["C", ["D"]]]]


def test_a_circle_in_the_hierarchy_ends(content: Content) -> None:
    graph = Graph()
    for child, parent in ((WK.B, WK.A), (WK.C, WK.B), (WK.B, WK.C)):
        graph.add((child, RDFS.subClassOf, parent))
    assert names(tree(graph, [WK.A, WK.B, WK.C], RDFS.subClassOf, content)) == [["A", ["B", ["C"]]]]
