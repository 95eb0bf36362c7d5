"""How many mutants were noticed, by what, and which were not: the score of the shapes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from wakhan.findings import Place
from wakhan.mutation.mutants import Mutant
from wakhan.mutation.operators import OPERATORS, Operator
from wakhan.names import Triple, curie
from wakhan.render import table

KILLERS = ("facts", "shapes", "inference")
"""What can notice a mutant, in the order in which they are asked: facts against claims, the shapes, what follows."""

IDLE_SHOWN = 20
"""How many of the shapes that noticed nothing are shown."""

SHOWN = 5
"""How many survivors of an operator are shown."""


class Verdict(NamedTuple):
    """What was noticed of a mutant.

    Attributes:
        killer: What noticed it first, with a violation or a warning; nothing for a survivor.
        rules: The shapes and other rules that found something new, sorted; for a survivor those that only inform.
        queries: The stored queries that answer otherwise, if they were asked.
    """

    killer: str
    rules: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tally:
    """What became of the mutants of an operator.

    Attributes:
        operator: The kind of damage.
        possible: How many mutants there could be; ``made`` may be a sample.
        made: How many there were.
        killers: How many each of ``KILLERS`` noticed first.
        survivors: Those that nothing noticed, in their order.
        informed: How many of the survivors got at least an information.
        answered: How many of the survivors change the answer of a stored query; None if none was asked.
    """

    operator: Operator
    possible: int
    made: int
    killers: Mapping[str, int]
    survivors: tuple[Mutant, ...]
    informed: int = 0
    answered: int | None = None

    @property
    def killed(self) -> int:
        """How many were noticed."""
        return self.made - len(self.survivors)


@dataclass(frozen=True)
class Score:
    """What became of all mutants.

    Attributes:
        tallies: One for each operator.
        kills: How many mutants each shape or other rule noticed, alone or with others.
        idle: The shapes that look at the data and noticed nothing, sorted.
        dataset: What was damaged: how many triples, claims and facts it has.
    """

    tallies: tuple[Tally, ...]
    kills: Mapping[str, int]
    idle: tuple[str, ...]
    dataset: Mapping[str, int]

    @property
    def counted(self) -> tuple[Tally, ...]:
        """The tallies that count: of operators whose mutants are worse than the dataset."""
        return tuple(tally for tally in self.tallies if tally.operator.equally_true is None)

    @property
    def percent(self) -> float:
        """How many of a hundred mutants that count validation alone noticed; 100 if there are none."""
        made = sum(tally.made for tally in self.counted)
        return 100 * sum(tally.killed for tally in self.counted) / made if made else 100.0


def tally(operator: Operator, possible: int, judged: Iterable[tuple[Mutant, Verdict]]) -> Tally:
    """Return what became of the mutants of an operator, given each with its verdict."""
    pairs = list(judged)
    killers = Counter(verdict.killer for _, verdict in pairs)
    alive = [(mutant, verdict) for mutant, verdict in pairs if not verdict.killer]
    return Tally(
        operator,
        possible,
        len(pairs),
        {killer: killers[killer] for killer in KILLERS},
        tuple(mutant for mutant, _ in alive),
        sum(bool(verdict.rules) for _, verdict in alive),
        sum(bool(verdict.queries) for _, verdict in alive) if any(v.queries for _, v in pairs) else None,
    )


def to_dict(score: Score, places: Mapping[str, Place] | None = None) -> dict[str, object]:
    """Return *score* as what JSON can hold, with all survivors and their triples.

    Args:
        score: What became of the mutants.
        places: Where the survivors would be, by their ids.
    """
    return {
        "percent": round(score.percent, 2),
        "dataset": dict(score.dataset),
        "operators": [_tally_dict(each, places or {}) for each in score.tallies],
        "kills": dict(sorted(score.kills.items())),
        "idle": list(score.idle),
    }


def to_text(score: Score, places: Mapping[str, Place] | None = None, *, shown: int = SHOWN) -> str:
    """Return *score* as tables, and below them the survivors that should have been noticed.

    Args:
        score: What became of the mutants.
        places: Where the survivors would be, by their ids.
        shown: How many survivors of an operator are shown.
    """
    free = [each for each in score.tallies if each.operator.equally_true is not None]
    parts = [_table(list(score.counted))]
    if free:
        why = [f"  {each.operator.name}: {each.operator.equally_true}" for each in free]
        parts += ["Equally true, for all that can be told without the article; they do not count:", _table(free)]
        parts += ["\n".join(why) + "\n"]
    parts += [_survivors(each, places or {}, shown) for each in score.counted if each.survivors]
    if score.idle and len(score.tallies) == len(OPERATORS):  # a part of the operators says nothing of a shape
        more = f"  and {len(score.idle) - IDLE_SHOWN} more\n" if len(score.idle) > IDLE_SHOWN else ""
        names = "".join(f"  {name}\n" for name in score.idle[:IDLE_SHOWN])
        parts.append(f"Shapes that noticed nothing:\n{names}{more}")
    made, killed = (sum(getattr(each, name) for each in score.counted) for name in ("made", "killed"))
    parts.append(f"{killed:,} of {made:,} mutants were noticed by validation alone: {score.percent:.1f} %\n")
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _table(tallies: list[Tally]) -> str:
    asked = any(each.answered is not None for each in tallies)
    columns = ["operator", "of", "mutants", *KILLERS, "survived", "noticed", *(["other answers"] if asked else [])]
    rows = [
        [
            each.operator.name,
            f"{each.possible:,}",
            f"{each.made:,}",
            *(f"{each.killers[killer]:,}" for killer in KILLERS),
            f"{len(each.survivors):,}",
            f"{100 * each.killed / each.made:.0f} %" if each.made else "",
            *([f"{each.answered or 0:,}"] if asked else []),
        ]
        for each in tallies
    ]
    return table(columns, rows)


def _survivors(tally: Tally, places: Mapping[str, Place], shown: int) -> str:
    number = len(tally.survivors)
    lines = [f"{tally.operator.name}: {number:,} survived ({tally.operator.description})"]
    for mutant in tally.survivors[:shown]:
        where = f" at {places[mutant.id]}" if mutant.id in places else ""
        lines.append(f"  {mutant.id}{where}{f' ({mutant.note})' if mutant.note else ''}")
        lines += [f"    - {_line(triple)}" for triple in mutant.removed]
        lines += [f"    + {_line(triple)}" for triple in mutant.added]
    if number > shown:
        lines.append(f"  and {number - shown:,} more")
    return "\n".join(lines)


def _tally_dict(tally: Tally, places: Mapping[str, Place]) -> dict[str, object]:
    return {
        "name": tally.operator.name,
        "description": tally.operator.description,
        "equallyTrue": tally.operator.equally_true,
        "possible": tally.possible,
        "made": tally.made,
        "killed": tally.killed,
        "killers": dict(tally.killers),
        "informed": tally.informed,
        "answered": tally.answered,
        "survivors": [
            {
                "id": mutant.id,
                "note": mutant.note,
                "place": str(places[mutant.id]) if mutant.id in places else None,
                "removed": [_line(triple) for triple in mutant.removed],
                "added": [_line(triple) for triple in mutant.added],
            }
            for mutant in tally.survivors
        ],
    }


def _line(triple: Triple) -> str:
    return " ".join(curie(term) for term in triple)
