"""What a FILTER can see: the variables of its own group, and not those of the groups around it (SPARQL 1.1, 5.2.2)."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from rdflib import Variable
from rdflib.plugins.sparql.parserutils import CompValue

from wakhan.lint.sparql import Text, Token, bound_in, part, walk

_EXISTS = ("Builtin_EXISTS", "Builtin_NOTEXISTS")


def blind_filters(text: Text, given: set[str]) -> Iterator[tuple[str, Token]]:
    """Yield the variables that a FILTER asks for and never sees, with their tokens in the FILTER.

    The FILTER then fails for each row, without a word. In the group of an OPTIONAL it sees what stands before it too,
    and within EXISTS all that stands around.

    Args:
        text: A query that can be read.
        given: The names of the variables that have a value before the query begins.
    """
    filters = [node for node in walk(text.tree) if node.name == "Filter"]
    known = {Variable(name) for name in given}
    for node, names in _blind(text.tree[1], known, known):
        number = next(at for at, other in enumerate(filters) if other is node)
        for name in sorted(names):
            yield name, _token(text, number, name)


Found: TypeAlias = Iterator[tuple[CompValue, set[str]]]
"""A FILTER, and what it does not see."""


def _blind(node: Any, visible: set[Variable], given: set[Variable]) -> Found:  # noqa: ANN401 (what the parser gives)
    """Yield each FILTER below *node* with what it does not see; *visible* is what the next group sees from outside."""
    if not isinstance(node, CompValue):
        for each in _parts(node):
            yield from _blind(each, visible, given)
    elif node.name == "GroupGraphPatternSub":
        yield from _in_group(part(node, "part") or (), bound_in(node) | visible, given)
    else:
        for value in node.values():
            yield from _blind(value, given if node.name == "SubSelect" else visible, given)


def _in_group(parts: Iterable[CompValue], seen: set[Variable], given: set[Variable]) -> Found:
    for each in parts:
        if each.name == "Filter":
            if names := {str(variable) for variable in _asked(part(each, "expr")) - seen}:
                yield each, names
            yield from _inside(part(each, "expr"), seen, given)
        else:
            # a group in an OPTIONAL sees what this one has; GRAPH may give its own variable
            outer = seen if each.name in ("OptionalGraphPattern", "GraphGraphPattern") else given
            yield from _blind(each, outer, given)


def _parts(node: Any) -> Iterable[Any]:  # noqa: ANN401 (what the parser gives)
    return node if not isinstance(node, str) and hasattr(node, "__iter__") else ()


def _inside(expression: Any, seen: set[Variable], given: set[Variable]) -> Found:  # noqa: ANN401 (what the parser gives)
    for node in walk(expression):
        if node.name in _EXISTS:
            yield from _blind(part(node, "graph"), seen, given | seen)


def _asked(node: Any) -> set[Variable]:  # noqa: ANN401 (what the parser gives)
    """Return the variables of an expression, save those in EXISTS and those of which it asks whether they are bound."""
    if isinstance(node, Variable):
        return {node}
    if isinstance(node, CompValue):
        skipped = (*_EXISTS, "Builtin_BOUND", "Builtin_COALESCE")
        return set() if node.name in skipped else set().union(*map(_asked, node.values()))
    return set().union(*map(_asked, _parts(node)))


def _token(text: Text, number: int, name: str) -> Token:
    starts = [token.start for token in text.tokens if token.kind == "word" and token.text.upper() == "FILTER"]
    return next(token for other, token in text.variables if other == name and token.start > starts[number])
