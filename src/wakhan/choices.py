"""What can be chosen by name, here and on the command line, which must know it without reading anything else."""

ENGINES = ("fast", "reference")
"""``fast`` is the default, ``reference`` the usual stack (rdflib, owlrl, pySHACL); both give the same answers."""

SEVERITIES = ("violation", "warning", "info")
"""The worst first."""

ROW_FORMATS = ("table", "csv", "tsv", "json", "xml")
"""How rows can be written."""

REPORT_FORMATS = ("text", "github", "gitlab", "sarif", "junit", "json", "turtle", "html", "markdown")
"""How a report of findings can be written."""

DIFF_FORMATS = ("text", "json", "markdown")
"""How a difference between two versions can be written."""

EDITIONS = ("asserted", "inferred", "facts", "ontology", "shapes")
"""What of the dataset can be had."""

FORMATS = (
    "turtle", "ntriples", "rdfxml", "jsonld", "context", "trig", "nquads", "turtle12", "ntriples12", "claims-csv",
    "entities-csv", "facts-csv", "csvw", "claims-parquet", "entities-parquet", "facts-parquet", "geojson", "graphml",
)  # fmt: skip
"""How an edition can be written."""
