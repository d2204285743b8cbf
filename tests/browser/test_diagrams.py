"""Diagrams in a real browser: drawn by the site's own Mermaid, looked at by mouse, touch and keyboard, printed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from mkdocs_design_portfolio.core.mermaid.check import check
from mkdocs_design_portfolio.core.mermaid.diagram import Diagram
from tests.conftest import CONFIG, ROADMAP, Project, served
from tests.mermaid.corpus import BROKEN, VALID

SHOP = "designs/2026-01-02-shop/"
PLAIN = "designs/2026-01-03-plain/"
THEME = """\
  font: false
  features: [navigation.instant, content.code.copy]
  palette:
    - {scheme: default, toggle: {icon: material/weather-night, name: Dark}}
    - {scheme: slate, toggle: {icon: material/weather-sunny, name: Light}}
"""
DESIGN = """\
---
title: Shop
date: 2026-01-02
---

# Shop

Text above. [Plain](2026-01-03-plain.md)

## High-level architecture

```mermaid
flowchart LR
  accDescr: The client asks the gateway, which asks what it needs.
  C[Client] -->|HTTPS| G(API gateway)
  G --> Q[(Job store)] & W{{"Worker<br/>pool"}}
  W -. writes .-> Log:::cold
  click Log "https://example.org/log"
  classDef cold fill:#ffd
```

Text between.

## Detailed design

```mermaid
sequenceDiagram
  C->>+G: POST /orders
  alt stock is left
    G-->>C: 201
  else sold out
    G-->>-C: 409
  end
```

```mermaid
stateDiagram-v2
  [*] --> Draft
  Draft --> Paid : paid
  state Paid {
    Packed --> Sent
  }
```

```mermaid
erDiagram
  CUSTOMER ||--o{ ORDER : places
```

```mermaid
classDiagram
  Redis *-- Shard : holds
```

```mermaid
pie title Load
  "Reads" : 90
  "Writes" : 10
```

## Evolution

```mermaid
flowchart TD
MANY
```
""".replace("MANY", "\n".join(f"  S{n}[Service {n}] --> S{n + 1}[Service {n + 1}]" for n in range(30)))


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The address of a site with diagrams on one page, and one page without."""
    project = Project(tmp_path_factory.mktemp("shop") / "project")
    project.write("docs/index.md", "# Home\n")
    project.write("roadmap.md", ROADMAP)
    project.write("designs/2026-01-02-shop.md", DESIGN)
    project.write(
        "designs/2026-01-03-plain.md",
        "---\ntitle: Plain\ndate: 2026-01-03\n---\n\n# Plain\n\n[Shop](2026-01-02-shop.md)\n",
    )
    with served(project.root / "site") as address:  # instant navigation is for pages of the site's own address alone
        config = CONFIG.replace("https://example.org/portfolio/", address).replace("  font: false\n", THEME)
        project.write("mkdocs.yml", f"{config}markdown_extensions:\n  - pymdownx.superfences\n")
        assert project.build().warnings == []
        yield address


@pytest.fixture
def context(browser, shop):
    """What a browser's context is made with."""
    return {"base_url": shop, "viewport": {"width": 1280, "height": 800}}


SHIFTS = """
window.shift = 0
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value })
  .observe({ type: "layout-shift", buffered: true })
"""


@pytest.fixture
def opened(browser, shop, context):
    """Opens a page with drawn diagrams; whatever leaves the machine or is logged as an error fails the test."""
    contexts, strange, asked = [], [], []

    def open_page(url: str = SHOP, **options):
        made = browser.new_context(**{**context, **options})
        contexts.append(made)
        page = made.new_page()
        page.add_init_script(SHIFTS)
        page.on("request", lambda request: asked.append(request.url))
        page.on("request", lambda it: it.url.startswith((shop, "data:", "blob:")) or strange.append(it.url))
        page.on("console", lambda message: message.type in ("error", "warning") and strange.append(message.text))
        page.on("pageerror", lambda error: strange.append(str(error)))
        page.asked = asked
        page.goto(url)
        if url == SHOP:
            drawn(page)
        return page

    yield open_page
    for made in contexts:
        made.close()
    assert strange == []


