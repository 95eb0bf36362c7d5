"""A regular expression is taken for the same everywhere only if it is made of what all engines have."""

import pytest

from wakhan.shacl.patterns import is_plain, matches_alike


@pytest.mark.parametrize("pattern", ["^[a-z]{2,3}(-[A-Za-z0-9]+)*$", "a|b", "", r"^\d+\.\d$", "[^/]*x?", "(?:ab)+c"])
def test_what_all_have_is_plain(pattern: str) -> None:
    assert is_plain(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\w",
        r"a\b",
        "(?!a)",
        "(?i)a",
        "(",
        "a{",
        "a{,3}",
        "a++",
        "[a&&b]",
        "[[:alpha:]]",
        "[]a]",
        r"\p{L}",
        r"(a)\1",
        "*a",
    ],
)
def test_what_some_lack_or_read_differently_is_not_plain(pattern: str) -> None:
    assert not is_plain(pattern)


def test_the_texts_decide_too() -> None:
    assert matches_alike("^a$", "", {"plain", "accented"})
    assert not matches_alike("^a$", "", {"control"})
    assert matches_alike("^i$", "i", {"accented"})
    assert not matches_alike("^i$", "i", {"dotted"})
    assert not matches_alike("^é$", "i", set())
    assert not matches_alike("^a$", "x", set())
