"""Diagrams that Mermaid draws, and diagrams that it does not, as people write them.

A browser test holds both against Mermaid itself. A broken one begins with the line that is at fault, counted from 0
(`-` where it is the whole diagram), and what is said of it.
"""

from __future__ import annotations

from tests.conftest import FIXTURES

FOLDER = FIXTURES / "mermaid"


def _read(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").split("===\n")


VALID = _read("valid.txt")
BROKEN = [tuple(block.split("\n", 1)) for block in _read("broken.txt")]
WORDS = _read("words.txt")
