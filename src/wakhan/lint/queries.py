"""The stored queries: that they can be read, ask for what exists, and give what they promise."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rdflib import Variable
from rdflib.plugins.sparql.parserutils import CompValue

from wakhan.errors import WakhanError
from wakhan.findings import Place, Result, Rule
from wakhan.head import Head, Parameter
from wakhan.lint.project import Project
from wakhan.lint.scopes import blind_filters
from wakhan.lint.sparql import Text, bound, part, projected, walk
from wakhan.lint.uses import troubles
from wakhan.names import PREFIXES
from wakhan.suggest import nearest_word

RULES = {
    "query-filter": Rule("filters of queries", "A FILTER sees only what its own group gives a value to.", "warning"),
    "query-head": Rule("heads of queries", "The head is the contract of a stored query."),
    "query-parameter": Rule("parameters of queries", "A parameter that the query does not mention changes nothing."),
    "query-prefix": Rule("prefixes of queries", "Some engines know a prefix that is not declared, others refuse it."),
    "query-projection": Rule("columns of queries", "A column that nothing gives a value stays empty.", "warning"),
    "query-syntax": Rule("syntax of queries", "What cannot be read cannot be asked."),
    "query-variable": Rule(
        "variables of queries", "A variable that occurs once is often another one, misspelt.", "info"
    ),
}


def check_queries(project: Project) -> Iterator[Result]:
    """Yield what is wrong with the stored queries, with their places."""
    for path, written in sorted(project.queries.items()):
        text = Text(written, portable=True)
        parameters, faults = _head(path, written)
        yield from faults
        yield from _prefixes(path, text)
        for trouble in troubles(project, text):
            place = _place(path, text, trouble.token.start, trouble.token.text)
            yield _result(trouble.rule, trouble.severity, place, trouble.message, trouble.hint)
        mentioned = {name for name, _ in text.variables}
        for parameter in parameters:
            if parameter.name not in mentioned:
                yield _parameter(path, written, parameter, mentioned)
        if text.mistake is not None:
            yield _syntax(path, text)
        else:
            given = {parameter.name for parameter in parameters}
            yield from _columns(path, text, given)
            yield from _once(path, text, given)
            yield from _filters(path, text, given)


def _result(rule: str, severity: str, place: Place, message: str, hint: str = "") -> Result:
    return Result(severity, rule, None, None, None, message, "lint", hint=hint, place=place)


def _place(path: Path, text: Text, start: int, word: str = "") -> Place:
    line, column = text.place(start)
    return Place(path, line, column, line if word else None, column + len(word) if word else None)


def _head(path: Path, written: str) -> tuple[tuple[Parameter, ...], list[Result]]:
    """Return the parameters of a query, and what is wrong with its head; a query may have none."""
    if not written.lstrip().startswith("#+"):
        return (), []
    try:
        return tuple(Head(path, written).parameters()), []
    except WakhanError as error:
        place = Place(path, error.line)
        return (), [_result("query-head", "violation", place, f"{error.message}.", error.hint or "")]


def _prefixes(path: Path, text: Text) -> Iterator[Result]:
    told = set()
    for token in text.unbound:
        prefix = token.text.partition(":")[0]
        if prefix not in told:
            told.add(prefix)
            near = nearest_word(prefix, text.prefixes)
            hint = f"Did you mean {near}:?" if near else _declaration(prefix, PREFIXES)
            place = _place(path, text, token.start, token.text)
            yield _result("query-prefix", "violation", place, f"The prefix {prefix}: is not declared.", hint)


def _declaration(prefix: str, known: Mapping[str, str]) -> str:
    return f"Add PREFIX {prefix}: <{known[prefix]}>" if prefix in known else ""


def _syntax(path: Path, text: Text) -> Result:
    mistake = text.mistake
    assert mistake is not None
    start, end = mistake.start, mistake.end
    place = Place(path)
    if start is not None and end is not None and start < end:
        place = Place(path, *text.place(start), *text.place(end))
    elif start is not None or end is not None:
        place = Place(path, *text.place(start if start is not None else end or 0))
    hint = "The mistake stands here or a little after it." if start is not None else ""
    return _result("query-syntax", "violation", place, f"The query is wrong: {mistake.message}.", hint)


def _parameter(path: Path, written: str, parameter: Parameter, mentioned: set[str]) -> Result:
    lines = written.splitlines()
    at = next(
        (n for n, line in enumerate(lines, 1) if line.startswith("#+") and f"name: {parameter.name}" in line), None
    )
    near = nearest_word(parameter.name, mentioned)
    message = f"The query has no variable ?{parameter.name} for its parameter {parameter.name}."
    return _result("query-parameter", "violation", Place(path, at), message, f"Did you mean ?{near}?" if near else "")


def _columns(path: Path, text: Text, given: set[str]) -> Iterator[Result]:
    for query in _selects(text.tree[1]):
        columns = projected(query)
        if columns is None:
            continue
        computed = {part(each, "evar") for each in part(query, "projection")}
        known = bound(query) | computed | _grouped(query) | {Variable(name) for name in given}
        for column in (each for each in columns if each not in known):
            start = next(token.start for name, token in text.variables if name == str(column))
            near = nearest_word(str(column), [str(each) for each in known if each is not None])
            message = f"The query gives ?{column}, but nothing in it has a value for ?{column}."
            place = _place(path, text, start, f"?{column}")
            yield _result("query-projection", "warning", place, message, f"Did you mean ?{near}?" if near else "")


def _filters(path: Path, text: Text, given: set[str]) -> Iterator[Result]:
    for name, token in blind_filters(text, given):
        message = f"This FILTER does not see ?{name}, which has no value in its group, and lets no row pass."
        hint = f"Move it out of the group, or repeat here what gives ?{name} its value."
        yield _result("query-filter", "warning", _place(path, text, token.start, token.text), message, hint)


def _selects(tree: Any) -> list[Any]:  # noqa: ANN401 (what the parser gives)
    return [tree] if tree.name == "SelectQuery" else []


def _grouped(query: Any) -> set[Variable]:  # noqa: ANN401 (what the parser gives)
    """Return the variables that GROUP BY makes: ``GROUP BY (expression AS ?variable)``."""
    clause = part(query, "groupby")
    conditions = part(clause, "condition") if clause is not None else ()
    return {part(each, "var") for each in conditions or () if isinstance(each, CompValue)}


def _once(path: Path, text: Text, given: set[str]) -> Iterator[Result]:
    """Yield the variables that occur once and are spelt almost like another one."""
    counts = Counter(name for name, _ in text.variables)
    computed = {str(part(node, "evar")) for node in walk(text.tree) if node.name == "vars"}
    for name, token in text.variables:
        others = [other for other in counts if other != name and counts[other] > 1]
        near = nearest_word(name, others) if counts[name] == 1 and name not in given | computed else None
        if near:
            message = f"?{name} occurs only once in the query."
            place = _place(path, text, token.start, token.text)
            yield _result("query-variable", "info", place, message, f"Did you mean ?{near}?")
