"""The pages of the drawings, each with its text alternative; and the pictures on other pages."""

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup
from rdflib import URIRef

from wakhan.drawing import Drawing, Link, graph_svg, locator_svg, map_svg, timeline_svg
from wakhan.drawing.legend import WORDS
from wakhan.site.content import Content
from wakhan.site.links import Href
from wakhan.site.page import Page


class Kind(NamedTuple):
    """A drawing that has a page of its own."""

    heading: str
    make: Callable[..., Drawing]
    note: str = ""  # what it leaves out


DRAWINGS = {
    "map": Kind("Map", map_svg),
    "timeline": Kind("Timeline", timeline_svg),
    "graph": Kind(
        "Graph of actors and alliances",
        graph_svg,
        "Visits, borders and what else has to do with places stand on the map and in the claims.",
    ),
}
"""The drawings by the names of their pages."""

Draw = Callable[[Href], list["Figure"]]
"""Makes the variants of a drawing, with links for the page on which they stand."""


class Figure(NamedTuple):
    """A drawing, and its markup as a page takes it."""

    drawing: Drawing
    svg: Markup


class Figures:
    """The drawings of one dataset, each made once: all pages that show one stand at the top of the site.

    Args:
        content: What is drawn.
    """

    def __init__(self, content: Content) -> None:
        self._graph = content.graph
        self._made: dict[str, list[Figure]] = {}

    def drawn(self, name: str) -> Draw:
        """Return the function that gives the variants of the drawing *name*, one of ``DRAWINGS``."""

        def draw(href: Href) -> list[Figure]:
            if name not in self._made:
                make, link = DRAWINGS[name].make, _link(href)
                made = (make(self._graph, link, narrow=False), make(self._graph, link, narrow=True))
                self._made[name] = [Figure(each, Markup(each.svg)) for each in made]  # which escapes what it takes
            return self._made[name]

        return draw

    def files(self) -> dict[str, bytes]:
        """Return the drawings that pages have shown as files of their own, by the names of ``file_name``."""
        return {
            file_name(name, narrow=bool(place)): figure.drawing.svg.encode()
            for name, made in self._made.items()
            for place, figure in enumerate(made)
        }

    def located(self, thing: URIRef) -> Callable[[Href], Markup | None]:
        """Return the function that gives a small map of where *thing* is; it gives none where that is unknown."""

        def locate(href: Href) -> Markup | None:
            made = locator_svg(self._graph, thing, _link(href))
            return None if made is None else Markup(made.svg)

        return locate


def file_name(name: str, *, narrow: bool) -> str:
    """Return what the file of a drawing is called."""
    return f"{name}-phone.svg" if narrow else f"{name}.svg"


def _link(href: Href) -> Link:
    """Return the function by which a drawing links: to the IRI itself where there is no page."""
    return lambda iri: href(iri) or str(iri)


def figure_pages(figures: Figures) -> list[Page]:
    """Return the pages of the map, the timeline and the graph."""
    return [
        Page(
            f"{name}.html",
            "figure.html",
            {
                "wide": True,
                "heading": each.heading,
                "note": each.note,
                "draw": draw,
                "stated": WORDS["fact"],
            },
        )
        for name, each in DRAWINGS.items()
        for draw in [figures.drawn(name)]
    ]
