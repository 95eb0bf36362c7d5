"""The page for queries, in a browser: it answers as the command does, keeps to itself, and makes nothing a fact."""

import csv
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from conftest import Browsing
    from playwright.sync_api import Page

pytest.importorskip("jinja2", reason="the extra `publish` is not installed")

from wakhan.dataset import Dataset
from wakhan.site.content import Content
from wakhan.site.links import Links
from wakhan.site.questions import answered, as_script, page_data, question_page

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests/queries"
STATIC = ROOT / "src/wakhan/site/static/query"
WEB = ROOT / "web/query"
CASES = sorted(path.relative_to(ANSWERS).with_suffix("").as_posix() for path in ANSWERS.rglob("*.csv"))

WHOLE_DEGREES = {
    cell.removesuffix(".0")
    for row in csv.reader(io.StringIO((ANSWERS / "positions/default.csv").read_text(encoding="utf-8")))
    for cell in row[1:3]
    if cell.endswith(".0")
}
"""What Oxigraph writes in the canonical form of XML Schema 1.1, without a point."""

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?g) }"


def asked(page: "Page") -> "Page":
    """Return the page when it is no longer busy."""
    page.locator("#result[aria-busy=false]").wait_for(timeout=20_000)
    return page


def ask(page: "Page", fragment: str) -> "Page":
    """Follow a link within the page, and return the page with the answer."""
    page.evaluate(
        "to => new Promise(done => {"
        "addEventListener('hashchange', () => setTimeout(done, 0), {once: true}); location.hash = to; })",
        fragment,
    )
    return asked(page)


def query(text: str) -> str:
    return f"#query={quote(text, safe='')}"


def text(page: "Page", selector: str) -> str:
    return page.locator(selector).inner_text()


def sparql(page: "Page") -> str:
    return "\n".join(page.locator(".cm-line").all_inner_texts()).replace("\n\n", "\n")


def column(page: "Page", number: int) -> list[str]:
    return [" ".join(cell.split()) for cell in page.locator(f"#view tbody td:nth-of-type({number})").all_inner_texts()]


def saved(page: "Page", name: str) -> str:
    with page.expect_download() as download:
        page.locator("#formats").get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def plain(cell: str) -> str:
    """Return a cell as the command writes it: a whole number of degrees as a decimal with a digit after the point."""
    return f"{cell}.0" if cell in WHOLE_DEGREES else cell


def without_standing(rows: list[list[str]], stored: list[list[str]]) -> list[list[str]]:
    """Return a saved answer without the column that the page puts before those of the command."""
    return [row[1:] for row in rows] if rows and rows[0] == ["standing", *stored[0]] else rows


def open_view(page: "Page", name: str) -> None:
    page.locator("#views").get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def start(browsing: "Browsing", real_site_url: str) -> Callable[..., "Page"]:
    """Return a function that opens the page with a fragment, and waits for the answer."""

    def open_page(fragment: str = "", **options: object) -> "Page":
        return asked(browsing.open(f"{real_site_url}/query.html{fragment}", **options))  # type: ignore[arg-type]

    return open_page


# ---- Answers ----


ANSWER_ALL = """async fragments => {
    const found = [];
    let taken;
    URL.createObjectURL = blob => { taken(blob.text()); return "#"; };
    URL.revokeObjectURL = HTMLAnchorElement.prototype.click = () => {};
    for (const fragment of fragments) {
        await new Promise(done => {
            addEventListener("hashchange", () => setTimeout(done, 0), {once: true});
            location.hash = fragment;
        });
        const result = document.getElementById("result");
        while (result.getAttribute("aria-busy") === "true") await new Promise(done => setTimeout(done, 2));
        const csv = [...document.querySelectorAll("#formats button")].find(button => button.textContent === "CSV");
        found.push(csv ? await new Promise(done => { taken = done; csv.click(); }) : result.textContent);
    }
    return found;
}"""
"""Asks one question after the other, and catches what would be saved."""


def test_every_stored_answer_is_that_of_the_page(start: Callable[..., "Page"], browsing: "Browsing") -> None:
    page = start("#query=ASK%20%7B%7D")
    bindings = [case.split("/") for case in CASES]
    found = page.evaluate(ANSWER_ALL, [f"#name={n}" + ("" if b == "default" else f"&{b}") for n, b in bindings])
    for case, answer in zip(CASES, found, strict=True):
        as_stored = plain if case.startswith("positions/") else str
        stored = list(csv.reader(io.StringIO((ANSWERS / f"{case}.csv").read_text(encoding="utf-8"))))
        rows = without_standing(list(csv.reader(io.StringIO(answer))), stored)
        assert [list(map(as_stored, row)) for row in rows] == stored, case
    assert browsing.problems == []


