"""What one measured process does: read its input, do its work, and tell how long the work alone took.

    python tasks.py TASK FOLDER

A task is a function from the folder of the input to the work that is left when the input is read; the work returns how
many triples, results or rows it found. Engines are imported where they are used, for no environment has them all.
"""
# ruff: noqa: ANN401 (engines without types)

import json
import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

Work = Callable[[], int]


def _graph(path: Path) -> Any:
    from rdflib import Graph

    return Graph(bind_namespaces="none").parse(path, format="turtle")


def _store(path: Path) -> Any:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    return store


def parse_wakhan(folder: Path) -> Work:
    """Parse by ``wakhan.sources.read_turtle``."""
    from wakhan.sources import read_turtle

    return lambda: len(read_turtle(folder / "corpus.ttl"))


def parse_rdflib(folder: Path) -> Work:
    """Parse by rdflib alone."""
    return lambda: len(_graph(folder / "corpus.ttl"))


def parse_oxigraph(folder: Path) -> Work:
    """Parse by pyoxigraph, and keep nothing but the set of triples."""
    import pyoxigraph as ox

    return lambda: len(set(ox.parse(path=folder / "corpus.ttl", format=ox.RdfFormat.TURTLE)))


def parse_rudof(folder: Path) -> Work:
    """Parse by rudof into its graph."""
    import pyrudof  # type: ignore[import-not-found, unused-ignore]

    def work() -> int:
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_data(folder / "corpus.ttl", format=pyrudof.RDFFormat.Turtle)
        return sum(1 for _ in rudof.triples())

    return work


def reason_wakhan(folder: Path) -> Work:
    """Close an rdflib graph by the fast engine."""
    from wakhan.reason import closure

    graph = _graph(folder / "data.ttl")
    return lambda: _write(folder, closure(graph))


