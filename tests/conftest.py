"""A small dataset for the tests: invented, but with all that a dataset has."""

import hashlib
from pathlib import Path

import pytest

TINY_ARTICLE = "Arland joined the Pact. It has no border with Borland. Mr. Cee will visit Borland in May.\n"
"""What the claims of the tiny dataset are made from."""

TINY_FILES = {
    "ontology/tiny.ttl": """\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Ontology ----

<https://w3id.org/wakhan/ontology>
    a owl:Ontology ;
    rdfs:label "a tiny ontology"@en ;
.

# ---- Classes ----

wk:Agent
    a owl:Class ;
    rdfs:label "agent"@en ;
    skos:definition "Someone who acts."@en ;
.

wk:Alliance
    a owl:Class ;
    rdfs:subClassOf wk:Agent ;
    rdfs:label "alliance"@en ;
    skos:definition "An agent that other agents are members of."@en ;
    owl:disjointWith wk:State ;
.

wk:Claim
    a owl:Class ;
    rdfs:label "claim"@en ;
    skos:definition "A statement that somebody makes."@en ;
.

wk:ClaimableClass
    a owl:Class ;
    rdfs:label "claimable class"@en ;
    skos:definition "A class that something is in only if the article says so."@en ;
.

wk:ClaimableProperty
    a owl:Class ;
    rdfs:label "claimable property"@en ;
    skos:definition "A property whose bare triples are facts."@en ;
.

wk:Event
    a
        owl:Class ,
        wk:ClaimableClass ;
    rdfs:subClassOf wk:Matter ;
    rdfs:label "event"@en ;
    skos:definition "A matter that took place."@en ;
.

wk:Factuality
    a owl:Class ;
    rdfs:label "factuality"@en ;
    skos:definition "How sure a speaker is."@en ;
.

wk:Matter
    a owl:Class ;
    rdfs:label "matter"@en ;
    skos:definition "Something talked about."@en ;
.

wk:Narrator
    a owl:Class ;
    rdfs:subClassOf wk:Agent ;
    rdfs:label "narrator"@en ;
    skos:definition "The agent that speaks as the article itself."@en ;
.

wk:Passage
    a owl:Class ;
    rdfs:label "passage"@en ;
    skos:definition "A piece of the article."@en ;
.

wk:State
    a owl:Class ;
    rdfs:subClassOf wk:Agent ;
    rdfs:label "state"@en ;
    skos:definition "An agent that governs a territory."@en ;
.

wk:Visit
    a
        owl:Class ,
        wk:ClaimableClass ;
    rdfs:subClassOf wk:Event ;
    rdfs:label "visit"@en ;
    skos:definition "An event in which an agent goes to a place."@en ;
.

# ---- Object properties ----

wk:borders
    a
        owl:ObjectProperty ,
        owl:SymmetricProperty ,
        wk:ClaimableProperty ;
    rdfs:domain wk:State ;
    rdfs:range wk:State ;
    rdfs:label "borders"@en ;
    skos:definition "Relates a state to one that it has a border with."@en ;
.

wk:factuality
    a owl:ObjectProperty ;
    rdfs:domain wk:Claim ;
    rdfs:range wk:Factuality ;
    rdfs:label "factuality"@en ;
    skos:definition "Relates a claim to how sure its speaker is."@en ;
.

wk:hasMember
    a owl:ObjectProperty ;
    rdfs:label "has member"@en ;
    skos:definition "Relates an alliance to an agent in it."@en ;
    owl:inverseOf wk:memberOf ;
.

wk:memberOf
    a
        owl:ObjectProperty ,
        wk:ClaimableProperty ;
    rdfs:domain wk:Agent ;
    rdfs:range wk:Alliance ;
    rdfs:label "member of"@en ;
    skos:definition "Relates an agent to an alliance that it is in."@en ;
.

wk:passage
    a owl:ObjectProperty ;
    rdfs:domain wk:Claim ;
    rdfs:range wk:Passage ;
    rdfs:label "passage"@en ;
    skos:definition "Relates a claim to where it is made."@en ;
.

wk:speaker
    a owl:ObjectProperty ;
    rdfs:domain wk:Claim ;
    rdfs:range wk:Agent ;
    rdfs:label "speaker"@en ;
    skos:definition "Relates a claim to who makes it."@en ;
.

wk:visited
    a
        owl:ObjectProperty ,
        wk:ClaimableProperty ;
    rdfs:domain wk:Agent ;
    rdfs:label "visited"@en ;
    skos:definition "Relates an agent to a place that it went to."@en ;
.

# ---- Datatype properties ----

wk:gist
    a owl:DatatypeProperty ;
    rdfs:label "gist"@en ;
    skos:definition "What a passage says, in other words."@en ;
.

wk:passageKind
    a owl:DatatypeProperty ;
    rdfs:label "kind of passage"@en ;
    skos:definition "What a passage is, as a title or a sentence."@en ;
.

wk:sha256
    a owl:DatatypeProperty ;
    rdfs:label "SHA-256"@en ;
    skos:definition "The digest of the text of a passage."@en ;
.

wk:timeText
    a owl:DatatypeProperty ;
    rdfs:domain wk:Claim ;
    rdfs:label "time in words"@en ;
    skos:definition "When, as the text has it."@en ;
.

# ---- Individuals ----

wk:Affirmed
    a wk:Factuality ;
    rdfs:label "affirmed"@en ;
.

wk:Denied
    a wk:Factuality ;
    rdfs:label "denied"@en ;
.

wk:Expected
    a wk:Factuality ;
    rdfs:label "expected"@en ;
.

wk:Mentioned
    a wk:Factuality ;
    rdfs:label "mentioned"@en ;
.

wk:Planned
    a wk:Factuality ;
    rdfs:label "planned"@en ;
.

wk:Possible
    a wk:Factuality ;
    rdfs:label "possible"@en ;
.

wk:Unknown
    a wk:Factuality ;
    rdfs:label "unknown"@en ;
.
""",
    "ontology/shapes/tiny.ttl": """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/wakhan/shape#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Node shapes ----

shape:Claim
    a sh:NodeShape ;
    sh:targetClass wk:Claim ;
    sh:name "claim"@en ;
    sh:description "What the data must say about each claim."@en ;
    sh:property shape:Claim-speaker ;
.

# ---- Property shapes ----

shape:Claim-speaker
    a sh:PropertyShape ;
    sh:path wk:speaker ;
    sh:name "speaker"@en ;
    sh:description "Without a speaker a claim would read as a fact."@en ;
    sh:severity sh:Violation ;
    sh:message "A claim must name exactly one wk:Agent with wk:speaker."@en ;
    sh:maxCount 1 ;
    sh:minCount 1 ;
.
""",
    "data/article.ttl": """\
@prefix art: <https://w3id.org/wakhan/article/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Passages ----

art:p01s1
    a
        oa:TextPositionSelector ,
        wk:Passage ;
    dcterms:isPartOf art:article ;
    oa:end 23 ;
    oa:start 0 ;
    wk:gist "Arland is in the Pact."@en ;
    wk:passageKind "sentence" ;
    wk:sha256 "SHA256[0:23]" ;
.

art:p01s2
    a
        oa:TextPositionSelector ,
        wk:Passage ;
    dcterms:isPartOf art:article ;
    oa:end 54 ;
    oa:start 24 ;
    wk:gist "Arland and Borland have no common border."@en ;
    wk:passageKind "sentence" ;
    wk:sha256 "SHA256[24:54]" ;
.

art:p01s3
    a
        oa:TextPositionSelector ,
        wk:Passage ;
    dcterms:isPartOf art:article ;
    oa:end 89 ;
    oa:start 55 ;
    wk:gist "Mr. Cee plans a visit to Borland."@en ;
    wk:passageKind "sentence" ;
    wk:sha256 "SHA256[55:89]" ;
.

# ---- Individuals ----

art:narrator
    a wk:Narrator ;
    rdfs:label "the article itself"@en ;
.
""",
    "data/actors.ttl": """\
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Individuals ----

id:arland
    a wk:State ;
    rdfs:label
        "Arland"@en ,
        "Arlande"@fr ;
    wk:memberOf id:pact ;
.

id:borland
    a wk:State ;
    rdfs:label "Borland"@en ;
.

id:mr-cee
    a wk:Agent ;
    rdfs:label "Mr. Cee"@en ;
    skos:altLabel "Cee"@en ;
.

id:pact
    a wk:Alliance ;
    rdfs:label "the Pact"@en ;
.
""",
    "data/events.ttl": """\
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Individuals ----

id:visit-in-may
    a wk:Matter ;
    rdfs:label "the visit of Mr. Cee"@en ;
.
""",
    "data/claims/p01.ttl": """\
@prefix art: <https://w3id.org/wakhan/article/> .
@prefix claim: <https://w3id.org/wakhan/claim/> .
@prefix id: <https://w3id.org/wakhan/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix wk: <https://w3id.org/wakhan/ontology#> .

# ---- Claims ----

claim:p01s1-1
    a wk:Claim ;
    rdf:subject id:arland ;
    rdf:predicate wk:memberOf ;
    rdf:object id:pact ;
    wk:factuality wk:Affirmed ;
    wk:speaker art:narrator ;
    wk:passage art:p01s1 ;
.

claim:p01s2-1
    a wk:Claim ;
    rdf:subject id:arland ;
    rdf:predicate wk:borders ;
    rdf:object id:borland ;
    wk:factuality wk:Denied ;
    wk:speaker art:narrator ;
    wk:passage art:p01s2 ;
.

claim:p01s3-1
    a wk:Claim ;
    rdf:subject id:mr-cee ;
    rdf:predicate wk:visited ;
    rdf:object id:borland ;
    wk:factuality wk:Planned ;
    wk:speaker art:narrator ;
    wk:passage art:p01s3 ;
    wk:timeText "in May"@en ;
.

claim:p01s3-2
    a wk:Claim ;
    rdf:subject id:visit-in-may ;
    rdf:predicate rdf:type ;
    rdf:object wk:Visit ;
    wk:factuality wk:Planned ;
    wk:speaker id:mr-cee ;
    wk:passage art:p01s3 ;
.
""",
    "queries/alliances/members.rq": """\
#+ summary: Who is a member of an alliance?
#+ description: Lists the members that the article names as a fact.
#+ tags: [alliances]

PREFIX wk: <https://w3id.org/wakhan/ontology#>

SELECT ?member ?alliance
WHERE { ?member wk:memberOf ?alliance }
ORDER BY ?member ?alliance
""",
}
"""The files of the tiny dataset, each in the one layout; the digests are put in when they are written."""


def _with_digests(text: str) -> str:
    for start, end in ((0, 23), (24, 54), (55, 89)):
        digest = hashlib.sha256(TINY_ARTICLE[start:end].encode()).hexdigest()
        text = text.replace(f"SHA256[{start}:{end}]", digest)
    return text


@pytest.fixture
def tiny_root(tmp_path: Path) -> Path:
    """Return a folder with a complete small dataset, which the test may change."""
    root = tmp_path / "tiny"
    for name, text in TINY_FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_with_digests(text), encoding="utf-8")
    return root


@pytest.fixture
def tiny_article() -> str:
    """Return the text that the passages of the tiny dataset point into."""
    return TINY_ARTICLE
