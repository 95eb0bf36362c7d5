"""Look quickly whether an article may break the law of the two layers or contradict itself.

The rules are those of ``wakhan.law``, ``wakhan.facts`` and ``wakhan.clashes``. They only ask what is in a graph, so
they are given something that answers as a graph does and is made in a tenth of the time. What they find is found again
by the complete check, which then tells it.
"""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import TypeAlias, cast

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal
from rdflib.term import Node

from wakhan.clashes import clashes
from wakhan.errors import WakhanError
from wakhan.facts import facts_from_claims
from wakhan.law import softened
from wakhan.names import WK, Triple

Infer: TypeAlias = Callable[[Graph], list[Triple]]
"""From a graph to what follows from it and the ontology, and not from the ontology alone."""

_AXIOMS = (str(OWL), str(RDFS.subClassOf), str(RDFS.subPropertyOf), str(RDFS.domain), str(RDFS.range))
_META = (str(OWL), str(RDFS), str(RDF.Property))


class Listed(Graph):
    """Triples that are only read from the first to the last, as a graph.

    Args:
        triples: The triples, each once.
    """

    def __init__(self, triples: Sequence[Triple]) -> None:
        super().__init__(bind_namespaces="none")
        self._listed = triples

    def __iter__(self) -> Generator[Triple, None, None]:
        """Yield the triples."""
        yield from self._listed

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._listed)


class Index:
    """Triples that answer what the rules ask of a graph, with others that stand below.

    Args:
        triples: What it holds.
        below: What it holds too, and does not say when it is asked for all.
    """

    def __init__(self, triples: Iterable[Triple], *below: "Index") -> None:
        self._below = below
        self._all: set[Triple] = set(triples)
        self._pairs: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
        self._subjects: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
        self._objects: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
        for subject, predicate, value in self._all:
            self._pairs[predicate].append((subject, value))
            self._subjects[predicate, value].append(subject)
            self._objects[subject, predicate].append(value)

    def graph(self) -> Graph:
        """Return itself, for what takes a graph and only asks what this can answer."""
        return cast(Graph, self)

    def __contains__(self, triple: Triple) -> bool:
        """Tell whether *triple* holds."""
        return triple in self._all or any(triple in each for each in self._below)

    def __iter__(self) -> Iterator[Triple]:
        """Yield the triples, without those below."""
        return iter(self._all)

    def subject_objects(self, predicate: Node) -> list[tuple[Node, Node]]:
        """Return the subjects and objects of a property."""
        found = list(self._pairs.get(predicate, ()))
        for each in self._below:
            found += each.subject_objects(predicate)
        return found

    def subjects(self, predicate: Node, value: Node | None = None) -> list[Node]:
        """Return the subjects of a property, with some value or any."""
        if value is None:
            return [subject for subject, _ in self.subject_objects(predicate)]
        found = list(self._subjects.get((predicate, value), ()))
        for each in self._below:
            found += each.subjects(predicate, value)
        return found

    def objects(self, subject: Node, predicate: Node) -> list[Node]:
        """Return the values of a property."""
        found = list(self._objects.get((subject, predicate), ()))
        for each in self._below:
            found += each.objects(subject, predicate)
        return found

    def items(self, head: Node) -> Iterator[Node]:
        """Yield the items of a list, of one that runs in a circle each once."""
        seen: set[Node] = set()
        while head != RDF.nil and head not in seen:
            seen.add(head)
            yield from self.objects(head, RDF.first)[:1]
            head = next(iter(self.objects(head, RDF.rest)), RDF.nil)

    def namespaces(self) -> Iterator[tuple[str, Node]]:
        """Yield no prefixes: nobody reads what is found here."""
        yield from ()


class Law:
    """What an article must not do, beside what the shapes say.

    Args:
        ontology: What the words mean.
        infer: The reasoner.
    """

    def __init__(self, ontology: Graph, infer: Infer) -> None:
        self.infer = infer
        self._properties = frozenset(ontology.subjects(RDF.type, WK.ClaimableProperty))
        self._classes = frozenset(ontology.subjects(RDF.type, WK.ClaimableClass))
        schema = infer(Listed([]))
        self._schema = Index((*ontology, *schema))

    def is_broken(self, own: Index, data: Sequence[Triple], denials: Graph, inferred: Sequence[Triple]) -> bool:
        """Tell whether something may be wrong with an article that is no matter of the shapes.

        Args:
            own: What its files say.
            data: The same, with what is known of the shared things that it names.
            denials: What it denies, as ``wakhan.denials`` has it.
            inferred: What follows from all these.
        """
        if any(_is_odd(triple) for triple in data):
            return True
        try:
            wanted = {triple for triple in facts_from_claims(own.graph()) if self._is_fact(triple)}
        except WakhanError:
            return True
        bare = {triple for triple in data if self._is_fact(triple)}
        if wanted != bare:
            return True
        without = Listed([triple for triple in data if triple not in bare])
        if any(self._is_fact(triple) for triple in self.infer(without)):
            return True
        closed = Index((*data, *denials, *inferred), self._schema).graph()
        return bool(clashes(closed) or softened(closed, own.graph()))

    def _is_fact(self, triple: Triple) -> bool:
        _, predicate, value = triple
        return value in self._classes if predicate == RDF.type else predicate in self._properties


def _is_odd(triple: Triple) -> bool:
    """Tell whether a triple is wrong by itself, or says what words mean: both want a complete check."""
    subject, predicate, value = triple
    if isinstance(value, Literal):
        return value.ill_typed is True
    if isinstance(subject, BNode) or isinstance(value, BNode):
        return True
    return str(predicate).startswith(_AXIOMS) or (predicate == RDF.type and str(value).startswith(_META))
