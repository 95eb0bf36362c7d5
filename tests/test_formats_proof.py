"""A file that does not say what the dataset says is refused, whatever its format and whatever is wrong with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wakhan import formats
from wakhan.choices import EDITIONS
from wakhan.errors import WakhanError
from wakhan.formats import FORMATS, Editions, check, file_name
from wakhan.formats.proof import prove
from wakhan.sources import load_sources

RDF_FORMATS = ("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads", "turtle12", "ntriples12")
LABEL, OTHER = "the Pact", "the Packt"


@pytest.fixture
def tiny(tiny_root: Path) -> Editions:
    return Editions(load_sources(tiny_root))


def made(tiny: Editions, form: str) -> bytes:
    return FORMATS[form].write(tiny, "asserted")


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_what_says_the_same_is_let_through(form: str, tiny: Editions) -> None:
    prove(made(tiny, form), form, tiny.ntriples("asserted"), "a file")


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace(LABEL, OTHER),
        lambda text: text.replace("https://w3id.org/wakhan/ontology", "https://w3id.org/wakhan/onthology"),
    ],
    ids=["a label", "a namespace"],
)
@pytest.mark.parametrize("form", RDF_FORMATS)
def test_a_file_that_says_something_else_is_refused(form: str, damage: Callable[[str], str], tiny: Editions) -> None:
    content = made(tiny, form).decode()
    with pytest.raises(WakhanError, match=r"x\.rdf would not say what the dataset says") as caught:
        prove(damage(content).encode(), form, tiny.ntriples("asserted"), "x.rdf")
    assert "Read by pyoxigraph" in str(caught.value.hint)


def test_a_fact_too_many_is_refused(tiny: Editions) -> None:
    borders = "<https://w3id.org/wakhan/id/arland> <https://w3id.org/wakhan/ontology#borders> <urn:x> "
    for form, end in (("turtle", "."), ("trig", "."), ("nquads", "<urn:g> ."), ("turtle12", ".")):
        block = f"GRAPH <urn:g> {{ {borders} . }}" if form == "trig" else borders + end
        with pytest.raises(WakhanError) as caught:
            prove(made(tiny, form) + block.encode(), form, tiny.ntriples("asserted"), "a file")
        assert "0 triples are lost and 1 are new: it adds <https://w3id.org/wakhan/id/arland>" in str(caught.value.hint)


def test_a_bare_denied_triple_in_a_nanopublication_is_refused(tiny: Editions) -> None:
    ids = "https://w3id.org/wakhan/id/"
    triple = f"<{ids}arland> <https://w3id.org/wakhan/ontology#borders> <{ids}borland>"
    for graph in ("assertion", "provenance"):
        line = f"{triple} <https://w3id.org/wakhan/claim/p01s2-1/{graph}> .\n"
        with pytest.raises(WakhanError, match="would not say"):
            prove(made(tiny, "nquads") + line.encode(), "nquads", tiny.ntriples("asserted"), "a file")


def test_a_reified_triple_that_is_another_is_refused(tiny: Editions) -> None:
    content = made(tiny, "turtle12").replace(b"<<( id:arland wk:borders", b"<<( id:borland wk:borders")
    with pytest.raises(WakhanError, match="would not say"):
        prove(content, "turtle12", tiny.ntriples("asserted"), "a file")


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_what_cannot_be_read_is_refused(form: str, tiny: Editions) -> None:
    with pytest.raises(WakhanError, match="a file cannot be read back"):
        prove(b"<" + made(tiny, form)[:-20], form, tiny.ntriples("asserted"), "a file")


def test_what_only_rdflib_reads_otherwise_is_refused(tiny: Editions, monkeypatch: pytest.MonkeyPatch) -> None:
    from wakhan.formats import proof

    monkeypatch.setattr(proof, "parse", lambda text, form: tiny.graph("facts"))
    with pytest.raises(WakhanError) as caught:
        prove(made(tiny, "turtle"), "turtle", tiny.ntriples("asserted"), "a file")
    assert "Read by rdflib" in str(caught.value.hint)


def test_every_format_of_rdf_is_proved_when_it_is_written(tiny: Editions, monkeypatch: pytest.MonkeyPatch) -> None:
    proved = []
    monkeypatch.setattr(formats, "prove", lambda content, form, wanted, name: proved.append((form, name)))
    for form in FORMATS:
        formats.write(tiny, "asserted", form)
    assert proved == [(form, file_name(form, "asserted")) for form in FORMATS]
    unproved = set(FORMATS) - set(RDF_FORMATS)
    assert {FORMATS[form].media_type for form in unproved} == {
        *("application/ld+json", "text/csv", "application/csvm+json", "application/vnd.apache.parquet"),
        *("application/geo+json", "application/xml"),
    }
    assert {form for form in unproved if FORMATS[form].media_type == "application/ld+json"} == {"context"}
    assert [edition for edition in EDITIONS if check(edition, "turtle")] == list(EDITIONS)
