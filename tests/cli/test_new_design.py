"""`mkdocs new-design`, as typed in a terminal."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import frontmatter
import pytest

TODAY = dt.date.today().isoformat()


def test_writes_a_dated_file_from_the_template_and_prints_its_path_alone(project):
    done = project.run("new-design", "rate limiter")
    assert (done.code, done.out) == (0, f"designs/{TODAY}-rate-limiter.md\n")
    text = project.read(f"designs/{TODAY}-rate-limiter.md")
    schema = "# yaml-language-server: $schema=../site/schemas/design.json"
    assert text.startswith(f"---\n{schema}\ntitle: rate limiter\ndate: {TODAY}\n")
    assert "\n# rate limiter\n" in text
    assert "{{" not in text


def test_says_on_stderr_which_stage_and_notes_and_what_comes_next(project):
    project.write("notes/token-bucket.md", "---\ntags: [rate limiting]\n---\n# Token bucket\n")
    project.write("notes/btree.md", "# B-tree\n")
    done = project.run("new-design", "rate limiter")
    assert "Token bucket (notes/token-bucket.md)" in done.err
    assert "B-tree" not in done.err
    assert "Storage and data; next topic: Replication" in done.err
    assert f"mkdocs progress {TODAY}-rate-limiter" in done.err
    assert "Review" in done.err


def test_prints_a_path_that_works_where_it_was_called(project):
    (project.root / "docs" / "deep").mkdir()
    done = project.run("new-design", "rate limiter", cwd="docs/deep")
    assert done.out == f"../../designs/{TODAY}-rate-limiter.md\n"
    assert (project.root / "docs/deep" / done.out.strip()).exists()


def test_takes_another_configuration_from_anywhere(project, tmp_path):
    done = project.run("new-design", "x", "-f", str(project.root / "mkdocs.yml"), cwd="..")
    assert done.out == f"project/designs/{TODAY}-x.md\n"


def test_finds_the_folders_that_the_configuration_names(project):
    project.write("base.yml", "plugins:\n  - design-portfolio:\n      designs_dir: work/designs\n")
    project.write("mkdocs.yml", "INHERIT: base.yml\nsite_name: !ENV [NAME, x]\nhook: !!python/name:os.system\n")
    project.write("work/designs/_template.md", "# {{ title }}\n")
    assert project.run("new-design", "x").out == f"work/designs/{TODAY}-x.md\n"


def test_options_fill_the_front_matter(project):
    project.write("notes/caching.md", "# Caching\n")
    project.run(
        "new-design",
        "x",
        "--date",
        "2026-01-31",
        "--stage",
        "storage",
        "--tag",
        "a b",
        "--tag",
        "c",
        "--note",
        "caching",
    )
    meta = frontmatter.loads(project.read("designs/2026-01-31-x.md")).metadata
    assert meta["date"] == dt.date(2026, 1, 31)
    assert (meta["stage"], meta["tags"], meta["notes"]) == ("storage", ["a b", "c"], ["caching"])


def test_options_become_bold_lines_where_the_template_has_no_front_matter(fourteen):
    fourteen.write("roadmap.md", "# Roadmap\n\n## Storage\n")
    fourteen.run("new-design", "Job queue", "--date", "2026-01-31", "--stage", "storage", "--tag", "queue")
    text = fourteen.read("designs/2026-01-31-job-queue.md")
    assert text.startswith("# Job queue\n\n**Date**: 2026-01-31\n**Status**: Draft / In Review / Final\n**Related**:\n")
    assert "**Stage**: storage\n**Tags**: queue\n\n## Problem" in text
    fourteen.build("--strict")
    design = fourteen.design("2026-01-31-job-queue")
    assert (design["stage"], design["tags"], design["date"]) == ("storage", ["queue"], "2026-01-31")


@pytest.mark.parametrize(
    "title",
    ['A: "B" # c', "it's", "- x", "yes", "2026", "2026-01-01", "[a] {b}", "a \\ b", "#1", "@x", "null", "{{ date }}",
     "<script>alert(1)</script>", "x" * 400, "限流器", "Ключ & Wert <b>", "a, b", "? x", "% y", "key: value", "|", "1e3 b"],
)  # fmt: skip
def test_front_matter_is_valid_and_keeps_any_title_as_typed(project, title):
    if title == "|":
        title = "| a"
    done = project.run("new-design", "--", title)
    assert done.code == 0, done.err
    text = project.read(done.out.strip())
    assert frontmatter.loads(text).metadata["title"] == title
    assert len(os.fsencode(done.out.strip().removeprefix("designs/"))) <= 255


def test_the_title_stands_as_typed_in_the_text(project):
    path = project.run("new-design", 'A: "B" # c *d*').out.strip()
    assert '\n# A: "B" # c *d*\n' in project.read(path)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Rate Limiter", "rate-limiter"),
        ("Überblick über Straßen", "uberblick-uber-strassen"),
        ("限流器 设计", "限流器-设计"),
        ("हिन्दी शीर्षक", "हिन्दी-शीर्षक"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c", "a-b-c"),
        ("don't", "dont"),
        ("🚀 launch", "launch"),
        ("C++ & Rust", "c-rust"),
        ("ﬁle", "file"),
    ],
)
def test_slugs(project, title, slug):
    assert project.run("new-design", title).out == f"designs/{TODAY}-{slug}.md\n"


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        ([""], 1, "the title is empty"),
        (["  "], 1, "the title is empty"),
        (["?!"], 1, "nothing of the title '?!' can stand in a file name"),
        (["a\nb"], 1, "control character (U+000A)"),
        (["a\x07b"], 1, "control character (U+0007)"),
        (["x", "--date", "2026-02-30"], 2, "'2026-02-30' is not a date (expected YYYY-MM-DD)"),
        (["x", "--date", "tomorrow"], 2, "'tomorrow' is not a date"),
        (["x", "--date", "20260101"], 2, "'20260101' is not a date"),
        (["x", "--stage", "storag"], 2, "unknown stage 'storag' (did you mean 'storage'?)"),
        (["x", "--stage", "Storage and data"], 2, "unknown stage 'Storage and data' (did you mean 'storage'?)"),
        (["x", "--note", "nothing"], 2, "unknown note 'nothing' (there is none yet)"),
        (["x", "--tag", " "], 2, "the tag is empty"),
        (["x", "--template", "no.md"], 1, "no.md: there is no such file"),
        (["x", "-f", "no.yml"], 1, "no.yml: there is no such file"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_nothing(project, args, code, message):
    before = project.files()
    done = project.run("new-design", *args)
    assert done.code == code
    assert done.out == ""
    assert done.err.count("\n") == 1, done.err
    assert message in done.err
    assert project.files() == before


def test_a_missing_template_is_named_with_a_way_out(project):
    (project.root / "designs/_template.md").unlink()
    done = project.run("new-design", "x")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "designs/_template.md: there is no such file" in done.err
    assert project.run("new-design", "x", "--template", "default").code == 0


def test_outside_a_project_it_says_so(project, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    done = project.run("new-design", "x", cwd="../elsewhere")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "no mkdocs.yml here or in any folder above" in done.err


def test_a_broken_configuration_is_named_with_its_line(project):
    project.write("mkdocs.yml", "site_name: x\nplugins: [\n")
    done = project.run("new-design", "x")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "mkdocs.yml:3: not valid YAML" in done.err


def test_an_unknown_option_in_the_configuration_is_told(project):
    project.write("mkdocs.yml", "site_name: x\nplugins:\n  - design-portfolio:\n      design_dir: x\n")
    done = project.run("new-design", "x")
    assert "unknown option 'design_dir' of design-portfolio (did you mean 'designs_dir'?)" in done.err


@pytest.mark.skipif(os.name == "nt", reason="folders have no such permission on Windows")
def test_a_folder_that_cannot_be_written_is_one_line(project):
    designs = project.root / "designs"
    command = [sys.executable, "-m", "mkdocs", "new-design", "x"]
    if os.geteuid() == 0:  # root may write anywhere, unless it gives that power up
        command = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override", *command]
    designs.chmod(0o555)
    try:
        done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    finally:
        designs.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert f"designs/{TODAY}-x.md: cannot be written: permission denied" in done.stderr
    assert [path.name for path in designs.iterdir()] == ["_template.md"]


def test_never_overwrites(project):
    path = project.run("new-design", "x").out.strip()
    project.write(path, "mine")
    done = project.run("new-design", "x")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert f"{path}: there is such a file already" in done.err
    assert project.read(path) == "mine"


def test_never_follows_a_dangling_link(project):
    (project.root / f"designs/{TODAY}-x.md").symlink_to(project.root / "elsewhere.md")
    assert project.run("new-design", "x").code == 1
    assert not (project.root / "elsewhere.md").exists()


def test_fifty_at_once_make_one_whole_file_and_forty_nine_clear_errors(project):
    with ThreadPoolExecutor(50) as pool:
        runs = list(pool.map(lambda _: project.run("new-design", "same title"), range(50)))
    made = [run for run in runs if run.code == 0]
    refused = [run for run in runs if run.code == 1]
    assert (len(made), len(refused)) == (1, 49)
    assert all("there is such a file already" in run.err and run.err.count("\n") == 1 for run in refused)
    assert project.read(f"designs/{TODAY}-same-title.md").rstrip().endswith("- **Known shortcuts**:")
    assert sorted(path.name for path in (project.root / "designs").iterdir()) == [
        f"{TODAY}-same-title.md",
        "_template.md",
    ]


def test_dry_run_writes_nothing(project):
    before = project.files()
    done = project.run("new-design", "x", "--dry-run")
    assert (done.code, done.out) == (0, f"designs/{TODAY}-x.md\n")
    assert "nothing was written" in done.err
    assert project.files() == before


def test_edit_opens_the_editor_on_the_new_file(project):
    script = project.write("editor.py", "import sys, pathlib\npathlib.Path(sys.argv[2]).write_text(sys.argv[1])\n")
    done = project.run("new-design", "x", "--edit", env={"VISUAL": f'"{sys.executable}" "{script}" edited'})
    assert done.code == 0, done.err
    assert project.read(f"designs/{TODAY}-x.md") == "edited"


def test_edit_without_an_editor_is_told_before_anything_is_written(project):
    before = project.files()
    done = project.run("new-design", "x", "--edit", env={"VISUAL": "", "EDITOR": ""})
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "neither $VISUAL nor $EDITOR is set" in done.err
    assert project.files() == before


def test_a_template_with_crlf_and_bom_is_understood(project):
    project.write("designs/_template.md", b"\xef\xbb\xbf---\r\ntitle: '{{ title }}'\r\n---\r\n# [System Name]\r\n")
    path = project.run("new-design", "it's").out.strip()
    assert project.read(path) == "---\ntitle: it's\n---\n# it's\n"
