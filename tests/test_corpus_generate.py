"""An invented corpus is like the dataset, valid, and always the same."""

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph

from wakhan.corpus.broken import FAULTS, broken
from wakhan.corpus.gazetteer import Gazetteer, sized
from wakhan.corpus.generate import generate
from wakhan.corpus.invent import Article
from wakhan.corpus.profile import Profile, learn
from wakhan.corpus.words import Dice, name, words
from wakhan.errors import UsageError
from wakhan.facts import bare_facts, facts_from_claims
from wakhan.names import WK, local_name
from wakhan.sources import Sources, load_sources, parse_turtle
from wakhan.turtle import format_turtle
from wakhan.validate import check_sources

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load_sources(ROOT)


@pytest.fixture(scope="module")
def profile(sources: Sources) -> Profile:
    return learn(sources)


@pytest.fixture(scope="module")
def gazetteer(profile: Profile) -> Gazetteer:
    return Gazetteer(profile, 8, "1")


@pytest.fixture(scope="module")
def many(profile: Profile, gazetteer: Gazetteer) -> Graph:
    """Eight articles of full size."""
    graph = Graph(bind_namespaces="none")
    for number in range(8):
        for text in Article(profile, gazetteer, f"a{number}", seed="1").files().values():
            graph += parse_turtle(text)
    return graph


def read(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(sources: Sources, tmp_path: Path) -> None:
    for name_of_folder, seed in (("one", 1), ("again", 1), ("other", 2)):
        list(generate(sources, tmp_path / name_of_folder, 3, seed=seed, scale=0.1, wrong=1))
    assert read(tmp_path / "one") == read(tmp_path / "again")
    one, other = read(tmp_path / "one"), read(tmp_path / "other")
    assert all(one[path] != other[path] for path in one if path.startswith("articles/a00002/") and path in other)


def test_an_invented_article_passes_the_whole_validation(
    sources: Sources, profile: Profile, gazetteer: Gazetteer
) -> None:
    article = Article(profile, gazetteer, "a7", seed="3", scale=0.3)
    files = {Path(path): parse_turtle(text) for path, text in (*gazetteer.files(), *article.files().items())}
    checked = check_sources(Sources(Path(), files, sources.ontology_files, sources.shape_files, sources.queries))
    assert checked.findings == ()


def test_the_files_are_in_the_layout_of_the_project(profile: Profile, gazetteer: Gazetteer) -> None:
    for path, text in (*gazetteer.files(), *Article(profile, gazetteer, "a1", seed="1", scale=0.2).files().items()):
        assert format_turtle(text) == text, path


def test_the_facts_are_what_the_narrator_affirms(sources: Sources, profile: Profile, gazetteer: Gazetteer) -> None:
    graph = Graph(bind_namespaces="none")
    for text in Article(profile, gazetteer, "a5", seed="2").files().values():
        graph += parse_turtle(text)
    facts = set(facts_from_claims(graph))
    assert set(bare_facts(graph, sources.ontology)) == facts
    assert len(facts) > 100


def test_articles_are_as_large_as_ours_and_claims_of_the_same_kinds(sources: Sources, many: Graph) -> None:
    assert 4_000 < len(many) / 8 < 6_000
    for part in (WK.factuality, RDF.predicate):
        ours = Counter(sources.data.objects(None, part))
        theirs = Counter(many.objects(None, part))
        assert set(theirs) <= set(ours)
        for value, times in ours.items():
            assert theirs[value] / theirs.total() == pytest.approx(times / ours.total(), abs=0.025), local_name(value)
    narrated = sum(1 for speaker in many.objects(None, WK.speaker) if (speaker, RDF.type, WK.Narrator) in many)
    assert narrated / 224 == pytest.approx(len(set(many.subjects(RDF.type, WK.Claim))) / 325, rel=0.1)


def test_few_shared_things_are_named_often_and_most_seldom(profile: Profile, gazetteer: Gazetteer, many: Graph) -> None:
    named = Counter(
        local_name(value)
        for part in (RDF.subject, RDF.object)
        for value in many.objects(None, part)
        if str(value).count("/") == 5 and "/id/" in str(value)
    )
    states = [named[state] for state in gazetteer.names[("wk:State",)]]
    assert sum(states[: len(states) // 4]) > sum(states[len(states) // 4 :])
    assert 0.8 < profile.skew < 1.6


def test_no_name_and_no_gist_of_the_dataset_comes_back(sources: Sources, many: Graph) -> None:
    ours = {str(text) for part in (RDFS.label, WK.gist, WK.degree) for text in sources.data.objects(None, part)}
    theirs = {str(text) for part in (RDFS.label, WK.gist, WK.degree) for text in many.objects(None, part)}
    assert not ours & theirs


def test_claims_and_articles_of_two_articles_have_other_iris(profile: Profile, gazetteer: Gazetteer) -> None:
    graphs = []
    for name_of_article in ("a1", "a2"):
        graph = Graph(bind_namespaces="none")
        for text in Article(profile, gazetteer, name_of_article, seed="1", scale=0.3).files().values():
            graph += parse_turtle(text)
        graphs.append(graph)
    one, other = (
        {node for kind in (WK.Claim, WK.Passage, WK.Article, WK.Narrator) for node in graph.subjects(RDF.type, kind)}
        for graph in graphs
    )
    assert one
    assert not one & other


def test_an_article_is_there_before_the_next_is_made(sources: Sources, tmp_path: Path) -> None:
    made = list(islice(generate(sources, tmp_path / "c", 100, scale=0.1), 2))
    assert sorted(path.name for path in (tmp_path / "c" / "articles").iterdir()) == [each.name for each in made]


def test_every_fault_changes_the_article_and_is_named(profile: Profile, gazetteer: Gazetteer) -> None:
    files = Article(profile, gazetteer, "a1", seed="1", scale=0.1).files()
    right = {path: text.encode() for path, text in files.items()}
    found = {broken(files, number)[0]: broken(files, number)[1] for number in range(len(FAULTS))}
    assert set(found) == set(FAULTS)
    assert all(wrong != right for wrong in found.values())


def test_as_many_articles_are_broken_as_were_asked_for(sources: Sources, tmp_path: Path) -> None:
    made = list(generate(sources, tmp_path / "c", 7, scale=0.1, wrong=3))
    assert [each.fault for each in made if each.fault] == list(FAULTS)[:3]


def test_what_makes_no_sense_is_refused(sources: Sources, tmp_path: Path) -> None:
    for numbers in ({"articles": 0}, {"articles": 1, "wrong": 2}, {"articles": 1, "scale": 0.0}):
        with pytest.raises(UsageError):
            list(generate(sources, tmp_path / "c", **numbers))
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mine").touch()
    with pytest.raises(UsageError, match="not an empty folder"):
        list(generate(sources, tmp_path / "c", 1))


def test_other_numbers_give_other_words() -> None:
    assert len({name(number, 2) for number in range(12_000)}) == 12_000
    assert words(Dice("a"), 3) == words(Dice("a"), 3) != words(Dice("b"), 3)


def test_the_gazetteer_grows_more_slowly_than_the_articles() -> None:
    assert sized(10) <= sized(1_000) < sized(100_000) < 100_000
