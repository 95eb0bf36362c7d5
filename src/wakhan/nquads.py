"""Note where the terms of N-Triples and N-Quads stand."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rdflib.plugins.parsers.nquads import NQuadsParser
from rdflib.plugins.parsers.ntriples import W3CNTriplesParser
from rdflib.term import Node

if TYPE_CHECKING:
    from wakhan.positions import Positions


class _Nothing:
    """What the parser writes to: the triples themselves are not wanted."""

    def __init__(self) -> None:
        self.default_context = self

    def get_context(self, name: object) -> "_Nothing":
        return self

    def add(self, triple: object) -> None:
        pass

    def triple(self, *triple: object) -> None:
        pass


class NotingLineParser(W3CNTriplesParser):
    """A parser of N-Triples that notes from where to where it reads each term.

    Args:
        positions: Where it notes that.
        wants: Tells which subjects are asked for.
    """

    def __init__(self, positions: "Positions", wants: Callable[[Node], bool]) -> None:
        super().__init__(sink=_Nothing())  # type: ignore[arg-type]
        self._positions = positions
        self._wants = wants
        self._end = -1
        self._terms: list[tuple[Node, tuple[int, int]]] = []

    def parseline(self, bnode_context: Any = None) -> None:  # noqa: ANN401 (the types are rdflib's)
        """Read the next line."""
        self._end += len(self.line or "") + 1
        super().parseline(bnode_context)
        if self._terms:
            (subject, at_subject), (predicate, at_predicate), (value, at_value) = self._terms
            if self._wants(subject):
                self._positions.note_subject(subject, at_subject)
                self._positions.note_triple((subject, predicate, value), (at_subject, at_predicate, at_value))
            self._terms.clear()

    def subject(self, bnode_context: Any = None) -> Any:  # noqa: ANN401
        """Read a subject."""
        return self._noted(super().subject, bnode_context)

    def predicate(self) -> Any:  # noqa: ANN401
        """Read a predicate."""
        return self._noted(super().predicate)

    def _noted(self, read: Callable[..., Node], *context: Any) -> Node:  # noqa: ANN401
        start = self._end - len(self.line or "")
        node = read(*context)
        self._terms.append((node, (start, self._end - len(self.line or ""))))
        return node

    def object(self, bnode_context: Any = None) -> Any:  # noqa: ANN401
        """Read an object."""
        return self._noted(super().object, bnode_context)


class NotingQuadsParser(NotingLineParser, NQuadsParser):
    """The same for N-Quads."""
