"""The action, the workflows and the hooks do what they say, and take nothing that they are given for a command."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from wakhan.cli import cli
from wakhan.parse import ENDINGS

ROOT = Path(__file__).parents[1]
TEA = ROOT / "tests/ci"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
DOC = ROOT / "docs/ci.md"
BASH = shutil.which("bash")
FOREIGN = {"files": "data\nbroken", "shapes": "shapes.ttl", "ontology": "ontology.ttl"}

needs_bash = pytest.mark.skipif(BASH is None or os.name == "nt", reason="it runs scripts as a runner of Linux or macOS")


# --- how a runner runs a step ---


@dataclass(frozen=True)
class Done:
    """What a step left behind."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def commands(self) -> list[str]:
        """What the runner would obey, without the two lines by which obeying is stopped and taken up again."""
        obeyed, token = [], None
        for line in self.log.splitlines():
            command = re.match(r"\s*::([^ :]+).*?::(.*)", line)
            if token is not None:
                token = None if command and command[1] == token else token
            elif command and command[1] == "stop-commands":
                token = command[2]
            elif command or "##[" in line:
                obeyed.append(line)
        assert token is None
        return obeyed


def scripts() -> Iterator[tuple[str, str]]:
    """Yield the name and text of each script in the action and the workflows."""
    for step in ACTION["runs"]["steps"]:
        if "run" in step:
            yield f"action.yml {step['name']}", step["run"]
    for path in WORKFLOWS:
        for name, job in workflow(path.read_text(encoding="utf-8"))["jobs"].items():
            for step in job["steps"]:
                if "run" in step:
                    yield f"{path.name} {name} {step['name']}", step["run"]


def workflow(text: str) -> dict[str, Any]:
    """Return a workflow; YAML 1.1 takes its key `on` for a truth value."""
    read = yaml.safe_load(text)
    return {"on" if key is True else key: value for key, value in read.items()}


