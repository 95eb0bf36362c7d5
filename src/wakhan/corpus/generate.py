"""Invent a corpus: as many articles as are wanted, like those of a dataset, over one gazetteer.

An article depends on its name, the seed and the gazetteer alone, and is written before the next is made.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wakhan.corpus.broken import broken
from wakhan.corpus.gazetteer import Gazetteer, sized
from wakhan.corpus.invent import Article
from wakhan.corpus.profile import learn
from wakhan.errors import UsageError, WakhanError
from wakhan.sources import Sources


class Made(NamedTuple):
    """An article that was written: its name, and what is wrong with it, if that was wanted."""

    name: str
    fault: str = ""


def generate(
    sources: Sources, out: Path, articles: int, *, seed: int = 0, scale: float = 1.0, wrong: int = 0
) -> Iterator[Made]:
    """Write a corpus into the folder *out*, and yield each article when it is there.

    Args:
        sources: The dataset that the articles are to be like.
        out: The folder; it must be empty or missing.
        articles: How many articles to write.
        seed: What chance depends on: the same seed, the same bytes.
        scale: How large an article is; 1 is about 5,000 triples.
        wrong: How many articles are made wrong, in ways that a build must notice; see ``wakhan.corpus.broken``.

    Raises:
        UsageError: *out* is not empty, or the numbers make no sense.
        WakhanError: A file cannot be written.
    """
    if not (0 <= wrong <= articles and articles > 0 and scale > 0):
        raise UsageError("a corpus has at least one article, of some size, and no more broken ones than there are")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError("not an empty folder", path=out, hint="Name one that is not there yet.")
    profile = learn(sources)
    gazetteer = Gazetteer(profile, sized(articles), str(seed))
    for name, text in gazetteer.files():
        _write(out / "gazetteer" / name, text.encode())
    spoilt = {number * articles // wrong: number for number in range(wrong)}
    width = max(5, len(str(articles)))
    for number in range(articles):
        name = f"a{number + 1:0{width}}"
        files = Article(profile, gazetteer, name, seed=str(seed), scale=scale).files()
        fault, contents = "", {file: text.encode() for file, text in files.items()}
        if number in spoilt:
            fault, contents = broken(files, spoilt[number])
        for file, raw in contents.items():
            _write(out / "articles" / name / file, raw)
        yield Made(name, fault)


def _write(path: Path, raw: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    except OSError as error:
        raise WakhanError(f"cannot be written: {error.strerror}", path=path) from None
