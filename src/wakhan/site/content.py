"""All that pages are made of, looked up once: the labels, the facts, and the claims by whatever they name."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple, TypeVar

from rdflib import DCTERMS, RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.claimview import ClaimView, claim_view, in_order
from wakhan.dataset import Dataset
from wakhan.facts import bare_facts, narrator
from wakhan.lookup import label
from wakhan.names import OA, WK, Triple, curie, natural_key
from wakhan.rows import term_key
from wakhan.site.links import page_of
from wakhan.standing import standing

_K = TypeVar("_K")
_V = TypeVar("_V")


_USUAL: dict[Node, str] = {SKOS.notation: "code", DCTERMS.isPartOf: "part of"}
"""What to call the words of others that the pages show and that have no label here."""


_DAYS = re.compile("P(?P<number>[0-9]+)D")


class Fact(NamedTuple):
    """What the article states, with the claims in which it does."""

    triple: Triple
    claims: list[ClaimView]


class Naming(NamedTuple):
    """That a claim names a term by one of its qualifiers, such as its channel."""

    property: URIRef
    claim: ClaimView


class Content:
    """One dataset, prepared for its pages; each part is looked up when it is first used.

    Args:
        dataset: The dataset.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._labels: dict[Node, str] = {}
        self._names: dict[Node, str] = {}

    @cached_property
    def graph(self) -> Graph:
        """Ontology and data, facts included."""
        return self.dataset.graph

    @cached_property
    def narrator(self) -> Node | None:
        """The voice of the article itself."""
        return narrator(self.graph)

    @cached_property
    def claims(self) -> list[ClaimView]:
        """Every claim, in the order of the article."""
        iris = (iri for iri in self.graph.subjects(RDF.type, WK.Claim) if isinstance(iri, URIRef))
        return in_order(self.graph, (view for iri in iris if (view := claim_view(self.graph, iri)) is not None))

    @cached_property
    def claim(self) -> dict[Node, ClaimView]:
        """Every claim by its IRI."""
        return {view.iri: view for view in self.claims}

    @cached_property
    def by_subject(self) -> dict[Node, list[ClaimView]]:
        """The claims by what they are about."""
        return _index((view.subject, view) for view in self.claims)

    @cached_property
    def by_property(self) -> dict[Node, list[ClaimView]]:
        """The claims by what they say of it."""
        return _index((view.predicate, view) for view in self.claims)

    @cached_property
    def by_object(self) -> dict[Node, list[ClaimView]]:
        """The claims by what they relate it to."""
        return _index((view.object, view) for view in self.claims)

    @cached_property
    def by_speaker(self) -> dict[Node, list[ClaimView]]:
        """The claims by who makes them."""
        return _index((view.speaker, view) for view in self.claims if view.speaker is not None)

    @cached_property
    def by_passage(self) -> dict[Node, list[ClaimView]]:
        """The claims by where they are made."""
        return _index((view.passage, view) for view in self.claims if view.passage is not None)

    @cached_property
    def by_triple(self) -> dict[Triple, list[ClaimView]]:
        """The claims by the whole of what they say."""
        return _index(((view.subject, view.predicate, view.object), view) for view in self.claims)

    @cached_property
    def namings(self) -> dict[Node, list[Naming]]:
        """For each term the claims that name it by a qualifier."""
        return _index((value, Naming(prop, view)) for view in self.claims for prop, value in view.qualifiers)

    @cached_property
    def facts(self) -> Graph:
        """The bare triples that are facts."""
        return bare_facts(self.graph, self.graph)

    @cached_property
    def passages(self) -> list[URIRef]:
        """The passages in the order of the article."""
        found = [iri for iri in self.graph.subjects(RDF.type, WK.Passage) if isinstance(iri, URIRef)]
        return sorted(found, key=lambda iri: (self.position(iri), natural_key(iri)))

    @cached_property
    def described(self) -> list[URIRef]:
        """What the data describe and what has a page but is neither claim nor passage, by name."""
        aside = {*self.claim, *self.passages}
        found = {s for s in self.dataset.sources.data.subjects() if isinstance(s, URIRef) and s not in aside}
        named = [iri for iri in found if (page_of(iri) or "").startswith(("id/", "article/"))]
        return sorted(named, key=lambda iri: (self.label(iri).casefold(), iri))

    @cached_property
    def things(self) -> list[URIRef]:
        """What claims are about and who makes them, by name: what is described, but not the article, which is text."""
        return [iri for iri in self.described if (iri, RDF.type, WK.Article) not in self.graph]

    @cached_property
    def incoming(self) -> dict[Node, list[tuple[Node, URIRef]]]:
        """For each term what describes itself by it: subject and property, neither a claim's nor a fact."""
        found = (
            (o, (s, p))
            for s, p, o in self.dataset.sources.data
            if s not in self.claim and p != RDF.type and isinstance(o, URIRef) and isinstance(p, URIRef)
            if (s, p, o) not in self.facts
        )
        index = _index(found)
        return {
            term: sorted(pairs, key=lambda pair: (self.label(pair[1]), self.label(pair[0])))
            for term, pairs in index.items()
        }

    def position(self, passage: Node) -> int:
        """Return where a passage begins in the article, in code points; far behind where that is unknown."""
        value = min(self.graph.objects(passage, OA.start), key=term_key, default=None)
        start = value.toPython() if isinstance(value, Literal) else None
        return start if isinstance(start, int) else 10**9

    def label(self, node: Node) -> str:
        """Return the best name of *node* for English readers."""
        if node not in self._labels:
            self._labels[node] = _in_words(node) or _USUAL.get(node) or label(self.graph, node).strip("<>")
        return self._labels[node]

    def verb(self, predicate: Node, value: Node) -> str:
        """Return what stands between subject and object in a sentence."""
        is_vowel = self.label(value)[:1].casefold() in tuple("aeiou")
        return "is an" if predicate == RDF.type and is_vowel else self.label(predicate)

    def short(self, node: Node) -> str:
        """Return the prefixed name of *node*."""
        if node not in self._names:
            self._names[node] = curie(node, self.graph)
        return self._names[node]

    def standing(self, view: ClaimView) -> str:
        """Return the standing of a claim; see ``wakhan.standing``."""
        return standing(view, self.narrator)

    def vouched(self, view: ClaimView) -> list[ClaimView]:
        """Return the claims by which the article itself states what *view*, which makes no fact, says too."""
        if self.standing(view) == "fact":
            return []
        alike = self.by_triple[view.subject, view.predicate, view.object]
        return [other for other in alike if self.standing(other) == "fact"]

    def not_facts(self, views: Iterable[ClaimView]) -> list[ClaimView]:
        """Return those of *views* that do not state a fact."""
        return [view for view in views if self.standing(view) != "fact"]

    def with_claims(self, triples: Iterable[Triple]) -> list[Fact]:
        """Return the facts *triples* with the claims behind them, by property and then by what they name."""
        found = [
            Fact(t, [view for view in self.by_triple.get(t, ()) if self.standing(view) == "fact"]) for t in triples
        ]
        return sorted(
            found, key=lambda fact: [(self.label(node).casefold(), str(node)) for node in _reading(fact.triple)]
        )

    def grouped_namings(self, term: Node) -> list[tuple[URIRef, list[ClaimView]]]:
        """Return the claims that name *term* by a qualifier, under that qualifier; by its label."""
        found = _index((naming.property, naming.claim) for naming in self.namings.get(term, ()))
        return sorted(found.items(), key=lambda pair: self.label(pair[0]))

    def text(self, node: Node, prop: URIRef) -> str | None:
        """Return a literal value of *node* as text, the English one first; None where there is none."""
        values = [value for value in self.graph.objects(node, prop) if isinstance(value, Literal)]
        best = min(values, key=lambda v: (v.language != "en", v.language or "", term_key(v)), default=None)
        return None if best is None else str(best)

    def values(self, node: Node, prop: URIRef) -> list[Node]:
        """Return the values of *node*, sorted by what they are called."""
        return sorted(self.graph.objects(node, prop), key=lambda value: (self.label(value).casefold(), term_key(value)))


def _in_words(node: Node) -> str | None:
    """Return a number of days as people write it."""
    days = _DAYS.fullmatch(node) if isinstance(node, Literal) and node.datatype == XSD.dayTimeDuration else None
    return None if days is None else f"{days['number']} day{'' if days['number'] == '1' else 's'}"


def _index(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    found: dict[_K, list[_V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _reading(triple: Triple) -> tuple[Node, Node, Node]:
    subject, predicate, value = triple
    return predicate, subject, value
