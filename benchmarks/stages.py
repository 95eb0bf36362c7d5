"""Measure each stage of the pipeline and each engine on this dataset, as ratios within one run.

Run it with ``python benchmarks/stages.py``. Processor time is measured, the median of a few runs, because these
machines are noisy; what counts are the ratios.
"""

from pathlib import Path

from rdflib import Graph
from timing import seconds

import wakhan
from wakhan.reason import closure, union
from wakhan.sources import load_sources
from wakhan.validate import apply_shapes

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print a table in Markdown."""
    sources = load_sources(ROOT)
    graph = union(sources.ontology, sources.data)
    dataset = wakhan.load(ROOT)
    dataset.answer(dataset.stored("counts"), {}, "fast")
    dataset.answer(dataset.stored("counts"), {}, "reference")

    def ask_all(engine: str) -> None:
        for stored in dataset.queries.values():
            if not stored.inference:
                dataset.answer(stored, {}, engine)

    def shaped(engine: str) -> None:
        apply_shapes(sources.data, sources.shapes, sources.ontology, engine=engine)

    stages = {
        "load (rdflib)": seconds(lambda: [Graph().parse(path) for path in sources.files]),
        "load (fast)": seconds(lambda: load_sources(ROOT)),
        "load into a store (pyoxigraph)": seconds(lambda: wakhan.load(ROOT).store),
        "reason (owlrl)": seconds(lambda: closure(graph, engine="reference")),
        "reason (fast)": seconds(lambda: closure(graph)),
        "validate (pySHACL)": seconds(lambda: shaped("reference")),
        "validate (fast)": seconds(lambda: shaped("fast")),
        "all stored queries (rdflib)": seconds(lambda: ask_all("reference")),
        "all stored queries (pyoxigraph)": seconds(lambda: ask_all("fast")),
    }
    unit = stages["load (rdflib)"]
    print(f"{len(graph):,} triples\n\n| stage | seconds | times loading with rdflib |\n| --- | ---: | ---: |")
    for name, time in stages.items():
        print(f"| {name} | {time:.2f} | {time / unit:.2f} |")


if __name__ == "__main__":
    main()
