"""The canonical hash is that of RDFC-1.0, computed a second time from the standard."""

import hashlib
import itertools
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from wakhan.dataset import Dataset
from wakhan.metadata.canonical import NAME, canonical_hash
from wakhan.metadata.editions import editions
from wakhan.release import Distribution

Files = tuple[Dataset, list[Distribution]]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Rdfc:
    """RDFC-1.0 as the recommendation writes it, for triples: sections 4.4 to 4.8."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self.triples = triples
        self.of = defaultdict[str, list[ox.Triple]](list)
        for triple in triples:
            for node in {t.value for t in (triple.subject, triple.object) if isinstance(t, ox.BlankNode)}:
                self.of[node].append(triple)
        self.issued: dict[str, str] = {}
        self.first = {node: self.first_degree(node) for node in self.of}

    def first_degree(self, node: str) -> str:
        def name(term: object) -> str:
            return ("_:a" if term.value == node else "_:z") if isinstance(term, ox.BlankNode) else str(term)

        return digest("".join(sorted(f"{name(t.subject)} {t.predicate} {name(t.object)} .\n" for t in self.of[node])))

    def related(self, other: str, triple: ox.Triple, issued: dict[str, str], place: str) -> str:
        known = self.issued.get(other) or issued.get(other)
        return digest(f"{place}<{triple.predicate.value}>" + (f"_:{known}" if known else self.first[other]))

    def n_degree(self, node: str, issued: dict[str, str]) -> tuple[str, dict[str, str]]:
        around = defaultdict[str, list[str]](list)
        for triple in self.of[node]:
            for term, place in ((triple.subject, "s"), (triple.object, "o")):
                if isinstance(term, ox.BlankNode) and term.value != node:
                    around[self.related(term.value, triple, issued, place)].append(term.value)
        data = ""
        for related_hash in sorted(around):
            ways = [self.path(order, issued) for order in itertools.permutations(around[related_hash])]
            path, issued = min(ways, key=lambda way: way[0])
            data += related_hash + path
        return digest(data), issued

    def path(self, order: tuple[str, ...], issued: dict[str, str]) -> tuple[str, dict[str, str]]:
        path, issued, later = "", dict(issued), list[str]()
        for other in order:
            if other not in self.issued and other not in issued:
                later.append(other)
                issued[other] = f"b{len(issued)}"
            path += f"_:{self.issued.get(other) or issued[other]}"
        for other in later:
            inner, issued = self.n_degree(other, issued)
            path += f"_:{issued[other]}<{inner}>"
        return path, issued

    def lines(self) -> list[str]:
        same = defaultdict[str, list[str]](list)
        for node, first in self.first.items():
            same[first].append(node)
        for first in sorted(same):
            if len(same[first]) == 1:
                self.issued[same[first][0]] = f"c14n{len(self.issued)}"
        for first in sorted(same):
            found = [self.n_degree(n, {n: "b0"}) for n in same[first] if n not in self.issued]
            for _, issued in sorted(found, key=lambda pair: pair[0]):
                for node in issued:
                    self.issued.setdefault(node, f"c14n{len(self.issued)}")

        def name(term: object) -> str:
            return f"_:{self.issued[term.value]}" if isinstance(term, ox.BlankNode) else str(term)

        return sorted({f"{name(t.subject)} {t.predicate} {name(t.object)} .\n" for t in self.triples})


def independent(dataset: ox.Dataset) -> str:
    return digest("".join(Rdfc([quad.triple for quad in dataset]).lines()))


@pytest.mark.parametrize("edition", ["asserted", "facts", "ontology", "shapes"])
def test_hash_of_a_real_edition_is_that_of_a_second_computation(real_files: Files, edition: str) -> None:
    turtle = [file for file in real_files[1] if file.format == "turtle"]
    dataset = editions(turtle)[edition]
    assert any(isinstance(quad.object, ox.BlankNode) for quad in dataset), "there is something to be named"
    assert canonical_hash(dataset) == independent(dataset)


def test_hash_of_twins_and_circles_is_that_of_a_second_computation() -> None:
    texts = (
        "_:a <urn:p> _:b . _:b <urn:p> _:a . _:c <urn:p> _:d . _:d <urn:p> _:e . _:e <urn:p> _:c .",
        "_:a <urn:p> [ <urn:q> 1 ] , [ <urn:q> 1 ] ; <urn:r> _:a .",
        "<urn:s> <urn:p> ( 1 2 [ <urn:q> ( ) ] ) .",
    )
    for text in texts:
        dataset = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE))
        assert canonical_hash(dataset) == independent(dataset)


def test_names_of_blank_nodes_do_not_matter_and_triples_do() -> None:
    def hashed(text: str) -> str:
        return canonical_hash(ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE)))

    assert hashed("_:a <urn:p> _:b . _:b <urn:p> 1 .") == hashed("_:y <urn:p> 1 . _:x <urn:p> _:y .")
    assert hashed("_:a <urn:p> _:b . _:b <urn:p> 1 .") != hashed("_:a <urn:p> _:b . _:b <urn:p> 2 .")


def test_one_command_checks_the_hashes(
    real_files: Files, real_metadata: dict[str, Distribution], tmp_path: Path
) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("there is no sha256sum here")
    files = [*real_files[1], real_metadata[NAME]]
    for file in files:
        (tmp_path / file.name).write_bytes(file.content)
    command = [program, "--check", "--strict", NAME]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(": OK\n") == 5
    (tmp_path / "wakhan.nt").write_bytes((tmp_path / "wakhan.nt").read_bytes().replace(b"Denied", b"Affirmed", 1))
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1
