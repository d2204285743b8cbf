"""`mkdocs guide`, driven through a real terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pexpect = (
    pytest.importorskip("pexpect", reason="a terminal to drive") if sys.platform == "win32" else __import__("pexpect")
)

WRITTEN = {
    "functional-requirements": "- Count calls by key\n- Refuse above the limit\n- Tell the caller when to come back\n",
    "tradeoffs": "\n".join(
        (
            "- Where to count: we chose one store rather than on each node, because exact limits were asked for; nodes would be faster.",
            "- Algorithm: token bucket instead of fixed window, because bursts are allowed; a window is simpler.",
            "- When the store is silent: open and not closed, because an outage costs more; closed would be safer.",
            "",
        )
    ),
}
BEFORE = (
    "\ufeff"
    + """\
---
title: Rate limiter
date: 2026-01-01
checkpoints: {}
---

# Rate limiter{trailing}

## Clarify the problem

## Functional requirements

<!-- List them. -->

Tradeoffs
---------

## Evolution

Kept as it is:\ttabs, trailing space \nand a last line without an end""".replace("{trailing}", "   ").replace(
        "\n", "\r\n"
    )
)
PATH = "designs/2026-01-01-rate-limiter.md"


def editor(folder: Path, script: str) -> str:
    """Make an editor out of a Python script, in which `path` is the file it was called with."""
    program = folder / "editor.py"
    head = f"import pathlib, sys\npath = pathlib.Path(sys.argv[1])\nWRITTEN = {WRITTEN!r}\n"
    program.write_text(head + script, encoding="utf-8")
    return f"{sys.executable} {program}"


@pytest.fixture
def limiter(project):
    """A project with one design that is hardly begun, with the line ends of Windows and a byte-order mark."""
    project.write(PATH, BEFORE)
    return project


def terminal(project, *args: str, program: str = "", cwd: str = "."):
    """Run the guide in a terminal of 100 columns."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TERM": "xterm", "EDITOR": program}
    env.pop("VISUAL", None)
    return pexpect.spawn(
        sys.executable, ["-m", "mkdocs", *args], cwd=project.root / cwd, env=env, encoding="utf-8", timeout=20,
        dimensions=(40, 100),
    )  # fmt: skip


def ended(child) -> str:
    """Return what a session printed to its end, which has to be a good one."""
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.before
    return child.before


def test_three_steps_are_written_in_two_sessions_and_every_other_byte_stays(limiter):
    program = editor(limiter.root, "path.write_text(path.read_text() + WRITTEN[path.stem])")
    child = terminal(limiter, "guide", program=program, cwd="designs")
    child.expect("Rate limiter.* · 0 of 11 steps · designs/2026-01-01-rate-limiter.md")
    child.expect("1. Clarify the problem")
    child.expect(r"\[ \] Who uses it")
    child.expect(r"\[e\]dit · \[t\]ype")
    child.send("t")
    child.expect("Type; a line with '.' alone ends it")
    child.sendline("A limiter for the teams of our API; engineers use it.")
    child.sendline("Success means that no caller is refused below its limit.")
    child.sendline(".")
    child.expect("Met   .*What is being built.*Met   .*Who uses it.*Met   .*What success looks like")
    child.expect("Done  .*Clarify the problem")
    child.expect("2. Functional requirements")
    child.expect(r"\[e\]dit")
    child.send("e")
    child.expect("Met   .*At least three things the system must do, as a list")
    child.expect("3. Non-functional requirements.* · To do · no heading yet")
    child.expect(r"\[q\]uit")
    child.send("q")
    assert "Stopped at 2 of 11 steps. Go on at any time: mkdocs guide 2026-01-01-rate-limiter" in ended(child)

    child = terminal(limiter, "guide", program=program)
    child.expect("2 of 11 steps")
    for _ in range(4):
        child.expect(r"\[n\]ext")
        child.send("n")
    child.expect("7. Tradeoffs.* · To do · line ")
    child.expect(r"\[e\]dit")
    child.send("e")
    child.expect("Done  .*Tradeoffs")
    child.expect(r"\[q\]uit")
    child.send("\x03")
    assert "Stopped at 3 of 11 steps." in ended(child)

    clarified = (
        "\nA limiter for the teams of our API; engineers use it.\n"
        "Success means that no caller is refused below its limit.\n\n"
    ).replace("\n", "\r\n")
    listed, decided = (WRITTEN[name].replace("\n", "\r\n") for name in ("functional-requirements", "tradeoffs"))
    expected = (
        BEFORE.replace("problem\r\n\r\n", f"problem\r\n{clarified}")
        .replace("<!-- List them. -->\r\n", f"<!-- List them. -->\r\n{listed}")
        .replace("---------\r\n\r\n", f"---------\r\n\r\n{decided}\r\n")
    )
    assert (limiter.root / PATH).read_bytes().decode() == expected


