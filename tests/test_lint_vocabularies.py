"""The terms of the vocabularies that everybody uses are known."""

import pytest
from rdflib import DCTERMS, FOAF, RDF, SH, SKOS, URIRef

from wakhan.lint.vocabularies import exists, is_standard, shacl_shapes, shacl_terms, siblings


@pytest.mark.parametrize(
    "iri",
    [
        SKOS.prefLabel,
        DCTERMS.isReplacedBy,
        FOAF.Person,
        RDF.langString,
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#_12",
        "http://schema.org/name",
        "https://schema.org/name",
        "http://www.w3.org/2003/01/geo/wgs84_pos#lat",
        "http://www.w3.org/ns/dcat#inSeries",
        "http://www.w3.org/ns/shacl#SPARQLRule",
    ],
)
def test_a_term_that_exists_is_known(iri: str) -> None:
    assert exists(URIRef(iri)) is True
    assert is_standard(URIRef(iri))


@pytest.mark.parametrize("iri", ["http://schema.org/nme", "http://www.w3.org/2004/02/skos/core#label"])
def test_a_term_that_does_not_exist_is_missed(iri: str) -> None:
    assert exists(URIRef(iri)) is False


def test_of_other_vocabularies_nothing_is_known() -> None:
    assert exists(URIRef("https://example.org/a")) is None
    assert siblings(URIRef("https://example.org/a")) == frozenset()


def test_shacl_has_its_advanced_features_and_shapes_for_itself() -> None:
    assert {SH.minCount, SH.SPARQLTarget, SH.rule} <= shacl_terms()
    assert (None, RDF.type, SH.NodeShape) in shacl_shapes()
