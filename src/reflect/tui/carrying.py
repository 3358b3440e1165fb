"""A copy on its way into another community: looked through, written, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from reflect.tui.messages import Done
from reflect.tui.screens.share import SettleScreen

if TYPE_CHECKING:
    from reflect.records.record import Record
    from reflect.store.drafts import Draft
    from reflect.tui.app import ReflectApp
    from reflect.vault.saving import Saved


def copy_review(desk: ReflectApp, draft: Draft, origin: Record) -> Screen[None]:
    """Return the review of a copy, which is a draft until it is written; the app says what became of it."""

    def take_back(written: Sequence[Saved]) -> str:
        for each in written:
            desk.workspace.sharing.withdraw(each.record.ref)
        return f"“{origin.title}” is taken back out of {draft.place}, and so is the answer in {origin.place}."

    def answer(written: Sequence[Saved]) -> None:
        if not written:
            desk.tell("Nothing was carried. What you wrote is kept as a draft; Today leads back to it.")
            desk.changed()
            return
        key = desk.key_of("everywhere.sync")
        says = (
            f"“{origin.title}” is carried to {draft.place}, and an answer in {origin.place} says so. {key} sends both."
        )
        desk.post_message(Done(says, lambda: take_back(written)))

    return SettleScreen(draft, answer)
