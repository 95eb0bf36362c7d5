"""Invent words and names: always the same from the same dice, and none that anybody has written."""

import random

_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
_SYLLABLES = tuple(consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS)
_SCRIPTS = {
    ("kk", "ky", "ru", "tg", "uk"): "абвгдежзиклмнопрстуф",
    ("ar", "fa", "ps", "ug", "ur"): "ابتدرزسفقکلمنوهی",
    ("hi",): "अआकगचजतदनपबमरलवस",
    ("zh", "ja"): "安白北大東方高和華江金立林明南平",
}
_LETTERS = {language: letters for languages, letters in _SCRIPTS.items() for language in languages}


class Dice:
    """Chance that falls the same way for the same seed, in every version of Python.

    Args:
        seed: What it depends on.

    Example:
        >>> Dice("a").below(100) == Dice("a").below(100)
        True
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # of its methods only random() is promised to stay as it is

    def part(self) -> float:
        """Return a number from 0 up to, and without, 1."""
        return self._random.random()

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, and without, *limit*."""
        return int(self._random.random() * limit)


def name(number: int, syllables: int) -> str:
    """Return the word with this *number*; other numbers give other words, as long as there are enough.

    Args:
        number: From 0.
        syllables: How long the word is; two of them make 4,900 words, three 343,000. Larger numbers get longer words.

    Example:
        >>> name(0, 2), name(1, 2), name(4_900, 2)
        ('baba', 'pogo', 'bababa')
    """
    base = len(_SYLLABLES)
    space = base**syllables
    wrapped, rest = divmod(number, space)
    mixed = rest * 40_503 % space  # no divisor of the base, so each number still has its own word
    parts = []
    for _ in range(syllables):
        mixed, digit = divmod(mixed, base)
        parts.append(_SYLLABLES[digit])
    return "".join(parts) + _tail(wrapped)


def _tail(number: int) -> str:
    base, tail = len(_SYLLABLES), ""
    while number:
        number, digit = divmod(number - 1, base)
        tail += _SYLLABLES[digit]
    return tail


def words(dice: Dice, number: int) -> str:
    """Return *number* invented words, as a phrase."""
    return " ".join(
        "".join(_SYLLABLES[dice.below(len(_SYLLABLES))] for _ in range(2 + dice.below(2))) for _ in range(number)
    )


def in_language(word: str, language: str) -> str:
    """Return *word* in the script of a *language*; in Latin letters if that is not known to be another.

    Example:
        >>> in_language("babu", "en"), in_language("babu", "ru") != "babu"
        ('babu', True)
    """
    letters = _LETTERS.get(language.partition("-")[0])
    return word if letters is None else "".join(letters[ord(letter) % len(letters)] for letter in word if letter != " ")
