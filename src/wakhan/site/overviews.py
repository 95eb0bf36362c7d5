"""The pages that lead to others: the first one, all things, all claims, the downloads, and what is not there."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from markupsafe import Markup
from rdflib import RDF, RDFS, SKOS, URIRef

from wakhan.claimview import ClaimView
from wakhan.export import EDITIONS
from wakhan.formats import TITLES
from wakhan.metadata import schemaorg
from wakhan.release import Distribution
from wakhan.site.content import Content
from wakhan.site.figures import Figures, file_name
from wakhan.site.links import BASE
from wakhan.site.page import Page
from wakhan.site.things import other_names
from wakhan.standing import STANDINGS

DATASET = URIRef(f"{BASE}dataset")


_ABOUT, _TESTS = "about the release", "tests of the stored queries, for any engine"


class Download(NamedTuple):
    """A file of the release, as the pages show it; it has a description where it does not hold its whole edition."""

    name: str
    title: str
    edition: str
    media_type: str
    size: str
    digest: str
    description: str


class Kind(NamedTuple):
    """A class and the things that the data put into it."""

    iri: URIRef
    definition: str
    things: list[tuple[URIRef, list[str]]]


def downloads(files: list[Distribution]) -> list[Download]:
    """Return what the pages show of the files of a release."""
    return [
        Download(
            file.name, file.title, file.edition or "", file.media_type, size_text(len(file.content)),
            hashlib.sha256(file.content).hexdigest(), file.description,
        )
        for file in files
    ]  # fmt: skip


def size_text(size: int) -> str:
    """Return a number of bytes in a unit that people can compare.

    Example:
        >>> size_text(310), size_text(4_200), size_text(1_263_206)
        ('310 B', '4.2 kB', '1.3 MB')
    """
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def living_examples(content: Content, count: int = 3) -> list[list[ClaimView]]:
    """Return a few statements that differ in their subjects and in their standing; the first of each is a fact.

    Each example is what most standings not yet shown, most speakers and most claims say alike of several subjects. Of
    one standing there is one claim, the first; what somebody says that the article states too is left out, because it
    is a fact after all.

    Args:
        content: The claims.
        count: How many examples.
    """
    alike: dict[tuple[object, object], list[ClaimView]] = {}
    for view in content.claims:
        if view.predicate != RDF.type and not content.vouched(view):
            alike.setdefault((view.predicate, view.object), []).append(view)
    groups = [views for views in alike.values() if {"fact"} < set(map(content.standing, views))]
    shown: set[str] = set()
    examples: list[list[ClaimView]] = []
    while groups and len(examples) < count:
        best = max(groups, key=lambda views: _interest(content, views, shown))
        groups.remove(best)
        first = {content.standing(view): view for view in reversed(best)}
        shown |= set(first)
        examples.append([first[name] for name in STANDINGS if name in first])
    return examples


def _interest(content: Content, views: list[ClaimView], shown: set[str]) -> tuple[int, int, int]:
    new = {content.standing(view) for view in views} - shown
    return len(new), len({view.speaker for view in views}), len(views)


def standing_counts(content: Content) -> dict[str, int]:
    """Return how many claims have each standing, the surest first; every standing is there."""
    counts = Counter(map(content.standing, content.claims))
    return {name: counts[name] for name in STANDINGS}


def kinds(content: Content) -> list[Kind]:
    """Return the classes with the things in them, by name.

    A class that says that something happened has only those for which that is a fact.
    """
    members: dict[URIRef, list[URIRef]] = {}
    for thing in content.things:
        for kind in content.graph.objects(thing, RDF.type):
            if isinstance(kind, URIRef):
                members.setdefault(kind, []).append(thing)
    return [
        Kind(
            kind,
            content.text(kind, SKOS.definition) or "",
            [(thing, [str(name) for name in other_names(content.graph, thing)]) for thing in members[kind]],
        )
        for kind in sorted(members, key=lambda kind: (content.label(kind).casefold(), kind))
    ]


def topics(content: Content) -> dict[URIRef, str]:
    """Return for each claim the file of the data that its property is declared in, such as ``alliances``."""
    files = content.dataset.sources.ontology_files
    homes = {prop: path.stem for path, graph in files.items() for prop in graph.subjects(RDFS.label)}
    kind = {view.iri: view.object if view.predicate == RDF.type else view.predicate for view in content.claims}
    return {claim: homes.get(term, "other") for claim, term in kind.items()}


def grouped(files: list[Distribution]) -> list[tuple[str, list[Download]]]:
    """Return the files under the edition that they hold; at the end those that hold none, and then those in folders."""
    found: dict[str, list[Download]] = {name: [] for name in (*EDITIONS, _ABOUT, _TESTS)}
    for file, download in zip(files, downloads(files), strict=True):
        found[file.edition or (_TESTS if "/" in file.name else _ABOUT)].append(download)
    return [(name, group) for name, group in found.items() if group]


def triple_count(files: list[Distribution]) -> int:
    """Return how many triples are published as facts and claims, with what stands for the denials."""
    return next(file.content.count(b"\n") for file in files if (file.edition, file.format) == ("asserted", "ntriples"))


def citation(root: Path) -> dict[str, Any]:
    """Return what CITATION.cff says, or nothing where the dataset has none.

    Args:
        root: The folder of the dataset.
    """
    path = root / "CITATION.cff"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def structured(files: list[Distribution]) -> Markup:
    """Return what the release tells search engines of itself, for a script element, which nothing in it ends."""
    return Markup(next(file.content for file in files if file.name == schemaorg.NAME).decode())


def overview_pages(content: Content, figures: Figures, files: list[Distribution]) -> list[Page]:
    """Return the pages that lead to others.

    Args:
        content: The dataset.
        figures: Its drawings.
        files: The files of the release, and those that describe it.
    """
    counts = standing_counts(content)
    home: dict[str, object] = {
        "wide": True,
        "examples": living_examples(content),
        "counts": counts,
        "claims": len(content.claims),
        "things": len(content.things),
        "passages": len(content.passages),
        "facts": len(content.facts),
        "triples": triple_count(files),
        "queries": list(content.dataset.queries.values()),
        "downloads": grouped(files),
        "editions": EDITIONS,
        "titles": TITLES,
        "citation": citation(content.dataset.root),
        "draw": figures.drawn("map"),
        "picture": {"wide": file_name("map", narrow=False), "narrow": file_name("map", narrow=True)},
        "structured": structured(files),
    }
    all_claims: dict[str, object] = {
        "wide": True,
        "claims": content.claims,
        "counts": counts,
        "speakers": sorted(
            content.by_speaker, key=lambda who: (who != content.narrator, content.label(who).casefold())
        ),
        "topics": topics(content),
    }
    release: dict[str, object] = {
        "wide": True,
        "dataset": DATASET,
        "groups": grouped(files),
        "editions": EDITIONS,
        "titles": TITLES,
    }
    return [
        Page("index.html", "index.html", home),
        Page("things.html", "things.html", {"kinds": kinds(content), "count": len(content.things)}),
        Page("claims.html", "claims.html", all_claims),
        Page("dataset.html", "dataset.html", release, about=DATASET),
        Page("404.html", "404.html", {}),
    ]
