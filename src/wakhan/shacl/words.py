"""The words of a SPARQL query, and which of them belong together: enough to judge a query without parsing it."""

import re
from collections.abc import Iterable, Mapping

Token = tuple[str, str]
"""What kind of word it is, and the word: keywords small, variables and texts without their signs."""

OPEN, CLOSE = ("sign", "("), ("sign", ")")

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)|(?P<iri><[^<>\s"{}|^`\\]*>)|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|(?P<var>[?$]\w+)|(?P<name>[A-Za-z][\w-]*:(?:[\w-](?:[\w.-]*[\w-])?)?|:[\w-]*)|(?P<word>[A-Za-z]+)|(?P<tag>@[A-Za-z-]+)"""
    r"""|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<sign>&&|\|\||!=|<=|>=|\^\^|[=<>!{}().;,*/+|^-])"""
)


def tokens_of(text: str) -> list[Token] | None:
    """Return the words of a query, or None if it has words that are not among the simplest."""
    found, place = list[Token](), 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            return None
        place, kind, word = match.end(), match.lastgroup, match[0]
        if kind == "word":
            word = word.lower()
        elif kind == "var":
            word = word[1:]
        elif kind == "text":
            word = word[1:-1]
        if kind != "space":
            found.append((kind, word))
    return found


def made_from(tokens: list[Token], leave: frozenset[str] = frozenset()) -> dict[str, set[str]]:
    """Return for each variable that is computed those that it is made from; none if a word of *leave* makes it."""
    made: dict[str, set[str]] = {}
    for place in range(len(tokens) - 1):
        if tokens[place] == ("word", "as"):
            inside = list(_before(tokens[:place]))
            names = {name for kind, name in inside if kind == "var"}
            made[tokens[place + 1][1]] = set() if inside and inside[-1][1] in leave else names
    return made


def _before(tokens: list[Token]) -> Iterable[Token]:
    """Yield what stands before the end of *tokens* in the same parentheses, backwards."""
    depth = 0
    for token in reversed(tokens):
        depth += {("sign", ")"): 1, ("sign", "("): -1}.get(token, 0)
        if depth < 0:
            return
        yield token


def inside(tokens: list[Token], start: int) -> list[Token]:
    """Return what stands in the parentheses that begin at *start*."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += {("sign", "("): 1, ("sign", ")"): -1}.get(tokens[place], 0)
        if depth == 0:
            return tokens[start + 1 : place]
    return tokens[start + 1 :]


def arguments(tokens: list[Token], start: int) -> list[list[Token]]:
    """Return what stands in the parentheses that begin at *start*, cut at its commas."""
    parts, depth = [list[Token]()], 0
    for token in inside(tokens, start):
        depth += {("sign", "("): 1, ("sign", ")"): -1}.get(token, 0)
        if token == ("sign", ",") and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def collapsed(tokens: list[Token], makes: Mapping[str, str]) -> list[Token]:
    """Return *tokens* with a value in place of each call that makes a text, a number or an IRI."""
    found, place = list[Token](), 0
    while place < len(tokens):
        kind, word = tokens[place]
        if kind == "word" and word in makes and tokens[place + 1 : place + 2] == [("sign", "(")]:
            found.append((makes[word], ""))
            place += len(inside(tokens, place + 1)) + 2
        else:
            found.append(tokens[place])
        place += 1
    return found


def statements(tokens: list[Token]) -> Iterable[tuple[str, list[Token]]]:
    """Yield the triple patterns, each with the sign before it; what stands in parentheses of a filter is left out."""
    after, part, place = "", list[Token](), 0
    while place < len(tokens):
        kind, word = tokens[place]
        if kind == "word" and word in ("filter", "bind"):
            yield after, part
            after, part = word, []
            while tokens[place : place + 1] and tokens[place] not in (("sign", "("), ("sign", "{")):
                place += 1
            if tokens[place : place + 1] == [("sign", "(")]:
                place += len(inside(tokens, place)) + 1
        elif kind == "sign" and word in "{}.;":
            yield after, part
            after, part = word, []
        else:
            part.append(tokens[place])
        place += 1
    yield after, part