def run_step(step_id: str, folder: Path, inputs: Mapping[str, str], **steps: str) -> Done:
    """Run a step of the action in *folder* as a runner does, with *inputs* and with outputs of earlier *steps*."""
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == step_id]
    assert set(inputs) <= set(ACTION["inputs"])
    given = {name: spec["default"] for name, spec in ACTION["inputs"].items()} | dict(inputs)

    def value(match: re.Match[str]) -> str:
        kind, name = match[1].split(".", 1)
        return given[name] if kind == "inputs" else steps[name.split(".")[0]]

    runner = folder.parent / f"{folder.name} runner"
    runner.mkdir(exist_ok=True)
    script = runner / "script.sh"
    script.write_text(step["run"], encoding="utf-8")
    files = {name: runner / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_bytes(b"")
    environment = {
        **os.environ,
        **{name: re.sub(r"\$\{\{ (\S+) \}\}", value, text) for name, text in step["env"].items()},
        **{name: str(file) for name, file in files.items()},
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_WORKSPACE": str(folder),
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "tea/ships",
        "GITHUB_SHA": "e6c2",
        "RUNNER_TEMP": str(runner),
    }
    done = subprocess.run(
        [str(BASH), "--noprofile", "--norc", "-e", "-o", "pipefail", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in lines)
    assert len(outputs) == len(lines)
    return Done(done.returncode, done.stdout, outputs, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"))


def validate(folder: Path, **inputs: str) -> Done:
    """Run the step that validates; inputs are those of the action with underscores."""
    for name in ("json.py", "wakhan.py"):  # what lies in the repository must not be imported
        (folder / name).write_text("raise SystemExit('pwned')", encoding="utf-8")
    return run_step(
        "validate", folder, FOREIGN | {k.replace("_", "-"): v for k, v in inputs.items()}, install=sys.executable
    )


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """Return a checkout of the small dataset, in a folder whose name has a blank."""
    folder = tmp_path / "tea ships"
    shutil.copytree(TEA, folder)
    return folder


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Return what validating good and bad data together leaves behind."""
    folder = tmp_path_factory.mktemp("bad") / "tea ships"
    shutil.copytree(TEA, folder)
    return validate(folder)


# --- the action ---


@needs_bash
def test_good_data_pass(tea: Path) -> None:
    done = validate(tea, files="data")
    assert done.status == 0, done.log
    assert done.outputs == done.outputs | {"conforms": "true", "violations": "0", "warnings": "0", "infos": "0"}
    assert set(done.outputs) == set(ACTION["outputs"])
    assert done.commands == []
    assert done.summary.startswith("### Wakhan: no findings\n")
    assert json.loads(Path(done.outputs["sarif"]).read_text(encoding="utf-8"))["runs"][0]["results"] == []


@needs_bash
def test_bad_data_fail_and_are_told_in_the_log_beside_the_lines_and_in_the_summary(bad: Done) -> None:
    assert bad.status == 1
    assert bad.outputs == bad.outputs | {"conforms": "false", "violations": "3", "warnings": "2", "infos": "0"}
    assert [re.sub(",.*", "", command) for command in bad.commands] == [
        *["::error file=broken/ariel.ttl"] * 3,
        *["::warning file=broken/ariel.ttl"] * 2,
    ]
    assert "  17:1 violation A voyage begins in one port" in bad.log
    assert "(https://github.com/tea/ships/blob/e6c2/broken/ariel.ttl#L17)" in bad.summary
    assert len(json.loads(Path(bad.outputs["sarif"]).read_text(encoding="utf-8"))["runs"][0]["results"]) == 5
    assert len(json.loads(Path(bad.outputs["report"]).read_text(encoding="utf-8"))["findings"]) == 5


@needs_bash
def test_what_is_found_need_not_fail_and_can_be_told_in_the_log_only(tea: Path) -> None:
    done = validate(tea, fail_on="never", format="junit", max_results="1", sarif_file="out.sarif")
    assert done.status == 0
    assert done.commands == []
    assert "<testsuites" in done.log
    assert done.outputs["violations"] == "3"
    assert done.outputs["sarif"] == "out.sarif"
    assert len(json.loads((tea / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]) == 1


@needs_bash
def test_the_report_of_one_run_is_the_baseline_of_the_next(bad: Done, tea: Path) -> None:
    shutil.copy(bad.outputs["report"], tea / "base line.json")
    done = validate(tea, baseline="base line.json")
    assert done.status == 0
    assert done.outputs["conforms"] == "true"


@needs_bash
def test_only_what_changed_can_be_reported(tea: Path) -> None:
    def git(*arguments: str) -> None:
        settings = ("-c", "user.name=Tea", "-c", "user.email=tea@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *settings, *arguments], cwd=tea, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "Old")
    ships = tea / "data/ships.ttl"
    ships.write_text(ships.read_text(encoding="utf-8").replace("963", "9630"), encoding="utf-8")
    done = validate(tea, changed_since="HEAD")
    assert (done.status, done.outputs["violations"], done.outputs["warnings"]) == (0, "0", "1")


@needs_bash
@pytest.mark.parametrize(
    ("inputs", "status", "told"),
    [({"shapes": "gone.ttl"}, 2, "no such file"), ({"fail_on": "sometimes"}, 2, "'sometimes' is not one of")],
    ids=["a-missing-file", "an-unknown-word"],
)
def test_a_check_that_cannot_be_made_says_why(tea: Path, inputs: dict[str, str], status: int, told: str) -> None:
    done = validate(tea, **inputs)
    assert done.status == status
    assert told in done.log
    assert done.commands == ["::error title=Wakhan::The check could not be made: the log of this step says why."]
    assert done.outputs == {}


HOSTILE = [
    "a b.ttl", "it's.ttl", 'quo"te.ttl', "$(touch pwned).ttl", "`touch pwned`.ttl", ";touch pwned;.ttl", "&touch pwned",
    "-rf.ttl", "--output=pwned", "*.ttl", "$HOME.ttl", "\\n.ttl", "%0A.ttl", "::error::x.ttl", "##[add-mask]x.ttl",
    " first.ttl", "ä 日本.ttl",
]  # fmt: skip


@needs_bash
def test_names_of_files_are_names_and_no_more(tea: Path) -> None:
    names = [name if name.endswith(".ttl") else f"{name}.ttl" for name in HOSTILE]
    for number, name in enumerate(names):
        (tea / name).write_text(f"<urn:x:{number}> a <https://example.org/tea#Port> .\n", encoding="utf-8")
    walked = tea / "walked"
    walked.mkdir()
    (walked / "line\n::error::x.ttl").write_text("<urn:x:y> a <https://example.org/tea#Port> .\n", encoding="utf-8")
    done = validate(tea, files="\n\n".join([*names, "walked"]))
    report = json.loads(Path(done.outputs["report"]).read_text(encoding="utf-8"))
    assert sorted(each["place"]["path"] for each in report["findings"]) == sorted(
        [*names, "walked/line\n::error::x.ttl"]
    )
    assert all(command.startswith("::error file=") for command in done.commands)
    assert len(done.commands) == len(names) + 1
    assert not [path for path in tea.rglob("*") if path.name == "pwned"]


@needs_bash
@pytest.mark.parametrize("hostile", ["$(touch pwned)", "`touch pwned`", "'; touch pwned; '", '"; touch pwned; "\n-x'])
def test_no_input_is_run(tea: Path, hostile: str) -> None:
    others = sorted(set(ACTION["inputs"]) - {"python-version", "package"})
    done = validate(tea, **{name.replace("-", "_"): hostile for name in others})
    assert done.status == 2
    assert not list(tea.rglob("pwned*"))


@needs_bash
def test_no_input_becomes_another_output(tea: Path) -> None:
    done = validate(tea, sarif_file="x.sarif\nconforms=true\nviolations=0")
    assert done.outputs == done.outputs | {"conforms": "false", "violations": "3", "sarif": "x.sarif"}


@needs_bash
def test_data_are_never_commands_of_the_runner(tea: Path) -> None:
    command = "\\n::add-mask::ship\\n##[add-mask]ship\\n::stop-commands::x\\n"
    (tea / "broken/ariel.ttl").write_text(
        f'<urn:x:##[add-mask]x> a <https://example.org/tea#Port> ; <https://example.org/tea#tons> "{command}" .\n',
        encoding="utf-8",
    )
    shapes = (tea / "shapes.ttl").read_text(encoding="utf-8")
    imports = "<urn:x:y> <http://www.w3.org/2002/07/owl#imports> <urn:x:##[add-mask]ship> .\n"
    shapes = shapes.replace("A port has one English name.", command) + imports
    (tea / "shapes.ttl").write_text(shapes, encoding="utf-8")
    done = validate(tea)
    assert "<urn:x:##[add-mask]ship> was not found" in done.log
    assert [entry[:8] for entry in done.commands] == ["::error "]


@needs_bash
@pytest.mark.parametrize("package", ["", "a $(touch pwned).whl"])
def test_what_is_installed_is_the_wakhan_of_the_action_unless_another_is_named(tmp_path: Path, package: str) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    python = tmp_path / "python"
    python.write_text(  # it makes an environment whose Python writes down its arguments
        '#!/bin/sh\nmkdir -p "$3/bin"\n'
        'printf \'#!/bin/sh\\nprintf "%%s\\\\n" "$@" > arguments\\n\' > "$3/bin/python"\n'
        'chmod +x "$3/bin/python"\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    done = run_step("install", folder, {"package": package}, python=str(python))
    assert done.status == 0, done.log
    assert Path(done.outputs["python"]).is_file()
    arguments = (folder / "arguments").read_text(encoding="utf-8").splitlines()
    assert arguments[:4] == ["-I", "-m", "pip", "install"]
    assert arguments[-2:] == ["--", package or str(ROOT)]
    assert not list(folder.rglob("pwned*"))
    if not package:
        pins = Path(arguments[arguments.index("--constraint") + 1]).read_text(encoding="utf-8").splitlines()
        assert any(pin.startswith("rdflib==") for pin in pins)
        assert all(re.fullmatch(r"[a-z][\w.-]*==[^ \\]+( ; [^\\]+)?", pin) for pin in pins), pins


def test_the_action_uses_each_of_its_inputs_and_gives_each_of_its_outputs() -> None:
    steps = {step["id"]: step for step in ACTION["runs"]["steps"]}
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(ACTION["runs"])))
    assert used == set(ACTION["inputs"])
    for name, output in ACTION["outputs"].items():
        match = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.([\w-]+) \}\}", output["value"])
        assert match is not None
        assert match[1] in steps
        assert match[2] == name


# --- scripts and workflows ---


@needs_bash
@pytest.mark.parametrize(("name", "script"), list(scripts()), ids=[name for name, _ in scripts()])
def test_a_script_is_bash_and_nothing_is_pasted_into_it(name: str, script: str) -> None:
    assert "${{" not in script
    subprocess.run([str(BASH), "-n"], input=script, encoding="utf-8", check=True)


def test_the_action_has_the_form_that_github_wants() -> None:
    check_schema(ACTION, "github-action.json")


@pytest.mark.parametrize("path", WORKFLOWS, ids=[path.name for path in WORKFLOWS])
def test_a_workflow_has_the_form_that_github_wants(path: Path) -> None:
    check_schema(workflow(path.read_text(encoding="utf-8")), "github-workflow.json")


def check_schema(value: Any, name: str) -> None:  # noqa: ANN401 (any YAML)
    schema = json.loads((ROOT / "tests/schemas" / name).read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(value)


@pytest.mark.parametrize("path", WORKFLOWS, ids=[path.name for path in WORKFLOWS])
def test_a_workflow_may_do_no_more_than_it_must(path: Path) -> None:
    read = workflow(path.read_text(encoding="utf-8"))
    assert read["permissions"] == {}
    assert "pull_request_target" not in read["on"]
    for job in read["jobs"].values():
        writes = {name for name, level in job["permissions"].items() if level == "write"}
        assert (
            writes <= {"security-events"} if path.name != "publish.yml" else writes <= {"contents", "id-token", "pages"}
        )
        if writes - {"security-events"}:  # who may publish runs none of the code
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def test_other_actions_are_pinned_to_a_commit_with_its_version_everywhere_the_same() -> None:
    pins: dict[str, set[str]] = {}
    for path in (ROOT / "action.yml", *WORKFLOWS, DOC):
        for name, version in re.findall(
            r"^ *(?:- )?uses: ([^\n@]+)@(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            if name == "OWNER/wakhan":
                continue
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", version), (path, name)
            pins.setdefault(name, set()).add(version)
    assert len(pins) >= 3
    assert all(len(versions) == 1 for versions in pins.values()), pins


# --- hooks ---


def test_hooks_look_at_each_file_that_the_command_reads_and_at_no_other() -> None:
    for name in ("wakhan-validate", "wakhan-lint"):
        pattern = re.compile(HOOKS[name]["files"])
        assert all(pattern.search(f"data/ships{ending}") for ending in ENDINGS)
        assert not any(pattern.search(file) for file in ("ships.md", "ttl", "ships.ttl.bak", "README"))
    assert re.search(HOOKS["wakhan-lint"]["files"], "queries/ships.rq")
    assert [ending for ending in ENDINGS if re.search(HOOKS["wakhan-format"]["files"], f"a{ending}")] == [".ttl"]


def test_hooks_are_commands_and_have_what_pre_commit_needs() -> None:
    for name, hook in HOOKS.items():
        assert hook.keys() >= {"id", "name", "description", "entry", "language", "files"}
        assert hook["language"] == "python"
        program, command = hook["entry"].split()
        assert (program, name) == ("wakhan", f"wakhan-{command}")
        assert command in cli.commands


def run_hook(name: str, folder: Path, arguments: list[str], files: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a hook as pre-commit does: its entry, the arguments of the user, then the files that changed."""
    hook = HOOKS[name]
    changed = files if hook.get("pass_filenames", True) else []
    command = [sys.executable, "-m", *hook["entry"].split(), *arguments, *changed]
    return subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )


def test_the_hook_that_validates_checks_all_data_when_one_file_changes(tea: Path) -> None:
    arguments = ["data", "--shapes", "shapes.ttl", "--ontology", "ontology.ttl"]
    assert run_hook("wakhan-validate", tea, arguments, ["data/voyages.ttl"]).returncode == 0
    ports = tea / "data/ports.ttl"
    ports.write_text(ports.read_text(encoding="utf-8").replace("port:london", "port:londno"), encoding="utf-8")
    done = run_hook("wakhan-validate", tea, arguments, ["data/ports.ttl"])
    assert done.returncode == 1
    assert "data/voyages.ttl" in done.stdout


def test_the_hook_that_formats_mends_the_files_that_it_is_given(tea: Path) -> None:
    ports, ships = tea / "data/my ports.ttl", tea / "data/ships.ttl"
    layout = (tea / "data/ports.ttl").read_bytes()
    ports.write_bytes(layout.replace(b"\n    ", b"\n  "))
    ships.write_bytes(ships.read_bytes().replace(b"\n    ", b"\n  "))
    before = ships.read_bytes()
    done = run_hook("wakhan-format", tea, [], ["data/my ports.ttl"])
    assert (done.returncode, done.stdout) == (0, "wrote data/my ports.ttl\n")
    assert (ports.read_bytes(), ships.read_bytes()) == (layout, before)


def test_the_hook_that_lints_finds_what_is_wrong_with_the_shapes(tea: Path) -> None:
    arguments = ["data", "--shapes", "shapes.ttl", "--ontology", "ontology.ttl"]
    shapes = (tea / "shapes.ttl").read_text(encoding="utf-8")
    (tea / "shapes.ttl").write_text(shapes.replace("sh:minCount", "sh:minCuont"), encoding="utf-8")
    done = run_hook("wakhan-lint", tea, arguments, ["shapes.ttl"])
    assert done.returncode == 1
    assert "sh:minCuont" in done.stdout


# --- the small dataset ---


def test_the_small_dataset_is_in_the_layout() -> None:
    from wakhan.sources import read_text
    from wakhan.turtle import format_turtle

    files = sorted(TEA.rglob("*.ttl"))
    assert len(files) == 6
    for path in files:
        assert format_turtle(read_text(path), path) == read_text(path)
