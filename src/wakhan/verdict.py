"""The verdict: how the article stands to one statement, in a word, with the claims that decide it."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.claimview import ClaimView, as_dict, claim_lines, claims_about, in_order, statement, voice
from wakhan.facts import is_fact, narrator
from wakhan.lookup import label
from wakhan.names import FACTUALITIES, WK, Triple, local_name
from wakhan.rows import term_key

_T = TypeVar("_T")

Reading = tuple[Node, bool]  # a property, and whether subject and object change places

WORDS: tuple[str, ...] = (
    "affirmed", "denied", "contradictory", "only reported", "denied by others", "planned", "expected", "possible",
    "unknown", "only mentioned", "not mentioned",
)  # fmt: skip
"""Every word that a verdict can have."""

_WEAKER = {
    WK.Planned: "planned",
    WK.Expected: "expected",
    WK.Possible: "possible",
    WK.Unknown: "unknown",
    WK.Mentioned: "only mentioned",
}
"""The factualities that are less than a yes or a no, the strongest first."""

_FROM_BELOW = {WK.Affirmed, WK.Planned, WK.Expected, WK.Possible, WK.Mentioned}
"""What holds of a wider property when it holds of a narrower one: whoever plans to visit officially plans to visit."""

_FROM_ABOVE = {WK.Denied, WK.Unknown}
"""What holds of a narrower property when it holds of a wider one: whoever did not visit did not visit officially."""


class Verdict(NamedTuple):
    """How the article stands to a statement."""

    word: str
    """One of WORDS."""
    speakers: list[URIRef]
    """Whose claims decide the word; the narrator is the article itself."""
    claims: list[ClaimView]
    """Every claim that bears on the statement, in the order of the article."""
    nearby: list[ClaimView]
    """When nothing bears on it: what is said that comes near."""
    inferred: bool
    """Whether a reasoner was needed: no claim and no triple of the data says it in these or in mirrored words."""
    text: str
    """The verdict in one sentence."""


def decide(
    graph: Graph,
    closed: Callable[[], Graph | frozenset[Triple]] | None,
    subject: Node,
    property: URIRef,
    object: Node,
) -> Verdict:
    """Return how the article stands to the statement that *subject* has *object* for *property*.

    A symmetric property is read both ways and an inverse one the other way round. A claim on a sub-property (or, for
    rdf:type, a sub-class) supports the statement; a denial of a super-property denies it.

    Args:
        graph: Ontology and data, facts included.
        closed: Gives what follows from *graph*; it is called only when the data alone do not affirm the statement.
            None means that nothing is inferred.
        subject: Of whom or what something is said.
        property: What is said, a property or rdf:type.
        object: To whom or what it relates the subject.
    """
    triple = (subject, property, object)
    exact = _wordings(graph, triple, None)
    claims = _bearing(graph, triple, exact)
    own = narrator(graph)
    owned = [c for c in claims if c.speaker == own is not None]
    affirming = [(c.subject, c.predicate, c.object) for c in owned if c.factuality == WK.Affirmed]
    denied = any(c.factuality == WK.Denied for c in owned)
    stated = _any_in(exact, graph) or not exact.isdisjoint(affirming)
    follows = stated or bool(affirming) or (closed is not None and _any_in(exact, closed()))
    word = _own_word(follows, denied) or _weaker_word(claims)
    deciding = [c for c in claims if _decides(c, word, own)]
    grounds = None if stated or not follows else _grounds(graph, exact)
    return Verdict(
        word=word,
        speakers=list(dict.fromkeys(c.speaker for c in deciding if c.speaker is not None)),
        claims=claims,
        nearby=_nearby(graph, triple) if word == "not mentioned" else [],
        inferred=follows and not stated,
        text=_sentence(graph, word, f"“{statement(graph, *triple)}”", deciding, grounds),
    )


def _any_in(wordings: set[Triple], graph: Graph | frozenset[Triple]) -> bool:
    return any(wording in graph for wording in wordings)


def _wordings(graph: Graph, triple: Triple, way: str | None) -> set[Triple]:
    """Return the triples that say the same as *triple*; with a *way*, also what is narrower or wider than it.

    Args:
        graph: The ontology.
        triple: What is said.
        way: ``narrower``, ``wider`` or None.
    """
    subject, prop, obj = triple
    if prop == RDF.type:
        return {(subject, prop, cls) for cls in _reach(obj, lambda cls: _next_classes(graph, cls, way))}
    fixed = isinstance(obj, Literal)  # a literal cannot be a subject
    found = _property_readings(graph, prop, way)
    return {(obj, p, subject) if flipped else (subject, p, obj) for p, flipped in found if not (flipped and fixed)}


def _next_properties(graph: Graph, reading: Reading, way: str | None) -> Iterator[Reading]:
    """Give what says the same as *reading*: by symmetry, as inverse or equivalent; and one step that *way*."""
    prop, flipped = reading
    if (prop, RDF.type, OWL.SymmetricProperty) in graph:
        yield prop, not flipped
    for inverse in _both_ways(graph, prop, OWL.inverseOf):
        yield inverse, not flipped
    for other in (*_both_ways(graph, prop, OWL.equivalentProperty), *_steps(graph, prop, RDFS.subPropertyOf, way)):
        yield other, flipped


def _next_classes(graph: Graph, cls: Node, way: str | None) -> Iterator[Node]:
    yield from _both_ways(graph, cls, OWL.equivalentClass)
    yield from _steps(graph, cls, RDFS.subClassOf, way)


def _both_ways(graph: Graph, node: Node, link: URIRef) -> list[Node]:
    return [*graph.objects(node, link), *graph.subjects(link, node)]


def _steps(graph: Graph, node: Node, link: URIRef, way: str | None) -> list[Node]:
    if way is None:
        return []
    return list(graph.subjects(link, node) if way == "narrower" else graph.objects(node, link))


def _reach(start: _T, following: Callable[[_T], Iterable[_T]]) -> set[_T]:
    """Return *start* and all that can be reached from it."""
    seen, todo = {start}, [start]
    while todo:
        new = set(following(todo.pop())) - seen
        seen |= new
        todo.extend(new)
    return seen


def _bearing(graph: Graph, triple: Triple, exact: set[Triple]) -> list[ClaimView]:
    """Return the claims that bear on *triple*: all that say it, and those wider or narrower ones that decide it."""
    wanted = {wording: set(FACTUALITIES) for wording in exact}
    for way, telling in (("narrower", _FROM_BELOW), ("wider", _FROM_ABOVE)):
        for other in _wordings(graph, triple, way) - exact:
            wanted[other] = wanted.get(other, set()) | telling
    found = [
        c for (s, p, o), telling in wanted.items() for c in claims_about(graph, s, p, o) if c.factuality in telling
    ]
    return in_order(graph, found)


def _own_word(follows: bool, denied: bool) -> str | None:
    if follows:
        return "contradictory" if denied else "affirmed"
    return "denied" if denied else None


def _weaker_word(claims: list[ClaimView]) -> str:
    """Return the word for a statement that the narrator neither affirms nor denies."""
    said = {c.factuality for c in claims}
    if WK.Affirmed in said:
        return "only reported"
    if WK.Denied in said:
        return "denied by others"
    return next((word for factuality, word in _WEAKER.items() if factuality in said), "not mentioned")


def _decides(claim: ClaimView, word: str, own: Node | None) -> bool:
    """Return whether *claim* is one of those to which the statement owes its *word*."""
    if word == "only reported":
        return claim.factuality in (WK.Affirmed, WK.Denied)
    if word == "denied by others":
        return claim.factuality == WK.Denied
    if word in ("affirmed", "denied", "contradictory"):
        return claim.speaker == own is not None and claim.factuality in (WK.Affirmed, WK.Denied)
    return claim.factuality is not None and _WEAKER.get(claim.factuality) == word


def _nearby(graph: Graph, triple: Triple) -> list[ClaimView]:
    """Return what comes near, nearest first.

    Near are those who belong to the subject or hold an office of it, what belongs to the object (a city to its state),
    another property between the two, the same property with another object, and what is said of a topic. Where there is
    none of these: the same said of others, or what else is said of the object.
    """
    subject, prop, obj = triple
    ours = sorted(_whose(graph, subject) - {subject}, key=term_key)
    theirs = sorted(_whose(graph, obj) - {obj}, key=term_key)
    lists = [
        [c for part in theirs for c in _with_property(graph, subject, prop, part)],
        [c for one in ours for part in (obj, *theirs) for c in _with_property(graph, one, prop, part)],
        in_order(graph, _between(graph, subject, obj)),
        in_order(graph, [c for one in ours for c in _between(graph, one, obj)]),
        _with_property(graph, subject, prop),
        in_order(graph, [c for one in ours for c in _with_property(graph, one, prop)]),
        claims_about(graph, obj) if (obj, RDF.type, WK.Topic) in graph else [],
    ]
    found = list({c.iri: c for near in lists for c in near}.values())
    return found or claims_about(graph, None, prop, obj) or claims_about(graph, obj)


def _whose(graph: Graph, owner: Node) -> set[Node]:
    """Return *owner* with what belongs to it, at any remove, and who holds an office of it."""
    owned = _reach(owner, lambda whom: graph.subjects(WK.belongsTo, whom))
    offices = [claim for thing in owned for claim in graph.subjects(RDF.object, thing)]
    holders = {graph.value(c, RDF.subject, any=True) for c in offices if (c, RDF.predicate, WK.holdsOffice) in graph}
    return owned | {holder for holder in holders if holder is not None}


def _between(graph: Graph, one: Node, other: Node) -> list[ClaimView]:
    return [c for s, o in ((one, other), (other, one)) for c in claims_about(graph, s, None, o)]


def _with_property(graph: Graph, subject: Node, prop: Node, obj: Node | None = None) -> list[ClaimView]:
    """Return what is said of *subject* with *prop*, narrower and wider properties included, in either direction."""
    if prop == RDF.type:
        return claims_about(graph, subject, prop, obj)
    ways = {reading for way in ("narrower", "wider") for reading in _property_readings(graph, prop, way)}
    found = [
        claim
        for p, flipped in ways
        for claim in (claims_about(graph, obj, p, subject) if flipped else claims_about(graph, subject, p, obj))
    ]
    return in_order(graph, found)


def _property_readings(graph: Graph, prop: Node, way: str | None) -> set[Reading]:
    return _reach((prop, False), lambda reading: _next_properties(graph, reading, way))


def _grounds(graph: Graph, exact: set[Triple]) -> str:
    """Return what an inferred statement rests on: only what is claimable cannot follow from descriptions alone."""
    claimable = any(is_fact(wording, graph) for wording in exact)
    return "facts that the article states" if claimable else "how the dataset describes things, or from facts"


def _sentence(graph: Graph, word: str, what: str, deciding: list[ClaimView], grounds: str | None) -> str:
    """Return the verdict in one sentence that begins with its word."""
    head = word.capitalize()
    fixed = {
        "affirmed": "{what} follows from {grounds}"
        if grounds
        else "the article states {what} in its own voice"
        if deciding
        else "{what} is part of how the dataset describes things",
        "denied": "the article denies {what} in its own voice",
        "contradictory": "the article denies {what}, and yet it is stated or follows from what is stated",
        "not mentioned": "no claim is about {what}",
    }
    if word in fixed:
        return f"{head}: {fixed[word].format(what=what, grounds=grounds)}."
    if word in ("only reported", "denied by others"):
        parts = [_reported(graph, deciding, WK.Affirmed), _reported(graph, deciding, WK.Denied)]
        open_ = "it" if word == "denied by others" else "either answer"
        return f"{head}: {what} is {' and '.join(filter(None, parts))}; the article does not vouch for {open_}."
    speakers = _names(voice(graph, claim.speaker) for claim in deciding)
    if word == "only mentioned":
        content = _names(label(graph, o) for claim in deciding for p, o in claim.qualifiers if p == WK.contentOf)
        return f"{head}: {what} is the content of {content or 'something talked about'}; nobody vouches for it."
    unclear = f"it is unknown whether {what}" if word == "unknown" else f"{what} is {word}"
    return f"{head}: {unclear}, according to {speakers}."


def _reported(graph: Graph, deciding: list[ClaimView], factuality: URIRef) -> str:
    names = _names(voice(graph, claim.speaker) for claim in deciding if claim.factuality == factuality)
    return f"{local_name(factuality).lower()} by {names}" if names else ""


def _names(names: Iterable[str]) -> str:
    """Return *names*, each once, as ``A, B and C``."""
    once = list(dict.fromkeys(names))
    return " and ".join(part for part in (", ".join(once[:-1]), *once[-1:]) if part)


def to_text(verdict: Verdict, graph: Graph) -> str:
    """Return a verdict in words: its sentence, then the claims that bear on it, or what comes near."""
    lines = [verdict.text]
    for title, views in (("Claims", verdict.claims), ("What comes near", verdict.nearby)):
        if views:
            lines += ["", title, *(line for view in views for line in claim_lines(view, graph))]
    if verdict.word == "not mentioned" and not verdict.nearby:
        lines.append("No claim was found close to it; `wakhan show` lists what is said of each of the two.")
    return "\n".join(lines) + "\n"


def to_dict(verdict: Verdict, graph: Graph) -> dict[str, object]:
    """Return a verdict as what JSON can hold."""
    return {
        "verdict": verdict.word,
        "text": verdict.text,
        "inferred": verdict.inferred,
        "speakers": [str(speaker) for speaker in verdict.speakers],
        "claims": [as_dict(view, graph) for view in verdict.claims],
        "nearby": [as_dict(view, graph) for view in verdict.nearby],
    }
