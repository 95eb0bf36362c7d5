"""The score counts what should be noticed, and shows what was not."""

import json
from dataclasses import replace

from wakhan.mutation.mutants import Mutant
from wakhan.mutation.operators import OPERATORS, Operator
from wakhan.mutation.score import Score, Verdict, tally, to_dict, to_text
from wakhan.names import ID, WK, Triple

TRIPLE: Triple = (ID.arland, WK.memberOf, ID.pact)
WORSE = Operator("lose", "lose a triple", lambda material: iter(()))
AS_GOOD = replace(WORSE, name="vary", equally_true="Nobody can tell.")


def mutant(operator: Operator, note: str = "") -> Mutant:
    return Mutant(operator.name, (TRIPLE,), (), note)


def score() -> Score:
    judged = [
        (mutant(WORSE), Verdict("facts", ("missing-fact",))),
        (mutant(WORSE), Verdict("shapes", ("shape:A", "shape:B"))),
        (mutant(WORSE), Verdict("inference", ("cax-dw",))),
        (mutant(WORSE, "the last"), Verdict("", ("shape:Info",), ("members",))),
    ]
    free = [(mutant(AS_GOOD), Verdict("")), (mutant(AS_GOOD), Verdict("shapes", ("shape:A",)))]
    tallies = (tally(WORSE, 1_000, judged), tally(AS_GOOD, 2, free))
    return Score(tallies, {"shape:A": 2, "shape:B": 1}, ("shape:C",), {"triples": 12})


def test_only_what_should_be_noticed_counts() -> None:
    assert score().percent == 75
    assert [each.operator.name for each in score().counted] == ["lose"]
    assert Score((), {}, (), {}).percent == 100


def test_a_tally_tells_who_noticed_what() -> None:
    worse, free = score().tallies
    assert (worse.made, worse.killed, len(worse.survivors), worse.informed, worse.answered) == (4, 3, 1, 1, 1)
    assert worse.killers == {"facts": 1, "shapes": 1, "inference": 1}
    assert (free.made, free.killed, free.answered) == (2, 1, None)


def test_the_text_shows_numbers_survivors_and_reasons() -> None:
    text = to_text(score())
    (row,) = [line.split() for line in text.splitlines() if line.startswith("lose ")]
    assert row == ["lose", "1,000", "4", "1", "1", "1", "1", "75", "%", "1"]
    for part in ("Nobody can tell.", "- id:arland wk:memberOf id:pact", "(the last)"):
        assert part in text
    assert text.endswith("3 of 4 mutants were noticed by validation alone: 75.0 %\n")
    assert "id:arland" not in to_text(score(), shown=0)
    assert "shape:C" not in text  # other operators may have made it notice something


def test_idle_shapes_are_shown_where_all_operators_were_at_work() -> None:
    many = replace(score(), tallies=tuple(tally(each, 0, []) for each in OPERATORS))
    assert "Shapes that noticed nothing:\n  shape:C\n" in to_text(many)


def test_the_object_holds_all_and_is_json() -> None:
    told = json.loads(json.dumps(to_dict(score())))
    assert told["percent"] == 75
    assert told["idle"] == ["shape:C"]
    (survivor,) = told["operators"][0]["survivors"]
    assert survivor["removed"] == ["id:arland wk:memberOf id:pact"]
    assert told["operators"][1]["equallyTrue"] == "Nobody can tell."


def test_an_id_is_of_the_damage_alone() -> None:
    same, other = mutant(WORSE, "a"), mutant(WORSE, "b")
    assert same.id == other.id
    assert same.id != replace(same, removed=(), added=(TRIPLE,)).id
    assert same.id.startswith("lose-")
