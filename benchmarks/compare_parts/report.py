"""Tell what was measured: how cost grows, a table in Markdown, and pictures in SVG."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, exp, floor, log, log10
from statistics import median
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from compare_parts.engines import STAGES, Engine, Run

OURS = "wakhan"
"""The engine that the others are compared with."""
_TELLING = 0.1  # seconds: less is noise, and so is less than half of what an engine costs without data
_FEW = 3
"""With fewer points nothing is said about growth."""
_COLORS = ("#0b6e4f", "#c8553d", "#2b59c3", "#a06cd5", "#8a6d00", "#0f8b8d", "#6b6b6b", "#d1495b")
_COLUMNS = (
    "engine", "articles", "triples", "runs", "least, s", "median, s", "most, s", "work alone, s", "times wakhan", "MB",
    "found", "answer",
)  # fmt: skip
_WIDTH, _HEIGHT, _LEFT, _TOP, _PLOT, _FLOOR = 800, 400, 64, 40, 500, 350


class Cell(NamedTuple):
    """An engine on an input.

    Attributes:
        engine: The engine.
        articles: How many articles the input has; 0 is the ontology alone.
        triples: How many triples the engine reads.
        runs: What each run cost and found; none if the engine was not started.
        verdict: How its answer differs from ours, or why there is none.
    """

    engine: Engine
    articles: int
    triples: int
    runs: tuple[Run, ...]
    verdict: str = ""

    @property
    def done(self) -> tuple[Run, ...]:
        """The runs that came to an end."""
        return tuple(run for run in self.runs if run.found is not None)


class Growth(NamedTuple):
    """How cost grows: seconds are proportional to triples to the power of *exponent*, fitted to so many *points*."""

    exponent: float
    factor: float
    points: int


def fit(points: Iterable[tuple[float, float]]) -> Growth | None:
    """Return the power law nearest to *points* of size and cost, by least squares of logarithms.

    Points that are not positive do not count; with fewer than two there is no law.

    Example:
        >>> fit([(10, 3), (100, 300), (1000, 30_000)])
        Growth(exponent=2.0, factor=0.03, points=3)
    """
    logs = [(log(size), log(cost)) for size, cost in points if size > 0 and cost > 0]
    if len({size for size, _ in logs}) < 2:
        return None
    middle = sum(size for size, _ in logs) / len(logs)
    height = sum(cost for _, cost in logs) / len(logs)
    slope = sum((size - middle) * (cost - height) for size, cost in logs) / sum((s - middle) ** 2 for s, _ in logs)
    return Growth(round(slope, 4), round(exp(height - slope * middle), 12), len(logs))


def growth(cells: Iterable[Cell]) -> Growth | None:
    """Return how the cost of one engine grows with the triples that articles add to what it reads without any.

    The least processor time of each size counts, less that of the input without articles; where the rest is lost in
    noise it does not count. With fewer than three sizes left there is no answer.
    """
    known = {cell.articles: cell for cell in cells if cell.done}
    base = known.pop(0, None)
    start, nothing = (min(run.cpu for run in base.done), base.triples) if base else (0.0, 0)
    costs = [(cell.triples - nothing, min(run.cpu for run in cell.done) - start) for cell in known.values()]
    telling = [(size, cost) for size, cost in costs if cost > max(_TELLING, start / 2)]
    return fit(telling) if len(telling) >= _FEW else None


def by_engine(cells: Iterable[Cell]) -> dict[Engine, list[Cell]]:
    """Return the cells of each engine, in the order of their first."""
    found: dict[Engine, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell.engine, []).append(cell)
    return found


def head(told: Mapping[str, Any], faults: int) -> str:
    """Return what stands above the tables: what was measured, how, and on what.

    Args:
        told: The machine, the options and the limits.
        faults: Of so many claims one was spoilt.
    """
    options, seconds, memory = told["options"], told["limits"]["seconds"], told["limits"]["memory"]
    sizes = ", ".join(f"{size:,}" for size in options["articles"])
    load = "; ".join(" ".join(map(str, loads)) for loads in told["load"].values())
    return f"""# Engines compared

