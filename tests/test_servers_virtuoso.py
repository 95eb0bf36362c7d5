"""What Virtuoso writes in its own way is read as what it means."""

from decimal import Decimal

from rdflib import Literal
from rdflib.namespace import XSD

from wakhan.servers.virtuoso import duration, is_virtuoso, mended, missing

DURATION = b"http://www.w3.org/2001/XMLSchema#dayTimeDuration"


def test_a_duration_in_seconds_becomes_one_of_days_and_time() -> None:
    for seconds in ("1", "59.5", "60", "3600", "86399", "86400", "172800.0", "-90061.25", "1E+1"):
        text = duration(Decimal(seconds))
        value = Literal(text, datatype=XSD.dayTimeDuration).toPython()
        assert value.total_seconds() == float(seconds), text
    assert duration(Decimal("0.0")) == "PT0S"


def test_durations_are_mended_in_both_formats_and_nowhere_else() -> None:
    in_json = b'{"type": "typed-literal", "datatype": "' + DURATION + b'", "value": "172800.0" }'
    assert mended(in_json) == in_json.replace(b"172800.0", b"P2D")
    in_lines = b'<urn:a> <urn:b> "172800.0"^^<' + DURATION + b"> ."
    assert mended(in_lines) == in_lines.replace(b"172800.0", b"P2D")
    for text in (in_json.replace(b"dayTimeDuration", b"decimal"), in_lines.replace(b"172800.0", b"P2D"), b'"5" "x"'):
        assert mended(text) == text


def test_blank_nodes_are_mended_and_texts_that_look_like_them_are_not() -> None:
    assert mended(b'{"type":"bnode","value":"nodeID://b1"}') == b'{"type":"bnode","value":"b1"}'
    text = rb'{"type": "literal", "value": "\"type\": \"bnode\", \"value\": \"nodeID://b1\""}'
    assert mended(text) == text


def test_virtuoso_is_known_by_its_name_and_a_part_by_its_headers() -> None:
    assert is_virtuoso("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu  ")
    assert not is_virtuoso("nginx")
    assert missing({"x-sql-state": "S1TAT"}) == "x-sql-state: S1TAT"
    assert missing({"server": "Virtuoso"}) == ""
