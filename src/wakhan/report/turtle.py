"""A report in the words of the SHACL standard, as Turtle."""

from wakhan.errors import UsageError
from wakhan.export import canonical
from wakhan.findings import Report


def to_turtle_report(report: Report) -> str:
    """Return the SHACL validation report of *report* as Turtle, the same text for the same report.

    Raises:
        UsageError: It has none: it was not asked for, or findings were taken away from the report, so that it would
            no longer agree with them.
    """
    if report.w3c is None:
        raise UsageError(
            "there is no SHACL validation report of these findings",
            hint="Ask for the format turtle without a baseline and without a choice of changed lines.",
        )
    return canonical(report.w3c).serialize(format="turtle")
