"""The errors that a user is told about."""

from pathlib import Path


class WakhanError(Exception):
    """Something is wrong with the input; the text says what, where, and what to do about it.

    Args:
        message: What is wrong, in one line.
        path: The file in which it is wrong.
        line: The line of *path*, counted from 1.
        column: The column of *line* in code points, counted from 1; it says nothing without a line.
        hint: What to do about it.

    Example:
        >>> print(WakhanError("no such prefix: wx", path=Path("data/actors.ttl"), line=7, hint="Did you mean wk?"))
        data/actors.ttl:7: no such prefix: wx
          Did you mean wk?
        >>> print(WakhanError("no such prefix: wx", path=Path("data/actors.ttl"), line=7, column=5))
        data/actors.ttl:7:5: no such prefix: wx
    """

    exit_status = 1
    """What the command exits with: 1 for something wrong in the data, 2 for misuse."""

    def __init__(
        self,
        message: str,
        *,
        path: Path | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        """Return ``path:line:column: message`` and the hint below it, with what of this is known."""
        place = self._place()
        text = f"{place}: {self.message}" if place else self.message
        return text if self.hint is None else f"{text}\n  {self.hint}"

    def _place(self) -> str:
        column = None if self.line is None else self.column
        if self.path is not None:
            return ":".join(str(part) for part in (self.path.as_posix(), self.line, column) if part is not None)
        words = (("line", self.line), ("column", column))
        return ", ".join(f"{word} {number}" for word, number in words if number is not None)


class UsageError(WakhanError):
    """The command or function was asked for something that it cannot do."""

    exit_status = 2
