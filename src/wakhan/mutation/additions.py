"""Damage by addition: a thing gets a value that no thing can have, or leads back to itself."""

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, XSD, Literal, URIRef

from wakhan.mutation.material import PARTS, Change, Material
from wakhan.mutation.triples import pick, put


def unfit_values(material: Material, *, claimable: bool) -> Iterator[Change]:
    """Give a thing that a property is meant for a value of the wrong sort, for each property, also for unused ones.

    Args:
        material: The dataset.
        claimable: Take the properties of facts, or all others.
    """
    for prop in material.declared:
        if (prop in material.properties) != claimable:
            continue
        domains = set(material.ontology.objects(prop, RDFS.domain))
        thing = pick([thing for thing in material.things if domains and domains <= material.above(thing)], prop)
        if thing is None:
            continue
        to_things = (prop, RDF.type, OWL.ObjectProperty) in material.ontology
        wrong = [other for other in material.things if not material.admits(prop, RDFS.range, other)]
        text = Literal("7", datatype=XSD.integer) if _takes_text(material, prop) else Literal("something")
        for value in (pick(wrong, prop, thing), None if to_things else thing, text):
            if value is not None and (thing, prop, value) not in material.data:
                yield Change((), ((thing, prop, value),))


def loops(material: Material) -> Iterator[Change]:
    """Lead each triple back to its own subject."""
    for triple in material.triples:
        if triple[1] not in (RDF.type, *PARTS) and triple[2] in material.types and triple[0] != triple[2]:
            yield Change((triple,), (put(triple, 2, triple[0]),))


def _takes_text(material: Material, prop: URIRef) -> bool:
    return not {XSD.string, RDF.langString}.isdisjoint(material.ontology.objects(prop, RDFS.range))
