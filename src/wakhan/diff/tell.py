"""Tell a difference in words: sections with entries, which text and Markdown lay out each in its own way."""

from collections.abc import Iterator
from difflib import unified_diff
from typing import NamedTuple

from rdflib import DCTERMS, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.claimview import ClaimView, attribution, claim_view, claims_about, details, statement, voice
from wakhan.diff.blank import text as blank_text
from wakhan.diff.compare import KINDS, Change, Difference
from wakhan.diff.step import NOUNS, STEPS, numbered, reasons, short_name, step
from wakhan.facts import narrator
from wakhan.lookup import label
from wakhan.names import WK, Triple, curie

_USUAL = {RDF.subject: "subject", RDF.predicate: "property", RDF.object: "object", RDFS.label: "label"}
"""What to call the parts of a claim, which have no labels here."""

_IN_WORDS = ("claim", "thing", "passage")
"""The kinds that are told of by labels; of the others people know the terms."""

_TITLES_OF = {"header": DCTERMS.title, "passage": WK.gist, "query": RDFS.comment, "shape": SH.name}
"""What tells people what a term is, where it is not a label."""

INDENT = "  "
"""What a line begins with that belongs to the line above it: one of a long text, to be shown as it is."""

_LISTED = 20
"""So many inferences are named; there can be thousands."""

_TITLES = {"added": "new", "removed": "gone", "changed": "changed"}


class Entry(NamedTuple):
    """One thing that differs: its name, what it is about, and what there is to tell of it, a line each."""

    name: str
    about: str
    lines: list[str]


class Section(NamedTuple):
    """Entries of one kind under their title."""

    title: str
    entries: list[Entry]


def summary(difference: Difference) -> str:
    """Return in one line how many of what differ."""
    if not difference:
        return "The two versions say the same."
    parts = []
    for kind in KINDS:
        for way, word in _TITLES.items():
            number = len(difference.of(kind, way))
            if number:
                parts.append(f"{number} {NOUNS[kind][number != 1]} {word}")
    renamed = len(difference.renamed)
    parts += [f"{renamed} renamed"] if renamed else []
    for facts, word in ((difference.facts_lost, "gone"), (difference.facts_gained, "new")):
        parts += [f"{len(facts)} fact{'s' if len(facts) != 1 else ''} {word}"] if facts else []
    axioms = len(difference.axioms_lost) + len(difference.axioms_gained)
    parts += [f"{axioms} axiom{'s' if axioms != 1 else ''} changed"] if axioms else []
    return ", ".join(parts) + "."


def advice(difference: Difference) -> str:
    """Return in one line which step of the version *difference* asks for."""
    kind = step(reasons(difference))
    if kind == "none":
        return "It asks for no new version."
    before, after = difference.old.number, difference.new.number
    if before is None or after is None or before == after:
        return f"It asks for a {kind} version{'' if before is None else f' after {before}'}:"
    made = numbered(before, after)
    fits = STEPS.index(made) >= STEPS.index(kind)
    return f"It asks for a {kind} version, and {before} to {after} is {'one' if made == kind else f'a {made} one'}" + (
        ":" if fits else ", which is too little:"
    )


def sections(difference: Difference) -> list[Section]:
    """Return all that differs, what weighs most first; sections without entries are left out."""
    found = [
        *(Section(f"Claims {_TITLES[way]}", list(_claims(difference, way))) for way in ("changed", "removed", "added")),
        Section("Facts gone", [_fact(difference, t, is_gone=True) for t in difference.facts_lost]),
        Section("Facts new", [_fact(difference, t, is_gone=False) for t in difference.facts_gained]),
        Section("Renamed", [_rename(difference, *pair) for pair in difference.renamed.items()]),
    ]
    for kind in KINDS[1:]:
        for way in ("changed", "removed", "added"):
            title = f"{NOUNS[kind][1]} {_TITLES[way]}"
            entries = [_term(difference, change) for change in difference.of(kind, way)]
            found.append(Section(title[0].upper() + title[1:], entries))
    old, new = difference.old.graph, difference.new.graph
    found += [
        Section("Axioms gone", [Entry(blank_text(old, node), "", []) for node in difference.axioms_lost]),
        Section("Axioms new", [Entry(blank_text(new, node), "", []) for node in difference.axioms_gained]),
        Section("What follows no more", list(_inferences(difference.inferences_lost, old))),
        Section("What follows now", list(_inferences(difference.inferences_gained, new))),
    ]
    return [section for section in found if section.entries]


def not_compared(difference: Difference) -> list[str]:
    """Return what could not be compared, a line each."""
    return [f"The {part} were not compared: only one of the two tells them." for part in difference.not_compared]


def said(view: ClaimView, graph: Graph) -> str:
    """Return what a claim says and how sure who is, so that no claim reads as a fact."""
    what = statement(graph, view.subject, view.predicate, view.object)
    return f"{what}; {attribution(view, graph)}"


