"""Tests of how a template makes a page HTML."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from rdflib import Literal

from wakhan.dataset import Dataset
from wakhan.names import CLAIM, ID
from wakhan.site.claims import claim_pages
from wakhan.site.content import Content
from wakhan.site.links import Links
from wakhan.site.page import NAVIGATION, Page, Renderer
from wakhan.site.passages import passage_pages

_EVIL = '<script>alert("1")</script>&\'"'


def evil(tiny_root: Path) -> Content:
    """Return a dataset in which a label, a gist and a qualifier hold markup."""
    content = Content(Dataset(tiny_root))
    for path, old in (
        ("data/actors.ttl", '"Borland"@en'),
        ("data/article.ttl", '"Mr. Cee plans a visit to Borland."@en'),
        ("data/claims/p01.ttl", '"in May"@en'),
    ):
        file = tiny_root / path
        file.write_text(file.read_text(encoding="utf-8").replace(old, f"{Literal(_EVIL).n3()}@en"), encoding="utf-8")
    return content


def test_what_is_filled_in_is_no_markup(tiny_root: Path) -> None:
    renderer = Renderer(Content(Dataset(tiny_root)), Links([]))
    html = renderer.html(Page("x.html", "things.html", {"kinds": [], "count": _EVIL}))
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_markup_in_the_data_is_shown_and_does_nothing(tiny_root: Path) -> None:
    content = evil(tiny_root)
    renderer = Renderer(content, Links(["claim/p01s3-1.html", "article/p01s3.html"]))
    pages = {page.path: renderer.html(page) for page in (*claim_pages(content), *passage_pages(content))}
    for path in ("claim/p01s3-1.html", "article/p01s3.html", "article.html"):
        assert "&lt;script&gt;" in pages[path], path
        assert "<script>alert" not in pages[path], path


def test_what_a_template_lacks_is_an_error(tiny_root: Path) -> None:
    renderer = Renderer(Content(Dataset(tiny_root)), Links([]))
    with pytest.raises(UndefinedError):
        renderer.html(Page("things.html", "things.html", {}))


def test_a_page_knows_the_way_up_and_its_place(tiny_root: Path) -> None:
    content = Content(Dataset(tiny_root))
    renderer = Renderer(content, Links(["id/arland.html"]))
    html = renderer.html(Page("claim/x.html", "things.html", {"kinds": [], "count": 0}))
    assert 'href="../static/style.css"' in html
    assert '<a href="../claims.html" class="here">Claims</a>' in html
    assert all(f'href="../{address}"' in html for _, address in NAVIGATION)
    assert content.label(ID.arland) == "Arland"
    assert CLAIM["p01s1-1"] in content.claim
