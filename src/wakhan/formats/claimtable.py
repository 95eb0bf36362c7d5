"""The table of the claims: a row for each, with who says it, how sure, where, and whether it is a fact."""

import re
from collections.abc import Iterable, Iterator

from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.claimview import ClaimView, claim_view, in_order, voice
from wakhan.formats.editions import Editions
from wakhan.formats.tables import Cell, Column, Part, Table, datatype_of, iris, labels, literals, table_of
from wakhan.law import statements
from wakhan.lookup import label
from wakhan.names import OA, WK, local_name, natural_key

_BASIC = {
    RDF.type, RDF.subject, RDF.predicate, RDF.object, WK.factuality, WK.speaker, WK.passage,
    RDFS.isDefinedBy, DCTERMS.isPartOf,
}  # fmt: skip
"""What has a column of its own, or says nothing of what is claimed."""

_TRIPLE = (RDF.subject, RDF.predicate, RDF.object)
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def claim_table(editions: Editions) -> Table:
    """Return the table of the claims, in the order of the article.

    After the columns that every claim fills come those of the qualifiers that the ontology has for claims, used or not,
    so that the columns do not change with the data.
    """
    graph, shapes = editions.graph("asserted"), editions.graph("shapes")
    views = {view.iri: view for view in claims_in_order(graph)}
    facts = {statement.claim for statement in statements(graph) if statement.is_fact}
    parts = [*_read(graph, facts), *_where(graph, views), *_joined(graph)]
    single = {path for shape in shapes.subjects(SH.maxCount, Literal(1)) for path in shapes.objects(shape, SH.path)}
    for prop in _qualifiers(graph, list(views)):
        parts += _qualifier(graph, prop, many=prop not in single)
    return table_of("claims", "a statement that somebody makes", parts, views, key=("claim",), about="claim")


def claims_in_order(graph: Graph) -> list[ClaimView]:
    """Return the claims of *graph* that say something, in the order of the article."""
    views = (claim_view(graph, claim) for claim in graph.subjects(RDF.type, WK.Claim) if isinstance(claim, URIRef))
    return in_order(graph, (view for view in views if view is not None))


def sections(graph: Graph) -> dict[Node, Node]:
    """Return for each passage that stands under a heading that heading, which is a passage itself."""
    under: dict[Node, Node] = {}
    heading = None
    for passage in sorted(graph.subjects(WK.passageKind), key=lambda passage: (_start(graph, passage), str(passage))):
        if (passage, WK.passageKind, Literal("heading")) in graph:
            heading = passage
        if heading is not None:
            under[passage] = heading
    return under


def snake(iri: Node) -> str:
    """Return the local name of a property as the name of a column.

    Example:
        >>> snake(WK.utteredIn)
        'uttered_in'
    """
    return _CAPITAL.sub("_", local_name(iri)).lower()


def _read(graph: Graph, facts: set[Node]) -> Iterator[Part[Node]]:
    """Yield what a person reads first: how sure who is comes before what they say."""
    fact = "Whether the article states it as a fact: affirmed by its narrator. If false, do not read the row as a fact."
    sure = "How sure the speaker is: Affirmed, Denied, Planned, Expected, Possible, Unknown or Mentioned."
    named = Column("speaker_label", "The English label of who says so.")
    yield Part(Column("claim", "The IRI of the claim.", "anyURI"), lambda claim: [str(claim)])
    yield Part(Column("is_fact", fact, "boolean"), lambda claim: [claim in facts])
    yield Part(Column("factuality", sure, means=WK.factuality), lambda claim: _names(graph, claim, WK.factuality))
    yield Part(named, lambda claim: [voice(graph, speaker) for speaker in graph.objects(claim, WK.speaker)])
    for prop in _TRIPLE:
        name = local_name(prop)
        told = f"The English label of the {name} of the triple that is claimed."
        yield Part(Column(f"{name}_label", told), labels(graph, prop))


def _joined(graph: Graph) -> Iterator[Part[Node]]:
    """Yield the IRIs by which a program joins the tables."""
    speaker = Column("speaker", "The IRI of who says so.", "anyURI", means=WK.speaker)
    yield Part(speaker, iris(graph, WK.speaker))
    for prop in _TRIPLE:
        name = local_name(prop)
        told = f"The IRI of the {name} of the triple that is claimed."
        yield Part(Column(name, told, "anyURI", means=prop), iris(graph, prop))
    kind = datatype_of(graph.objects(None, RDF.object))
    value = Column("object_value", "The object, where it is a value and no thing.", kind, means=RDF.object)
    yield Part(value, literals(graph, RDF.object, kind))


def _where(graph: Graph, views: dict[URIRef, ClaimView]) -> Iterator[Part[Node]]:
    headings = sections(graph)

    def section(claim: Node) -> list[Cell]:
        return [str(headings[passage]) for passage in graph.objects(claim, WK.passage) if passage in headings]

    def gist(claim: Node) -> list[Cell]:
        return [views[URIRef(str(claim))].gist]

    under = Column("section", "The IRI of the heading under which the passage stands.", "anyURI")
    words = Column("gist", "What the passage is about, in the words of the dataset and not of the article.")
    said = Column("passage", "The IRI of the sentence or heading that says so.", "anyURI", means=WK.passage)
    yield Part(words, gist)
    yield Part(said, iris(graph, WK.passage))
    yield Part(under, section)


def _qualifiers(graph: Graph, claims: list[URIRef]) -> list[URIRef]:
    declared = set(graph.subjects(RDFS.domain, WK.Claim))
    used = {prop for claim in claims for prop in graph.predicates(claim)}
    found = [prop for prop in (declared | used) - _BASIC if isinstance(prop, URIRef)]
    return sorted(found, key=lambda prop: (prop == SKOS.editorialNote, natural_key(local_name(prop))))


def _qualifier(graph: Graph, prop: URIRef, *, many: bool) -> Iterator[Part[Node]]:
    """Yield the column of a qualifier, and where its values are things another for their labels."""
    name, text = snake(prop), _description(graph, prop)
    claims = list(graph.subjects(RDF.type, WK.Claim))
    values = [value for claim in claims for value in graph.objects(claim, prop)]
    if (prop, RDFS.range, None) not in graph and not any(isinstance(value, URIRef) for value in values):
        kind = datatype_of(values)
        tags = {value.language for value in values if isinstance(value, Literal)}
        language = tags.pop() if len(tags) == 1 else None
        yield Part(Column(name, text, kind, many, prop, language), literals(graph, prop, kind))
        return
    yield Part(Column(name, text, "anyURI", many, prop), iris(graph, prop))
    if (prop, RDFS.range, WK.Claim) not in graph:
        yield Part(Column(f"{name}_label", f"The English label of {name}.", many=many), labels(graph, prop))


def _description(graph: Graph, prop: URIRef) -> str:
    definition = min((str(text) for text in graph.objects(prop, SKOS.definition)), default="")
    return definition or f"What the claim has as its {label(graph, prop)}."


def _names(graph: Graph, claim: Node, prop: URIRef) -> Iterable[Cell]:
    return [local_name(value) for value in graph.objects(claim, prop)]


def _start(graph: Graph, passage: Node) -> int:
    starts = (value.toPython() for value in graph.objects(passage, OA.start) if isinstance(value, Literal))
    return min((start for start in starts if isinstance(start, int)), default=0)
