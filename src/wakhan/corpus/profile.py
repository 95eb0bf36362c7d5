"""What a dataset is like: the statistics from which others of its kind are invented.

A claim is kept as a mould: its property, its factuality, who speaks, what qualifies it, and for each thing that it
names the part (``Role``) that the thing has. Others can then be cast for the parts, and what is said stays of a kind
that the dataset has: joint distributions are kept, and not only those of single properties.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rdflib import DCTERMS, OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.facts import is_fact, narrator
from wakhan.names import OA, PREFIXES, WK, curie, local_name, natural_key
from wakhan.sources import Sources

Term = tuple[str, str]
"""A kind (role, claim, passage, narrator, article, plain, text, date, number) and what there is of it."""

_SAME_AS = URIRef(PREFIXES["schema"] + "sameAs")
_SPEAKING = frozenset(WK[name] for name in ("spokeTo", "commentedOn", "requestedHelpFrom", "conducted", "tookPartIn"))
_PERFORMING = frozenset((WK.conducted, WK.tookPartIn))
_PARAGRAPH = re.compile(r"^(.*?)s[0-9]+$")


@dataclass(frozen=True)
class Role:
    """A part that a thing plays in the dataset.

    Attributes:
        name: The name of the thing in the dataset.
        kinds: Its classes, save those that are claimed.
        shared: Whether it is known beyond one article, for it has an identifier elsewhere.
        mentions: How often claims name it.
        says: What else is said of it that is no fact: property and value.
    """

    name: str
    kinds: tuple[str, ...]
    shared: bool
    mentions: int
    says: tuple[tuple[str, Term], ...]


@dataclass(frozen=True)
class Mould:
    """The form of a claim.

    Attributes:
        name: The claim in the dataset.
        says: All that is said of it.
        needs: A passage in which the narrator says that the speaker spoke, if not all do without.
        act: The claims that say that the speaker performed the act in which this is uttered, of which one is needed.
    """

    name: str
    says: tuple[tuple[str, Term], ...]
    needs: str = ""
    act: tuple[str, ...] = ()

    def value(self, predicate: str) -> Term:
        """Return the one value of a property that every claim has."""
        return next(term for name, term in self.says if name == predicate)


@dataclass(frozen=True)
class PassageMould:
    """The form of a passage: its name, kind, length in characters, paragraph, the words of its gist, its claims."""

    name: str
    kind: str
    length: int
    paragraph: str
    words: int
    without: int
    claims: tuple[Mould, ...]


@dataclass(frozen=True)
class Profile:
    """What a dataset is like.

    Attributes:
        roles: The parts by name.
        passages: The passages in their order.
        symmetric: The properties of which the lower IRI comes first.
        issued: The day, or as much of it as the dataset gives, and its datatype.
        fact_properties: The claimable properties.
        fact_classes: The claimable classes.
    """

    roles: Mapping[str, Role]
    passages: tuple[PassageMould, ...]
    symmetric: frozenset[str]
    issued: str
    fact_properties: frozenset[str]
    fact_classes: frozenset[str]

    @cached_property
    def by_kind(self) -> dict[tuple[str, ...], list[Role]]:
        """The shared roles of each kind."""
        found: dict[tuple[str, ...], list[Role]] = defaultdict(list)
        for role in self.roles.values():
            if role.shared:
                found[role.kinds].append(role)
        return dict(sorted(found.items()))

    @cached_property
    def skew(self) -> float:
        """How fast popularity falls with rank: the exponent of the power law nearest to the shared roles' mentions."""
        counts = sorted((role.mentions for role in self.roles.values() if role.shared and role.mentions), reverse=True)
        points = [(math.log(rank), math.log(count)) for rank, count in enumerate(counts, 1)]
        if len(points) < 2:
            return 1.0
        mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
        return float(-sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points))


def learn(sources: Sources) -> Profile:
    """Return what the dataset *sources* is like."""
    data, ontology = sources.data, sources.ontology
    reader = _Reader(data, ontology)
    issued = min(map(curie, data.objects(reader.article, DCTERMS.issued)), default='"2021"^^xsd:gYear')
    return Profile(
        roles={role.name: role for role in reader.roles()},
        passages=tuple(reader.passages()),
        symmetric=frozenset(_curies(ontology.subjects(RDF.type, OWL.SymmetricProperty))),
        issued=issued,
        fact_properties=frozenset(_curies(ontology.subjects(RDF.type, WK.ClaimableProperty))),
        fact_classes=frozenset(_curies(ontology.subjects(RDF.type, WK.ClaimableClass))),
    )


def _curies(nodes: Iterable[Node]) -> list[str]:
    return [curie(node) for node in nodes]


