"""From IRIs to addresses: the page of an IRI, and the relative way to it from another page."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from rdflib import URIRef
from rdflib.term import Node

BASE = "https://w3id.org/wakhan/"
"""What the IRIs of the dataset begin with; the rest is the address of the page."""

FORMATS = ("ttl", "jsonld", "nt")
"""The endings of the data beside each page."""

_PAGE = re.compile(r"(?:id|claim|article|query)(?:/[^/?#\s.][^/?#\s]*)+|dataset")
_SECTION = re.compile(r"(?P<page>ontology|shape)(?:#(?P<name>[^/?#\s]*))?")
_ELSEWHERE = ("https://", "http://")
_SAFE = "/#~!$&'()*+,;=:@"  # what may stand in a path or fragment as it is; a percent sign may not

Href = Callable[[Node], str | None]


def page_of(iri: Node) -> str | None:
    """Return the address within the site that *iri* has or would have, or None for the IRI of somebody else.

    Example:
        >>> page_of(URIRef(BASE + "id/tajikistan")), page_of(URIRef(BASE + "ontology#Alliance"))
        ('id/tajikistan.html', 'ontology.html#Alliance')
    """
    if not isinstance(iri, URIRef) or not iri.startswith(BASE):
        return None
    rest = iri[len(BASE) :]
    if section := _SECTION.fullmatch(rest):
        return f"{section['page']}.html" + (f"#{section['name']}" if section["name"] else "")
    if _PAGE.fullmatch(rest):
        return f"{rest}.html"
    return "index.html" if rest == "" else None


def root_of(path: str) -> str:
    """Return the way from the page *path* to the top of the site, such as ``../``."""
    return "../" * path.count("/")


class Links:
    """The addresses of one site.

    Args:
        targets: The addresses that there are, of pages and of sections within them.
    """

    def __init__(self, targets: Iterable[str]) -> None:
        self._targets = frozenset(targets)

    def href(self, node: Node, path: str) -> str | None:
        """Return the address of *node* relative to the page *path*, or None where it has none.

        An IRI of the dataset without a page has none, so that no link is dead. That of somebody else is its own.

        Args:
            node: A term.
            path: The page on which the link stands.
        """
        target = page_of(node)
        if target is not None and target in self._targets:
            return root_of(path) + quote(target, safe=_SAFE)
        address = str(node)
        foreign = isinstance(node, URIRef) and address.startswith(_ELSEWHERE) and not address.startswith(BASE)
        return address if foreign else None

    def from_page(self, path: str) -> Href:
        """Return the function that gives the relative address of a term for the page *path*."""
        return lambda node: self.href(node, path)
