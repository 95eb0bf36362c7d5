"""The pages of stored queries: the question, its parameters, its SPARQL, and what is answered by default."""

from typing import NamedTuple

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import SparqlLexer
from rdflib.term import Node

from wakhan.claimview import ClaimView
from wakhan.errors import UsageError
from wakhan.names import FACTUALITIES, QUERY, WK
from wakhan.query import StoredQuery
from wakhan.rows import Row, Rows
from wakhan.site.content import Content
from wakhan.site.page import Page


class Cell(NamedTuple):
    """One term of an answer; with the standing to show where it says or implies one."""

    term: Node | None
    standing: str | None = None


def query_pages(content: Content) -> list[Page]:
    """Return the page of each stored query."""
    return [_page(content, stored) for stored in content.dataset.queries.values()]


def highlighted(sparql: str) -> Markup:
    """Return a SPARQL text as HTML in which the kinds of words have classes."""
    formatter = HtmlFormatter(nowrap=True, classprefix="hl-")
    return Markup(highlight(sparql, SparqlLexer(), formatter).strip())  # Pygments escapes what it marks


def body(stored: StoredQuery) -> str:
    """Return the text of a stored query without its head."""
    return "\n".join(line for line in stored.text.splitlines() if not line.startswith("#+")).strip()


def subjects(stored: StoredQuery) -> list[str]:
    """Return the tags of a stored query that say what it is about; ``competency-question`` says nothing of that."""
    return [tag for tag in stored.tags if tag != "competency-question"]


def cells(content: Content, row: Row) -> list[Cell]:
    """Return the cells of one row of an answer.

    A claim that the row names decides what its factuality means: what the article affirms is a fact, what others
    affirm is reported. Without one, or with two that differ, a row that affirms has no standing.

    Args:
        content: Where the claims are.
        row: The terms of the row.
    """
    views = [content.claim[term] for term in row if term in content.claim]
    return [Cell(term, None if term is None else _standing(content, term, views)) for term in row]


def _standing(content: Content, term: Node, views: list[ClaimView]) -> str | None:
    if term in content.claim:
        return content.standing(content.claim[term])
    if term not in FACTUALITIES:
        return None
    fitting = {content.standing(view) for view in views if view.factuality == term}
    if len(fitting) == 1:
        return fitting.pop()
    return None if term == WK.Affirmed else content.label(term).lower()


def _page(content: Content, stored: StoredQuery) -> Page:
    rows, failure = _answer(content, stored)
    values: dict[str, object] = {
        "stored": stored,
        "tags": subjects(stored),
        "sparql": highlighted(body(stored)),
        "rows": None if rows is None else [cells(content, row) for row in rows.terms],
        "variables": [] if rows is None else rows.variables,
        "boolean": None if rows is None else rows.boolean,
        "failure": failure,
        "bound": {} if rows is None else content.dataset.bind(stored, {}),
    }
    return Page(f"query/{stored.name}.html", "stored.html", values, about=QUERY[stored.name])


def _answer(content: Content, stored: StoredQuery) -> tuple[Rows | None, str]:
    """Return the answer for the defaults, or why another dataset than Wakhan's has none."""
    try:
        return content.dataset.answer(stored, {}), ""
    except UsageError as error:
        return None, error.message
