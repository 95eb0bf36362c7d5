"""Ask shifty, a fast SHACL engine, where something may be wrong, so that pySHACL need not look anywhere else.

What the shapes find is always told by pySHACL, in its words. Shapes that shifty may take in another way are left to
pySHACL altogether, and so is everything if shifty is not there, cannot read what it is given, or stops.
"""

import importlib
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wakhan.names import Triple
from wakhan.ntriples import text_of
from wakhan.shacl.dialect import Dialect
from wakhan.shacl.shapesgraph import beyond, parts, roots
from wakhan.shacl.traits import traits_of

TESTED = "0.5.1"
"""The version of shifty that was compared with pySHACL; no other is asked."""

_IRI = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_NAMED = 3
"""So many reasons are named in a note."""


class Look(NamedTuple):
    """Where pySHACL has to look.

    Attributes:
        nodes: The focus nodes at which the other shapes may find something.
        literals: Whether they may find something at literals too.
        wholly: The shapes that pySHACL must check at all their focus nodes; None for all shapes.
        notes: What the reader should know of it.
    """

    nodes: frozenset[Node] = frozenset()
    literals: bool = False
    wholly: frozenset[Node] | None = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def is_nowhere(self) -> bool:
        """Whether nothing is wrong."""
        return not self.nodes and not self.literals and self.wholly == frozenset()

    def choose(self, shape: Node, focus: Iterable[Node]) -> list[Node]:
        """Return those of the *focus* nodes of a shape at which pySHACL has to look."""
        if self.wholly is None or shape in self.wholly:
            return list(focus)
        return [node for node in focus if node in self.nodes or (self.literals and isinstance(node, Literal))]

    def leaves_out(self, shape: Node) -> bool:
        """Tell whether pySHACL need not look at the focus nodes of *shape* at all."""
        return self.wholly is not None and shape not in self.wholly and not self.nodes and not self.literals


EVERYWHERE = Look(wholly=None)


class Unreadable(Exception):
    """A term cannot be written for shifty."""


def look(data: Graph, shapes: Graph) -> Look:
    """Return where *shapes* may find something in *data*: there, and nowhere else.

    Args:
        data: What to check, the classes of the ontology included.
        shapes: The shapes.
    """
    shifty = engine()
    if shifty is None:
        note = f"pyshifty {TESTED} is not installed, so that pySHACL checked everything: pip install 'wakhan[fast]'"
        return EVERYWHERE._replace(notes=(note,))
    dialect = Dialect(shapes, traits_of(data))
    if (more := beyond(shapes)) is not None:
        return _everywhere(f"the shapes have {more}")
    reasons = {root: why for root in roots(shapes) if (why := dialect.unlike(root)) is not None}
    alike = [root for root in roots(shapes) if root not in reasons]
    found = _violations(shifty, data, parts(shapes, alike)) if alike else set()
    if isinstance(found, str):
        return _everywhere(found)
    nodes = _terms(found, data, shapes)
    if nodes is None:
        return _everywhere("shifty names things by other names")
    literals = any(focus.startswith('"') for focus in found)
    return Look(frozenset(nodes), literals, frozenset(reasons), _notes(list(reasons.values())))


def engine() -> Any:  # noqa: ANN401 (a module that may be missing)
    """Return the module ``shifty``, or None if it is not there in the version that was tested."""
    try:
        shifty = importlib.import_module("shifty")
        return shifty if importlib.import_module("shifty._shifty").__version__ == TESTED else None
    except (ImportError, AttributeError):
        return None


def _everywhere(why: str) -> Look:
    return EVERYWHERE._replace(notes=(f"pySHACL checked everything by itself: {why}",))


def _notes(reasons: Sequence[str]) -> tuple[str, ...]:
    if not reasons:
        return ()
    names = sorted(set(reasons))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    count = "a shape was" if len(reasons) == 1 else f"{len(reasons)} shapes were"
    return (f"{count} checked by pySHACL alone, because of {', '.join(names[:_NAMED])}{more}",)


def _violations(shifty: Any, data: Iterable[Triple], shapes: Iterable[Triple]) -> set[str] | str:  # noqa: ANN401
    """Return the focus nodes at which shifty objects to something, or why it does not tell."""
    try:
        validator = shifty.PreparedValidator(ntriples(shapes))
        result = validator.validate_algebra(
            ntriples(data), graph_mode="data", infer=False, sort_results=False, on_unsupported="error"
        )
        diagnostics = [*validator.diagnostics, *result.diagnostics]
        return f"shifty says: {diagnostics[0]}" if diagnostics else {each.focus_node for each in result.violations}
    except Unreadable as error:
        return str(error)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of shifty is no Exception
        return f"shifty stopped: {' '.join(str(error).split())[:100]}"


def ntriples(triples: Iterable[Triple]) -> bytes:
    """Return *triples* as N-Triples, as shifty reads it.

    Raises:
        Unreadable: A term has signs that it may not have.
    """
    texts: dict[Node, str] = {}
    lines = []
    for triple in triples:
        for term in triple:
            if term not in texts:
                texts[term] = _text(term)
        subject, predicate, value = triple
        lines.append(f"{texts[subject]} {texts[predicate]} {texts[value]} .\n")
    try:
        return "".join(lines).encode()
    except UnicodeEncodeError:
        raise Unreadable("a text has half of a sign") from None


def _text(term: Node) -> str:
    if isinstance(term, Literal):
        if term.datatype is not None and not _IRI.fullmatch(term.datatype):
            raise Unreadable("an IRI has signs that no IRI may have")
        return text_of(term)
    if not (_LABEL if isinstance(term, BNode) else _IRI).fullmatch(str(term)):
        raise Unreadable("an IRI has signs that no IRI may have")
    return f"_:{term}" if isinstance(term, BNode) else f"<{term}>"


def _terms(found: Iterable[str], data: Graph, shapes: Graph) -> set[Node] | None:
    """Return the nodes that shifty names, or None if there are no such nodes."""
    nodes: set[Node] = {URIRef(focus[1:-1]) for focus in found if focus.startswith("<")}
    nodes |= {BNode(focus[2:]) for focus in found if focus.startswith("_:")}
    known = set(shapes.objects(None, SH.targetNode))
    strange = (n for n in nodes if (n, None, None) not in data and (None, None, n) not in data and n not in known)
    return None if any(True for _ in strange) else nodes
