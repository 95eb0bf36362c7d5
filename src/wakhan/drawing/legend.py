"""The key of a drawing: a line and a sign for each standing that occurs in it."""

from collections.abc import Iterable

from wakhan.drawing.block import SMALL, mark
from wakhan.drawing.font import width
from wakhan.drawing.statement import Said
from wakhan.drawing.svg import element, group, text
from wakhan.standing import STANDINGS

WORDS = {
    "fact": "stated by the article",
    "reported": "according to somebody else",
    "denied": "denied",
    "planned": "planned",
    "expected": "expected",
    "possible": "possible",
    "unknown": "unknown",
    "mentioned": "only mentioned",
}
"""What the key calls each standing."""

_ROW = 22.0
_LINE = 34.0


def draw_legend(said: Iterable[Said], x: float, y: float, limit: float) -> tuple[str, float]:
    """Return the key as SVG, and its height in pixels.

    Args:
        said: What is drawn; only the standings that occur are explained.
        x: Its left side.
        y: Its upper side.
        limit: How wide it may be.
    """
    occurring = {each.standing for each in said}
    left, top = x, y
    drawn = []
    for standing in (name for name in STANDINGS if name in occurring):
        wide = _LINE + 24 + width(WORDS[standing], SMALL) + 18
        if left > x and left + wide - 18 > x + limit:
            left, top = x, top + _ROW
        line = element("path", d=f"M{left:.1f} {top + 11:.1f}h{_LINE:.0f}", class_="line")
        words = text(left + _LINE + 24, top + 15, WORDS[standing], "s k")
        drawn.append(group(line, mark(standing, left + _LINE + 7, top + 5), words, class_=standing))
        left += wide
    return "".join(drawn), (top + _ROW - y) if drawn else 0.0
