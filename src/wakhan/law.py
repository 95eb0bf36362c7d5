"""The law of the two layers, as far as it is a matter of what follows and not only of what is written.

A bare triple is a fact that the article states in its own voice. So no fact may follow from descriptions alone, and
what the article says only with reserve deserves a look when it follows from the facts.
"""

from collections.abc import Iterator
from typing import NamedTuple

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from wakhan.denials import negative_assertions
from wakhan.facts import bare_facts, facts_among
from wakhan.names import WK, Triple
from wakhan.owl2rl import growing
from wakhan.reason import closure, is_anonymous, union
from wakhan.rows import term_key


class Statement(NamedTuple):
    """A claim, the triple it reifies, how sure its speaker is, and whether the article's own voice speaks."""

    claim: Node
    triple: Triple
    factuality: Node | None
    narrated: bool

    @property
    def is_fact(self) -> bool:
        """Whether the claim makes its triple a fact."""
        return self.narrated and self.factuality == WK.Affirmed


def statements(data: Graph) -> Iterator[Statement]:
    """Yield the claims of *data* that name a whole triple, in the order of their IRIs."""
    narrators = set(data.subjects(RDF.type, WK.Narrator))
    for claim in sorted(set(data.subjects(RDF.type, WK.Claim)), key=str):
        subject, predicate, value = (_first(data, claim, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        if subject is not None and predicate is not None and value is not None:
            narrated = _first(data, claim, WK.speaker) in narrators
            yield Statement(claim, (subject, predicate, value), _first(data, claim, WK.factuality), narrated)


def _first(data: Graph, claim: Node, part: URIRef) -> Node | None:
    """Return the value of *claim*, of several (which the shapes report) always the same."""
    return min(data.objects(claim, part), key=term_key, default=None)


class Consequences(NamedTuple):
    """What follows from ontology and data.

    Attributes:
        back_doors: The facts that come from elsewhere than a claim; there must be none.
        inferred: What follows from all, and from what the narrator denies; also what has blank nodes.
    """

    back_doors: list[Triple]
    inferred: list[Triple]


def consequences(ontology: Graph, data: Graph) -> Consequences:
    """Return what follows from *ontology* and *data*: first without the facts of the data, for the back doors.

    Raises:
        WakhanError: A list of the ontology runs in a circle.
    """
    facts = bare_facts(data, ontology)
    rest = union(ontology, data - facts)
    first, more = growing((rest, union(facts, negative_assertions(data))))
    doors = _doors(union(rest, (triple for triple in first if not is_anonymous(triple))), ontology)
    return Consequences(doors, first + more)


def back_doors(ontology: Graph, data: Graph) -> list[Triple]:
    """Return the facts that come from elsewhere than a claim; there must be none.

    These are the claimable triples in the closure of *ontology* and *data* without the bare facts of the data, and
    the sub-property axioms by which there will be some as soon as the data use the property that is not marked.
    """
    return _doors(closure(union(ontology, data - bare_facts(data, ontology))), ontology)


def _doors(closed: Graph, ontology: Graph) -> list[Triple]:
    doors = set(facts_among(closed, ontology))
    return _sorted(doors | set(_unmarked(closed, ontology)))


def softened(closed: Graph, data: Graph) -> list[tuple[Triple, Node]]:
    """Return what holds in the closure and is also claimed as less than a fact, with the claim.

    A speaker who says what the article itself says does not soften it. What the article denies is left out: if it
    holds nevertheless, that is a contradiction, which ``wakhan.clashes`` finds.
    """
    claims = list(statements(data))
    facts = {claim.triple for claim in claims if claim.is_fact}
    found = []
    for claim in claims:
        agrees = claim.factuality == WK.Affirmed and claim.triple in facts
        denied = claim.factuality == WK.Denied and claim.narrated
        if claim.triple in closed and not (claim.is_fact or agrees or denied):
            found.append((claim.triple, claim.claim))
    return sorted(found, key=lambda pair: (_key(pair[0]), str(pair[1])))


def _unmarked(closed: Graph, ontology: Graph) -> Iterator[Triple]:
    """Yield the sub-property axioms of a claimable and another property.

    A property of another vocabulary may stand above ours: that is an alignment, and says nothing in our words.
    """
    claimable = set(ontology.subjects(RDF.type, WK.ClaimableProperty))
    for sub, sup in closed.subject_objects(RDFS.subPropertyOf):
        if not isinstance(sub, URIRef) or not isinstance(sup, URIRef) or (sub in claimable) == (sup in claimable):
            continue
        if sup in claimable or _namespace(sub) == _namespace(sup):
            yield sub, RDFS.subPropertyOf, sup


def _namespace(iri: URIRef) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return str(iri)[:cut]


def _sorted(triples: set[Triple]) -> list[Triple]:
    return sorted(triples, key=_key)


def _key(triple: Triple) -> tuple[str, str, str]:
    return str(triple[0]), str(triple[1]), triple[2].n3()
