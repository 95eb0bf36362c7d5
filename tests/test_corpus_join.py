"""Joining articles adds what follows from the facts of several, lets nothing leak, and finds what contradicts."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from wakhan.corpus.article import Workshop
from wakhan.corpus.build import build
from wakhan.corpus.join import join, joining, to_text
from wakhan.corpus.layout import read_article, read_materials
from wakhan.corpus.runners import here
from wakhan.errors import UsageError
from wakhan.findings import Report
from wakhan.names import PREFIXES, WK
from wakhan.sources import load_sources

ROOT = Path(__file__).parents[1]
PREFIX_LINES = "".join(
    f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items() if prefix not in ("art", "claim")
)

GAZETTEER = """
id:town a wk:City ; rdfs:label "town"@en .
id:valley a wk:Place ; rdfs:label "valley"@en .
id:country a wk:Place ; rdfs:label "country"@en .
id:river a wk:Place ; rdfs:label "river"@en .
id:one a wk:Organization ; rdfs:label "one"@en .
id:other a wk:Organization ; rdfs:label "other"@en .
"""

Claim = tuple[str, str, str, str, str]
"""Subject, property, object, factuality, speaker (``narrator`` or a thing)."""


def fact(subject: str, prop: str, value: str) -> Claim:
    return subject, prop, value, "Affirmed", "narrator"


def article(name: str, *claims: Claim) -> str:
    """Return the Turtle of an article that makes these claims in one sentence."""
    lines = [f"@prefix art: <{PREFIXES['art']}{name}/> .", f"@prefix claim: <{PREFIXES['claim']}{name}/> ."]
    lines += ['art:article a wk:Article ; rdfs:label "article"@en ; dcterms:issued "2021"^^xsd:gYear .']
    lines += ['art:narrator a wk:Narrator ; rdfs:label "narrator"@en .']
    lines += [
        "art:p01s1 a wk:Passage , oa:TextPositionSelector ; dcterms:isPartOf art:article ; oa:start 0 ; oa:end 9 ;",
        f'wk:claimCount {len(claims)} ; wk:gist "gist"@en ; wk:passageKind "sentence" ;',
        f'wk:sha256 "{sha256(name.encode()).hexdigest()}" .',
    ]
    for number, (subject, prop, value, factuality, speaker) in enumerate(claims, 1):
        who = "art:narrator" if speaker == "narrator" else f"id:{speaker}"
        lines.append(
            f"claim:p01s1-{number} a wk:Claim ; rdf:subject id:{subject} ; rdf:predicate wk:{prop} ; "
            f"rdf:object id:{value} ; wk:factuality wk:{factuality} ; wk:speaker {who} ; wk:passage art:p01s1 ."
        )
        if (factuality, speaker) == ("Affirmed", "narrator"):
            lines.append(f"id:{subject} wk:{prop} id:{value} .")
    return PREFIX_LINES + "\n".join(lines) + "\n"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return a function that builds a corpus of articles, given by the claims of each."""
    monkeypatch.setattr("wakhan.corpus.article.check_sources", lambda *args, **more: Report((), {}))

    def make(compress: bool = False, **articles: list[Claim]) -> Path:
        (tmp_path / "source" / "gazetteer").mkdir(parents=True)
        (tmp_path / "source" / "gazetteer" / "things.ttl").write_text(PREFIX_LINES + GAZETTEER)
        for name, claims in articles.items():
            folder = tmp_path / "source" / "articles" / name
            folder.mkdir(parents=True)
            (folder / "article.ttl").write_text(article(name, *claims))
        summary = build(tmp_path / "source", tmp_path / "out", here, compress=compress)
        assert summary.failed == 0
        return tmp_path / "out"

    return make


def inferred(out: Path) -> list[str]:
    lines = (out / "join" / "inferred.nq").read_text().splitlines()
    return [
        " ".join(part.rpartition("/")[2].rpartition("#")[2].strip("<>") for part in line.split()[:3]) for line in lines
    ]


@pytest.mark.parametrize("compress", [False, True])
def test_what_follows_from_two_articles_is_added(built: Callable[..., Path], compress: bool) -> None:
    out = built(compress, a=[fact("town", "locatedIn", "valley")], b=[fact("valley", "locatedIn", "country")])
    joined = join(out)
    assert inferred(out) == ["town locatedIn country"]
    assert (joined.articles, joined.inferred, joined.clashes) == (2, 1, ())


def test_what_one_article_gives_is_not_told_again(built: Callable[..., Path]) -> None:
    """Also not where it was not read: memberOf is read, because it is asymmetric, and its inverse is not."""
    chain = [fact("town", "locatedIn", "valley"), fact("valley", "locatedIn", "country")]
    out = built(a=[*chain, fact("one", "memberOf", "other")], b=chain[:1], c=[fact("river", "borders", "valley")])
    assert join(out).inferred == 0


def test_a_conclusion_goes_on_through_three_articles(built: Callable[..., Path]) -> None:
    out = built(
        a=[fact("town", "locatedIn", "valley")],
        b=[fact("valley", "locatedIn", "country")],
        c=[fact("country", "locatedIn", "river")],
    )
    join(out)
    assert inferred(out) == ["town locatedIn country", "town locatedIn river", "valley locatedIn river"]


