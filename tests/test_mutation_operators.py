"""Each operator does the damage that it names, and leaves the facts as an author would."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef

from wakhan.errors import UsageError, WakhanError
from wakhan.facts import bare_facts, facts_from_claims
from wakhan.mutation.material import PARTS, Material
from wakhan.mutation.mutants import Mutant, mutants
from wakhan.mutation.operators import OPERATORS, Operator, operators_named
from wakhan.names import ART, CLAIM, FACTUALITIES, ID, WK, Triple
from wakhan.sources import load_sources

DATA = """
@prefix art: <https://w3id.org/wakhan/article/> .
@prefix claim: <https://w3id.org/wakhan/claim/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

art:narrator a wk:Narrator ; rdfs:label "the article"@en .
art:p1 a wk:Passage ; wk:gist "Arland joins."@en ; oa:start 0 ; oa:end 10 .
art:p2 a wk:Passage ; wk:gist "What Ann says."@en ; oa:start 11 ; oa:end 20 .

id:arland a wk:State ; rdfs:label "Arland"@en , "Арланд"@ru ; geo:lat 40.5 ; geo:long -70.0 ; skos:notation "AL" ;
    schema:sameAs <http://www.wikidata.org/entity/Q120> ; wk:memberOf id:pact .
id:borland a wk:State ; rdfs:label "Borland"@en , "Борланд"@ru ; skos:notation "BL" .
id:pact a wk:Alliance ; rdfs:label "the Pact"@en ; wk:size 2 .
id:league a wk:Alliance ; rdfs:label "the League"@en .
id:ann a wk:Person ; rdfs:label "Ann"@en ; wk:commentedOn id:trip .
id:ben a wk:Person ; rdfs:label "Ben"@en ; skos:altLabel "Benny"@en .
id:cid a wk:Person ; rdfs:label "Cid"@en .
id:trip a wk:Matter , wk:Visit ; rdfs:label "the trip"@en ; wk:concerns id:ben .
id:talks a wk:Matter ; rdfs:label "the talks"@en ; wk:concerns id:ann .

claim:p1-1 a wk:Claim ; rdf:subject id:arland ; rdf:predicate wk:memberOf ; rdf:object id:pact ;
    wk:factuality wk:Affirmed ; wk:speaker art:narrator ; wk:passage art:p1 .
claim:p1-2 a wk:Claim ; rdf:subject id:trip ; rdf:predicate rdf:type ; rdf:object wk:Visit ;
    wk:factuality wk:Affirmed ; wk:speaker art:narrator ; wk:passage art:p1 ;
    wk:startDate "2021-07-01"^^xsd:date ; wk:endDate "2021-07-03"^^xsd:date .
claim:p1-3 a wk:Claim ; rdf:subject id:ann ; rdf:predicate wk:commentedOn ; rdf:object id:trip ;
    wk:factuality wk:Affirmed ; wk:speaker art:narrator ; wk:passage art:p1 .
claim:p2-1 a wk:Claim ; rdf:subject id:arland ; rdf:predicate wk:memberOf ; rdf:object id:pact ;
    wk:factuality wk:Affirmed ; wk:speaker art:narrator ; wk:passage art:p2 ; wk:degree "still"@en .
claim:p2-2 a wk:Claim ; rdf:subject id:borland ; rdf:predicate wk:memberOf ; rdf:object id:pact ;
    wk:factuality wk:Planned ; wk:speaker id:ann ; wk:passage art:p2 ; wk:degree "soon"@en .
claim:p2-3 a wk:Claim ; rdf:subject id:pact ; rdf:predicate wk:size ; rdf:object 2 ;
    wk:factuality wk:Affirmed ; wk:speaker art:narrator ; wk:passage art:p2 .
claim:p2-4 a wk:Claim ; rdf:subject id:ben ; rdf:predicate wk:visited ; rdf:object id:arland ;
    wk:factuality wk:Mentioned ; wk:speaker id:ben ; wk:passage art:p2 ; wk:contentOf id:talks .
"""
REAL = load_sources(Path(__file__).parents[1])
WHOLE = Graph(bind_namespaces="none").parse(data=DATA, format="turtle")
MATERIAL = Material(WHOLE, REAL.ontology)
JOINED = (ID.arland, WK.memberOf, ID.pact)
WENT = (ID.trip, RDF.type, WK.Visit)


def of(name: str, material: Material = MATERIAL) -> list[Mutant]:
    (operator,) = operators_named([name])
    return mutants(material, operator)[0]


def damaged(mutant: Mutant, data: Graph = WHOLE) -> Graph:
    graph = Graph(bind_namespaces="none")
    for triple in data:
        if triple not in mutant.removed:
            graph.add(triple)
    for triple in mutant.added:
        graph.add(triple)
    return graph


def plain(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples that are no facts."""
    return [triple for triple in triples if not MATERIAL.is_fact(triple)]


