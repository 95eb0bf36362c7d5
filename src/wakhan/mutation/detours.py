"""Damage by detour: a triple leads to another thing than it should, of the same kind or of quite another."""

from collections.abc import Iterator, Sequence

from rdflib import RDF, URIRef
from rdflib.term import Node

from wakhan.mutation.material import PARTS, Change, Material
from wakhan.mutation.triples import pick, put
from wakhan.names import WK, Triple

OWN_OPERATORS = {RDF.type, *PARTS, WK.factuality, WK.speaker, WK.passage}
"""The properties whose values have operators of their own."""


def claim_part(material: Material, part: URIRef, *, alien: bool) -> Iterator[Change]:
    """Retarget the subject or object of each claim to another of the same kind, or to an entity of another kind."""
    for claim in material.claims:
        for thing in material.data.objects(claim, part):
            if thing in material.types:
                others = material.alien(thing, entities=True) if alien else material.alike(thing)
                yield from instead(material, (claim, part, thing), 2, others)
            elif thing in material.claimable_classes:
                classes = material.plain_classes if alien else material.claimable_classes
                yield from instead(material, (claim, part, thing), 2, _others(classes, thing))


def claim_property(material: Material, *, fitting: bool) -> Iterator[Change]:
    """Give each claim another property, for which subject and object are of the right kind, or are not."""
    for claim in material.claims:
        subject, predicate, value = (material.data.value(claim, part) for part in PARTS)
        if subject is not None and predicate in material.properties and value is not None:
            others = [
                other
                for other in _others(material.properties, predicate)
                if material.fits(other, subject, value) == fitting
            ]
            yield from instead(material, (claim, RDF.predicate, predicate), 2, others)


def link_target(material: Material, *, alien: bool) -> Iterator[Change]:
    """Retarget each other triple that leads to a thing to another of the same kind, or to one of another kind."""
    for triple in material.triples:
        if triple[1] not in OWN_OPERATORS and triple[2] in material.types:
            others = material.alien(triple[2]) if alien else material.alike(triple[2])
            yield from instead(material, triple, 2, others)


def link_source(material: Material, *, expected: bool) -> Iterator[Change]:
    """Move each triple to another subject of the same kind: one that all of the kind have, or one that not all have."""
    for triple in material.triples:
        if triple[1] != RDF.type and material.is_expected(triple) == expected:
            yield from instead(material, triple, 0, material.alike(triple[0]))


def link_alien_source(material: Material) -> Iterator[Change]:
    """Move each triple to a subject of quite another kind."""
    for triple in material.triples:
        if triple[1] != RDF.type:
            yield from instead(material, triple, 0, material.alien(triple[0]))


def link_property(material: Material) -> Iterator[Change]:
    """Give each triple a property that such a subject or value never has, or one in place of what all its kind have."""
    for triple in material.triples:
        if triple[1] not in (RDF.type, *PARTS):
            fitting = _fitting(material, triple)
            unfit = [other for other in _others(material.described, triple[1]) if other not in fitting]
            yield from instead(material, triple, 1, unfit)
            if material.is_expected(triple):
                yield from instead(material, triple, 1, fitting)


def fitting_link_property(material: Material) -> Iterator[Change]:
    """Give each triple that others do without another property that fits as well."""
    for triple in material.triples:
        if triple[1] not in (RDF.type, *PARTS) and not material.is_expected(triple):
            yield from instead(material, triple, 1, _fitting(material, triple))


def type_of(material: Material, *, alien: bool) -> Iterator[Change]:
    """Give each thing another class that is near its own, or one that is not."""
    for triple in material.triples:
        if triple[1] == RDF.type:
            own = material.ancestors(triple[2]) - material.root
            others = [
                cls
                for cls in material.plain_classes
                if cls not in material.types[triple[0]] and bool(own & material.ancestors(cls)) != alien
            ]
            yield from instead(material, triple, 2, others)


def fact_end(material: Material, place: int) -> Iterator[Change]:
    """Retarget the subject (0) or the object (2) of each bare fact to one of its kind and to one of another."""
    for triple in material.facts:
        if triple[1] == RDF.type and place == 2:
            yield from instead(material, triple, 2, _others(material.claimable_classes, triple[2]))
        elif isinstance(triple[place], URIRef):
            yield from instead(material, triple, place, material.alike(triple[place]))
            yield from instead(material, triple, place, material.alien(triple[place], entities=True))


def fact_property(material: Material) -> Iterator[Change]:
    """Give each bare fact three other properties, so that the shape of each property sees something wrong."""
    for triple in material.facts:
        for turn in range(3):
            yield from instead(material, triple, 1, _others(material.properties, triple[1]), turn)


def instead(material: Material, triple: Triple, place: int, others: Sequence[Node], *why: object) -> Iterator[Change]:
    """Yield the change that puts one of the *others* into *triple*, if there is one that says something new."""
    other = pick(others, *triple, place, *why)
    if other is not None and put(triple, place, other) not in material.data:
        yield Change((triple,), (put(triple, place, other),))


def _fitting(material: Material, triple: Triple) -> list[Node]:
    """Return the other properties that such subjects have with such values."""
    kind, types = material.kind(triple[2]), material.types.get(triple[0])
    return [
        other
        for other in _others(material.described, triple[1])
        if any(
            used == kind and (users == types or material.are_near(user, triple[0]))
            for (users, used), user in material.uses[other].items()
        )
        and material.fits(other, triple[0], triple[2])
    ]


def _others(terms: Sequence[Node], term: Node) -> list[Node]:
    return [other for other in terms if other != term]
