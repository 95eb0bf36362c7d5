from pathlib import Path

import pytest

from wakhan.errors import WakhanError
from wakhan.head import Head
from wakhan.names import WK

FULL = """\
#+ summary: Who is in an alliance?
#+ description: |
#+   First line.
#+
#+   Second line.
#+ tags: [alliances, 2021]
#+ parameters:
#+   - name: alliance
#+     type: iri
#+     class: wk:Alliance
#+     default: id:csto
#+     values: [id:csto, id:sco]
#+     description: The alliance
#+   - name: after
#+     type: date
#+     default: 2021-07-09
#+   - name: sure
#+     type: boolean
#+     default: true
#+     required: true
#+ inference: true

SELECT * {}
"""


def test_a_full_head() -> None:
    head = Head(Path("q.rq"), FULL)
    alliance, after, sure = head.parameters()
    assert head.text("summary", required=True) == "Who is in an alliance?"
    assert head.text("description") == "First line.\n\nSecond line.\n"
    assert head.strings("tags") == ("alliances", "2021")
    assert head.flag("inference") is True
    assert (alliance.cls, alliance.default, alliance.values) == (WK.Alliance, "id:csto", ("id:csto", "id:sco"))
    assert (after.type, after.default, after.required) == ("date", "2021-07-09", False)
    assert (sure.default, sure.required) == ("true", True)


def test_a_short_head_has_defaults() -> None:
    head = Head(Path("q.rq"), "\n#+ summary: What?\nASK {}")
    assert (head.text("description"), head.strings("tags"), list(head.parameters()), head.flag("inference")) == (
        "",
        (),
        [],
        False,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", "q.rq:1: a query begins with its head"),
        ("#+ summary: a\n#+ tags: [a\nASK {}", "q.rq:2: the head is not YAML"),
        ("#+ just words\nASK {}", "q.rq:1: a query begins with its head"),
        ("#+ summary: a\n#+ sumary: b\n", "q.rq:2: the head cannot have 'sumary'\n  Did you mean summary?"),
        ("#+ tags: []\n", "q.rq:1: summary must be a text"),
        ("#+ summary: a\n#+ tags: b\n", "q.rq:2: tags must be a list"),
        ("\n\n#+ summary: a\n#+ inference: maybe\n", "q.rq:4: inference must be true or false"),
        ("#+ summary: a\n#+ parameters: b\n", "q.rq:2: parameters must be a list"),
        ("#+ summary: a\n#+ parameters:\n#+   - type: iri\n", "q.rq:2: a parameter needs a name"),
        ("#+ summary: a\n#+ parameters:\n#+   - name: 'a b'\n", "q.rq:2: a parameter needs a name"),
        ("#+ summary: a\n#+ parameters:\n#+   - name: b\n#+     typ: iri\n", "q.rq:4: the head cannot have 'typ'"),
        ("#+ summary: a\n#+ parameters:\n#+   - name: b\n#+     type: thing\n", "q.rq:4: 'thing' is no type"),
        ("#+ summary: a\n#+ parameters:\n#+   - name: b\n#+     class: x:Y\n", "q.rq:4: not an IRI: 'x:Y'"),
        (
            "#+ summary: a\n#+ parameters:\n#+   - name: b\n#+     default: c\n#+     values: [d]\n",
            "q.rq:4: the default 'c' is not among the values",
        ),
    ],
)
def test_a_bad_head_is_told_with_its_line(text: str, message: str) -> None:
    def read() -> None:
        head = Head(Path("q.rq"), text)
        head.text("summary", required=True)
        head.strings("tags")
        head.flag("inference")
        list(head.parameters())

    with pytest.raises(WakhanError) as caught:
        read()
    assert message in str(caught.value)


@pytest.mark.parametrize("values", ["5", "abc", "{a: b}", "true"])
def test_values_that_are_no_list_are_told_with_their_line(values: str) -> None:
    text = f"#+ summary: What?\n#+ parameters:\n#+   - name: who\n#+     values: {values}\nASK {{}}\n"
    with pytest.raises(WakhanError, match=r"q\.rq:4: the values of who must be a list"):
        list(Head(Path("q.rq"), text).parameters())
