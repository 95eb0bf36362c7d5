"""Small things that are done with triples: write them, sort them, change a term, choose a term in a way that lasts."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from rdflib import Literal
from rdflib.term import Node

from wakhan.names import Triple
from wakhan.ntriples import text_of


def is_ill_typed(triple: Triple) -> bool:
    """Tell whether the object is a literal that is no value of its datatype."""
    return isinstance(triple[2], Literal) and bool(triple[2].ill_typed)


def in_order(triples: Iterable[Triple]) -> list[Triple]:
    """Return *triples* sorted by their terms."""
    return sorted(triples, key=lambda triple: tuple(map(text_of, triple)))


def digest(*words: object) -> str:
    """Return sixteen hexadecimal digits that stand for the *words*, RDF terms among them, on every machine alike."""
    text = "\n".join(text_of(word) if isinstance(word, Node) else str(word) for word in words)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def pick(candidates: Sequence[Node], *why: object) -> Node | None:
    """Return one of the *candidates*, always the same for the same reason *why*; None if there is none."""
    return candidates[int(digest(*why), 16) % len(candidates)] if candidates else None


def put(triple: Triple, place: int, term: Node) -> Triple:
    """Return *triple* with *term* as its subject (0), property (1) or object (2)."""
    subject, predicate, value = triple
    return (
        term if place == 0 else subject,
        term if place == 1 else predicate,
        term if place == 2 else value,
    )
