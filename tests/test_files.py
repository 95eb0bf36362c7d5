"""Files are read whatever form of RDF they have, and all that are broken are told of at once."""

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic

from wakhan.errors import UsageError, WakhanError
from wakhan.files import Unreadable, as_sources, beside, read_sources

TRIPLE = (URIRef("https://example.org/a"), URIRef("https://example.org/p"), Literal("x"))


@pytest.mark.parametrize("form", ["turtle", "nt", "xml", "json-ld", "trix", "nquads", "trig", "n3", "hext"])
def test_each_form_is_read(form: str, tmp_path: Path) -> None:
    ending = {"turtle": "ttl", "xml": "rdf", "json-ld": "jsonld", "nquads": "nq"}.get(form, form)
    graph = Graph().add(TRIPLE)
    text = '<https://example.org/a> <https://example.org/p> "x" <urn:g> .\n'
    if form == "trig":
        text = '<urn:g> { <https://example.org/a> <https://example.org/p> "x" }'
    if form == "trix":
        text = (
            '<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph><uri>urn:g</uri><triple>'
            "<uri>https://example.org/a</uri><uri>https://example.org/p</uri><plainLiteral>x</plainLiteral>"
            "</triple></graph></TriX>"
        )
    if form == "hext":
        string = "http://www.w3.org/2001/XMLSchema#string"
        text = f'["https://example.org/a", "https://example.org/p", "x", "{string}", "", ""]\n'
    if form not in ("nquads", "trig", "trix", "hext"):
        text = graph.serialize(format=form)
    (tmp_path / f"a.{ending}").write_text(text, encoding="utf-8")
    (source,) = read_sources([tmp_path])
    assert {(s, p, str(o)) for s, p, o in source.graph} == {(*TRIPLE[:2], "x")}


def test_a_file_is_read_once_and_in_order(tmp_path: Path) -> None:
    for name in ("b.ttl", "a.ttl", "c.txt"):
        (tmp_path / name).write_text("<urn:a> <urn:b> 1 .")
    found = read_sources([tmp_path / "b.ttl", tmp_path])
    assert [source.path.name for source in found] == ["b.ttl", "a.ttl"]
    assert beside([tmp_path / "b.ttl"]) == [tmp_path / "a.ttl", tmp_path / "b.ttl"]


def test_relative_iris_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a b.ttl"
    path.write_text("<> <p> <#x> .")
    (source,) = read_sources([path])
    assert source.base == path.resolve().as_uri()
    assert set(source.graph.subjects()) == {URIRef(source.base)}


def test_blank_nodes_of_two_files_are_not_the_same(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("_:x <urn:p> 1 .")
    one, other = read_sources([tmp_path])
    assert set(one.graph.subjects()).isdisjoint(other.graph.subjects())
    assert isomorphic(one.graph, other.graph)


def test_a_shape_keeps_its_literals_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text('<urn:a> <urn:b> "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .')
    (plain,), (shape,) = read_sources([path]), read_sources([path], as_shapes=True)
    assert [str(value) for value in plain.graph.objects()] == ["true"]
    assert [value.value for value in shape.graph.objects() if isinstance(value, Literal)] == [False]


def test_a_source_says_where_its_statements_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:b>\n  [ <urn:c> 1 ] .")
    (source,) = read_sources([path])
    positions = source.positions(set(source.graph.subjects()))
    assert positions is not None
    assert {positions.triple(triple)[0].object.line for triple in source.graph} == {2}
    assert as_sources({path: source.graph})[0].graph is source.graph


def test_all_broken_files_are_told_of_and_so_is_the_place(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> .")
    (tmp_path / "b.jsonld").write_text('{"a": }')
    (tmp_path / "c.ttl").write_text("<urn:a> <urn:b> 1 .")
    with pytest.raises(Unreadable) as caught:
        read_sources([tmp_path])
    report = caught.value.report()
    assert [finding.place and finding.place[:2] for finding in report.findings] == [
        (tmp_path / "a.ttl", 1),
        (tmp_path / "b.jsonld", 1),
    ]
    assert {(finding.shape, finding.source, finding.severity) for finding in report.findings} == {
        ("syntax", "syntax", "violation")
    }
    assert all(finding.hint for finding in report.findings)
    assert "a.ttl:1:" in str(caught.value)


def test_what_is_no_rdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(UsageError, match=r"ending '\.txt'"):
        read_sources([tmp_path / "a.txt"])
    with pytest.raises(WakhanError, match="no RDF file"):
        read_sources([tmp_path])
