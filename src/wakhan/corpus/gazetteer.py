"""Invent a gazetteer: the things that many articles speak of, some of them all the time and most hardly ever."""

import math
from bisect import bisect
from collections.abc import Iterator, Mapping
from itertools import accumulate

from wakhan.corpus.blocks import Blocks
from wakhan.corpus.profile import Profile, Role, Term
from wakhan.corpus.words import Dice, in_language, name, words
from wakhan.names import PREFIXES

_SYLLABLES = 3
_CODES = 26 * 26
_NEVER_GIVEN = 9_000_000_000
"""Numbers of identifiers that nobody has given out."""


class Gazetteer:
    """The shared things by kind, the most popular first.

    Args:
        profile: What the dataset is like.
        size: How many things there are for each one of the dataset.
        seed: What chance depends on.
    """

    def __init__(self, profile: Profile, size: int, seed: str) -> None:
        self.profile = profile
        self.dice = Dice(f"{seed} gazetteer")
        self.names: dict[tuple[str, ...], list[str]] = {}
        self._sums: dict[int, list[float]] = {}
        self._starts: dict[tuple[str, ...], int] = {}
        number = 0
        for kind, roles in profile.by_kind.items():
            coded = any(predicate == "skos:notation" for role in roles for predicate, _ in role.says)
            many = min(len(roles) * size, _CODES) if coded else len(roles) * size
            self.names[kind] = [f"{name(each, _SYLLABLES)}-{ending(kind)}" for each in range(number, number + many)]
            self._starts[kind] = number
            number += many

    def pick(self, kind: tuple[str, ...], dice: Dice, used: set[str]) -> str | None:
        """Return the prefixed name of a thing of this *kind*, popular ones more often, or None if all are in *used*."""
        names = self.names.get(kind, [])
        sums = self._cumulated(len(names))
        for _ in range(20):
            thing = f"id:{names[bisect(sums, dice.part() * sums[-1])]}" if names else ""
            if thing and thing not in used:
                return thing
        return next((f"id:{each}" for each in names if f"id:{each}" not in used), None)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the Turtle of each file."""
        for kind, names in self.names.items():
            blocks, roles = Blocks(PREFIXES), self.profile.by_kind[kind]
            for rank, thing in enumerate(names):
                self._describe(blocks, thing, (rank, self._starts[kind] + rank), roles[rank % len(roles)])
            yield f"{ending(kind)}.ttl", blocks.text()

    def _describe(self, blocks: Blocks, thing: str, place: tuple[int, int], role: Role) -> None:
        for predicate, term in role.says:
            value = self._value(thing, place, predicate, term)
            if value:
                blocks.add(f"id:{thing}", predicate, value)

    def _value(self, thing: str, place: tuple[int, int], predicate: str, term: Term) -> str | None:
        (rank, number), (kind, content) = place, term
        if predicate in ("geo:lat", "geo:long"):  # within one part of the world, so that neighbors are near
            start, width = (30, 30) if predicate == "geo:lat" else (40, 60)
            return f"{start + width * self.dice.part():.5f}"
        if predicate == "skos:notation":
            return f'"{chr(65 + rank // 26)}{chr(65 + rank % 26)}"'
        if predicate == "schema:sameAs":
            stem = "http://www.wikidata.org/entity/Q{}" if "wikidata" in content else "https://sws.geonames.org/{}/"
            return f"<{stem.format(_NEVER_GIVEN + number)}>"
        if kind == "role":
            return self.pick(self.profile.roles[content].kinds, self.dice, {f"id:{thing}"})
        return label(self.dice, predicate, content, spoken(thing)) if kind == "text" else content

    def _cumulated(self, many: int) -> list[float]:
        if many not in self._sums:
            self._sums[many] = list(accumulate(rank**-self.profile.skew for rank in range(1, many + 1)))
        return self._sums[many]


def ending(kind: tuple[str, ...]) -> str:
    """Return what the names of things of this kind end in.

    Example:
        >>> ending(("wk:ArmedForce",))
        'armed-force'
    """
    local = kind[-1].partition(":")[2] if kind else "thing"
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in local).strip("-")


def spoken(thing: str) -> str:
    """Return the English name for the name of a thing."""
    return thing.replace("-", " ").capitalize()


def label(dice: Dice, predicate: str, content: str, own: str) -> str:
    """Return a text: the name of a thing if *predicate* is that of labels, else words.

    Args:
        dice: Chance.
        predicate: Whose value the text is.
        content: How many words in which language, as ``3@en``.
        own: The English name of the thing.
    """
    number, _, language = content.partition("@")
    if predicate == "rdfs:label":
        return f'"{in_language(own, language)}"@{language}'
    return f'"{in_language(words(dice, int(number)), language)}"@{language}'


def sized(articles: int) -> int:
    """Return how many shared things there are for each of the dataset: they grow with the root of the articles."""
    return max(8, 2 * round(math.sqrt(articles)))


def prefixes_for(name: str) -> Mapping[str, str]:
    """Return the prefixes in the files of the article *name*: its passages, claims and own things have its name."""
    own = {prefix: f"{PREFIXES[prefix]}{name}/" for prefix in ("art", "claim")}
    return PREFIXES | own | {"own": f"{PREFIXES['id']}{name}/"}
