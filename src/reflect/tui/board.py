"""What Today shows, as lines: what is due, what was left open, and this day in earlier years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content

from reflect.community.own_words import ONLY_HERE
from reflect.records.textforms import one_line
from reflect.records.wording import counted
from reflect.tui.labels import Labels, labels_of
from reflect.tui.spoken import mark
from reflect.tui.widgets.item_list import SPACE, Item, heading, remark
from reflect.tui.words import long_day, near_day, plain_line, short_day

if TYPE_CHECKING:
    # The first frame waits for none of these.
    from reflect.insights.today import Due, Incomplete, Today
    from reflect.records.school import Span
    from reflect.store.catalog import Row
    from reflect.store.drafts import Draft
    from reflect.workspace import Workspace

LONGEST = 12
# Of what peers wrote Today names a few; the rest is in the communities.
FEW = 5
MOST_COUNTED = 2000
# What a line is, the first part of its key.
DUE, DRAFT, EARLIER, PEER, PRESS = "due", "draft", "earlier", "peer", "press"
ONLY, CONFLICT = "only here", "conflict"


@dataclass(frozen=True)
class Board:
    """What waits today, with the labels of kinds and how many records of each kind the last weeks have.

    `last_used` is the day of the newest record of each lens; `is_set_aside` says *not today* to the prompt;
    `says_by` are words on what peers wrote in another's name, by the numbers of the rows; `conflicts` are second
    versions that nobody has settled.
    """

    today: Today
    last_used: Mapping[str, str]
    labels: Labels
    total: int
    kinds: Mapping[str, int]
    is_set_aside: bool = False
    says_by: Mapping[int, str] = field(default_factory=dict)
    conflicts: Sequence[Row] = ()


def board_of(workspace: Workspace) -> Board:
    """Return the board of today; it asks the catalog and the state of this computer."""
    today = workspace.today()
    if today.is_only_here:
        workspace.only_here.note_said()
    since = dt.date.fromisoformat(today.day) - dt.timedelta(weeks=12)
    kinds: dict[str, int] = {}
    for row in workspace.catalog.rows(workspace.filters(since=since.isoformat()), limit=MOST_COUNTED):
        kinds[row.kind] = kinds.get(row.kind, 0) + 1
    return Board(
        today=today,
        last_used=workspace.catalog.last_days_of_lenses(),
        labels=labels_of(workspace, {each.place for each in today.drafts}),
        total=workspace.catalog.count(),
        kinds=kinds,
        is_set_aside=workspace.prompt_is_set_aside(),
        says_by=workspace.reading.in_others_names([*today.unread.answers, *today.unread.others]),
        conflicts=workspace.catalog.all_second_versions(),
    )


def board_items(board: Board, day: dt.date, has_read: bool) -> list[Item]:
    """Return the lines of a board; an empty journal says what to try first."""
    today = board.today
    if not board.total and not today.drafts:
        return _first_steps() if has_read else [SPACE, remark("Reading your journal …")]
    items: list[Item] = []
    answers, others = today.unread.answers[:FEW], today.unread.others[: max(0, FEW - len(today.unread.answers))]
    for title, found in (
        ("To settle", [_conflict(each) for each in board.conflicts[:FEW]]),
        ("Due", [_due(each, board, day) for each in today.due[:LONGEST]]),
        ("Answers to you", [_peer(each, board, day) for each in answers]),
        ("New from peers", [*(_peer(each, board, day) for each in others), *_more(len(today.unread) - FEW)]),
        ("Left open", _left_open(board)),
        ("On this day", [_earlier(each, board, day) for each in today.on_this_day]),
    ):
        if found:
            items += [*([SPACE] if items else []), heading(title), *found]
    if len(today.due) > LONGEST:
        items.append(remark(f"and {len(today.due) - LONGEST} more that wait, with the records they belong to"))
    if not items and today.pause:
        return [remark("Nothing is dated inside the break. Everything else waits until there is school again.")]
    if today.is_only_here:
        items += [*([SPACE] if items else []), _only_here()]
    return items or [remark("Nothing waits for you today.")]


def weeks_in_words(board: Board) -> str:
    """Return what the last twelve weeks hold, in words."""
    most = sorted(board.kinds.items(), key=lambda each: -each[1])[:3]
    parts = [counted(number, board.labels.named(kind)) for kind, number in most]
    return " · ".join(["twelve weeks", ", ".join(parts) or "nothing written yet"])


def break_in_words(pause: Span) -> str:
    """Return what stands in place of the prompt in a break."""
    name = f" ({one_line(pause.name)})" if pause.name else ""
    return f"It is break{name} until {long_day(pause.end)}. Only drafts, and what you dated inside it, stand here."


def since_in_words(used: str, today: dt.date) -> str:
    """Return when a lens was last reflected on, in words."""
    try:
        days = (today - dt.date.fromisoformat(used)).days
    except ValueError:
        return "not reflected on yet"
    if days < 14:
        return "last reflected on " + ("today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago")
    return f"last reflected on {days // 7} weeks ago"


def _due(due: Due, board: Board, day: dt.date) -> Item:
    when = near_day(due.day, day)
    is_coming = not due.loop
    sign = Content("● ").stylize("$text-accent") if not is_coming else Content("○ ").stylize("$text-accent")
    left = Content.assemble("   ", sign, f"{when:<14}", plain_line(due.row.title))
    says = f"{due.say.lower()} ({_label(due.row, board)})" if is_coming else due.say
    says = f"in the break · {says}" if due.is_in_break else says
    return Item(left, plain_line(says, "$text-muted"), (DUE, due.row.ref, due.loop))


def _only_here() -> Item:
    left = Content.assemble(("   ! ", "$text-warning"), ONLY_HERE)
    return Item(left, plain_line("enter keeps a copy elsewhere", "$text-muted"), (ONLY,))


def _conflict(row: Row) -> Item:
    left = Content.assemble(("   ! ", "$text-warning"), plain_line(row.title))
    return Item(left, plain_line(f"two versions · {row.place or 'your journal'}", "$text-muted"), (CONFLICT, row.ref))


def _more(number: int) -> list[Item]:
    return [remark(f"and {number} more that you have not read")] if number > 0 else []


def _peer(row: Row, board: Board, day: dt.date) -> Item:
    left = Content.assemble(("   ● ", "$text-accent"), f"{short_day(row.day, day):<14}", plain_line(row.title))
    who = board.says_by.get(row.rowid) or row.author or row.owner_name
    return Item(left, plain_line(" · ".join(filter(None, (who, row.place))), "$text-muted"), (PEER, row.ref))


def _draft(draft: Draft, board: Board) -> Item:
    words = counted(len(draft.text.split("---", 2)[-1].split()), "word")
    label = board.labels.named(draft.kind, draft.place)
    left = Content.assemble(("   ✎ ", "$text-accent"), plain_line(draft.title))
    meant = f"draft of a {label} for {draft.place}" if draft.place else f"draft of a {label}"
    return Item(left, plain_line(f"{meant}, {words}", "$text-muted"), (DRAFT, draft.id, draft.title, draft.place))


def _left_open(board: Board) -> list[Item]:
    """Return drafts, then the newest records in which something needed is empty."""
    today = board.today
    drafts = [_draft(each, board) for each in today.drafts[:LONGEST]]
    return drafts + [_incomplete(each, board) for each in today.incomplete[:FEW]]


def _incomplete(each: Incomplete, board: Board) -> Item:
    left = Content.assemble((f"   {mark('◌')}", "$text-accent"), plain_line(each.row.title))
    says = f"{_label(each.row, board)}, still empty: {', '.join(each.missing).lower()}"
    return Item(left, plain_line(says, "$text-muted"), (EARLIER, each.row.ref, "incomplete"))


def _earlier(row: Row, board: Board, day: dt.date) -> Item:
    # What the same school week has may lie some days beside the year.
    years = max(1, round((day - dt.date.fromisoformat(row.day)).days / 365))
    ago = "a year ago" if years == 1 else f"{years} years ago"
    left = Content.assemble("     ", f"{ago:<14}", plain_line(row.title))
    return Item(left, plain_line(_label(row, board), "$text-muted"), (EARLIER, row.ref))


def _first_steps() -> list[Item]:
    steps = (
        ("w", "Write about one moment of today", "from the question above"),
        ("n", "Begin a learning agenda, or prepare a call-in", "n lists what there is"),
        ("question_mark", "See what the keys do", "? works on every screen"),
    )
    shown = {"question_mark": "?"}
    lines = [
        Item(
            Content.assemble((f"   {shown.get(key, key)}  ", "$text-accent"), says),
            plain_line(why, "$text-muted"),
            (PRESS, key),
        )
        for key, says, why in steps
    ]
    return [heading("Three things to try first"), *lines]


def _label(row: Row, board: Board) -> str:
    return board.labels.of(row)
