"""Cut out of a gazetteer what one article needs: the things that it names, and those by which they are described.

A rule can also compare an article with things that it does not name: two things must not have one label or identifier.
So whatever has a value in common with the article that tells things apart is cut out too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from wakhan.names import PREFIXES

Quick: TypeAlias = ox.Triple
"""A triple of pyoxigraph."""

TELLING = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("rdfs", "label"), ("schema", "sameAs"), ("skos", "notation"))
)
"""The properties by whose values things are told apart."""


class Gazette:
    """The shared things, to be cut.

    Args:
        files: The triples of each file, in the order of the files.
    """

    def __init__(self, files: Mapping[Path, list[Quick]]) -> None:
        self.files = files
        self._about: dict[object, list[tuple[Path, Quick]]] = defaultdict(list)
        self._sharing: dict[object, list[object]] = defaultdict(list)
        self.triples: set[Quick] = set()
        for path, triples in files.items():
            for triple in triples:
                self.triples.add(triple)
                self._about[triple.subject].append((path, triple))
                if triple.predicate in TELLING:
                    self._sharing[triple.object].append(triple.subject)

    def cut(self, triples: Iterable[Quick]) -> dict[Path, list[Quick]]:
        """Return what an article with these *triples* needs, by file."""
        found: dict[Path, list[Quick]] = defaultdict(list)
        seen: set[object] = set()
        waiting = list(self._named(triples))
        while waiting:
            thing = waiting.pop()
            if thing in seen:
                continue
            seen.add(thing)
            for path, triple in self._about[thing]:
                found[path].append(triple)
                if triple.object in self._about:
                    waiting.append(triple.object)
        return dict(sorted(found.items()))

    def _named(self, triples: Iterable[Quick]) -> Iterator[object]:
        for triple in triples:
            for term in (triple.subject, triple.object):
                if term in self._about:
                    yield term
            if triple.predicate in TELLING:
                yield from self._sharing.get(triple.object, ())
