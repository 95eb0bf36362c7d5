"""What is said about publishing holds: options, files and limits are those of the server, the unit is systemd's."""

import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from wakhan.cli import cli
from wakhan.protocol.limits import Limits

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PAGE = (DEPLOY / "README.md").read_text(encoding="utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
SERVICE = (DEPLOY / "wakhan.service").read_text(encoding="utf-8")


def options(command: str) -> set[str]:
    told = CliRunner().invoke(cli, [command, "--help"]).output
    return set(re.findall(r"--[a-z-]+", told))


def test_the_commands_have_the_options_that_are_given_them() -> None:
    texts = (PAGE, CONTAINER, SERVICE)
    used = re.findall(r"wakhan (serve|site|load|query)\b([^`#\n]*)", "\n".join(texts).replace('", "', " "))
    assert {name for name, _ in used} == {"serve", "site", "load", "query"}
    for name, rest in used:
        assert set(re.findall(r"--[a-z-]+", rest)) <= options(name), (name, rest)
    assert {"--timeout", "--memory", "--workers", "--host", "--no-log"} <= options("serve")


def test_the_limits_are_those_of_the_server() -> None:
    limits = Limits()
    for text, value in (
        ("`--timeout`, 10 s", limits.query_seconds),
        ("`--memory`, 1,024 MB", limits.memory / 2**20),
        ("64 wait", limits.queue_length),
        ("up to 10 s", limits.queue_seconds),
        ("| 1 MiB;", limits.request_bytes / 2**20),
        ("| 64 MiB", limits.answer_bytes / 2**20),
        ("| 10 s for its head", limits.head_seconds),
        ("20 s for its body", limits.body_seconds),
        ("| 400 |", limits.connections),
    ):
        assert text in PAGE
        assert float(re.sub(r"[^\d.]", "", re.sub(r"`[^`]*`", "", text))) == float(value)
    told = CliRunner().invoke(cli, ["serve", "--help"]).output
    assert "[default: 10.0;" in told
    assert "[default: 1024;" in told
    assert len(fields(Limits)) == 11


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE)
    assert links
    assert not [link for link in links if not (DEPLOY / link).exists()]
    headings = {
        re.sub(r"[^\w -]", "", line[3:]).lower().replace(" ", "-") for line in PAGE.splitlines() if line[:3] == "## "
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= headings


def test_the_image_is_made_of_files_that_are_there_and_runs_as_nobody() -> None:
    copied = [shlex.split(line)[1:-1] for line in CONTAINER.splitlines() if re.match(r"COPY (?!--from)", line)]
    assert copied
    assert not [name for names in copied for name in names if not (ROOT / name).exists()]
    bases = re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE)
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", bases[0])
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", CONTAINER, re.MULTILINE)
    assert "HEALTHCHECK" in CONTAINER
    assert "build-backend" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    unit = tmp_path / "wakhan.service"
    unit.write_text(SERVICE.replace("/opt/wakhan/bin/wakhan", "/bin/true"), encoding="utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_the_unit_can_do_little_but_its_work(tmp_path: Path) -> None:
    unit = tmp_path / "wakhan.service"
    unit.write_text(SERVICE, encoding="utf-8")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unrecognized option" in judged.stderr or "Unknown" in judged.stderr:
        pytest.skip("this systemd-analyze judges no files")
    assert judged.returncode == 0, judged.stdout[-500:]
