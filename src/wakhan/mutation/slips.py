"""Damage by slip: a term misspelt, a literal of the wrong kind, two values the wrong way round."""

from collections.abc import Iterator
from itertools import combinations

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.term import Node

from wakhan.mutation.material import Change, Key, Material, key_of
from wakhan.mutation.triples import digest, pick, put
from wakhan.names import Triple, local_name

NUMBERS = {XSD.integer, XSD.decimal, XSD.double, XSD.float}
ORDERED = {XSD.date, XSD.gYear, XSD.gYearMonth, XSD.dateTime, *NUMBERS}
NAMING = {"label", "prefLabel", "name"}
OTHER_DATATYPE = {
    XSD.integer: XSD.decimal,
    XSD.decimal: XSD.double,
    XSD.date: XSD.dateTime,
    XSD.gYearMonth: XSD.gYear,
    XSD.dayTimeDuration: XSD.yearMonthDuration,
}
"""What the literals of a datatype are given by mistake; of any other datatype they become xsd:token."""


def misspelt(material: Material, place: int) -> Iterator[Change]:
    """Misspell the subject (0), property (1) or object (2) of each triple that is no fact.

    Objects that are classes or identifiers of others have operators of their own.
    """
    for triple in material.triples:
        if place != 2 or not (_is_class(material, triple) or _is_identifier(triple)):
            yield from _misspelling(material, triple, place)


def misspelt_class(material: Material) -> Iterator[Change]:
    """Misspell the class in each type, and each class that a claim claims."""
    for triple in material.triples:
        if _is_class(material, triple):
            yield from _misspelling(material, triple, 2)


def misspelt_identifier(material: Material) -> Iterator[Change]:
    """Swap two digits in each identifier of others."""
    for triple in material.triples:
        if _is_identifier(triple):
            yield from _misspelling(material, triple, 2)


def misspelt_fact(material: Material) -> Iterator[Change]:
    """Misspell one term of each bare fact."""
    for triple in material.facts:
        places = [place for place in range(3) if isinstance(triple[place], URIRef)]
        yield from _misspelling(material, triple, places[int(digest(*triple), 16) % len(places)])


def without_datatype(material: Material) -> Iterator[Change]:
    """Make a plain text of each literal with a datatype."""
    for triple, value in _literals(material):
        if value.datatype not in (None, XSD.string):
            yield _put(triple, Literal(str(value)))


def other_datatype(material: Material) -> Iterator[Change]:
    """Give each literal without a language another datatype."""
    for triple, value in _literals(material):
        if not value.language:
            datatype = OTHER_DATATYPE.get(value.datatype or XSD.string, XSD.token)
            yield _put(triple, Literal(str(value), datatype=datatype, normalize=False))


def without_language(material: Material) -> Iterator[Change]:
    """Take the language from each text that has one."""
    for triple, value in _literals(material):
        if value.language:
            yield _put(triple, Literal(str(value)))


def other_language(material: Material) -> Iterator[Change]:
    """Give each text the tag of another language that is used in the data."""
    tags = sorted({value.language for _, value in _literals(material) if value.language})
    for triple, value in _literals(material):
        others = [Literal(tag) for tag in tags if tag != value.language]
        tag = pick(others, *triple)
        if value.language and tag is not None:
            yield _put(triple, Literal(str(value), lang=str(tag)))


def other_sign(material: Material) -> Iterator[Change]:
    """Change the sign of each number that is not zero."""
    for triple, value in _literals(material):
        if value.datatype in NUMBERS and value.value:
            text = str(value)
            text = text[1:] if text.startswith("-") else f"-{text}"
            yield _put(triple, Literal(text, datatype=value.datatype, normalize=False))


def empty(material: Material) -> Iterator[Change]:
    """Empty each literal, and keep its language or datatype."""
    for triple, value in _literals(material):
        yield _put(triple, Literal("", lang=value.language, datatype=value.datatype, normalize=False))


