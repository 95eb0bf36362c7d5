"""Make articles wrong in known ways, so that it can be tried whether a build notices."""

import re
from collections.abc import Callable, Mapping

from wakhan.errors import UsageError

Files = dict[str, bytes]
"""The files of an article by name."""


def _last(text: bytes, old: bytes, new: bytes) -> bytes:
    head, found, tail = text.rpartition(old)
    if not found:
        raise UsageError(f"an article without {old.decode()!r} cannot be broken there", hint="Choose a larger --scale.")
    return head + new + tail


def _syntax(files: Files) -> Files:
    return files | {"claims.ttl": _last(files["claims.ttl"], b";\n.\n", b";\n")}


def _encoding(files: Files) -> Files:
    return files | {"article.ttl": _last(files["article.ttl"], b'."@en', b'\xe9."@en')}


def _missing_fact(files: Files) -> Files:
    return {name: text for name, text in files.items() if name != "facts.ttl"}


def _extra_fact(files: Files) -> Files:
    more = b'id:nobody\n    a wk:Person ;\n    rdfs:label "nobody"@en ;\n    wk:memberOf id:nothing ;\n.\n'
    more += b'\nid:nothing\n    a wk:Organization ;\n    rdfs:label "nothing"@en ;\n.\n'
    return files | {"extra.ttl": _PREFIXES + more}


def _misspelt(files: Files) -> Files:
    return files | {"claims.ttl": _last(files["claims.ttl"], b"wk:factuality", b"wk:factualty")}


def _dangling(files: Files) -> Files:
    text = files["claims.ttl"]
    found = re.findall(rb"rdf:subject (own:[\w-]+|id:[\w-]+) ;", text)
    return files | {"claims.ttl": _last(text, b"rdf:subject " + found[-1], b"rdf:subject " + found[-1] + b"-x")}


def _miscounted(files: Files) -> Files:
    return files | {
        "article.ttl": re.sub(rb"wk:claimCount (\d+)", rb"wk:claimCount 9\1", files["article.ttl"], count=1)
    }


def _clash(files: Files) -> Files:
    more = b'id:nobody\n    a\n        wk:Office ,\n        wk:Person ;\n    rdfs:label "nobody"@en ;\n'
    more += b'    skos:editorialNote "both at once"@en ;\n    wk:concerns id:nothing ;\n.\n'
    more += b'\nid:nothing\n    a wk:Topic ;\n    rdfs:label "nothing"@en ;\n.\n'
    return files | {"extra.ttl": _PREFIXES + more}


_PREFIXES = (
    b"@prefix id: <https://w3id.org/wakhan/id/> .\n"
    b"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    b"@prefix wk: <https://w3id.org/wakhan/ontology#> .\n\n"
)

FAULTS: Mapping[str, Callable[[Files], Files]] = {
    "a file that is no Turtle": _syntax,
    "a file that is not UTF-8": _encoding,
    "facts that are missing": _missing_fact,
    "a fact without a claim": _extra_fact,
    "a misspelt property": _misspelt,
    "a thing that is described nowhere": _dangling,
    "a wrong number of claims": _miscounted,
    "a thing of two disjoint classes": _clash,
}
"""What is done to an article, in words; the first broken article has the first fault, and so on, round and round."""


def broken(files: Mapping[str, str], number: int) -> tuple[str, Files]:
    """Return the name of a fault, and the *files* of an article with it.

    Args:
        files: The files of an article that is right.
        number: Which of the faults.
    """
    fault = list(FAULTS)[number % len(FAULTS)]
    return fault, FAULTS[fault]({name: text.encode() for name, text in files.items()})
