"""Compile a rule into nested loops over an index of triples.

Terms are numbers here and variables are negative numbers. A rule becomes one function for each place of its body: it
takes a new triple that fits this place, joins it with what the index holds, and hands each match to the rule's end.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

Atom: TypeAlias = tuple[int, int, int]
"""Subject, predicate and object. In a body the predicate is never a variable."""

Pair: TypeAlias = tuple[int, int]
"""Subject and object of a triple, where its predicate is known."""

Slots: TypeAlias = list[int]
"""The values of a rule's variables, and its constants, each in its place."""

Pairs: TypeAlias = dict[int, dict[int, set[int]]]

_NOTHING: Mapping[int, set[int]] = {}


class Index:
    """Triples by predicate, and then by subject and by object."""

    def __init__(self) -> None:
        self.objects: Pairs = defaultdict(dict)
        self.subjects: Pairs = defaultdict(dict)
        self._shared: set[int] = set()  # predicates whose triples are also another index's, and must be copied first

    def __iter__(self) -> Iterator[Atom]:
        """Yield the triples."""
        for predicate, pairs in self.objects.items():
            for subject, values in pairs.items():
                for value in values:
                    yield subject, predicate, value

    def add(self, predicate: int, pairs: Iterable[Pair]) -> None:
        """Add triples with one predicate."""
        if predicate in self._shared:
            self._unshare(predicate)
        objects, subjects = self.objects[predicate], self.subjects[predicate]
        for subject, value in pairs:
            if subject in objects:
                objects[subject].add(value)
            else:
                objects[subject] = {value}
            if value in subjects:
                subjects[value].add(subject)
            else:
                subjects[value] = {subject}

    def take(self, term: int) -> list[Atom]:
        """Remove the triples in which *term* stands, and return them."""
        for predicate in list(self._shared):
            self._unshare(predicate)
        taken = [(s, term, o) for s, values in self.objects.pop(term, {}).items() for o in values]
        self.subjects.pop(term, None)
        for predicate in list(self.objects):
            taken += [(term, predicate, o) for o in self.objects[predicate].get(term, ())]
            taken += [(s, predicate, term) for s in self.subjects[predicate].get(term, ()) if s != term]
        for subject, predicate, value in taken:
            self._discard(self.objects.get(predicate), subject, value)
            self._discard(self.subjects.get(predicate), value, subject)
        return taken

    def copy(self) -> "Index":
        """Return an index of the same triples that can be changed without this one."""
        new = Index()
        new.objects.update(self.objects)
        new.subjects.update(self.subjects)
        self._shared = set(self.objects)
        new._shared = set(self.objects)
        return new

    def _unshare(self, predicate: int) -> None:
        for pairs in (self.objects, self.subjects):
            pairs[predicate] = {key: set(items) for key, items in pairs[predicate].items()}
        self._shared.discard(predicate)

    @staticmethod
    def _discard(pairs: dict[int, set[int]] | None, key: int, item: int) -> None:
        if pairs is not None and key in pairs:
            pairs[key].discard(item)
            if not pairs[key]:
                del pairs[key]


Match: TypeAlias = Callable[[Index, Iterable[Pair]], Iterator[Slots]]
"""Yields the matches of a body in which new triples, given by subject and object, stand at a certain place."""


class Layout:
    """Where the terms of a rule lie in its slots; each constant is in its slot from the beginning.

    Args:
        atoms: The body and the head of the rule.
    """

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self.blank: Slots = list(dict.fromkeys(term for atom in atoms for term in atom))
        self.place = {term: number for number, term in enumerate(self.blank)}


def matcher(body: Sequence[Atom], place: int, layout: Layout) -> Match:
    """Return what finds the matches for new triples that fit the *body* at *place*; the slots are used again."""
    subject, _, value = body[place]
    bound = {term for term in layout.blank if term >= 0} | {subject, value}
    loops = _loops(list(body[:place]) + list(body[place + 1 :]), bound, layout)
    first, last, blank = layout.place[subject], layout.place[value], layout.blank

    def match(index: Index, pairs: Iterable[Pair]) -> Iterator[Slots]:
        slots = blank.copy()
        for slots[first], slots[last] in pairs:
            yield from loops(index, slots)

    return match


def scan(atom: Atom, index: Index) -> Iterator[tuple[int, int]]:
    """Yield subject and object of the triples that fit an *atom*, whose subject is a variable."""
    _, predicate, value = atom
    if value >= 0:
        yield from [(subject, value) for subject in index.subjects.get(predicate, _NOTHING).get(value, ())]
    else:
        yield from [(s, o) for s, values in index.objects.get(predicate, _NOTHING).items() for o in values]


Loops: TypeAlias = Callable[[Index, Slots], Iterator[Slots]]


def _loops(atoms: list[Atom], bound: set[int], layout: Layout) -> Loops:
    if not atoms:
        return _once
    at = min(range(len(atoms)), key=lambda n: (atoms[n][0] not in bound) + (atoms[n][2] not in bound))
    subject, predicate, value = atoms[at]
    rest = _loops(atoms[:at] + atoms[at + 1 :], bound | {subject, value}, layout)
    places = layout.place[subject], layout.place[value]
    if subject in bound and value in bound:
        return _check(predicate, *places, rest)
    if subject in bound:
        return _each(predicate, *places, rest, forward=True)
    if value in bound:
        return _each(predicate, places[1], places[0], rest, forward=False)
    return _all(predicate, *places, rest)


def _once(index: Index, slots: Slots) -> Iterator[Slots]:
    yield slots


def _check(predicate: int, subject: int, value: int, rest: Loops) -> Loops:
    def loop(index: Index, slots: Slots) -> Iterator[Slots]:
        if slots[value] in index.objects.get(predicate, _NOTHING).get(slots[subject], ()):
            yield from rest(index, slots)

    return loop


def _each(predicate: int, known: int, sought: int, rest: Loops, *, forward: bool) -> Loops:
    is_last = rest is _once

    def loop(index: Index, slots: Slots) -> Iterator[Slots]:
        pairs = index.objects if forward else index.subjects
        for slots[sought] in pairs.get(predicate, _NOTHING).get(slots[known], ()):  # noqa: B020
            if is_last:
                yield slots
            else:
                yield from rest(index, slots)

    return loop


def _all(predicate: int, subject: int, value: int, rest: Loops) -> Loops:
    def loop(index: Index, slots: Slots) -> Iterator[Slots]:
        for slots[subject], values in index.objects.get(predicate, _NOTHING).items():
            for slots[value] in values:
                yield from rest(index, slots)

    return loop
