"""What a query answers: rows that read as plain Python values and remember their RDF terms."""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from rdflib import BNode, Literal
from rdflib.term import Node

Row = tuple[Node | None, ...]


class Rows(Sequence[dict[str, object]]):
    """The answer of a query, in order.

    Indexing and iterating give plain dictionaries, so ``pandas.DataFrame(rows)`` works; ``terms`` has the RDF terms.
    The answer of an ASK query is one row with the variable ``ask``, and ``bool(rows)`` is the answer itself.

    Args:
        variables: The names of the columns, without question marks.
        terms: One tuple a row, as long as *variables*; None where a variable is unbound.
        boolean: The answer of an ASK query, else None.

    Example:
        >>> rows = Rows(["n"], [(Literal(3),), (None,)])
        >>> list(rows)
        [{'n': 3}, {'n': None}]
    """

    def __init__(self, variables: Iterable[str], terms: Iterable[Row] = (), *, boolean: bool | None = None) -> None:
        self.variables = list(variables)
        self.terms = _name_blank_nodes(terms)
        self.boolean = boolean

    @classmethod
    def of_boolean(cls, answer: bool) -> "Rows":
        """Return the answer of an ASK query."""
        return cls(["ask"], [(Literal(answer),)], boolean=answer)

    @overload
    def __getitem__(self, index: int) -> dict[str, object]: ...

    @overload
    def __getitem__(self, index: slice) -> list[dict[str, object]]: ...

    def __getitem__(self, index: int | slice) -> dict[str, object] | list[dict[str, object]]:
        """Return one row, or a list of rows, as plain values by variable."""
        if isinstance(index, slice):
            return [self._plain(row) for row in self.terms[index]]
        return self._plain(self.terms[index])

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Give each row as plain values by variable."""
        return map(self._plain, self.terms)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.terms)

    def __bool__(self) -> bool:
        """Return the answer of an ASK query; of another whether there is any row."""
        return bool(self.terms) if self.boolean is None else self.boolean

    def __eq__(self, other: object) -> bool:
        """Return whether *other* has the same columns and the same terms in the same order."""
        if not isinstance(other, Rows):
            return NotImplemented
        return (self.variables, self.terms, self.boolean) == (other.variables, other.terms, other.boolean)

    def __repr__(self) -> str:
        """Return the columns and the number of rows."""
        return f"<Rows {self.variables} x {len(self)}>"

    def _plain(self, row: Row) -> dict[str, object]:
        return {name: plain(term) for name, term in zip(self.variables, row, strict=True)}


def plain(term: Node | None) -> object:
    """Return an IRI as text, a literal as its Python value, a blank node as ``_:b0``, and None as None.

    Example:
        >>> from rdflib import XSD
        >>> plain(Literal("Vakhan", lang="tg")), plain(Literal("2021-07-09", datatype=XSD.date))
        ('Vakhan', datetime.date(2021, 7, 9))
    """
    if isinstance(term, Literal):
        value = term.toPython()
        return str(value) if isinstance(value, Literal) else value
    if isinstance(term, BNode):
        return f"_:{term}"
    return None if term is None else str(term)


def term_key(term: Node | None) -> tuple[int, str, str]:
    """Return a key by which terms of any kind can be sorted: unbound, blank nodes, IRIs, literals."""
    if term is None:
        return 0, "", ""
    if isinstance(term, Literal):
        return 3, str(term), f"{term.language or ''} {term.datatype or ''}"
    return (1 if isinstance(term, BNode) else 2), str(term), ""


def _name_blank_nodes(terms: Iterable[Row]) -> list[Row]:
    """Call the blank nodes b0, b1, ... in the order in which they come: each engine has its own names for them."""
    names: dict[Node, BNode] = {}
    return [
        tuple(names.setdefault(term, BNode(f"b{len(names)}")) if isinstance(term, BNode) else term for term in row)
        for row in terms
    ]
