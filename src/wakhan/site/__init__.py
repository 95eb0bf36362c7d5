"""The site: one page an IRI, with its data beside it, in a folder that any host of files can serve."""

from wakhan.site.build import SiteReport, build_site, to_text

__all__ = ["SiteReport", "build_site", "to_text"]
