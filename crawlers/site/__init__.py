"""Association sites: finding the pages, reading the richest form of what they say, keeping what was read."""

from crawlers.site.crawl import SiteReader, site_adapter
from crawlers.site.memory import KnownPage, MemoryPages, PageMemory, SqlitePages
from crawlers.site.reading import PageJob, ReadHere, ReadPages

__all__ = [
    "KnownPage",
    "MemoryPages",
    "PageJob",
    "PageMemory",
    "ReadHere",
    "ReadPages",
    "SiteReader",
    "SqlitePages",
    "site_adapter",
]
