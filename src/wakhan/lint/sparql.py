"""Read SPARQL texts as far as a check needs it: their tokens with places, their prefixes, terms and variables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pyoxigraph
from pyparsing import ParseException, ParseResults
from rdflib import URIRef, Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>'''(?:[^\\]|\\.)*?'''|\"""(?:[^\\]|\\.)*?\"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:[\w.-]*[\w-])
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[^\w\s])
      (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*(?<!\.)|))
  | (?P<word>[^\W\d]\w*)
  | (?P<sign>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLACE = re.compile(r"error at (\d+):(\d+)")
_PHRASE = re.compile(r"The SELECT [a-z ]+|Duplicated variable [a-zA-Z ]+|IRI parsing failed")
_BINDS_NOTHING = ("Filter", "MinusGraphPattern")
_ESCAPE = re.compile(r"\\(.)")


class Token(NamedTuple):
    """A piece of a text: its kind, what it is, and where it begins, in code points from 0."""

    kind: str
    text: str
    start: int


class Mistake(NamedTuple):
    """What a parser does not understand, and between which places, if that is known: in code points from 0."""

    message: str
    start: int | None = None
    end: int | None = None

    def shifted(self, by: int, most: int) -> "Mistake":
        """Return the mistake with other places, none of them below 0 or above *most*."""
        start, end = (None if place is None else min(max(place + by, 0), most) for place in (self.start, self.end))
        return Mistake(self.message, start, end)


@dataclass(frozen=True)
class Text:
    """A SPARQL query as it is written.

    Attributes:
        text: The query.
        given: Prefixes that need not be declared in it.
        portable: Whether each of the project's engines must be able to read it.
    """

    text: str
    given: Mapping[str, str] = field(default_factory=dict)
    portable: bool = False

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens without comments."""
        found = ((match.lastgroup or "", match[0], match.start()) for match in _TOKEN.finditer(self.text))
        return tuple(Token(*token) for token in found if token[0] != "comment")

    @cached_property
    def declared(self) -> dict[str, str]:
        """The prefixes that the text declares."""
        return {self.tokens[at + 1].text[:-1]: self.tokens[at + 2].text[1:-1] for at in self._declarations()}

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """All prefixes that the text can use."""
        return {**self.given, **self.declared}

    @cached_property
    def unbound(self) -> tuple[Token, ...]:
        """The names whose prefix is declared nowhere."""
        return tuple(token for token in self._names() if token.text.partition(":")[0] not in self.prefixes)

    def _declarations(self) -> Iterator[int]:
        for at, (kind, word, _) in enumerate(self.tokens[:-2]):
            following = [token.kind for token in self.tokens[at + 1 : at + 3]]
            if kind == "word" and word.upper() == "PREFIX" and following == ["name", "iri"]:
                yield at

    def _names(self) -> Iterator[Token]:
        declarations = {at + 1 for at in self._declarations()}
        yield from (t for at, t in enumerate(self.tokens) if t.kind == "name" and at not in declarations)

    @cached_property
    def terms(self) -> tuple[tuple[URIRef, Token], ...]:
        """The IRIs in the text, with their tokens; without those that declare prefixes."""
        declared = {at + 2 for at in self._declarations()}
        found = []
        for at, token in enumerate(self.tokens):
            if token.kind == "iri" and at not in declared and ":" in token.text:
                found.append((URIRef(token.text[1:-1]), token))
        for token in self._names():
            prefix, _, local = token.text.partition(":")
            if prefix in self.prefixes:
                found.append((URIRef(self.prefixes[prefix] + _ESCAPE.sub(r"\1", local)), token))
        return tuple(sorted(found, key=lambda pair: pair[1].start))

    @cached_property
    def variables(self) -> tuple[tuple[str, Token], ...]:
        """The names of the variables, one for each time that they are written, with their tokens."""
        return tuple((token.text[1:], token) for token in self.tokens if token.kind == "variable")

    @cached_property
    def words(self) -> frozenset[str]:
        """The keywords and names of functions, in capitals."""
        return frozenset(token.text.upper() for token in self.tokens if token.kind == "word")

    @cached_property
    def _parsed(self) -> tuple[Any, Mistake | None]:
        lines = [f"PREFIX {prefix}: <{space}>" for prefix, space in self.given.items() if prefix not in self.declared]
        unknown = {token.text.partition(":")[0] for token in self.unbound}
        lines += [
            f"PREFIX {prefix}: <urn:prefix:{prefix}:>" for prefix in sorted(unknown)
        ]  # they are reported by themselves
        before = " ".join(lines) + " "
        tree, mistake = _read(before + self.text, self.portable and "SERVICE" not in self.words)
        return tree, None if mistake is None else mistake.shifted(-len(before), len(self.text))

    @property
    def mistake(self) -> Mistake | None:
        """What makes the text no query, if anything does."""
        return self._parsed[1]

    @property
    def tree(self) -> Any:  # noqa: ANN401 (what the parser gives)
        """What rdflib makes of the query; None if it is none."""
        return self._parsed[0]

    def place(self, start: int) -> tuple[int, int]:
        """Return line and column of a place in the text, both from 1."""
        return self.text.count("\n", 0, start) + 1, start - self.text.rfind("\n", 0, start)


