"""The command `wakhan diff` ends as diff does: 0 for the same, 1 for a difference, 2 for trouble."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wakhan.cli import cli


def diff(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, ["diff", *map(str, args)], prog_name="wakhan")


@pytest.fixture
def other(tiny_root: Path) -> Path:
    """Return a copy of the tiny dataset in which a claim is denied."""
    copy = tiny_root.with_name("other")
    shutil.copytree(tiny_root, copy)
    path = copy / "data/claims/p01.ttl"
    path.write_text(path.read_text().replace("wk:Affirmed", "wk:Denied"))
    return copy


def test_the_same_ends_with_0(tiny_root: Path) -> None:
    result = diff(tiny_root, tiny_root)
    assert (result.exit_code, result.output) == (0, "The two versions say the same.\n")


def test_a_difference_ends_with_1_in_every_format(tiny_root: Path, other: Path) -> None:
    assert "factuality: affirmed → denied" in diff(tiny_root, other).output
    for form in ("text", "json", "markdown"):
        result = diff(tiny_root, other, "--format", form)
        assert result.exit_code == 1
        assert "p01s1-1" in result.output


@pytest.mark.parametrize("text", ["<urn:s> <urn:p> 1 .\n<urn:s> <urn:p>\n", "\N{BROKEN BAR}"])
def test_what_cannot_be_read_ends_with_2_and_a_place(tiny_root: Path, text: str) -> None:
    broken = tiny_root.with_name("broken.ttl")
    broken.write_text(text)
    result = diff(tiny_root, broken)
    assert result.exit_code == 2
    assert "broken.ttl:" in result.stderr
    assert result.stdout == ""


def test_misuse_ends_with_2(tiny_root: Path) -> None:
    assert diff(tiny_root).exit_code == 2
    assert diff(tiny_root, tiny_root.with_name("nothing")).exit_code == 2
    assert diff(tiny_root, tiny_root, "--format", "yaml").exit_code == 2
