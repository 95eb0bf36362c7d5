"""The page on which questions are asked in the browser: what it must know of the dataset, as JSON."""

import json
import math
from collections.abc import Iterable, Sequence
from itertools import chain

from rdflib import DCTERMS, OWL, RDF, RDFS, URIRef
from rdflib.term import Node

from wakhan.drawing.borders import CREDIT, load_borders
from wakhan.drawing.box import Box, Point
from wakhan.drawing.ground import edge_lines
from wakhan.drawing.projection import Albers, area, clip_line, path
from wakhan.drawing.spots import Sheet, visible
from wakhan.export import STEMS
from wakhan.lookup import CLASS_TYPES, PROPERTY_TYPES
from wakhan.names import ART, CLAIM, FACTUALITIES, ID, PREFIXES, WK
from wakhan.query import Parameter, StoredQuery
from wakhan.site.content import Content
from wakhan.site.links import BASE, Href
from wakhan.site.page import Page
from wakhan.site.stored import body, subjects
from wakhan.standing import MARKS

EXTRA_MARKS = {
    "affirmed": "M2.5 8.5 4 7l3 3 5.5-6L14 5.5 7 13z",
    "claimed": "M2 7h3v2H2zm4.5 0h3v2h-3zM11 7h3v2h-3z",
    "silent": "M3 7h10v2H3z",
    "unheld": "M8 2 14 8 8 14 2 8zM7 4.5v4.5h2V4.5zM7 10h2v2H7z",
}
"""Marks for what no claim has: an affirmation by nobody named, a row that does not tell how sure it is, one of which
nothing is said, and a triple that the dataset does not hold."""

_OWN = {"art": ART, "claim": CLAIM, "id": ID, "wk": WK}
_OF_CLAIMS = {
    RDF.subject, RDF.predicate, RDF.object, RDF.Statement, WK.Claim, WK.speaker, WK.factuality, WK.passage,
    OWL.sourceIndividual, OWL.assertionProperty, OWL.targetIndividual, OWL.targetValue, OWL.NegativePropertyAssertion,
}  # fmt: skip
"""What a query names when it reads claims or denials instead of facts."""

_WIDTH, _HEIGHT = 960, 620
_CENTER, _RADIUS = (74.5, 43.5), 905
_LEAST_AREA, _LEAST_STEP = 6.0, 2.5
"""The smallest island, in square pixels, and the shortest step of a line, in pixels: the map is small."""

_LAT, _LONG = (URIRef(PREFIXES["geo"] + name) for name in ("lat", "long"))


def question_page(content: Content) -> Page:
    """Return the page on which the stored questions, and any others, are asked.

    Args:
        content: The dataset.
    """

    def data(href: Href) -> str:
        return as_script(page_data(content, href))

    topics: dict[str, list[StoredQuery]] = {}
    for stored in content.dataset.queries.values():
        topics.setdefault(stored.topic, []).append(stored)
    return Page("query.html", "query.html", {"wide": True, "topics": topics, "subjects": subjects, "data": data})


