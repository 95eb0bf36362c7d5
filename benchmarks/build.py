"""Measure whole commands as a user starts them, and the same work by the reference engines, in one run.

Run it with ``python benchmarks/build.py``. Each command is a process of its own; what counts is its processor time
beyond that of a Python that does nothing, the least of several runs, and the ratios.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from rdflib import Graph

import wakhan
from wakhan.dataset import Dataset
from wakhan.facts import bare_facts
from wakhan.reason import closure, union
from wakhan.validate import apply_shapes

ROOT = Path(__file__).parents[1]
RUNS = 5


def main() -> None:
    """Print a table in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "import rdflib": ["-c", "import rdflib"],
            "wakhan ask": ["-m", "wakhan", "ask", "Kazakhstan", "is a member of", "CSTO"],
            "wakhan validate": ["-m", "wakhan", "validate"],
            "wakhan build": ["-m", "wakhan", "build", "--out", f"{folder}/dist"],
        }
        nothing, *times = _least([["-c", "pass"], *commands.values()], RUNS)
    (reference,) = _least([[__file__, "reference"]], 1)
    times.append(reference)
    build = times[-2] - nothing
    print("| command | seconds | of the build |\n| --- | ---: | ---: |")
    for name, time in zip((*commands, "the build by the reference engines"), times, strict=True):
        print(f"| {name} | {time - nothing:.2f} | {(time - nothing) / build:.2f} |")


def _least(commands: list[list[str]], runs: int) -> list[float]:
    """Return the least processor time of each command, in seconds; they take turns, so that noise is shared."""
    times = [[_seconds(command) for command in commands] for _ in range(runs)]
    return [min(column) for column in zip(*times, strict=True)]


def _seconds(command: list[str]) -> float:
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def by_reference() -> None:
    """Do what a build does with rdflib, owlrl and pySHACL alone; of the queries only those with their defaults."""
    dataset = wakhan.load(ROOT)
    graphs = [_read(ROOT / name) for name in ("data", "ontology")]
    shapes = _read(ROOT / "ontology" / "shapes")
    data, ontology = graphs
    apply_shapes(data, shapes, union(ontology, shapes), engine="reference")
    graph = union(ontology, data)
    closure(union(ontology, data - bare_facts(data, ontology)), engine="reference")  # for the back doors
    dataset.closure = closure(graph, engine="reference")
    _ask_all(dataset)
    for each in (graph, dataset.closure, data):
        for form in ("turtle", "nt"):
            each.serialize(format=form)


def _read(folder: Path) -> Graph:
    paths = folder.rglob("*.ttl") if folder.name == "data" else folder.glob("*.ttl")
    graph = Graph()
    for path in sorted(paths):
        graph.parse(path, format="turtle")
    return graph


def _ask_all(dataset: Dataset) -> None:
    for stored in dataset.queries.values():
        dataset.answer(stored, {}, "reference")


if __name__ == "__main__":
    by_reference() if sys.argv[1:] == ["reference"] else main()
