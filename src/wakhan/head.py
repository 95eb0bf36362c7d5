"""The head of a stored query: the YAML in the ``#+`` lines at the top of its file."""

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import XSD, URIRef

from wakhan.errors import WakhanError
from wakhan.names import PREFIXES

DATATYPES = {
    "string": XSD.string, "integer": XSD.integer, "decimal": XSD.decimal, "boolean": XSD.boolean, "date": XSD.date,
    "dateTime": XSD.dateTime, "duration": XSD.dayTimeDuration,
}  # fmt: skip
"""The types of parameters other than ``iri``."""

_HEAD_KEYS = {"summary", "description", "tags", "parameters", "inference"}
_PARAMETER_KEYS = {"name", "type", "class", "default", "values", "description", "required"}


@dataclass(frozen=True)
class Parameter:
    """A variable of a stored query that its user may bind."""

    name: str
    type: str = "iri"
    cls: URIRef | None = None
    default: str | None = None
    values: tuple[str, ...] = ()
    description: str = ""
    required: bool = False


class Head:
    """The YAML lines at the top of a query file; whatever is wrong with them is told with its line.

    Args:
        path: The file, for errors.
        text: All that is in it.

    Raises:
        WakhanError: There is no head, or it is not YAML, or it has a key that heads do not have.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        lines = text.splitlines()
        self.first = next((number for number, line in enumerate(lines, 1) if line.strip()), 1)
        head = []
        for line in lines[self.first - 1 :]:
            if not line.startswith("#+"):
                break
            head.append(line[3:] if line.startswith("#+ ") else line[2:])
        import yaml  # here, because only queries have heads

        try:
            values = _read_yaml("\n".join(head))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise self._error(f"the head is not YAML: {getattr(error, 'problem', error)}", mark and mark.line) from None
        if not isinstance(values, dict):
            raise self._error("a query begins with its head", hint="Write '#+ summary: ...' in the first line.")
        self.head, self.values = head, values
        self._check_keys(values, _HEAD_KEYS)

    def _error(self, message: str, line: int | None = None, hint: str | None = None) -> WakhanError:
        return WakhanError(message, path=self.path, line=self.first + (line or 0), hint=hint)

    def _line_of(self, word: str) -> int:
        return next((number for number, line in enumerate(self.head) if word in line), 0)

    def _check_keys(self, values: Mapping[str, Any], allowed: set[str]) -> None:
        for key in values:
            if key not in allowed:
                near = difflib.get_close_matches(str(key), sorted(allowed), n=1)
                hint = f"Did you mean {near[0]}?" if near else f"It can have: {', '.join(sorted(allowed))}."
                raise self._error(f"the head cannot have {str(key)!r}", self._line_of(str(key)), hint)

    def text(self, key: str, *, required: bool = False) -> str:
        """Return the text under *key*."""
        value = self.values.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            raise self._error(f"{key} must be a text", self._line_of(key))
        return value

    def flag(self, key: str) -> bool:
        """Return whether *key* is true; it is not when it is left out."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self._error(f"{key} must be true or false", self._line_of(key))
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """Return the list under *key*."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self._error(f"{key} must be a list", self._line_of(key))
        return tuple(str(entry) for entry in value)

    def parameters(self) -> Iterator[Parameter]:
        """Give the parameters."""
        entries = self.values.get("parameters", [])
        if not isinstance(entries, list):
            raise self._error("parameters must be a list", self._line_of("parameters"))
        for entry in entries:
            if not isinstance(entry, dict) or not re.fullmatch(r"\w+", str(entry.get("name", ""))):
                raise self._error("a parameter needs a name", self._line_of("parameters"))
            self._check_keys(entry, _PARAMETER_KEYS)
            yield self._parameter(entry)

    def _parameter(self, entry: Mapping[str, Any]) -> Parameter:
        name, kind = str(entry["name"]), str(entry.get("type", "iri"))
        if kind != "iri" and kind not in DATATYPES:
            hint = f"It can be: iri, {', '.join(DATATYPES)}."
            raise self._error(f"{kind!r} is no type of a parameter", self._line_of(kind), hint)
        default = None if entry.get("default") is None else _as_text(entry["default"])
        listed = entry.get("values", [])
        if not isinstance(listed, list):
            raise self._error(f"the values of {name} must be a list", self._line_of("values"))
        values = tuple(map(_as_text, listed))
        if values and default is not None and default not in values:
            raise self._error(f"the default {default!r} is not among the values", self._line_of(default))
        cls = None if entry.get("class") is None else self._iri(str(entry["class"]))
        description = str(entry.get("description", ""))
        return Parameter(name, kind, cls, default, values, description, bool(entry.get("required", False)))

    def _iri(self, text: str) -> URIRef:
        prefix, _, local = text.partition(":")
        if prefix in PREFIXES:
            return URIRef(PREFIXES[prefix] + local)
        if not re.match(r"https?://", text):
            raise self._error(f"not an IRI: {text!r}", self._line_of(text))
        return URIRef(text)


def _read_yaml(text: str) -> object:
    """Return what YAML says, read in C if that can be, which is ten times as fast.

    Raises:
        yaml.YAMLError: It is not YAML; told by the reader in Python, so that the words are the same everywhere.
    """
    import yaml

    with suppress(AttributeError, yaml.YAMLError):
        return yaml.load(text, Loader=yaml.CSafeLoader)
    return yaml.safe_load(text)


def _as_text(value: object) -> str:
    """Return a value of the head as its user would type it; YAML reads true and dates by itself."""
    return str(value).lower() if isinstance(value, bool) else str(value)
