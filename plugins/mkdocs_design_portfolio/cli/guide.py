"""`mkdocs guide`: a walk through the steps of a design, in the terminal."""

from __future__ import annotations

import contextlib
import re
import secrets
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from ..core import scaffold
from ..core.files import replace_file
from ..core.find import find_design
from ..core.lesson import lesson, newest_unfinished, unfinished
from ..core.model import Design, Flow, Level, Note, Portfolio, Problem, Roadmap, Step, StepState
from ..core.parse import parse
from ..core.passages import Passage, passage_of, with_passage
from ..core.scan import FlowError, read_design, scan_designs, scan_flow, scan_notes, scan_roadmap, scan_template
from ..core.settings import Settings
from ..core.suggest import remedy
from ..core.template import Template
from .lessons import show_change, show_lesson, show_more
from .project import Failure, Misuse, config_file_option, find_settings, warn
from .scaffolding import find_editor

_END = "."
_NEXT, _APART = "\n", "\n\n"
_GOES_ON = tuple(map(re.compile, (r"\s*\|", r"\s*[-*+]\s", r"\s*\d+[.)]\s")))
"""A row behind a row, an item behind an item: no blank line comes between."""


@click.command("guide")
@click.argument("design", required=False)
@click.option("--step", metavar="ID", default="", help="Begin with this step; otherwise the first that is not done.")
@click.option("--level", type=click.Choice([level.value for level in Level]), default=Level.SENIOR.value,
              help="Whose focus is shown.")  # fmt: skip
@config_file_option
def command(design: str | None, step: str, level: str, config_file: Path | None) -> None:
    """Walk through the steps of DESIGN: what to answer, what is lacking; write, see what is met, go on.

    DESIGN is a design's id, path or any part of its id that no other design has; without it, the newest
    design that is not finished. Stop at any time: the next walk begins where this one ended.
    """
    settings = find_settings(config_file)
    walk(settings, design, step=step, level=Level(level))


def walk(settings: Settings, name: str | None, *, step: str = "", level: Level = Level.SENIOR) -> None:
    """Lead through a design, or through the newest that is not finished, until the learner stops."""
    try:
        flow, problems = scan_flow(settings)
    except FlowError as error:
        raise Failure(error.problems[0]) from None
    template, found = scan_template(settings, flow)
    roadmap, _ = scan_roadmap(settings)
    notes, _ = scan_notes(settings, roadmap)
    designs, _ = scan_designs(settings, flow, template, roadmap)
    for problem in (*problems, *found):
        warn(problem)
    desk = _Desk(settings, flow, template, roadmap, notes, level)
    chosen = _chosen(designs, name, flow)
    if chosen is None:
        click.echo('Every design is finished. Start one: mkdocs new-design "rate limiter" --guided')
        return
    first = flow.step(step) if step else unfinished(chosen)
    if step and first is None:
        ids = [item.id for item in flow.steps]
        raise Misuse(Problem("--step", None, f"unknown step '{step}'", remedy(step, ids)))
    _Walk(desk, chosen).go(first)


def _chosen(designs: tuple[Design, ...], name: str | None, flow: Flow) -> Design | None:
    if name is None:
        return newest_unfinished(designs)
    found = find_design(Portfolio(flow, designs, (), None), name)
    if isinstance(found, Problem):
        raise Misuse(found)
    return found


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lies on the learner's desk."""

    settings: Settings
    flow: Flow
    template: Template | None
    roadmap: Roadmap | None
    notes: tuple[Note, ...]
    level: Level

    def read(self, path: str) -> tuple[Design, bytes]:
        """Read a design as it is now, and the bytes that it was read from."""
        try:
            raw = (self.settings.root / path).read_bytes()
        except OSError as error:
            fact = f"cannot be read: {(error.strerror or str(error)).lower()}"
            raise Failure(Problem(path, None, fact, "it was there a moment ago")) from None
        document, _ = parse(raw.decode("utf-8", "replace"), path=path)
        return read_design(document, self.flow, self.template, self.roadmap)[0], raw


