"""Rules are sent to a store until nothing new comes, and stay within their graph."""

from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest

from wakhan.errors import UsageError, WakhanError
from wakhan.servers.endpoint import Endpoint
from wakhan.servers.materialize import Materialized, materialize, read_rules

RULES = """\
# Rules of a family.

PREFIX : <urn:x:>

# fam-grand
# of two steps
INSERT { ?a :above ?c }
WHERE { ?a :above ?b ; a :Person . ?b :above ?c } ;

# fam-parent
INSERT { ?a :above ?b }
WHERE { ?a :parent ?b }
"""
DATA = "".join(f"<urn:x:{n}> <urn:x:parent> <urn:x:{n + 1}> . <urn:x:{n}> a <urn:x:Person> .\n" for n in range(9))


class Store:
    """Stands for an endpoint."""

    shown = "http://localhost/query"

    def __init__(self, *, is_virtuoso: bool = False) -> None:
        self.store, self.is_virtuoso, self.sent = ox.Store(), is_virtuoso, list[str]()
        self.store.load(DATA.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:g"))
        self.store.load(DATA.encode(), format=ox.RdfFormat.TURTLE)

    def count(self, graph: str | None) -> int:
        place = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        return len(list(self.store.quads_for_pattern(None, None, None, place)))

    def update(self, text: str) -> None:
        self.sent.append(text)
        if "define" not in text:
            self.store.update(text)
        if "fails" in text:
            raise WakhanError("the server fails", hint="Do not.")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.ru"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.mark.parametrize(("graph", "other"), [("urn:g", None), (None, "urn:g")])
def test_all_that_follows_is_added_to_the_one_graph(graph: str | None, other: str | None, rules: Path) -> None:
    store, told = Store(), list[tuple[int, int]]()
    done = materialize(cast(Endpoint, store), read_rules(rules), graph, progress=lambda *new: told.append(new))
    assert done.before == 18
    assert done.after == 18 + sum(range(10)) == store.count(graph)
    assert sum(new for _, new in told) == sum(range(10))
    assert [number for number, _ in told] == list(range(1, done.rounds + 1))
    assert told[-1][1] == 0
    assert store.count(other) == 18


def test_nothing_new_takes_one_round(rules: Path) -> None:
    store = cast(Endpoint, Store())
    first = materialize(store, read_rules(rules), "urn:g", progress=lambda *_: None)
    again = materialize(store, read_rules(rules), "urn:g", progress=lambda *_: None)
    assert again == Materialized(first.after, first.after, 1)


def test_the_rounds_have_a_limit(rules: Path) -> None:
    with pytest.raises(WakhanError, match="something new after 2 rounds"):
        materialize(cast(Endpoint, Store()), read_rules(rules), "urn:g", rounds=2, progress=lambda *_: None)


def test_a_rule_that_fails_is_named(rules: Path) -> None:
    rules.write_text(RULES.replace(":parent", ":fails"), encoding="utf-8")
    with pytest.raises(WakhanError, match="rule fam-parent: the server fails") as caught:
        materialize(cast(Endpoint, Store()), read_rules(rules), None, progress=lambda *_: None)
    assert caught.value.hint == "Do not."


def test_virtuoso_is_told_to_join_in_the_order_of_the_rule(rules: Path) -> None:
    for is_virtuoso in (True, False):
        store = Store(is_virtuoso=is_virtuoso)
        materialize(cast(Endpoint, store), read_rules(rules), "urn:g", progress=lambda *_: None)
        assert all(text.startswith("define sql:select-option") is is_virtuoso for text in store.sent)


def test_rules_are_read_with_their_names() -> None:
    rules = read_rules()
    names = {rule.name for rule in rules}
    assert {"eq-sym", "prp-spo2", "cls-int1", "cax-sco", "scm-uni"} <= names
    assert all(rule.text.startswith("INSERT") and not rule.text.endswith(";") for rule in rules)
    store = ox.Store()
    for rule in rules:
        store.update(rule.within("urn:g"))
        store.update(rule.within(None))


@pytest.mark.parametrize(
    "text", ["", "# only words\n", RULES.replace("# fam-parent\n", ""), RULES + ";\nDELETE { ?s ?p ?o } WHERE {}\n"]
)
def test_what_is_no_file_of_rules_is_said(text: str, rules: Path) -> None:
    rules.write_text(text, encoding="utf-8")
    with pytest.raises(WakhanError, match="not a file of rules"):
        read_rules(rules)
    with pytest.raises(UsageError, match="no such file"):
        read_rules(rules.parent / "other.ru")
