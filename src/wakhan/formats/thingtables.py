"""The tables of the entities, which say what there is, and of the facts, which say what the article states of it."""

from collections import defaultdict
from collections.abc import Iterator

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from wakhan.facts import bare_facts
from wakhan.formats.claimtable import claims_in_order
from wakhan.formats.editions import Editions
from wakhan.formats.tables import (
    Cell,
    Column,
    Part,
    Table,
    datatype_of,
    iris,
    labels,
    literals,
    native,
    sorted_values,
    table_of,
)
from wakhan.law import statements
from wakhan.lookup import label
from wakhan.names import WK, Triple, natural_key

GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
SAME_AS = URIRef("https://schema.org/sameAs")

_NO_ENTITIES = (WK.Claim, WK.Passage, WK.Article)
_ELSEWHERE = {"wikidata": "http://www.wikidata.org/entity/", "geonames": "https://sws.geonames.org/"}
"""What to call the identifiers of others, and what their IRIs begin with."""


def entities(editions: Editions) -> list[URIRef]:
    """Return what the claims are about and who makes them: the things with a label that are no text themselves."""
    data = editions.sources.data
    others = {thing for kind in _NO_ENTITIES for thing in data.subjects(RDF.type, kind)}
    named = {thing for thing in data.subjects(RDFS.label) if isinstance(thing, URIRef)}
    return sorted(named - others, key=natural_key)


def entity_table(editions: Editions) -> Table:
    """Return the table of the entities, by IRI."""
    graph, data = editions.graph("asserted"), editions.sources.data
    things = entities(editions)
    parts = [*_named(graph, _topics(editions)), *_called(data, things), *_identified(graph), *_placed(graph)]
    return table_of("entities", "a thing that claims are about", parts, things, key=("entity",), about="entity")


def fact_table(editions: Editions) -> Table:
    """Return the table of the facts, by subject, property and object, each with the claims behind it."""
    graph = editions.graph("asserted")
    behind: defaultdict[Triple, list[str]] = defaultdict(list)
    passages: defaultdict[Triple, list[str]] = defaultdict(list)
    facts = {statement.claim for statement in statements(graph) if statement.is_fact}
    for view in claims_in_order(graph):
        if view.iri in facts:
            triple = (view.subject, view.predicate, view.object)
            behind[triple].append(str(view.iri))
            passages[triple].append(str(view.passage))
    triples = sorted(bare_facts(editions.sources.data, graph), key=lambda fact: [natural_key(node) for node in fact])
    said = "The IRIs of the claims in which the article states it, in its order."
    where = "The IRIs of their passages, in the same order."
    parts = [
        *_triple(graph, datatype_of(value for _, _, value in triples)),
        Part(Column("claims", said, "anyURI", many=True), lambda fact: behind[fact]),
        Part(Column("passages", where, "anyURI", many=True), lambda fact: passages[fact]),
    ]
    key = ("subject", "predicate", "object", "object_value")
    return table_of("facts", "a fact that the article states", parts, triples, key=key, about="subject")


def _named(graph: Graph, topics: dict[Node, str]) -> Iterator[Part[Node]]:
    yield Part(Column("entity", "The IRI of the thing.", "anyURI"), lambda thing: [str(thing)])
    yield Part(Column("label", "What it is called in English."), lambda thing: [label(graph, thing)])
    yield Part(Column("topic", "The file of the data that describes it."), lambda thing: [topics[thing]])
    kinds = Column("type", "The IRIs of its classes, as stated.", "anyURI", many=True, means=RDF.type)
    yield Part(kinds, iris(graph, RDF.type))
    yield Part(Column("type_label", "The English labels of its classes.", many=True), labels(graph, RDF.type))


def _called(data: Graph, things: list[URIRef]) -> Iterator[Part[Node]]:
    also = Column("also_called", "Other names in English, such as the article's own.", many=True, means=SKOS.altLabel)
    yield Part(also, literals(data, SKOS.altLabel, "string"))
    texts = [text for thing in things for text in data.objects(thing, RDFS.label) if isinstance(text, Literal)]
    for tag in sorted({text.language for text in texts if text.language} - {"en"}):

        def in_language(thing: Node, tag: str = tag) -> list[Cell]:
            found = sorted_values(data, thing, RDFS.label)
            return [str(text) for text in found if isinstance(text, Literal) and text.language == tag]

        name = f"label_{tag.replace('-', '_').lower()}"
        yield Part(
            Column(name, f"What it is called in the language {tag}.", means=RDFS.label, language=tag), in_language
        )


def _identified(graph: Graph) -> Iterator[Part[Node]]:
    for name, start in _ELSEWHERE.items():

        def identifier(thing: Node, start: str = start) -> list[Cell]:
            found = [str(iri) for iri in sorted_values(graph, thing, SAME_AS)]
            return [iri.removeprefix(start).rstrip("/") for iri in found if iri.startswith(start)]

        yield Part(Column(name, f"What {name.capitalize()} calls the same thing."), identifier)
    same = Column("same_as", "IRIs of the same thing elsewhere.", "anyURI", many=True, means=SAME_AS)
    yield Part(same, iris(graph, SAME_AS))
    yield Part(
        Column("code", "Its ISO 3166 code, if it is a state.", means=SKOS.notation),
        literals(graph, SKOS.notation, "string"),
    )


def _placed(graph: Graph) -> Iterator[Part[Node]]:
    for name, prop in (("latitude", GEO.lat), ("longitude", GEO.long)):
        told = f"The {name} of a point in it, in degrees (WGS 84); it comes from elsewhere, not from the article."
        yield Part(Column(name, told, "decimal", means=prop), literals(graph, prop, "decimal"))
    sources = Column("source", "Where names, identifiers and position come from.", many=True)
    yield Part(sources, lambda thing: [str(source) for source in sorted_values(graph, thing, DCTERMS.source)])


def _triple(graph: Graph, datatype: str) -> Iterator[Part[Triple]]:
    places = tuple(enumerate(("subject", "predicate", "object")))
    for place, name in places:

        def word(fact: Triple, place: int = place) -> list[Cell]:
            return [label(graph, fact[place])]

        yield Part(Column(f"{name}_label", f"The English label of the {name}."), word)
    for place, name in places:

        def iri(fact: Triple, place: int = place) -> list[Cell]:
            return [str(fact[place])] if isinstance(fact[place], URIRef) else []

        yield Part(Column(name, f"The IRI of the {name}.", "anyURI"), iri)

    def value(fact: Triple) -> list[Cell]:
        return [native(fact[2], datatype)] if isinstance(fact[2], Literal) else []

    yield Part(Column("object_value", "The object, where it is a value and no thing.", datatype), value)


def _topics(editions: Editions) -> dict[Node, str]:
    """Return the topic of each thing: the file in which its label stands."""
    files = sorted(editions.sources.files.items(), reverse=True)
    return {thing: path.stem for path, graph in files for thing in graph.subjects(RDFS.label)}
