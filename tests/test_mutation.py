"""Each kind of damage is done as it says, and what the score calls noticed is what the complete check finds."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph

from wakhan.cli import cli
from wakhan.errors import UsageError, WakhanError
from wakhan.findings import Finding
from wakhan.mutation import mutate, places, to_dict, to_text
from wakhan.mutation.judge import Judge, _second_look, _whole
from wakhan.mutation.material import Material
from wakhan.mutation.mutants import Mutant, mutants
from wakhan.mutation.operators import OPERATORS, operators_named
from wakhan.sources import Sources, load_sources
from wakhan.validate import check_sources

ROOT = Path(__file__).parents[1]
FLOOR = 92
"""So many of a hundred mutants of the sample must be noticed by validation alone; of all it is more."""


@pytest.fixture(scope="module")
def real() -> Sources:
    return load_sources(ROOT)


@pytest.fixture
def tiny(tiny_root: Path) -> Sources:
    return load_sources(tiny_root)


def made(sources: Sources, sample: int) -> list[Mutant]:
    material = Material(sources.data, sources.ontology)
    return [mutant for operator in OPERATORS for mutant in mutants(material, operator, sample=sample, offset=0)[0]]


def damaged(sources: Sources, mutant: Mutant) -> Sources:
    data = Graph(bind_namespaces="none")
    for triple in sources.data:
        if triple not in mutant.removed:
            data.add(triple)
    for triple in mutant.added:
        data.add(triple)
    return replace(sources, files={next(iter(sources.files)): data})


def grave(sources: Sources) -> set[Finding]:
    found = check_sources(sources).findings
    return {finding._replace(place=None, related=(), predicate=None) for finding in found if finding.severity != "info"}


def test_each_mutant_is_another_dataset_and_always_the_same(real: Sources) -> None:
    found = made(real, 3)
    assert len({mutant.id for mutant in found}) == len(found)
    assert [mutant.id for mutant in made(load_sources(ROOT), 3)] == [mutant.id for mutant in found]
    for mutant in found:
        assert all(triple in real.data for triple in mutant.removed)
        assert all(triple not in real.data for triple in mutant.added)
        assert mutant.removed or mutant.added


def test_each_kind_of_damage_is_done_to_the_dataset(real: Sources) -> None:
    material = Material(real.data, real.ontology)
    assert {each.name for each in OPERATORS if mutants(material, each, sample=1, offset=0)[1] == 0} == set()
    assert len({each.name for each in OPERATORS}) == len(OPERATORS)


def test_what_is_noticed_is_what_the_complete_check_finds(tiny: Sources) -> None:
    """Nothing is called noticed that is not, and nothing is overlooked that only the complete check would see."""
    judge, before = Judge(_whole(tiny, False)), grave(tiny)
    wrong = []
    for mutant in made(tiny, 1):
        try:
            noticed = bool(grave(damaged(tiny, mutant)) - before)
        except WakhanError:  # such as two narrators, which the check refuses
            noticed = True
        if noticed != bool(judge.verdict(mutant).killer):
            wrong.append((mutant.operator, mutant.removed, mutant.added, noticed))
    assert wrong == []


def test_the_score_of_a_sample_keeps_to_its_floor(real: Sources) -> None:
    score = mutate(real, sample=2, workers=1)
    assert score.percent >= FLOOR, to_text(score)
    assert sum(each.made for each in score.tallies) > 80


def test_the_score_is_the_same_however_many_work(tiny: Sources) -> None:
    chosen = ["drop-type", "drop-claim", "misspell-property"]
    one, two = (mutate(tiny, operators=chosen, sample=3, workers=number) for number in (1, 2))
    assert to_dict(one) == to_dict(two)


def test_a_shape_that_always_comes_second_is_not_idle(real: Sources) -> None:
    whole, name = _whole(real, False), "shape:Article-narrator"
    material = Material(real.data, real.ontology)
    (dropping,) = operators_named(["drop-type"])
    lost = [mutant for mutant in mutants(material, dropping)[0] if mutant.removed[0][0] == material.narrator]
    assert name in whole.names
    assert name not in Judge(whole).verdict(lost[0]).rules
    assert _second_look(whole, {name}, lost) == {name: 1}
    assert not _second_look(whole, {name}, made(real, 1)[:2])


def test_survivors_have_places(real: Sources) -> None:
    score = mutate(real, operators=["label-swapped"], sample=12, workers=1)
    (tally,) = score.tallies
    assert tally.survivors
    where = places(score, real)
    for mutant in tally.survivors:
        place = where[mutant.id]
        assert place.line is not None
        assert str(mutant.removed[0][2]) in (ROOT / place.path).read_text().splitlines()[place.line - 1]
        assert f"at {place}" in to_text(score, where, shown=100)


def test_misuse_is_told(tiny: Sources, tiny_root: Path) -> None:
    with pytest.raises(UsageError, match="drop-everything"):
        mutate(tiny, operators=["drop-everything"])
    path = tiny_root / "data" / "actors.ttl"
    path.write_text(path.read_text() + "id:borland wk:memberOf id:pact .")
    with pytest.raises(WakhanError):
        mutate(load_sources(tiny_root), sample=1, workers=1)


def test_the_command_fails_below_its_floor(tiny_root: Path) -> None:
    args = ["mutate", "--operator", "misspell-property", "--sample", "3", "--workers", "1", "--root", str(tiny_root)]
    shown = CliRunner().invoke(cli, args, prog_name="wakhan")
    assert shown.exit_code == 0
    assert shown.stdout.endswith("%\n")
    percent = float(shown.stdout.split()[-2])
    told = CliRunner().invoke(cli, [*args, "--min-score", "100"], prog_name="wakhan")
    assert told.exit_code == (1 if percent < 100 else 0)
