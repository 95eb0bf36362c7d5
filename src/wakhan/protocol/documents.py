"""Tell which document describes an IRI: its own, or that of the IRI of which it is a part.

The rules of ``deploy/w3id/.htaccess`` say the same; ``tests/test_deploy_w3id.py`` compares them.
"""

import re

from wakhan.protocol.media import DATA_ENDINGS

ENDINGS = (".html", *DATA_ENDINGS)
"""The endings of the documents."""

_PARTS = re.compile(
    r"(?P<ontology>ontology)/\d+\.\d+\.\d+"  # owl:versionIRI
    r"|(?P<shape>shape)/.+"  # the declarations of prefixes
    r"|(?P<claim>claim/[^/]+)/[^/]+"  # its denial for reasoners, its nanopublication and the graphs of that
    r"|(?P<dataset>dataset)/[^/]+"  # the graphs of what is no nanopublication
)


def document_of(name: str) -> str:
    """Return the name of the document that describes an IRI, without its ending.

    Args:
        name: What follows the beginning of the dataset's IRIs.

    Example:
        >>> document_of("ontology/0.1.0"), document_of("claim/p05s1-1/head"), document_of("id/tajikistan")
        ('ontology', 'claim/p05s1-1', 'id/tajikistan')
        >>> document_of("shape/prefix/wk.ttl")  # a document, or none
        'shape/prefix/wk.ttl'
    """
    found = None if name.endswith(ENDINGS) else _PARTS.fullmatch(name)
    return name if found is None else found[found.lastgroup or 0]
