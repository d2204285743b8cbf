"""How long the index of 1,000 designs takes to answer a key: from the key event to the frame that shows what is left.

    python -m benchmarks.filter                    # 1,000 designs, 5 rounds: the build of the site takes most of it
    python -m benchmarks.filter --site FOLDER      # a site that an earlier run kept with --keep FOLDER
    python -m benchmarks.filter --quick            # 12 designs, one round: whether it still works

Writes the portfolio of `benchmarks.portfolio`, builds it, serves it on this machine and types words letter by letter
into the text filter in a real Chromium, in cards and in table view, and takes them back letter by letter, as fast as
people type. A time runs from the time stamp that the browser gave the key to a message that the page sends itself from
the frame that follows: it comes when that frame's style, layout and paint are done. What Chromium's Event Timing says
of the same keys stands beside it; that is in steps of 8 ms, counts to the frame's presentation, and leaves out what
took less than 16 ms. After each page load Material's search makes its index in the background, which takes a processor
for a while; the keys are typed after that, and with `--at-once` during it.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page
from tests.browser.chromium import launched

from .builds import OURS
from .measure import ENVIRONMENT
from .portfolio import write

DESIGNS, ROUNDS = 1000, 5
TARGET = 50
"""Milliseconds within which a key should be answered."""
WORDS = ("replication", "queue")
VIEWS = ("cards", "table")
PACE = 120
"""Milliseconds from one key to the next: 100 words a minute."""
SEARCHABLE = "document.querySelector('.md-search-result__meta').textContent.trim() === 'Type to start searching'"
"""Whether Material's search has made its index."""
MEASURE = """() => {
  window.answered = []
  window.timed = []
  addEventListener("keydown", (event) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => window.answered.push(performance.now() - event.timeStamp)
      port2.postMessage(0)
    })
  }, { capture: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "keydown") window.timed.push(entry.duration)
  }).observe({ type: "event", durationThreshold: 16 })
}"""


def site(root: Path, designs: int) -> Path:
    """Write and build a portfolio of so many designs; return its site."""
    write(root, designs)
    (root / "mkdocs.yml").write_text(OURS, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=root, env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL)
    return root / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; its address is given."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def type_words(page: Page, address: str, view: str, rounds: int, *, at_once: bool) -> tuple[list[float], list[float]]:
    """Type the words and take them back; return the milliseconds of each key, and those that Event Timing tells."""
    page.goto(f"{address}designs/{'?view=table' if view == 'table' else ''}")
    page.wait_for_load_state("networkidle")
    if not at_once:
        page.wait_for_function(SEARCHABLE, timeout=300_000)
    field = page.locator("#dp-filter-find")
    field.focus()
    page.evaluate(MEASURE)
    keys = [key for word in WORDS for key in (*word, *["Backspace"] * len(word))] * rounds
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(PACE)
    page.wait_for_function("count => window.answered.length === count", arg=len(keys))
    return page.evaluate("window.answered"), page.evaluate("window.timed")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--designs", type=int, default=DESIGNS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--site", type=Path, help="a site that was built before")
    parser.add_argument("--keep", type=Path, help="copy the built site here")
    parser.add_argument("--quick", action="store_true", help="12 designs, one round")
    parser.add_argument("--at-once", action="store_true", help="type while Material's search still makes its index")
    given = parser.parse_args()
    designs, rounds = (12, 1) if given.quick else (given.designs, given.rounds)
    with tempfile.TemporaryDirectory() as folder:
        built = given.site or site(Path(folder), designs)
        if given.keep:
            shutil.copytree(built, given.keep, dirs_exist_ok=True)
        with served(built) as address, launched() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{address}designs/")
            cards = page.locator(".dp-card").count()
            sys.stdout.write(f"{cards} designs, Chromium {browser.version}, milliseconds; wanted: {TARGET} at most\n")
            sys.stdout.write(f"{'':<8}{'keys':>6}{'median':>9}{'95 %':>7}{'worst':>7}   Event Timing\n")
            for view in VIEWS:
                _print(view, *type_words(page, address, view, rounds, at_once=given.at_once))


def _print(view: str, answered: list[float], timed: list[float]) -> None:
    late = statistics.quantiles(answered, n=20)[-1]
    told = f"{len(timed)} keys of 16 and more, worst {max(timed, default=0):.0f}"
    median, worst = statistics.median(answered), max(answered)
    sys.stdout.write(f"{view:<8}{len(answered):>6}{median:>9.1f}{late:>7.1f}{worst:>7.1f}   {told}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
