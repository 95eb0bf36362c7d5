"""Check a graph against SHACL shapes, with pySHACL's results and as little of its work as will do.

The data go one way: ``dialect`` (with ``selects``, ``patterns``, ``traits``) tells which shapes mean the same to both
engines, ``shifty`` where these may find something, ``reference`` what pySHACL finds there, ``raws`` what that means.
"""

from wakhan.shacl.raws import result_node
from wakhan.shacl.run import (
    Checked,
    ShapeError,
    check,
    check_engine,
    looks_at_something,
    rules_first,
    targets,
    with_prefixes,
    with_terms,
)

__all__ = [
    "Checked",
    "ShapeError",
    "check",
    "check_engine",
    "looks_at_something",
    "result_node",
    "rules_first",
    "targets",
    "with_prefixes",
    "with_terms",
]
