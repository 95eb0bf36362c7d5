"""Say what the narrator denies in words that a reasoner understands."""

from rdflib import OWL, RDF, Graph, Literal, URIRef

from wakhan.facts import narrated
from wakhan.names import WK, bind, new_graph


def negative_assertions(data: Graph) -> Graph:
    """Return a negative assertion for each claim that the narrator denies, so that its contrary is a contradiction.

    Its IRI is that of the claim with ``/not``. A denied type has no such form in OWL: the thing is
    then in the complement of the class, and the IRI names that complement.

    Args:
        data: The data with the claims. It is not changed.
    """
    graph = bind(new_graph())
    for claim, (subject, predicate, value) in narrated(data, WK.Denied).items():
        denial = URIRef(f"{claim}/not")
        if predicate == RDF.type:
            graph.add((denial, RDF.type, OWL.Class))
            graph.add((denial, OWL.complementOf, value))
            graph.add((subject, RDF.type, denial))
            continue
        graph.add((denial, RDF.type, OWL.NegativePropertyAssertion))
        graph.add((denial, OWL.sourceIndividual, subject))
        graph.add((denial, OWL.assertionProperty, predicate))
        target = OWL.targetValue if isinstance(value, Literal) else OWL.targetIndividual
        graph.add((denial, target, value))
    return graph
