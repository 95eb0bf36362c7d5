"""A page before it is written, and how its template makes it HTML."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from rdflib import Literal, URIRef

import wakhan
from wakhan.names import WK
from wakhan.site.content import Content
from wakhan.site.links import Links, root_of
from wakhan.standing import MARKS, STANDINGS, source

NAVIGATION = (
    ("Claims", "claims.html"),
    ("Things", "things.html"),
    ("Article", "article.html"),
    ("Map", "map.html"),
    ("Timeline", "timeline.html"),
    ("Graph", "graph.html"),
    ("Ontology", "ontology.html"),
    ("Ask", "query.html"),
)
"""What the head of every page leads to."""

_ABOVE = {"id": "things.html", "claim": "claims.html", "article": "article.html", "query": "query.html"}
"""Under which of these a page in a folder stands."""


_WORDED = (WK.amountText, WK.degree, WK.timeText)
"""The qualifiers whose values are words for how much, how far and when."""


class Page(NamedTuple):
    """One page.

    Attributes:
        path: Its address within the site.
        template: The name of its template.
        values: What the template fills in.
        sections: The ids within it that others may link to.
        about: The IRI that it is the page of, and whose data lie beside it; None for an overview.
    """

    path: str
    template: str
    values: Mapping[str, object]
    sections: tuple[str, ...] = ()
    about: URIRef | None = None


class Renderer:
    """Makes pages HTML.

    Args:
        content: What all pages are made of.
        links: The addresses of the site.
    """

    def __init__(self, content: Content, links: Links) -> None:
        self._links = links
        self._environment = Environment(
            loader=PackageLoader("wakhan.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters["initial"] = lambda text: text[:1].upper() + text[1:]
        self._environment.globals.update(
            label=content.label,
            short=content.short,
            verb=content.verb,
            vouched=content.vouched,
            standing=content.standing,
            source=lambda view: source(view, content.graph),
            claim_of=content.claim.get,
            is_literal=lambda node: isinstance(node, Literal),
            worded=_WORDED,
            marks=MARKS,
            standings=STANDINGS,
            navigation=NAVIGATION,
            version=wakhan.__version__,
        )

    def html(self, page: Page) -> str:
        """Return *page* as HTML."""
        folder = page.path.partition("/")[0] if "/" in page.path else ""
        own: dict[str, Any] = {
            "path": page.path,
            "root": root_of(page.path),
            "above": _ABOVE.get(folder, ""),
            "href": self._links.from_page(page.path),
            "wide": False,
        }
        return self._environment.get_template(page.template).render(own | dict(page.values))
