"""Every stored query is well made, and its answers are those that are stored, on both engines."""

import csv
import io
import re
from functools import cache
from pathlib import Path

import pytest

import wakhan
from wakhan.dataset import Dataset
from wakhan.render import render

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests/queries"
CASES = sorted(path.relative_to(ANSWERS).with_suffix("").as_posix() for path in ANSWERS.rglob("*.csv"))
QUERIES = Dataset(ROOT).queries


@cache
def dataset() -> Dataset:
    return wakhan.load(ROOT)


def parameters(case: str) -> dict[str, str]:
    """Return what the name of an answer says: ``default``, or ``name=value`` pairs joined by ``&``."""
    binding = case.split("/")[1]
    return {} if binding == "default" else dict(pair.split("=") for pair in binding.split("&"))


def answer(case: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((ANSWERS / f"{case}.csv").read_text(encoding="utf-8"))))


@pytest.mark.parametrize("engine", ["fast", "reference"])
@pytest.mark.parametrize("case", CASES)
def test_answer_is_the_stored_one(case: str, engine: str) -> None:
    rows = dataset().answer(dataset().stored(case.split("/")[0]), parameters(case), engine)
    assert list(csv.reader(io.StringIO(render(rows, "csv", None)))) == answer(case)


@pytest.mark.parametrize("case", CASES)
def test_answer_is_the_same_on_the_closure(case: str) -> None:
    stored = dataset().stored(case.split("/")[0])
    bound = dataset().bind(stored, parameters(case))
    rows = wakhan.engine.run_fast(dataset().inferred_store, stored.text, bound)
    assert list(csv.reader(io.StringIO(render(rows, "csv", None)))) == answer(case)


@pytest.mark.parametrize("name", QUERIES)
def test_query_has_its_answers(name: str) -> None:
    bindings = [parameters(case) for case in CASES if case.split("/")[0] == name]
    assert {} in bindings, "the answer with the defaults is missing"
    for parameter in QUERIES[name].parameters:
        assert any(parameter.name in binding for binding in bindings), f"no answer with another {parameter.name}"


def test_a_row_that_names_a_claim_says_how_sure_it_is() -> None:
    silent = set()
    for name, stored in QUERIES.items():
        columns = dataset().answer(stored, {}).variables
        if "claim" in columns and "factuality" not in columns:
            silent.add(name)
    assert silent == {"why-noted"}  # which tells notes on claims, and nothing that they say


@pytest.mark.parametrize("name", QUERIES)
def test_query_gives_rows_for_its_defaults(name: str) -> None:
    assert len(answer(f"{name}/default")) > 1


@pytest.mark.parametrize("name", QUERIES)
def test_query_is_well_written(name: str) -> None:
    query = QUERIES[name]
    assert query.summary.endswith("?")
    assert query.description.strip().endswith(".")
    assert query.tags[0] == query.topic
    prefixes = re.findall(r"^PREFIX ([\w-]*): ", query.text, re.MULTILINE)
    body = query.text[query.text.index("SELECT") :]
    assert prefixes == sorted(prefixes)
    assert all(re.search(rf"(?<![\w<]){prefix}:", body) for prefix in prefixes)
    assert "ORDER BY" in body
    assert "\t" not in query.text
    assert query.text.endswith("\n")
    assert not query.text.endswith("\n\n")


@pytest.mark.parametrize("name", QUERIES)
def test_no_question_about_what_happened_is_answered_by_a_type_alone(name: str) -> None:
    kinds = "Event|Visit|Meeting|SpeechAct|Announcement|PressConference|Offensive|Deployment|Mobilization"
    assert not re.search(rf"\ba\s+wk:({kinds}|BorderFlight|Evacuation|Agreement)\b", QUERIES[name].text)


def test_there_are_enough_questions_on_every_topic() -> None:
    topics = [query.topic for query in QUERIES.values()]
    assert set(topics) == {"actors", "alliances", "infrastructure", "places", "events", "claims"}
    assert len(topics) >= 40
