"""The description of the dataset that search engines read: a Dataset of schema.org, as JSON-LD."""

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wakhan.metadata.about import About, Place

if TYPE_CHECKING:
    from wakhan.release import Distribution

NAME = "schema-org.jsonld"
"""The file of the description."""

_TECHNIQUE = (
    "Each sentence was read and split into statements; each statement was recorded as a triple with its speaker, "
    "factuality (after FactBank), passage and qualifiers. What the article states in its own voice is a plain triple."
)

_FACTUALITIES = {
    "Affirmed": "said to be so, by whomever",
    "Denied": "said not to be so",
    "Planned": "announced for the future",
    "Expected": "said to be likely, or to follow from something",
    "Possible": "said to be possible",
    "Unknown": "said to be unclear",
    "Mentioned": "only the content of an agreement, request, fear or question; nobody vouches for it",
}
"""What each factuality means of a claim."""


def description(about: About, distributions: Sequence["Distribution"]) -> str:
    """Return the description as the text of a JSON-LD file, which a page may hold in a script element as well.

    Args:
        about: What the dataset says of itself.
        distributions: The files of the release.
    """
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": str(about.iri),
        "name": about.title,
        "description": f"{about.description} {_counts(about)}",
        "url": about.base,
        "identifier": str(about.iri),
        "license": None if about.license is None else str(about.license),
        "creator": _publisher(about),
        "publisher": _publisher(about),
        "version": about.version,
        "datePublished": about.issued,
        "dateModified": about.issued,
        "inLanguage": _one(about.languages),
        "keywords": list(about.keywords),
        "isAccessibleForFree": True,
        "isBasedOn": _article(about),
        "spatialCoverage": [_place(place) for place in about.places],
        "temporalCoverage": about.article_date,
        "measurementTechnique": _TECHNIQUE,
        "variableMeasured": [_variable(name, number) for name, number in about.claims.items()],
        "distribution": [_download(about, file) for file in distributions],
    }
    kept = {key: value for key, value in found.items() if value not in (None, [])}
    # A page holds this in a script element, which these characters could end.
    text = json.dumps(kept, ensure_ascii=False, indent=2)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026") + "\n"


def _counts(about: About) -> str:
    claims = f"It has {sum(about.claims.values())} claims"
    return f"{claims}; {about.stating} of them state the facts, which are {about.facts} plain triples."


def _publisher(about: About) -> dict[str, str] | None:
    if about.publisher is None:
        return None
    return {"@type": "Organization", "name": about.publisher, "url": about.base}


def _article(about: About) -> dict[str, str] | None:
    if about.article is None:
        return None
    iri, name = about.article
    found = {"@type": "NewsArticle", "@id": str(iri), "name": name}
    return found if about.article_date is None else found | {"datePublished": about.article_date}


def _place(place: Place) -> dict[str, Any]:
    position = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    found = {"@type": "Place", "@id": str(place.iri), "name": place.name, "geo": position}
    return found | ({"sameAs": list(place.same_as)} if place.same_as else {})


def _variable(factuality: str, number: int) -> dict[str, Any]:
    name = f"claims, {factuality.lower()}"
    return {"@type": "PropertyValue", "name": name, "description": _FACTUALITIES[factuality], "value": number}


def _download(about: About, file: "Distribution") -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": file.title,
        "description": file.holds,
        "contentUrl": str(about.file(file.name)),
        "encodingFormat": file.media_type,
        "contentSize": f"{len(file.content)} B",
        "sha256": hashlib.sha256(file.content).hexdigest(),
    }


def _one(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)
