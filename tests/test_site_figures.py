"""Tests of the drawings in the pages."""

from pathlib import Path

from wakhan import site
from wakhan.dataset import Dataset
from wakhan.names import ID
from wakhan.site.content import Content
from wakhan.site.figures import DRAWINGS, Figures, figure_pages
from wakhan.site.links import Links


def test_each_drawing_has_a_page(tiny_root: Path) -> None:
    pages = figure_pages(Figures(Content(Dataset(tiny_root))))
    assert [page.path for page in pages] == ["map.html", "timeline.html", "graph.html"]


def test_a_drawing_is_made_once_for_a_wide_window_and_once_for_a_phone(tiny_root: Path) -> None:
    figures = Figures(Content(Dataset(tiny_root)))
    href = Links(["id/arland.html"]).from_page("graph.html")
    wide, narrow = figures.drawn("graph")(href)
    assert figures.drawn("graph")(href)[0] is wide
    assert wide.drawing.width > narrow.drawing.width
    assert set(figures.files()) == {"graph.svg", "graph-phone.svg"}
    assert list(DRAWINGS) == ["map", "timeline", "graph"]


def test_a_drawing_links_to_pages_and_else_to_the_iri(tiny_root: Path) -> None:
    href = Links(["id/arland.html"]).from_page("graph.html")
    svg = Figures(Content(Dataset(tiny_root))).drawn("graph")(href)[0].svg
    assert 'href="id/arland.html"' in svg
    assert f'href="{ID.pact}"' in svg


def test_what_has_no_place_has_no_small_map(tiny_root: Path) -> None:
    figures = Figures(Content(Dataset(tiny_root)))
    assert figures.located(ID.arland)(Links([]).from_page("id/arland.html")) is None


def test_the_page_of_the_graph_says_what_it_leaves_out(tiny_root: Path) -> None:
    pages = {page.path: page for page in figure_pages(Figures(Content(Dataset(tiny_root))))}
    assert "places stand on the map and in the claims" in str(pages["graph.html"].values["note"])
    template = Path(site.__file__).with_name("templates") / "figure.html"
    assert "{{ note }}" in template.read_text(encoding="utf-8").partition("figure(figures)")[0]
