"""Tell of a whole build: its totals, what is wrong, and the checksums of all files."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from wakhan import __version__
from wakhan.corpus.layout import Materials
from wakhan.corpus.records import (
    ARTICLES,
    FINDINGS,
    JOIN,
    JOURNAL,
    MANIFEST,
    PARTS,
    SUMS,
    Record,
    text_of_records,
    told,
    write_whole,
)
from wakhan.findings import SEVERITIES, Finding, Place, counted
from wakhan.render import table

FORMAT = 1
"""Changes with what is written, so that an earlier program's parts are not taken for this one's."""


class Summary(NamedTuple):
    """What a build did.

    Attributes:
        articles: How many there are.
        built: How many of them were built now; the others were there.
        failed: How many have violations and are not in the output.
        counts: How many findings there are of each severity.
        triples: How many triples are asserted and inferred.
        findings: What is wrong, as in ``findings.jsonl``.
    """

    articles: int
    built: int
    failed: int
    counts: Mapping[str, int]
    triples: Mapping[str, int]
    findings: tuple[Mapping[str, Any], ...]


def finish(out: Path, done: Mapping[str, Record], materials: Materials, fresh: int) -> Summary:
    """Write what tells of the whole build, and take away what no article has any more.

    Args:
        out: The folder of the build.
        done: The records of what all articles share and of each article, by name.
        materials: What the articles share.
        fresh: How many articles were built now.

    Raises:
        WakhanError: A file cannot be written.
    """
    records = sorted(done.values(), key=lambda record: record.name)
    findings = [*(finding for record in records for finding in record.findings), *_twice(records)]
    findings.sort(key=lambda finding: SEVERITIES.index(finding["severity"]))
    wanted = {record.part for record in records}
    for path in [*(out / PARTS).rglob("*.nq*"), *out.glob("shared.nq*")]:
        if path.relative_to(out).as_posix() not in wanted:
            path.unlink()
    triples = Counter[str]()
    for record in records:
        triples.update(record.counts if record.part else {})
    found = Counter(finding["severity"] for finding in findings)
    counts = {severity: found[severity] for severity in SEVERITIES}
    failed = sum(1 for record in records if record.name and not record.part)
    totals = {kind: triples[kind] for kind in ("asserted", "inferred")}
    manifest: dict[str, object] = {
        "format": FORMAT,
        "version": __version__,
        "materials": materials.digest,
        "articles": len(records) - 1,
        "failed": failed,
        "findings": counts,
        "triples": totals,
        "claims": {name.partition(" ")[2]: triples[name] for name in sorted(triples) if name.startswith("claims ")},
        "bytes": sum(record.size for record in records),
    }
    texts = {
        ARTICLES: text_of_records(records),
        FINDINGS: "".join(json.dumps(finding, ensure_ascii=False, sort_keys=True) + "\n" for finding in findings),
    }
    for name, text in texts.items():
        write_whole(out / name, text.encode())
    sums = [(record.sha256, record.part) for record in records if record.part]
    sums += [(sha256(text.encode()).hexdigest(), name) for name, text in texts.items()]
    sums_text = "".join(f"{digest}  {name}\n" for digest, name in sorted(sums, key=lambda pair: pair[1]))
    manifest["sums"] = sha256(sums_text.encode()).hexdigest()
    if not (out / SUMS).is_file() or (out / SUMS).read_bytes() != sums_text.encode():
        shutil.rmtree(out / JOIN, ignore_errors=True)  # which was made of other articles
    write_whole(out / SUMS, sums_text.encode())
    write_whole(out / MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
    (out / JOURNAL).unlink(missing_ok=True)
    return Summary(len(records) - 1, fresh, failed, counts, totals, tuple(findings))


def _twice(records: list[Record]) -> Iterator[dict[str, Any]]:
    """Yield a finding for each article whose IRI another one has too: in one store they would be one."""
    first: dict[str, str] = {}
    for record in records:
        for iri in record.articles:
            other = first.setdefault(iri, record.name)
            if other != record.name:
                message = f"<{iri}> is described in {other} too: give each article IRIs of its own."
                place = Place(Path(f"articles/{record.name}"))
                finding = Finding("violation", "article", f"<{iri}>", "", "", message, "law", place=place)
                yield told(record.name, finding, Path())


def to_text(summary: Summary, most: int) -> str:
    """Return in words what a build did, with the first findings.

    Args:
        summary: What it did.
        most: How many findings to show.
    """
    numbers = {"articles": summary.articles, "built now": summary.built, "left out": summary.failed}
    numbers |= {f"triples, {kind}": number for kind, number in summary.triples.items()}
    lines = [table(["what", "number"], [[what, f"{number:,}"] for what, number in numbers.items()])]
    for finding in summary.findings[:most]:
        place = ":".join(str(finding[part]) for part in ("file", "line", "column") if finding[part] is not None)
        lines.append(f"{place}: {finding['severity']}: {finding['message']}\n")
    if len(summary.findings) > most:
        lines.append(f"… and {len(summary.findings) - most:,} more in {FINDINGS}\n")
    lines.append(f"{counted(summary.counts)}\n")
    return "".join(lines)
