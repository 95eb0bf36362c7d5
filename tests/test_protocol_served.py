"""What is served is an edition of the dataset, and the data of each of its IRIs."""

from pathlib import Path

import pytest

import wakhan
from wakhan.export import edition, to_ntriples
from wakhan.protocol.served import Described, source


@pytest.mark.parametrize("inferred", [False, True])
def test_the_triples_are_those_of_an_edition(inferred: bool, tiny_to_read: Path) -> None:
    dataset = wakhan.load(tiny_to_read)
    served = source(dataset, inferred=inferred)
    assert served.nquads.decode() == to_ntriples(edition(dataset.sources, "inferred" if inferred else "asserted"))
    assert served.inferred is inferred
    assert served.iri.startswith(served.base)
    assert served.edition == f"{served.base}data/void.ttl#{'inferred' if inferred else 'asserted'}"
    assert served.prefixes["wk"] == "https://w3id.org/wakhan/ontology#"


def test_an_iri_has_the_same_data_in_each_format_and_none_if_nothing_is_said_of_it(tiny_to_read: Path) -> None:
    dataset = wakhan.load(tiny_to_read)
    described = Described(dataset, source(dataset).base)
    subjects = {str(s) for s in dataset.sources.data.subjects() if str(s).startswith(source(dataset).base)}
    assert subjects
    for iri in subjects:
        data = described.data(iri.removeprefix(source(dataset).base))
        assert data is not None
        assert sorted(data) == [".jsonld", ".nt", ".ttl"]
        assert f"<{iri}>".encode() in data[".nt"]
    assert described.data("id/nowhere") is None
    assert described.data("") is None
    ontology = described.data("ontology")
    assert ontology is not None
    assert b"wk:Claim" in ontology[".ttl"]
