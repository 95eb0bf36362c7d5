"""What the operators of the mutation test work on: the triples of a dataset, sorted, and what is alike and what not.

Everything is looked up once and kept sorted, and every choice hangs on a digest of what it is for, so that the same
data always give the same mutants, and a change of the data changes few of them.
"""

from collections import Counter, defaultdict
from functools import cached_property
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.facts import bare_facts, is_fact, narrator
from wakhan.mutation.triples import in_order
from wakhan.names import WK, Triple

PARTS = (RDF.subject, RDF.predicate, RDF.object)
"""What makes a claim a statement."""

NO_TYPES: frozenset[Node] = frozenset()


class Change(NamedTuple):
    """What an operator does to the data.

    Attributes:
        removed: The triples that it takes away; a fact that goes with its claim is added to them later.
        added: The triples that it puts in.
        note: What was done, where the triples do not tell.
    """

    removed: tuple[Triple, ...]
    added: tuple[Triple, ...] = ()
    note: str = ""


class Key(NamedTuple):
    """What a triple tells of its subject: a property, of texts in one language, of types the one class."""

    predicate: Node
    detail: str | None = None


class Material:
    """A dataset, sorted for the operators.

    Args:
        data: The data.
        ontology: What the words mean.
    """

    def __init__(self, data: Graph, ontology: Graph) -> None:
        self.data = data
        self.ontology = ontology
        self.facts: list[Triple] = in_order(bare_facts(data, ontology))
        facts = set(self.facts)
        self.triples: list[Triple] = in_order(triple for triple in data if triple not in facts)
        self.claims: list[Node] = sorted(data.subjects(RDF.type, WK.Claim), key=str)
        self.narrator = narrator(data)
        self.types = _types(data)
        self._ancestors: dict[Node, set[Node]] = {}
        self._aliens: dict[tuple[frozenset[Node], bool], list[Node]] = {}
        self._shared: dict[tuple[frozenset[Node], Key], bool] = {}

    @cached_property
    def things(self) -> list[Node]:
        """Return what has a type, sorted."""
        return sorted((thing for thing in self.types if isinstance(thing, URIRef)), key=str)

    @cached_property
    def entities(self) -> list[Node]:
        """Return what claims speak of, and what is of a class with it: no claim, no passage, no article."""
        spoken = {value for part in PARTS for value in self.data.objects(None, part)}
        kinds = {cls for thing in spoken for cls in self.above(thing)}
        return [thing for thing in self.things if kinds & self.above(thing)]

    @cached_property
    def root(self) -> frozenset[Node]:
        """Return the classes that all entities have in common, so that to share one of them is to share nothing."""
        classes = [self.above(entity) for entity in self.entities]
        return frozenset(set[Node].intersection(*map(set, classes))) if classes else NO_TYPES

    @cached_property
    def speakers(self) -> list[Node]:
        """Return who makes claims, the narrator included."""
        return sorted({speaker for claim in self.claims for speaker in self.data.objects(claim, WK.speaker)}, key=str)

    @cached_property
    def properties(self) -> list[Node]:
        """Return the claimable properties of the ontology."""
        return sorted(self.ontology.subjects(RDF.type, WK.ClaimableProperty), key=str)

    @cached_property
    def declared(self) -> list[URIRef]:
        """Return the properties of the ontology that lead to things or to literals."""
        kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
        found = {prop for kind in kinds for prop in self.ontology.subjects(RDF.type, kind)}
        return sorted(prop for prop in found if isinstance(prop, URIRef))

    @cached_property
    def claimable_classes(self) -> list[Node]:
        """Return the classes that can be claimed of something."""
        return sorted(self.ontology.subjects(RDF.type, WK.ClaimableClass), key=str)

    @cached_property
    def plain_classes(self) -> list[Node]:
        """Return the classes that the data use and that cannot be claimed."""
        used = {cls for classes in self.types.values() for cls in classes}
        return sorted(used.difference(self.claimable_classes), key=str)

    @cached_property
    def described(self) -> list[Node]:
        """Return the properties that the data use without a claim, save rdf:type."""
        used = {predicate for _, predicate, _ in self.triples} - {RDF.type, *PARTS}
        return sorted(used, key=str)

    @cached_property
    def peers(self) -> dict[frozenset[Node], list[Node]]:
        """Return the things that have just these types, for each set of types."""
        peers: dict[frozenset[Node], list[Node]] = defaultdict(list)
        for thing in self.things:
            peers[self.types[thing]].append(thing)
        return peers

    @cached_property
    def by_subject(self) -> dict[Node, list[Triple]]:
        """Return the triples that are no facts, by their subjects."""
        found: dict[Node, list[Triple]] = defaultdict(list)
        for triple in self.triples:
            found[triple[0]].append(triple)
        return found

    @cached_property
    def by_property(self) -> dict[Node, list[Triple]]:
        """Return the triples that are no facts, by their properties."""
        found: dict[Node, list[Triple]] = defaultdict(list)
        for triple in self.triples:
            found[triple[1]].append(triple)
        return found

    @cached_property
    def uses(self) -> dict[Node, dict[tuple[frozenset[Node], object], Node]]:
        """Return for each property the types of its subjects with the kinds of its values, and one such subject."""
        found: dict[Node, dict[tuple[frozenset[Node], object], Node]] = defaultdict(dict)
        for subject, predicate, value in self.triples:
            found[predicate].setdefault((self.types.get(subject, NO_TYPES), self.kind(value)), subject)
        return found

    @cached_property
    def values(self) -> dict[tuple[Node, object], list[Node]]:
        """Return the values of each property that are of one kind, each once, in order."""
        found: dict[tuple[Node, object], dict[Node, None]] = defaultdict(dict)
        for _, predicate, value in self.triples:
            found[predicate, self.kind(value)][value] = None
        return {use: list(values) for use, values in found.items()}

    @cached_property
    def keys(self) -> dict[Node, Counter[Key]]:
        """Return what is told of each subject, and how many times."""
        keys: dict[Node, Counter[Key]] = defaultdict(Counter)
        for triple in self.data:
            keys[triple[0]][key_of(triple)] += 1
        return keys

    def above(self, thing: Node) -> set[Node]:
        """Return the classes of *thing* and those above them, as far as the ontology knows them."""
        return {upper for cls in self.types.get(thing, NO_TYPES) for upper in self.ancestors(cls)}

    def ancestors(self, cls: Node) -> set[Node]:
        """Return *cls* and the classes above it."""
        if cls not in self._ancestors:
            upper = self.ontology.transitive_objects(cls, RDFS.subClassOf)
            self._ancestors[cls] = {node for node in upper if node is not None}
        return self._ancestors[cls]

    def alike(self, thing: Node) -> list[Node]:
        """Return the others with just the types of *thing*, or if there are none those that share a class with it."""
        same = [other for other in self.peers.get(self.types.get(thing, NO_TYPES), ()) if other != thing]
        if same or thing not in self.types:
            return same
        return [other for other in self.things if other != thing and self.are_near(thing, other)]

    def alien(self, thing: Node, *, entities: bool = False) -> list[Node]:
        """Return the others that have no class in common with *thing* but those that all entities have.

        Args:
            thing: Something with a type.
            entities: Return entities only.
        """
        kind = (self.types.get(thing, NO_TYPES), entities)
        if kind not in self._aliens:
            among = self.entities if entities else self.things
            self._aliens[kind] = [other for other in among if other != thing and not self.are_near(thing, other)]
        return self._aliens[kind]

    def are_near(self, one: Node, other: Node) -> bool:
        """Tell whether the two share a class that not all entities have."""
        return bool((self.above(one) & self.above(other)) - self.root)

    def fits(self, predicate: Node, subject: Node, value: Node) -> bool:
        """Tell whether domain and range let *predicate* relate the two."""
        return self.admits(predicate, RDFS.domain, subject) and self.admits(predicate, RDFS.range, value)

    def is_expected(self, triple: Triple) -> bool:
        """Tell whether all others that are what the subject is have such a triple too, and it has but one.

        Of a type, the others are those that are what the subject would be without it.
        """
        key, types = key_of(triple), self.types.get(triple[0], NO_TYPES)
        if self.keys[triple[0]][key] > 1:
            return False
        rest = types - {triple[2]} if triple[1] == RDF.type else types
        if (rest, key) not in self._shared:
            others = (other for other in self.things if rest <= self.types[other])
            self._shared[rest, key] = not rest or all(self.keys[other][key] for other in others)
        return self._shared[rest, key]

    @cached_property
    def several(self) -> set[Key]:
        """Return what something is told of more than once."""
        return {key for counts in self.keys.values() for key, times in counts.items() if times > 1}

    def kind(self, value: Node) -> object:
        """Return what a value is, roughly: a thing of the dataset, another IRI, or a literal of some datatype."""
        if isinstance(value, Literal):
            return RDF.langString if value.language else value.datatype or XSD.string
        return "thing" if value in self.types else "page"

    def is_fact(self, triple: Triple) -> bool:
        """Tell whether a bare *triple* states a fact."""
        return is_fact(triple, self.ontology)

    def admits(self, predicate: Node, side: URIRef, thing: Node) -> bool:
        """Tell whether *thing* is what the domain or the range (*side*) of *predicate* asks for."""
        classes = set(self.ontology.objects(predicate, side))
        if side == RDFS.range and isinstance(thing, Literal):
            return (predicate, RDF.type, OWL.ObjectProperty) not in self.ontology and (
                not classes or thing.datatype in classes
            )
        return classes <= self.above(thing)


def _types(data: Graph) -> dict[Node, frozenset[Node]]:
    types: dict[Node, set[Node]] = defaultdict(set)
    for thing, cls in data.subject_objects(RDF.type):
        types[thing].add(cls)
    return {thing: frozenset(classes) for thing, classes in types.items()}


def key_of(triple: Triple) -> Key:
    """Return what *triple* tells of its subject."""
    _, predicate, value = triple
    if predicate == RDF.type:
        return Key(predicate, str(value))
    return Key(predicate, value.language if isinstance(value, Literal) else None)
