"""Agendas: the order of questions, the way in time, what is open and the doing of it, and examples."""

from __future__ import annotations

from reflect.tui.app import ReflectApp
from reflect.tui.screens.agenda import AgendaScreen
from reflect.tui.screens.agendas import AgendasScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.editor import Editor
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, MakeRecord, files_of, press, said, settle, shown, write

BAD = "[/oops][@click=app.quit]x[/]\x1b]52;c;x\x07"


def order(screen: str, *words: str) -> list[str]:
    lines = screen.split("\n")
    return sorted(words, key=lambda word: next(number for number, line in enumerate(lines) if word in line))


async def test_a_question_is_moved_and_moved_back(
    app: ReflectApp, journal: Journal, make_record: MakeRecord, workspace: Workspace
) -> None:
    for title, day in (("Who asks?", "2026-09-04"), ("Who is asked?", "2026-09-05")):
        make_record("question", title, day, agenda=journal.agenda.id)
    titles = ("How do we ask?", "Who asks?", "Who is asked?")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter")
        assert order(shown(pilot), *titles) == list(titles)
        await press(pilot, "J")
        assert order(shown(pilot), *titles) == ["Who asks?", "How do we ask?", "Who is asked?"]
        assert "is one place further down. U undoes it." in said(pilot)[-1]
        before = {path: path.read_text() for path in files_of(workspace.vault.root, "agendas")}
        await press(pilot, "J")
        assert order(shown(pilot), *titles) == ["Who asks?", "Who is asked?", "How do we ask?"]
        changed = [path for path, text in before.items() if path.read_text() != text]
        assert changed == [workspace.vault.root / journal.question.path]
        assert "position: 4" in changed[0].read_text()
        await press(pilot, "U")
        assert order(shown(pilot), *titles) == ["Who asks?", "How do we ask?", "Who is asked?"]
        await press(pilot, "K")
        assert order(shown(pilot), *titles) == list(titles)
        assert workspace.history(journal.question.path)[0].message.startswith("Order questions")
        assert [
            row.title for _, row in workspace.agenda(journal.agenda.id).tree().walk() if row.kind == "question"
        ] == [*titles]


async def test_only_questions_are_moved(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "down", "J")
        assert "Only questions have a place" in said(pilot)[-1]


async def test_an_agenda_in_time(app: ReflectApp, journal: Journal, make_record: MakeRecord) -> None:
    make_record(
        "activity",
        f"Calling {BAD}",
        "2026-10-02",
        agenda=journal.agenda.id,
        fields={"starts": "2026-10-05", "ends": "2026-11-10"},
    )
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "t")
        screen = shown(pilot)
        assert order(screen, "September 2026", "October 2026", "November 2026") == [
            "September 2026",
            "October 2026",
            "November 2026",
        ]
        assert order(screen, "Texts in three", "± Families", "− Robocalls", "◆ Stop") == [
            "Texts in three",
            "± Families",
            "− Robocalls",
            "◆ Stop",
        ]
        assert "rests on ± Families answer when the text is in their language" in screen
        assert "5 Oct to 10 Nov" in screen
        assert "██▌" in screen
        assert "[/oops][@click=app.quit]x[/]" in screen
        assert "\x1b" not in screen
        await press(pilot, "t")
        assert "▾ How do we ask?" in shown(pilot)


async def test_in_time_at_eighty_columns_is_a_plain_list(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "t")
        assert "   20  ± Families answer when the text is in their language" in shown(pilot)
        assert "•" not in shown(pilot)
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, ReaderScreen)


async def to_loop(pilot, app: ReflectApp, words: str) -> None:  # type: ignore[no-untyped-def]
    """Go down to an open loop."""
    screen = app.screen
    assert isinstance(screen, AgendaScreen)
    for _ in range(40):
        loop = screen._loop(screen.lines.key)
        if loop is not None and words in loop.row.title:
            return
        await press(pilot, "down")
    raise AssertionError(words)


