"""What docs/corpus.md shows is what happens."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs/corpus.md"
CONSOLE = re.compile(r"```console\n((?:(?!```).*\n)*)```")


def test_commands_print_what_the_page_shows(tmp_path: Path) -> None:
    blocks = CONSOLE.findall(PAGE.read_text(encoding="utf-8"))
    assert blocks
    for block in blocks:
        shown = ""
        for command in re.findall(r"^\$ (.+)$", block, re.MULTILINE):
            done = subprocess.run(
                [sys.executable, "-m", *shlex.split(command)],
                cwd=tmp_path,
                env={**os.environ, "PYTHONUTF8": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
            )
            shown += f"$ {command}\n{done.stdout}"
        assert shown == block
