"""A report as one web page that needs nothing else: no script, no font, no picture from elsewhere."""

from collections import Counter
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from pathlib import Path

import wakhan
from wakhan.findings import SEVERITIES, Finding, Report, counted
from wakhan.names import natural_key
from wakhan.report.fingerprint import fingerprints
from wakhan.report.places import by_file
from wakhan.report.snippet import Lines, Snippet, snippet
from wakhan.report.text import left_out_text
from wakhan.report.words import details, one_line, path_text, place_text, position_text, visible

_WIDTH = 160
"""How much of a long line the page holds, in cells; it scrolls there, or folds on a narrow screen."""

_KEPT = 16
"""How many digits of a fingerprint make the address of a finding within the page."""


def to_html(report: Report, lines: Lines) -> str:
    """Return *report* as a web page: what there is of each severity, rule and file, then every finding with its line.

    Each finding has an address within the page that stays when lines move. Nothing of the data is markup.

    Args:
        report: What a check found.
        lines: The lines of the files.
    """
    title = counted(report.counts)
    groups = by_file(report)
    prints = fingerprints(report.findings, lines)
    style = files("wakhan.report").joinpath("page.css").read_text(encoding="utf-8")
    body = [
        '<a class="skip" href="#findings">Skip to the findings</a>',
        _header(report, title),
        _summary(report, list(groups)) if report.findings else "",
        '<main id="findings">',
        _filter(report),
        *(_group(number, path, groups[path], prints, report, lines) for number, path in enumerate(groups)),
        _unfound(report),
        "</main>",
        f"<footer><p>Made by wakhan {_text(wakhan.__version__)}.</p></footer>",
    ]
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="robots" content="noindex">',
        f"<title>{escape(title)} | Wakhan validation</title>",
        f"<style>\n{style}</style>",
    ]
    parts = ["<!doctype html>", '<html lang="en">', "<head>", *head, "</head>", "<body>", *body, "</body>", "</html>"]
    return "\n".join(filter(None, parts)) + "\n"


def _header(report: Report, title: str) -> str:
    checked = [_number(len(report.files), "file"), _number(len(report.rules), "rule")]
    verdict = "good" if not any(report.counts.values()) else next(s for s in SEVERITIES if report.counts.get(s))
    notes = [_text(one_line(note)) for note in (*report.notes, left_out_text(report)) if note]
    return _join(
        "<header>",
        "<h1>Validation report</h1>",
        f'<p class="verdict {verdict}">{_text(title)}</p>',
        f"<p>{' checked against '.join(checked)}</p>" if report.files and report.rules else "",
        *(f'<p class="note">{note}</p>' for note in notes),
        "</header>",
    )


def _summary(report: Report, paths: list[Path | None]) -> str:
    of_rule: dict[str, Counter[str]] = {}
    of_file: dict[Path | None, Counter[str]] = {}
    for finding in report.findings:
        of_rule.setdefault(finding.shape, Counter())[finding.severity] += 1
        path = finding.place.path if finding.place else None
        of_file.setdefault(path, Counter())[finding.severity] += 1
    rules = sorted(of_rule.items(), key=lambda item: (-item[1].total(), natural_key(item[0])))
    return _join(
        '<nav aria-label="Summary">',
        _table("Files", [(f'<a href="#file-{n}">{_file(p)}</a>', of_file[p]) for n, p in enumerate(paths)]),
        _table("Rules", [(_code(name), counts) for name, counts in rules]),
        "</nav>",
    )


def _table(title: str, rows: Iterable[tuple[str, Counter[str]]]) -> str:
    """Return a table of how many findings there are of each severity; the cells of the first column are markup."""
    heads = "".join(f'<th scope="col">{severity}</th>' for severity in SEVERITIES)
    body = [
        f'<tr><th scope="row">{name}</th>{"".join(_cell(severity, counts[severity]) for severity in SEVERITIES)}</tr>'
        for name, counts in rows
    ]
    return _join(
        f"<section><h2>{title}</h2>",
        f'<div class="scroll"><table><thead><tr><th scope="col">{title[:-1]}</th>{heads}</tr></thead><tbody>',
        *body,
        "</tbody></table></div></section>",
    )


