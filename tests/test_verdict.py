import json

import pytest
from rdflib import RDF, Graph, Literal
from rdflib.term import Node

from wakhan.names import ART, CLAIM, ID, WK, bind
from wakhan.reason import closure
from wakhan.verdict import WORDS, Verdict, decide, to_dict, to_text

ONTOLOGY = """
@prefix art: <https://w3id.org/wakhan/article/> .
@prefix claim: <https://w3id.org/wakhan/claim/> .
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .
wk:visited a owl:ObjectProperty , wk:ClaimableProperty ; rdfs:label "visited"@en ; rdfs:subPropertyOf wk:contacted .
wk:contacted a owl:ObjectProperty , wk:ClaimableProperty ; rdfs:label "contacted"@en .
wk:toured a owl:ObjectProperty , wk:ClaimableProperty ; rdfs:subPropertyOf wk:visited .
wk:wasVisitedBy a owl:ObjectProperty ; owl:inverseOf wk:visited .
wk:calledOn a owl:ObjectProperty ; owl:equivalentProperty wk:visited .
wk:hostedTourOf a owl:ObjectProperty , wk:ClaimableProperty ; rdfs:subPropertyOf wk:wasVisitedBy .
wk:borders a owl:ObjectProperty , owl:SymmetricProperty , wk:ClaimableProperty .
wk:within a owl:ObjectProperty , owl:TransitiveProperty , wk:ClaimableProperty .
wk:size a owl:DatatypeProperty , wk:ClaimableProperty .
wk:Visit a owl:Class , wk:ClaimableClass ; rdfs:subClassOf wk:Event .
wk:Event a owl:Class , wk:ClaimableClass .
art:narrator a wk:Narrator .
art:p1 a wk:Passage ; wk:gist "A gist."@en .
id:kerry rdfs:label "John Kerry"@en . id:moscow rdfs:label "Moscow"@en . id:china rdfs:label "China"@en .
"""

NARRATOR, CHINA, RUSSIA = "art:narrator", "id:china", "id:russia"
VISIT = "id:kerry wk:visited id:moscow"
ASKED = (ID.kerry, WK.visited, ID.moscow)


def claims(*told: tuple[str, str, str]) -> str:
    """Return Turtle for claims, each a triple, a factuality and a speaker."""
    texts = []
    for number, (triple, factuality, speaker) in enumerate(told, 1):
        s, p, o = triple.split()
        texts.append(
            f"claim:p1-{number} a wk:Claim ; rdf:subject {s} ; rdf:predicate {p} ; rdf:object {o} ; "
            f"wk:factuality wk:{factuality} ; wk:speaker {speaker} ; wk:passage art:p1 ."
        )
    return "\n".join(texts)


def read(turtle: str) -> Graph:
    return bind(Graph()).parse(data=ONTOLOGY + turtle, format="turtle")


def verdict(turtle: str, asked: tuple[Node, Node, Node] = ASKED, *, reasoned: bool = False) -> Verdict:
    graph = read(turtle)
    return decide(graph, (lambda: closure(graph)) if reasoned else None, *asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "word", "text"),
    [
        ([("Affirmed", NARRATOR)], "affirmed", "Affirmed: the article states “{}” in its own voice."),
        ([("Denied", NARRATOR)], "denied", "Denied: the article denies “{}” in its own voice."),
        (
            [("Affirmed", NARRATOR), ("Denied", NARRATOR)],
            "contradictory",
            "Contradictory: the article denies “{}”, and yet it is stated or follows from what is stated.",
        ),
        (
            [("Affirmed", CHINA)],
            "only reported",
            "Only reported: “{}” is affirmed by China; the article does not vouch for either answer.",
        ),
        (
            [("Denied", CHINA)],
            "denied by others",
            "Denied by others: “{}” is denied by China; the article does not vouch for it.",
        ),
        (
            [("Denied", CHINA), ("Affirmed", RUSSIA)],
            "only reported",
            "Only reported: “{}” is affirmed by id:russia and denied by China; "
            "the article does not vouch for either answer.",
        ),
        ([("Planned", NARRATOR)], "planned", "Planned: “{}” is planned, according to the article."),
        ([("Planned", CHINA)], "planned", "Planned: “{}” is planned, according to China."),
        ([("Expected", CHINA)], "expected", "Expected: “{}” is expected, according to China."),
        (
            [("Possible", NARRATOR), ("Possible", CHINA)],
            "possible",
            "Possible: “{}” is possible, according to the article and China.",
        ),
        ([("Unknown", RUSSIA)], "unknown", "Unknown: it is unknown whether “{}”, according to id:russia."),
        (
            [("Mentioned", NARRATOR)],
            "only mentioned",
            "Only mentioned: “{}” is the content of something talked about; nobody vouches for it.",
        ),
        ([], "not mentioned", "Not mentioned: no claim is about “{}”."),
    ],
)
def test_each_word_and_its_sentence(told: list[tuple[str, str]], word: str, text: str) -> None:
    found = verdict(claims(*((VISIT, factuality, speaker) for factuality, speaker in told)))
    assert (found.word, found.text) == (word, text.format("John Kerry visited Moscow"))
    assert len(found.claims) == len(told)
    assert not found.inferred
    assert found.word in WORDS


