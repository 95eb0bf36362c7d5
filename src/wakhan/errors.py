"""The errors that a user is told about."""

from pathlib import Path


class WakhanError(Exception):
    """Something is wrong with the input; the text says what, where, and what to do about it.

    Args:
        message: What is wrong, in one line.
        path: The file in which it is wrong.
        line: The line of *path*, counted from 1.
        hint: What to do about it.

    Example:
        >>> print(WakhanError("no such prefix: wx", path=Path("data/actors.ttl"), line=7, hint="Did you mean wk?"))
        data/actors.ttl:7: no such prefix: wx
          Did you mean wk?
    """

    exit_status = 1
    """What the command exits with: 1 for something wrong in the data, 2 for misuse."""

    def __init__(
        self, message: str, *, path: Path | None = None, line: int | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        """Return ``path:line: message`` and the hint below it, with what of this is known."""
        place = [] if self.path is None else [self.path.as_posix()]
        if self.line is not None:
            place.append(str(self.line) if place else f"line {self.line}")
        text = ": ".join([":".join(place), self.message] if place else [self.message])
        return text if self.hint is None else f"{text}\n  {self.hint}"


class UsageError(WakhanError):
    """The command or function was asked for something that it cannot do."""

    exit_status = 2
