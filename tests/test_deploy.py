"""What is said about publishing holds: options, files and limits are those of the server, the unit is systemd's."""

import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import DCAT, Graph

import wakhan
from wakhan.cli import cli
from wakhan.folder import CHECKSUMS
from wakhan.metadata import metadata
from wakhan.protocol.limits import Limits
from wakhan.protocol.media import NAMES, media_type_of
from wakhan.release import Distribution, release

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


def released(root: Path) -> list[Distribution]:
    """Return the files of a release of the small dataset, with the tests of its query."""
    answer = root / "tests/queries/members/default.csv"
    answer.parent.mkdir(parents=True)
    answer.write_bytes(b"member,alliance\r\nhttps://w3id.org/wakhan/id/arland,https://w3id.org/wakhan/id/pact\r\n")
    dataset = wakhan.load(root)
    files = release(dataset)
    return [*files, *metadata(dataset, files)]


def test_the_files_of_a_release_have_the_media_types_that_its_catalog_tells(tiny_root: Path) -> None:
    files = released(tiny_root)
    assert {file.name: media_type_of(f"data/{file.name}") for file in files} == {
        file.name: file.media_type for file in files
    }
    catalog = Graph().parse(data=next(file.content for file in files if file.name == "dcat.ttl"), format="turtle")
    told = {
        str(address).rpartition("/data/")[2]: str(media_type).partition("/media-types/")[2]
        for distribution, address in catalog.subject_objects(DCAT.downloadURL)
        for media_type in catalog.objects(distribution, DCAT.mediaType)
    }
    assert len(told) > 20
    assert told == {name: media_type_of(name) for name in told}


def test_each_type_that_a_host_has_to_be_told_is_listed(tiny_root: Path) -> None:
    listed = dict(re.findall(r"\| `([\w.-]+)` \| `(\w+/[\w.+-]+)` ", PAGE))
    assert {name: media_type_of(f"x{name}" if name[0] == "." else name) for name in listed} == listed
    names = {file.name for file in released(tiny_root)}
    names |= {path.name for path in (ROOT / "src/wakhan/site/static").rglob("*") if path.is_file()}
    usual = {".css", ".csv", ".gz", ".js", ".svg", ".txt"}
    assert {name if name in NAMES else Path(name).suffix for name in names} - usual == {*listed}
    assert {name for name in names if name.endswith(".gz")} == {"oxigraph.wasm.gz"}
    assert f"`{CHECKSUMS}` is `{media_type_of(CHECKSUMS)}`" in PAGE
    assert f"`.wasm.gz` is `{media_type_of('x.wasm.gz')}`" in PAGE


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
