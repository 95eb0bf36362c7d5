"""Measure what scoring the shapes by mutation costs, as ratios to one complete check of the same dataset.

Run it with ``python benchmarks/mutate.py [SAMPLE]``: so many mutants of each kind are made, 10 if not given. Processor
time of one process is measured, as in ``stages.py``.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from wakhan.mutation.judge import Judge, _whole
from wakhan.mutation.material import Material
from wakhan.mutation.mutants import Mutant, mutants
from wakhan.mutation.operators import OPERATORS
from wakhan.sources import load_sources
from wakhan.validate import check_sources

ROOT = Path(__file__).parents[1]


class Clock:
    """Adds up the processor time of some methods, each under a name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()

    def time(self, name: str, action: Callable[..., Any]) -> Callable[..., Any]:
        """Return *action*, timed."""

        def timed(*args: object) -> object:
            start = process_time()
            try:
                return action(*args)
            finally:
                self.seconds[name] += process_time() - start
                self.calls[name] += 1

        return timed


def main(sample: int) -> None:
    """Print a table in Markdown."""
    clock, sources = Clock(), load_sources(ROOT)
    clock.time("one complete check", check_sources)(sources)
    judge = clock.time("getting ready", lambda: Judge(_whole(sources, False)))()
    made: list[Mutant] = clock.time(
        "making the mutants", lambda: made_of(Material(sources.data, sources.ontology), sample)
    )()
    for name, part, method in (
        ("facts against claims", judge._bookkeeper, "difference"),
        ("shapes at single nodes", judge._shapes, "hits"),
        ("all shapes (shifty)", judge._suspects, "nodes"),
        ("what follows", judge._implications, "hits"),
    ):
        setattr(part, method, clock.time(name, getattr(part, method)))
    judged = clock.time("judging the mutants", lambda: [judge.verdict(mutant) for mutant in made])
    killed = sum(bool(verdict.killer) for verdict in judged())
    unit = clock.seconds["one complete check"]
    print(f"{len(made):,} mutants, {killed:,} noticed\n")
    print("| what | times | seconds | milliseconds each | complete checks each |\n| --- | ---: | ---: | ---: | ---: |")
    for name, seconds in clock.seconds.items():
        calls = len(made) if name.endswith("the mutants") else clock.calls[name]
        each = seconds / calls
        print(f"| {name} | {calls:,} | {seconds:.1f} | {1000 * each:.1f} | {each / unit:.4f} |")


def made_of(material: Material, sample: int) -> list[Mutant]:
    """Return so many mutants of each kind."""
    return [mutant for operator in OPERATORS for mutant in mutants(material, operator, sample=sample)[0]]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
