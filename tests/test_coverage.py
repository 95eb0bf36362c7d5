"""What is counted as put to use, and that this dataset keeps to its floors."""

import json
import tomllib
from pathlib import Path

import pytest

from wakhan import coverage as module
from wakhan.coverage import Coverage, Measure, Reach, coverage, shortfalls, to_dict
from wakhan.dataset import Dataset
from wakhan.engine import run_fast
from wakhan.errors import UsageError, WakhanError

ROOT = Path(__file__).parents[1]
FLOORS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["wakhan"]["coverage"]
PREFIXES = """\
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX wk: <https://w3id.org/wakhan/ontology#>
"""
DENIED = "SELECT ?claim WHERE { ?claim wk:factuality wk:Denied }"
OF_A_PASSAGE = "SELECT ?claim WHERE { ?claim wk:passage ?passage }"
PASSAGE = "{name: passage, type: iri, class: wk:Passage, default: art:p01s1}"


def ask(root: Path, text: str, *parameters: str, name: str = "asked", inference: bool = False) -> None:
    """Add a stored query to the dataset in *root*."""
    head = f"#+ summary: What?\n#+ inference: {json.dumps(inference)}\n#+ parameters: [{', '.join(parameters)}]\n"
    (root / "queries" / f"{name}.rq").write_text(f"{head}\n{PREFIXES}{text}\n", encoding="utf-8")


def add(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")


def measured(root: Path, examples: Path | None = None) -> Coverage:
    return coverage(Dataset(root), examples)


def reached(root: Path, name: str = "asked") -> Reach:
    return measured(root).queries[name]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return Dataset(ROOT)


# ---- claims ----


def test_a_claim_is_reached_when_an_answer_names_it(tiny_root: Path) -> None:
    before = measured(tiny_root).claims
    assert (before.covered, before.total) == (0, 4)
    assert before.missing == ("claim:p01s1-1", "claim:p01s2-1", "claim:p01s3-1", "claim:p01s3-2")
    ask(tiny_root, DENIED)
    after = measured(tiny_root).claims
    assert after.covered == 1
    assert set(before.missing) - set(after.missing) == {"claim:p01s2-1"}


def test_a_query_is_asked_with_its_default_and_every_instance_of_the_class(tiny_root: Path) -> None:
    ask(tiny_root, OF_A_PASSAGE, PASSAGE)
    assert reached(tiny_root) == Reach(asked=3, claims=4)
    ask(tiny_root, OF_A_PASSAGE, PASSAGE.replace("class: wk:Passage, ", ""))
    assert reached(tiny_root) == Reach(asked=1, claims=1)


def test_instances_of_the_classes_below_count(tiny_root: Path) -> None:
    speaker = "SELECT ?claim WHERE { ?claim wk:speaker ?who }"
    ask(tiny_root, speaker, "{name: who, class: wk:Agent, default: id:pact}")
    assert reached(tiny_root) == Reach(asked=5, claims=4)  # Mr. Cee, two states, an alliance and the narrator


def test_only_the_values_that_the_head_allows_are_asked_for(tiny_root: Path) -> None:
    text = "SELECT ?claim WHERE { ?claim wk:factuality ?sure }"
    ask(tiny_root, text, "{name: sure, default: wk:Denied, values: [wk:Denied, wk:Affirmed, wk:Unknown]}")
    assert reached(tiny_root) == Reach(asked=3, claims=2)


def test_one_parameter_is_changed_at_a_time(tiny_root: Path) -> None:
    text = "SELECT ?claim WHERE { ?claim wk:passage ?passage ; wk:factuality ?sure }"
    sure = "{name: sure, default: wk:Planned, values: [wk:Planned, wk:Denied]}"
    ask(tiny_root, text, PASSAGE, sure)
    assert reached(tiny_root) == Reach(asked=4, claims=2)


def test_a_default_that_the_dataset_has_not_is_not_asked_for(tiny_root: Path) -> None:
    ask(tiny_root, OF_A_PASSAGE, PASSAGE.replace("art:p01s1", "art:p99s9"))
    assert reached(tiny_root) == Reach(asked=3, claims=4)
    ask(tiny_root, OF_A_PASSAGE, "{name: passage, type: iri, default: art:p99s9}")
    assert reached(tiny_root) == Reach(asked=0, claims=0)


def test_a_value_that_must_be_given_is_given(tiny_root: Path) -> None:
    ask(tiny_root, OF_A_PASSAGE, "{name: passage, required: true, class: wk:State}")
    assert reached(tiny_root) == Reach(asked=2, claims=0)
    ask(tiny_root, OF_A_PASSAGE, "{name: passage, class: wk:State}")
    assert reached(tiny_root) == Reach(asked=3, claims=4)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?claim WHERE { ?claim wk:passage ?passage } ORDER BY ?claim LIMIT 1",
        "SELECT ?claim WHERE { ?claim wk:passage ?passage } ORDER BY ?claim OFFSET 1",
        "SELECT (SAMPLE(?each) AS ?claim) WHERE { ?each wk:passage ?passage }",
        "SELECT (min(?each) AS ?claim) WHERE { ?each wk:passage ?passage }",
        "SELECT (SAMPLE(?each) AS ?claim) WHERE { ?each wk:passage ?passage } GROUP BY ?passage",
    ],
)
def test_where_rows_depend_on_others_each_value_is_asked_for_alone(text: str, tiny_root: Path) -> None:
    ask(tiny_root, text, PASSAGE)
    # there are two claims in the last of the three passages
    assert reached(tiny_root) == Reach(asked=3, claims=1 if "OFFSET" in text else 3)


