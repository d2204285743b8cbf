"""Then and now, word by word, are the first version and the text at hand."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_design_portfolio.core.flow import BUILT_IN, read_flow
from mkdocs_design_portfolio.core.history.comparison import Beginnings, Compared
from mkdocs_design_portfolio.core.history.difference import Row, What, difference, folded
from mkdocs_design_portfolio.core.history.passages import Passage
from mkdocs_design_portfolio.core.history.reading import FirstTexts, History
from mkdocs_design_portfolio.core.model import LineKind
from mkdocs_design_portfolio.core.parse import parse
from mkdocs_design_portfolio.core.scan import read_design
from mkdocs_design_portfolio.core.template import read_template

WORDS = ["a", "queue", "the", "lease,", "**bold**", "`x = 1`", "10 %", "über", "—", "(see", "[link](x.md)).", "|", "·"]
FLOW, _ = read_flow(BUILT_IN.read_text(encoding="utf-8"), path="flow")
TEMPLATE, _ = read_template("# {{ title }}\n\n## Tradeoffs\n\n- Option, choice, reason\n\n## Evolution\n", path="t")


def compared(then: str, now: str) -> dict[str, Compared]:
    """Return the steps that changed between two texts, by id."""
    assert FLOW
    history = History(texts=FirstTexts({"designs/x.md": then}))
    design, _ = read_design(parse(now, path="designs/x.md")[0], FLOW, TEMPLATE, None)
    found = Beginnings(FLOW, TEMPLATE, history).compare(design)
    return {item.change.step.id: item for item in found}


def what_became(then: str, now: str) -> dict[str, str]:
    """Return what became of each step that changed."""
    return {id: str(item.change.since) for id, item in compared(then, now).items()}


def _edited(chance: random.Random, passages: list[Passage]) -> list[Passage]:
    edited = list(passages)
    for _ in range(chance.randrange(6)):
        at = chance.randrange(len(edited) + 1)
        kind = chance.choice(["insert", "delete", "change", "swap"])
        if kind == "insert" or at == len(edited):
            edited.insert(at, _passage(chance))
        elif kind == "delete":
            del edited[at]
        elif kind == "swap":
            chance.shuffle(edited)
        else:
            words = edited[at].text.split(" ")
            words[chance.randrange(len(words))] = chance.choice(WORDS)
            edited[at] = Passage(edited[at].kind, " ".join(words))
    return edited


def _passage(chance: random.Random) -> Passage:
    text = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(1, 30)))
    return Passage(chance.choice(list(LineKind)), text)


def _text(rows: tuple[Row, ...], left_out: What) -> list[str]:
    """Return the passages without what was added, or removed."""
    kept = [[run for run in row.runs if run.what is not left_out] for row in rows]
    return ["".join(run.text for run in runs) for runs in kept if runs]


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_stayed_and_what_came_is_the_new_text_and_what_stayed_and_went_the_old(chance: random.Random):
    then = [_passage(chance) for _ in range(chance.randrange(12))]
    now = _edited(chance, then)
    rows = difference(then, now)
    assert _text(rows, What.ADDED) == [item.text for item in then]
    assert _text(rows, What.REMOVED) == [item.text for item in now]
    pieces = [piece for stretch in folded(rows) for piece in stretch.pieces]
    assert _text(tuple(row for piece in pieces for row in piece.then), What.ADDED) == [item.text for item in then]
    assert _text(tuple(row for piece in pieces for row in piece.now), What.REMOVED) == [item.text for item in now]
    assert not any(piece.changed for stretch in folded(rows) if stretch.folded for piece in stretch.pieces)


def test_a_word_is_marked_and_not_the_sentence_around_it():
    then, now = "It is used by ten teams, each of them large.", "It is used by twelve teams, each of them large."
    (row,) = difference([Passage(LineKind.TEXT, then)], [Passage(LineKind.TEXT, now)])
    assert [(run.what.value, run.text) for run in row.runs] == [
        ("same", "It is used by "),
        ("removed", "ten"),
        ("added", "twelve"),
        ("same", " teams, each of them large."),
    ]


def test_another_sentence_is_another_passage():
    texts = "A lease outlives its owner.", "Ten million readers a day want short answers."
    rows = difference(*[[Passage(LineKind.TEXT, text)] for text in texts])
    assert [[run.what.value for run in row.runs] for row in rows] == [["removed"], ["added"]]


def test_a_step_of_which_nothing_was_said_is_written():
    then = "# X\n\n## Tradeoffs\n\n<!-- What? -->\n\n- Option, choice, reason\n"
    now = "# X\n\n## Tradeoffs\n\n- A lease, for its owner may die\n\n## Evolution\n\nMore regions.\n"
    assert what_became(then, now) == {"tradeoffs": "written", "evolution": "written"}
    assert compared(then, now)["tradeoffs"].then == (), "the template's lines are nobody's text"


def test_a_step_that_says_something_else_is_revised_and_one_that_says_nothing_any_more_too():
    then = "# X\n\n## Tradeoffs\n\n- A lease.\n\n## Evolution\n\nMore regions.\n"
    now = "# X\n\n## Tradeoffs\n\n- A Lease.\n\n## Evolution\n"
    assert what_became(then, now) == {"tradeoffs": "revised", "evolution": "revised"}


@pytest.mark.parametrize(
    "now",
    [
        "# X\n\n## Tradeoffs\n\n- A lease that\n  is short.\n\n\n\nOne and\ntwo.\n\n| a | b |\n|---|---|\n| c | d |\n",
        "# X\n\n## Tradeoffs\n\n* A lease that is short.\n\nOne and two.\n\n|  a  |  b |\n|-----|:--|\n| c  |  d |\n",
        "# X\n\n## 7. Trade-off decisions\n\n- A lease that is short.\n\n<!-- ? -->One and two.\n\n|a|b|\n|-|-|\n| c | d |\n".replace(
            "|a|b|", "| a | b |"
        ),
        "---\ntitle: Y\ntags: [z]\n---\n# Y\n\nIntro.\n\n## Tradeoffs\n\n- A lease that is short.\n\nOne and two.\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n## Open questions\n\nMany.\n",
    ],
    ids=["wrapped", "formatted", "renamed", "around"],
)
def test_form_is_no_change_and_neither_is_what_belongs_to_no_step(now: str):
    then = "# X\n\n## Tradeoffs\n\n- A lease that is short.\n\nOne and two.\n\n| a | b |\n|---|---|\n| c | d |\n"
    assert what_became(then, now) == {}


def test_a_step_shows_its_code_tables_and_subheadings_as_markdown():
    text = "# X\n\n## Tradeoffs\n\n### Lease\n\n```py\nif x:\n    y  =  1\n```\n\n| a | b |\n|---|---|\n| c | `d|e` |\n"
    shown = [(item.kind.value, item.text) for item in compared("# X\n", text)["tradeoffs"].now]
    assert shown == [
        ("text", "### Lease"),
        ("code", "if x:"),
        ("code", "    y  =  1"),
        ("row", "| a | b |"),
        ("row", "| c | `d|e` |"),
    ]


def test_long_stretches_that_did_not_change_are_folded():
    then = [Passage(LineKind.TEXT, f"Passage number {number}.") for number in range(20)]
    now = [*then[:10], Passage(LineKind.TEXT, "New."), *then[10:]]
    assert [(len(item.pieces), item.folded) for item in folded(difference(then, now))] == [
        (9, True),
        (3, False),
        (9, True),
    ]
