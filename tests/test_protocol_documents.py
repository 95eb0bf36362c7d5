"""Every IRI of the dataset is described by a document that there is."""

from pathlib import Path

import pyoxigraph as ox
import pytest

import wakhan
from wakhan.formats.editions import Editions
from wakhan.formats.nanopub import to_nquads
from wakhan.protocol.documents import document_of

ROOT = Path(__file__).parents[1]
BASE = "https://w3id.org/wakhan/"


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("id/tajikistan", "id/tajikistan"),
        ("ontology", "ontology"),
        ("ontology/0.1.0", "ontology"),
        ("ontology/10.20.30", "ontology"),
        ("ontology/latest", "ontology/latest"),
        ("shape/prefix/wk", "shape"),
        ("claim/p05s1-1", "claim/p05s1-1"),
        ("claim/p05s1-1/head", "claim/p05s1-1"),
        ("claim/p05s1-1/", "claim/p05s1-1/"),
        ("claim/p05s1-1/a/b", "claim/p05s1-1/a/b"),
        ("claim/p05s1-1/head.ttl", "claim/p05s1-1/head.ttl"),
        ("dataset/facts", "dataset"),
        ("dataset", "dataset"),
        ("id/tajikistan/x", "id/tajikistan/x"),
        ("", ""),
    ],
)
def test_a_part_is_described_with_the_whole(name: str, document: str) -> None:
    assert document_of(name) == document


def test_every_iri_that_is_published_has_a_document() -> None:
    editions = Editions(wakhan.load(ROOT).sources)
    terms = {term for quad in ox.parse(to_nquads(editions), format=ox.RdfFormat.N_QUADS)
             for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)}  # fmt: skip
    iris = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    iris |= {str(term) for name in ("asserted", "shapes") for triple in editions.graph(name) for term in triple}
    names = {iri.removeprefix(BASE).partition("#")[0] for iri in iris if iri.startswith(BASE)} - {""}
    described = {str(subject).removeprefix(BASE) for subject in editions.graph("asserted").subjects()}
    assert {"ontology/0.1.0", "shape/prefix/wk", "claim/p05s1-1/head", "dataset/facts"} <= names
    assert not {document_of(name) for name in names} - described - {"ontology", "shape"}
