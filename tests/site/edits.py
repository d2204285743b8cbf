"""Random edits of a portfolio, as a learner makes them."""

from __future__ import annotations

import random
import re
from pathlib import Path

WORDS = [
    "queue",
    "shard",
    "replica",
    "lease",
    "token",
    "bucket",
    "cache",
    "latency",
    "throughput",
    "retry",
    "budget",
    "partition",
    "leader",
    "follower",
    "quorum",
    "stampede",
    "backlog",
    "consumer",
    "producer",
    "index",
    "snapshot",
    "window",
    "clock",
    "fence",
    "write",
    "read",
    "user",
    "request",
    "second",
    "percent",
]


class Editor:
    """Edits the project in `root`, one random edit at a time; the same seed makes the same edits."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.made = 0

    def edit(self) -> str:
        """Make one edit; return what it was."""
        self.made += 1
        kinds = [name for name in dir(self) if name.startswith("_edit_")]
        weights = [3 if name in ("_edit_add_paragraph", "_edit_front_matter", "_edit_link") else 1 for name in kinds]
        kind = self.chance.choices(kinds, weights)[0]
        return f"{self.made} {kind.removeprefix('_edit_')} {getattr(self, kind)() or ''}"

    def _documents(self, folder: str = "*") -> list[Path]:
        found = [*self.root.glob("designs/[!_]*.md"), *self.root.glob("notes/[!_]*.md")]
        return sorted(path for path in found if folder in ("*", path.parent.name))

    def _pick(self, folder: str = "*") -> Path:
        return self.chance.choice(self._documents(folder))

    def _sentence(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=9)).capitalize() + "."

    def _change(self, path: Path, pattern: str, new: str) -> str:
        text = path.read_bytes().decode()
        found = [*re.finditer(pattern, text, re.MULTILINE)]
        if found:
            at = self.chance.choice(found)
            path.write_bytes((text[: at.start()] + at.expand(new) + text[at.end() :]).encode())
        return path.name

    def _edit_add_paragraph(self) -> str:
        path = self._pick()
        return self._change(path, r"\n\n", rf"\n\n{self._sentence()}\n\n")

    def _edit_diagram(self) -> str:
        path = self._pick()
        text = path.read_text(encoding="utf-8")
        if "```mermaid" in text and self.chance.random() < 0.5:
            path.write_text(re.sub(r"```mermaid\n.*?```\n", "", text, flags=re.DOTALL), encoding="utf-8")
            return f"{path.name} without"
        arrow = self.chance.choice(["-->", "---", "->"])
        first, second = self.chance.choices(WORDS, k=2)
        path.write_text(f"{text}\n```mermaid\nflowchart LR\n  {first} {arrow} {second}\n```\n", encoding="utf-8")
        return f"{path.name} {arrow}"

    def _edit_add_lines_above(self) -> str:
        path = self._pick()
        return self._change(path, r"^(# .*)$", rf"\n\n\1\n\n{self._sentence()}")

    def _edit_front_matter(self) -> str:
        path = self._pick()
        line = self.chance.choice(
            [
                f"title: {self._sentence()[:20]}",
                f"summary: {self._sentence()}",
                f"tags: [{self.chance.choice(WORDS)}]",
                f"status: {self.chance.choice(['draft', 'in-review', 'final', 'done'])}",
                f"date: 2026-0{self.chance.randint(1, 9)}-11",
                f"draft: {self.chance.choice(['true', 'false', 'false'])}",
                f"notes: [{self._pick('notes').stem}]",
                f"aliases: [{self.chance.choice(WORDS)}]",
                f"redirect_from: [designs/old-{self.made}.md]",
                "skip: {tradeoffs: not ours to decide}",
                "unlinked: [cache]",
                "colour: blue",
                "hide: [toc]",
                "title: [broken",
            ]
        )
        name = line.partition(":")[0]
        text = path.read_text()
        text = re.sub(rf"^(?:{name}:.*|title: \[broken)\n", "", text, flags=re.MULTILINE)
        path.write_text(text.replace("---\n", f"---\n{line}\n", 1) if text.startswith("---\n") else text)
        return f"{path.name} {line}"

    def _edit_heading(self) -> str:
        new = self.chance.choice([rf"## {self._sentence()[:14]}", r"\g<0> {#here}", r"#\g<0>", "## Tradeoffs"])
        return self._change(self._pick(), r"^## .*$", new)

    def _edit_anchor(self) -> str:
        return self._change(self._pick(), r"^([A-Z][^\n|#{]{30,})$", r"\1\n{ #tradeoffs }")

    def _edit_drop_section(self) -> str:
        return self._change(self._pick(), r"^## (?:.|\n)*?(?=^## |\Z)", "")

    def _edit_link(self) -> str:
        path, other = self._pick(), self._pick()
        anchor = self.chance.choice(["", "", "#tradeoffs", "#nothing", "#failure-modeling"])
        link = self.chance.choice(
            [
                f"[{self._sentence()}](../{other.parent.name}/{other.name}{anchor})",
                f"[[{other.stem}]]",
                f"[[{other.stem}#Tradeoffs|there]]",
                "[[nothing of that name]]",
                "[gone](../notes/gone.md)",
                "[home](../docs/index.md)",
                "![picture](picture.png)",
                f"<a id='{self.chance.choice(WORDS)}'></a>",
                "**bold term** and a footnote[^1]\n\n[^1]: Said elsewhere.",
            ]
        )
        self._change(path, r"\n\n", rf"\n\nSee {link} for more of it.\n\n")
        return f"{path.name} {link}"

    def _edit_rename(self) -> str:
        path = self._pick()
        new = path.with_name(f"{path.stem[:24]}-{self.made}.md")
        path.rename(new)
        return f"{path.name} -> {new.name}"

    def _edit_delete(self) -> str:
        path = self._pick()
        if len(self._documents(path.parent.name)) < 3:
            return "nothing"
        path.unlink()
        return path.name

    def _edit_new(self) -> str:
        source = self._pick()
        name = f"2026-03-0{self.chance.randint(1, 9)}-new-{self.made}.md" if source.parent.name == "designs" else "n.md"
        new = source.with_name(name.replace("n.md", f"new-{self.made}.md"))
        text = re.sub(r"^title:.*\n", f"title: {self._sentence()[:24]}\n", source.read_text(), flags=re.MULTILINE)
        new.write_text(text)
        return new.name

    def _edit_concept(self) -> str:
        path = self._pick("notes")
        line = f"concepts: [{{name: {self.chance.choice(WORDS)} {self.chance.choice(WORDS)}, definition: X{self.made}.}}]\n"
        text = re.sub(r"^concepts:.*\n(?: .*\n)*", "", path.read_text(), flags=re.MULTILINE)
        path.write_text(text.replace("---\n", f"---\n{line}", 1))
        return f"{path.name} {line}"

    def _edit_roadmap(self) -> str:
        path = self.root / "roadmap.md"
        kind = self.chance.randrange(4)
        if kind == 0:
            return self._change(path, r"- \[[ x]\]", self.chance.choice(["- [ ]", "- [x]"]))
        if kind == 1:
            return self._change(path, r"^- .*$", rf"\g<0>\n- [ ] {self._sentence()[:16]}")
        if kind == 2:
            return self._change(path, r"^## .*$", rf"## {self._sentence()[:16]}")
        other = self._pick()
        return self._change(path, r"^(- \[.\] )", rf"\1[{other.stem}]({other.parent.name}/{other.name}) ")

    def _edit_configuration(self) -> str:
        line = self.chance.choice(
            [
                "site_name: Another",
                "site_name: Portfolio",
                "site_description: Some",
                "copyright: me",
                "use_directory_urls: false",
            ]
        )
        path = self.root / "mkdocs.yml"
        name = line.partition(":")[0]
        text = re.sub(rf"^{name}:.*\n", "", path.read_text(), flags=re.MULTILINE)
        path.write_text(text if line.startswith("use_") and name in path.read_text() else f"{line}\n{text}")
        return line

    def _edit_flow(self) -> str:
        return self._change(self.root / "flow.yml", r"^(    title: .*)$", rf"\1 {self.chance.choice(WORDS)}")

    def _edit_template(self) -> str:
        return self._change(self.root / "designs" / "_template.md", r"\n\n", rf"\n\n{self._sentence()}\n\n")

    def _edit_partial(self) -> str:
        path = self.root / "overrides" / "design-portfolio" / "backlinks.html"
        if path.exists():
            path.unlink()
            return "taken away"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>{% for item in portfolio.designs %}{{ item.document.body | length }} {% endfor %}</p>\n")
        return "added"

    def _edit_page(self) -> str:
        text = self.chance.choice(["{{ design_cards(limit=2) }}", "[a design](designs/index.md)", self._sentence()])
        (self.root / "docs" / "index.md").write_text(f"---\nrender_macros: true\n---\n# Home\n\n{text}\n")
        return text

    def _edit_picture(self) -> str:
        (self.root / "designs" / "picture.png").write_bytes(self.chance.randbytes(20))
        return ""

    def _edit_review(self) -> str:
        path = self.root / "reviews" / f"2026-05-0{self.chance.randint(1, 9)}-review.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ndesign: {self._pick('designs').stem}\n---\n# Review {self.made}\n\n{self._sentence()}\n")
        return path.name
