"""What the README shows is what happens; ``python tests/test_readme.py`` writes it anew."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal
from rdflib.term import Node

import wakhan
from wakhan.names import WK, local_name

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n\$ (.+)\n((?:(?!```).*\n)*)```")
PICTURE = re.compile(r"```mermaid\n(?:(?!```).*\n)*```")
SHOWN = {"memberOf", "leads", "stationedIn", "suppliesGasTo", "metWith", "controls", "visited"}
"""The properties that the picture shows: few enough to be read."""

BUILDS = "wakhan build"
"""What `make` comes to once all is installed."""


def examples() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = CONSOLE.findall(README.read_text(encoding="utf-8"))
    return found


def output(command: str, folder: Path) -> str:
    """Return what a command prints, in the order of a terminal."""
    words = shlex.split(BUILDS if command == "make" else command)
    if words == shlex.split(BUILDS):
        words += ["--out", str(folder / "dist")]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return re.sub(r" +\n", "\n", done.stdout).replace(str(ROOT) + "/", "")


def picture(graph: Graph) -> str:
    """Return the picture of the README: the actors and what is said between them."""
    edges = sorted(set(_edges(graph)))
    nodes = sorted({end for edge in edges for end in edge[:2]}, key=str)
    lines = ["```mermaid", "graph LR"]
    lines += [f'  {local_name(node)}["{_label(graph, node)}"]' for node in nodes]
    for subject, value, words, solid in edges:
        arrow = f'-- "{words}" -->' if solid else f'-. "{words}" .->'
        lines.append(f"  {local_name(subject)} {arrow} {local_name(value)}")
    return "\n".join([*lines, "```"])


def _edges(graph: Graph) -> Iterator[tuple[Node, Node, str, bool]]:
    parts = (RDF.subject, RDF.predicate, RDF.object, WK.factuality, WK.speaker)
    for claim in graph.subjects(RDF.type, WK.Claim):
        subject, prop, value, factuality, speaker = (next(graph.objects(claim, part)) for part in parts)
        if local_name(prop) not in SHOWN or "three-central" in str(value) or "country-bordering" in str(value):
            continue
        narrated = (speaker, RDF.type, WK.Narrator) in graph
        solid = (subject, prop, value) in graph
        words = _label(graph, prop)
        if not solid:
            said_by = " by" if factuality in (WK.Affirmed, WK.Denied) else ", according to"
            words += f", {_label(graph, factuality)}" + ("" if narrated else f"{said_by} {_label(graph, speaker)}")
        yield subject, value, words, solid


def _label(graph: Graph, node: Node) -> str:
    labels = (label for label in graph.objects(node, RDFS.label) if isinstance(label, Literal))
    return str(next(label for label in labels if label.language == "en"))


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[command for command, _ in examples()])
def test_command_prints_what_the_readme_shows(command: str, shown: str, tmp_path: Path) -> None:
    if command == "make test":
        pytest.skip("this test is a part of it")
    assert output(command, tmp_path) == shown


def test_python_does_what_the_readme_shows() -> None:
    failed, tried = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert tried >= 5
    assert failed == 0


def test_the_picture_is_of_the_data() -> None:
    found = PICTURE.search(README.read_text(encoding="utf-8"))
    assert found is not None
    assert found[0] == picture(wakhan.load(ROOT).graph)


def main() -> None:
    """Write the outputs and the picture of the README anew."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:

        def renew(match: re.Match[str]) -> str:
            new = match[2] if match[1] == "make test" else output(match[1], Path(folder))
            return f"```console\n$ {match[1]}\n{new}```"

        text = CONSOLE.sub(renew, README.read_text(encoding="utf-8"))
    README.write_text(PICTURE.sub(lambda _: picture(wakhan.load(ROOT).graph), text), encoding="utf-8")


if __name__ == "__main__":
    main()