async def test_an_open_loop_leads_to_the_doing_of_it(app: ReflectApp, journal: Journal, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter")
        await to_loop(pilot, app, "Robocalls made it worse")
        await press(pilot, "enter")
        assert isinstance(app.screen, WritingScreen)
        assert "Decision · What makes families answer?" in shown(pilot)
        await write(pilot, "We stop them.")
        await press(pilot, "escape")
        [path] = [each for each in files_of(workspace.vault.root, "agendas") if "we-stop" in each.name]
        assert "findings:" in path.read_text()
        assert isinstance(app.screen, AgendaScreen)
        await to_loop(pilot, app, "Stop robocalls")
        await press(pilot, "enter")
        editor = app.screen.query_one(Editor)
        assert editor.heading_above() == "Why"


async def test_a_loop_is_put_off_or_rests_and_both_are_undone(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    def is_open() -> bool:
        return any(each.row.title == "Robocalls made it worse" for each in workspace.open_loops())

    rests = workspace.vault.root / ".reflect" / "rests"
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "z")
        assert "Only what is open can be put aside" in said(pilot)[-1]
        await to_loop(pilot, app, "Robocalls made it worse")
        await press(pilot, "z", "escape")
        assert is_open()
        await press(pilot, "z", "enter")
        assert not is_open()
        assert "comes back on 30 Nov" in said(pilot)[-1]
        assert not rests.exists()
        await press(pilot, "U")
        assert is_open()
        await to_loop(pilot, app, "Robocalls made it worse")
        await press(pilot, "z", "end", "enter")
        await write(pilot, "The calls have ended.")
        await press(pilot, "enter")
        assert not is_open()
        [path] = rests.iterdir()
        assert "The calls have ended." in path.read_text()
        await press(pilot, "U")
        assert is_open()
        assert not list(rests.iterdir())


async def test_each_part_of_the_openness_leads_on(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "tab")
        await press(pilot, "enter")
        assert isinstance(app.screen, WritingScreen)
        row = app.screen.form.row("made_known")
        assert row is not None
        assert row.has_focus_within
        await press(pilot, "escape")
        assert isinstance(app.screen, AgendaScreen)
        # The last line is the journey's.
        await press(pilot, "end", "up", "enter")
        assert isinstance(app.screen, WritingScreen)
        assert app.screen.query_one(Editor).heading_above() == "Why"


async def test_the_list_says_where_each_agenda_stands(
    app: ReflectApp, journal: Journal, make_record: MakeRecord
) -> None:
    make_record("agenda", "An old one", "2026-11-22", fields={"status": "closed"})
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        screen = shown(pilot)
        assert order(screen, "What makes families answer?", "An old one") == [
            "What makes families answer?",
            "An old one",
        ]
        assert "✗ known  ✗ engaged  ✗ shared  ✗ explained   6 records · last Mon  2 Nov" in screen
        assert "open loops" in screen


async def test_an_agenda_begins_from_an_example(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "3", "n", "end", "up", "enter")
        assert "Start from an example" in shown(pilot)
        assert "▣ What would it take for every student" in shown(pilot)
        assert "▣ What do Black and Brown students need" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, AgendaScreen)
        assert "in your journal now" in said(pilot)[-1]
        count = len(files_of(workspace.vault.root, "agendas"))
        assert count > 5
        again = workspace.begin_from(workspace.starters()[0][0])
        assert again == "agendas/careers-from-sixth-grade-2/agenda.md"
        assert len(files_of(workspace.vault.root, "agendas")) == 2 * count
        await press(pilot, "escape")
        assert isinstance(app.screen, AgendasScreen)


async def test_what_was_begun_from_an_example_is_taken_out_again(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "3", "n", "end", "up", "enter", "enter", "U")
        assert files_of(workspace.vault.root, "agendas") == []
        assert isinstance(app.screen, AgendasScreen)
