"""The commands that answer: query, sparql, ask, show and why."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

import wakhan
from wakhan.cli.options import engine_option, print_json, print_text, root_option, row_format, text_format
from wakhan.errors import UsageError, WakhanError

if TYPE_CHECKING:
    from rdflib.term import Node

    from wakhan import Dataset
    from wakhan.rows import Rows

_F = TypeVar("_F", bound=Callable[..., object])


def _server_options(command: _F) -> _F:
    """Add what a question to a server needs."""
    for option in (
        click.option(
            "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="How long it may take."
        ),
        click.option("--graph", metavar="IRI", help="The graph of the endpoint; else its default graph."),
        click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint, not the dataset here."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("name", required=False)
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--describe", is_flag=True, help="Show the question, the parameters and the text instead of the answer.")
@row_format
@engine_option
@_server_options
@root_option
def query(
    name: str | None,
    params: tuple[str, ...],
    describe: bool,
    form: str,
    engine: str,
    root: Path | None,
    **server: Any,  # noqa: ANN401 (as click gives them)
) -> None:
    """Answer the stored query NAME; without NAME, list the stored queries."""
    from wakhan import query as queries

    dataset = wakhan.load(root)
    asked = _server(**server)
    if name is None:
        print_text(queries.list_text(dataset.queries))
    elif describe:
        print_text(queries.to_text(dataset.stored(name)))
    elif asked is None:
        _print_rows(dataset, dataset.answer(dataset.stored(name), _pairs(params), engine), form)
    else:
        stored = dataset.stored(name)
        rows = asked(dataset, stored.text, dataset.bind(stored, _pairs(params)))
        if stored.inference and not rows:
            _warn("this question needs inference: load the inferred edition, or let `wakhan reason` infer it there")
        _print_rows(dataset, rows, form)


_Asking = Callable[["Dataset", str, Mapping[str, "Node"]], "Rows"]


def _server(endpoint: str | None, graph: str | None, timeout: float | None) -> _Asking | None:
    """Return what asks the server that was named, if one was.

    Raises:
        UsageError: Some of the options do not go together.
    """
    if endpoint is None:
        if graph is not None or timeout is not None:
            raise UsageError("--graph and --timeout are for a server", hint="Name it with --endpoint.")
        return None
    context = click.get_current_context()
    for name in ("engine", "inferred"):
        if name in context.params and context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            raise UsageError(
                f"--endpoint and --{name} do not go together", hint="The server has its own engine and data."
            )
    from wakhan.servers.endpoint import Endpoint
    from wakhan.servers.transport import TIMEOUT

    server = Endpoint(endpoint, timeout=timeout or TIMEOUT)
    return lambda dataset, text, bindings: server.query(text, bindings, graph=graph, prefixes=dataset.prefixes)


def _warn(text: str) -> None:
    click.echo(f"wakhan: warning: {text}", err=True)


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


def _print_rows(dataset: "Dataset", rows: "Rows", form: str) -> None:
    from wakhan.lookup import label
    from wakhan.render import WIDTH, render

    is_seen = sys.stdout.isatty()
    width = os.get_terminal_size(1).columns if is_seen else WIDTH
    text = render(rows, form, lambda node: label(dataset.names, node), width=width)
    print_text(_harmless(text) if is_seen or form == "table" else text)  # to a program the terms go as they are


def _harmless(text: str) -> str:
    """Return *text* with escapes for what a terminal would obey."""
    lines = text.replace("\r\n", "\n").split("\n")
    if all(map(str.isprintable, lines)):
        return text
    from wakhan.report.words import visible

    return "\n".join(map(visible, lines))


@click.command()
@click.argument("text")
@click.option("--inferred", is_flag=True, help="Ask also what follows by OWL 2 RL.")
@row_format
@engine_option
@_server_options
@root_option
def sparql(
    text: str,
    inferred: bool,
    form: str,
    engine: str,
    root: Path | None,
    **server: Any,  # noqa: ANN401 (as click gives them)
) -> None:
    """Answer a SPARQL query, given as TEXT or as the name of a file."""
    from wakhan.sources import read_text

    is_file = not any(sign in text for sign in "{\n") and (text.endswith((".rq", ".sparql")) or Path(text).is_file())
    asked = read_text(Path(text)) if is_file else text
    dataset = wakhan.load(root)
    asking = _server(**server)
    rows = asking(dataset, asked, {}) if asking else dataset.sparql(asked, engine=engine, inferred=inferred)
    for name in dataset.unknown(asked):
        _warn(f"the dataset has nothing that is called {name}")
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

    dataset = wakhan.load(root)
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

    dataset = wakhan.load(root)
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

    dataset = wakhan.load(root)
    proof = dataset.why(subject, property, object)
    if proof is None:
        raise WakhanError("this is not a fact", hint=dataset.ask(subject, property, object).text)
    print_text(to_text(proof, dataset.graph).rstrip("\n") + "\n")