@pytest.mark.parametrize(
    ("stronger", "weaker", "word"),
    [
        (("Affirmed", NARRATOR), ("Denied", CHINA), "affirmed"),
        (("Denied", NARRATOR), ("Affirmed", CHINA), "denied"),
        (("Denied", NARRATOR), ("Planned", NARRATOR), "denied"),
        (("Denied", CHINA), ("Planned", NARRATOR), "denied by others"),
        (("Planned", CHINA), ("Expected", NARRATOR), "planned"),
        (("Expected", CHINA), ("Possible", NARRATOR), "expected"),
        (("Possible", CHINA), ("Unknown", NARRATOR), "possible"),
        (("Unknown", CHINA), ("Mentioned", NARRATOR), "unknown"),
    ],
)
def test_the_stronger_word_wins_and_names_its_speaker(
    stronger: tuple[str, str], weaker: tuple[str, str], word: str
) -> None:
    found = verdict(claims((VISIT, *weaker), (VISIT, *stronger)))
    assert found.word == word
    assert found.speakers == [ART.narrator if stronger[1] == NARRATOR else ID.china]
    assert len(found.claims) == 2  # the weaker is shown too


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("id:a wk:borders id:b", (ID.b, WK.borders, ID.a)),
        (VISIT, (ID.moscow, WK.wasVisitedBy, ID.kerry)),
        ("id:moscow wk:wasVisitedBy id:kerry", ASKED),
        (VISIT, (ID.kerry, WK.calledOn, ID.moscow)),
        ("id:kerry wk:calledOn id:moscow", (ID.moscow, WK.wasVisitedBy, ID.kerry)),
    ],
)
@pytest.mark.parametrize(
    ("factuality", "word"), [("Affirmed", "affirmed"), ("Denied", "denied"), ("Planned", "planned")]
)
def test_mirrored_words_say_the_same(said: str, asked: tuple[Node, Node, Node], factuality: str, word: str) -> None:
    found = verdict(claims((said, factuality, NARRATOR)), asked)
    assert (found.word, found.inferred) == (word, False)


def test_a_property_that_is_not_symmetric_is_not_mirrored() -> None:
    assert verdict(claims((VISIT, "Affirmed", NARRATOR)), (ID.moscow, WK.visited, ID.kerry)).word == "not mentioned"


@pytest.mark.parametrize("narrower", ["id:kerry wk:toured id:moscow", "id:moscow wk:hostedTourOf id:kerry"])
@pytest.mark.parametrize(
    ("factuality", "speaker", "word"),
    [
        ("Affirmed", NARRATOR, "affirmed"),
        ("Affirmed", CHINA, "only reported"),
        ("Planned", NARRATOR, "planned"),
        ("Expected", NARRATOR, "expected"),
        ("Possible", NARRATOR, "possible"),
        ("Mentioned", NARRATOR, "only mentioned"),
        ("Denied", NARRATOR, "not mentioned"),  # whoever did not tour may still have visited
        ("Unknown", NARRATOR, "not mentioned"),
    ],
)
def test_a_sub_property_supports(narrower: str, factuality: str, speaker: str, word: str) -> None:
    found = verdict(claims((narrower, factuality, speaker)))
    assert found.word == word
    assert found.inferred == (word == "affirmed")
    assert len(found.claims if word != "not mentioned" else found.nearby) == 1


@pytest.mark.parametrize(
    ("factuality", "speaker", "word"),
    [
        ("Affirmed", NARRATOR, "not mentioned"),  # whoever made contact need not have visited
        ("Planned", NARRATOR, "not mentioned"),
        ("Possible", NARRATOR, "not mentioned"),
        ("Denied", NARRATOR, "denied"),
        ("Denied", CHINA, "denied by others"),
        ("Unknown", NARRATOR, "unknown"),
    ],
)
def test_a_super_property_denies_and_leaves_open(factuality: str, speaker: str, word: str) -> None:
    assert verdict(claims(("id:kerry wk:contacted id:moscow", factuality, speaker))).word == word


def test_properties_two_steps_away_count() -> None:
    toured = claims(("id:kerry wk:toured id:moscow", "Affirmed", NARRATOR))
    assert verdict(toured, (ID.kerry, WK.contacted, ID.moscow)).word == "affirmed"
    denied = claims(("id:kerry wk:contacted id:moscow", "Denied", NARRATOR))
    assert verdict(denied, (ID.kerry, WK.toured, ID.moscow)).word == "denied"


def test_types_follow_the_classes() -> None:
    visit = claims(("id:trip rdf:type wk:Visit", "Affirmed", NARRATOR))
    assert verdict(visit, (ID.trip, RDF.type, WK.Visit)).word == "affirmed"
    assert verdict(visit, (ID.trip, RDF.type, WK.Event)).word == "affirmed"
    event = claims(("id:trip rdf:type wk:Event", "Affirmed", NARRATOR))
    assert verdict(event, (ID.trip, RDF.type, WK.Visit)).word == "not mentioned"
    none = claims(("id:trip rdf:type wk:Event", "Denied", NARRATOR))
    assert verdict(none, (ID.trip, RDF.type, WK.Visit)).word == "denied"


