"""The canonical hash of each edition: one number for a set of triples, whatever file they stand in.

RDFC-1.0 (W3C, RDF Dataset Canonicalization) gives each graph one list of N-Quads, whatever its blank nodes are called
and in whichever format it is kept. The SHA-256 of that list is the hash. The release's N-Triples are that list already,
so one command proves the file and the graph at once, in the folder of the release::

    sha256sum --check RDFC-1.0.txt

A copy in another format, or out of a store, has the same hash when a tool for RDFC-1.0 makes its list, such as
``rdf-canonize`` or pyoxigraph.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from wakhan.metadata.editions import edition_file

if TYPE_CHECKING:
    from wakhan.release import Distribution

NAME = "RDFC-1.0.txt"
"""The file of the hashes."""

STANDARD = "https://www.w3.org/TR/rdf-canon/"
"""What the hashes follow."""

_TOP = f"""\
# The canonical hash of each edition: the SHA-256 of its canonical N-Quads by RDFC-1.0 ({STANDARD}).
# The N-Triples files are these N-Quads, so `sha256sum --check {NAME}` compares them.
"""


def canonical_hash(dataset: ox.Dataset) -> str:
    """Return the SHA-256 of the canonical N-Quads of *dataset* by RDFC-1.0, as hexadecimal digits.

    Args:
        dataset: The triples. It is not changed.
    """
    copy = ox.Dataset(dataset)
    copy.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad.triple} .\n" for quad in copy)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def hashes_text(hashes: Mapping[str, str], distributions: Sequence["Distribution"]) -> str:
    """Return the hashes in the form that ``sha256sum --check`` reads, one line an edition.

    Args:
        hashes: The canonical hash of each edition.
        distributions: The files of the release; an edition without N-Triples has no line.
    """
    files = {name: edition_file(name, distributions, "ntriples") for name in hashes}
    return _TOP + "".join(f"{hashes[name]}  {file.name}\n" for name, file in files.items() if file is not None)
