"""Spark builds a corpus as the other runners do."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from wakhan.corpus import runners, spark
from wakhan.corpus.build import build
from wakhan.corpus.generate import generate
from wakhan.corpus.layout import Folder, Materials
from wakhan.corpus.runners import Job, Task, here
from wakhan.errors import UsageError
from wakhan.sources import load_sources

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "source"
    list(generate(load_sources(ROOT), folder, 3, seed=1, scale=0.05, wrong=1))
    return folder


def read(folder: Path) -> dict[str, bytes]:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    files.pop(".lock", None)
    return files


@pytest.mark.skipif(find_spec("pyspark") is None or shutil.which("java") is None, reason="no pyspark or no Java")
def test_spark_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "here", here)
    command = [sys.executable, "-m", "wakhan", "corpus", "build", str(corpus), "-o", str(tmp_path / "spark")]
    done = subprocess.run([*command, "--runner", "spark", "--workers", "2"], capture_output=True, timeout=300)
    assert done.returncode == 1, done.stderr.decode()
    assert read(tmp_path / "spark") == read(tmp_path / "here")


def test_without_pyspark_the_user_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    task = Task(Materials((), (), ()), "fast", tmp_path, tmp_path)
    with pytest.raises(UsageError, match=r"not installed\n.*wakhan\[spark\]"):
        list(spark.spark(task, [Job(Folder("a", ()), "a")], 1))
    assert list(spark.spark(task, [], 1)) == []


def test_a_python_worker_prepares_ontology_and_gazetteer_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    class Fake:
        def __init__(self, materials: Materials, engine: str) -> None:
            made.append(materials)

        def know(self, findings: object) -> None:
            pass

    monkeypatch.setattr(runners, "Workshop", Fake)
    monkeypatch.setattr(spark, "run_job", lambda workshop, task, job: job.folder.name)
    task = Task(Materials((), (), (("one", b""),)), "fast", tmp_path, tmp_path)
    jobs = [Job(Folder(name, ()), name) for name in "abc"]
    records = [*spark.run_part(task, jobs[:2]), *spark.run_part(task, jobs[2:])]
    assert list(map(str, records)) == ["a", "b", "c"]
    assert len(made) == 1
    list(spark.run_part(task._replace(materials=Materials((), (), (("other", b""),))), jobs))
    assert len(made) == 2
    runners.prepared.cache_clear()
