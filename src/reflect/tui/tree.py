"""An agenda as lines: its tree, its open loops, how open its pursuit is."""

from __future__ import annotations

import datetime as dt

from textual.content import Content

from reflect.insights.agenda import Agenda, Branch
from reflect.insights.loops import OpenLoop
from reflect.insights.openness import Openness
from reflect.records.wording import counted
from reflect.store.catalog import Row
from reflect.tui.labels import Labels
from reflect.tui.spoken import READER, mark
from reflect.tui.widgets.item_list import NOTHING, SPACE, Item, heading, remark
from reflect.tui.words import near_day, plain_line, sign_of

PARTS = {
    "known": "made known",
    "engaged": "people engaged",
    "shared": "findings shared",
    "explained": "changes explained",
}
SHORT = {"known": "known", "engaged": "engaged", "shared": "shared", "explained": "explained"}
MANY_WAITING = 20
MANY_SHOWN = 3


def agenda_items(agenda: Agenda, folded: set[str], labels: Labels, today: dt.date) -> list[Item]:
    """Return the tree of an agenda and its open loops; questions in `folded` hide what hangs on them."""
    items: list[Item] = []
    for branch in agenda.tree().branches:
        items += _branch(branch, 0, folded, labels)
    if not items:
        items = [remark("Nothing here yet. u adds a sub-question, a what you try, f what you found.")]
    if agenda.loops:
        items += [SPACE, heading("Open loops"), *(_loop(loop, today) for loop in agenda.loops[:MANY_WAITING])]
    return items


def openness_items(agenda: Agenda, width: int) -> list[Item]:
    """Return the four parts of the check, each with why and with what shows it; a part's key is `openness`, name."""
    titles = {row.id: row for row in [agenda.row, *agenda.rows] if row.id}
    items = [heading("Openness")]
    for name, part in agenda.openness.parts():
        right = NOTHING if part.met or READER.is_on else Content("→").stylize("$text-accent")
        items.append(Item(Content.assemble("  ", _mark(part.met), PARTS[name]), right, ("openness", name)))
        for line in plain_line(part.why).wrap(max(20, width - 10)):
            items.append(Item(Content.assemble("    ", line.stylize("$text-muted"))))
        shown = [titles[each] for each in part.evidence if each in titles and titles[each] is not agenda.row]
        if shown and not part.met:
            items.append(Item(Content("    so far:").stylize("$text-muted")))
        for row in shown[:MANY_SHOWN]:
            sign = sign_of(row.kind, row.text_of("valence"))
            left = Content.assemble((f"    {sign} ", "$text-accent"), plain_line(row.title))
            items.append(Item(left, NOTHING, (row.ref, "shows", name)))
        if len(shown) > MANY_SHOWN:
            items.append(Item(Content(f"      and {len(shown) - MANY_SHOWN} more").stylize("$text-muted")))
    return items


def marks(openness: Openness, with_words: bool) -> Content:
    """Return the four parts as signs on one line, with a word each where there is room."""
    parts = [
        Content.assemble(_mark(part.met), SHORT[name] if with_words or READER.is_on else "")
        for name, part in openness.parts()
    ]
    return Content("  " if with_words else "").join(parts)


def _mark(is_met: bool) -> Content:
    return Content(mark("✓")).stylize("$text-success") if is_met else Content(mark("✗")).stylize("$text-warning")


def _branch(branch: Branch, depth: int, folded: set[str], labels: Labels) -> list[Item]:
    row = branch.row
    is_question = row.kind == "question"
    is_folded = row.ref in folded
    sign = (
        ("▸" if is_folded or not branch.branches else "▾") if is_question else sign_of(row.kind, row.text_of("valence"))
    )
    style = "bold" if is_question and not depth else ""
    left = Content.assemble(" " + "   " * depth, (f"{sign} ", "$text-accent"), plain_line(row.title, style))
    hidden = sum(len(each.walk()) for each in branch.branches)
    says = f"{counted(hidden, 'record')} folded" if is_folded else says_of(row, labels)
    items = [Item(left, plain_line(says, "$text-muted"), (row.ref,), depth + 1)]
    if not is_folded:
        for each in branch.branches:
            items += _branch(each, depth + 1, folded, labels)
    return items


def says_of(row: Row, labels: Labels) -> str:
    """Return the kind of a record with what tells most of it."""
    if row.problem:
        return f"! unreadable: {row.problem}"
    word = row.text_of("valence") or row.text_of("choice") or row.text_of("status")
    says = f"{labels.of(row)}{f', {word}' if word else ''}"
    who = row.author or row.owner_name
    return f"{says} · {who}" if row.place and who else says


def _loop(loop: OpenLoop, today: dt.date) -> Item:
    left = Content.assemble(("   ● ", "$text-accent"), plain_line(loop.say))
    right = Content.assemble(plain_line(f"“{loop.row.title}”"), f" {near_day(loop.since, today)}").stylize(
        "$text-muted"
    )
    return Item(left, right, (loop.row.ref, loop.loop))