def swaps(name: str, place: int) -> list[tuple[Triple, Triple]]:
    """Return what each mutant has instead of what, where one term of one triple differs."""
    pairs = []
    for mutant in of(name):
        (before,), (after,) = plain(mutant.removed), plain(mutant.added)
        assert [before[at] == after[at] for at in range(3)] == [at != place for at in range(3)], mutant
        pairs.append((before, after))
    assert pairs
    return pairs


def above(thing: object) -> set[object]:
    classes = set(WHOLE.objects(URIRef(str(thing)), RDF.type))
    return {upper for cls in classes for upper in REAL.ontology.transitive_objects(cls, RDFS.subClassOf)}


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda each: each.name)
def test_an_author_would_commit_the_facts_that_the_claims_make(operator: Operator) -> None:
    """Or no fact would be wrong but by the operators on facts, and the comparison would notice everything."""
    found, possible = mutants(MATERIAL, operator, sample=40)
    assert 0 < len(found) == min(40, possible)
    for mutant in found:
        data = damaged(mutant)
        try:
            wanted = {fact for fact in facts_from_claims(data) if MATERIAL.is_fact(fact)}
        except WakhanError:  # two narrators, and the author is told
            continue
        assert (set(bare_facts(data, REAL.ontology)) == wanted) != operator.of_facts, mutant


def test_what_is_dropped_is_each_triple_once() -> None:
    expected, optional = (
        [triple for m in of(name) for triple in m.removed] for name in ("drop-expected", "drop-optional")
    )
    kept = [triple for triple in expected + optional if triple not in (JOINED, WENT)]
    facts = {triple for mutant in of("drop-fact") for triple in mutant.removed}
    assert facts == {JOINED, WENT, (ID.pact, WK["size"], Literal(2)), (ID.ann, WK.commentedOn, ID.trip)}
    assert {*kept, *facts} == set(WHOLE)
    assert len(plain(expected)) + len(plain(optional)) == len(WHOLE) - len(facts)


def test_what_all_others_of_the_kind_have_is_expected() -> None:
    expected = {triple for mutant in of("drop-expected") for triple in mutant.removed}
    assert (ID.arland, URIRef("http://www.w3.org/2004/02/skos/core#notation"), Literal("AL")) in expected
    assert (ID.ben, URIRef("http://www.w3.org/2004/02/skos/core#altLabel"), Literal("Benny", lang="en")) not in expected
    assert (CLAIM["p2-1"], WK.degree, Literal("still", lang="en")) not in expected


def test_a_fact_goes_with_the_last_claim_behind_it() -> None:
    dropped = {mutant.removed[0][0]: mutant for mutant in of("drop-claim")}
    of_one = {mutant for mutant in of("drop-claim") if (CLAIM["p1-2"], RDF.type, WK.Claim) in mutant.removed}
    assert len(dropped) == 7
    assert all(WENT in mutant.removed for mutant in of_one)
    assert of_one
    assert not any(JOINED in mutant.removed for mutant in of("drop-claim"))  # two claims make it


def test_types_go_together_and_descriptions_without_the_facts() -> None:
    assert {plain(mutant.removed)[0][1] for mutant in of("drop-type")} == {RDF.type}
    assert any((ID.trip, RDF.type, WK.Matter) in mutant.removed for mutant in of("drop-type"))
    (trip,) = [mutant for mutant in of("drop-description") if (ID.trip, RDF.type, WK.Matter) in mutant.removed]
    assert WENT not in trip.removed
    assert {triple[0] for triple in trip.removed} == {ID.trip}
    assert not any((ID.cid, RDF.type, WK.Person) in mutant.removed for mutant in of("drop-description"))


@pytest.mark.parametrize(("part", "place"), [("subject", 2), ("object", 2)])
def test_a_claim_is_led_to_its_like_or_to_a_stranger(part: str, place: int) -> None:
    for before, after in swaps(f"claim-{part}-alike", place):
        assert before[1] == RDF[part]
        if after[2] not in MATERIAL.claimable_classes:
            assert set(WHOLE.objects(after[2], RDF.type)) & set(WHOLE.objects(before[2], RDF.type)), after
    for before, after in swaps(f"claim-{part}-alien", place):
        assert not above(before[2]) & above(after[2]) - {WK.Entity}, after


