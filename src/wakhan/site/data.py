"""The data beside each page: a bounded description of its IRI, of which every triple is in the dataset."""

from collections.abc import Iterator

from rdflib import BNode, Graph, URIRef
from rdflib.term import Node

from wakhan.denials import negative_assertions
from wakhan.formats.context import context_of
from wakhan.formats.jsonld import to_jsonld
from wakhan.names import Triple, bind, new_graph
from wakhan.ntriples import line_of
from wakhan.site.content import Content
from wakhan.turtle import to_turtle


class Descriptions:
    """The descriptions of the IRIs of one dataset.

    Args:
        content: The dataset.
        more: What else is published of IRIs of the dataset, such as its stored queries as RDF.
    """

    def __init__(self, content: Content, more: Graph) -> None:
        self._content = content
        self._graphs = (content.dataset.sources.data, negative_assertions(content.graph), more)

    def of(self, iri: URIRef) -> Graph:
        """Return what there is of *iri*: what is said of it and of which it is the object, and every claim on either.

        A claim comes whole; so does a denial with which it is given to reasoners.
        """
        graph = bind(new_graph())
        for triple in (*self._said(iri), *self._pointing(iri)):
            graph.add(triple)
        for claim in self._claims(iri):
            for triple in self._said(claim):
                graph.add(triple)
        return graph

    def _claims(self, iri: URIRef) -> set[Node]:
        content = self._content
        indexes = (content.by_subject, content.by_object, content.by_passage)
        found: set[Node] = {view.iri for index in indexes for view in index.get(iri, ())}
        if iri != content.narrator:  # all of the dataset would be there
            found |= {view.iri for view in content.by_speaker.get(iri, ())}
        return found | {naming.claim.iri for naming in content.namings.get(iri, ())} | ({iri} & content.claim.keys())

    def _said(self, iri: Node) -> Iterator[Triple]:
        """Yield what is said of *iri*, of the nodes without a name that this leads to, and of the denial of a claim."""
        for graph in self._graphs:
            for triple in graph.triples((iri, None, None)):
                yield triple
                if isinstance(triple[2], BNode):
                    yield from self._said(triple[2])
        view = self._content.claim.get(iri)
        if view is not None:
            denial = URIRef(f"{iri}/not")
            yield from self._graphs[1].triples((denial, None, None))
            yield from self._graphs[1].triples((None, None, denial))
            yield from self._content.facts.triples((view.subject, view.predicate, view.object))

    def _pointing(self, iri: URIRef) -> Iterator[Triple]:
        """Yield in which facts and descriptions *iri* is the object; claims come whole, so not here."""
        for triple in self._content.dataset.sources.data.triples((None, None, iri)):
            if triple[0] not in self._content.claim and iri != self._content.narrator:
                yield triple


def written(graph: Graph) -> dict[str, str]:
    """Return *graph* in each format, by the ending of the file."""
    return {
        "ttl": to_turtle(graph),
        "jsonld": to_jsonld(graph, context_of(graph)),
        "nt": "".join(sorted(map(line_of, graph))),
    }
