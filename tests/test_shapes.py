"""Every shape finds what it is there for: each example finds just what its first line says."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef

from wakhan.mutation.killers import ShapeKiller, Suspects
from wakhan.mutation.triples import is_ill_typed
from wakhan.names import SHAPE, local_name
from wakhan.sources import load_sources, read_turtle
from wakhan.validate import find_problems

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "tests/shapes").rglob("*.ttl"))
SOURCES = load_sources(ROOT)
TERM_SHAPES = {
    "Class",
    "ClaimableProperty",
    "Factuality",
    "Property",
    "PropertyShape",
    "Shape",
    "SparqlConstraint",
    "Term",
}
"""The shapes of terms: they look at the whole ontology, so that they are left out where they are not tested."""

MARK = "# finds: "
KINDS = (SH.PropertyShape, SH.SPARQLConstraint)
NAMES = sorted({local_name(shape) for kind in KINDS for shape in SOURCES.shapes.subjects(RDF.type, kind)})
TARGETED = sorted(local_name(shape) for shape in SOURCES.shapes.subjects(RDF.type, SH.NodeShape))


def first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0]


def without_targets(names: Iterable[str]) -> Graph:
    """Return the shapes, of which those that are named look at nothing."""
    shapes = Graph(bind_namespaces="none") + SOURCES.shapes
    for name in names:
        for target in (SH.targetClass, SH.targetSubjectsOf):
            shapes.remove((SHAPE[name], target, None))
    return shapes


OF_DATA = without_targets(TERM_SHAPES - {"Factuality"})


class Shapes:
    """The shapes of data, read once; the examples go in and out."""

    def __init__(self) -> None:
        self._killer = ShapeKiller(Graph(), SOURCES.ontology, OF_DATA)
        self._suspects = Suspects(self._killer)

    def find(self, example: Graph) -> set[str]:
        """Return what they find at all nodes of an *example*, and at those of the ontology that it makes wrong."""
        with self._killer.changed((), example):
            nodes = {*self._suspects.nodes((), set(example)), *example.subjects(), *example.objects()}
            hits = self._killer.hits(nodes)
        return {f"{hit.severity.capitalize()} {hit.rule.removeprefix('shape:')}" for hit in hits}


@pytest.fixture(scope="module")
def of_data() -> Shapes:
    return Shapes()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_example_finds_what_its_first_line_says(path: Path, of_data: Shapes) -> None:
    example = read_turtle(path)
    if path.parent.name in TERM_SHAPES or any(is_ill_typed(triple) for triple in example):
        shapes = SOURCES.shapes if path.parent.name in TERM_SHAPES else OF_DATA
        findings = find_problems(example, shapes, SOURCES.ontology)
        found = {f"{f.severity.capitalize()} {f.shape.removeprefix('shape:')}" for f in findings}
    else:
        found = of_data.find(example)
    assert MARK + (", ".join(sorted(found)) or "nothing") == first_line(path)


@pytest.mark.parametrize("shape", NAMES)
def test_shape_has_a_failing_example(shape: str) -> None:
    assert any(f" {shape}," in f"{first_line(path)}," for path in EXAMPLES)


@pytest.mark.parametrize("shape", TARGETED)
def test_target_has_a_passing_example(shape: str) -> None:
    assert first_line(ROOT / "tests/shapes" / shape / "complete.ttl") == f"{MARK}nothing"


def test_every_property_of_the_ontology_has_a_shape() -> None:
    kinds = ("ObjectProperty", "DatatypeProperty")
    owl = "http://www.w3.org/2002/07/owl#"
    declared = {
        term
        for kind in kinds
        for term in SOURCES.ontology.subjects(RDF.type, URIRef(owl + kind))
        if str(term).startswith("https://w3id.org/wakhan/ontology#")
    }
    assert len(declared) > 100
    assert declared - set(SOURCES.shapes.objects(None, SH.path)) == set()
