"""The kinds of damage that the mutation test does to a dataset.

An operator whose mutants may be just as good as the dataset, for all that anybody could tell without the article, says
why: such mutants tell nothing about the shapes, and do not count. Where a kind of damage is of both sorts there are two
operators for it, and what parts them is the data (what all others of a kind have, what is of another kind), never
whether some shape happens to catch it.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial

from rdflib import RDF

from wakhan.errors import UsageError
from wakhan.mutation import additions, detours, losses, mixups, slips
from wakhan.mutation.material import Change, Material


@dataclass(frozen=True)
class Operator:
    """A kind of damage.

    Attributes:
        name: What it is called.
        description: What it does, as an order.
        changes: What makes the changes.
        equally_true: Why a dataset with this damage may be just as good, for all that can be told without the
            article; None where it cannot, so that something should notice.
        of_facts: It damages the bare facts, and leaves the claims.
        all: It gives all its mutants, however many.
    """

    name: str
    description: str
    changes: Callable[[Material], Iterator[Change]] = field(repr=False, compare=False)
    equally_true: str | None = None
    of_facts: bool = False
    all: bool = False


OPTIONAL = "Others of its kind do without it, or have several: only the article or the source tells what belongs there."
SAME_KIND = "Whatever can be said of the one can be said of the other: only the article tells which of them it is."
WORDS = "Both texts are what such a text can be: only the article tells which belongs where."

OPERATORS: tuple[Operator, ...] = (
    Operator("drop-expected", "drop a triple that all others of the kind have", losses.expected_triples, all=True),
    Operator("drop-optional", "drop a triple that others of the kind do without", losses.optional_triples, OPTIONAL),
    Operator("drop-fact", "drop a bare fact", losses.facts, of_facts=True, all=True),
    Operator("drop-type", "drop all types of a thing", losses.types, all=True),
    Operator("drop-claim", "drop a claim", losses.claims, all=True),
    Operator("drop-description", "drop all that describes a thing which others mention", losses.descriptions, all=True),
    Operator(
        "claim-subject-alike",
        "give a claim another subject of the same kind",
        partial(detours.claim_part, part=RDF.subject, alien=False),
        SAME_KIND,
    ),
    Operator(
        "claim-subject-alien",
        "give a claim a subject of another kind",
        partial(detours.claim_part, part=RDF.subject, alien=True),
    ),
    Operator(
        "claim-property-fitting",
        "give a claim another property that fits",
        partial(detours.claim_property, fitting=True),
        "The two things can be related by either: only the article tells by which.",
    ),
    Operator(
        "claim-property-unfit",
        "give a claim another property that does not fit",
        partial(detours.claim_property, fitting=False),
    ),
    Operator(
        "claim-object-alike",
        "give a claim another object of the same kind",
        partial(detours.claim_part, part=RDF.object, alien=False),
        SAME_KIND,
    ),
    Operator(
        "claim-object-alien",
        "give a claim an object of another kind",
        partial(detours.claim_part, part=RDF.object, alien=True),
    ),
    Operator(
        "link-subject-alike",
        "move a triple that others do without to another of the kind",
        partial(detours.link_source, expected=False),
        OPTIONAL,
    ),
    Operator(
        "link-subject-expected",
        "move a triple that all have to another of the kind",
        partial(detours.link_source, expected=True),
    ),
    Operator("link-subject-alien", "move a triple to a subject of another kind", detours.link_alien_source),
    Operator(
        "link-property-fitting",
        "give a triple that others do without another property that fits",
        detours.fitting_link_property,
        "Others of its kind have such values of either property: only the article tells which this is.",
    ),
    Operator("link-property-unfit", "give a triple a property that does not fit", detours.link_property),
    Operator(
        "link-object-alike",
        "lead a triple to another of the kind",
        partial(detours.link_target, alien=False),
        SAME_KIND,
    ),
    Operator("link-object-alien", "lead a triple to a thing of another kind", partial(detours.link_target, alien=True)),
    Operator("link-to-self", "lead a triple back to its own subject", additions.loops),
    Operator(
        "value-unfit",
        "add a value of the wrong sort for a property",
        partial(additions.unfit_values, claimable=False),
        all=True,
    ),
    Operator(
        "type-alike",
        "give a thing a class near its own",
        partial(detours.type_of, alien=False),
        "Both classes are of the same sort: only the article, or the world, tells which it is.",
    ),
    Operator("type-alien", "give a thing a class of another kind", partial(detours.type_of, alien=True)),
    Operator("fact-subject", "give a bare fact another subject", partial(detours.fact_end, place=0), of_facts=True),
    Operator("fact-property", "give a bare fact another property", detours.fact_property, of_facts=True),
    Operator("fact-object", "give a bare fact another object", partial(detours.fact_end, place=2), of_facts=True),
    Operator(
        "fact-unfit",
        "add a bare fact with a value of the wrong sort",
        partial(additions.unfit_values, claimable=True),
        of_facts=True,
        all=True,
    ),
    Operator("fact-misspelt", "misspell a term of a bare fact", slips.misspelt_fact, of_facts=True),
    Operator("misspell-subject", "misspell the subject of a triple", partial(slips.misspelt, place=0)),
    Operator("misspell-property", "misspell the property of a triple", partial(slips.misspelt, place=1)),
    Operator("misspell-object", "misspell the object of a triple", partial(slips.misspelt, place=2)),
    Operator("misspell-class", "misspell a class", slips.misspelt_class),
    Operator(
        "misspell-identifier",
        "swap two characters of an identifier of others",
        slips.misspelt_identifier,
        "It still has the form of an identifier: only the database it comes from tells what it stands for.",
    ),
    Operator("datatype-none", "make a plain text of a literal with a datatype", slips.without_datatype),
    Operator("datatype-other", "give a literal another datatype", slips.other_datatype),
    Operator("language-none", "take the language from a text", slips.without_language),
    Operator("language-other", "give a text another language", slips.other_language),
    Operator("number-sign", "change the sign of a number", slips.other_sign),
    Operator("literal-empty", "empty a literal", slips.empty),
    Operator("order-swapped", "swap two dates or two numbers of a thing", slips.swapped_order),
    Operator("label-swapped", "swap the names of two things of a kind", slips.swapped_names),
    Operator(
        "literal-swapped",
        "swap two other literals of two things of a kind",
        slips.swapped_values,
        WORDS,
    ),
    Operator("second-value", "give a second value where nothing has two", slips.second_value),
    Operator(
        "factuality-other",
        "give a claim another factuality, both not wk:Mentioned",
        partial(mixups.factuality, mentioned=False),
        "A claim can stand with any of them: only the words of the article tell how sure the speaker is.",
    ),
    Operator(
        "factuality-mentioned",
        "make a claim wk:Mentioned, or no longer so",
        partial(mixups.factuality, mentioned=True),
    ),
    Operator("speaker-other", "give a claim another speaker, neither the narrator", mixups.speaker),
    Operator(
        "speaker-to-narrator",
        "put what somebody says into the narrator's mouth",
        mixups.to_narrator,
        "The narrator can say whatever others say: only the words of the article tell whether he vouches for it.",
    ),
    Operator("speaker-from-narrator", "put what the narrator says into another's mouth", mixups.from_narrator),
    Operator("speaker-silent", "put a claim into the mouth of one who says nothing anywhere", mixups.silent_speaker),
    Operator("speaker-alien", "put a claim into the mouth of what cannot speak", mixups.no_speaker),
    Operator("passage-other", "move a claim to another passage", mixups.passage),
    Operator("fact-revealed", "make a fact of what is claimed as less", mixups.revealed, of_facts=True, all=True),
    Operator("claim-twice", "tell a claim a second time", mixups.second_claim),
    Operator("entity-merged", "take an entity for another of its kind", mixups.merged, all=True),
)
"""The kinds of damage, in the order of the table."""


def operators_named(names: Collection[str] | None) -> list[Operator]:
    """Return the operators of these *names*, in the order of the table; all for None.

    Raises:
        UsageError: There is no operator of a name.
    """
    known = [operator.name for operator in OPERATORS]
    for name in names or ():
        if name not in known:
            raise UsageError(f"no operator is called {name!r}", hint=f"They are: {', '.join(known)}.")
    return [operator for operator in OPERATORS if names is None or operator.name in names]