Made by `python benchmarks/compare.py` from corpora of {sizes} articles (0: the ontology alone), seed {options["seed"]},
scale {options["scale"]:g}.

Machine: {told["processor"]}, {told["cores"]} cores, {told["memory_mb"]:,} MB; Python {told["python"]}; {told["java"]}.
Load before; after: {load}. Other work ran on the same cores: trust ratios and the least more than seconds.
The data of 1 and 10 articles are mostly the gazetteer that the articles share.

* Each run is a process of its own, from file to answer. *Least*, *median* and *most* are its seconds of processor time,
  of all its threads and of the processes that it starts; start and reading are in them. *Work alone* leaves both out
  where that could be measured.
* Engines took turns: up to {options["repeats"]} runs, none more after {options["budget"]:g} s. A run had {seconds} s of
  processor time and {memory:,} MB. Who failed at one size was not started at larger ones.
* *MB* is the most memory of the process, of several that of the largest. *Times wakhan* compares medians,
  where the answers are the same.
* *Answer* is empty where as much was found as by ours; of closures, where the triples are the same, but for blank nodes
  and what holds of everything. **A wrong answer has no speed.**
* *Exponent*: seconds grow with triples to this power, beyond what the engine costs with the ontology alone; fitted to
  the least of each size. With few points, or small ones, it says little.
* The shapes are those of the project without the two constraints that hold within one article only (one narrator, a
  name once); of {faults} claims one was spoilt."""


def to_markdown(cells: Sequence[Cell], head: str, versions: Mapping[str, str | None]) -> str:
    """Return all that was measured, as a page.

    Args:
        cells: What was measured.
        head: What stands above the tables.
        versions: The version of each engine by its key, None where it is missing.
    """
    parts = [head]
    for stage, what in STAGES.items():
        of_stage = [cell for cell in cells if cell.engine.stage == stage]
        if of_stage:
            parts += [f"\n## {stage}\n\n{what[0].upper()}{what[1:]}.\n\n![{stage}]({stage}.svg)\n", _table(of_stage)]
            parts += [_growth_table(of_stage, versions)]
    return "\n".join(parts)


def _table(cells: Sequence[Cell]) -> str:
    ours = {cell.articles: _median(cell) for cell in cells if cell.engine.name == OURS}
    rows = [f"| {' | '.join(_COLUMNS)} |\n| --- |{' ---: |' * (len(_COLUMNS) - 2)} --- |"]
    for cell in sorted(cells, key=lambda cell: cell.articles):
        start = f"| {cell.engine.name} | {cell.articles:,} | {cell.triples:,} | {len(cell.done)} "
        rows.append(f"{start}| {' | '.join(_numbers(cell, ours.get(cell.articles)))} | {cell.verdict} |")
    return "\n".join(rows)


def _median(cell: Cell) -> float | None:
    return median(run.cpu for run in cell.done) if cell.done else None


def _numbers(cell: Cell, ours: float | None) -> list[str]:
    middle = _median(cell)
    if middle is None:
        return [""] * 7
    cpu = [run.cpu for run in cell.done]
    works = [run.work for run in cell.done if run.work is not None]
    return [
        f"{min(cpu):.2f}",
        f"{middle:.2f}",
        f"{max(cpu):.2f}",
        f"{median(works):.3f}" if works else "",
        "" if ours is None or cell.verdict else f"{middle / ours:.2f}",
        f"{max(run.memory for run in cell.done):,.0f}",
        f"{cell.done[0].found:,}",
    ]


def _growth_table(cells: Sequence[Cell], versions: Mapping[str, str | None]) -> str:
    rows = ["\n| engine | version | exponent | points | |\n| --- | --- | ---: | ---: | --- |"]
    for engine, of_engine in by_engine(cells).items():
        law = growth(of_engine)
        told = ["", ""] if law is None else [f"{law.exponent:.2f}", str(law.points)]
        version = versions.get(engine.key) or "missing"
        rows.append(f"| {engine.name} | {version} | {' | '.join(told)} | {engine.note} |")
    return "\n".join(rows)


def to_json(cells: Iterable[Cell], versions: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Return each cell as what JSON can hold: every run, not only their median."""
    return [
        {
            "stage": cell.engine.stage,
            "engine": cell.engine.name,
            "version": versions.get(cell.engine.key),
            "articles": cell.articles,
            "triples": cell.triples,
            "verdict": cell.verdict,
            "runs": [_rounded(run) for run in cell.runs],
        }
        for cell in cells
    ]


