"""The pages of things: what the article states of each, and apart from it what is only said."""

from typing import NamedTuple
from urllib.parse import quote

from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.names import PREFIXES, WK, local_name
from wakhan.site.content import Content, Fact
from wakhan.site.figures import Figures
from wakhan.site.links import page_of
from wakhan.site.page import Page

_ASIDE = {
    RDF.type, RDFS.label, SKOS.altLabel, SKOS.editorialNote, SDO.sameAs, SKOS.exactMatch, OWL.sameAs, DCTERMS.source,
    URIRef(PREFIXES["geo"] + "lat"), URIRef(PREFIXES["geo"] + "long"),
}  # fmt: skip
"""What has a place of its own on the page."""

_QUERY = """\
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX wk: <https://w3id.org/wakhan/ontology#>

SELECT ?subject ?property ?object ?factuality ?speaker ?claim
WHERE {{
  VALUES ?thing {{ <{iri}> }}
  ?claim rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ;
    wk:factuality ?factuality ; wk:speaker ?speaker .
  FILTER (?thing IN (?subject, ?object, ?speaker))
}}
ORDER BY ?claim
"""


_INCOMING: dict[URIRef, str] = {
    WK.belongsTo: "belonging to it",
    WK.borderOf: "its border",
    WK.concerns: "about it",
    WK.groupMember: "in the group",
}
"""What to call the subjects of these properties on the page of the object."""


class Incoming(NamedTuple):
    """What describes itself by a thing: the words for it, if there are any, then the property and the subjects."""

    words: str | None
    property: URIRef
    subjects: list[Node]


class Same(NamedTuple):
    """The same thing in another dataset."""

    iri: str
    name: str


def thing_pages(content: Content, figures: Figures) -> list[Page]:
    """Return the page of each thing that the data describe.

    Args:
        content: The dataset.
        figures: Its drawings.
    """
    return [_page(content, figures, thing) for thing in content.described]


def ask_link(iri: URIRef) -> str:
    """Return the address, from the top of the site, that asks for all claims about *iri*."""
    return f"query.html#query={quote(_QUERY.format(iri=iri), safe='')}"


def _page(content: Content, figures: Figures, thing: URIRef) -> Page:
    graph = content.graph
    is_narrator = thing == content.narrator
    values: dict[str, object] = {
        "thing": thing,
        "types": [kind for kind in content.values(thing, RDF.type) if (thing, RDF.type, kind) not in content.facts],
        "names": other_names(graph, thing),
        "notes": content.values(thing, SKOS.editorialNote),
        "sources": content.values(thing, DCTERMS.source),
        "place": _place(graph, thing),
        "locate": figures.located(thing),
        "same": [_same(iri) for prop in (SDO.sameAs, SKOS.exactMatch) for iri in content.values(thing, prop)],
        "described": _described(content, thing),
        "facts": _by_property(content.with_claims(content.facts.triples((thing, None, None)))),
        "facts_of_others": content.with_claims(content.facts.triples((None, None, thing))),
        "claims": content.not_facts(content.by_subject.get(thing, ())),
        "claims_of_others": content.not_facts(content.by_object.get(thing, ())),
        "spoken": [] if is_narrator else content.by_speaker.get(thing, []),
        "namings": content.grouped_namings(thing),
        "incoming": _incoming(content, thing),
        "is_narrator": is_narrator,
        "is_article": (thing, RDF.type, WK.Article) in graph,
        "ask": ask_link(thing),
    }
    return Page(page_of(thing) or "", "thing.html", values, about=thing)


def other_names(graph: Graph, thing: Node) -> list[Literal]:
    """Return what else *thing* is called: in other languages, then in other words."""
    english = min((str(text) for text in graph.objects(thing, RDFS.label) if _language(text) == "en"), default=None)
    labels = [text for text in graph.objects(thing, RDFS.label) if isinstance(text, Literal) and str(text) != english]
    more = [text for text in graph.objects(thing, SKOS.altLabel) if isinstance(text, Literal)]
    order = [sorted(texts, key=lambda text: (text.language or "", str(text))) for texts in (labels, more)]
    return order[0] + order[1]


def _language(text: Node) -> str | None:
    return text.language if isinstance(text, Literal) else None


def _place(graph: Graph, thing: URIRef) -> tuple[str, str] | None:
    """Return latitude and longitude as they are written."""
    lat, long = (
        min(map(str, graph.objects(thing, URIRef(PREFIXES["geo"] + name))), default=None) for name in ("lat", "long")
    )
    return None if lat is None or long is None else (lat, long)


def _same(iri: Node) -> Same:
    text = str(iri)
    for start, name in (("http://www.wikidata.org/entity/", "Wikidata"), ("https://sws.geonames.org/", "GeoNames")):
        if text.startswith(start):
            return Same(text, f"{name} {text[len(start) :].strip('/')}")
    return Same(text, text)


def _described(content: Content, thing: URIRef) -> list[tuple[URIRef, list[Node]]]:
    """Return what is said of a thing to tell what it is, by property; none of it is a fact of the article."""
    triples = content.dataset.sources.data.triples((thing, None, None))
    props = {p for s, p, o in triples if isinstance(p, URIRef) and p not in _ASIDE and (s, p, o) not in content.facts}
    bare = {
        p: [o for o in content.values(thing, p) if (thing, p, o) not in content.facts]
        for p in sorted(props, key=content.label)
    }
    return list(bare.items())


def _by_property(facts: list[Fact]) -> list[tuple[Node, list[Fact]]]:
    found: dict[Node, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.triple[1], []).append(fact)
    return list(found.items())


def _incoming(content: Content, thing: URIRef) -> list[Incoming]:
    found: dict[URIRef, list[Node]] = {}
    for subject, prop in content.incoming.get(thing, ()):
        if local_name(prop) != "isPartOf":  # the passages of the article, which its own page lists
            found.setdefault(prop, []).append(subject)
    return [Incoming(_INCOMING.get(prop), prop, subjects) for prop, subjects in found.items()]
