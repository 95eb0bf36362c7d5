"""What can be chosen by name, here and on the command line, which must know it without reading anything else."""

ENGINES = ("fast", "reference")
"""``fast`` is the default, ``reference`` the usual stack (rdflib, owlrl, pySHACL); both give the same answers."""

SEVERITIES = ("violation", "warning", "info")
"""The worst first."""

ROW_FORMATS = ("table", "csv", "tsv", "json", "xml")
"""How rows can be written."""

REPORT_FORMATS = ("text", "github", "gitlab", "sarif", "junit", "json", "turtle", "html", "markdown")
"""How a report of findings can be written."""

EDITIONS = ("asserted", "inferred", "facts")
"""What of the dataset can be had."""
