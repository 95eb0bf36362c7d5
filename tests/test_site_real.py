"""Tests of all pages of the real site: no dead link, nothing that looks like more than it is, data of the dataset."""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest
from rdflib import URIRef

import wakhan
from wakhan.export import edition, export
from wakhan.formats import Editions
from wakhan.formats.thingtables import entities
from wakhan.law import Statement, statements
from wakhan.lookup import label
from wakhan.names import WK, local_name

_VOID = {
    "meta",
    "link",
    "br",
    "input",
    "img",
    "path",
    "rect",
    "circle",
    "line",
    "polygon",
    "use",
    "hr",
    "wbr",
    "source",
}


class Element:
    """An element of a page."""

    def __init__(self, tag: str, attributes: dict[str, str], above: "Element | None") -> None:
        self.tag, self.attributes, self.above = tag, attributes, above
        self.inside: list[Element | str] = []

    @cached_property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self) -> Iterator["Element"]:
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part.all()

    def find(self, *classes: str, tag: str = "") -> list["Element"]:
        return [e for e in self.all() if e.classes >= set(classes) and (not tag or e.tag == tag)]

    @cached_property
    def text(self) -> str:
        return " ".join(" ".join(part if isinstance(part, str) else part.text for part in self.inside).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = self.now = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.now)
        self.now.inside.append(element)
        if tag not in _VOID:
            self.now = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.now.inside.append(Element(tag, {name: value or "" for name, value in attrs}, self.now))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.now.tag, f"</{tag}> closes <{self.now.tag}>"
        assert self.now.above is not None
        self.now = self.now.above

    def handle_data(self, data: str) -> None:
        self.now.inside.append(data)


def read(path: Path) -> Element:
    builder = _Builder()
    builder.feed(path.read_text(encoding="utf-8"))
    builder.close()
    assert builder.now is builder.top, f"<{builder.now.tag}> is not closed"
    return builder.top


@pytest.fixture(scope="module")
def pages(real_site: Path) -> dict[str, Element]:
    return {path.relative_to(real_site).as_posix(): read(path) for path in sorted(real_site.rglob("*.html"))}


@pytest.fixture(scope="module")
def said() -> dict[str, Statement]:
    """Every claim by its local name, as the law of the two layers sees it."""
    return {local_name(each.claim): each for each in statements(wakhan.load().graph)}


def standing(statement: Statement) -> str:
    if statement.is_fact:
        return "fact"
    assert isinstance(statement.factuality, URIRef)
    return "reported" if statement.factuality == WK.Affirmed else local_name(statement.factuality).lower()


def claim_named(element: Element) -> str:
    """Return the claim that the first link to one in *element* leads to."""
    links = [e.attributes.get("href", "") for e in element.all() if e.tag == "a"]
    return next(unquote(link).rpartition("/")[2].removesuffix(".html") for link in links if "claim/" in link)


def test_there_is_a_page_with_its_data_for_each_iri(real_site: Path) -> None:
    graph = wakhan.load().graph
    base = "https://w3id.org/wakhan/"
    described = {str(s)[len(base) :] for s in wakhan.load().sources.data.subjects() if str(s).startswith(base)}
    assert len(described) > 600
    for ending in ("html", "ttl", "jsonld", "nt"):
        assert [name for name in sorted(described) if not (real_site / f"{name}.{ending}").is_file()] == []
    assert len(graph) > 6000


def test_no_link_is_dead(real_site: Path, pages: dict[str, Element]) -> None:
    ids = {name: {e.attributes["id"] for e in page.all() if "id" in e.attributes} for name, page in pages.items()}
    files = {path.relative_to(real_site).as_posix() for path in real_site.rglob("*") if path.is_file()}
    dead = []
    for name, page in pages.items():
        for element in page.all():
            for attribute in ("href", "src", "srcset", "xlink:href"):
                address = element.attributes.get(attribute)
                if address is None or urlsplit(address).scheme:
                    continue
                where, _, fragment = address.partition("#")
                target = normpath(join(dirname(name), unquote(where))) if where else name
                lost = fragment and target in ids and "=" not in fragment and unquote(fragment) not in ids[target]
                if target not in files or lost:
                    dead.append(f"{name}: {address}")
    assert dead == []