def drawn(page) -> None:
    """Wait until every diagram is drawn, for the screen and for paper."""
    expect(page.locator(".dp-diagram")).to_have_count(7)
    expect(page.locator(".dp-diagram[data-dp-state=drawn]")).to_have_count(7, timeout=20000)
    expect(page.locator(".dp-diagram:has(.dp-diagram__drawing[data-dp-ground=light])")).to_have_count(7, timeout=20000)


def first(page):
    """The first diagram."""
    return page.locator(".dp-diagram").first


def place(page, number: int = 0) -> tuple[float, float, float]:
    """Where a drawing stands in its frame, and how wide it is."""
    frame = page.locator(".dp-diagram__frame").nth(number)
    return tuple(
        frame.evaluate(
            """(frame) => { const a = frame.getBoundingClientRect(), b = [...frame.children].find((it) => it.checkVisibility()).getBoundingClientRect()
            return [b.x - a.x, b.y - a.y, b.width] }"""
        )
    )


def test_the_checker_never_says_a_word_against_what_mermaid_takes(opened):
    page = opened()
    sources = [*VALID, *(source for _, source in BROKEN)]
    accepted = page.evaluate(
        """async (sources) => {
          const { default: mermaid } = await import(new URL("assets/design-portfolio/mermaid/mermaid.esm.min.js", document.querySelector("script[src*='portfolio.js']").src.replace(/assets.*/, "")))
          const found = []
          for (const source of sources) found.push(await mermaid.parse(source).then(() => true, () => false))
          return found
        }""",
        sources,
    )
    ours = [check(Diagram(source)) is None for source in sources]
    assert [source for source, theirs, mine in zip(sources, accepted, ours, strict=True) if theirs and not mine] == []
    assert accepted[: len(VALID)] == [True] * len(VALID)
    assert not any(accepted[len(VALID) :])


def test_mermaid_is_loaded_where_a_diagram_is_and_only_what_it_needs(opened):
    page = opened(PLAIN)
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.asked if "mermaid" in url or "diagram" in url]
    page = opened()
    assert [url for url in page.asked if url.endswith("mermaid.esm.min.js")]
    assert not [url for url in page.asked if "katex" in url or "architecture" in url or "gantt" in url]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_moves_or_sticks_out(opened, width):
    page = opened(viewport={"width": width, "height": 800})
    assert page.evaluate("shift") <= 0.02
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_opened_at_a_heading_below_diagrams_stays_there(opened):
    page = opened(f"{SHOP}#evolution")
    drawn(page)
    expect(page.locator("h2#evolution")).to_be_in_viewport()
    assert page.evaluate("shift") <= 0.02


def test_keys_zoom_and_move_and_the_page_hears_of_it(opened):
    page = opened()
    frame = first(page).locator(".dp-diagram__frame")
    frame.focus()
    fitted, scrolled = place(page), page.evaluate("scrollY")
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert place(page)[2] == pytest.approx(fitted[2] * 1.25**2, rel=0.01)
    expect(first(page).get_by_role("status")).to_have_text(re.compile(r"^\d+ %$"))
    before = place(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert place(page)[0] == pytest.approx(before[0] - 60, abs=1)
    assert place(page)[1] < before[1]
    page.keyboard.press("-")
    assert place(page)[2] < before[2]
    page.keyboard.press("0")
    assert place(page) == pytest.approx(fitted, abs=1)
    assert page.evaluate("scrollY") == scrolled


def test_every_tool_is_reached_and_worked_by_keyboard_with_the_focus_in_sight(opened):
    page = opened()
    first(page).locator(".dp-diagram__frame").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    names, outlines = [], []
    for _ in range(7):
        found = page.evaluate(
            "() => { const it = document.activeElement; return [it.getAttribute('aria-label') ?? it.textContent, getComputedStyle(it).outlineStyle, it.localName] }"
        )
        names.append(found[0])
        outlines.append(found[1] if found[2] in ("button", "div", "summary") else "solid")
        page.keyboard.press("Tab")
    assert names[0].startswith("High-level architecture: plus and minus zoom")
    assert names[2:6] == ["Zoom out", "Zoom in", "Show all", "Full screen"]
    assert names[6].startswith("In words")
    assert "none" not in outlines
    fitted = place(page)
    first(page).get_by_role("button", name="Zoom in").focus()
    page.keyboard.press("Enter")
    assert place(page)[2] > fitted[2]


def test_the_whole_screen_is_entered_and_left_by_keyboard_and_the_focus_returns(opened):
    page = opened()
    small = place(page)[2]
    button = first(page).get_by_role("button", name="Full screen")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Diagram: High-level architecture")
    expect(dialog).to_be_visible()
    box = dialog.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1280, 800)
    assert place(page)[2] > small
    for _ in range(12):  # the focus stays in it, or with the browser
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(":focus")).to_have_count(1)
    assert page.evaluate("!!document.activeElement.closest('.dp-diagram__view')")
    assert place(page)[2] == pytest.approx(small, abs=1)