def test_the_page_opens_with_a_question_and_tells_rows_and_time(start: Callable[..., "Page"]) -> None:
    page = start()
    assert re.fullmatch(r"3 rows in [0-9.]+ ms", text(page, "#status"))
    assert page.locator("#status").get_attribute("role") == "status"
    assert column(page, 1) == ["Tajikistan", "Turkmenistan", "Uzbekistan"]
    assert page.locator("#view tbody a").first.get_attribute("href") == "id/tajikistan.html"


def test_the_sparql_follows_the_form_with_terms_and_not_text(start: Callable[..., "Page"]) -> None:
    page = start("#name=csto-members")
    page.get_by_label("alliance").select_option(label="four-party security mechanism")
    asked(page)
    assert "VALUES ?alliance { id:four-party-security-mechanism }" in sparql(page)
    assert len(column(page, 1)) == 4
    assert page.url.endswith("#name=csto-members&alliance=id%3Afour-party-security-mechanism")


def test_what_an_address_gives_for_a_literal_is_quoted(start: Callable[..., "Page"]) -> None:
    page = start('#name=timeline&from=2021-07-10" } SELECT')
    assert r'"2021-07-10\" } SELECT"^^xsd:date' in sparql(page)
    assert text(page, "#status").startswith("0 rows")


@pytest.mark.parametrize(
    "alliance", ["csto", "id:csto", "https://w3id.org/wakhan/id/csto", "COLLECTIVE security treaty organization"]
)
def test_a_parameter_can_be_named_in_many_ways(start: Callable[..., "Page"], alliance: str) -> None:
    assert len(column(start(f"#name=csto-members&alliance={quote(alliance)}"), 1)) == 3


def test_a_wrong_parameter_and_a_wrong_name_are_told(start: Callable[..., "Page"]) -> None:
    page = start()
    for fragment, told in (
        ("#name=csto-members&alliance=nato", "alliance cannot be “nato”"),
        ("#name=csto-members&ally=csto", "no parameter “ally”"),
        ("#name=csto-member", "Did you mean “csto-members”?"),
    ):
        assert told in text(ask(page, fragment), "#notes")
        assert page.locator("#view").inner_text() == ""


def test_a_link_carries_the_query_and_answers_on_opening(start: Callable[..., "Page"]) -> None:
    page = start(query("SELECT ?who { ?who wk:memberOf id:csto }"))
    assert column(page, 1) == ["Tajikistan"]
    assert "PREFIX id: <https://w3id.org/wakhan/id/>\nPREFIX wk: <https://w3id.org/wakhan/ontology#>" in sparql(page)
    assert "#query=" in page.url


def test_ctrl_enter_runs_what_was_typed(start: Callable[..., "Page"]) -> None:
    page = start()
    page.locator("#new").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("ASK { id:afghanistan wk:borders id:china }")
    page.keyboard.press("Control+Enter")
    page.locator("#view .verdict").wait_for()
    assert text(page, "#view") == "Yes"
    assert text(page, "#status").startswith("Yes, in ")


def test_our_terms_are_completed_by_name_and_by_label(start: Callable[..., "Page"]) -> None:
    page = start()
    page.locator("#new").click()
    for typed in ("wk:memb", "is a mem"):
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(f"SELECT * {{ ?s {typed.rpartition(' ')[2] if typed[0] == 'w' else typed.split()[2]}")
        page.keyboard.press("Control+Space")
        page.locator(".cm-tooltip-autocomplete li").first.wait_for()
        assert any("wk:memberOf" in option for option in page.locator(".cm-tooltip-autocomplete li").all_inner_texts())
        page.keyboard.press("Escape")


def test_a_question_is_found_by_search_and_asked_by_a_click(start: Callable[..., "Page"]) -> None:
    page = start()
    page.get_by_label("Find a question").fill("gas supply")
    assert page.locator("#questions li:visible").all_inner_texts() == ["Who supplies gas to whom?"]
    page.locator("#questions li:visible a").click()
    page.locator("#question", has_text="Who supplies gas to whom?").wait_for()
    assert asked(page).url.endswith("#name=gas-supply")
    assert text(page, "#status").split()[1] in ("row", "rows")


def test_a_search_without_a_question_leads_to_claims_and_things(start: Callable[..., "Page"]) -> None:
    page = start()
    search = page.get_by_label("Find a question")
    search.fill("Kerry")
    assert text(page, "#no-question") == "No question has these words; look in Claims or Things."
    search.fill("CSTO")
    assert text(page, "#no-question") == ""
    search.fill("Kerry")
    page.locator("#no-question").get_by_role("link", name="Claims").click()
    page.get_by_role("heading", name="Claims").wait_for()
    assert page.get_by_label("Words").input_value() == "Kerry"
    assert all("Kerry" in row for row in page.locator("tbody tr:visible").all_inner_texts())


