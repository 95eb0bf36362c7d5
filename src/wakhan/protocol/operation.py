"""Read a request of the SPARQL 1.1 Protocol (section 2.1): what is asked, and of which graphs."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from wakhan.protocol.refusal import Refused, not_allowed

METHODS = "GET, HEAD, POST, OPTIONS"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_READ_ONLY = "This endpoint is read-only: it takes queries, no updates."
_UPDATING = ("update", "using-graph-uri", "using-named-graph-uri")
_CHARSET = re.compile(r'charset\s*=\s*"?([^";\s]*)', re.IGNORECASE)
_MOST_FIELDS = 200

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Operation:
    """A query as it came by the protocol.

    Attributes:
        query: The text.
        default_graphs: The IRIs of the graphs that are asked as one; of the default graph if there are none.
        named_graphs: The IRIs of the graphs that GRAPH can name; all if neither these nor the others are given.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def read_operation(method: str, query_string: bytes, content_type: str = "", body: bytes = b"") -> Operation | None:
    """Return what a request asks, or None if it is a GET that asks nothing: it wants the service description.

    Args:
        method: The HTTP method.
        query_string: What follows the question mark in the address.
        content_type: That of the body.
        body: The body.

    Raises:
        Refused: The request is not one of the protocol, or it asks for an update.
    """
    fields = _fields(query_string, "The address")
    if any(name in fields for name in _UPDATING):
        raise Refused(400, _READ_ONLY)
    if method in ("GET", "HEAD"):
        return _operation(fields, fields["query"]) if "query" in fields else None
    if method != "POST":
        raise not_allowed(METHODS)
    return _posted(fields, content_type, body)


def _posted(fields: Fields, content_type: str, body: bytes) -> Operation:
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == UPDATE:
        raise Refused(403, _READ_ONLY)
    charset = _CHARSET.search(content_type)
    if media_type not in (FORM, QUERY) or (charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii")):
        raise Refused(415, f"Send the query as {FORM} or as {QUERY}, in UTF-8.", {"Accept-Post": f"{FORM}, {QUERY}"})
    if media_type == QUERY:
        return _operation(fields, [*fields.get("query", []), _decoded(body)])
    posted = _fields(body, "The body")
    if any(name in posted for name in _UPDATING):
        raise Refused(403, _READ_ONLY)
    together = {name: fields.get(name, []) + posted.get(name, []) for name in {*fields, *posted}}
    return _operation(together, together.get("query", []))


def _operation(fields: Fields, queries: list[str]) -> Operation:
    if len(queries) != 1:
        raise Refused(400, f"Send exactly one query: the request has {len(queries) or 'none'}.")
    return Operation(queries[0], tuple(fields.get("default-graph-uri", ())), tuple(fields.get("named-graph-uri", ())))


def _fields(encoded: bytes, place: str) -> Fields:
    try:
        text = encoded.decode("utf-8")
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refused(400, f"{place} is not in UTF-8.") from None
    except ValueError:
        raise Refused(400, f"{place} has more than {_MOST_FIELDS} parameters.") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "The query is not in UTF-8.") from None
