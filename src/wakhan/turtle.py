"""Write graphs as Turtle, always the same way.

One graph has exactly one text: sections by kind of term, terms by IRI, predicates in the order of
``FIRST_PREDICATES``, values sorted, blank nodes nested. So a change of one triple changes the lines
of that triple and no others.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.names import WK, natural_key, prefixes_of, shorten
from wakhan.sources import parse_turtle

SECTIONS: dict[str, URIRef | None] = {
    "Ontology": OWL.Ontology,
    "Classes": OWL.Class,
    "Object properties": OWL.ObjectProperty,
    "Datatype properties": OWL.DatatypeProperty,
    "Annotation properties": OWL.AnnotationProperty,
    "Node shapes": SH.NodeShape,
    "Property shapes": SH.PropertyShape,
    "Claims": WK.Claim,
    "Passages": WK.Passage,
    "Individuals": None,
}
"""Section title to the type of its terms; a term stands in the first section that fits."""

FIRST_PREDICATES: tuple[URIRef, ...] = (
    RDF.type, RDF.subject, RDF.predicate, RDF.object, WK.factuality, WK.speaker, WK.passage,
    DCTERMS.title, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range,
    RDFS.label, SKOS.altLabel, SKOS.definition, SKOS.scopeNote, SKOS.example, SKOS.editorialNote,
    SH.targetClass, SH.path, SH.name, SH.description, SH.severity, SH.message,
)  # fmt: skip
"""The predicates that come first, in this order; the others follow in the order of their IRIs."""

_BANNER = re.compile(f"# ---- ({'|'.join(SECTIONS)}) ----")
_COMMENT = re.compile(  # a comment is what is left once strings, IRIs and escapes are read
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\]|\\.)*"' r"|'(?:[^'\\]|\\.)*'" r"|<[^>\s]*>|\\.|(?P<comment>#[^\n]*)",
    re.DOTALL,
)  # fmt: skip
_PLAIN = {
    XSD.boolean: re.compile("true|false"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
}
_INDENT = "    "
_LINE = 80


def to_turtle(graph: Graph, top: str = "") -> str:
    """Return the one Turtle text of *graph*.

    Args:
        graph: The graph; its prefixes are used, then those of the dataset.
        top: Comments to put at the top, each line beginning with ``#``.

    Raises:
        WakhanError: A blank node has two parents or is its own: no text without invented names can say that.
    """
    writer = _Writer(graph)
    sections: dict[str, list[str]] = {title: [] for title in SECTIONS}
    nested = {triple[2] for triple in graph if isinstance(triple[2], BNode)}
    subjects = writer.about.keys() - nested
    for subject in sorted(subjects, key=lambda node: (isinstance(node, BNode), natural_key(node))):
        types = writer.about[subject].get(RDF.type, ())
        title = next(title for title, kind in SECTIONS.items() if kind is None or kind in types)
        sections[title].append(f"{writer.subject(subject)}\n{writer.predicates(subject, 1)}\n.\n")
    writer.check_all_written()
    # Blank nodes have no name to sort by, so they are sorted by what is said of them, after the names.
    blocks = {
        title: sorted(terms, key=lambda term: (term.startswith("[]"), term if term.startswith("[]") else ""))
        for title, terms in sections.items()
        if terms
    }
    body = [f"# ---- {title} ----\n\n" + "\n".join(terms) for title, terms in blocks.items()]
    return "\n".join(part for part in (top, writer.prefix_lines(), *body) if part)


def format_turtle(text: str, path: Path | None = None) -> str:
    """Return the Turtle *text* in the one layout; comments at its very top are kept.

    Args:
        text: The Turtle.
        path: Where it comes from, for the errors.

    Raises:
        WakhanError: The text is not Turtle, a comment stands elsewhere and would be lost, or a blank node is shared.

    Example:
        >>> print(format_turtle("@prefix wk: <https://w3id.org/wakhan/ontology#> . wk:b wk:c 2, 10 ."))
        @prefix wk: <https://w3id.org/wakhan/ontology#> .
        <BLANKLINE>
        # ---- Individuals ----
        <BLANKLINE>
        wk:b
            wk:c
                2 ,
                10 ;
        .
        <BLANKLINE>
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    graph = parse_turtle(text, path)
    try:
        result = to_turtle(graph, top_comments(text, path))
    except WakhanError as error:
        raise error if error.path else WakhanError(error.message, path=path, hint=error.hint) from None
    if not _same(graph, parse_turtle(result)):
        raise WakhanError("this file cannot be formatted without a change of what it says", path=path)
    return result


def top_comments(text: str, path: Path | None = None) -> str:
    """Return the comment lines at the top of a Turtle *text*, which the layout keeps.

    Args:
        text: The Turtle.
        path: Where it comes from, for the errors.

    Raises:
        WakhanError: Another comment stands below; it would be lost.
    """
    top = "".join(itertools.takewhile(_is_top_comment, text.splitlines(keepends=True)))
    for line, comment in _comments(text[len(top) :], top.count("\n") + 1):
        if not _BANNER.fullmatch(comment):
            hint = "Say it with skos:editorialNote, or put it at the top of the file."
            raise WakhanError(f"this comment would be lost: {comment}", path=path, line=line, hint=hint)
    return top if not top or top.endswith("\n") else top + "\n"


