"""Sections and links are found where a Markdown reader would find them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.records import markdown
from reflect.records.markdown import link_targets, preface, sections, with_section

BODY = """Before all.

## What happened

Two things.

```
## not a heading
```

### a smaller one

## What it shows me

> ## quoted, no section
"""
TITLES = ["What happened", "What it shows me", "What I practice next"]
ORDER = [{title.lower()} for title in TITLES]


def test_sections_are_the_second_level_headings_outside_of_code_and_quotations():
    assert [each.title for each in sections(BODY)] == TITLES[:2]
    assert preface(BODY) == "Before all.\n\n"
    assert sections(BODY)[0].text.endswith("### a smaller one")


def test_headings_inside_code_that_has_no_end_are_no_sections():
    assert sections("```\n## Not one\n") == []


def test_a_text_with_number_signs_and_no_heading_has_no_sections():
    assert sections("More. ## What I noticed\n\n### A smaller one\n") == []


def test_setext_headings_are_sections_too():
    assert [each.title for each in sections("One\n---\ntext\n")] == ["One"]


def test_a_new_section_takes_its_place_in_the_order_of_the_kind():
    body = "## What I practice next\n\nLess.\n"
    added = with_section(body, TITLES[0], "Much.", ORDER[0], ORDER)
    assert added == "## What happened\n\nMuch.\n\n## What I practice next\n\nLess.\n"


def test_setting_a_section_keeps_the_heading_as_it_was_written():
    assert with_section("##  what HAPPENED\n\nold\n", TITLES[0], "new", ORDER[0], ORDER) == "##  what HAPPENED\n\nnew\n"


def test_an_empty_text_removes_the_section():
    assert "What it shows" not in with_section(BODY, TITLES[1], "", ORDER[1], ORDER)


plain_lines = st.lists(st.from_regex(r"[a-z ]{0,12}", fullmatch=True), max_size=5).map("\n".join)


@given(
    st.lists(st.tuples(st.sampled_from(TITLES), plain_lines), max_size=3, unique_by=lambda each: each[0]), plain_lines
)
def test_setting_one_section_leaves_the_others_as_they_were(written, text):
    body = "".join(f"## {title}\n\n{words}\n\n" for title, words in written)
    changed = with_section(body, TITLES[1], text, ORDER[1], ORDER)
    before = {each.title: each.text.strip() for each in sections(body)}
    after = {each.title: each.text.strip() for each in sections(changed)}
    for title in (TITLES[0], TITLES[2]):
        assert after.get(title) == before.get(title)
    assert after.get(TITLES[1], "") == text.strip()


@pytest.mark.parametrize(
    "text", ["two ## signs in a line", "`## code`\n", "    ## code\n", "a\n--- b", "####### seven"]
)
def test_signs_that_make_no_heading_make_no_section(text):
    assert sections(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [[01JDA6C4T3W5E9K2M8Q7RZXYVB]] and [[A title]]", ["01JDA6C4T3W5E9K2M8Q7RZXYVB", "A title"]),
        ("[[Title|as shown]]", ["Title"]),
        ("`[[code]]`\n\n```\n[[fence]]\n```\n", []),
        ("[[]] [[ ]] [[a\nb]] [[open", []),
        ("| a |\n|---|\n| [[in a table]] |", ["in a table"]),
        ("[[twice]] [[twice]]", ["twice"]),
    ],
)
def test_links_are_found_in_text_and_not_in_code(text, found):
    assert link_targets(text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 50_000, id="brackets"),
        pytest.param("[[" * 30_000, id="links without end"),
        pytest.param("> " * 20_000 + "x", id="quotes"),
        pytest.param("*a " * 30_000, id="stars"),
        pytest.param("`" * 50_000 + "a", id="backticks"),
        pytest.param("- " * 5_000, id="lists"),
    ],
)
def test_texts_made_to_hurt_a_parser_come_to_an_end(text):
    markdown.tokens(text)
    sections("## a\n" + text)
