"""The demo portfolio of this repository, as its visitors get it."""

from __future__ import annotations

from .crawl import dead_links


def test_the_demo_builds_strictly_and_holds_what_it_promises(demo):
    demo.build("--strict")
    assert dead_links(demo.root / "site") == []
    done = {design["id"]: design["progress"]["done"] for design in demo.portfolio["designs"]}
    assert done == {
        "2026-11-26-search-autocomplete": 4,
        "2026-11-23-payment-ledger": 5,
        "2026-11-19-chat": 11,
        "2026-11-16-metrics-pipeline": 11,
        "2026-11-09-distributed-job-scheduler": 11,
        "2026-11-02-news-feed": 11,
        "2026-10-05-url-shortener": 11,
        "2026-09-14-rate-limiter": 11,
    }
    assert len(demo.portfolio["stages"]) == 6
    assert len(demo.portfolio["notes"]) == 14
    home = demo.page("")
    assert home.count("dp-card__link") == 3 + 5 + 6
    assert "75 of 88 steps" in home


def test_the_unfinished_steps_of_the_demo_are_those_its_author_left(demo):
    demo.build("--strict")
    states = demo.states("2026-11-26-search-autocomplete")
    assert [step for step, state in states.items() if state == "in-progress"] == ["tradeoffs"]
    assert [step for step, state in states.items() if state == "todo"] == [
        "high-level-architecture",
        "detailed-design",
        "failure-modeling",
        "scaling-strategy",
        "observability",
        "evolution",
    ]
