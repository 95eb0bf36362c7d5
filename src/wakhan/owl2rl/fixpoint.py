"""Draw conclusions from numbered triples by rules until nothing new comes; things that are the same have one number.

Each new triple is joined with what is known, once. A rule about axioms and facts (``?c subClassOf ?d . ?x a ?c``)
becomes one about facts alone for each axiom that there is, when the axiom comes in. So a rule that no axiom fires
costs nothing, and an axiom may itself be a conclusion.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from wakhan.owl2rl.join import Atom, Index, Layout, Match, Slots, matcher, scan

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

Act = Callable[["Fixpoint", int, int], None]
End = Callable[["Fixpoint", Iterator[Slots]], None]


class _Places(NamedTuple):
    """What a new triple of some property, or of some property and value, sets off."""

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
        self.log: list[Atom] = []  # what was added to the index, in this order
        self._known: set[Atom] = set()
        self._places: dict[int, _Places] = {}
        self._own: set[int] = set()  # properties whose places are not also another's
        self._made: set[NumberedRule] = set()
        self._constants: set[int] = set()
        self._is_wide = self._is_stale = False
        self._queue: list[Atom] = list(triples)
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
        new.index, new._known, new._is_wide = self.index.copy(), set(self._known), self._is_wide
        new._made, new._constants = set(self._made), set(self._constants)
        new._places = dict(self._places)
        self._own = set()
        return new

    def close(self, triples: Iterable[Atom]) -> None:
        """Add *triples* and all that follows from them.

        Raises:
            ValueError: A list that an axiom needs runs in a circle.
        """
        for subject, predicate, value in triples:
            if predicate in self._cells:
                self._cells[predicate].setdefault(subject, set()).add(value)
            self._queue.append((subject, predicate, value))
        # The last come first: what is the same, then axioms, then facts.
        self._queue.sort(key=self._turn)
        self._drain()
        while self._is_stale:  # a rule speaks of a term that another one now stands for
            known = list(self.index)
            self._start(known)
            self._drain()

    def _turn(self, triple: Atom) -> tuple[bool, bool]:
        _, predicate, value = triple
        fixed = self.terms.fixed
        is_axiom = predicate < fixed and (predicate != self.terms.type or value < fixed)
        return predicate == self.terms.same, is_axiom

    def _drain(self) -> None:
        queue, index, same = self._queue, self.index, self.terms.same
        while queue:
            subject, predicate, value = queue.pop()
            if self._stands:
                subject, predicate, value = self.find(subject), self.find(predicate), self.find(value)
            if predicate == same and subject != value and self.equal:
                subject, value = self._equate(subject, value)
            if (subject, predicate, value) not in index:
                index.add(subject, predicate, value)
                self.log.append((subject, predicate, value))
                self._react(subject, predicate, value)

    def _react(self, subject: int, predicate: int, value: int) -> None:
        if not self._is_wide and (subject < self.terms.everything or value < self.terms.everything):
            self._widen(subject, predicate, value)
        places = self._places.get(predicate)
        if places is not None:
            self._set_off(places, subject, value)
            special = places.by_value.get(value)
            if special is not None:
                self._set_off(special, subject, value)
        if predicate in self.lists:
            for rule in self.lists[predicate](subject, list(self._items(value))):
                self._add(rule)
        if self._twins:
            for twin in self._twins.get(value, ()):
                self._emit((subject, predicate, twin))

    def _set_off(self, places: "_Places", subject: int, value: int) -> None:
        known = self._known
        for s, p, o in places.templates:
            triple = (
                subject if s == -1 else value if s == -2 else s,
                p,
                subject if o == -1 else value if o == -2 else o,
            )
            if triple not in known:
                self._emit(triple)
        for join in places.joins:
            join(self, subject, value)

    def _emit(self, triple: Atom) -> None:
        if triple in self._known or triple[0] in self.literals:
            return
        self._known.add(triple)
        if triple[0] != triple[2] or triple[1] != self.terms.same:
            self._queue.append(triple)

    def _add(self, rule: NumberedRule) -> None:
        """Take in a rule, and draw the conclusions that it has now."""
        rule = NumberedRule(tuple(map(self._named, rule.body)), self._named(rule.head), rule.axioms)
        body, head, _ = rule
        if rule in self._made or head in body or head[1] in self.literals:
            return
        self._made.add(rule)
        self._constants.update(term for atom in (*body, head) for term in atom if term >= 0)
        if not body:
            self._emit(head)
            return
        premises, layout, end = body[: rule.axioms or None], Layout((*body, head)), _end(rule)
        matches = [matcher(premises, place, layout) for place in range(len(premises))]
        if len(body) == 1 and not rule.axioms:
            self._place(body[0]).templates.append(_template(rule))
        else:
            for atom, match in zip(premises, matches, strict=True):
                self._place(atom).joins.append(_join(match, end))
        for subject, value in list(scan(body[0], self.index)):
            end(self, matches[0](self.index, subject, value))

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

    def _equate(self, one: int, other: int) -> tuple[int, int]:
        """Let one of two terms stand for both, and return it as the subject and object of what says that they are one.

        A literal stands for itself: of a wrong statement about one number there would be no end. But what has it
        as a value has also the thing that is the same.
        """
        if one in self.literals:
            return one, other
        if other in self.literals:
            self._twin(one, other)
            return one, other
        winner, loser = sorted((one, other), key=self._rank)
        self._stands[loser] = winner
        self.members[winner] = [*self.members.get(winner, (winner,)), *self.members.pop(loser, (loser,))]
        self._is_stale |= loser in self._constants
        self._queue += self.index.take(loser)
        return winner, winner

    def _rank(self, term: int) -> tuple[bool, bool, int]:
        """Order what may stand for others: the vocabulary, then what rules speak of, then what stands for many."""
        return term >= self.terms.fixed, term not in self._constants, -len(self.members.get(term, ()))

    def _twin(self, thing: int, literal: int) -> None:
        for one, other in ((thing, literal), (literal, thing)):
            self._twins.setdefault(one, set()).add(other)
            for predicate, pairs in self.index.subjects.items():
                for subject in pairs.get(one, ()):
                    self._emit((subject, predicate, other))

    def _widen(self, subject: int, predicate: int, value: int) -> None:
        """If owl:Thing or owl:Nothing are spoken of in a way that has consequences, take in the rules about them."""
        if subject == value and predicate != self.terms.same:
            return
        says = subject < self.terms.everything and predicate != self.terms.type
        ends = value == self.terms.thing and predicate in self.terms.hierarchy
        if says or (value < self.terms.everything and not ends):
            self._is_wide = True
            for rule in self.wide:
                self._add(rule)


def _copied(sets: Mapping[int, set[int]]) -> dict[int, set[int]]:
    return {key: set(items) for key, items in sets.items()}


def _template(rule: NumberedRule) -> Atom:
    (subject, _, value), (s, p, o) = rule.body[0], rule.head
    names = {subject: -1} | ({value: -2} if value < 0 else {})
    return names.get(s, s), p, names.get(o, o)


def _join(match: Match, end: End) -> Act:
    return lambda fixpoint, subject, value: end(fixpoint, match(fixpoint.index, subject, value))


def _end(rule: NumberedRule) -> End:
    """Return what is done with the matches of a rule: draw the conclusion, or make a rule without the axioms."""
    layout = Layout((*rule.body, rule.head))
    s, p, o = (layout.place[term] for term in rule.head)

    def conclude(fixpoint: Fixpoint, matches: Iterator[Slots]) -> None:
        for slots in matches:
            fixpoint._emit((slots[s], slots[p], slots[o]))

    def specialize(fixpoint: Fixpoint, matches: Iterator[Slots]) -> None:
        for slots in [list(slots) for slots in matches]:
            value = dict(zip(layout.blank, slots, strict=True))
            rest = [(value[s], value[p], value[o]) for s, p, o in (*rule.body[rule.axioms :], rule.head)]
            fixpoint._add(NumberedRule(tuple(rest[:-1]), rest[-1]))

    return conclude if rule.axioms in (0, len(rule.body)) else specialize
