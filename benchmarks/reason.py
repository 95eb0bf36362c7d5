"""Measure the reasoner: the fast engine, owlrl, and the rules as updates in a store, on the same triples in one run.

What it costs to read the same triples with pyoxigraph, into nothing and into a store, is measured for comparison.

Run it with ``python benchmarks/reason.py``; it takes some minutes, most of them owlrl's. Processor time is measured;
what counts are the ratios. The data are invented, always the same.
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, Namespace

from wakhan.clashes import clashes
from wakhan.owl2rl import Ruleset
from wakhan.owl2rl import closure as infer
from wakhan.reason import closure, union
from wakhan.sources import load_sources

ROOT = Path(__file__).parents[1]
UPDATES = (ROOT / "ontology" / "rules" / "owl2rl.ru").read_text(encoding="utf-8")
EX = Namespace("https://example.org/")
FOR_OWLRL = 15_000
"""The most triples that owlrl is given."""
FOR_CLIQUES = 1_000
"""The most triples with cliques of equals that anything but the fast engine is given: rounds are cubic in a clique."""

SCHEMA = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Agent a owl:Class . :State a owl:Class ; rdfs:subClassOf :Agent . :Country owl:equivalentClass :State .
:Pact a owl:Class ; rdfs:subClassOf :Agent ; owl:disjointWith :Place , :Event . :Place a owl:Class .
:Event a owl:Class . :Visit a owl:Class ; rdfs:subClassOf :Event .
:borders a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain :State ; rdfs:range :State .
:within a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:range :Place . :contains owl:inverseOf :within .
:memberOf a owl:ObjectProperty ; rdfs:domain :Agent ; rdfs:range :Pact . :hasMember owl:inverseOf :memberOf .
:founded rdfs:subPropertyOf :memberOf . :host a owl:ObjectProperty ; rdfs:domain :Visit ; rdfs:range :State .
:guestAt a owl:ObjectProperty ; rdfs:range :Visit . :visited owl:propertyChainAxiom ( :guestAt :host ) .
:Signatory owl:equivalentClass [ a owl:Restriction ; owl:onProperty :memberOf ; owl:someValuesFrom :Pact ] .
:Host owl:intersectionOf ( :State :Signatory ) . :State owl:hasKey ( :code ) .
:population a owl:DatatypeProperty , owl:FunctionalProperty .
"""


def invented(triples: int) -> Graph:
    """Return states, pacts, areas and visits, about as many *triples* as asked for, with their schema."""
    random, graph = Random(7), Graph(bind_namespaces="none").parse(data=SCHEMA, format="turtle")
    states = max(triples // 12, 4)
    for number in range(states):
        state, visit, area = EX[f"state{number}"], EX[f"visit{number}"], EX[f"area{number // 8}"]
        graph.add((state, RDF.type, EX.State))
        graph.add((state, RDFS.label, Literal(f"state {number}", lang="en")))
        graph.add((state, EX.code, Literal(f"S{number}")))
        graph.add((state, EX.population, Literal(random.randrange(10**7))))
        graph.add((state, EX.borders, EX[f"state{random.randrange(states)}"]))
        pact = EX[f"pact{random.randrange(states // 40 + 1)}"]
        graph.add((state, EX.founded if number % 10 == 0 else EX.memberOf, pact))
        graph.add((state, EX.within, area))
        graph.add((area, EX.within, EX[f"region{number // 64}"]))
        graph.add((state, EX.guestAt, visit))
        graph.add((visit, RDF.type, EX.Visit))
        graph.add((visit, EX.host, EX[f"state{random.randrange(states)}"]))
        graph.add((visit, EX.date, Literal(f"2021-07-{1 + number % 30:02}", datatype=XSD.date)))
    return graph


def cliques(count: int, size: int = 61) -> Graph:
    """Return *count* groups of as many names for one thing as *size* says, each name with some properties."""
    random, graph = Random(3), Graph(bind_namespaces="none")
    for group in range(count):
        names = [EX[f"name{group}-{number}"] for number in range(size)]
        for one, other in pairwise(names):
            graph.add((one, OWL.sameAs, other))
        for name in names:
            for _ in range(12):
                graph.add((name, EX[f"p{random.randrange(6)}"], EX[f"o{random.randrange(30)}"]))
    return graph


def store_of(graph: Graph) -> ox.Store:
    """Return the same triples in a store."""
    return _load(graph.serialize(format="nt", encoding="utf-8"))


def _load(text: bytes) -> ox.Store:
    store = ox.Store()
    store.bulk_load(text, format=ox.RdfFormat.N_TRIPLES)
    return store


def _parse(text: bytes) -> int:
    return sum(1 for _ in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))


