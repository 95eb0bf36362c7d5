"""Damage by mix-up: who said it, how sure, in which sentence; one thing taken for another, or told twice."""

from collections.abc import Iterator

from rdflib import URIRef
from rdflib.term import Node

from wakhan.mutation.detours import instead
from wakhan.mutation.material import PARTS, Change, Material
from wakhan.mutation.triples import pick, put
from wakhan.names import FACTUALITIES, WK, Triple


def factuality(material: Material, *, mentioned: bool) -> Iterator[Change]:
    """Give each claim every other factuality: with wk:Mentioned before or after, or without it."""
    for claim in material.claims:
        for value in material.data.objects(claim, WK.factuality):
            for other in FACTUALITIES:
                if other != value and (WK.Mentioned in (value, other)) == mentioned:
                    triple = (claim, WK.factuality, value)
                    yield Change((triple,), (put(triple, 2, other),))


def speaker(material: Material) -> Iterator[Change]:
    """Give each claim that is not the narrator's another speaker who is not the narrator either."""
    others = [other for other in material.speakers if other != material.narrator]
    for triple in _spoken(material):
        if triple[2] != material.narrator:
            near = [other for other in others if other != triple[2] and material.are_near(other, triple[2])]
            yield from instead(material, triple, 2, near)


def to_narrator(material: Material) -> Iterator[Change]:
    """Put what somebody else says into the mouth of the narrator."""
    for triple in _spoken(material):
        if triple[2] != material.narrator and material.narrator is not None:
            yield Change((triple,), (put(triple, 2, material.narrator),))


def from_narrator(material: Material) -> Iterator[Change]:
    """Put what the narrator says into the mouth of somebody else who speaks."""
    for triple in _spoken(material):
        if triple[2] == material.narrator:
            yield from instead(
                material, triple, 2, [other for other in material.speakers if other != material.narrator]
            )


def silent_speaker(material: Material) -> Iterator[Change]:
    """Put each claim into the mouth of one who says nothing anywhere, though others of the kind speak."""
    speakers = set(material.speakers)
    kinds = {frozenset(material.types.get(other, ())) for other in speakers if other != material.narrator}
    silent = [thing for thing in material.entities if thing not in speakers and material.types[thing] in kinds]
    for triple in _spoken(material):
        near = [other for other in silent if material.are_near(other, triple[2])]
        yield from instead(material, triple, 2, near or silent)


def no_speaker(material: Material) -> Iterator[Change]:
    """Put each claim into the mouth of something that cannot speak."""
    for triple in _spoken(material):
        yield from instead(material, triple, 2, material.alien(triple[2], entities=True))


def passage(material: Material) -> Iterator[Change]:
    """Move each claim to another passage, and keep its name."""
    for claim in material.claims:
        for value in material.data.objects(claim, WK.passage):
            yield from instead(material, (claim, WK.passage, value), 2, material.alike(value))


def revealed(material: Material) -> Iterator[Change]:
    """Make a fact of each triple that is claimed as less than a fact."""
    for claim in material.claims:
        subject, predicate, value = (material.data.value(claim, part) for part in PARTS)
        if subject is None or predicate is None or value is None:
            continue
        triple = (subject, predicate, value)
        if triple not in material.data and material.is_fact(triple):
            yield Change((), (triple,), f"as {claim} has it")


def second_claim(material: Material) -> Iterator[Change]:
    """Tell each claim a second time under the next number of its passage."""
    names = set(material.claims)
    for claim in material.claims:
        stem, _, number = str(claim).rpartition("-")
        count = int(number) + 1 if number.isdigit() else 1
        while URIRef(f"{stem}-{count}") in names:
            count += 1
        copy = URIRef(f"{stem}-{count}")
        yield Change((), tuple(put(triple, 0, copy) for triple in material.by_subject[claim]))


def merged(material: Material) -> Iterator[Change]:
    """Take each entity for another of its kind, wherever it is mentioned."""
    for thing in material.entities:
        other = pick(material.alike(thing), thing, "merge")
        if other is not None:
            mentions = tuple(triple for triple in (*material.triples, *material.facts) if thing in triple)
            renamed = (_renamed(triple, thing, other) for triple in mentions)
            added = dict.fromkeys(triple for triple in renamed if triple not in material.data)
            yield Change(mentions, tuple(added), f"{thing} became {other}")


def _spoken(material: Material) -> Iterator[Triple]:
    for claim in material.claims:
        for value in material.data.objects(claim, WK.speaker):
            yield claim, WK.speaker, value


def _renamed(triple: Triple, thing: Node, other: Node) -> Triple:
    subject, predicate, value = (other if term == thing else term for term in triple)
    return subject, predicate, value
