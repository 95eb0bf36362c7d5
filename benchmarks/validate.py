"""Measure both engines of validation on this dataset and on generated data, as ratios within one run.

Run it with ``python benchmarks/validate.py``. Processor time is measured, the median of a few runs, because these
machines are noisy; what counts are the ratios. The reference is left out where it would take minutes.
"""

from functools import partial
from pathlib import Path
from random import Random

from rdflib import RDF, XSD, Graph, Literal, Namespace
from timing import seconds

from wakhan.reason import union
from wakhan.shacl import check
from wakhan.sources import load_sources, parse_turtle

ROOT = Path(__file__).parents[1]
EX = Namespace("https://example.org/")
TRIPLES = 5  # of each voyage
LARGE = 20_000  # triples, above which the reference is not asked
SHAPES = """
@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Voyage a sh:NodeShape ; sh:targetClass :Voyage ; sh:closed true ;
    sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;
    sh:property [ sh:path :begin ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date ; sh:lessThanOrEquals :end ] ,
        [ sh:path :end ; sh:datatype xsd:date ] ,
        [ sh:path :crew ; sh:datatype xsd:integer ; sh:minInclusive 1 ] ,
        [ sh:path :after ; sh:maxCount 1 ; sh:class :Voyage ] ;
    sh:sparql [ sh:prefixes :o ; sh:select "SELECT $this WHERE { $this :after $this }" ] .
:o sh:declare [ sh:prefix "" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .
"""


def voyages(triples: int, faults: int) -> Graph:
    """Return about so many *triples*, with a fault in each voyage whose number *faults* divides, if it is not 0."""
    random, graph = Random(1), Graph(bind_namespaces="none")
    for number in range(triples // TRIPLES):
        voyage, is_wrong = EX[f"v{number}"], faults and number % faults == 0
        day = random.randint(1, 27)
        graph.add((voyage, RDF.type, EX.Voyage))
        graph.add((voyage, EX.begin, Literal(f"2021-07-{day:02}", datatype=XSD.date)))
        graph.add((voyage, EX.end, Literal(f"2021-07-{day + 1:02}", datatype=XSD.date)))
        graph.add((voyage, EX.crew, Literal(0 if is_wrong else random.randint(1, 30))))
        graph.add((voyage, EX.after, EX[f"v{max(number - 1, 0)}"] if number else EX.v1))
    return graph


def main() -> None:
    """Print a table in Markdown."""
    sources = load_sources(ROOT)
    shapes = parse_turtle(SHAPES)
    cases = {"this dataset": (union(sources.data, sources.ontology, sources.shapes), sources.shapes)}
    for triples in (10_000, 100_000):
        for faults, name in ((0, "no faults"), (100, "1 % faults")):
            cases[f"{triples:,} triples, {name}"] = (voyages(triples, faults), shapes)
    print("| data | triples | results | fast (s) | reference (s) | times |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, (data, rules) in cases.items():
        results = len(check(data, rules, engine="fast").results)
        fast = seconds(partial(check, data, rules, engine="fast"))
        slow = seconds(partial(check, data, rules, engine="reference"), 1) if len(data) < LARGE else None
        told = "| | |" if slow is None else f"| {slow:.2f} | {slow / fast:.0f} |"
        print(f"| {name} | {len(data):,} | {results:,} | {fast:.2f} {told}", flush=True)


if __name__ == "__main__":
    main()
