from pathlib import Path

import pytest
from rdflib import XSD, Graph, Literal

from wakhan.errors import UsageError, WakhanError
from wakhan.head import Parameter
from wakhan.names import ID, WK, bind
from wakhan.query import StoredQuery, bind_parameters, read_query, runnable_text, stored_queries

TEXT = """\
#+ summary: Who is in an alliance?
#+ parameters:
#+   - name: alliance
#+     class: wk:Alliance
#+     default: the Pact

PREFIX wk: <https://w3id.org/wakhan/ontology#>

SELECT ?member WHERE { ?member wk:memberOf ?alliance } ORDER BY ?member
"""

TURTLE = """
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
wk:Pact rdfs:subClassOf wk:Alliance .
id:pact a wk:Pact ; rdfs:label "the Pact"@en . id:league a wk:Alliance . id:arland a wk:State .
"""


@pytest.fixture
def graph() -> Graph:
    return bind(Graph()).parse(data=TURTLE)


def write(folder: Path, name: str, text: str | bytes = TEXT) -> Path:
    path = folder / f"{name}.rq"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def asking(*parameters: Parameter) -> StoredQuery:
    return StoredQuery("q", Path("q.rq"), "claims", "?", "ASK {}", parameters=parameters)


def test_a_stored_query(tmp_path: Path) -> None:
    query = read_query(write(tmp_path / "alliances", "members"))
    assert (query.name, query.topic, query.summary) == ("members", "alliances", "Who is in an alliance?")
    assert query.text == TEXT
    assert not query.inference
    assert query.parameters == (Parameter("alliance", cls=WK.Alliance, default="the Pact"),)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (TEXT.replace("?alliance }", "?alliance"), 9, "not a query that can be run"),
        (TEXT.replace("?alliance }", "wk:x }"), None, "the query has no variable .alliance"),
        (TEXT.replace("{ ?member", "{ SERVICE <https://e.org> { } ?member"), None, "SERVICE would ask"),
        (b"#+ summary: a\n#+ tags: [\xff]\n", 2, "not UTF-8"),
    ],
)
def test_a_bad_query_is_told_with_its_place(tmp_path: Path, text: str | bytes, line: int | None, message: str) -> None:
    with pytest.raises(WakhanError, match=message) as caught:
        read_query(write(tmp_path, "bad", text))
    assert caught.value.path == tmp_path / "bad.rq"
    assert caught.value.line == line


def test_a_missing_query_is_told(tmp_path: Path) -> None:
    with pytest.raises(WakhanError, match="there is no such file"):
        read_query(tmp_path / "none.rq")


def test_queries_come_in_the_order_of_the_topics(tmp_path: Path) -> None:
    for name in ("claims/a", "other/z", "actors/c", "actors/b"):
        write(tmp_path, name)
    assert list(stored_queries(tmp_path)) == ["b", "c", "a", "z"]


def test_two_queries_cannot_have_one_name(tmp_path: Path) -> None:
    write(tmp_path, "claims/a")
    write(tmp_path, "actors/a")
    with pytest.raises(WakhanError, match="a second query with this name"):
        stored_queries(tmp_path)


def test_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(WakhanError, match="no folder of stored queries"):
        stored_queries(tmp_path / "queries")


def test_parameters_are_bound_as_terms(graph: Graph) -> None:
    query = asking(
        Parameter("alliance", cls=WK.Alliance, default="the Pact"),
        Parameter("other"),
        Parameter("day", "date"),
        Parameter("name", "string"),
        Parameter("least", "integer", default="3"),
    )
    assert bind_parameters(query, {}, graph) == {"alliance": ID.pact, "least": Literal(3)}
    given = {"alliance": "league", "day": "2021-07-09", "name": "a b"}
    assert bind_parameters(query, given, graph) == {
        "alliance": ID.league,
        "day": Literal("2021-07-09", datatype=XSD.date),
        "name": Literal("a b"),
        "least": Literal(3),
    }


@pytest.mark.parametrize(
    ("parameter", "params", "message"),
    [
        (Parameter("x"), {"y": "1"}, "no parameter 'y'\n  It has: x."),
        (Parameter("x", required=True), {}, "needs a value: --param x="),
        (Parameter("x", cls=WK.Alliance), {"x": "arland"}, "x: id:arland is not of the class"),
        (Parameter("x"), {"x": "nowhere"}, "nothing is called 'nowhere'"),
        (Parameter("x", values=("id:pact",)), {"x": "id:league"}, "x cannot be 'id:league'\n  It can be: id:pact."),
        (Parameter("x", "string", values=("a", "b")), {"x": "c"}, "x cannot be 'c'"),
        (Parameter("x", "date"), {"x": "9 July"}, "x: '9 July' is not of the type date"),
        (Parameter("x", "integer"), {"x": ""}, "x: '' is not of the type integer"),
    ],
)
def test_misuse_of_parameters(graph: Graph, parameter: Parameter, params: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        bind_parameters(asking(parameter), params, graph)
    assert message in str(caught.value)
    assert caught.value.exit_status == 2


def test_allowed_values_can_be_named_in_any_way(graph: Graph) -> None:
    query = asking(Parameter("x", values=("id:pact",)))
    assert bind_parameters(query, {"x": "THE PACT"}, graph) == {"x": ID.pact}


def test_runnable_text_has_the_values(tmp_path: Path) -> None:
    query = read_query(write(tmp_path, "members"))
    assert "{ VALUES (?alliance) { (<https://w3id.org/wakhan/id/pact>) } ?member" in runnable_text(
        query, {"alliance": ID.pact}
    )
