"""Keep the bare triples in step with the claims: a fact is what the narrator affirms."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.errors import WakhanError
from wakhan.names import WK, Triple, bind, curie, natural_key
from wakhan.reason import union
from wakhan.sources import Sources, read_text
from wakhan.turtle import to_turtle, top_comments


class FactsDifference(NamedTuple):
    """What the bare triples lack, and what they have too many of."""

    missing: list[Triple]
    extra: list[Triple]


def is_fact(triple: Triple, ontology: Graph) -> bool:
    """Tell whether a bare *triple* states a fact: its property, or as a type its class, is claimable."""
    _, predicate, value = triple
    if predicate == RDF.type:
        return (value, RDF.type, WK.ClaimableClass) in ontology
    return (predicate, RDF.type, WK.ClaimableProperty) in ontology


def facts_among(triples: Iterable[Triple], ontology: Graph) -> Iterator[Triple]:
    """Yield those of many *triples* that state a fact, as ``is_fact`` tells it of one."""
    classes = set(ontology.subjects(RDF.type, WK.ClaimableClass))
    properties = set(ontology.subjects(RDF.type, WK.ClaimableProperty))
    for triple in triples:
        if triple[1] in properties or (triple[2] in classes and triple[1] == RDF.type):
            yield triple


def bare_facts(data: Graph, ontology: Graph) -> Graph:
    """Return the facts that stand in *data* as bare triples."""
    return _graph(facts_among(data, ontology))


def narrator(data: Graph) -> Node | None:
    """Return the voice of the article itself, or None if *data* has none.

    Raises:
        WakhanError: There are two.
    """
    voices = sorted(data.subjects(RDF.type, WK.Narrator), key=natural_key)
    if len(voices) > 1:
        names = " and ".join(curie(voice, data) for voice in voices)
        raise WakhanError(f"the article has one voice of its own, but {names} are each a wk:Narrator")
    return voices[0] if voices else None


def narrated(data: Graph, factuality: URIRef) -> dict[Node, Triple]:
    """Return the claims that the narrator makes with this *factuality*, each with its triple, in their order.

    A claim without exactly one subject, predicate and object has no triple and is left to the shapes.
    """
    voice = narrator(data)
    claims = [
        claim
        for claim in data.subjects(WK.speaker, voice)
        if (claim, RDF.type, WK.Claim) in data and (claim, WK.factuality, factuality) in data
    ]
    triples = ((claim, _claimed(data, claim)) for claim in sorted(claims, key=natural_key) if voice is not None)
    return {claim: triple for claim, triple in triples if triple is not None}


def facts_from_claims(data: Graph) -> Graph:
    """Return the facts that follow from the claims in *data*: what the narrator affirms."""
    return _graph(narrated(data, WK.Affirmed).values())


def compare_facts(sources: Sources) -> FactsDifference:
    """Return how the bare triples differ from what the claims say; both lists empty is good news."""
    wanted = _wanted(sources)
    bare = bare_facts(sources.data, sources.ontology)
    return FactsDifference(missing=_sorted(wanted - set(bare)), extra=_sorted(set(bare) - wanted))


def rewrite_facts(sources: Sources) -> dict[Path, str]:
    """Return the new text of each data file whose facts change, so that the facts are those of the claims.

    A fact belongs into the file in which its subject is described, so one that stands elsewhere is moved.

    Raises:
        WakhanError: The subject of a fact is described nowhere or in two files, or a file has comments that
            would be lost.
    """
    homes = _homes(sources)
    wanted: dict[Path, set[Triple]] = {path: set() for path in sources.files}
    for triple in _sorted(_wanted(sources)):
        wanted[_home(homes, triple[0], sources)].add(triple)
    texts = {}
    for path, graph in sources.files.items():
        bare = set(bare_facts(graph, sources.ontology))
        if bare != wanted[path]:
            texts[path] = _rewritten(path, graph, wanted[path] - bare, bare - wanted[path])
    return texts


def _claimed(data: Graph, claim: Node) -> Triple | None:
    parts = [list(data.objects(claim, part)) for part in (RDF.subject, RDF.predicate, RDF.object)]
    if any(len(values) != 1 for values in parts):
        return None
    (subject,), (predicate,), (value,) = parts
    if isinstance(subject, Literal) or not isinstance(predicate, URIRef):
        return None
    return subject, predicate, value


def _wanted(sources: Sources) -> set[Triple]:
    return set(facts_among(facts_from_claims(sources.data), sources.ontology))


def _homes(sources: Sources) -> dict[Node, list[Path]]:
    """Return for each described thing the files that say what it is, by a type that is no fact itself."""
    homes: dict[Node, list[Path]] = {}
    for path, graph in sources.files.items():
        types = graph.triples((None, RDF.type, None))
        for subject in {triple[0] for triple in types if not is_fact(triple, sources.ontology)}:
            homes.setdefault(subject, []).append(path)
    return homes


def _home(homes: dict[Node, list[Path]], subject: Node, sources: Sources) -> Path:
    paths = homes.get(subject, [])
    name = curie(subject, sources.data)
    if not paths:
        hint = "Say in the data what it is (rdf:type); for an event or agreement: a wk:Matter."
        raise WakhanError(f"there are facts about {name}, but it is described nowhere", hint=hint)
    if len(paths) > 1:
        places = " and ".join(path.relative_to(sources.root).as_posix() for path in paths)
        raise WakhanError(f"{name} is described in two files: {places}", hint="Describe it in one of them.")
    return paths[0]


def _rewritten(path: Path, graph: Graph, missing: set[Triple], extra: set[Triple]) -> str:
    new = union((set(graph) - extra) | missing, namespaces=graph)
    return to_turtle(new, top_comments(read_text(path), path))


def _graph(triples: Iterable[Triple]) -> Graph:
    return bind(union(triples))


def _sorted(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(triples, key=lambda triple: [natural_key(node.n3()) for node in triple])
