"""What follows is there, what follows for everything is not, and the graph that was asked about stays as it was."""

import owlrl  # type: ignore[import-untyped]
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, Namespace

from wakhan.errors import WakhanError
from wakhan.reason import Engine, Triple, closure, is_noise, rdfs_closure, union

EX = Namespace("https://example.org/")

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

RICH = """
:Agent a owl:Class . :State a owl:Class ; rdfs:subClassOf :Agent . :Country a owl:Class ; owl:equivalentClass :State .
:borders a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain :State ; rdfs:range :State .
:partOf a owl:ObjectProperty , owl:TransitiveProperty .
:contains a owl:ObjectProperty ; owl:inverseOf :partOf .
:founded a owl:ObjectProperty ; rdfs:subPropertyOf :memberOf .
:memberOf a owl:ObjectProperty ; rdfs:domain :Agent . :belongsTo owl:equivalentProperty :memberOf .
:allyOf a owl:ObjectProperty ; owl:propertyChainAxiom ( :memberOf :hasMember ) .
:hasMember a owl:ObjectProperty ; owl:inverseOf :memberOf .
:capital a owl:ObjectProperty , owl:FunctionalProperty .
:population a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:range xsd:integer .
:Landlocked a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty :access ; owl:hasValue :none ] .
:Member a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty :memberOf ; owl:someValuesFrom :Pact ] .
:Strong a owl:Class ; owl:intersectionOf ( :Member :Landlocked ) .
:Either a owl:Class ; owl:unionOf ( :Strong :River ) .
:Wise a owl:Class ; owl:oneOf ( :a :b ) .
:MemberState a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :memberOf ; owl:allValuesFrom :Pact ] .
:OneSeat a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :seat ; owl:maxCardinality 1 ] .
:a :borders :b ; :founded :pact ; :population 5 ; :capital :x , :y ; :access :none ; a :MemberState , :OneSeat .
:a :seat :x , :z .
:b a :Country , :Landlocked ; :belongsTo :pact ; rdfs:label "B"@en .
:p1 :partOf :p2 . :p2 :partOf :p3 . :p4 :contains :p3 .
"""


