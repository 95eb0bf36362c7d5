"""Find what is wrong with a dataset: against the shapes, against each other, and against the law of the two layers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import product

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.clashes import Clash, clashes
from wakhan.denials import negative_assertions
from wakhan.describe import describe, rules_of
from wakhan.expected import Graphs
from wakhan.facts import compare_facts
from wakhan.files import as_sources
from wakhan.findings import SEVERITIES, Finding, Report, Result, Rule
from wakhan.law import softened, statements
from wakhan.names import Triple, curie
from wakhan.reason import union
from wakhan.shacl import Checked, check, with_prefixes
from wakhan.sources import Sources

LAW = {
    "missing-fact": Rule("missing fact", "What the narrator affirms stands as a bare triple (law 1)."),
    "extra-fact": Rule("extra fact", "Behind each bare claimable triple stands a claim of the narrator (law 1)."),
    "back-door": Rule("back door", "Nothing becomes a fact by inference alone (law 4)."),
    "softened": Rule("softened", "What is claimed as less than a fact does not hold anyway (law 4).", "warning"),
    "blank-node": Rule("blank node", "Nothing in the data is a blank node, because nobody could refer to it."),
    "ill-typed": Rule("ill-typed literal", "A literal is a value of its datatype."),
}
"""The rules that are not shapes, beside those of the W3C's OWL 2 RL table whose conclusion is *false*."""


def apply_shapes(
    data: Graph, shapes: Graph, ontology: Graph, *, w3c: bool = False, engine: str | None = None
) -> Checked:
    """Return what *shapes* find wrong with *data* as it stands.

    Nothing is inferred first: a range would turn a wrong value into a right one, and hide the fault.

    Args:
        data: What to check. It is not changed.
        shapes: The SHACL shapes.
        ontology: What the words mean; it is checked with the data. Its ``sh:declare`` are the prefixes of the shapes.
        w3c: Whether to make the SHACL validation report too.
        engine: ``fast`` or ``reference``, which give the same results; if not given, the fast one where it is
            installed.

    Raises:
        WakhanError: The shapes themselves are wrong.
    """
    whole = union(data, ontology)
    for result in _ill_typed_results(data):  # pySHACL cannot compare what is no value
        for triple in result.triples:
            whole.remove(triple)
    return check(whole, with_prefixes(shapes, ontology), w3c=w3c, engine=engine)


def find_results(data: Graph, shapes: Graph, ontology: Graph) -> list[Result]:
    """Return what *shapes* find wrong with *data*, and the literals that are no value; see ``apply_shapes``.

    Raises:
        WakhanError: The shapes themselves are wrong.
    """
    return [*apply_shapes(data, shapes, ontology).results, *_ill_typed_results(data)]


def find_problems(data: Graph, shapes: Graph, ontology: Graph) -> list[Finding]:
    """Return in words what *shapes* find wrong with *data*, the worst first; see ``find_results``.

    Raises:
        WakhanError: The shapes themselves are wrong.
    """
    return describe(find_results(data, shapes, ontology), Graphs(union(data, ontology), shapes, ontology))


def check_sources(
    sources: Sources, *, limit: int | None = None, w3c: bool = False, engine: str | None = None
) -> Report:
    """Return everything that is wrong with a dataset, the worst first; a report without findings is good news.

    The shapes look at the data as they stand; contradictions and the law of the two layers are about what follows.

    Args:
        sources: The dataset.
        limit: How many findings to keep; all if not given.
        w3c: Whether to make the SHACL validation report too, which has the results of the shapes only.
        engine: What checks the shapes; see ``apply_shapes``.

    Raises:
        WakhanError: The shapes or the lists of the ontology are wrong, so that nothing can be said.
    """
    data, ontology = sources.data, sources.ontology
    # shapes/terms.ttl looks at the shapes too
    checked = apply_shapes(data, sources.shapes, union(ontology, sources.shapes), w3c=w3c, engine=engine)
    results = [*checked.results, *_ill_typed_results(data), *_law_results(sources, checked.results)]
    counts = {severity: sum(result.severity == severity for result in results) for severity in SEVERITIES}
    kept = sorted(results, key=lambda result: SEVERITIES.index(result.severity))[:limit]
    graphs = Graphs(union(data, ontology, sources.shapes), sources.shapes, ontology)
    files = as_sources(sources.files | sources.ontology_files | sources.shape_files) if kept else []
    return Report(
        findings=tuple(describe(kept, graphs, files, premises(union(ontology, data)))),
        counts=counts,
        rules=rules_of(sources.shapes) | LAW,
        files=tuple(sources.files),
        w3c=checked.w3c,
        notes=checked.notes,
    )