def test_choices_with_an_answer_stand_apart_from_those_without(start: Callable[..., "Page"]) -> None:
    page = start()
    groups = page.get_by_label("alliance").locator("optgroup")
    assert [group.get_attribute("label") for group in groups.all()] == ["With an answer", "Without an answer"]
    assert groups.nth(0).locator("option").all_inner_texts() == [
        "Collective Security Treaty Organization", "four-party security mechanism",
    ]  # fmt: skip
    assert "Taliban" in groups.nth(1).locator("option").all_inner_texts()
    page.get_by_label("alliance").select_option(label="Taliban")
    assert "does not make it false" in text(asked(page), "#notes")


def test_a_column_is_sorted_both_ways(start: Callable[..., "Page"]) -> None:
    page = start("#name=csto-members")
    head = page.locator("#view thead th:has(.sort)").first
    for direction in ("ascending", "descending"):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == direction
    assert column(page, 1) == ["Uzbekistan", "Turkmenistan", "Tajikistan"]


def test_all_columns_come_in_the_order_in_which_they_are_mentioned(start: Callable[..., "Page"]) -> None:
    page = start(query("SELECT * { ?whose wk:borders ?other . ?other wk:memberOf ?alliance }"))
    assert page.locator("#view thead .sort").all_inner_texts() == ["whose", "other", "alliance"]
    assert saved(page, "CSV").startswith("standing,whose,other,alliance")


def test_dates_that_are_none_have_no_timeline(start: Callable[..., "Page"], browsing: "Browsing") -> None:
    page = start(query('SELECT ?d { VALUES ?d { "soon"^^xsd:date "2021-13-45"^^xsd:date } }'))
    assert page.locator("#views button").all_inner_texts() == ["Table", "JSON"]
    ask(page, query('SELECT ?d { VALUES ?d { "soon"^^xsd:date "2021-03-05"^^xsd:date } }'))
    open_view(page, "Timeline")
    assert page.locator(".moments li").count() == 1
    assert browsing.problems == []


def test_an_answer_is_saved_in_every_format(start: Callable[..., "Page"]) -> None:
    page = start("#name=csto-members")
    assert saved(page, "TSV").startswith("?actor\t?factuality")
    assert len(json.loads(saved(page, "JSON"))["results"]["bindings"]) == 3
    assert saved(page, "XML").count("<result>") == 3
    ask(page, query("CONSTRUCT WHERE { ?s wk:memberOf id:csto }"))
    triple = "<https://w3id.org/wakhan/id/tajikistan> <https://w3id.org/wakhan/ontology#memberOf> "
    assert saved(page, "N-Triples").startswith(triple)
    assert saved(page, "Turtle").startswith(triple)


# ---- The promise ----


def test_factualities_are_words_with_marks(start: Callable[..., "Page"]) -> None:
    page = start("#name=csto-members")
    assert column(page, 2) == ["fact", "denied", "denied"]
    assert page.locator("#view td .badge svg.mark").count() == 3
    assert column(page, 4) == ["fact: claim:p05s1-1", "denied: claim:p22s2-1", "denied: claim:p22s2-2"]


def test_on_a_phone_how_a_row_stands_is_in_sight_before_what_it_says(start: Callable[..., "Page"]) -> None:
    page = start("#name=said-by&speaker=andrei-grozin", width=360)
    leads = page.locator("#view tbody th")
    words = column(page, page.locator("#view thead .sort").all_inner_texts().index("factuality") + 1)
    assert leads.all_inner_texts() == words
    assert "denied" in words
    page.locator("#view .scroll").evaluate("box => { box.scrollLeft = 300 }")
    box = leads.first.bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_an_affirmation_without_its_claim_is_no_fact(start: Callable[..., "Page"]) -> None:
    page = start("#name=counts")
    words = column(page, 1)
    assert "affirmed" in words
    assert "fact" not in words


def test_bare_triples_are_told_to_be_facts_only(start: Callable[..., "Page"]) -> None:
    assert "Facts only" in text(start(query("SELECT ?a { ?a wk:visited id:moscow }")), "#notes")


