"""A group of commands that tells what went wrong in a line, and ends with a status that says whose mistake it was."""

from typing import Any

import click

from wakhan.errors import WakhanError

TOLD = (WakhanError, click.UsageError, RecursionError, OSError)
"""The errors that are no mistake in wakhan itself."""

_INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it: nothing was found."""


class TellingGroup(click.Group):
    """A group of commands that turns every error into a line and an exit status: 1 for findings, 2 for misuse."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (as click has it)
        """Run the command that was called."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            click.echo("wakhan: stopped", err=True)
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            raise  # the reader has had enough: click ends the command without a word
        except TOLD as error:
            tell(said(error))
            ctx.exit(status(error))


def said(error: BaseException) -> str:
    """Return an error of the user's or of the machine's in words."""
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "wakhan"
        return f"{error.format_message()}\n  `{command} --help` says what it takes."
    if isinstance(error, OSError):
        return f"{error.filename or 'input or output'}: {error.strerror or error}"
    return "the input is nested too deeply" if isinstance(error, RecursionError) else str(error)


def status(error: BaseException) -> int:
    """Return the exit status for *error*: 1 for something wrong in what was read, 2 for misuse."""
    if isinstance(error, WakhanError | click.UsageError):
        return error.exit_status if isinstance(error, WakhanError) else error.exit_code
    return 1


def tell(error: str) -> None:
    """Print an error on standard error."""
    click.echo(f"wakhan: error: {error}", err=True)