def _claims(difference: Difference, way: str) -> Iterator[Entry]:
    for change in difference.of("claim", way):
        graph = difference.old.graph if way == "removed" else difference.new.graph
        view, name = claim_view(graph, change.iri), short_name(difference, change.iri)
        if view is None:
            yield Entry(name, "a claim that says nothing", _lines(difference, change))
        elif way == "changed":
            yield Entry(name, said(view, graph), _lines(difference, change))
        else:
            yield Entry(name, said(view, graph), list(details(view, graph)))


def _fact(difference: Difference, triple: Triple, *, is_gone: bool) -> Entry:
    """Return a fact with the claims because of which it is gone or new."""
    before, after = difference.old.graph, difference.new.graph
    graph = before if is_gone else after
    lines = []
    for view in claims_about(graph, *triple):
        if view.factuality == WK.Affirmed and view.speaker == narrator(graph):
            other = claim_view(after if is_gone else before, view.iri)
            lines.append(_because(difference, view, other, is_gone))
    return Entry(statement(graph, *triple), "", lines)


def _because(difference: Difference, view: ClaimView, other: ClaimView | None, is_gone: bool) -> str:
    name = short_name(difference, view.iri)
    if other is None:
        return f"{name} is {'gone' if is_gone else 'new'}"
    graph = difference.new.graph if is_gone else difference.old.graph
    now = "says now" if is_gone else "said before"
    return f"{name} {now}: {said(other, graph)}"


def _rename(difference: Difference, old: URIRef, new: URIRef) -> Entry:
    graph = difference.new.graph
    view, name = claim_view(graph, new), label(graph, new)
    about = said(view, graph) if view is not None else "" if name == curie(new, graph) else name
    return Entry(f"{short_name(difference, old)} → {short_name(difference, new)}", about, [])


def _term(difference: Difference, change: Change) -> Entry:
    graph = difference.graph(change.kind, is_new=change.way != "removed")
    name, called = short_name(difference, change.iri), _called(graph, change)
    if change.way == "changed":
        return Entry(name, called, _lines(difference, change))
    kinds = sorted(label(graph, value) for prop, value in change.before | change.after if prop == RDF.type)
    return Entry(name, called, [f"is: {', '.join(kinds)}"] if kinds and change.kind in ("thing", "term") else [])


def _called(graph: Graph, change: Change) -> str:
    """Return what a term is called, of a passage its gist and of a stored query its question."""
    texts = graph.objects(change.iri, _TITLES_OF.get(change.kind, RDFS.label))
    found = min((str(text) for text in texts), default="")
    return label(graph, change.iri) if found and change.kind not in _TITLES_OF else found


def _lines(difference: Difference, change: Change) -> list[str]:
    """Return the properties that have changed, each with what was and what is."""
    before = difference.graph(change.kind, is_new=False)
    after = difference.graph(change.kind, is_new=True)
    lines = []
    for prop, gone, new in change.properties:
        name = _property(difference, change, prop)
        if any("\n" in value for value in (*gone, *new) if isinstance(value, Literal)):
            lines += [f"{name}:", *(INDENT + line for line in _line_by_line(gone, new))]
            continue
        was, now = ([_value(graph, change.kind, v) for v in values] for graph, values in ((before, gone), (after, new)))
        if was and now:
            lines.append(f"{name}: {', '.join(was)} → {', '.join(now)}")
        else:
            lines.append(f"{name}: {'no longer' if was else 'now also'} {', '.join(was or now)}")
    return lines


def _property(difference: Difference, change: Change, prop: Node) -> str:
    graph = difference.new.graph
    if change.kind not in _IN_WORDS:
        return curie(prop, graph)
    return _USUAL.get(URIRef(str(prop))) or label(graph, prop)


def _line_by_line(gone: list[Node], new: list[Node]) -> list[str]:
    """Return the lines that differ between two long texts."""
    was, now = ("\n".join(map(str, values)).strip().splitlines() for values in (gone, new))
    return [line for line in list(unified_diff(was, now, lineterm="", n=0))[2:] if not line.startswith("@@")]


def _value(graph: Graph, kind: str, value: Node) -> str:
    """Return a value in words where people are told of things, else as it is written."""
    if isinstance(value, BNode):
        return blank_text(graph, value)
    if isinstance(value, Literal):
        return str(value) if value.language in (None, "en") else f"{value} ({value.language})"
    if kind not in _IN_WORDS:
        return curie(value, graph)
    view = claim_view(graph, value) if isinstance(value, URIRef) else None
    if view is not None:
        return f"{curie(value, graph)} ({said(view, graph)})"
    return voice(graph, value)


def _inferences(triples: list[Triple], graph: Graph) -> Iterator[Entry]:
    for triple in triples[:_LISTED]:
        yield Entry(statement(graph, *triple), "", [])
    if len(triples) > _LISTED:
        yield Entry(f"and {len(triples) - _LISTED:,} more", "", [])