@pytest.mark.parametrize(
    "asking",
    [
        "SELECT ?a ?b { ?c rdf:subject ?a ; rdf:predicate wk:visited ; rdf:object ?b }",
        "SELECT ?a ?b { { ?a wk:visited ?b } UNION { ?c rdf:subject ?a ; rdf:object ?b } }",
        "SELECT ?a ?b { ?d owl:sourceIndividual ?a ; owl:targetIndividual ?b }",
        "ASK { ?c rdf:subject id:wang-yi ; rdf:predicate wk:visited }",
    ],
)
def test_what_comes_from_claims_alone_is_told_not_to_be_facts(start: Callable[..., "Page"], asking: str) -> None:
    page = start(query(asking))
    assert "not facts by themselves" in text(page, "#notes")
    assert "Facts only" not in text(page, "#notes")


def test_where_nothing_is_said_nothing_is_claimed(start: Callable[..., "Page"]) -> None:
    page = start("#name=central-asian-members", width=360)
    silent = page.locator("#view tbody tr", has=page.locator(".is-silent"))
    assert silent.count() == 2
    assert all("Kazakhstan" in row or "Kyrgyzstan" in row for row in silent.all_inner_texts())
    assert "nothing said" in silent.first.inner_text()


@pytest.mark.parametrize("pattern", ["id:tajikistan wk:memberOf ?x ; ?p ?o", "?s !wk:memberOf id:csto"])
def test_an_open_property_is_not_told_to_be_facts_only(start: Callable[..., "Page"], pattern: str) -> None:
    page = start(query(f"SELECT * {{ {pattern} }}"))
    assert "Facts only" not in text(page, "#notes")
    assert "leaves the property open" in text(page, "#notes")


def test_what_is_absent_or_counted_is_no_fact(start: Callable[..., "Page"]) -> None:
    page = start(query("ASK {}"))
    for pattern in (
        "FILTER NOT EXISTS { ?s wk:memberOf id:csto }",
        "MINUS { ?s wk:memberOf id:csto }",
        "OPTIONAL { ?s wk:memberOf ?o } FILTER (!BOUND(?o))",
    ):
        ask(page, query(f"SELECT ?s {{ ?s a wk:State {pattern} }}"))
        assert "Russia" in column(page, 1)
        assert page.locator("#view .is-fact").count() == 0, pattern
        assert "does not make it false" in text(page, "#notes")
        assert "Facts only" not in text(page, "#notes")
    for asking in (
        "SELECT (COUNT(?s) AS ?n) { ?s wk:memberOf ?o }",
        "SELECT ?s { { ?s wk:memberOf id:csto } UNION { ?s a wk:State } }",
        "SELECT ?s { ?s wk:memberOf* id:csto }",
    ):
        ask(page, query(asking))
        assert page.locator("#view tbody tr").count() > 0
        assert page.locator("#view .is-fact").count() == 0, asking
    ask(page, query("ASK { FILTER NOT EXISTS { id:turkmenistan wk:memberOf id:csto } }"))
    assert "Facts only" not in text(page, "#notes")
    ask(page, query("SELECT * { ?s wk:memberOf id:csto ; a wk:State }"))
    assert page.locator("#view .is-fact").count() == 1


def test_claims_under_a_name_of_ones_own_are_no_facts(start: Callable[..., "Page"]) -> None:
    template = "?s <https://example.org/in> ?o"
    page = start(query(f"CONSTRUCT {{ {template} }} {{ ?c rdf:subject ?s ; rdf:object ?o ; wk:factuality wk:Denied }}"))
    assert set(page.locator("#view tbody th").all_inner_texts()) == {"not a fact"}


def test_no_is_not_told_to_be_false(start: Callable[..., "Page"]) -> None:
    page = start(query("ASK { id:turkmenistan wk:memberOf id:csto }"))
    assert text(page, "#view") == "No"
    assert "does not make it false" in text(page, "#notes")


def test_a_graph_built_from_plans_holds_no_facts(start: Callable[..., "Page"]) -> None:
    page = start(
        query(
            "CONSTRUCT { ?s ?p ?o } { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; wk:factuality wk:Planned }"
        )
    )
    assert set(page.locator("#view tbody th").all_inner_texts()) == {"not a fact"}
    assert "not stated by the article" in text(page, "#notes")
    open_view(page, "Graph")
    assert page.locator("path.edge").count() > 0
    assert page.locator("path.edge:not(.is-open)").count() == 0


def test_map_timeline_and_graph_keep_the_standing(start: Callable[..., "Page"]) -> None:
    page = start("#name=timeline")
    open_view(page, "Timeline")
    for item in page.locator(".moments li").all():
        word = item.locator(".badge").inner_text()
        assert item.locator(".bar").get_attribute("class") == f"bar is-{word}"
    page = ask(page, "#name=csto-members")
    open_view(page, "Map")
    hollow = page.locator(".spot.is-open text").all_text_contents()
    assert sorted(hollow) == ["Turkmenistan", "Uzbekistan"]
    assert page.locator(".spot:not(.is-open) text").all_text_contents() == ["Tajikistan"]
    page = ask(page, "#name=said-by&speaker=andrei-grozin")
    open_view(page, "Graph")
    assert page.locator("path.edge:not(.is-open)").count() == 0
    assert any("denied: is a member of" in words for words in page.locator("text.verb").all_text_contents())