def walk(tree: Any) -> Iterator[CompValue]:  # noqa: ANN401 (what the parser gives)
    """Yield the nodes of a parsed query, each before what it contains."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            yield node
            waiting += reversed(list(node.values()))
        elif isinstance(node, (list, tuple, ParseResults)):
            waiting += reversed(list(node))


def part(node: CompValue, name: str) -> Any:  # noqa: ANN401 (what the parser gives)
    """Return a part of a node as it was parsed, or None; ``node.get`` would try to evaluate it."""
    return dict.get(node, name)


def projected(query: CompValue) -> list[Variable] | None:
    """Return the variables that a SELECT gives, in their order, or None if it gives all."""
    parts = part(query, "projection")
    return [part(each, "evar") or part(each, "var") for each in parts] if parts else None


def bound(query: CompValue) -> set[Variable]:
    """Return the variables to which the WHERE part of a query, or the VALUES after it, can give a value."""
    return bound_in(part(query, "where")) | bound_in(part(query, "valuesClause"))


def bound_in(node: Any) -> set[Variable]:  # noqa: ANN401 (what the parser gives)
    """Return the variables to which a part of a query can give a value."""
    if isinstance(node, Variable):
        return {node}
    if isinstance(node, (list, tuple, ParseResults)):
        return set().union(*map(bound_in, node))
    if not isinstance(node, CompValue) or node.name in _BINDS_NOTHING:
        return set()
    if node.name == "Bind":
        return {part(node, "var")}
    if node.name == "SubSelect":
        given = projected(node)
        return bound(node) if given is None else set(given)
    return set().union(*map(bound_in, node.values()))


def _read(text: str, portable: bool) -> tuple[Any, Mistake | None]:
    """Return what rdflib makes of *text*, and what is wrong with it; if *portable*, Oxigraph must take it too."""
    try:
        tree = parseQuery(text)
        translateQuery(_copy(tree))  # which takes what was parsed to pieces
    except ParseException as error:
        other = _oxigraph(text)
        return None, Mistake("not SPARQL from here", error.loc, other.end if other else None)
    except RecursionError:
        return None, Mistake("nested too deeply")
    except Exception as error:  # rdflib raises plain exceptions for what its algebra refuses
        return None, Mistake(f"not SPARQL: {error}")
    return tree, _oxigraph(text) if portable else None


def _copy(node: Any) -> Any:  # noqa: ANN401 (what the parser gives)
    if isinstance(node, CompValue):
        copy = type(node)(node.name)
        for name, value in node.items():
            copy[name] = _copy(value)
        return copy
    return [_copy(each) for each in node] if isinstance(node, (list, tuple, ParseResults)) else node


def _oxigraph(text: str) -> Mistake | None:
    """Return what Oxigraph does not understand; it sees this some way after the place where it is."""
    try:
        pyoxigraph.Store().query(text, base_iri="https://base.invalid/")
    except SyntaxError as error:
        why = _PHRASE.search(str(error))
        place = _PLACE.match(str(error))
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        end = starts[int(place[1]) - 1] + int(place[2]) - 1 if place else None
        return Mistake(why[0] if why else "some engines do not take this for SPARQL", None, end)
    except (OSError, RuntimeError, ValueError):  # a query that can be read but not answered here
        return None
    return None
