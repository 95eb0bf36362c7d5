"""One graph has one text, and the text says the same."""

import random
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from wakhan.errors import WakhanError
from wakhan.names import CLAIM, ID, WK
from wakhan.turtle import format_turtle, to_turtle, top_comments

PREFIXES = """\
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def body(text: str) -> str:
    """Return what stands below the prefixes."""
    return text.split("\n\n", 1)[1]


def test_files_of_the_dataset_stay_as_they_are(tiny_root: Path) -> None:
    paths = sorted(tiny_root.glob("**/*.ttl"))
    assert len(paths) == 6
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert format_turtle(text) == text


def test_claim_reads_in_order() -> None:
    text = """
        ex:c1 wk:zeal 3 ; wk:amountText "many"@en ; wk:passage ex:p ; wk:speaker ex:s ; wk:factuality wk:Denied ;
        rdf:object ex:o ; rdf:predicate ex:v ; rdf:subject ex:s ; a wk:Claim ."""
    assert (
        body(format_turtle(PREFIXES + text))
        == """\
# ---- Claims ----

ex:c1
    a wk:Claim ;
    rdf:subject ex:s ;
    rdf:predicate ex:v ;
    rdf:object ex:o ;
    wk:factuality wk:Denied ;
    wk:speaker ex:s ;
    wk:passage ex:p ;
    wk:amountText "many"@en ;
    wk:zeal 3 ;
