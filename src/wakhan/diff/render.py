"""Write a difference as text for a terminal, as Markdown for a changelog or a pull request, and as JSON."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from rdflib import BNode, Graph, Literal
from rdflib.term import Node

from wakhan.choices import DIFF_FORMATS
from wakhan.diff.blank import text as blank_text
from wakhan.diff.compare import Change, Difference
from wakhan.diff.step import reasons, step
from wakhan.diff.tell import INDENT, Entry, advice, not_compared, sections, summary
from wakhan.errors import UsageError
from wakhan.names import Triple
from wakhan.report.words import to_json

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def render(difference: Difference, form: str = "text") -> str:
    """Return *difference* in one of ``wakhan.choices.DIFF_FORMATS``.

    Raises:
        UsageError: There is no such format.
    """
    writers: dict[str, Callable[[Difference], str]] = {
        "text": to_text, "markdown": to_markdown, "json": lambda found: to_json(to_dict(found)),
    }  # fmt: skip
    if form not in writers:
        raise UsageError(f"no format is called {form!r}", hint=f"It can be: {', '.join(DIFF_FORMATS)}.")
    return writers[form](difference)


def to_text(difference: Difference) -> str:
    """Return *difference* for a person at a terminal."""
    lines = [summary(difference), *not_compared(difference)]
    for section in sections(difference):
        lines += ["", section.title]
        for entry in section.entries:
            lines.append("  " + "  ".join(part for part in (entry.name, entry.about) if part))
            lines += [f"      {line}" for line in entry.lines]
    if difference:
        lines += ["", advice(difference), *(f"  {reason.step}: {reason.text}" for reason in reasons(difference))]
    return "\n".join(lines) + "\n"


def to_markdown(difference: Difference) -> str:
    """Return *difference* as Markdown, with headings that fit below the heading of a version."""
    lines = [_escaped(summary(difference)), *(f"\n{_escaped(line)}" for line in not_compared(difference))]
    for section in sections(difference):
        lines += ["", f"### {_escaped(section.title)}", ""]
        for entry in section.entries:
            lines += _item(entry)
    if difference:
        lines += ["", f"### Version: {step(reasons(difference))}", "", _escaped(advice(difference)), ""]
        lines += [f"- **{reason.step}**: {_escaped(reason.text)}" for reason in reasons(difference)]
    return "\n".join(lines) + "\n"


def to_dict(difference: Difference) -> dict[str, Any]:
    """Return *difference* as what JSON can hold; terms are IRIs, literals are objects with their value."""
    why = reasons(difference)
    old, new = difference.old, difference.new
    return {
        "same": not difference,
        "old": {"name": old.name, "version": old.number},
        "new": {"name": new.name, "version": new.number},
        "step": step(why),
        "reasons": [reason._asdict() for reason in why],
        "changes": [_change(difference, change) for change in difference.changes],
        "renamed": {str(one): str(other) for one, other in difference.renamed.items()},
        "facts": {
            "gone": [_triple(triple) for triple in difference.facts_lost],
            "new": [_triple(triple) for triple in difference.facts_gained],
        },
        "inferences": {
            "gone": [_triple(triple) for triple in difference.inferences_lost],
            "new": [_triple(triple) for triple in difference.inferences_gained],
        },
        "axioms": {
            "gone": [blank_text(old.graph, node) for node in difference.axioms_lost],
            "new": [blank_text(new.graph, node) for node in difference.axioms_gained],
        },
        "not_compared": list(difference.not_compared),
    }


def _item(entry: Entry) -> Iterator[str]:
    yield f"- `{entry.name}` {_escaped(entry.about)}" if entry.about else f"- {_escaped(entry.name)}"
    for is_long, lines in groupby(entry.lines, key=lambda line: line.startswith(INDENT)):
        if is_long:
            yield from ("    ```diff", *(f"    {line.removeprefix(INDENT)}" for line in lines), "    ```")
        else:
            yield from (f"  - {_escaped(line)}" for line in lines)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")


def _change(difference: Difference, change: Change) -> dict[str, Any]:
    found: dict[str, Any] = {"iri": str(change.iri), "kind": change.kind, "change": change.way}
    found["properties"] = [
        {
            "property": str(prop),
            "gone": [_term(difference.graph(change.kind, is_new=False), value) for value in gone],
            "new": [_term(difference.graph(change.kind, is_new=True), value) for value in new],
        }
        for prop, gone, new in change.properties
    ]
    return found


def _term(graph: Graph, node: Node) -> str | dict[str, str]:
    return {"anonymous": blank_text(graph, node)} if isinstance(node, BNode) else _plain(node)


def _plain(node: Node) -> str | dict[str, str]:
    if not isinstance(node, Literal):
        return str(node)
    found = {"value": str(node)}
    if node.language:
        found["language"] = node.language
    elif node.datatype is not None:
        found["datatype"] = str(node.datatype)
    return found


def _triple(triple: Triple) -> dict[str, Any]:
    return dict(zip(("subject", "predicate", "object"), map(_plain, triple), strict=True))
