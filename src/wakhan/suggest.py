"""Find the term that somebody meant who misspelt it."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from rdflib import Graph, URIRef
from rdflib.term import Node

from wakhan.names import curie

CUTOFF = 0.75
"""How alike two names must be, from 0 (nothing in common) to 1 (the same); about one wrong letter in four."""

_DIGITS = re.compile(r"[0-9]+")
_SIGNS = str.maketrans("", "", "-_. ")


def nearest(term: URIRef, candidates: Iterable[Node], *, cutoff: float = CUTOFF) -> URIRef | None:
    """Return the candidate that *term* is most likely a misspelling of, or None if there is none.

    A name in the namespace of the term goes first, then one in another namespace that is the same but for case and
    hyphens; of those that are about equally near, one that begins with a capital if the term does, and only then.
    Names that differ in their numbers are not taken for misspellings of each other.

    Args:
        term: The term that does not exist.
        candidates: The terms that do; of two that are equally near, the first by IRI is taken.
        cutoff: How alike the names must be, from 0 to 1.

    Example:
        >>> from wakhan.names import WK
        >>> nearest(WK.membreOf, [WK.hasMember, WK.memberOf])
        rdflib.term.URIRef('https://w3id.org/wakhan/ontology#memberOf')
        >>> nearest(WK.borders, [WK.hasMember, WK.memberOf])
    """
    space, name = split(term)
    matcher = SequenceMatcher(None, "", _folded(name), autojunk=False)
    ranked = []
    for other in {node for node in candidates if isinstance(node, URIRef) and node != term}:
        its_space, its_name = split(other)
        if not its_name or _DIGITS.findall(its_name) != _DIGITS.findall(name):
            continue
        matcher.set_seq1(_folded(its_name))
        wanted = cutoff if its_space == space else 1.0
        if matcher.real_quick_ratio() >= wanted and matcher.quick_ratio() >= wanted and matcher.ratio() >= wanted:
            other_kind = its_name[:1].isupper() != name[:1].isupper()  # classes begin with capitals, properties do not
            rank = (its_space != space, other_kind / 10 - matcher.ratio(), -_alike(space, its_space))
            ranked.append((*rank, str(other), other))
    return min(ranked)[-1] if name and ranked else None


def did_you_mean(node: Node, graph: Graph, candidates: Iterable[Node]) -> str:
    """Return a question that names the candidate nearest to *node*, or nothing if none is near.

    Args:
        node: The term that does not exist.
        graph: Where prefixes come from.
        candidates: The terms that do.

    Example:
        >>> from wakhan.names import WK
        >>> did_you_mean(WK.membreOf, Graph(), [WK.hasMember, WK.memberOf])
        'Did you mean wk:memberOf?'
    """
    near = nearest(node, candidates) if isinstance(node, URIRef) else None
    return "" if near is None else f"Did you mean {curie(near, graph)}?"


def nearest_word(word: str, words: Iterable[str], *, cutoff: float = CUTOFF) -> str | None:
    """Return the one of *words* that *word* is most likely a misspelling of, or None; for prefixes and parameters.

    Example:
        >>> nearest_word("speeker", ["passage", "speaker"])
        'speaker'
    """
    near = nearest(URIRef(word), map(URIRef, words), cutoff=cutoff)
    return None if near is None else str(near)


def split(iri: str) -> tuple[str, str]:
    """Return the namespace of *iri*, up to its last ``#``, ``/`` or ``:``, and the name after it.

    Example:
        >>> split("https://w3id.org/wakhan/ontology#memberOf")
        ('https://w3id.org/wakhan/ontology#', 'memberOf')
    """
    cut = max(iri.rfind(sign) for sign in "#/:") + 1
    return iri[:cut], iri[cut:]


def _folded(name: str) -> str:
    return name.translate(_SIGNS).casefold()


def _alike(space: str, other: str) -> float:
    return SequenceMatcher(None, other, space, autojunk=False).ratio()