def _cell(severity: str, number: int) -> str:
    return f'<td class="{severity}">{number:,}</td>' if number else "<td></td>"


def _filter(report: Report) -> str:
    """Return the buttons that choose a severity; they work by the style sheet alone, and are needed for two or more."""
    kinds = Counter(finding.severity for finding in report.findings)
    if len(kinds) < 2:
        return ""
    choices = [("all", len(report.findings)), *((kind, kinds[kind]) for kind in SEVERITIES if kinds[kind])]
    buttons = [
        f'<label><input type="radio" name="show" id="show-{word}"{" checked" if word == "all" else ""}>'
        f"{word} <span>{number:,}</span></label>"
        for word, number in choices
    ]
    return _join('<fieldset class="filter"><legend>Show</legend>', *buttons, "</fieldset>")


def _unfound(report: Report) -> str:
    """Return the rules that found nothing; none where findings were left out, because one might be theirs."""
    found = {finding.shape for finding in report.findings}
    names = sorted((name for name in report.rules if name not in found), key=natural_key)
    if not names or report.left_out:
        return ""
    items = (f"<li>{_code(name)} {_text(report.rules[name].name)}</li>" for name in names)
    title = f"{_number(len(names), 'rule')} found nothing"
    return _join(f'<details class="unfound"><summary>{title}</summary><ul>', *items, "</ul></details>")


def _group(
    number: int,
    path: Path | None,
    found: list[tuple[int, Finding]],
    prints: list[str],
    report: Report,
    lines: Lines,
) -> str:
    return _join(
        f'<section class="file" aria-labelledby="file-{number}">',
        f'<h2 id="file-{number}">{_file(path)}</h2>',
        *(_finding(finding, prints[index][:_KEPT], report, lines) for index, finding in found),
        "</section>",
    )


def _finding(finding: Finding, own: str, report: Report, lines: Lines) -> str:
    place = finding.place
    label = f"line {position_text(place)}" if place and place.line else "link"
    shown = snippet(place, lines, _WIDTH)
    facts = [(word, _text(text) if word == "expected" else _code(text)) for word, text in details(finding)]
    facts += [("hint", f'<span class="hint">{_text(one_line(finding.hint))}</span>')] if finding.hint else []
    facts += [("see", "<br>".join(_code(place_text(each)) for each in finding.related))] if finding.related else []
    return _join(
        f'<article class="{finding.severity}" id="f-{own}">',
        f'<h3><span class="severity">{finding.severity}</span> {_text(one_line(finding.message))}</h3>',
        f'<p class="where"><a href="#f-{own}">{label}</a> {_code(finding.shape)}</p>',
        _source(shown) if shown else "",
        "<dl>" if facts else "",
        *(f"<div><dt>{word}</dt><dd>{markup}</dd></div>" for word, markup in facts),
        "</dl>" if facts else "",
        _why(finding, report),
        "</article>",
    )


def _source(shown: Snippet) -> str:
    # A place between two characters is shown as a mark without words.
    mark = f"<mark>{escape(shown.marked)}</mark>" if shown.has_column else ""
    return (
        f'<pre class="scroll" role="group" tabindex="0" aria-label="Line {shown.line}">'
        f'<span class="number">{shown.line}</span>'
        f"<code>{escape(shown.before)}{mark}{escape(shown.after)}</code></pre>"
    )


def _why(finding: Finding, report: Report) -> str:
    rule = report.rules.get(finding.shape)
    if rule is None or not rule.description or rule.description == finding.message:
        return ""
    return f"<details><summary>Why</summary><p>{_text(one_line(rule.description))}</p></details>"


def _number(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _file(path: Path | None) -> str:
    return "without a place" if path is None else _code(path_text(path))


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>"


def _text(text: str) -> str:
    """Return *text* as markup that shows it, whatever it holds; it cannot turn the direction of what stands around."""
    return f"<bdi>{escape(visible(text))}</bdi>"


def _join(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
