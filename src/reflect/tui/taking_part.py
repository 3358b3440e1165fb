"""What can be done with a record together with others, and in plain words why something cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.errors import NotFound
from reflect.records.record import Record
from reflect.records.review.shareable import NO_CONSENT

if TYPE_CHECKING:
    from reflect.records.kinds import Kind
    from reflect.store.catalog import Row
    from reflect.workspace import Workspace

RESPOND, TRY, CARRY, WITHDRAW, DISTILL, UNREAD = "respond", "try_too", "carry", "withdraw", "distill", "mark_unread"
ACTIONS = (RESPOND, TRY, CARRY, WITHDRAW, DISTILL, UNREAD)
# What asks, invites or gathers: there is nothing in it to try.
NOT_TRIED = ("agenda", "question", "wondering", "provocation", "response", "gathering", "coalition", "partner")


def refusals(workspace: Workspace, record: Record) -> dict[str, str]:
    """Return why each thing that cannot be done with a record cannot; what is not named can be done."""
    kind = workspace.kinds_in([record.place])[record.place].find(record.kind)
    if not record.place:
        return _of_ones_own(workspace, record, kind)
    try:
        membership = workspace.communities.get(record.place).membership
    except NotFound as error:
        return dict.fromkeys(ACTIONS, error.message)
    row = next(iter(workspace.catalog.at_ref(record.ref)), None)
    found = {DISTILL: "Only what never leaves your journal is distilled; this is shared already."}
    if row is not None and row.owner == membership.address:
        found[TRY] = (
            f"This is your own. What you tried next is a record of its own, for {record.place} too: n begins it."
        )
        found[UNREAD] = "You wrote this yourself, so it is never new to you."
    else:
        found[WITHDRAW] = _not_yours(row)
    if record.kind in NOT_TRIED:
        found[TRY] = "There is nothing in it to try. r answers it."
    if record.text_of("consent") == NO_CONSENT:
        found[CARRY] = "It waits for those it tells of, so it stays where it is."
    elif record.problem:
        found[CARRY] = "It cannot be read, so it cannot be carried."
    elif not [each for each in workspace.communities.here() if each.name != record.place]:
        found[CARRY] = "You are in no other community to carry it to. 4 says how to join one."
    if not record.has_id:
        found |= dict.fromkeys((RESPOND, TRY, CARRY), "It has no id by which it could be named.")
    return found


def _of_ones_own(workspace: Workspace, record: Record, kind: Kind | None) -> dict[str, str]:
    is_private = kind is None or kind.is_private
    what = (
        f"A {kind.label.lower()} never leaves your journal" if kind and is_private else "This is in your journal only"
    )
    found = {
        RESPOND: f"{what}, so there is nobody to answer.",
        TRY: f"{what}. What a peer wrote can be tried too.",
        CARRY: f"{what}. What stands in a community can be carried on into another.",
        UNREAD: "Only what peers wrote is new or read.",
    }
    if kind is None or not kind.is_private or kind.name == "person" or record.problem or not record.has_id:
        found[DISTILL] = "Only what never leaves, such as a call-in, is distilled into something new."
    ids = [each.id for each in workspace.copies().of(record.id)] if record.has_id else []
    there = [row.place for row in workspace.catalog.with_ids(ids) if row.place]
    if not there:
        found[WITHDRAW] = f"{what}, so there is nothing to withdraw."
    elif len(there) > 1:
        found[WITHDRAW] = f"It is shared with {' and '.join(there)}. Open the copy there, to withdraw that one."
    return found


def _not_yours(row: Row | None) -> str:
    return f"{(row.owner_name if row else '') or 'Someone else'} added this, and only they withdraw it. r answers it."
