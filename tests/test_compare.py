"""The comparison of engines: that a run is measured, compared and told, and that growth is computed rightly."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
PARTS = ("compare_parts", "compare_parts.engines", "compare_parts.report", "compare_parts.tasks", "compare", "validate")


class Parts:
    """The modules of the benchmark, which are in no package that is installed."""

    def __init__(self) -> None:
        self.engines: Any = importlib.import_module("compare_parts.engines")
        self.report: Any = importlib.import_module("compare_parts.report")
        self.tasks: Any = importlib.import_module("compare_parts.tasks")
        self.compare: Any = importlib.import_module("compare")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parts]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield Parts()
    for name in PARTS:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the command: one article, two stages, ours and one that is missing."""
    out = tmp_path_factory.mktemp("results")
    wanted = ["--articles", "1", "--repeats", "2", "--stages", "parse", "counts", "--engines", "wakhan", "rudof"]
    command = [sys.executable, str(BENCHMARKS / "compare.py"), "--out", str(out), "--scale", "0.02", *wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


def cells(results: Path) -> list[dict[str, Any]]:
    told: dict[str, Any] = json.loads((results / "results.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = told["cells"]
    return found


def test_each_run_is_told_with_its_cost_and_what_it_found(results: Path) -> None:
    ours = [cell for cell in cells(results) if cell["engine"] == "wakhan"]
    assert [cell["stage"] for cell in ours] == ["parse", "counts"]
    for cell in ours:
        assert len(cell["runs"]) == 2
        for run in cell["runs"]:
            assert run["found"] > 0
            assert run["cpu"] > run["work"] >= 0
            assert run["memory"] > 5
    assert ours[0]["runs"][0]["found"] == ours[0]["triples"]


def test_an_engine_that_is_missing_is_told(results: Path) -> None:
    missing = [cell for cell in cells(results) if cell["engine"] == "rudof"]
    assert [(cell["verdict"], cell["version"], cell["runs"]) for cell in missing] == [("missing", None, [])] * 2
    assert "| rudof | 1 |" in (results / "results.md").read_text(encoding="utf-8")


def test_the_table_has_a_row_for_each_engine_and_input(results: Path) -> None:
    text = (results / "results.md").read_text(encoding="utf-8")
    for cell in cells(results):
        section = text.partition(f"\n## {cell['stage']}\n")[2].partition("\n## ")[0]
        start = f"| {cell['engine']} | {cell['articles']:,} | {cell['triples']:,} | {len(cell['runs'])} |"
        assert section.count(start) == 1


def test_the_table_has_as_many_columns_in_each_row(results: Path) -> None:
    tables = (results / "results.md").read_text(encoding="utf-8").split("\n\n")
    rows = [[line.count("|") for line in table.splitlines()] for table in tables if table.startswith("|")]
    assert rows
    assert all(len(set(counts)) == 1 for counts in rows)


def test_a_picture_shows_each_engine_that_was_measured(results: Path) -> None:
    root = ElementTree.fromstring((results / "parse.svg").read_text(encoding="utf-8"))
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "wakhan" in texts
    assert "rudof" not in texts


@pytest.mark.parametrize("exponent", [0.5, 1.0, 2.0])
def test_the_fit_finds_the_power_in_made_numbers(exponent: float, parts: Parts) -> None:
    law = parts.report.fit([(size, 0.25 * size**exponent) for size in (10, 200, 3_000)])
    assert law.exponent == pytest.approx(exponent, abs=1e-3)
    assert law.factor == pytest.approx(0.25, rel=1e-3)
    assert law.points == 3


def test_points_of_one_size_have_no_law(parts: Parts) -> None:
    assert parts.report.fit([(10, 1), (10, 2), (0, 3), (20, 0)]) is None


def cell_of(parts: Parts, articles: int, triples: int, cpu: list[float], stage: str = "parse") -> Any:  # noqa: ANN401
    engine = parts.engines.Engine(stage, "wakhan", "own", "wakhan")
    runs = tuple(parts.engines.Run(seconds, seconds, 10, found=1) for seconds in cpu)
    return parts.report.Cell(engine, articles, triples, runs)


def test_what_an_engine_costs_without_data_is_no_part_of_its_growth(parts: Parts) -> None:
    made = [cell_of(parts, 0, 500, [1.2, 1.0])]
    made += [cell_of(parts, size, 500 + size, [9 + size / 50, 1 + size / 100]) for size in (100, 1_000, 10_000)]
    assert parts.report.growth(made).exponent == pytest.approx(1, abs=1e-3)


def test_growth_that_is_lost_in_noise_is_not_told(parts: Parts) -> None:
    made = [cell_of(parts, size, size, [1 + size / 10_000]) for size in (0, 10, 100, 1_000)]
    assert parts.report.growth(made) is None


def test_the_table_tells_least_median_most_and_ratio(parts: Parts) -> None:
    ours, theirs = cell_of(parts, 1, 10, [1.0, 4.0, 2.0]), cell_of(parts, 1, 10, [5.0, 6.0, 7.0])
    theirs = theirs._replace(engine=theirs.engine._replace(name="other"))
    text = parts.report.to_markdown([ours, theirs], "# Head", {})
    assert "| wakhan | 1 | 10 | 3 | 1.00 | 2.00 | 4.00 |  | 1.00 | 10 | 1 |  |" in text
    assert "| other | 1 | 10 | 3 | 5.00 | 6.00 | 7.00 |  | 3.00 | 10 | 1 |  |" in text


def test_a_wrong_answer_has_no_ratio(parts: Parts) -> None:
    ours, theirs = cell_of(parts, 1, 10, [1.0]), cell_of(parts, 1, 10, [0.5])
    theirs = theirs._replace(engine=theirs.engine._replace(name="other"), verdict="not 7")
    text = parts.report.to_markdown([ours, theirs], "# Head", {})
    assert "| other | 1 | 10 | 1 | 0.50 | 0.50 | 0.50 |  |  | 10 | 1 | not 7 |" in text


def run(parts: Parts, code: str, folder: Path, **limits: int) -> Any:  # noqa: ANN401
    command = [sys.executable, "-S", "-c", code]
    return parts.engines.measure(command, folder, parts.engines.Limits(**limits), lambda _: 7)


def test_a_run_without_answer_of_its_own_is_counted(parts: Parts, tmp_path: Path) -> None:
    found = run(parts, "print('x')", tmp_path)
    assert (found.found, found.error) == (7, "")


def test_memory_is_that_of_the_measured_process(parts: Parts, tmp_path: Path) -> None:
    little, much = (run(parts, f"b'x' * {size << 20}", tmp_path) for size in (1, 60))
    assert little.memory < 25
    assert 55 < much.memory - little.memory < 65


@pytest.mark.parametrize(
    ("code", "limits", "error"),
    [
        ("while True: pass", {"seconds": 1}, "not done in 1 s of processor time"),
        ("import time; time.sleep(9)", {"clock": 1}, "not done in 1 s"),
        ("b'x' * (400 << 20)", {"memory": 100}, "not done in 100 MB"),
        ("raise SystemExit('no such thing')", {}, "failed with status 1: no such thing"),
    ],
)
def test_why_a_run_came_to_nothing_is_told(
    code: str, limits: dict[str, int], error: str, parts: Parts, tmp_path: Path
) -> None:
    stopped = run(parts, code, tmp_path, **limits)
    assert stopped.found is None
    assert stopped.error == error


def test_what_a_stopped_run_has_started_is_stopped_too(parts: Parts, tmp_path: Path) -> None:
    child = tmp_path / "child"
    code = (
        f"import subprocess, time; p = subprocess.Popen(['sleep', '60']); open({str(child)!r}, 'w').write(str(p.pid))"
    )
    assert run(parts, f"{code}; time.sleep(60)", tmp_path, clock=1).error == "not done in 1 s"
    status = Path(f"/proc/{child.read_text(encoding='utf-8')}/stat")
    assert not status.exists() or status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"


def test_a_command_that_is_not_there_is_told(parts: Parts, tmp_path: Path) -> None:
    stopped = parts.engines.measure(["/no/such/tool"], tmp_path, parts.engines.Limits(), lambda _: 7)
    assert "No such file" in stopped.error


def test_another_answer_than_ours_is_told(parts: Parts, tmp_path: Path) -> None:
    ours = {"validate": parts.engines.Run(1, 1, 1, found=4)}
    engine = parts.engines.Engine("validate", "rudof", "peers", "pyrudof")
    same, other = (parts.engines.Run(1, 1, 1, found=found) for found in (4, 3))
    assert parts.compare.difference(engine, same, ours, tmp_path) == ""
    assert parts.compare.difference(engine, other, ours, tmp_path) == "not 4"


def test_one_contradiction_is_as_good_as_several(parts: Parts, tmp_path: Path) -> None:
    engine = parts.engines.Engine("consistency", "hermit", "peers", "owlready2")
    ours = {"consistency": parts.engines.Run(1, 1, 1, found=4)}
    yes, no = (parts.engines.Run(1, 1, 1, found=found) for found in (1, 0))
    assert parts.compare.difference(engine, yes, ours, tmp_path) == ""
    assert parts.compare.difference(engine, no, ours, tmp_path) == "not 4"


def test_closures_are_compared_by_their_triples(parts: Parts, tmp_path: Path) -> None:
    decimal = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    ours = f'<urn:a> <urn:b> "1.50"{decimal} .\n<urn:a> <urn:b> <urn:c> .\n_:x <urn:b> <urn:c> .\n'
    theirs = f'<urn:a> <urn:b> "1.5"{decimal} .\n<urn:a> <urn:b> <urn:d> .\n"x" <urn:b> <urn:c> .\n'
    theirs += "<urn:a> <http://www.w3.org/2002/07/owl#sameAs> <urn:a> .\n"
    (tmp_path / "ours.nt").write_text(ours, encoding="utf-8")
    (tmp_path / "closure.nt").write_text(theirs, encoding="utf-8")
    engine = parts.engines.Engine("reason", "other", "own", "other")
    told = parts.compare.difference(engine, parts.engines.Run(1, 1, 1, found=3), {}, tmp_path)
    assert told == "1 missing, 1 more"


def test_a_report_without_verdict_is_no_answer(parts: Parts, tmp_path: Path) -> None:
    count = parts.engines.counter(parts.engines.Engine("validate", "jena", "jena", ""))
    report = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n[] sh:result [], [] "
    (tmp_path / "output").write_text(f"{report}; sh:conforms false .", encoding="utf-8")
    assert count(tmp_path) == 2
    (tmp_path / "output").write_text(f"{report}.", encoding="utf-8")
    with pytest.raises(ValueError, match="no validation report"):
        count(tmp_path)


def test_every_engine_in_python_has_a_task(parts: Parts) -> None:
    in_python = {engine.key for engine in parts.engines.ENGINES if engine.home in ("own", "peers")}
    assert in_python == set(parts.tasks.TASKS)


def test_each_stage_has_ours_first(parts: Parts) -> None:
    for stage in parts.engines.STAGES:
        assert next(each for each in parts.engines.ENGINES if each.stage == stage).name == parts.report.OURS


def test_one_claim_of_a_hundred_is_spoilt(parts: Parts) -> None:
    lines = "".join(
        f"<urn:c{number:03}> a wk:Claim ; wk:factuality wk:Affirmed ; wk:passage <urn:p> ; wk:speaker <urn:s> .\n"
        for number in range(250)
    )
    data = parts.compare.parse_turtle(f"@prefix wk: <https://w3id.org/wakhan/ontology#> .\n{lines}")
    lost = {(str(s), str(p).rpartition("#")[2]) for s, p, _ in data - parts.compare.spoilt(data)}
    assert lost == {("urn:c000", "factuality"), ("urn:c100", "passage"), ("urn:c200", "speaker")}
