"""What is known of a document is what git knows, whatever became of it; and nothing else."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from mkdocs_design_portfolio.core.history.reading import History, HistoryReader
from mkdocs_design_portfolio.core.settings import Settings
from mkdocs_design_portfolio.core.store import Store
from tests.repository import SETTINGS, Repository

X = "designs/x.md"
TEXT = "# X\n\n" + "\n".join(f"Line {number} of the design, which says something.\n" for number in range(20))


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch):
    """Let git read no settings but the repository's."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository.at(tmp_path / "repo")


def history(root: Path, store: Store | None = None) -> History:
    """Read the history of a project."""
    reader = HistoryReader(Settings(root), store, code="")
    reader.begin()
    return reader.finish()


def days(root: Path, path: str = X) -> tuple[str | None, str | None]:
    """Return the days on which a document was created and changed."""
    known = history(root).of(path, root=root)
    return tuple(day.isoformat() if day else None for day in (known.created, known.changed))


def first(root: Path, path: str = X) -> str | None:
    """Return the first text of a design."""
    return history(root).texts.get(path)


def test_created_and_changed_are_the_authors_days(repo: Repository):
    """In the author's own zone, and not those of a rebase."""
    repo.write(X, TEXT)
    repo.commit("2026-02-01T23:30:00-0800", committed="2026-05-05")
    repo.write(X, TEXT + "More.\n")
    repo.commit("2026-03-01T00:30:00+0900", "Say more", committed="2026-05-05")
    assert days(repo.root) == ("2026-02-01", "2026-03-01")
    assert first(repo.root) == TEXT
    found = history(repo.root).files[X].versions
    assert [(item.date.isoformat(), item.subject) for item in found] == [
        ("2026-03-01", "Say more"),
        ("2026-02-01", "Work"),
    ]


def test_a_commit_that_leaves_the_text_alone_is_no_change(repo: Repository):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    repo.write("docs/other.md", "Other.\n")
    repo.commit("2026-03-01")
    assert days(repo.root) == ("2026-02-01", "2026-02-01")


def test_a_document_renamed_twice_with_edits_began_under_its_first_name(repo: Repository):
    """And where another document has one of its names since, the two are kept apart."""
    repo.write("drafts/one.md", TEXT)
    repo.commit("2026-02-01")
    (repo.root / "designs").mkdir()
    repo.git("mv", "drafts/one.md", "designs/two.md")
    repo.write("designs/two.md", TEXT + "More.\n")
    repo.commit("2026-03-01")
    repo.git("mv", "designs/two.md", X)
    repo.write(X, TEXT + "More and more.\n")
    repo.commit("2026-04-01")
    repo.write("designs/two.md", "# Something else\n")
    repo.commit("2026-05-01")
    assert days(repo.root) == ("2026-02-01", "2026-04-01")
    assert first(repo.root) == TEXT
    assert days(repo.root, "designs/two.md") == ("2026-05-01", "2026-05-01")


def test_two_documents_that_change_names_keep_their_histories(repo: Repository):
    repo.write("designs/a.md", TEXT)
    repo.commit("2026-02-01")
    repo.write("designs/b.md", TEXT.upper())
    repo.commit("2026-03-01")
    repo.git("mv", "designs/a.md", "designs/c.md")
    repo.git("mv", "designs/b.md", "designs/a.md")
    repo.commit("2026-04-01")
    assert days(repo.root, "designs/c.md")[0] == "2026-02-01"
    assert days(repo.root, "designs/a.md")[0] == "2026-03-01"


def test_a_document_that_took_the_text_of_another_began_as_its_copy(repo: Repository):
    """And the other, which says something else since, goes on."""
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    repo.write("designs/y.md", TEXT)
    repo.write(X, TEXT[::-1].upper())
    repo.commit("2026-03-01")
    assert days(repo.root) == ("2026-02-01", "2026-03-01")
    assert days(repo.root, "designs/y.md") == ("2026-03-01", "2026-03-01")
    assert first(repo.root) == TEXT


def test_moving_a_file_is_no_change(repo: Repository):
    repo.write("designs/old.md", TEXT)
    repo.commit("2026-02-01")
    repo.git("mv", "designs/old.md", X)
    repo.commit("2026-03-01")
    assert days(repo.root) == ("2026-02-01", "2026-02-01")


def test_what_was_removed_and_written_anew_began_anew(repo: Repository):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    repo.git("rm", "--quiet", X)
    repo.commit("2026-03-01")
    repo.write(X, "# Something else\n")
    repo.commit("2026-04-01")
    assert days(repo.root) == ("2026-04-01", "2026-04-01")
    assert first(repo.root) == "# Something else\n"


