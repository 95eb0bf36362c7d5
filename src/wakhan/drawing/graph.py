"""The graph of actors and alliances: a line is what is said of two of them, unbroken only where it is a fact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import Graph, URIRef

from wakhan.drawing import block as blocks
from wakhan.drawing.block import BODY, Block, Entry
from wakhan.drawing.box import Box
from wakhan.drawing.font import LINE, width, wrap
from wakhan.drawing.legend import draw_legend
from wakhan.drawing.lines import Line, draw_line, draw_words, place_lines
from wakhan.drawing.network import Tie, components, kind_of, ties
from wakhan.drawing.statement import Said, details, row
from wakhan.drawing.stress import layout, spread
from wakhan.drawing.svg import Drawing, Link, document, element, group, link, text
from wakhan.lookup import label

TITLE = "Who is related to whom"
DESCRIPTION = (
    "A graph of actors and alliances. A line between two is what is said of them: unbroken where the article states "
    "it; broken, with a word and a sign, where somebody else says so, or where it is denied, planned, possible or "
    "unknown. An arrow points from who does something to whom it concerns. A number on a line stands for the words "
    "below the drawing. A dark box is an alliance or a mechanism, a thick frame a state or a group of states, a round "
    "one a person. Visits, borders and what else has to do with places stand on the map and in the claims."
)
_NUMBERS = "Said where a line has a number:"
_OTHERS = "What else is said:"
_MARGIN = 14.0
_GAP = 40.0
_FEW = 5  # actors that stand in a row with others
_STYLE = (
    ".dw .node{fill:var(--dw-card);stroke:var(--dw-strong-line)}.dw .state .node{stroke:var(--dw-ink);stroke-width:2.2}"
    ".dw .alliance .node{fill:var(--dw-ink);stroke:var(--dw-ink)}.dw .alliance text{fill:var(--dw-paper)}"
    ".dw a:hover .line{stroke-width:4}.dw .tie{pointer-events:none}"
    ".dw text.badge{fill:var(--dw-paper)}.dw .ground{fill:var(--dw-paper);opacity:.85}"
    ".dw .wide-line{fill:none;stroke:transparent;stroke-width:12}"
)


@dataclass(frozen=True)
class _Plan:
    """One of the two sizes.

    Attributes:
        name: What makes its ids differ.
        width: The width of the drawing, in pixels.
        node: The width of a line of text in a box.
        room: How many times as much paper as boxes there is.
        columns: In how many columns the text below it is.
    """

    name: str
    width: float
    node: float
    room: float
    columns: int


_WIDE = _Plan("graph", 1200, 130, 4.6, 3)
_NARROW = _Plan("graph-narrow", 400, 96, 4.0, 1)


def graph_svg(graph: Graph, link: Link, *, narrow: bool = False) -> Drawing:
    """Return the graph of actors and alliances.

    Args:
        graph: Ontology and data.
        link: Gives the address of the page of an IRI.
        narrow: Whether it is for a phone: then only alliances and what is tied to them are drawn, and the rest is a
            list. See ``map_svg`` for a page with both.
    """
    plan = _NARROW if narrow else _WIDE
    found = ties(graph)
    shown = [tie for tie in found if not narrow or any(kind_of(graph, end) == "alliance" for end in tie.ends)]
    said = [each for tie in found for each in tie.said]
    key, height = draw_legend(said, _MARGIN, 8, plan.width - 2 * _MARGIN)
    boxes = _boxes(graph, shown, plan, 8 + height + 18)
    bottom = max((box.bottom for box in boxes.values()), default=height + 20) + _MARGIN
    lines = [
        line
        for line in place_lines(graph, shown, boxes, Box(2, 0, plan.width - 4, bottom), plan.node)
        if line.box is not None  # a line without a word would say nothing, or anything
    ]
    drawn = [each for line in lines for each in line.tie.said]
    below, height = _below(graph, lines, [each for each in said if each not in drawn], bottom, plan, link)
    parts = [
        element("style", _STYLE),
        key,
        *(draw_line(graph, line, link) for line in lines),
        *(_node(graph, node, box, plan, link) for node, box in boxes.items()),
        *(draw_words(line) for line in lines),
        below,
    ]
    size = plan.width, bottom + height
    rows = tuple(row(each, graph, drawn=each in drawn) for each in said)
    svg = document(plan.name, size, TITLE, DESCRIPTION, parts)
    return Drawing(svg, TITLE, DESCRIPTION, rows, round(size[0]), round(size[1]))


def _below(
    graph: Graph, lines: Sequence[Line], others: Sequence[Said], top: float, plan: _Plan, to: Link
) -> tuple[str, float]:
    """Return what is said where lines have numbers, and what has no line, by whom it is about; and their height."""
    wide, y, parts = plan.width - 2 * _MARGIN, top, []
    numbered = sorted((line for line in lines if line.number), key=lambda line: line.number)
    told = [part for line in numbered for part in _by_subject(graph, line.tie.said, f"{line.number}. ")]
    for title, listed in ((_NUMBERS, told), (_OTHERS, _by_subject(graph, others))):
        if listed:
            boxes, high = blocks.columns(listed, Box(_MARGIN, y + 38, wide, 0), plan.columns)
            limit = blocks.limit_of(wide, plan.columns)
            parts.append(element("path", d=f"M{_MARGIN:.0f} {y + 8:.0f}h{wide:.0f}", class_="rule"))
            parts.append(text(_MARGIN, y + 28, title, "b"))
            parts += [blocks.draw(block, box, limit, graph, to) for block, box in zip(listed, boxes, strict=True)]
            y += 38 + high + 6
    return "\n".join(parts), y - top


def _by_subject(graph: Graph, said: Iterable[Said], number: str = "") -> list[Block]:
    """Return statements under whom they are about, with the extent and the time that each of them gives."""
    by_subject: dict[URIRef, list[Entry]] = {}
    for each in said:
        words = f"{label(graph, each.predicate)} {label(graph, each.object)}"
        told = ", ".join(filter(None, (words, details(each, graph))))
        by_subject.setdefault(URIRef(str(each.subject)), []).append(Entry(each, told))
    return [Block(number + label(graph, node), node, tuple(entries)) for node, entries in by_subject.items()]


def _boxes(graph: Graph, found: Sequence[Tie], plan: _Plan, top: float) -> dict[URIRef, Box]:
    """Return where the actors go: each connected group by itself, the largest first, small ones below it."""
    boxes: dict[URIRef, Box] = {}
    x, y, bottom = _MARGIN, top, top
    for nodes in components({end for tie in found for end in tie.ends}, (tie.ends for tie in found)):
        sizes = [_node_size(graph, node, plan) for node in nodes]
        wide, high = _frame_size(sizes, plan)
        if x + wide > plan.width - _MARGIN + 0.5:
            x, y = _MARGIN, bottom + 28
        pairs = dict.fromkeys(tie.ends for tie in found if tie.ends[0] in nodes)
        edges = [(nodes.index(one), nodes.index(other)) for one, other in pairs]
        centers = layout(len(nodes), edges)
        if high > wide:  # the longer direction is the first that a layout gives
            centers = [(v, u) for u, v in centers]
        done = spread(centers, sizes, edges, Box(x, y, wide, high), _GAP)
        boxes |= dict(zip(nodes, done, strict=True))
        bottom = max([bottom, *(box.bottom for box in done)])
        x += wide + 40
    return boxes


def _frame_size(sizes: Sequence[tuple[float, float]], plan: _Plan) -> tuple[float, float]:
    """Return how much paper a connected group gets, in pixels."""
    full = plan.width - 2 * _MARGIN
    wide = min(full, sum(w for w, _ in sizes) + 150 * (len(sizes) - 1)) if len(sizes) < _FEW else full
    need = sum((w + _GAP) * (h + _GAP) for w, h in sizes) * plan.room / wide
    return wide, max(need if len(sizes) > 2 else 0.0, max(h for _, h in sizes))


def _lines(graph: Graph, node: URIRef, plan: _Plan) -> list[str]:
    name, bold = label(graph, node), kind_of(graph, node) in ("alliance", "state")
    return wrap(name, BODY, max(plan.node, *(width(word, BODY, bold=bold) for word in name.split())), bold=bold)


def _node_size(graph: Graph, node: URIRef, plan: _Plan) -> tuple[float, float]:
    bold = kind_of(graph, node) in ("alliance", "state")
    lines = _lines(graph, node, plan)
    return max(width(line, BODY, bold=bold) for line in lines) + 20, len(lines) * BODY * LINE + 11


def _node(graph: Graph, node: URIRef, box: Box, plan: _Plan, to: Link) -> str:
    kind = kind_of(graph, node) or "other"
    round_ = {"person": min(box.height / 2, 18), "alliance": 3, "state": 3}.get(kind, 0)
    shape = element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=round_, class_="node")
    weight = "b m" if kind in ("alliance", "state") else "m"
    words = [
        text(box.center[0], box.y + 5 + (place + 0.78) * BODY * LINE, line, weight)
        for place, line in enumerate(_lines(graph, node, plan))
    ]
    return group(link(to(node), label(graph, node), shape, *words), iri=node, class_=kind)
