"""Show a term: what it is, what the article states of it, and what is only said of it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.claimview import (
    ClaimView,
    as_dict,
    claim_lines,
    claim_view,
    claims_about,
    describe,
    in_order,
    statement,
)
from wakhan.facts import bare_facts, narrator
from wakhan.lookup import label
from wakhan.names import WK, Triple, curie, local_name
from wakhan.rows import term_key


class Fact(NamedTuple):
    """What the article states, with the claims in which it does."""

    triple: Triple
    claims: list[ClaimView]


class About(NamedTuple):
    """All that the dataset has on a term."""

    term: URIRef
    labels: list[Literal]
    types: list[Node]
    descriptions: list[tuple[Node, Node]]
    """What is said of it that is no fact, no label and no type: definitions, identifiers, notes."""
    facts: list[Fact]
    """What the article states of it."""
    claims: list[ClaimView]
    """What is said of it, by whomever, and is not a fact."""
    incoming: list[Fact]
    """The facts in which it is the object."""
    incoming_claims: list[ClaimView]
    """The claims in which it is the object, and which are not facts."""
    spoken: list[ClaimView]
    """The claims that it makes, as a speaker; for a passage those that are made in it."""
    uses: list[ClaimView]
    """For a property or a class: the claims that use it."""


def about(graph: Graph, term: URIRef) -> About:
    """Return all that *graph* has on *term*, in the order of the article.

    Args:
        graph: Ontology and data.
        term: A thing, claim, passage, property or class.
    """
    facts = bare_facts(graph, graph)
    own = narrator(graph)

    def with_claims(triples: Iterable[Triple]) -> list[Fact]:
        found = [Fact(t, [c for c in claims_about(graph, *t) if _states(c, own)]) for t in triples]
        return sorted(found, key=lambda fact: [term_key(node) for node in fact.triple])

    def not_facts(claims: list[ClaimView]) -> list[ClaimView]:
        return [c for c in claims if not _states(c, own)]

    aside = {RDF.type, RDFS.label} | {p for _, p, _ in facts.triples((term, None, None))}
    described = [(p, o) for p, o in graph.predicate_objects(term) if p not in aside]
    uses = claims_about(graph, predicate=term)
    if (None, RDF.type, term) in graph or (None, RDF.object, term) in graph:
        uses += claims_about(graph, predicate=RDF.type, object=term)
    return About(
        term=term,
        labels=sorted(
            (o for o in graph.objects(term, RDFS.label) if isinstance(o, Literal)),
            key=lambda text: (text.language != "en", text.language or "", text),
        ),
        types=sorted(graph.objects(term, RDF.type), key=term_key),
        descriptions=sorted(described, key=lambda pair: (local_name(pair[0]), term_key(pair[1]))),
        facts=with_claims(facts.triples((term, None, None))),
        claims=not_facts(claims_about(graph, subject=term)),
        incoming=with_claims(facts.triples((None, None, term))),
        incoming_claims=not_facts(claims_about(graph, object=term)),
        spoken=[] if term == own else claims_about(graph, speaker=term) + claims_about(graph, passage=term),
        uses=in_order(graph, uses),
    )


def to_text(found: About, graph: Graph) -> str:
    """Return what was found in words, for a person."""
    name, short = label(graph, found.term), curie(found.term, graph)
    lines = [name if name == short else f"{name} ({short})"]
    if found.types:
        lines.append(f"  is: {', '.join(label(graph, kind) for kind in found.types)}")
    others = [f"{text} ({text.language})" for text in found.labels[1:] if text.language]
    if others:
        lines.append(f"  also called: {', '.join(others)}")
    claim = claim_view(graph, found.term)
    if claim is not None:
        lines += ["", *claim_lines(claim, graph, indent="")]
    else:
        lines += [f"  {label(graph, p)}: {label(graph, o)}" for p, o in found.descriptions]
    lines += _section("The article states", _fact_lines(found.facts, graph))
    lines += _section("Said of it, and not a fact", _claim_lines(found.claims, graph))
    lines += _section("The article states of others", _fact_lines(found.incoming, graph))
    lines += _section("Said of others, and not a fact", _claim_lines(found.incoming_claims, graph))
    is_passage = (found.term, RDF.type, WK.Passage) in graph
    lines += _section("Said in this passage" if is_passage else "What it says", _claim_lines(found.spoken, graph))
    lines += _section("Used in claims", _claim_lines(found.uses, graph))
    return "\n".join(lines) + "\n"


def to_dict(found: About, graph: Graph) -> dict[str, object]:
    """Return what was found as what JSON can hold."""
    return {
        "term": str(found.term),
        "labels": [{"value": str(text), "language": text.language} for text in found.labels],
        "types": [str(kind) for kind in found.types],
        "descriptions": [{"property": str(p), "value": str(o)} for p, o in found.descriptions],
        "facts": [_fact_dict(fact) for fact in found.facts],
        "claims": [as_dict(view, graph) for view in found.claims],
        "incoming": [_fact_dict(fact) for fact in found.incoming],
        "incoming_claims": [as_dict(view, graph) for view in found.incoming_claims],
        "spoken": [as_dict(view, graph) for view in found.spoken],
        "uses": [as_dict(view, graph) for view in found.uses],
    }


def _states(view: ClaimView, own: Node | None) -> bool:
    return view.factuality == WK.Affirmed and view.speaker == own is not None


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Give the *lines* under their title; nothing where there are none."""
    for number, line in enumerate(lines):
        if number == 0:
            yield from ("", title)
        yield line


def _fact_lines(facts: list[Fact], graph: Graph) -> Iterator[str]:
    for fact in facts:
        where = ", ".join(curie(view.passage, graph) for view in fact.claims if view.passage is not None)
        yield f"  {statement(graph, *fact.triple)}" + (f"  [{where}]" if where else "")


def _claim_lines(views: list[ClaimView], graph: Graph) -> Iterator[str]:
    for view in views:
        yield f"  {describe(view, graph)}"


def _fact_dict(fact: Fact) -> dict[str, object]:
    subject, predicate, obj = fact.triple
    return {
        "subject": str(subject),
        "predicate": str(predicate),
        "object": str(obj),
        "claims": [str(view.iri) for view in fact.claims],
    }
