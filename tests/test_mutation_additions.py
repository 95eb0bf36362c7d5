"""What is added is a value that nothing can have, for each property, or a way back to where it began."""

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Literal

from wakhan.mutation.additions import loops, unfit_values
from wakhan.mutation.material import PARTS, Change, Material
from wakhan.names import WK
from wakhan.sources import load_sources

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def material() -> Material:
    sources = load_sources(ROOT)
    return Material(sources.data, sources.ontology)


def unfit(material: Material) -> list[Change]:
    return [change for claimable in (True, False) for change in unfit_values(material, claimable=claimable)]


def test_a_value_is_added_that_the_property_cannot_have(material: Material) -> None:
    found = [triple for change in unfit(material) for triple in change.added]
    assert found
    for subject, prop, value in found:
        assert set(material.ontology.objects(prop, RDFS.domain)) <= material.above(subject)
        ranges = set(material.ontology.objects(prop, RDFS.range))
        if (prop, RDF.type, OWL.ObjectProperty) in material.ontology:
            assert isinstance(value, Literal) or not ranges <= material.above(value)
        elif isinstance(value, Literal):
            assert (value.datatype or XSD.string) not in ranges or value.ill_typed
    assert not any(change.removed for change in unfit(material))


def test_properties_that_the_data_never_use_have_their_turn(material: Material) -> None:
    used = set(material.data.predicates())
    tried = {triple[1] for change in unfit(material) for triple in change.added}
    assert {WK.composedOf, WK.notAfter, WK.withoutClaims} <= tried - used
    with_domain = {prop for prop in material.declared if (prop, RDFS.domain, None) in material.ontology}
    assert with_domain - tried == {
        prop
        for prop in with_domain
        if not any(
            set(material.ontology.objects(prop, RDFS.domain)) <= material.above(thing) for thing in material.things
        )
    }


def test_a_triple_leads_back_to_its_subject(material: Material) -> None:
    found = list(loops(material))
    assert found
    for change in found:
        (before,), (after,) = change.removed, change.added
        assert before[0] != before[2]
        assert after == (before[0], before[1], before[0])
        assert before[1] not in (RDF.type, *PARTS)
