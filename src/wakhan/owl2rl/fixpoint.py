"""Draw conclusions from numbered triples by rules until nothing new comes; things that are the same have one number.

New triples are taken in together, and then joined with what is known, property by property. A rule about axioms and
facts (``?c subClassOf ?d . ?x a ?c``) becomes one about facts alone for each axiom that there is, when the axiom comes
in. So a rule that no axiom fires costs nothing, and an axiom may itself be a conclusion.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import repeat
from typing import NamedTuple

from wakhan.owl2rl.join import Atom, Index, Layout, Match, Pair, Slots, matcher, scan

ENDLESS = "List contains a recursive rdf:rest reference"


class NumberedRule(NamedTuple):
    """Premises and conclusion. Of the premises, the first *axioms* are about the ontology, the others about facts."""

    body: tuple[Atom, ...]
    head: Atom
    axioms: int = 0


class Terms(NamedTuple):
    """The numbers that the engine must know: of a few properties, and of the terms that always keep their number."""

    type: int
    same: int
    first: int
    rest: int
    fixed: int
    """Smaller numbers are those of the vocabulary, which stand for whatever is the same as they are."""
    thing: int
    everything: int
    """Smaller numbers are those of owl:Thing and owl:Nothing."""
    hierarchy: frozenset[int]
    """The properties of which owl:Thing may be the value without that it says anything."""


ListRules = Mapping[int, Callable[[int, Sequence[int]], Iterator[NumberedRule]]]
"""For a property whose values are lists: the rules that a subject and the items of its list give rise to."""

Act = Callable[["Fixpoint", Collection[Pair]], None]
End = Callable[["Fixpoint", Iterator[Slots]], None]


class _Places(NamedTuple):
    """What new triples of some property, or of some property and value, set off."""

    templates: list[Atom]
    """Conclusions from this triple alone; -1 and -2 are its subject and object."""
    joins: list[Act]
    by_value: "dict[int, _Places]"

    def copy(self) -> "_Places":
        """Return the same, to be added to."""
        return _Places(list(self.templates), list(self.joins), {key: old.copy() for key, old in self.by_value.items()})


class Fixpoint:
    """A set of numbered triples that is closed under rules.

    Args:
        terms: The numbers it must know.
        rules: The rules.
        wide: More rules, which say something only when owl:Thing or owl:Nothing is more than the end of a hierarchy.
        lists: The rules that lists give rise to.
        equal: Whether the same things have the same properties.
        installed: Whether to take in the rules now.
    """

    def __init__(
        self,
        terms: Terms,
        rules: Sequence[NumberedRule],
        wide: Sequence[NumberedRule],
        lists: ListRules,
        *,
        equal: bool = True,
        installed: bool = True,
    ) -> None:
        self.terms, self.rules, self.wide, self.lists, self.equal = terms, rules, wide, lists, equal
        self.literals: set[int] = set()
        self.members: dict[int, list[int]] = {}  # of each number that stands for several, those
        self._stands: dict[int, int] = {}
        self._twins: dict[int, set[int]] = {}  # a thing and a literal that are said to be the same
        self._cells: dict[int, dict[int, set[int]]] = {terms.first: {}, terms.rest: {}}
        self._start([], installed)

    def _start(self, triples: Iterable[Atom], installed: bool = True) -> None:
        self.index = Index()
        self.news: list[Atom] = []  # the conclusions, each once; where numbers stand for several look into the index
        self._seen: set[Atom] = set()  # what is in the index or the queue
        self._places: dict[int, _Places] = {}
        self._own: set[int] = set()  # properties whose places are not also another's
        self._made: set[NumberedRule] = set()
        self._constants: set[int] = set()
        self._is_wide = self._is_stale = False
        self._queue: list[Atom] = []
        self._take_in(triples)
        for rule in self.rules if installed else ():
            self._add(rule)

    def find(self, term: int) -> int:
        """Return the number that stands for *term*."""
        while term in self._stands:
            term = self._stands[term]
        return term

    def copy(self) -> "Fixpoint":
        """Return the same, which can be added to without changing this."""
        new = Fixpoint(self.terms, self.rules, self.wide, self.lists, equal=self.equal, installed=False)
        new.literals, new.members = set(self.literals), {key: list(terms) for key, terms in self.members.items()}
        new._stands, new._twins = dict(self._stands), _copied(self._twins)
        new._cells = {part: _copied(cells) for part, cells in self._cells.items()}
        new.index, new._seen, new._is_wide = self.index.copy(), set(self._seen), self._is_wide
        new._made, new._constants = set(self._made), set(self._constants)
        new._places = dict(self._places)
        self._own = set()
        return new

    def close(self, triples: Iterable[Atom]) -> None:
        """Add *triples* and all that follows from them.

        Raises:
            ValueError: A list that an axiom needs runs in a circle.
        """
        axioms: list[Atom] = []
        facts: list[Atom] = []
        fixed, kind = self.terms.fixed, self.terms.type
        for triple in triples:
            subject, predicate, value = triple
            if predicate in self._cells:
                self._cells[predicate].setdefault(subject, set()).add(value)
            is_axiom = predicate < fixed and (predicate != kind or value < fixed)
            (axioms if is_axiom else facts).append(triple)
        self._take_in(axioms)
        self._drain()  # what follows from facts is found sooner when the axioms are known
        self._take_in(facts)
        self._drain()
        while self._is_stale:  # a rule speaks of a term that another one now stands for
            self._start(list(self.index))
            self._drain()

    def _take_in(self, triples: Iterable[Atom]) -> None:
        fresh = [triple for triple in triples if triple not in self._seen]
        self._seen.update(fresh)
        self._queue += fresh

    def _drain(self) -> None:
        while self._queue:
            queue, self._queue = self._queue, []
            for predicate, pairs in self._indexed(queue).items():
                self._react(predicate, pairs)

    def _indexed(self, queue: list[Atom]) -> Mapping[int, list[Pair]]:
        """Put triples into the index; return them by property."""
        if self.equal:
            for subject, predicate, value in queue:
                if predicate == self.terms.same:
                    self._equate(self.find(subject), self.find(value))
        found = defaultdict[int, list[Pair]](list)
        for subject, predicate, value in self._renamed(queue) if self._stands else queue:
            found[predicate].append((subject, value))
        for predicate, pairs in found.items():
            self.index.add(predicate, pairs)
        return found

    def _renamed(self, queue: list[Atom]) -> Iterator[Atom]:
        """Yield the triples with the terms that stand for theirs, without those that are known by these names."""
        for triple in queue:
            named = self._named(triple)
            if named == triple or named not in self._seen:
                self._seen.add(named)
                yield named

    def _react(self, predicate: int, pairs: list[Pair]) -> None:
        if not self._is_wide:
            self._look_wider(predicate, pairs)
        places = self._places.get(predicate)
        if places is not None:
            self._set_off(places, pairs)
            for value, group in _by_value(pairs, places.by_value).items():
                self._set_off(places.by_value[value], group)
        for subject, value in pairs if predicate in self.lists else ():
            for rule in self.lists[predicate](subject, list(self._items(value))):
                self._add(rule)
        if predicate == self.terms.same and self.equal:
            self._read_twins(pairs)
        if twins := self._twins:
            self._emit({(subject, predicate, twin) for subject, value in pairs for twin in twins.get(value, ())})

    def _set_off(self, places: "_Places", pairs: list[Pair]) -> None:
        for template in places.templates:
            self._emit(_filled(template, pairs))
        for join in places.joins:
            join(self, pairs)

    def _emit(self, triples: AbstractSet[Atom]) -> None:
        """Put those conclusions into the queue that are new and say something; a literal is no subject."""
        same, literals = self.terms.same, self.literals
        fresh = [t for t in triples - self._seen if t[0] not in literals and (t[1] != same or t[0] != t[2])]
        self._seen.update(fresh)
        self.news += fresh
        self._queue += fresh

    def _add(self, rule: NumberedRule) -> None:
        """Take in a rule, and draw the conclusions that it has now."""
        rule = NumberedRule(tuple(map(self._named, rule.body)), self._named(rule.head), rule.axioms)
        body, head, _ = rule
        if rule in self._made or head in body or head[1] in self.literals:
            return
        self._made.add(rule)
        self._constants.update(term for atom in (*body, head) for term in atom if term >= 0)
        if not body:
            self._emit({head})
            return
        premises, layout, end = body[: rule.axioms or None], Layout((*body, head)), _end(rule)
        matches = [matcher(premises, place, layout) for place in range(len(premises))]
        if len(body) == 1 and not rule.axioms:
            self._place(body[0]).templates.append(_template(rule))
        else:
            for atom, match in zip(premises, matches, strict=True):
                self._place(atom).joins.append(_join(match, end))
        end(self, matches[0](self.index, scan(body[0], self.index)))

    def _named(self, atom: Atom) -> Atom:
        s, p, o = (term if term < 0 else self.find(term) for term in atom)
        return s, p, o

    def _place(self, atom: Atom) -> "_Places":
        _, predicate, value = atom
        if predicate not in self._own:
            self._places[predicate] = self._places.get(predicate, _Places([], [], {})).copy()
            self._own.add(predicate)
        places = self._places[predicate]
        return places if value < 0 else places.by_value.setdefault(value, _Places([], [], {}))

    def _items(self, head: int) -> Iterator[int]:
        """Yield the items of a list.

        Raises:
            ValueError: It runs in a circle.
        """
        seen: set[int] = set()
        cell: int | None = head
        while cell is not None:
            if cell in seen:
                raise ValueError(ENDLESS)
            seen.add(cell)
            item = self._part(cell, self.terms.first)
            if item is not None:
                yield item
            cell = self._part(cell, self.terms.rest)

    def _part(self, cell: int, part: int) -> int | None:
        cells = self._cells[part]
        found = [self.find(value) for c in (cell, *self.members.get(self.find(cell), ())) for value in cells.get(c, ())]
        return min(found, default=None)

    def _equate(self, one: int, other: int) -> None:
        """Let one of two terms stand for both; a literal stands for itself."""
        if one == other or one in self.literals or other in self.literals:
            return
        winner, loser = sorted((one, other), key=self._rank)
        self._stands[loser] = winner
        self.members[winner] = [*self.members.get(winner, (winner,)), *self.members.pop(loser, (loser,))]
        self._is_stale |= loser in self._constants
        self._queue += self.index.take(loser)

    def _rank(self, term: int) -> tuple[bool, bool, int]:
        """Order what may stand for others: the vocabulary, then what rules speak of, then what stands for many."""
        return term >= self.terms.fixed, term not in self._constants, -len(self.members.get(term, ()))

    def _read_twins(self, pairs: list[Pair]) -> None:
        """If one of two that are the same is a literal, let what has the one as a value have also the other.

        They have no number in common: of a wrong statement about one number there would be no end.
        """
        twins = [pair for pair in pairs if pair[1] in self.literals]
        for one, other in (*twins, *(pair[::-1] for pair in twins)):
            self._twins.setdefault(one, set()).add(other)
            subjects = self.index.subjects.items()
            self._emit({(subject, prop, other) for prop, known in subjects for subject in known.get(one, ())})

    def _look_wider(self, predicate: int, pairs: list[Pair]) -> None:
        """If owl:Thing or owl:Nothing are spoken of in a way that has consequences, take in the rules about them."""
        everything = self.terms.everything
        if any((s < everything or o < everything) and self._says_much(s, predicate, o) for s, o in pairs):
            self._is_wide = True
            for rule in self.wide:
                self._add(rule)

    def _says_much(self, subject: int, predicate: int, value: int) -> bool:
        if subject == value and predicate != self.terms.same:
            return False
        says = subject < self.terms.everything and predicate != self.terms.type
        ends = value == self.terms.thing and predicate in self.terms.hierarchy
        return says or (value < self.terms.everything and not ends)


def _copied(sets: Mapping[int, set[int]]) -> dict[int, set[int]]:
    return {key: set(items) for key, items in sets.items()}


def _template(rule: NumberedRule) -> Atom:
    (subject, _, value), (s, p, o) = rule.body[0], rule.head
    names = {subject: -1} | ({value: -2} if value < 0 else {})
    return names.get(s, s), p, names.get(o, o)


def _filled(template: Atom, pairs: list[Pair]) -> set[Atom]:
    """Return the conclusions of a template from the subjects and objects of triples."""
    subject, predicate, value = template
    columns = [[pair[-1 - end] for pair in pairs] if end < 0 else repeat(end, len(pairs)) for end in (subject, value)]
    return set(zip(columns[0], repeat(predicate), columns[1], strict=False))


def _by_value(pairs: list[Pair], values: Collection[int]) -> dict[int, list[Pair]]:
    """Return by their object those *pairs* of which it is among the *values*."""
    found: dict[int, list[Pair]] = {}
    for pair in pairs if values else ():
        if pair[1] in values:
            found.setdefault(pair[1], []).append(pair)
    return found


def _join(match: Match, end: End) -> Act:
    return lambda fixpoint, pairs: end(fixpoint, match(fixpoint.index, pairs))


def _end(rule: NumberedRule) -> End:
    """Return what is done with the matches of a rule: draw the conclusion, or make a rule without the axioms."""
    layout = Layout((*rule.body, rule.head))
    s, p, o = (layout.place[term] for term in rule.head)

    def conclude(fixpoint: Fixpoint, matches: Iterator[Slots]) -> None:
        fixpoint._emit({(slots[s], slots[p], slots[o]) for slots in matches})

    def specialize(fixpoint: Fixpoint, matches: Iterator[Slots]) -> None:
        for slots in [list(slots) for slots in matches]:
            value = dict(zip(layout.blank, slots, strict=True))
            rest = [(value[s], value[p], value[o]) for s, p, o in (*rule.body[rule.axioms :], rule.head)]
            fixpoint._add(NumberedRule(tuple(rest[:-1]), rest[-1]))

    return conclude if rule.axioms in (0, len(rule.body)) else specialize
