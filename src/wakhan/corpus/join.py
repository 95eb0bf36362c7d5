"""Draw the conclusions that no single article gives, and find the contradictions between articles.

Only facts are joined: bare triples, which the articles state in their own voice, and what follows from them. What is
claimed with less is a claim, and claims are left where they are. Of the facts, only those are read into memory that a
rule can join with one of another article: of Wakhan's own ontology the places that lie in places, the offices and
goods that belong to somebody, what is denied somewhere, and the kinds of what several articles speak of.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, BNode, Graph
from rdflib.term import Node

from wakhan.clashes import Clash, clashes
from wakhan.corpus.article import GRAPHS
from wakhan.corpus.records import JOIN, Record, write_whole
from wakhan.corpus.stream import Line, lines, records_of
from wakhan.corpus.terms import Translator, quads
from wakhan.names import WK, Triple
from wakhan.owl2rl import Ruleset
from wakhan.reason import union
from wakhan.validate import clash_result, premises

INFERRED, CLASHES = "inferred.nq", "clashes.jsonl"

_TYPE = f"<{RDF.type}>"
_OWL = f"<{OWL}"
_DENIED = tuple(
    f"<{name}>" for name in (OWL.sourceIndividual, OWL.assertionProperty, OWL.targetIndividual, OWL.targetValue)
)
_SEVERAL = (OWL.TransitiveProperty, OWL.AsymmetricProperty, OWL.FunctionalProperty, OWL.InverseFunctionalProperty)
_PAIRS = (OWL.propertyDisjointWith, OWL.sameAs)
_BEYOND = (
    OWL.intersectionOf, OWL.someValuesFrom, OWL.allValuesFrom, OWL.maxCardinality, OWL.maxQualifiedCardinality,
    OWL.hasKey,
)  # fmt: skip


class Joined(NamedTuple):
    """What joining gave.

    Attributes:
        articles: How many articles there are.
        read: How many triples were joined.
        inferred: How many triples follow that no article gives.
        clashes: The contradictions, each with its rule, message and the articles behind it.
    """

    articles: int
    read: int
    inferred: int
    clashes: tuple[dict[str, object], ...]


def join(out: Path) -> Joined:
    """Join what the articles of the finished build *out* give, and write it into the folder ``join`` there.

    Raises:
        UsageError: There is no finished build.
        WakhanError: A file cannot be written.
    """
    records = records_of(out)
    own = [record for record in records if record.name]
    schema, things = _shared(out, [record for record in records if not record.name])
    wanted = _Wanted(schema, things, out, own)
    kept = _graph(line.triple for line in lines(out, own, wanted.predicates) if wanted.keeps(line))
    facts = union(kept, things)
    ruleset = Ruleset(schema)
    inferred = ruleset.infer(facts, anonymous=True)
    closed = union(schema, ruleset.inferred, facts, inferred)
    found = _explained(clashes(closed), closed, facts, schema, out, own)
    new = _only_new(inferred, out, records)
    write_whole(out / JOIN / INFERRED, quads(new, f"{GRAPHS}{JOIN}/inferred").encode())
    told = "".join(json.dumps(each, ensure_ascii=False, sort_keys=True) + "\n" for each in found)
    write_whole(out / JOIN / CLASHES, told.encode())
    return Joined(len(own), len(facts), len(new), tuple(found))


class _Wanted:
    """Which lines can be joined with lines of other articles.

    Args:
        schema: What the words mean.
        things: What is known of the shared things.
        out: The folder of the build.
        records: The articles, whose parts are read once.
    """

    def __init__(self, schema: Graph, things: Graph, out: Path, records: list[Record]) -> None:
        self.properties = joining(schema)
        self.skipped = {f"<{prop}>" for prop in schema.subjects(RDFS.domain, WK.Claim)}
        self.skipped |= {f"<{RDF}{name}>" for name in ("subject", "predicate", "object")}
        first: dict[str, str] = {f"<{thing}>": "" for thing in things.subjects()}
        self.common: set[str] = set(first)
        self.denials: dict[str, dict[str, str]] = {}
        always = {_TYPE, *_DENIED, f"<{OWL.complementOf}>"}
        for line in lines(out, records, None if self.properties is None else self.properties | always):
            if line.predicate in _DENIED:
                self.denials.setdefault(line.subject, {})[line.predicate] = line.value
                continue
            for term in (line.subject, line.value):
                if term[0] == "<" and first.setdefault(term, line.article) != line.article:
                    self.common.add(term)
        self.denied = {_denied(parts) for parts in self.denials.values()}
        self.predicates: set[str] | None = None
        if self.properties is not None:
            self.predicates = self.properties | always | {predicate for _, predicate, _ in self.denied}

    def keeps(self, line: Line) -> bool:
        """Tell whether a line can be joined with others."""
        if line.predicate == _TYPE:
            return line.subject in self.common or line.subject in self.denials or line.value.endswith("/not>")
        if line.predicate.startswith(_OWL):
            return True
        if (line.subject, line.predicate, line.value) in self.denied:
            return True
        return line.predicate not in self.skipped if self.properties is None else line.predicate in self.properties


def joining(schema: Graph) -> set[str] | None:
    """Return the properties, as N-Triples writes them, whose facts a rule can join with others; None for all.

    Args:
        schema: What the words mean; beside these facts, a rule can join what is said of the kinds of a thing.
    """
    if any((None, prop, None) in schema for prop in _BEYOND):
        return None
    found: set[Node] = {OWL.sameAs, OWL.differentFrom}
    for kind in _SEVERAL:
        found.update(schema.subjects(RDF.type, kind))
    for prop in _PAIRS:
        for pair in schema.subject_objects(prop):
            found.update(pair)
    heads = [*schema.objects(None, OWL.propertyChainAxiom)]
    heads += [
        head
        for axiom in schema.subjects(RDF.type, OWL.AllDisjointProperties)
        for head in schema.objects(axiom, OWL.members)
    ]
    for head in heads:
        found.update(schema.items(head))
    return {f"<{prop}>" for prop in found if not isinstance(prop, BNode)}


def _shared(out: Path, records: list[Record]) -> tuple[Graph, Graph]:
    """Return what the words mean, and what is known of the shared things."""
    whole = _graph(line.triple for line in lines(out, records))
    words = set(whole.subjects(RDFS.isDefinedBy)) | {node for node in whole.subjects() if isinstance(node, BNode)}
    schema = union(triple for triple in whole if triple[0] in words)
    return schema, union(triple for triple in whole if triple[0] not in words)


def _graph(triples: Iterable[str]) -> Graph:
    text = "".join(f"{triple} .\n" for triple in triples)
    translator = Translator()
    parsed = ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES)
    return union(translator.triple(quad.triple) for quad in parsed)


def _denied(parts: dict[str, str]) -> tuple[str, str, str]:
    source, prop, thing, value = (parts.get(name, "") for name in _DENIED)
    return source, prop, thing or value


def _only_new(inferred: list[Triple], out: Path, records: list[Record]) -> set[str]:
    """Return what of *inferred* no part gives."""
    translator = Translator()
    named = (t for t in inferred if not any(isinstance(term, BNode) for term in t))
    new = {translator.line(triple) for triple in named}
    for line in lines(out, records, {triple.split(" ", 2)[1] for triple in new}) if new else ():
        new.discard(line.triple)
    return new


def _explained(
    found: list[Clash], closed: Graph, facts: Graph, schema: Graph, out: Path, records: list[Record]
) -> list[dict[str, object]]:
    """Return each clash in words, with the articles that give the triples behind it."""
    translator = Translator()
    behind = {clash: _behind(clash, closed, schema) for clash in found}
    wanted = {triple for triples in behind.values() for triple in triples}
    givers = _givers({translator.line(triple) for triple in wanted}, out, records)
    loose = [triple for triple in wanted if translator.line(triple) not in givers and triple not in facts]
    if loose:  # which follow from several articles: all proofs are made, which takes a while
        leaves = premises(union(schema, facts))
        steps = {triple: [leaf for leaf in leaves(triple) if leaf not in schema] for triple in loose}
        behind = {clash: {leaf for t in triples for leaf in steps.get(t, [t])} for clash, triples in behind.items()}
        givers |= _givers({translator.line(leaf) for found in steps.values() for leaf in found}, out, records)
    return [
        {
            "rule": clash.rule,
            "message": clash.message,
            "articles": sorted({name for triple in triples for name in givers.get(translator.line(triple), ())}),
            "triples": sorted(map(translator.line, triples)),
        }
        for clash, triples in behind.items()
    ]


def _behind(clash: Clash, closed: Graph, schema: Graph) -> set[Triple]:
    """Return the triples that a clash is made of, and those that make its denial, but not what the words mean."""
    found = {*clash_result(clash, closed, closed).triples, *_denials(clash, closed)}
    return {triple for triple in found if triple not in schema}


def _givers(triples: set[str], out: Path, records: list[Record]) -> dict[str, set[str]]:
    """Return the articles whose parts have each of *triples*, asserted or inferred."""
    found: dict[str, set[str]] = {}
    for line in lines(out, records, {triple.split(" ", 2)[1] for triple in triples}) if triples else ():
        if line.triple in triples:
            found.setdefault(line.triple, set()).add(line.article)
    return found


def _denials(clash: Clash, closed: Graph) -> Iterator[Triple]:
    """Yield the triples that make a denial of one of the terms of a clash."""
    for term in clash.terms:
        for prop in (OWL.assertionProperty, OWL.complementOf):
            yield from closed.triples((term, prop, None))


def to_text(joined: Joined, most: int) -> Iterator[str]:
    """Yield in words, line by line, what joining gave, with the first clashes.

    Args:
        joined: What it gave.
        most: How many clashes to show.
    """
    yield f"{joined.inferred:,} triples follow from {joined.articles:,} articles together that none gives alone\n"
    for clash in joined.clashes[:most]:
        yield f"{clash['rule']}: {clash['message']} ({', '.join(map(str, clash['articles']))})\n"  # type: ignore[call-overload]
    if len(joined.clashes) > most:
        yield f"… and {len(joined.clashes) - most:,} more in {JOIN}/{CLASHES}\n"
    yield f"{len(joined.clashes):,} contradictions between articles\n"