def _rounded(run: Run) -> dict[str, Any]:
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in run._asdict().items()}


def to_svg(cells: Sequence[Cell]) -> str:
    """Return a picture of one stage: triples to the right, the median of processor time upwards, both as powers of ten.

    An engine whose answer is not ours has hollow marks and a broken line.
    """
    lines = {engine: _points(of_engine) for engine, of_engine in by_engine(cells).items()}
    lines = {engine: points for engine, points in lines.items() if points}
    if not lines:
        return ""
    xs, ys = (_Scale([point[axis] for points in lines.values() for point in points]) for axis in (0, 1))
    stage = cells[0].engine.stage
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(stage)}</title>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="20" font-size="14">{escape(stage)}: seconds of processor time by triples</text>',
        *_grid(xs, ys),
    ]
    for number, (engine, points) in enumerate(lines.items()):
        differs = any(cell.verdict for cell in cells if cell.engine == engine and cell.done)
        parts += _line(engine.name, [(xs.right(x), ys.up(y)) for x, y in points], number, differs)
    return "\n".join([*parts, "</svg>\n"])


def _points(cells: Iterable[Cell]) -> list[tuple[float, float]]:
    return [(cell.triples, max(_median(cell) or 0, 0.001)) for cell in cells if cell.done and cell.triples]


class _Scale:
    """Places numbers between the powers of ten around them."""

    def __init__(self, numbers: Sequence[float]) -> None:
        self.low, self.high = floor(log10(min(numbers))), ceil(log10(max(numbers)))
        self.high = max(self.high, self.low + 1)

    def _share(self, number: float) -> float:
        return (log10(number) - self.low) / (self.high - self.low)

    def right(self, number: float) -> float:
        return _LEFT + self._share(number) * _PLOT

    def up(self, number: float) -> float:
        return _FLOOR - self._share(number) * (_FLOOR - _TOP)

    @property
    def powers(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _grid(xs: _Scale, ys: _Scale) -> list[str]:
    across = [
        f'<path d="M{_LEFT} {ys.up(y):.1f}h{_PLOT}" stroke="#ddd"/>'
        f'<text x="{_LEFT - 6}" y="{ys.up(y) + 4:.1f}" text-anchor="end">{y:g}</text>'
        for y in ys.powers
    ]
    up = [
        f'<path d="M{xs.right(x):.1f} {_TOP}V{_FLOOR}" stroke="#ddd"/>'
        f'<text x="{xs.right(x):.1f}" y="{_FLOOR + 18}" text-anchor="middle">{x:,.0f}</text>'
        for x in xs.powers
    ]
    return across + up


def _line(name: str, points: Sequence[tuple[float, float]], number: int, differs: bool) -> list[str]:
    color, right, y = _COLORS[number % len(_COLORS)], _LEFT + _PLOT + 20, _TOP + 8 + 20 * number
    broken, fill = (' stroke-dasharray="5 4"', "#fff") if differs else ("", color)
    path = "L".join(f"{x:.1f} {up:.1f}" for x, up in points)
    told = f"{name} (another answer)" if differs else name
    return [
        f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"{broken}/>',
        *(f'<circle cx="{x:.1f}" cy="{up:.1f}" r="3.5" fill="{fill}" stroke="{color}"/>' for x, up in points),
        f'<path d="M{right} {y}h18" stroke="{color}" stroke-width="2"{broken}/>',
        f'<text x="{right + 24}" y="{y + 4}">{escape(told)}</text>',
    ]
