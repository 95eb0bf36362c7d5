"""What a client is told instead of an answer."""

from collections.abc import Mapping


class Refused(Exception):
    """A request that is not answered, with the HTTP status and a text that says why and what to do.

    Args:
        status: The HTTP status.
        text: Why, in plain words.
        headers: What else the client must know, such as ``Allow`` or ``Retry-After``.
    """

    def __init__(self, status: int, text: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.headers = dict(headers or {})


def not_allowed(allowed: str) -> Refused:
    """Return the refusal of a method that is none of *allowed*, such as ``GET, HEAD``."""
    return Refused(405, f"Only {allowed} can be used here.", {"Allow": allowed})


def busy(text: str, seconds: int) -> Refused:
    """Return the refusal of what may be asked again in some *seconds*."""
    return Refused(503, text, {"Retry-After": str(seconds)})
