"""A snippet shows the line that is meant, with the marks below the words, whatever their width."""

from pathlib import Path

import pytest

from wakhan.findings import Place
from wakhan.report.snippet import Lines, snippet

CLAIMS = Path("data/claims.ttl")


def shown(text: str, place: tuple[int | None, ...], width: int = 100) -> tuple[str, str]:
    """Return the line and what stands below it."""
    found = snippet(Place(CLAIMS, *place), Lines(lambda _: text), width)
    return ("", "") if found is None else (found.before + found.marked + found.after, found.underline)


@pytest.mark.parametrize(
    ("text", "place", "line", "underline"),
    [
        ("ab cd ef", (1, 4, 1, 6), "ab cd ef", "   ^^"),
        ("ab\n cd", (2, 2, 2, 4), " cd", " ^^"),
        ("\tab", (1, 2, 1, 4), "    ab", "    ^^"),
        ("a\tb c", (1, 3, 1, 4), "a   b c", "    ^"),
        ("日本 x", (1, 4, 1, 5), "日本 x", "     ^"),
        ("x 日本", (1, 3, 1, 5), "x 日本", "  ^^^^"),
        ("e\u0301 x", (1, 4, 1, 5), "e\u0301 x", "  ^"),
        ("ae\u0301x", (1, 3, 1, 4), "ae\u0301x", " ^"),
        ("a\x1bb", (1, 3, 1, 4), "a\\x1bb", "     ^"),
        ("ab cd  \nef", (1, 4, 2, 2), "ab cd  ", "   ^^"),
        ("ab", (1, 3, 1, 3), "ab", "  ^"),
        ("ab", (1, 2), "ab", " ^"),
        ("ab", (1,), "ab", ""),
        ("ab\r\ncd", (1, 1, 1, 3), "ab", "^^"),
        ("a\u2028b\x0bc\nd", (2, 1, 2, 2), "d", "^"),
    ],
    ids=[
        "one-line", "second-line", "tab-before", "tab-within", "wide-before", "wide-marked", "combining-before",
        "combining-marked", "control-before", "several-lines", "end-of-line", "no-end", "no-column",
        "windows-line-end", "other-line-ends-are-none",
    ],
)  # fmt: skip
def test_the_underline_stands_below_the_words(text: str, place: tuple[int, ...], line: str, underline: str) -> None:
    assert shown(text, place) == (line, underline)


@pytest.mark.parametrize(
    ("place", "marked"), [((1, 2), "b"), ((1, 2, 1, 4), "bc"), ((1, 2, 1, 2), ""), ((1, 3, 2, 1), "c")]
)
def test_the_words_are_those_of_the_place(place: tuple[int, ...], marked: str) -> None:
    found = snippet(Place(CLAIMS, *place), Lines(lambda _: "abc \nd"))
    assert found is not None
    assert (found.marked, found.has_column) == (marked, True)


@pytest.mark.parametrize("line", [0, -1, 3])
def test_a_line_that_is_not_there_is_not_shown(line: int) -> None:
    assert snippet(Place(CLAIMS, line, 1), Lines(lambda _: "a\nb")) is None


def test_a_line_that_just_fits_is_whole() -> None:
    assert shown("x" * 40, (1, 20, 1, 21), width=40)[0] == "x" * 40
    assert shown("x" * 41, (1, 20, 1, 21), width=40)[0] != "x" * 41


@pytest.mark.parametrize("start", [1, 2, 19, 20, 21, 30, 150, 280, 281, 282, 299, 300])
def test_a_long_line_is_cut_around_the_words(start: int) -> None:
    text = "".join("x" if number == start - 1 else "-" for number in range(300))
    line, underline = shown(text, (1, start, 1, start + 1), width=40)
    assert 39 <= len(line) <= 40
    assert line[len(underline) - 1] == "x"
    assert line.startswith("…") == (start > 19)
    assert line.endswith("…") == (start < 281)
    if 20 < start < 280:
        assert 18 <= line.index("x") <= 21


def test_words_that_are_too_long_themselves_are_shown_from_their_beginning() -> None:
    line, underline = shown("a" * 50 + "b" * 300, (1, 51, 1, 351), width=40)
    assert line == "…" + "b" * 38 + "…"
    assert underline == " " + "^" * 39


def test_words_that_just_fit_are_whole() -> None:
    line, underline = shown("a" * 50 + "b" * 38 + "c" * 50, (1, 51, 1, 89), width=40)
    assert line == "…" + "b" * 38 + "…"
    assert underline == " " + "^" * 38


def test_a_very_narrow_terminal_still_shows_the_word() -> None:
    assert "word" in shown("a" * 50 + "word" + "b" * 50, (1, 51, 1, 55), width=1)[0]


def test_a_long_line_of_wide_letters_fits() -> None:
    line, underline = shown("字" * 200, (1, 100, 1, 102), width=41)
    assert 36 <= 2 * (len(line) - 2) + 2 <= 41
    assert underline.endswith("^" * 4)
    assert not underline.endswith("^" * 5)


@pytest.mark.parametrize("start", range(100, 104))
def test_a_cut_leaves_no_mark_without_its_letter(start: int) -> None:
    line, _ = shown("e\u0301\u0323" * 100, (1, start, 1, start + 1), width=20)
    assert line[:2] == "…e"
