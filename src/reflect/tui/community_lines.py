"""What the Community place shows, as lines: each community, what waits to be settled, what is new, who wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content

from reflect.tui.labels import Labels, labels_of
from reflect.tui.widgets.item_list import SPACE, Item, heading, remark
from reflect.tui.words import plain_line, short_day, sign_of

if TYPE_CHECKING:
    from reflect.community.feed import Feed, Group, Writer
    from reflect.community.outcome import Question
    from reflect.community.own_copies import Copy
    from reflect.store.catalog import Row
    from reflect.workspace import Workspace

# What a line is, the first part of its key.
PLACE, RECORD, CONFLICT, AGENDA = "community", "record", "conflict", "agenda"
QUESTION, TROUBLE = "question", "trouble"
MOST_IN_GROUP = 8
MOST_WRITERS = 12


@dataclass(frozen=True)
class Standing:
    """How one community stands; `question` is what the person has to decide about it."""

    name: str
    is_here: bool
    unread: int = 0
    unsent: int = 0
    question: Question | None = None


@dataclass(frozen=True)
class Community:
    """All that the place shows."""

    standings: Sequence[Standing]
    feed: Feed
    labels: Labels
    says_by: Mapping[int, str] = field(default_factory=dict)
    # The journal's own copies elsewhere, which a sync keeps in step as well.
    copies: Sequence[Copy] = ()


def community_of(workspace: Workspace) -> Community:
    """Return what the communities of a journal have to tell, from the catalog and this computer."""
    from reflect.records.query import Filters

    reading = workspace.reading
    feed = reading.feed()
    questions = workspace.rounds.questions()
    standings = []
    for each in workspace.communities.all():
        unread = workspace.catalog.count(Filters(is_unread=True, places=(each.name,))) if each.is_here else 0
        unsent = sum(1 for row in feed.unsent if row.place == each.name)
        standings.append(Standing(each.name, each.is_here, unread, unsent, questions.get(each.name)))
    rows = [*feed.answers, *(row for group in feed.groups for row in group.rows)]
    labels = labels_of(workspace, {row.place for row in rows})
    return Community(standings, feed, labels, reading.in_others_names(rows), workspace.own_copies.all())


def community_items(community: Community, troubles: Mapping[str, str], today: dt.date) -> list[Item]:
    """Return the lines; `troubles` is what the last sync said of a community, by its name."""
    feed = community.feed
    items: list[Item] = []
    for standing in community.standings:
        items += _standing(standing, troubles.get(standing.name, ""))
    if feed.conflicts:
        items += [SPACE, heading("To settle"), *(_conflict(row) for row in feed.conflicts)]
    if feed.answers:
        items += [SPACE, heading("Answers to yours"), *_records(feed.answers, community, today)]
    for group in feed.groups:
        items += [SPACE, _group(group, len(community.standings) > 1), *_records(group.rows, community, today)]
    if not feed.answers and not feed.groups and any(each.is_here for each in community.standings):
        items += [SPACE, remark("Nothing new in the last four weeks.")]
    if feed.writers:
        items += [SPACE, heading("Who has written"), *_writers(feed.writers, len(community.standings) > 1)]
    if community.copies:
        items += [SPACE, heading("Copies of your journal, for you alone")]
        items += [line for each in community.copies for line in _copy(each, troubles.get(each.name, ""))]
    return items


def agendas_in(feed: Feed) -> dict[str, str]:
    """Return the id of the agenda that each agenda and record of a feed belongs to, by what names it."""
    found: dict[str, str] = {}
    for group in feed.groups:
        if group.agenda is not None and group.agenda.id:
            found |= {row.ref: group.agenda.id for row in (group.agenda, *group.rows)}
    known = set(found.values())
    return found | {row.ref: row.agenda for row in feed.answers if row.agenda in known}


def _standing(standing: Standing, trouble: str) -> list[Item]:
    says = []
    if not standing.is_here:
        says.append("not on this computer yet: y fetches it")
    if standing.unread:
        says.append(f"{standing.unread:,} new")
    if standing.unsent:
        says.append(f"{standing.unsent:,} not sent yet")
    left = Content.assemble((" ◎ ", "$text-accent"), plain_line(standing.name, "bold"))
    right = plain_line(" · ".join(says) or "nothing new", "$text-muted")
    below = []
    if standing.question is not None:
        asked = Content.assemble(("   ! ", "$text-warning"), plain_line(standing.question.words))
        below.append(Item(asked, Content("enter decides").stylize("$text-muted"), (QUESTION, standing.name)))
    elif trouble:
        below.append(
            Item(Content.assemble(("   ! ", "$text-error"), plain_line(trouble)), key=(TROUBLE, standing.name))
        )
    return [Item(left, right, (PLACE, standing.name)), *below]


def _copy(copy: Copy, trouble: str) -> list[Item]:
    says = f"{copy.unsent:,} not sent yet" if copy.unsent else "all is sent"
    below = [Item(Content.assemble(("   ! ", "$text-error"), plain_line(trouble)))] if trouble else []
    return [Item(Content.assemble("   ", plain_line(copy.name)), plain_line(says, "$text-muted")), *below]


def _conflict(row: Row) -> Item:
    left = Content.assemble(("   ! ", "$text-warning"), plain_line(row.title))
    return Item(left, plain_line(f"two versions · {row.place or 'your journal'}", "$text-muted"), (CONFLICT, row.ref))


def _group(group: Group, names_place: bool) -> Item:
    title = group.agenda.title if group.agenda is not None else "Other records"
    words = Content.assemble(
        (" ", ""), plain_line(title, "bold $text-muted"), (" ★" if group.is_followed else "", "$text-accent")
    )
    right = plain_line(group.place, "$text-muted") if names_place else Content("")
    if group.agenda is None:
        return Item(words, right)
    return Item(words, right, (AGENDA, group.agenda.ref))


def _records(rows: Sequence[Row], community: Community, today: dt.date) -> list[Item]:
    items = [_record(row, community, today) for row in rows[:MOST_IN_GROUP]]
    more = len(rows) - MOST_IN_GROUP
    return [*items, *([remark(f"and {more:,} more")] if more > 0 else [])]


def _record(row: Row, community: Community, today: dt.date) -> Item:
    mark = ("● ", "$text-accent") if row.unread else ("  ", "")
    sign = Content(f"{sign_of(row.kind, row.text_of('valence'))} ").stylize("$text-accent")
    left = Content.assemble("   ", mark, sign, plain_line(row.title, "bold" if row.unread else ""))
    who = row.author or row.owner_name
    if row.rowid in community.says_by:
        who = f"! {community.says_by[row.rowid]}"
    says = [community.labels.of(row), who, short_day(row.day, today)]
    return Item(left, plain_line(" · ".join(each for each in says if each), "$text-muted"), (RECORD, row.ref))


def _writers(writers: Sequence[Writer], says_where: bool) -> list[Item]:
    items = []
    for writer in writers[:MOST_WRITERS]:
        name = f"{writer.name} (you)" if writer.is_me else writer.name
        words = f"{writer.place} · {writer.words}" if says_where else writer.words
        items.append(Item(Content.assemble("   ", plain_line(name)), plain_line(words, "$text-muted")))
    return items
