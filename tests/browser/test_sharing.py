"""The head of a page in a browser: Material's script reads it too."""

from __future__ import annotations

import json


def test_the_head_follows_instant_navigation_and_makes_no_request_fail(page):
    page.goto("designs/2026-09-14-rate-limiter/")
    page.evaluate("window.kept = true")
    page.locator("a.md-footer__link--next").click()
    page.wait_for_function("document.querySelector('h1').textContent.includes('URL shortener')")
    assert page.evaluate("window.kept"), "the page was loaded anew, so instant navigation was not tried"
    page.wait_for_function("document.querySelector('meta[property=\"og:title\"]').content == 'URL shortener'")
    source = page.locator("head link[rel~=alternate][type='text/markdown']")
    assert source.evaluate("link => link.href").endswith("designs/2026-10-05-url-shortener.md")
    data = json.loads(page.locator("head script[type='application/ld+json']").text_content())
    assert data["headline"] == "URL shortener"
    page.wait_for_load_state("networkidle")
