"""Measure what it costs to parse, and to parse with positions, as ratios within one run.

Run it with ``python benchmarks/positions.py``. Processor time is measured, the least of some runs that take turns,
because whatever else the machine does can only add to it; what counts are the ratios to rdflib's own parsing of the
same text.
"""

import gc
from collections.abc import Callable
from pathlib import Path
from time import process_time

from rdflib import Graph
from rdflib.term import Node

from wakhan.parse import parse
from wakhan.positions import find_positions

ROOT = Path(__file__).parents[1]


def texts() -> dict[str, tuple[str, str]]:
    """Return the texts to parse, each with its form, by what they are."""
    claims = _joined(ROOT / "data" / "claims")
    graph = parse(claims)
    graph += parse(_joined(ROOT / "data"))
    lines = sorted(f"{subject.n3()} {predicate.n3()} {value.n3()} .\n" for subject, predicate, value in graph)
    blocks = "".join(
        f'ex:thing{number}\n    a ex:Thing ;\n    rdfs:label "thing {number}"@en ;\n'
        f"    ex:near ex:thing{number + 1}, ex:thing{number + 2} ;\n.\n\n"
        for number in range(5_000)
    )
    prefixes = "@prefix ex: <https://example.org/> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
    return {
        "claims": (claims, "turtle"),
        "shapes, nested": (_joined(ROOT / "ontology" / "shapes"), "turtle"),
        "20,000 triples": (prefixes + blocks, "turtle"),
        "N-Triples": ("".join(lines), "nt"),
    }


def _joined(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ttl")))


def seconds(actions: list[Callable[[], object]], runs: int = 9) -> list[float]:
    """Return the least processor time of each of the *actions*, which take turns."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(runs):
        for action, taken in zip(actions, times, strict=True):
            gc.collect()  # what one leaves behind is not swept up at the cost of the next
            start = process_time()
            action()
            taken.append(process_time() - start)
    return [min(taken) for taken in times]


def main() -> None:
    """Print a table in Markdown."""
    print("| text | triples | rdflib, s | parse | positions | positions of 10 subjects |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, (text, form) in texts().items():
        graph = parse(text, form=form)
        few = sorted(set(graph.subjects()), key=str)[:10]

        def plain(text: str = text, form: str = form) -> object:
            return Graph(bind_namespaces="none").parse(data=text, format=form)

        def ours(text: str = text, form: str = form) -> object:
            return parse(text, form=form)

        def places(text: str = text, form: str = form) -> object:
            positions = find_positions(text, form=form)
            return [positions.triple(triple) for triple in positions.triples]

        def few_places(text: str = text, form: str = form, few: list[Node] = few) -> object:
            return find_positions(text, form=form, wanted=few)

        unit, *times = seconds([plain, ours, places, few_places])
        ratios = " | ".join(f"{time / unit:.2f}" for time in times)
        print(f"| {name} | {len(graph):,} | {unit:.3f} | {ratios} |")


if __name__ == "__main__":
    main()