@pytest.mark.parametrize(
    ("factuality", "speaker"),
    [("Denied", "narrator"), ("Planned", "narrator"), ("Possible", "narrator"), ("Expected", "narrator"),
     ("Unknown", "narrator"), ("Affirmed", "one")],
)  # fmt: skip
def test_what_is_claimed_with_less_never_leaks(built: Callable[..., Path], factuality: str, speaker: str) -> None:
    spoken = [fact("one", "commentedOn", "valley")] if speaker == "one" else []
    out = built(
        a=[fact("town", "locatedIn", "valley")],
        b=[*spoken, ("valley", "locatedIn", "country", factuality, speaker)],
    )
    joined = join(out)
    assert inferred(out) == []
    assert joined.clashes == ()


def test_what_one_article_states_and_another_denies_is_listed_with_both(built: Callable[..., Path]) -> None:
    out = built(
        a=[fact("town", "borders", "valley")],
        b=[("town", "borders", "valley", "Denied", "narrator")],
        c=[fact("river", "borders", "valley")],
    )
    (clash,) = join(out).clashes
    assert (clash["rule"], clash["articles"]) == ("prp-npa1", ["a", "b"])
    assert [json.loads(line) for line in (out / "join" / "clashes.jsonl").read_text().splitlines()] == [clash]


def test_a_denial_of_what_only_follows_from_several_articles_names_them_all(built: Callable[..., Path]) -> None:
    out = built(
        a=[fact("town", "locatedIn", "valley")],
        b=[fact("valley", "locatedIn", "country")],
        c=[("town", "locatedIn", "country", "Denied", "narrator")],
    )
    (clash,) = join(out).clashes
    assert clash["articles"] == ["a", "b", "c"]


def test_a_clash_of_two_facts_names_both_articles(built: Callable[..., Path]) -> None:
    out = built(a=[fact("one", "memberOf", "other")], b=[fact("other", "memberOf", "one")])
    clashes = join(out).clashes
    assert {clash["rule"] for clash in clashes} == {"prp-asyp"}
    assert all(clash["articles"] == ["a", "b"] for clash in clashes)


def test_what_contradicts_itself_is_left_out_though_the_shapes_see_nothing_wrong(tmp_path: Path) -> None:
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "articles" / "a").mkdir(parents=True)
    (tmp_path / "gazetteer" / "things.ttl").write_text(PREFIX_LINES + GAZETTEER)
    text = article("a", fact("one", "memberOf", "other"), fact("other", "memberOf", "one"))
    (tmp_path / "articles" / "a" / "article.ttl").write_text(text)
    made = Workshop(read_materials(tmp_path)).build(read_article(tmp_path, "a"))
    assert made.text is None
    assert {(finding.source, finding.shape) for finding in made.findings} == {("clash", "prp-asyp")}


def test_a_clash_of_kinds_is_found(built: Callable[..., Path]) -> None:
    """By what the properties mean, one article takes a local thing for a place and the other for an organization."""
    out = built(a=[fact("town", "locatedIn", "valley")], b=[fact("river", "locatedIn", "valley")])
    assert join(out).clashes == ()
    for name, kind in (("a", "Place"), ("b", "Organization")):
        part = next((out / "parts").rglob(f"{name}.nq"))
        graph = f"<https://w3id.org/wakhan/corpus/articles/{name}/asserted>"
        part.write_text(part.read_text() + f"<{PREFIXES['id']}new> <{RDF.type}> <{WK[kind]}> {graph} .\n")
    (clash, *_) = join(out).clashes
    assert (clash["rule"], clash["articles"]) == ("cax-adc", ["a", "b"])


def test_a_new_build_takes_away_what_was_joined_before(built: Callable[..., Path], tmp_path: Path) -> None:
    out = built(a=[fact("town", "locatedIn", "valley")], b=[fact("valley", "locatedIn", "country")])
    join(out)
    build(tmp_path / "source", out, here)
    assert (out / "join").exists()
    (tmp_path / "source" / "articles" / "b" / "article.ttl").write_text(article("b"))
    build(tmp_path / "source", out, here)
    assert not (out / "join").exists()


def test_joining_twice_gives_the_same_bytes(built: Callable[..., Path]) -> None:
    out = built(a=[fact("town", "locatedIn", "valley")], b=[fact("valley", "locatedIn", "country")])
    texts = []
    for _ in range(2):
        join(out)
        texts.append({path.name: path.read_bytes() for path in (out / "join").iterdir()})
    assert texts[0] == texts[1]


def test_only_what_a_rule_can_join_is_read_into_memory() -> None:
    ontology = load_sources(ROOT).ontology
    properties = joining(ontology)
    assert properties is not None
    assert {f"<{WK[name]}>" for name in ("locatedIn", "memberOf", "holdsOffice", "belongsTo", "carries")} <= properties
    assert f"<{WK.visited}>" not in properties
    more = Graph().parse(data=f"<urn:c> <{OWL.someValuesFrom}> <urn:d> .", format="turtle")
    assert joining(ontology + more) is None
    inverse = Graph()
    inverse.add((URIRef("urn:p"), RDF.type, OWL.InverseFunctionalProperty))
    assert "<urn:p>" in (joining(inverse) or ())


def test_an_unfinished_build_is_not_joined(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no finished build"):
        join(tmp_path)


def test_the_first_clashes_are_shown_and_the_rest_counted(built: Callable[..., Path]) -> None:
    out = built(a=[fact("one", "memberOf", "other")], b=[fact("other", "memberOf", "one")])
    joined = join(out)
    text = list(to_text(joined._replace(clashes=joined.clashes[:1] * 3), 2))
    assert text[3] == "… and 1 more in join/clashes.jsonl\n"
    assert text[1].endswith("(a, b)\n")
