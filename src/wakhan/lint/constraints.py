"""The SPARQL texts in shapes: that they can be read, and keep the rules of SHACL-SPARQL.

The rules are those of *SHACL*, sections 5.2 to 5.3 (constraints, prefixes), 6.2 (validators) and appendix A
(pre-binding), and of *SHACL Advanced Features*, section 3 (targets) and 8 (rules).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rdflib import OWL, RDF, SH, Graph, Literal, Variable
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from wakhan.findings import Result, Rule
from wakhan.lint.project import Project, found, ordered
from wakhan.lint.sparql import Text, bound, part, projected, walk
from wakhan.lint.uses import term_problems
from wakhan.names import Triple, local_name
from wakhan.suggest import nearest_word

RULES = {
    "sparql-message": Rule(
        "message of a SPARQL constraint", "A message shows what stands in braces only if the query gives it.", "warning"
    ),
    "sparql-pre-binding": Rule(
        "pre-bound variables", "Such a query is refused, or passes in silence, because $this has no value in it."
    ),
    "sparql-prefix": Rule("prefixes of a SPARQL text", "A prefix that is not declared is one of chance, if any."),
    "sparql-select": Rule("SELECT of a SPARQL text", "A query that does not give $this finds nothing."),
    "sparql-syntax": Rule("SPARQL texts of shapes", "A text that is no query makes the whole shape useless."),
}

_TEXTS = (SH.select, SH.ask, SH.construct)
_PATH = re.compile(r"[$]PATH\b")
_BRACES = re.compile(r"\{[?$](\w+)\}")
_CONTEXT = {"this", "shapesGraph", "currentShape"}
_SHOWN = {*_CONTEXT, "value", "path", "PATH"}
_FORBIDDEN = {
    "MinusGraphPattern": ("MINUS", "Write FILTER NOT EXISTS { ... }."),
    "ServiceGraphPattern": ("SERVICE", "A shape looks at the data only."),
    "InlineData": ("VALUES", "Write FILTER (?x IN (...))."),
    "ValuesClause": ("VALUES", "Write FILTER (?x IN (...))."),
}


class Query(NamedTuple):
    """A SPARQL text in the shapes.

    Attributes:
        triple: The triple that it stands in.
        role: What it is for: ``constraint``, ``validator``, ``rule``, ``target`` or ``other``.
        given: The variables that have a value before it runs.
        text: The text, with the prefixes that it can use.
        complete: Whether all that could declare prefixes for it is here.
    """

    triple: Triple
    role: str
    given: frozenset[str]
    text: Text
    complete: bool


def check_constraints(project: Project) -> Iterator[Result]:
    """Yield what is wrong with the SPARQL texts of the shapes."""
    for query in queries_of(project):
        yield from _prefixes(project, query)
        if query.text.mistake is not None:
            yield _syntax(query)
        else:
            yield from _pre_binding(query)
            yield from _select(query)
            yield from _messages(project.shapes, query)
        yield from term_problems(project, query.text, query.triple)


def queries_of(project: Project) -> Iterator[Query]:
    """Yield the SPARQL texts of the shapes, with the prefixes that they can use."""
    shapes = project.shapes
    for kind in _TEXTS:
        for node in ordered(shapes.subjects(kind)):
            prefixes, complete = _declared(project.meanings, node)
            for text in ordered(shapes.objects(node, kind)):
                if isinstance(text, Literal):
                    role, given = _role(shapes, node)
                    written = Text(_PATH.sub("<urn:PATH>", str(text)), prefixes)
                    yield Query((node, kind, text), role, frozenset(given), written, complete and role != "other")


def _role(shapes: Graph, node: Node) -> tuple[str, set[str]]:
    """Return what the query of *node* is for, and which variables have a value before it runs."""
    components = {c for p in (SH.validator, SH.nodeValidator, SH.propertyValidator) for c in shapes.subjects(p, node)}
    if components:
        parameters = {parameter for component in components for parameter in shapes.objects(component, SH.parameter)}
        names = {local_name(path) for parameter in parameters for path in shapes.objects(parameter, SH.path)}
        return "validator", _CONTEXT | names | ({"value"} if (node, SH.ask, None) in shapes else set())
    if (None, SH.sparql, node) in shapes or (node, RDF.type, SH.SPARQLConstraint) in shapes:
        return "constraint", _CONTEXT
    if (None, SH.rule, node) in shapes:
        return "rule", _CONTEXT
    return ("target", set()) if (None, SH.target, node) in shapes else ("other", set())


def _declared(graph: Graph, node: Node) -> tuple[dict[str, str], bool]:
    """Return the prefixes for the query of *node* (section 5.2.1), and whether all that declares them is here."""
    waiting, seen = ordered(graph.objects(node, SH.prefixes)), set[Node]()
    prefixes = {}
    while waiting:
        source = waiting.pop()
        if source in seen:
            continue
        seen.add(source)
        waiting += ordered(graph.objects(source, OWL.imports))
        for declaration in ordered(graph.objects(source, SH.declare)):
            prefix, space = graph.value(declaration, SH.prefix), graph.value(declaration, SH.namespace)
            if prefix is not None and space is not None:
                prefixes[str(prefix)] = str(space)
    return prefixes, all((source, None, None) in graph for source in seen)


def _prefixes(project: Project, query: Query) -> Iterator[Result]:
    for prefix in sorted({token.text.partition(":")[0] for token in query.text.unbound}):
        near = nearest_word(prefix, query.text.prefixes)
        message = f"The query uses the prefix {prefix}:, which no sh:declare of its sh:prefixes declares."
        severity = "violation" if query.complete else "warning"
        yield found("sparql-prefix", severity, query.triple, message, hint=f"Did you mean {near}:?" if near else "")


def _syntax(query: Query) -> Result:
    mistake = query.text.mistake
    assert mistake is not None
    place = mistake.start if mistake.start is not None else mistake.end
    message = f"{mistake.message[0].upper()}{mistake.message[1:]}"
    if place is not None:
        line = query.text.place(place)[0]
        message += f": line {line} of the query, {query.text.text.split(chr(10))[line - 1].strip()!r}"
    return found("sparql-syntax", "violation", query.triple, f"{message}.")


def _pre_binding(query: Query) -> Iterator[Result]:
    """Appendix A of SHACL: what a query must not contain whose variables have values before it runs."""
    if query.role not in ("constraint", "validator", "rule"):
        return
    for node in walk(query.text.tree):
        if node.name in _FORBIDDEN:
            word, hint = _FORBIDDEN[node.name]
            severity = "warning" if query.role == "rule" else "violation"  # of rules the text says so less clearly
            yield found("sparql-pre-binding", severity, query.triple, f"A shape's query cannot have {word}.", hint=hint)
        elif node.name in ("Bind", "vars") and _computed(node) in query.given:
            message = f"AS gives ${_computed(node)} a value, but it has one already."
            yield found("sparql-pre-binding", "violation", query.triple, message, hint="Choose another variable.")
        elif node.name == "SubSelect":
            yield from _subquery(query, node)


def _computed(node: CompValue) -> str:
    return str(part(node, "var" if node.name == "Bind" else "evar"))


def _subquery(query: Query, node: CompValue) -> Iterator[Result]:
    given = projected(node)
    wanted = sorted(query.given - {"shapesGraph", "currentShape"})
    if given is None:
        message = "The inner SELECT * may not give $this."
        yield found("sparql-pre-binding", "violation", query.triple, message, hint="Name its variables.")
        return
    lacking = [name for name in wanted if Variable(name) not in given]
    if lacking:
        message = f"The inner SELECT does not give {' and '.join('$' + name for name in lacking)}."
        yield found("sparql-pre-binding", "violation", query.triple, message, hint="Give it there, too.")


def _select(query: Query) -> Iterator[Result]:
    main = query.text.tree[1]
    if query.triple[1] != SH.select or query.role not in ("constraint", "validator", "target"):
        return
    if main.name != "SelectQuery":
        yield found("sparql-select", "violation", query.triple, "This is no SELECT query.")
        return
    given = projected(main)
    if given is None and query.role == "target" and Variable("this") not in bound(main):
        yield found("sparql-select", "violation", query.triple, "The query does not give ?this.")
    if given is None:
        return
    if Variable("this") not in given:
        yield found("sparql-select", "violation", query.triple, "The query must SELECT $this.")
    computed = {part(each, "evar") for each in part(main, "projection")}
    known = bound(main) | computed | {Variable(name) for name in query.given}
    for name in sorted(set(given) - known):
        hint = nearest_word(str(name), [str(each) for each in known if each is not None])
        message = f"The query gives ?{name}, but nothing in it has a value for ?{name}."
        yield found("sparql-select", "warning", query.triple, message, hint=f"Did you mean ?{hint}?" if hint else "")


def _messages(shapes: Graph, query: Query) -> Iterator[Result]:
    """Section 5.3.2 of SHACL: a message shows the variables of the query that it names in braces."""
    main = query.text.tree[1]
    given = projected(main) if main.name == "SelectQuery" else []
    if given is None or query.role != "constraint":
        return
    known = {str(name) for name in given} | _SHOWN
    for message in ordered(shapes.objects(query.triple[0], SH.message)):
        for name in sorted(set(_BRACES.findall(str(message))) - known):
            text = f"The message shows {{?{name}}}, which the query does not give."
            triple = (query.triple[0], SH.message, message)
            yield found("sparql-message", "warning", triple, text, hint=f"SELECT ?{name}, too.", more=[query.triple])
