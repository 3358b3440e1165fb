"""Loops, Today and a year ago by the school calendar that a person or a community has set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from reflect.context import Context
from reflect.records.compose import Content
from reflect.workspace import Workspace
from tests.conftest import Ran

TERMS = "Term 1 2026-08-31 to 2026-12-18, Term 2 2027-01-04 to 2027-06-11"
THANKSGIVING = "Thanksgiving 2026-11-23 to 2026-11-27"


@pytest.fixture(autouse=True)
def fixed_day(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands run on the day of the tests."""
    monkeypatch.setattr(Context, "from_environment", lambda environment: context)


@pytest.fixture
def write(workspace: Workspace) -> Callable[..., str]:
    def write(kind: str, title: str, day: str, **fields: str) -> str:
        saved = workspace.new(kind, Content(title=title, fields=fields), f"{day}T20:00:00-06:00")
        workspace.indexer.refresh_files(saved.paths)
        return saved.record.id

    return write


def test_weeks_of_a_break_are_not_waited_for(run_cli: Callable[..., Ran], write: Callable[..., str]) -> None:
    write("finding", "Robocalls made it worse", "2026-11-01", valence="negative")
    assert [loop["loop"] for loop in run_cli("loop", "--json").json] == ["finding-without-decision"]
    run_cli("config", "breaks", "harvest 2026-11-09 to 2026-11-13")
    assert run_cli("loop", "--json").json == []


def test_today_says_which_week_of_the_term_it_is(run_cli: Callable[..., Ran], workspace: Workspace) -> None:
    assert run_cli("today", "--json").json["week"] is None
    run_cli("config", "terms", "term 1 2026-08-31 to 2026-12-18")
    assert workspace.today().week == "week 13 of term 1"


def test_in_a_break_only_drafts_and_what_is_dated_inside_it_stand_on_today(
    run_cli: Callable[..., Ran], write: Callable[..., str], workspace: Workspace
) -> None:
    write("finding", "Robocalls made it worse", "2026-09-01", valence="negative")
    write("call-in", "The tardy policy", "2026-11-10", follow_up="2026-11-22")
    write("call-in", "The next week", "2026-11-10", follow_up="2026-11-25")
    write("call-in", "Back in school", "2026-11-10", follow_up="2026-11-30")
    workspace.new_draft("reflection", "half a thought")
    before = workspace.today()
    assert {each.row.title for each in before.due} >= {"Robocalls made it worse", "Back in school"}
    run_cli("config", "terms", TERMS)
    run_cli("config", "breaks", THANKSGIVING)
    today = workspace.today()
    assert [each.row.title for each in today.due] == ["The tardy policy", "The next week"]
    assert (today.prompts, len(today.drafts), today.on_this_day) == ([], 1, [])
    assert today.pause is not None
    assert (today.pause.name, today.pause.end) == ("Thanksgiving", dt.date(2026, 11, 29))
    assert "break (Thanksgiving) until 2026-11-29" in run_cli("today").out


def test_a_date_that_falls_in_a_break_to_come_is_listed_at_once(
    run_cli: Callable[..., Ran], write: Callable[..., str], workspace: Workspace
) -> None:
    write("call-in", "The tardy policy", "2026-11-20", follow_up="2026-12-28")
    assert workspace.today().due == []
    run_cli("config", "terms", TERMS)
    due = workspace.today().due
    assert [(each.row.title, each.day, each.is_in_break) for each in due] == [("The tardy policy", "2026-12-28", True)]
    assert "(in the break)" in run_cli("today").out


def test_a_year_ago_is_the_same_day_else_the_same_week_of_the_term(
    run_cli: Callable[..., Ran], write: Callable[..., str], workspace: Workspace
) -> None:
    write("reflection", "Two years ago to the day", "2024-11-23")
    write("reflection", "In the same week", "2025-11-19")
    run_cli("config", "terms", "Term 1 2025-08-25 to 2025-12-19, Term 1 2026-08-31 to 2026-12-18")
    assert [row.title for row in workspace.today().on_this_day] == ["In the same week", "Two years ago to the day"]
    write("reflection", "On the same day", "2025-11-23")
    assert [row.title for row in workspace.today().on_this_day] == ["On the same day", "Two years ago to the day"]


def test_the_calendar_is_kept_as_a_community_keeps_its_own(run_cli: Callable[..., Ran], workspace: Workspace) -> None:
    run_cli("config", "theme", "dusk")
    run_cli("config", "terms", TERMS)
    run_cli("config", "breaks", "Thanksgiving: 2026-11-23..2026-11-27")
    run_cli("config", "week_starts", "Sunday")
    text = workspace.context.places.settings.read_text("utf-8")
    assert "[[term]]" in text
    assert "start = 2026-08-31" in text
    assert run_cli("config", "breaks").out.strip() == THANKSGIVING
    assert run_cli("config", "--json").json["theme"] == "dusk"
    assert workspace.school().week_of(dt.date(2026, 11, 23)) == dt.date(2026, 11, 22)
    run_cli("config", "breaks", "")
    assert "break" not in workspace.context.places.settings.read_text("utf-8")
    assert run_cli("config", "terms", "Fall 2026-12-18 to 2026-08-31").code == 2


def test_what_is_wrong_in_the_file_is_said_and_the_rest_holds(
    run_cli: Callable[..., Ran], workspace: Workspace
) -> None:
    path = workspace.context.places.settings
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '[school]\nweek_starts = "noday"\n[[term]]\nname = "Fall"\nstart = 2026-08-31\nend = 2026-12-18\n'
        '[[term]]\nname = "no end"\nstart = 2026-08-31\n'
    )
    ran = run_cli("config", "terms")
    assert ran.out.strip() == "Fall 2026-08-31 to 2026-12-18"
    assert "week_starts is 'noday'" in ran.err
    assert "[[term]] 2 takes a name, a start and an end" in ran.err