def test_a_step_without_a_heading_gets_one_behind_the_step_before_it(limiter):
    program = editor(limiter.root, "path.write_text('| Latency | p99 under 50 ms |\\n')")
    child = terminal(
        limiter, "guide", "rate", "--step", "non-functional-requirements", "--level", "junior", program=program
    )
    child.expect("A junior engineer")
    child.expect(r"\[e\]dit")
    child.send("e")
    child.expect("Lacks .*A throughput target")
    child.expect(r"\[q\]uit")
    child.send("q")
    ended(child)
    added = "## Non-functional requirements\r\n\r\n| Latency | p99 under 50 ms |\r\n\r\n"
    assert (limiter.root / PATH).read_bytes().decode() == BEFORE.replace("Tradeoffs\r\n---", f"{added}Tradeoffs\r\n---")


def test_a_section_that_changed_meanwhile_is_never_overwritten_and_nothing_is_lost(limiter):
    program = editor(
        limiter.root,
        f"""
design = pathlib.Path({str(limiter.root / PATH)!r})
design.write_bytes(design.read_bytes().replace(b"<!-- List them. -->", b"- Written by somebody else"))
path.write_text("- Mine\\n")
""",
    )
    child = terminal(limiter, "guide", "--step", "functional-requirements", program=program)
    child.expect(r"\[e\]dit")
    child.send("e")
    child.expect("was changed here meanwhile and stays as it is")
    child.expect(r"\[q\]uit")
    child.send("q")
    ended(child)
    assert (limiter.root / PATH).read_bytes().decode() == BEFORE.replace(
        "<!-- List them. -->", "- Written by somebody else"
    )
    kept = [
        path for path in limiter.files() if path.startswith("designs/_2026-01-01-rate-limiter.functional-requirements.")
    ]
    assert [limiter.read(path) for path in kept] == ["- Mine\n"]
    limiter.build("--strict")
    assert not (limiter.root / "site" / kept[0].removesuffix(".md")).exists()


def test_a_change_in_another_section_is_kept_beside_ones_own(limiter):
    program = editor(
        limiter.root,
        f"""
design = pathlib.Path({str(limiter.root / PATH)!r})
design.write_bytes(design.read_bytes().replace(b"Kept as it is", b"Changed by somebody else"))
path.write_text(WRITTEN["functional-requirements"])
""",
    )
    child = terminal(limiter, "guide", "--step", "functional-requirements", program=program)
    child.expect(r"\[e\]dit")
    child.send("e")
    child.expect("Done  .*Functional requirements")
    child.send("q")
    ended(child)
    text = (limiter.root / PATH).read_bytes().decode()
    assert "Changed by somebody else" in text
    assert "- Refuse above the limit\r\n" in text


def test_an_editor_that_fails_or_changes_nothing_writes_nothing(limiter):
    for script, told in (("sys.exit(3)", "Nothing was written"), ("", "Nothing changed")):
        child = terminal(limiter, "guide", program=editor(limiter.root, script))
        child.expect(r"\[e\]dit")
        child.send("e")
        child.expect(told)
        child.send("q")
        ended(child)
        assert (limiter.root / PATH).read_bytes().decode() == BEFORE


