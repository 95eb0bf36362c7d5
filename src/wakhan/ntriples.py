"""Write terms and triples as N-Triples does."""

import re
from collections.abc import Collection

from rdflib import Literal
from rdflib.term import Node

from wakhan.names import Triple

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r'[\\"\n\r]')


def text_of(term: Node) -> str:
    """Return *term* as N-Triples writes it, also a literal that is no value of its datatype.

    Example:
        >>> text_of(Literal("soon", lang="en")), text_of(Literal("1"))
        ('"soon"@en', '"1"')
    """
    if not isinstance(term, Literal):
        return term.n3()
    text = _ESCAPED.sub(lambda match: _ESCAPES[match[0]], str(term))
    tag = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
    return f'"{text}"{tag}'


def lines_of(triples: Collection[Triple]) -> str:
    """Return *triples* as N-Triples, each term put into words once."""
    texts: dict[Node, str] = {}
    for triple in triples:
        for term in triple:
            if term not in texts:
                texts[term] = text_of(term)
    return "".join(f"{texts[s]} {texts[p]} {texts[o]} .\n" for s, p, o in triples)


def line_of(triple: Triple) -> str:
    """Return *triple* as a line of N-Triples, with its end."""
    return f"{' '.join(map(text_of, triple))} .\n"