def test_no_words_of_a_graph_are_behind_or_before_a_node(start: Callable[..., "Page"]) -> None:
    page = start("#name=said-by&speaker=andrei-grozin")
    open_view(page, "Graph")
    assert page.locator("text.verb").count() > 10
    covered = """() => {
        const boxes = [...document.querySelectorAll(".result-graph .node rect")].map(node => node.getBBox());
        return [...document.querySelectorAll("text.verb")].filter(words => {
            const a = words.getBBox();
            const meets = b => a.x < b.x + b.width && b.x < a.x + a.width && a.y + 2 < b.y + b.height && b.y + 2 < a.y + a.height;
            return boxes.some(meets);
        }).map(words => words.textContent);
    }"""  # noqa: E501
    assert page.evaluate(covered) == []


VISITS = "SELECT ?who ?where WHERE { ?c rdf:subject ?who ; rdf:predicate wk:visited ; rdf:object ?where }"


def test_a_saved_table_says_how_its_rows_stand(start: Callable[..., "Page"]) -> None:
    page = start(query(VISITS))
    head, *rows = csv.reader(io.StringIO(saved(page, "CSV")))
    assert head == ["standing", "who", "where"]
    assert len(rows) == len(column(page, 1)) > 10
    assert {row[0] for row in rows} == {"claimed"}
    first, *lines = saved(page, "TSV").splitlines()
    assert first == "?standing\t?who\t?where"
    assert len(lines) == len(rows)
    assert lines[0] == f'"claimed"\t<{rows[0][1]}>\t<{rows[0][2]}>'
    assert json.loads(saved(page, "JSON"))["head"]["vars"] == ["who", "where"]
    assert "standing" not in saved(page, "XML")
    assert "JSON and XML have no place for it" in text(page, "#save-note")
    assert "not facts by themselves" in text(page, "#save-note")


def test_a_standing_that_is_told_is_not_saved_twice_and_one_that_is_not_is_saved(start: Callable[..., "Page"]) -> None:
    page = start("#name=csto-members")
    assert saved(page, "CSV").startswith("actor,")
    parts = "?claim rdf:subject ?s ; rdf:object id:afghanistan-tajikistan-border ; wk:factuality ?factuality"
    page = ask(page, query(f"SELECT ?s ?factuality ?claim {{ {parts} ; wk:speaker id:anatoly-sidorov }}"))
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV"))))
    assert {row["standing"] for row in rows if row["factuality"].endswith("#Affirmed")} == {"reported"}
    page = ask(page, query("SELECT ?s { ?s wk:memberOf id:csto }"))
    assert [row["standing"] for row in csv.DictReader(io.StringIO(saved(page, "CSV")))] == ["fact"]


def test_what_is_saved_with_its_standing_is_quoted_where_it_must_be(start: Callable[..., "Page"]) -> None:
    text_of = r'"a \"b\", c\\\n\td"@en-gb'
    values = f'({text_of} 5) ("plain" UNDEF) (id:csto "2021-07-09"^^xsd:date)'
    page = start(query(f"SELECT ?x ?standing {{ VALUES (?x ?standing) {{ {values} }} ?c rdf:subject id:csto }}"))
    found = list(csv.DictReader(io.StringIO(saved(page, "CSV"))))
    assert {row["x"] for row in found} == {'a "b", c\\\n\td', "plain", "https://w3id.org/wakhan/id/csto"}
    assert list(found[0]) == ["standing_of_row", "x", "standing"]
    lines = set(saved(page, "TSV").splitlines()[1:])
    assert f'"claimed"\t{text_of}\t"5"^^<http://www.w3.org/2001/XMLSchema#integer>' in lines
    assert '"claimed"\t"plain"\t' in lines


def test_a_saved_answer_is_called_as_its_question(start: Callable[..., "Page"]) -> None:
    page = start("#name=csto-members")

    def name() -> str:
        with page.expect_download() as download:
            page.locator("#formats").get_by_role("button", name="CSV", exact=True).click()
        return download.value.suggested_filename

    assert name() == "csto-members.csv"
    ask(page, query(VISITS))
    assert name() == "answer.csv"


