"""The table is read as it stands, and lists become rules."""

from rdflib import OWL, RDF, RDFS, Graph, Variable

from wakhan.rules import REASONS, TABLE, Rule, rules_of


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
    names = {rule.name for rule in rules_of(Graph())} | {"asserted", "prp-spo2"}
    assert set(REASONS) <= names


def test_a_chain_becomes_a_rule() -> None:
    text = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <https://example.org/> .
        :r owl:propertyChainAxiom ( :p :q ) ."""
    graph = Graph().parse(data=text, format="turtle")
    (rule,) = [rule for rule in rules_of(graph) if rule.name == "prp-spo2"]
    assert [str(triple[1])[-1] for triple in (*rule.body, rule.head)] == ["p", "q", "r"]
    assert [axiom[1] for axiom in rule.axioms] == [OWL.propertyChainAxiom]