def test_what_came_back_as_it_was_began_when_it_first_did(repo: Repository):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    repo.git("rm", "--quiet", X)
    repo.commit("2026-03-01")
    repo.git("revert", "--no-edit", "HEAD", day="2026-04-01")
    assert days(repo.root) == ("2026-02-01", "2026-02-01")


def test_the_history_of_both_branches_of_a_merge_counts(repo: Repository):
    """Here one renames, the other edits, and the merge has both."""
    repo.write("designs/old.md", TEXT)
    repo.commit("2026-02-01")
    repo.git("switch", "--quiet", "--create", "side")
    repo.write("designs/old.md", TEXT + "At the end.\n")
    repo.commit("2026-03-03", "Say more at the end")
    repo.git("switch", "--quiet", "main")
    repo.git("mv", "designs/old.md", X)
    repo.write(X, "Before.\n" + TEXT)
    repo.commit("2026-03-01", "Rename")
    repo.git("merge", "--quiet", "--no-edit", "side", day="2026-03-02")
    assert days(repo.root) == ("2026-02-01", "2026-03-03")
    subjects = [version.subject for version in history(repo.root).files[X].versions]
    assert sorted(subjects) == ["Merge branch 'side'", "Rename", "Say more at the end", "Work"]


def test_what_a_merge_itself_changed_counts(repo: Repository):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    repo.git("switch", "--quiet", "--create", "side")
    repo.write("designs/y.md", TEXT)
    repo.commit("2026-02-02")
    repo.git("switch", "--quiet", "main")
    repo.write("notes/z.md", "Z.\n")
    repo.commit("2026-02-03")
    repo.git("merge", "--quiet", "--no-commit", "side")
    repo.write(X, TEXT + "More.\n")
    repo.commit("2026-03-01")
    assert days(repo.root) == ("2026-02-01", "2026-03-01")
    assert days(repo.root, "designs/y.md") == ("2026-02-02", "2026-02-02")


def test_a_document_that_two_branches_added_began_with_the_earlier(repo: Repository):
    repo.write("notes/z.md", "Z.\n")
    repo.commit("2026-01-01")
    repo.git("switch", "--quiet", "--create", "side")
    repo.write(X, TEXT)
    repo.write("designs/y.md", "# Y\n")
    repo.commit("2026-02-01")
    repo.git("switch", "--quiet", "main")
    repo.write(X, TEXT)
    repo.commit("2026-03-01")
    repo.write(X, TEXT + "More.\n")
    repo.commit("2026-03-02")
    repo.git("merge", "--quiet", "--no-edit", "--strategy-option=ours", "side", day="2026-04-01")
    assert days(repo.root) == ("2026-02-01", None)  # whose text the merge took is not told


@pytest.mark.parametrize("name", ["designs/with space.md", "designs/Übersicht “x”.md", "designs/a\nb\t\\.md"])
@pytest.mark.parametrize("folder", ["", "a folder/größer"])
def test_a_project_in_any_folder_and_a_file_of_any_name(repo: Repository, folder: str, name: str):
    path = f"{folder}/{name}" if folder else name
    repo.write(path, TEXT)
    repo.write("elsewhere/x.md", "Not of the project.\n")
    repo.commit("2026-02-01")
    repo.write(path, TEXT + "More.\n")
    repo.commit("2026-03-01")
    root = repo.root / folder
    assert days(root, name) == ("2026-02-01", "2026-03-01")
    assert first(root, name) == TEXT


def test_a_project_that_moved_within_its_repository_keeps_its_history(repo: Repository):
    repo.write(f"old/{X}", TEXT)
    repo.commit("2026-02-01")
    repo.git("mv", "old", "new")
    repo.commit("2026-03-01")
    assert days(repo.root / "new") == ("2026-02-01", "2026-02-01")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no newline at the end",
        "++ b/designs/x.md\n+++ b\n--- a\n@@ -1 +1 @@\ndiff --git a/x b/x\n",
        "\x01 and \x00\n\x01abc\n\nindex 0000..1111\n",
        "one\r\ntwo\r\n",
        "\ufeff# X\n",
        "\\ No newline at end of file\nx",
    ],
)
def test_the_first_text_is_read_to_the_letter(repo: Repository, text: str):
    repo.write(X, text)
    repo.commit("2026-02-01")
    repo.write(X, "# Other\n")
    repo.commit("2026-03-01")
    assert first(repo.root) == text
    assert days(repo.root) == ("2026-02-01", "2026-03-01")


