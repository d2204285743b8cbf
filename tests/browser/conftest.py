"""A real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import demo_project, served

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser():
    """Chromium; where there is none, CI fails and a desk skips."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine (install it, or let CI run this)")
    assert found, f"none of {', '.join(NAMES)} is installed"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of the demo's built site, which knows it: Material's instant navigation asks for that."""
    demo = demo_project(tmp_path_factory.mktemp("demo"))
    with served(demo.root / "site", at="demo") as address:
        demo.write("mkdocs.yml", re.sub(r"(?m)^site_url: .*", f"site_url: {address}", demo.read("mkdocs.yml")))
        demo.build("--strict")
        yield address


@pytest.fixture(scope="session")
def portfolio(site):
    """What `portfolio.json` tells of the demo."""
    with urllib.request.urlopen(f"{site}portfolio.json") as answer:
        return json.load(answer)


@pytest.fixture
def page(browser, site):
    """The home page; whatever leaves the machine or is logged as an error fails the test."""
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    strange: list[str] = []
    page.on("request", lambda request: request.url.startswith((site, "data:", "blob:")) or strange.append(request.url))
    page.on("console", lambda message: message.type in ("error", "warning") and strange.append(message.text))
    page.on("pageerror", lambda error: strange.append(str(error)))
    page.goto("./")
    yield page
    context.close()
    assert strange == []
