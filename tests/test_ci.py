"""What docs/ci.md shows is what happens; ``python tests/test_ci.py`` writes it anew."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/ci.md"
CONSOLE = re.compile(r"```console\n((?:(?!```).*\n)*)```")
TABLES = {kind: re.compile(rf"(?<=\n)\| {kind} \|.*\n\| --- .*\n(?:\|.*\n)*") for kind in ("input", "output")}
VERSION = re.compile(r"(OWNER/wakhan@v|rev: v)([\d.]+\d)")
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(BASH is None or os.name == "nt", reason="the page is written for a shell of Unix")


def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def action() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return read


# --- the commands ---


def run_page(folder: Path) -> Iterator[str]:
    """Yield each console block of the page as it comes out when its commands are run, one after the other."""
    work = prepared(folder)
    status = 0
    for block in CONSOLE.findall(text()):
        shown = ""
        for command in re.findall(r"^\$ (.+)$", block, re.MULTILINE):
            status, printed = run(command, work, status)
            shown += f"$ {command}\n{printed}"
        yield shown


def prepared(folder: Path) -> Path:
    """Return a repository with the small dataset, and make ``wakhan`` a command beside it."""
    work = folder / "tea"
    shutil.copytree(ROOT / "tests/ci", work)
    command = folder / "bin/wakhan"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m wakhan "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    git = ("git", "-c", "user.name=Tea", "-c", "user.email=tea@example.org", "-c", "commit.gpgsign=false")
    for arguments in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "Tea clippers")):
        subprocess.run([*git, *arguments], cwd=work, check=True)
    return work


def run(command: str, work: Path, status: int = 0) -> tuple[int, str]:
    """Run a command of the page, after one that ended with *status*; return its status and what it prints."""
    done = subprocess.run(
        [str(BASH), "-c", f"(exit {status}); {command}"],
        cwd=work,
        env={**os.environ, "PATH": f"{work.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@cache
def blocks() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return list(run_page(Path(folder)))


@pytest.mark.parametrize("number", range(len(CONSOLE.findall(text()))))
def test_commands_print_what_the_page_shows(number: int) -> None:
    assert blocks()[number] == CONSOLE.findall(text())[number]


# --- what it shows for services ---


def snippets(language: str) -> list[str]:
    found: list[str] = re.findall(rf"```{language}\n((?:(?!```).*\n)*)```", text())
    return found


def test_the_commands_for_services_pass_and_write_what_the_services_read(tmp_path: Path) -> None:
    work = prepared(tmp_path)
    gitlab = yaml.safe_load(next(each for each in snippets("yaml") if ".gitlab-ci.yml" in each))["shacl"]
    (jenkins,) = snippets("groovy")
    (in_jenkins,) = re.findall(r"sh '\.venv/bin/(wakhan .+)'", jenkins)
    for command, reports in (
        (gitlab["script"][-1], gitlab["artifacts"]["reports"].values()),
        (in_jenkins, re.findall(r"junit '(.+)'", jenkins)),
    ):
        assert run(command, work) == (0, "no findings\n")
        assert reports
        for report in reports:
            assert (work / report).read_text(encoding="utf-8")
            (work / report).unlink()


def test_workflows_give_the_action_inputs_that_it_has() -> None:
    used = [step for step in steps() if step.get("uses", "").startswith("OWNER/wakhan@")]
    assert len(used) == 2
    for step in used:
        assert set(step["with"]) <= set(action()["inputs"])
    outputs = set(re.findall(r"steps\.wakhan\.outputs\.([\w-]+)", text()))
    assert outputs
    assert outputs <= set(action()["outputs"])


def steps() -> Iterator[dict[str, Any]]:
    for snippet in snippets("yaml"):
        read = yaml.safe_load(snippet)
        if isinstance(read, list):
            yield from read
        elif "jobs" in read:
            for job in read["jobs"].values():
                yield from job["steps"]


def test_the_hooks_for_pre_commit_exist_and_have_arguments_that_work(tmp_path: Path) -> None:
    work = prepared(tmp_path)
    defined = {
        each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    }
    (config,) = [read["repos"][0] for read in map(yaml.safe_load, snippets("yaml")) if "repos" in read]
    assert {hook["id"] for hook in config["hooks"]} == set(defined)
    for hook in config["hooks"]:
        if "args" in hook:
            status, printed = run(shlex.join([*defined[hook["id"]]["entry"].split(), *hook["args"]]), work)
            assert status == 0, printed


def test_every_version_on_the_page_is_that_of_the_package() -> None:
    import wakhan

    versions = [match[2] for match in VERSION.finditer(text())]
    assert len(versions) >= 5
    assert set(versions) == {wakhan.__version__}


def test_formats_are_those_of_the_command() -> None:
    from wakhan.report import FORMATS

    table = text().partition("| format |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == sorted(FORMATS)


# --- the tables of inputs and outputs ---


def table(kind: str) -> str:
    """Return the table of the inputs or outputs of the action."""
    columns = (kind, "what it is", "default")[: 3 if kind == "input" else 2]
    rows = [columns, ("---",) * len(columns)]
    for name, spec in action()[f"{kind}s"].items():
        default = f"`{spec['default']}`" if spec.get("default") else ""
        rows.append((f"`{name}`", spec["description"], default)[: len(columns)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows).replace("|  |", "| |")


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_the_table_is_that_of_the_action(kind: str) -> None:
    found = TABLES[kind].search(text())
    assert found is not None
    assert found[0] == table(kind)


def main() -> None:
    """Write the outputs, the tables and the versions of the page anew."""
    import wakhan

    done = iter(blocks())
    new = CONSOLE.sub(lambda _: f"```console\n{next(done)}```", text())
    for kind, pattern in TABLES.items():
        new = pattern.sub(table(kind).replace("\\", r"\\"), new)
    new = VERSION.sub(rf"\g<1>{wakhan.__version__}", new)
    PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