def reason_store(folder: Path) -> Work:
    """Close a pyoxigraph store by the fast engine."""
    import pyoxigraph as ox

    from wakhan.owl2rl import Ruleset

    store = _store(folder / "data.ttl")

    def work() -> int:
        Ruleset(ox.Store()).close(store)
        store.dump(folder / "closure.nt", ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        return len(store)

    return work


def reason_owlrl(folder: Path) -> Work:
    """Close an rdflib graph by owlrl, as ``wakhan`` uses it for a reference."""
    from wakhan.reason import closure

    graph = _graph(folder / "data.ttl")
    return lambda: _write(folder, closure(graph, engine="reference"))


def reason_reasonable(folder: Path) -> Work:
    """Close by reasonable."""
    import reasonable  # type: ignore[import-not-found, unused-ignore]

    reasoner = reasonable.PyReasoner()
    reasoner.load_file(str(folder / "data.ttl"))

    def work() -> int:
        triples = reasoner.reason()
        with (folder / "closure.nt").open("w", encoding="utf-8") as file:
            file.writelines(f"{' '.join(term.n3() for term in triple)} .\n" for triple in _lawful(triples))
        return len(triples)

    return work


def _lawful(triples: Any) -> Any:
    from rdflib import Literal

    return (triple for triple in triples if not isinstance(triple[0], Literal))


def _write(folder: Path, graph: Any) -> int:
    graph.serialize(folder / "closure.nt", format="nt", encoding="utf-8")
    return len(graph)


def consistency_wakhan(folder: Path) -> Work:
    """Close by the fast engine and apply the clash rules; the answer is the number of contradictions."""
    from wakhan.reason import clashes, closure

    graph = _graph(folder / "facts.nt")
    return lambda: len(list(clashes(closure(graph, anonymous=True))))


def consistency_hermit(folder: Path) -> Work:
    """Classify and realize by HermiT, which says only whether there is any contradiction."""
    import owlready2  # type: ignore[import-untyped, unused-ignore]

    world = owlready2.World()
    world.get_ontology((folder / "facts.nt").resolve().as_uri()).load()

    def work() -> int:
        try:
            owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return 1
        return 0

    return work


def _validate_wakhan(folder: Path, data: str, shapes: str, engine: str = "fast") -> Work:
    from wakhan.shacl import check

    graphs = _graph(folder / data), _graph(folder / shapes)
    return lambda: len(check(*graphs, engine=engine).results)


def _validate_pyshacl(folder: Path, data: str, shapes: str) -> Work:
    from pyshacl import validate

    graphs = _graph(folder / data), _graph(folder / shapes)
    return lambda: _results(validate(graphs[0], shacl_graph=graphs[1], advanced=True))


def _validate_turbo(folder: Path, data: str, shapes: str) -> Work:
    from pyshacl_turbo import validate  # type: ignore[import-not-found, unused-ignore]

    return lambda: _results(validate(str(folder / data), shacl_graph=str(folder / shapes), advanced=True))


def _results(answer: Any) -> int:
    from rdflib import SH

    return sum(1 for _ in answer[1].subject_objects(SH.result))


def _validate_rudof(folder: Path, data: str, shapes: str) -> Work:
    import pyrudof  # type: ignore[import-not-found, unused-ignore]

    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(folder / data, format=pyrudof.RDFFormat.Turtle)
    rudof.read_shacl(folder / shapes, pyrudof.ShaclFormat.Turtle)
    return lambda: len(rudof.validate_shacl())


def _validate_shacl(folder: Path, data: str, shapes: str) -> Work:
    import shacl  # type: ignore[import-not-found, unused-ignore]

    return lambda: len(shacl.validate(str(folder / data), str(folder / shapes)))


def _query_wakhan(folder: Path, query: str) -> Work:
    from wakhan.engine import run_fast

    store = _store(folder / "data.ttl")
    return lambda: len(run_fast(store, (folder / query).read_text(encoding="utf-8")).terms)


def _query_rdflib(folder: Path, query: str) -> Work:
    from wakhan.engine import run

    graph = _graph(folder / "data.ttl")
    return lambda: len(run(graph, (folder / query).read_text(encoding="utf-8")).terms)


def _query_rudof(folder: Path, query: str) -> Work:
    import pyrudof  # type: ignore[import-not-found, unused-ignore]

    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(folder / "data.ttl", format=pyrudof.RDFFormat.Turtle)
    rudof.read_query((folder / query).read_text(encoding="utf-8"))
    return lambda: len(rudof.run_query())


TASKS: dict[str, Callable[[Path], Work]] = {
    "parse wakhan": parse_wakhan,
    "parse rdflib": parse_rdflib,
    "parse pyoxigraph": parse_oxigraph,
    "parse rudof": parse_rudof,
    "reason wakhan": reason_wakhan,
    "reason wakhan store": reason_store,
    "reason owlrl": reason_owlrl,
    "reason reasonable": reason_reasonable,
    "consistency wakhan": consistency_wakhan,
    "consistency hermit": consistency_hermit,
}
"""What is done, by stage and engine."""

for _stage, _files in {
    "validate": ("faulty.ttl", "shapes.ttl"),
    "voyages": ("voyages.ttl", "voyages-shapes.ttl"),
}.items():
    _validators: dict[str, Callable[..., Work]] = {
        "wakhan": _validate_wakhan,
        "wakhan reference": partial(_validate_wakhan, engine="reference"),
        "pyshacl": _validate_pyshacl,
        "turbo": _validate_turbo,
        "rudof": _validate_rudof,
        "shacl": _validate_shacl,
    }
    for _engine, _validate in _validators.items():
        TASKS[f"{_stage} {_engine}"] = partial(_validate, data=_files[0], shapes=_files[1])
for _stage in ("counts", "voices"):
    for _engine, _query in {"wakhan": _query_wakhan, "rdflib": _query_rdflib, "rudof": _query_rudof}.items():
        TASKS[f"{_stage} {_engine}"] = partial(_query, query=f"{_stage}.rq")


def _used() -> float:
    """Return the seconds of processor time of this process and of those that it started."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def main(name: str, folder: Path) -> None:
    """Do a task, and write into ``answer.json`` what was found and how many seconds the work alone took."""
    work = TASKS[name](folder)
    start = _used()
    found = work()
    told = {"found": found, "work": _used() - start}
    (folder / "answer.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
