"""The table is read as it stands, and lists become rules."""

from rdflib import OWL, RDF, RDFS, Graph, URIRef, Variable
from rdflib.term import Node

from wakhan.rules import LISTS, OF_LISTS, REASONS, TABLE, Rule, of_list, rules_of


def test_the_table_is_read() -> None:
    x, c, d = (Variable(name) for name in "xcd")
    rules = rules_of(Graph())
    assert Rule("cax-sco", ((c, RDFS.subClassOf, d), (x, RDF.type, c)), (x, RDF.type, d)) in rules
    assert len(rules) == len(TABLE.strip().splitlines())


def test_a_conclusion_has_no_variable_that_the_premises_lack() -> None:
    for rule in rules_of(Graph()):
        bound = {term for triple in rule.body for term in triple}
        assert all(term in bound for term in rule.head if isinstance(term, Variable)), rule


def test_reasons_are_of_rules_that_there_are() -> None:
    names = {rule.name for rule in rules_of(Graph())} | {"asserted", *OF_LISTS}
    assert set(REASONS) <= names


def test_a_chain_becomes_a_rule() -> None:
    text = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <https://example.org/> .
        :r owl:propertyChainAxiom ( :p :q ) ."""
    graph = Graph().parse(data=text, format="turtle")
    (rule,) = [rule for rule in rules_of(graph) if rule.name == "prp-spo2"]
    assert [str(triple[1])[-1] for triple in (*rule.body, rule.head)] == ["p", "q", "r"]
    assert [axiom[1] for axiom in rule.axioms] == [OWL.propertyChainAxiom]


def test_keys_become_a_rule_that_compares_all_of_them() -> None:
    text = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <https://example.org/> .
        :C owl:hasKey ( :k :l ) ."""
    graph = Graph().parse(data=text, format="turtle")
    (rule,) = [rule for rule in rules_of(graph) if rule.name == "prp-key"]
    x, y, z0, z1 = (Variable(name) for name in ("x", "y", "z0", "z1"))
    k, el, c = (URIRef(f"https://example.org/{name}") for name in "klC")
    assert set(rule.body) == {(x, k, z0), (y, k, z0), (x, el, z1), (y, el, z1), (x, RDF.type, c), (y, RDF.type, c)}
    assert rule.head == (x, OWL.sameAs, y)
    assert [axiom[1] for axiom in rule.axioms] == [OWL.hasKey]


def test_lists_of_each_kind_become_rules_and_no_others_do() -> None:
    def names(prop: Node, *items: str) -> list[str]:
        return [name for name, _, _ in of_list(prop, "subject", items, str)]

    made = [name for prop in LISTS for name in names(prop, "item")]
    assert sorted(made) == sorted(OF_LISTS)
    for prop in (*LISTS, OWL.members):
        assert names(prop) == []
    assert names(OWL.members, "item") == []
