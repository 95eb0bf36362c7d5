"""Measure ours, the reference and other engines on the same data: what they cost, what they find, and how cost grows.

    python benchmarks/compare.py --out benchmarks/results/2026-11-23 --peers

invents corpora of the sizes asked for, lets each engine read and work in a process of its own under limits of time and
memory, in turns and several times, compares what they find, and writes ``results.md``, ``results.json`` and pictures.
``--peers`` makes an environment with the other engines in ``build/peers``, if it is not there; Jena comes from
Debian's libapache-jena-java. What is missing is told as missing.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import validate as voyages
from compare_parts.engines import ENGINES, STAGES, Engine, Limits, Machine, Run, counter, has_java, measure, triples_of
from compare_parts.report import OURS, Cell, by_engine, growth, head, to_json, to_markdown, to_svg
from rdflib import OWL, RDF, SH, Graph, URIRef

from wakhan.corpus.generate import generate
from wakhan.denials import negative_assertions
from wakhan.export import to_ntriples, without_claims
from wakhan.names import SHAPE, WK, Triple
from wakhan.reason import is_noise, union
from wakhan.sources import Sources, load_sources, packaged_root, parse_turtle

ROOT = Path(__file__).parents[1]
PEERS = ROOT / "build" / "peers"
FAULTS = 100
"""Of so many claims one is spoilt."""
ONE_ARTICLE = ((SHAPE.Narrator, SHAPE["Narrator-one"]), (SHAPE.Entity, SHAPE["Entity-nameOnce"]))
"""The constraints that hold within one article only; in a graph of many they would find pairs of articles."""
QUERIES = {"counts.rq": "claims/counts.rq", "voices.rq": "claims/different-voices.rq"}


def main() -> None:
    """Measure what the arguments ask for."""
    options = _options()
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    if options.peers:
        install(options.peers)
    engines = [e for e in ENGINES if e.stage in options.stages and (not options.engines or e.name in options.engines)]
    limits = Limits(options.seconds, 4 * options.seconds, options.memory)
    before, digests = os.getloadavg(), dict[str, str]()
    cells: list[Cell] = []
    with tempfile.TemporaryDirectory(prefix="wakhan-compare-") as name:
        machine = Machine(Path(name), options.peers)
        versions = {engine.key: machine.version(engine) for engine in engines}
        turns = Turns(machine, limits, options.repeats, options.budget)
        for size in options.articles:
            folder = make(Path(name) / str(size), size, options.seed, options.scale)
            digests[str(size)] = sha256((folder / "data.ttl").read_bytes()).hexdigest()
            cells += turns.measure(engines, folder, size)
            used = {key: getattr(options, key) for key in ("articles", "seed", "scale", "repeats", "budget")}
            told = {**about_machine(before), "limits": limits._asdict(), "options": used, "data": digests}
            write(out, cells, versions, told)
    print(f"{len(cells)} combinations in {out}")


def write(out: Path, cells: Sequence[Cell], versions: Mapping[str, str | None], told: Mapping[str, object]) -> None:
    """Write the results into the folder *out*.

    Args:
        out: The folder.
        cells: What was measured.
        versions: The version of each engine by its key, None where it is missing.
        told: The machine, the options and the limits.
    """
    laws = {engine.key: law._asdict() for engine, own in by_engine(cells).items() if (law := growth(own))}
    everything = {**told, "growth": laws, "cells": to_json(cells, versions)}
    (out / "results.json").write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")
    (out / "results.md").write_text(to_markdown(cells, head(told, FAULTS), versions) + "\n", encoding="utf-8")
    for stage in STAGES:
        if picture := to_svg([cell for cell in cells if cell.engine.stage == stage]):
            (out / f"{stage}.svg").write_text(picture, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="The folder for the results.")
    parser.add_argument("--articles", type=int, nargs="+", default=[0, 1, 10, 100, 1000], help="0: no data.")
    parser.add_argument("--scale", type=float, default=0.05, help="How large an article is; 1: 5,000 triples.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stages", nargs="+", default=list(STAGES), choices=list(STAGES))
    parser.add_argument("--engines", nargs="+", help="Only these.")
    parser.add_argument("--repeats", type=int, default=5, help="How often each runs, if the budget allows it.")
    parser.add_argument("--budget", type=float, default=10, help="Seconds after which nothing is run once more.")
    parser.add_argument("--seconds", type=int, default=40, help="Processor time that one run may take.")
    parser.add_argument("--memory", type=int, default=6000, help="MB that one process may have.")
    parser.add_argument("--peers", type=Path, nargs="?", const=PEERS, help="Measure other engines, installed here.")
    return parser.parse_args()


def install(folder: Path) -> None:
    """Install the other engines into an environment of their own in *folder*, as far as they are not there."""
    if not (folder / "bin" / "python").exists():
        venv.create(folder, with_pip=True)
    listed = Path(__file__).parent / "compare_parts" / "peers.txt"
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "-r", str(listed)], check=True)


def make(folder: Path, articles: int, seed: int, scale: float) -> Path:
    """Write the input for all stages into *folder* and return it.

    Args:
        folder: A new folder.
        articles: How many articles; 0 for the ontology alone.
        seed: What chance depends on.
        scale: How large an article is; 1 is about 5,000 triples.
    """
    sources = load_sources(packaged_root())
    if articles:
        for _ in generate(sources, folder / "corpus", articles, seed=seed, scale=scale):
            pass
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((folder / "corpus").rglob("*.ttl")))
    (folder / "corpus.ttl").write_text(text, encoding="utf-8")
    data = parse_turtle(text)
    declared = {triple for triple in sources.ontology if triple[1] in (SH.declare, SH.prefix, SH.namespace)}
    shapes = union(sources.shapes, declared, namespaces=sources.shapes)
    for shape, constraint in ONE_ARTICLE:
        shapes.remove((shape, SH.sparql, constraint))
    sailing = voyages.voyages(len(data), FAULTS)
    texts = {
        "data.ttl": to_ntriples(union(data, sources.ontology)),
        "faulty.ttl": to_ntriples(union(spoilt(data), sources.ontology)),
        "shapes.ttl": shapes.serialize(format="turtle"),
        "facts.nt": to_ntriples(declare(_facts(sources, data))),
        "voyages.ttl": to_ntriples(sailing),
        "voyages-shapes.ttl": voyages.SHAPES,
        **{name: (sources.queries / path).read_text(encoding="utf-8") for name, path in QUERIES.items()},
    }
    for name, content in texts.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "sizes.json").write_text(json.dumps({**_lines(folder), "corpus.ttl": len(data)}), encoding="utf-8")
    return folder


def _lines(folder: Path) -> dict[str, int]:
    names = ("data.ttl", "faulty.ttl", "facts.nt", "voyages.ttl")
    return {name: len((folder / name).read_text(encoding="utf-8").splitlines()) for name in names}


def spoilt(data: Graph) -> Graph:
    """Return *data* with faults: of some claims the factuality, the passage or the speaker is missing, in turn."""
    lost = (WK.factuality, WK.passage, WK.speaker)
    faulty = union(data)
    for number, claim in enumerate(sorted(data.subjects(RDF.type, WK.Claim), key=str)):
        if number % FAULTS == 0:
            faulty.remove((claim, lost[number // FAULTS % len(lost)], None))
    return faulty


def _facts(sources: Sources, data: Graph) -> Graph:
    """Return ontology and data without the claims, but with what the narrators deny, one narrator at a time."""
    voices = set(data.subjects(RDF.type, WK.Narrator))
    others = union(triple for triple in data if triple[2] != WK.Narrator)
    denied = Graph(bind_namespaces="none")
    for voice in voices:
        others.add((voice, RDF.type, WK.Narrator))
        denied += negative_assertions(others)
        others.remove((voice, RDF.type, WK.Narrator))
    return union(sources.ontology, without_claims(data), denied)


def declare(graph: Graph) -> Graph:
    """Return *graph* with a declaration of each class and property, which a reasoner for OWL 2 DL needs."""
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = union(graph)
    for prop in set(graph.predicates()):
        if not _is_vocabulary(prop) and not any((prop, RDF.type, kind) in graph for kind in kinds):
            declared.add((prop, RDF.type, OWL.AnnotationProperty))
    for cls in set(graph.objects(None, RDF.type)):
        if isinstance(cls, URIRef) and not _is_vocabulary(cls):
            declared.add((cls, RDF.type, OWL.Class))
    return declared


def _is_vocabulary(node: object) -> bool:
    return str(node).startswith((str(RDF), "http://www.w3.org/2000/01/rdf-schema#", str(OWL)))


READ = {"parse": "corpus.ttl", "consistency": "facts.nt", "validate": "faulty.ttl", "voyages": "voyages.ttl"}
"""Stage to the file whose triples are counted; of the others, ``data.ttl``."""


class Turns:
    """Lets engines run in turns, so that whatever else the machine does meets all alike.

    Args:
        machine: Where the engines are.
        limits: What one process may use.
        repeats: How often an engine runs on an input.
        budget: Seconds of processor time after which an engine does not run on it once more.
    """

    def __init__(self, machine: Machine, limits: Limits, repeats: int, budget: float) -> None:
        self._machine, self._limits, self._repeats, self._budget = machine, limits, repeats, budget
        self._given_up: dict[Engine, int] = {}

    def measure(self, engines: Sequence[Engine], folder: Path, articles: int) -> Iterator[Cell]:
        """Yield what each engine cost and found on the input in *folder*, which has so many *articles*."""
        runs: dict[Engine, list[Run]] = {engine: [] for engine in engines}
        notes = {engine: self._why_not(engine) for engine in engines}
        able = [engine for engine in engines if not notes[engine]]
        ours: dict[str, Run] = {}
        for turn in range(self._repeats):
            for engine in (engine for engine in able if self._goes_on(runs[engine])):
                run = self._run(engine, folder)
                runs[engine].append(run)
                if run.error:
                    notes[engine] = run.error
                    self._given_up.setdefault(engine, articles)
                elif turn == 0:
                    notes[engine] = difference(engine, run, ours, folder)
        sizes = json.loads((folder / "sizes.json").read_text(encoding="utf-8"))
        for engine in engines:
            triples = sizes[READ.get(engine.stage, "data.ttl")]
            yield Cell(engine, articles, triples, tuple(runs[engine]), notes[engine])

    def _why_not(self, engine: Engine) -> str:
        if self._machine.version(engine) is None:
            return "missing"
        before = self._given_up.get(engine)
        return "" if before is None else f"not started: failed with {before:,}"

    def _goes_on(self, runs: Sequence[Run]) -> bool:
        return not any(run.error for run in runs) and (not runs or sum(run.cpu for run in runs) < self._budget)

    def _run(self, engine: Engine, folder: Path) -> Run:
        command = self._machine.command(engine, folder, self._limits)
        run = measure(command, folder, self._limits, counter(engine))
        print(f"{folder.name:>6} {engine.key:<24} {run.cpu:8.2f} s  {run.error or run.found}", file=sys.stderr)
        return run


def difference(engine: Engine, run: Run, ours: dict[str, Run], folder: Path) -> str:
    """Return in words how what an engine found differs from what ours found, or nothing if it does not.

    Args:
        engine: The engine that ran.
        run: What it found.
        ours: What ours found, by stage; it is added when it is ours that ran.
        folder: Where closures lie: that of the last run, and ours.
    """
    closure, our_closure = folder / "closure.nt", folder / "ours.nt"
    if engine.name == OURS:
        ours[engine.stage] = run
        if engine.stage == "reason":
            closure.replace(our_closure)
    elif engine.stage == "reason" and our_closure.exists():
        missing, extra = differing(set(triples_of(closure)), set(triples_of(our_closure)))
        return f"{missing:,} missing, {extra:,} more" if missing or extra else ""
    elif engine.stage in ours and not _same(engine.stage, run.found, ours[engine.stage].found):
        return f"not {ours[engine.stage].found:,}"
    return ""


def _same(stage: str, theirs: int | None, ours: int | None) -> bool:
    """Tell whether two answers are the same; of contradictions some engines say only whether there are any."""
    return bool(theirs) == bool(ours) if stage == "consistency" else theirs == ours


def differing(theirs: set[str], ours: set[str]) -> tuple[int, int]:
    """Return how many lines of *ours* are not among *theirs*, and how many there are more that tell a reader something.

    Example:
        >>> differing({"<urn:a> <urn:b> <urn:c> ."}, {"<urn:a> <urn:b> <urn:d> ."})
        (1, 1)
    """
    text = "\n".join(theirs - ours)
    more: list[Triple] = [triple for triple in Graph().parse(data=text, format="nt") if not is_noise(triple)]
    return len(ours - theirs), len(more)


def about_machine(before: tuple[float, float, float]) -> dict[str, object]:
    """Return what the measurements depend on: the machine, and how busy it was *before* and is now."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = {line.partition(":")[2].strip() for line in lines if line.startswith("model name")}
    java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False) if has_java() else None
    return {
        "processor": ", ".join(sorted(models)) or platform.machine(),
        "cores": os.cpu_count(),
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        "system": platform.system(),
        "python": platform.python_version(),
        "java": java.stderr.splitlines()[0] if java else None,
        "load": {"before": [round(load, 2) for load in before], "after": [round(load, 2) for load in os.getloadavg()]},
    }


if __name__ == "__main__":
    main()
