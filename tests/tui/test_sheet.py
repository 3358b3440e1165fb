"""A text taken apart and put together: only what was typed changes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reflect.records.compose import Content, compose
from reflect.records.record import read_record
from reflect.store.drafts import Draft
from reflect.store.kind_files import Kinds
from reflect.tui.sheet import Sheet, is_blank, with_headings, without_empty

KINDS = Kinds()
REFLECTION = KINDS.get("reflection")
ID = "01JDA6C4T3W5E9K2M8Q7RZXYVB"


def new_sheet() -> Sheet:
    return Sheet.of_new(REFLECTION, compose(REFLECTION, ID, "2026-11-23", Content()), "draft", "en")


def sheet_of(text: str) -> Sheet:
    record = read_record(text.encode(), "journal/2026-11-23-x-xyvb.md", KINDS.folders)
    return Sheet.of_record(REFLECTION, record, "draft", "en")


def test_a_new_sheet_has_the_headings_and_drops_the_empty_ones() -> None:
    sheet = new_sheet()
    assert sheet.opened_body == "## What happened\n\n\n\n## What it shows me\n\n\n\n## What I practice next\n\n"
    body = sheet.opened_body.replace("me\n\n", "me\n\nI rush. Often.")
    text = sheet.text("", {}, body)
    assert text.endswith("\n---\n\n## What it shows me\n\nI rush. Often.\n")
    assert "title: I rush." in text
    assert is_blank(sheet.opened_body, REFLECTION)
    assert not is_blank(body, REFLECTION)


def test_an_empty_sheet_is_titled_by_its_day() -> None:
    assert "title: Reflection 2026-11-23" in new_sheet().text("", {}, new_sheet().opened_body)


def test_a_draft_comes_back_as_it_was_left() -> None:
    sheet = new_sheet()
    body = sheet.opened_body.replace("happened\n\n", "happened\n\nWords.")
    left = Draft("d", "reflection", sheet.text("", {"tags": ["x"]}, body), "2026-11-23T21:05:00-06:00")
    again = Sheet.of_draft(REFLECTION, left, "en")
    assert again.own_title == ""
    assert again.texts_of("tags") == ["x"]
    assert again.opened_body == body
    assert again.text("", {}, body) == left.text
    titled = Draft("d", "reflection", sheet.text("Mine", {}, body), "")
    assert Sheet.of_draft(REFLECTION, titled, "en").own_title == "Mine"


@pytest.mark.parametrize(
    "text",
    [
        "---\nid: a # note\nkind: reflection\n---\n\n\n\nFree words.\n\n\n## Own heading\n\n## What happened\n",
        "---\r\ntitle: x\r\n---\r\n## What it shows me\r\n\r\na\r\n",
        "no front matter\n",
        "",
        "---\ntitle: x\n---",
    ],
)
def test_an_unchanged_sheet_is_the_same_bytes(text: str) -> None:
    sheet = sheet_of(text)
    assert sheet.text(sheet.own_title, {}, sheet.opened_body) == text


def test_a_changed_field_changes_its_line() -> None:
    text = "---\ntitle: x\ncircle: policy   # why\nodd: {a: b}\n---\n\nWords.\n"
    sheet = sheet_of(text)
    changed = sheet.text("x", {"circle": "instructional core"}, sheet.opened_body)
    assert changed == text.replace("policy", "instructional core")
    assert sheet.text("y", {}, sheet.opened_body) == text.replace("title: x", "title: y")


def test_a_changed_body_keeps_the_rest() -> None:
    text = "---\ntitle: x\n---\n\nWords.\n\n## Own heading\n\nMine.\n\n## What happened\n"
    sheet = sheet_of(text)
    body = sheet.opened_body.replace("Mine.", "Ours.")
    assert sheet.text("x", {}, body) == text.replace("Mine.", "Ours.")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(["## What happened", "## What it shows me", "## Own", "text", "", "", "- a"]), max_size=9)
)
def test_headings_come_and_go_without_a_trace(lines: list[str]) -> None:
    body = without_empty("\n".join(lines), REFLECTION, set())
    opened = with_headings(body, REFLECTION, "en")
    for section in REFLECTION.sections:
        assert f"## {section.title}" in opened
    # A blank line may be set where two blocks stood close; no word comes, goes or moves.
    assert [line for line in without_empty(opened, REFLECTION, set()).split("\n") if line] == [
        line for line in body.split("\n") if line
    ]