def test_words_that_are_names_do_not_slow_a_query_down(tiny_root: Path) -> None:
    ask(tiny_root, "# LIMIT\nSELECT ?count WHERE { ?count wk:passage ?passage }", PASSAGE)
    dataset = Dataset(tiny_root)
    stored = dataset.stored("asked")
    assert [len(list(module._texts(stored, batch))) for batch in module._questions(dataset, stored)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("SELECT (MIN(?each) AS ?claim) WHERE { ?each wk:passage ?passage } GROUP BY ?passage", 1),
        ("SELECT (MIN(?each) AS ?claim) WHERE { ?each wk:passage ?passage } GROUP BY ?passage LIMIT 1", 3),
        ("SELECT (MIN(?each) AS ?claim) WHERE { ?each wk:passage ?passage ; wk:speaker ?voice } GROUP BY ?voice", 3),
        ("SELECT ?n { ?c wk:passage ?passage { SELECT (COUNT(*) AS ?n) { ?a ?b ?d } GROUP BY ?passage } }", 3),
    ],
)
def test_what_is_grouped_by_the_parameter_is_asked_for_at_once(text: str, times: int, tiny_root: Path) -> None:
    ask(tiny_root, text, PASSAGE)
    dataset = Dataset(tiny_root)
    stored = dataset.stored("asked")
    (_, values) = module._questions(dataset, stored)
    assert len(values) == 3
    assert len(list(module._texts(stored, values))) == times


