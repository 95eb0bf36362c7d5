"""Say why a triple holds: the shortest proof, down to the claims and the sentences behind it."""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rdflib import Graph
from rdflib.term import Node

from wakhan.export import canonical
from wakhan.law import statements
from wakhan.matching import Places, fill, is_legal, match, matches, places_of
from wakhan.names import WK, curie
from wakhan.reason import Triple
from wakhan.rules import REASONS, Rule, rules_of

ASSERTED = "asserted"


class Support(NamedTuple):
    """A claim that makes a triple a fact, and the passage it stands in."""

    claim: Node
    passage: Node | None


@dataclass(frozen=True)
class Proof:
    """Why the conclusion holds: by the rule from the premises, or because it is asserted, by the claims behind it.

    Rules have the names of the W3C's OWL 2 RL table; an asserted triple has no premises and the rule ``asserted``.
    """

    conclusion: Triple
    rule: str
    premises: tuple["Proof", ...] = ()
    claims: tuple[Support, ...] = ()

    def leaves(self) -> Iterator["Proof"]:
        """Yield the asserted triples that the proof rests on, in its order; one that is used twice comes twice."""
        if not self.premises:
            yield self
        for premise in self.premises:
            yield from premise.leaves()


class Step(NamedTuple):
    """How a triple was first reached: the size of its proof, the rule, and what the rule was applied to."""

    size: int
    rule: str
    premises: tuple[Triple, ...]


def explain(graph: Graph, triple: Triple) -> Proof | None:
    """Return the shortest proof of *triple* from *graph*, or None when it does not follow.

    Of several shortest proofs it is always the same.

    Args:
        graph: Ontology and data, with the facts. It is not changed.
        triple: What is to be proved.
    """
    named = canonical(graph)  # so that the choice does not hang on the labels of blank nodes
    steps = derive(named, triple)
    if triple not in steps:
        return None
    claims: dict[Triple, list[Support]] = defaultdict(list)
    for statement in statements(named):
        if statement.is_fact:
            claims[statement.triple].append(Support(statement.claim, named.value(statement.claim, WK.passage)))
    return _proof(triple, steps, claims)


def to_text(proof: Proof, graph: Graph | None = None) -> str:
    """Return *proof* as indented lines: each conclusion above what it follows from.

    Args:
        proof: What to write.
        graph: Where prefixes come from.
    """
    return "\n".join(_lines(proof, graph, ""))


def derive(graph: Graph, goal: Triple | None = None) -> dict[Triple, Step]:
    """Return how each triple that follows from *graph* is proved with the fewest steps.

    Triples are settled in the order of the size of their proofs (Knuth's generalization of Dijkstra's algorithm), so
    no proof can rest on itself.

    Args:
        graph: Where to start from.
        goal: Stop when this is proved.
    """
    rules = _by_predicate(rules_of(graph))
    known, steps = Graph(), dict[Triple, Step]()
    queue = [_entry(1, ASSERTED, (), triple) for triple in graph]
    groundless = [rule for rule, place in rules.get(None, ()) if place < 0 and is_legal(rule.head)]
    queue += [_entry(1 + len(rule.axioms), rule.name, rule.axioms, rule.head) for rule in groundless]
    heapq.heapify(queue)
    while queue and goal not in steps:
        size, _, name, triple, premises = heapq.heappop(queue)
        if triple not in steps:
            steps[triple] = Step(size, name, premises)
            known.add(triple)
            for rule, used, conclusion in _applications(triple, rules, known):
                if conclusion not in steps:
                    # An axiom that a rule was made from may not have had its turn yet; it is asserted, so of size 1.
                    size = 1 + sum(steps[premise].size if premise in steps else 1 for premise in used)
                    heapq.heappush(queue, _entry(size, rule, used, conclusion))
    return steps


Entry = tuple[int, tuple[str, ...], str, Triple, tuple[Triple, ...]]


def _entry(size: int, rule: str, premises: tuple[Triple, ...], conclusion: Triple) -> Entry:
    """Return what the queue is ordered by: size, then the words of the step, so that the order is always the same."""
    words = (*map(str, conclusion), rule, *(str(term) for premise in premises for term in premise))
    return size, words, rule, conclusion, premises


def _by_predicate(rules: list[Rule]) -> Places:
    """Return where each predicate can stand in the body of a rule; a rule without a body stands under None at -1."""
    index = dict(places_of((rule, place, part) for rule in rules for place, part in enumerate(rule.body)))
    return index | {None: [*index.get(None, ()), *((rule, -1) for rule in rules if not rule.body)]}


def _applications(triple: Triple, rules: Places, known: Graph) -> Iterator[tuple[str, tuple[Triple, ...], Triple]]:
    """Yield the steps that the newly *known* triple makes possible: rule, premises, conclusion."""
    for rule, place in (*rules.get(triple[1], ()), *rules.get(None, ())):
        first = match(rule.body[place], triple, {}) if place >= 0 else None
        if first is None:
            continue
        for binding in matches([part for at, part in enumerate(rule.body) if at != place], first, known):
            conclusion = fill(rule.head, binding)
            if is_legal(conclusion):
                premises = tuple(fill(part, binding) for part in rule.body)
                yield rule.name, (*rule.axioms, *premises), conclusion


def _proof(triple: Triple, steps: dict[Triple, Step], claims: Mapping[Triple, Sequence[Support]]) -> Proof:
    step = steps[triple]
    if step.rule == ASSERTED:
        return Proof(triple, ASSERTED, claims=tuple(claims.get(triple, ())))
    return Proof(triple, step.rule, tuple(_proof(premise, steps, claims) for premise in step.premises))


def _lines(proof: Proof, graph: Graph | None, indent: str) -> Iterator[str]:
    words = " ".join(curie(term, graph) for term in proof.conclusion)
    reason = REASONS.get(proof.rule)
    yield f"{indent}{words}  [{proof.rule}{f': {reason}' if reason and proof.premises else ''}]"
    for claim, passage in proof.claims:
        place = "" if passage is None else f" in {curie(passage, graph)}"
        yield f"{indent}    says {curie(claim, graph)}{place}"
    for premise in proof.premises:
        yield from _lines(premise, graph, indent + "  ")
