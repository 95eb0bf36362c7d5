"""Property paths: write them as SPARQL does, and follow them, remembering each triple on the way."""

from collections.abc import Callable, Iterable, Iterator

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from wakhan.names import Triple

Step = tuple[Node, Triple]
"""Where a step leads, and the triple that it takes."""

_SIGNS = ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?"))


def path_text(shapes: Graph, path: Node, write: Callable[[Node], str]) -> str:
    """Return a property path as SPARQL writes it.

    Args:
        shapes: Where the path is described.
        path: A property, or the node of a path.
        write: How to write a property.
    """
    return _text(shapes, path, write, frozenset())


def _text(shapes: Graph, path: Node, write: Callable[[Node], str], seen: frozenset[Node]) -> str:
    if not isinstance(path, BNode):
        return write(path)
    if path in seen:
        return ""
    seen |= {path}

    def inner(node: Node) -> str:
        text = _text(shapes, node, write, seen)
        return f"({text})" if isinstance(node, BNode) else text

    if (path, RDF.first, None) in shapes:
        steps = [(node, _text(shapes, node, write, seen)) for node in _items(shapes, path)]
        return "/".join(f"({text})" if (node, SH.alternativePath, None) in shapes else text for node, text in steps)
    inverse = shapes.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{inner(inverse)}"
    for kind, sign in _SIGNS:
        node = shapes.value(path, kind)
        if node is not None:
            return f"{inner(node)}{sign}"
    choices = shapes.value(path, SH.alternativePath)
    return "" if choices is None else "|".join(_text(shapes, node, write, seen) for node in _items(shapes, choices))


def last_steps(data: Graph, shapes: Graph, path: Node, focus: Node) -> list[Step]:
    """Return the last step of each way along *path* that begins at *focus*, each once.

    Args:
        data: Where to walk.
        shapes: Where the path is described.
        path: A property, or the node of a path.
        focus: Where to begin.
    """
    return list(dict.fromkeys(_walk(data, shapes, path, [focus], False)))


def _walk(data: Graph, shapes: Graph, path: Node, nodes: Iterable[Node], back: bool) -> Iterator[Step]:
    if isinstance(path, URIRef):
        for node in nodes:
            found = data.triples((None, path, node) if back else (node, path, None))
            for triple in sorted(found, key=lambda t: (t[0].n3(), t[2].n3())):
                yield triple[0 if back else 2], triple
    elif (path, RDF.first, None) in shapes:
        yield from _sequence(data, shapes, list(_items(shapes, path)), nodes, back)
    elif (inverse := shapes.value(path, SH.inversePath)) is not None:
        yield from _walk(data, shapes, inverse, nodes, not back)
    elif (choices := shapes.value(path, SH.alternativePath)) is not None:
        nodes = list(nodes)
        for choice in _items(shapes, choices):
            yield from _walk(data, shapes, choice, nodes, back)
    else:
        yield from _repeated(data, shapes, path, nodes, back)


def _sequence(data: Graph, shapes: Graph, steps: list[Node], nodes: Iterable[Node], back: bool) -> Iterator[Step]:
    if back:
        steps = steps[::-1]
    for step in steps[:-1]:
        nodes = _reached(data, shapes, step, nodes, back)
    if steps:
        yield from _walk(data, shapes, steps[-1], nodes, back)


def _reached(data: Graph, shapes: Graph, step: Node, nodes: Iterable[Node], back: bool) -> list[Node]:
    """Return where one step leads, which may be nowhere else if it can be left out."""
    nodes = list(nodes)
    may_stay = any((step, kind, None) in shapes for kind in (SH.zeroOrMorePath, SH.zeroOrOnePath))
    found = [end for end, _ in _walk(data, shapes, step, nodes, back)]
    return list(dict.fromkeys([*nodes, *found] if may_stay else found))


def _repeated(data: Graph, shapes: Graph, path: Node, nodes: Iterable[Node], back: bool) -> Iterator[Step]:
    once = shapes.value(path, SH.zeroOrOnePath)
    if once is not None:
        yield from _walk(data, shapes, once, nodes, back)
        return
    inner = shapes.value(path, SH.zeroOrMorePath) or shapes.value(path, SH.oneOrMorePath)
    seen: set[Node] = set()
    while inner is not None and (nodes := [node for node in dict.fromkeys(nodes) if node not in seen]):
        seen.update(nodes)
        steps = list(_walk(data, shapes, inner, nodes, back))
        yield from steps
        nodes = [end for end, _ in steps]


def _items(shapes: Graph, head: Node) -> Iterator[Node]:
    """Yield the items of a list; of a circle each once."""
    seen: set[Node] = set()
    while head != RDF.nil and head not in seen:
        seen.add(head)
        item, rest = shapes.value(head, RDF.first), shapes.value(head, RDF.rest)
        if item is not None:
            yield item
        if rest is None:
            return
        head = rest
