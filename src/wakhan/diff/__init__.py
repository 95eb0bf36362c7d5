"""Compare two releases claim by claim: what changed, what follows from it, and which version it asks for."""

from wakhan.diff.compare import Change, Difference, compare
from wakhan.diff.version import Version, read_version

__all__ = ["Change", "Difference", "Version", "compare", "read_version"]
