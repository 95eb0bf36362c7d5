"""Draw the conclusions inside a SPARQL store: send it the rules as updates until nothing new comes."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from wakhan.errors import WakhanError
from wakhan.servers.endpoint import Endpoint, checked_iri
from wakhan.servers.virtuoso import IN_ORDER
from wakhan.sources import packaged_root, read_text

ROUNDS = 100
"""How often the rules are sent at most: a long chain of conclusions takes a round a link."""

Progress = Callable[[int, int], None]
"""Is told the number of a round, from 1, and how many triples are new in it."""

_PROLOGUE = re.compile(r"^PREFIX .*$", re.MULTILINE)
_RULE = re.compile(r"^# (?P<name>[a-z]+-[a-z0-9-]+)\n(?:#[^\n]*\n)*(?P<text>INSERT\b.*?)\s*;?\s*(?=^#|\Z)", re.M | re.S)


class Update(NamedTuple):
    """One rule.

    Attributes:
        name: What the rule is called; several may have one name.
        text: The SPARQL update, from INSERT on.
        prologue: The prefixes before it.
    """

    name: str
    text: str
    prologue: str

    def within(self, graph: str | None) -> str:
        """Return the update for one graph alone; for the default graph if none is named."""
        return f"{self.prologue} {'' if graph is None else f'WITH <{checked_iri(graph)}> '}{self.text}"


class Materialized(NamedTuple):
    """What was concluded.

    Attributes:
        before: How many triples the graph had.
        after: How many it has now.
        rounds: How often all rules were sent; the last time nothing new came.
    """

    before: int
    after: int
    rounds: int


def read_rules(path: Path | None = None) -> list[Update]:
    """Return the rules in a file: each an INSERT under a comment that is its name.

    Args:
        path: The file; the rules of OWL 2 RL that come with the package if not given.

    Raises:
        UsageError: There is no such file.
        WakhanError: There is no rule in it, or something that is not one.
    """
    file = path or packaged_root() / "ontology/rules/owl2rl.ru"
    text = read_text(file)
    prologue = " ".join(_PROLOGUE.findall(text))
    rules = [Update(found["name"], found["text"], prologue) for found in _RULE.finditer(text)]
    if not rules or len(rules) != len(re.findall(r"^\s*(?:INSERT|DELETE|WITH)\b", text, re.MULTILINE)):
        raise WakhanError("not a file of rules", path=file, hint="A rule is a line `# name`, then an INSERT ... WHERE.")
    return rules


def materialize(
    endpoint: Endpoint, rules: Sequence[Update], graph: str | None = None, *, rounds: int = ROUNDS, progress: Progress
) -> Materialized:
    """Add to a graph of an endpoint what follows from it, and nothing to any other graph.

    Broken off, it can be begun again: what has been concluded stays right.

    Args:
        endpoint: Where the graph is.
        rules: What to conclude.
        graph: The IRI of the graph; the default graph of the server if not given.
        rounds: How often to send the rules at most.
        progress: Is told after each round what is new.

    Raises:
        WakhanError: The server does not carry out a rule, or there is still something new after the last round.
    """
    before = now = endpoint.count(graph)
    for number in range(1, rounds + 1):
        for rule in rules:
            _carry_out(endpoint, rule, graph)
        known, now = now, endpoint.count(graph)
        progress(number, now - known)
        if now == known:
            return Materialized(before, now, number)
    raise WakhanError(
        f"{endpoint.shown}: there is still something new after {rounds} rounds",
        hint="What has been concluded stays. Go on by giving the same command again, with more --rounds.",
    )


def _carry_out(endpoint: Endpoint, rule: Update, graph: str | None) -> None:
    try:
        endpoint.update((IN_ORDER if endpoint.is_virtuoso else "") + rule.within(graph))
    except WakhanError as error:
        raise WakhanError(f"rule {rule.name}: {error.message}", hint=error.hint) from None