def test_links_leave_the_site_only_for_other_datasets_and_licences(pages: dict[str, Element]) -> None:
    hosts = {
        urlsplit(address).netloc
        for page in pages.values()
        for element in page.all()
        if (address := element.attributes.get("href", "")) and urlsplit(address).scheme in ("http", "https")
        if element.tag == "a"
    }
    assert "www.wikidata.org" in hosts
    assert not any("127.0.0.1" in host or "localhost" in host for host in hosts)
    asked = {
        element.attributes[name]
        for page in pages.values()
        for element in page.all()
        for name in ("src", "href")
        if name in element.attributes
        and (element.tag in ("script", "img") or element.attributes.get("rel") == "stylesheet")
    }
    assert not any(urlsplit(address).scheme not in ("", "data") for address in asked)


def test_every_id_is_there_once(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        ids = [e.attributes["id"] for e in page.all() if "id" in e.attributes]
        assert len(ids) == len(set(ids)), name


def test_headings_go_down_step_by_step_from_one_h1(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        levels = [int(e.tag[1]) for e in page.all() if e.tag in ("h1", "h2", "h3", "h4")]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_every_claim_on_every_page_shows_its_own_standing(
    pages: dict[str, Element], said: dict[str, Statement]
) -> None:
    shown = 0
    for name, page in pages.items():
        for item in [
            *page.find("claim", tag="li"),
            *(row for row in page.find(tag="tr") if "data-standing" in row.attributes),
        ]:
            where = (item.find("where") or [item])[-1]  # before it there may be a note
            want = standing(said[claim_named(where)])
            badge = item.find("badge")[0]
            assert badge.classes == {"badge", f"is-{want}"}, (name, item.text)
            assert badge.text == want, (name, item.text)
            assert f"is-{want}" in item.classes, (name, item.text)
            assert item.text.startswith(want), (name, item.text)
            shown += 1
    assert shown > 1500


def test_a_link_to_a_claim_says_its_standing(pages: dict[str, Element], said: dict[str, Statement]) -> None:
    links = [link for page in pages.values() for link in page.find("to-claim")]
    assert len(links) > 2000
    for link in links:
        assert link.text.startswith(f"{standing(said[claim_named(link)])}: "), link.text


def test_what_stands_among_the_facts_is_a_fact(pages: dict[str, Element], said: dict[str, Statement]) -> None:
    graph = wakhan.load().graph
    shown: set[tuple[str, ...]] = set()
    for name, page in pages.items():
        for section in page.find("facts", tag="section"):
            assert section.find("badge") == []
            for fact in section.find("fact"):
                claims = [claim_named(link) for link in fact.find("to-claim")]
                assert claims, (name, fact.text)
                for claim in claims:
                    assert said[claim].is_fact, (name, fact.text, claim)
                    words = [label(graph, node) for node in said[claim].triple]
                    assert words[2] in fact.text or words[0] in fact.text, (name, fact.text)
                    shown.add(tuple(words))
    assert shown == {tuple(label(graph, node) for node in each.triple) for each in said.values() if each.is_fact}


def test_a_page_of_a_claim_calls_only_a_fact_a_fact(pages: dict[str, Element], said: dict[str, Statement]) -> None:
    for name, statement in said.items():
        page = pages[f"claim/{name}.html"]
        heading = page.find("statement", tag="h1")[0]
        assert heading.find("badge")[0].text == standing(statement)
        title = next(e.text for e in page.all() if e.tag == "title")
        assert title.casefold().startswith(standing(statement))
        assert ("so it is a fact" in page.text) == statement.is_fact, name
        assert ("The bare triple, which is a fact" in page.text) == statement.is_fact, name


def test_what_the_narrator_denies_is_told_to_reasoners_on_its_page(
    pages: dict[str, Element], said: dict[str, Statement]
) -> None:
    for name, statement in said.items():
        denied = statement.narrated and statement.factuality == WK.Denied
        assert ("A reasoner is told" in pages[f"claim/{name}.html"].text) == denied, name


def test_answers_of_queries_show_no_other_claim_as_a_fact(
    pages: dict[str, Element], said: dict[str, Statement]
) -> None:
    for name, page in pages.items():
        if not name.startswith("query/"):
            continue
        for row in page.find(tag="tr"):
            links = row.find("to-claim")
            if any(badge.text == "fact" for badge in row.find("badge")):
                assert any(said[claim_named(link)].is_fact for link in links), (name, row.text)


def test_page_data_are_part_of_what_is_published(real_site: Path) -> None:
    dataset = wakhan.load()
    published = set(ox.parse(export(edition(dataset.sources, "asserted"), "ntriples"), format=ox.RdfFormat.N_TRIPLES))
    for path in sorted([*(real_site / "id").glob("*.nt"), *(real_site / "claim").glob("*.nt")]):
        own = set(ox.parse(path.read_bytes(), format=ox.RdfFormat.N_TRIPLES))
        assert own, path.name
        assert own <= published, path.name


@pytest.mark.parametrize("stem", ["id/tajikistan", "claim/p03s1-4", "article/p05s1", "query/csto-members", "dataset"])
def test_the_data_of_a_page_are_the_same_in_each_format(real_site: Path, stem: str) -> None:
    formats = {"nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}
    canonical = []
    for ending, form in formats.items():
        quads = ox.Dataset(ox.parse((real_site / f"{stem}.{ending}").read_bytes(), format=form))
        quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        canonical.append(sorted(map(str, quads)))
    assert canonical[0] == canonical[1] == canonical[2]
    assert any(f"<https://w3id.org/wakhan/{stem}>" in line for line in canonical[0])


def test_pages_and_data_know_of_each_other(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        if name.startswith(("id/", "claim/", "article/", "query/")):
            stem = Path(name).stem
            links = {
                e.attributes["href"]: e.attributes["type"] for e in page.all() if e.attributes.get("rel") == "alternate"
            }
            assert links == {
                f"{stem}.ttl": "text/turtle",
                f"{stem}.jsonld": "application/ld+json",
                f"{stem}.nt": "application/n-triples",
            }


def test_downloads_are_listed_with_their_checksums(real_site: Path, pages: dict[str, Element]) -> None:
    lines = (real_site / "data/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    rows = [row for row in pages["dataset.html"].find(tag="tr") if row.find("digest")]
    assert {row.find(tag="a")[0].text: row.find("digest")[0].text for row in rows} == sums
    for name, digest in sums.items():
        assert hashlib.sha256((real_site / "data" / name).read_bytes()).hexdigest() == digest, name


def described(page: Element) -> str:
    return next(e.attributes["content"] for e in page.all() if e.attributes.get("name") == "description")


def test_the_description_of_a_claim_says_once_how_it_stands(
    pages: dict[str, Element], said: dict[str, Statement]
) -> None:
    for name, statement in said.items():
        text = described(pages[f"claim/{name}.html"])
        before = text.partition(": ")[0]
        if standing(statement) == "denied":
            assert before.startswith("Denied by "), text
            assert before.lower().count("denied") == 1, text
        else:
            assert before.lower().startswith(f"{standing(statement)}, "), text


def test_no_list_is_empty(pages: dict[str, Element]) -> None:
    empty = [
        f"{path}: {e.tag}"
        for path, page in pages.items()
        for e in page.all()
        if e.tag in ("ul", "ol", "dl", "tbody") and not any(isinstance(part, Element) for part in e.inside)
    ]
    assert empty == []


def test_the_pages_of_drawings_call_a_fact_as_the_drawings_do(pages: dict[str, Element]) -> None:
    for name in ("map", "timeline", "graph"):
        [lead] = pages[f"{name}.html"].find("lead")
        assert "Only what is marked “stated by the article” is a fact" in lead.text
        drawing = next(e for e in pages[f"{name}.html"].all() if e.tag == "svg")
        assert "stated by the article" in drawing.text


def test_the_list_of_things_counts_each_once_as_the_table_of_entities_does(
    pages: dict[str, Element], editions: Editions
) -> None:
    page = pages["things.html"]
    keys = {e.attributes["data-key"] for e in page.all() if "data-key" in e.attributes}
    [lead] = page.find("lead")
    assert lead.text.startswith(f"{len(keys)} ")
    assert len(keys) == len(entities(editions))


def test_words_of_the_article_for_how_much_and_when_are_quoted(pages: dict[str, Element]) -> None:
    graph = wakhan.load().graph
    for prop in (WK.degree, WK.amountText, WK.timeText):
        for claim, value in graph.subject_objects(prop):
            told = pages[f"claim/{local_name(claim)}.html"].text
            assert f"“{value}”" in told.replace("“ ", "“").replace(" ”", "”"), claim