def test_without_an_editor_it_says_so_and_lines_can_be_typed(limiter):
    child = terminal(limiter, "guide")
    child.expect(r"\[e\]dit")
    child.send("e")
    child.expect(r"neither \$VISUAL nor \$EDITOR is set .*; or choose 'type'")
    child.send("t")
    child.expect(r"\| ")
    child.sendline("never kept")
    child.expect(r"never kept\s+\| ")
    child.sendintr()
    child.expect("Dropped")
    child.expect(r"\[q\]uit")
    child.send("m")
    child.expect("Why")
    child.expect("Staff")
    child.expect("Example")
    child.expect(r"\[q\]uit")
    child.sendeof()
    assert "Stopped at 0 of 11 steps" in ended(child)
    assert (limiter.root / PATH).read_bytes().decode() == BEFORE


def piped(project, *args: str, typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *args], cwd=project.root, input=typed, capture_output=True, encoding="utf-8",
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, timeout=60, check=False,
    )  # fmt: skip


def test_without_a_terminal_it_asks_by_number(limiter):
    done = piped(
        limiter, "guide", typed="9\n2\nWe build a limiter for our users. Success is p99 under 5 ms.\n.\n4\nquit\n"
    )
    assert done.returncode == 0, done.stderr
    assert "1. edit: open this section" in done.stdout
    assert done.stdout.count("1. edit: open") == 1
    assert "'9' is none of edit, type, more, next, back, quit" in done.stdout
    assert "Done  Clarify the problem" in done.stdout
    assert "3. Non-functional requirements" in done.stdout
    assert "Stopped at 1 of 11 steps" in done.stdout
    assert "\x1b[" not in done.stdout
    assert piped(limiter, "guide", typed="").returncode == 0


def test_a_typed_row_goes_on_with_the_table_and_a_typed_sentence_stands_apart(project):
    project.write(
        PATH,
        "# R\n\n## Non-functional requirements\n\n| Quality | Target |\n|---|---|\n| Latency | p99 under 5 ms |\n\n## Evolution\n",
    )
    row = "| Throughput | 300 requests/s |"
    done = piped(
        project, "guide", "--step", "non-functional-requirements", typed=f"2\n{row}\n.\n2\nNothing is lost.\n.\nq\n"
    )
    assert "Met   A throughput target, with its unit (line 8)" in done.stdout
    assert f"| Latency | p99 under 5 ms |\n{row}\n\nNothing is lost.\n\n## Evolution\n" in project.read(PATH)


def test_a_new_design_is_guided_at_once(project):
    done = piped(project, "new-design", "rate limiter", "--guided", typed="back\nquit\n")
    assert done.returncode == 0, done.stderr
    assert "rate limiter · 0 of 11 steps" in done.stdout
    assert done.stdout.count("1. Clarify the problem") == 2
    assert "mkdocs guide 20" in done.stderr


def test_the_notes_of_the_learner_are_named_at_the_step_that_leans_on_them(demo):
    done = piped(demo, "guide", "job-scheduler", "--step", "capacity-estimation", typed="q\n")
    assert (
        "- Back-of-envelope estimation: Back-of-envelope estimation (notes/back-of-envelope-estimation.md)"
        in done.stdout
    )


def test_wrong_names_and_finished_portfolios_are_told(limiter):
    done = piped(limiter, "guide", "limitr", typed="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "limitr: there is no such design" in done.stderr
    done = piped(limiter, "guide", "--step", "tradeofs", typed="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--step: unknown step 'tradeofs' (did you mean 'tradeoffs'?)" in done.stderr
    (limiter.root / PATH).unlink()
    done = piped(limiter, "guide", typed="")
    assert (done.returncode, done.stdout) == (
        0,
        'Every design is finished. Start one: mkdocs new-design "rate limiter" --guided\n',
    )
