"""Regular expressions that mean the same in every engine: those of Python, of Rust and of XPath."""

import re

_CHAR = r"[^\\\[\](){}*+?|^$.]"
_ESCAPE = r"\\[^A-Za-z0-9\s]|\\d"
_RANGE = r"\[\^?(?:(?:(?![&~-]{2})[^\\\[\]^])|\\[^A-Za-z0-9\s]|\\d)+\]"
_COUNT = r"(?:[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})\??(?![*+?{])"
_ATOM = rf"(?:{_CHAR}|{_ESCAPE}|{_RANGE}|\.|\))"
_PLAIN = re.compile(rf"(?:{_ATOM}(?:{_COUNT})?|\((?:\?:)?|[|^$](?![*+?{{]))*")


def is_plain(pattern: str) -> bool:
    r"""Tell whether *pattern* is made of what all engines read alike.

    Example:
        >>> is_plain("^[a-z]{2,3}(-[A-Z]+)?$"), is_plain(r"^\w+$"), is_plain("^(?!a)"), is_plain("(")
        (True, False, False, False)
    """
    if not _PLAIN.fullmatch(pattern) or "(*" in pattern or "(+" in pattern:
        return False
    try:
        re.compile(pattern)
    except (re.error, FutureWarning):
        return False
    return True


def matches_alike(pattern: str, flags: str, traits: set[str]) -> bool:
    """Tell whether all engines find *pattern* in the same texts, if these have no other *traits* than those given."""
    if not is_plain(pattern) or "control" in traits:
        return False
    return flags == "" or (flags == "i" and pattern.isascii() and "dotted" not in traits)
