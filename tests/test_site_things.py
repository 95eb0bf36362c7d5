"""Tests of the pages of things."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from rdflib import SDO, Graph, Literal, URIRef

from wakhan.dataset import Dataset
from wakhan.names import ID, WK, local_name
from wakhan.site.content import Content
from wakhan.site.figures import Figures
from wakhan.site.links import Links
from wakhan.site.page import Renderer
from wakhan.site.things import ask_link, other_names, thing_pages


@pytest.fixture
def pages(tiny_root: Path) -> dict[str, dict[str, Any]]:
    content = Content(Dataset(tiny_root))
    return {page.path: dict(page.values) for page in thing_pages(content, Figures(content))}


def names(views: list[Any]) -> list[str]:
    return [local_name(view.iri) for view in views]


def test_facts_stand_apart_from_claims(pages: dict[str, dict[str, Any]]) -> None:
    arland = pages["id/arland.html"]
    [(prop, [fact])] = arland["facts"]
    assert (prop, fact.triple[2]) == (WK.memberOf, ID.pact)
    assert names(arland["claims"]) == ["p01s2-1"]


def test_a_thing_tells_the_facts_and_claims_of_others_about_it(pages: dict[str, dict[str, Any]]) -> None:
    assert [fact.triple[0] for fact in pages["id/pact.html"]["facts_of_others"]] == [ID.arland]
    borland = pages["id/borland.html"]
    assert (borland["facts"], borland["facts_of_others"], borland["claims"]) == ([], [], [])
    assert names(borland["claims_of_others"]) == ["p01s2-1", "p01s3-1"]


def test_a_planned_visit_is_no_visit(pages: dict[str, dict[str, Any]]) -> None:
    visit = pages["id/visit-in-may.html"]
    assert visit["types"] == [WK.Matter]
    assert visit["facts"] == []
    assert names(visit["claims"]) == ["p01s3-2"]


def test_a_speaker_shows_what_it_says_but_the_article_does_not_repeat_everything(
    pages: dict[str, dict[str, Any]],
) -> None:
    assert names(pages["id/mr-cee.html"]["spoken"]) == ["p01s3-2"]
    assert pages["article/narrator.html"]["spoken"] == []
    assert pages["article/narrator.html"]["is_narrator"]


def test_other_names_come_by_language() -> None:
    graph = Graph()
    for text, tag in (("Arland", "en"), ("Арланд", "ru"), ("Arlande", "fr")):
        graph.add((ID.arland, URIRef("http://www.w3.org/2000/01/rdf-schema#label"), Literal(text, lang=tag)))
    graph.add((ID.arland, URIRef("http://www.w3.org/2004/02/skos/core#altLabel"), Literal("AL", lang="en")))
    assert [str(name) for name in other_names(graph, ID.arland)] == ["Arlande", "Арланд", "AL"]


def test_the_link_to_ask_carries_a_query_that_names_the_thing(tiny_root: Path) -> None:
    where, _, query = ask_link(ID.pact).partition("#query=")
    assert where == "query.html"
    rows = Dataset(tiny_root).sparql(unquote(query))
    assert [str(row["claim"]) for row in rows] == ["https://w3id.org/wakhan/claim/p01s1-1"]


def test_the_same_thing_elsewhere_is_named_by_its_dataset(tiny_root: Path) -> None:
    path = tiny_root / "data/actors.ttl"
    same = f"<{SDO.sameAs}> <http://www.wikidata.org/entity/Q1> , <https://example.org/a> ; wk:memberOf"
    path.write_text(path.read_text(encoding="utf-8").replace("wk:memberOf", same), encoding="utf-8")
    content = Content(Dataset(tiny_root))
    [page] = [page for page in thing_pages(content, Figures(content)) if page.about == ID.arland]
    assert [each.name for each in page.values["same"]] == ["Wikidata Q1", "https://example.org/a"]  # type: ignore[attr-defined]
    assert page.values["described"] == []


def test_what_describes_itself_by_a_thing_is_told_in_words(tiny_root: Path) -> None:
    path = tiny_root / "data/actors.ttl"
    more = f"\n<{ID['visit-in-may']}> <{WK.concerns}> <{ID.arland}> ; <{WK.near}> <{ID.arland}> .\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    content = Content(Dataset(tiny_root))
    [page] = [page for page in thing_pages(content, Figures(content)) if page.about == ID.arland]
    incoming: Any = page.values["incoming"]
    assert {(local_name(each.property), each.words) for each in incoming} == {("concerns", "about it"), ("near", None)}
    html = Renderer(content, Links([])).html(page)
    assert "about it" in html
    assert "near it" in html


def test_a_thing_of_which_only_others_state_facts_has_no_empty_list(tiny_root: Path) -> None:
    content = Content(Dataset(tiny_root))
    pages = {page.path: page for page in thing_pages(content, Figures(content))}
    renderer = Renderer(content, Links([]))
    assert '<dl class="statements">' in renderer.html(pages["id/arland.html"])
    assert "<dl" not in renderer.html(pages["id/pact.html"]).partition("</section>")[0]
