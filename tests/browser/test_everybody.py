"""Every kind of page for everybody: by axe-core, by keyboard, large, narrow, without script, light."""

from __future__ import annotations

import gzip
import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .pages import FEED, KINDS, LIMITER, PAGES, UNFINISHED, URLS

BUDGET = 30_000
"""Bytes of each of CSS and JavaScript, compressed, that a design page may add to Material's own."""


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    axe = Axe()
    rules = {"target-size": {"enabled": True}}  # of WCAG 2.2, which axe leaves off
    options = {"rules": rules, "resultTypes": ["violations"]}  # what passed need not be told in full
    found = []
    for url in KINDS:
        page.goto(url, wait_until="networkidle")  # two designs side by side are fetched
        page.wait_for_timeout(200)  # what the script names comes 50 ms after what Material makes
        violations = axe.run(page, options=options).response["violations"]
        found += [(url, violation["id"], violation["nodes"][0]["html"][:120]) for violation in violations]
    assert found == []


def test_axe_finds_nothing_in_the_open_search(page):
    page.keyboard.press("/")
    page.keyboard.type("cache")
    page.locator(".dp-search-group").first.wait_for()
    page.wait_for_timeout(400)
    assert [item["id"] for item in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("width, zoom", [(320, 1), (640, 2), (1280, 2)])
def test_nothing_scrolls_sideways_when_narrow_or_large(browser, site, width, zoom):
    context = browser.new_context(
        base_url=site, viewport={"width": width // zoom, "height": 800 // zoom}, device_scale_factor=zoom
    )
    page = context.new_page()
    for url in URLS:
        page.goto(url)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{url} is {too_wide} px too wide"
    context.close()


@pytest.mark.parametrize("url", ["./", "designs/", "compare/", LIMITER])
def test_what_has_the_focus_is_always_seen(page, url):
    page.goto(url)
    unseen = []
    for _ in range(45):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const at = document.activeElement
              const shown = at.matches(".md-option") ? at.nextElementSibling : at
              const style = getComputedStyle(shown)
              const box = shown.getBoundingClientRect()
              const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
              const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0
              return at === document.body || (ring && inside) ? "" : at.outerHTML.slice(0, 120)
            }"""
        )
        if found:
            unseen.append(found)
    assert unseen == []


@pytest.mark.parametrize("url", PAGES.values())
def test_without_the_script_a_page_shows_what_it_shows_with_it(browser, site, url):
    words = []
    for enabled in (True, False):
        context = browser.new_context(base_url=site, java_script_enabled=enabled)
        page = context.new_page()
        page.goto(url)
        if enabled:
            page.wait_for_timeout(300)
        words.append(
            page.locator("main h1, main h2, main h3, main p, main td:not(.dp-capacity td), main dd").all_inner_texts()
        )
        context.close()
    with_script, without = ({re.sub(r"\W+", " ", text).strip() for text in found} for found in words)
    assert len(without) > 1
    missing = {
        text
        for text in with_script - without
        if not re.search("Change an assumption|Choose two|of 11 steps|designs|Search for it", text)
    }
    assert {text for text in missing if len(text) > 3 and not any(text in other for other in without)} == set()


def test_a_design_page_weighs_little_more_than_materials(page, site):
    sizes = {"stylesheet": 0, "script": 0}

    def weigh(request):
        if (
            "assets/design-portfolio/" in request.url
            and request.resource_type in sizes
            and "/mermaid/" not in request.url
        ):
            with urllib.request.urlopen(request.url) as answer:
                sizes[request.resource_type] += len(gzip.compress(answer.read(), 6))

    page.on("request", weigh)
    page.goto(LIMITER)
    page.wait_for_load_state("networkidle")
    assert 0 < sizes["stylesheet"] <= BUDGET
    assert 0 < sizes["script"] <= BUDGET


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("url", ["./", "designs/", LIMITER, FEED, UNFINISHED, "compare/", "roadmap/"])
def test_nothing_moves_once_a_page_is_there(page, url, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(
        """window.shifted = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value
        }).observe({ type: "layout-shift", buffered: true })"""
    )
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifted") <= 0.02


def test_state_is_never_told_by_colour_alone(page):
    page.goto("compare/")
    shapes = page.evaluate(
        """Object.fromEntries([...document.querySelectorAll(".dp-matrix__legend li")].map((item) =>
             [item.textContent.trim(), item.querySelector("svg").innerHTML]))"""
    )
    assert len(set(shapes.values())) == len(shapes) == 4
    expect(page.locator(".dp-matrix tbody td:not(:has(.dp-unseen))")).to_have_count(0)
