"""The commands that answer: query, sparql, ask, show and why."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wakhan import Dataset, load
from wakhan.cli.options import engine_option, print_json, print_text, root_option, row_format, text_format
from wakhan.errors import UsageError, WakhanError
from wakhan.render import WIDTH, render
from wakhan.sources import read_text

if TYPE_CHECKING:
    from wakhan.rows import Rows


@click.command()
@click.argument("name", required=False)
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--describe", is_flag=True, help="Show the question, the parameters and the text instead of the answer.")
@row_format
@engine_option
@root_option
def query(name: str | None, params: tuple[str, ...], describe: bool, form: str, engine: str, root: Path | None) -> None:
    """Answer the stored query NAME; without NAME, list the stored queries."""
    from wakhan import query as queries

    dataset = load(root)
    if name is None:
        print_text(queries.list_text(dataset.queries))
    elif describe:
        print_text(queries.to_text(dataset.stored(name)))
    else:
        _print_rows(dataset, dataset.answer(dataset.stored(name), _pairs(params), engine), form)


def _pairs(params: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in params:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise UsageError(f"not a parameter: {text!r}", hint="Write --param NAME=VALUE.")
        if key in pairs:
            raise UsageError(f"the parameter {key!r} is given twice")
        pairs[key] = value
    return pairs


def _print_rows(dataset: Dataset, rows: "Rows", form: str) -> None:
    from wakhan.lookup import label

    width = os.get_terminal_size(1).columns if sys.stdout.isatty() else WIDTH
    print_text(render(rows, form, lambda node: label(dataset.names, node), width=width))


@click.command()
@click.argument("text")
@click.option("--inferred", is_flag=True, help="Ask also what follows by OWL 2 RL.")
@row_format
@engine_option
@root_option
def sparql(text: str, inferred: bool, form: str, engine: str, root: Path | None) -> None:
    """Answer a SPARQL query, given as TEXT or as the name of a file."""
    is_file = not any(sign in text for sign in "{\n") and (text.endswith((".rq", ".sparql")) or Path(text).is_file())
    asked = read_text(Path(text)) if is_file else text
    dataset = load(root)
    rows = dataset.sparql(asked, engine=engine, inferred=inferred)
    for name in dataset.unknown(asked):
        click.echo(f"wakhan: warning: the dataset has nothing that is called {name}", err=True)
    _print_rows(dataset, rows, form)


@click.command()
@click.argument("subject")
@click.argument("property")
@click.argument("object")
@text_format
@root_option
def ask(subject: str, property: str, object: str, form: str, root: Path | None) -> None:
    """Say how the article stands to a statement: 'John Kerry' visited Moscow."""
    from wakhan import verdict

    dataset = load(root)
    found = dataset.ask(subject, property, object)
    if form == "json":
        print_json(verdict.to_dict(found, dataset.graph))
    else:
        print_text(verdict.to_text(found, dataset.graph))


@click.command()
@click.argument("name")
@text_format
@root_option
def show(name: str, form: str, root: Path | None) -> None:
    """Show all that the dataset has on NAME: a thing, a claim, a passage, a property or a class."""
    from wakhan import show as showing

    dataset = load(root)
    found = dataset.show(name)
    if form == "json":
        print_json(showing.to_dict(found, dataset.graph))
    else:
        print_text(showing.to_text(found, dataset.graph))


@click.command()
@click.argument("subject")
@click.argument("property")
@click.argument("object")
@root_option
def why(subject: str, property: str, object: str, root: Path | None) -> None:
    """Say why a statement is a fact: the rules, and the sentences it rests on."""
    from wakhan.why import to_text

    dataset = load(root)
    proof = dataset.why(subject, property, object)
    if proof is None:
        raise WakhanError("this is not a fact", hint=dataset.ask(subject, property, object).text)
    print_text(to_text(proof, dataset.graph).rstrip("\n") + "\n")
