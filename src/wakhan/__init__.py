"""Wakhan: what one news article says, who says it, and how sure they are, as linked data.

Example:
    ``wakhan.load().query("csto-members")`` gives the rows of a stored query.
"""

from importlib.metadata import PackageNotFoundError, version

# Reasoner, validator and engines are imported by what needs them.
from wakhan.dataset import Dataset, load

__all__ = ["Dataset", "__version__", "load"]

try:
    __version__ = version("wakhan")
except PackageNotFoundError:  # a checkout that is not installed
    __version__ = "0+unknown"
