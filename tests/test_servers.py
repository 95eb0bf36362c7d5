"""The dataset in servers that others make: loaded, asked and reasoned in, they answer as the embedded engine does.

Each server is started by the test on a free port of this machine and ended by its process; where one is not
installed, its tests are skipped. `.ci/run` installs them.
"""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import Graph

import wakhan
from wakhan.cli import cli
from wakhan.dataset import Dataset
from wakhan.engine import bound_text, run_fast
from wakhan.errors import WakhanError
from wakhan.export import edition, to_ntriples
from wakhan.rows import Rows
from wakhan.servers.endpoint import Endpoint
from wakhan.servers.materialize import materialize, read_rules
from wakhan.servers.upload import upload

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests/queries"
PAGE = ROOT / "docs/servers.md"
CASES = sorted(path.relative_to(ANSWERS).with_suffix("").as_posix() for path in ANSWERS.rglob("*.csv"))
GRAPH = "https://example.org/wakhan"
OTHER = "https://example.org/other"
JAVA = Path("/usr/share/java")
JARS = (
    "jena-*", "commons-*", "dexx.collection", "gson", "guava", "httpclient", "httpcore", "jackson-*",
    "jakarta.json-api", "jsonld-java", "jcl-over-slf4j", "protobuf", "slf4j-api", "slf4j-nop", "thrift",
    "titanium-json-ld",
)  # fmt: skip

VIRTUOSO_INI = """\
[Database]
DatabaseFile = {0}/v.db
ErrorLogFile = {0}/v.log
LockFile = {0}/v.lck
TransactionFile = {0}/v.trx
xa_persistent_file = {0}/v.pxa
FileExtend = 50
[TempDatabase]
DatabaseFile = {0}/t.db
TransactionFile = {0}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{1}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{2}
ServerThreads = 3
[SPARQL]
ResultSetMaxRows = 1000
"""