def _is_top_comment(line: str) -> bool:
    return line.startswith("#") and not _BANNER.match(line)


def _comments(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    for match in _COMMENT.finditer(text):
        if match["comment"]:
            yield first_line + text.count("\n", 0, match.start()), match["comment"].rstrip()


def _same(one: Graph, other: Graph) -> bool:
    if any(isinstance(node, BNode) for triple in one for node in triple):
        from rdflib.compare import isomorphic  # which takes long to load

        return isomorphic(one, other)
    return set(one) == set(other)  # the same and much quicker where every node has a name


class _Writer:
    """Writes the nodes of one graph, and remembers which prefixes and blank nodes it wrote."""

    def __init__(self, graph: Graph) -> None:
        self.about: dict[Node, dict[Node, list[Node]]] = {}
        for subject, predicate, value in graph:
            self.about.setdefault(subject, {}).setdefault(predicate, []).append(value)
        self.namespaces = prefixes_of(graph)
        self.used: set[str] = set()
        self.written: set[Node] = set()
        self.iris: dict[str, str] = {}

    def prefix_lines(self) -> str:
        return "".join(f"@prefix {prefix}: <{self.namespaces[prefix]}> .\n" for prefix in sorted(self.used))

    def check_all_written(self) -> None:
        if any(isinstance(subject, BNode) and subject not in self.written for subject in self.about):
            raise _shared()

    def subject(self, node: Node) -> str:
        if not isinstance(node, BNode):
            return self.term(node, 0)
        self._blank_once(node)
        return "[]"

    def term(self, node: Node, depth: int) -> str:
        if isinstance(node, URIRef):  # as most are
            return self._iri(node)
        return self._literal(node) if isinstance(node, Literal) else self._blank(node, depth)

    def predicates(self, subject: Node, depth: int) -> str:
        lines = []
        said = self.about.get(subject, {})
        for predicate in sorted(said, key=_rank):
            values = said[predicate]
            verb = _INDENT * depth + ("a" if predicate == RDF.type else self.term(predicate, depth))
            if len(values) == 1:
                lines.append(f"{verb} {self.term(values[0], depth)} ;")
            else:
                indent = "\n" + _INDENT * (depth + 1)
                texts = sorted((self.term(value, depth + 1) for value in values), key=natural_key)
                lines.append(verb + indent + f" ,{indent}".join(texts) + " ;")
        return "\n".join(lines)

    def _iri(self, iri: str) -> str:
        if iri not in self.iris:
            short = shorten(iri, self.namespaces)
            if short is not None:
                self.used.add(short[0])
            self.iris[iri] = f"<{iri}>" if short is None else ":".join(short)
        return self.iris[iri]

    def _literal(self, literal: Literal) -> str:
        datatype = literal.datatype
        if datatype in _PLAIN and _PLAIN[datatype].fullmatch(literal):
            return str(literal)
        text = _quoted(str(literal))
        if literal.language:
            return f"{text}@{literal.language}"
        return text if datatype is None else f"{text}^^{self._iri(datatype)}"

    def _blank(self, node: Node, depth: int) -> str:
        items = self._list_items(node)
        if items is not None:
            texts = [self.term(item, depth + 1) for item in items]
            line = f"( {' '.join(texts)} )"
            return line if len(line) < _LINE and "\n" not in line else _block("(", texts, ")", depth)
        self._blank_once(node)
        inner = self.predicates(node, depth + 1).lstrip()
        return _block("[", [inner], "]", depth) if inner else "[]"

    def _list_items(self, node: Node) -> list[Node] | None:
        """Return the items of the list that begins at *node*, or None if it is not one that ``( )`` can say."""
        items: list[Node] = []
        cells: list[BNode] = []
        while node != RDF.nil:
            parts = self.about.get(node, {})
            whole = parts.keys() == {RDF.first, RDF.rest} and all(len(values) == 1 for values in parts.values())
            if not whole or not isinstance(node, BNode) or node in cells:
                return None
            cells.append(node)
            items += parts[RDF.first]
            (node,) = parts[RDF.rest]
        for cell in cells:
            self._blank_once(cell)
        return items

    def _blank_once(self, node: Node) -> None:
        if node in self.written:
            raise _shared()
        self.written.add(node)


@lru_cache(maxsize=10_000)
def _quoted(text: str) -> str:
    return Literal(text).n3()


def _shared() -> WakhanError:
    return WakhanError("a blank node has two parents or is part of itself", hint="Give it an IRI.")


def _block(start: str, items: list[str], end: str, depth: int) -> str:
    indent = "\n" + _INDENT * depth
    return start + "".join(f"{indent}{_INDENT}{item}" for item in items) + indent + end


_ORDER: dict[Node, int] = {predicate: place for place, predicate in enumerate(FIRST_PREDICATES)}


def _rank(predicate: Node) -> tuple[int, str]:
    return _ORDER.get(predicate, len(_ORDER)), str(predicate)
