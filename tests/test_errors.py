"""Errors say where and what."""

from pathlib import Path

import pytest

from wakhan.errors import UsageError, WakhanError


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (WakhanError("bad"), "bad"),
        (WakhanError("bad", path=Path("a/b.ttl")), "a/b.ttl: bad"),
        (WakhanError("bad", path=Path("b.ttl"), line=3), "b.ttl:3: bad"),
        (WakhanError("bad", line=3), "line 3: bad"),
        (WakhanError("bad", path=Path("b.ttl"), line=3, column=14), "b.ttl:3:14: bad"),
        (WakhanError("bad", line=3, column=14), "line 3, column 14: bad"),
        (WakhanError("bad", path=Path("b.ttl"), column=14), "b.ttl: bad"),
        (WakhanError("bad", column=14), "bad"),
        (WakhanError("bad", path=Path("b.ttl"), line=3, hint="mend it"), "b.ttl:3: bad\n  mend it"),
    ],
)
def test_text_has_what_is_known(error: WakhanError, text: str) -> None:
    assert str(error) == text


def test_misuse_exits_with_two_and_bad_data_with_one() -> None:
    assert (WakhanError("x").exit_status, UsageError("x").exit_status) == (1, 2)
    assert isinstance(UsageError("x"), WakhanError)
