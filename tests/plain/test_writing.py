"""Writing part by part: what is asked, what is kept, what is saved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reflect.records.compose import Content
from reflect.workspace import Workspace

Talk = Callable[..., str]
Records = Callable[[], dict[str, str]]


def test_writing_from_the_question_of_the_day(talk: Talk, records: Records) -> None:
    heard = talk("1", "I talked too much.", "", "Next time, less.", ".", ".", ".", "", "", "", "", "", "", "")
    assert "What happened. Two or three plain facts." in heard
    assert "Saved and in history: I talked too much. Reflection, id " in heard
    text = records()["reflection"]
    assert "## What happened\n\nI talked too much.\n\nNext time, less.\n" in text
    assert "prompt: " in text
    assert "lenses: [" in text
    assert "What it shows me" not in text


def test_fields_take_numbers_words_and_dates_and_say_what_is_wrong(talk: Talk, records: Records) -> None:
    heard = talk(
        "write", "One.", ".", ".", ".",
        "7", "politics", "2", "in line with our core", "Dana, a principal", "Call them", "whenever", "in 3 days",
        "A title", "",
    )  # fmt: skip
    assert "There is no number 7 here. Say 1 to 3." in heard
    assert "Circle cannot be “politics”. It takes one of: instructional core" in heard
    assert "“whenever” is no date that I know." in heard
    text = records()["reflection"]
    assert "circle: behaviors and mindsets" in text
    assert "fit: in line with our core" in text
    assert "people: [Dana, a principal]" in text
    assert "next_step: Call them" in text
    assert "next_on: 20" in text
    assert "title: A title" in text


def test_a_day_to_come_back_on_that_is_past_is_asked_again(talk: Talk, records: Records) -> None:
    heard = talk("write", "One.", ".", ".", ".", "", "", "", "", "2020-02-29", "2031-02-28", ":save")
    assert "Saturday 29 February 2020.\nThat day is past." in heard
    assert "next_on: 2031-02-28" in records()["reflection"]


def test_further_fields_are_asked_when_called_for(talk: Talk, records: Records) -> None:
    fields = ["", "by name", "", "#meetings, night", "call-i", "call-in", "yesterday"]
    heard = talk("write", "One.", ":more", *fields, "", ":save")
    assert "There is no lens “call-i”. Did you mean call-in" in heard
    text = records()["reflection"]
    assert "credit: by name" in text
    assert "tags: [meetings, night]" in text
    assert "lenses: [call-in]" in text


def test_going_back_reading_and_clearing(talk: Talk, records: Records) -> None:
    heard = talk(
        "write", "Wrong.", ".", "It shows.", ":back", ":read", ":clear", "Right.", ".", ".", ":save"
    )  # fmt: skip
    assert "It has 1 words: “Wrong.”" in heard or "It has 1 word" in heard
    assert "Wrong." not in records()["reflection"]
    assert "## What happened\n\nRight.\n\n## What it shows me\n\nIt shows.\n" in records()["reflection"]


def test_a_mistyped_word_is_no_text(talk: Talk, records: Records) -> None:
    heard = talk("write", "One.", ":hlep", ":-) is text", ":save")
    assert "Did you mean :help?" in heard
    assert "One.\n:-) is text\n" in records()["reflection"]


def test_headings_and_code_typed_in_a_part_stay_in_place(talk: Talk, records: Records) -> None:
    talk("write", "a", "## Own heading", "b", "```", "c", ".", "Shown.", ".", ":save")
    body = records()["reflection"].split("---\n", 2)[2]
    assert body == ("\n## What happened\n\na\n## Own heading\nb\n```\nc\n```\n\n## What it shows me\n\nShown.\n")


def test_a_kind_without_sections_of_text_asks_for_its_name_first(talk: Talk, records: Records) -> None:
    heard = talk("new person", "Dana", ":save")
    assert "The name you use here." in heard
    assert "title: Dana" in records()["person"]


def test_the_end_of_input_keeps_a_draft_that_is_gone_on_with(
    talk: Talk, workspace: Workspace, records: Records
) -> None:
    heard = talk("write", "First.", ".", "Halfway")
    assert "Kept as draft" in heard
    (draft,) = workspace.drafts.all()
    assert draft.text.endswith("## What it shows me\n\nHalfway\n")
    heard = talk("2", "and on.", ".", ".", ":save")
    assert "This is your draft, as you left it." in heard
    assert "What it shows me. About the system" in heard
    assert "## What it shows me\n\nHalfway\n\nand on.\n" in records()["reflection"]
    assert workspace.drafts.all() == []


def test_a_draft_is_thrown_away_by_number(talk: Talk, workspace: Workspace) -> None:
    heard = talk("write", "First.", ":later", "drafts", "discard 1", "drafts")
    assert "Discarded draft" in heard
    assert "There are no drafts" in heard
    assert workspace.drafts.all() == []


def test_nothing_typed_leaves_nothing(talk: Talk, workspace: Workspace) -> None:
    heard = talk("write", "", ".", ".", ".", ":save")
    assert "Nothing was written, so nothing is saved." in heard
    assert workspace.rows() == []
    assert workspace.drafts.all() == []


def test_bytes_that_are_no_text_are_said_and_the_rest_is_kept(talk: Talk, records: Records) -> None:
    heard = talk("write", b"caf\xe9 \x07 and more", ":save")
    assert "it stands as \ufffd in it" in heard
    assert "caf\ufffd \ufffd and more" in records()["reflection"]


# Changing


def test_editing_changes_one_part_and_undo_takes_it_back(talk: Talk, workspace: Workspace, records: Records) -> None:
    made = workspace.new("reflection", Content(sections={"What happened": "One.", "What it shows me": "Two."}))
    heard = talk("list", "edit 1", "2", "Three.", ".", "", "undo")
    assert "1. What happened; 1 word" in heard
    assert "Saved and in history: One. Reflection" in heard
    assert "Taken back: journal/" in heard
    workspace.indexer.refresh_files([made.record.path])
    assert workspace.get(made.record.path).text == made.record.text
    edited = workspace.get_at(made.record.path, workspace.history(made.record.path)[1].rev)
    assert edited.text == made.record.text.replace("Two.\n", "Two.\n\nThree.\n")


def test_editing_fields_leaves_the_rest_as_it_is(talk: Talk, workspace: Workspace, records: Records) -> None:
    workspace.new(
        "finding", Content(body="Under no heading.", fields={"valence": "mixed"}, sections={"What we saw": "12."})
    )
    before = records()["finding"]
    talk("list", "edit 1", "6", "", "", "2", ":save")
    assert records()["finding"] == before.replace("valence: mixed", "valence: negative")


def test_an_edit_left_open_is_gone_on_with(talk: Talk, workspace: Workspace, records: Records) -> None:
    workspace.new("reflection", Content(sections={"What happened": "One."}))
    talk("list", "edit 1", "1", "Two.")
    heard = talk("list", "edit 1", ":save")
    assert "This is your draft, as you left it." in heard
    assert "One.\n\nTwo.\n" in records()["reflection"]
    assert workspace.drafts.all() == []


def test_an_unreadable_record_is_not_edited(talk: Talk, workspace: Workspace) -> None:
    path = workspace.vault.root / "journal" / "2026-01-01-bad.md"
    path.parent.mkdir()
    path.write_text("---\nid: [\n---\nWords.\n")
    heard = talk("list", "show 1", "edit 1")
    assert "it cannot be read" in heard
    assert "Words." in heard
    assert "This record cannot be edited here" in heard
    assert path.read_text() == "---\nid: [\n---\nWords.\n"


# Call-ins


def test_a_call_in_goes_through_its_four_moments(talk: Talk, records: Records) -> None:
    heard = talk(
        "call-in", "The referral was read aloud.", ".", ".", ".", ".", "", "3", "2", "3", "in 3 days", "go",
        "She listened.", ".", "yesterday", "1", "1", "yes", "go",
        ".", "My silence.", ".", "1, 4", "go",
        ".", "They ask first now.", ".", "2031-01-05", "yes",
        "", "",
    )  # fmt: skip
    assert "Private: it never leaves this computer." in heard
    assert "That was: prepare. Next comes: have." in heard
    text = records()["call-in"]
    assert "status: followed up" in text
    assert "about: [a habit or routine]" in text
    assert "landed: [heard, something agreed]" in text
    assert "follow_up: 2031-01-05" in text
    for title in ("What I noticed", "What was said", "What I own", "What changed, and repair"):
        assert f"## {title}\n" in text


def test_a_call_in_may_stop_after_a_moment_and_go_on_later(talk: Talk, records: Records) -> None:
    talk("call-in", "The referral.", ".", ".", ".", ".", "", "", "", "", "", "", "", "")
    assert "status: preparing" in records()["call-in"]
    heard = talk("list", "edit 1", "", "She listened.", ".", "", "", "", "yes", "", "", "")
    assert "Enter goes on with: have." in heard
    assert "status: held" in records()["call-in"]
    assert "## What was said\n\nShe listened.\n" in records()["call-in"]


@pytest.mark.parametrize("begun", [True, False])
def test_letting_it_pass_is_an_outcome_with_a_reason(talk: Talk, records: Records, begun: bool) -> None:
    if begun:
        talk("call-in The referral.")
        heard = talk("list", "edit 1", "pass", "4", "An ally.", ".", "", "")
    else:
        heard = talk(
            "call-in", "The referral.", ".", ".", ".", ".", "", "", "", "", "", "pass", "4", "An ally.", ".", "", ""
        )
    assert "Letting it pass is an outcome of its own" in heard
    text = records()["call-in"]
    assert "status: let pass" in text
    assert "let_pass: not the moment" in text
    assert "## What would make it possible next time\n\nAn ally.\n" in text


def test_a_long_text_that_is_pasted_does_not_make_one_wait(talk: Talk, records: Records) -> None:
    lines = [f"Line {number} of a text that somebody pastes into a part." for number in range(4000)]
    talk("write", *lines, ".", ":save")
    assert "\n".join(lines) in records()["reflection"]
