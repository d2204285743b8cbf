"""Every kind of page of the demo, by name: what the tests go through and the screenshots show."""

from __future__ import annotations

LIMITER, SHORTENER, FEED, SCHEDULER, UNFINISHED = (
    "designs/2026-09-14-rate-limiter/",
    "designs/2026-10-05-url-shortener/",
    "designs/2026-11-02-news-feed/",
    "designs/2026-11-09-distributed-job-scheduler/",
    "designs/2026-11-26-search-autocomplete/",
)
PAGES = {
    "home": "./",
    "designs": "designs/",
    "designs-table": "designs/?view=table",
    "compare": "compare/",
    "capacity": "capacity/",
    "notes": "notes/",
    "concepts": "concepts/",
    "tags": "tags/",
    "graph": "graph/",
    "roadmap": "roadmap/",
    "design-page": LIMITER,
    "design-diagrams": FEED,
    "design-unfinished": UNFINISHED,
    "note": "notes/caching/",
    "guide": "guide/",
    "guide-capacity": "guide/capacity/",
    "guide-rules": "guide/review-rules/",
    "contributing": "contributing/",
    "404": "404.html",
}
ALIKE = frozenset({"design-diagrams", "guide-capacity", "guide-rules", "contributing"})
"""Pages of a kind that another page is of as well."""
COMPARED = "compare/?design=2026-10-05-url-shortener&design=2026-09-14-rate-limiter"
"""Two designs side by side; without the script, it is the page that compares all."""
URLS = (*PAGES.values(), COMPARED)
KINDS = (*(url for name, url in PAGES.items() if name not in ALIKE), COMPARED)
"""One page of each kind, for what takes long."""
EMPTY = ("home", "designs", "compare", "capacity", "notes", "concepts", "tags", "graph", "roadmap")
"""The pages that every portfolio has, also one with nothing in it."""
