"""Read what Virtuoso writes otherwise than the standards have it."""

import re
from collections.abc import Mapping
from decimal import Decimal

ASK = "__ASK_RETVAL"
"""The column of the table that an ASK query gets for an answer: it has a row if the answer is yes."""

IN_ORDER = 'define sql:select-option "order" '
"""What makes Virtuoso join in the order in which a rule is written; in its own it may take minutes over a chain."""

_CUT = ("x-sparql-maxrows", "x-sql-state")
_NODE = re.compile(rb'("type":\s*"bnode",\s*"value":\s*")nodeID://')
_DURATION = re.compile(
    rb'("datatype":\s*"http://www\.w3\.org/2001/XMLSchema#dayTimeDuration",\s*"value":\s*")(-?[0-9]+(?:\.[0-9]+)?)"'
)
_TYPED = re.compile(rb'(")(-?[0-9]+(?:\.[0-9]+)?)"(?=\^\^<http://www\.w3\.org/2001/XMLSchema#dayTimeDuration>)')


def is_virtuoso(server: str) -> bool:
    """Tell by the Server header of an answer whether Virtuoso gives it."""
    return server.startswith("Virtuoso")


def missing(headers: Mapping[str, str]) -> str:
    """Return which header tells that an answer is not whole, and what it says; nothing if the answer is whole.

    Virtuoso ends an answer at so many rows (ResultSetMaxRows) or when time is up, and still says 200 OK.
    """
    return next((f"{name}: {headers[name]}" for name in _CUT if name in headers), "")


def mended(body: bytes) -> bytes:
    """Return results in JSON, or N-Triples, with names of blank nodes and with durations that can be read.

    Example:
        >>> mended(b'{"type": "bnode", "value": "nodeID://b10032"}')
        b'{"type": "bnode", "value": "b10032"}'
    """
    for durations in (_DURATION, _TYPED):
        body = durations.sub(lambda found: found[1] + duration(Decimal(found[2].decode())).encode() + b'"', body)
    return _NODE.sub(rb"\1", body)


def duration(seconds: Decimal) -> str:
    """Return a number of seconds as a canonical xsd:dayTimeDuration.

    Example:
        >>> duration(Decimal("172800.0")), duration(Decimal("-93784.5")), duration(Decimal(0))
        ('P2D', '-P1DT2H3M4.5S', 'PT0S')
    """
    days, rest = divmod(abs(seconds), 86400)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    exact = f"{rest:f}"
    exact = exact.rstrip("0").rstrip(".") if "." in exact else exact
    parts = ((hours, "H"), (minutes, "M"), (exact if rest else 0, "S"))
    time = "".join(f"{number}{unit}" for number, unit in parts if number)
    text = (f"{days}D" if days else "") + (f"T{time}" if time else "")
    return ("-" if seconds < 0 else "") + "P" + (text or "T0S")
