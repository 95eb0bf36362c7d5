"""Tell a query that would change data, or reach another server, from one that may run.

A process that runs queries can open neither a file nor a connection (see ``wakhan.protocol.worker``), so this is not
what keeps them in: it is what tells the client why. It takes a time linear in the length of the query, whatever that
holds, and needs no RDF library.
"""

import re

from wakhan.protocol.refusal import Refused
from wakhan.sparql import NO_SERVICE, asks_another_server, tokens

_UPDATES = frozenset({"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"})
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)
_UPDATE_HEAD = re.compile(r"(?:BASE|PREFIX|VERSION)\Z", re.IGNORECASE)


def check(query: str) -> None:
    """Refuse an update, and a query with SERVICE.

    Raises:
        Refused: It is one of these.
    """
    parts = tokens(query)
    words = (token.text.upper() for token in parts if token.kind == "word")
    first = next((word for word in words if not _UPDATE_HEAD.match(word)), "")
    if first in _UPDATES:
        raise Refused(403, f"{first} is an update, and this endpoint is read-only.")
    if asks_another_server(parts):
        raise Refused(400, f"{NO_SERVICE}.")


def is_volatile(query: str) -> bool:
    """Tell whether the same query may have another answer the next time, such as one with ``NOW()``."""
    return bool(_VOLATILE.search(query))