@pytest.fixture(autouse=True)
def _no_login(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAKHAN_USER", "WAKHAN_PASSWORD", "WAKHAN_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """Run a server while the block does; it and what it started are ended by their process group."""
    with (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        try:
            until = time.monotonic() + 40
            while not is_open(port):
                assert process.poll() is None, (folder / f"{port}.log").read_text()
                assert time.monotonic() < until, f"{command[0]} does not answer"
                time.sleep(0.05)
            yield
        finally:
            os.killpg(process.pid, 15)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:  # Comunica's workers do not end by themselves
                os.killpg(process.pid, 9)
                process.wait(5)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def oxigraph_binary() -> str:
    found = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip("there is no oxigraph server (pip install oxigraph)")
    return found


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an Oxigraph server, up to its last part."""
    port = free_port()
    with running(
        [oxigraph_binary(), "serve", "--bind", f"127.0.0.1:{port}"], port, tmp_path_factory.mktemp("oxigraph")
    ):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a Virtuoso server, with user and password."""
    if shutil.which("virtuoso-t") is None:
        pytest.skip("there is no Virtuoso (Debian: virtuoso-opensource-7-bin)")
    folder, port = tmp_path_factory.mktemp("virtuoso"), free_port()
    (folder / "v.ini").write_text(VIRTUOSO_INI.format(folder, free_port(), port))
    with running(["virtuoso-t", "+foreground", "+configfile", "v.ini"], port, folder):
        yield f"http://dba:dba@127.0.0.1:{port}/sparql-auth"


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> str:
    """Return the address of each server in turn, for queries."""
    url = str(request.getfixturevalue(request.param))
    return f"{url}/query" if request.param == "oxigraph" else url


@cache
def dataset() -> Dataset:
    return wakhan.load(ROOT)


@cache
def ntriples(name: str) -> str:
    return to_ntriples(edition(dataset().sources, name))


def parameters(case: str) -> dict[str, str]:
    binding = case.split("/")[1]
    return {} if binding == "default" else dict(pair.split("=") for pair in binding.split("&"))


@cache
def expected(case: str) -> Rows:
    return dataset().answer(dataset().stored(case.split("/")[0]), parameters(case))


def has_triples(rows: Rows, text: str) -> bool:
    """Tell whether the answer of a CONSTRUCT is what *text* has, whatever blank nodes are called there and here."""
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.N_TRIPLES)
    wanted = run_fast(store, "CONSTRUCT WHERE { ?s ?p ?o }")  # so that literals are cleaned alike
    return as_text(rows) == as_text(wanted)


def as_text(rows: Rows) -> str:
    graph = Graph()
    for subject, predicate, value in rows.terms:
        assert subject is not None
        assert predicate is not None
        assert value is not None
        graph.add((subject, predicate, value))
    return to_ntriples(graph)


VIRTUOSO_DIFFERS = {
    "coverage",  # Virtuoso takes no aggregate in ORDER BY
}


def test_every_stored_query_has_the_rows_of_the_embedded_engine(server: str) -> None:
    endpoint = Endpoint(server)
    upload(endpoint, ntriples("inferred"), GRAPH)
    different = set()
    for case in CASES:
        stored = dataset().stored(case.split("/")[0])
        bindings = dataset().bind(stored, parameters(case))
        try:
            rows = endpoint.query(stored.text, bindings, graph=GRAPH, prefixes=dataset().prefixes)
        except WakhanError:
            different.add(stored.name)
            continue
        if rows != expected(case):
            different.add(stored.name)
    assert different - (VIRTUOSO_DIFFERS if "sparql-auth" in server else set()) == set()


def test_a_graph_is_replaced_and_no_other_is_touched(server: str) -> None:
    endpoint = Endpoint(server)
    endpoint.put('<https://example.org/a> <https://example.org/b> "c" .\n', OTHER)
    upload(endpoint, ntriples("asserted"), GRAPH)
    loaded = upload(endpoint, ntriples("facts"), GRAPH)
    assert loaded.before == len(ntriples("asserted").splitlines())
    assert loaded.after == endpoint.count(GRAPH) == len(ntriples("facts").splitlines())
    assert loaded.way == "store"
    assert endpoint.count(OTHER) == 1


def test_what_was_loaded_comes_back(oxigraph: str) -> None:
    endpoint = Endpoint(f"{oxigraph}/query")
    upload(endpoint, ntriples("asserted"), GRAPH)
    assert has_triples(endpoint.query("CONSTRUCT WHERE { ?s ?p ?o }", graph=GRAPH), ntriples("asserted"))


def test_updates_load_the_same_as_the_graph_store_protocol(oxigraph: str) -> None:
    endpoint = Endpoint(f"{oxigraph}/query", update_url=f"{oxigraph}/update")
    endpoint.put('<https://example.org/a> <https://example.org/b> "c" .\n', OTHER)
    sent: list[int] = []
    loaded = upload(endpoint, ntriples("asserted"), GRAPH, way="update", progress=lambda done, _: sent.append(done))
    assert loaded.way == "update"
    assert sent[-1] == loaded.after == len(ntriples("asserted").splitlines())
    assert len(sent) > 2
    assert has_triples(endpoint.query("CONSTRUCT WHERE { ?s ?p ?o }", graph=GRAPH), ntriples("asserted"))
    assert endpoint.count(OTHER) == 1
    assert endpoint.count(f"{GRAPH}.loading") == 0


def test_a_value_that_virtuoso_cannot_take_by_update_leaves_the_graph_as_it_was(virtuoso: str) -> None:
    endpoint = Endpoint(virtuoso)
    endpoint.put('<https://example.org/a> <https://example.org/b> "c" .\n', GRAPH)
    with pytest.raises(WakhanError, match="SQ200"):  # an xsd:dayTimeDuration
        upload(endpoint, ntriples("asserted"), GRAPH, way="update")
    assert endpoint.count(GRAPH) == 1
    assert endpoint.count(f"{GRAPH}.loading") == 0


def test_the_rules_give_the_inferred_edition_inside_the_store(server: str) -> None:
    endpoint = Endpoint(server, timeout=30)
    endpoint.put('<https://example.org/a> <https://example.org/b> "c" .\n', OTHER)
    upload(endpoint, ntriples("asserted"), GRAPH)
    new: list[int] = []
    done = materialize(endpoint, read_rules(), GRAPH, progress=lambda _, count: new.append(count))
    assert done.after - done.before == sum(new) > 0
    assert new[-1] == 0
    assert done.after == len(ntriples("inferred").splitlines())
    if "sparql-auth" not in server:  # Virtuoso gives no more than 1000 triples here
        assert has_triples(endpoint.query("CONSTRUCT WHERE { ?s ?p ?o }", graph=GRAPH), ntriples("inferred"))
    assert endpoint.count(OTHER) == 1


def test_an_answer_that_virtuoso_cuts_is_an_error(virtuoso: str) -> None:
    endpoint = Endpoint(virtuoso)
    upload(endpoint, ntriples("facts"), GRAPH)
    assert len(endpoint.query("SELECT * { ?s ?p ?o } LIMIT 900", graph=GRAPH)) == 900
    with pytest.raises(WakhanError, match="only a part"):
        endpoint.query("SELECT * { ?s ?p ?o }", graph=GRAPH)


def test_virtuoso_says_yes_and_no_and_names_blank_nodes(virtuoso: str) -> None:
    endpoint = Endpoint(virtuoso)
    endpoint.put("_:a <https://example.org/b> _:c .\n", GRAPH)
    assert endpoint.query("ASK { ?s <https://example.org/b> ?o }", graph=GRAPH).boolean is True
    assert endpoint.query("ASK { ?s <https://example.org/x> ?o }", graph=GRAPH).boolean is False
    assert list(endpoint.query("SELECT * { ?s ?p ?o }", graph=GRAPH)) == [
        {"s": "_:b0", "p": "https://example.org/b", "o": "_:b1"}
    ]


def test_a_wrong_password_is_said_and_not_shown(virtuoso: str) -> None:
    with pytest.raises(WakhanError, match="does not accept this user") as error:
        Endpoint(virtuoso.replace("dba:dba", "dba:hidden-word")).count(GRAPH)
    assert "hidden-word" not in str(error.value)
    with pytest.raises(WakhanError, match="WAKHAN_PASSWORD"):
        Endpoint(virtuoso.replace("dba:dba@", "")).count(GRAPH)


def test_a_read_only_server_answers_and_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "facts.nt").write_text(ntriples("facts"), encoding="utf-8")
    loading = [oxigraph_binary(), "load", "--location", "db", "--file", "facts.nt"]
    subprocess.run(loading, cwd=tmp_path, check=True, capture_output=True, timeout=30)
    port = free_port()
    command = [oxigraph_binary(), "serve-read-only", "--location", "db", "--bind", f"127.0.0.1:{port}"]
    with running(command, port, tmp_path):
        endpoint = Endpoint(f"http://127.0.0.1:{port}/query")
        assert endpoint.count() == len(ntriples("facts").splitlines())
        with pytest.raises(WakhanError, match="does not allow this") as error:
            upload(endpoint, ntriples("facts"))
    assert error.value.hint == "It may be read-only, or this user may not write."