.
"""
    )


def test_sections_follow_one_another() -> None:
    kinds = ["wk:Passage", "wk:Claim", "owl:Ontology", "owl:Class", "wk:Thing", "owl:ObjectProperty"]
    text = PREFIXES + "".join(f"ex:x{number} a {kind} .\n" for number, kind in enumerate(kinds))
    titles = [line.strip("#- ") for line in format_turtle(text).splitlines() if line.startswith("# ----")]
    assert titles == ["Ontology", "Classes", "Object properties", "Claims", "Passages", "Individuals"]


def test_numbers_in_names_count() -> None:
    graph = Graph(bind_namespaces="none")
    for number in (10, 2, 1):
        graph.add((CLAIM[f"p05s1-{number}"], RDF.type, WK.Claim))
        graph.add((ID.a, WK.condition, CLAIM[f"p05s1-{number}"]))
    subjects = [line for line in to_turtle(graph).splitlines() if line.startswith("claim:")]
    values = [line.split()[0] for line in to_turtle(graph).splitlines() if line.startswith("        claim:")]
    assert subjects == values == ["claim:p05s1-1", "claim:p05s1-2", "claim:p05s1-10"]


def test_only_used_prefixes_are_printed() -> None:
    text = PREFIXES + '@prefix note: <https://example.org/note/> .\nex:a ex:b "note: owl:Thing" .'
    assert [line for line in format_turtle(text).splitlines() if line.startswith("@prefix")] == PREFIXES.splitlines()[
        :1
    ]


def test_prefixes_of_the_dataset_are_known_but_do_not_win() -> None:
    text = "<https://w3id.org/wakhan/id/a> <https://w3id.org/wakhan/ontology#b> <https://example.org/1> ."
    assert "id:a\n    wk:b <https://example.org/1> ;" in format_turtle(text)
    text = "@prefix id: <https://example.org/> . @prefix w: <https://w3id.org/wakhan/ontology#> .\n" + text
    assert "<https://w3id.org/wakhan/id/a>\n    w:b id:1 ;" in format_turtle(text)


def test_shuffled_graph_gives_the_same_text() -> None:
    text = (
        PREFIXES
        + """
        ex:C a owl:Class ; owl:equivalentClass [ owl:unionOf ( ex:A [ owl:complementOf ex:B ] ) ] , [ owl:oneOf () ] .
        [] a owl:AllDisjointClasses ; owl:members ( ex:A ex:B ) .
        [] a owl:AllDisjointClasses ; owl:members ( ex:B ex:C ) ."""
    )
    expected = format_turtle(text)
    assert "_:" not in expected
    triples = list(Graph().parse(data=text, format="turtle"))
    for seed in range(8):
        random.Random(seed).shuffle(triples)
        names = {node: BNode() for triple in triples for node in triple if isinstance(node, BNode)}
        graph = Graph(bind_namespaces="none")
        graph.bind("ex", "https://example.org/")
        for s, p, o in triples:
            graph.add((names.get(s, s), p, names.get(o, o)))  # type: ignore[call-overload]
        assert to_turtle(graph) == expected


@pytest.mark.parametrize(
    "text",
    [
        'ex:a ex:b "" , "\\"" , "a\\\\" , "tab\\t" , "\\r\\n" , "two\\nlines" , "\\nquote\\"" , "\\u0000" , "é"@fr .',
        'ex:a ex:b 1 , -2 , 1.50 , true , "x"^^rdf:HTML , "1"^^ex:kind , 1e3 , "maybe"^^xsd:boolean , "01"^^xsd:int .',
        "ex:a ex:b ex:\\,c , <https://example.org/a/b> , ex:9 , <https://example.org/x.> , <https://example.org/> .",
        'ex:a ex:b [] , [ ex:c [ ex:d "x" ] ] , ( 1 ( 2 ) [] ) , () .',
        "[] ex:b ex:c . [] ex:b ex:c . [ ex:d ex:e ] ex:b [] .",
        "ex:a ex:b [ rdf:first 1 ; rdf:rest () ; a rdf:List ] , [ rdf:first 1 ; rdf:rest [ rdf:first 2 ] ] .",
        "ex:a ex:b [ rdf:first 1 , 2 ; rdf:rest () ] .",
        "ex:a ex:b ex:x\\#y .",
        "ex:a ex:list ( 'some long text' 'some more long text' 'and even more text' 'so that it breaks' ) .",
    ],
)
def test_text_says_the_same_and_is_stable(text: str) -> None:
    result = format_turtle(PREFIXES + text)
    assert isomorphic(Graph().parse(data=result, format="turtle"), Graph().parse(data=PREFIXES + text, format="turtle"))
    assert format_turtle(result) == result
    assert "_:" not in result


@pytest.mark.parametrize(
    "text",
    [
        "ex:a ex:b _:x . ex:c ex:b _:x . _:x ex:d ex:e .",
        "ex:a ex:b _:x , ( 1 _:x ) .",
        "_:x ex:b _:x .",
        "_:x ex:b _:y . _:y ex:b _:x .",
        "_:l rdf:first 1 ; rdf:rest _:l . ex:a ex:b _:l .",
        "_:l rdf:first 1 ; rdf:rest () . ex:a ex:b _:l . ex:c ex:b _:l .",
    ],
)
def test_blank_node_that_needs_a_name_is_refused(text: str) -> None:
    with pytest.raises(WakhanError, match="a blank node has two parents"):
        format_turtle(PREFIXES + text)


def test_comments_at_the_top_are_kept() -> None:
    text = "# One.\n# Two: ex:c\n" + PREFIXES + "# ---- Individuals ----\nex:a ex:b '#no' , <https://example.org/#no> ."
    result = format_turtle(text)
    assert result.startswith("# One.\n# Two: ex:c\n\n@prefix ex: <https://example.org/> .\n\n# ---- Individuals ----\n")
    assert format_turtle(result) == result
    assert top_comments("# no line end") == "# no line end\n"


def test_comment_elsewhere_is_refused_with_its_line() -> None:
    text = "# top\n" + PREFIXES + '\nex:a ex:b """x\ny""" . # why\n'
    with pytest.raises(WakhanError, match="would be lost: # why") as caught:
        format_turtle(text, Path("a.ttl"))
    assert (caught.value.path, caught.value.line) == (Path("a.ttl"), 9)


def test_errors_name_the_file() -> None:
    for text in ("ex:a ex:b ex:c .", PREFIXES + "_:x ex:b _:x ."):
        with pytest.raises(WakhanError) as caught:
            format_turtle(text, Path("a.ttl"))
        assert caught.value.path == Path("a.ttl")


def test_one_more_triple_is_one_more_line() -> None:
    before = PREFIXES + "ex:a ex:b ex:c . ex:c ex:d ex:e ."
    after = format_turtle(before + " ex:c ex:f ex:a .").splitlines()
    assert [line for line in after if line not in format_turtle(before).splitlines()] == ["    ex:f ex:a ;"]


def test_empty_graph_is_empty_text() -> None:
    assert to_turtle(Graph()) == "" == format_turtle("")


def test_writer_does_not_change_the_graph() -> None:
    graph = Graph()
    graph.add((URIRef("https://example.org/a"), RDF.value, Literal("x")))
    before = (set(graph), list(graph.namespaces()))
    to_turtle(graph)
    assert (set(graph), list(graph.namespaces())) == before
