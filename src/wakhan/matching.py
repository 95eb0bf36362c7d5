"""Match the patterns of rules with the triples of a graph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import OWL, BNode, Graph, Literal, Variable
from rdflib.term import Node

from wakhan.names import Triple
from wakhan.rules import Rule

Binding = dict[Node, Node]
"""The values of variables."""

Places = Mapping[Node | None, Sequence[tuple[Rule, int]]]
"""Where each predicate can stand in rules; under None the places open to any."""


def places_of(patterns: Iterable[tuple[Rule, int, Triple]]) -> Places:
    """Return the *patterns*, each with its rule and its place in it, by their predicates."""
    index: dict[Node | None, list[tuple[Rule, int]]] = defaultdict(list)
    for rule, place, (_, predicate, _) in patterns:
        index[None if isinstance(predicate, Variable) else predicate].append((rule, place))
    return index


def matches(patterns: list[Triple], binding: Binding, graph: Graph) -> Iterator[Binding]:
    """Yield the bindings with which all *patterns* are in *graph*, the narrowest pattern first."""
    if not patterns:
        yield binding
        return
    filled = [fill(pattern, binding) for pattern in patterns]
    narrowest = min(range(len(filled)), key=lambda at: sum(isinstance(term, Variable) for term in filled[at]))
    pattern, rest = filled[narrowest], filled[:narrowest] + filled[narrowest + 1 :]
    subject, predicate, value = (None if isinstance(term, Variable) else term for term in pattern)
    for triple in list(graph.triples((subject, predicate, value))):
        more = match(pattern, triple, binding)
        if more is not None:
            yield from matches(rest, more, graph)


def match(pattern: Triple, triple: Triple, binding: Binding) -> Binding | None:
    """Return *binding* with what makes *pattern* into *triple*, or None if nothing does."""
    result = dict(binding)
    for wanted, term in zip(pattern, triple, strict=True):
        if (result.setdefault(wanted, term) if isinstance(wanted, Variable) else wanted) != term:
            return None
    return result


def fill(pattern: Triple, binding: Binding) -> Triple:
    """Return *pattern* with the values of its variables, as far as they have any."""
    subject, predicate, value = pattern
    return binding.get(subject, subject), binding.get(predicate, predicate), binding.get(value, value)


def is_legal(triple: Triple) -> bool:
    """Tell whether RDF allows a conclusion, and it says more than that a thing is the same as itself."""
    subject, predicate, value = triple
    return not (
        isinstance(subject, Literal)
        or isinstance(predicate, Literal | BNode)
        or (predicate == OWL.sameAs and subject == value)
    )