def test_the_commands_load_reason_and_ask(oxigraph: str, tiny_root: Path) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        at = ("--endpoint", f"{oxigraph}/query", "--graph", "https://example.org/tiny")
        root = () if arguments[0] == "reason" else ("--root", str(tiny_root))
        result = CliRunner().invoke(cli, [*arguments, *at, *root])
        return result.exit_code, result.stdout, result.stderr

    count = len(to_ntriples(edition(wakhan.load(tiny_root).sources, "asserted")).splitlines())
    closed = len(to_ntriples(edition(wakhan.load(tiny_root).sources, "inferred")).splitlines())
    by = "(asserted edition, by the Graph Store protocol)"
    assert run("load") == (0, f"<https://example.org/tiny>: 0 triples before, {count} now {by}\n", "")
    status, out, err = run("reason")
    assert (status, out.split(" (")[0]) == (0, f"<https://example.org/tiny>: {count} triples before, {closed} now")
    assert err.startswith("round 1: ")
    assert err.endswith(": 0 new triples\n")
    embedded = CliRunner().invoke(cli, ["query", "members", "--root", str(tiny_root)])
    assert run("query", "members") == (0, embedded.stdout, "")
    assert "1 row\n" in embedded.stdout
    assert run("sparql", "ASK { id:pact wk:hasMember id:arland }") == (0, "yes\n", "")


