"""What one says and what is answered: lists by number, one screen at a time, and every mistake a sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reflect.plain.asking import WORDS
from reflect.plain.words import all_names
from reflect.records.compose import Content
from reflect.tui.screens import welcome
from reflect.workspace import Workspace

Talk = Callable[..., str]


def test_today_opens_with_what_waits_each_with_a_number(talk: Talk, workspace: Workspace) -> None:
    today = dt.date.today()
    due = (today - dt.timedelta(days=3)).isoformat()
    last_year = today.replace(year=today.year - 1, day=min(today.day, 28)).isoformat()
    call_in = {"What I noticed": "The tardy policy."}
    workspace.new("call-in", Content(fields={"follow_up": due, "status": "held"}, sections=call_in))
    if today.day <= 28:
        workspace.new("reflection", Content(body="I talked for forty minutes."), last_year)
    workspace.new_draft("reflection", "---\ntitle: Left open\n---\n")
    heard = talk()
    assert re.search(r"^1\. .+\?$", heard, re.M)
    assert re.search(r"^2\. The tardy policy\. call-in; due since \d+ \w+\. You wanted to come back", heard, re.M)
    assert re.search(r"^3\. Left open\. draft of a reflection", heard, re.M)
    if today.day <= 28:
        assert re.search(rf"^4\. I talked for forty minutes\. reflection; \d+ \w+ {today.year - 1}$", heard, re.M)
    assert "1 due, 1 left open" in heard


def test_an_empty_journal_says_that_nothing_waits(talk: Talk) -> None:
    assert "nothing waits for you" in talk()


def test_searching_and_opening_by_number(talk: Talk) -> None:
    heard = talk(
        "write Families answer when the text is in their language. It's so.",
        "write Something else.",
        "search famil*",
        "1",
    )
    assert "1. Families answer when the text is in their language. reflection; today" in heard
    assert heard.rstrip().endswith("Families answer when the text is in their language. It's so.\nWhat next?")


def test_a_phrase_in_quotes_is_searched_as_one(talk: Talk) -> None:
    heard = talk("write their own language", "write own their language", 'search "their own"')
    after = heard.partition("What next?")[2].rpartition("undo takes it back.")[2]
    assert "1. their own language." in after
    assert "own their" not in after


def test_numbers_of_a_list_stay_while_one_reads(talk: Talk) -> None:
    heard = talk("write One.", "write Two. See [[One.]].", "list", "show 1", "3", "show 2")
    read = heard.rpartition("Leads to:")[2]
    assert read.startswith("\n3. One. reflection; today")
    assert read.count("One\nreflection; ") == 0
    assert read.count("One.\nreflection; ") == 2


def test_a_long_list_comes_a_screen_at_a_time(talk: Talk, workspace: Workspace) -> None:
    for number in range(60):
        path = workspace.vault.root / "journal" / f"2026-01-01-{number:02}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Text {number:02}\n")
    screens = talk("list", "next", "next", "next", "next", "next").split("What next?\n")[1:]
    rows = [re.findall(r"^(\d+)\. Text", screen, re.M) for screen in screens]
    assert all(len(each) <= 20 for each in rows)
    assert [int(number) for each in rows for number in each] == list(range(1, 61))
    assert "Say next." in screens[0]
    assert "That was all." in screens[-2]


def test_history_states_can_be_shown_compared_and_restored(talk: Talk, workspace: Workspace) -> None:
    heard = talk(
        "write First words.",
        "edit --section title=x",
        "edit --set title=Changed",
        "list",
        "history 1",
        "diff 3",
        "restore 3",
        "show 1",
    )
    assert "1. Changed. reflection" in heard
    assert "2. Edit reflection; today" in heard
    assert "3. Write reflection; today" in heard
    assert "-title: First words." in heard
    assert workspace.rows()[0].title == "First words." or workspace.refresh()
    assert heard.rstrip().endswith("First words.\nWhat next?")


def test_undo_after_delete_brings_a_record_back(talk: Talk, workspace: Workspace) -> None:
    heard = talk("write Keep me.", "list", "delete 1", "list", "undo", "list")
    assert "Deleted reflection" in heard
    assert "reflect restore" not in heard
    assert "Nothing is written yet" in heard
    assert heard.count("1. Keep me.") == 2


def test_a_deleted_record_is_restored_by_its_number(talk: Talk, workspace: Workspace) -> None:
    heard = talk("write Keep me.", "list", "delete 1", "list --deleted", "restore 1")
    assert heard.count("Saved and in history: Keep me.") == 2


def test_an_agenda_is_told_as_a_tree_in_words(talk: Talk) -> None:
    heard = talk(
        "new agenda What makes families answer?",
        "agenda",
        "agenda 1",
        "question How do we ask?",
        "agenda what-makes-families-answer",
        "back",
        "back",
    )
    assert "1. How do we ask? question" in heard
    assert "Made known: no." in heard
    assert heard.rstrip().endswith("1. What makes families answer? learning agenda; today\nWhat next?")


def test_a_finding_in_an_agenda_hangs_on_what_it_came_from(talk: Talk, records: Callable[[], dict[str, str]]) -> None:
    heard = talk(
        "new agenda What makes families answer?",
        "agenda",
        "agenda 1",
        "activity Texts in three languages",
        "finding",
        ".", "12 of 31 answered.", ".", ".", ".",
        "", "1", "", "3", "some signs",
        ":save",
        "agenda What makes families answer?",
    )  # fmt: skip
    assert "It is now: What makes families answer? Enter keeps it" in heard
    assert "2. 12 of 31 answered. finding, mixed; today; under 1" in heard
    assert "valence: mixed" in records()["finding"]
    assert "strength: some signs" in records()["finding"]


def test_loops_rest_by_number(talk: Talk, workspace: Workspace) -> None:
    fields = {"follow_up": "2026-01-05", "status": "held"}
    workspace.new("call-in", Content(title="The tardy policy", fields=fields))
    heard = talk("loop", 'loop rest 1 --reason "We spoke."', "loop")
    assert "1. The tardy policy. call-in; due since" in heard
    assert "call-in-due rests. To have it back: undo" in heard
    assert heard.rstrip().endswith("No loop is open.\nWhat next?")


def test_another_question_takes_the_place_of_the_first(talk: Talk) -> None:
    first, second = re.findall(r"^1\. (.+)$", talk("another"), re.M)
    assert first != second


# Mistakes


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("lst", "Did you mean list?"),
        ("wirte", "Did you mean write?"),
        ("find", "Did you mean finding or kinds?"),
        ("I spoke too long tonight", "say write and then your text"),
        ("9", "There is no line 9. The last list goes from 1 to 1."),
        ("show 4", "There is no line 4."),
        ("show zzzz", "There is no record “zzzz”. See: list, or search WORDS"),
        ("list --since whenever", "is no date that I know"),
        ("list --knd finding", "No such option"),
        ("loop rest zzzz nothing", "There is no record"),
        ("delete 1", "That line is a question."),
        ("discard 1", "That line is a question."),
        ("demo", "reflect demo --plain"),
        ("list --vault /tmp", "reflect --plain --vault"),
        ("config measure 3", "It takes a number, 40 to 200."),
        ("\x1b]52;c;ZXZpbA==\x07", "There is no word"),
        ('search "', "Nothing found"),
        ("next", "That was all."),
        ("back", "There is nothing before this."),
        ("write -", "What happened"),
    ],
)
def test_mistakes_are_said_and_nothing_is_written(talk: Talk, workspace: Workspace, line: str, answer: str) -> None:
    heard = talk(line)
    assert answer in heard.partition("What next?")[2]
    assert "\x1b" not in heard
    assert workspace.rows() == []


def test_text_of_people_cannot_steer_the_terminal(talk: Talk, workspace: Workspace) -> None:
    evil = "Evil \x1b]52;c;ZXZpbA==\x07 \x9b31m \u202e text."
    workspace.new("reflection", Content(body=evil, title="T \x1b[2J"))
    workspace.new_draft("reflection", evil)
    heard = talk(
        "list", "show 1", "show 1 --raw", "history", "diff", "search evil", "drafts", "today", "edit", "1", ":read"
    )
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(heard)


def test_help_is_one_screen_and_explains_a_word(talk: Talk) -> None:
    heard = talk("help", "help search", "")
    assert "quit leaves." in heard
    assert "Usage: search" in heard
    assert len(heard.partition("Say a word")[2].partition("What next?")[0].splitlines()) <= 20


# Beginning


def test_the_first_time_a_name_and_a_folder_are_asked(run_cli: Callable[..., object], machine: object) -> None:
    folder = f"{machine}/my journal"
    ran = run_cli("--plain", input=f"Ana\n{folder}\nwrite Hello.\n")
    assert welcome.WHAT in ran.out  # type: ignore[attr-defined]
    assert welcome.PRIVATE in ran.out  # type: ignore[attr-defined]
    assert f"Your journal is in {folder}" in ran.out  # type: ignore[attr-defined]
    assert "Saved and in history: Hello." in ran.out  # type: ignore[attr-defined]
    assert "Hello." in run_cli("list").out  # type: ignore[attr-defined]


def test_the_end_before_a_name_makes_nothing(run_cli: Callable[..., object], machine: object) -> None:
    assert run_cli("--plain", input="").code == 0  # type: ignore[attr-defined]
    assert "no journal" in run_cli("list").err  # type: ignore[attr-defined]


def test_a_folder_that_is_synced_is_told(run_cli: Callable[..., object], machine: object) -> None:
    ran = run_cli("--plain", input=f"Ana\n{machine}/Dropbox/j\nno\nAna\n{machine}/j\n")
    assert "copied by Dropbox" in ran.out  # type: ignore[attr-defined]
    assert f"Your journal is in {machine}/j\n" in ran.out  # type: ignore[attr-defined]


def test_the_demo_can_be_talked_with(run_cli: Callable[..., object], machine: object) -> None:
    for words in (["demo", "--plain"], ["--plain", "demo"]):
        heard = run_cli(*words, input="agenda\n").out  # type: ignore[attr-defined]
        assert "What makes families answer? learning agenda, open" in heard
    assert "takes no command" in run_cli("--plain", "list").err  # type: ignore[attr-defined]


def test_another_journal_is_named_by_its_folder(
    run_cli: Callable[..., object], vault: object, tmp_path: object
) -> None:
    run_cli("init", f"{tmp_path}/other")
    run_cli("write", "Elsewhere.", "--vault", f"{tmp_path}/other")
    assert "1. Elsewhere." in run_cli("--plain", "--vault", f"{tmp_path}/other", input="list\n").out  # type: ignore[attr-defined]
    ran = run_cli("--plain", "--vault", f"{tmp_path}/none", input="list\n")
    assert ran.code == 1  # type: ignore[attr-defined]
    assert "reflect init" in ran.err  # type: ignore[attr-defined]


def test_the_page_for_users_names_every_word() -> None:
    page = (Path(__file__).parents[2] / "docs" / "plain.md").read_text()
    words = {*all_names(), *WORDS} - {"demo", "more", "exit"}
    assert [each for each in sorted(words) if f"`{each}" not in page] == []


def test_patterns_are_heard_in_numbers_without_drawings(talk: Talk, workspace: Workspace) -> None:
    for number in range(5):
        fields = {"status": "held", "direction": "peer"}
        workspace.new("call-in", Content(title=f"Call-in {number}", fields=fields))
    heard = talk("insights", "insights direction")
    assert "call-ins: 5 prepared · 5 held · 0 followed up · 0 let pass What helps you go back" in heard
    assert "to peers: 5\n" in heard
    assert "say new call-in --set 'direction=to someone with more power'" in heard
    assert "█" not in heard


def test_the_circles_are_heard_line_by_line_and_a_record_is_opened_by_its_number(
    talk: Talk, workspace: Workspace
) -> None:
    workspace.new("instructional-core", Content(title="What we believe"))
    workspace.new("policy", Content(title="The tardy rule", fields={"fit": "against it"}))
    heard = talk("insights circles", "next", "2")
    assert "policy: formal\n" in heard
    assert "2. The tardy rule: against it" in heard
    assert "say new policy --set links=" in heard
    assert not set(heard) & set("│╭╰✗")
    assert heard.count("The tardy rule") > 2


def test_shares_of_voices_and_what_is_to_be_said_of_them_are_heard(talk: Talk, workspace: Workspace) -> None:
    tally = "families: invited 12, came 7, spoke 3\nteachers: invited 10, came 9, spoke 8"
    workspace.new("gathering", Content(title="An evening", fields={"voices": tally}))
    heard = talk("insights voices")
    assert "families, spoke: 27%" in heard
    assert "Families were invited to 1 of 1 gathering, came to 1, spoke in 1." in heard
    assert "█" not in heard
