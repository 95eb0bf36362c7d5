"""Say each claim as a nanopublication: four small graphs, each with a name.

After the guidelines of nanopub.net: the head names the parts, the assertion is what is said, the provenance tells
where the assertion comes from, and the publication info tells what the nanopublication itself is.

The assertion holds the reified triple together with its factuality, and no bare triple: many stores take the union of
all named graphs for the default graph, and a bare triple that is denied would be a fact there.
"""

import re
from collections.abc import Iterator

from rdflib import DCAT, DCTERMS, PROV, RDF, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from wakhan.facts import bare_facts
from wakhan.formats.editions import Editions
from wakhan.names import WK, bind, natural_key, new_graph, prefixes_of, written
from wakhan.ntriples import text_of
from wakhan.reason import union
from wakhan.turtle import to_turtle

NP = Namespace("http://www.nanopub.org/nschema#")
DATASET = URIRef("https://w3id.org/wakhan/dataset")
"""What the dataset is called where its own catalog does not say."""

_SOURCE = {WK.speaker, WK.channel, WK.passage, WK.utteredIn, SKOS.editorialNote}
"""What of a claim is its provenance; all else is what it says."""

_ABOUT = (DCTERMS.creator, DCTERMS.license)
_BANNER = re.compile(r"^# ---- .* ----\n\n", re.MULTILINE)
_STRING_OR_LINE = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|^(?=[^\n])', re.MULTILINE | re.DOTALL)
_PREFIX = re.compile(r"^@prefix .*\n", re.MULTILINE)
_TOP = "# Each claim is a nanopublication; facts, descriptions, denials and ontology have a graph of their own.\n"


def named_graphs(editions: Editions) -> list[tuple[URIRef, Graph]]:
    """Return the asserted edition in named graphs, in the order in which they are written.

    Facts, descriptions, denials and ontology have a graph each, and every claim has four.
    """
    whole, ontology = editions.graph("asserted"), editions.graph("ontology")
    dataset = min(whole.subjects(RDF.type, DCAT.Dataset), default=DATASET, key=natural_key)
    claims = sorted((c for c in set(whole.subjects(RDF.type, WK.Claim)) if isinstance(c, URIRef)), key=natural_key)
    data = editions.sources.data
    facts = bare_facts(data, ontology)
    told = set(claims)
    described = union(t for t in data if t not in facts and t[0] not in told)
    denials = whole - ontology - data
    own = [("facts", facts), ("descriptions", described), ("denials", denials)]
    graphs = [(URIRef(f"{dataset}/{name}"), bind(graph)) for name, graph in own]
    graphs.append((URIRef(f"{dataset}/ontology"), ontology))
    for claim in claims:
        graphs += _nanopublication(whole, claim, dataset)
    return graphs


def to_trig(editions: Editions) -> bytes:
    """Return the nanopublications as TriG, where ``sub:`` is what belongs to one of them, as is the custom."""
    prefixes: set[str] = set()
    blocks, current = [], ""
    for name, graph in editions.made(named_graphs):
        text = _BANNER.sub("", to_turtle(graph))
        lines = _PREFIX.findall(text)
        sub = next((line for line in lines if line.startswith("@prefix sub:")), current)
        if sub != current:
            blocks.append(sub)
            current = sub
        prefixes.update(line for line in lines if line != sub)
        label = written(name, prefixes_of(graph))
        blocks.append(f"{label} {{\n{_indented(_PREFIX.sub('', text).strip())}\n}}\n")
    return "\n".join([_TOP, "".join(sorted(prefixes)), *blocks]).encode()


def to_nquads(editions: Editions) -> bytes:
    """Return the nanopublications as sorted N-Quads."""
    lines = {
        f"{' '.join(map(text_of, triple))} {name.n3()} .\n"
        for name, graph in editions.made(named_graphs)
        for triple in graph
    }
    return "".join(sorted(lines)).encode()


def _nanopublication(whole: Graph, claim: URIRef, dataset: Node) -> Iterator[tuple[URIRef, Graph]]:
    sub = Namespace(f"{claim}/")
    this, assertion, provenance, info = sub.nanopub, sub.assertion, sub.provenance, sub.pubinfo
    said = [(claim, predicate, value) for predicate, value in whole.predicate_objects(claim)]
    origins = [(assertion, PROV.wasAttributedTo, speaker) for speaker in whole.objects(claim, WK.speaker)]
    origins += [(assertion, PROV.wasDerivedFrom, passage) for passage in whole.objects(claim, WK.passage)]
    about = [(this, predicate, value) for predicate in _ABOUT for value in whole.objects(dataset, predicate)]
    about += [(this, DCTERMS.created, date) for date in whole.objects(dataset, DCTERMS.issued)]
    head = [
        (this, RDF.type, NP.Nanopublication),
        (this, NP.hasAssertion, assertion),
        (this, NP.hasProvenance, provenance),
        (this, NP.hasPublicationInfo, info),
    ]
    for name, triples in (
        (sub.head, head),
        (assertion, [triple for triple in said if triple[1] not in _SOURCE]),
        (provenance, [triple for triple in said if triple[1] in _SOURCE] + origins),
        (info, [(this, DCTERMS.isPartOf, dataset), *about]),
    ):
        graph = new_graph()
        graph.bind("np", NP)
        graph.bind("sub", sub)
        for triple in triples:
            graph.add(triple)
        yield name, bind(graph)


def _indented(text: str) -> str:
    """Return *text* moved to the right, but not what goes on within a long string."""
    return _STRING_OR_LINE.sub(lambda found: found[0] or "    ", text)
