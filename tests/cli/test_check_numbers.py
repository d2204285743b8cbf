"""`mkdocs check-numbers` as a person uses it."""

from __future__ import annotations

import pytest

BLOCK = """\
```capacity
daily users      = 10 million users
posts per user   = 2 posts / user / day
write rate       = daily users × posts per user        ≈ 230 posts/s
peak write rate  = write rate × 3                      ≈ 700 posts/s   # evening peak
post size        = 1 KB / post
storage per year = write rate × post size × 365 days   ≈ 7.3 TB
```
"""
DESIGN = f"---\ntitle: Posts\ndate: 2026-01-01\n---\n# Posts\n\n## Capacity estimation\n\n{BLOCK}\nText.\n"
PATH = "designs/2026-01-01-posts.md"


@pytest.fixture
def posts(project):
    """A project with one design and its block."""
    project.write(PATH, DESIGN)
    return project


def test_right_numbers_are_right(posts):
    done = posts.run("check-numbers")
    assert (done.code, done.out, done.err) == (0, "", "1 document, 6 quantities, none wrong\n")
    posts.build("--strict")


def test_a_wrong_claim_fails_at_its_line_and_column_and_fix_changes_that_one_number(posts):
    posts.write(PATH, DESIGN.replace("7.3 TB", "9 TB"))
    told = f"{PATH}:15:58: 'storage per year' is 7.3 TB, not 9 TB (write '≈ 7.3 TB')"
    assert posts.run("build", "--strict").code == 1
    assert told in posts.run("build").warnings
    done = posts.run("check-numbers")
    assert (done.code, done.out) == (1, f"{told}\n")
    assert done.err == "1 document, 6 quantities, 1 wrong\n"
    done = posts.run("check-numbers", "--fix")
    assert (done.code, done.out) == (0, f"fixed {told}\n")
    assert done.err == "1 document, 6 quantities, none wrong, 1 fixed\n"
    assert posts.read(PATH) == DESIGN
    assert posts.run("check-numbers", "--fix").out == ""


def test_fix_mends_tables_sentences_and_spans_and_no_other_byte(posts):
    text = (
        "\ufeff---\ntitle: Posts\ndate: 2026-01-01\n---\n# Posts\n\n## Capacity estimation\n\n"
        f"{BLOCK.replace('≈ 700', '≈ 7,000')}\n"
        "| Quantity | Value |\n|---|---|\n| **Peak write rate** | ~600/s |\n| Write rate | 231 posts/s |\n\n"
        "The peak write rate is about 650 posts/s \t and needs `= storage per year ≈ 80 TB`.\n"
        "At 10x the peak write rate is 7,000 posts/s; a daily write rate of 5/s is another thing."
    ).replace("\n", "\r\n")
    posts.write(PATH, text)
    done = posts.run("check-numbers", "--fix")
    assert done.code == 0, done.out
    right = (
        text.replace("≈ 7,000 posts/s   #", "≈ 690 posts/s   #")
        .replace("~600/s", "~690/s")
        .replace("about 650", "about 690")
        .replace("≈ 80 TB", "≈ 7.3 TB")
    )
    assert (posts.root / PATH).read_bytes().decode() == right


def test_a_sentence_about_something_else_claims_nothing(posts):
    block = "```capacity\ncopies = 3\nusers = 5 users\nrate = users × copies × 2 posts/user/s\n```\n"
    text = """
Copies of 2 rows are kept, copies: 4 nodes, and a regional rate is 7 posts/s. For 10 times the load the rate is 300 posts/s.

| Copies | 5 zones |
|---|---|
| copies | 5 zones |
| rate | 30 posts/s, 90 posts/s with retries | 60 posts/s |

## At 10x

The rate is 300 posts/s.
"""
    posts.write(PATH, f"---\ndate: 2026-01-01\n---\n# Posts\n\n{block}{text}")
    done = posts.run("check-numbers")
    assert (done.code, done.out) == (0, "")
    posts.write(PATH, f"---\ndate: 2026-01-01\n---\n# Posts\n\n{block}\nWith copies: 4, the rate is 31 posts/s.\n")
    assert posts.run("check-numbers").out == f"{PATH}:12:14: 'copies' is 3, not 4 (write '≈ 3')\n"