def test_literals_are_objects_too() -> None:
    said = claims(("id:crowd wk:size 1000", "Affirmed", NARRATOR))
    assert verdict(said, (ID.crowd, WK.size, Literal(1000))).word == "affirmed"
    assert verdict(said, (ID.crowd, WK.size, Literal(1001))).word == "not mentioned"


FACTS = "id:a wk:within id:b . id:b wk:within id:c ."


def test_what_follows_is_affirmed_by_inference() -> None:
    found = verdict(FACTS, (ID.a, WK.within, ID.c), reasoned=True)
    assert (found.word, found.inferred, found.claims) == ("affirmed", True, [])
    assert found.text == "Affirmed: “id:a wk:within id:c” follows from facts that the article states."
    assert verdict(FACTS, (ID.a, WK.within, ID.c)).word == "not mentioned"  # nothing is inferred without a closure


def test_what_follows_and_is_denied_is_contradictory() -> None:
    denied = FACTS + claims(("id:a wk:within id:c", "Denied", NARRATOR))
    assert verdict(denied, (ID.a, WK.within, ID.c), reasoned=True).word == "contradictory"
    assert verdict(denied, (ID.a, WK.within, ID.c)).word == "denied"


def test_the_closure_is_made_only_when_needed() -> None:
    def never() -> Graph:
        raise AssertionError("the data alone affirm it")

    graph = read(claims((VISIT, "Affirmed", NARRATOR)))
    assert decide(graph, never, ID.kerry, WK.visited, ID.moscow).word == "affirmed"


def test_a_description_is_told_as_one() -> None:
    found = verdict("id:kerry wk:belongsTo id:usa .", (ID.kerry, WK.belongsTo, ID.usa))
    assert (found.word, found.inferred, found.speakers) == ("affirmed", False, [])
    assert "how the dataset describes things" in found.text


def test_without_a_narrator_everything_is_only_reported() -> None:
    graph = read(claims((VISIT, "Affirmed", NARRATOR)))
    graph.remove((ART.narrator, None, None))
    assert decide(graph, None, *ASKED).word == "only reported"


def test_mentioned_names_what_it_is_the_content_of() -> None:
    told = (
        claims((VISIT, "Mentioned", NARRATOR))
        + "claim:p1-1 wk:contentOf id:deal . id:deal <http://www.w3.org/2000/01/rdf-schema#label> 'a deal'@en ."
    )
    assert "is the content of a deal; nobody" in verdict(told).text


NEARBY = (
    claims(
        ("id:kerry wk:visited id:beijing", "Affirmed", NARRATOR),  # the same property
        ("id:kerry wk:praised id:moscow", "Affirmed", CHINA),  # the same subject and object
        ("id:moscow wk:invited id:kerry", "Planned", NARRATOR),  # the same two, the other way
        ("id:delegation wk:visited id:tehran", "Affirmed", NARRATOR),  # a group of the subject
        ("id:vanguard wk:toured id:moscow", "Affirmed", NARRATOR),  # a group of that group, in the very place
        ("id:kerry wk:praised id:beijing", "Affirmed", NARRATOR),  # not near
        ("id:lavrov wk:visited id:moscow", "Affirmed", NARRATOR),  # not near
    )
    + "id:delegation wk:belongsTo id:kerry . id:vanguard wk:belongsTo id:delegation ."
)


def test_nearby_answers_come_nearest_first() -> None:
    found = verdict(NEARBY)
    assert (found.word, found.claims) == ("not mentioned", [])
    assert [view.iri for view in found.nearby] == [CLAIM[f"p1-{number}"] for number in (5, 2, 3, 1, 4)]


def test_an_answer_leaves_nothing_nearby() -> None:
    assert verdict(NEARBY + FACTS, (ID.a, WK.within, ID.b)).nearby == []


def test_the_text_of_a_verdict() -> None:
    graph = read(claims((VISIT, "Planned", CHINA)))
    assert to_text(decide(graph, None, *ASKED), graph) == (
        "Planned: “John Kerry visited Moscow” is planned, according to China.\n\nClaims\n"
        "  claim:p1-1  John Kerry visited Moscow\n      planned, according to China\n      in art:p1 (A gist.)\n"
    )
    assert to_text(verdict(""), graph).endswith("lists what is said of each of the two.\n")
    assert "What comes near\n" in to_text(verdict(NEARBY), graph)


def test_the_json_of_a_verdict() -> None:
    graph = read(claims((VISIT, "Affirmed", CHINA)))
    told = json.loads(json.dumps(to_dict(decide(graph, None, *ASKED), graph)))
    assert (told["verdict"], told["inferred"], told["nearby"]) == ("only reported", False, [])
    assert told["speakers"] == [str(ID.china)]
    assert told["claims"][0]["claim"] == str(CLAIM["p1-1"])
