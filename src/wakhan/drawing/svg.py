"""Write SVG: elements, links, and the document with its title and its colors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from rdflib import URIRef

from wakhan.drawing.font import LINE

Link: TypeAlias = Callable[[URIRef], str]
"""Gives the address of the page of an IRI, relative to the page that the drawing stands in."""

FONT = "Inter, system-ui, 'DejaVu Sans', sans-serif"

_COLORS = {
    "paper": ("#fcfbf7", "#16171a"),
    "ink": ("#22211d", "#e8e6e0"),
    "faint": ("#656157", "#aaa79e"),
    "line": ("#e0dcd1", "#383b41"),
    "strong-line": ("#8b8678", "#868a92"),
    "card": ("#fff", "#1e2024"),
    "water": ("#dde8ef", "#1b2733"),
    "land": ("#e9e5da", "#26282c"),
    "named-land": ("#f8f5ec", "#34383e"),
    "fact": ("#15693b", "#79cf9b"),
    "reported": ("#33609b", "#94bdf0"),
    "denied": ("#a82a25", "#f59b93"),
    "planned": ("#6a4a9c", "#c3aaf0"),
    "expected": ("#7a5800", "#e3c26b"),
    "possible": ("#8a4b14", "#eab083"),
    "unknown": ("#5c5b57", "#bab7ae"),
    "mentioned": ("#5a5f2c", "#c3ca85"),
}
"""Name to color on light and on dark paper; a page that sets ``--NAME`` goes before both."""

_DASHES = {
    "reported": "10 4",
    "denied": "14 3 1 3",
    "planned": "3 5",
    "expected": "9 3 2 3",
    "possible": "1 4",
    "unknown": "1 6",
    "mentioned": "1 9",
}
"""The lines of what is no fact; only a fact has a line without gaps."""

_STYLE = (
    ".dw{--C}\n"
    "@media(prefers-color-scheme:dark){.dw{--D}}\n"
    ".dw text{fill:var(--dw-ink);font-size:13px}"
    ".dw .halo{paint-order:stroke;stroke:var(--halo,var(--dw-paper));stroke-width:3.5px;stroke-linejoin:round}"
    ".dw .b{font-weight:700}.dw .s{font-size:12px}.dw .q{fill:var(--dw-faint)}.dw .h{font-size:14px;font-weight:700}"
    ".dw .m{text-anchor:middle}.dw .e{text-anchor:end}"
    ".dw .rule{stroke:var(--dw-line);fill:none}.dw .paper{fill:var(--dw-paper)}.dw .inked{fill:var(--dw-ink)}"
    ".dw text.k{fill:var(--k)}.dw .fill{fill:var(--k)}.dw .line{fill:none;stroke:var(--k);stroke-width:2}"
    ".dw .card{fill:var(--dw-card);fill-opacity:.94;stroke:var(--dw-line)}"
    ".dw a{text-decoration:none;cursor:pointer}.dw a:hover text{text-decoration:underline}"
    ".dw a:focus-visible{outline:2px solid var(--dw-ink);outline-offset:2px}\n"
    + "".join(f".dw .{name}{{--k:var(--dw-{name})}}" for name in ("fact", *_DASHES))
    + "".join(f".dw .{name} .line{{stroke-dasharray:{dashes}}}" for name, dashes in _DASHES.items())
)


@dataclass(frozen=True)
class Row:
    """One statement of a drawing in words: the text alternative is the table of them.

    Attributes:
        statement: The triple as a person reads it.
        how: How sure who is, such as ``planned, according to China``.
        qualifiers: Dates, degrees, amounts and times in words.
        claims: The claims that say so, in the order of the article.
        drawn: Whether it stands at its place in the drawing; else it is only listed, in the drawing or here.
    """

    statement: str
    how: str
    qualifiers: str
    claims: tuple[URIRef, ...]
    drawn: bool


@dataclass(frozen=True)
class Drawing:
    """A picture with what a reader needs who does not see it.

    Attributes:
        svg: One ``svg`` element with styles and links and without scripts, to be put into a page or a file of its own.
        title: What it shows, in a few words.
        description: How to read it, in a few sentences.
        rows: What it says, statement by statement.
        width: How wide it is made for, in CSS pixels; it scales, but much below this small text is hard to read.
        height: How high it then is.
    """

    svg: str
    title: str
    description: str
    rows: tuple[Row, ...]
    width: int
    height: int


def number(value: float) -> str:
    """Return a coordinate with at most one decimal.

    Example:
        >>> number(12.04), number(3.25), number(-0.01)
        ('12', '3.2', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, *children: str, **attributes: object) -> str:
    """Return an element; an underscore in a name of an attribute becomes a hyphen, one at its end falls away.

    Args:
        name: Its name.
        children: What is in it, as SVG.
        attributes: Numbers are rounded to one decimal; those that are None are left out.

    Example:
        >>> element("path", d="M0 0", class_="line", stroke_width=2.0, id=None)
        '<path d="M0 0" class="line" stroke-width="2"/>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def _attribute(key: str, value: object) -> str:
    text = number(value) if isinstance(value, int | float) else str(value)
    return f' {key.rstrip("_").replace("_", "-")}="{escape(text)}"'


def text(x: float, y: float, content: str, class_: str | None = None) -> str:
    """Return one line of text that begins at *x* and stands on *y*."""
    return element("text", escape(content, quote=False), x=x, y=y, class_=class_)


def lines(x: float, y: float, content: Sequence[str], size: float, class_: str | None = None) -> str:
    """Return *content* as lines of text, the first on *y*."""
    return "".join(text(x, y + place * size * LINE, line, class_) for place, line in enumerate(content))


def link(href: str, name: str, *children: str, class_: str | None = None) -> str:
    """Return a link around *children*, with a name that is read out and shown when the pointer rests on it."""
    return element(
        "a", element("title", escape(name, quote=False)), *children, href=href, aria_label=name, class_=class_
    )


def group(*children: str, claims: Iterable[URIRef] = (), iri: URIRef | None = None, class_: str | None = None) -> str:
    """Return *children* as what is drawn for some claims or for a thing.

    Args:
        children: What is drawn, as SVG.
        claims: The claims that it draws, for ``data-claim``.
        iri: The thing that it draws, for ``data-iri``.
        class_: Its class.
    """
    return element("g", *children, data_claim=" ".join(claims) or None, data_iri=iri, class_=class_)


def document(name: str, size: tuple[float, float], title: str, description: str, body: Iterable[str]) -> str:
    """Return the whole SVG.

    It is a group and no image to assistive technology, for the links in an image could not be reached.

    Args:
        name: What makes its ids differ from those of other drawings in the same page.
        size: The width and the height, in pixels.
        title: What it shows.
        description: How to read it.
        body: What is drawn.
    """
    wide, high = (round(side) for side in size)
    style = _STYLE.replace("--C", _variables(0)).replace("--D", _variables(1))
    return element(
        "svg",
        element("title", escape(title, quote=False), id=f"{name}-title"),
        element("desc", escape(description, quote=False), id=f"{name}-desc"),
        element("style", style),
        element("rect", class_="paper", width=wide, height=high),
        "\n".join(body),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide} {high}",
        class_=f"dw dw-{name}",
        role="group",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        font_family=FONT,
    )


def _variables(shade: int) -> str:
    return ";".join(f"--dw-{name}:var(--{name},{colors[shade]})" for name, colors in _COLORS.items())