def _law_results(sources: Sources, shaped: Iterable[Result]) -> list[Result]:
    """Return what the facts, the law of the two layers and the logic object to, save what *shaped* told already."""
    data, consequences = sources.data, sources.consequences
    closed = union(sources.ontology, data, negative_assertions(data), consequences.inferred)
    told = {(result.focus, result.path, result.value) for result in shaped}
    return [
        *_blank_results(data),
        *(result for result in _facts_results(sources) if (result.focus, result.path, result.value) not in told),
        *_back_door_results(consequences.back_doors),
        *_softened_results(closed, data),
        *(clash_result(clash, closed, data) for clash in clashes(closed)),
    ]


def premises(graph: Graph) -> Callable[[Triple], Sequence[Triple]]:
    """Return a function from a triple to the asserted triples of *graph* that it follows from, each once.

    All proofs are made when it is first asked, for that costs little more than one.
    """

    @cache
    def steps() -> dict[Triple, tuple[str, tuple[Triple, ...]]]:
        from wakhan.why import derive

        return {triple: (step.rule, step.premises) for triple, step in derive(graph).items()}

    def leaves(triple: Triple) -> Iterator[Triple]:
        _, above = steps().get(triple, ("", ()))
        if not above:
            yield triple
        for premise in above:
            yield from leaves(premise)

    def found(triple: Triple) -> Sequence[Triple]:
        # what is said of the things themselves tells more than the axioms do, and both more than where a term begins
        unique = dict.fromkeys(leaves(triple))
        return sorted(unique, key=lambda leaf: leaf[0] not in (triple[0], triple[2]))

    return found


def _ill_typed_results(data: Graph) -> list[Result]:
    message = "This is not a value of its datatype: correct the one or the other."
    found = _in_order(triple for triple in data if isinstance(triple[2], Literal) and triple[2].ill_typed)
    return [_of_triple("ill-typed", triple, message, "shapes") for triple in found]


def _blank_results(data: Graph) -> list[Result]:
    message = "Nothing in the data is a blank node, because nobody could refer to it: give it an IRI."
    subjects: dict[Node, Triple] = {}
    for triple in _in_order(t for t in data if isinstance(t[0], BNode) or isinstance(t[2], BNode)):
        subjects.setdefault(triple[0] if isinstance(triple[0], URIRef) else triple[1], triple)
    return [
        Result("violation", "blank-node", subject, None, None, message, "law", triples=(triple,))
        for subject, triple in subjects.items()
    ]


def _facts_results(sources: Sources) -> list[Result]:
    difference, data = compare_facts(sources), sources.data
    claims = {statement.triple: statement.claim for statement in statements(data) if statement.is_fact}
    extra = "This is a bare fact, but the narrator affirms it in no claim: write the claim, or run `wakhan facts`."

    def missing(triple: Triple) -> Result:
        claim = claims.get(triple)
        name = "a claim" if claim is None else curie(claim, data)
        message = f"The narrator affirms this in {name}, but it is no bare triple: run `wakhan facts`."
        behind = () if claim is None else ((claim, RDF.object, triple[2]),)
        return _of_triple("missing-fact", triple, message, "facts", triples=behind)

    return [
        *(missing(triple) for triple in difference.missing),
        *(_of_triple("extra-fact", triple, extra, "facts") for triple in difference.extra),
    ]


def _back_door_results(doors: Iterable[Triple]) -> list[Result]:
    message = "A fact without a claim: mark the property as claimable, or mend the axiom or description behind it."
    return [_of_triple("back-door", triple, message, "law") for triple in doors]


def _softened_results(closed: Graph, data: Graph) -> list[Result]:
    message = "This holds, but {} claims it as less than a fact: see whether both are meant."
    return [
        _of_triple(
            "softened",
            triple,
            message.format(curie(claim, data)),
            "law",
            severity="warning",
            triples=((claim, RDF.object, triple[2]), triple),
        )
        for triple, claim in softened(closed, data)
    ]


def clash_result(clash: Clash, closed: Graph, data: Graph) -> Result:
    """Return a contradiction of *closed* as a result, with the triples that it is made of."""
    properties = {*clash.terms, RDF.type}
    behind = [triple for triple in product(clash.terms, properties, clash.terms) if triple in closed]
    for term in clash.terms:  # a denial stands in no file, but the claim that it was made from does
        claim = URIRef(str(term).removesuffix("/not"))
        behind += [(claim, RDF.object, value) for value in data.objects(claim, RDF.object) if claim != term]
    triples = tuple(_in_order(behind))
    return Result("violation", clash.rule, clash.terms[0], None, None, clash.message, "clash", triples=triples)


def _of_triple(
    name: str,
    triple: Triple,
    message: str,
    source: str,
    *,
    severity: str = "violation",
    triples: tuple[Triple, ...] = (),
) -> Result:
    return Result(severity, name, *triple, message, source, triples=triples or (triple,))


def _in_order(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(triples, key=lambda triple: [term.n3() for term in triple])
