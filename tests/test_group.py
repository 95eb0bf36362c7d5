"""Whose mistake an error is, and in what words it is told."""

import click
import pytest

from wakhan.cli.group import said, status
from wakhan.errors import UsageError, WakhanError


@pytest.mark.parametrize(
    ("error", "words", "ends_with"),
    [
        (WakhanError("wrong", hint="Mend it."), "wrong\n  Mend it.", 1),
        (UsageError("misused"), "misused", 2),
        (click.UsageError("no such option"), "no such option\n  `wakhan --help` says what it takes.", 2),
        (OSError(28, "No space left", "out.ttl"), "out.ttl: No space left", 1),
        (RecursionError(), "the input is nested too deeply", 1),
    ],
)
def test_an_error_is_told_in_words_and_a_status(error: BaseException, words: str, ends_with: int) -> None:
    assert (said(error), status(error)) == (words, ends_with)