class _Walk:
    """One walk: where it stands, and what is done there."""

    def __init__(self, desk: _Desk, design: Design) -> None:
        self.desk = desk
        self.path = design.path
        self.id = design.id
        self.asked = False
        """Whether the choices were told in full."""
        self.terminal = sys.stdin.isatty() and sys.stdout.isatty()

    def go(self, step: Step | None) -> None:
        """Go from step to step until nothing is left, or the learner stops."""
        design, _ = self.desk.read(self.path)
        click.echo(click.style(f"{design.title}", bold=True) + f" · {design.said} · {self.path}")
        try:
            while step is not None:
                step = self._at(step)
            design, _ = self.desk.read(self.path)
            if unfinished(design) is None:
                click.echo(f"\nEvery step is done. Have it read critically: mkdocs review-design {self.id}")
            else:
                click.echo(f"\n{design.said} done. Go on at any time: mkdocs guide {self.id}")
        except (_Stopped, click.Abort, KeyboardInterrupt, EOFError):
            design, _ = self.desk.read(self.path)
            click.echo(f"\nStopped at {design.said}. Go on at any time: mkdocs guide {self.id}")

    def _at(self, step: Step) -> Step | None:
        """Teach one step and let it be written; return the next one."""
        design, _ = self.desk.read(self.path)
        show_lesson(lesson(design, step, self.desk.flow, self.desk.notes), self.desk.level)
        while True:
            choice = self._choice()
            design, _ = self.desk.read(self.path)
            if choice == "quit":
                raise _Stopped
            if choice == "next":
                return unfinished(design, after=step.id)
            if choice == "back":
                number = self.desk.flow.number(step.id)
                return self.desk.flow.steps[max(0, number - 2)]
            if choice == "more":
                show_more(lesson(design, step, self.desk.flow, self.desk.notes))
                continue
            before = next(item for item in design.steps if item.step.id == step.id)
            if not self._write(step, choice):
                continue
            after, _ = self.desk.read(self.path)
            now = next(item for item in after.steps if item.step.id == step.id)
            show_change(before, now)
            if now.state in (StepState.DONE, StepState.SKIPPED):
                return unfinished(after, after=step.id) or unfinished(after)

    def _choice(self) -> str:
        """Ask what to do: by key in a terminal, else by number or word on a line of its own."""
        names = [name for name, _ in _CHOICES]
        if self.terminal:
            told = " · ".join(f"[{name[0]}]{name[1:]}" for name in names)
            click.echo(f"\n{told} ", nl=False)
            while True:
                key = click.getchar().lower()
                if key in ("\x03", "\x04"):
                    raise _Stopped
                found = [name for name in names if name[0] == key]
                if found:
                    click.echo(click.style(found[0], bold=True))
                    return found[0]
        click.echo()
        for number, (name, what) in enumerate(_CHOICES if not self.asked else (), start=1):
            click.echo(f"{number}. {name}: {what}")
        self.asked = True
        while True:
            line = _line(f"Choose 1 to {len(names)}: ")
            if line is None:
                raise _Stopped
            given = line.strip().lower()
            found = [name for number, name in enumerate(names, start=1) if given in (str(number), name, name[0])]
            if found:
                return found[0]
            click.echo(f"{given!r} is none of {', '.join(names)}")

    def _write(self, step: Step, how: str) -> bool:
        """Let the passage of a step be written and put it back; return whether the file changed."""
        design, raw = self.desk.read(self.path)
        passage = passage_of(raw, design.document, self.desk.flow, step)
        text = self._edited(step, passage) if how == "edit" else _typed(passage)
        if text is None or text.strip() == passage.text.strip():
            click.echo("Nothing changed.")
            return False
        return self._put_back(step, passage, raw, text)

    def _edited(self, step: Step, passage: Passage) -> str | None:
        try:
            editor = find_editor("edit")
        except Failure as error:
            click.echo(f"{error.message}; or choose 'type'")
            return None
        with tempfile.TemporaryDirectory(prefix="design-") as folder:
            file = Path(folder) / f"{step.id}.md"
            file.write_bytes(f"{passage.text}\n".encode("utf-8", "surrogateescape"))
            try:
                click.edit(filename=str(file), editor=editor)
            except click.ClickException as error:
                click.echo(f"{error.format_message()} Nothing was written.")
                return None
            return file.read_bytes().decode("utf-8", "surrogateescape")

    def _put_back(self, step: Step, passage: Passage, raw: bytes, text: str) -> bool:
        """Write a passage into the file as it is now; where it was changed meanwhile, keep both."""
        design, now = self.desk.read(self.path)
        meant = passage
        if now != raw:
            meant = passage_of(now, design.document, self.desk.flow, step)
            if meant.text != passage.text or meant.heading != passage.heading:
                self._keep(step, text)
                return False
        try:
            replace_file(self.desk.settings.root / self.path, with_passage(now, meant, text))
        except OSError as error:
            fact = f"cannot be written: {(error.strerror or str(error)).lower()}"
            click.echo(str(Problem(self.path, None, fact, "mend its permissions or its disk")), err=True)
            self._keep(step, text, why="")
            return False
        return True

    def _keep(self, step: Step, text: str, *, why: str = "was changed here meanwhile and stays as it is") -> None:
        """Put what was written beside the design, so that nothing is lost."""
        name = f"{self.desk.settings.designs_dir}/_{self.id}.{step.id}.{secrets.token_hex(2)}.md"
        try:
            scaffold.create(self.desk.settings.root / name, f"{text.rstrip()}\n", name=name)
            mend = f"what you wrote is in {name}"
        except scaffold.ScaffoldError:
            click.echo(text)
            mend = "what you wrote is above"
        if why:
            click.echo(str(Problem(self.path, None, why, mend)), err=True)
        else:
            click.echo(f"Kept: {mend}.", err=True)


class _Stopped(Exception):
    """The learner stops."""


_CHOICES = (
    ("edit", "open this section, and nothing else, in $VISUAL or $EDITOR"),
    ("type", "type lines here; they go to the end of the section"),
    ("more", "why the step exists, all levels, the mistakes with their reasons, an example"),
    ("next", "leave it for now"),
    ("back", "to the step before"),
    ("quit", "stop here; nothing is lost"),
)
"""What can be done at a step, each by its first letter."""


def _typed(passage: Passage) -> str | None:
    """Return a passage with the lines that are typed behind it, or None where none is."""
    click.echo(f"Type; a line with '{_END}' alone ends it.")
    lines: list[str] = []
    try:
        while (line := _line("| ")) is not None and line.strip() != _END:
            lines.append(line)
    except KeyboardInterrupt:
        click.echo("\nDropped.")
        return None
    typed = "\n".join(lines).strip("\n")
    if not typed.strip():
        return None
    last = passage.text.rsplit("\n", 1)[-1]
    goes_on = any(mark.match(last) and mark.match(typed) for mark in _GOES_ON)
    return f"{passage.text}{'' if not passage.text else _NEXT if goes_on else _APART}{typed}"


def _line(prompt: str) -> str | None:
    """Return a line that is typed, with the keys of a shell where Python has them; None at the end of the input."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - makes input() understand arrow keys
    try:
        return input(prompt)
    except EOFError:
        click.echo()
        return None