def test_a_claim_takes_its_fact_along() -> None:
    (mutant,) = [each for each in of("claim-subject-alike") if (CLAIM["p1-2"], RDF.subject, ID.trip) in each.removed]
    assert WENT in mutant.removed
    assert (ID.talks, RDF.type, WK.Visit) in mutant.added


def test_a_property_fits_or_does_not() -> None:
    for name, fitting in (("claim-property-fitting", True), ("claim-property-unfit", False)):
        for before, after in swaps(name, 2):
            claim, _, chosen = after
            subject, value = (WHOLE.value(claim, part) for part in (RDF.subject, RDF.object))
            assert subject is not None
            domains, ranges = (set(REAL.ontology.objects(chosen, side)) for side in (RDFS.domain, RDFS.range))
            assert (domains <= above(subject) and ranges <= kinds_of(value)) == fitting, (before, after)


def kinds_of(value: object) -> set[object]:
    return {value.datatype} if isinstance(value, Literal) else above(value)


def test_links_move_between_subjects_properties_and_objects() -> None:
    for name, place in (("link-subject-alike", 0), ("link-subject-expected", 0), ("link-subject-alien", 0)):
        for before, after in swaps(name, place):
            near = bool(above(before[0]) & above(after[0]) - {WK.Entity})
            assert near != name.endswith("alien"), (before, after)
    for name in ("link-property-fitting", "link-property-unfit"):
        assert swaps(name, 1)
    for name in ("link-object-alike", "link-object-alien"):
        for before, after in swaps(name, 2):
            assert bool(above(before[2]) & above(after[2]) - {WK.Entity}) != name.endswith("alien"), (before, after)


def test_types_are_near_or_far() -> None:
    for name in ("type-alike", "type-alien"):
        for before, after in swaps(name, 2):
            near = set(REAL.ontology.transitive_objects(before[2], RDFS.subClassOf))
            far = set(REAL.ontology.transitive_objects(after[2], RDFS.subClassOf))
            assert bool(near & far - {WK.Entity}) != name.endswith("alien"), (before, after)


@pytest.mark.parametrize("name", ["fact-subject", "fact-property", "fact-object", "fact-misspelt"])
def test_facts_change_without_their_claims(name: str) -> None:
    found = of(name)
    assert found
    for mutant in found:
        assert not any(triple[1] in PARTS for triple in (*mutant.removed, *mutant.added))
        assert len(mutant.removed) == len(mutant.added) == 1


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("misspell-subject", 0),
        ("misspell-property", 1),
        ("misspell-object", 2),
        ("misspell-class", 2),
        ("misspell-identifier", 2),
    ],
)
def test_misspelt_terms_are_new_and_look_alike(name: str, place: int) -> None:
    for before, after in swaps(name, place):
        assert (
            sorted(str(after[place])) == sorted(str(before[place]))
            or len(str(after[place])) == len(str(before[place])) - 1
        )
        assert (name == "misspell-class") == (before[1] == RDF.type or before[2] == WK.Visit) or place < 2
        assert (name == "misspell-identifier") == ("wikidata" in str(before[2])) or place < 2


def test_literals_get_other_datatypes_languages_signs_and_nothing() -> None:
    for before, after in swaps("datatype-none", 2):
        assert before[2].datatype is not None  # type: ignore[attr-defined]
        assert after[2] == Literal(str(before[2]))
    for before, after in swaps("datatype-other", 2):
        assert str(after[2]) == str(before[2])
        assert after[2].datatype not in (before[2].datatype, None)  # type: ignore[attr-defined]
    for before, after in swaps("language-none", 2):
        assert after[2] == Literal(str(before[2]))
    for before, after in swaps("language-other", 2):
        assert {before[2].language, after[2].language} == {"en", "ru"}  # type: ignore[attr-defined]
    signs = {(str(before[2]), str(after[2])) for before, after in swaps("number-sign", 2)}
    assert {("40.5", "-40.5"), ("-70.0", "70.0")} <= signs
    assert not any(before == "0" for before, _ in signs)
    for before, after in swaps("literal-empty", 2):
        assert str(after[2]) == ""
        assert after[2].language == before[2].language  # type: ignore[attr-defined]


def test_two_values_are_swapped() -> None:
    orders = {tuple(sorted(str(triple[2]) for triple in mutant.added)) for mutant in of("order-swapped")}
    assert {("2021-07-01", "2021-07-03"), ("-70.0", "40.5"), ("0", "10")} <= orders
    assert all({t[2] for t in mutant.added} == {t[2] for t in mutant.removed} for mutant in of("order-swapped"))
    names = {frozenset(str(triple[2]) for triple in mutant.added) for mutant in of("label-swapped")}
    others = {frozenset(str(triple[2]) for triple in mutant.added) for mutant in of("literal-swapped")}
    assert {"Arland", "Borland"} in names
    assert {"Арланд", "Борланд"} in others  # not everything has a Russian name
    assert not names & others
    assert {"still", "soon"} in others