def test_a_number_of_claims_is_told_not_to_be_one_of_facts(start: Callable[..., "Page"]) -> None:
    page = start(query("SELECT (COUNT(*) AS ?n) WHERE { ?c rdf:predicate wk:visited }"))
    assert "What is counted are claims, which are not facts by themselves" in text(page, "#notes")
    assert "What is counted are claims" in text(page, "#save-note")
    ask(page, query("SELECT ?f (COUNT(*) AS ?n) WHERE { ?c rdf:predicate wk:visited ; wk:factuality ?f } GROUP BY ?f"))
    assert text(page, "#notes") == ""


@pytest.mark.parametrize(
    "asking",
    [
        "SELECT ?c { id:csto wk:visited ?c }",
        "SELECT ?c { ?c rdf:subject id:csto ; rdf:predicate wk:visited }",
        "SELECT ?c { id:csto ?p id:csto }",
        "ASK { ?c rdf:subject id:csto ; rdf:predicate wk:visited }",
        "CONSTRUCT WHERE { id:csto wk:visited ?c }",
    ],
)
def test_what_is_not_found_is_not_told_to_be_false(start: Callable[..., "Page"], asking: str) -> None:
    page = start(query(asking))
    assert text(page, "#view") in ("Nothing was found.", "No")
    assert text(page, "#notes").count("does not make it false") == 1


# ---- What cannot be asked ----


def test_a_syntax_error_is_marked_in_its_place(start: Callable[..., "Page"]) -> None:
    page = start(query("SELECT * WHERE {\n  ?s ?p }"))
    assert text(page, "#notes") == "Line 2, column 9: “}” is not expected here."
    assert page.locator(".cm-lintRange-error").inner_text() == "}"


def test_an_unbound_expression_is_told_in_words(start: Callable[..., "Page"]) -> None:
    page = start(query("SELECT (?x AS ?y) (COUNT(*) AS ?n) { ?s ?p ?x }"))
    assert "variable that is unbound" in text(page, "#notes")


@pytest.mark.parametrize(
    ("asking", "told"),
    [
        ("SELECT * { SERVICE <https://query.wikidata.org/sparql> { ?s ?p ?o } }", "SERVICE would ask another server"),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", "GRAPH chooses a graph"),
        ("DELETE WHERE { ?s ?p ?o }", "nothing can be changed"),
        ("SELECT * { ?s wx:borders ?o }", "No prefix is called wx:. Did you mean wk:?"),
        ("", "Write a query"),
    ],
)
def test_what_is_refused_is_told_before_it_is_asked(start: Callable[..., "Page"], asking: str, told: str) -> None:
    page = start(query(asking) if asking else "#query=%20")
    assert told in text(page, "#notes")
    assert page.locator("#view").inner_text() == ""


def test_words_in_texts_and_comments_are_not_refused(start: Callable[..., "Page"]) -> None:
    page = start(query('SELECT ("GRAPH" AS ?x) { } # SERVICE'))
    assert column(page, 1) == ["GRAPH"]


def test_a_misspelt_term_is_told_with_the_one_that_was_meant(start: Callable[..., "Page"]) -> None:
    page = start(query("SELECT * { id:tajikstan wk:membreOf ?o }"))
    told = text(page, "#notes")
    assert "Did you mean wk:memberOf?" in told
    assert "Did you mean id:tajikistan?" in told
    assert page.locator(".cm-lintRange-warning").all_inner_texts() == ["id:tajikstan", "wk:membreOf"]


def test_the_time_limit_stops_a_query_and_the_next_is_answered(start: Callable[..., "Page"]) -> None:
    page = start()
    page.get_by_label("Time limit").select_option("2")
    ask(page, query(RUNAWAY))
    assert text(page, "#notes") == "The query was stopped after 2 s, the time limit."
    assert len(column(ask(page, "#name=csto-members"), 1)) == 3


def test_the_button_stops_a_query_and_the_next_is_answered_without_a_network(start: Callable[..., "Page"]) -> None:
    page = start()
    page.context.set_offline(True)
    page.evaluate("to => { location.hash = to }", query(RUNAWAY))
    page.get_by_role("button", name="Stop").click()
    assert text(asked(page), "#notes") == "The query was stopped."
    assert len(column(ask(page, "#name=csto-members"), 1)) == 3


def test_an_answer_to_an_earlier_address_is_not_shown_under_a_later_one(start: Callable[..., "Page"]) -> None:
    page = start()
    page.evaluate("to => { location.hash = to }", query(RUNAWAY))
    page.get_by_role("button", name="Stop").wait_for()
    assert page.locator("#formats button:not(:disabled)").count() == 0
    assert "No question is called" in text(ask(page, "#name=nonsense"), "#notes")
    assert not page.get_by_role("button", name="Stop").is_visible()
    assert len(column(ask(page, "#name=csto-members"), 1)) == 3


