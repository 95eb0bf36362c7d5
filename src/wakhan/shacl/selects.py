"""Tell whether the query of a SPARQL constraint has the same answer in every engine, from its words."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from rdflib import RDF, URIRef

from wakhan.shacl.patterns import is_plain
from wakhan.shacl.traits import Traits
from wakhan.shacl.words import CLOSE, OPEN, Token, arguments, collapsed, inside, made_from, statements, tokens_of

_WORDS = frozenset(
    {"a", "abs", "as", "bind", "bound", "by", "concat", "contains", "count", "datatype", "distinct", "exists", "false"}
    | {
        "filter",
        "group",
        "having",
        "in",
        "isblank",
        "isiri",
        "isliteral",
        "isuri",
        "lang",
        "langmatches",
        "lcase",
        "not",
    }
    | {"optional", "regex", "replace", "sameterm", "select", "str", "strends", "strlen", "strstarts", "true", "ucase"}
    | {"union", "where"}
)
_TEXTUAL = frozenset(
    {
        "concat",
        "contains",
        "count",
        "datatype",
        "exists",
        "isblank",
        "isiri",
        "isliteral",
        "isuri",
        "lang",
        "lcase",
        "not",
    }
    | {"regex", "replace", "str", "strends", "strlen", "strstarts", "ucase"}
)
"""What makes a text, a number of things, or a yes or no."""
_TERMS = ("var", "iri", "name", "text", "number")
_COMPARING = frozenset(("=", "!=", "<", ">", "<=", ">=", "in", "-"))
_EQUAL = frozenset(("=", "!=", "in"))
_ENDS = frozenset(("&&", "||", ",", "{", "}", ".", ";", "filter", "bind"))
_PECULIAR = frozenset(("ill", "rare", "float"))
_VALUES = frozenset(("plain", "tagged", "number", "date", "moment", "year", "truth", "uri", "iri", "bnode"))
_CONSTANTS = {"text": {"plain"}, "number": {"number"}, "iri": {"iri"}, "name": {"iri"}, "tag": {"tagged"}}
_MAKES = (
    dict.fromkeys(("str", "lang", "concat", "replace", "lcase", "ucase"), "text")
    | dict.fromkeys(("strlen", "count"), "number")
    | {"datatype": "iri"}
)
"""Function to the kind of token that what it makes is like."""
_ANY = URIRef("urn:any")
_Role = tuple[str, URIRef]
_BOUND = re.compile(r"[\s{}()][$?]this\b")


def unlike(text: str, prefixes: Mapping[str, str], traits: Traits, focus: set[str]) -> str | None:
    """Return why the engines may answer a query in different ways, or None if they do not.

    Args:
        text: A SELECT that is asked with a value for ``$this``.
        prefixes: The prefixes that are declared for it.
        traits: What is peculiar in the data.
        focus: What is peculiar in the focus nodes.
    """
    if "bnode" in focus:
        return "a query about blank nodes"
    tokens = tokens_of(text)
    if tokens is None:
        return "a query that has more than the simplest syntax"
    return (
        _unlike_syntax(text, tokens, prefixes)
        or _unlike_texts(tokens, set().union(*traits.values()))
        or _unlike_values(tokens, _Kinds(tokens, prefixes, traits, focus))
    )


def _unlike_syntax(text: str, tokens: list[Token], prefixes: Mapping[str, str]) -> str | None:
    words = [word for kind, word in tokens if kind == "word"]
    if odd := sorted({word for word in words if word not in _WORDS}):
        return f"a query with {odd[0].upper()}"
    if words[:1] != ["select"] or not _selects_this(tokens):
        return "a query in a query"
    if (("var", "this") in tokens) != bool(_BOUND.search(text)):
        return "a query that binds $this in an odd place"
    if any(name in ("PATH", "shapesGraph", "currentShape") for kind, name in tokens if kind == "var"):
        return "a query with $PATH, $shapesGraph or $currentShape"
    unknown = {name.partition(":")[0] for kind, name in tokens if kind == "name"} - set(prefixes)
    if unknown:
        return f"a query with the prefix {min(unknown)}:, which is not declared"
    if _calls(tokens):
        return "a query with a function of its own"
    return None


def _selects_this(tokens: list[Token]) -> bool:
    """Tell whether queries within the query select the focus node, and nothing else is called so."""
    pairs = list(pairwise(tokens))
    inner = [two for one, two in pairs if one == ("word", "select")][1:]
    return all(two == ("var", "this") for two in inner) and (("word", "as"), ("var", "this")) not in pairs


def _calls(tokens: list[Token]) -> bool:
    """Tell whether a function that has an IRI is called, or a list or a datatype is written, which looks alike."""
    pairs = pairwise(tokens)
    return any((one[0] in ("iri", "name") and two == ("sign", "(")) or two == ("sign", "^^") for one, two in pairs)


def _unlike_texts(tokens: list[Token], traits: set[str]) -> str | None:
    words = {word for kind, word in tokens if kind == "word"}
    texts = [text for kind, text in tokens if kind == "text"]
    if words & {"lcase", "ucase"} and "dotted" in traits:
        return "a query that changes the case of letters"
    if not words & {"regex", "replace"}:
        return None
    if "dotted" in traits and "i" in texts:
        return "a query with a regular expression that does not heed the case of letters"
    plain = all("\\" not in text and is_plain(text) for text in texts)
    return (
        None
        if plain and _patterns_are_known(tokens)
        else "a query with a regular expression that engines read differently"
    )


def _roots(part: list[Token], made: Mapping[str, set[str]]) -> set[str]:
    names, seen = [name for kind, name in part if kind == "var"], set[str]()
    while names:
        name = names.pop()
        if name not in seen:
            seen.add(name)
            names += made.get(name, ())
    return {name for name in seen if name not in made}


def _patterns_are_known(tokens: list[Token]) -> bool:
    """Tell whether each pattern is a text, or made from the name of the focus node, which has no signs of patterns."""
    made = made_from(tokens)
    for place, token in enumerate(tokens):
        if token[0] == "word" and token[1] in ("regex", "replace"):
            pattern = arguments(tokens, place + 1)[1:2]
            if not all(_roots(part, made) <= {"this"} for part in pattern):
                return False
    return True


class _Kinds:
    """What kinds of values the variables of a query may have, as far as the data tell."""

    def __init__(self, tokens: list[Token], prefixes: Mapping[str, str], traits: Traits, focus: set[str]) -> None:
        self.everything = set().union(*traits.values())
        self._traits = traits
        self._focus = focus
        self._places = _places(tokens, prefixes)

    def of(self, tokens: Iterable[Token]) -> set[str]:
        """Return the traits of the variables and values among *tokens* together."""
        return set().union(
            *(self._one(name) if kind == "var" else _CONSTANTS.get(kind, set()) for kind, name in tokens)
        )

    def _one(self, name: str) -> set[str]:
        if name == "this":
            return self._focus
        return set().union(*(self._at(*place) for place in self._places.get(name, {("of", _ANY)})))

    def _at(self, role: str, iri: URIRef) -> set[str]:
        """Return the traits of the values ``of`` a property, or of the subjects ``at`` it."""
        if role == "of":
            return self.everything if iri == _ANY else set(self._traits.get(iri, ()))
        return {"iri", "bnode"} if iri == _ANY or "blank" in self._traits.get(iri, ()) else {"iri"}


def _unlike_values(tokens: list[Token], kinds: _Kinds) -> str | None:
    """Say whether values are compared that engines compare in ways of their own."""
    if "typed" in kinds.everything:
        return "a query, where strings have the datatype xsd:string written out"
    if _denies(tokens):
        return "a query that denies a comparison"
    if _trusts(tokens):
        return "a query that takes a value for yes or no"
    for place, (kind, word) in enumerate(tokens):
        if kind == "word" and word in ("str", "abs"):
            traits = kinds.of(inside(tokens, place + 1))
            if "bnode" in traits or (word == "abs" and traits & (_PECULIAR | _VALUES - {"number"})):
                return "a query that makes a text or number of anything"
    if any(_compares_oddly(*sides, kinds) for sides in _comparisons(collapsed(tokens, _MAKES))):
        return "a query that compares values of several kinds or of rare ones"
    return None


def _trusts(tokens: list[Token]) -> bool:
    """Tell whether a variable stands alone as a condition."""
    joints = (("sign", "&&"), ("sign", "||"))
    condition = (("word", "filter"), ("word", "having"))
    padded = [("", ""), ("", ""), *tokens, ("", "")]
    for first, before, token, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        opens = before in joints or (before == OPEN and (first in condition or first[0] == "sign"))
        if token[0] == "var" and opens and (after in joints or after == CLOSE):
            return True
    return False


def _compares_oddly(sign: str, sides: list[Token], kinds: _Kinds) -> bool:
    traits = kinds.of(sides)
    found = traits & _VALUES
    if sign not in _EQUAL:
        return bool(traits & _PECULIAR) or not (found <= {"number"} or found <= {"plain"})
    is_nested = any(word in _COMPARING for kind, word in sides if kind in ("sign", "word"))
    odd = _PECULIAR if sign == "=" else _PECULIAR | {"bnode"}
    return bool(traits & odd) or (is_nested and not found <= {"iri"})


def _comparisons(tokens: list[Token]) -> Iterable[tuple[str, list[Token]]]:
    """Yield the sign of each comparison, and what stands on both sides."""
    for place, (kind, word) in enumerate(tokens):
        if kind in ("sign", "word") and word in _COMPARING:
            yield word, [*_operand(tokens[:place][::-1], ")", "("), *_operand(tokens[place + 1 :], "(", ")")]


def _denies(tokens: list[Token]) -> bool:
    """Tell whether a comparison, which may end in an error, is denied or kept as a value."""
    after = (two for one, two in pairwise(tokens) if one == ("sign", "!"))
    bound = (inside(tokens, place + 1) for place, token in enumerate(tokens) if token == ("word", "bind"))
    return any(kind != "word" for kind, _ in after) or any(
        kind == "sign" and word in _COMPARING - {"-"} for part in bound for kind, word in part
    )


def _operand(tokens: list[Token], opening: str, closing: str) -> Iterable[Token]:
    """Yield what stands on one side of a comparison."""
    depth = 0
    for kind, word in tokens:
        if kind == "sign" and word in (opening, closing):
            depth += 1 if word == opening else -1
        if depth < 0 or (depth == 0 and (word in _COMPARING or word in _ENDS)):
            return
        yield kind, word


def _places(tokens: list[Token], prefixes: Mapping[str, str]) -> dict[str, set[_Role]]:
    """Return for each variable where it stands: as a subject or a value of which properties, or of any."""
    places: dict[str, set[_Role]] = {}
    limits = _limits(tokens, prefixes)
    body = tokens[next((n for n, token in enumerate(tokens) if token == ("sign", "{")), 0) :]
    subject: Token = ("", "")
    for after, part in statements(body):
        terms = [token for token in part if token[0] in _TERMS or token == ("word", "a")]
        if ("word", "select") in part or not terms:
            continue
        if after != ";":
            subject, *terms = terms
        iris = _properties(terms, prefixes, limits)
        both = ("sign", "^") in part
        for number, (kind, name) in enumerate(terms):
            if kind == "var":  # one that stands for a property is always an IRI
                places.setdefault(name, set()).update(_roles(iris, "of", both) if number else ())
        if subject[0] == "var":
            places.setdefault(subject[1], set()).update(_roles(iris, "at", both))
    for name, others in made_from(tokens, _TEXTUAL).items():
        places.setdefault(name, set()).update(*(places.get(other, {("of", _ANY)}) for other in others))
    return places


def _properties(terms: list[Token], prefixes: Mapping[str, str], limits: Mapping[str, set[URIRef]]) -> set[URIRef]:
    """Return the properties of a triple pattern, and its class where it names one."""
    iris = {_iri(token, prefixes) for token in terms if token[0] in ("iri", "name")}
    if terms[:1] == [("word", "a")] and not iris:
        return {RDF.type}
    return iris | limits.get(terms[0][1], {_ANY}) if terms[:1] and terms[0][0] == "var" else iris


def _roles(iris: Iterable[URIRef], role: str, both: bool) -> set[_Role]:
    return {(each, iri) for iri in iris for each in (("of", "at") if both else (role,))}


def _limits(tokens: list[Token], prefixes: Mapping[str, str]) -> dict[str, set[URIRef]]:
    """Return what the variables can be that a filter of the whole query limits to a list of IRIs."""
    limits, depth = dict[str, set[URIRef]](), 0
    for place, token in enumerate(tokens):
        depth += {("sign", "{"): 1, ("sign", "}"): -1}.get(token, 0)
        if token == ("word", "filter") and depth == 1:
            test = inside(tokens, place + 1)
            if test[1:3] == [("word", "in"), ("sign", "(")] and test[-1:] == [("sign", ")")]:
                listed = [item for item in test[3:-1] if item != ("sign", ",")]
                if all(kind in ("iri", "name") for kind, _ in listed):
                    limits[test[0][1]] = {_iri(item, prefixes) for item in listed}
    return limits


def _iri(token: Token, prefixes: Mapping[str, str]) -> URIRef:
    kind, word = token
    if kind == "iri":
        return URIRef(word[1:-1])
    prefix, _, local = word.partition(":")
    return URIRef(prefixes[prefix] + local)
