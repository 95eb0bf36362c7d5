"""The pages of passages, and the one that goes through the article: our gists and what is claimed, never the text."""

import re
from typing import NamedTuple

from rdflib import SKOS, URIRef

from wakhan.claimview import ClaimView
from wakhan.names import OA, WK, local_name
from wakhan.site.content import Content
from wakhan.site.links import page_of
from wakhan.site.page import Page

_PARAGRAPH = re.compile(r"p(?P<number>[0-9]+)s[0-9]+")


class Passage(NamedTuple):
    """A sentence or heading of the article, as far as it is ours to publish."""

    iri: URIRef
    name: str
    kind: str
    gist: str
    start: str
    end: str
    claims: list[ClaimView]
    facts: int
    """How many of the claims state a fact."""

    @property
    def tally(self) -> str:
        """How many claims there are and how many of them are facts, in words."""
        count = len(self.claims)
        if count == 1:
            return "1 claim, a fact" if self.facts else "1 claim, not a fact"
        which = {0: "none of them a fact", 1: "1 of them a fact", count: "all of them facts"}
        return f"{count} claims, {which.get(self.facts, f'{self.facts} of them facts')}"


class Section(NamedTuple):
    """A heading and the paragraphs under it; before the first heading there is none."""

    heading: Passage | None
    paragraphs: list[list[Passage]]


def passages(content: Content) -> list[Passage]:
    """Return all passages in the order of the article."""
    return [_passage(content, iri) for iri in content.passages]


def sections(found: list[Passage]) -> list[Section]:
    """Return the passages, which are in the order of the article, under their headings and by paragraph."""
    result = [Section(None, [])]
    last = None
    for passage in found:
        if passage.kind in ("heading", "title"):
            result.append(Section(passage, []))
            last = None
            continue
        number = match["number"] if (match := _PARAGRAPH.fullmatch(passage.name)) else passage.name
        if number != last:
            result[-1].paragraphs.append([])
        result[-1].paragraphs[-1].append(passage)
        last = number
    return [section for section in result if section.heading or section.paragraphs]


def passage_pages(content: Content) -> list[Page]:
    """Return the page of each passage, and the page of the article."""
    found = passages(content)
    under = {p.iri: section.heading for section in sections(found) for part in section.paragraphs for p in part}
    pages = []
    for place, passage in enumerate(found):
        path = page_of(passage.iri)
        if path is None:  # the IRI of somebody else
            continue
        values = {
            "passage": passage,
            "heading": under.get(passage.iri),
            "digest": content.text(passage.iri, WK.sha256),
            "notes": content.values(passage.iri, SKOS.editorialNote),
            "before": found[place - 1] if place else None,
            "after": found[place + 1] if place + 1 < len(found) else None,
        }
        pages.append(Page(path, "passage.html", values, about=passage.iri))
    names = tuple(passage.name for passage in found)
    article = {"sections": sections(found), "facts": sum(passage.facts for passage in found), "count": len(found)}
    return [*pages, Page("article.html", "article.html", article, names)]


def _passage(content: Content, iri: URIRef) -> Passage:
    claims = content.by_passage.get(iri, [])
    return Passage(
        iri=iri,
        name=local_name(iri),
        kind=content.text(iri, WK.passageKind) or "passage",
        gist=content.text(iri, WK.gist) or "",
        start=content.text(iri, OA.start) or "?",
        end=content.text(iri, OA.end) or "?",
        claims=claims,
        facts=sum(content.standing(view) == "fact" for view in claims),
    )
