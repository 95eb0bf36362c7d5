"""What changed is found: claims, facts, what follows, names; and nothing where nothing changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Literal

from wakhan.diff import Difference, compare, read_version
from wakhan.names import CLAIM, ID, SHAPE, WK

CLAIMS, ACTORS = "data/claims/p01.ttl", "data/actors.ttl"

Edit = tuple[str, str, str]
Changed = Callable[..., Difference]


@pytest.fixture
def changed(tiny_root: Path) -> Changed:
    """Return a function that edits a copy of the tiny dataset and compares the two; an edit is file, old, new."""

    def change(*edits: Edit) -> Difference:
        new = tiny_root.with_name("new")
        shutil.copytree(tiny_root, new)
        for name, old, text in edits:
            before = (new / name).read_text()
            assert old in before
            (new / name).write_text(before.replace(old, text))
        return compare(read_version(tiny_root), read_version(new))

    return change


def test_a_version_does_not_differ_from_itself(tiny_root: Path) -> None:
    version = read_version(tiny_root)
    difference = compare(version, version)
    assert not difference
    assert difference.inferences_lost == difference.inferences_gained == []


def test_a_changed_factuality_takes_the_fact_and_what_follows_with_it(changed: Changed) -> None:
    difference = changed(
        (CLAIMS, "id:pact ;\n    wk:factuality wk:Affirmed", "id:pact ;\n    wk:factuality wk:Denied"),
        (ACTORS, '"Arlande"@fr ;\n    wk:memberOf id:pact ;', '"Arlande"@fr ;'),
    )
    (claim,) = difference.changes
    assert (claim.iri, claim.kind, claim.way) == (CLAIM["p01s1-1"], "claim", "changed")
    assert claim.properties == [(WK.factuality, [WK.Affirmed], [WK.Denied])]
    assert difference.facts_lost == ((ID.arland, WK.memberOf, ID.pact),)
    assert difference.facts_gained == ()
    assert (ID.pact, WK.hasMember, ID.arland) in difference.inferences_lost


def test_claims_come_and_go(changed: Changed) -> None:
    text = "claim:p01s3-2\n    a wk:Claim ;\n    rdf:subject id:visit-in-may"
    difference = changed((CLAIMS, text, text.replace("p01s3-2", "p01s3-3").replace("visit-in-may", "mr-cee")))
    assert [change.iri for change in difference.of("claim", "removed")] == [CLAIM["p01s3-2"]]
    assert [change.iri for change in difference.of("claim", "added")] == [CLAIM["p01s3-3"]]
    assert not difference.renamed


def test_a_claim_with_another_number_is_renamed(changed: Changed) -> None:
    difference = changed((CLAIMS, "claim:p01s3-2\n", "claim:p01s3-9\n"))
    assert difference.renamed == {CLAIM["p01s3-2"]: CLAIM["p01s3-9"]}
    assert difference.changes == ()
    assert difference


def test_a_thing_with_another_iri_is_told_once_and_not_wherever_it_is_named(changed: Changed) -> None:
    edits = [(name, "id:borland", "id:bor-land") for name in (CLAIMS, ACTORS)]
    difference = changed(*edits)
    assert difference.renamed == {ID.borland: ID["bor-land"]}
    assert (difference.changes, difference.facts_lost, difference.facts_gained) == ((), (), ())


def test_what_has_another_iri_and_other_words_is_told_with_both(changed: Changed) -> None:
    link = '"Borland"@en ;\n    <https://schema.org/sameAs> <https://e.org/b> ;'
    before = changed((ACTORS, '"Borland"@en ;', link)).new
    text = "id:b a wk:State ; rdfs:label 'B'@en ; <https://schema.org/sameAs> <https://e.org/b> ."
    root = Path(before.name)
    actors = root / ACTORS
    start = actors.read_text().index("id:borland")
    end = actors.read_text().index("\n.\n", start) + 3
    actors.write_text(actors.read_text()[:start] + text + actors.read_text()[end:])
    (root / CLAIMS).write_text((root / CLAIMS).read_text().replace("id:borland", "id:b"))
    difference = compare(before, read_version(root))
    assert difference.renamed == {ID.borland: ID.b}
    (change,) = difference.changes
    assert change.properties == [(RDFS.label, [Literal("Borland", lang="en")], [Literal("B", lang="en")])]


def test_two_that_look_alike_are_not_taken_for_renamed(changed: Changed) -> None:
    twice = 'id:borland-2 a wk:State ; rdfs:label "Borland"@en .\nid:borland-3 a wk:State ; rdfs:label "Borland"@en .\n'
    difference = changed(
        (ACTORS, 'id:borland\n    a wk:State ;\n    rdfs:label "Borland"@en ;\n.\n', twice),
        (CLAIMS, "id:borland", "id:borland-2"),
    )
    assert difference.renamed == {}
    assert len(difference.of("thing", "added")) == 2


def test_shapes_terms_passages_and_queries_are_compared(changed: Changed) -> None:
    difference = changed(
        ("ontology/shapes/tiny.ttl", "sh:maxCount 1", "sh:maxCount 2"),
        ("ontology/tiny.ttl", 'rdfs:label "borders"@en', 'rdfs:label "has a border with"@en'),
        ("data/article.ttl", '"Arland is in the Pact."@en', '"Arland belongs to the Pact."@en'),
        ("queries/alliances/members.rq", "ORDER BY ?member", "ORDER BY DESC(?member)"),
    )
    assert [(change.kind, change.way) for change in difference.changes] == [
        ("passage", "changed"), ("term", "changed"), ("shape", "changed"), ("query", "changed"),
    ]  # fmt: skip
    assert difference.of("shape", "changed")[0].iri == SHAPE["Claim-speaker"]


def test_axioms_without_a_name_are_compared_by_what_they_say(changed: Changed) -> None:
    axiom = "[] a owl:AllDisjointClasses ; owl:members ( wk:{} wk:Place ) .\n"
    text = "wk:Event\n    a\n"
    one = changed(("ontology/tiny.ttl", text, axiom.format("Agent") + text)).new
    path = Path(one.name) / "ontology/tiny.ttl"
    path.write_text(path.read_text().replace("( wk:Agent wk:Place )", "( wk:Alliance wk:Place )"))
    difference = compare(one, read_version(Path(one.name)))
    assert len(difference.axioms_lost) == len(difference.axioms_gained) == 1
    assert difference.changes == ()


def test_types_are_part_of_a_description_and_facts_are_not(changed: Changed) -> None:
    difference = changed((ACTORS, "id:mr-cee\n    a wk:Agent ;", "id:mr-cee\n    a wk:State ;"))
    (change,) = difference.changes
    assert change.properties == [(RDF.type, [WK.Agent], [WK.State])]
    assert (ID.mr_cee, WK.memberOf, None) not in difference.new.graph


def test_one_that_could_have_become_two_things_is_not_taken_for_renamed(changed: Changed) -> None:
    link = "<https://schema.org/sameAs> <https://e.org/b>"
    one = changed((ACTORS, '"Borland"@en ;', f'"Borland"@en ; {link} ;')).new
    actors = Path(one.name) / ACTORS
    text = actors.read_text()
    start = text.index("id:borland")
    two = f'id:one a wk:State ; rdfs:label "Borland"@en .\nid:two a wk:Agent ; rdfs:label "B"@en ; {link} .\n'
    actors.write_text(text[:start] + two + text[text.index("\n.\n", start) + 3 :])
    assert compare(one, read_version(Path(one.name))).renamed == {}


def test_a_term_that_a_blank_node_names_can_be_renamed(changed: Changed) -> None:
    text = "wk:State\n    a owl:Class ;\n"
    restriction = "    rdfs:subClassOf [ a owl:Restriction ; owl:onProperty wk:visited ; owl:hasValue wk:Planned ] ;\n"
    one = changed(("ontology/tiny.ttl", text, text + restriction)).new
    for path in Path(one.name).rglob("*.ttl"):
        path.write_text(path.read_text().replace("wk:visited", "wk:wentTo"))
    difference = compare(one, read_version(Path(one.name)))
    assert difference.renamed == {WK.visited: WK.wentTo}
    assert difference.changes == ()


def test_what_followed_and_is_now_stated_is_not_lost(changed: Changed) -> None:
    difference = changed((ACTORS, '"the Pact"@en ;', '"the Pact"@en ;\n    wk:hasMember id:arland ;'))
    assert difference.inferences_lost == []
    assert [change.iri for change in difference.changes] == [ID.pact]
