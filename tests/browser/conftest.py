"""A real browser."""

from __future__ import annotations

import contextlib
import json
import os
import re
import urllib.request

import pytest

from tests.conftest import demo_project, served

from . import chromium


@pytest.fixture(scope="session")
def browser():
    """Chromium; where there is none, CI fails and a desk skips."""
    if chromium.installed() is None and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine (install it, or let CI run this)")
    with chromium.launched() as launched:
        yield launched


@contextlib.contextmanager
def demo_site(folder, prepare=lambda demo: None):
    """Build the demo in a folder; the address it is served at, which it knows: Material's instant navigation asks."""
    demo = demo_project(folder)
    prepare(demo)
    with served(demo.root / "site", at="demo") as address:
        demo.write("mkdocs.yml", re.sub(r"(?m)^site_url: .*", f"site_url: {address}", demo.read("mkdocs.yml")))
        demo.build("--strict")
        yield address


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of the demo's built site."""
    with demo_site(tmp_path_factory.mktemp("demo")) as address:
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