@pytest.mark.parametrize("text", [b"\xff\xfe", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"])
def test_a_first_text_that_is_no_text_is_not_compared(repo: Repository, text: bytes):
    repo.write(X, text)
    repo.commit("2026-02-01")
    assert first(repo.root) is None
    assert days(repo.root)[0] == "2026-02-01"


def test_a_symbolic_link_is_no_version(repo: Repository):
    repo.write("elsewhere/x.md", TEXT)
    (repo.root / "designs").mkdir()
    (repo.root / X).symlink_to("../elsewhere/x.md")
    repo.commit("2026-02-01")
    assert days(repo.root) == (None, None)
    (repo.root / X).unlink()
    repo.write(X, TEXT)
    repo.commit("2026-03-01")
    assert days(repo.root) == (None, "2026-03-01")
    assert first(repo.root) is None


def test_line_ends_of_the_working_tree_are_no_edit(repo: Repository):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    repo.write(X, TEXT.replace("\n", "\r\n"))
    assert days(repo.root) == ("2026-02-01", "2026-02-01")


def test_of_a_file_with_edits_that_are_not_committed_the_last_change_is_not_told(repo: Repository):
    """Of a file that was never committed, nothing is."""
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    repo.write(X, TEXT + "More.\n")
    repo.write("designs/y.md", TEXT)
    assert days(repo.root) == ("2026-02-01", None)
    assert first(repo.root) == TEXT
    assert days(repo.root, "designs/y.md") == (None, None)


def test_a_file_that_is_back_without_a_commit_has_no_history(repo: Repository):
    """Whether it was removed or renamed."""
    repo.write(X, TEXT)
    repo.write("designs/y.md", TEXT.upper())
    repo.commit("2026-02-01")
    repo.git("rm", "--quiet", X)
    repo.git("mv", "designs/y.md", "designs/z.md")
    repo.commit("2026-03-01")
    repo.write(X, TEXT)
    repo.write("designs/y.md", TEXT.upper())
    assert days(repo.root) == (None, None)
    assert days(repo.root, "designs/y.md") == (None, None)
    assert days(repo.root, "designs/z.md") == ("2026-02-01", "2026-02-01")


def cloned(repo: Repository, *how: str) -> Repository:
    """Return a clone of a repository."""
    target = repo.root.parent / "clone"
    repo.git("clone", "--quiet", *how, f"file://{repo.root}", str(target))
    return Repository(target)


def test_a_shallow_clone_tells_what_it_knows_and_nothing_else(repo: Repository):
    repo.write(X, TEXT)
    repo.write("designs/old.md", TEXT.upper())
    repo.commit("2026-02-01")
    repo.write("notes/n.md", "N.\n")
    repo.commit("2026-02-02")
    repo.write("designs/new.md", "# New\n")
    repo.commit("2026-03-01")
    repo.write(X, TEXT + "More.\n")
    repo.commit("2026-04-01")
    one = cloned(repo, "--depth=1")
    assert [days(one.root, path) for path in (X, "designs/old.md", "designs/new.md")] == [(None, None)] * 3
    assert first(one.root) is None
    shutil.rmtree(one.root)
    three = cloned(repo, "--depth=3")
    assert days(three.root) == (None, "2026-04-01")
    assert first(three.root) is None
    assert days(three.root, "designs/old.md") == (None, None)
    assert days(three.root, "designs/new.md") == ("2026-03-01", "2026-03-01")
    store = Store(three.root.parent / "store")
    assert history(three.root, store).files[X].created is None
    three.git("fetch", "--quiet", "--unshallow")
    assert history(three.root, store).files[X].created == date(2026, 2, 1)


def test_a_partial_clone_tells_nothing(repo: Repository):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    repo.git("config", "uploadpack.allowFilter", "true")
    found = history(cloned(repo, "--filter=blob:none").root)
    assert (found.files, found.why_not) == ({}, "a partial clone has no texts of earlier versions")


def test_a_worktree_and_a_submodule_have_their_history(repo: Repository):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    repo.git("worktree", "add", "--quiet", "--detach", "../tree")
    tree = Repository(repo.root.parent / "tree")
    tree.write(X, TEXT + "More.\n")
    tree.commit("2026-03-01")
    assert days(tree.root) == ("2026-02-01", "2026-03-01")
    assert days(repo.root) == ("2026-02-01", "2026-02-01")
    outer = Repository.at(repo.root.parent / "outer")
    outer.write("designs/own.md", "# Own\n")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", f"file://{repo.root}", "part")
    outer.commit("2026-05-01")
    assert days(outer.root / "part") == ("2026-02-01", "2026-02-01")


def test_where_head_is_does_not_matter(repo: Repository):
    """On a branch, in packed refs, on a branch with a folder in its name, or detached."""
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    store = Store(repo.root.parent / "store")
    for how in (["pack-refs", "--all"], ["switch", "--quiet", "--create", "a/b"], ["switch", "--quiet", "--detach"]):
        repo.git(*how)
        assert days(repo.root) == ("2026-02-01", "2026-02-01")
        assert history(repo.root, store).needed, "its answer can be kept"


def test_the_settings_of_git_do_not_matter(repo: Repository):
    repo.write("designs/old name.md", TEXT)
    repo.commit("2026-02-01")
    repo.git("mv", "designs/old name.md", X)
    repo.commit("2026-03-01", "Überschrift")
    for name, value in {
        "log.showRoot": "false",
        "log.date": "relative",
        "log.follow": "true",
        "log.showSignature": "true",
        "format.pretty": "oneline",
        "diff.renames": "false",
        "diff.renameLimit": "1",
        "diff.noprefix": "true",
        "diff.relative": "true",
        "diff.external": "false",
        "diff.context": "9",
        "color.ui": "always",
        "core.quotePath": "true",
        "i18n.logOutputEncoding": "latin1",
    }.items():
        repo.git("config", name, value)
    repo.write(".git/info/attributes", "*.md -diff binary\n")
    assert days(repo.root) == ("2026-02-01", "2026-02-01")
    assert first(repo.root) == TEXT


def test_a_variable_that_names_another_repository_does_not_matter(repo: Repository, monkeypatch: pytest.MonkeyPatch):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    other = Repository.at(repo.root.parent / "other")
    other.write(X, TEXT)
    other.commit("2020-01-01")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_GLOB_PATHSPECS", "1")
    assert days(repo.root) == ("2026-02-01", "2026-02-01")
    assert days(repo.root.parent) == (None, None)


def test_without_a_repository_nothing_is_told_and_one_learns_why(repo: Repository, monkeypatch: pytest.MonkeyPatch):
    def why(root: Path) -> str:
        found = history(root)
        assert found.files == {}
        return found.why_not

    assert why(repo.root.parent) == "the project is in no git repository"
    assert why(repo.root) == "git says: fatal: bad revision 'HEAD'"
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    bare = repo.root.parent / "bare"
    repo.git("clone", "--quiet", "--bare", ".", str(bare))
    assert why(bare) == "the project is in no git repository"
    broken = repo.root.parent / "broken"
    broken.mkdir()
    (broken / ".git").write_text("nonsense\n")
    assert "names no folder" in why(broken)
    (broken / ".git").write_text("gitdir: ../nowhere\n")
    assert "not a git repository" in why(broken)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "dubious ownership" in why(repo.root)
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER")
    monkeypatch.setenv("PATH", str(broken))
    assert why(repo.root) == "git is not installed"


def test_a_git_that_fails_or_says_something_else_tells_nothing(repo: Repository, monkeypatch: pytest.MonkeyPatch):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    folder = repo.root.parent / "bin"
    folder.mkdir()
    script = folder / "git"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    for body, wanted in {
        "echo unexpected": "git answers in a way that is not understood",
        "printf '\\001abc'": "git's answer breaks off",
        "printf '\\001abc\\0today\\0x\\0'": "a commit has the date b'today'",
        "echo no such option >&2; exit 129": "git says: no such option",
        "exit 3": "git says: 3",
    }.items():
        script.write_text(f"#!/bin/sh\n{body}\n")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        found = history(repo.root)
        assert (found.files, found.why_not) == ({}, wanted)


def counted(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a git in front that counts how often it is started, in the file that is returned."""
    folder = repo.root.parent / "bin"
    folder.mkdir()
    counts = folder / "counts"
    counts.write_text("")
    real = shutil.which("git")
    (folder / "git").write_text(f'#!/bin/sh\necho "$@" >> {counts}\nexec {real} "$@"\n')
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return counts


def test_git_is_asked_once_and_not_again_before_there_is_another_commit(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
):
    repo.write(X, TEXT)
    repo.commit("2026-02-01")
    store = Store(repo.root.parent / "store")
    counts = counted(repo, monkeypatch)
    asked = history(repo.root, store)
    assert len(counts.read_text().splitlines()) == 1
    kept = history(repo.root, store)
    assert len(counts.read_text().splitlines()) == 1
    assert (kept.files, kept.texts.get(X)) == (asked.files, asked.texts.get(X))
    monkeypatch.undo()
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    for path in store.folder.glob("??/*"):
        path.write_bytes(b"damaged")
    assert history(repo.root, store).files == asked.files
    repo.write(X, TEXT + "More.\n")
    repo.git("commit", "--quiet", "--all", "--amend", "--no-edit", day="2026-03-01")
    amended = history(repo.root, store).files[X]
    assert (amended.created, amended.changed) == (date(2026, 2, 1), date(2026, 2, 1))
    assert amended.last != asked.files[X].last