def parse(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


ENGINES: tuple[Engine, ...] = ("fast", "reference")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


@pytest.mark.parametrize(
    ("given", "triple"),
    [
        (":p owl:inverseOf :q . :a :p :b .", (EX.b, EX.q, EX.a)),
        (":p a owl:SymmetricProperty . :a :p :b .", (EX.b, EX.p, EX.a)),
        (":p a owl:TransitiveProperty . :a :p :b . :b :p :c . :c :p :d .", (EX.a, EX.p, EX.d)),
        (":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r . :a :p :b .", (EX.a, EX.r, EX.b)),
        (":r owl:propertyChainAxiom ( :p :q :p ) . :a :p :b . :b :q :c . :c :p :d .", (EX.a, EX.r, EX.d)),
        (":C rdfs:subClassOf :D . :a a :C .", (EX.a, RDF.type, EX.D)),
        (":p rdfs:domain :C ; rdfs:range :D . :a :p :b .", (EX.b, RDF.type, EX.D)),
        (":C rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue :b ] . :a a :C .", (EX.a, EX.p, EX.b)),
        (
            "[ owl:onProperty :p ; owl:someValuesFrom :D ] rdfs:subClassOf :C . :a :p :b . :b a :D .",
            (EX.a, RDF.type, EX.C),
        ),
        (":a owl:sameAs :b . :b :p 1 .", (EX.a, EX.p, Literal(1))),
    ],
)
def test_what_follows_is_there(given: str, triple: Triple, engine: Engine) -> None:
    graph = parse(given)
    assert triple not in graph
    assert triple in closure(graph, engine=engine)


def test_every_new_triple_is_worth_reading(engine: Engine) -> None:
    graph = parse(RICH)
    new = set(closure(graph, engine=engine)) - set(graph)
    assert len(new) > 30
    vocabulary = (str(OWL), str(RDF), str(RDFS), "http://www.w3.org/2001/XMLSchema#")
    for subject, predicate, value in new:
        assert not isinstance(subject, Literal | BNode)
        assert not isinstance(value, BNode)
        assert not str(subject).startswith(vocabulary)
        assert value not in (OWL.Thing, RDFS.Resource)
        assert subject != value or str(predicate).startswith(str(EX))
        assert not str(predicate).startswith("http://www.daml.org/")


def test_nothing_else_is_left_out(engine: Engine) -> None:
    """owlrl left alone says nothing more, save noise and what it says of classes without a name."""
    graph = parse(RICH)
    alone = parse(RICH)
    owlrl.OWLRL_Semantics(alone, axioms=False, daxioms=False).closure()
    new = {t for t in alone if not is_noise(t) and not any(isinstance(term, BNode) for term in t)}
    named = {t for t in closure(graph, engine=engine) if not any(isinstance(term, BNode) for term in t)}
    assert named == new | {t for t in graph if not any(isinstance(term, BNode) for term in t)}


def test_what_is_asserted_stays_even_if_it_is_noise(engine: Engine) -> None:
    graph = parse(
        ":a a owl:Thing ; owl:sameAs :a . :p rdfs:range [ owl:unionOf ( :C :D ) ] . rdfs:label a rdf:Property ."
    )
    assert set(graph) <= set(closure(graph, engine=engine))


def test_contradictions_leave_no_trace(engine: Engine) -> None:
    """owlrl adds a node for each, with a new name each time, and owlrl alone would copy values between subjects."""
    graph = parse(
        ":C owl:disjointWith :D . :a a :C , :D . :d a owl:DatatypeProperty , owl:FunctionalProperty ."
        " :a :d 1 , 2 . :b :d 1 ."
    )
    assert set(closure(graph, engine=engine)) == set(graph)


def test_the_graph_is_not_changed_and_prefixes_stay() -> None:
    graph = parse(RICH)
    before = set(graph)
    closed = closure(graph)
    assert set(graph) == before
    assert ("", "https://example.org/") in [(prefix, str(iri)) for prefix, iri in closed.namespaces()]


def test_a_closure_is_closed_and_always_the_same() -> None:
    closed = closure(parse(RICH))
    assert {t for t in closure(closed) if not any(isinstance(x, BNode) for x in t)} == {
        t for t in closed if not any(isinstance(x, BNode) for x in t)
    }
    assert len(closure(parse(RICH))) == len(closed)


def test_memberships_of_anonymous_classes_are_kept_on_request(engine: Engine) -> None:
    graph = parse(":C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 0 ] . :a a :C .")
    kinds = set(closure(graph, anonymous=True, engine=engine).objects(EX.a, RDF.type))
    assert {type(kind) for kind in kinds} == {type(EX.C), BNode}
    assert set(closure(graph, engine=engine).objects(EX.a, RDF.type)) == {EX.C}


def test_two_things_are_one_only_if_all_their_keys_agree(engine: Engine) -> None:
    """owlrl compares all keys but the last, so by a single key any two instances would be the same."""
    graph = parse(
        ":C owl:hasKey ( :k ) . :D owl:hasKey ( :k :l ) . :a a :C , :D ; :k 1 ; :l 1 . :b a :D ; :k 1 ; :l 2 ."
    )
    assert set(closure(graph, engine=engine)) == set(graph)
    graph += parse(":b a :C .")
    new = set(closure(graph, engine=engine)) - set(graph)
    assert {(EX.a, OWL.sameAs, EX.b), (EX.b, OWL.sameAs, EX.a), (EX.a, EX.l, Literal(2))} <= new


def test_what_a_key_makes_the_same_may_make_a_key_the_same(engine: Engine) -> None:
    keys = ":C owl:hasKey ( :k ) . :D owl:hasKey ( :l ) ."
    graph = parse(f"{keys} :a a :C ; :k 1 . :b a :C ; :k 1 . :c a :D ; :l :a . :d a :D ; :l :b .")
    assert (EX.c, OWL.sameAs, EX.d) in closure(graph, engine=engine)


def test_a_limit_that_is_no_number_says_nothing(engine: Engine) -> None:
    graph = parse(":C owl:maxCardinality :none ; owl:onProperty :p . :a a :C ; :p :b , :c .")
    assert set(closure(graph, engine=engine)) == set(graph)


def test_rdfs_knows_subclasses_and_not_what_is_the_same() -> None:
    graph = parse(":C rdfs:subClassOf :D . :a a :C ; owl:sameAs :b .")
    assert set(rdfs_closure(graph)) - set(graph) == {(EX.a, RDF.type, EX.D)}


def test_a_list_without_end_is_an_error_in_words(engine: Engine) -> None:
    graph = parse(":r owl:propertyChainAxiom :l . :l rdf:first :p ; rdf:rest :l . :a :p :b .")
    with pytest.raises(WakhanError, match="cannot be reasoned with"):
        closure(graph, engine=engine)


def test_union_is_new_and_takes_the_prefixes_of_the_first() -> None:
    one, other = parse(":a :p :b ."), Graph()
    both = union(one, other, [(EX.c, EX.p, EX.d)])
    assert len(both) == 2
    assert len(one) == 1
    assert dict(both.namespaces()).keys() >= {"", "owl"}
