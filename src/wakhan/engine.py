"""Run a query: by pyoxigraph, which is fast, or by rdflib, the reference."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Identifier, Node, Variable

from wakhan.errors import UsageError
from wakhan.names import PREFIXES, prefixes_of
from wakhan.rows import Row, Rows, term_key
from wakhan.sparql import NO_SERVICE, Token, asks_another_server, tokens

if TYPE_CHECKING:
    import pyoxigraph

_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_REFUSED = {
    "FROM": "FROM chooses a graph, and the dataset is one: leave it out",
    "GRAPH": "GRAPH chooses a graph, and the dataset is one: leave it out",
}


def run(graph: Graph, query_text: str, bindings: Mapping[str, Node] | None = None) -> Rows:
    """Return the answer of a query by rdflib, the reference.

    Args:
        graph: What is asked.
        query_text: SELECT, ASK, CONSTRUCT or DESCRIBE.
        bindings: RDF terms for variables of the query.

    Raises:
        UsageError: The text is not a query, or one that reaches beyond the graph.
    """
    ordered = check(query_text)
    try:
        # Both ways of binding: with VALUES alone rdflib loses rows whose OPTIONAL part has a bound variable.
        bound = {name: term for name, term in (bindings or {}).items() if isinstance(term, Identifier)}
        result = graph.query(bound_text(query_text, bound), initNs=prefixes_of(graph), initBindings=bound)
        if result.type == "ASK":
            return Rows.of_boolean(bool(result.askAnswer))
        if result.type in ("CONSTRUCT", "DESCRIBE"):
            return _triples([(_clean(s), _clean(p), _clean(o)) for s, p, o in result.graph or ()])
        names = _columns(query_text, [str(variable) for variable in result.vars or ()])
        terms = [
            tuple(None if (term := row.get(Variable(name))) is None else _clean(term) for name in names)
            for row in result.bindings
        ]
    except UsageError:
        raise
    except Exception as error:  # pyparsing and rdflib raise many kinds, some of them bare Exceptions
        raise UsageError(f"not a query that can be run: {_one_line(error)}") from None
    return _rows(names, terms, ordered)


def run_fast(
    store: "pyoxigraph.Store",
    text: str,
    bindings: Mapping[str, Node] | None = None,
    prefixes: Mapping[str, str] = PREFIXES,
) -> Rows:
    """Return the answer of a query by pyoxigraph, the fast engine; the same rows as ``run`` gives.

    Args:
        store: What is asked.
        text: SELECT, ASK, CONSTRUCT or DESCRIBE.
        bindings: RDF terms for variables of the query.
        prefixes: Those that the query need not declare.

    Raises:
        UsageError: The text is not a query, or one that reaches beyond the store.
    """
    import pyoxigraph as ox

    ordered = check(text)
    try:
        result = store.query(bound_text(text, bindings or {}), prefixes=dict(prefixes))
        if isinstance(result, ox.QueryBoolean):
            return Rows.of_boolean(bool(result))
        if isinstance(result, ox.QueryTriples):
            return _triples([triple_of(triple) for triple in result])
        names = _columns(text, [variable.value for variable in result.variables])
        terms = [tuple(None if (t := solution[name]) is None else _node(t) for name in names) for solution in result]
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        raise UsageError(f"not a query that can be run: {_one_line(error)}") from None
    return _rows(names, terms, ordered)


def named_by(store: "pyoxigraph.Store", text: str, prefixes: Mapping[str, str] = PREFIXES) -> set[str]:
    """Return the IRIs that the answer of a query names, soon: its rows are not made.

    Args:
        store: What is asked.
        text: SELECT, ASK, CONSTRUCT or DESCRIBE.
        prefixes: Those that the query need not declare.

    Raises:
        UsageError: The text is not a query that can be run.
    """
    import pyoxigraph as ox

    try:
        result = store.query(text, prefixes=dict(prefixes))
        rows = () if isinstance(result, ox.QueryBoolean) else result
        return {term.value for term in {term for row in rows for term in row} if isinstance(term, ox.NamedNode)}
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        raise UsageError(f"not a query that can be run: {_one_line(error)}") from None


def bound_text(text: str, bindings: Mapping[str, Node]) -> str:
    """Return the query *text* with *bindings* as a VALUES block that opens its WHERE part.

    So any engine can run it, and a variable is bound that the query does not select, which Oxigraph's substitutions
    refuse. The block is written from RDF terms, never from what a user typed.

    Raises:
        UsageError: The query is the short CONSTRUCT WHERE, which has no room for VALUES.

    Example:
        >>> bound_text("ASK { ?s ?p ?o }", {"s": URIRef("https://example.org/a")})
        'ASK { VALUES (?s) { (<https://example.org/a>) } ?s ?p ?o }'
    """
    if not bindings:
        return text
    names = sorted(bindings)
    place = _where(tokens(text))
    if place is None:
        raise UsageError("this query has no WHERE part in which parameters could be bound")
    block = f" VALUES ({' '.join('?' + n for n in names)}) {{ ({' '.join(bindings[n].n3() for n in names)}) }}"
    return text[:place] + block + text[place:]


def check(text: str) -> bool:
    """Return whether the rows of a query have an order of their own.

    Raises:
        UsageError: The text is an update, or a query that reaches beyond the dataset.
    """
    parts = tokens(text)
    if asks_another_server(parts):
        raise UsageError(NO_SERVICE)
    words = [token for token in parts if token.kind == "word"]
    for token in words:
        if token.text.upper() in _REFUSED:
            raise UsageError(_REFUSED[token.text.upper()])
    form = next((token.text.upper() for token in words if token.text.upper() not in ("BASE", "PREFIX")), "")
    if form not in _FORMS:
        raise UsageError(
            f"not a query: it begins with {form or 'nothing'}",
            hint="A query is a SELECT, ASK, CONSTRUCT or DESCRIBE; data are changed in their files.",
        )
    return any(token.text.upper() == "ORDER" and token.depth == 0 for token in words)


def variables(text: str) -> set[str]:
    """Return the names of the variables that a query mentions."""
    return {token.text[1:] for token in tokens(text) if token.kind == "variable"}


def names(text: str, prefixes: Mapping[str, str]) -> dict[str, URIRef]:
    """Return the IRIs that a query names, by the words in which it names them.

    Args:
        text: The query.
        prefixes: Those that it need not declare.
    """
    known, found, declared = dict(prefixes), {}, ""
    for token in tokens(text):
        if token.kind == "name" and token.text.endswith(":"):
            declared = token.text[:-1]
        elif token.kind == "iri" and declared:
            known[declared], declared = token.text[1:-1], ""
        elif token.kind == "iri":
            found[token.text] = URIRef(token.text[1:-1])
        elif token.kind == "name" and token.text.partition(":")[0] in known:
            prefix, _, local = token.text.partition(":")
            found[token.text] = URIRef(known[prefix] + local.replace("\\", ""))
    return found


def _where(parts: Sequence[Token]) -> int | None:
    """Return the place just inside the bracket that opens the WHERE part."""
    opened = [number for number, token in enumerate(parts) if token.text == "{" and token.depth == 0]
    words = [token.text.upper() for token in parts if token.kind == "word" and token.depth == 0]
    if "CONSTRUCT" in words:
        opened = opened[1:]  # the first bracket opens the template
    return parts[opened[0]].end if opened else None


def _rows(names: list[str], terms: list[Row], ordered: bool) -> Rows:
    """Return the rows, in an order that does not depend on the engine."""
    return Rows(names, terms if ordered else sorted(terms, key=lambda row: [term_key(term) for term in row]))


def _columns(text: str, names: list[str]) -> list[str]:
    """Return the columns as selected; those of ``SELECT *``, which each engine orders in its own way, as mentioned."""
    parts = tokens(text)
    selected = next((n for n, token in enumerate(parts) if token.kind == "word" and token.text.upper() == "SELECT"), 0)
    if "*" not in [token.text for token in parts[selected : selected + 3]]:
        return names
    mentioned = [token.text[1:] for token in parts if token.kind == "variable"]
    return sorted(names, key=lambda name: mentioned.index(name) if name in mentioned else len(mentioned))


def _triples(triples: list[Row]) -> Rows:
    return _rows(["subject", "predicate", "object"], list(dict.fromkeys(triples)), ordered=False)


def triple_of(triple: "pyoxigraph.Triple") -> tuple[Node, Node, Node]:
    """Return a triple of pyoxigraph as one of rdflib."""
    return _node(triple.subject), _node(triple.predicate), _node(triple.object)


def _node(term: object) -> Node:
    """Return a term of pyoxigraph as one of rdflib."""
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise UsageError("triples within triples are not supported", hint="Write the query in SPARQL 1.1.")
    if term.language:
        return Literal(term.value, lang=term.language)
    return _clean(Literal(term.value, datatype=URIRef(term.datatype.value)))


def _clean(term: Node) -> Node:
    """Return a term as both engines give it: a plain text has no datatype, a decimal one digit after the point."""
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    if isinstance(term, Literal) and isinstance(term.value, Decimal) and term.value.is_finite():
        text = f"{term.value:f}"
        text = text.rstrip("0") if "." in text else f"{text}."
        return Literal(f"{text}0" if text.endswith(".") else text, datatype=term.datatype, normalize=False)
    return term


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