def test_added_prefixes_leave_the_cursor_where_it_is(start: Callable[..., "Page"]) -> None:
    page = start()
    page.locator("#new").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("ASK { id:csto ?p ?o }")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+Enter")
    page.locator("#view .verdict").wait_for()
    page.keyboard.insert_text("# here")
    assert sparql(page).endswith("ASK { id:csto ?p ?o # here}")


# ---- The engine and the network ----


def test_inferences_are_loaded_only_when_they_are_wanted(start: Callable[..., "Page"], browsing: "Browsing") -> None:
    page = start()
    assert not any("inferred" in address for address in browsing.asked)
    ask(page, "#name=neighbors-of")
    assert page.locator("#inferred").is_checked()
    assert sum("inferred" in address for address in browsing.asked) == 1
    inferred = column(page, 1)
    page.locator("#inferred").uncheck()
    page.locator("#status", has_text=re.compile("^0 rows|^[1-9]")).wait_for()
    assert column(asked(page), 1) != inferred
    assert page.url.endswith("inferred=0")


def test_nothing_but_the_site_is_asked(start: Callable[..., "Page"], browsing: "Browsing", real_site_url: str) -> None:
    page = start("#name=positions")
    ask(page, query("SELECT * { ?s wk:borders ?o }"))
    assert all(address.startswith((f"{real_site_url}/", "blob:")) for address in browsing.asked)
    assert browsing.problems == []
    paths = {
        address.removeprefix(real_site_url).partition("?")[0] for address in browsing.asked if "blob:" not in address
    }
    assert {path.partition("#")[0] for path in paths} == {
        "/query.html", "/static/style.css", "/static/icon.svg", "/static/query/query.css", "/static/query/main.js",
        "/static/query/worker.js", "/static/query/oxigraph.wasm.gz", "/data/wakhan.ttl",
    } - ({"/static/icon.svg"} - {path.partition("#")[0] for path in paths})  # fmt: skip


@pytest.fixture
def another_host(serve_folder: Callable[[Path], str], tmp_path: Path) -> str:
    (tmp_path / "open.txt").write_text("here", encoding="utf-8")
    return f"{serve_folder(tmp_path)}/open.txt"


def test_neither_page_nor_worker_can_connect_to_another_host(start: Callable[..., "Page"], another_host: str) -> None:
    page = start()
    tried = "fetch(address, {mode: 'no-cors'}).then(() => 'connected', () => 'refused')"
    assert page.evaluate(f"address => {tried}", another_host) == "refused"
    code = f"onmessage = ({{data: address}}) => {tried}.then(postMessage)"
    in_worker = """([code, address]) => new Promise(done => {
        const worker = new Worker(URL.createObjectURL(new Blob([code], {type: 'text/javascript'})));
        worker.onmessage = ({data}) => done(data);
        worker.postMessage(address);
    })"""
    assert page.evaluate(in_worker, [code, another_host]) == "refused"