def swapped_order(material: Material) -> Iterator[Change]:
    """Swap each two dates, or two numbers, that one thing has with different properties."""
    for subject in material.things:
        ordered = [triple for triple in material.by_subject[subject] if _datatype(triple[2]) in ORDERED]
        for one, other in combinations(ordered, 2):
            if one[1] != other[1] and one[2] != other[2] and _datatype(one[2]) == _datatype(other[2]):
                yield Change((one, other), (put(one, 2, other[2]), put(other, 2, one[2])))


def swapped_names(material: Material) -> Iterator[Change]:
    """Swap the names of two things of a kind, in the language in which everything has a name."""
    names = _names(material)
    for triple, value in _literals(material):
        if key_of(triple) in names:
            yield from _swapped(material, triple, value)


def swapped_values(material: Material) -> Iterator[Change]:
    """Swap each other literal with that of the same property, and language, of another thing of the kind."""
    names = _names(material)
    for triple, value in _literals(material):
        if key_of(triple) not in names:
            yield from _swapped(material, triple, value)


def second_value(material: Material) -> Iterator[Change]:
    """Give a second value to each triple of which nothing has two: that of another thing, or the text with a change."""
    for triple in material.triples:
        if triple[1] != RDF.type and key_of(triple) not in material.several:
            other = pick(material.values[triple[1], material.kind(triple[2])], *triple, "second")
            if other is not None and put(triple, 2, other) not in material.data:
                yield Change((), (put(triple, 2, other),))


def misspell(iri: URIRef) -> URIRef:
    """Return *iri* with two letters of its local name swapped, or if that changes nothing with one left out.

    Example:
        >>> misspell(URIRef("https://w3id.org/wakhan/id/taliban"))
        rdflib.term.URIRef('https://w3id.org/wakhan/id/talbian')
    """
    text = str(iri)
    name = local_name(iri) if local_name(iri) != text else text.rstrip("/#").rpartition("/")[2]
    start = text.rindex(name)
    middle = (len(name) - 1) // 2
    swapped = name[:middle] + name[middle + 1 : middle + 2] + name[middle : middle + 1] + name[middle + 2 :]
    wrong = swapped if swapped != name else name[:middle] + name[middle + 1 :]
    return URIRef(text[:start] + (wrong or f"{name}x") + text[start + len(name) :])


def _names(material: Material) -> set[Key]:
    """Return the names of things in the languages in which all that has a name has one."""
    keys = {key for counts in material.keys.values() for key in counts if local_name(key.predicate) in NAMING}
    return {
        key for key in keys if all(material.keys[subject][key] for subject, _, _ in material.by_property[key.predicate])
    }


def _swapped(material: Material, triple: Triple, value: Literal) -> Iterator[Change]:
    partners = [
        other
        for other in material.by_property[triple[1]]
        if key_of(other) == key_of(triple)
        and other[0] != triple[0]
        and other[2] != value
        and material.types.get(other[0]) == material.types.get(triple[0])
    ]
    chosen = pick([other[0] for other in partners], *triple, "swap")
    for partner in partners:
        if partner[0] == chosen:
            yield Change((triple, partner), (put(triple, 2, partner[2]), put(partner, 2, value)))
            return


def _is_class(material: Material, triple: Triple) -> bool:
    return triple[1] == RDF.type or triple[2] in material.claimable_classes


def _is_identifier(triple: Triple) -> bool:
    return local_name(triple[1]) in ("sameAs", "exactMatch")


def _misspelling(material: Material, triple: Triple, place: int) -> Iterator[Change]:
    term = triple[place]
    if isinstance(term, URIRef):
        wrong = put(triple, place, misspell(term))
        if wrong not in material.data:
            yield Change((triple,), (wrong,))


def _literals(material: Material) -> Iterator[tuple[Triple, Literal]]:
    for triple in material.triples:
        if isinstance(triple[2], Literal):
            yield triple, triple[2]


def _datatype(value: Node) -> URIRef | None:
    return value.datatype if isinstance(value, Literal) else None


def _put(triple: Triple, value: Literal) -> Change:
    return Change((triple,), (put(triple, 2, value),))
