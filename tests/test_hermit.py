"""A reasoner for all of OWL finds ontology and facts consistent; and it would find it if they were not.

Claims are left out: they reify triples, which OWL has no words for. HermiT comes with owlready2 and needs Java.
"""

import shutil
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.denials import negative_assertions
from wakhan.export import to_ntriples, without_claims
from wakhan.names import CLAIM, ID, WK
from wakhan.reason import union
from wakhan.sources import load_sources

owlready2 = pytest.importorskip("owlready2", reason="owlready2 is not installed (pip install owlready2)")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no java, which HermiT needs"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:owlready2", "ignore::ResourceWarning"),
]

CHECKOUT = Path(__file__).parents[1]


def is_consistent(graph: Graph, folder: Path) -> bool:
    """Tell whether *graph* has a model, by HermiT.

    What is not declared to be an object or data property HermiT would take for an annotation, and so overlook.
    """
    path = folder / "ontology.nt"
    path.write_text(to_ntriples(_declared(graph)), encoding="utf-8")
    world = owlready2.World()
    try:
        world.get_ontology(path.as_uri()).load()
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    finally:
        world.close()
    return True


def _declared(graph: Graph) -> Graph:
    """Return *graph* with a declaration of each class, property and individual that it uses without one."""
    declared = union(graph)
    properties = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for prop in {p for p in graph.predicates() if not _is_vocabulary(p)}:
        if not any((prop, RDF.type, kind) in graph for kind in properties):
            declared.add((prop, RDF.type, OWL.AnnotationProperty))
    for cls in {c for c in graph.objects(None, RDF.type) if isinstance(c, URIRef) and not _is_vocabulary(c)}:
        declared.add((cls, RDF.type, OWL.Class))
    return declared


def _is_vocabulary(node: Node) -> bool:
    return str(node).startswith((str(RDF), str(RDFS), str(OWL)))


def without_the_claims(root: Path) -> Graph:
    sources = load_sources(root)
    return union(sources.ontology, without_claims(sources.data), negative_assertions(sources.data))


def test_the_tiny_dataset_is_consistent(tiny_root: Path, tmp_path: Path) -> None:
    assert is_consistent(without_the_claims(tiny_root), tmp_path)


@pytest.mark.parametrize(
    "triple",
    [
        pytest.param((ID.pact, RDF.type, WK.State), id="disjoint classes"),
        pytest.param((ID.borland, WK.borders, ID.arland), id="denied, by symmetry"),
        pytest.param((ID.pact, WK.borders, ID.borland), id="disjoint classes, by the domain"),
    ],
)
def test_a_contradiction_is_found(triple: tuple[URIRef, URIRef, URIRef], tiny_root: Path, tmp_path: Path) -> None:
    graph = without_the_claims(tiny_root)
    graph.add(triple)
    assert not is_consistent(graph, tmp_path)


def test_a_denied_type_is_understood(tiny_root: Path, tmp_path: Path) -> None:
    graph = without_the_claims(tiny_root)
    denial = CLAIM["x/not"]
    graph += [(denial, RDF.type, OWL.Class), (denial, OWL.complementOf, WK.Agent), (ID.pact, RDF.type, denial)]
    assert not is_consistent(graph, tmp_path)


@pytest.fixture(scope="module")
def real() -> Graph:
    if not list((CHECKOUT / "ontology").glob("*.ttl")) or not list((CHECKOUT / "data").glob("**/*.ttl")):
        pytest.skip("the checkout has no dataset yet")
    return without_the_claims(CHECKOUT)


def test_the_dataset_is_consistent(real: Graph, tmp_path: Path) -> None:
    assert is_consistent(real, tmp_path)


def test_a_contradiction_in_the_dataset_is_found(real: Graph, tmp_path: Path) -> None:
    """Deny a fact: the first claimable one between two things."""
    facts = sorted(
        (s, p, o)
        for p in real.subjects(RDF.type, WK.ClaimableProperty)
        for s, o in real.subject_objects(p)
        if not isinstance(o, Literal)
    )
    assert facts, "no facts between things to deny"
    subject, prop, value = facts[0]
    denial = CLAIM["x/not"]
    contradiction = [
        (denial, RDF.type, OWL.NegativePropertyAssertion),
        (denial, OWL.sourceIndividual, subject),
        (denial, OWL.assertionProperty, prop),
        (denial, OWL.targetIndividual, value),
    ]
    assert not is_consistent(union(real, contradiction), tmp_path)
