"""The facts that a change makes wrong are those that ``wakhan facts`` would change."""

import pytest
from rdflib import RDF, Graph

from wakhan.errors import WakhanError
from wakhan.facts import facts_from_claims
from wakhan.mutation.bookkeeping import Bookkeeper
from wakhan.mutation.material import Material

PREFIXES = """
@prefix : <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
"""
SAYS = "rdf:subject :ann ; rdf:predicate wk:met ; rdf:object :ben ; wk:factuality wk:Affirmed ; wk:speaker :narrator"
DATA = f"""
:narrator a wk:Narrator . :ann a wk:Person ; wk:met :ben , :carl . :ben a wk:Person .
:c1 a wk:Claim ; {SAYS} . :c2 a wk:Claim ; {SAYS} .
:c3 a wk:Claim ; {SAYS.replace(":ben", ":carl")} .
:c4 a wk:Claim ; {SAYS.replace(":ben", ":dora").replace("Affirmed", "Planned")} .
"""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


ONTOLOGY, WHOLE = parse("wk:met a wk:ClaimableProperty ."), parse(DATA)
KEEPER = Bookkeeper(Material(WHOLE, ONTOLOGY))


@pytest.mark.parametrize(
    ("removed", "added", "missing", "extra"),
    [
        pytest.param("", "", 0, 0, id="nothing"),
        pytest.param(":ann wk:met :ben .", "", 1, 0, id="a fact gone"),
        pytest.param("", ":ann wk:met :eve .", 0, 1, id="a fact too many"),
        pytest.param(":c1 wk:factuality wk:Affirmed .", "", 0, 0, id="one of two claims"),
        pytest.param(":c1 wk:factuality wk:Affirmed . :c2 wk:speaker :narrator .", "", 0, 1, id="both claims"),
        pytest.param(":c3 a wk:Claim .", ":c3 a wk:Cliam .", 0, 1, id="a claim that is none"),
        pytest.param(":c3 rdf:object :carl .", ":c3 rdf:object :eve .", 1, 1, id="another object"),
        pytest.param("", ":c3 rdf:object :eve .", 0, 1, id="two objects"),
        pytest.param(":c4 wk:factuality wk:Planned .", ":c4 wk:factuality wk:Affirmed .", 1, 0, id="one more fact"),
        pytest.param(":c3 rdf:predicate wk:met .", ":c3 rdf:predicate wk:mte .", 0, 1, id="no claimable property"),
        pytest.param(":narrator a wk:Narrator .", "", 0, 2, id="no narrator"),
        pytest.param(":narrator a wk:Narrator .", ":ben a wk:Narrator .", 0, 2, id="another narrator"),
        pytest.param("", ':c1 wk:degree "much" .', 0, 0, id="what has nothing to do with facts"),
    ],
)
def test_facts_are_missing_and_extra(removed: str, added: str, missing: int, extra: int) -> None:
    lost, won = set(parse(removed)), set(parse(added))
    difference = KEEPER.difference(lost, won)
    assert (len(difference.missing), len(difference.extra)) == (missing, extra)
    data = parse("")
    for triple in (set(WHOLE) - lost) | won:
        data.add(triple)
    wanted = {fact for fact in facts_from_claims(data) if (fact[1], RDF.type, None) in ONTOLOGY}
    bare = {triple for triple in data if (triple[1], RDF.type, None) in ONTOLOGY}
    assert (set(difference.missing), set(difference.extra)) == (wanted - bare, bare - wanted)
    assert KEEPER.difference([], []) == ([], [])


def test_two_narrators_are_told() -> None:
    with pytest.raises(WakhanError, match="one voice"):
        KEEPER.difference([], list(parse(":ben a wk:Narrator .")))
    assert KEEPER.difference([], []) == ([], [])
