"""The triples of an edition are read back from whichever file has them."""

import pytest

from wakhan.errors import WakhanError
from wakhan.metadata.editions import edition_file, editions
from wakhan.release import Distribution

NT = Distribution("a.nt", "A", "facts", "ntriples", "application/n-triples", b"<urn:s> <urn:p> <urn:o> .\n")
TTL = Distribution("a.ttl", "A", "facts", "turtle", "text/turtle", b"<urn:s> <urn:p> 1, 2 .\n")
CSV = Distribution("a.csv", "A", "facts", "csv", "text/csv", b"s,p,o\n")
CONTEXT = Distribution("c.jsonld", "A", None, "context", "application/ld+json", b"{}")


def test_n_triples_go_before_turtle_and_other_files_are_passed_over() -> None:
    assert len(editions([CSV, TTL, NT, CONTEXT])["facts"]) == 1
    assert len(editions([CSV, TTL])["facts"]) == 2
    assert editions([CSV, CONTEXT]) == {}


def test_the_file_of_a_format_is_found_or_not() -> None:
    assert edition_file("facts", [CSV, TTL], "turtle") == TTL
    assert edition_file("facts", [CSV, TTL], "ntriples") is None
    assert edition_file("asserted", [CSV, TTL], "turtle") is None


def test_a_file_that_is_not_what_it_says_is_told_by_name() -> None:
    broken = Distribution("b.nt", "B", "facts", "ntriples", "application/n-triples", b"<urn:s> <urn:p>\n")
    with pytest.raises(WakhanError, match=r"cannot be read back: b\.nt"):
        editions([broken])
