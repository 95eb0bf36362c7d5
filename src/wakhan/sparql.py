"""Read a query as words: enough to see what it asks for, in a time linear in its length, and without an RDF library."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

NO_SERVICE = "SERVICE would ask another server: a query here sees only this dataset"
"""Why a query with SERVICE is refused."""

_TOKEN = re.compile(
    r"""(?P<skip>\s++ | \#[^\r\n]*+)
      | (?P<text>"{3}(?:[^"\\]|\\.|"(?!""))*+(?:"{3})? | '{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3})?
               | "(?:[^"\\\r\n]|\\.)*+"? | '(?:[^'\\\r\n]|\\.)*+'?)
      | (?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
      | (?P<variable>[?$]\w++)
      | (?P<language>@[\w-]++)
      | (?P<name>[\w.%-]{0,64}+:(?:[\w.%:-]|\\.)*+)
      | (?P<word>[^\W\d]\w*+)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of a query."""

    kind: str
    """``text``, ``iri``, ``variable``, ``language``, ``name`` with a prefix, ``word`` or ``sign``."""
    text: str
    end: int
    """The place behind it, in code points."""
    depth: int
    """How many brackets of any kind are open around it."""


@lru_cache(maxsize=100)
def tokens(query: str) -> tuple[Token, ...]:
    """Return what a query is made of, without blanks and comments; what is no SPARQL becomes signs."""
    found, depth = [], 0
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "sign"
        if kind == "skip":
            continue
        depth -= match[0] in (")", "}")
        found.append(Token(kind, match[0], match.end(), depth))
        depth += match[0] in ("(", "{")
    return tuple(found)


def asks_another_server(parts: Sequence[Token]) -> bool:
    """Tell whether SERVICE stands in a query, also where it touches what is around it.

    An engine may read ``trueSERVICE <...>`` and ``SERVICEex:name {`` as SERVICE.

    Args:
        parts: What the query is made of.
    """
    return any(_is_service(parts, number) for number in range(len(parts)))


def _is_service(parts: Sequence[Token], number: int) -> bool:
    kind, text = parts[number][:2]
    if kind == "word":
        return "service" in text.lower()
    if kind != "name" or "service" not in text.partition(":")[0].lower():
        return False
    before = parts[number - 1].text.upper() if number else ""
    after = parts[number + 1].text if number + 1 < len(parts) else ""
    return before != "GRAPH" and after == "{"
