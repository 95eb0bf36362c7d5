"""Invent an article: passages and claims drawn from those of the dataset, with other things cast for the parts.

Passages are drawn with replacement. Those that are drawn for the first time share one cast, those drawn again share the
second, and so on; no thing plays two parts. So an article is one or more images of pieces of the dataset that have
nothing in common, and what holds of the dataset holds of it too: no fact is denied elsewhere, nothing clashes.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from wakhan.corpus.blocks import Blocks
from wakhan.corpus.gazetteer import Gazetteer, ending, label, prefixes_for, spoken
from wakhan.corpus.profile import Mould, PassageMould, Profile, Role, Term
from wakhan.corpus.words import Dice, name, words

_SYLLABLES = 4
"""One more than the names of the gazetteer have, so that no two are the same."""

_SIZE = 1.1
"""What the gazetteer describes is not described in the article: a few more passages make up for it."""

_SPREAD = 0.4
_DAYS = 3_650


class Cast:
    """The things that play the parts in some passages, and their claims' names.

    Args:
        article: The article.
        passages: The passages of the dataset that are drawn, in their order, with the names that they get.
    """

    def __init__(self, article: "Article", passages: dict[str, str]) -> None:
        self.article = article
        self.passages = passages
        self.things: dict[str, str] = {}
        self.claims: dict[str, str] = {}
        self.factor = 1 + article.dice.below(9)

    def thing(self, part: str) -> str:
        """Return who plays a part; whoever is not in the gazetteer is described in the article."""
        if part not in self.things:
            role = self.article.profile.roles[part]
            known = (
                self.article.gazetteer.pick(role.kinds, self.article.dice, self.article.used) if role.shared else None
            )
            self.things[part] = known or self.article.new_name(role)
            self.article.used.add(self.things[part])
            if not known:
                self.article.describe(self.things[part], role, self)
        return self.things[part]

    def value(self, predicate: str, term: Term) -> str | None:
        """Return what stands for a value of the dataset, or None if it has no place in the article."""
        kind, content = term
        if kind in ("role", "narrator", "article"):
            return self.thing(content) if kind == "role" else f"art:{kind}"
        if kind == "claim":
            return self.claims.get(content)
        if kind == "passage":
            return f"art:{self.passages[content]}"
        return self.article.literal(predicate, term, self.factor)


class Article:
    """One invented article.

    Args:
        profile: What the dataset is like.
        gazetteer: The shared things.
        name: The name of the article.
        seed: What chance depends on, beside the name.
        scale: How large it is; 1 is as the dataset.
    """

    def __init__(self, profile: Profile, gazetteer: Gazetteer, name: str, *, seed: str, scale: float = 1.0) -> None:
        self.profile, self.gazetteer, self.name = profile, gazetteer, name
        self.dice = Dice(f"{seed} {name}")
        self.used: set[str] = set()
        self.days = self.dice.below(_DAYS)
        prefixes = prefixes_for(name)
        self.frame, self.statements, self.entities, self.facts = (Blocks(prefixes) for _ in range(4))
        self._bare: set[tuple[str, str, str]] = set()
        self._end = 0
        self._number = 0
        self._write(scale)

    def files(self) -> dict[str, str]:
        """Return the Turtle of each file, by name: passages, claims, own things with their facts, other facts."""
        blocks = {"article": self.frame, "claims": self.statements, "entities": self.entities, "facts": self.facts}
        return {f"{name}.ttl": block.text() for name, block in blocks.items() if block.things}

    def new_name(self, role: Role) -> str:
        """Return the name of a thing that only this article speaks of."""
        self._number += 1
        return f"own:{name(self._number, _SYLLABLES)}-{ending(role.kinds)}"

    def describe(self, thing: str, role: Role, cast: Cast) -> None:
        """Say of a new thing what the dataset says of things in its part, save for identifiers and the like."""
        for predicate, term in role.says:
            if predicate.partition(":")[0] in ("schema", "geo") or predicate == "dcterms:source":
                continue
            own = predicate == "rdfs:label"
            value = label(self.dice, predicate, term[1], spoken(thing[4:])) if own else cast.value(predicate, term)
            if value and not (own and not value.endswith("@en")) and predicate != "skos:notation":
                self.entities.add(thing, predicate, value)

    def literal(self, predicate: str, term: Term, factor: int) -> str:
        """Return what stands for a literal or another value that is no thing of the dataset."""
        kind, content = term
        if kind == "text":
            return label(self.dice, predicate, content, "")
        if kind == "date":
            return f'"{date.fromordinal(int(content) + self.days).isoformat()}"^^xsd:date'
        return str(int(content) * factor) if kind == "number" else content

    def _write(self, scale: float) -> None:
        self._describe_article()
        paragraph, sentence, headings = 0, 0, 0
        last: tuple[int, str] | None = None
        for number, moulds in enumerate(self._draw(scale)):
            names = {}
            for mould in moulds:
                if mould.kind == "title":
                    names[mould.name] = "title"
                elif mould.kind == "heading":
                    headings += 1
                    names[mould.name] = f"h{headings:02}"
                else:
                    fresh = (number, mould.paragraph) != last
                    paragraph, sentence = (paragraph + 1, 1) if fresh else (paragraph, sentence + 1)
                    last = (number, mould.paragraph)
                    names[mould.name] = f"p{paragraph:02}s{sentence}"
            cast = Cast(self, names)
            self._write_claims(cast, moulds)
            for mould in moulds:
                self._write_passage(mould, names[mould.name])
        for subject, predicate, value in self._bare:
            (self.entities if subject in self.entities.things else self.facts).add(subject, predicate, value)

    def _describe_article(self) -> None:
        for thing, kind in (("art:article", "wk:Article"), ("art:narrator", "wk:Narrator")):
            self.frame.add(thing, "rdf:type", kind)
            self.frame.add(thing, "rdfs:label", f'"{words(self.dice, 4)} {self.name}"@en')
        self.frame.add("art:article", "dcterms:issued", self.profile.issued)

    def _draw(self, scale: float) -> Iterator[list[PassageMould]]:
        """Yield the passages for each cast, in the order of the dataset."""
        passages = self.profile.passages
        titles = [mould for mould in passages if mould.kind == "title"][:1]
        others = [mould for mould in passages if mould.kind != "title"]
        wanted = round(len(passages) * scale * (_SIZE - _SPREAD / 2 + _SPREAD * self.dice.part())) - len(titles)
        drawn = Counter(others[self.dice.below(len(others))].name for _ in range(max(1, wanted)))
        for number in range(max(drawn.values())):
            chosen = {each for each, times in drawn.items() if times > number}
            chosen |= {mould.name for mould in titles if number == 0}
            chosen |= {
                claim.needs for mould in passages if mould.name in chosen for claim in mould.claims if claim.needs
            }
            yield [mould for mould in passages if mould.name in chosen]

    def _write_claims(self, cast: Cast, moulds: list[PassageMould]) -> None:
        for mould in moulds:
            for number, claim in enumerate(mould.claims, 1):
                cast.claims[claim.name] = f"claim:{cast.passages[mould.name]}-{number}"
        for mould in moulds:
            for claim in mould.claims:
                self._write_claim(cast, claim)

    def _write_claim(self, cast: Cast, mould: Mould) -> None:
        claim = cast.claims[mould.name]
        said = {}
        for predicate, term in mould.says:
            if predicate == "wk:utteredIn" and not any(act in cast.claims for act in mould.act):
                continue  # nobody says here that the speaker performed this act
            value = cast.value(predicate, term)
            if value is not None:
                self.statements.add(claim, predicate, value)
                said[predicate] = value
        subject, predicate, value = (said[f"rdf:{part}"] for part in ("subject", "predicate", "object"))
        if predicate in self.profile.symmetric and self.frame.expand(subject) > self.frame.expand(value):
            subject, value = value, subject
            self.statements.things[claim] |= {"rdf:subject": {subject}, "rdf:object": {value}}
        if said["wk:factuality"] == "wk:Affirmed" and said["wk:speaker"] == "art:narrator":
            self._bare.add((subject, predicate, value))

    def _write_passage(self, mould: PassageMould, passage: str) -> None:
        start = self._end + 1 if self._end else 0
        self._end = start + mould.length
        thing = f"art:{passage}"
        for predicate, value in (
            ("rdf:type", "wk:Passage"),
            ("rdf:type", "oa:TextPositionSelector"),
            ("dcterms:isPartOf", "art:article"),
            ("oa:start", str(start)),
            ("oa:end", str(self._end)),
            ("wk:claimCount", str(len(mould.claims))),
            ("wk:gist", f'"{words(self.dice, max(1, mould.words)).capitalize()}."@en'),
            ("wk:passageKind", f'"{mould.kind}"'),
            ("wk:sha256", f'"{sha256(f"{self.name} {passage}".encode()).hexdigest()}"'),
        ):
            self.frame.add(thing, predicate, value)
        if mould.without:
            self.frame.add(thing, "wk:withoutClaims", f'"{words(self.dice, mould.without)}"@en')
