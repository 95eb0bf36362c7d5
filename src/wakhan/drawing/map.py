"""The map: who is said to control which border, who visited or is to visit whom, where the pipeline runs.

It draws what claims say and nothing else: no routes, no stops, no lengths. A state that is visited is hatched as a
whole, for a claim does not say where in it; what has no place in the data is listed below the map.
"""

from collections.abc import Sequence

from rdflib import Graph

from wakhan.drawing import block as blocks
from wakhan.drawing.block import Block
from wakhan.drawing.borders import CREDIT, load_borders
from wakhan.drawing.box import Box
from wakhan.drawing.font import wrap
from wakhan.drawing.ground import draw_ground
from wakhan.drawing.labels import Label, Plan, draw_labels, place_labels
from wakhan.drawing.legend import draw_legend
from wakhan.drawing.projection import Albers
from wakhan.drawing.spots import Sheet, find_spot, place_blocks, silent_blocks
from wakhan.drawing.statement import row
from wakhan.drawing.svg import Drawing, Link, document, element, text

TITLE = "Control, visits and the gas pipeline on the map"
DESCRIPTION = (
    "A map of Central Asia and Afghanistan. A thick line along a border, and the text beside it, say who is said to "
    "control it; a hollow line, who is said to have begun to control it, or some of it; hatching and text say which "
    "states were visited or are to be visited. Only an unbroken line and a full circle are what the article states "
    "itself; all else is reported, planned or less. What the data give no place for is listed below the map."
)
_UNPLACED = "Said of places that have no position in the data, or no room on this map:"
_KEY = (
    "Thick line: control of a border. Hollow line: start of control. Hatching: visit to a state. "
    "Arrow: beyond this map."
)
_MARGIN = 14.0


_WIDE = Plan("map", 1200, 830, (68.0, 38.4), 2000, 205, 3)
_NARROW = Plan("map-narrow", 400, 430, (65.6, 37.6), 1010, 0, 1)


def map_svg(graph: Graph, link: Link, *, narrow: bool = False) -> Drawing:
    """Return the map.

    Args:
        graph: Ontology and data.
        link: Gives the address of the page of an IRI.
        narrow: Whether it is for a phone: then numbers stand on the map, and the text below it. A page can hold both
            and show the one that fits: ``@media (max-width: 50rem) {.dw-map {display: none}}``, and the reverse.
    """
    plan = _NARROW if narrow else _WIDE
    frame = Box(0, 0, plan.width, plan.height)
    sheet = Sheet(frame, Albers((30, 48), plan.center, plan.radius, frame.center), load_borders())
    spoken = place_blocks(graph)
    found = [find_spot(graph, block, sheet) for block in [*spoken, *silent_blocks(graph, spoken)]]
    spots = [spot for spot in found if spot is not None and (spot.block.entries or spot.kind != "beyond")]
    labels = place_labels(graph, sheet, spots, plan)
    shown = {label.spot.thing for label in labels if label.is_card or label.number}
    below, height = _below(graph, plan, labels, [block for block in spoken if block.iri not in shown], link)
    body = [
        draw_ground(graph, sheet, spots, link, plan.name),
        draw_labels(graph, labels, plan, link),
        below,
    ]
    size = plan.width, plan.height + height
    rows = tuple(row(entry.said, graph, drawn=block.iri in shown) for block in spoken for entry in block.entries)
    svg = document(plan.name, size, TITLE, DESCRIPTION, body)
    return Drawing(svg, TITLE, DESCRIPTION, rows, plan.width, round(size[1]))


def _below(graph: Graph, plan: Plan, labels: Sequence[Label], unplaced: Sequence[Block], to: Link) -> tuple[str, float]:
    """Return what stands below the map, and its height: key, texts of the numbers, what has no place, source."""
    said = [entry.said for block in [*(label.spot.block for label in labels), *unplaced] for entry in block.entries]
    left, wide = _MARGIN, plan.width - 2 * _MARGIN
    drawn, height = draw_legend(said, left, plan.height + 12, wide)
    y = plan.height + 12 + height + 8
    key = wrap(_KEY, blocks.SMALL, wide)
    parts = [drawn, *(text(left, y + 8 + row * 16, line, "s q") for row, line in enumerate(key))]
    y += 4 + 16 * len(key)
    numbered = [label.numbered for label in labels if label.number]
    for title, listed in (("", numbered), (_UNPLACED, unplaced)):
        if not listed:
            continue
        lines = wrap(title, blocks.BODY, wide, bold=True)
        parts.append(element("path", d=f"M{left:.0f} {y:.0f}h{wide:.0f}", class_="rule"))
        parts += [text(left, y + 20 + row * 17, line, "b") for row, line in enumerate(lines)]
        y += 12 + len(lines) * 17
        boxes, high = blocks.columns(listed, Box(left, y, wide, 0), plan.columns)
        limit = blocks.limit_of(wide, plan.columns)
        parts += [blocks.draw(block, box, limit, graph, to) for block, box in zip(listed, boxes, strict=True)]
        y += high + 6
    parts.append(text(left, y + 8, CREDIT, "s q"))
    return "".join(parts), y + 20 - plan.height