@pytest.fixture
def unpacking_host(real_site: Path) -> Iterator[str]:
    """Return the address of a host that declares .gz files as an encoding, so that browsers unpack them."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def end_headers(self) -> None:
            if self.path.endswith(".gz"):
                self.send_header("Content-Encoding", "gzip")
            super().end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(real_site)))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_host_that_unpacks_the_engine_does_no_harm(browsing: "Browsing", unpacking_host: str) -> None:
    assert len(column(asked(browsing.open(f"{unpacking_host}/query.html")), 1)) == 3


def test_opened_from_a_file_the_page_says_what_is_needed(browsing: "Browsing", real_site: Path) -> None:
    page = browsing.open((real_site / "query.html").as_uri())
    assert "python -m http.server" in text(page, "#from-file")
    assert not page.locator("#app").is_visible()


def test_without_scripts_the_questions_lead_to_their_pages(
    browsing: "Browsing", real_site: Path, real_site_url: str
) -> None:
    page = browsing.open(f"{real_site_url}/query.html", scripts=False)
    targets = [link.get_attribute("href") or "" for link in page.locator("#questions a").all()]
    assert len(targets) == len(Dataset(ROOT).queries)
    assert all((real_site / target).is_file() for target in targets)
    assert page.locator("noscript p", has_text="scripts are needed").is_visible()


# ---- Everybody ----


@pytest.mark.parametrize(("width", "dark", "looked_at"), [(360, True, ["Table"]), (1280, False, ["Table", "Timeline"])])
def test_everybody_can_use_it(start: Callable[..., "Page"], width: int, dark: bool, looked_at: list[str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = start("#name=timeline", width=width, dark=dark)
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    for view in ("Table", "Map", "Timeline", "Graph"):
        open_view(page, view)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, view
        if view in looked_at:
            found = page.evaluate(
                "axe.run().then(({violations}) => violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
            )
            assert found == [], view


# ---- What is shipped ----


def test_the_scripts_and_the_engine_are_small() -> None:
    packed = sum(len(gzip.compress(path.read_bytes())) for path in STATIC.iterdir())
    assert packed < 2_000_000


def test_every_package_in_the_scripts_has_its_license_there() -> None:
    told = (STATIC / "LICENSES.txt").read_text(encoding="utf-8")
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    bundled = {
        path.removeprefix("node_modules/"): package["version"]
        for path, package in lock["packages"].items()
        if path and "esbuild" not in path
    }
    assert bundled
    missing = [f"{name} {version}" for name, version in bundled.items() if f"\n{name} {version} (" not in told]
    assert missing == []


def test_the_lock_names_no_host() -> None:
    assert "://" not in (WEB / "package-lock.json").read_text(encoding="utf-8")


def test_the_engine_is_the_package_in_the_lock() -> None:
    if not (WEB / "node_modules/oxigraph").is_dir():
        pytest.skip("web/query has no node_modules: run npm ci there")
    ours = gzip.decompress((STATIC / "oxigraph.wasm.gz").read_bytes())
    theirs = (WEB / "node_modules/oxigraph/web_bg.wasm").read_bytes()
    assert hashlib.sha256(ours).digest() == hashlib.sha256(theirs).digest()


def test_the_bundle_is_made_from_its_sources(tmp_path: Path) -> None:
    if shutil.which("node") is None or not (WEB / "node_modules/esbuild").is_dir():
        pytest.skip("node, or web/query/node_modules, is missing: run npm ci there")
    subprocess.run(["node", WEB / "build.mjs", tmp_path / "new"], check=True)
    for path in sorted((tmp_path / "new").iterdir()):
        if path.suffix != ".gz":  # whose bytes differ from one zlib to the next
            assert path.read_bytes() == (STATIC / path.name).read_bytes(), (
                f"{path.name}: run npm run build in web/query"
            )
    assert {path.name for path in (tmp_path / "new").iterdir()} == {path.name for path in STATIC.iterdir()}


# ---- The data of the page ----


def test_data_cannot_end_the_script_that_holds_them() -> None:
    assert json.loads(as_script("</script><!--")) == "</script><!--"
    assert "<" not in as_script({"a": "</script>"})


def test_the_page_of_another_dataset_has_its_own_questions_and_names(tiny_to_read: Path) -> None:
    content = Content(Dataset(tiny_to_read))
    data = page_data(content, Links(["id/arland.html"]).from_page("query.html"))
    assert data["first"] == "members"
    assert ["id:arland", "Arland", 1] in data["names"]  # type: ignore[operator]
    assert ["id:borland", "Borland", 0] in data["names"]  # type: ignore[operator]
    assert data["claims"] == {
        "claim:p01s1-1": "fact", "claim:p01s2-1": "denied", "claim:p01s3-1": "planned", "claim:p01s3-2": "planned",
    }  # fmt: skip
    assert question_page(content).path == "query.html"


def test_choices_are_the_values_that_the_command_takes() -> None:
    dataset = Dataset(ROOT)
    data = page_data(Content(dataset), Links([]).from_page("query.html"))
    choices: dict[str, list[list[str]]] = json.loads(json.dumps(data["choices"]))
    for stored in dataset.queries.values():
        for parameter in stored.parameters:
            if parameter.type == "iri":
                for value, _ in choices[str(parameter.cls)][::25]:
                    dataset.bind(stored, {parameter.name: value})


OF = """\
#+ summary: Of what is it a member?
#+ parameters:
#+   - name: member
#+     type: iri
#+     class: wk:State

PREFIX wk: <https://w3id.org/wakhan/ontology#>

SELECT ?member ?alliance
WHERE { ?member wk:memberOf ?alliance }
ORDER BY ?member ?alliance
"""


def test_a_choice_is_answered_if_the_command_finds_something_for_it(tiny_root: Path) -> None:
    other = "#+   - name: alliance\n#+     type: iri\n\nPREFIX"
    by_class = {
        "one": OF,
        "two": OF.replace("\nPREFIX", other),
        "all": OF.replace("memberOf ?alliance", "x* ?alliance"),
    }
    for name, asking in by_class.items():
        (tiny_root / f"queries/alliances/{name}.rq").write_text(asking, encoding="utf-8")
    dataset = Dataset(tiny_root)
    content = Content(dataset)
    stored = dataset.queries
    assert answered(content, stored["one"], stored["one"].parameters[0]) == ["id:arland"]
    assert answered(content, stored["two"], stored["two"].parameters[0]) is None
    assert answered(content, stored["all"], stored["all"].parameters[0]) is None
