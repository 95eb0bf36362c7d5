"""Wakhan: what one news article says, who says it, and how sure they are, as linked data.

Example:
    ``wakhan.load().query("csto-members")`` gives the rows of a stored query.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wakhan.dataset import Dataset, load

    __version__: str

__all__ = ["Dataset", "__version__", "load"]


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: the command line must tell what it can without a wait."""
    if name in ("Dataset", "load"):
        from wakhan import dataset

        return getattr(dataset, name)
    if name == "__version__":
        return _version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("wakhan")
    except PackageNotFoundError:  # a checkout that is not installed
        return "0+unknown"
