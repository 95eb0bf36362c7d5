"""How wide a text is, without a browser: the widths of DejaVu Sans, which is wider than most fonts of systems."""

import re

_BREAK = re.compile(r"(?<=[\u2013/-])|(?= )")
_FIRST = " "
_REGULAR = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
)  # fmt: skip
_BOLD = (
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365,
    696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580,
    1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850,
    733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500,
    500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687,
    716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
)  # fmt: skip
_OTHERS = {"\u00a0": 348, "\u2013": 500, "\u2018": 380, "\u2019": 380, "\u201c": 657, "\u201d": 657, "\u00b7": 380}
_WIDEST = 1000  # thousandths of the size, for what the tables lack
_MARGIN = 1.03

LINE = 1.3
"""The distance of two lines of text, as a multiple of the size."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide *text* is at most, in the unit of *size*.

    The widths are those of DejaVu Sans with 3 % more, so that a narrower font leaves room and none runs over.

    Args:
        text: One line.
        size: The size of the font.
        bold: Whether it is bold.

    Example:
        >>> round(width("Wakhan", 10), 1), width("Wakhan", 10) < width("Wakhan", 10, bold=True)
        (41.8, True)
    """
    table = _BOLD if bold else _REGULAR

    def of(char: str) -> int:
        place = ord(char) - ord(_FIRST)
        return table[place] if 0 <= place < len(table) else _OTHERS.get(char, _WIDEST)

    return sum(map(of, text)) * size * _MARGIN / 1000


def wrap(text: str, size: float, limit: float, *, bold: bool = False) -> list[str]:
    """Return *text* in lines no wider than *limit*; a word that is wider than that is broken.

    Args:
        text: What to wrap, at its spaces and after its dashes.
        size: The size of the font.
        limit: The width of the longest line, in the unit of *size*.
        bold: Whether it is bold.

    Example:
        >>> wrap("Collective Security Treaty Organization", 10, 110)
        ['Collective Security', 'Treaty Organization']
    """
    lines = [""]
    for word in _BREAK.split(" ".join(text.split())):
        for part in _parts(word, size, limit, bold=bold):
            joined = (lines[-1] + part).lstrip()
            if width(joined, size, bold=bold) <= limit:
                lines[-1] = joined
            else:
                lines.append(part.lstrip())
    return [line for line in lines if line]


def _parts(word: str, size: float, limit: float, *, bold: bool) -> list[str]:
    """Return *word* in pieces that fit, which is the word itself unless it is very long."""
    parts = [""]
    for char in word:
        if parts[-1].strip() and width((parts[-1] + char).lstrip(), size, bold=bold) > limit:
            parts.append("")
        parts[-1] += char
    return parts
