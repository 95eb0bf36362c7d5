"""Count what a set of triples holds, as VoID asks for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

LINKS = (
    "https://schema.org/sameAs",
    "http://www.w3.org/2002/07/owl#sameAs",
    "http://www.w3.org/2004/02/skos/core#closeMatch",
    "http://www.w3.org/2004/02/skos/core#exactMatch",
)
"""The properties that lead from a thing to the same thing in another dataset."""


@dataclass(frozen=True)
class Use:
    """How a property is used: the triples, the different subjects and the different objects."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True)
class Statistics:
    """What a set of triples holds. Classes and properties without a name are not counted.

    Attributes:
        triples: How many triples there are.
        entities: How many IRIs within the dataset's own space have something said of them.
        subjects: How many different subjects there are.
        objects: How many different objects there are.
        classes: How many instances each class has, by its IRI.
        properties: The use of each property, by its IRI.
        class_properties: How many triples each property has whose subjects are instances of a class, by class.
        links: How many triples of each property of ``LINKS`` lead to which host, by property and host.
        examples: Of each folder of the dataset's own space, such as that of the claims, the thing of which the most is
            said.
    """

    triples: int
    entities: int
    subjects: int
    objects: int
    classes: dict[str, int]
    properties: dict[str, Use]
    class_properties: dict[str, dict[str, int]]
    links: dict[tuple[str, str], list[str]]
    examples: list[str]


def statistics(triples: Iterable[ox.Quad], base: str) -> Statistics:
    """Return what *triples* hold.

    Args:
        triples: The triples; their graph is not looked at.
        base: Where the IRIs of the dataset's own space begin.
    """
    said: Counter[str] = Counter()
    types = defaultdict[str, set[str]](set)
    subjects, objects = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    uses = defaultdict[str, Counter[str]](Counter)
    links = defaultdict[tuple[str, str], list[str]](list)
    for triple in triples:
        subject, prop, value = str(triple.subject), triple.predicate.value, str(triple.object)
        said[subject] += 1
        uses[subject][prop] += 1
        subjects[prop].add(subject)
        objects[prop].add(value)
        if isinstance(triple.object, ox.NamedNode):
            if prop == _TYPE:
                types[subject].add(triple.object.value)
            elif prop in LINKS and not triple.object.value.startswith(base):
                links[prop, _host(triple.object.value)].append(triple.object.value)
    own = {subject[1:-1]: number for subject, number in said.items() if subject.startswith(f"<{base}")}
    triples_of = Counter[str]()
    for counts in uses.values():
        triples_of.update(counts)
    return Statistics(
        triples=said.total(),
        entities=len(own),
        subjects=len(said),
        objects=len(set().union(*objects.values())),
        classes=dict(sorted(Counter(kind for kinds in types.values() for kind in kinds).items())),
        properties={prop: Use(triples_of[prop], len(subjects[prop]), len(objects[prop])) for prop in sorted(subjects)},
        class_properties=_by_class(types, uses),
        links={key: sorted(links[key]) for key in sorted(links)},
        examples=_examples(own, base),
    )


def _by_class(types: dict[str, set[str]], uses: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    found = defaultdict[str, Counter[str]](Counter)
    for subject, kinds in types.items():
        for kind in kinds:
            found[kind].update(uses[subject])
    return {kind: dict(sorted(found[kind].items())) for kind in sorted(found)}


def _host(iri: str) -> str:
    return "/".join(iri.split("/", 3)[:3])


def _examples(own: dict[str, int], base: str) -> list[str]:
    """Return of each folder right below *base* the IRI with the most triples, of several the first."""
    best: dict[str, tuple[int, str]] = {}
    for iri, number in own.items():
        folder, slash, name = iri.removeprefix(base).partition("/")
        if slash and name and "/" not in name and "#" not in name:
            best[folder] = min(best.get(folder, (0, iri)), (-number, iri))
    return sorted(iri for _, iri in best.values())
