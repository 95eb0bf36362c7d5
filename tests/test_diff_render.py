"""A difference is written as text, Markdown and JSON, each of which says all of it."""

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from wakhan.diff import Difference, compare, read_version
from wakhan.diff.render import render
from wakhan.errors import UsageError


@pytest.fixture
def difference(tiny_root: Path) -> Difference:
    before = read_version(tiny_root)
    edits = {
        "data/claims/p01.ttl": ('"in May"@en', '"in *June* or <July>"@en'),
        "queries/alliances/members.rq": ("ORDER BY ?member ?alliance", "ORDER BY ?alliance"),
        "data/actors.ttl": ('"Borland"@en ;', '"Borland"@en ; <https://schema.org/sameAs> [ a <https://e.org/C> ] ;'),
    }
    for name, (old, new) in edits.items():
        path = tiny_root / name
        path.write_text(path.read_text().replace(old, new))
    return compare(before, read_version(tiny_root))


def test_text_is_short_and_whole(difference: Difference) -> None:
    assert render(difference) == (
        "1 claim changed, 1 thing changed, 1 stored query changed.\n"
        "\n"
        "Claims changed\n"
        "  claim:p01s3-1  Mr. Cee visited Borland; planned, according to the article\n"
        "      time in words: in May → in *June* or <July>\n"
        "\n"
        "Things changed\n"
        "  id:borland  Borland\n"
        "      schema:sameAs: now also [a <https://e.org/C>]\n"
        "\n"
        "Stored queries changed\n"
        "  query:members  Who is a member of an alliance?\n"
        "      sh:select:\n"
        "        -ORDER BY ?member ?alliance\n"
        "        +ORDER BY ?alliance\n"
        "\n"
        "It asks for a minor version:\n"
        "  minor: 1 claim is told of in other detail: claim:p01s3-1\n"
        "  minor: 1 thing is told of in other detail: id:borland\n"
        "  minor: 1 stored query asks otherwise: query:members\n"
    )


def test_markdown_has_lists_and_keeps_signs_as_they_are(difference: Difference) -> None:
    html = MarkdownIt().render(render(difference, "markdown"))
    assert "<h3>Claims changed</h3>" in html
    assert "<code>claim:p01s3-1</code> Mr. Cee visited Borland; planned, according to the article" in html
    assert "<li>time in words: in May → in *June* or &lt;July&gt;</li>" in html
    assert '<pre><code class="language-diff">-ORDER BY ?member ?alliance\n+ORDER BY ?alliance\n</code></pre>' in html
    assert "<h3>Version: minor</h3>" in html


def test_json_has_every_term_whole(difference: Difference) -> None:
    found = json.loads(render(difference, "json"))
    assert (found["same"], found["step"]) == (False, "minor")
    claim = next(change for change in found["changes"] if change["kind"] == "claim")
    assert claim == {
        "iri": "https://w3id.org/wakhan/claim/p01s3-1",
        "kind": "claim",
        "change": "changed",
        "properties": [
            {
                "property": "https://w3id.org/wakhan/ontology#timeText",
                "gone": [{"value": "in May", "language": "en"}],
                "new": [{"value": "in *June* or <July>", "language": "en"}],
            }
        ],
    }
    thing = next(change for change in found["changes"] if change["kind"] == "thing")
    assert thing["properties"][0]["new"] == [{"anonymous": "[a <https://e.org/C>]"}]


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_versions_that_say_the_same_are_told_to(tiny_root: Path, form: str) -> None:
    version = read_version(tiny_root)
    text = render(compare(version, version), form)
    assert '"same": true' in text if form == "json" else text == "The two versions say the same.\n"


def test_another_format_is_misuse(difference: Difference) -> None:
    with pytest.raises(UsageError, match="no format is called 'yaml'"):
        render(difference, "yaml")
