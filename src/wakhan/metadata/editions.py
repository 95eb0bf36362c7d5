"""The editions of a release as sets of triples, read back from its files."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from wakhan.errors import WakhanError

if TYPE_CHECKING:
    from wakhan.release import Distribution

_READABLE = {"ntriples": ox.RdfFormat.N_TRIPLES, "turtle": ox.RdfFormat.TURTLE}
"""The formats that an edition is read from, the quickest first."""


def edition_file(edition: str, distributions: Iterable["Distribution"], form: str) -> "Distribution | None":
    """Return the file of an edition in one format, or None if the release has none."""
    fitting = (file for file in distributions if file.edition == edition and file.format == form)
    return next(fitting, None)


def editions(distributions: Sequence["Distribution"]) -> dict[str, ox.Dataset]:
    """Return the triples of each edition, in the order in which the release has them.

    Args:
        distributions: The files of the release. An edition that is in none of the formats of RDF is passed over.

    Raises:
        WakhanError: A file is not what its format says.
    """
    found: dict[str, ox.Dataset] = {}
    for name in dict.fromkeys(file.edition for file in distributions if file.edition is not None):
        for form, reader in _READABLE.items():
            file = edition_file(name, distributions, form)
            if file is not None:
                found[name] = _read(file, reader)
                break
    return found


def _read(file: "Distribution", form: ox.RdfFormat) -> ox.Dataset:
    try:
        return ox.Dataset(ox.parse(file.content, format=form))
    except (SyntaxError, ValueError) as error:
        raise WakhanError(f"the release has a file that cannot be read back: {file.name}: {error}") from None
