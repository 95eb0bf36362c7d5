"""Where the terms of N-Triples and N-Quads stand."""

import pytest
from rdflib import BNode, Literal, URIRef

from wakhan.positions import Position, Statement, find_positions

TEXT = """\
# <a:a> <b:b> <c:c> .

<a:a> <b:b> "x \\"y\\" # z"@en-GB .
\t<a:é>\t\t<b:b>  "𐎀"^^<d:d>.# <e:e>
_:a.b <b:b> _:c .
"""


@pytest.mark.parametrize("form", ["nt", "nquads"])
def test_terms_have_their_places(form: str) -> None:
    positions = find_positions(TEXT, form=form)
    assert positions.triple((URIRef("a:a"), URIRef("b:b"), Literal('x "y" # z', lang="en-GB"))) == (
        Statement(Position(3, 1, 3, 6), Position(3, 7, 3, 12), Position(3, 13, 3, 32)),
    )
    typed = Literal("𐎀", datatype=URIRef("d:d"))
    assert positions.triple((URIRef("a:é"), URIRef("b:b"), typed)) == (
        Statement(Position(4, 2, 4, 7), Position(4, 9, 4, 14), Position(4, 16, 4, 26)),
    )
    (blank,) = (triple for triple in positions.triples if isinstance(triple[0], BNode))
    assert positions.triple(blank) == (Statement(Position(5, 1, 5, 6), Position(5, 7, 5, 12), Position(5, 13, 5, 16)),)
    assert positions.subject(blank[0]) == (Position(5, 1, 5, 6),)
    assert len(positions.triples) == 3


def test_the_name_of_a_graph_moves_nothing() -> None:
    lines = ["<a:a> <b:b> <c:c> <g:g> .", "<a:a> <b:b> <c:c> _:g .", "<a:a> <b:b> <c:c> .", "<a:a><b:b><c:c><g:g>."]
    found = find_positions("\n".join(lines), form="nquads").triple((URIRef("a:a"), URIRef("b:b"), URIRef("c:c")))
    assert [(place.subject.line, place.predicate.column, place.object.column) for place in found] == [
        (1, 7, 13), (2, 7, 13), (3, 7, 13), (4, 6, 11),
    ]  # fmt: skip