class _Reader:
    """Reads the parts of a dataset into moulds."""

    def __init__(self, data: Graph, ontology: Graph) -> None:
        self.data, self.ontology = data, ontology
        self.claims = sorted(set(data.subjects(RDF.type, WK.Claim)), key=natural_key)
        self.places = sorted(
            set(data.subjects(RDF.type, WK.Passage)), key=lambda node: int(str(data.value(node, OA.start)))
        )
        self.voice = narrator(data)
        self.article = data.value(predicate=RDF.type, object=WK.Article)
        known = {*self.claims, *self.places, self.voice, self.article}
        self.things = sorted(
            {node for node in data.subjects(RDFS.label) if isinstance(node, URIRef)} - known, key=natural_key
        )
        self._kinds = dict.fromkeys(self.claims, "claim") | dict.fromkeys(self.places, "passage")
        self._kinds |= dict.fromkeys(self.things, "role")
        self._kinds |= {node: name for node, name in ((self.voice, "narrator"), (self.article, "article")) if node}
        self._order = {place: number for number, place in enumerate(self.places)}
        self._acts = self._speech_acts()

    def roles(self) -> list[Role]:
        mentions = Counter(value for claim in self.claims for value in self.data.objects(claim))
        return [
            Role(local_name(thing), self._classes(thing), self._is_known(thing), mentions[thing], self._says(thing))
            for thing in self.things
        ]

    def _is_known(self, thing: Node) -> bool:
        return (thing, _SAME_AS, None) in self.data

    def passages(self) -> list[PassageMould]:
        moulds: dict[Node | None, list[Mould]] = defaultdict(list)
        for claim in self.claims:
            moulds[self.data.value(claim, WK.passage)].append(self._mould(claim))
        return [self._passage(place, moulds[place]) for place in self.places]

    def _passage(self, place: Node, moulds: list[Mould]) -> PassageMould:
        def value(name: URIRef) -> str:
            found = self.data.value(place, name)
            return "" if found is None else str(found)

        paragraph = _PARAGRAPH.match(local_name(place))
        return PassageMould(
            name=local_name(place),
            kind=value(WK.passageKind),
            length=int(value(OA.end)) - int(value(OA.start)),
            paragraph=paragraph[1] if paragraph else "",
            words=len(value(WK.gist).split()),
            without=len(value(WK.withoutClaims).split()),
            claims=tuple(moulds),
        )

    def _classes(self, thing: Node) -> tuple[str, ...]:
        types = (
            cls for cls in self.data.objects(thing, RDF.type) if not is_fact((thing, RDF.type, cls), self.ontology)
        )
        return tuple(sorted(_curies(types)))

    def _says(self, node: Node) -> tuple[tuple[str, Term], ...]:
        facts = (t for t in self.data.triples((node, None, None)) if not is_fact(t, self.ontology))
        return tuple(sorted((curie(predicate), self._term(value)) for _, predicate, value in facts))

    def _term(self, node: Node) -> Term:
        kind = self._kinds.get(node)
        if kind:
            return kind, local_name(node)
        if not isinstance(node, Literal):
            return "plain", curie(node)
        if node.language:
            return "text", f"{len(str(node).split())}@{node.language}"
        if node.datatype == XSD.date:
            return "date", str(date.fromisoformat(str(node)).toordinal())
        return ("number", str(node)) if node.datatype == XSD.integer else ("plain", curie(node))

    def _mould(self, claim: Node) -> Mould:
        value = self.data.value
        speaker, place, act = value(claim, WK.speaker), value(claim, WK.passage), value(claim, WK.utteredIn)
        acts = self._acts.get(speaker, []) if speaker != self.voice else []
        before = [each for each in acts if place and self._order[each[1]] <= self._order[place]]
        performed = [
            local_name(each) for each, _, done in self._acts.get(speaker, []) if self._performs(each, done, act)
        ]
        return Mould(
            name=local_name(claim),
            says=self._says(claim),
            needs=local_name(before[-1][1]) if before else "",
            act=tuple(performed),
        )

    def _performs(self, claim: Node, done: Node | None, act: Node | None) -> bool:
        return act is not None and done == act and self.data.value(claim, RDF.predicate) in _PERFORMING

    def _speech_acts(self) -> dict[Node | None, list[tuple[Node, Node, Node | None]]]:
        """Return for each speaker the claims of the narrator that he spoke: claim, passage and act, in their order."""
        value, found = self.data.value, defaultdict(list)
        for claim in self.claims:
            place = value(claim, WK.passage)
            sure = value(claim, WK.factuality) == WK.Affirmed and value(claim, WK.speaker) == self.voice
            if place is not None and sure and value(claim, RDF.predicate) in _SPEAKING:
                found[value(claim, RDF.subject)].append((claim, place, value(claim, RDF.object)))
        return {who: sorted(acts, key=lambda act: self._order[act[1]]) for who, acts in found.items()}
