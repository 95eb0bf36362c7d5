"""Words that the formats share: text that does no harm where it is shown, and what a finding is about."""

import json
import re
from pathlib import Path

from wakhan.findings import Finding, Place

_HIDDEN = (
    "\x00-\x1f\x7f-\x9f"  # control characters, of which terminals obey some
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\u2028\u2029"  # ends of lines to some readers
    "\ud800-\udfff\ufffe\uffff"  # what no UTF-8 or no XML may hold
)
"""What has no look of its own, or turns the direction of the text around it; not the joiners that scripts need."""

_HARMFUL = re.compile(f"[{_HIDDEN}]")
_HARMFUL_BUT_LINES = re.compile(f"(?!\n)[{_HIDDEN}]")
_NO_UTF8 = re.compile("[\ud800-\udfff]")
_LONG = 200
"""More code points of a value than this help nobody to see what is wrong."""


def visible(text: str) -> str:
    r"""Return *text* in one line, with an escape for each character that would be obeyed and not seen.

    These are control characters, the marks that turn the direction of text, and what no encoding can hold.

    Example:
        >>> visible("a\x1b[31m\tb\u202ec")
        'a\\x1b[31m\\tb\\u202ec'
    """
    return _HARMFUL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    r"""Return prose in one line: blanks and ends of lines become one blank, and the rest is made ``visible``.

    Example:
        >>> one_line("Name a speaker,\n    or take the claim away.")
        'Name a speaker, or take the claim away.'
    """
    return visible(" ".join(re.split(r"[ \t\r\n]+", text.strip())))


def to_json(value: object) -> str:
    """Return *value* as JSON with its letters; what a terminal would obey becomes an escape, so nothing is lost."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _HARMFUL_BUT_LINES.sub(lambda match: json.dumps(match[0])[1:-1], text) + "\n"


def path_text(path: Path) -> str:
    """Return *path* with slashes, and with a replacement for each byte of its name that is no part of UTF-8.

    Example:
        >>> path_text(Path("data") / "actors.ttl")
        'data/actors.ttl'
    """
    return _NO_UTF8.sub("\ufffd", path.as_posix())


def place_text(place: Place) -> str:
    """Return ``path:line:column`` with what of this is known, ``visible``.

    Example:
        >>> place_text(Place(Path("data/actors.ttl"), 3, 5))
        'data/actors.ttl:3:5'
    """
    return ":".join(filter(None, (visible(path_text(place.path)), position_text(place))))


def position_text(place: Place) -> str:
    """Return ``line:column`` with what of this is known."""
    return ":".join(str(part) for part in (place.line, place.column) if part is not None)


def details(finding: Finding) -> list[tuple[str, str]]:
    """Return what *finding* is about as pairs of a word and a text, without what its message names already.

    The words are ``focus``, ``path``, ``value`` and ``expected``; long texts are cut, and all are ``visible``.
    """
    value = "" if finding.value == finding.focus else finding.value
    parts = (("focus", finding.focus), ("path", finding.path), ("value", value), ("expected", finding.expected))
    return [(word, shortened(visible(text))) for word, text in parts if text and not _names(finding.message, text)]


def sentences(finding: Finding) -> str:
    """Return message and hint of *finding* in one line, for formats that have one text and no more."""
    parts = (one_line(finding.message), one_line(finding.hint))
    return " ".join(_ended(part) for part in parts if part)


def about(finding: Finding, marked: str = "") -> list[str]:
    """Return what ``details`` gives in lines: first what the finding is about, then what was expected.

    Args:
        finding: What was found.
        marked: The words of the source that are shown as wrong, which need not be said again.
    """
    known = {word: text for word, text in details(finding) if text != shortened(marked)}
    expected = known.pop("expected", "")
    lines = (", ".join(f"{word} {text}" for word, text in known.items()), f"expected {expected}" if expected else "")
    return [line for line in lines if line]


def shortened(text: str, most: int = _LONG) -> str:
    """Return *text*, of a long one the beginning and the end, in at most *most* code points.

    Example:
        >>> shortened("abcdefghij", 7)
        'abcd…ij'
        >>> shortened("abcdefg", 7)
        'abcdefg'
    """
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end - 1]}…{text[-end:]}"


def _names(message: str, text: str) -> bool:
    """Tell whether *message* has *text* as a word, not as a part of one."""
    return re.search(rf"(?<![\w:/#-]){re.escape(text)}(?![\w-]|[:/#]\w)", message) is not None


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…", ":")) else f"{sentence}."
