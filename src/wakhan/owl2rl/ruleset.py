"""Close a graph under the rules of OWL 2 RL, fast.

The rules are those of ``wakhan.rules``. What they say of axioms is worked out once, so that one ``Ruleset`` serves
many small graphs; see ``wakhan.owl2rl.fixpoint`` for how. Blank nodes and literals come out as they went in.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef, Variable
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.names import Triple
from wakhan.owl2rl.fixpoint import Fixpoint, ListRules, NumberedRule, Terms
from wakhan.owl2rl.join import Atom
from wakhan.rules import LIMITS, LISTS, OF_LISTS, TABLE, of_list, term_of

if TYPE_CHECKING:
    import pyoxigraph

VOCABULARY = (str(RDF), str(RDFS), str(OWL), str(XSD))
REFLEXIVE = (OWL.sameAs, OWL.equivalentClass, OWL.equivalentProperty, RDFS.subClassOf, RDFS.subPropertyOf)
EVERYTHING = (OWL.Thing, RDFS.Resource)
TYPING = (RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range)

EQUALITY = frozenset({"eq-sym", "eq-trans", "eq-rep-s", "eq-rep-p", "eq-rep-o"})
"""These five are one: what is the same has one number."""

ENDING = (OWL.members, OWL.distinctMembers)
"""The properties of lists that only the clash rules read; they too must have an end."""

_ONE = URIRef("urn:x-wakhan:one")  # stands for any literal whose value is one
_LINES = [line.split(maxsplit=1) for line in (TABLE + LIMITS).splitlines() if line]
RULE_NAMES: tuple[str, ...] = tuple(
    dict.fromkeys((*(name for name, _ in _LINES), "cls-thing", "cls-nothing1", *OF_LISTS))
)
"""The names of all rules, as in the tables of the W3C."""
_WORDS = sorted({word for _, text in _LINES for word in text.replace("=>", " ").split() if word[0] not in "?.1"})
_OTHERS = (*LISTS, *ENDING, *EVERYTHING, *TYPING, *REFLEXIVE, RDF.first, RDF.rest)
_FIXED = dict.fromkeys((OWL.Thing, OWL.Nothing, _ONE, *map(term_of, _WORDS), *_OTHERS))
_NUMBER = {term: number for number, term in enumerate(_FIXED)}
_TYPE = _NUMBER[RDF.type]
_VARIABLES: dict[Node, int] = {}  # filled as they are met
_TERMS = Terms(
    type=_TYPE,
    same=_NUMBER[OWL.sameAs],
    first=_NUMBER[RDF.first],
    rest=_NUMBER[RDF.rest],
    fixed=len(_NUMBER),
    thing=_NUMBER[OWL.Thing],
    everything=2,
    hierarchy=frozenset(_NUMBER[term] for term in TYPING),
)
_LIMITS = {_NUMBER[OWL.maxCardinality], _NUMBER[OWL.maxQualifiedCardinality]}
_REFLEXIVE = {_NUMBER[term] for term in REFLEXIVE}
_EVERYTHING = {_NUMBER[term] for term in EVERYTHING}


class Ruleset:
    """The rules of OWL 2 RL, and what they make of a schema.

    Args:
        schema: An rdflib graph or a pyoxigraph store (its default graph); what is closed later is of the same kind.
            It may be missing: then each graph brings its own.
        without: Names of rules to be left out, such as ``prp-key``. Those about equality can only be left out together.

    Raises:
        WakhanError: A list of the schema runs in a circle.

    Example:
        >>> from rdflib import Graph
        >>> text = "@prefix : <urn:> . @prefix owl: <http://www.w3.org/2002/07/owl#> ."
        >>> schema = Graph().parse(data=f"{text} :borders a owl:SymmetricProperty .")
        >>> Ruleset(schema).infer(Graph().parse(data=f"{text} :a :borders :b ."))
        [(rdflib.term.URIRef('urn:b'), rdflib.term.URIRef('urn:borders'), rdflib.term.URIRef('urn:a'))]
    """

    def __init__(self, schema: "Graph | pyoxigraph.Store | None" = None, *, without: Collection[str] = ()) -> None:
        graph = Graph() if schema is None else schema
        rules, wide = _rules(frozenset(without))
        fixpoint = Fixpoint(_TERMS, rules, wide, _list_rules(without), equal=not set(without) >= EQUALITY)
        self._base = _Closing(_world(graph), fixpoint)
        self._inferred: list[Triple] = self._base.close(_triples(graph), anonymous=True)

    @property
    def inferred(self) -> list[Triple]:
        """What follows from the schema alone."""
        return self._inferred

    def infer(self, graph: "Graph | pyoxigraph.Store", *, anonymous: bool = False) -> list[Triple]:
        """Return what follows from *graph* and the schema, each triple once, without what follows from the schema.

        Args:
            graph: The data. It is not changed.
            anonymous: Whether to keep what has blank nodes.

        Raises:
            WakhanError: A list runs in a circle.
        """
        return self._base.copy().close(_triples(graph), anonymous=anonymous)

    def close(self, store: "pyoxigraph.Store", *, anonymous: bool = False) -> int:
        """Add to the default graph of *store* what follows from it and the schema; return how many triples.

        Args:
            store: The data.
            anonymous: Whether to keep what has blank nodes.

        Raises:
            WakhanError: A list runs in a circle.
        """
        import pyoxigraph as ox

        new = self.infer(store, anonymous=anonymous)
        store.extend(ox.Quad(*triple) for triple in new)  # type: ignore[arg-type]
        return len(new)


@cache
def _bare() -> Ruleset:
    return Ruleset()


def closure(graph: Graph, *, anonymous: bool = False) -> list[Triple]:
    """Return what follows from *graph* by OWL 2 RL and is not in it, without what holds of everything.

    Args:
        graph: Ontology and data. It is not changed.
        anonymous: Whether to keep what has blank nodes, such as the restrictions that an individual falls under.

    Raises:
        WakhanError: A list of the ontology runs in a circle.
    """
    return _bare().infer(graph, anonymous=anonymous)


def growing(parts: Iterable[Graph]) -> Iterator[list[Triple]]:
    """Yield for each part what follows from it and from those before, each triple once; the work before is not redone.

    Args:
        parts: Graphs. Axioms, and the lists in them, belong in the first. What has blank nodes is kept.

    Raises:
        WakhanError: A list of the ontology runs in a circle.
    """
    closing = _bare()._base.copy()
    for part in parts:
        yield closing.close(_triples(part), anonymous=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Stop the garbage collector, which would go through all triples many times and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # what is new counts as old, so that the collector does not go through it at once
            gc.unfreeze()
            gc.enable()


class _World(NamedTuple):
    """How terms are made and told apart in rdflib or in pyoxigraph."""

    named: Callable[[str], Any]
    literal: type
    blank: type


def _world(graph: object) -> _World:
    if isinstance(graph, Graph):
        return _World(URIRef, Literal, BNode)
    import pyoxigraph as ox

    return _World(ox.NamedNode, ox.Literal, ox.BlankNode)


def _triples(graph: "Graph | pyoxigraph.Store") -> Iterable[tuple[Any, Any, Any]]:
    if isinstance(graph, Graph):
        return graph
    import pyoxigraph as ox

    quads = graph.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return ((quad.subject, quad.predicate, quad.object) for quad in quads)


class _Closing:
    """A set of triples that is closed under rules, with their terms and the numbers that stand for them.

    Args:
        world: The kind of the terms.
        fixpoint: The rules and the numbered triples.
    """

    def __init__(self, world: _World, fixpoint: Fixpoint) -> None:
        self.world, self.fixpoint = world, fixpoint
        self.terms: list[Any] = [world.named(str(term)) for term in _NUMBER]
        self.numbers: dict[Any, int] = {term: number for number, term in enumerate(self.terms)}
        self.blank: set[int] = set()
        self.fixed: set[int] = set(range(len(_NUMBER)))  # the terms about which nothing need be said
        self.told: set[Atom] = set()  # what was asserted or told before

    def copy(self) -> "_Closing":
        """Return the same, which can be added to without changing this."""
        new = _Closing(self.world, self.fixpoint.copy())
        new.terms, new.numbers = self.terms.copy(), self.numbers.copy()
        new.blank, new.fixed, new.told = self.blank.copy(), self.fixed.copy(), self.told
        return new

    @_undisturbed()
    def close(self, triples: Iterable[tuple[Any, Any, Any]], *, anonymous: bool) -> list[Any]:
        """Add *triples* and what follows from them; return what of this is worth telling and was not there before."""
        asserted = set(self._numbered(triples))
        limits = [(s, p, _NUMBER[_ONE]) for s, p, o in asserted if p in _LIMITS and _is_one(self.terms[o])]
        try:
            self.fixpoint.close([*asserted, *limits])
        except ValueError as error:
            raise WakhanError(f"the graph cannot be reasoned with: {error}") from error
        told = set(self.told).union(asserted)
        new = self._expanded() if self.fixpoint.members else self.fixpoint.news
        new = [triple for triple in new if triple not in told]
        self.told = told.union(new)
        terms = self.terms
        return [(terms[s], terms[p], terms[o]) for s, p, o in new if self._tells(s, p, o, anonymous)]

    def _numbered(self, triples: Iterable[tuple[Any, Any, Any]]) -> Iterator[Atom]:
        known, number = self.numbers.get, self._number
        for subject, predicate, value in triples:
            if (s := known(subject)) is None:
                s = number(subject)
            if (p := known(predicate)) is None:
                p = number(predicate)
            if (o := known(value)) is None:
                o = number(value)
            yield s, p, o

    def _number(self, term: Any) -> int:  # noqa: ANN401 (of rdflib or pyoxigraph)
        number = self.numbers[term] = len(self.terms)
        self.terms.append(term)
        if isinstance(term, self.world.literal):
            self.fixpoint.literals.add(number)
        elif isinstance(term, self.world.blank):
            self.blank.add(number)
        elif (term if self.world.named is URIRef else term.value).startswith(VOCABULARY):
            self.fixed.add(number)
        return number

    def _expanded(self) -> Iterator[Atom]:
        """Yield the triples for all terms, where one number stood for several."""
        members = self.fixpoint.members
        for s, p, o in self.fixpoint.index:
            if s in members or p in members or o in members:
                yield from product(members.get(s, (s,)), members.get(p, (p,)), members.get(o, (o,)))
            else:
                yield s, p, o

    def _tells(self, s: int, p: int, o: int, anonymous: bool) -> bool:
        """Say whether a triple is worth telling, as ``wakhan.reason.is_noise`` does."""
        if s in self.fixed or p in self.blank or p in self.fixpoint.literals or o == _NUMBER[_ONE]:
            return False
        if (s == o and p in _REFLEXIVE) or (o in _EVERYTHING and p in _TERMS.hierarchy):
            return False
        return anonymous or not (s in self.blank or o in self.blank)


def _is_one(term: object) -> bool:
    """Say whether a literal of rdflib or pyoxigraph is the number one."""
    try:
        return float(getattr(term, "value", None) or "") == 1
    except (TypeError, ValueError):
        return False


@cache
def _rules(without: frozenset[str]) -> tuple[list[NumberedRule], list[NumberedRule]]:
    """Return the rules without those named, and, apart, those that say something of owl:Thing and owl:Nothing."""
    rules = [(name, _rule(text)) for name, text in _LINES if name not in without | EQUALITY]
    ends = {_NUMBER[OWL.Thing], _NUMBER[OWL.Nothing]}
    wide = [rule for name, rule in rules if name == "scm-cls" and ends & set(rule.head)]
    declared = {"cls-thing": OWL.Thing, "cls-nothing1": OWL.Nothing}
    wide += [
        NumberedRule((), (_NUMBER[term], _TYPE, _NUMBER[OWL.Class]))
        for name, term in declared.items()
        if name not in without
    ]
    return [rule for _, rule in rules if rule not in wide], wide


def _rule(text: str) -> NumberedRule:
    body, head = text.split("=>")
    atoms = sorted((_atom(part) for part in body.split(" . ")), key=_is_of_facts)
    return NumberedRule(tuple(atoms), _atom(head), sum(not _is_of_facts(atom) for atom in atoms))


def _is_of_facts(atom: Atom) -> bool:
    return atom[1] < 0 or (atom[1] == _TYPE and atom[2] < 0)


def _atom(text: str) -> Atom:
    s, p, o = (_numbered(_ONE if word == "1" else term_of(word)) for word in text.split())
    return s, p, o


def _list_rules(without: Collection[str]) -> ListRules:
    def maker(prop: Node) -> Callable[[int, Sequence[int]], Iterator[NumberedRule]]:
        def make(subject: int, items: Sequence[int]) -> Iterator[NumberedRule]:
            for name, body, head in of_list(prop, subject, items, _numbered):
                if name not in without:
                    yield NumberedRule(body, head)

        return make

    return {_NUMBER[prop]: maker(prop) for prop in (*LISTS, *ENDING)}


def _numbered(term: Node) -> int:
    if isinstance(term, Variable):
        return _VARIABLES.setdefault(term, -1 - len(_VARIABLES))
    return _NUMBER[term]