def test_the_page_shows_what_the_commands_print(oxigraph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of triples may change with the dataset; all else is as shown."""
    monkeypatch.chdir(ROOT)
    closed = f"http://127.0.0.1:{free_port()}"
    addresses = {"http://localhost:7878": oxigraph, "http://localhost:7979": closed}
    shown = 0
    blocks = re.findall(r"^```console\n\$ wakhan (.*?)```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for block in blocks:
        if not any(address in block for address in addresses):
            continue
        for address, here in addresses.items():
            block = block.replace(address, here)
        command, printed = block.split("\n", 1)
        result = CliRunner().invoke(cli, shlex.split(command))
        assert without_counts(result.output) == without_counts(printed), command
        shown += 1
    assert shown == 5


def without_counts(text: str) -> str:
    return "\n".join(re.sub("[0-9]+", "N", line) if " triples" in line else line for line in text.splitlines())


def test_jena_is_of_the_same_opinion(tmp_path: Path) -> None:
    """Jena's commands take seconds to start, so that one update asks all queries, each into a graph of its own."""
    if shutil.which("java") is None or not (JAVA / "jena-cmds.jar").exists():
        pytest.skip("there is no Jena (Debian: libapache-jena-java and default-jre-headless)")
    lost = tmp_path / "xerces/impl/xpath/regex/message.properties"  # by Debian's package; Jena ends without it
    lost.parent.mkdir(parents=True)
    lost.touch()
    (tmp_path / "data.nt").write_text(ntriples("inferred"), encoding="utf-8")
    asked = [_insertion(case, f"urn:case:{number}") for number, case in enumerate(CASES)]
    (tmp_path / "queries.ru").write_text(" ;\n".join(asked), encoding="utf-8")
    jars = [str(jar) for name in JARS for jar in sorted(JAVA.glob(f"{name}.jar"))]
    command = ["java", "-cp", os.pathsep.join([str(tmp_path), *jars]), "arq.update"]
    result = subprocess.run(
        [*command, "--data=data.nt", "--update=queries.ru", "--dump"], cwd=tmp_path, capture_output=True, timeout=58
    )
    assert result.returncode == 0, result.stderr.decode()
    store = ox.Store()
    store.load(result.stdout, format=ox.RdfFormat.TRIG)
    different = [case for number, case in enumerate(CASES) if not _has_rows(store, f"urn:case:{number}", case)]
    assert different == []


def _insertion(case: str, graph: str) -> str:
    """Return an update that puts each row of an answer into *graph*, as a blank node with its columns."""
    stored = dataset().stored(case.split("/")[0])
    text = bound_text(stored.text, dataset().bind(stored, parameters(case)))
    found = re.search(r"^SELECT", text, re.MULTILINE)
    assert found
    columns = " ".join(f"_:row <urn:column:{name}> ?{name} ." for name in expected(case).variables)
    insert = f"INSERT {{ GRAPH <{graph}> {{ _:row a <urn:row> . {columns} }} }}"
    return f"{text[: found.start()]}\n{insert} WHERE {{ {{\n{text[found.start() :]}\n}} }}"


def _has_rows(store: ox.Store, graph: str, case: str) -> bool:
    """Tell whether *graph* has the rows of a case; their order is not kept in it."""
    alone, names = ox.Store(), expected(case).variables
    alone.extend(ox.Quad(*quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
    columns = " ".join(f"OPTIONAL {{ ?row <urn:column:{name}> ?{name} }}" for name in names)
    rows = run_fast(alone, f"SELECT {' '.join(f'?{name}' for name in names)} {{ ?row a <urn:row> . {columns} }}")
    return _texts(rows) == _texts(expected(case))


def _texts(rows: Rows) -> list[str]:
    return sorted(" ".join("-" if term is None else term.n3() for term in row) for row in rows.terms)


COMUNICA_DIFFERS = {"said-by"}  # Comunica sends a NOT EXISTS to one server where only the other could tell


def test_comunica_joins_what_two_servers_have(tmp_path: Path) -> None:
    """The claims are on one server, all else on the other, and the queries need both."""
    program = Path(os.environ.get("WAKHAN_COMUNICA", "")) / "node_modules/.bin/comunica-sparql-http"
    if shutil.which("node") is None or "WAKHAN_COMUNICA" not in os.environ or not program.exists():
        pytest.skip("there is no Comunica (npm install in tests/comunica; WAKHAN_COMUNICA names the folder)")
    lines = ntriples("inferred").splitlines(keepends=True)
    claims = [line for line in lines if line.startswith("<https://w3id.org/wakhan/claim/")]
    rest = [line for line in lines if not line.startswith("<https://w3id.org/wakhan/claim/")]
    ports = [free_port(), free_port(), free_port()]
    urls = [f"http://127.0.0.1:{port}/query" for port in ports[:2]]
    serve = [[oxigraph_binary(), "serve", "--bind", f"127.0.0.1:{port}"] for port in ports[:2]]
    join = [str(program.resolve()), *(f"sparql@{url}" for url in urls), "-p", str(ports[2]), "-w", "1", "-t", "30"]
    with (
        running(serve[0], ports[0], tmp_path),
        running(serve[1], ports[1], tmp_path),
        running(join, ports[2], tmp_path),
    ):
        for url, part in zip(urls, (claims, rest), strict=True):
            Endpoint(url).put("".join(part))
        endpoint = Endpoint(f"http://127.0.0.1:{ports[2]}/sparql", timeout=20)
        names = sorted({case.split("/")[0] for case in CASES} - COMUNICA_DIFFERS)[::6]
        different = []
        for name in names:
            stored = dataset().stored(name)
            rows = endpoint.query(stored.text, dataset().bind(stored, {}), prefixes=dataset().prefixes)
            if rows != expected(f"{name}/default"):
                different.append(name)
    assert different == []
    assert len(names) > 5
