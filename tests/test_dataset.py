import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, Literal

import wakhan
from wakhan.dataset import Dataset, load
from wakhan.errors import UsageError, WakhanError
from wakhan.names import CLAIM, ID, WK

MEMBERS = """\
#+ summary: Who is in which alliance?
#+ parameters:
#+   - name: alliance
#+     class: wk:Alliance

PREFIX wk: <https://w3id.org/wakhan/ontology#>
SELECT ?member WHERE { ?member wk:memberOf ?alliance } ORDER BY ?member
"""


@pytest.fixture
def dataset(tiny_root: Path) -> Dataset:
    queries = tiny_root / "queries" / "alliances"
    (queries / "of-alliance.rq").write_text(MEMBERS)
    inferred = MEMBERS.replace("?member wk:memberOf ?alliance", "?alliance wk:hasMember ?member")
    (queries / "inverse.rq").write_text(inferred.replace("\n\n", "\n#+ inference: true\n\n"))
    (queries / "inverse-asserted.rq").write_text(inferred)
    return load(tiny_root)


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_queries_by_both_engines(dataset: Dataset, engine: str) -> None:
    assert list(dataset.query("of-alliance", engine=engine)) == [{"member": str(ID.arland)}]
    assert list(dataset.query("of-alliance", engine=engine, alliance="the pact")) == [{"member": str(ID.arland)}]
    assert list(dataset.query("of-alliance", engine=engine, alliance=ID.pact)) == [{"member": str(ID.arland)}]
    assert list(dataset.query("inverse", engine=engine)) == [{"member": str(ID.arland)}]
    assert list(dataset.query("inverse-asserted", engine=engine)) == []


def test_the_store_holds_the_triples_of_the_graph(dataset: Dataset) -> None:
    assert len(dataset.store) == len(dataset.graph)
    assert len(dataset.inferred_store) == len(dataset.closure) > len(dataset.graph)


def test_a_byte_order_mark_does_not_hide_a_file(tiny_root: Path) -> None:
    path = tiny_root / "data" / "actors.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    dataset = load(tiny_root)
    assert len(dataset.store) == len(dataset.graph)
    assert list(dataset.query("members")) == [{"member": str(ID.arland), "alliance": str(ID.pact)}]


def test_a_bad_file_is_told_by_the_fast_engine_too(tiny_root: Path) -> None:
    path = tiny_root / "data" / "actors.ttl"
    path.write_text(path.read_text() + "id:x id:y .\n")
    with pytest.raises(WakhanError) as caught:
        load(tiny_root).query("members")
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("mebers", {}, "no stored query is called 'mebers'\n  Did you mean members?"),
        ("xyzzy", {}, "`wakhan query` lists them"),
        ("of-alliance", {"alliance": "nowhere"}, "nothing is called 'nowhere'"),
        ("of-alliance", {"alliance": "arland"}, "not of the class alliance"),
        ("of-alliance", {"engine": "slow"}, "no engine is called 'slow'"),
    ],
)
def test_misuse(dataset: Dataset, name: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        dataset.query(name, **params)
    assert message in str(caught.value)


def test_a_value_that_is_only_ever_an_object_can_be_bound(dataset: Dataset) -> None:
    path = dataset.root / "queries" / "alliances" / "same.rq"
    path.write_text("#+ summary: a\n#+ parameters:\n#+   - name: x\nSELECT ?s { ?s <https://schema.org/sameAs> ?x }")
    actors = dataset.root / "data" / "actors.ttl"
    actors.write_text(actors.read_text() + "id:pact <https://schema.org/sameAs> <https://example.org/pact> .\n")
    assert list(dataset.query("same", x="https://example.org/pact")) == [{"s": str(ID.pact)}]


def test_sparql(dataset: Dataset) -> None:
    ask = "ASK { id:pact wk:hasMember id:arland }"
    assert not dataset.sparql(ask)
    assert dataset.sparql(ask, inferred=True)
    assert dataset.sparql(ask, inferred=True, engine="reference")


def test_ask(dataset: Dataset) -> None:
    assert dataset.ask("Arlande", "member of", "the Pact").word == "affirmed"
    assert dataset.ask("pact", "hasMember", "arland").word == "affirmed"
    assert dataset.ask("borland", "borders", "arland").word == "denied"
    assert dataset.ask("Cee", "visited", "Borland").word == "planned"
    assert dataset.ask("visit-in-may", "a", "Visit").word == "planned"
    assert dataset.ask("Cee", "visited", "Arland").nearby[0].iri == CLAIM["p01s3-1"]


def test_show(dataset: Dataset) -> None:
    found = dataset.show("arland")
    assert found.term == ID.arland
    assert [fact.triple for fact in found.facts] == [(ID.arland, WK.memberOf, ID.pact)]


def test_why(dataset: Dataset) -> None:
    proof = dataset.why("the Pact", "has member", "Arland")
    assert proof is not None
    assert proof.conclusion == (ID.pact, WK.hasMember, ID.arland)
    assert [str(claim.claim) for leaf in proof.leaves() for claim in leaf.claims] == [str(CLAIM["p01s1-1"])]
    assert dataset.why("Arland", "borders", "Borland") is None


def test_triples_take_types_and_literals(dataset: Dataset) -> None:
    assert dataset.triple("arland", "a", "State") == (ID.arland, RDF.type, WK.State)
    assert dataset.triple("p01s1", "gist", "Arland is in the Pact.")[2] == Literal("Arland is in the Pact.", lang="en")


def test_validate(dataset: Dataset, tmp_path: Path) -> None:
    assert dataset.validate().findings == ()
    extra = tmp_path / "new.ttl"
    extra.write_text(
        "@prefix wk: <https://w3id.org/wakhan/ontology#> . <https://example.org/c> a wk:Claim ; wk:passage wk:x ."
    )
    assert any(f.shape == "shape:Claim-speaker" for f in dataset.validate([extra]).findings)
    own = dataset.root / "data" / "claims" / "p01.ttl"
    assert dataset.validate([own]).findings == ()


def test_a_folder_without_data_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no dataset here"):
        load(tmp_path)


def test_load_finds_the_dataset_around_the_current_folder(tiny_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny_root / "data" / "claims")
    assert wakhan.load().root == tiny_root


def test_a_missing_query_folder_means_the_packaged_one(tiny_root: Path) -> None:
    (tiny_root / "queries" / "alliances" / "members.rq").unlink()
    (tiny_root / "queries" / "alliances").rmdir()
    (tiny_root / "queries").rmdir()
    assert "tiny" not in str(load(tiny_root)._folder("queries"))


def test_the_package_offers_what_it_says() -> None:
    assert wakhan.load is load  # and not the module of this name
    assert wakhan.Dataset is Dataset
    assert wakhan.__version__[0].isdigit()


def test_importing_the_package_is_light() -> None:
    code = "import sys, wakhan; print([m for m in ('pyshacl', 'owlrl') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_query_loads_no_reasoner_and_no_validator(tiny_root: Path) -> None:
    code = (
        f"import sys, wakhan; wakhan.load({str(tiny_root)!r}).query('members');"
        "print([m for m in ('pyshacl', 'owlrl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
