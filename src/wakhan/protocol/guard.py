"""Tell a query that would change data, or reach another server, from one that may run.

A process that runs queries can open neither a file nor a connection (see ``wakhan.protocol.worker``), so this is not
what keeps them in: it is what tells the client why. It takes a time linear in the length of the query, whatever that
holds, and needs no RDF library.
"""

import re
from collections.abc import Iterator

from wakhan.protocol.refusal import Refused

NO_SERVICE = "SERVICE would ask another server: a query here sees only this dataset."

_UPDATES = frozenset({"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"})
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)
_UPDATE_HEAD = re.compile(r"(?:BASE|PREFIX|VERSION)\Z", re.IGNORECASE)
_PART = re.compile(
    r"""(?P<skip>\s++ | \#[^\r\n]*+)
      | (?P<text>"{3}(?:[^"\\]|\\.|"(?!""))*+(?:"{3})? | '{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3})?
               | "(?:[^"\\\r\n]|\\.)*+"? | '(?:[^'\\\r\n]|\\.)*+'?)
      | (?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
      | (?P<variable>[?$]\w*+)
      | (?P<language>@[\w-]*+)
      | (?P<name>[\w.%-]*+:(?:[\w.%:-]|\\.)*+)
      | (?P<word>[\w.%-]++)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)


def check(query: str) -> None:
    """Refuse an update, and a query with SERVICE.

    Raises:
        Refused: It is one of these.
    """
    parts = list(_parts(query))
    words = (text.upper() for kind, text in parts if kind == "word")
    first = next((word for word in words if not _UPDATE_HEAD.match(word)), "")
    if first in _UPDATES:
        raise Refused(403, f"{first} is an update, and this endpoint is read-only.")
    if "service" in query.lower() and any(_is_service(parts, number) for number in range(len(parts))):
        raise Refused(400, NO_SERVICE)


def is_volatile(query: str) -> bool:
    """Tell whether the same query may have another answer the next time, such as one with ``NOW()``."""
    return bool(_VOLATILE.search(query))


def _is_service(parts: list[tuple[str, str]], number: int) -> bool:
    """Tell whether SERVICE stands here; it may touch what is around it: ``trueSERVICE <...>``, ``SERVICEex:name {``."""
    kind, text = parts[number]
    if kind == "word":
        return "service" in text.lower()
    if kind != "name" or "service" not in text.partition(":")[0].lower():
        return False
    before = parts[number - 1][1].upper() if number else ""
    return before != "GRAPH" and parts[number + 1 : number + 2] == [("sign", "{")]


def _parts(query: str) -> Iterator[tuple[str, str]]:
    for match in _PART.finditer(query):
        if match.lastgroup and match.lastgroup != "skip":
            yield match.lastgroup, match[0]