def test_what_only_the_author_knows_is_told_and_left(posts):
    wrong = (
        "```capacity\nusers = 10 users\nspare = 3 users\nsum = users + 5 KB\nrate = usres × 2\n"
        "half = users / 3 = 3.33 users\nunit = users × 2 KB/user ≈ 20 s\nlater = last × 2\nlast = users × 2\nusers = 4\n```\n"
    )
    posts.write(PATH, wrong)
    done = posts.run("check-numbers", "--fix")
    assert done.code == 1
    assert done.out.splitlines() == [
        f"{PATH}:3:1: 'spare' is used nowhere (use it, or take the line out)",
        f"{PATH}:4:13: KB cannot be added to users (bring both to one unit)",
        f"{PATH}:5:8: nothing is named 'usres' (did you mean 'users'?)",
        f"{PATH}:6:20: 'half' is 3.33333333333 users, not 3.33 users (write '≈ 3.33 users')",
        f"{PATH}:7:28: 'unit' is 20 KB, which cannot be held against s (claim it in the same unit)",
        f"{PATH}:8:9: 'last' is declared further down, on line 9 (declare it before it is used)",
        f"{PATH}:10:1: 'users' is declared on line 2 already (give one of them another name)",
    ]
    assert posts.read(PATH) == wrong


def test_one_is_named_by_path_folder_title_or_a_part_of_its_name_from_anywhere(posts):
    for name in (PATH, "designs", "./designs/", str(posts.root / "designs"), "Posts", "posts"):
        assert "6 quantities, none wrong" in posts.run("check-numbers", name).err, name
    assert "6 quantities" in posts.run("check-numbers", cwd="docs").err
    assert "6 quantities" in posts.run("check-numbers", f"../{PATH}", "posts", cwd="docs").err
    done = posts.run("check-numbers", "psts")
    assert (done.code, done.out) == (2, "")
    assert "psts: there is no such design or note" in done.err


def test_a_file_outside_any_portfolio_is_checked(tmp_path, posts):
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "sums.md").write_text("```capacity\na = 2 KB\nb = a × 2 ≈ 5 KB\n```\n", encoding="utf-8")
    done = posts.run("check-numbers", "sums.md", cwd=str(alone))
    assert (done.code, done.out) == (1, "sums.md:3:13: 'b' is 4 KB, not 5 KB (write '≈ 4 KB')\n")


def test_audit_works_out_documents_without_a_block(posts):
    posts.write("notes/sums.md", "# Sums\n\n- 100 million × 5 = 500 million\n- 1 billion × 100 bytes = 10 GB/day\n")
    assert posts.run("check-numbers").code == 0
    done = posts.run("check-numbers", "--audit")
    assert done.code == 1
    assert done.out == "notes/sums.md:4:27: 1 billion × 100 bytes is 100 GB/day, not 10 GB/day (mend one of them)\n"
    assert done.err == "notes/sums.md: 1 right, 1 off, none skipped\n2 documents, 6 quantities, 1 wrong\n"


def test_a_file_that_cannot_be_read_hides_no_other(posts):
    posts.write("notes/bad.md", b"# Bad\n\nab\xff = 3\n")
    posts.write(PATH, DESIGN.replace("7.3 TB", "9 TB"))
    done = posts.run("check-numbers")
    assert done.code == 1
    assert "notes/bad.md:3: byte 0xff is not UTF-8" in done.err
    assert "'storage per year' is 7.3 TB" in done.out


def test_fix_leaves_wrong_bytes_as_they_are(posts):
    posts.write(PATH, DESIGN.replace("7.3 TB", "9 TB").encode() + b"ab\xff\n")
    assert posts.run("check-numbers", "--fix").code == 0
    assert (posts.root / PATH).read_bytes() == DESIGN.encode() + b"ab\xff\n"