def test_a_second_value_comes_where_nothing_has_two() -> None:
    for mutant in of("second-value"):
        (added,) = plain(mutant.added)
        assert WHOLE.value(added[0], added[1]) is not None
        assert not plain(mutant.removed)
    assert not any(
        triple[1] == RDFS.label and len(mutant.added) > 1 for mutant in of("second-value") for triple in mutant.added
    )


def test_factualities_change_and_with_them_the_facts() -> None:
    found = [*of("factuality-other"), *of("factuality-mentioned")]
    assert len(found) == 7 * (len(FACTUALITIES) - 1)
    for mutant in found:
        values = {triple[2] for triple in (*plain(mutant.removed), *plain(mutant.added))}
        assert (WK.Mentioned in values) == (mutant.operator == "factuality-mentioned")
    (softer,) = [m for m in found if (CLAIM["p1-2"], WK.factuality, WK.Planned) in m.added]
    assert WENT in softer.removed


def test_speakers_change() -> None:
    kinds = {
        "speaker-other": (set(), {ID.ann, ID.ben}),
        "speaker-to-narrator": (set(), {ART.narrator}),
        "speaker-from-narrator": ({ART.narrator}, {ID.ann, ID.ben}),
        "speaker-silent": (set(), {ID.cid}),
    }
    for name, (before, after) in kinds.items():
        pairs = swaps(name, 2)
        assert {pair[1][2] for pair in pairs} <= after, name
        assert not before or {pair[0][2] for pair in pairs} == before
    assert all(WK.Actor not in above(after[2]) for _, after in swaps("speaker-alien", 2))
    revoiced = next(m for m in of("speaker-from-narrator") if (CLAIM["p1-2"], WK.speaker, ART.narrator) in m.removed)
    assert WENT in revoiced.removed


def test_claims_move_are_revealed_and_told_twice() -> None:
    assert {frozenset((before[2], after[2])) for before, after in swaps("passage-other", 2)} == {
        frozenset((ART.p1, ART.p2))
    }
    revealed = {mutant.added for mutant in of("fact-revealed")}
    assert revealed == {((ID.borland, WK.memberOf, ID.pact),), ((ID.ben, WK.visited, ID.arland),)}
    twice = of("claim-twice")
    assert {triple[0] for mutant in twice for triple in mutant.added} == {CLAIM["p1-4"], CLAIM["p2-5"]}
    assert not any(mutant.removed for mutant in twice)


def test_an_entity_is_taken_for_another_everywhere() -> None:
    (mutant,) = [each for each in of("entity-merged") if each.note.startswith(f"{ID.arland} became")]
    graph = damaged(mutant)
    assert not any(ID.arland in triple for triple in graph)
    assert (CLAIM["p1-1"], RDF.subject, ID.borland) in graph
    assert (ID.borland, WK.memberOf, ID.pact) in graph


def test_a_sample_is_always_the_same_and_another_one_elsewhere() -> None:
    (operator,) = operators_named(["drop-expected"])
    first, possible = mutants(MATERIAL, operator, sample=5)
    again, _ = mutants(Material(Graph() + WHOLE, REAL.ontology), operator, sample=5)
    other, _ = mutants(MATERIAL, operator, sample=5, offset=5)
    assert [mutant.id for mutant in first] == [mutant.id for mutant in again]
    assert {mutant.id for mutant in first}.isdisjoint(mutant.id for mutant in other)
    assert possible > 10


def test_a_mutant_keeps_its_id_when_the_data_grow() -> None:
    grown = Graph(bind_namespaces="none") + WHOLE
    grown.parse(data=DATA.split("\n\n")[0] + "\nid:dora a wk:Person ; rdfs:label 'Dora'@en .", format="turtle")
    before, after = (
        {mutant.id for mutant in of("drop-claim", Material(data, REAL.ontology))} for data in (WHOLE, grown)
    )
    assert before == after


def test_operators_are_known_by_name_and_say_why_they_do_not_count() -> None:
    with pytest.raises(UsageError, match="drop-everything"):
        operators_named(["drop-fact", "drop-everything"])
    for operator in OPERATORS:
        assert operator.description
        assert operator.equally_true is None or operator.equally_true.endswith(".")
