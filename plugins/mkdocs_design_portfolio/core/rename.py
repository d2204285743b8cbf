"""A design or note and its new title -> the changes that rename it everywhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .edits import Edit, edited, lines_of, with_fields
from .journal import Change
from .links import Style, Target, definitions_of, links_of
from .metadata import DATED, RELATED, split_names
from .model import Design, Document, Field, Note, Place, Portfolio, Problem
from .names import Names
from .parse import parse
from .prose import prose_of
from .settings import Settings
from .slug import slugify

_MACRO = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}-")


class RenameError(Exception):
    """A rename cannot be made; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Rename:
    """A rename that was worked out and not made yet."""

    old: str
    """The path, relative to the project's root, as `new` is."""
    new: str
    changes: tuple[Change, ...]
    links: Mapping[str, int]
    """How many names are rewritten in each other file."""


def plan_rename(
    portfolio: Portfolio, settings: Settings, work: Design | Note, title: str, *, docs_dir: str, config: str
) -> Rename:
    """Work out what a new title changes: the file's name, its title, and every name and link that means it.

    The date in the file's name stays. `docs_dir` and `config` are the site's own pages and
    configuration, relative to the root; their links are rewritten too. Raises `RenameError` when
    the new name is taken or nothing would change.
    """
    old = work.path
    dated = DATED.match(work.id)
    stem = f"{dated[1]}-{slugify(title)}" if dated else slugify(title)
    new = (PurePosixPath(old).parent / f"{stem}.md").as_posix()
    _check_free(portfolio, settings, work, new, stem)
    renamer = _Renamer(portfolio, Names(portfolio, portfolio.roadmap), work, title, new)
    changes = []
    links = {}
    for path in _markdown_files(settings, docs_dir):
        raw = (settings.root / path).read_bytes()
        edits = tuple(dict.fromkeys(renamer.edits(path, raw, docs_dir)))
        after = edited(raw, edits)
        if path == old:
            changes += _moved(old, new, raw, renamer.retitled(after))
        elif after != raw:
            changes.append(Change(path, raw, after))
            links[path] = len(edits)
    if old != new:
        changes += _in_config(settings.root, config, docs_dir, old, new)
    if not any(change.before != change.after for change in changes):
        raise RenameError(Problem(old, None, "is called so already", "give another title"))
    return Rename(old, new, tuple(changes), links)


def _check_free(portfolio: Portfolio, settings: Settings, work: Design | Note, new: str, stem: str) -> None:
    other = next((item for item in portfolio if item.id == stem and item.path != work.path), None)
    if other or (new != work.path and (settings.root / new).exists()):
        raise RenameError(
            Problem(other.path if other else new, None, "there is such a file already", "choose another title")
        )


def _markdown_files(settings: Settings, docs_dir: str) -> Iterator[str]:
    """Yield every Markdown file whose links may lead to a design or note, private ones too."""
    root = settings.root
    found: dict[Path, None] = dict.fromkeys(sorted(root.glob("*.md")))
    for folder in (settings.designs_dir, settings.notes_dir, settings.reviews_dir, docs_dir):
        if (root / folder).is_dir():
            found.update(dict.fromkeys(sorted((root / folder).rglob("*.md"))))
    found[root / settings.roadmap] = None
    for path in found:
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts):
            yield path.relative_to(root).as_posix()


def _moved(old: str, new: str, before: bytes, after: bytes) -> list[Change]:
    if old == new:
        return [Change(old, before, after)]
    return [Change(new, None, after), Change(old, before, None)]


def _in_config(root: Path, config: str, docs_dir: str, old: str, new: str) -> list[Change]:
    """Return the change to the configuration, whose navigation may name the file."""
    before = (root / config).read_bytes()
    text = before.decode("utf-8", "surrogateescape")
    for path, renamed in ((old, new), *_below(docs_dir, old, new)):
        text = re.sub(rf"(?<![\w./-]){re.escape(path)}(?![\w./-])", lambda _, name=renamed: name, text)  # type: ignore[misc]
    after = text.encode("utf-8", "surrogateescape")
    return [Change(config, before, after)] if after != before else []


def _below(docs_dir: str, old: str, new: str) -> list[tuple[str, str]]:
    """Return both paths as the navigation names them, where the document is one of `docs/`."""
    prefix = f"{docs_dir}/"
    return [(old.removeprefix(prefix), new.removeprefix(prefix))] if old.startswith(prefix) else []


