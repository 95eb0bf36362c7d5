"""Check the shapes on many small graphs: what is the same for all is prepared once."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from rdflib import Graph
from rdflib.term import Node

from wakhan.names import Triple
from wakhan.reason import union
from wakhan.shacl import check, shifty, with_prefixes
from wakhan.shacl.dialect import Dialect
from wakhan.shacl.shapesgraph import beyond, parts, roots
from wakhan.shacl.traits import traits_of

_MOST = 64
"""So many kinds of data are remembered; articles of one corpus are of one kind, or of a few."""


class Checker(Protocol):
    """Says whether the shapes may object to something in a graph."""

    def objects(self, data: Sequence[Triple], lines: str) -> bool:
        """Tell whether they may find something in *data*, which *lines* of N-Triples say too."""


class ReferenceChecker:
    """The shapes by pySHACL.

    Args:
        shapes: The shapes.
        ontology: What the words mean.
    """

    def __init__(self, shapes: Graph, ontology: Graph) -> None:
        self.shapes, self.ontology = with_prefixes(shapes, ontology), ontology

    def objects(self, data: Sequence[Triple], lines: str) -> bool:
        """Tell whether the shapes find something in *data*."""
        whole = union(triple for triple in (*data, *self.ontology) if not getattr(triple[2], "ill_typed", None))
        return not check(whole, self.shapes, engine="reference").conforms


class FastChecker:
    """The shapes by shifty, as far as it takes them as pySHACL does; the rest is left to a complete check.

    Args:
        shapes: The shapes.
        ontology: What the words mean.
    """

    def __init__(self, shapes: Graph, ontology: Graph) -> None:
        self.shapes, self.ontology = with_prefixes(shapes, ontology), ontology
        self._prepared: dict[frozenset[tuple[Node | None, frozenset[str]]], Any] = {}

    def objects(self, data: Sequence[Triple], lines: str) -> bool:
        """Tell whether the shapes may find something in *data*."""
        traits: dict[Node | None, set[str]] = {name: set(found) for name, found in self._base.items()}
        for name, found in traits_of(data).items():
            traits.setdefault(name, set()).update(found)
        key = frozenset((each, frozenset(found)) for each, found in traits.items())
        if key not in self._prepared:
            if len(self._prepared) >= _MOST:
                self._prepared.clear()
            self._prepared[key] = self._prepare(traits)
        validator = self._prepared[key]
        if validator is None:
            return True
        try:
            text = (self._lines + lines).encode()
            result = validator.validate_algebra(
                text, graph_mode="data", infer=False, sort_results=False, on_unsupported="error"
            )
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException:  # a panic of shifty is no Exception
            return True
        return not result.conforms or bool(result.diagnostics)

    @cached_property
    def _base(self) -> Mapping[Node | None, set[str]]:
        return traits_of(self.ontology)

    @cached_property
    def _lines(self) -> str:
        return shifty.ntriples(self.ontology).decode()

    def _prepare(self, traits: Mapping[Node | None, set[str]]) -> Any:  # noqa: ANN401 (a module without types)
        """Return what checks data with these traits, or None if that is not to be left to shifty."""
        engine, dialect = shifty.engine(), Dialect(self.shapes, traits)
        if engine is None or beyond(self.shapes) is not None:
            return None
        targeted = list(roots(self.shapes))
        if any(dialect.unlike(root) is not None for root in targeted):
            return None
        validator = engine.PreparedValidator(shifty.ntriples(parts(self.shapes, targeted)))
        return None if validator.diagnostics else validator


def checker(shapes: Graph, ontology: Graph, engine: str) -> Checker:
    """Return what checks *shapes* with an engine, ``fast`` or ``reference``."""
    return ReferenceChecker(shapes, ontology) if engine == "reference" else FastChecker(shapes, ontology)