def test_very_many_values_are_asked_for_in_several_queries(tiny_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(tiny_root, OF_A_PASSAGE, PASSAGE)
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    assert reached(tiny_root) == Reach(asked=3, claims=4)


def test_a_query_that_needs_inference_gets_it(tiny_root: Path) -> None:
    text = "SELECT ?claim WHERE { ?alliance wk:hasMember ?one . ?claim rdf:object ?alliance }"
    ask(tiny_root, text, inference=False)
    assert reached(tiny_root).claims == 0
    ask(tiny_root, text, inference=True)
    assert reached(tiny_root).claims == 1


def test_a_query_that_reaches_every_claim_is_not_selective(tiny_root: Path) -> None:
    ask(tiny_root, OF_A_PASSAGE, PASSAGE)
    ask(tiny_root, DENIED, name="denied")
    found = measured(tiny_root)
    assert (found.claims.covered, found.selective.covered) == (4, 1)
    assert len(found.selective.missing) == 3


def test_a_query_that_cannot_be_asked_is_told_with_its_file(tiny_root: Path) -> None:
    ask(tiny_root, "CONSTRUCT WHERE { ?claim wk:passage ?passage }", PASSAGE)
    with pytest.raises(WakhanError, match=r"asked\.rq: this query has no WHERE part"):
        measured(tiny_root)


# ---- terms ----


def test_a_term_is_used_in_a_description_a_fact_or_a_claim(tiny_root: Path) -> None:
    terms = measured(tiny_root).terms
    assert terms.missing == ()
    assert terms.implied == (
        "wk:ClaimableClass", "wk:ClaimableProperty", "wk:Event", "wk:Factuality", "wk:hasMember",
    )  # fmt: skip
    assert terms.covered == terms.total - 5  # wk:Visit and wk:borders are used in claims only


def test_a_term_that_nobody_uses_is_missing(tiny_root: Path) -> None:
    add(tiny_root, "ontology/tiny.ttl", "wk:Unused a owl:Class . wk:unused a owl:DatatypeProperty .\n")
    add(tiny_root, "ontology/tiny.ttl", "<https://example.org/Other> a owl:Class . wk:other a rdfs:Datatype .\n")
    before = measured(tiny_root).terms
    assert before.missing == ("wk:Unused", "wk:unused")
    add(tiny_root, "data/actors.ttl", "id:pact a wk:Unused .\n")
    after = measured(tiny_root).terms
    assert after.missing == ("wk:unused",)
    assert (after.covered, after.total) == ((before.covered or 0) + 1, before.total)


def test_a_property_above_a_claimed_one_is_implied(tiny_root: Path) -> None:
    add(tiny_root, "ontology/tiny.ttl", "wk:nears a owl:ObjectProperty . wk:borders rdfs:subPropertyOf wk:nears .\n")
    assert "wk:nears" in measured(tiny_root).terms.implied


# ---- shapes ----

MORE_SHAPES = """
shape:Claim sh:closed true ; sh:sparql shape:Claim-query .
shape:Claim-query a sh:SPARQLConstraint ; sh:select "SELECT $this WHERE { FILTER (false) }" .
shape:Open sh:targetClass wk:Nothing ; a sh:NodeShape ; sh:closed false .
"""


def test_without_examples_it_is_not_known_which_shapes_can_fail(tiny_root: Path) -> None:
    add(tiny_root, "examples/of-something-else.ttl", "# nothing is said of what this finds\n")
    for examples in (None, tiny_root / "nowhere", tiny_root / "examples"):
        found = measured(tiny_root, examples)
        assert (found.shapes.covered, found.shapes.total, found.shapes.missing) == (None, 1, ())
        assert found.examples == {}


def test_a_shape_is_able_to_fail_if_an_example_says_so(tiny_root: Path) -> None:
    add(tiny_root, "ontology/shapes/tiny.ttl", MORE_SHAPES)
    add(tiny_root, "examples/Claim/a.ttl", "# finds: Warning Claim-other, Violation Claim-speaker\n")
    add(tiny_root, "examples/Claim/b.ttl", "# finds: Violation Claim-speaker\n")
    add(tiny_root, "examples/Claim/complete.ttl", "# finds: nothing\n")
    found = measured(tiny_root, tiny_root / "examples")
    assert found.examples == {
        "shape:Claim": (),
        "shape:Claim-query": (),
        "shape:Claim-speaker": ("Claim/a.ttl", "Claim/b.ttl"),
    }
    assert (found.shapes.covered, found.shapes.total) == (1, 3)
    assert found.shapes.missing == ("shape:Claim", "shape:Claim-query")


def test_a_constraint_without_a_name_counts_as_the_shape_above_it(tiny_root: Path) -> None:
    add(tiny_root, "ontology/shapes/tiny.ttl", "shape:Deep a sh:NodeShape ; sh:node [ sh:property [ sh:path wk:a ] ] .")
    assert measured(tiny_root).shapes.total == 2


def test_it_is_told_how_many_nodes_a_shape_looks_at(tiny_root: Path) -> None:
    add(tiny_root, "ontology/shapes/tiny.ttl", MORE_SHAPES)
    assert measured(tiny_root).focus_nodes == {"shape:Claim": 4, "shape:Open": 0}


# ---- passages ----


def test_a_passage_needs_a_claim_or_a_reason_for_none(tiny_root: Path) -> None:
    assert (measured(tiny_root).passages.covered, measured(tiny_root).passages.total) == (3, 3)
    add(tiny_root, "data/article.ttl", "art:p02s1 a wk:Passage . art:p02s2 a wk:Passage .\n")
    assert measured(tiny_root).passages.missing == ("art:p02s1", "art:p02s2")
    add(tiny_root, "data/article.ttl", 'art:p02s1 wk:withoutClaims "It is a greeting."@en .\n')
    assert measured(tiny_root).passages.missing == ("art:p02s2",)


# ---- floors ----


def with_claims(covered: int | None, missing: tuple[str, ...] = (), total: int = 40) -> Coverage:
    full = Measure("others", 0, 0)
    return Coverage(Measure("claims", covered, total, missing), full, full, full, full, {}, {}, {})


def test_what_is_below_its_floor_is_told_with_what_is_missing() -> None:
    missing = tuple(f"claim:{number}" for number in range(1, 13))
    (told,) = shortfalls(with_claims(28, missing), {"claims": 70.5})
    assert told == (
        "claims: 28 of 40, and the floor is 70.5 %; missing: claim:1, claim:2, claim:3, claim:4, claim:5, claim:6, "
        "claim:7, claim:8, claim:9, claim:10 and 2 more"
    )
    assert shortfalls(with_claims(28, missing), {"claims": 70}) == []
    assert shortfalls(with_claims(28, missing), {}) == []


def test_nothing_at_all_is_covered_and_the_unknown_is_not() -> None:
    assert shortfalls(with_claims(0, total=0), {"claims": 100, "shapes": 100}) == []
    assert shortfalls(with_claims(None), {"claims": 0}) == ["claims: not known of 40, and the floor is 0 %"]


def test_a_floor_for_what_is_not_measured_is_misuse() -> None:
    with pytest.raises(UsageError, match=r"'claim'\n  It can be: claims, selective, terms, shapes, passages\."):
        shortfalls(with_claims(1), {"claim": 1})


# ---- this dataset ----


@pytest.fixture(scope="module")
def real(dataset: Dataset) -> Coverage:
    return coverage(dataset, ROOT / "tests" / "shapes")


def test_this_dataset_keeps_to_its_floors(real: Coverage) -> None:
    assert shortfalls(real, FLOORS) == []


def test_each_measure_of_this_dataset_has_a_floor_that_something_must_reach(real: Coverage) -> None:
    assert list(FLOORS) == list(real.measures)
    assert all(measure.total > 50 for measure in real.measures.values())
    assert min(FLOORS.values()) > 50


def test_each_shape_of_this_dataset_looks_at_something(real: Coverage) -> None:
    assert len(real.focus_nodes) > 20
    assert [shape for shape, number in real.focus_nodes.items() if number == 0] == []


def test_the_numbers_of_each_measure_add_up(real: Coverage) -> None:
    for measure in real.measures.values():
        assert measure.covered is not None
        assert measure.covered + len(measure.missing) + len(measure.implied) == measure.total


def test_it_can_be_written_as_json(real: Coverage) -> None:
    told = json.loads(json.dumps(to_dict(real)))
    assert set(told) == {"measures", "queries", "examples", "focus_nodes"}
    assert told["measures"]["terms"]["implied"] == list(real.terms.implied)
    assert told["queries"]["passage"] == real.queries["passage"]._asdict()
    assert "Claim/without-speaker.ttl" in told["examples"]["shape:Claim-speaker"]
    assert all(list(part) == sorted(part) for part in (told["queries"], told["focus_nodes"]))


def test_to_ask_for_many_values_at_once_is_to_ask_for_each(dataset: Dataset) -> None:
    at_once = 0
    for stored in dataset.queries.values():
        store = dataset.inferred_store if stored.inference else dataset.store
        for batch in (whole[:: max(1, len(whole) // 8)] for whole in module._questions(dataset, stored)):
            texts = list(module._texts(stored, batch))
            alone = [run_fast(store, stored.text, bindings) for bindings in batch]
            together = [run_fast(store, text) for text in texts]
            assert {term for rows in together for row in rows.terms for term in row} == {
                term for rows in alone for row in rows.terms for term in row
            }
            at_once += len(texts) < len(batch)
    assert at_once > 20
