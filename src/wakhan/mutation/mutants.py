"""Damage a dataset in every small way, one at a time: the mutants that the shapes are scored by.

Each operator makes one kind of damage. A claim is damaged as an author would commit it: with the bare facts rewritten
from the claims (``wakhan facts``), so that a wrong claim is not given away by the fact that it left behind. Only the
operators on facts leave the claims as they are.
"""

from dataclasses import dataclass, replace

from wakhan.errors import WakhanError
from wakhan.mutation.bookkeeping import Bookkeeper
from wakhan.mutation.material import Material
from wakhan.mutation.operators import OPERATORS, Operator, operators_named
from wakhan.mutation.triples import digest, in_order
from wakhan.names import Triple
from wakhan.ntriples import line_of

__all__ = ["CAP", "FEW", "OPERATORS", "Mutant", "Operator", "mutants", "operators_named"]

CAP = 400
"""How many mutants an operator gives if it is not asked for another number: those whose digests are the lowest."""

FEW = 150
"""The same for an operator whose mutants are equally true."""


@dataclass(frozen=True)
class Mutant:
    """A damaged dataset, as what to take away from the whole one and what to add.

    Attributes:
        operator: The kind of damage.
        removed: Triples of the data that the mutant lacks.
        added: Triples that it has besides.
        note: What was done, where the triples do not tell.
    """

    operator: str
    removed: tuple[Triple, ...]
    added: tuple[Triple, ...]
    note: str = ""

    @property
    def id(self) -> str:
        """Return a name that is the same for the same damage, whatever else changes."""
        lines = [f"- {line_of(triple)}" for triple in self.removed] + [f"+ {line_of(triple)}" for triple in self.added]
        return f"{self.operator}-{digest(self.operator, *lines)[:10]}"


def mutants(
    material: Material, operator: Operator, *, sample: int | None = None, offset: int = 0
) -> tuple[list[Mutant], int]:
    """Return the mutants of an operator, each once, in the order of its changes; and how many there could be.

    Args:
        material: The dataset.
        operator: The kind of damage.
        sample: How many at most; if not given all for some operators, ``CAP`` or ``FEW`` for the others.
        offset: Where among the digests the sample begins, to get another one.
    """
    made: dict[str, Mutant] = {}
    for change in operator.changes(material):
        removed, added = tuple(in_order(change.removed)), tuple(in_order(change.added))
        mutant = Mutant(operator.name, removed, added, change.note)
        made.setdefault(mutant.id, mutant)
    limit = sample if sample is not None else _usual(operator, len(made))
    ranked = sorted(made, key=lambda name: (name.rpartition("-")[2], name))
    start = offset % len(ranked) if ranked else 0
    chosen = set((ranked[start:] + ranked[:start])[: max(0, limit)])
    kept = (mutant for name, mutant in made.items() if name in chosen)
    if operator.of_facts:
        return list(kept), len(made)
    bookkeeper = Bookkeeper(material)
    return [_committed(mutant, bookkeeper) for mutant in kept], len(made)


def _usual(operator: Operator, made: int) -> int:
    if operator.all:
        return made
    return CAP if operator.equally_true is None else FEW


def _committed(mutant: Mutant, bookkeeper: Bookkeeper) -> Mutant:
    """Return *mutant* with the facts rewritten, as an author would commit it."""
    try:
        missing, extra = bookkeeper.difference(mutant.removed, mutant.added)
    except WakhanError:  # two narrators: the author is told, and the facts stay as they are
        return mutant
    lost, won = set(mutant.removed), set(mutant.added)
    removed = (lost - set(missing)) | (set(extra) - won)
    added = (won - set(extra)) | (set(missing) - lost)
    return replace(mutant, removed=tuple(in_order(removed)), added=tuple(in_order(added)))
