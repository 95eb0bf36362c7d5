"""A query is named if its answer changes, on the data or on what follows, and the stores stay as they were."""

from pathlib import Path

import pytest
from rdflib import Graph

from wakhan.mutation.answers import QueryKiller

PREFIXES = """
@prefix : <https://w3id.org/wakhan/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
"""
ONTOLOGY = "wk:borders a owl:ObjectProperty , owl:SymmetricProperty . wk:State a owl:Class ."
DATA = """
:arland a wk:State ; wk:borders :b ; rdfs:label "A"@en . :b a wk:State ; wk:size 3 ; rdfs:label "B"@en .
:c a wk:State ; rdfs:label "C"@en .
"""
HEAD = """#+ summary: {name}?
#+ tags: [{name}]
{rest}
PREFIX wk: <https://w3id.org/wakhan/ontology#>
"""
OF_A_STATE = """#+ parameters:
#+   - {name: state, type: iri, class: wk:State, default: arland}
"""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


@pytest.fixture
def killer(tmp_path: Path) -> QueryKiller:
    texts = {
        "sizes": ("", "SELECT ?it ?size WHERE { ?it wk:size ?size } ORDER BY ?it"),
        "neighbors": ("#+ inference: true\n", "SELECT ?it WHERE { ?it wk:borders ?other } ORDER BY ?it"),
        "borders": ("", "SELECT ?it WHERE { ?it wk:borders ?other } ORDER BY ?it"),
        "of-a-state": (OF_A_STATE, "SELECT ?what WHERE { ?state wk:size ?what } ORDER BY ?what"),
        "of-nobody": (
            OF_A_STATE.replace("default: arland", "default: nobody"),
            "SELECT ?what WHERE { ?state wk:size ?what } ORDER BY ?what",
        ),
    }
    for name, (rest, select) in texts.items():
        path = tmp_path / "queries" / "places" / f"{name}.rq"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD.format(name=name, rest=rest) + select + "\n")
    answers = tmp_path / "answers" / "of-a-state"
    answers.mkdir(parents=True)
    (answers / "state=c.csv").write_text("what\r\n")
    return QueryKiller(parse(DATA), parse(ONTOLOGY), tmp_path / "queries", tmp_path / "answers")


@pytest.mark.parametrize(
    ("removed", "added", "names"),
    [
        pytest.param("", "", (), id="nothing"),
        pytest.param(":b wk:size 3 .", ":b wk:size 4 .", ("sizes",), id="a value"),
        pytest.param(":arland wk:borders :b .", ":b wk:borders :arland .", ("borders",), id="what follows is the same"),
        pytest.param(":arland wk:borders :b .", "", ("borders", "neighbors"), id="what follows goes too"),
        pytest.param("", ":arland wk:size 1 .", ("of-a-state", "sizes"), id="the default of a parameter"),
        pytest.param("", ":c wk:size 1 .", ("of-a-state", "sizes"), id="another value of it, with a stored answer"),
        pytest.param(':c rdfs:label "C"@en .', "", (), id="what no query asks for"),
    ],
)
def test_the_queries_that_answer_otherwise_are_named(
    killer: QueryKiller, removed: str, added: str, names: tuple[str, ...]
) -> None:
    lost, won = list(parse(removed)), list(parse(added))
    assert tuple(sorted(killer.changed(lost, won))) == names
    assert killer.changed([], []) == ()