def test_a_mouse_drags_and_zooms_with_ctrl_and_scrolls_without(opened):
    page = opened()
    first(page).scroll_into_view_if_needed()
    box = first(page).locator(".dp-diagram__frame").bounding_box()
    x, y = box["x"] + 40, box["y"] + box["height"] - 20
    fitted = place(page)
    page.mouse.move(x, y)
    page.mouse.wheel(0, 60)
    page.wait_for_function("scrollY > 0")
    assert place(page) == pytest.approx(fitted, abs=1)
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(first(page).get_by_role("status")).to_have_text(re.compile("%"))
    zoomed = place(page)
    assert zoomed[2] > fitted[2] * 1.5
    page.mouse.move(x + 100, y - 40)
    page.mouse.down()
    page.mouse.move(x + 160, y - 20, steps=5)
    page.mouse.up()
    assert place(page)[0] == pytest.approx(zoomed[0] + 60, abs=6)
    first(page).get_by_role("button", name="Show all").click()
    assert place(page) == pytest.approx(fitted, abs=1)


def test_two_fingers_zoom_and_one_moves_what_is_zoomed(opened):
    page = opened(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    frame = first(page).locator(".dp-diagram__frame")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    fitted = place(page)
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": box["x"] + x, "y": box["y"] + y, "id": number} for number, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    middle = box["width"] / 2, box["height"] / 2
    touch("touchStart", (middle[0] - 20, middle[1]), (middle[0] + 20, middle[1]))
    for step in range(1, 11):
        touch("touchMove", (middle[0] - 20 - 5 * step, middle[1]), (middle[0] + 20 + 5 * step, middle[1]))
    touch("touchEnd")
    zoomed = place(page)
    assert zoomed[2] > fitted[2] * 2
    touch("touchStart", middle)
    for step in range(1, 6):
        touch("touchMove", (middle[0] - 10 * step, middle[1]))
    touch("touchEnd")
    assert place(page)[0] < zoomed[0] - 20


CONTRASTS = """() => {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const rgb = (colour) => { probe.clearRect(0, 0, 1, 1); probe.fillStyle = colour; probe.fillRect(0, 0, 1, 1); return [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3) }
  const light = (colour) => { const [r, g, b] = rgb(colour).map((part) => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 }); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  const page = getComputedStyle(document.querySelector(".dp-diagram__view")).backgroundColor
  const found = []
  for (const svg of document.querySelectorAll(".dp-diagram__drawing")) {
    if (!svg.checkVisibility()) continue
    const filled = [...svg.querySelectorAll("rect, path, polygon, circle, ellipse")].filter((it) => !it.closest("defs, marker") && getComputedStyle(it).fill !== "none" && Number(getComputedStyle(it).opacity) > 0)
    for (const text of svg.querySelectorAll("text")) {
      if (!text.textContent.trim()) continue
      const { x, y, width, height } = text.getBoundingClientRect()
      const [cx, cy] = [x + width / 2, y + height / 2]
      const under = filled.filter((it) => { const b = it.getBoundingClientRect(); return b.left <= cx && cx <= b.right && b.top <= cy && cy <= b.bottom && it.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING && it.isPointInFill(new DOMPoint(cx, cy).matrixTransform(it.getScreenCTM().inverse())) }).at(-1)
      const ground = light(under ? getComputedStyle(under).fill : page)
      const inner = text.querySelector("tspan tspan") ?? text.querySelector("tspan") ?? text
      const ink = light(getComputedStyle(inner).fill)
      found.push([text.textContent.trim(), (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05)])
    }
  }
  return found
}"""


@pytest.mark.parametrize("scheme", ["Light", "Dark"])
def test_every_label_is_readable_in_both_schemes_which_diagrams_follow_at_once(opened, scheme):
    page = opened()
    if scheme == "Dark":
        page.locator("label[title=Dark]:visible").click()
        expect(page.locator(".dp-diagram[data-dp-ground=dark]")).to_have_count(7, timeout=20000)
    found = page.evaluate(CONTRASTS)
    assert len(found) > 50
    assert [item for item in found if item[1] < 4.5] == []
    if scheme == "Dark":
        page.locator("label[title=Light]:visible").click()
        expect(page.locator(".dp-diagram[data-dp-ground=light]")).to_have_count(7)


def test_it_lives_through_instant_navigation_and_the_back_button(opened):
    page = opened(PLAIN)
    page.evaluate("window.same = true")
    page.locator("article").get_by_role("link", name="Shop").first.click()
    page.wait_for_url(f"**/{SHOP}")
    drawn(page)
    first(page).get_by_role("button", name="Full screen").click()
    expect(page.get_by_role("dialog", name="Diagram:")).to_be_visible()
    page.go_back()
    page.wait_for_url(f"**/{PLAIN}")
    expect(page.locator("h1")).to_have_text(re.compile("^Plain"))
    expect(page.locator("dialog")).to_have_count(0)
    page.go_forward()
    page.wait_for_url(f"**/{SHOP}")
    drawn(page)
    fitted = place(page)
    first(page).get_by_role("button", name="Zoom in").click()
    assert place(page)[2] > fitted[2]
    assert page.evaluate("window.same")


@pytest.mark.parametrize("scheme", ["Light", "Dark"])
def test_on_paper_diagrams_are_light_whole_and_no_wider_than_the_page(opened, scheme):
    page = opened()
    if scheme == "Dark":
        page.locator("label[title=Dark]:visible").click()
        expect(page.locator(".dp-diagram[data-dp-ground=dark]")).to_have_count(7, timeout=20000)
    first(page).locator(".dp-diagram__frame").focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    width, height = 680, 960  # A4 within its margins
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => [...document.querySelectorAll(".dp-diagram")].map((figure) => {
          const seen = [...figure.querySelectorAll(".dp-diagram__drawing")].filter((it) => it.checkVisibility())
          const box = seen[0].getBoundingClientRect(), own = figure.getBoundingClientRect()
          return { drawings: seen.map((it) => it.dataset.dpGround), left: box.left - own.left, right: own.right - box.right, below: own.bottom - box.bottom,
            width: box.width, height: box.height, tools: figure.querySelector(".dp-diagram__tools").checkVisibility(), breaks: getComputedStyle(figure).breakInside }
        })"""
    )
    for figure in shown:
        assert figure["drawings"] == ["light"]
        assert min(figure["left"], figure["right"], figure["below"]) >= -1, figure
        assert figure["width"] <= width
        assert figure["height"] <= height
        assert (figure["tools"], figure["breaks"]) == (False, "avoid")


def test_without_javascript_the_source_and_the_words_are_there(opened):
    page = opened(f"{SHOP}?plain", java_script_enabled=False)
    figure = first(page)
    expect(figure.locator("pre")).to_be_visible()
    expect(figure.locator("pre")).to_contain_text("C[Client] -->|HTTPS| G(API gateway)")
    expect(figure.locator("button")).to_have_count(0)
    figure.locator("summary").click()
    expect(figure.get_by_role("listitem").first).to_have_text("Client leads to API gateway: HTTPS")


def test_a_drawing_has_a_name_and_its_words_are_beside_it(opened):
    page = opened()
    figure = page.get_by_role("figure", name="Diagram: High-level architecture")
    expect(figure).to_be_visible()
    expect(page.get_by_role("img", name="Diagram: Detailed design", exact=True)).to_be_visible()
    expect(figure.locator("figcaption")).to_have_text("The client asks the gateway, which asks what it needs.")
    figure.locator("summary").click()
    expect(figure.get_by_role("listitem").first).to_be_visible()
    expect(figure.locator("pre")).to_be_visible()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((it) => it.id)")
    assert sorted({id for id in ids if ids.count(id) > 1}) == []