def send_until_nothing_is_new(store: ox.Store) -> None:
    """Close the store by the rules as updates."""
    size = -1
    while size != len(store):
        size = len(store)
        store.update(UPDATES)


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Return the median processor time of *action*; of one that takes long, the only one."""
    times: list[float] = []
    while len(times) < runs and sum(times) < 10:
        start = process_time()
        action()
        times.append(process_time() - start)
    return median(times)


def seconds_of_updates(graph: Graph) -> float:
    """Return the processor time of closing a store by the updates; loading it is not counted."""
    store = store_of(graph)
    return seconds(lambda: send_until_nothing_is_new(store), runs=1)


def main() -> None:
    """Print tables in Markdown."""
    sources = load_sources(ROOT)
    dataset = union(sources.ontology, sources.data)
    sets = {
        "1k": invented(1_000),
        "10k": invented(10_000),
        "100k": invented(100_000),
        "1 clique of 61": cliques(1),
        "5 cliques of 61": cliques(5),
        "the dataset": dataset,
    }
    print("| data | triples | inferred | fast, s | parsing | loading | loaded and fast | updates in a store | owlrl |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, graph in sets.items():
        fast = seconds(lambda graph=graph: infer(graph))  # type: ignore[misc]
        small = len(graph) < (FOR_CLIQUES if "clique" in name else FOR_OWLRL)
        rules = Ruleset(ox.Store())
        text = graph.serialize(format="nt", encoding="utf-8")
        others = [
            seconds(lambda text=text: _parse(text)),  # type: ignore[misc]
            seconds(lambda text=text: _load(text)),  # type: ignore[misc]
            seconds(lambda graph=graph, rules=rules: rules.infer(store_of(graph))),  # type: ignore[misc]
            seconds_of_updates(graph) if small or "clique" not in name else None,
            seconds(lambda graph=graph: closure(graph, engine="reference")) if small else None,  # type: ignore[misc]
        ]
        ratios = " | ".join("not run" if time is None else f"{time / fast:.2f}" for time in others)
        print(f"| {name} | {len(graph):,} | {len(infer(graph)):,} | {fast:.3f} | {ratios} |", flush=True)
    many(sources.ontology, sources.data)
    closed = closure(dataset, anonymous=True)
    print(f"\nThe clash rules take {seconds(lambda: clashes(closed)):.3f} s on the closure of the dataset.")


def many(schema: Graph, data: Graph) -> None:
    """Print what it costs to close many small graphs under one schema."""
    small = [Graph(bind_namespaces="none") for _ in range(100)]
    for number, triple in enumerate(sorted(data)):
        small[number * len(small) // len(data)].add(triple)
    compiled = seconds(lambda: Ruleset(schema))
    rules = Ruleset(schema)
    once = seconds(lambda: [rules.infer(graph) for graph in small]) / len(small)
    each = seconds(lambda: [infer(union(schema, graph)) for graph in small[:10]]) / 10
    size = len(data) // len(small)
    print(f"\nA schema of {len(schema):,} triples is compiled in {compiled:.3f} s. With it, a graph of {size} triples")
    print(f"takes {once * 1000:.1f} ms; with the schema read anew for each, {each * 1000:.1f} ms.")


if __name__ == "__main__":
    main()
