"""Facts are what the narrator affirms, no more and no less."""

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal

from wakhan.errors import WakhanError
from wakhan.facts import bare_facts, compare_facts, facts_from_claims, is_fact, narrated, narrator, rewrite_facts
from wakhan.names import ART, CLAIM, ID, WK
from wakhan.sources import load_sources

FACT = (ID.arland, WK.memberOf, ID.pact)


def edit(path: Path, old: str, new: str) -> None:
    """Replace *old* in a file, which must have it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def write(texts: dict[Path, str]) -> None:
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")


def test_is_fact(tiny_root: Path) -> None:
    ontology = load_sources(tiny_root).ontology
    assert is_fact(FACT, ontology)
    assert is_fact((ID.visit, RDF.type, WK.Visit), ontology)
    assert not is_fact((ID.visit, RDF.type, WK.Matter), ontology)
    assert not is_fact((ID.pact, RDFS.label, Literal("Pact")), ontology)
    assert not is_fact((ID.pact, WK.hasMember, ID.arland), ontology)


def test_tiny_dataset_has_one_fact_and_one_claim_of_it(tiny_root: Path) -> None:
    sources = load_sources(tiny_root)
    assert set(bare_facts(sources.data, sources.ontology)) == {FACT}
    assert set(facts_from_claims(sources.data)) == {FACT}
    assert compare_facts(sources) == ([], [])
    assert rewrite_facts(sources) == {}


def test_narrated_claims_come_in_order(tiny_root: Path) -> None:
    data = load_sources(tiny_root).data
    assert narrated(data, WK.Affirmed) == {CLAIM["p01s1-1"]: FACT}
    for number in (10, 2):
        for triple in data.predicate_objects(CLAIM["p01s1-1"]):
            data.add((CLAIM[f"p01s1-{number}"], *triple))
    assert list(narrated(data, WK.Affirmed)) == [CLAIM[f"p01s1-{number}"] for number in (1, 2, 10)]


@pytest.mark.parametrize("part", [RDF.subject, RDF.predicate, RDF.object])
def test_incomplete_or_doubled_claim_gives_no_fact(tiny_root: Path, part: str) -> None:
    data = load_sources(tiny_root).data
    data.add((CLAIM["p01s1-1"], part, ID.other))  # type: ignore[arg-type]
    assert not facts_from_claims(data)
    data.remove((CLAIM["p01s1-1"], part, None))  # type: ignore[arg-type]
    assert not facts_from_claims(data)


def test_only_a_claim_gives_a_fact(tiny_root: Path) -> None:
    data = load_sources(tiny_root).data
    data.remove((CLAIM["p01s1-1"], RDF.type, None))
    assert not facts_from_claims(data)


def test_there_is_one_narrator(tiny_root: Path) -> None:
    data = load_sources(tiny_root).data
    assert narrator(data) == ART.narrator
    assert narrator(Graph()) is None
    assert not facts_from_claims(Graph())
    data.add((ID.other, RDF.type, WK.Narrator))
    with pytest.raises(WakhanError, match="art:narrator and id:other"):
        narrator(data)


def test_missing_and_extra_facts_are_found_and_mended(tiny_root: Path) -> None:
    actors = tiny_root / "data" / "actors.ttl"
    before = actors.read_text(encoding="utf-8")
    edit(actors, "wk:memberOf id:pact", "wk:borders id:borland")
    sources = load_sources(tiny_root)
    difference = compare_facts(sources)
    assert difference.missing == [FACT]
    assert difference.extra == [(ID.arland, WK.borders, ID.borland)]
    assert rewrite_facts(sources) == {actors: before}


def test_affirmed_event_becomes_one(tiny_root: Path) -> None:
    edit(tiny_root / "data" / "claims" / "p01.ttl", "wk:speaker id:mr-cee", "wk:speaker art:narrator")
    edit(tiny_root / "data" / "claims" / "p01.ttl", "wk:factuality wk:Planned", "wk:factuality wk:Affirmed")
    texts = rewrite_facts(load_sources(tiny_root))
    assert {path.name for path in texts} == {"actors.ttl", "events.ttl"}
    write(texts)
    sources = load_sources(tiny_root)
    assert (ID["visit-in-may"], RDF.type, WK.Visit) in sources.files[tiny_root / "data" / "events.ttl"]
    assert (compare_facts(sources), rewrite_facts(sources)) == (([], []), {})


def test_fact_in_the_wrong_file_is_moved(tiny_root: Path) -> None:
    edit(tiny_root / "data" / "actors.ttl", "    wk:memberOf id:pact ;\n", "")
    with (tiny_root / "data" / "events.ttl").open("a", encoding="utf-8") as events:
        events.write("id:arland wk:memberOf id:pact .\n")
    sources = load_sources(tiny_root)
    assert compare_facts(sources) == ([], [])
    write(rewrite_facts(sources))
    files = load_sources(tiny_root).files
    assert FACT in files[tiny_root / "data" / "actors.ttl"]
    assert FACT not in files[tiny_root / "data" / "events.ttl"]


def test_fact_is_no_description_of_its_subject(tiny_root: Path) -> None:
    actors = tiny_root / "data" / "actors.ttl"
    before = actors.read_text(encoding="utf-8")
    actors.write_text(before + "\nid:arland wk:visited id:visit-in-may .\nid:arland a wk:Visit .\n", encoding="utf-8")
    assert rewrite_facts(load_sources(tiny_root)) == {actors: before}
    edit(tiny_root / "data" / "claims" / "p01.ttl", "wk:speaker id:mr-cee", "wk:speaker art:narrator")
    edit(tiny_root / "data" / "claims" / "p01.ttl", "wk:factuality wk:Planned", "wk:factuality wk:Affirmed")
    actors.write_text(before + "\nid:visit-in-may a wk:Visit .\n", encoding="utf-8")
    texts = rewrite_facts(load_sources(tiny_root))
    assert "id:visit-in-may" not in texts[actors]
    assert "wk:Visit" in texts[tiny_root / "data" / "events.ttl"]


def test_top_comments_stay_and_others_are_refused(tiny_root: Path) -> None:
    actors = tiny_root / "data" / "actors.ttl"
    text = "# Who acts.\n\n" + actors.read_text(encoding="utf-8")
    actors.write_text(text, encoding="utf-8")
    edit(actors, "    wk:memberOf id:pact ;\n", "")
    assert rewrite_facts(load_sources(tiny_root)) == {actors: text}
    edit(actors, "id:pact\n", "id:pact # which?\n")
    with pytest.raises(WakhanError, match="would be lost: # which") as caught:
        rewrite_facts(load_sources(tiny_root))
    assert caught.value.path == actors


def test_subject_must_be_described_in_one_file(tiny_root: Path) -> None:
    with (tiny_root / "data" / "events.ttl").open("a", encoding="utf-8") as events:
        events.write("id:arland a wk:State .\n")
    with pytest.raises(WakhanError, match=r"id:arland is described in two files: data/actors.ttl and data/events.ttl"):
        rewrite_facts(load_sources(tiny_root))
    edit(tiny_root / "data" / "events.ttl", "id:arland a wk:State .\n", "")
    edit(tiny_root / "data" / "actors.ttl", "id:arland\n    a wk:State ;", "id:arland")
    with pytest.raises(WakhanError, match="id:arland, but it is described nowhere"):
        rewrite_facts(load_sources(tiny_root))


def test_claim_with_a_property_that_is_not_claimable_gives_no_bare_triple(tiny_root: Path) -> None:
    edit(tiny_root / "data" / "claims" / "p01.ttl", "rdf:predicate wk:memberOf", "rdf:predicate wk:hasMember")
    assert compare_facts(load_sources(tiny_root)) == ([], [FACT])


def test_what_only_somebody_else_affirms_is_no_fact(tiny_root: Path) -> None:
    claims = tiny_root / "data/claims/p01.ttl"
    text = claims.read_text(encoding="utf-8")
    assert len(facts_from_claims(load_sources(tiny_root).data)) == 1
    claims.write_text(text.replace("wk:speaker art:narrator", "wk:speaker id:mr-cee"), encoding="utf-8")
    assert len(facts_from_claims(load_sources(tiny_root).data)) == 0
