"""The wheel carries the dataset: installed into an empty environment, in an empty folder, it answers."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a new environment with the wheel in it.

    What the wheel depends on is lent by the environment of the tests, so that nothing is downloaded.
    """
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("wakhan-*.whl")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True, capture_output=True,
    )  # fmt: skip
    site = run(python, folder, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    (Path(site) / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def run(python: Path, folder: Path, *words: str) -> str:
    done = subprocess.run(
        [str(python), *words], cwd=folder, capture_output=True, encoding="utf-8", check=False, env={"PYTHONUTF8": "1"}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_package_is_the_one_of_the_wheel(python: Path, tmp_path: Path) -> None:
    path = run(python, tmp_path, "-c", "import wakhan; print(wakhan.__file__)").strip()
    assert Path(path).is_relative_to(python.parents[1])


def test_query_ask_and_show_work(python: Path, tmp_path: Path) -> None:
    assert "claim:p05s1-1" in run(python, tmp_path, "-m", "wakhan", "query", "csto-members")
    assert run(python, tmp_path, "-m", "wakhan", "ask", "John Kerry", "visited", "Moscow").startswith("Planned")
    assert "Taliban controls" in run(python, tmp_path, "-m", "wakhan", "show", "Anatoly Sidorov")
    assert list(tmp_path.iterdir()) == []


def test_the_dataset_lies_in_the_package(python: Path, tmp_path: Path) -> None:
    root = Path(run(python, tmp_path, "-c", "import wakhan; print(wakhan.load().root)").strip())
    assert root.is_relative_to(python.parents[1])
    for folder in ("data", "ontology", "queries"):
        mine = {path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file()}
        assert mine == {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