def as_script(value: object) -> str:
    r"""Return *value* as JSON that can stand within a script element, whatever is in it.

    Example:
        >>> as_script({"a": "</script>"})
        '{"a":"\\u003c/script>"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def page_data(content: Content, href: Href) -> dict[str, object]:
    """Return all that the page must know of the dataset.

    Args:
        content: The dataset.
        href: Gives the address of an IRI, or None where it has no page.
    """
    prefixes = content.dataset.prefixes
    known = sorted(_known(content))
    others = sorted(p for p in set(content.graph.predicates()) if isinstance(p, URIRef) and p not in known)
    stored = list(content.dataset.queries.values())
    return {
        "base": BASE,
        "files": {
            "engine": "static/query/oxigraph.wasm.gz",
            "worker": "static/query/worker.js",
            "asserted": f"data/{STEMS['asserted']}.ttl",
            "inferred": f"data/{STEMS['inferred']}.ttl",
        },
        "prefixes": dict(sorted(prefixes.items())),
        "own": [prefix for prefix, space in sorted(_OWN.items()) if prefixes.get(prefix) == str(space)],
        "names": [
            [content.short(iri).strip("<>"), _label(content, iri), int(href(iri) is not None)]
            for iri in (*known, *others)
        ],
        "claims": {content.short(view.iri).strip("<>"): content.standing(view) for view in content.claims},
        "claimable": _shorts(content, _claimable(content)),
        "ofClaims": _shorts(content, _of_claims(content)),
        "factualities": [[content.short(iri), content.label(iri).lower()] for iri in FACTUALITIES],
        "narrator": None if content.narrator is None else content.short(content.narrator),
        "marks": MARKS | EXTRA_MARKS,
        "terms": _terms(content, known),
        "questions": [_question(content, each) for each in stored],
        "choices": {
            _list_name(parameter): _choices(content, parameter) for each in stored for parameter in each.parameters
        },
        "first": "csto-members" if "csto-members" in content.dataset.queries else next((q.name for q in stored), None),
        **_map(content),
    }


def _known(content: Content) -> set[URIRef]:
    """Return every IRI that the dataset names in its own namespaces."""
    own = tuple(map(str, _OWN.values()))
    return {node for t in content.graph for node in t if isinstance(node, URIRef) and str(node).startswith(own)}


def _label(content: Content, iri: URIRef) -> str:
    """Return what to call *iri*; a claim is called by what it says, which its mark always goes with."""
    view = content.claim.get(iri)
    if view is None:
        return content.label(iri)
    verb = content.verb(view.predicate, view.object)
    return f"{content.label(view.subject)} {verb} {content.label(view.object)}"


def _claimable(content: Content) -> Iterable[Node]:
    for kind in (WK.ClaimableProperty, WK.ClaimableClass):
        yield from content.graph.subjects(RDF.type, kind)


def _of_claims(content: Content) -> set[Node]:
    """Return the words of claims: those of RDF and OWL, and each property of claims with its inverses."""
    own = set(content.graph.subjects(RDFS.domain, WK.Claim)) | set(content.graph.subjects(RDFS.range, WK.Claim))
    inverses = {other for prop in own for other in content.graph.subjects(OWL.inverseOf, prop)}
    return _OF_CLAIMS | own | inverses


def _shorts(content: Content, nodes: Iterable[Node]) -> list[str]:
    return sorted({content.short(node).strip("<>") for node in nodes})


def _terms(content: Content, known: Iterable[URIRef]) -> list[tuple[str, str, str]]:
    """Return what the editor completes: name, label and kind of each term and thing, and some words of others."""
    others = (RDF.type, RDF.subject, RDF.predicate, RDF.object, RDFS.label, DCTERMS.source, OWL.sameAs)
    found = [
        (content.short(iri), content.label(iri), _kind(content, iri))
        for iri in (*known, *others)
        if iri not in content.claim and not content.short(iri).startswith("<")
    ]
    return sorted(found)


def _kind(content: Content, iri: URIRef) -> str:
    types = set(content.graph.objects(iri, RDF.type))
    if types & CLASS_TYPES:
        return "class"
    return "property" if types & PROPERTY_TYPES or iri in (RDF.type, RDFS.label) else "constant"


def _question(content: Content, stored: StoredQuery) -> dict[str, object]:
    return {
        "name": stored.name,
        "summary": stored.summary,
        "description": stored.description,
        "inference": stored.inference,
        "text": f"{body(stored)}\n",
        "parameters": [_parameter(content, stored, parameter) for parameter in stored.parameters],
    }


def _parameter(content: Content, stored: StoredQuery, parameter: Parameter) -> dict[str, object]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "description": parameter.description,
        "required": parameter.required,
        "default": parameter.default,
        "choices": _list_name(parameter),
        "answered": answered(content, stored, parameter),
    }


def answered(content: Content, stored: StoredQuery, parameter: Parameter) -> list[str] | None:
    """Return the choices for a parameter with which a stored query finds something.

    None tells nothing of them: the parameter is a literal, all choices or none find something, or there are other
    parameters, on whose values it hangs too.

    Args:
        content: The dataset.
        stored: The query.
        parameter: The parameter.
    """
    if parameter.type != "iri" or len(stored.parameters) > 1:
        return None
    values = [value for value, _ in _choices(content, parameter)]
    found = [value for value in values if content.dataset.answer(stored, {parameter.name: value}).terms]
    return found if 0 < len(found) < len(values) else None


def _list_name(parameter: Parameter) -> str:
    """Return under which name the choices for *parameter* are found, which parameters of one class share."""
    return ",".join(parameter.values) or (str(parameter.cls or "any") if parameter.type == "iri" else "")


def _choices(content: Content, parameter: Parameter) -> list[tuple[str, str]]:
    """Return the values that a parameter can have with their labels; none for a literal that can be any."""
    if parameter.type != "iri":
        return [(value, value) for value in parameter.values]
    if parameter.values:
        return [(content.short(term), content.label(term)) for term in map(content.dataset.find, parameter.values)]
    graph = content.graph
    classes = set(graph.transitive_subjects(RDFS.subClassOf, parameter.cls)) if parameter.cls else set()
    typed = {thing for cls in classes for thing in graph.subjects(RDF.type, cls)}
    things = [thing for thing in typed or content.described if isinstance(thing, URIRef)]
    in_article = parameter.cls == WK.Passage
    return [
        (content.short(thing), _choice_label(content, thing))
        for thing in sorted(
            things, key=lambda thing: (content.position(thing), thing) if in_article else _by_name(content, thing)
        )
    ]


def _by_name(content: Content, thing: URIRef) -> tuple[str, str]:
    return content.label(thing).casefold(), thing


def _choice_label(content: Content, thing: URIRef) -> str:
    gist = content.text(thing, WK.gist)
    return content.label(thing) if gist is None else f"{content.short(thing)}: {gist}"


def _map(content: Content) -> dict[str, object]:
    """Return the ground of the map, and where on it the places with coordinates are, in pixels."""
    frame = Box(0, 0, _WIDTH, _HEIGHT)
    sheet = Sheet(frame, Albers((30, 52), _CENTER, _RADIUS, frame.center), load_borders())
    rings = [ring for country in sheet.borders.countries for ring in country.rings]
    coasts = [clip_line([sheet.project(point) for point in line], frame) for line in sheet.borders.coasts]
    land = [_thinned(ring) for ring in visible(rings, sheet) if area(ring) >= _LEAST_AREA]
    lines = [_thinned(line) for line in (*edge_lines(sheet), *chain.from_iterable(coasts))]
    points = {}
    for thing, latitude in content.graph.subject_objects(_LAT):
        longitude = content.graph.value(thing, _LONG)
        if longitude is not None:
            x, y = sheet.project((float(str(longitude)), float(str(latitude))))
            points[content.short(thing)] = [round(x, 1), round(y, 1)] if frame.holds((x, y)) else None
    return {
        "map": {
            "width": _WIDTH,
            "height": _HEIGHT,
            "land": path(land, closed=True),
            "lines": path(lines),
            "credit": CREDIT,
        },
        "places": dict(sorted(points.items())),
    }


def _thinned(points: Sequence[Point]) -> list[Point]:
    kept = [points[0]]
    for point in points[1:-1]:
        if math.dist(point, kept[-1]) >= _LEAST_STEP:
            kept.append(point)
    return [*kept, points[-1]]