@dataclass(frozen=True, slots=True)
class _Renamer:
    portfolio: Portfolio
    names: Names
    work: Design | Note
    title: str
    new: str

    @property
    def new_id(self) -> str:
        return PurePosixPath(self.new).stem

    def edits(self, path: str, raw: bytes, docs_dir: str) -> Iterator[Edit]:
        """Yield what has to change in a file for its names and links to go on meaning the document."""
        document, _ = parse(raw.decode("utf-8", "surrogateescape"), path=path)
        prose = prose_of(document)
        targets: list[Target] = list(definitions_of(prose).values())
        for link in links_of(prose):
            if link.style is Style.WIKI:
                if text := self._name(link.target.written):
                    yield _edit(document, link.target, text)
            else:
                targets.append(link.target)
        for target in targets:
            if self.work.path in _resolved(path, target.path, docs_dir):
                yield _edit(document, target, self._with_new_name(target.written))
        yield from self._in_fields(document, raw)
        yield from self._in_macros(document)

    def retitled(self, content: bytes) -> bytes:
        """Return the document itself with its new title and, where it moves, the way from its old address."""
        document, _ = parse(content.decode("utf-8", "surrogateescape"), path=self.work.path)
        heading = document.heading
        if heading:
            at = heading.line - 1
            line = lines_of(content)[at]
            start = line.find(self.work.title)
            if start < 0 and document.field("title") is None:
                found = re.match(r"\s*#\s+", line)
                start = found.end() if found else 0
                end = start + len(re.sub(r"\s*(?:\{[^{}]*\})?\s*#*\s*$", "", line[start:]))
            else:
                end = start + len(self.work.title)
            if start >= 0:
                content = edited(content, [Edit(heading.line, start, end, _escaped(self.title))])
        fields: dict[str, str | tuple[str, ...]] = {}
        if document.field("title"):
            fields["title"] = self.title
        if self.new != self.work.path:
            once = dict.fromkeys((*split_names(_value(document, "redirect_from")), self.work.path))
            fields["redirect_from"] = tuple(path for path in once if path != self.new)
        return with_fields(content, document, fields)

    def _name(self, written: str) -> str:
        """Return how a name that means the document is written from now on; empty where it stays as it is."""
        if self.names.named(written) != (Place(self.work.path),):
            return ""
        key, id = " ".join(written.split()).casefold(), self.work.id
        if key == id.casefold():
            return self.new_id
        if key in (self.work.path.casefold(), self.work.path.removesuffix(".md").casefold()):
            return self.new if key.endswith(".md") else self.new.removesuffix(".md")
        if isinstance(self.work, Design) and key == _DATE.sub("", id).casefold():
            return _DATE.sub("", self.new_id)
        if key == self.work.title.casefold():
            return self.new_id if re.search(r"[\[\]|#]", self.title) else self.title
        return ""

    def _with_new_name(self, written: str) -> str:
        folder, slash, _ = written.rpartition("/")
        return f"{folder}{slash}{PurePosixPath(self.new).name}"

    def _in_fields(self, document: Document, raw: bytes) -> Iterator[Edit]:
        """Yield the edits of metadata that names the document."""
        lines = lines_of(raw)
        for item in document.fields:
            if item.name in ("notes", "design", *RELATED):
                for name in split_names(item.value):
                    if text := self._renamed(document, name):
                        yield from _in_field(document, lines, item, name, text)
            elif item.name == "unlinked_concepts":
                for name in split_names(item.value):
                    if isinstance(self.work, Note) and name.casefold() == self.work.title.casefold():
                        yield from _in_field(document, lines, item, name, self.title)

    def _renamed(self, document: Document, name: str) -> str:
        """Return the new form of a name in metadata, where a title with signs of YAML gives way to the id."""
        if name.endswith(".md"):
            inside = self.work.path in _resolved(document.path, name, "")
            return self._with_new_name(name) if inside or name == self.work.path else ""
        text = self._name(name)
        return text if not text or re.fullmatch(r"[\w][\w ./-]*", text) else self.new_id

    def _in_macros(self, document: Document) -> Iterator[Edit]:
        """Yield the edits of macros that name the document: `{{ design_badge("…") }}`."""
        quoted = re.compile(rf"(?<=[\"']){re.escape(self.work.id)}(?=[\"'])")
        prose = prose_of(document)
        for macro in _MACRO.finditer(document.body) if "{{" in document.body else ():
            for found in quoted.finditer(document.body, *macro.span()):
                line = prose.line_at(found.start())
                start = found.start() - prose.line(line)[0]
                yield Edit(line, start, start + len(found[0]), self.new_id)


def _resolved(path: str, target: str, docs_dir: str) -> set[str]:
    """Return what a relative link in a file may mean: beside it on disk, or on the site."""
    found = {posixpath.normpath(posixpath.join(posixpath.dirname(path), target))}
    if docs_dir and path.startswith(f"{docs_dir}/"):
        found.add(posixpath.normpath(posixpath.join(posixpath.dirname(path.removeprefix(f"{docs_dir}/")), target)))
    return found


def _edit(document: Document, target: Target, text: str) -> Edit:
    before = document.body[: target.start]
    start = len(before) - (before.rfind("\n") + 1)
    return Edit(document.body_line + before.count("\n"), start, start + target.end - target.start, text)


def _in_field(document: Document, lines: list[str], item: Field, name: str, text: str) -> Iterator[Edit]:
    """Yield the edit of one entry of a field, on its own line or on the lines of its list."""
    entry = re.compile(rf"(?<![\w./-]){re.escape(name)}(?![\w./-])")
    last = item.line if item.bold else document.body_line - 1
    for number in range(item.line, last + 1):
        line = lines[number - 1]
        if number > item.line and not re.match(r"[ \t-]", line):
            return
        start = line.index(":") + 1 if number == item.line and ":" in line else 0
        for found in entry.finditer(line, start):
            yield Edit(number, *found.span(), text)


def _value(document: Document, name: str) -> object:
    field = document.field(name)
    return field.value if field else None


def _escaped(title: str) -> str:
    """Return a title as a heading's text: a `<` that would open a tag is shown as one."""
    return re.sub(r"<(?=[A-Za-z/!?])", "&lt;", title)
