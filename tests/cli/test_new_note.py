"""`mkdocs new-note`, `new-design --link` and `mkdocs related`."""

from __future__ import annotations

import datetime as dt

import pytest

from ..conftest import Project

TODAY = dt.date.today().isoformat()


def test_a_note_starts_as_a_copy_of_the_learners_template(project: Project):
    project.write("notes/_template.md", "---\ntitle: {{ title }}\nstage:\n---\n# {{ title }}\n\nOn {{ date }}.\n")
    done = project.run("new-note", "Consistent hashing", "--topic", "replication", "--alias", "hash ring", cwd="docs")
    assert (done.code, done.out) == (0, "../notes/consistent-hashing.md\n"), done.err
    assert project.read("notes/consistent-hashing.md") == (
        "---\ntitle: Consistent hashing\nstage: storage\ntopic: replication\naliases: [hash ring]\n---\n"
        f"# Consistent hashing\n\nOn {TODAY}.\n"
    )
    project.build("--strict")
    assert project.portfolio["stages"][1]["notes"] == ["consistent-hashing"]


def test_without_a_template_the_built_in_one_serves_and_says_nothing_yet(project: Project):
    done = project.run("new-note", "Raft")
    assert (done.code, done.out) == (0, "notes/raft.md\n")
    text = project.read("notes/raft.md")
    headings = [line for line in text.split("\n---\n", 1)[1].splitlines() if line.startswith("#")]
    assert headings == ["# Raft", "## Intuition", "## Mechanics", "## Failure", "## Tradeoffs", "## Self-test"]
    project.write("notes/raft.md", text.replace("topic:", "topic: replication"))
    project.build("--strict")
    assert project.portfolio["stages"][1]["topics"][1]["implied"] == "not-started"


def test_a_second_note_of_that_name_is_refused_wherever_it_stands(project: Project):
    project.write("notes/deep/raft.md", "# Raft\n\n## A\n\nMine.\n")
    done = project.run("new-note", "Raft")
    assert done.code == 1
    assert done.err == "Error: notes/deep/raft.md: there is such a note already (open it, or choose another title)\n"
    assert project.run("new-note", "Paxos").code == 0
    done = project.run("new-note", "paxos")
    assert done.code == 1 and done.err.startswith("Error: notes/paxos.md: there is such a file already")


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("  ",), 1, "new-note: the title is empty"),
        (("x", "--topic", "cachin"), 2, "--topic: unknown topic 'cachin' (did you mean 'caching'?)"),
        (("x", "--stage", "storag"), 2, "--stage: unknown stage 'storag' (did you mean 'storage'?)"),
        (("x", "--alias", " "), 2, "--alias: the alias is empty"),
        (("x", "--note", "y"), 2, "--note: unknown note 'y' (there is none yet)"),
        (("x", "--template", "no.md"), 1, "no.md: there is no such file (write it, or pass --template FILE"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_nothing(project: Project, args: tuple[str, ...], code: int, message: str):
    before = project.files()
    done = project.run("new-note", *args)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"Error: {message}") and done.err.count("\n") == 1
    assert project.files() == before


def test_a_concept_that_is_taught_already_is_mentioned(project: Project):
    project.write("notes/hashing.md", "---\naliases: [hash ring]\n---\n# Hashing\n\n## A\n\nText.\n")
    done = project.run("new-note", "Hash rings")
    assert done.code == 0
    assert "Taught  Hashing is taught in the note 'hashing' as well" in done.err


@pytest.fixture
def corpus(project: Project) -> Project:
    """Five notes and three designs."""
    texts = {
        "rate-limiting": "Rate limiting\n\n## Token buckets\n\nA bucket refills with tokens and limits the rate of callers.",
        "caching": "Caching\n\n## Eviction\n\nA cache evicts the entries that nobody reads.",
        "replication": "Replication\n\n## Lag\n\nA replica follows its leader at a distance.",
        "estimation": "Estimation\n\n## Orders of magnitude\n\nMultiply users by actions.",
        "search": "Inverted index\n\n## Postings\n\nTerms point at documents; scoring ranks them.",
    }
    for id, text in texts.items():
        project.write(f"notes/{id}.md", f"# {text}\n")
    project.write(
        "designs/2026-01-01-api-gateway.md",
        "# API gateway\n\n## Tradeoffs\n\nCallers are limited by token buckets; each bucket refills at the rate of its plan.\n",
    )
    project.write(
        "designs/2026-01-02-quotas.md",
        "# Quotas\n\n## Tradeoffs\n\nA plan gives callers a bucket of tokens that refills each month. See [caching](../notes/caching.md).\n",
    )
    project.write("designs/2026-01-03-blog.md", "# Blog\n\n## Tradeoffs\n\nStatic pages, written by hand.\n")
    return project


def test_new_design_links_the_notes_that_may_help(corpus: Project):
    done = corpus.run("new-design", "distributed rate limiter", "--link", "--date", "2026-02-01")
    assert done.code == 0
    assert "Notes   Rate limiting (notes/rate-limiting.md, linked)" in done.err
    assert "notes: [rate-limiting]" in corpus.read("designs/2026-02-01-distributed-rate-limiter.md")
    done = corpus.run("new-design", "payment ledger", "--link", "--date", "2026-02-01")
    assert done.code == 0 and "Notes" not in done.err
    assert "notes: []" in corpus.read("designs/2026-02-01-payment-ledger.md")


def test_related_shows_what_is_close_and_not_linked_with_the_shared_terms(corpus: Project):
    done = corpus.run("related", "api-gateway")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("Notes    ") and "notes/rate-limiting.md" in lines[0] and "bucket" in lines[0]
    assert lines[1].startswith("Designs  ") and "designs/2026-01-02-quotas.md" in lines[1]
    assert len(lines) == 2
    assert corpus.run("related", "blog").out == "Nothing that Blog does not link to is close to it.\n"
    done = corpus.run("related", "bolg")
    assert (done.code, done.err) == (2, "Error: bolg: there is no such design (did you mean 2026-01-03-blog?)\n")


def test_what_is_linked_is_no_suggestion(corpus: Project):
    corpus.build("--strict")
    assert [item["id"] for item in corpus.design("2026-01-01-api-gateway")["related_notes"]] == ["rate-limiting"]
    page = corpus.page("designs/2026-01-01-api-gateway/")
    assert "Close in content, not linked yet." in page and "shares" in page
    path = "designs/2026-01-01-api-gateway.md"
    corpus.write(path, corpus.read(path) + "\nSee [limits](../notes/rate-limiting.md).\n")
    corpus.build("--strict")
    found = corpus.design("2026-01-01-api-gateway")
    assert found["related_notes"] == []
    assert [item["id"] for item in found["related_designs"]] == ["2026-01-02-quotas"]
    assert all(0 < item["score"] <= 1 and item["terms"] for item in found["related_designs"])
