"""Damage by loss: a triple, a type, a claim or a whole description is gone."""

from collections.abc import Iterator

from rdflib import RDF, URIRef

from wakhan.mutation.material import Change, Material


def expected_triples(material: Material) -> Iterator[Change]:
    """Drop each triple that all others of its subject's kind have."""
    for triple in material.triples:
        if material.is_expected(triple):
            yield Change((triple,))


def optional_triples(material: Material) -> Iterator[Change]:
    """Drop each triple that others of its subject's kind do without, or have more than one of."""
    for triple in material.triples:
        if not material.is_expected(triple):
            yield Change((triple,))


def facts(material: Material) -> Iterator[Change]:
    """Drop each bare fact, and leave its claim."""
    for triple in material.facts:
        yield Change((triple,))


def types(material: Material) -> Iterator[Change]:
    """Drop all that says what a thing is, save what a claim says."""
    for thing in material.things:
        kinds = tuple(triple for triple in material.by_subject[thing] if triple[1] == RDF.type)
        if kinds:
            yield Change(kinds)


def claims(material: Material) -> Iterator[Change]:
    """Drop each claim as a whole."""
    for claim in material.claims:
        yield Change(tuple(material.by_subject[claim]))


def descriptions(material: Material) -> Iterator[Change]:
    """Drop all that describes a thing which others mention; the facts about it stay."""
    mentioned = {value for _, _, value in material.triples if isinstance(value, URIRef)}
    for thing in material.things:
        if thing in mentioned:
            yield Change(tuple(material.by_subject[thing]))
