"""The dataset as pictures: a map, a timeline and a graph, as SVG without scripts, made of claims only."""

from wakhan.drawing.graph import graph_svg
from wakhan.drawing.locator import locator_svg
from wakhan.drawing.map import map_svg
from wakhan.drawing.svg import Drawing, Link, Row
from wakhan.drawing.timeline import timeline_svg

__all__ = ["Drawing", "Link", "Row", "graph_svg", "locator_svg", "map_svg", "timeline_svg"]
